"""A demo of its own for measuring and for pictures: free port, throw-away data, stopped at the end."""
import contextlib
import http.client
import os
import socket
import subprocess
import tempfile
import time


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Demo:
    """`with Demo(binary) as demo`: `demo.port`, `demo.url`, `demo.pid`, `demo.data` (its folder), `demo.startup` in
    seconds, `demo.output()`."""

    def __init__(self, binary, wait=60.0, tickets=200):
        self.binary, self.wait, self.tickets, self.port = os.path.abspath(binary), wait, tickets, free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory()
        self.data = os.path.join(self._folder.name, "data")
        self._log = open(os.path.join(self._folder.name, "log"), "w+b")
        began = time.monotonic()
        self._child = subprocess.Popen(
            [self.binary, "demo", "--port", str(self.port), "--data", self.data, "--tickets", str(self.tickets)],
            cwd=self._folder.name, stdin=subprocess.DEVNULL, stdout=self._log, stderr=subprocess.STDOUT)
        self.pid = self._child.pid
        while not self._lives():
            if self._child.poll() is not None or time.monotonic() - began > self.wait:
                said = self.output()[-2000:]
                self.__exit__()
                raise SystemExit(f"sigap demo did not come up:\n{said}")
            time.sleep(0.02)
        self.startup = time.monotonic() - began
        return self

    def __exit__(self, *_):
        self._child.terminate()
        try:
            self._child.wait(15)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._log.close()
        self._folder.cleanup()

    def _lives(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
            try:
                connection.request("GET", "/health/live")
                return connection.getresponse().status == 200
            finally:
                connection.close()
        return False

    def output(self):
        """What the demo has printed so far: the accounts among it."""
        self._log.flush()
        with open(self._log.name, encoding="utf-8", errors="replace") as file:
            return file.read()

    def memory(self):
        """Resident memory in MB."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))
