"""A disk that refuses to flush: the server acknowledges nothing more and ends, and the next one has all that was said."""
import http.client
import json
import os
import shutil
import subprocess

import pytest
from house import wait_until


def complain(house, nth, token):
    """The status of one complaint through the JSON interface, or None when the server went away under it."""
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=20)
    body = json.dumps({"requester": {"name": "Siti Aminah", "email": "kades@sukamaju.example"},
                       "text": f"Situs sukamaju.desa.id mati. Ke-{nth}", "channel": "web"})
    try:
        connection.request("POST", "/api/v1/tickets", body, {
            "Content-Type": "application/json", "Authorization": f"Bearer {token}", "Idempotency-Key": f"ulang-{nth}"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def test_a_disk_that_does_not_flush_ends_the_server_and_loses_nothing(new_house):
    strace = shutil.which("strace")
    if not strace or subprocess.run([strace, "-qq", "-o", os.devnull, "true"], capture_output=True).returncode:
        pytest.skip("strace may not trace on this machine: no failing disk")
    house = new_house()
    house.serve()
    token = house.program_token()
    assert complain(house, 1, token) == 201
    tracer = subprocess.Popen(
        [strace, "-f", "-qq", "-o", os.devnull, "-e", "trace=fsync,fdatasync", "-e",
         "inject=fsync,fdatasync:error=EIO", "-p", str(house.server.pid)], stderr=subprocess.DEVNULL)
    wait_until(lambda: "TracerPid:\t0" not in open(f"/proc/{house.server.pid}/status").read(), 10, "the disk failing")
    assert complain(house, 2, token) != 201, "acknowledged without a disk"
    assert house.server.wait(20) == 75, house.said()
    tracer.wait(20)
    assert "the disk failed" in house.said()
    house.serve()
    assert complain(house, 2, token) in (200, 201), "the repetition was not taken"
    assert house.number("SELECT count(*) FROM tickets") == 2
    assert house.run("verify").returncode == 0
