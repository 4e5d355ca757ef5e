#!/usr/bin/env python3
"""bench.py BINARY: what people wait for, measured from outside; the client shares the machine with the server."""
import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
from demo_server import Demo  # noqa: E402

MESSAGE = ("From: Siti <siti@sukamaju.test>\r\nTo: helpdesk@desk.test\r\nSubject: Situs desa tidak dapat dibuka\r\n"
           "Message-ID: <{}@sukamaju.test>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
           "Yth. Bapak/Ibu, situs sukamaju.desa.id tidak dapat dibuka sejak pagi. Mohon bantuan.\r\n" + "Teks. " * 300)


def spread(seconds):
    """(median, 99th percentile) in ms."""
    ordered = sorted(seconds)
    return ordered[len(ordered) // 2] * 1e3, ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1e3


def repeated(times, action):
    """Seconds of each of `times` runs of action(i), one after the other, and of all."""
    taken, began = [], time.perf_counter()
    for i in range(times):
        start = time.perf_counter()
        action(i)
        taken.append(time.perf_counter() - start)
    return taken, time.perf_counter() - began


def get(port, path, total=2000, connections=8):
    """Seconds of each request over kept connections, and of all; the first unexpected status stops it."""
    taken, wrong = [], []

    def client():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

        def one(_):
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            if response.status >= 400:
                raise RuntimeError(f"{path}: {response.status}")
        try:
            taken.extend(repeated(total // connections, one)[0])
        except (OSError, RuntimeError) as error:
            wrong.append(error)
        finally:
            connection.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return taken, time.perf_counter() - began


def run(binary, *arguments, text="", environment=None):
    end = subprocess.run([binary, *arguments], input=text.encode(), capture_output=True, env=environment, check=False)
    if end.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: exit {end.returncode}: {end.stderr.decode()[-200:]}")


def row(what, measure):
    """A line of the table; a door that is shut is a line too."""
    try:
        taken, whole = measure()
        p50, p99 = spread(taken)
        print(f"{what:<44}{len(taken) / whole:>10.0f}{p50:>10.1f}{p99:>10.1f}", flush=True)
    except (OSError, RuntimeError) as error:
        print(f"{what:<44}  {error}", flush=True)


def main(binary):
    print(f"{'':<44}{'per s':>10}{'p50 ms':>10}{'p99 ms':>10}")
    row("sigap mail parse, a process each", lambda: repeated(50, lambda i: run(
        binary, "mail", "parse", "-", text=MESSAGE.format(i))))
    with tempfile.TemporaryDirectory() as folder:
        own = {**os.environ, "SIGAP_DATA_DIRECTORY": folder}
        row("sigap mail ingest, a process each, durable", lambda: repeated(100, lambda i: run(
            binary, "mail", "ingest", "-", text=MESSAGE.format(i), environment=own)))
    with Demo(binary) as demo:
        for path in ("/", "/lapor", "/lacak", "/masuk", "/health/live"):
            row(f"GET {path}, 8 connections", lambda path=path: get(demo.port, path))
        print(f"\ndemo answers after {demo.startup:.2f} s, {demo.memory():.0f} MB of memory after the requests")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]))
