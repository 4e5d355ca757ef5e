#!/usr/bin/env python3
"""bench.py BINARY [mail] [lapses] [pages]: measures the release binary from outside, and prints one table.

The clients share the machine with the server, and nothing here is a test: compare figures of one run with each other,
and with the raw ceiling that the same run measured. BENCH_MAILS, BENCH_LAPSES and BENCH_TICKETS (1000,10000,…) make it
shorter. The seeded towns are kept in .build/bench.
"""
import os
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
import lapses  # noqa: E402
import mail  # noqa: E402
import pages  # noqa: E402
from ground import Table  # noqa: E402

SECTIONS = {"mail": mail, "lapses": lapses, "pages": pages}


def main(binary, wanted):
    table = Table()
    for name in wanted or SECTIONS:
        with tempfile.TemporaryDirectory(prefix="sigap-bench-") as folder:
            SECTIONS[name].measure(table, binary, pathlib.Path(folder))


if __name__ == "__main__":
    if len(sys.argv) < 2 or any(name not in SECTIONS for name in sys.argv[2:]):
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]), sys.argv[2:])
