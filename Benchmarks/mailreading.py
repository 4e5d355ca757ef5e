#!/usr/bin/env python3
"""Reading of mail: the worst messages of 25 MB that can be thought of, each through `sigap mail parse`.

    mailreading.py BINARY [WORD]   prints a table; only cases whose name holds WORD

Aims, for each message: at most 1 s of processor and 100 MB of memory more than the same command needs for a message of
one line; 500,000 address fields in at most 2 s. A message that is over a bound still comes to life: the table tells
the problems it was given and the size of its text. Exit 1 when an aim was missed.
"""
import base64
import json
import os
import resource
import subprocess
import sys
import tempfile

SIZE = int(os.environ.get("BENCH_SIZE", str(25 << 20)))
HEAD = b"From: Budi <budi@dinas.example.go.id>\nSubject: uji\nMessage-ID: <a@x.example>\nDate: Tue, 3 Nov 2026 09:15:00 +0700\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nisi\n"


def fill(piece, size=None):
    """As many of the piece as fit."""
    return piece * ((SIZE if size is None else size) // len(piece))


def counted(piece, size=None):
    """Pieces with their number in them, as many as fit."""
    out, total, number = [], 0, 0
    while total < (SIZE if size is None else size):
        made = piece(number)
        out.append(made)
        total += len(made)
        number += 1
    return b"".join(out)


def text(kind, body, encoding=b"8bit"):
    return HEAD + b"Content-Type: " + kind + b"\nContent-Transfer-Encoding: " + encoding + b"\n\n" + body


def part(kind, body, encoding=b"8bit"):
    return (MIXED + b"--b\nContent-Type: " + kind + b"\nContent-Disposition: attachment; filename=x.bin\n"
            b"Content-Transfer-Encoding: " + encoding + b"\n\n" + body + b"\n--b--\n")


def signed(content):
    """SignedData of indefinite lengths around many small pieces."""
    oid = bytes.fromhex("06092a864886f70d0107")
    pieces = b"".join(b"\x04\x10" + content[at:at + 16].ljust(16) for at in range(0, len(content), 16))
    inner = b"\x30\x80" + oid + b"\x01\xa0\x80\x24\x80" + pieces
    return b"\x30\x80" + oid + b"\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00" + inner


def wrapped(raw):
    return base64.encodebytes(raw)


def deep(count, tail=b""):
    out = [HEAD + b"Content-Type: multipart/mixed; boundary=b0\n\n--b0\n\nisi\n"]
    for number in range(count):
        out.append(b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (number, number + 1))
    return b"".join(out) + tail


CASES = {
    # How the tree is built.
    "nested multiparts": lambda: deep(SIZE // 58),
    "1,000 nested multiparts, lines of dashes": lambda: deep(1_000, fill(b"--b\n")),
    "1,000 nested multiparts, foreign boundaries": lambda: deep(1_000, fill(b"--bx\n")),
    "empty parts": lambda: MIXED + fill(b"--b\n\nx\n"),
    "parts with a header": lambda: MIXED + fill(b"--b\nContent-Type: text/plain\n\na\n"),
    "1,000 parts of text": lambda: MIXED + (b"--b\n\n" + fill(b"kata ", SIZE // 1_000) + b"\n") * 990,
    "1,000 parts of HTML": lambda: MIXED + (b"--b\nContent-Type: text/html\n\n" + fill(b"<p>kata ", SIZE // 1_000) + b"\n") * 990,
    "nested message/rfc822": lambda: HEAD + fill(b"Content-Type: message/rfc822\n\n"),
    "one attached message": lambda: MIXED + b"--b\nContent-Type: message/rfc822\n\n" + HEAD + b"\n" + fill(b"kata kata\n") + b"--b--\n",
    "attached messages without words around": lambda: HEAD + b"Content-Type: message/rfc822\n\n" + HEAD + b"Content-Type: message/rfc822\n\n" + HEAD + b"\n" + fill(b"kata kata\n"),
    "a digest of messages": lambda: HEAD + b"Content-Type: multipart/digest; boundary=b\n\n" + fill(b"--b\n\nFrom: a@x.example\n\nx\n"),
    "boundary a prefix of the next": lambda: MIXED + fill(b"--bb\n\nx\n--bbb\n\nx\n"),
    "no end": lambda: MIXED + b"--b\n\n" + fill(b"kata kata\n"),
    "no boundary, lines like boundaries": lambda: HEAD + b"Content-Type: multipart/mixed\n\n" + counted(lambda n: b"--x%d\n" % n),
    "no boundary, one boundary": lambda: HEAD + b"Content-Type: multipart/mixed\n\n" + fill(b"--x\n\nisi\n"),
    "no boundary, a boundary in a boundary": lambda: HEAD + b"Content-Type: multipart/mixed\n\n" + fill(b"--x\nContent-Type: multipart/mixed\n\n"),
    # The header.
    "leading blank lines": lambda: fill(b"\n") + HEAD + b"\nisi",
    "leading blank lines of CRLF, nothing else": lambda: fill(b"\r\n"),
    "fields": lambda: HEAD + fill(b"a:b\n") + b"\nisi",
    "500,000 address fields": lambda: HEAD + b"To: warga@dinas.example.go.id\n" * 500_000 + b"\nisi",
    "500,000 address fields of a part": lambda: MIXED + b"--b\n" + b"To: warga@dinas.example.go.id\n" * 500_000 + b"\nisi\n--b--\n",
    "addresses in one To": lambda: HEAD + b"To: " + fill(b"a@b,") + b"\n\nisi",
    "addresses in one To, within the bound": lambda: HEAD + b"To: " + fill(b"a@b,", 250 << 10) + b"\n\n" + fill(b"kata\n"),
    "quotes that never close": lambda: HEAD + b"To: " + fill(b'"a(', 250 << 10) + b"\n\n" + fill(b"kata\n"),
    "brackets that never close": lambda: HEAD + b"To: " + fill(b"<a@b [", 250 << 10) + b"\n\n" + fill(b"kata\n"),
    "nested groups": lambda: HEAD + b"To: " + fill(b"g:") + b"\n\nisi",
    "nested groups in a part": lambda: MIXED + b"--b\nContent-Type: message/rfc822\n\nTo: " + fill(b"g:") + b"\n\nisi\n--b--\n",
    "colons in lines of text": lambda: HEAD + b"\n" + fill(b"to:\n"),
    "a folded field": lambda: HEAD + b"X: " + fill(b"a\n ") + b"\n\nisi",
    "a folded field of a part": lambda: MIXED + b"--b\nX: " + fill(b"a\n ") + b"\n\nisi\n--b--\n",
    "encoded words": lambda: HEAD + b"Subject: " + fill(b"=?a?q?b?= ") + b"\n\nisi",
    "encoded words, within the bound": lambda: HEAD.replace(b"uji", fill(b"=?utf-8?q?b?= ", 250 << 10)) + b"\n" + fill(b"kata\n"),
    "encoded words of many sets": lambda: HEAD.replace(b"uji", counted(lambda n: b"=?iso-8859-%d?q?b?= " % (1 + n % 16), 250 << 10)) + b"\n" + fill(b"kata\n"),
    "encoded words without end": lambda: HEAD.replace(b"uji", fill(b"=?a?q?", 250 << 10)) + b"\n" + fill(b"kata\n"),
    "references": lambda: HEAD + b"References: " + fill(b"<a@b> ", 240 << 10) + b"\n\n" + fill(b"kata\n"),
    "RFC 2231 pieces": lambda: HEAD + b"Content-Type: text/plain; " + counted(lambda n: b"name*%d=a; " % n, 240 << 10) + b"\n\n" + fill(b"kata\n"),
    "parameters of parts": lambda: MIXED + fill(b"--b\nContent-Type: text/plain; " + fill(b"a*0*=b; ", 60 << 10) + b"\n\nx\n"),
    "comments of parts": lambda: MIXED + fill(b"--b\nContent-Type: text/plain; " + fill(b"(", 60 << 10) + b"\n\nx\n"),
    "CR for line ends": lambda: (HEAD + b"\n" + fill(b"kata kata\n")).replace(b"\n", b"\r"),
    # What the parts hold.
    "base64": lambda: part(b"application/octet-stream", wrapped(os.urandom(SIZE // 136 * 100)), b"base64"),
    "base64 in one line": lambda: part(b"application/octet-stream", base64.b64encode(os.urandom(SIZE // 136 * 100)), b"base64"),
    "base64 in lines of one": lambda: part(b"application/octet-stream", fill(b"A\n"), b"base64"),
    "base64 of foreign signs": lambda: part(b"application/octet-stream", b"QUJD\n" + fill(b"!?\n"), b"base64"),
    "quoted-printable": lambda: part(b"text/csv", fill(b"=41=\n"), b"quoted-printable"),
    "quoted-printable of spaces": lambda: part(b"text/csv", fill(b"=" + b" " * 100 + b"x"), b"quoted-printable"),
    "uuencode": lambda: text(b"text/plain", fill(b"begin 644 x\n#86)C\n`\nend\n")),
    "uuencode that never ends": lambda: text(b"text/plain", fill(b"begin 644 x\n")),
    "an opaque signature in small pieces": lambda: part(b"application/pkcs7-mime", wrapped(signed(HEAD + b"\n" + b"kata\n" * (1 << 20))), b"base64"),
    "an opaque signature of 25 MB": lambda: part(b"application/pkcs7-mime", wrapped(signed(HEAD + b"\n" + b"kata\n" * (3 << 20))), b"base64"),
    "a calendar": lambda: text(b"text/calendar", fill(b"BEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\n")),
    "empty lines": lambda: text(b"text/plain", fill(b"\n")),
    "lines of one letter": lambda: text(b"text/plain", fill(b"a\n")),
    "lines of dashes": lambda: text(b"text/plain", fill(b"--\n")),
    "lines like boundaries": lambda: text(b"text/plain", fill(b"--x\n")),
    "lines like the marks of PGP": lambda: text(b"text/plain", fill(b"-----BEGIN PGP SIGNED MESSAGE-----\n\n")),
    "quoted lines": lambda: text(b"text/plain", fill(b"> a\n")),
    "lines like fields": lambda: text(b"text/plain", fill(b"From: a\n")),
    "flowed text": lambda: text(b"text/plain; format=flowed", fill(b"kata \n")),
    "NUL": lambda: text(b"text/plain", fill(b"\0")),
    "wrong UTF-8": lambda: text(b"text/plain; charset=utf-8", fill(b"\xc3\xa9\xff")),
    "wrong GB18030": lambda: text(b"text/plain; charset=gb2312", fill(b"\xc4\xe3\xff")),
    "wrong Shift JIS": lambda: text(b"text/plain; charset=shift_jis", fill(b"\x81\xff")),
    "ISO-2022-JP escapes": lambda: text(b"text/plain; charset=iso-2022-jp", fill(b"\x1b$B0\x1b(B")),
    "UTF-7 shifts": lambda: text(b"text/plain; charset=utf-7", fill(b"+AOQ-+")),
    "UTF-16": lambda: text(b"text/plain; charset=utf-16", fill("é".encode("utf-16-le"))),
    "HTML of tags": lambda: text(b"text/html", fill(b"<div>")),
    "HTML of open tags": lambda: text(b"text/html", fill(b"<")),
    "HTML of images": lambda: text(b"text/html", fill(b"<img src=cid:a>")),
    "HTML of links": lambda: text(b"text/html", fill(b"<a href=http://x.example/>x</a>")),
    "HTML of tables": lambda: text(b"text/html", fill(b"<table><tr><td>x")),
}


def child(work):
    """Runs work in a process of its own: (status, what it used). What this process held would count as the child's."""
    pid = os.fork()
    if pid == 0:
        work()
        os._exit(0)
    _, status, usage = os.wait4(pid, 0)
    return status, usage


def write(path, make):
    with open(path, "wb") as file:
        file.write(make())


def parse(binary, path):
    os.environ["SWIFT_BACKTRACE"] = "enable=no"
    os.dup2(os.open(path + ".json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    os.execv(binary, [binary, "mail", "parse", path])


def read(path):
    try:
        with open(path + ".json", "rb") as file:
            return json.load(file)
    except ValueError:
        return None


def run(binary, path, make):
    """(seconds of processor, MB at most, what was read or None)"""
    child(lambda: write(path, make))
    status, usage = child(lambda: parse(binary, path))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, None if status else read(path)


def measure(table, binary, folder, wanted=""):
    path = os.path.join(str(folder), "message.eml")

    rest = run(binary, path, lambda: HEAD + b"\nisi\n")
    missed = 0
    for name, make in CASES.items():
        if wanted not in name:
            continue
        processor, memory, message = run(binary, path, make)
        processor, memory = processor - rest[0], memory - rest[1]
        fine = message is not None and processor <= (2 if name.startswith("500,000") else 1) and memory <= 100
        missed += not fine
        told = "LOST" if message is None else " ".join(
            [f"text {len(message['text'])}, files {len(message['attachments'])}"] + message["problems"])
        table.row(name[:46], word=f"{'' if fine else 'MISSED '}{processor:5.2f} s {memory:4.0f} MB  {told}")
    return missed


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from ground import Table
    with tempfile.TemporaryDirectory(prefix="sigap-bench-") as place:
        sys.exit(1 if measure(Table(), os.path.abspath(sys.argv[1]), place, *sys.argv[2:3]) else 0)
