"""The plan of the house as data, and the rule that compares it with the manifest and with every import.

The compiler's own check (`--explicit-target-dependency-import-check`) sees undeclared targets of ours, not
undeclared products of others, and knows nothing of the plan. To open a room, give it a line here.
"""
import re

from .house import Breach

FREE = {"Foundation", "FoundationEssentials", "Dispatch", "Glibc", "Synchronization"}

# Room: the rooms of ours it may see.
OURS = {
    "SOP": set(),
    "Diagnosis": set(),
    "WhatsApp": set(),
    "Mail": {"CGMime", "CGumbo"},
    "Desk": {"SOP", "Diagnosis"},
    "Wording": {"SOP", "Desk", "Diagnosis"},
    "Documents": {"SOP", "Desk", "Wording"},
    "Probe": {"Diagnosis", "CLdns", "CPsl", "CIdn2"},
    "MailChannel": {"SOP", "Desk", "Mail", "CCurl"},
    "WhatsAppChannel": {"SOP", "Desk", "WhatsApp"},
    "SQLiteStore": {"SOP", "Desk"},
    "PostgresStore": {"SOP", "Desk", "CPostgres"},
    "Passwords": {"Desk", "CArgon2"},
    "Web": {"SOP", "Desk", "Diagnosis", "Wording", "Documents"},
    "Townsfolk": {"SOP", "Desk"},
    "DeskTesting": {"SOP", "Desk", "Townsfolk"},
    "sigap": None,  # joins all rooms
}
C_LIBRARIES = {"CGMime", "CGumbo", "CCurl", "CArgon2", "CLdns", "CPsl", "CIdn2", "CPostgres"}

# Module of another package: the rooms that may see it. One foreign library, one room; the listed exceptions are
# the ones that are meant to be spoken everywhere (logging, life cycle) or are needed on both sides of a page.
FOREIGN = {
    "GRDB": {"SQLiteStore"},
    "Mustache": {"Wording", "Web"},
    "Hummingbird": {"Web"}, "HummingbirdCore": {"Web"}, "HummingbirdTLS": {"Web"}, "HTTPTypes": {"Web"},
    "HummingbirdTesting": {"WebTests"},
    "NIOCore": {"Web", "Probe"}, "NIOPosix": {"Probe"}, "NIOSSL": {"Web", "Probe"},
    "NIOFoundationCompat": {"Web"},
    "AsyncHTTPClient": {"Probe", "WhatsAppChannel"},
    "Crypto": {"Desk", "Mail", "Web", "WhatsApp"}, "CryptoExtras": {"Mail"},
    "Logging": {"Desk", "MailChannel", "WhatsAppChannel", "SQLiteStore", "PostgresStore", "Probe", "Web", "sigap"},
    "ServiceLifecycle": {"Desk", "MailChannel", "WhatsAppChannel", "Web", "sigap"},
    "Metrics": {"Desk", "Web"},
    "ArgumentParser": {"sigap"}, "Yams": {"sigap"}, "UnixSignals": {"Web", "sigap"},
    "Testing": {"DeskTesting"},
}
# A product whose modules do not bear its name: {"product": {"module", …}}.
MODULES_OF_PRODUCT = {}

IMPORT = re.compile(
    r"^[ \t]*(?:@\w+[ \t]+)*(?:(?:public|package|internal|fileprivate|private)[ \t]+)?import[ \t]+"
    r"(?:(?:struct|class|enum|protocol|typealias|func|var|let|actor)[ \t]+)?(\w+)", re.MULTILINE)


def declared(target):
    """The modules a target of the manifest may import by its declared dependencies."""
    modules = set()
    for dependency in target.get("dependencies", []):
        kind, value = next(iter(dependency.items()))
        modules |= MODULES_OF_PRODUCT.get(value[0], {value[0]}) if kind == "product" else {value[0]}
    return modules


def room_under_test(name):
    return name[:-len("Tests")] if name.endswith("Tests") else name


def may_see(name, module):
    """Why the plan forbids `module` to the target, or nothing."""
    room = room_under_test(name)
    testing = name != room
    if room not in OURS:
        return f"the room {room} is not in the plan: give it a line in scripts/houserules/rooms.py"
    ours = OURS[room]
    if module in OURS or module in C_LIBRARIES:
        fits = ours is None and module not in C_LIBRARIES or module in (ours or set())
        if fits or testing and (module == room or module not in C_LIBRARIES):
            return None
        return f"the room {room} may not see {module}"
    if module == "Testing" and testing:
        return None
    if module not in FOREIGN:
        return f"{module} has no room yet: name the one room that may see it in scripts/houserules/rooms.py"
    if FOREIGN[module] & {name, room}:
        return None
    return f"{module} belongs to {', '.join(sorted(FOREIGN[module]))}; {name} may not see it"


def imports(house):
    """A target imports only what the manifest declares for it; the manifest declares only what the plan allows."""
    if house.manifest is None:
        return
    for target in house.manifest["targets"]:
        name = target["name"]
        if target["type"] == "system":
            continue
        allowed = declared(target)
        for module in sorted(allowed):
            if reason := may_see(name, module):
                yield Breach("Package.swift", 1, "imports", f"target {name}: {reason}")
        folder = target.get("path") or ("Tests/" if target["type"] == "test" else "Sources/") + name
        for path in house.swift(folder):
            code = house.code(path)
            for match in IMPORT.finditer(code):
                module = match.group(1)
                line = code.count("\n", 0, match.start(1)) + 1
                testing = module == "Testing" and (target["type"] == "test" or name == "DeskTesting")
                if module in FREE or module == name or testing:
                    continue
                if module not in allowed:
                    yield Breach(path, line, "imports", f"{name} imports {module} without declaring it in the manifest")
