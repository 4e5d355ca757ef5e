"""What every measurement stands on: the table, medians, seeded data folders, a signed-in session, a load of readers."""
import hashlib
import http.client
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "Tests/Journeys"))
sys.dont_write_bytecode = True
from house import House, MailServers, free_port, wait_until  # noqa: E402, F401

MAIL = ("From: Warga {n} <warga{n}@dinas{d}.example>\r\nTo: meja@bantuan.example\r\n"
        "Subject: Situs desa{n}.desa.id tidak dapat dibuka\r\nMessage-ID: <{id}@dinas.example>\r\n"
        "Date: Tue, 24 Nov 2026 09:00:00 +0700\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "Yth. Bapak/Ibu, situs desa{n}.desa.id tidak dapat dibuka sejak pagi. Mohon bantuan.\r\n" + "Teks aduan. " * 100
        + "\r\n")


def mail(n, tag=""):
    return MAIL.format(n=n, d=n % 97, id=f"{tag}{n}.{os.getpid()}.{time.time_ns()}").encode()


class Table:
    """One line a figure, printed at once: what, how many tickets there are, figure, aim, and a word on it."""

    def __init__(self):
        print(f"{'':<46}{'tickets':>9}{'per s':>10}{'p50 ms':>9}{'p99 ms':>9}  aim and word", flush=True)

    def row(self, what, tickets="", rate=None, p50=None, p99=None, word=""):
        def number(value, places):
            return "" if value is None else f"{value:.{places}f}"
        print(f"{what:<46}{tickets:>9}{number(rate, 0):>10}{number(p50, 1):>9}{number(p99, 1):>9}  {word}", flush=True)


def spread(seconds):
    """(median, 99th percentile) in ms."""
    ordered = sorted(seconds)
    return statistics.median(ordered) * 1e3, ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1e3


def resident(pid):
    """MB of memory the process holds now."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))


def processor(pid):
    """Seconds of processor the process has used."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def town(binary, tickets, folder):
    """A data folder with so many tickets, copied from one that is seeded once for each binary. None: too slow."""
    stamp = hashlib.sha256(f"{binary} {os.path.getmtime(binary)}".encode()).hexdigest()[:12]
    kept = ROOT / ".build/bench" / f"town-{tickets}-{stamp}"
    if not (kept / "done").exists():
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        began = time.monotonic()
        try:
            subprocess.run([binary, "seed", "town", "--tickets", str(tickets)], check=True, capture_output=True,
                           timeout=1_800, env={**os.environ, "SIGAP_DATA_DIRECTORY": str(kept / "data")})
        except subprocess.TimeoutExpired:
            return None
        (kept / "done").write_text(f"{time.monotonic() - began:.1f}")
    shutil.copytree(kept / "data", folder / "data")
    return float((kept / "done").read_text())


def sign_in(port, user, password):
    """The session cookie, by the form of /masuk as a browser sends it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/masuk")
    answer = connection.getresponse()
    page = answer.read().decode()
    token = re.search(r'name="_csrf"[^>]*value="([^"]+)"', page)
    cookies = "; ".join(value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie")
    form = urllib.parse.urlencode({"_csrf": token.group(1) if token else "", "nama": user, "sandi": password})
    connection.request("POST", "/masuk", form, {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies})
    answer = connection.getresponse()
    answer.read()
    for name, value in answer.getheaders():
        if name.lower() == "set-cookie" and value.startswith("sesi="):
            return value.split(";")[0]
    raise RuntimeError(f"/masuk answers {answer.status} and gives no session")


def read_pages(port, path, cookie="", readers=8, seconds=4):
    """(pages a second, p50, p99 in ms, kilobytes) of `readers` kept connections; RuntimeError when the door is shut."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    if answer.status == 303:
        # A secret link: its key moves into a cookie, and the page stands without it.
        answer.read()
        given = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        cookie, path = "; ".join([cookie, *given] if cookie else given), answer.getheader("Location")
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
    size = len(answer.read()) / 1024
    if answer.status != 200:
        raise RuntimeError(f"answers {answer.status}")
    if shutil.which("wrk"):
        return (*wrk(f"http://127.0.0.1:{port}{path}", cookie, readers, seconds), size)
    taken, end = [], time.perf_counter() + seconds

    def reader():
        own = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            began = time.perf_counter()
            own.request("GET", path, headers={"Cookie": cookie})
            own.getresponse().read()
            taken.append(time.perf_counter() - began)
        own.close()

    threads = [threading.Thread(target=reader) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (len(taken) / seconds, *spread(taken), size)


def wrk(url, cookie, readers, seconds):
    said = subprocess.run(["wrk", "-t1", f"-c{readers}", f"-d{seconds}s", "--latency", "-H", f"Cookie: {cookie}", url],
                          capture_output=True, text=True, check=True).stdout
    scale = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}

    def percentile(name):
        number, unit = re.search(rf"{name}%\s+([\d.]+)(us|ms|s|m)\b", said).groups()
        return float(number) * scale[unit]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1)), percentile(50), percentile(99)
