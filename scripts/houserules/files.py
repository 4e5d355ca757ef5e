"""Rules about templates and about the repository as a whole."""
import posixpath
import re

from .house import Breach


def templates(house):
    """A page can neither show raw text nor run anything that is not a file of ours."""
    raw = "raw `{}`: only a name ending in HTML (a CleanHTML) is shown unescaped"
    rules = [
        (r"\{\{\{(?!\s*\w+HTML\s*\}\}\})[^}]*", raw),
        (r"\{\{&(?!\s*\w+HTML\s*\}\})[^}]*", raw),
        (r"(?i)<script(?![^>]*\ssrc=)[^>]*>", "inline script `{}`"),
        (r"(?i)<style\b|\sstyle\s*=", "inline style `{}`: use a class of the style sheet"),
        (r"(?i)\son[a-z]+\s*=", "inline handler `{}`: use the script file"),
        (r"(?i)javascript\s*:", "`{}` address"),
        (r"(?i)\s[a-z-]+=\{\{", "`{}`: an attribute's value stands in quotes"),
    ]
    for path in house.paths:
        if path.endswith(".mustache"):
            text = house.text(path)
            for pattern, says in rules:
                yield from house.search(path, text, pattern, "templates", says, allow=False)


def machine(house):
    """Nothing committed tells where it was built or from which server its parts were fetched."""
    folders = "|".join(["work", "root", "farm"])
    paths = rf"""(?<![\w./~-])/(?:{folders})(?=[/"'`\s,;:)]|$)|/tmp/bash_""" + "jobs"
    hosts = r"\b(?:" + "|".join(h.replace(".", r"\.") for h in [
        "pypi" + ".org", "files.python" + "hosted.org", "registry.npm" + "js.org", "crates" + ".io",
        "proxy.golang" + ".org", "rubygems" + ".org"]) + r")\b|--(?:extra-)?index-url\s+http"
    for path in house.paths:
        yield from house.search(path, house.text(path), f"{paths}|{hosts}", "machine",
                                "`{}` belongs to one machine, not to the product", allow=False)


def readme(house):
    """A README is read in one breath."""
    if "README.md" in house.paths:
        lines = house.text("README.md").rstrip("\n").count("\n") + 1
        if lines > 60:
            yield Breach("README.md", lines, "readme", f"{lines} lines; the README has at most 60")


def promises(house):
    """A promise in the code has a number under which somebody will look for it."""
    words = "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"])
    for path in house.paths:
        if path.endswith((".swift", ".py", ".sh", ".h", ".mustache", ".css", ".js")) or path.startswith("scripts/"):
            yield from house.search(
                path, house.text(path), rf"\b(?:{words})\b(?!\s*\(#\d+\))", "promises",
                "`{}` needs the number of an issue: {} (#12)")


def signposts(house):
    """What the documents point at is there: links, files in backticks, and files in the column of a table whose
    header names their folder (the trace of docs/sop.md), once that folder is there."""
    known = set(house.paths)
    for path in house.paths:
        if not path.endswith(".md"):
            continue
        columns = []
        for number, line in enumerate(house.text(path).split("\n"), 1):
            targets = [posixpath.normpath(posixpath.join(posixpath.dirname(path), link.split("#")[0]))
                       for link in re.findall(r"\]\((?![a-z]+:|#)([^)\s]+)\)", line)]
            targets += re.findall(r"`((?:Sources|Tests|docs|packaging|scripts)/[\w./+-]*[\w+-])`", line)
            cells = line.strip().strip("|").split("|") if line.lstrip().startswith("|") else []
            if not cells:
                columns = []
            elif not columns:
                columns = [re.search(r"`((?:Sources|Tests)/[\w/]+)/`", cell) for cell in cells]
            for folder, cell in zip(columns, cells):
                if folder and any(p.startswith(folder.group(1) + "/") for p in known):
                    targets += [f"{folder.group(1)}/{name}" for name in re.findall(r"`([\w-]+\.\w+)`", cell)]
            for target in targets:
                if target not in known and not any(p.startswith(target + "/") for p in known):
                    yield Breach(path, number, "signposts", f"points at {target}, which is not there")
