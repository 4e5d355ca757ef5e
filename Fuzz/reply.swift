import Foundation
import Mail

/// libFuzzer target: any bytes as the body of a mail. The first byte chooses what the header says; the rest is split
/// as plain text and as HTML. No word may be lost or told twice, and something stays visible.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ pointer: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: pointer, count: count)
  guard let first = bytes.first else { return 0 }
  let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
  let answers: [Bool?] = [nil, true, false]
  let subjects = ["", "Re: x", "Fwd: x", String(text.unicodeScalars.prefix(20))]
  let context = ReplyContext(
    subject: subjects[Int(first) % 4], senderName: String(text.unicodeScalars.prefix(Int(first) % 16)),
    answers: answers[Int(first) / 4 % 3])
  let parts = ReplySplit.split(plain: text, context: context)
  precondition(words(parts.visible + "\n" + parts.quoted) == words(text))
  precondition(words(parts.visible).isEmpty == words(text).isEmpty)
  let html = ReplySplit.split(html: text, context: context)
  precondition(!words(html.visible).isEmpty || words(html.quoted).isEmpty)
  return 0
}

/// Words in any order; a blank of any width is no word.
private func words(_ text: String) -> [[UInt8]] {
  text.unicodeScalars.split { $0.properties.isWhitespace || $0.value == 0x200B || $0.value == 0xFEFF }
    .map { Array(String($0).utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
}
