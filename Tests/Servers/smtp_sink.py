"""An SMTP server with odd habits, chosen by the recipient's name before any digit:

    terima   250                    tolak    RCPT 550           nanti    RCPT 451
    tolakisi 554 after the dot      nantiisi 452 after the dot  putusrcpt cut at RCPT
    putusdata cut at DATA           putusisi cut inside the body
    putustitik cut after the dot    diam     no answer after the dot
    banyak   a reply of several lines

Every finished letter is written to FOLDER/N.eml, its envelope to FOLDER/N.json. The user is "meja", the secret "rahasia";
AUTH is asked for on the first port. The second port offers no STARTTLS and no AUTH.
"""
import base64, itertools, json, pathlib, re, socketserver, ssl, threading, time


class Habit(Exception):
    """The server hangs up."""


def start(folder, port, plain_port, certificate, key):
    pathlib.Path(folder).mkdir()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    numbers = itertools.count(1)
    for number, offered in ((port, context), (plain_port, None)):
        handler = type("Handler", (Talk,), {"context": offered, "folder": pathlib.Path(folder), "numbers": numbers})
        server = socketserver.ThreadingTCPServer(("127.0.0.1", number), handler, bind_and_activate=False)
        server.allow_reuse_address = True
        server.daemon_threads = True
        server.server_bind()
        server.server_activate()
        threading.Thread(target=server.serve_forever, daemon=True).start()


class Talk(socketserver.BaseRequestHandler):
    def handle(self):
        self.secure, self.known = False, self.context is None
        self.file = self.request.makefile("rb")
        self.sender, self.recipients, self.commands = None, [], []
        try:
            self.say("220 sink.bantuan.example ESMTP")
            while line := self.file.readline(4096):
                self.commands.append(line.decode("latin-1").rstrip("\r\n"))
                if not self.obey(line.rstrip(b"\r\n").decode("latin-1")):
                    return
        except (Habit, OSError, ValueError):
            pass
        finally:
            try:
                self.request.shutdown(2)
            except OSError:
                pass
            # Both, else the connection stays half open and the client never learns of it.
            self.file.close()
            self.request.close()

    def say(self, *lines):
        self.request.sendall(("\r\n".join(lines) + "\r\n").encode())

    def obey(self, line):
        verb = line.upper().split(" ")[0]
        if verb == "EHLO":
            extra = []
            if self.context and not self.secure:
                extra = ["250-STARTTLS"]
            elif self.context:
                extra = ["250-AUTH PLAIN"]
            self.say("250-sink.bantuan.example", *extra, "250 SIZE 50000000")
        elif verb == "STARTTLS" and self.context and not self.secure:
            self.say("220 go on")
            self.request = self.context.wrap_socket(self.request, server_side=True)
            self.file, self.secure = self.request.makefile("rb"), True
        elif verb == "AUTH":
            self.auth(line)
        elif not self.known:
            self.say("530 5.7.0 Authentication required")
        elif verb == "MAIL":
            self.sender, self.recipients = line, []
            self.say("250 2.1.0 Ok")
        elif verb == "RCPT":
            self.rcpt(line)
        elif verb == "DATA":
            self.data()
        elif verb == "QUIT":
            self.say("221 2.0.0 Bye")
            return False
        else:
            self.say("250 2.0.0 Ok")
        return True

    def auth(self, line):
        words = line.split(" ")
        if len(words) == 2:
            self.say("334 ")
            words.append(self.file.readline(4096).decode().strip())
        self.known = base64.b64decode(words[2]) == b"\0meja\0rahasia"
        self.say("235 2.7.0 Welcome" if self.known else "535 5.7.8 Error: authentication failed")

    def rcpt(self, line):
        match = re.search(r"<([a-z]*)", line)
        self.habit = match.group(1) if match else ""
        if self.habit == "putusrcpt":
            raise Habit
        if self.habit == "tolak":
            self.say("550 5.1.1 no such mailbox")
        elif self.habit == "nanti":
            self.say("451 4.2.1 try again")
        else:
            self.recipients.append(line)
            self.say("250 2.1.5 Ok")

    def data(self):
        if self.habit == "putusdata":
            raise Habit
        self.say("354 go ahead")
        body = []
        while (line := self.file.readline(1 << 20)) != b".\r\n":
            if not line or self.habit == "putusisi" and len(body) > 20:
                raise Habit
            body.append(line[1:] if line.startswith(b".") else line)
        number = next(self.numbers)
        (self.folder / f"{number}.eml").write_bytes(b"".join(body))
        envelope = {"from": self.sender, "to": self.recipients, "commands": self.commands}
        (self.folder / f"{number}.json").write_text(json.dumps(envelope))
        if self.habit == "putustitik":
            raise Habit
        if self.habit == "diam":
            time.sleep(30)
        elif self.habit == "tolakisi":
            self.say("554 5.7.1 content refused")
        elif self.habit == "nantiisi":
            self.say("452 4.3.1 disk is full")
        elif self.habit == "banyak":
            self.say("250-2.0.0 first line", "250 2.0.0 second line")
        else:
            self.say(f"250 2.0.0 queued as {number}")
