import Foundation
import Mail

/// libFuzzer target: any bytes as the value of each field that is read by a reader of our own, and as an address of a
/// form. What comes out is one line, within its bounds, and an address that passed is read back as itself.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ pointer: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let value = Array(UnsafeBufferPointer(start: pointer, count: count))
  // Nothing of the value may end the field: every line of it is folded.
  let folded = value.flatMap { $0 == 10 ? [10, 32] : [$0] }
  var raw: [UInt8] = []
  for name in ["From", "To", "Cc", "Reply-To", "Subject", "Date", "References", "Message-ID"] {
    raw += Array("\(name): ".utf8) + folded + [10]
  }
  for name in ["Content-Type", "Content-Disposition", "Content-ID", "Content-Description"] {
    raw += Array("\(name): ".utf8) + folded + [10]
  }
  let message = MailReader.read(raw + Array("\nisi\n".utf8))
  precondition(message.from.count <= MailLimits.addresses && message.to.count <= MailLimits.addresses)
  let people = message.from + message.to + message.cc + message.replyTo
  let lines = [message.subject, message.messageID ?? ""] + people.flatMap { [$0.name, $0.address] }
  for line in lines + message.attachments.map(\.fileName) {
    precondition(!line.unicodeScalars.contains { $0.value < 32 || (0x7F...0x9F).contains($0.value) })
  }
  for file in message.attachments {
    precondition((1...120).contains(file.fileName.utf8.count) && !file.fileName.utf8.contains(47))
  }
  guard let address = MailAddress.parse(value) else { return 0 }
  let again = MailReader.read(Array("From: <\(address.address)>\n\nisi\n".utf8))
  precondition(again.sender?.address == address.address)
  return 0
}
