"""Every page of the demo as people see it: telephone and desk, light and dark, with and without JavaScript. No word in
the console, nothing wider than the screen, nothing serious from axe-core, no page that needs a script to be read."""
import sys

import pytest
from pages import SCRIPTS, DemoFacts, Looker, cookies_of, places



@pytest.fixture(scope="module")
def looked(binary, browser):
    """Everything that was found on all pages, and which pages these were."""
    sys.path.insert(0, str(SCRIPTS))
    from demo_server import Demo
    with Demo(binary, tickets=80) as demo:
        looker = Looker(browser, demo.url)
        cookies = cookies_of(demo.port)
        chosen = places(demo.port, DemoFacts(demo.data), cookies)
        for place in chosen:
            looker.look(place, cookies[place.person])
            looker.look(place, cookies[place.person], scripts=False, axe=False)
        yield looker.found, chosen


@pytest.mark.parametrize("mark", ["status", "console", "wider than the screen", "axe"])
def test_no_page_has(looked, mark):
    found = [sentence for sentence in looked[0] if mark in sentence]
    assert not found, f"{len(found)}:\n" + "\n".join(found[:40])


def test_all_parts_of_the_house_were_looked_at(looked):
    names = {place.name for place in looked[1]}
    for part in ("start", "lapor", "lacak", "masuk", "meja", "registri", "pengawas", "kelola", "peragaan-surat", "lapor-periksa",
                 "lapor-selesai", "lapor-pemohon-refused", "desk-analysis-refused", "follow-unproven",
                 "follow-check", "follow-confirmation", "desk-analysis", "desk-closed", "handoff-registry"):
        assert part in names, f"{part} is missing among {sorted(names)}"
    assert len(names) >= 60, sorted(names)


def test_the_eye_is_strict(browser):
    """A page with every flaw the others must not have: each is seen."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_content("<html lang=id><title>x</title><main><img src='data:,'><input><p style='color:#bbb'>pucat</p>"
                     "<div style='width:900px'>lebar</div></main>")
    seen = " ".join(Looker(browser, "").sight(page, axe=True))
    page.close()
    for flaw in ("wider than the screen", "image-alt", "label", "color-contrast"):
        assert flaw in seen, seen
