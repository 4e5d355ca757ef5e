import Mail
import Testing

struct AddressTests {
  @Test(arguments: [
    "a@b.id", "a.b+c_d@dinas-x.example.go.id", "o'neil@x.example", "büro@münchen.example", "a@xn--p1ai.id",
  ])
  func `a plain address passes as it stands`(text: String) {
    #expect(MailAddress.parse(text) == MailAddress(address: text))
  }

  @Test(arguments: [
    "", "a", "@", "a@", "@b.id", "a@b", "a@b@c.id", "a b@c.id", "<a@b.id>", "a@b.id ", "a@b.id\r\nBcc: x@y.id",
    "a@b.id\0",
    ".a@b.id", "a.@b.id", "a..b@c.id", "a@-b.id", "a@b-.id", "a@b..id", "a@.b.id", "a@b.id.", "a@[127.0.0.1]",
    "a@127.0.0.1",
    "\"a\"@b.id", "a(x)@b.id", "a,b@c.id", "a@b_c.id", "a@b.id\u{2028}", "a\u{85}@b.id", "a\u{600}@b.id",
    "a\u{202E}@b.id",
  ])
  func `anything else is refused`(text: String) {
    #expect(MailAddress.parse(text) == nil)
  }

  @Test func `no metacharacter passes beside any neighbour`() {
    let allowed = ["'", "&", "=", "/", ".", "?=", "=?"]
    for sign in Hostile.signs + Hostile.lineEnds where !allowed.contains(sign) {
      for front in Hostile.before {
        for back in Hostile.after {
          #expect(MailAddress.parse("a\(front)\(sign)\(back)b@c.id") == nil || sign == "@" && front.isEmpty)
          #expect(MailAddress.parse("ab@c\(front)\(sign)\(back)d.id") == nil)
        }
      }
    }
  }

  @Test func `lengths are those of the standard`() {
    let local = String(repeating: "a", count: 64)
    #expect(MailAddress.parse(local + "@b.id") != nil)
    #expect(MailAddress.parse("a" + local + "@b.id") == nil)
    #expect(MailAddress.parse("a@" + String(repeating: "b", count: 63) + ".id") != nil)
    #expect(MailAddress.parse("a@" + String(repeating: "b", count: 64) + ".id") == nil)
    #expect(MailAddress.parse("a@" + String(repeating: "b.", count: 126) + "id") == nil)
    #expect(MailAddress.parse([0x61, 0x40, 0x62, 0xFF, 0x2E, 0x69, 0x64]) == nil)
  }
}
