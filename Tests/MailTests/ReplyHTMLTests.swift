import Mail
import Testing

/// HTML as mail programs write it: what they name a quotation or a signature is folded away.
struct ReplyHTMLTests {
  private static let intro =
    "Pada Sen, 2 Nov 2026 pukul 10.00 Layanan &lt;<a href='mailto:l@x.example'>l@x.example</a>&gt; menulis:"
  private static let block =
    "<b>Dari:</b> Layanan &lt;l@x.example&gt;<br><b>Dikirim:</b> Senin 10.00<br><b>Kepada:</b> Budi<br><b>Perihal:</b> x"

  @Test(arguments: [
    "<div class='gmail_quote gmail_quote_container'><div class='gmail_attr'>\(intro)<br></div>"
      + "<blockquote class='gmail_quote'><div>lama</div></blockquote></div>",
    "<div class='gmail_quote'><div>Di 2 sasi, Layanan nyerat:</div><blockquote class='gmail_quote'>lama</blockquote></div>",
    "<div class='moz-cite-prefix'>Le 2/11 à 10h, Layanan :</div><blockquote type='cite' cite='mid:x'>lama</blockquote>",
    "<p id='reply-intro'>Pada 2 Nov Layanan:</p><blockquote type='cite'>lama</blockquote>",
    "<div id='ydp12yahoo_quoted_345' class='ydp12yahoo_quoted'><div>Layanan:</div><div>lama</div></div>",
    "<div class='protonmail_quote'>\(intro)<br><blockquote class='protonmail_quote' type='cite'>lama</blockquote></div>",
    "<hr style='width:98%'><div id='divRplyFwdMsg'>\(block)</div><div>lama</div>",
    "<div id='appendonsend'></div><hr><div><b>Ti:</b> L<br></div><div>lama</div>",
    "<hr><div id='x_divRplyFwdMsg'>\(block)</div><div>lama</div>",
    "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p>\(block)</p></div><p>lama</p>",
    "<div style='border-top:solid 1pt'><p><b>Saking:</b> L &lt;l@x.example&gt;<br><b>Kala:</b> 2 Nov 10:00<br>"
      + "<b>Dhumateng:</b> B</p></div><p>lama</p>",
    "<div>\(block)</div><p>lama</p>", "<hr id='zwchr'><div>Layanan: lama</div>",
    "<p>\(intro)</p><blockquote>lama</blockquote>",
    "<blockquote style='border-left:1px solid #ccc'>lama</blockquote>", "<div class='zmail_extra'>lama</div>",
    "<div class='gmail_signature'>Budi<br>Dinas Kominfo</div>", "<pre class='moz-signature'>Budi</pre>",
    "<div id='Signature'><p>Budi</p></div>", "<div data-signatureblock='true'>Budi</div>",
    "<div id='ms-outlook-mobile-signature'>Dapatkan <a href='https://aka.ms/x'>Outlook untuk iOS</a></div>",
    "<div id='AppleMailSignature'>Dikirim dari iPhone saya</div><blockquote type='cite'>\(intro)<br>lama</blockquote>",
    "<div>--&nbsp;<br><div class='gmail_signature'>Budi</div></div><div class='gmail_quote'><div class='gmail_attr'>L:</div>"
      + "<blockquote class='gmail_quote'>lama</blockquote></div>",
  ])
  func `what the mail program marked is folded away`(added: String) {
    let parts = ReplySplit.split(html: "<div dir='ltr'><p>Sudah <b>bisa</b>.</p>Terima kasih</div><br>" + added)
    #expect(parts.visible == "Sudah bisa.\n\nTerima kasih")
    #expect(!parts.quoted.isEmpty)
  }

  @Test(arguments: [
    "<div class='gmail_quote'><div class='gmail_attr'>\(intro)</div><blockquote class='gmail_quote'>Domain?</blockquote>"
      + "<div>example.go.id</div><blockquote class='gmail_quote'>Sejak?</blockquote><div>Kemarin</div></div>",
    "<p>Mohon dibantu</p><div class='gmail_quote'>---------- Forwarded message ---------<br>\(block)<br><br>isi</div>",
    "<p>Mohon dibantu</p><blockquote type='cite'><div>Begin forwarded message:</div><div><b>From: </b>L</div>isi</blockquote>",
    "<div class='gmail_signature'>Hanya ini</div>",
    "<div class='gmail_quote'><blockquote type='cite'>hanya</blockquote></div>",
    "<p>Syarat kami:</p><blockquote>satu<br>dua</blockquote>", "<p>Nama:</p><hr><p>Budi</p>",
    "<div style='border-top:1px solid'><p>Domain: a<br>Alamat: b<br>Surel: c@d.example</p></div><p>Tolong</p>",
    "<p>Berikut</p><p>Kepada : Kepala<br>Dari : Sekretaris<br>Tanggal : 3 November 2026<br>Hal : Domain</p><p>isi</p>",
  ])
  func `what the writer may have meant stays`(html: String) {
    let parts = ReplySplit.split(html: html)
    #expect(parts.quoted.isEmpty)
    #expect(!parts.visible.isEmpty)
  }

  @Test func `an answer below the only quotation stays and the quotation goes`() {
    let html =
      "<div class='moz-cite-prefix'>Pada 2 Nov 2026 10.00, L menulis:</div><blockquote type='cite'>Sudah?</blockquote>"
      + "<p>Belum.</p><pre class='moz-signature'>-- \nBudi</pre>"
    #expect(ReplySplit.split(html: html).visible == "Belum.")
  }

  @Test func `html is split on its tree when it is the only text of the mail`() {
    let html = "<p>Sudah.</p><div class='yahoo_quoted'><p>lama</p></div>"
    let header = "From: a@x.example\nSubject: Re: x\nContent-Type: text/html\n\n"
    #expect(Letters.read(header + html).visibleText == "Sudah.")
    #expect(Letters.read(header + html).quotedText == "lama")
    let mixed =
      "From: a@x.example\nSubject: Re: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
      + "Satu.\n--b\nContent-Type: text/html\n\n\(html)\n--b--\n"
    #expect(Letters.read(mixed).visibleText == "Satu.\nSudah.\n\nlama")
  }

  @Test func `a sender's own classes do not reach the tree`() {
    #expect(ReplySplit.split(html: "<p>a</p><p class='1'>b</p><div class='16'>c</div>").visible == "a\n\nb\n\nc")
  }
}
