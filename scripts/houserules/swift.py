"""Rules about Swift text."""
import re

from .house import Breach

PURE_ROOMS = ("Sources/SOP", "Sources/Diagnosis", "Sources/WhatsApp")
NOW = r"\bDate\s*\(\s*\)|\bDate\.now\b|[:=(,]\s*\.now\b|\bDate\s*\(\s*timeIntervalSinceNow:"
CHANCE = (r"\bUUID\s*\(\s*\)|\.random\b|\.randomElement\b|\.shuffled\b|\.shuffle\s*\(|\bSystemRandomNumberGenerator\b"
          r"|\bContinuousClock\b|\bSuspendingClock\b|\bProcessInfo\b")
FORBIDDEN_TYPES = set("""Task Result Clock Actor Duration Notification Calendar Unit Operation Process Progress
    Stream Host Port Timer Thread Locale Bundle""".split())
TYPE = re.compile(r"\b(?:struct|class|enum|actor|protocol|typealias)[ \t]+(\w+)")


def pure(house):
    """A pure room has no clock, no chance and nothing that waits: time and ids are arguments."""
    for path in house.swift(*PURE_ROOMS):
        code = house.code(path)
        yield from house.search(path, code, NOW, "pure", "a pure room takes the time as an argument, not `{}`")
        yield from house.search(path, code, CHANCE, "pure", "a pure room has no chance and no clock of its own: `{}`")
        yield from house.search(path, code, r"\basync\b|\bawait\b", "pure", "a pure room never waits: `{}`")


def manual_clock(house):
    """Tests use fixed instants and a manual clock."""
    for path in house.swift("Tests", "Sources/DeskTesting"):
        yield from house.search(path, house.code(path), NOW, "manual-clock", "a test uses a fixed instant, not `{}`")


def no_regex(house):
    """No regular expressions on outside text: their running time and their idea of a character are the attacker's."""
    words = r"\bRegex\b|\bNSRegularExpression\b|\bRegexBuilder\b|\.regularExpression\b"
    literals = r"#+/|(?:[=(,:\[{]|\breturn|\bin)[ \t]*/(?![/*\s=])[^\n]*?[^\s\\]/(?!/)"
    for path in house.swift("Sources"):
        yield from house.search(path, house.code(path), f"{words}|{literals}", "no-regex", "scan bytes instead of `{}`")


def no_traps(house):
    """Nothing in the product ends the process on purpose (forced unwrapping is the formatter's rule)."""
    for path in house.swift("Sources"):
        code = house.code(path)
        yield from house.search(
            path, code, r"\bfatalError\s*\(|\bpreconditionFailure\s*\(|\bunowned\s*\(\s*unsafe\s*\)", "no-traps",
            "throw a Fault instead of `{}`, or say why with `// lint:allow REASON`")
        yield from house.search(
            path, code, r"\bstandard(?:Error|Output)\.write\s*\((?!\s*contentsOf:)", "no-traps",
            "`{}` traps when nobody reads: use write(contentsOf:)")
        lines = house.text(path).split("\n")
        for number, line in enumerate(lines, 1):
            if "swift-format-ignore" not in line:
                continue
            named = re.search(r"//\s*swift-format-ignore:\s*\w", line)
            explained = number > 1 and lines[number - 2].strip().startswith("//")
            if not (named and explained):
                yield Breach(path, number, "no-traps",
                             "swift-format-ignore names its rule and has its reason as a comment on the line above")


def no_characters(house):
    """Checks and splits of outside text work on bytes or scalars.

    "\\r\\n" is one Character, and so is "<" with a combining mark: neither is found by its parts.
    """
    folders = ("Sources/Mail", "Sources/MailChannel", "Sources/WhatsApp", "Sources/WhatsAppChannel",
               "Sources/Web", "Sources/Desk")
    receiver = r"(\w+)[\])?]*"
    one = r'"(?:[^"\\\n]|\\[nrt0\\"\']|\\u\{[0-9A-Fa-f]+\}|\\r\\n)"'
    calls = (rf"{receiver}\.(?:contains|firstIndex|lastIndex|split|hasPrefix|hasSuffix|replacingOccurrences|components)"
             rf"\s*\(\s*(?:of:|separator:|separatedBy:)?\s*{one}")
    blocks = (rf"{receiver}\.(?:filter|contains|allSatisfy|drop|prefix|first|map)"
              r"\s*(?:\(\s*(?:where|while):\s*)?\{\s*" r'\$0\s*[=!]=\s*"\\[nrt0]')
    fixed = r"\.components\s*\(\s*separatedBy:\s*\.(?:newlines|whitespacesAndNewlines|whitespaces)|\.isNewline\b"
    for path in house.swift(*folders):
        view = house.uncommented(path)
        for pattern in (calls, blocks):
            for match in re.finditer(pattern, view):
                if not re.search(r"scalars?$|utf8|bytes|octets", match.group(1), re.IGNORECASE):
                    yield from house.at(path, match, "no-characters",
                                        "`{}` compares Characters: use .utf8 or .unicodeScalars")
        yield from house.search(
            path, view, fixed, "no-characters", "`{}` splits by Characters: use .utf8 or .unicodeScalars")


def names(house):
    """No type is named like its module or like a type everybody knows; a file name says what is in it."""
    vague = {"core", "common", "shared", "util", "utils", "utilities", "helper", "helpers", "service", "services",
             "model", "models", "misc"}
    for path in house.paths:
        for part in path.split("/"):
            if part.split(".")[0].lower() in vague:
                yield Breach(path, 1, "names", f"`{part}` says nothing: name it after what it holds")
                break
    seen = {}
    for path in house.swift("Sources", "Tests"):
        parts = path.split("/")
        target, base = parts[1], parts[-1]
        if (target, base) in seen:
            yield Breach(path, 1, "names", f"{base} is also {seen[target, base]}: base names are unique in a target")
        seen[target, base] = path
        code = house.code(path)
        for match in TYPE.finditer(code):
            name, line = match.group(1), code.count("\n", 0, match.start()) + 1
            if name == target:
                yield Breach(path, line, "names", f"the type {name} is named like its module")
            elif name in FORBIDDEN_TYPES:
                yield Breach(path, line, "names", f"a type named {name} hides one that everybody knows")
