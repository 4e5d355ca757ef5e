"""A complaint by the web form, from a telephone: with and without JavaScript, with a file, the address proven by the
code or the link in the mailbox, and the six rows to the end."""
import re

import pytest
import steps
from journey_house import links_in, text_of

PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
                        "f8cfc0f01f0005050102a1b6d3f00000000049454e44ae426082")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_form_to_the_confirmation(world, staff, requester, tmp_path, scripts):
    box = "sekdes@wanasari.example" if scripts else "kominfo@kotajaya.example"
    picture, paper = tmp_path / "layar.png", tmp_path / "surat tugas.pdf"
    picture.write_bytes(PICTURE)
    paper.write_bytes(b"%PDF-1.4\n% surat tugas\n")
    person = requester("pemohon", scripts)
    number = steps.file_complaint(
        person, "Situs wanasari.desa.id tidak dapat dibuka sejak Senin.\nSurel juga tidak masuk.", email=box,
        files=[picture, paper])
    assert number in person.reads()
    # Nothing but the code goes to an address nobody has proven.
    letter = world.box(box).about(number)
    assert "Wanasari" not in text_of(letter) and "Sari Dewi" not in text_of(letter)
    code = re.search(r"^\s*(\d{6})\s*$", text_of(letter), re.MULTILINE).group(1)
    person.goes_to(f"/tiket/{number}")
    if scripts:
        person.sends(f"/tiket/{number}/bukti", kode=f"{code[:3]} {code[3:]}")
    else:
        link = next(w for w in links_in(letter, world.base) if "/bukti" in w)
        person.goes_to(link)
        assert "addressProven" not in world.events(number), "a GET must not prove anything"
        person.presses(person.form("/bukti"))
    assert "addressProven" in world.events(number)
    rina = staff["rina" if scripts else "budi"]
    rina.goes_to(steps.desk(number))
    assert "layar.png" in rina.reads() and "surat tugas.pdf" in rina.reads()
    with rina.page.expect_download() as download:
        rina.page.get_by_text("layar.png").first.click()
    assert open(download.value.path(), "rb").read() == PICTURE
    steps.check(rina, number, "wanasari.desa.id")
    steps.hand_off(rina, number, "wanasari.desa.id")
    steps.registry_answers(staff["yusuf"], f"/registri/tiket/{number}")
    world.until(number, stage=5)
    steps.answer(rina, number, "Situs dan surel sudah berjalan.")
    world.until(number, stage=6)
    letter = world.box(box).about(number, "sudah berjalan")
    steps.confirms(person, steps.follow_link(letter, world))
    world.until(number, closure="confirmed")
    assert person.trouble == [] and rina.trouble == [], (person.trouble, rina.trouble)


def test_without_an_address_the_answer_is_read_on_the_page(world, staff, requester):
    person = requester("tanpa surel")
    number = steps.file_complaint(person, "Domain kami belum aktif.", domain="desabaru.desa.id")
    person.goes_to(f"/tiket/{number}")
    steps.to_confirmation(staff["rina"], number, "Domain sudah aktif.")
    person.page.reload()
    assert "Domain sudah aktif." in person.reads()
    steps.confirms(person)
    world.until(number, closure="confirmed")


def test_pressed_twice_it_is_one_ticket(world, requester):
    person = requester("tidak sabar")
    before = world.house.number("SELECT count(*) FROM tickets")
    steps.file_complaint(person, "Situs ganda.desa.id mati.", send=False)
    fields = {"_csrf": person.page.locator("[name=_csrf]").first.input_value()}
    answers = [person.context.request.post("/lapor/periksa", form=fields, max_redirects=0) for _ in range(3)]
    assert {a.status for a in answers} == {303} and len({a.headers["location"] for a in answers}) == 1
    assert world.house.number("SELECT count(*) FROM tickets") == before + 1


def test_a_stranger_with_the_number_alone_reads_nothing(world, requester):
    number = steps.file_complaint(requester("pemilik"), "Rahasia kantor arsip.go.id terganggu.")
    stranger = requester("orang asing")
    shown = stranger.goes_to(f"/tiket/{number}").content()
    assert "Rahasia kantor" not in shown and "arsip.go.id" not in shown
    stranger.goes_to("/lacak")
    stranger.sends("/lacak", nomor=number.lower())
    assert "Rahasia kantor" not in stranger.reads() and number in stranger.page.url


def test_the_first_page_is_light(world, browser):
    """All that is carried for the first page, with an empty cache."""
    context = browser.new_context(base_url=world.base)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    carried = []
    session.on("Network.loadingFinished", lambda event: carried.append(event["encodedDataLength"]))
    page.goto("/", wait_until="networkidle")
    context.close()
    assert 0 < sum(carried) <= 60 * 1024, f"{sum(carried)} bytes in {len(carried)} parts"
