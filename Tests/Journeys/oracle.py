"""Nothing lost, nothing twice: the ledger outside, the database and the SMTP server's folder, held against each other."""
import collections
import email
import json
import re

from ledger import digest
from house import wait_until
from people import markers_in_commands

MARKER = re.compile(rb"PENANDA[0-9a-f]{20}")
DAY = 86_400
# The ration of first letters, by the kind of letter: uses within a window, for an unproven address, for its domain, for
# all. (The figures are security's; they stand here once more so that a change of the code is seen.)
RATIONS = {"receipt": {"address_hour": (1, 3600), "address_day": (5, DAY), "domain": (20, 3600), "all": (200, 3600)},
           "proof": {"address_hour": (5, 3600), "address_day": (20, DAY), "domain": (60, 3600), "all": (500, 3600)}}
# Two processes at the end of a window may count a letter into the wrong one.
SLACK = 5


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


def check(house, ledger, sink_folder, set_aside=3):
    """(problems, counts). No problems: everything acknowledged exists once, nothing else exists, every letter is
    accounted for, and at most `set_aside` messages were taken for the cause of the deaths."""
    problems, counts = [], collections.Counter()
    verify = house.run("verify", timeout=600)
    if verify.returncode != 0:
        problems.append(f"sigap verify: {verify.stdout.decode()[-600:]}{verify.stderr.decode()[-300:]}")
    check_messages(house, ledger, problems, counts)
    if counts["set aside for a person"] > set_aside:
        problems.append(f"{counts['set aside for a person']} messages were set aside, at most {set_aside} may be")
    check_commands(house, ledger, problems, counts)
    check_clocks(house, problems, counts)
    check_letters(house, sink_folder, problems, counts)
    check_rations(house, problems, counts)
    return problems, counts


def check_messages(house, ledger, problems, counts):
    rows = collections.defaultdict(list)
    for outcome, reasons, ticket, attempts, raw in house.rows(
            "SELECT i.outcome, i.reasons, i.ticket, i.attempts, r.raw FROM inbound i JOIN inbound_raw r USING (place)"):
        raw = bytes(raw)
        marker = marker_in(raw)
        counts[f"ledger rows {outcome}"] += 1
        if marker not in ledger.attempted:
            problems.append(f"a ledger row nobody wrote: {raw[:80]!r}")
            continue
        wanted = ledger.attempted[marker][1]
        if wanted and digest(raw) != wanted:
            problems.append(f"{marker}: kept with other bytes")
        rows[marker].append((outcome, ticket, reasons, attempts))
    told = collections.defaultdict(list)
    for ticket, event in house.rows(
            "SELECT ticket, event FROM events WHERE event LIKE '%\"submitted\"%' OR event LIKE '%Wrote\"%'"):
        marker = marker_in(event.encode())
        if marker not in ledger.attempted:
            problems.append(f"{ticket}: an event nobody wrote")
        told[marker].append(ticket)
    for marker, (door, _) in ledger.attempted.items():
        if door == "desk":
            continue
        settled = [row for row in rows[marker] if row[0] != "duplicate"]
        set_aside = [row for row in settled if row[0] == "quarantined"]
        counts["messages"] += 1
        counts["acknowledged"] += marker in ledger.acknowledged
        counts[f"acknowledged {door}"] += marker in ledger.acknowledged
        counts["set aside for a person"] += bool(set_aside)
        if marker in ledger.acknowledged and not settled:
            problems.append(f"{marker} ({door}): acknowledged and lost")
        if len(settled) > 1:
            problems.append(f"{marker} ({door}): settled {len(settled)} times: {settled}")
        if len(told[marker]) != len(settled) - len(set_aside):
            problems.append(f"{marker} ({door}): stands in {told[marker]}, settled as {settled}")
        for row in set_aside:
            # Whoever was being read, alone, when the house died twice is shown to a person: visible, and
            # replayable. Before that it was begun beside others, or it waited so long for a life that settled it.
            if row[2] != '["crashed_twice"]' or row[3] < 4:
                problems.append(f"{marker} ({door}): set aside because of {row[2]}, begun {row[3]} times")
    counts["tickets"] = house.number("SELECT count(*) FROM tickets")
    opened = house.number("SELECT count(*) FROM inbound WHERE outcome = 'opened'")
    if counts["tickets"] != opened:
        problems.append(f"{counts['tickets']} tickets, {opened} ledger rows that opened one")


def check_commands(house, ledger, problems, counts):
    """What an officer or the registry was told is done, is done once; what was refused or not answered, at most once."""
    done = collections.Counter(markers_in_commands(house.rows("SELECT event FROM events"), marker_in))
    for marker, (door, _) in ledger.attempted.items():
        if door != "desk":
            continue
        counts["commands"] += 1
        counts["acknowledged desk"] += marker in ledger.acknowledged
        if done[marker] > 1 or (marker in ledger.acknowledged and not done[marker]):
            problems.append(f"{marker} (desk): acknowledged {marker in ledger.acknowledged}, done {done[marker]} times")


def check_clocks(house, problems, counts):
    """Each mark of a visit once, dated at its instant."""
    marks, deadlines, visits = collections.Counter(), {}, collections.Counter()
    for ticket, text in house.rows("SELECT ticket, event FROM events ORDER BY id"):
        name, event = next(iter(json.loads(text).items()))
        if name == "stageEntered":
            visits[ticket] += 1
            deadlines[ticket] = event["entry"].get("deadline")
        if name == "resumed":
            deadlines[ticket] = event.get("deadline")
        if name != "clockTold":
            continue
        mark, at = event["mark"], event["at"]
        marks[ticket, visits[ticket], mark] += 1
        due = deadlines[ticket][{"half": "halfAt", "near": "nearAt", "lapse": "dueAt"}[mark]]
        if at != due:
            problems.append(f"{ticket}: {mark} dated {at}, due {due}")
    counts["marks told"] = sum(marks.values())
    problems += [f"{ticket}: {mark} told {n} times" for (ticket, _, mark), n in marks.items() if n > 1]
    for (ticket,) in house.rows("SELECT number FROM tickets WHERE stage = 2"):
        missing = [mark for mark in ("half", "near", "lapse") if not marks[ticket, visits[ticket], mark]]
        if missing:
            problems.append(f"{ticket}: a day later nobody told {missing}")


def check_letters(house, sink_folder, problems, counts):
    arrived = collections.Counter()
    for file in sink_folder.glob("*.eml"):
        arrived[str(email.message_from_bytes(file.read_bytes())["Message-ID"]).strip("<> \r\n")] += 1
    known, told = set(), collections.defaultdict(set)
    for ticket, text in house.rows(
            "SELECT ticket, event FROM events WHERE event LIKE '{\"letterFailed%' OR event LIKE '{\"answerFailed%'"):
        told[ticket].add(next(iter(json.loads(text).values())).get("letter"))
    for state, detail, text in house.rows("SELECT state, detail, letter FROM outbox"):
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
            if detail != "lease_expired" and "putustitik" not in letter["recipient"]:
                problems.append(f"letter {letter['id']}: uncertain because of {detail}")
        elif state in ("withheld", "held", "failed") and copies:
            problems.append(f"letter {letter['id']}: {state}, and arrived {copies} times")
        elif state in ("queued", "sending"):
            problems.append(f"letter {letter['id']}: still {state}")
        if state == "failed" and not ("tolak" in letter["recipient"] and (detail or "").startswith("550")):
            problems.append(f"letter {letter['id']} to {letter['recipient']}: failed because of {detail}")
        # An answer's failure names no letter (`None`).
        if state in ("failed", "uncertain") and not {letter["id"], None} & told[letter["ticket"]]:
            problems.append(f"letter {letter['id']}: {state}, and its ticket was not told")
    problems += [f"a letter nobody ordered: {stray}" for stray in arrived.keys() - known]
    for (ticket,) in house.rows(
            "SELECT number FROM tickets WHERE channel = 'email' AND number NOT IN "
            "(SELECT ticket FROM outbox WHERE letter ->> '$.kind' = 'receipt')"):
        problems.append(f"{ticket}: no receipt was ever ordered")


def check_rations(house, problems, counts):
    """A first letter is withheld only where its window was full, and no window holds more than its ration."""
    released = dict(house.rows("SELECT ticket, max(at) FROM commands WHERE command = 'releaseLetter' GROUP BY ticket"))
    withheld, uses = [], collections.Counter()
    for state, detail, channel, text in house.rows(
            "SELECT o.state, o.detail, t.channel, o.letter FROM outbox o JOIN tickets t ON t.number = o.ticket"):
        letter = json.loads(text)
        kind = letter["kind"]
        if kind != ("receipt" if channel == "email" else "proof"):
            continue
        limits = {code: (key, uses_of, letter["createdAt"] // window, window) for code, (key, uses_of, window) in
                  windows_of(kind, letter["recipient"]).items()}
        if state == "withheld":
            withheld.append((letter["id"], detail, limits))
            continue
        counts["withheld letters that went later"] += letter["ticket"] in released
        at = released.get(letter["ticket"], letter["createdAt"])
        for key, _, _, window in limits.values():
            uses[key, at // window] += 1
    for name, detail, limits in withheld:
        key, most, window, _ = limits.get((detail or "").removeprefix("ration_"), (None, 0, 0, 0))
        if key is None:
            problems.append(f"letter {name}: withheld because of {detail}")
        elif uses[key, window] < most - SLACK:
            problems.append(f"letter {name}: withheld by {key}, where {uses[key, window]} of {most} went in that window")
    most = {key: number for kind in RATIONS for key, number in
            ((f"{kind}/{code}", number) for code, (number, _) in RATIONS[kind].items())}
    problems += [f"{n} letters within a window of {key}" for (key, _), n in uses.items()
                 if n > most["/".join(key.split("/")[:2])] + SLACK]


def windows_of(kind, address):
    """By code: what is counted, how much of it, and the window's seconds."""
    domain = address.rpartition("@")[2]
    return {code: (f"{kind}/{code}/{'' if code == 'all' else domain if code == 'domain' else address}", *limit)
            for code, limit in RATIONS[kind].items()}


def marker_in(raw):
    found = MARKER.search(raw)
    return found.group().decode() if found else None


def table(counts):
    return "\n".join(f"  {name:<32}{number:>8}" for name, number in sorted(counts.items()))
