"""One Sigap on this machine, from outside: its processes, its configuration, its database opened for reading."""
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import time

SERVERS = pathlib.Path(__file__).resolve().parents[1] / "Servers"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class WallClock:
    """The time of day of a house's processes, `ahead` seconds before ours; moved while they run (wall_clock.c)."""

    def __init__(self, folder):
        self.library, self.file, self._ahead = folder / "wall_clock.so", folder / "wall_clock", 0
        compiler = shutil.which("cc") or shutil.which("clang", path=os.environ.get("PATH", "") + ":/opt/swift/usr/bin")
        if not compiler:
            raise RuntimeError("the wall clock cannot be moved: there is no C compiler (cc or clang)")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(self.library),
                        str(pathlib.Path(__file__).with_name("wall_clock.c"))], check=True)
        self.file.write_bytes(bytes(8))

    @property
    def ahead(self):
        return self._ahead

    @ahead.setter
    def ahead(self, seconds):
        self._ahead = int(seconds)
        with open(self.file, "r+b", buffering=0) as file:
            file.write(struct.pack("=q", self._ahead))

    def now(self):
        return time.time() + self._ahead

    def environment(self):
        return {"LD_PRELOAD": str(self.library), "WALL_CLOCK_FILE": str(self.file)}


def wait_until(true, seconds, what, every=0.05):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(every)
    raise AssertionError(f"not within {seconds} s: {what}")


class MailServers:
    """Dovecot and the odd SMTP server (and Postfix, unless left out) of Tests/Servers/mail_servers.py."""

    def __init__(self, folder, without="postfix", people=""):
        self._child = subprocess.Popen(
            [sys.executable, str(SERVERS / "mail_servers.py"), str(folder), "--without", without, "--people", people],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError("the mail servers did not start")
        self.facts = json.loads(line)
        self.sink_folder = pathlib.Path(self.facts["sinkMail"])

    def command(self, *words):
        self._child.stdin.write(" ".join(words) + "\n")
        self._child.stdin.flush()
        answer = json.loads(self._child.stdout.readline())
        assert answer["ok"], answer

    def put(self, user, name, raw):
        """Delivered as a delivery agent does it: written aside, then renamed. Any thread."""
        mail = pathlib.Path(self.facts["dir"]) / "mail"
        for part in ("", "cur", "new", "tmp"):
            if not (mail / user / part).exists():
                (mail / user / part).mkdir(exist_ok=True)
                self._give(mail / user / part, mail)
        aside = mail / user / "tmp" / name
        aside.write_bytes(raw)
        self._give(aside, mail)
        aside.rename(mail / user / "new" / name)

    @staticmethod
    def _give(path, owner_of):
        with contextlib.suppress(PermissionError):
            owner = owner_of.stat()
            os.chown(path, owner.st_uid, owner.st_gid)

    def stop(self):
        self._child.stdin.close()
        try:
            self._child.wait(20)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


class House:
    """`sigap` over one data folder. `serve()` starts the server, `ingest()` is the MTA's pipe."""

    def __init__(self, binary, folder, servers=None, settings=None, data=None):
        self.binary, self.folder = str(binary), pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = pathlib.Path(data) if data else self.folder / "data"
        self.port = free_port()
        self.log = self.folder / "server.log"
        self.server = None
        self._clock = None
        self._token = None
        self.settings = {"data.directory": self.data, "http.port": self.port, "mail.address": "meja@bantuan.example",
                         "office.hours": "selalu", "mail.imap.pollSeconds": 1, "log.level": "warning"}
        if servers:
            facts = servers.facts
            self.settings |= {
                "mail.imap.url": f"imaps://localhost:{facts['imaps']}", "mail.imap.user": facts["user"],
                "mail.imap.password": facts["secret"], "mail.smtp.url": f"smtp://localhost:{facts['sink']}",
                "mail.smtp.user": facts["user"], "mail.smtp.password": facts["secret"],
                "tls.trustFile": facts["ca"]}
        self.settings |= settings or {}

    @property
    def database(self):
        return self.data / "sigap.sqlite"

    def environment(self):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SIGAP_")}
        for key, value in self.settings.items():
            name = "".join("_" + c if c.isupper() else c for c in key).replace(".", "_").upper()
            environment["SIGAP_" + name] = str(value)
        if self._clock:
            environment |= self._clock.environment()
        return environment

    @property
    def clock(self):
        """Its movable wall clock, from the first use on: processes that run already keep ours."""
        if not self._clock:
            self._clock = WallClock(self.folder)
        return self._clock

    def run(self, *arguments, text=b"", timeout=120):
        return subprocess.run([self.binary, *arguments], input=text, capture_output=True, timeout=timeout,
                              env=self.environment(), cwd=self.folder)

    def ingest(self, raw, kill_after=None):
        """One pipe process; its exit code. `kill_after` seconds it gets SIGKILL, if it still lives then."""
        child = subprocess.Popen([self.binary, "mail", "ingest", "-"], stdin=subprocess.PIPE,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment(),
                                 cwd=self.folder)
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(raw)
            child.stdin.close()
        try:
            return child.wait(kill_after if kill_after is not None else 60)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()

    def serve(self, until_ready=True):
        with open(self.log, "ab") as log:
            self.server = subprocess.Popen([self.binary, "serve"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                           env=self.environment(), cwd=self.folder)
        if until_ready:
            wait_until(self.answers, 30, f"an answer of the server; it said: {self.said()}", every=0.02)

    def answers(self):
        assert self.server.poll() is None, f"the server ended: {self.said()}"
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/health/live")
                return connection.getresponse().status < 500
            finally:
                connection.close()
        return False

    def said(self):
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""

    def kill(self):
        self.server.kill()
        self.server.wait()
        self.server = None

    def stop(self):
        """Asked to stop, as systemd does; its exit code."""
        if not self.server:
            return None
        server, self.server = self.server, None
        server.send_signal(signal.SIGTERM)
        try:
            return server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
            raise AssertionError(f"the server did not stop in 30 s: {self.said()}") from None

    def program_token(self):
        """A bearer token of the JSON interface, put into the database as the administrator's page does."""
        if not self._token:
            self._token = "peragaan-program-token"
            digest = hashlib.sha256(self._token.encode()).hexdigest()
            token = {"digest": digest, "name": "uji", "role": "officer", "createdAt": int(time.time())}
            with contextlib.closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("INSERT OR IGNORE INTO api_tokens (digest, token) VALUES (?, ?)",
                                   (digest, json.dumps(token)))
        return self._token

    def rows(self, sql, *arguments):
        """From the database file itself, opened for reading only."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=20)) as connection:
            return connection.execute(sql, arguments).fetchall()

    def number(self, sql, *arguments):
        return self.rows(sql, *arguments)[0][0]
