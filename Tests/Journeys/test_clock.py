"""The clock: the time of day moved under the running server (wall_clock.c)."""
import json
import time

import pytest

from house import wait_until
from ledger import new_marker

HOUR = 3_600
# One minute for row 2: half at 30 s, near at 48 s, lapse at 60 s after receipt.
SETTINGS = {"procedure.budgets.check": 1, "office.hours": "selalu"}
MARKS = {"half": "halfAt", "near": "nearAt", "lapse": "dueAt"}


class FakedHouse:
    """A house whose wall clock `jump()` moves under the running server."""

    def __init__(self, house):
        self.house, self.clock = house, house.clock

    def jump(self, seconds):
        self.clock.ahead += seconds

    def complain(self):
        raw = (f"From: siti@desa.example\r\nTo: meja@bantuan.example\r\nSubject: Situs sukamaju.desa.id mati\r\n"
               f"Message-ID: <{new_marker()}@desa.example>\r\n\r\nMohon bantuan.\r\n")
        taken = self.house.run("mail", "ingest", "-", text=raw.encode())
        assert taken.returncode == 0, taken.stderr
        ticket = json.loads(taken.stdout)["ticket"]
        entry = json.loads(self.house.rows(
            "SELECT event FROM events WHERE ticket = ? AND event LIKE '%stageEntered%'", ticket)[0][0])
        return ticket, entry["stageEntered"]["entry"]["deadline"]

    def told(self, ticket):
        """[(mark, the instant it bears, the instant it was written)] in the order told."""
        rows = self.house.rows(
            "SELECT at, event FROM events WHERE ticket = ? AND event LIKE '%clockTold%' ORDER BY sequence", ticket)
        told = [(written, json.loads(event)["clockTold"]) for written, event in rows]
        return [(mark["mark"], mark["at"], written) for written, mark in told]

    def sees(self, ticket, count, seconds=10):
        wait_until(lambda: len(self.told(ticket)) >= count, seconds, f"{count} marks; there are {self.told(ticket)}",
                   every=0.02)
        return self.clock.now()


@pytest.fixture
def faked(new_house):
    return FakedHouse(new_house(settings=SETTINGS))


def all_marks(deadline):
    return [(mark, deadline[name]) for mark, name in MARKS.items()]


def assert_told_once(faked, ticket, deadline):
    """Each mark once, dated at its own instant; and nothing more comes."""
    time.sleep(1.5)
    assert [(mark, at) for mark, at, _ in faked.told(ticket)] == all_marks(deadline)


def test_each_mark_is_told_within_a_second_of_its_instant(faked):
    faked.house.serve()
    ticket, deadline = faked.complain()
    lateness = {}
    for count, (mark, due) in enumerate(all_marks(deadline), start=1):
        # To three seconds before the instant; from there the clock runs by itself.
        faked.jump(max(0, round(due - 3 - faked.clock.now())))
        seen = faked.sees(ticket, count)
        lateness[mark] = seen - due
    print("\nseen after the instant, in seconds:", {mark: round(late, 2) for mark, late in lateness.items()})
    assert all(0 <= late <= 1 for late in lateness.values()), lateness
    assert all(0 <= written - at <= 1 for _, at, written in faked.told(ticket)), faked.told(ticket)
    assert_told_once(faked, ticket, deadline)


def test_a_jump_of_hours_tells_everything_once_at_its_own_instant(faked):
    faked.house.serve()
    tickets = [faked.complain() for _ in range(5)]
    jumped = time.monotonic()
    faked.jump(5 * HOUR)
    for ticket, _ in tickets:
        faked.sees(ticket, 3)
    print(f"\nfive tickets told {time.monotonic() - jumped:.2f} s after a jump of five hours")
    assert time.monotonic() - jumped <= 2
    for ticket, deadline in tickets:
        assert_told_once(faked, ticket, deadline)


def test_a_clock_that_goes_back_tells_nothing_twice(faked):
    faked.house.serve()
    ticket, deadline = faked.complain()
    faked.jump(2 * HOUR)
    faked.sees(ticket, 3)
    for jump in (-3 * HOUR, HOUR, -HOUR, 4 * HOUR):
        faked.jump(jump)
        time.sleep(0.6)
    assert_told_once(faked, ticket, deadline)
    other, its_deadline = faked.complain()
    faked.jump(120)
    faked.sees(other, 3)
    assert_told_once(faked, other, its_deadline)
    assert faked.house.run("verify").returncode == 0


def test_a_server_that_slept_over_the_instant_tells_it_once_when_it_wakes(faked):
    faked.house.serve()
    ticket, deadline = faked.complain()
    faked.house.kill()
    faked.jump(7 * HOUR)
    faked.house.serve()
    faked.sees(ticket, 3)
    assert_told_once(faked, ticket, deadline)
    assert faked.house.stop() == 0
    faked.jump(HOUR)
    faked.house.serve()
    assert_told_once(faked, ticket, deadline)
