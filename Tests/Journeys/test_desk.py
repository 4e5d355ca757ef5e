"""The desk under somebody's hands: what is sent can be taken back, lists follow, keys do what the mouse does."""
import itertools

import pytest
import steps
from house import wait_until

counting = itertools.count(1)
KOMINFO = "Diskominfo Kotajaya <kominfo@kotajaya.example>"
HIDDEN = """hidden => { Object.defineProperty(document, "hidden", {get: () => hidden, configurable: true});
  document.dispatchEvent(new Event("visibilitychange", {bubbles: true})); }"""
SOURCES = """window.sources = [];
  window.EventSource = class extends EventSource { constructor(...a) { super(...a); sources.push(this); } };"""


@pytest.fixture
def ticket(world):
    subject = f"Di meja {next(counting)}"
    world.send(KOMINFO, subject, "Situs kotajaya.go.id tidak dapat dibuka sejak Senin.\n")
    return world.ticket_about(subject)


def test_what_was_sent_is_taken_back_and_sent_after_all(world, staff, ticket):
    rina = staff["rina"]
    rina.goes_to(steps.desk(ticket))
    form = rina.form("/message")
    rina.fills(form, pesan="Terlalu cepat 5511.")
    form.locator("button:not([type=button])").click()
    rina.page.locator(".bar", has_text="Esc membatalkan").wait_for()
    rina.page.keyboard.press("Escape")
    assert rina.page.locator(".bar").count() == 0
    assert form.locator("textarea").input_value() == "Terlalu cepat 5511."
    assert "writtenToRequester" not in world.events(ticket)
    # While something waits, no other form takes the page away from under it.
    form.locator("button:not([type=button])").click()
    note = rina.form("/note")
    rina.fills(note, catatan="Sementara itu.")
    note.locator("button:not([type=button])").click()
    assert rina.page.locator(".bar button", has_text="Kirim sekarang").evaluate("e => e === document.activeElement")
    with rina.page.expect_navigation(wait_until="load"):
        rina.page.keyboard.press("Enter")
    assert world.events(ticket).count("writtenToRequester") == 1 and "noteAdded" not in world.events(ticket)
    assert rina.page.locator("[name=catatan]").input_value() == "Sementara itu.", "the note was a draft meanwhile"
    world.box("kominfo").about(ticket, "5511")
    assert rina.trouble == [], rina.trouble


def test_ten_seconds_pass_by_themselves_and_a_double_click_is_one_answer(world, staff, ticket):
    rina = staff["rina"]
    steps.check(rina, ticket, "kotajaya.go.id")
    steps.team_executes(rina, ticket)
    rina.goes_to(steps.desk(ticket))
    form = rina.form("/answer")
    rina.fills(form, **{"jawaban": "Sudah kami betulkan.", "hasil-akhir": "solved"})
    with rina.page.expect_navigation(wait_until="load", timeout=15_000):
        form.locator("button:not([type=button])").dblclick()
    world.until(ticket, stage=6)
    assert world.events(ticket).count("answerSent") == 1


def test_a_draft_is_there_again_and_colleagues_see_it_being_written(world, staff, ticket):
    rina, dewi = staff["rina"], staff["dewi"]
    rina.goes_to(steps.desk(ticket))
    dewi.goes_to(steps.desk(ticket))
    question = rina.form("/question")
    rina.fills(question, pertanyaan="Sejak kapan tep")
    dewi.page.locator("[data-live-text=hadir]", has_text="Rina Wulandari sedang menulis pertanyaan").wait_for(timeout=9_000)
    question.locator("[data-draft-state]", has_text="Konsep tersimpan").wait_for()
    rina.goes_to(steps.desk(ticket))
    assert rina.page.locator("[name=pertanyaan]").input_value() == "Sejak kapan tep"
    assert rina.page.locator("[name=pertanyaan]").is_visible()


def test_a_page_nobody_sees_gives_its_line_back_and_looks_when_it_is_seen(world, staff, ticket):
    rina = staff["rina"]
    rina.context.add_init_script(SOURCES)
    rina.goes_to(steps.desk(ticket))
    lines = "() => sources.map(s => s.readyState)"
    wait_until(lambda: rina.page.evaluate(lines) == [1], 5, "one open line")
    rina.page.evaluate(HIDDEN, True)
    assert rina.page.evaluate(lines) == [2]
    steps.detour(staff["dewi"], ticket, "note", catatan="Sementara Rina tidak melihat.")
    assert rina.page.locator(".bar").count() == 0
    rina.page.evaluate(HIDDEN, False)
    rina.page.locator(".bar", has_text="Ada perubahan baru").wait_for()
    assert rina.page.evaluate(lines) == [2, 1]


def test_the_queue_follows_and_waits_for_the_pointer(world, staff):
    rina = staff["rina"]
    rina.goes_to("/meja?tampil=bebas")
    rina.page.mouse.move(1, 1)
    subject = f"Di meja {next(counting)}"
    world.send(KOMINFO, subject, "Situs kotajaya.go.id tidak dapat dibuka.\n")
    first = world.ticket_about(subject)
    row = rina.page.locator(f"#antrean a[href$='{first}']")
    row.wait_for(timeout=10_000)
    row.hover()
    steps.detour(staff["budi"], first, "taking")
    rina.page.locator(".bar", has_text="Daftar ini berubah").wait_for(timeout=10_000)
    assert row.count() == 1, "nothing moves under the pointer"
    rina.page.mouse.move(1, 1)
    row.wait_for(state="detached", timeout=10_000)
    wait_until(lambda: rina.page.locator(".bar").count() == 0, 5, "the hint gone")
    assert rina.trouble == [], rina.trouble


def test_keys_open_the_form_of_the_row_and_commands_find_everything(world, staff, ticket):
    rina = staff["rina"]
    steps.check(rina, ticket, "kotajaya.go.id")
    steps.hand_off(rina, ticket, "kotajaya.go.id")
    page = rina.goes_to(steps.desk(ticket))
    page.keyboard.press("s")
    assert page.locator("[name=hasil]").first.is_visible()
    page.locator("[data-shortcuts]").first.click()
    page.locator("dialog[data-help]").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Cari tindakan")
    box.fill("eskalasi")
    page.keyboard.press("Enter")
    assert page.locator("[name=alasan-eskalasi]").evaluate("e => e === document.activeElement")
    page.keyboard.press("Control+k")
    box.fill("lisan")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    assert page.url.endswith("/meja/baru")
    page.keyboard.press("Control+k")
    box.fill(ticket)
    page.locator(".palette [role=option]").first.wait_for()
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    assert page.url.endswith(ticket)
    assert rina.trouble == [], rina.trouble


def test_a_saved_reply_goes_into_the_answer_too(world, staff, ticket):
    admin = staff["admin"]
    admin.goes_to("/kelola/balasan/baru")
    form = admin.page.locator("main form[method=post]:has(textarea)").first
    admin.fills(form, judul="Sudah pulih", naskah="Silakan dicoba kembali 7712.")
    admin.presses(form)
    rina = staff["rina"]
    steps.check(rina, ticket, "kotajaya.go.id")
    steps.team_executes(rina, ticket)
    rina.goes_to(steps.desk(ticket))
    rina.page.locator("#balasan-jawaban").select_option(label="Sudah pulih")
    rina.page.locator("form:has(#balasan-jawaban) button").click()
    assert rina.page.locator("[name=jawaban]").input_value().endswith("Silakan dicoba kembali 7712.")
