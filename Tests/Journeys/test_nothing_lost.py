"""Nothing lost, nothing twice: SIGKILL at random moments under load, and an independent ledger that counts."""
import os
import random
import time

import oracle
from ledger import Ledger
from load import Load

KILLS = int(os.environ.get("JOURNEY_KILLS", "200"))
SEED = int(os.environ.get("JOURNEY_SEED", "1"))


def test_a_killed_server_loses_nothing_and_does_nothing_twice(new_house, servers, tmp_path):
    house = new_house(servers, {"registry.email": "petugas@registri.example"})
    ledger, chance = Ledger(tmp_path / "ledger"), random.Random(SEED)
    began = time.monotonic()
    house.serve()
    # A life: from before the server answers, to a good while after it did.
    longest = 1.0 + time.monotonic() - began
    load = Load(house, servers, ledger, seed=SEED)
    house.program_token()
    load.start(programs=1, visitors=2, workers=[("rina", "officer"), ("yusuf", "registry")])
    house.kill()
    began = time.monotonic()
    try:
        for number in range(KILLS):
            # Each life begins a few minutes later than the last: leases run out, warnings and lapses fall due, and
            # the ration of receipts grows again.
            house.clock.ahead += chance.randrange(0, 360)
            house.serve(until_ready=False)
            # Every eighth is long enough for people to go from page to page.
            time.sleep(chance.uniform(0.02, longest) + (2 if number % 8 == 7 else 0))
            assert house.server.poll() is None, house.said()
            house.kill()
        seconds = time.monotonic() - began
    finally:
        load.stop()
    oracle.settle(house, ledger)
    problems, counts = oracle.check(house, ledger, servers.sink_folder, set_aside=max(3, KILLS // 20))
    print(f"\n{KILLS} kills in {seconds:.0f} s, seed {SEED}:\n{oracle.table(counts)}")
    assert not problems, "\n".join(problems[:40])
    assert counts["acknowledged"] > KILLS and counts["letters sent"] > 0
    assert counts["acknowledged web"] > KILLS // 50 and counts["acknowledged desk"] > KILLS // 50, counts
