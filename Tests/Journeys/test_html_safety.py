"""HTML from outside as `sigap html clean` shows it, before two judges that share nothing with what cleans it: html5lib
reads every output in every context, and Chromium loads it raw and in the frame of the page. Nothing runs, nothing leaves.

The cases: html_variants.py, and the third-party payloads below SIGAP_CORPORA when they are there."""
import html
import json
import os
import pathlib
import socketserver
import subprocess
import threading

import html5lib
import pytest
from house import wait_until
from html_variants import variants

CORPORA = pathlib.Path(os.environ.get("SIGAP_CORPORA", pathlib.Path(__file__).parents[3] / "shared/corpora"))
ELEMENTS = set("a abbr b bdi big blockquote br caption center cite code dd del dfn div dl dt em font h1 h2 h3 h4 h5 h6 hr i "
               "img ins kbd li mark ol p pre q s samp small span strong sub sup table tbody td tfoot th thead tr u ul var"
               .split())
ATTRIBUTES = set("align alt bgcolor border cellpadding cellspacing color colspan data-cid data-remote-src dir face height "
                 "href lang nowrap rel rowspan size src start style target title type valign value width".split())
SCHEMES = ("http://", "https://", "mailto:", "tel:")
HTML = "{http://www.w3.org/1999/xhtml}"
PAGE = "http://shown.invalid/"
BATCH = 100


def clean(binary, payloads):
    """All of them in one process: a JSON string a line."""
    lines = "".join(json.dumps(payload) + "\n" for payload in payloads)
    end = subprocess.run([binary, "html", "clean", "--lines"], input=lines.encode(), stdout=subprocess.PIPE, check=True,
                         timeout=300)
    return [json.loads(line) for line in end.stdout.split(b"\n") if line]


@pytest.fixture(scope="module")
def cleaned(binary):
    """Pairs of payload and output."""
    payloads = []
    for folder in ("html-dompurify", "html-roundcube-mail", "html-sanitize-html"):
        path = CORPORA / folder / "oracle.jsonl"
        lines = path.read_bytes().split(b"\n") if path.exists() else []
        found = [json.loads(line)["payload"] for line in lines if line]
        print(f"{folder}: {len(found)} payloads" if found else f"{folder}: skipped, not there")
        payloads += found
    made = variants()
    print(f"variants: {len(made)}")
    payloads += made
    outputs = clean(binary, payloads)
    assert len(outputs) == len(payloads) >= 1_000
    return list(zip(payloads, outputs))


# MARK: html5lib


def contexts(output):
    """The trees that parsers make of the output in the places where it may come to stand."""
    for scripting in (False, True):
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
        yield parser.parse(f"<!doctype html><body>{output}", scripting=scripting)
    for container in ("div", "td", "body", "template"):
        yield html5lib.parseFragment(output, container=container)


def faults(output):
    for tree in contexts(output):
        for node in tree.iter():
            name = node.tag
            if name == "DOCUMENT_FRAGMENT" or isinstance(name, str) and name in {HTML + n for n in ("html", "head", "body")}:
                if node.attrib:
                    yield f"attributes of {name}: {dict(node.attrib)}"
                continue
            if not isinstance(name, str) or not name.startswith(HTML) or name[len(HTML):] not in ELEMENTS:
                yield f"element {name}"
                continue
            for key, value in node.attrib.items():
                yield from attribute_faults(name[len(HTML):], key, value)


def attribute_faults(name, key, value):
    if key not in ATTRIBUTES:
        yield f"attribute {key} of {name}"
    if key == "href" and not (name == "a" and value.startswith(SCHEMES) and value.isascii() and value.isprintable()):
        yield f"address {value!r}"
    if key == "src" and not (name == "img" and value.startswith("data:image/") and ";base64," in value):
        yield f"source {value!r}"
    if key == "data-remote-src" and not (name == "img" and value.startswith(SCHEMES[:2])):
        yield f"remote source {value!r}"
    if key == "style":
        bad = [word for word in ("url", "\\", "@", "/", "expression", "position", "behavior", "binding", "--", "var(", "<", "{", "}",
                                 "z-index", ": -", "display: none", "content", "cursor", "filter", "image") if word in value.lower()]
        if bad or value.count("(") != value.count("rgb(") + value.count("rgba("):
            yield f"style {value!r}: {bad}"
    if any(ord(c) < 32 or 0x7f <= ord(c) < 0xa0 or 0x202a <= ord(c) <= 0x202e or 0x2066 <= ord(c) <= 0x2069 for c in value):
        yield f"control in {key} {value!r}"


def test_html5lib_finds_nothing_forbidden(cleaned):
    wrong = [(payload, output, found) for payload, output in cleaned if (found := sorted(set(faults(output))))]
    assert not wrong, f"{len(wrong)} of {len(cleaned)}: {wrong[:5]}"


def test_html5lib_is_strict():
    """The judge sees each flaw the outputs must not have."""
    for flaw in ("<script>x</script>", "<p onclick=x>", "<a href='java\nscript:x'>", "<svg></svg>", "<img src=http://a/b>", "<p id=a>",
                 "<p style='background:url(x)'>", "<p style='position:fixed'>", "<!-- a -->", "<math><mi>x</math>", "<p title='\u202e'>"):
        assert list(faults(flaw)), flaw
    assert not list(faults("<p style=\"color: rgb(1, 2, 3)\">x<a href=\"https://a.example/\">y</a><img data-remote-src=\"http://a/\">"))


def test_cleaning_again_changes_nothing(binary, cleaned):
    outputs = [output for _, output in cleaned]
    again = clean(binary, outputs)
    wrong = [(first, second) for first, second in zip(outputs, again) if first != second]
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"


def test_one_by_one_is_the_same(binary, cleaned):
    for payload, output in cleaned[::97]:
        end = subprocess.run([binary, "html", "clean"], input=payload.encode(), stdout=subprocess.PIPE, check=True, timeout=60)
        assert end.stdout.decode() == output + "\n", payload


# MARK: Chromium


WATCH = """
window.ran = [];
for (const name of ["canary", "alert", "confirm", "prompt", "print"]) window[name] = () => { window.ran.push(name) };
addEventListener("securitypolicyviolation", (e) => window.ran.push("policy " + e.effectiveDirective));
addEventListener("click", (e) => e.preventDefault(), true);
"""
# Reads the page's own mind again and again, and touches everything.
STIR = """() => {
  for (let round = 0; round < 2; round++)
    for (const box of document.querySelectorAll("body > .case")) {
      const other = document.createElement(["div", "section"][round]);
      other.innerHTML = box.innerHTML;
      box.innerHTML = other.innerHTML;
    }
  for (const e of document.querySelectorAll(".case *")) {
    for (const name of ["mouseover", "pointerenter", "focus", "click", "toggle", "load", "error", "animationstart", "input"])
      e.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
    if (e.focus) e.focus();
  }
}"""
LOOK = """([elements, attributes]) => {
  const wrong = [], places = ["http:", "https:", "mailto:", "tel:"];
  for (const e of document.querySelectorAll(".case *")) {
    if (e.namespaceURI !== "http://www.w3.org/1999/xhtml" || !elements.includes(e.localName)) wrong.push("element " + e.localName);
    for (const a of e.attributes) if (!attributes.includes(a.name)) wrong.push(e.localName + " " + a.name);
    if (e.localName === "a" && !places.includes(e.protocol)) wrong.push("link " + e.href);
    const style = getComputedStyle(e);
    if (style.position !== "static" || style.backgroundImage !== "none" || style.display === "none") wrong.push("style " + e.outerHTML);
  }
  return [wrong, document.querySelectorAll("body > .case").length, document.body.children.length];
}"""


class Door(socketserver.ThreadingTCPServer):
    """Answers every connection and counts it: below the browser nothing is missed, whatever asked for it. (Playwright does
    not see what a sandboxed frame asks for.) `document`: what is answered; None: nothing is there."""
    daemon_threads = allow_reuse_address = True

    def __init__(self):
        self.calls, self.document = [], None
        super().__init__(("127.0.0.1", 0), None)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        call = ["a connection"]
        self.calls.append(call)
        first = request.recv(65_536).split(b"\r\n")[0]
        call[0] = "TLS" if first[:1] == b"\x16" else first.decode(errors="replace")
        body = (self.document or "").encode()
        policy = "Content-Security-Policy-Report-Only: script-src 'none'"
        request.sendall(f"HTTP/1.1 {200 if self.document else 404} x\r\nContent-Type: text/html; charset=utf-8\r\n{policy}\r\n"
                        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)


# Whom Chromium itself would call; no case loads from there.
OWN_CALLS = ", ".join(f"MAP *.{host} ~NOTFOUND" for host in ("google.com", "googleapis.com", "gstatic.com", "gvt1.com"))


class Pages:
    """Documents of our own making in a Chromium for which every other host is a door that counts. Scripts are reported by
    a policy that forbids none, so that nothing is held back that would run."""

    def __init__(self, browser):
        self.inside, self.outside, self.said = Door(), Door(), []
        ports = [door.server_address[1] for door in (self.inside, self.outside)]
        self.browser = browser.browser_type.launch(executable_path="/usr/bin/chromium", args=[
            "--no-sandbox", "--disable-dev-shm-usage",
            # A process for each frame takes minutes; what a frame may do is the same in one.
            "--disable-features=IsolateSandboxedIframes",
            f"--host-resolver-rules=MAP shown.invalid 127.0.0.1:{ports[0]}, {OWN_CALLS}, MAP * 127.0.0.1:{ports[1]}"])
        self.page = self.browser.new_page()
        self.page.add_init_script(WATCH)
        self.page.on("dialog", lambda d: (self.said.append("dialog"), d.dismiss()))
        self.page.on("console", lambda m: self.said.append(m.text) if m.type == "error" else None)
        self.page.on("popup", lambda p: self.said.append("popup"))

    def show(self, body):
        for calls in (self.inside.calls, self.outside.calls, self.said):
            calls.clear()
        self.inside.document = f"<!doctype html><title>x</title><link rel=icon href='data:,'><body>{body}"
        self.page.goto(PAGE, wait_until="load")

    def ran(self):
        return self.page.evaluate("window.ran")

    def left(self):
        """What was asked for beside the document."""
        inside = [call for (call,) in self.inside.calls if call != "a connection" and not call.startswith("GET / ")]
        return [call for (call,) in self.outside.calls] + inside

    def close(self):
        self.browser.close()
        for door in (self.inside, self.outside):
            door.shutdown()
            door.server_close()


@pytest.fixture
def shown(browser):
    pages = Pages(browser)
    yield pages
    pages.close()


def batches(cleaned):
    for start in range(0, len(cleaned), BATCH):
        yield [output for _, output in cleaned[start:start + BATCH]]


def raw(outputs):
    return "".join(f"<div class=case>{output}</div>" for output in outputs)


def framed(outputs, sandbox):
    """Ten to a frame: the many boxes in one frame are those of the bare document, and a frame costs time."""
    groups = (raw(outputs[start:start + 10]) for start in range(0, len(outputs), 10))
    return "".join(f"<iframe sandbox='{sandbox}' srcdoc=\"{html.escape('<!doctype html><body>' + group)}\"></iframe>"
                   for group in groups)


def test_nothing_runs_or_leaves_in_a_bare_document(shown, cleaned):
    for outputs in batches(cleaned):
        shown.show(raw(outputs))
        for _ in range(2):
            wrong, boxes, children = shown.page.evaluate(LOOK, [sorted(ELEMENTS), sorted(ATTRIBUTES)])
            assert not wrong, wrong[:10]
            assert boxes == children == len(outputs), "an output broke out of its box"
            shown.page.evaluate(STIR)
        shown.page.wait_for_timeout(50)
        assert (shown.ran(), shown.left(), shown.said) == ([], [], [])


@pytest.mark.parametrize("sandbox", ["", "allow-popups allow-popups-to-escape-sandbox"])
def test_nothing_runs_or_leaves_in_the_frame(shown, cleaned, sandbox):
    """A frame without scripts says in the console when it held one back: it must have nothing to say."""
    for outputs in batches(cleaned):
        shown.show(framed(outputs, sandbox))
        assert len(shown.page.frames) == (len(outputs) + 9) // 10 + 1
        shown.page.wait_for_timeout(50)
        assert (shown.ran(), shown.left(), shown.said) == ([], [], [])


CONTROL = ["<img src=x onerror=canary()>", "<svg onload=canary()>", "<script>canary()</script>", "<p onmouseover=canary()>x",
           "<img src=http://probe.invalid/l>", "<p style='background:url(http://probe.invalid/s)'>x",
           "<link rel=prefetch href=http://probe.invalid/p>", "<img src=https://probe.invalid/>"]


def seen(shown):
    shown.page.wait_for_timeout(100)
    calls = " ".join(shown.left())
    return all(f"GET {path} " in calls for path in ("/l", "/s", "/p")) and "TLS" in calls


def test_the_watch_sees_what_runs_and_loads(shown):
    """The same harness, and nothing cleaned."""
    for body in (raw(CONTROL), framed(CONTROL, "")):
        shown.show(body)
        shown.page.evaluate(STIR)
        wait_until(lambda: seen(shown), 20, "every load of the control")
        if body.startswith("<div"):
            assert shown.ran().count("canary") >= 4 and any("policy" in r for r in shown.ran()), shown.ran()
            assert shown.page.evaluate(LOOK, [sorted(ELEMENTS), sorted(ATTRIBUTES)])[0]
        else:
            assert any("Blocked script execution" in text for text in shown.said), shown.said
