"""`sigap mail ingest` killed at every boundary of its storage: strace sends SIGKILL at the Nth call of a kind.

Whatever the point: an exit code other than 0 makes the MTA send the same bytes again, and then the message is there
once; an exit code 0 means that it is there. Two beginnings: an empty data folder (the secret and the tables are made)
and a used one.
"""
import collections
import os
import re
import shutil
import subprocess

import pytest

import oracle
from ledger import Ledger, new_marker

# What changes the disk, and the word to the outside.
CALLS = ["pwrite64", "fdatasync", "fsync", "ftruncate", "link", "linkat", "rename", "renameat2", "unlink", "unlinkat",
         "openat", "sendto", "write", "exit_group"]
POINTS = int(os.environ.get("JOURNEY_POINTS", "30"))


@pytest.fixture
def strace():
    path = shutil.which("strace")
    if not path:
        pytest.skip("strace is not installed: no kill at a chosen system call")
    if subprocess.run([path, "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode:
        pytest.skip("strace may not trace on this machine: no kill at a chosen system call")
    return path


def message():
    marker = new_marker()
    return marker, (f"From: {marker.lower()}@desa.example\r\nTo: meja@bantuan.example\r\nSubject: Situs desa.desa.id\r\n"
                    f"Message-ID: <{marker}@desa.example>\r\n\r\nMohon bantuan. {marker}\r\n").encode()


def traced(house, strace, raw, *options):
    """The exit code of one pipe process under strace (negative or over 128: killed)."""
    done = subprocess.run([strace, "-f", "-qq", *options, house.binary, "mail", "ingest", "-"], input=raw,
                          capture_output=True, env=house.environment(), cwd=house.folder, timeout=120)
    return done.returncode


def calls_made(house, strace, log, raw):
    """How often each kind of call is made by the thread that makes it most: strace counts for each thread."""
    assert traced(house, strace, raw, "-o", str(log), "-e", f"trace={','.join(CALLS)}") == 0
    made = collections.Counter()
    for line in log.read_text(errors="replace").splitlines():
        found = re.match(r"(\d+) +(\w+)\(", line)
        if found and found.group(2) in CALLS:
            made[found.group(2), found.group(1)] += 1
    most = collections.Counter()
    for (call, _), count in made.items():
        most[call] = max(most[call], count)
    return most


def points(made):
    """About POINTS (call, n): every call of the rare kinds, the frequent ones evenly over their run. Of opened files
    only the last: most are libraries."""
    places = {call: range(max(1, count - 7) if call == "openat" else 1, count + 1) for call, count in made.items()}
    rare = [(call, n) for call, all_of_it in places.items() if len(all_of_it) <= 8 for n in all_of_it]
    frequent = {call: all_of_it for call, all_of_it in places.items() if len(all_of_it) > 8}
    each = max(4, (POINTS - len(rare)) // max(1, len(frequent)))
    for call, all_of_it in frequent.items():
        count = min(each, len(all_of_it))
        rare += [(call, all_of_it[i * len(all_of_it) // count]) for i in range(count)]
    return rare


@pytest.mark.parametrize("beginning", ["an empty data folder", "a used data folder"])
def test_a_pipe_killed_at_any_storage_call_keeps_its_word(new_house, strace, tmp_path, beginning):
    empty, ledger, used = beginning == "an empty data folder", Ledger(tmp_path / "ledger"), new_house()
    counted, raw = message()
    if not empty:
        ledger.attempt(counted, "pipe", raw)
        assert used.ingest(message_of(ledger)) == 0
    made = calls_made(new_house() if empty else used, strace, tmp_path / "trace", raw)
    ledger.acknowledge(counted)
    killed = kept = 0
    for call, n in points(made):
        house = new_house() if empty else used
        marker, raw = message()
        own = Ledger(tmp_path / f"ledger-{call}-{n}") if empty else ledger
        own.attempt(marker, "pipe", raw)
        code = traced(house, strace, raw, "-o", "/dev/null", "-e", f"trace={call}", "-e",
                      f"inject={call}:signal=KILL:when={n}")
        there = house.database.exists() and exists(house, marker)
        killed, kept = killed + (code != 0), kept + there
        if code == 0:
            assert there, f"{call} {n}: said 0, and the message is not there"
        else:
            assert house.ingest(raw) == 0, f"{call} {n}: the repetition was not taken"
        own.acknowledge(marker)
        assert exists(house, marker), f"{call} {n}: lost"
        if empty:
            check(house, own, f"{call} {n}")
            shutil.rmtree(house.folder)
    if not empty:
        check(used, ledger, "at the end")
    print(f"\n{beginning}: {len(points(made))} points, {killed} killed, {kept} on the disk all the same; calls {dict(made)}")
    assert killed > len(points(made)) / 3


def message_of(ledger):
    """A first message, so that the folder is a used one."""
    marker, raw = message()
    ledger.attempt(marker, "pipe", raw)
    return raw


def exists(house, marker):
    try:
        return house.number("SELECT count(*) FROM inbound_raw WHERE instr(raw, ?) > 0", marker.encode()) > 0
    except Exception:  # noqa: BLE001 - the tables themselves may not be there yet
        return False


def check(house, ledger, where):
    """The rows still waiting are taken by the server when it comes; here a pipe has settled its own."""
    problems, counts = [], collections.Counter()
    verify = house.run("verify")
    assert verify.returncode == 0, f"{where}: {verify.stdout.decode()}{verify.stderr.decode()}"
    house.serve()
    oracle.wait_until(lambda: house.number("SELECT count(*) FROM inbound WHERE outcome IS NULL") == 0, 30,
                      f"{where}: everything taken")
    house.stop()
    oracle.check_messages(house, ledger, problems, counts)
    assert not problems, f"{where}: {problems}"
