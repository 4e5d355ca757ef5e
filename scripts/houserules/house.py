"""What the rules look at: the files of the repository, and Swift text without its comments or strings.

A rule never opens a file itself. It asks the House, which reads each file once, skips what is not text, and gives
Swift in two more views of the same length and the same line breaks:

* ``code``: comments and the insides of string literals are blanks (interpolated code stays);
* ``uncommented``: only comments are blanks.
"""
import json
import os
import re
import subprocess
from dataclasses import dataclass, field

RAW_IDENTIFIER = re.compile(r"`(?!\w+`)[^`\n]*`")   # the sentence that names a test
STRING_START = re.compile(r'(#*)("""|")')
ALLOW = re.compile(r"//\s*lint:allow\s+\S")


@dataclass(frozen=True, order=True)
class Breach:
    path: str
    line: int
    rule: str
    says: str

    def __str__(self):
        return f"{self.path}:{self.line}: error: [{self.rule}] {self.says}"


@dataclass
class House:
    root: str
    manifest: dict | None = None
    paths: list = field(default_factory=list)
    _texts: dict = field(default_factory=dict)
    _views: dict = field(default_factory=dict)

    @classmethod
    def of_repository(cls, root):
        """Every file git knows or would add, except the lint's own failing examples."""
        listing = subprocess.run(
            ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            check=True, capture_output=True).stdout.decode()
        paths = sorted(p for p in set(listing.split("\0")) if p and not p.startswith("Lint/"))
        manifest = json.loads(subprocess.run(
            ["swift", "package", "--package-path", root, "dump-package"], check=True, stdout=subprocess.PIPE).stdout)
        return cls(root, manifest, [p for p in paths if os.path.isfile(os.path.join(root, p))])

    @classmethod
    def of_example(cls, root):
        """A folder of an example: all its files; its manifest is the file package.json, if it has one."""
        paths = sorted(os.path.relpath(os.path.join(d, f), root) for d, _, fs in os.walk(root) for f in fs)
        manifest = None
        if "package.json" in paths:
            with open(os.path.join(root, "package.json"), encoding="utf-8") as file:
                manifest = json.load(file)
        return cls(root, manifest, paths)

    def text(self, path):
        """The file's text; empty for what is not UTF-8 or holds a NUL."""
        if path not in self._texts:
            with open(os.path.join(self.root, path), "rb") as file:
                data = file.read()
            try:
                self._texts[path] = "" if b"\0" in data else data.decode("utf-8")
            except UnicodeDecodeError:
                self._texts[path] = ""
        return self._texts[path]

    def swift(self, *folders):
        """Paths of Swift files below any of the folders."""
        below = tuple(f.rstrip("/") + "/" for f in folders)
        return [p for p in self.paths if p.endswith(".swift") and p.startswith(below)]

    def code(self, path):
        return self._swift_views(path)[0]

    def uncommented(self, path):
        return self._swift_views(path)[1]

    def _swift_views(self, path):
        if path not in self._views:
            self._views[path] = blank(self.text(path))
        return self._views[path]

    def search(self, path, view, pattern, rule, says, allow=True):
        """One breach for each match of `pattern` in `view`; `{}` in the sentence is the match."""
        for match in re.finditer(pattern, view):
            yield from self.at(path, match, rule, says, allow)

    def at(self, path, match, rule, says, allow=True):
        """The breach at a match, unless its line carries `// lint:allow REASON`."""
        number = match.string.count("\n", 0, match.start()) + 1
        if not (allow and ALLOW.search(self.text(path).split("\n")[number - 1])):
            yield Breach(path, number, rule, says.replace("{}", match.group(0).strip()))


def blank(text):
    """Swift `text` as (code, uncommented). Knows nested comments, raw and multi-line strings, and interpolation."""
    code, uncommented = list(text), list(text)

    def wipe(view, start, end):
        for i in range(start, end):
            if view[i] != "\n":
                view[i] = " "

    open_strings = []   # (hashes, quotes, depth of parentheses inside the running interpolation)
    inside = False      # reading the text of the innermost open string
    i, n = 0, len(text)
    while i < n:
        if inside:
            hashes, quotes, _ = open_strings[-1]
            escape = "\\" + "#" * hashes
            if text.startswith(escape + "(", i):
                open_strings[-1] = (hashes, quotes, 1)
                i, inside = i + len(escape) + 1, False
            elif text.startswith(escape, i):
                wipe(code, i, min(i + len(escape) + 1, n))
                i += len(escape) + 1
            elif text.startswith('"' * quotes + "#" * hashes, i):
                i += quotes + hashes
                open_strings.pop()
                inside = False
            elif quotes == 1 and text[i] == "\n":   # not a string after all (or broken code): go on as code
                open_strings.pop()
                inside = False
            else:
                wipe(code, i, i + 1)
                i += 1
            continue
        if text.startswith("//", i):
            end = text.find("\n", i)
            end = n if end < 0 else end
            wipe(code, i, end)
            wipe(uncommented, i, end)
            i = end
        elif text.startswith("/*", i):
            depth, end = 1, i + 2
            while end < n and depth:
                step = 2 if text.startswith(("/*", "*/"), end) else 1
                depth += {"/*": 1, "*/": -1}.get(text[end:end + 2], 0)
                end += step
            wipe(code, i, min(end, n))
            wipe(uncommented, i, min(end, n))
            i = end
        elif match := RAW_IDENTIFIER.match(text, i):
            wipe(code, i + 1, match.end() - 1)
            wipe(uncommented, i + 1, match.end() - 1)
            i = match.end()
        elif match := STRING_START.match(text, i):
            quotes = len(match.group(2))
            open_strings.append((len(match.group(1)), quotes, 0))
            i, inside = match.end(), True
        else:
            if open_strings and text[i] in "()":
                hashes, quotes, depth = open_strings[-1]
                depth += 1 if text[i] == "(" else -1
                open_strings[-1] = (hashes, quotes, depth)
                inside = depth == 0
            i += 1
    return "".join(code), "".join(uncommented)
