"""How late lapses are noticed when very many fall due in one minute."""
import os
import time

from ground import House, mail, resident, spread, wait_until

TICKETS = int(os.environ.get("BENCH_LAPSES", "10000"))


def measure(table, binary, folder):
    """Tickets whose half, near and lapse marks all fall into the next minutes: row 2 gets one minute."""
    from ground import MailServers
    os.chmod(folder, 0o755)
    servers = MailServers(folder / "servers")
    try:
        house = House(binary, folder / "house", servers, {"procedure.budgets.check": 1})
        for key in ("mail.smtp.url", "mail.smtp.user", "mail.smtp.password"):
            house.settings.pop(key)
        for n in range(TICKETS):
            servers.put("meja", f"{time.time_ns()}.{n}.bench", mail(n, "lapse"))
        house.serve()
        count = "SELECT count(*) FROM events WHERE event LIKE '%\"lapse\"%'"
        wait_until(lambda: house.number(count) >= TICKETS, 900, f"{TICKETS} lapses", every=1)
        rows = house.rows("SELECT at - (event ->> '$.clockTold.at'), event ->> '$.clockTold.at' FROM events"
                          " WHERE event LIKE '%clockTold%' AND event ->> '$.clockTold.mark' = 'lapse'")
        late = [row[0] for row in rows]
        due = [row[1] for row in rows]
        p50, p99 = spread([max(0, seconds) for seconds in late])
        table.row("lateness of a lapse, when all fall due", TICKETS, rate=len(due) / (max(due) - min(due) + 1), p50=p50,
                  p99=p99, word=f"aim ≤ 1 s; worst {max(late)} s (whole seconds), due within {max(due) - min(due)} s;"
                  f" {resident(house.server.pid):.0f} MB")
        house.stop()
    finally:
        servers.stop()
