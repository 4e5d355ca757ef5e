import Mail
import Testing

struct CleanHTMLTests {
  private func link(_ address: String, _ text: String) -> String {
    "<a href=\"\(address)\" rel=\"noopener noreferrer nofollow\" target=\"_blank\" dir=\"auto\">\(text)</a>"
  }

  private func clean(_ html: String) -> String { CleanHTML(html).text }

  @Test(arguments: [
    ("<p>satu<p>dua", "<p>satu</p><p>dua</p>"), ("a<br>b</br>c", "a<br>b<br>c"),
    ("<B>te</B>bal &amp; &lt;b&gt; \u{A0}", "<b>te</b>bal &amp; &lt;b&gt; \u{A0}"),
    ("<section><h1>a<h2>b</h1></section>", "<div><h1>a</h1><h2>b</h2></div>"),
    ("<ul><li>a<li><b>c<li>d</ul>e", "<ul><li>a</li><li><b>c</b></li><li><b>d</b></li></ul><b>e</b>"),
    ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
    ("<p><b>a<div>b</div>c</b>d", "<p><b>a</b></p><div><b>b</b></div><b>c</b>d"),
    ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b><i>c</i>"), ("<b><div>a</b>b</div>c", "<b><div>ab</div></b>c"),
    ("<table><td>a<tr><td>b</table>c", "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>c"),
    ("<table> lepas <tr><td>a</table>", "<table><tbody><tr><td> lepas </td></tr><tr><td>a</td></tr></tbody></table>"),
    ("<pre>\n\na</pre>", "<pre>\n\na</pre>"), ("<listing>&lt;img&gt;</listing>", "<pre>&lt;img&gt;</pre>"),
    ("<p title='a&quot;&#10;b\u{202E}'>x", "<p title=\"a&quot; b\">x</p>"), ("1 < 2 <3 & 4", "1 &lt; 2 &lt;3 &amp; 4"),
    ("<b></b><span> </span><a href=x></a>", "<span> </span>"), ("<o:p>a</o:p><blink>b</blink>", "ab"),
    (
      "<center><font color=red size=+1 face='Arial'>x",
      "<center><font color=\"red\" size=\"+1\" face=\"Arial\">x</font></center>"
    ),
    ("<td width=10% colspan=2 rowspan=9999>x", "x"),
    (
      "<table width=100% border=0 background=x><td nowrap width='20px' bgcolor=FFF>x",
      "<table width=\"100%\" border=\"0\"><tbody><tr><td nowrap=\"\" width=\"20\" bgcolor=\"#fff\">x</td></tr></tbody></table>"
    ),
  ])
  func `what a person wrote is kept`(html: String, expected: String) {
    #expect(clean(html) == expected)
  }

  @Test(arguments: [
    "<script>canary()</script>", "<SCRIPT/x>canary()</SCRIPT >", "<style>*{}</style>", "<!-- a --><!-->", "<?xml a?>",
    "<!doctype html>", "<![CDATA[a]]>", "<svg><p>a</p></svg>", "<svg/>", "<math><mtext>a</math>",
    "<template><p>a</template>", "<noscript>a</noscript>", "<textarea>a</textarea>", "<title>a</title>",
    "<select><option>a</select>", "<xmp>a</xmp>", "<iframe src=x>a</iframe>", "<noembed>a</noembed>",
    "<noframes>a</noframes>", "<object data=x>a</object>", "<embed src=x>", "<base href=//x>", "<link href=x>",
    "<meta http-equiv=refresh content=0>", "<video src=x>a</video>", "<audio src=x></audio>", "<form action=x></form>",
    "<input value=a>", "<button></button>", "<frameset><frame src=x></frameset>", "<xml><o:p>a</o:p></xml>", "<p a",
    "<img src=x>", "<img src=/keluar>", "<a name=x></a>", "<title>a", "<script>a",
  ])
  func `what may not be shown is not there`(html: String) {
    let left = clean("[" + html + "]")
    #expect(left == "[]" || left == "[", "\(html)")
  }

  @Test(arguments: ["<svg>a", "<!-- a", "<template>a", "<plaintext>a", "<select>a", "<noscript>a", "<math>a"])
  func `what nobody ends hides nothing`(html: String) {
    #expect(clean(html + "<p>isi").utf8.elementsEqual(clean(html + "<p>isi").utf8))
    #expect(clean(html + "<p>isi").contains("isi"))
  }

  @Test(arguments: [
    ("https://a.example/x?y=1&amp;z=2#q", "https://a.example/x?y=1&amp;z=2#q"),
    (" HTTP:\\\\a.example\\x ", "http://a.example/x"), ("//a.example:80/", "https://a.example:80/"),
    ("http://[::1]:80/", "http://[::1]:80/"),
    ("ht\ntp://a.example/\u{202E}é", "http://a.example/%E2%80%AE%C3%A9"), ("www.a.example", "http://www.a.example"),
    ("mailto:a@b.example?subject=x y", "mailto:a@b.example?subject=x%20y"), ("tel:+62 21-555", "tel:+6221-555"),
  ])
  func `links lead outside and tell nothing`(address: String, expected: String) {
    #expect(clean("<a href=\"\(address)\">x</a>") == link(expected, "x"))
  }

  @Test(arguments: [
    "javascript:canary()", "JaVa\tScript:canary()", "&#106;avascript:canary()", "java&Tab;script&colon;canary()",
    "\u{1}javascript:canary()", "\u{2028}javascript:canary()", "javascript\u{301}:canary()", "vbscript:x",
    "data:text/html,x", "file:///etc", "cid:x", "blob:x", "ftp://x", "/keluar", "../x", "#x", "", "http:", "http://",
    "https:a.example", "http:///", "https://?x", "tel:*21*1%23", "about:blank", "http", "view-source:http://x",
    "//javascript:canary()", "https://bank.example@a.example/", "http://:80/", "https:\\\\a.example:x",
  ])
  func `an address of any other kind is no link`(address: String) {
    #expect(clean("<a href=\"\(address)\">x</a>") == "x", "\(address)")
  }

  @Test func `nothing is called by a name that a page could ask for`() {
    #expect(clean("<p id=a name=b class=c for=d data-x=e onclick=f is=g slot=h>x") == "<p>x</p>")
  }

  @Test func `a remote image keeps its address and does not load until asked`() {
    let html =
      "<img src='http://a.example/p.gif?x&amp;y' alt=Logo width=1><img srcset='http://b/ 2x' src=//c.example/d>"
    let blocked = CleanHTML(html)
    #expect(
      blocked.text == "<img data-remote-src=\"http://a.example/p.gif?x&amp;y\" alt=\"Logo\" width=\"1\">"
        + "<img data-remote-src=\"https://c.example/d\">")
    #expect(blocked.remoteImages == 2)
    let allowed = CleanHTML(html, remote: .allowed)
    #expect(
      allowed.text
        == "<img src=\"http://a.example/p.gif?x&amp;y\" referrerpolicy=\"no-referrer\" alt=\"Logo\" width=\"1\">"
        + "<img src=\"https://c.example/d\" referrerpolicy=\"no-referrer\">")
    #expect(CleanHTML(blocked.text, remote: .allowed) == allowed, "what was kept blocked can be shown later")
    #expect(CleanHTML(allowed.text) == blocked)
  }

  @Test func `an image of the same message is shown from its place, of another never`() {
    let part = { (id: String) in id == "a@b" ? "/meja/lampiran/7" : nil }
    let clean = CleanHTML("<img src='CID:a%40b'><img src=cid:lain alt=q><img src=/meja/lampiran/8 alt=r>", part: part)
    #expect(
      clean.text == "<img data-cid=\"a@b\" src=\"/meja/lampiran/7\"><img data-cid=\"lain\" alt=\"q\"><img alt=\"r\">")
    #expect(CleanHTML(clean.text, part: part) == clean)
    #expect(clean.remoteImages == 0)
    for place in ["//a.example", "javascript:x", "https://a", "/a b", "/a\"b", "/\\a", "", "x"] {
      #expect(CleanHTML("<img src=cid:a>", part: { _ in place }).text == "<img data-cid=\"a\">", "\(place)")
    }
  }

  @Test func `pictures within the text are kept when they can only be pictures`() {
    let picture = "data:image/png;base64,iVBORw0KGgo="
    #expect(clean("<img src='\(picture)'>") == "<img src=\"\(picture)\">")
    for source in ["data:image/svg+xml;base64,AAAA", "data:text/html;base64,AAAA", "data:image/png,abc", "data:,x"] {
      #expect(clean("<img src='\(source)'>").utf8.isEmpty, "\(source)")
    }
  }

  @Test(arguments: [
    ("color:RED;font-size: 12.50pt !important", "color: red; font-size: 12.5pt"),
    ("font-family:\"新細明體\",Arial,'Times New Roman'", "font-family: '新細明體', Arial, Times New Roman"),
    (
      "background:#FFF;border:none;border-top:solid rgb( 1,2 , 3 ) 1.0pt",
      "background-color: #fff; border: none; border-top: 1pt solid rgb(1, 2, 3)"
    ),
    (
      "margin:0 auto;padding:1px 2px 3px;width:100%;height:10",
      "margin: 0 auto; padding: 1px 2px 3px; width: 100%; height: 10px"
    ),
    (
      "text-decoration:underline line-through/* x */;line-height:1.5",
      "text-decoration: underline line-through; line-height: 1.5"
    ),
  ])
  func `style of plain values is kept`(style: String, expected: String) {
    let escaped = expected.replacing("'", with: "&#39;")
    #expect(clean("<p style=\"\(style.replacing("\"", with: "&quot;"))\">x") == "<p style=\"\(escaped)\">x</p>")
  }

  @Test(arguments: [
    "position:fixed", "position:/**/absolute", "background:url(//a)", "background-image:url(a)", "width:expression(1)",
    "behavior:url(x)", "-moz-binding:url(x)", "color:\\72 ed", "c\\6flor:red", "@import 'x'", "content:'x'",
    "margin:-9px", "text-indent:-999px", "font-size:0", "font-size:1px", "line-height:0", "display:none",
    "visibility:hidden", "opacity:0", "color:transparent", "color:rgba(0,0,0,0)", "z-index:9", "transform:none",
    "width:calc(1px)", "width:99999px", "color:var(--x)", "--x:1", "filter:x", "cursor:url(a)", "font:url(a)",
    "font-family:url(a)", "font-family:'a\\'", "font-family:'<b>'", "list-style:url(a)", "color:red blue", "color",
    "color:", ":red", "{color:red}", "color:red}", "width:1px(", "color:\u{FF55}rl(x)", "top:1px", "overflow:hidden",
  ])
  func `style that loads, moves, hides or is not understood is dropped`(style: String) {
    #expect(clean("<p style=\"\(style)\">x") == "<p>x</p>")
  }

  @Test func `text keeps its direction to itself`() {
    #expect(clean("a\u{202E}b\u{2066}c\u{200F}d") == "abc\u{200F}d")
    #expect(clean("<bdo dir=rtl>x</bdo>") == "<bdi dir=\"rtl\">x</bdi>")
  }

  @Test func `no neighbour hides a sign`() {
    for sign in Hostile.all {
      let html = "\(sign)<p title=\"\(sign)\">x<img alt=x\(sign)onerror=canary()>\(sign)<script>\(sign)</script>"
      let clean = CleanHTML(html)
      let judge = StrictHTML(clean.text)
      #expect(judge.faults.isEmpty, "\(html.debugDescription) \(clean.text)")
      #expect(CleanHTML(clean.text) == clean, "\(html.debugDescription)")
    }
    #expect(clean("\u{600}<b>\u{301}x") == "\u{600}<b>\u{301}x</b>")
    #expect(clean("\u{600}<\u{301}b>") == "\u{600}&lt;\u{301}b&gt;")
  }

  @Test func `bytes that are no text and lone signs come to life`() {
    #expect(CleanHTML(bytes: [0xFF, 60, 98, 62, 0xC3, 0, 60, 47]).text == "\u{FFFD}<b>\u{FFFD}&lt;/</b>")
    #expect(CleanHTML(bytes: []).text.utf8.isEmpty)
  }
}
