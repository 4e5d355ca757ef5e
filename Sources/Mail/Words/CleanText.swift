import CGMime

/// Cleaning of outside text. All of it works on bytes or Unicode scalars: a Swift `Character` can hide a
/// metacharacter behind a combining neighbour.
enum CleanText {
  /// Control, line-end and direction characters: never part of a one-line value.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
    default: isDirection(scalar)
    }
  }

  /// Characters that change the direction of what stands around them (used to disguise names).
  static func isDirection(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Characters that nobody sees and that make two names look alike: of no width, joiners, fillers, tags.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200D, 0x2060...0x2065,
      0x206A...0x206F,
      0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFC, 0xE0000...0x10FFFF:
      true
    default: false
    }
  }

  /// One line: control characters become spaces, ends trimmed, cut to `limit` bytes.
  static func line(_ text: String, limit: Int = MailLimits.name) -> String {
    var out = String.UnicodeScalarView()
    var size = 0
    for scalar in text.unicodeScalars {
      let gap = isControl(scalar)
      if (gap || scalar == " ") && out.isEmpty || gap && out.last == " " { continue }
      size += gap ? 1 : UTF8.width(scalar)
      if size > limit { break }
      out.append(gap ? " " : scalar)
    }
    while out.last == " " { out.removeLast() }
    return String(out)
  }

  /// Many lines: CRLF and CR become LF, other control characters but tab go, cut to `limit` bytes.
  static func lines(_ text: String, limit: Int = MailLimits.text) -> (text: String, cut: Bool) {
    var out = [UInt8]()
    out.reserveCapacity(min(text.utf8.count, limit))
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if out.count + 4 > limit { return (String(decoding: out, as: UTF8.self), true) }
      let value = scalar.value
      if value == 13 {
        out.append(10)
      } else if value == 10 {
        if !afterReturn { out.append(10) }
      } else if value == 9 || (value >= 32 && !(0x7F...0x9F).contains(value)) {
        out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
      afterReturn = value == 13
    }
    return (String(decoding: out, as: UTF8.self), false)
  }

  static func isBlank(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 32 || ($0 >= 9 && $0 <= 13) }
  }
}

/// Names of files that may be shown and stored.
enum SafeFileName {
  /// - Returns: last path component of `name` without control, direction, reserved or leading-dot
  ///   characters, at most 120 bytes with its ending kept; `lampiran-N` plus ending when nothing is left.
  static func make(_ name: String, contentType: String, number: Int) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars.prefix(4_096) {
      switch scalar {
      case "/", "\\": scalars.removeAll()
      case "\"", "<", ">", "|", "?", "*", ":": scalars.append("_")
      default:
        if CleanText.isControl(scalar) || CleanText.isInvisible(scalar) { continue }
        scalars.append(scalar)
      }
    }
    while let first = scalars.first, first == "." || first == " " { scalars.removeFirst() }
    while let last = scalars.last, last == "." || last == " " { scalars.removeLast() }
    if scalars.isEmpty { return "lampiran-\(number).\(ending(contentType))" }
    if isReserved(scalars) { scalars.insert("_", at: scalars.startIndex) }
    return shortened(String(scalars))
  }

  private static func shortened(_ name: String, limit: Int = 120) -> String {
    guard name.utf8.count > limit else { return name }
    let scalars = name.unicodeScalars
    var tail = String.UnicodeScalarView()
    if let dot = scalars.lastIndex(of: "."), scalars[dot...].reduce(0, { $0 + UTF8.width($1) }) <= 16 {
      tail.append(contentsOf: scalars[dot...])
    }
    var size = tail.reduce(0) { $0 + UTF8.width($1) }
    var head = String.UnicodeScalarView()
    for scalar in scalars {
      size += UTF8.width(scalar)
      if size > limit { break }
      head.append(scalar)
    }
    head.append(contentsOf: tail)
    return String(head)
  }

  /// Device names that Windows reserves with any ending.
  private static func isReserved(_ scalars: String.UnicodeScalarView) -> Bool {
    let stem = asciiLowercased(Array(String(scalars.prefix { $0 != "." && $0 != " " }).utf8))
    switch String(decoding: stem.prefix(3), as: UTF8.self) {
    case "con", "prn", "aux", "nul": return stem.count == 3
    // COM1 to COM9, and the superscript digits that Windows takes for digits.
    case "com", "lpt": return String(decoding: stem.dropFirst(3), as: UTF8.self).unicodeScalars.count == 1
    default: return false
    }
  }

  static func ending(_ contentType: String) -> String {
    switch contentType {
    case "text/plain", "message/delivery-status": "txt"
    case "text/html": "html"
    case "text/calendar": "ics"
    case "image/png": "png"
    case "image/jpeg", "image/jpg": "jpg"
    case "image/gif": "gif"
    case "application/pdf": "pdf"
    case "message/rfc822": "eml"
    case "application/pgp-signature", "application/pgp-encrypted", "application/pgp-keys": "asc"
    case "application/pkcs7-signature", "application/x-pkcs7-signature": "p7s"
    case "application/pkcs7-mime", "application/x-pkcs7-mime": "p7m"
    case "application/ms-tnef", "application/vnd.ms-tnef": "dat"
    case "application/zip", "application/x-zip-compressed": "zip"
    case "application/msword": "doc"
    case "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx"
    case "application/vnd.ms-excel": "xls"
    case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx"
    case "application/vnd.ms-powerpoint": "ppt"
    case "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx"
    case "application/json": "json"
    case "application/xml", "text/xml": "xml"
    case "text/csv": "csv"
    case "text/vcard", "text/x-vcard": "vcf"
    case "image/webp": "webp"
    case "image/heic": "heic"
    case "image/tiff": "tif"
    case "image/bmp": "bmp"
    case "image/svg+xml": "svg"
    case "audio/mpeg": "mp3"
    case "audio/ogg": "ogg"
    case "video/mp4": "mp4"
    case _ where contentType.utf8.starts(with: "text/".utf8): "txt"
    default: "bin"
    }
  }
}

/// ASCII lower case of bytes; other bytes stay.
func asciiLowercased(_ bytes: some Collection<UInt8>) -> [UInt8] {
  bytes.map { (65...90).contains($0) ? $0 + 32 : $0 }
}

/// ASCII lower case of text; other scalars stay.
func asciiLowercased(_ text: String) -> String {
  String(decoding: asciiLowercased(Array(text.utf8)), as: UTF8.self)
}

/// Lower-case hexadecimal SHA-256, computed by GLib.
func sha256Hex(_ bytes: [UInt8]) -> String {
  bytes.withUnsafeBufferPointer { buffer in
    var nothing: UInt8 = 0
    let digest =
      buffer.baseAddress.map { g_compute_checksum_for_data(G_CHECKSUM_SHA256, $0, UInt(buffer.count)) }
      ?? g_compute_checksum_for_data(G_CHECKSUM_SHA256, &nothing, 0)
    guard let digest else { return "" }
    defer { g_free(digest) }
    return String(cString: digest)
  }
}
