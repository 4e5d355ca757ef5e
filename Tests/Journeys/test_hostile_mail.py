"""Hostile mail: every header and the body, through Dovecot into the running server, and what leaves it afterwards."""
import base64
import email
import email.policy
import time

import hostile
from house import wait_until


HEADERS = ["From", "Subject", "Reply-To", "To", "Cc", "Date", "Message-ID", "In-Reply-To", "References", "Return-Path",
           "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version", "Auto-Submitted",
           "List-Id", "Delivered-To", "X-Sigap-Ticket", "Received"]
# All a letter of ours may carry in front of its body; anything else came from somebody's text.
OURS = {"return-path", "x-original-to", "delivered-to", "received", "date", "from", "reply-to", "to", "subject",
        "message-id", "in-reply-to", "references", "auto-submitted", "x-auto-response-suppress", "x-sigap-ticket",
        "mime-version", "content-type", "content-transfer-encoding", "content-language", "precedence"}


def message(headers, body=b"Situs sukamaju.desa.id tidak dapat dibuka.\n"):
    """From raw header values; a header named in `headers` replaces the usual one."""
    usual = {"From": b"Warga <warga@bantuan.example>", "To": b"meja@bantuan.example", "Subject": b"Uji",
             "Message-ID": b"<%d@uji.example>" % time.time_ns(), "MIME-Version": b"1.0"}
    return b"".join(k.encode() + b": " + v + b"\r\n" for k, v in (usual | headers).items()) + b"\r\n" + body


def hostile_values():
    for name, text in hostile.TEXTS.items():
        raw = text.encode()
        yield name, raw.replace(b"\r", b"").replace(b"\n", b"\r\n ").replace(b"\r\n \r\n", b"\r\n")
        word = b"=?utf-8?B?" + base64.b64encode(raw) + b"?="
        yield name + ", encoded", word
        yield name + ", as a name", word + b" <warga@bantuan.example>"
    for name, raw in hostile.BYTES.items():
        yield name, raw
        yield name + ", as a name", b'"' + raw + b'" <warga@bantuan.example>'
    yield "empty", b""
    yield "only brackets", b"<>" * 3_000
    yield "nested comments", b"(" * 20_000
    yield "unfinished word", b"=?utf-8?B?" * 2_000
    yield "unknown charset", b"=?x-tidak-ada?Q?=3Cscript=3E?= <warga@bantuan.example>"


def all_messages():
    for header in HEADERS:
        for name, value in hostile_values():
            yield f"{header}: {name}", {header: value}, b"Situs sukamaju.desa.id tidak dapat dibuka.\n"
    for name, text in hostile.TEXTS.items():
        yield f"body: {name}", {"Content-Type": b"text/plain; charset=utf-8"}, text.encode()
        yield f"html: {name}", {"Content-Type": b"text/html; charset=utf-8"}, text.encode()
    for name, raw in hostile.BYTES.items():
        yield f"body: {name}", {"Content-Type": b"text/plain; charset=utf-8"}, raw
    for name, text in hostile.TEXTS.items():
        file = base64.b64encode(text.encode())
        yield (f"file name: {name}", {"Content-Type": b"multipart/mixed; boundary=b"},
               b"--b\r\n\r\nLihat lampiran.\r\n--b\r\nContent-Type: application/octet-stream\r\n"
               b"Content-Disposition: attachment; filename=\"=?utf-8?B?" + file + b"?=\"\r\n\r\nisi\r\n--b--\r\n")
    yield "10 MB of text", {}, (b"lima puluh ribu baris yang panjang sekali " * 25 + b"\r\n") * 10_000
    yield "10 MB of subject", {"Subject": b"panjang " * 1_300_000}, b"Isi.\n"
    yield "100,000 headers", {f"X-{n}": b"ya" for n in range(100_000)}, b"Isi.\n"


def test_every_header_and_the_body_survive_hostile_bytes(world):
    """Every one of them is settled – a ticket, or set aside with a reason – and the server that took them lives."""
    before = world.house.number("SELECT count(*) FROM inbound")
    names = []
    for name, headers, body in all_messages():
        marker = b"X-Marker: %06d" % len(names)
        names.append(name)
        world.deliver(marker + b"\r\n" + message(headers, body))
    waiting = "SELECT count(*) FROM inbound WHERE outcome IS NOT NULL"
    wait_until(lambda: world.house.number(waiting) >= before + len(names), 120,
               f"all {len(names)} hostile messages settled")
    assert world.house.server.pid == world.pid and world.house.server.poll() is None, world.house.said()
    silent = world.house.rows("SELECT i.subject FROM inbound i WHERE outcome = 'quarantined' AND reasons = '[]'")
    assert not silent, f"set aside without a reason: {silent}"
    failed = world.house.rows("SELECT reasons, raw FROM inbound JOIN inbound_raw"
                              " USING (place) WHERE reasons LIKE '%crashed%' OR reasons LIKE '%failed%'")
    which = [(reasons, names[int(raw.partition(b"X-Marker: ")[2][:6])]) for reasons, raw in failed]
    assert not which, f"these failed inside: {which}; the server said: {world.house.said()}"


def check_letters(letters, recipients):
    """No header we did not write, one recipient, nobody's text in a header's place."""
    for letter in letters:
        names = [name.lower() for name in letter.keys()]
        assert set(names) <= OURS, f"strange headers {set(names) - OURS} in {letter['Subject']}"
        for once in ("from", "to", "subject", "message-id", "reply-to", "date"):
            assert names.count(once) == 1, f"{once} stands {names.count(once)} times"
        assert [a.addr_spec for a in letter["To"].addresses] == [letter["X-Original-To"]] and \
            letter["X-Original-To"] in recipients, f"to {letter['To']}"
        assert b"\0" not in letter.raw and b"\r\n\r\n" in letter.raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        for part in letter.walk():
            assert not part.defects, f"{part.defects} in {letter['Subject']}"


def test_a_letter_after_hostile_mail_carries_no_forged_header(world, staff):
    """The sender's own words come back in letters to him: the name in To, the text below an answer."""
    box = world.box("agus")
    numbers = []
    for name in ("table", "forgery", "disguised forgery", "nul", "direction"):
        word = b"=?utf-8?B?" + base64.b64encode(hostile.TEXTS[name].encode()) + b"?="
        subject = f"surat {name}".encode()
        world.deliver(message({"From": word + b" <agus@bantuan.example>", "Subject": subject, "X-Sisa": word}))
        numbers.append(world.ticket_about(f"surat {name}"))
    budi = staff["budi"]
    for number, text in zip(numbers, hostile.TEXTS.values()):
        budi.goes_to(f"/meja/tiket/{number}")
        budi.sends("/message", pesan="Kami periksa. " + text.replace("\0", ""))
        box.about(number, "Kami periksa", after=[])
    letters = box.read()
    check_letters(letters, {"agus@bantuan.example"})
    assert budi.trouble == [], budi.trouble


def test_raw_letters_are_sound(world):
    """Every letter any mailbox of the house got from us, parsed by another library than ours."""
    for user in ("warga", "agus", "registri"):
        letters = [m for m in world.box(user).read() if "X-Sigap-Ticket" in m]
        check_letters(letters, {f"{user}@bantuan.example"})
