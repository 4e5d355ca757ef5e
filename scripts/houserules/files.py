"""Rules about templates and about the repository as a whole."""
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
