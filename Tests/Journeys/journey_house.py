"""One whole house for the journeys of the browser: Dovecot, Postfix, `sigap serve`, Chromium, and the people in it.

A pytest plugin (`pytest_plugins = ("journey_house",)`): everything is started once and shared by all journeys. Nothing
leaves the machine: Postfix delivers the addresses it knows into mailboxes here and refuses the rest.
"""
import contextlib
import email
import email.message
import email.policy
import email.utils
import imaplib
import json
import os
import pathlib
import re
import smtplib
import ssl
import sys
import tempfile
import time

import pytest

from house import House, MailServers, wait_until

sys.dont_write_bytecode = True

MAILBOX = "meja@bantuan.example"
REGISTRY = "registri@bantuan.example"
# The requesters of the town, and the senders of the real messages: all of them are mailboxes of this machine only.
# An address nobody verified gets one receipt an hour: a journey that waits for a receipt has a requester of its own.
TOWN = ["kades@sukamaju.example", "camat@kotabaru.example", "operator@sindangsari.example", "sekdes@wanasari.example",
        "kominfo@kotajaya.example", "arsip@provinsi.example", "lurah@kotabaru.example"]
SENDERS = ["jsmith@somenet.foo", "sony@chatwoot.com", "from@there.com", "john.smith@example.com",
           "eike.ehringer@example.com", "franz.schaefer@example.com"]
STAFF = {"rina": ("Rina Wulandari", "officer"), "budi": ("Budi Santoso", "officer"),
         "yusuf": ("Yusuf Hidayat", "registry"), "dewi": ("Dewi Lestari", "supervisor"),
         "admin": ("Administrator", "administrator")}
PASSWORD = "sawah hijau di kaki gunung"
NUMBER = re.compile(r"ADU-\d{6}-\d{5}-[0-9A-Z]")


def corpora():
    """Folder of the recorded messages, or None."""
    folder = pathlib.Path(os.environ.get("SIGAP_CORPORA", pathlib.Path(__file__).parents[3] / "shared" / "corpora"))
    return folder if folder.is_dir() else None


class Letterbox:
    """One person's mailbox, read by IMAP over TLS as a mail program does."""

    def __init__(self, facts, user):
        self.user = user
        trust = ssl.create_default_context(cafile=facts["ca"])
        self.imap = imaplib.IMAP4_SSL("localhost", facts["imaps"], ssl_context=trust)
        self.imap.login(user, facts["secret"])
        self.letters = []
        self.last = 0

    def read(self):
        """All letters so far, oldest first."""
        self.imap.select("INBOX", readonly=True)
        _, found = self.imap.uid("SEARCH", f"UID {self.last + 1}:*")
        for uid in (int(u) for u in found[0].split()):
            if uid <= self.last:
                continue
            _, parts = self.imap.uid("FETCH", str(uid), "(BODY.PEEK[])")
            raw = next(p[1] for p in parts if isinstance(p, tuple))
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            letter.raw = raw
            self.letters.append(letter)
            self.last = uid
        return self.letters

    def wait(self, fits, what="a letter", seconds=15):
        """The newest letter for which `fits(letter, text)` holds."""
        end = time.monotonic() + seconds
        while True:
            for letter in reversed(self.read()):
                if fits(letter, text_of(letter)):
                    return letter
            if time.monotonic() > end:
                told = [f"{m['Subject']}" for m in self.letters]
                raise AssertionError(f"{self.user} did not get {what} in {seconds} s; got {told}")
            time.sleep(0.1)

    def about(self, number, subject_part="", seconds=15, after=None):
        """The newest letter about this ticket whose subject or text holds the words, not among `after`."""
        known = {m["Message-ID"] for m in after or []}
        return self.wait(
            lambda m, t: number in str(m["Subject"]) + t and subject_part.lower() in (str(m["Subject"]) + t).lower()
            and m["Message-ID"] not in known, f"a letter about {number} with “{subject_part}”", seconds)


def text_of(letter):
    part = letter.get_body(preferencelist=("plain",))
    return part.get_content() if part else ""


def links_in(letter, base):
    return [word for word in text_of(letter).split() if word.startswith(base)]


class World:
    """The house and everybody's post."""

    def __init__(self, binary, folder):
        people = ",".join(TOWN + SENDERS)
        self.servers = MailServers(folder / "servers", without="sink", people=people)
        self.facts = self.servers.facts
        if self.facts["submission"] is None:
            self.servers.stop()
            pytest.skip("Postfix can only be started by root: the journeys with real mail are left out")
        self.house = House(binary, folder / "house", self.servers, {
            "mail.smtp.url": f"smtp://localhost:{self.facts['submission']}", "mail.address": MAILBOX,
            "registry.email": REGISTRY, "registry.name": "PANDI", "log.level": "info"})
        self.base = f"http://127.0.0.1:{self.house.port}"
        self.setup_links = {}
        for user, (name, role) in STAFF.items():
            if role != "administrator":
                done = self.house.run("user", "add", user, "--name", name, "--role", role, "--email",
                                      f"{user if user in ('budi', 'dewi') else 'siti'}@bantuan.example")
                assert done.returncode == 0, done.stderr
                self.setup_links[user] = done.stdout.decode().split()[-1]
        self.house.serve()
        self.pid = self.house.server.pid
        self.boxes = {}

    def stop(self):
        try:
            self.house.stop()
        finally:
            for box in self.boxes.values():
                with contextlib.suppress(Exception):
                    box.imap.logout()
            self.servers.stop()

    # MARK: Post

    def box(self, user):
        user = user.partition("@")[0].lower()
        if user not in self.boxes:
            self.boxes[user] = Letterbox(self.facts, user)
        return self.boxes[user]

    def send(self, sender, subject, text, to=MAILBOX, reply_to=None, files=(), headers=()):
        """Posted through Postfix with STARTTLS and a password, as a mail program does. Returns the Message-ID."""
        letter = email.message.EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = sender, to, subject
        letter["Message-ID"] = email.utils.make_msgid(domain=sender.rpartition("@")[2].strip(">"))
        letter["Date"] = email.utils.format_datetime(email.utils.localtime())
        if reply_to is not None:
            letter["In-Reply-To"] = reply_to["Message-ID"]
        for name, value in headers:
            letter[name] = value
        letter.set_content(text)
        for name, kind, content in files:
            main, _, sub = kind.partition("/")
            letter.add_attachment(content, maintype=main, subtype=sub, filename=name)
        with smtplib.SMTP("localhost", self.facts["submission"]) as smtp:
            smtp.starttls(context=ssl.create_default_context(cafile=self.facts["ca"]))
            smtp.login(self.facts["user"], self.facts["secret"])
            smtp.send_message(letter, from_addr=email.utils.parseaddr(sender)[1], to_addrs=[to])
        return letter["Message-ID"]

    def answer(self, letter, sender, text):
        """A reply as a mail program makes it: to the reply address, below the new words the old ones."""
        quoted = "\n".join("> " + line for line in text_of(letter).splitlines())
        return self.send(sender, "Re: " + str(letter["Subject"]), f"{text}\n\nPada hari itu, bantuan menulis:\n{quoted}\n",
                         to=email.utils.parseaddr(str(letter["Reply-To"]))[1], reply_to=letter)

    def deliver(self, raw):
        """These very bytes into the desk's mailbox."""
        if "meja" not in self.boxes:
            self.box("meja").read()  # Dovecot makes the folders when a mailbox is first opened
        self.servers.put("meja", f"{time.time_ns()}.journey", raw)

    # MARK: What the house knows

    def ticket_about(self, subject, seconds=5):
        """The ticket a message with this subject opened: within the five seconds that were promised."""
        found = []

        def there():
            found[:] = self.house.rows(
                "SELECT ticket FROM inbound WHERE subject = ? AND ticket IS NOT NULL ORDER BY place DESC", subject)
            return bool(found)

        wait_until(there, seconds, f"a ticket about {subject!r}")
        return found[0][0]

    def row(self, number):
        names = "stage turn pause closure holder domain lapsed_at version".split()
        found = self.house.rows(f"SELECT {', '.join(names)} FROM tickets WHERE number = ?", number)
        return dict(zip(names, found[0])) if found else None

    def until(self, number, seconds=15, **wanted):
        """Waits until the ticket's summary holds these values."""
        def fits():
            row = self.row(number)
            return row is not None and all(row[k] == v for k, v in wanted.items())
        try:
            wait_until(fits, seconds, "")
        except AssertionError:
            raise AssertionError(f"{number} is {self.row(number)}, not {wanted}, after {seconds} s") from None

    def events(self, number):
        """Names of everything that happened to the ticket, in order."""
        rows = self.house.rows("SELECT event FROM events WHERE ticket = ? ORDER BY sequence", number)
        return [next(iter(json.loads(event))) for (event,) in rows]


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, browser, world, name, scripts=True, width=1280):
        self.world, self.name, self.scripts = world, name, scripts
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="id-ID", timezone_id="Asia/Jakarta",
            java_script_enabled=scripts, base_url=world.base, reduced_motion="reduce")
        self.context.set_default_timeout(8_000)
        self.page = self.context.new_page()
        self.trouble = []
        self.page.on("console", lambda m: self.trouble.append(f"{m.text} {m.location.get('url', '')}")
                     if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.trouble.append(str(e)))
        self.page.on("dialog", lambda d: (self.trouble.append(f"dialog {d.message}"), d.dismiss()))

    def goes_to(self, address):
        response = self.page.goto(address, wait_until="load")
        assert response.status < 400, f"{self.name}: {address} answers {response.status}"
        return self.page

    def form(self, action):
        """The form that is sent to an address ending so."""
        return self.page.locator(f"form[action$='{action}']").first

    def fills(self, form, **fields):
        """Types, chooses and ticks, by the names of the fields; folded parts are opened first."""
        for name, value in fields.items():
            name = name.rstrip("_")
            field = form.locator(f"[name='{name}']")
            kind = field.first.evaluate("e => e.type || e.tagName.toLowerCase()")
            field.first.evaluate("e => { for (let d = e.closest('details'); d; d = d.parentElement.closest('details')) "
                                 "d.open = true }")
            if kind == "radio":
                form.locator(f"[name='{name}'][value='{value}']").check(force=True)
            elif kind == "checkbox":
                field.first.set_checked(bool(value), force=True)
            elif kind.startswith("select"):
                field.first.select_option(value)
            elif kind == "file":
                field.first.set_input_files(value)
            else:
                field.first.fill(value)

    def sends(self, action, **fields):
        """Fills the form and presses its button; the page that follows must not be a fault or a refusal."""
        form = self.form(action)
        self.fills(form, **fields)
        self.presses(form)
        problems = self.page.locator(".problems, .error").all_inner_texts()
        assert not problems, f"{self.name}: {action} was refused: {problems}"

    def presses(self, form, button="button:not([type=button])"):
        form.evaluate("f => { for (let d = f.closest('details'); d; d = d.parentElement.closest('details')) "
                      "d.open = true }")
        waits = self.waits(form)
        with self.page.expect_navigation(wait_until="load"):
            form.locator(button).first.click()
            if waits:
                self.page.locator(".bar button", has_text="Kirim sekarang").click()

    def waits(self, form):
        """With JavaScript what is sent to somebody waits ten seconds for its writer to take it back."""
        undo = form.get_attribute("data-undo") if self.scripts else None
        if undo is None:
            return False
        name, _, values = undo.partition("=")
        return not values or form.locator(f"[name='{name}']:checked").get_attribute("value") in values.split(",")

    def reads(self):
        return self.page.locator("body").inner_text()

    def leaves(self):
        self.context.close()


@pytest.fixture(scope="session")
def world(binary):
    with tempfile.TemporaryDirectory(prefix="sigap-journey-") as folder:
        os.chmod(folder, 0o755)
        built = World(binary, pathlib.Path(folder))
        try:
            yield built
        finally:
            built.stop()


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        from pages import launch
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="session")
def staff(world, browser):
    """Everybody who works here, signed in through the one-time link they were given; Budi works without JavaScript."""
    people = {}
    first = re.search(r"(http\S+/masuk/awal/\S+)", world.house.said())
    assert first, f"no link for the first administrator in: {world.house.said()}"
    for user, link in [*world.setup_links.items(), ("admin", first.group(1))]:
        person = Person(browser, world, user, scripts=user != "budi")
        person.goes_to(link)
        form = person.page.locator("form:has([name=sandi])")
        person.fills(form, sandi=PASSWORD, ulang=PASSWORD)
        person.presses(form)
        assert "/masuk" not in person.page.url, f"{user} is not in: {person.reads()[:400]}"
        people[user] = person
    yield people
    for person in people.values():
        person.leaves()


@pytest.fixture
def requester(browser, world):
    """A factory of requesters, each with a browser of their own."""
    people = []

    def new(name="pemohon", scripts=True, width=360):
        people.append(Person(browser, world, name, scripts, width))
        return people[-1]

    yield new
    for person in people:
        person.leaves()
