"""Slow lines to a server on this machine: bytes towards the client come at RATE a second; on the other port none comes any
more after the first 100,000, and the line stays open."""
import socket, socketserver, threading, time

RATE = 200_000
SILENT_AFTER = 100_000


def start(slow_port, silent_port, target):
    for port, silent in ((slow_port, False), (silent_port, True)):
        handler = type("Line", (Line,), {"target": target, "silent": silent})
        server = socketserver.ThreadingTCPServer(("127.0.0.1", port), handler, bind_and_activate=False)
        server.allow_reuse_address = True
        server.daemon_threads = True
        server.server_bind()
        server.server_activate()
        threading.Thread(target=server.serve_forever, daemon=True).start()


class Line(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            with socket.create_connection(("127.0.0.1", self.target)) as there:
                threading.Thread(target=self.up, args=(there,), daemon=True).start()
                self.down(there)
        except OSError:
            pass

    def up(self, there):
        try:
            while data := self.request.recv(65536):
                there.sendall(data)
            there.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def down(self, there):
        passed = 0
        while data := there.recv(RATE // 20):
            if self.silent and passed > SILENT_AFTER:
                continue
            self.request.sendall(data)
            passed += len(data)
            time.sleep(len(data) / RATE)
