import Mail
import Testing

struct CleanHTMLBoundsTests {
  static let bombs: [(name: String, make: @Sendable (Int) -> String)] = [
    ("deep", { String(repeating: "<div>", count: $0 / 5) }),
    ("deep tables", { String(repeating: "<table><tr><td>", count: $0 / 15) }),
    ("deep lists", { String(repeating: "<ul><li>", count: $0 / 8) }),
    ("formatting and paragraphs", { String(repeating: "<b><p>x", count: $0 / 7) }),
    (
      "formatting in every paragraph",
      { String(repeating: "<i>", count: 30) + String(repeating: "<p>x", count: $0 / 4) }
    ),
    ("misplaced in a table", { "<table><tr><b><i><u>" + String(repeating: "x<td></td>", count: $0 / 10) }),
    ("misnested", { String(repeating: "<a href=http://x><b><i><div></a></b></i>", count: $0 / 40) }),
    ("ends of nothing", { String(repeating: "</b></p></td></span>", count: $0 / 20) }),
    (
      "ends of one link far out",
      { "<a href=http://x>" + String(repeating: "<div>", count: 190) + String(repeating: "</a>", count: $0 / 4) }
    ),
    ("attributes", { "<a " + (0..<($0 / 7)).map { "a\($0) " }.joined() + ">x" }),
    ("declarations", { "<p style='" + String(repeating: "color:red;", count: $0 / 10) + "'>x" }),
    ("open comments", { String(repeating: "<!--", count: $0 / 4) }),
    ("dropped and never ended", { String(repeating: "<svg><math><template><select>", count: $0 / 29) }),
    ("signs", { String(repeating: "<", count: $0 / 2) + String(repeating: "&", count: $0 / 2) }),
    ("links", { String(repeating: "<a href=http://x>x", count: $0 / 18) }),
  ]

  @Test(.timeLimit(.minutes(5)), arguments: bombs.map(\.name))
  func `the time grows with the size and no faster`(name: String) throws {
    let bomb = try #require(Self.bombs.first { $0.name == name })
    let clock = ContinuousClock()
    func time(_ size: Int) -> Duration {
      let html = bomb.make(size)
      return (0..<2).map { _ in clock.measure { #expect(CleanHTML(html).problems != ["html_as_text"]) } }.min() ?? .zero
    }
    let times = [10_000, 40_000, 160_000].map(time)
    print("\(name): \(times)")
    // Sixteen times the size; what is quadratic takes 256 times as long. The rest is room for a busy machine.
    #expect(times[2] < times[0] * 100 + .seconds(1), "\(times)")
  }

  @Test func `what is over a bound is cut, told and still safe`() {
    for (name, make) in Self.bombs {
      let clean = CleanHTML(make(200_000))
      #expect(StrictHTML(clean.text).faults.isEmpty, "\(name)")
      #expect(clean.text.utf8.count <= CleanHTML.size, "\(name)")
      #expect(CleanHTML(clean.text).text == clean.text, "\(name)")
    }
    for html in [
      String(repeating: "\"\u{20AC}", count: 500_000),
      "<img src='data:image/png;base64,\(String(repeating: "A", count: 500_000))'>",
      String(repeating: "<b title='\(String(repeating: "&quot;", count: 900))'>x</b>", count: 500),
    ] {
      let clean = CleanHTML(html)
      #expect(clean.text.utf8.count <= CleanHTML.size && CleanHTML(clean.text).text == clean.text)
      #expect(StrictHTML(clean.text).faults.isEmpty)
    }
    let long = CleanHTML(String(repeating: "kata<br>\u{20AC}", count: 400_000))
    #expect(long.problems == ["html_cut"] && long.text.utf8.count <= CleanHTML.size)
    #expect(CleanHTML(String(repeating: "<i><p>", count: 1_000)).problems == ["html_cut"])
  }

  private static let seeds = [
    "<p style='color:red'>Halo <b>Bapak</b> <a href='https://a.example/x?y=1'>klik</a><ul><li>a<li>b</ul>",
    "<table width=600><tr><td bgcolor=#fff>a<td><img src='cid:a@b' alt=x></tr></table><pre>\n x</pre>",
    "<div><blockquote type=cite>lama<br><font face=Arial size=2>x</font></blockquote><h1>a<h2>b</div>",
    "<svg><style><a title='</style><img src=x onerror=canary()>'></style></svg><math><mtext>x</mtext></math>",
  ]

  private static let morsels =
    Hostile.signs.map { "\u{600}" + $0 + "\u{301}" } + Hostile.signs
      + """
      <svg> </svg> <math> <mtext> <style> </style> <!-- --> <![CDATA[ ]]> <title> </title> <noscript> </noscript> <template>
      <table> <tr> <td> </table> <caption> <tbody> <select> <option> <form> <p> </p> <b> </b> <i> </i> <a(href=http://x> </a>
      <a(href=javascript:canary()> <img(src=x(onerror=canary()> style='color:red;position:fixed' url( &lt; &#0; &#x202e;
      <li> <ul> </ul> <dd> <h1> </h1> <pre>(&#10; <textarea> </textarea> <script> </script> <font(color=red> <span> </span>
      <div> </div> <br> </br> <hr> <center> <col> <nobr> <button> <body(onload=x> <frameset> <q> &colon; &Tab; <plaintext>
      """.split { $0 == " " || $0 == "\n" }.map {
      String(String.UnicodeScalarView($0.unicodeScalars.map { $0 == "(" ? " " : $0 }))
    }

  @Test func `a thousand mutated texts come out safe and at rest`() {
    var numbers = Numbers(11)
    let morsels = Self.morsels.map { Array($0.utf8) }
    let seeds = Self.seeds.map { Array($0.utf8) }
    var asText = 0
    for round in 0..<1_000 {
      var bytes = round % 4 == 0 ? [] : seeds[round % seeds.count]
      for _ in 0..<Int.random(in: 1...24, using: &numbers) {
        let at = Int.random(in: 0...bytes.count, using: &numbers)
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: bytes.insert(UInt8.random(in: 0...255, using: &numbers), at: at)
        case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &numbers)))
        case 2: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 40)], at: at)
        default: bytes.insert(contentsOf: morsels[Int.random(in: 0..<morsels.count, using: &numbers)], at: at)
        }
      }
      let clean = CleanHTML(bytes: bytes)
      if clean.problems == ["html_as_text"] { asText += 1 }
      let faults = StrictHTML(clean.text).faults
      let again = CleanHTML(clean.text)
      if !faults.isEmpty || again.text != clean.text {
        Issue.record(
          "\(String(decoding: bytes, as: UTF8.self).debugDescription): \(clean.text) \(faults) \(again.text)")
      }
    }
    #expect(asText == 0, "what does not come to rest")
  }
}
