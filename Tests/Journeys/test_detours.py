"""Every way beside the straight one, through the browser: each leaves the ticket where the procedure says, with the
letters it owes."""
import email
import itertools
import json

import pytest
import steps
from house import House, MailServers, wait_until
from journey_house import PASSWORD, Person

counting = itertools.count(1)


@pytest.fixture
def ticket(world):
    """A fresh ticket from the province's archive by mail: its number and its receipt's sender."""
    subject = f"Jalan lain {next(counting)}"
    world.send("Arsip Provinsi <arsip@provinsi.example>", subject, "Situs arsip.go.id tidak dapat dibuka sejak Senin.\n")
    return world.ticket_about(subject)


ARSIP = "Arsip Provinsi <arsip@provinsi.example>"


def follow(world, number):
    """The requester's page, as the secret link of any letter opens it."""
    for (letter,) in world.house.rows("SELECT letter FROM outbox WHERE ticket = ? ORDER BY place DESC", number):
        for word in json.loads(letter)["text"].split():
            if f"/tiket/{number}?kunci=" in word:
                return word
    raise AssertionError(f"no letter of {number} holds its link")


def test_asked_paused_and_answered_by_mail(world, staff, ticket):
    steps.detour(staff["rina"], ticket, "question", pertanyaan="Mohon kirim surat penunjukan yang berlaku.")
    world.until(ticket, pause="incomplete", turn="requester")
    letter = world.box("arsip").about(ticket, "surat penunjukan")
    world.answer(letter, ARSIP, "Berikut surat penunjukan kami.")
    world.until(ticket, pause=None, turn="team")
    staff["rina"].goes_to(steps.desk(ticket))
    assert "Berikut surat penunjukan kami." in staff["rina"].reads()


def test_a_stranger_with_the_reply_address_ends_no_pause(world, staff, ticket):
    steps.detour(staff["rina"], ticket, "question", pertanyaan="Sejak kapan tepatnya?")
    letter = world.box("arsip").about(ticket, "Sejak kapan")
    world.answer(letter, "Orang lain <warga@bantuan.example>", "Sejak tadi.")
    wait_until(lambda: world.events(ticket).count("requesterWrote") == 1, 8, "the stranger's words on the wall")
    assert world.row(ticket)["pause"] == "incomplete"
    staff["rina"].goes_to(steps.desk(ticket))
    assert "belum terbukti" in staff["rina"].reads() and "warga@bantuan.example" in staff["rina"].reads()


def test_incomplete_is_asked_and_answered_on_the_page(world, staff, requester, ticket):
    steps.check(staff["rina"], ticket, "arsip.go.id")
    steps.analyse(staff["rina"], ticket, "incomplete", kelengkapan="Alamat server nama yang baru.")
    world.until(ticket, stage=3, pause="incomplete", turn="requester")
    person = requester()
    person.goes_to(follow(world, ticket))
    assert "Alamat server nama yang baru." in person.reads()
    person.sends(f"/tiket/{ticket}/pesan", pesan="ns1.baru.example dan ns2.baru.example")
    world.until(ticket, pause=None, turn="team")


def test_escalation_tells_the_supervisor_and_moves_nothing(world, staff, ticket):
    steps.detour(staff["budi"], ticket, "escalation", **{"alasan-eskalasi": "Layanan vital, mohon perhatian."})
    assert world.row(ticket)["stage"] == 2
    world.box("dewi").about(ticket, "perhatian")


def test_reassigned_and_moved_by_the_supervisor(world, staff, ticket):
    steps.detour(staff["rina"], ticket, "taking")
    world.until(ticket, holder="rina")
    dewi = staff["dewi"]
    dewi.goes_to(f"/pengawas/tiket/{ticket}")
    dewi.sends("/assign", petugas="budi")
    world.until(ticket, holder="budi")
    dewi.goes_to(f"/pengawas/tiket/{ticket}")
    dewi.sends("/override", tahap="5", alasan="Perintah pimpinan: langsung dijawab.")
    world.until(ticket, stage=5)
    assert world.events(ticket).count("stageSkipped") == 2
    assert "Perintah pimpinan" in dewi.reads()
    dewi.goes_to("/pengawas")
    assert dewi.trouble == [], dewi.trouble


def test_referred_to_whose_it_is(world, staff, ticket):
    steps.check(staff["rina"], ticket, "arsip.go.id")
    steps.analyse(staff["rina"], ticket, "referred", **{
        "pemilik": "Penyedia hosting", "kontak": "bantuan@hosting.example", "bukti-rujukan": "Domain menjawab; situs tidak."})
    world.until(ticket, stage=5)
    staff["rina"].goes_to(steps.desk(ticket))
    staff["rina"].sends("/answer", **{"jawaban": "Mohon hubungi penyedia hosting.", "hasil-akhir": "referred"})
    world.until(ticket, stage=6)
    world.box("arsip").about(ticket, "bantuan@hosting.example")


def test_declined_with_its_reason(world, staff, ticket):
    steps.check(staff["rina"], ticket, "arsip.go.id")
    steps.analyse(staff["rina"], ticket, "declined", alasan="Permintaan tanpa kewenangan.")
    world.until(ticket, stage=5)
    staff["rina"].goes_to(steps.desk(ticket))
    staff["rina"].sends("/answer", **{"jawaban": "Permintaan tidak dapat kami penuhi.", "hasil-akhir": "declined"})
    world.until(ticket, stage=6)


def test_a_duplicate_gets_the_answer_of_its_original(world, staff, ticket):
    world.send("Lurah <lurah@kotabaru.example>", "Situs arsip juga", "arsip.go.id tidak dapat dibuka.\n")
    twin = world.ticket_about("Situs arsip juga")
    steps.check(staff["rina"], twin, "arsip.go.id")
    steps.analyse(staff["rina"], twin, "duplicate", **{"tiket-asli": ticket})
    world.until(twin, stage=5)
    steps.to_confirmation(staff["rina"], ticket, "Arsip sudah pulih untuk semua.")
    world.until(twin, stage=6)
    world.box("lurah").about(twin, "Arsip sudah pulih untuk semua.")


def test_returned_to_analysis_before_the_answer(world, staff, ticket):
    steps.check(staff["rina"], ticket, "arsip.go.id")
    steps.team_executes(staff["rina"], ticket)
    steps.detour(staff["rina"], ticket, "return", **{"alasan-kembali": "Ternyata perlu PANDI."})
    world.until(ticket, stage=3)
    steps.hand_off(staff["rina"], ticket, "arsip.go.id")


def test_the_registry_needs_information_and_gets_a_new_packet(world, staff, ticket):
    steps.check(staff["rina"], ticket, "arsip.go.id")
    steps.hand_off(staff["rina"], ticket, "arsip.go.id")
    letter, link = steps.handoff_link(world, ticket)
    steps.registry_answers(staff["yusuf"], link, "needsInformation", "Server nama mana yang benar?")
    world.until(ticket, stage=3)
    steps.hand_off(staff["rina"], ticket, "arsip.go.id")
    _, newer = steps.handoff_link(world, ticket, after=[letter])
    assert newer != link
    old = staff["yusuf"].goes_to(link)
    assert old.locator("[name=jawaban]").count() == 0, "an old link must not answer a new packet"
    steps.registry_answers(staff["yusuf"], newer, "cannot", "Nama ini sedang dikunci.")
    world.until(ticket, stage=5)


def test_disputed_and_closed_then_reopened_by_the_requester(world, staff, requester, ticket):
    steps.to_confirmation(staff["rina"], ticket, "Sudah terbuka kembali.")
    letter = world.box("arsip").about(ticket, "Sudah terbuka kembali.")
    person = requester()
    person.goes_to(steps.follow_link(letter, world))
    steps.disputes(person, "Dari jaringan kami masih tidak terbuka.")
    world.until(ticket, stage=3)
    steps.team_executes(staff["rina"], ticket)
    steps.answer(staff["rina"], ticket, "Simpanan DNS jaringan sudah kami minta dihapus.")
    world.until(ticket, stage=6)
    person.goes_to(f"/tiket/{ticket}")
    steps.confirms(person)
    world.until(ticket, closure="confirmed")
    person.goes_to(f"/tiket/{ticket}")
    person.sends(f"/tiket/{ticket}/reopening", alasan="Mati lagi pagi ini.")
    world.until(ticket, stage=3, closure=None)


def test_withdrawn_by_the_requester_and_reopened_on_the_desk(world, staff, requester, ticket):
    person = requester()
    person.goes_to(follow(world, ticket))
    person.sends(f"/tiket/{ticket}/withdrawal", sebab="Sudah pulih sendiri.")
    world.until(ticket, closure="withdrawn")
    steps.detour(staff["rina"], ticket, "reopening", **{"alasan-buka": "Pemohon menelepon: mati lagi."})
    world.until(ticket, stage=2, closure=None)


def test_closed_by_the_supervisor(world, staff, ticket):
    staff["dewi"].goes_to(f"/pengawas/tiket/{ticket}")
    staff["dewi"].sends("/close", **{"alasan-tutup": "Uji coba, bukan pengaduan."})
    world.until(ticket, closure="overridden")


def test_paused_for_the_registry_and_ended_by_the_officer(world, staff, ticket):
    steps.detour(staff["budi"], ticket, "pause", **{"alasan-jeda": "Menunggu keterangan PANDI."})
    world.until(ticket, pause="waiting", turn="registry")
    steps.detour(staff["budi"], ticket, "resume")
    world.until(ticket, pause=None)


def test_two_walls_never_mix(world, staff, requester, ticket):
    steps.check(staff["budi"], ticket, "arsip.go.id")
    steps.hand_off(staff["budi"], ticket, "arsip.go.id")
    steps.detour(staff["rina"], ticket, "message", pesan="Hanya untuk pemohon 4711.")
    steps.detour(staff["budi"], ticket, "registry-message", **{"pesan-registri": "Hanya untuk PANDI 4712."})
    steps.detour(staff["budi"], ticket, "note", catatan="Hanya untuk kita 4713.")
    world.box("arsip").about(ticket, "4711")
    world.box("registri").about(ticket, "4712")
    person = requester()
    person.goes_to(follow(world, ticket))
    shown = person.reads()
    assert "4711" in shown and "4712" not in shown and "4713" not in shown
    staff["yusuf"].goes_to(f"/registri/tiket/{ticket}")
    shown = staff["yusuf"].page.content()
    assert "4712" in shown and "4711" not in shown and "4713" not in shown and "arsip@provinsi.example" not in shown
    for box in ("arsip", "registri"):
        assert not any("4713" in m.raw.decode("utf-8", "replace") for m in world.box(box).read())


def test_quarantined_is_seen_replayed_and_put_aside(world, staff):
    world.deliver(b"From: <warga@bantuan.example>\r\nTo: <meja@bantuan.example>\r\n\r\n")
    quarantined = "SELECT id FROM inbound WHERE outcome = 'quarantined' AND reasons LIKE '%empty_message%'"
    wait_until(lambda: world.house.rows(quarantined), 8, "the empty message set aside")
    row = world.house.rows(quarantined + " ORDER BY place DESC")[0][0]
    admin = staff["admin"]
    admin.goes_to("/kelola/masuk?hasil=quarantined")
    assert row in admin.page.content()
    admin.goes_to(f"/kelola/masuk/{row}")
    admin.sends(f"/kelola/masuk/{row}/ulang", alasan="Dicoba sekali lagi.")
    assert world.house.number("SELECT count(*) FROM inbound_replays WHERE inbound = ?", row) == 1
    wait_until(lambda: world.house.rows(quarantined + " AND id = ?", row), 8, "the message set aside again")
    admin.goes_to(f"/kelola/masuk/{row}")
    form = admin.form(f"/kelola/masuk/{row}/ulang")
    admin.fills(form, alasan="Kosong, tidak ada yang hilang.")
    admin.presses(form, "button[formaction]")
    assert not world.house.rows(quarantined + " AND id = ?", row)
    assert admin.trouble == [], admin.trouble


def test_an_uncertain_letter_is_sent_again_by_a_person_only(binary, browser, tmp_path_factory):
    """The channel hangs up after the dot: the letter may have arrived. It is shown so, and kept from going out again
    until an administrator says so; then it has the same Message-ID."""
    folder = tmp_path_factory.mktemp("uncertain")
    servers = MailServers(folder / "servers")
    house = House(binary, folder / "house", servers)
    try:
        house.serve()
        house.base = f"http://127.0.0.1:{house.port}"
        raw = (b"From: <putustitik1@contoh.example>\r\nTo: <meja@bantuan.example>\r\nSubject: Putus\r\n"
               b"Message-ID: <putus@contoh.example>\r\n\r\nSitus contoh.go.id mati.\r\n")
        assert house.ingest(raw) == 0
        wait_until(lambda: house.number("SELECT count(*) FROM outbox WHERE state = 'uncertain'") == 1, 20, "uncertain")
        link = next(w for w in house.said().split() if "/masuk/awal/" in w)
        admin = Person(browser, house, "pengelola")
        admin.goes_to(link)
        form = admin.page.locator("form:has([name=sandi])")
        admin.fills(form, sandi=PASSWORD, ulang=PASSWORD)
        admin.presses(form)
        admin.goes_to("/kelola/surat-keluar?keadaan=uncertain")
        admin.page.get_by_text("putustitik1@contoh.example").first.click()
        admin.page.wait_for_url("**/kelola/surat-keluar/*")
        admin.sends("/kirim", yakin="ya", alasan="Pemohon menelepon: belum menerima.")
        wait_until(lambda: len(list(servers.sink_folder.glob("*.eml"))) == 2, 20, "the letter at the channel again")
        first, second = (email.message_from_bytes(f.read_bytes()) for f in servers.sink_folder.glob("*.eml"))
        assert first["Message-ID"] == second["Message-ID"]
        admin.leaves()
    finally:
        house.stop()
        servers.stop()
