"""Power cuts: the data folder on a file system of its own that is shut down under load, as the plug does it.

A loop-mounted ext4; `FS_IOC_SHUTDOWN` without flushing the journal: what was not on the disk is gone, later writes fail.
Then the processes die, the file system is mounted again (its journal is replayed), and everything starts anew. The
ledger, the mailbox and the SMTP server stand on other ground: they have their power from elsewhere.
"""
import ctypes
import fcntl
import os
import random
import shutil
import struct
import subprocess
import time

import pytest

import oracle
from ledger import Ledger
from load import Load

CUTS = int(os.environ.get("JOURNEY_CUTS", "20"))
FS_IOC_SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2
CLONE_NEWNS = 0x20000


class Disk:
    """A small ext4 in a file. `cut()` is the plug, `mount()` the next morning."""

    def __init__(self, folder):
        self.image, self.place, self.mounted = folder / "disk.img", folder / "disk", False
        self.place.mkdir()
        for tool in ("mkfs.ext4", "mount", "umount"):
            if not shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
                pytest.skip(f"no power cut on this machine: {tool} is not installed")
        if os.getuid() != 0:
            pytest.skip("no power cut on this machine: only root may mount a file system")
        with open(self.image, "wb") as file:
            file.truncate(512 << 20)
        # In a mount namespace of our own: any that is made meanwhile elsewhere would inherit the mount and keep it.
        if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS):
            pytest.skip(f"no power cut on this machine: unshare: {os.strerror(ctypes.get_errno())}")
        self._run("private mounts were refused", "mount", "--make-rprivate", "/")
        self._run("mkfs.ext4 refused", "mkfs.ext4", "-q", "-F", str(self.image))
        self.mount()

    def _run(self, refused, *command):
        done = subprocess.run(command, capture_output=True, text=True,
                              env={**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin"})
        if done.returncode:
            pytest.skip(f"no power cut on this machine: {refused}: {done.stderr.strip()}")

    def mount(self):
        self._run("mounting a loop device was refused", "mount", "-o", "loop", str(self.image), str(self.place))
        self.mounted = True

    def cut(self):
        ground = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(ground, FS_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        except OSError as error:
            pytest.skip(f"no power cut on this machine: the shutdown of the file system was refused: {error}")
        finally:
            os.close(ground)

    def unmount(self):
        if not self.mounted:
            return
        for _ in range(100):
            if subprocess.run(["umount", str(self.place)], capture_output=True).returncode == 0:
                self.mounted = False
                return
            time.sleep(0.1)
        raise AssertionError("somebody still holds the file system")


@pytest.fixture
def disk(tmp_path):
    made = Disk(tmp_path)
    yield made
    if made.mounted:
        subprocess.run(["umount", "-l", str(made.place)], capture_output=True)


def test_a_power_cut_loses_nothing_that_was_acknowledged(new_house, servers, disk, tmp_path):
    house = new_house(servers, {"procedure.budgets.check": 1}, data=disk.place / "data")
    ledger, chance = Ledger(tmp_path / "ledger"), random.Random(7)
    house.serve()
    house.program_token()
    began = time.monotonic()
    for number in range(CUTS):
        load = Load(house, servers, ledger, seed=100 + number, numbers_from=number * 10_000)
        load.start(pipes=2, mailboxes=1, programs=1, pause=0.02)
        time.sleep(chance.uniform(0.3, 2.0))
        load.powered = False
        disk.cut()
        # What begins on the dead disk must not say 0, though the kernel still runs. Then the machine is off.
        _, late = load.message(chance)
        assert house.ingest(late) != 0, "taken on a disk that refuses every write"
        load.stop()
        house.kill()
        disk.unmount()
        disk.mount()
        house.serve()
    house.stop()
    seconds = time.monotonic() - began
    oracle.settle(house, ledger)
    problems, counts = oracle.check(house, ledger, servers.sink_folder)
    print(f"\n{CUTS} power cuts in {seconds:.0f} s:\n{oracle.table(counts)}")
    assert not problems, "\n".join(problems[:40])
    assert counts["acknowledged"] > CUTS and counts["letters sent"] > 0
    disk.unmount()
