"""People at their pages while the house falls over, without a browser: a visitor with the portal's form, an officer, the
registry. Whoever gets no answer sends the same again, and knows afterwards what was answered."""
import http.client
import json
import re
import sqlite3
import urllib.parse

import html5lib
from forms import forms_in
from pages import Client

PASSWORD = "sawah hijau di kaki gunung"
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
                        "f8cfc0f01f0005050102a1b6d3f00000000049454e44ae426082")
# By the stage a ticket stands in: the form, what is typed into it, and the field that takes the marker.
WORK = {
    2: ("/check", {"domain": "sukamaju.desa.id", "kategori": "DNS-02", "instansi": "Desa", "kewenangan": "officialAddress",
                   "catatan-kewenangan": "Alamat resmi."}, "masalah"),
    3: ("/analysis", {"keputusan": "registry_executes", "tindakan": "Ubah server nama", "domain-pandi": "sukamaju.desa.id",
                      "diminta": "ns1.baru.example", "bukti": "Server nama baru menjawab."}, "penyebab"),
    4: (None, {"jawaban": "done", "rujukan": "TKT-1"}, "keterangan"),
    5: ("/answer", {"hasil-akhir": "solved"}, "jawaban"),
}


class Patient(Client):
    """A browser's worth of cookies, at an address of its own (the house believes its proxy)."""

    def __init__(self, port, address, keeps_on):
        super().__init__(port)
        self.address, self.keeps_on = address, keeps_on

    def ask(self, method, path, body=None, kind=None):
        """(status, where to, content) of an answer, however often the server dies before it gives one; None: given up."""
        headers = {"X-Forwarded-For": self.address, **({"Content-Type": kind} if kind else {})}
        for _ in range(600):
            if not self.keeps_on():
                return None
            try:
                response, content = self.send(method, path, body, headers, timeout=10)
                if response.status < 429:
                    return response.status, response.headers.get("Location", ""), content
            except (OSError, http.client.HTTPException):
                pass
            self.keeps_on(wait=0.1)
        return None

    def form(self, path, fits=lambda form: True):
        """The first form of a page that fits; None: given up, or the page leads elsewhere."""
        answer = self.ask("GET", path)
        if answer is None or answer[0] != 200:
            return None
        tree = html5lib.parse(answer[2], transport_encoding="utf-8", namespaceHTMLElements=False)
        return next((form for form in forms_in(tree, path) if fits(form)), None)

    def send_form(self, form, files=(), **typed):
        body, kind = form.encoded(form.filled(**typed), files)
        return self.ask("POST", form.action, body, kind)


def report(visitor, words, email, files):
    """Row 1, step by step; true once the house has said that it is a ticket."""
    steps = [("/lapor", {"uraian": words}, ()),
             ("/lapor/pemohon", {"instansi": "Desa Sukamaju", "jenis": "village", "nama": "Siti Aminah",
                                 "jabatan": "Sekretaris", "surel": email, "telepon": "0812 3456"}, ()),
             ("/lapor/berkas", {}, files), ("/lapor/periksa", {}, ())]
    for path, typed, sent in steps:
        form = visitor.form(path, lambda form: form.action.partition("?")[0] == path)
        if form is None:
            assert not visitor.keeps_on(), f"{path} was asked for in its turn, and the form leads elsewhere"
            return False
        answer = visitor.send_form(form, sent, **typed)
        if answer is None:
            return False
        status, place, content = answer
        assert status == 303, f"{path} answers {status}: {re.sub('<[^>]*>', ' ', content.decode())[:600]}"
    assert "/lapor/selesai/" in place, f"sent, and led to {place}"
    return True


class Worker:
    """Somebody with an account, signed in by the one-time link; signs in anew when the session is over."""

    def __init__(self, house, user, role, address, keeps_on):
        done = house.run("user", "add", user, "--name", user.capitalize(), "--role", role)
        assert done.returncode == 0, done.stderr
        self.house, self.user, self.role = house, user, role
        self.client = Patient(house.port, address, keeps_on)
        link = urllib.parse.urlsplit(done.stdout.decode().split()[-1]).path
        answer = self.client.send_form(self.client.form(link), sandi=PASSWORD, ulang=PASSWORD)
        assert answer[0] == 303, answer

    def work(self, chance, marker, ledger):
        """One command at some ticket whose turn it is. True: answered that it is done."""
        stages = "(4)" if self.role == "registry" else "(2, 3, 5)"
        found = self._read(f"SELECT number, stage FROM tickets WHERE closure IS NULL AND stage IN {stages} "
                                "ORDER BY random() LIMIT 1")
        if not found:
            return None
        number, stage = found[0]
        page = f"/registri/tiket/{number}" if stage == 4 else f"/meja/tiket/{number}"
        action, typed, field = WORK[stage]
        if stage != 4 and chance.random() < 0.3:
            action, typed, field = None, {}, "catatan"
        form = self.client.form(page, lambda form: field in form.typed and (not action or form.action.endswith(action)))
        if form is None:
            self._sign_in_if_out(page)
            return None
        ledger.attempt(marker, "desk", None)
        return self._give(form, marker, {**typed, field: f"Situs tidak terbuka. {marker}"})

    def _give(self, form, marker, typed):
        """Whoever got no answer looks first whether it was done: a note written twice would stand there twice."""
        body, kind = form.encoded(form.filled(**typed))
        while self.client.keeps_on():
            try:
                response, _ = self.client.send("POST", form.action, body, {
                    "Content-Type": kind, "X-Forwarded-For": self.client.address}, timeout=10)
            except (OSError, http.client.HTTPException):
                self.client.keeps_on(wait=0.2)
                if self._read("SELECT 1 FROM events WHERE instr(event, ?) > 0 LIMIT 1", marker):
                    return True
                continue
            if response.status == 303 and "/masuk" not in response.headers["Location"]:
                return True
            if response.status < 500:
                return False  # refused: somebody was quicker
        return False

    def _read(self, sql, *arguments):
        """What the database says. Nobody who only reads can put it right after a death: the next life does."""
        while self.client.keeps_on():
            try:
                return self.house.rows(sql, *arguments)
            except sqlite3.OperationalError:
                self.client.keeps_on(wait=0.1)
        return []

    def _sign_in_if_out(self, page):
        answer = self.client.ask("GET", page)
        if answer and answer[0] == 303 and "/masuk" in answer[1]:
            form = self.client.form("/masuk")
            if form:
                self.client.send_form(form, nama=self.user, sandi=PASSWORD)


def markers_in_commands(rows, find):
    """How often each marker stands in what people at the desk wrote."""
    wrote = ("checkRecorded", "analysisRecorded", "registryReplied", "answerSent", "noteAdded")
    for (text,) in rows:
        if next(iter(json.loads(text))) in wrote and (marker := find(text.encode())):
            yield marker
