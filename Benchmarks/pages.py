"""Pages with 8 readers at 1,000, 10,000 and 100,000 tickets; start to the first answer; memory."""
import os
import time

from ground import House, read_pages, resident, sign_in, town

SIZES = [int(n) for n in os.environ.get("BENCH_TICKETS", "1000,10000,100000").split(",")]
AIM = "aim ≥ 1,000 and p99 ≤ 20"


def measure(table, binary, folder):
    growth = {}
    for size in SIZES:
        place = folder / f"town{size}"
        place.mkdir()
        seeded = town(binary, size, place)
        if seeded is None:
            table.row("seeding", size, word="not done in half an hour")
            continue
        table.row("seeding, by the real write path", size, rate=size / seeded, word=f"{seeded:.0f} s")
        measure_town(table, House(binary, place), size, growth)
    for what, p50 in growth.items():
        if len(p50) > 1:
            sizes = sorted(p50)
            word = ", ".join(f"× {p50[b] / p50[a]:.2f} from {a:,} to {b:,}" for a, b in zip(sizes, sizes[1:]))
            table.row(f"growth of p50: {what}", word=word)


def measure_town(table, house, size, growth):
    starts = []
    for _ in range(3):
        began = time.perf_counter()
        house.serve()
        starts.append(time.perf_counter() - began)
        if len(starts) < 3:
            house.stop()
    table.row("start to the first answer", size, p50=sorted(starts)[1] * 1e3, word="aim ≤ 500 ms (median of 3)")
    time.sleep(1)
    table.row("memory at rest", size, word=f"{resident(house.server.pid):.0f} MB, aim ≤ 150")
    try:
        cookie = sign_in(house.port, "budi", "peragaan-officer-sigap")
    except (RuntimeError, OSError) as error:
        table.row("signing in", size, word=f"shut: {error}")
        cookie = ""
    peak = 0
    for what, path in pages(house):
        try:
            rate, p50, p99, kilobytes = read_pages(house.port, path, cookie)
        except (RuntimeError, OSError) as error:
            table.row(what, size, word=f"{path}: {error}")
            continue
        growth.setdefault(what, {})[size] = p50
        peak = max(peak, resident(house.server.pid))
        table.row(what, size, rate, p50, p99, word=f"{AIM}; {kilobytes:.0f} KB")
    table.row("memory under load", size, word=f"{peak:.0f} MB, aim ≤ 150")
    house.stop()


def pages(house):
    talkative = house.rows(
        "SELECT ticket FROM events WHERE event LIKE '%Wrote\"%' OR event LIKE '%\"submitted\"%' OR event LIKE "
        "'%writtenTo%' OR event LIKE '%answerSent%' OR event LIKE '%Asked%' GROUP BY ticket ORDER BY count(*) DESC"
        " LIMIT 1")
    rare = house.rows("SELECT domain FROM tickets WHERE domain IS NOT NULL GROUP BY domain ORDER BY count(*) LIMIT 1")
    number = talkative[0][0]
    word = rare[0][0] if rare else "jarang"
    follow = house.rows("SELECT letter FROM outbox WHERE letter LIKE '%?kunci=%' ORDER BY place DESC LIMIT 1")
    yield "the queue", "/meja"
    yield "one ticket, the longest conversation", f"/meja/tiket/{number}"
    if follow:
        letter = follow[0][0]
        begin = letter.find("/tiket/ADU")
        end = min(i for i in (letter.find(c, begin) for c in ('"', "\\", "\n", " ", "<")) if i > 0)
        yield "the requester's page", letter[begin:end]
    yield f"search for a rare word ({word})", f"/meja?q={word}"
    yield "search for a common word (situs)", "/meja?q=situs"
    yield "the portal's first page", "/"
    yield "health", "/health/live"
