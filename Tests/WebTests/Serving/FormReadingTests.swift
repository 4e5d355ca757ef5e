import Testing

@testable import Web

/// Numbers that look random and are the same in every run.
struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

struct FormReadingTests {
  @Test func `percent signs plus signs and broken escapes are read as browsers write them`() throws {
    let pairs = try #require(FormCoding.pairs(Array("a=1+2&b=%C3%A9%0A&c&d=%zz%4&e=%00x&=%ff&&a=%2B".utf8), limit: 20))
    #expect(pairs.map(\.0) == ["a", "b", "c", "d", "e", "", "a"])
    #expect(pairs.map(\.1) == ["1 2", "é\n", "", "%zz%4", "x", "\u{FFFD}", "+"])
    #expect(FormCoding.pairs(Array("a&b&c".utf8), limit: 2) == nil)
  }

  @Test func `an escape directly after a broken one is still read`() {
    #expect(FormCoding.decode(Array("%%41%4%42".utf8)) == "%A%4B")
  }

  @Test func `text is trimmed, its line ends are single and it is cut between characters`() {
    let form = FormData([("a", " x\r\ny\rz \n"), ("b", "ééé")])
    #expect(form.text("a") == "x\ny\nz")
    #expect(form.text("b", limit: 3) == "é")
    #expect(form.text("c") == "")
  }

  @Test func `a multipart body gives the same however it is cut`() throws {
    let body = Array(
      ("preamble\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--b \r\n"
        + "content-disposition: FORM-DATA; filename=\"C:\\x\\y;\u{202E}.txt\"; name=f\r\nContent-Type: text/plain; x=1\r\n\r\n"
        + "1\r\n--\r\n-b\r\n\r\n--b--\r\nepilogue").utf8)
    let whole = try gather(body, cuts: [])
    #expect(whole.map(\.0) == ["a", "f"])
    #expect(whole.map(\.1) == [nil, "y;.txt"])
    #expect(whole.map { String(decoding: $0.2, as: UTF8.self) } == ["", "1\r\n--\r\n-b\r\n"])
    for cut in 1..<body.count {
      let parts = try gather(body, cuts: [cut])
      #expect(parts.map(\.0) == whole.map(\.0) && parts.map(\.2) == whole.map(\.2))
    }
    let singly = try gather(body, cuts: Array(1..<body.count))
    #expect(singly.map(\.2) == whole.map(\.2))
  }

  @Test func `no bytes at all make the readers trap`() {
    var dice = Dice(state: 7)
    let words = [
      "--b", "\r\n", "\r\n\r\n", "--", "Content-Disposition: form-data; name=", "\"", ";", "filename=", "%", "=", "&",
      "\\",
    ]
    for _ in 0..<3_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...20, using: &dice) {
        if Bool.random(using: &dice) {
          bytes += Array(words.randomElement(using: &dice)?.utf8 ?? "".utf8)
        } else {
          bytes.append(UInt8.random(in: 0...255, using: &dice))
        }
      }
      _ = try? gather(bytes, cuts: bytes.isEmpty ? [] : [Int.random(in: 0...bytes.count, using: &dice)])
      _ = FormCoding.pairs(bytes, limit: 10)
      let text = FormCoding.text(bytes)
      _ = HeaderValue(text)
      _ = FormData([("a", text)]).text("a", limit: Int.random(in: 0...30, using: &dice))
      #expect(!LogText.safe(text).unicodeScalars.contains { $0.properties.generalCategory == .control })
      #expect(!escapeHTML(text).utf8.contains(60))
    }
  }

  @Test func `a head without end or without a name is refused`() {
    for bad in [
      "--b\r\n" + String(repeating: "x", count: 9_000), "--b\r\n\r\n\r\nx",
      "--b\r\nContent-Disposition: form-data\r\n\r\n",
    ] {
      #expect(throws: WebRefusal.self) { try gather(Array(bad.utf8), cuts: []) }
    }
    #expect(MultipartReader(boundary: "") == nil)
    #expect(MultipartReader(boundary: String(repeating: "x", count: 71)) == nil)
  }

  @Test(arguments: [
    "//e", "/\\e", "https:e", "/%2fe", "/meja/../x", "/meja//x", "/mejax", "/meja\r\nX: y", "", "/meja/",
  ])
  func `nobody is sent elsewhere after signing in`(path: String) {
    #expect(Query([("lanjut", path)]).returnPath("lanjut", under: ["/meja"]) == nil)
  }

  @Test func `an own path is where one goes on after signing in`() {
    let query = Query([("lanjut", "/meja/tiket/ADU-202611-00042-K"), ("halaman", "12")])
    #expect(query.returnPath("lanjut", under: ["/kelola", "/meja"])?.text == "/meja/tiket/ADU-202611-00042-K")
    #expect(query.int("halaman", in: 1...20) == 12 && query.int("halaman", in: 1...5) == nil)
  }

  @Test func `temporary files go and their room is given back`() throws {
    let room = UploadRoom(limit: 10)
    do {
      let folder = UploadFolder(room: room)
      _ = try folder.newFile()
      try folder.reserve(8)
      #expect(room.usedBytes == 8)
      #expect(throws: WebRefusal.self) { try folder.reserve(3) }
    }
    #expect(room.usedBytes == 0)
  }

  @Test func `a log line stays one line and keeps no secret segment`() {
    #expect(LogText.safe("a\r\nb\u{2028}c\u{1B}[31m\u{202E}") == "a\\u{d}\\u{a}b\\u{2028}c\\u{1b}[31m\\u{202e}")
    #expect(LogText.path("/registri/permintaan/abcdefghijklmnopqrstuvwxyz0123") == "/registri/permintaan/…")
  }

  /// The parts of a body fed in pieces: name, file name, content.
  private func gather(_ body: [UInt8], cuts: [Int]) throws -> [(String, String?, [UInt8])] {
    var reader = try #require(MultipartReader(boundary: "b"))
    var parts: [(String, String?, [UInt8])] = []
    var from = 0
    for cut in cuts + [body.count] {
      for event in try reader.feed(body[from..<cut]) {
        switch event {
        case .part(let head): parts.append((head.name, head.fileName, []))
        case .data(let bytes): parts[parts.count - 1].2 += bytes
        case .endOfPart: break
        }
      }
      from = cut
    }
    return parts
  }
}
