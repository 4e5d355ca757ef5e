#!/usr/bin/env python3
"""The rules of the house that the compiler and the formatter do not know.

    scripts/lint.py              looks at every file of the repository; exit 1 and one line for each breach
    scripts/lint.py --self-test  every rule must fail on Lint/Examples/RULE/bad and pass on its twin, good

A rule is a function in scripts/houserules: from a House to its breaches. To add one: write it, name it in RULES, and
give it an example that fails and a twin that passes.
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "scripts"))

from houserules import files, rooms, swift  # noqa: E402
from houserules.house import Breach, House  # noqa: E402


def formatting(house):
    """swift-format, strictly; in the real run scripts/lint calls it once for all."""
    paths = [os.path.join(house.root, p) for p in house.paths if p.endswith(".swift")]
    configuration = os.path.join(ROOT, ".swift-format")
    end = subprocess.run(["swift", "format", "lint", "--strict", "--configuration", configuration, *paths],
                         capture_output=True, text=True)
    if end.returncode:
        yield Breach(house.paths[0], 1, "formatting", end.stderr.strip())


RULES = {
    "imports": rooms.imports,
    "pure": swift.pure,
    "manual-clock": swift.manual_clock,
    "no-regex": swift.no_regex,
    "no-traps": swift.no_traps,
    "templates": files.templates,
    "names": swift.names,
    "machine": files.machine,
    "no-characters": swift.no_characters,
    "readme": files.readme,
    "promises": files.promises,
    "signposts": files.signposts,
}


def check_repository():
    house = House.of_repository(ROOT)
    breaches = sorted(b for rule in RULES.values() for b in rule(house))
    for breach in breaches:
        print(breach)
    print(f"{len(RULES)} house rules, {len(house.paths)} files, {len(breaches)} breaches")
    return 1 if breaches else 0


def staged(source, target):
    """Copies an example without its `@@`: they cut words apart that no committed file may hold whole."""
    shutil.copytree(source, target)
    for folder, _, names in os.walk(target):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            with open(path, "w", encoding="utf-8") as file:
                file.write(text.replace("@@", ""))


def self_test():
    """Every line of a bad example that ends in the word `bad` must be found; nothing else, nowhere in the twin."""
    examples = os.path.join(ROOT, "Lint", "Examples")
    rules = {**RULES, "formatting": formatting}
    wrong = [f"Lint/Examples/{name} has no rule" for name in sorted(os.listdir(examples)) if name not in rules]
    with tempfile.TemporaryDirectory() as scratch:
        for name, rule in rules.items():
            for twin in ("bad", "good"):
                staged(os.path.join(examples, name, twin), os.path.join(scratch, name, twin))
                house = House.of_example(os.path.join(scratch, name, twin))
                found = {(b.path, b.line) for b in rule(house) if b.rule == name}
                marked = {(p, n) for p in house.paths for n, line in enumerate(house.text(p).split("\n"), 1)
                          if line.rstrip(" ->*/}").endswith(" bad")}
                if twin == "good" and found:
                    wrong.append(f"{name}: a false alarm in good at {sorted(found)}")
                elif twin == "bad" and not found:
                    wrong.append(f"{name}: nothing found in bad")
                elif twin == "bad" and marked and found != marked:
                    wrong.append(f"{name}: missed {sorted(marked - found)}, false {sorted(found - marked)}")
    for sentence in wrong:
        print(f"lint self-test: {sentence}")
    print(f"lint self-test: {len(rules)} rules, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--self-test"]):
        sys.exit(__doc__)
    sys.exit(self_test() if sys.argv[1:] else check_repository())
