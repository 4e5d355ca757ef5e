"""The doors of the command line: each command's exit code, and what it says when something is wrong."""
import json
import os
import subprocess

import pytest
from house import wait_until

MAIL = (b"From: Kades <kades@sukamaju.example>\r\nTo: meja@bantuan.example\r\nSubject: Situs mati\r\n"
        b"Message-ID: <pintu@sukamaju.example>\r\n\r\nSitus sukamaju.desa.id mati.\r\n")
COMMANDS = ["serve", "demo", "doctor", "migrate", "verify", "backup", "restore", "mail ingest", "mail parse", "html clean", "user add",
            "user list", "user disable", "user reset", "seed town"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_a_configuration_file(new_house, command):
    done = new_house().run(*command.split(), "--help")
    assert done.returncode == 0 and "--config" in done.stdout.decode(), done.stdout.decode()


@pytest.mark.parametrize("arguments", [["tidak-ada"], ["serve", "--tidak-ada"], ["user", "add"], ["backup"]])
def test_wrong_usage_is_2(new_house, arguments):
    assert new_house().run(*arguments).returncode == 2


@pytest.mark.parametrize("text, named", [
    ("mail: {imap: {urll: x}}", "mail.imap.urll"), ("warna: biru", "warna"),
    ("http: {port: delapan}", "http.port"), ("office: {hours: pagi}", "office.hours"),
    ("log: {level: keras}", "log.level"), ("procedure: {budgets: {check: 0}}", "procedure.budgets.check"),
    ("mail: {address: a@b.example, imap: {url: 'imap://surat.example.go.id'}}", "mail.imap.url"),
    ("mail: {address: a@b.example, smtp: {url: 'smtp://surat.example.go.id/jalan'}}", "mail.smtp.url"),
    ("tls: {trustFile: /tidak/ada.pem}", "tls.trustFile"), ("database: {url: 'postgres://x'}", "database.url"),
    ("http: {trustedProxies: sesuatu}", "http.trustedProxies"),
    ("mail: {imap: {from: kemarin}}", "mail.imap.from")])
def test_a_wrong_key_stops_the_start_by_its_name(new_house, text, named):
    house = new_house()
    file = house.folder / "sigap.yaml"
    file.write_text(text)
    house.settings = {"data.directory": house.data}
    done = house.run("serve", "--config", str(file))
    said = done.stderr.decode()
    assert done.returncode == 2 and named in said, said
    assert house.run("doctor", "--config", str(file)).returncode == 1


def test_a_broken_file_is_told_by_its_line_and_never_shows_what_stands_there(new_house):
    house = new_house()
    file = house.folder / "sigap.yaml"
    file.write_text("mail:\n  imap:\n    password: rahasia-sekali: [\n")
    done = house.run("serve", "--config", str(file))
    said = done.stderr.decode() + done.stdout.decode()
    assert done.returncode == 2 and "line 3" in said and "rahasia" not in said, said


def test_keys_of_later_versions_are_known_and_told(new_house):
    house = new_house(settings={"whatsapp.accessToken": "sangat-rahasia", "dns.port": 5353})
    done = house.run("doctor")
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 0 and "whatsapp.accessToken" in said and "sangat-rahasia" not in said, said


def test_the_pipe_asks_for_the_message_again_whatever_is_in_the_way(new_house, tmp_path):
    """75 and nothing else: with any other code an MTA sends the complaint back to the village."""
    house = new_house()
    broken = tmp_path / "rusak.yaml"
    broken.write_text("warna: biru")
    assert house.run("mail", "ingest", "-", "--config", str(broken), text=MAIL).returncode == 75
    assert house.run("mail", "ingest", "-", "--config", str(tmp_path / "tidak-ada.yaml"), text=MAIL).returncode == 75
    assert house.run("mail", "ingest", str(tmp_path / "tidak-ada.eml")).returncode == 75
    (tmp_path / "berkas").write_text("bukan folder")
    blocked = new_house(data=tmp_path / "berkas" / "data")
    assert blocked.run("mail", "ingest", "-", text=MAIL).returncode == 75
    house.data.mkdir(parents=True, exist_ok=True)
    (house.data / "secret").write_text("pendek")
    assert house.run("mail", "ingest", "-", text=MAIL).returncode == 75
    (house.data / "secret").unlink()
    done = house.run("mail", "ingest", "-", text=MAIL)
    assert done.returncode == 0
    line = json.loads(done.stdout)
    assert set(line) >= {"ticket", "outcome", "reasons"} and line["outcome"] == "opened"
    again = json.loads(house.run("mail", "ingest", "-", text=MAIL).stdout)
    assert again["outcome"] == "duplicate" and again["ticket"] == line["ticket"]
    assert house.run("mail", "ingest", "-", "--tidak-ada", text=MAIL).returncode == 2


def test_the_pipe_keeps_its_word_when_nobody_reads_what_it_says(new_house):
    house = new_house()
    reading, writing = os.pipe()
    os.close(reading)
    child = subprocess.run([house.binary, "mail", "ingest", "-"], input=MAIL, stdout=writing, stderr=writing,
                           env=house.environment(), cwd=house.folder, timeout=60)
    os.close(writing)
    assert child.returncode == 0
    assert house.number("SELECT count(*) FROM tickets") == 1


def test_a_server_whose_log_cannot_be_written_goes_on(new_house):
    house = new_house(settings={"log.level": "debug"})
    reading, writing = os.pipe()
    house.server = subprocess.Popen([house.binary, "serve"], stdin=subprocess.DEVNULL, stdout=writing, stderr=writing,
                                    env=house.environment(), cwd=house.folder)
    os.close(writing)
    os.close(reading)
    wait_until(house.answers, 30, "an answer without a log")
    assert house.answers() and house.stop() == 0


def test_doctor_verify_backup_and_restore_say_yes_and_no(new_house, tmp_path):
    house = new_house()
    assert house.run("verify").returncode == 2, "there is no database yet"
    assert house.ingest(MAIL) == 0
    done = house.run("doctor")
    assert done.returncode == 0 and "FAIL" not in done.stdout.decode(), done.stdout.decode()
    assert house.run("verify").returncode == 0 and house.run("migrate").returncode == 0
    backup = tmp_path / "salinan"
    assert house.run("backup", str(backup)).returncode == 0
    assert house.run("restore", str(backup)).returncode == 1, "restored over a database that is there"
    other = new_house()
    assert other.run("restore", str(backup)).returncode == 0
    assert other.rows("SELECT number FROM tickets") == house.rows("SELECT number FROM tickets")
    assert (other.data / "secret").read_bytes() == (house.data / "secret").read_bytes()
    dead = new_house(settings={"mail.imap.url": "imaps://localhost:1", "mail.imap.user": "x", "mail.imap.password": "y"})
    done = dead.run("doctor")
    assert done.returncode == 1 and "FAIL  mailbox" in done.stdout.decode()


def test_an_account_is_added_listed_disabled_and_reset(new_house):
    house = new_house()
    added = house.run("user", "add", "rina", "--name", "Rina Wulandari", "--role", "officer")
    assert added.returncode == 0 and "/masuk/awal/" in added.stdout.decode()
    assert house.run("user", "add", "rina", "--name", "Rina", "--role", "officer").returncode == 1
    assert house.run("user", "add", "tono", "--name", "Tono", "--role", "raja").returncode == 2
    assert house.run("user", "disable", "rina").returncode == 0
    assert "disabled" in house.run("user", "list").stdout.decode()
    assert house.run("user", "reset", "rina").returncode == 0
    assert "waiting" in house.run("user", "list").stdout.decode()
    assert house.run("user", "reset", "tidak-ada").returncode == 1


def test_a_backup_holds_the_secret_and_is_its_owner_s_alone(new_house, tmp_path):
    house = new_house()
    assert house.ingest(MAIL) == 0
    backup = tmp_path / "salinan"
    assert house.run("backup", str(backup)).returncode == 0
    assert backup.stat().st_mode & 0o777 == 0o700
    files = sorted(backup.iterdir())
    assert {f.stat().st_mode & 0o777 for f in files} == {0o600} and len(files) == 3, files
    manifest = json.loads(next(f for f in files if f.name.endswith(".manifest.json")).read_text())
    secret = backup / manifest["companions"][0]["file"]
    kept = secret.read_bytes()
    assert kept == (house.data / "secret").read_bytes()
    for damage in (secret.unlink, lambda: secret.write_bytes(os.urandom(32))):
        damage()
        other = new_house()
        done = other.run("restore", str(backup))
        assert done.returncode == 1 and secret.name in done.stderr.decode(), done.stderr
        assert not other.database.exists() and not (other.data / "secret").exists()
    secret.write_bytes(kept)
    foreign = new_house()
    foreign.data.mkdir(parents=True)
    (foreign.data / "secret").write_bytes(os.urandom(32))
    assert foreign.run("restore", str(backup)).returncode == 1, "another folder's secret was written over"
    assert not foreign.database.exists()


def test_a_database_that_lost_its_secret_does_not_start_with_a_new_one(new_house):
    house = new_house()
    assert house.ingest(MAIL) == 0
    secret = house.data / "secret"
    kept = secret.read_bytes()
    secret.unlink()
    for command in ("serve", "verify", "backup x"):
        done = house.run(*command.split())
        assert done.returncode == 2 and "secret" in done.stderr.decode() and "backup" in done.stderr.decode(), done.stderr
    assert house.ingest(MAIL) == 75
    assert not secret.exists()
    secret.write_bytes(kept)
    assert house.run("verify").returncode == 0
