"""Open pages follow what others do, without anybody reloading them."""
import steps


def opens(person, address):
    person.goes_to(address)
    person.page.mouse.move(1, 1)  # nothing moves under the pointer


def test_the_registrys_list_and_the_board_follow_by_themselves(world, staff):
    world.send("Arsip Provinsi <arsip@provinsi.example>", "Ikut bergerak", "Situs arsip.go.id mati sejak Senin.\n")
    number = world.ticket_about("Ikut bergerak")
    rina, yusuf, dewi = staff["rina"], staff["yusuf"], staff["dewi"]
    steps.check(rina, number, "arsip.go.id")
    opens(yusuf, "/registri")
    opens(dewi, "/pengawas")
    assert number not in yusuf.reads()
    steps.hand_off(rina, number, "arsip.go.id")
    yusuf.page.locator(f"#permintaan li a[href$='{number}']").wait_for(timeout=10_000)
    dewi.page.locator(f"#papan .lane:nth-of-type(3) a[href$='{number}']").wait_for(timeout=10_000)
    steps.registry_answers(yusuf, f"/registri/tiket/{number}")
    dewi.page.locator(f"#papan .lane:nth-of-type(4) a[href$='{number}']").wait_for(timeout=10_000)
    assert yusuf.trouble == [] and dewi.trouble == [], (yusuf.trouble, dewi.trouble)
