"""The main job on real input: a mail comes in by IMAP, the six rows are done in the browser, the registry answers once
by the signed link, once by mail and once on its desk, and the requester reads the answer and confirms by its link."""
import email
import email.policy
import time

import pytest
import steps
from house import wait_until
from journey_house import Person, corpora



def complaint_by_mail(world, sender, subject, domain):
    began = time.monotonic()
    world.send(f"Kepala Desa <{sender}>", subject,
               f"Yth. Tim,\n\nSitus {domain} tidak dapat dibuka sejak kemarin pagi.\n\nTerima kasih,\nKepala Desa\n")
    number = world.ticket_about(subject)
    assert time.monotonic() - began <= 5, "a mail must be a ticket within five seconds"
    receipt = world.box(sender).about(number)
    assert subject not in str(receipt["Subject"]) and subject not in receipt.raw.decode(), "the receipt quotes the sender"
    return number, receipt


def ends_well(world, number, sender, requester, text):
    """The answer in the mailbox, its link, the confirmation, and everything that happened in order."""
    letter = world.box(sender).about(number, text)
    person = requester("pemohon")
    steps.confirms(person, steps.follow_link(letter, world))
    world.until(number, closure="confirmed")
    assert "selesai" in person.reads().lower()
    assert person.trouble == []
    world.box(sender).about(number, "SP4N")  # the closing notice
    return world.events(number)


def test_answered_by_the_registry_at_the_signed_link(world, staff, requester, browser):
    number, _ = complaint_by_mail(world, "kades@sukamaju.example", "Situs desa kami mati", "sukamaju.desa.id")
    rina = staff["rina"]
    rina.goes_to("/meja")
    rina.presses(rina.form("/meja/ambil"))
    assert "/meja/tiket/ADU-" in rina.page.url, "the free ticket that is due first is hers now"
    rina.goes_to(f"/meja/tiket/{number}")
    steps.check(rina, number)
    rina.goes_to(f"/meja/tiket/{number}/laporan")
    assert "Laporan Pengaduan" in rina.reads()
    steps.hand_off(rina, number)
    _, link = steps.handoff_link(world, number)
    duty = Person(browser, world, "petugas PANDI tanpa akun", width=360)
    assert "kades" not in duty.goes_to(link).content(), "the registry must not see the requester"
    version = world.row(number)["version"]
    duty.goes_to(link)
    assert world.row(number)["version"] == version, "opening the link changed the ticket"
    steps.registry_answers(duty, link)
    world.until(number, stage=5)
    assert "form" not in duty.page.locator("main").inner_html() or not duty.page.locator("[name=jawaban]").count()
    duty.leaves()
    steps.answer(rina, number, "Server nama sudah diubah oleh PANDI.")
    world.until(number, stage=6)
    events = ends_well(world, number, "kades", requester, "Server nama sudah diubah oleh PANDI.")
    assert events.index("handoffAcknowledged") < events.index("registryReplied") < events.index("answerAccepted") \
        < events.index("closed")
    assert rina.trouble == [], rina.trouble


def test_answered_by_the_registry_by_mail(world, staff, requester):
    number, _ = complaint_by_mail(world, "camat@kotabaru.example", "Domain kecamatan", "kotabaru.go.id")
    steps.check(staff["rina"], number, "kotabaru.go.id")
    steps.hand_off(staff["rina"], number, "kotabaru.go.id")
    letter, _ = steps.handoff_link(world, number)
    world.answer(letter, "Petugas PANDI <registri@bantuan.example>", "SELESAI\nServer nama sudah kami ubah. Rujukan 88.")
    world.until(number, stage=5)
    staff["rina"].goes_to(steps.desk(number))
    assert "Rujukan 88" in staff["rina"].reads()
    steps.answer(staff["rina"], number, "PANDI menjawab lewat surel: selesai.")
    world.until(number, stage=6)
    ends_well(world, number, "camat", requester, "PANDI menjawab lewat surel")


def test_answered_by_the_registry_on_its_desk_without_any_script(world, staff, requester, browser):
    number, receipt = complaint_by_mail(world, "operator@sindangsari.example", "Situs Sindangsari", "sindangsari.desa.id")
    budi, yusuf = staff["budi"], staff["yusuf"]
    steps.check(budi, number, "sindangsari.desa.id")
    steps.hand_off(budi, number, "sindangsari.desa.id")
    yusuf.goes_to("/registri")
    assert "sindangsari.desa.id" in yusuf.reads()
    steps.registry_answers(yusuf, f"/registri/tiket/{number}")
    world.until(number, stage=5)
    # What the requester writes meanwhile, as a reply to the receipt, is on the requester's wall.
    world.answer(receipt, "Operator <operator@sindangsari.example>", "Kami tambahkan: surel juga mati.")
    world.until(number, stage=5)
    steps.answer(budi, number, "Situs dan surel berjalan kembali.")
    world.until(number, stage=6)
    letter = world.box("operator").about(number, "berjalan kembali")
    person = requester("tanpa skrip", scripts=False)
    steps.confirms(person, steps.follow_link(letter, world))
    world.until(number, closure="confirmed")
    assert "Kami tambahkan: surel juga mati." in person.reads()
    assert "Server nama lama" not in person.reads() and "Pesan-pandi" not in person.reads()


REAL = [("helpdesk-mail", "redmine-ticket_on_given_project.eml", "jsmith"),
        ("helpdesk-mail", "redmine-thunderbird_with_attachment_iso-8859-1.eml", "jsmith"),
        ("helpdesk-mail", "freescout-message-1b.eml", "from"), ("mail-parse-zammad", "mail001.box", "john.smith"),
        ("mail-parse-zammad", "mail007.box", "eike.ehringer")]


def test_real_messages_become_tickets_and_get_their_answer(world, staff):
    """Recorded mails of other help desks, byte for byte; the mailboxes of their senders are on this machine."""
    folder = corpora()
    if folder is None:
        pytest.skip("the recorded messages are not here (SIGAP_CORPORA)")
    opened = []
    for part, name, box in REAL:
        raw = (folder / part / name).read_bytes()
        subject = email.message_from_bytes(raw, policy=email.policy.default)["Subject"]
        before = world.house.number("SELECT count(*) FROM tickets")
        world.deliver(raw)
        wait_until(lambda: world.house.number("SELECT count(*) FROM tickets") > before, 5, f"a ticket from {name}")
        opened.append((world.house.number("SELECT max(number) FROM tickets"), box, str(subject)))
    rina = staff["rina"]
    number, box, _ = opened[0]
    steps.check(rina, number, "contoh.go.id", "callBack")
    steps.analyse(rina, number, "declined", alasan="Bukan nama domain pemerintah.")
    world.until(number, stage=5)
    steps.answer(rina, number, "Nama itu bukan wewenang kami.")
    world.until(number, stage=6)
    world.box(box).about(number, "bukan wewenang kami")
    for number, box, subject in opened[1:]:
        rina.goes_to(steps.desk(number))
        assert rina.page.locator("form[action$='/check']").count() == 1
    assert rina.trouble == [], rina.trouble


def test_all_recorded_messages_are_settled_and_never_answer_machines(world):
    """The whole two folders: each becomes a ticket or has a reason why not; automatic mail gets no letter."""
    folder = corpora()
    if folder is None:
        pytest.skip("the recorded messages are not here (SIGAP_CORPORA)")
    files = [f for part in ("helpdesk-mail", "mail-parse-zammad") for f in sorted((folder / part).iterdir())
             if f.suffix in (".eml", ".box")]
    before = world.house.number("SELECT count(*) FROM inbound WHERE outcome IS NOT NULL")
    for file in files:
        world.deliver(file.read_bytes())
    wait_until(lambda: world.house.number("SELECT count(*) FROM inbound WHERE outcome IS NOT NULL")
               >= before + len(files), 60, f"{len(files)} recorded messages settled")
    assert world.house.server.poll() is None
    outcomes = dict(world.house.rows("SELECT outcome, count(*) FROM inbound GROUP BY outcome"))
    assert outcomes["opened"] >= 40 and not world.house.rows(
        "SELECT subject FROM inbound WHERE reasons LIKE '%failed_twice%' OR reasons LIKE '%crashed%'"), outcomes
    answered = world.house.rows(
        "SELECT i.subject FROM inbound i JOIN outbox o ON o.ticket = i.ticket WHERE i.outcome IN ('automatic', 'bounce')"
        " AND o.id LIKE '%.1' AND o.changed_at >= i.settled_at")
    assert not answered, answered
