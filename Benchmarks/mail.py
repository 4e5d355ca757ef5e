"""Mail: how many a second become durable, through the running server and through the pipe, beside the raw ceiling."""
import concurrent.futures
import os
import sqlite3
import statistics
import subprocess
import time

from ground import House, MailServers, mail, resident, spread, wait_until

MAILS = int(os.environ.get("BENCH_MAILS", "4000"))


def ceiling(folder, commits=1_500):
    """Commits a second of one row, each flushed (WAL, synchronous=FULL), by sqlite3 itself in this folder: the disk's
    own limit for whoever flushes alone. (rate, p50, p99)."""
    database = sqlite3.connect(folder / "ceiling.sqlite", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, raw BLOB)")
    taken, row = [], mail(1)
    for _ in range(commits):
        began = time.perf_counter()
        database.execute("INSERT INTO rows (raw) VALUES (?)", (row,))
        taken.append(time.perf_counter() - began)
    database.close()
    return (commits / sum(taken), *spread(taken))


def measure(table, binary, folder):
    flushes, p50, p99 = ceiling(folder)
    table.row("raw ceiling: one-row flushed commits", rate=flushes, p50=p50, p99=p99, word="sqlite3 alone, same disk")
    from_mailbox(table, binary, folder, flushes)
    house = House(binary, folder / "pipe")
    pipe(table, house, flushes)


def from_mailbox(table, binary, folder, flushes):
    os.chmod(folder, 0o755)
    servers = MailServers(folder / "servers")
    try:
        house = House(binary, folder / "mailbox", servers)
        # The letters stay in the outbox: taking mail is measured, not sending it.
        for key in ("mail.smtp.url", "mail.smtp.user", "mail.smtp.password"):
            house.settings.pop(key)
        first_start(house)
        servers.command("deliver", "meja", "0")
        for n in range(MAILS):
            servers.put("meja", f"{time.time_ns()}.{n}.bench", mail(n, "imap"))
        began = time.monotonic()
        house.serve()
        durable, settled = [], []

        def count():
            kept, done = house.rows("SELECT count(*), count(outcome) FROM inbound WHERE source = 'imap'")[0]
            durable.append((time.monotonic(), kept))
            settled.append((time.monotonic(), done))
            return done >= MAILS

        wait_until(count, 600, f"{MAILS} mails taken", every=0.05)
        memory = resident(house.server.pid)
        for what, seen in (("durable in the ledger", durable), ("become tickets", settled)):
            first = next(at for at, n in seen if n > 0)
            last, n = next((at, n) for at, n in seen if n >= MAILS)
            begin = max(began, first - 0.05)
            rate = n / (last - begin)
            table.row(f"mails from Dovecot, {what}", rate=rate,
                      word=f"aim ≥ 500; {rate / flushes:.2f} × ceiling; {memory:.0f} MB")
        house.stop()
    finally:
        servers.stop()


def first_start(house):
    """Tables and secret exist, and the first start is not measured."""
    assert house.run("migrate").returncode == 0


def pipe(table, house, flushes, runs=120):
    assert house.ingest(mail(0, "warm")) == 0
    for together, aim in ((1, 40), (4, 100)):
        taken = []

        def one(n, taken=taken, together=together):
            began = time.perf_counter()
            assert house.ingest(mail(n, f"pipe{together}")) == 0
            taken.append(time.perf_counter() - began)

        began = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(together) as pool:
            list(pool.map(one, range(1, runs + 1)))
        rate = runs / (time.perf_counter() - began)
        p50, p99 = spread(taken)
        table.row(f"sigap mail ingest, a process a mail, {together} at once", rate=rate, p50=p50, p99=p99,
                  word=f"aim ≥ {aim}; {rate / flushes:.3f} × ceiling")
    bare = statistics.median(timed([house.binary, "--version"]) for _ in range(15))
    table.row("of which: a process that only starts", p50=bare * 1e3)


def timed(command):
    began = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - began
