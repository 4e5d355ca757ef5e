import SOP

/// The registry's answer by mail. The hand-off letter asks for one of three first lines; anything else is shown to
/// an officer, who records what it means: "sudah kami coba tetapi gagal" must never count as done.
enum RegistryReplyReading {
  static func result(of text: String) -> (result: RegistryReply.Verdict, rest: String)? {
    let line = text.firstLine(limit: 80)
    let lowered = line.asciiLowered
    for (words, result) in signs {
      guard lowered.utf8.starts(with: words.utf8) else { continue }
      let next = lowered.utf8.dropFirst(words.utf8.count).first
      let ends: [UInt8?] = [nil, UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";")]
      guard ends.contains(next) else { continue }
      return (result, text)
    }
    return nil
  }

  private static let signs: [(String, RegistryReply.Verdict)] = [
    ("selesai", .done), ("sudah dikerjakan", .done), ("done", .done),
    ("tidak dapat", .cannot), ("tidak bisa", .cannot), ("cannot", .cannot),
    ("perlu keterangan", .needsInformation), ("needs information", .needsInformation),
  ]
}
