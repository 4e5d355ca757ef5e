"""People who write while the house falls over: by the MTA's pipe, into the mailbox, by the form and by a program; and
those who answer, at the desk and at the registry."""
import email
import email.policy
import http.client
import itertools
import json
import random
import threading
import time

from ledger import new_marker
from people import PICTURE, Patient, Worker, report

# Local parts the odd SMTP server answers oddly: cut after the final dot, and refused for good.
ODD_NAMES = ["putustitik", "tolak"]


class Load:
    """Writes until told to stop. Each message holds a marker that the ledger knows first."""

    def __init__(self, house, servers, ledger, seed=1, numbers_from=0):
        self.house, self.servers, self.ledger = house, servers, ledger
        self._stop = threading.Event()
        self._numbers = itertools.count(numbers_from + 1)
        self._seed = seed
        self._threads = []
        self.faults = []
        # A power cut takes the writers' machine as well: what is said after it was never heard.
        self.powered = True

    def start(self, pipes=2, mailboxes=1, programs=0, visitors=0, workers=(), pause=0.05):
        """`workers`: (user, role) of those who answer; the house must be serving for them to sign in first."""
        staff = [Worker(self.house, user, role, f"10.9.0.{i + 1}", self.keeps_on)
                 for i, (user, role) in enumerate(workers)]
        desks = [lambda chance, worker=worker: self._work(worker, chance) for worker in staff]
        for index, work in enumerate([self._pipe] * pipes + [self._mailbox] * mailboxes + [self._program] * programs
                                     + [self._visitor] * visitors + desks):
            thread = threading.Thread(target=self._run, args=(work, random.Random(self._seed * 100 + index), pause))
            self._threads.append(thread)
            thread.start()

    def stop(self):
        self._stop.set()
        for thread in self._threads:
            thread.join(120)
        assert not self.faults, self.faults

    def keeps_on(self, wait=0):
        return not self._stop.wait(wait) and self.powered

    def _run(self, work, chance, pause):
        try:
            while not self._stop.is_set():
                work(chance)
                self._stop.wait(chance.uniform(0, 2 * pause))
        except Exception as error:  # noqa: BLE001 - told at the end, by stop()
            self.faults.append(repr(error))

    def _pipe(self, chance):
        """As an MTA: the same bytes again until the pipe says 0. Every tenth process is killed on its way."""
        marker, raw = self.message(chance)
        self.ledger.attempt(marker, "pipe", raw)
        for _ in range(20):
            kill_after = chance.uniform(0, 0.3) if chance.random() < 0.1 else None
            code = self.house.ingest(raw, kill_after)
            if not self.powered:
                return
            if code == 0:
                self.ledger.acknowledge(marker)
                return
            if self._stop.is_set():
                return
            time.sleep(0.1)

    def _mailbox(self, chance):
        """A mail server has it: the house must have it too, in the end."""
        marker, raw = self.message(chance)
        self.ledger.attempt(marker, "imap", raw)
        self.servers.put("meja", f"{marker}.load", raw)
        self.ledger.acknowledge(marker)

    def _program(self, chance):
        """A program at the JSON interface: the same body under the same Idempotency-Key until an answer comes."""
        n, marker = next(self._numbers), new_marker()
        body = json.dumps({"requester": {"name": "Siti Aminah", "email": f"warga{n}@dinas{n % 97}.example"},
                           "text": f"Situs desa{n}.desa.id tidak dapat dibuka. {marker}", "channel": "web"})
        self.ledger.attempt(marker, "api", None)
        for _ in range(60):
            status = self._post("/api/v1/tickets", body, marker)
            if not self.powered or self._stop.is_set():
                return
            if status in (201, 202):
                self.ledger.acknowledge(marker)
                return
            assert status is None or status >= 429, f"the interface answers {status}"
            time.sleep(0.1)

    def _visitor(self, chance):
        """A person with the form of the portal, each at a place of their own; every third with a picture."""
        n, marker = next(self._numbers), new_marker()
        visitor = Patient(self.house.port, f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}", self.keeps_on)
        files = [("berkas", b"layar.png", PICTURE + marker.encode())] if n % 3 == 0 else []
        self.ledger.attempt(marker, "web", None)
        if report(visitor, f"Situs desa{n}.desa.id tidak dapat dibuka. {marker}", f"warga{n}@dinas{n % 97}.example", files):
            self.ledger.acknowledge(marker)

    def _work(self, worker, chance):
        marker = new_marker()
        if worker.work(chance, marker, self.ledger):
            self.ledger.acknowledge(marker)

    def _post(self, path, body, key):
        """The status, or None when the server died before it answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=5)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json", "Idempotency-Key": key,
                                                    "Authorization": f"Bearer {self.house.program_token()}"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def message(self, chance):
        """A complaint of somebody new, or, once letters have gone out, sometimes a reply to one."""
        n, marker = next(self._numbers), new_marker()
        writer = f"{chance.choice(ODD_NAMES) if chance.random() < 0.08 else 'warga'}{n}@dinas{n % 97}.example"
        to, answers = "meja@bantuan.example", ""
        letter = self._some_letter(chance) if chance.random() < 0.25 else None
        if letter:
            writer, to, answers = letter["To"], letter["Reply-To"], f"In-Reply-To: {letter['Message-ID']}\r\n"
        text = (f"From: {writer}\r\nTo: {to}\r\nSubject: Situs desa{n}.desa.id tidak dapat dibuka\r\n{answers}"
                f"Message-ID: <{marker}@dinas.example>\r\nDate: Tue, 24 Nov 2026 09:00:00 +0700\r\n"
                f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                f"Yth. Bapak/Ibu, situs desa{n}.desa.id tidak dapat dibuka sejak pagi.\r\n{marker}\r\n")
        return marker, text.encode()

    def _some_letter(self, chance):
        files = sorted(self.servers.sink_folder.glob("*.eml"))
        if not files:
            return None
        letter = email.message_from_bytes(chance.choice(files).read_bytes(), policy=email.policy.default)
        whole = letter["To"] and letter["Reply-To"] and letter["Message-ID"]
        # Names the server is odd to would make a reply odd as well; one oddness at a time.
        return letter if whole and not any(name in letter["To"] for name in ODD_NAMES) else None
