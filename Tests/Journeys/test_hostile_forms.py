"""Hostile input into every field of every form, and then a walk in Chromium over every page that shows it."""
import html5lib
import hostile
import pytest
from forms import forms_in
from pages import PEOPLE, STATES, Client, DemoFacts, cookies_of, crawl, kind_of, places

# One text of everything: the parser of forms is asked once for a field, not once for a sign.
EVERYTHING = "Mulai " + " ".join(hostile.TEXTS[k] for k in ("table", "lines", "forgery", "disguised forgery", "nul",
                                                            "direction", "zalgo")) + " selesai"
ANSWERS = {200, 303, 400, 404, 409, 410, 413, 422, 429}


@pytest.fixture(scope="module")
def demo(binary):
    from pages import SCRIPTS
    import sys
    sys.path.insert(0, str(SCRIPTS))
    from demo_server import Demo
    with Demo(binary, tickets=60) as running:
        running.facts = DemoFacts(running.data)
        running.cookies = cookies_of(running.port)
        yield running


def clients(demo):
    """Everybody, the administrator last: what is done there can end another's session."""
    for person in [None, *PEOPLE]:
        yield person, Client(demo.port, demo.cookies[person])


def seen(text):
    """What of a text a form can hold: without the signs HTML itself takes away or turns."""
    return "".join(c for c in text if c not in "\r\n\t \0\ufffd" and (c >= " " or c in "\x01\x1b"))


def kept(tree, field, text):
    """True when the field still holds the text, or as much of it as the field takes (100 bytes at least); also when the
    ticket moved on meanwhile and the page has no such field any more."""
    wanted = seen(text)
    values = [e.get("value", "") if e.tag == "input" else "".join(e.itertext())
              for e in tree.iter() if e.tag in ("input", "textarea") and e.get("name") == field]
    return not values or any(wanted.lower() == seen(v).lower()
                             or len(v.encode()) >= 100 and wanted.lower().startswith(seen(v)[:-1].lower())
                             for v in values)


def sentence(tree):
    """What the page says is wrong."""
    said = [" ".join("".join(e.itertext()).split()) for e in tree.iter()
            if {"problems", "error", "flash"} & set((e.get("class") or "").split())]
    return " ".join(said) or " ".join("".join(e.itertext()) for e in tree.iter("h1"))


def all_forms(demo, client, person):
    """One of each kind of form this person meets, with the page it stands on."""
    paths = [p.path for p in places(demo.port, demo.facts, demo.cookies) if p.person == person]
    found = {}
    for path in paths:
        tree = client.page(path)
        for form in forms_in(tree, path) if tree is not None else []:
            if form.typed or form.files:
                found.setdefault((kind_of(form.action), tuple(form.typed)), form)
    return found


def hostile_values():
    yield "everything", EVERYTHING
    yield "nothing to see", hostile.TEXTS["blank"]
    yield "long word", hostile.TEXTS["long word"]
    yield "broken bytes", b" ".join(hostile.BYTES.values())


def send(client, form, fields, files=()):
    body, kind = form.encoded(fields, files)
    response, content = client.send("POST", form.action, body, {"Content-Type": kind})
    tree = None
    if response.headers.get("Content-Type", "").startswith("text/html"):
        tree = html5lib.parse(content, transport_encoding="utf-8", namespaceHTMLElements=False)
    return response.status, tree


def try_form(client, form, report):
    for field in form.typed:
        for name, value in hostile_values():
            status, tree = send(client, form, form.filled(**{field: value}))
            where = f"{form.action} [{field}] {name}: {status}"
            if status not in ANSWERS:
                report(where)
            elif status == 422:
                if not sentence(tree):
                    report(f"{where} without a sentence")
                text = value if isinstance(value, str) else value.decode("utf-8", "replace")
                if name == "everything" and "sandi" not in field and not kept(tree, field, text):
                    report(f"{where}: the text was not kept")
    for field in form.files:
        for name in (EVERYTHING.replace("\r", "").replace("\n", "").encode(), b"../../../etc/passwd", b"x" * 3_000,
                     b'"; filename*=utf-8\'\'a.html', hostile.BYTES["invalid utf-8"]):
            status, _ = send(client, form, form.filled(), [(field, name, b"<script>canary()</script>")])
            if status not in ANSWERS:
                report(f"{form.action} file {name[:30]!r}: {status}")


def test_every_field_of_every_form_takes_hostile_text(demo):
    """No fault page, a sentence with every refusal, and the text stays in the form."""
    wrong, tried = [], 0
    for person, client in clients(demo):
        for form in all_forms(demo, client, person).values():
            try_form(client, form, lambda what: wrong.append(f"{person or 'anybody'}: {what}"))
            tried += 1
    if any(": 50" in what for what in wrong):
        wrong.append(demo.output()[-2_000:])
    assert demo.output().count("Fatal error") == 0, demo.output()[-3000:]
    assert Client(demo.port).send("GET", "/health/live")[0].status == 200
    assert not wrong, "\n".join(wrong)
    assert tried >= 20, f"only {tried} forms were found"


def test_ten_megabytes_are_refused_with_a_sentence(demo):
    wrong = []
    for person, client in clients(demo):
        for form in list(all_forms(demo, client, person).values())[:4]:
            if not form.typed:
                continue
            try:
                status, tree = send(client, form, form.filled(**{form.typed[0]: "x" * 10_000_000}))
            except (ConnectionResetError, BrokenPipeError):
                continue  # the server stopped reading: it need not take what it will not keep
            if status not in (413, 422, 429) or not sentence(tree):
                wrong.append(f"{form.action}: {status}")
    assert not wrong, wrong


def test_hostile_addresses_and_queries_are_answered(demo):
    wrong = []
    evil = ["%00", "%0d%0aX-Forged:%20ya", "%ff%fe", "%F4%90%80%80", "..%2f..%2fetc%2fpasswd", "%3Cscript%3Ecanary()%3C/script%3E",
            "%CD%81%22%3E%3Csvg%20onload=canary()%3E", "9" * 400, "-1", "%E2%80%AE", "a" * 6_000]
    for person, client in clients(demo):
        paths = [p.path for p in places(demo.port, demo.facts, demo.cookies) if p.person == person][:25]
        for path in paths:
            join = "&" if "?" in path else "?"
            for text in evil:
                query = "&".join(f"{k}={text}" for k in ("q", "bahasa", "tema", "after", "kotak", "ke", "tampil", "kunci"))
                for address in (path + join + query, path.split("?")[0].rstrip("/") + "/" + text):
                    response, content = client.send("GET", address)
                    if response.status >= 500 or "X-Forged" in response.headers or b"<script>canary" in content:
                        wrong.append(f"{address[:120]}: {response.status}")
    assert not wrong, "\n".join(wrong[:20])


def test_no_script_runs_where_hostile_text_is_shown(demo, browser):
    """After all that was sent above: every page in Chromium, with a canary that must not sing and a policy whose
    violation (an inline script that only our headers stopped) counts as one."""
    wrong = []
    for person in [None, *PEOPLE]:
        context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=demo.url)
        context.add_init_script("window.sung = 0; window.canary = window.alert = window.confirm = () => { window.sung++ }")
        context.add_cookies([{"name": k, "value": v, "url": demo.url} for k, v in demo.cookies[person].items()])
        page = context.new_page()
        said = []
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: said.append(str(e)))
        for place in places(demo.port, demo.facts, demo.cookies):
            if place.person != person:
                continue
            said.clear()
            page.goto(place.path, wait_until="load")
            if page.evaluate("window.sung"):
                wrong.append(f"{place.path}: a script ran")
            forged = page.evaluate("document.querySelectorAll('img[src=x], svg[onload], [onfocus], [onerror]').length")
            if forged:
                wrong.append(f"{place.path}: {forged} elements out of somebody's text")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{place.path}: hostile text makes it wider than the screen")
            wrong += [f"{place.path}: {text}" for text in said if "404" not in text]
        context.close()
    assert not wrong, "\n".join(wrong)
