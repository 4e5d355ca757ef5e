import Dispatch
import Foundation
import Mail

/// libFuzzer target: the input is a message, and behind each NUL byte one record that the DNS answers with. Whatever
/// they say, authentication comes to an end, within its bounds, and proves no more than the settings allow.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ pointer: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let parts = Array(UnsafeBufferPointer(start: pointer, count: count)).split(
    separator: 0, maxSplits: 8, omittingEmptySubsequences: false)
  let raw = Array(parts.first ?? [])
  let records = parts.dropFirst().map(Array.init)
  let done = DispatchSemaphore(value: 0)
  Task.detached {
    await judge(raw, Answers(records: records))
    done.signal()
  }
  done.wait()
  return 0
}

private func judge(_ raw: [UInt8], _ answers: Answers) async {
  let read = MailReader.read(raw)
  let sender = read.returnPath ?? read.sender?.address ?? "siti@dinas.go.id"
  let envelope = IPAddress("192.0.2.7").map { MailEnvelope(client: $0, helo: "mx.dinas.go.id", sender: sender) }
  let settings = AuthenticationSettings(trust: ResultsTrust(servers: ["mx"], inner: ["kotak"], belowBorder: true))
  let report = await MailAuthentication(settings: settings, lookups: answers).verify(
    raw, author: read.sender, envelope: envelope, now: Date(timeIntervalSince1970: 1_793_672_100))
  precondition(report.dkim.count <= AuthenticationLimits.signatures)
  precondition(Set(report.proof.reasons).count == report.proof.reasons.count)
  if report.proof.level == .officialDomain {
    let domain = Array((report.proof.domain ?? "").utf8)
    precondition(domain.suffix(6).elementsEqual(".go.id".utf8) || domain.suffix(8).elementsEqual(".desa.id".utf8))
    precondition(read.sender?.domain.utf8.elementsEqual(domain) == true)
  }
  if let envelope { _ = await SPFCheck.check(envelope, lookups: answers, now: 0, explain: true) }
  for author in read.from.prefix(5) { _ = Disguise().signs(author) }
}

/// A DNS that answers every question with the records of the input, chosen by the name.
private struct Answers: DNSLookups {
  let records: [[UInt8]]

  private func place(_ name: String) -> Int { name.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF } }

  func txt(_ name: String) async -> DNSAnswer<[UInt8]> {
    let place = place(name)
    guard !records.isEmpty else { return place % 2 == 0 ? .noSuchName : .temporaryFailure }
    return .values([records[place % records.count]])
  }

  func a(_ name: String) async -> DNSAnswer<IPAddress> {
    place(name) % 3 == 0 ? .values([]) : .values([IPAddress("192.0.2.7")].compactMap { $0 })
  }

  func aaaa(_ name: String) async -> DNSAnswer<IPAddress> { .noSuchName }

  func mx(_ name: String) async -> DNSAnswer<MailExchange> {
    .values((0...UInt16(place(name) % 12)).map { MailExchange(preference: $0, host: "m\($0).\(name)") })
  }

  func ptr(_ name: String) async -> DNSAnswer<String> {
    .values(records.map { String(decoding: $0.prefix(100), as: UTF8.self) } + ["mx.dinas.go.id"])
  }
}
