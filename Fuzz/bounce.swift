import Foundation
import Mail

/// libFuzzer target: any bytes are the words of a mail system, once as plain text and once as the fields of a report.
/// Whatever is read out of them is clean, bounded and agrees with itself.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ pointer: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: pointer, count: count))
  let head = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.id\nSubject: Undeliverable mail\n"
  let open = head + "Content-Type: multipart/report; report-type=delivery-status; boundary=r7\n\n"
  let part = "\n--r7\nContent-Type: message/delivery-status\n\n"
  check(MailReader.read(Array((head + "\n").utf8) + bytes))
  check(MailReader.read(Array((open + "--r7\n\n").utf8) + bytes + Array(part.utf8) + bytes + Array("\n--r7--\n".utf8)))
  check(MailReader.read(Array("From: no-reply@sns.amazonaws.com\n\n".utf8) + bytes))
  check(MailReader.read(bytes))
  return 0
}

private func check(_ message: MailMessage) {
  precondition(!message.json().isEmpty)
  precondition((message.bounce != nil) == (message.automatic.kind == .bounce))
  guard let bounce = message.bounce else { return }
  precondition(bounce.others.count < 50)
  for failure in [bounce.failure] + bounce.others {
    precondition(failure.replyCode.map { (400...559).contains($0) } ?? true)
    precondition(failure.recipient?.utf8.contains(64) ?? true)
    precondition(failure.action == .failed || !failure.permanent)
    for line in [failure.recipient, failure.finalRecipient, failure.status, failure.diagnostic].compactMap(\.self) {
      precondition(!line.unicodeScalars.contains { $0.value < 32 || (0x7F...0x9F).contains($0.value) })
    }
  }
}
