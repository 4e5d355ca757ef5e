import Mail
import Testing

struct QuoteTests {
  private func split(_ text: String) -> MailMessage {
    Letters.read("From: a@x.example\nContent-Type: text/plain; charset=utf-8\n\n" + text)
  }

  @Test(arguments: [
    ("Sudah bisa.\n\nOn Mon, 2 Nov 2026, Layanan <l@x.example> wrote:\n> lama\n> sekali\n", "Sudah bisa."),
    ("Sudah bisa.\n\nPada tanggal 2 Nov 2026, Layanan\n<l@x.example> menulis:\n\n> lama\n", "Sudah bisa."),
    ("Terima kasih\n-- \nBudi\nDinas\n", "Terima kasih"),
    ("Baik.\n\n-----Original Message-----\nFrom: L\nSent: Senin\nTo: B\nSubject: x\n\nlama\n", "Baik."),
    ("Baik.\n\n________________________________\nDari: L\nDikirim: Senin\nKepada: B\nPerihal: x\n\nlama\n", "Baik."),
  ])
  func `a plain quotation or signature at the end is cut off`(text: String, visible: String) {
    let message = split(text)
    #expect(message.visibleText == visible)
    #expect(!message.quotedText.isEmpty)
  }

  @Test(arguments: [
    "> Apa domainnya?\nexample.go.id\n> Sejak kapan?\nKemarin\n",
    "Lihat di bawah.\n\n---------- Forwarded message ---------\nFrom: L\nDate: Senin\nSubject: x\nTo: B\n\npenting\n",
    "> hanya kutipan\n", "Dari: Budi\nkami lapor domain mati\n", "On Monday he wrote:\nteks biasa\n",
  ])
  func `what is uncertain stays visible`(text: String) {
    let message = split(text)
    #expect(message.visibleText == message.text)
    #expect(message.quotedText.isEmpty)
  }
}
