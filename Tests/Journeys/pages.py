"""Every page a person can open, and what a strict eye sees there.

    pages.py BINARY FOLDER [PART…]     pictures of the demo's pages (those whose name holds one of PART) into FOLDER

Pages are found by following every link of the demo from each person's first page: one page of each kind, and beside
them the states that only some tickets have. A page that is new is looked at without anybody listing it here.
"""
import contextlib
import http.client
import importlib.resources
import json
import pathlib
import re
import sqlite3
import sys
import urllib.parse
from dataclasses import dataclass

import html5lib

sys.dont_write_bytecode = True
SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts"

WIDTHS = {360: 740, 1280: 900}
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The demo's accounts (`sigap demo` prints them): name → role.
PEOPLE = {"budi": "officer", "yusuf": "registry", "dewi": "supervisor", "joko": "administrator"}
STARTS = {None: ["/", "/masuk", "/lacak", "/peragaan/surat"], "budi": ["/meja"], "yusuf": ["/registri"], "dewi": ["/pengawas", "/meja"],
          "joko": ["/kelola"]}


@dataclass(frozen=True)
class Place:
    """One page to look at. `person`: who is signed in; None: nobody. `refused`: the page as it comes back when its first
    form was sent empty."""
    name: str
    path: str
    person: str | None = None
    refused: bool = False


# MARK: Forms and links over plain HTTP, without a browser


class Client:
    """A visitor without a browser: cookies are kept, redirects are told, not followed."""

    def __init__(self, port, cookies=None):
        self.port, self.cookies = port, dict(cookies or {})

    def send(self, method, path, body=None, headers=None, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with contextlib.closing(connection):
            sent = {"Accept": "text/html", **(headers or {})}
            if self.cookies:
                sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            content = response.read()
            for line in response.headers.get_all("Set-Cookie") or []:
                name, _, value = line.split(";")[0].partition("=")
                if "max-age=0" in line.lower() or not value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = value
            return response, content

    def page(self, path):
        """The tree of the page, following redirects on this site; None when it is no page."""
        for _ in range(5):
            response, content = self.send("GET", path)
            if response.status in (301, 302, 303, 307):
                path = response.headers["Location"]
                continue
            kind = response.headers.get("Content-Type", "")
            if response.status >= 400 or not kind.startswith("text/html"):
                return None
            return html5lib.parse(content, transport_encoding="utf-8", namespaceHTMLElements=False)
        return None

    def post(self, path, fields):
        """URL-encoded; fields may be str or bytes."""
        body = urllib.parse.urlencode(fields).encode()
        return self.send("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def csrf(self, path):
        token = self.page(path).find(".//input[@name='_csrf']")
        return token.get("value")

    def sign_in(self, user, password):
        response, content = self.post("/masuk", {"_csrf": self.csrf("/masuk"), "nama": user, "sandi": password})
        assert response.status == 303, f"sign-in of {user}: {response.status} {content[:400]!r}"
        return self


def kind_of(path):
    """`/meja/tiket/ADU-202611-00042-K?q=a` → `meja/tiket/NUMBER?q`: pages of one kind look alike."""
    place, _, query = path.partition("?")
    parts = []
    for part in place.strip("/").split("/"):
        part = urllib.parse.unquote(part)
        if re.fullmatch(r"ADU-\d{6}-\d{5}-[0-9A-Z]", part):
            part = "NUMBER"
        elif re.fullmatch(r"\d{12}[0-9a-z]?-\d+-[a-z2-7]+|[0-9a-f]{32,}|[a-z2-7]{26,}", part) or re.search(r"\d{6}", part):
            part = "TOKEN"
        elif parts[:1] == ["kelola"] and len(parts) >= 2 and part != "baru":
            part = "ITEM"  # every account, institution, letter text … looks like the next one
        parts.append(part)
    keys = sorted(k for k, _ in urllib.parse.parse_qsl(query) if k not in ("bahasa", "tema"))
    return "/".join(parts) + ("?" + "&".join(keys) if keys else "")


def crawl(client, starts, limit=80):
    """One path of each kind reachable by links, breadth first."""
    found, waiting = {}, list(starts)
    while waiting and len(found) < limit:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in found:
            continue
        found[kind] = None
        tree = client.page(path)
        if tree is None:
            continue
        found[kind] = path
        for anchor in tree.iter("a"):
            target = urllib.parse.urljoin(path, anchor.get("href", ""))
            target = target.split("#")[0]
            if not target.startswith("/") or anchor.get("download") is not None:
                continue
            if "bahasa=" in target or "tema=" in target or kind_of(target) in found:
                continue
            waiting.append(target)
    return {kind: path for kind, path in found.items() if path}


class DemoFacts:
    """What the demo's database says: which tickets stand where, and the links in its letters."""

    def __init__(self, data):
        self.database = pathlib.Path(data) / "sigap.sqlite"

    def rows(self, sql, *arguments):
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=20)) as connection:
            return connection.execute(sql, arguments).fetchall()

    def ticket(self, where):
        found = self.rows(f"SELECT number FROM tickets WHERE {where} ORDER BY number DESC LIMIT 1")
        return found[0][0] if found else None

    def link(self, ticket, part):
        """The path of the newest letter's link that holds `part`."""
        for (letter,) in self.rows("SELECT letter FROM outbox WHERE ticket = ? ORDER BY place DESC", ticket):
            for word in json.loads(letter)["text"].split():
                if part in word:
                    address = urllib.parse.urlsplit(word)
                    return address.path + ("?" + address.query if address.query else "")
        return None


# Pages that are also looked at with their first form refused.
REFUSED = {"lapor", "lapor-pemohon", "masuk", "lacak", "desk-check", "desk-analysis", "handoff-registry", "meja-baru",
           "kelola-akun"}
STATES = {
    "check": "closure IS NULL AND stage = 2 AND pause IS NULL", "paused": "closure IS NULL AND pause IS NOT NULL",
    "analysis": "closure IS NULL AND stage = 3 AND pause IS NULL", "registry": "closure IS NULL AND stage = 4",
    "answer": "closure IS NULL AND stage = 5 AND pause IS NULL", "confirmation": "closure IS NULL AND stage = 6",
    "lapsed": "closure IS NULL AND lapsed_at IS NOT NULL", "closed": "closure IS NOT NULL",
}


def places(port, facts, cookies):
    """Every page of the demo: found by links for each person (`cookies`: theirs), and tickets in each state."""
    all_places, seen = [], set()

    def add(name, path, person=None):
        if path and (path, person) not in seen:
            seen.add((path, person))
            name = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower() or "start"
            taken = any(p.name == name for p in all_places)
            all_places.append(Place(f"{name}-{person}" if taken else name, path, person))

    for person, starts in STARTS.items():
        for kind, path in crawl(Client(port, cookies[person]), starts).items():
            if person is None or not any(p.path == path and p.person is None for p in all_places):
                add(kind, path, person)
    for state, where in STATES.items():
        number = facts.ticket(where)
        if not number:
            continue
        add(f"follow-{state}", facts.link(number, f"/tiket/{number}?kunci="))
        add(f"desk-{state}", f"/meja/tiket/{number}", "budi")
        if state in ("registry", "answer", "closed"):
            add(f"handoff-{state}", facts.link(number, "/registri/permintaan/"))
    add("not-found", "/tidak-ada")
    for step in ("", "/pemohon", "/berkas", "/periksa"):
        add("lapor" + step, "/lapor" + step, "pemohon")
    number = facts.ticket("requester_email = 'sekdes@contoh.example'")
    add("lapor-selesai", f"/lapor/selesai/{number}", "pelapor")
    add("follow-unproven", f"/tiket/{number}", "pelapor")
    add("follow-without-key", f"/tiket/{number}")
    add("proof", f"/tiket/{number}/bukti?kunci=a")
    return all_places + [Place(p.name + "-refused", p.path, p.person, True) for p in all_places if p.name in REFUSED]


# MARK: In the browser


SEND_EMPTY = """() => {
  const form = document.querySelector("main form[method=post]:has(textarea, input:not([type=hidden]))");
  form.querySelectorAll("textarea, input[type=text], input[type=email]").forEach((field) => { field.value = "" });
  form.noValidate = true;
  form.requestSubmit();
}"""


class Looker:
    """Opens pages in Chromium: one context a person, once with and once without JavaScript."""

    def __init__(self, browser, base, folder=None):
        self.browser, self.base, self.folder = browser, base, folder and pathlib.Path(folder)
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)
        self.axe = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text()
        self.pages, self.found, self.pictures = {}, [], 0

    def page(self, person, scripts, cookies):
        """`cookies` of whoever is signed in."""
        if (person, scripts) not in self.pages:
            context = self.browser.new_context(
                viewport={"width": 360, "height": WIDTHS[360]}, locale="id-ID", timezone_id="Asia/Jakarta",
                java_script_enabled=scripts, reduced_motion="reduce")
            context.add_cookies([{"name": k, "value": v, "url": self.base} for k, v in cookies.items()])
            page = context.new_page()
            said = []
            page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
            page.on("pageerror", lambda e: said.append(str(e)))
            self.pages[person, scripts] = page, said
        return self.pages[person, scripts]

    def look(self, place, cookies=None, scripts=True, axe=True):
        """One visit, four sights of it: both widths, light and dark. Returns what was found."""
        page, said = self.page(place.person, scripts, cookies or {})
        said.clear()
        response = page.goto(self.base + place.path, wait_until="load")
        wrong = []
        expected = 404 if place.name == "not-found" else 200
        if place.refused:
            expected = 422
            with page.expect_navigation(wait_until="load") as refusal:
                page.evaluate(SEND_EMPTY)
            response = refusal.value
        if response is None or response.status != expected:
            wrong.append(f"status {response.status if response else 'none'}")
        if expected != 200:  # of which the browser makes a word in the console
            said[:] = [text for text in said if str(expected) not in text]
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                # Contrast depends on the scheme, sizes on the width: two sights of four tell both.
                examined = axe and (width, scheme) in ((360, "light"), (1280, "dark"))
                wrong += [f"{width} px, {scheme}: {what}" for what in self.sight(page, examined)]
                if self.folder:
                    name = f"{place.name}-{width}-{scheme}{'' if scripts else '-noscript'}.png"
                    page.screenshot(path=str(self.folder / name), full_page=True)
                    self.pictures += 1
        wrong += [f"console: {text}" for text in said]
        mark = "" if scripts else ", without JavaScript"
        found = [f"{place.name} {place.path} ({place.person or 'anybody'}{mark}): {what}" for what in wrong]
        self.found += found
        return found

    def sight(self, page, axe):
        wrong = []
        wide = page.evaluate("""() => document.documentElement.scrollWidth <= innerWidth ? '' :
            [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 3).map(e => e.tagName.toLowerCase() + '.' + e.className).join(', ') || '?'""")
        if wide:
            wrong.append(f"wider than the screen: {wide}")
        if axe:
            wrong += self.accessibility(page)
        return wrong

    def accessibility(self, page):
        page.evaluate(self.axe)  # our policy forbids script elements; evaluate goes around it
        result = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", AXE_RULES)
        return [f"axe {v['id']} ({v['impact']}): " + "; ".join(
                    f"{n['target'][0]} {' '.join(n['failureSummary'].split())[:160]}" for n in v["nodes"][:2])
                for v in result["violations"] if v["impact"] in ("serious", "critical")]


def cookies_of(port):
    """Cookies of everybody: who works here is signed in, `pemohon` is in the middle of the form, `pelapor` has sent it."""
    cookies = {None: {}}
    for person, role in PEOPLE.items():
        cookies[person] = Client(port).sign_in(person, f"peragaan-{role}-sigap").cookies
    cookies["pemohon"] = complain(Client(port), send=False).cookies
    cookies["pelapor"] = complain(Client(port), send=True).cookies
    return cookies


def complain(client, send):
    """Fills the portal's form page by page, and sends it."""
    steps = [("/lapor", {"uraian": "Situs sukamaju.desa.id tidak dapat dibuka sejak Senin.", "domain": "sukamaju.desa.id"}),
             ("/lapor/pemohon", {"instansi": "Pemerintah Desa Sukamaju, Kabupaten Bandung", "jenis": "village",
                                 "nama": "Sari Dewi", "jabatan": "Sekretaris Desa", "surel": "sekdes@contoh.example"}),
             ("/lapor/berkas", {"aksi": "lanjut"})] + ([("/lapor/periksa", {})] if send else [])
    token = client.csrf("/lapor")
    for path, fields in steps:
        response, content = client.post(path, {"_csrf": token, **fields})
        assert response.status == 303, f"{path}: {response.status} {content[-800:]!r}"
    return client


def launch(playwright):
    return playwright.chromium.launch(executable_path="/usr/bin/chromium",
                                      args=["--no-sandbox", "--disable-dev-shm-usage"])


def main(binary, folder, parts):
    sys.path.insert(0, str(SCRIPTS))
    from demo_server import Demo
    from playwright.sync_api import sync_playwright
    with Demo(binary) as demo, sync_playwright() as playwright:
        browser = launch(playwright)
        looker = Looker(browser, demo.url, folder)
        cookies = cookies_of(demo.port)
        chosen = [p for p in places(demo.port, DemoFacts(demo.data), cookies)
                  if not parts or any(part in p.name for part in parts)]
        try:
            for place in chosen:
                looker.look(place, cookies[place.person])
                looker.look(place, cookies[place.person], scripts=False, axe=False)
        except Exception:
            print(demo.output())
            raise
        browser.close()
    print("\n".join([*looker.found, f"{looker.pictures} pictures of {len(chosen)} pages in {folder}, "
                                    f"{len(looker.found)} findings"]))
    return 1 if looker.found else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
