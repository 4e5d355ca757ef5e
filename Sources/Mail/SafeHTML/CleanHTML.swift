/// HTML that may be shown: in mail, notes and previews there is this one way to make it.
///
/// In: any text or bytes, hostile or not. Out: a value that only this file can make. Its text holds elements and
/// attributes of `HTMLVocabulary` only, well nested, every value checked and escaped on bytes. It runs nothing and,
/// unless remote images are allowed, loads nothing from elsewhere; links open outside with no word of where they were
/// clicked. Cleaning it again gives the same bytes: it is cleaned until nothing changes, and what does not come to rest
/// is shown as plain text.
///
/// The way: `HTMLScanner` cuts the input into tokens, `HTMLNesting` writes the kept ones in bounds, gumbo makes the
/// tree, `HTMLWriter` writes it anew through `SafeAttributes`, `SafeAddress`, `SafeStyle` and `SafeText`. Each step is
/// linear in the input.
///
/// The reader of the page is still owed a frame: this is safe in a document of its own that forbids scripts, and it is
/// made to be safe without; but its boxes are as large as the sender wants.
/// Known limits: backgrounds of page and tables are not shown as images; text in the colour of its background stays
/// unseen; style sheets do not count, so that mail laid out by classes looks plain.
public struct CleanHTML: Sendable, Equatable {
  /// Whether images load that are kept elsewhere: to load one tells its owner who reads, when and where.
  public enum Remote: Sendable {
    /// The address stands in `data-remote-src`, and the image has no `src`.
    case blocked
    case allowed
  }

  /// Bytes that are read, and bytes that are written.
  public static let size = 2 << 20

  /// The HTML: a fragment for the body of a document or for a block of one.
  public let text: String
  /// Images with a remote address, loaded or not: whether to offer to show them.
  public let remoteImages: Int
  /// `html_cut`: something was left out because of a bound; `html_as_text`: shown as plain text.
  public let problems: [String]

  /// - Parameters:
  ///   - html: UTF-8; what is not becomes U+FFFD.
  ///   - remote: whether remote images load.
  ///   - part: for the Content-ID of a `cid:` address the path on this site where that part of the same message is
  ///     kept; nil when the message has no such image. Asked more than once, it always answers the same.
  public init(
    bytes html: some Collection<UInt8>, remote: Remote = .blocked, part: (String) -> String? = { _ in nil }
  ) {
    self.init(String(decoding: html.prefix(Self.size + 3), as: UTF8.self), remote: remote, part: part)
  }

  /// - Parameters: as for bytes.
  public init(_ html: String, remote: Remote = .blocked, part: (String) -> String? = { _ in nil }) {
    self = withoutActuallyEscaping(part) { part in
      Self.clean(Self.prefix(html), wasCut: html.utf8.count > Self.size, SafeAttributes(remote: remote, part: part))
    }
  }

  private init(_ bytes: [UInt8], _ remoteImages: Int, _ problems: [String]) {
    text = String(decoding: bytes, as: UTF8.self)
    self.remoteImages = remoteImages
    self.problems = problems
  }

  /// How often the output is read again before it counts as restless. Two rounds are usual: one that cleans, and one
  /// that finds nothing to change.
  private static let rounds = 5

  private static func clean(_ source: [UInt8], wasCut: Bool, _ attributes: SafeAttributes) -> CleanHTML {
    var last = source
    var cut = wasCut
    for _ in 0..<rounds {
      let nesting = HTMLNesting(last, limit: 2 * size)
      var writer = HTMLWriter(attributes: attributes, limit: size - 64 * HTMLNesting.depth)
      writer.write(nesting.out)
      cut = cut || nesting.cut || writer.cut
      if writer.out == last { return CleanHTML(last, writer.attributes.remoteImages, cut ? ["html_cut"] : []) }
      last = writer.out
    }
    return asText(source)
  }

  /// The text alone, in one element: read again, this is one text in one element.
  private static func asText(_ source: [UInt8]) -> CleanHTML {
    var problems: [String] = []
    let text = HTMLText.text(of: String(decoding: source, as: UTF8.self), problems: &problems)
    var out = Array("<div style=\"white-space: pre-wrap\">".utf8)
    // A sixth: every byte may become a character reference.
    SafeText.escape(SafeText.visible(text).prefix(size / 6), into: &out)
    out += "</div>".utf8
    return CleanHTML(out, 0, ["html_as_text"])
  }

  /// Whole scalars only.
  private static func prefix(_ html: String) -> [UInt8] {
    let bytes = Array(html.utf8.prefix(size))
    guard html.utf8.count > size, let start = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return bytes }
    return Array(bytes[..<start])
  }
}
