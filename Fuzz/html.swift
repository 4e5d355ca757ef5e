import Mail

/// libFuzzer target: any bytes are cleaned as HTML, with remote images and without. What comes out is in bounds, is at
/// rest when it is cleaned again, and opens no tag but those that are shown.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ pointer: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: pointer, count: count))
  let part = { (id: String) -> String? in id.utf8.count % 2 == 0 ? "/meja/" + id : nil }
  for remote in [CleanHTML.Remote.blocked, .allowed] {
    let clean = CleanHTML(bytes: bytes, remote: remote, part: part)
    precondition(clean.text.utf8.count <= CleanHTML.size)
    precondition(clean.problems != ["html_as_text"])
    let again = CleanHTML(clean.text, remote: remote, part: part)
    precondition(again.text.utf8.elementsEqual(clean.text.utf8))
    precondition(again.remoteImages == clean.remoteImages)
    checkTags(Array(clean.text.utf8))
  }
  return 0
}

private let elements = Set(
  """
  a abbr b bdi big blockquote br caption center cite code dd del dfn div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins
  kbd li mark ol p pre q s samp small span strong sub sup table tbody td tfoot th thead tr u ul var
  """.utf8.split { $0 == 32 || $0 == 10 }.map { String(decoding: $0, as: UTF8.self) })

/// Every `<` opens or ends an element that is shown.
private func checkTags(_ html: [UInt8]) {
  for (index, byte) in html.enumerated() where byte == 60 {
    let name = html[(index + 1)...].drop { $0 == 47 }.prefix { $0 != 32 && $0 != 62 }
    precondition(elements.contains(String(decoding: name, as: UTF8.self)))
  }
}
