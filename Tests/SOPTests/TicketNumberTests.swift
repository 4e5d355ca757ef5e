import Foundation
import Testing
import Townsfolk

@testable import SOP

@Suite struct TicketNumberTests {
  private func samples() -> [TicketNumber] {
    var random = SeededRandom(seed: 7)
    return (0..<300).compactMap { _ in
      TicketNumber(
        month: random.number(in: 1_001...9_999) * 100 + random.number(in: 1...12),
        running: random.number(in: 1...99_999))
    }
  }

  @Test func `a number is read as people type it`() throws {
    let number = TicketNumber.make(42)
    let text = number.description
    #expect(text.utf8.count == 18)
    #expect(text.hasPrefix("ADU-202611-00042-"))
    let bare = String(decoding: text.utf8.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    for typed in [text, text.lowercased(), bare, " \(text) ", "A D U.202611.00042.\(text.suffix(1))"] {
      #expect(TicketNumber(typed) == number)
    }
  }

  @Test func `every single wrong digit is detected`() {
    for number in samples() {
      let symbols = Array(number.description.utf8)
      for index in symbols.indices where (48...57).contains(symbols[index]) {
        for digit in UInt8(48)...57 where digit != symbols[index] {
          var wrong = symbols
          wrong[index] = digit
          #expect(TicketNumber(String(decoding: wrong, as: UTF8.self)) == nil)
        }
      }
    }
  }

  @Test func `every swap of two digits is detected`() {
    for number in samples() {
      let symbols = Array(number.description.utf8)
      let digits = symbols.indices.filter { (48...57).contains(symbols[$0]) }
      for a in digits {
        for b in digits where b > a && symbols[a] != symbols[b] {
          var wrong = symbols
          wrong.swapAt(a, b)
          #expect(TicketNumber(String(decoding: wrong, as: UTF8.self)) == nil)
        }
      }
    }
  }

  @Test func `only one check letter fits`() {
    let text = TicketNumber.make(42).description.dropLast()
    let fitting = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".unicodeScalars.filter { TicketNumber("\(text)\($0)") != nil }
    #expect(fitting.count == 1)
  }

  @Test(arguments: [
    "", "ADU", "ADU-202611-00042", "XDU-202611-00042-A", "ADU-202611-00000-A", "ADU-202613-00042-A",
    "ADU-20261１-00042-A", "ADU-202611-00042-A\u{301}", "ADU_202611_00042_A", "ADU-202611-00042-\u{0}",
    "ADU\r\n202611-00042-A", "A\u{200D}DU-202611-00042-A",
  ])
  func `hostile texts are no numbers`(text: String) { #expect(TicketNumber(text) == nil) }

  @Test func `an endless text is refused without reading it all`() {
    #expect(TicketNumber(String(repeating: "1", count: 10_000_000)) == nil)
    #expect(TicketNumber(String(repeating: "-", count: 1_000_000)) == nil)
  }

  @Test func `months and running numbers have bounds`() {
    for (month, running) in [
      (202_600, 1), (202_613, 1), (99_912, 1), (1_000_001, 1), (202_611, 0), (202_611, 100_000),
      (.min, .min), (.max, .max),
    ] { #expect(TicketNumber(month: month, running: running) == nil) }
    #expect(TicketNumber.month(of: wib(30, 23, 59, 59), in: .jakarta) == 202_611)
    #expect(TicketNumber.month(of: wib(30, 23, 59, 59), in: .jayapura) == 202_612)
  }

  @Test func `a number is stored as text and checked when read`() throws {
    let stored = try JSONEncoder().encode([TicketNumber.first])
    #expect(try JSONDecoder().decode([TicketNumber].self, from: stored) == [.first])
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode([TicketNumber].self, from: Data(#"["ADU-202611-00042-I"]"#.utf8))
    }
    #expect(TicketNumber.first < .second)
  }
}

@Suite struct DomainNameTests {
  @Test func `a name is lower case without the last dot`() {
    #expect(DomainName("SukaMaju.DESA.id.")?.name == "sukamaju.desa.id")
    #expect(DomainName("xn--bcher-kva.go.id")?.name == "xn--bcher-kva.go.id")
    #expect(DomainName("1.go.id") != nil)
    #expect(DomainName(Array(repeating: long(63), count: 3).joined(separator: ".") + "." + long(61)) != nil)
  }

  /// Metacharacters with neighbours that join them into one grapheme (security.md B5).
  @Test func `no metacharacter passes, whatever stands before or behind it`() {
    let metas = [
      "<", ">", "\"", "'", "&", "=", "\n", "\r", "\r\n", ",", ";", "/", "\\", "@", ":", " ", "\t", "\u{0}",
      "%", "*", "_", "?", "#", "(", ")", "[", "]", "|", "$", "`", "。", "．", "\u{FF0E}", "\u{2024}", "\u{212A}",
    ]
    let before = ["", "\u{600}", "\u{110BD}", "a", "\u{1F1EE}"]
    let behind = ["", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{1F3FD}", "\u{E0061}", "b"]
    for meta in metas {
      for a in before {
        for b in behind {
          #expect(DomainName("suka\(a)\(meta)\(b)maju.desa.id") == nil)
          #expect(DomainName("\(a)\(meta)\(b)sukamaju.desa.id") == nil)
          #expect(DomainName("sukamaju.desa.id\(a)\(meta)\(b)") == nil)
        }
      }
    }
    for extend in ["\u{301}", "\u{200D}", "\u{FE0F}", "\u{202E}", "\u{AD}"] {
      #expect(DomainName("sukamaju\(extend).desa.id") == nil)
      #expect(DomainName("sukamaju.\(extend)desa.id") == nil)
      #expect(DomainName("sukamaju.desa.id\(extend)") == nil)
    }
  }

  @Test(arguments: [
    "", ".", "..", "id", "go", ".go.id", "a..go.id", "a.go.id..", "-a.go.id", "a-.go.id", "sukamaju.desa.-",
    "münchen.id",
    "http://a.go.id", "a.go.id/", "a.go.id:80", "user@a.go.id", "a go.id", "ａ.go.id", "127.0.0.1", "10.1", "1.2.3.4.",
    "0x7f.1", "127.0x1", "a.0x7f000001", "[::1]", "::1", "sukamaju.desa.1d",
  ])
  func `addresses, links and broken names are no names`(text: String) { #expect(DomainName(text) == nil) }

  @Test func `lengths are those of the wire`() {
    #expect(DomainName(long(63) + ".id") != nil)
    #expect(DomainName(long(64) + ".id") == nil)
    let four = Array(repeating: long(63), count: 3).joined(separator: ".") + "."
    #expect(DomainName(four + long(62)) == nil)
    #expect(DomainName(four + long(61) + ".") != nil)
    #expect(DomainName(String(repeating: "a.", count: 5_000_000)) == nil)
  }

  @Test func `the registrable name is ours or none`() {
    #expect(DomainName("www.layanan.sukamaju.desa.id")?.registrable == DomainName("sukamaju.desa.id"))
    #expect(DomainName("contohkab.go.id")?.registrable == DomainName("contohkab.go.id"))
    for foreign in ["go.id", "desa.id", "sukamaju.co.id", "go.id.example", "a.desa.id.example", "ago.id", "a.go.idn"] {
      #expect(DomainName(foreign)?.registrable == nil)
    }
  }

  @Test func `a stored name is checked when read`() throws {
    let stored = try JSONEncoder().encode([name("sukamaju.desa.id")])
    #expect(try JSONDecoder().decode([DomainName].self, from: stored) == [name("sukamaju.desa.id")])
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode([DomainName].self, from: Data(#"["a b.go.id"]"#.utf8))
    }
  }
}
