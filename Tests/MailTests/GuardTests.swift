import Mail
import Testing

struct GuardTests {
  @Test(arguments: [
    "From: " + String(repeating: "g:", count: 60_000) + "\nSubject: x\n\nisi",
    "Subject: x\nTo:\n " + String(repeating: "g:\n ", count: 60_000) + "\n\nisi",
    "Subject: x\nContent-Type: message/rfc822\n\nFrom: " + String(repeating: "g:", count: 300_000) + "\n\nisi",
    "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nCc: "
      + String(repeating: "g:", count: 300_000) + "\n\nisi\n--b--\n",
  ])
  func `a bomb of address groups is survived and told`(text: String) {
    let message = Letters.read(text)
    #expect(message.unreadable == "address_group_bomb")
    #expect(message.problems.contains("address_group_bomb"))
    #expect(message.sender == nil)
    #expect(message.subject == "x")
  }

  @Test func `many colons in the text of a person are no bomb`() {
    let text = String(repeating: "{\"a\":1},", count: 5_000)
    let message = Letters.read("From: a@x.example\n\n" + text)
    #expect(message.unreadable == nil)
    #expect(message.text == text)
  }

  @Test func `a header over its bounds is cut and the text still read`() {
    let fields = Letters.read("Subject: x\n" + String(repeating: "X-A: b\n", count: 100_000) + "\nisi")
    #expect(fields.problems.contains("header_too_large") && fields.text == "isi" && fields.subject == "x")
    let long = Letters.read("Subject: x\nX-A: " + String(repeating: "a", count: 10 << 20) + "\n\nisi")
    #expect(long.problems.contains("header_too_large") && long.text == "isi")
  }

  @Test func `addresses and parts over their bounds are cut and told`() {
    let many = Letters.read("To: " + String(repeating: "a@x.example, ", count: 2_000) + "\n\nisi")
    #expect(many.to.count == MailLimits.addresses && many.problems.contains("too_many_addresses"))
    let part = "--b\nContent-Type: text/plain\n\na\n"
    let parts = Letters.read(
      "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n" + String(repeating: part, count: 100_000))
    #expect(parts.problems.contains("too_many_parts") && parts.text.hasPrefix("a"))
  }

  @Test func `headers of parts and inner messages are bounded as well`() {
    let start = "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nisi\n--b\n"
    let fields = String(repeating: "X: y\n", count: 500_000)
    for inner in ["", "Content-Type: message/rfc822\n\n", "Content-Type:\n message/rfc822\n\n"] {
      let message = Letters.read(start + inner + fields + "\nx\n--b--\n")
      #expect(message.problems.contains("part_header_too_large") && message.text.hasPrefix("isi"))
    }
  }

  @Test func `a text attachment that looks like a header is not cut`() {
    let log = String(repeating: "INFO: baris\n", count: 60_000)
    let message = Letters.read(
      "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nisi\n--b\n"
        + "Content-Type: text/plain; name=log.txt\nContent-Disposition: attachment\n\n" + log + "\n--b--\n")
    #expect(message.attachments.first?.bytes.count == log.utf8.count)
    #expect(!message.problems.contains("part_header_too_large"))
  }

  @Test func `nesting over its bound ends and what stands above is kept`() {
    var text = "From: a@x.example\nContent-Type: multipart/mixed; boundary=b0\n\n--b0\n\nterbaca\n"
    for depth in 0..<20_000 {
      text += "--b\(depth)\nContent-Type: multipart/mixed; boundary=b\(depth + 1)\n\n"
    }
    let message = Letters.read(text)
    #expect(message.text.hasPrefix("terbaca"))
    #expect(message.problems.contains("too_deep") || message.problems.contains("too_many_parts"))
  }

  @Test func `text over a megabyte is cut and told`() {
    let message = Letters.read("From: a@x.example\n\n" + String(repeating: "kata ", count: 400_000))
    #expect(message.text.utf8.count <= MailLimits.text && message.problems.contains("text_too_long"))
  }

  @Test func `every truncation of a letter comes to life`() {
    for letter in [Letters.plain, Letters.mixed, Letters.bounce] {
      let bytes = Array(letter.utf8)
      for end in bytes.indices {
        let message = MailReader.read(Array(bytes[..<end]))
        #expect(message.text.utf8.count <= MailLimits.text)
      }
    }
  }

  @Test func `twenty thousand mutated or random messages come to life`() {
    var numbers = Numbers(7)
    let seeds = [Letters.plain, Letters.mixed, Letters.bounce].map { Array($0.utf8) }
    let morsels =
      Hostile.all.map { Array($0.utf8) }
      + ["boundary=", "=?utf-8?B?", "\n\n", "--b", "g:g:", "<", "(((("].map { Array($0.utf8) }
    for round in 0..<20_000 {
      var bytes = seeds[round % seeds.count]
      if round % 10 == 0 {
        bytes = (0..<Int.random(in: 0..<400, using: &numbers)).map { _ in UInt8.random(in: 0...255, using: &numbers) }
      }
      for _ in 0..<Int.random(in: 1...6, using: &numbers) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
        case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &numbers)))
        case 2: bytes.insert(contentsOf: morsels[Int.random(in: 0..<morsels.count, using: &numbers)], at: at)
        default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 60)], at: at)
        }
      }
      let message = MailReader.read(bytes)
      let oneLine =
        [message.subject, message.messageID ?? ""] + message.from.flatMap { [$0.name, $0.address] }
        + message.attachments.map(\.fileName)
      for value in oneLine {
        #expect(
          !value.unicodeScalars.contains { $0.value < 32 || (0x7F...0x9F).contains($0.value) || $0.value == 0x2028 })
      }
      #expect(
        message.attachments.allSatisfy { (1...120).contains($0.fileName.utf8.count) && !$0.fileName.utf8.contains(47) })
    }
  }
}
