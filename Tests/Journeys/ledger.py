"""The ledger outside the house: what was handed in, and what the house said it has. It knows nothing of Sigap.

Each line is on the disk (fsync) before anything happens that it speaks of: an attempt before the message is handed in,
an acknowledgement before the next message. So it is right whenever the house, or this program, dies.
"""
import hashlib
import json
import os
import threading
import uuid


def digest(raw):
    """Of the bytes as they are kept: a mail server may turn LF into CRLF, and a pipe does not."""
    return hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()


def new_marker():
    """A word that stands in one message and nowhere else."""
    return "PENANDA" + uuid.uuid4().hex[:20]


class Ledger:
    def __init__(self, path):
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        self._lock = threading.Lock()
        self.attempted, self.acknowledged = {}, set()

    def attempt(self, marker, door, raw):
        with self._lock:
            self.attempted[marker] = (door, digest(raw) if raw is not None else None)
            self._write(attempt=marker, door=door, sha256=self.attempted[marker][1])

    def acknowledge(self, marker):
        with self._lock:
            self.acknowledged.add(marker)
            self._write(acknowledged=marker)

    def _write(self, **line):
        os.write(self._file, json.dumps(line).encode() + b"\n")
        os.fsync(self._file)

    def close(self):
        os.close(self._file)
