import Mail
import Testing

struct AutomaticTests {
  @Test(arguments: [
    ("Auto-Submitted: auto-replied", Automatic.Kind.autoReply), ("Auto-Submitted: auto-generated", .notification),
    ("Auto-Submitted: no", .none), ("Auto-Submitted: auto-forwarded", .none), ("Precedence: list", .list),
    ("Precedence: bulk", .notification), ("Precedence: auto_reply", .autoReply), ("List-Id: <x.example>", .list),
    ("X-Auto-Response-Suppress: All", .notification), ("X-Auto-Response-Suppress: DR, RN, NRN", .none),
    ("Feedback-ID: 1:surel", .none), ("X-MS-Exchange-Inbox-Rules-Loop: budi@dinas.example.go.id", .none),
    ("Auto-Submitted: vacation", .autoReply), ("X-MLServer: kami", .list), ("X-Autoreply: yes", .autoReply),
    ("X-Loop: kami", .notification),
    ("Return-Path: <>", .notification), ("X-Mailer: apa saja", .none),
  ])
  func `headers of machines are seen, of persons are not`(header: String, kind: Automatic.Kind) {
    let message = Letters.read(header + "\nFrom: a@x.example\nSubject: domain mati\n\nisi")
    #expect(message.automatic.kind == kind)
    #expect(message.automatic.reasons.isEmpty == (kind == .none))
  }
}

extension String {
  func replacingOccurrences(_ old: String, _ new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
