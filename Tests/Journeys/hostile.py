"""Hostile texts: metacharacters between the neighbours that hide them from code which thinks in graphemes, line ends,
NUL, broken UTF-8, marks that turn the direction of writing, and sheer size."""

METACHARACTERS = "<>\"'&=\n\r,;/\\.@:{}`%()"
PREPEND, EXTEND, JOINER, VARIATION = "\u0600", "\u0301", "\u200d", "\ufe0f"
# What would run if any of these were let through; `canary` is watched in Chromium.
SCRIPTS = ["<script>canary()</script>", "<img src=x onerror=canary()>", "\"><svg onload=canary()>",
           "' autofocus onfocus='canary()", "javascript:canary()", "</textarea><script>canary()</script>",
           "</title><script>canary()</script>", "{{{canary}}}", "{{#canary}}", "<!--", "]]>", "&lt;script&gt;"]


def neighbours(meta):
    """The character alone and in every disguise."""
    return [meta, PREPEND + meta, meta + EXTEND, PREPEND + meta + EXTEND, meta + JOINER, meta + VARIATION,
            EXTEND + meta, JOINER + meta]


def disguised(text):
    """Every metacharacter of the text in one disguise: what a grapheme-minded escaper does not see."""
    return "".join(c + EXTEND if c in "<\"'&" else PREPEND + c if c in ">=" else c for c in text)


def table(lines=False):
    metas = [m for m in METACHARACTERS if lines or m not in "\r\n"]
    return (" ".join(n for meta in metas for n in neighbours(meta)) + " "
            + " ".join(SCRIPTS) + " " + " ".join(disguised(s) for s in SCRIPTS))


FORGERY = "a\r\nBcc: korban@forged.example\r\nX-Forged: ya\r\n\r\n<script>canary()</script>"
# Line ends in disguise, as the text of a field.
DISGUISED_FORGERY = f"a{PREPEND}\r\n{EXTEND}X-Forged: ya\n{EXTEND}Bcc: korban@forged.example\r{EXTEND}X-Forged: juga"
DIRECTION = "\u202egnp.exe\u2066 \u200f\u061c moc.live\u2069\u202c \u2028 baris \u2029 alinea \ufeff"
TEXTS = {
    "table": table(), "lines": table(lines=True), "forgery": FORGERY, "disguised forgery": DISGUISED_FORGERY,
    "nul": "nol \0 di tengah \x01\x1b[31m\x7f", "direction": DIRECTION, "blank": "\u200b\u2060\u00a0\u3164",
    "long word": "w" * 5_000, "long emoji": "👩‍👩‍👧‍👦" * 400, "zalgo": "Z" + "\u0301\u0323" * 2_000,
}
BYTES = {
    "invalid utf-8": b"tidak \xff\xfe \xc3( \xed\xa0\x80 \xf4\x90\x80\x80 \xe2\x82 sah",
    "overlong": b"\xc0\xbcscript\xc0\xbecanary()\xc0\xbc/script\xc0\xbe \xe0\x80\xbc",
    "utf-7": b"+ADw-script+AD4-canary()+ADw-/script+AD4-",
}
