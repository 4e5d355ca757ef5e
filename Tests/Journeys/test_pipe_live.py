"""Mail by the pipe is written by another process than the one that serves: open pages hear of it all the same."""
import contextlib
import http.client
import json
import threading

from house import wait_until
from people import Worker


def test_mail_by_the_pipe_reaches_open_pages(new_house):
    house = new_house()
    house.serve()
    ending = threading.Event()
    rina = Worker(house, "rina", "officer", "10.9.0.1", lambda wait=0: not ending.wait(wait))
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
    connection.request("GET", "/meja/langsung", headers={
        "Cookie": "; ".join(f"{k}={v}" for k, v in rina.client.cookies.items()), "X-Forwarded-For": "10.9.0.1"})
    response = connection.getresponse()
    assert response.status == 200
    heard = []

    def listen():
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
            while line := response.readline():
                if line.startswith(b"data: ") and b'"version"' in line:
                    heard.append(json.loads(line[6:])["id"])

    listening = threading.Thread(target=listen, daemon=True)
    listening.start()
    assert house.ingest(b"From: kades@sukamaju.example\r\nTo: meja@bantuan.example\r\nSubject: Situs mati\r\n"
                        b"Message-ID: <1@sukamaju.example>\r\n\r\nSitus sukamaju.desa.id mati.\r\n") == 0
    number = house.rows("SELECT number FROM tickets")[0][0]
    wait_until(lambda: number in heard, 5, "the page hearing of the ticket")
    ending.set()
    assert house.stop() == 0
