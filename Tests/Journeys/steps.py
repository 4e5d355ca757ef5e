"""What officers, the registry and requesters do at their pages, one function a step of the procedure (docs/sop.md)."""
import pathlib
import re

from journey_house import links_in


def desk(number):
    return f"/meja/tiket/{number}"


def check(officer, number, domain="sukamaju.desa.id", authority="officialAddress"):
    """Row 2: *Aduan masalah*."""
    officer.goes_to(desk(number))
    officer.sends("/check", **{
        "masalah": "Situs desa tidak terbuka; server nama lama tidak menjawab.", "domain": domain,
        "kategori": "DNS-02", "sejak": "23 November 2026", "instansi": "Pemerintah Desa Sukamaju",
        "kewenangan": authority, "catatan-kewenangan": "Alamat resmi desa."})
    officer.world.until(number, stage=3)


def analyse(officer, number, way, **fields):
    """Row 3: *Keputusan hasil analisa*, one of its six ways."""
    officer.goes_to(desk(number))
    officer.sends("/analysis", penyebab="Server nama lama sudah dimatikan penyedianya.", keputusan=way, **fields)


def hand_off(officer, number, domain="sukamaju.desa.id"):
    analyse(officer, number, "registry_executes", **{
        "tindakan": "Ubah server nama", "domain-pandi": domain, "sekarang": "ns1.lama.example\nns2.lama.example",
        "diminta": "ns1.baru.example\nns2.baru.example", "bukti": "Server nama baru menjawab untuk zona ini.",
        "pesan-pandi": "Mohon segera; layanan warga berhenti."})
    officer.world.until(number, stage=4)


def team_executes(officer, number):
    analyse(officer, number, "team_executes", tindakan="Betulkan rekaman di panel", alasan="Tidak perlu PANDI.")
    officer.world.until(number, stage=5)


def answer(officer, number, text="Server nama sudah diubah. Situs terbuka kembali."):
    """Row 5: the answer; the row ends when the channel took it."""
    officer.goes_to(desk(number))
    officer.sends("/answer", **{"jawaban": text, "hasil-akhir": "solved"})


def to_confirmation(officer, number, text="Sudah kami betulkan. Silakan dicoba."):
    """Rows 2 to 5 by the team alone."""
    check(officer, number)
    team_executes(officer, number)
    answer(officer, number, text)
    officer.world.until(number, stage=6)


def detour(person, number, name, **fields):
    """One of the other ways on the desk's page."""
    person.goes_to(desk(number))
    person.sends("/" + name, **fields)


def handoff_link(world, number, after=()):
    """The signed link in the newest hand-off letter in the registry's mailbox."""
    letter = world.box("registri").about(number, "registri/permintaan", after=after)
    return letter, next(w for w in links_in(letter, world.base) if "/registri/permintaan/" in w)


def registry_answers(person, address, verdict="done", text="Sudah dilaksanakan pukul 10.00.", reference="TKT-7781"):
    """Row 4, at the signed link or on the registry's own desk."""
    person.goes_to(address)
    path = person.page.evaluate("location.pathname")
    person.sends(path + "/terima")
    assert "diterima" in person.reads()
    person.sends(path, jawaban=verdict, keterangan=text, rujukan=reference)


def follow_link(letter, world):
    return next(w for w in links_in(letter, world.base) if "/tiket/" in w)


def confirms(person, link=None):
    """Row 6, by the link in the answer."""
    if link:
        person.goes_to(link)
    form = person.page.locator("form[action$='/confirmation']:has(button[value=selesai])")
    person.presses(form)


def disputes(person, reason):
    form = person.page.locator("form[action$='/confirmation']:has(textarea)")
    person.fills(form, alasan=reason)
    person.presses(form)


def file_complaint(person, text, name="Sari Dewi", email="", institution="Pemerintah Desa Sukamaju", files=(),
                   domain=None, send=True):
    """Row 1 by the web form, page by page; the ticket's number, unless it is not sent yet."""
    person.goes_to("/")
    person.sends("/lapor", uraian=text)
    if domain is not None or "domain=" in person.page.url:
        person.sends("/lapor", domain=domain or "")
    person.sends("/lapor/pemohon", instansi=institution, jenis="village", nama=name, jabatan="Kepala Desa",
                 surel=email, telepon="0812 3456 7890")
    form = person.form("/lapor/berkas")
    if files:
        person.fills(form, berkas=[str(f) for f in files])
    person.presses(form, "button[value=lanjut]")
    assert all(pathlib.Path(f).name in person.reads() for f in files), person.reads()
    if not send:
        return None
    person.sends("/lapor/periksa")
    assert "/lapor/selesai/" in person.page.url, person.reads()
    return re.search(r"ADU-\d{6}-\d{5}-[0-9A-Z]", person.page.url).group()
