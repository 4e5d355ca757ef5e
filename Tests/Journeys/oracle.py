"""Nothing lost, nothing twice: the ledger outside, the database and the SMTP server's folder, held against each other."""
import collections
import email
import json
import re

from ledger import digest
from house import wait_until

MARKER = re.compile(rb"PENANDA[0-9a-f]{20}")
DAY = 86_400


def settle(house, ledger, seconds=240):
    """Two quiet runs without load or kill, each a day later than what was before: in the first everything that waits
    is taken, retries and leases are due; in the second the tickets that were opened in the first lapse."""
    written_to_mailbox = sum(door == "imap" for door, _ in ledger.attempted.values())

    def quiet():
        return 0 == house.number(
            "SELECT (SELECT count(*) FROM inbound WHERE outcome IS NULL) + (SELECT count(*) FROM followups)"
            " + (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))"
            " + (SELECT count(*) FROM tickets WHERE next_due <= ?)", int(house.clock.now())) and (
                written_to_mailbox <= house.number("SELECT count(*) FROM inbound WHERE source = 'imap'"))

    for _ in range(2):
        house.clock.ahead += DAY
        house.serve()
        wait_until(quiet, seconds, "a house in which nothing waits", every=0.5)
        assert house.stop() == 0, house.said()


def check(house, ledger, sink_folder):
    """(problems, counts). No problems: everything acknowledged exists once, nothing else exists, every letter is
    accounted for."""
    problems, counts = [], collections.Counter()
    verify = house.run("verify", timeout=600)
    if verify.returncode != 0:
        problems.append(f"sigap verify: {verify.stdout.decode()[-600:]}{verify.stderr.decode()[-300:]}")
    check_messages(house, ledger, problems, counts)
    check_clocks(house, problems, counts)
    check_letters(house, sink_folder, problems, counts)
    return problems, counts


def check_messages(house, ledger, problems, counts):
    rows = collections.defaultdict(list)
    for outcome, reasons, ticket, raw in house.rows(
            "SELECT i.outcome, i.reasons, i.ticket, r.raw FROM inbound i JOIN inbound_raw r USING (place)"):
        raw = bytes(raw)
        marker = marker_in(raw)
        counts[f"ledger rows {outcome}"] += 1
        if marker not in ledger.attempted:
            problems.append(f"a ledger row nobody wrote: {raw[:80]!r}")
            continue
        wanted = ledger.attempted[marker][1]
        if wanted and digest(raw) != wanted:
            problems.append(f"{marker}: kept with other bytes")
        rows[marker].append((outcome, ticket, reasons))
    told = collections.defaultdict(list)
    for ticket, event in house.rows(
            "SELECT ticket, event FROM events WHERE event LIKE '%\"submitted\"%' OR event LIKE '%Wrote\"%'"):
        marker = marker_in(event.encode())
        if marker not in ledger.attempted:
            problems.append(f"{ticket}: an event nobody wrote")
        told[marker].append(ticket)
    for marker, (door, _) in ledger.attempted.items():
        settled = [row for row in rows[marker] if row[0] != "duplicate"]
        set_aside = [row for row in settled if row[0] == "quarantined"]
        counts["messages"] += 1
        counts["acknowledged"] += marker in ledger.acknowledged
        counts["set aside for a person"] += bool(set_aside)
        if marker in ledger.acknowledged and not settled:
            problems.append(f"{marker} ({door}): acknowledged and lost")
        if len(settled) > 1:
            problems.append(f"{marker} ({door}): settled {len(settled)} times: {settled}")
        if len(told[marker]) != len(settled) - len(set_aside):
            problems.append(f"{marker} ({door}): stands in {told[marker]}, settled as {settled}")
        for row in set_aside:
            # Whoever was being read when the house died twice is shown to a person: visible, and replayable.
            if "crashed_twice" not in row[2]:
                problems.append(f"{marker} ({door}): set aside because of {row[2]}")
    counts["tickets"] = house.number("SELECT count(*) FROM tickets")
    opened = house.number("SELECT count(*) FROM inbound WHERE outcome = 'opened'")
    if counts["tickets"] != opened:
        problems.append(f"{counts['tickets']} tickets, {opened} ledger rows that opened one")


def check_clocks(house, problems, counts):
    """Each mark of a visit once, dated at its instant."""
    marks, deadlines = collections.Counter(), {}
    for ticket, text in house.rows(
            "SELECT ticket, event FROM events WHERE event LIKE '%stageEntered%' OR event LIKE '%clockTold%' ORDER BY id"):
        event = json.loads(text)
        if "stageEntered" in event:
            deadlines[ticket] = event["stageEntered"]["entry"].get("deadline")
            continue
        mark, at = event["clockTold"]["mark"], event["clockTold"]["at"]
        marks[ticket, mark] += 1
        due = deadlines[ticket][{"half": "halfAt", "near": "nearAt", "lapse": "dueAt"}[mark]]
        if at != due:
            problems.append(f"{ticket}: {mark} dated {at}, due {due}")
    counts["marks told"] = sum(marks.values())
    problems += [f"{ticket}: {mark} told {n} times" for (ticket, mark), n in marks.items() if n > 1]
    for (ticket,) in house.rows("SELECT number FROM tickets WHERE stage = 2"):
        missing = [mark for mark in ("half", "near", "lapse") if not marks[ticket, mark]]
        if missing:
            problems.append(f"{ticket}: a day later nobody told {missing}")


def check_letters(house, sink_folder, problems, counts):
    arrived = collections.Counter()
    for file in sink_folder.glob("*.eml"):
        arrived[str(email.message_from_bytes(file.read_bytes())["Message-ID"]).strip("<> \r\n")] += 1
    known = set()
    for state, text in house.rows("SELECT state, letter FROM outbox"):
        letter = json.loads(text)
        known.add(letter["messageID"])
        copies = arrived[letter["messageID"]]
        counts[f"letters {state}"] += 1
        if state == "sent" and copies != 1:
            problems.append(f"letter {letter['id']}: sent, and arrived {copies} times")
        elif state == "uncertain":
            counts["uncertain letters that arrived"] += copies > 0
            if copies > 1:
                problems.append(f"letter {letter['id']}: uncertain, and sent {copies} times without a person's word")
        elif state in ("withheld", "held", "failed") and copies:
            problems.append(f"letter {letter['id']}: {state}, and arrived {copies} times")
        elif state in ("queued", "sending"):
            problems.append(f"letter {letter['id']}: still {state}")
    problems += [f"a letter nobody ordered: {stray}" for stray in arrived.keys() - known]
    for (ticket,) in house.rows(
            "SELECT number FROM tickets WHERE channel = 'email' AND number NOT IN "
            "(SELECT ticket FROM outbox WHERE letter ->> '$.kind' = 'receipt')"):
        problems.append(f"{ticket}: no receipt was ever ordered")


def marker_in(raw):
    found = MARKER.search(raw)
    return found.group().decode() if found else None


def table(counts):
    return "\n".join(f"  {name:<32}{number:>8}" for name, number in sorted(counts.items()))
