#!/usr/bin/env python3
"""Mail servers for tests and the demo: a private Dovecot, a private Postfix, and an SMTP sink with odd habits.

    mail_servers.py DIR [--remove] [--without postfix,sink] [--people dewi@dinas.example,…]

Starts everything on 127.0.0.1 on free ports, with a certificate of its own, and prints one JSON line when ready:

    {"ok": true, "dir": DIR, "ca": "DIR/cert.pem", "otherCA": "DIR/other.pem", "imaps": N, "imap": N, "user": "meja", "secret": "rahasia",
     "mailbox": "DIR/mail/meja", "submission": N, "submissions": N, "domain": "bantuan.example",
     "sink": N, "sinkPlain": N, "sinkMail": "DIR/sink", "slowImaps": N, "silentImaps": N}

Then it obeys lines on standard input, answering each with one JSON line, and stops everything at its end (so a killed
test leaves nothing behind):

    stop-dovecot | start-dovecot | renumber USER (a new UIDVALIDITY; Dovecot must be stopped meanwhile, so it is)
    deliver USER N (N small messages) | deliver-seen USER N (marked as read, so quicker to fetch)
    put USER FILE (this message) | remove USER (all)

Mail for meja, budi, siti, registri, warga, dewi, agus @bantuan.example and for --people is delivered into DIR/mail/NAME
(NAME+tag too); every user's secret is "rahasia". Other recipients are refused with 550; nothing leaves the machine.
Root is needed for Postfix; without root or without Postfix "submission" is null.
"""
import argparse, grp, json, os, pathlib, pwd, shutil, signal, socket, subprocess, sys, time

DOMAIN = "bantuan.example"
USERS = ["meja", "budi", "siti", "registri", "warga", "dewi", "agus"]
ROOT = os.getuid() == 0


def free_ports(count):
    """Held open together, so that all differ; another program may still take one before we use it."""
    socks = [socket.socket() for _ in range(count)]
    for s in socks:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in socks]
    for s in socks:
        s.close()
    return ports


def wait_for(port, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nothing listens on port {port}")


def run(*args):
    done = subprocess.run(args, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{args[0]}: {done.stderr.strip() or done.stdout.strip()}")


def tool(name):
    """Servers live in /usr/sbin, which is not on every PATH."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def certificates(d):
    for name in ("cert", "other"):
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(d / (name + ".key")), "-out",
            str(d / (name + ".pem")))


class Dovecot:
    def __init__(self, d, imap, imaps, users):
        self.dir, self.imap, self.imaps, self.process = d, imap, imaps, None
        uid, gid = ("mail", "mail") if ROOT else (pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name)
        (d / "mail").mkdir()
        (d / "users").write_text("".join(f"{u}:rahasia\n" for u in users))
        if ROOT:
            shutil.chown(d / "mail", "mail", "mail")
            os.chmod(d / "users", 0o644)
        # Without root Dovecot's own accounts cannot be used: everything runs as this user.
        rootless = "" if ROOT else f"""
default_internal_user = {uid}
default_login_user = {uid}
default_internal_group = {gid}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}"""
        auth_socket = f"""
service auth {{
  unix_listener {d}/postfix/private/auth {{
    mode = 0660
    user = postfix
    group = postfix
  }}
}}""" if (d / "postfix").exists() else ""
        (d / "dovecot.conf").write_text(f"""protocols = imap
base_dir = {d}/run
state_dir = {d}/state
listen = 127.0.0.1
log_path = {d}/dovecot.log
ssl = yes
ssl_cert = <{d}/cert.pem
ssl_key = <{d}/cert.key
first_valid_uid = 1
mail_location = maildir:{d}/mail/%n
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
mail_max_userip_connections = 100
maildir_very_dirty_syncs = no
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%n {d}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={d}/mail/%n
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
namespace inbox {{
  inbox = yes
}}{rootless}{auth_socket}
""")

    def start(self):
        self.process = subprocess.Popen([tool("dovecot"), "-F", "-c", str(self.dir / "dovecot.conf")],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True)
        wait_for(self.imaps)

    def stop(self):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(2)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            self.process = None

    def renumber(self, user):
        """Dovecot keeps UIDVALIDITY in these files; a changed one is what a restored mailbox looks like."""
        self.stop()
        for name in (self.dir / "mail" / user).glob("dovecot*"):
            if name.is_file():
                name.unlink()
        time.sleep(1.1)  # the new value is the time in seconds
        self.start()

    def deliver(self, user, count, folder="new", flags=""):
        stamp = time.time_ns()
        for n in range(count):
            self.put(user, f"{stamp}.{n:06d}.bulk{flags}",
                     b"From: warga@contoh.example\nTo: meja@bantuan.example\nSubject: Massal %d\n"
                     b"Message-ID: <bulk-%d-%d@contoh.example>\n\nIsi %d\n" % (n, stamp, n, n), folder)

    def put(self, user, name, message, folder="new"):
        """As a delivery agent does it: written aside, then renamed to its place."""
        box = self.dir / "mail" / user
        owner = pwd.getpwnam("mail") if ROOT else None
        for part in ("", "cur", "new", "tmp"):
            (box / part).mkdir(exist_ok=True)
            if owner:
                os.chown(box / part, owner.pw_uid, owner.pw_gid)
        path = box / "tmp" / name
        path.write_bytes(message)
        if owner:
            os.chown(path, owner.pw_uid, owner.pw_gid)
        path.rename(box / folder / name)

    def remove(self, user):
        for part in ("cur", "new"):
            for path in (self.dir / "mail" / user / part).glob("*"):
                path.unlink()


class Postfix:
    def __init__(self, d, submission, submissions, addresses):
        self.dir, self.submission, self.submissions = d, submission, submissions
        self.config = d / "postfix-etc"
        self.config.mkdir()
        queue = d / "postfix"
        queue.mkdir()
        os.chmod(queue, 0o755)
        data = d / "postfix-data"
        data.mkdir()
        shutil.chown(data, "postfix", "postfix")
        mail = pwd.getpwnam("mail")
        (self.config / "main.cf").write_text(f"""compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.{DOMAIN}
mydestination =
mynetworks = 127.0.0.1/32
maillog_file = {d}/postfix.log
maillog_file_prefixes = {d}
alias_maps =
alias_database =
local_transport = error:no local mail
default_transport = error:nothing leaves this machine
relayhost =
virtual_mailbox_domains = {' '.join(sorted({a.partition('@')[2] for a in addresses}))}
virtual_mailbox_base = {d}/mail
virtual_mailbox_maps = texthash:{self.config}/boxes
recipient_delimiter = +
virtual_uid_maps = static:{mail.pw_uid}
virtual_gid_maps = static:{mail.pw_gid}
virtual_minimum_uid = 1
virtual_mailbox_limit = 0
message_size_limit = 41943040
smtpd_tls_cert_file = {d}/cert.pem
smtpd_tls_key_file = {d}/cert.key
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_client_connection_rate_limit = 0
smtpd_client_message_rate_limit = 0
smtpd_client_connection_count_limit = 0
smtpd_error_sleep_time = 0
smtputf8_enable = no
""")
        (self.config / "boxes").write_text("".join(f"{a} {a.partition('@')[0]}/\n" for a in addresses))
        (self.config / "master.cf").write_text(f"""127.0.0.1:{submission} inet n - n - - smtpd
127.0.0.1:{submissions} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
error unix - - n - - error
retry unix - - n - - error
showq unix n - n - - showq
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
""")

    def start(self):
        self.command("start")
        wait_for(self.submission)
        wait_for(self.submissions)

    def stop(self):
        self.command("stop", check=False)

    def command(self, verb, check=True):
        args = [tool("postfix"), "-c", str(self.config), verb]
        done = subprocess.run(args, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if check and done.returncode:
            log = self.dir / "postfix.log"
            raise SystemExit(f"postfix {verb}: {done.stderr}{log.read_text() if log.exists() else ''}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("dir")
    parser.add_argument("--without", default="")
    parser.add_argument("--remove", action="store_true", help="remove DIR at the end")
    parser.add_argument("--people", default="", help="further addresses, with commas; the name before @ is the user")
    options = parser.parse_args()
    without = options.without.split(",")
    addresses = [f"{u}@{DOMAIN}" for u in USERS] + [a.strip() for a in options.people.split(",") if a.strip()]
    if not tool("dovecot"):
        raise SystemExit("Dovecot is not installed; `make test` installs it (Debian package dovecot-imapd)")
    d = pathlib.Path(options.dir).resolve()
    shutil.rmtree(d, ignore_errors=True)
    d.mkdir(parents=True)
    os.chmod(d, 0o755)
    certificates(d)
    imap, imaps, submission, submissions, sink, sink_plain, slow, silent = free_ports(8)
    postfix = None
    if ROOT and tool("postfix") and "postfix" not in without:
        postfix = Postfix(d, submission, submissions, addresses)
        private = d / "postfix" / "private"
        private.mkdir(mode=0o700)
        shutil.chown(private, "postfix")
    dovecot = Dovecot(d, imap, imaps, [a.partition("@")[0] for a in addresses])
    servers = []
    try:
        if postfix:
            servers.append(postfix)
            postfix.start()
        servers.append(dovecot)
        dovecot.start()
        sys.path.insert(0, str(pathlib.Path(__file__).parent))
        import slow_line
        slow_line.start(slow, silent, imaps)
        if "sink" not in without:
            import smtp_sink
            smtp_sink.start(d / "sink", sink, sink_plain, d / "cert.pem", d / "cert.key")
        answer(ok=True, dir=str(d), ca=str(d / "cert.pem"), otherCA=str(d / "other.pem"), imap=imap, imaps=imaps,
               user="meja", secret="rahasia", mailbox=str(d / "mail" / "meja"), domain=DOMAIN,
               submission=submission if postfix else None, submissions=submissions if postfix else None,
               sink=sink, sinkPlain=sink_plain, sinkMail=str(d / "sink"), slowImaps=slow, silentImaps=silent)
        obey(dovecot)
    finally:
        for server in reversed(servers):
            server.stop()
        if options.remove:
            shutil.rmtree(d, ignore_errors=True)


def obey(dovecot):
    for line in sys.stdin:
        words = line.split()
        match words:
            case ["stop-dovecot"]: dovecot.stop()
            case ["start-dovecot"]: dovecot.start()
            case ["renumber", user]: dovecot.renumber(user)
            case ["deliver", user, count]: dovecot.deliver(user, int(count))
            case ["deliver-seen", user, count]: dovecot.deliver(user, int(count), "cur", ":2,S")
            case ["put", user, path]: dovecot.put(user, f"{time.time_ns()}.put", pathlib.Path(path).read_bytes())
            case ["remove", user]: dovecot.remove(user)
            case _:
                answer(ok=False, error="unknown command")
                continue
        answer(ok=True)


def answer(**values):
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    main()
