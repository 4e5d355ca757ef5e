import Foundation
import Mail

/// libFuzzer target: any bytes are read, written as JSON, and what came out of them is composed and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ pointer: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let message = MailReader.read(Array(UnsafeBufferPointer(start: pointer, count: count)))
  precondition(!message.json().isEmpty)
  let office = MailAddress(name: message.sender?.name ?? message.subject, address: "meja@layanan.example.id")
  let answer = OutgoingMail(
    messageID: "jawaban@layanan.example.id", date: Date(timeIntervalSince1970: 1_793_672_100), from: office,
    to: [MailAddress(name: message.subject, address: "warga@dinas.example.go.id")], subject: message.subject,
    text: message.text, attachments: Array(message.attachments.prefix(3)))
  guard let bytes = try? MailComposer.compose(answer) else { return 0 }
  let again = MailReader.read(bytes)
  precondition(again.subject.utf8.elementsEqual(message.subject.utf8))
  precondition(again.sender?.address == office.address && again.to.count == 1)
  return 0
}
