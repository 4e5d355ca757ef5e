import Mail
import Testing

struct HTMLTextTests {
  private func text(_ html: String) -> String {
    Letters.read("From: a@x.example\nContent-Type: text/html; charset=utf-8\n\n" + html).text
  }

  @Test(arguments: [
    ("<p>satu<p>dua", "satu\n\ndua"), ("a<br>b", "a\nb"), ("<div>a</div><div>b</div>", "a\nb"),
    ("<b>te</b>bal &amp; &lt;b&gt;", "tebal & <b>"), ("<ul><li>a<li>b</ul>", "- a\n- b"),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
    ("<script>jahat()</script><style>p{}</style>baik<!-- rahasia -->", "baik"),
    ("<title>judul</title>isi", "isi"), ("halo<blockquote>lama<br>sekali</blockquote>", "halo\n> lama\n> sekali"),
    ("<a href='https://x.example/a'>klik</a>", "klik (https://x.example/a)"),
    ("<a href='https://x.example/'>x.example</a>", "x.example"), ("<a href='javascript:x'>klik</a>", "klik"),
    ("<pre>a\n  b</pre>", "a\n  b"), ("1 < 2", "1 < 2"), ("<img alt='peta' src=x>", "peta"),
  ])
  func `html reads as a person would read it`(html: String, expected: String) {
    #expect(text(html) == expected)
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      String(repeating: "<div>", count: 100_000) + "isi", String(repeating: "<b><p>", count: 50_000) + "isi",
      "<a " + (0..<60_000).map { "a\($0) " }.joined() + ">isi</a>",
      String(repeating: "<table><tr><td>", count: 30_000) + "isi",
      (0..<1_000).map { "<font size=\($0)>" }.joined() + String(repeating: "<p>x", count: 10_000) + "isi",
      String(repeating: "</p>", count: 200_000) + "isi", String(repeating: "<a href=x>", count: 90_000) + "isi",
      String(repeating: "<!--", count: 100_000) + "--> isi", "<p>isi <" + String(repeating: "script><", count: 50_000),
    ])
  func `html built to exhaust is read in bounds`(html: String) {
    #expect(text(html).contains("isi"))
  }
}
