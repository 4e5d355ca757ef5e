// Files of people, given back to people.
//
// Whatever a file claims to be, a browser gets it as an attachment of unknown type, in a sandbox, unless its first
// bytes are those of a picture browsers cannot run: PNG, JPEG, GIF, WebP. SVG is never shown in place.
// RFC 6266: the name stands in the header twice, as plain ASCII and as UTF-8 (RFC 8187).

import Desk
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SOP

extension Response {
  /// The bytes of `attachment` for a browser.
  static func file(_ attachment: Attachment, bytes: Data) -> Response {
    let picture = pictureType(of: bytes)
    let name = FileNames.header(attachment.fileName)
    return Response(
      status: HTTPOutcome.shown.status,
      headers: [
        .contentType: picture ?? "application/octet-stream",
        .contentDisposition: "\(picture == nil ? "attachment" : "inline"); \(name)",
        .contentSecurityPolicy: "default-src 'none'; sandbox",
        .cacheControl: "private, no-store",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// The media type of a picture by its first bytes; nil for anything else.
  private static func pictureType(of bytes: Data) -> String? {
    let head = Array(bytes.prefix(12))
    if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
    if head.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if head.starts(with: Array("GIF87a".utf8)) || head.starts(with: Array("GIF89a".utf8)) { return "image/gif" }
    if head.count == 12, head.starts(with: Array("RIFF".utf8)), head[8...].elementsEqual("WEBP".utf8) {
      return "image/webp"
    }
    return nil
  }
}

/// Names of files as people gave them.
enum FileNames {
  /// Without control, format and direction marks, which make `gpj.exe` read as `exe.jpg`; at most 200 bytes.
  static func clean(_ name: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: continue
      default: out.append(scalar == "/" || scalar == "\\" ? "_" : scalar)
      }
    }
    let kept = String(out).clipped(toUTF8: 200)
    return kept.utf8.allSatisfy({ $0 == 32 || $0 == 46 }) ? "berkas" : kept
  }

  /// The parameters of Content-Disposition.
  static func header(_ name: String) -> String {
    let clean = clean(name)
    let plain = clean.utf8.map { byte -> UInt8 in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 32: byte
      default: 95
      }
    }
    return "filename=\"\(String(decoding: plain, as: UTF8.self))\"; filename*=UTF-8''\(Link.encode(clean))"
  }
}

extension Visitor {
  /// The first `limit` files sent under `field`, durable under their digests. One at a time, so that no more than one
  /// lies in memory. Throws when this network has sent too much within the hour.
  func keepUploads(_ field: String, atMost limit: Int = .max) async throws -> [Attachment] {
    var kept: [Attachment] = []
    for file in form.files.filter({ $0.field == field }).prefix(limit) {
      let bytes = Data(try file.bytes())
      try await rationUpload(of: bytes.count)
      let digest = Secrets.sha256(bytes)
      try await web.store.keep([StoredFile(sha256: digest, bytes: bytes)], at: now)
      kept.append(
        Attachment(
          fileName: FileNames.clean(file.name), contentType: Visitor.mediaType(file.contentType), size: bytes.count,
          sha256: digest))
    }
    return kept
  }

  /// What a network may leave on our disk in an hour without an account: two hundred parts of up to five megabytes.
  private static let uploadPart = 5 << 20
  private static let uploadPartsPerHour = 200

  private func rationUpload(of size: Int) async throws {
    guard account == nil else { return }
    for _ in 0...(size / Visitor.uploadPart) {
      let isAllowed = try await web.store.allow(
        "upload/\(address)", limit: Visitor.uploadPartsPerHour, per: 3_600, now: now)
      guard !isAllowed else { continue }
      throw WebRefusal(
        .tooMany,
        Bilingual(
          "Terlalu banyak berkas dikirim dari jaringan ini. Kirim tanpa berkas, atau lagi satu jam kemudian.",
          "Too many files came from this network. Send without files, or again in an hour."),
        retryAfter: 3_600, typed: form)
    }
  }

  /// A claimed media type that may stand in a list: `type/subtype` of plain letters, else unknown.
  private static func mediaType(_ claimed: String) -> String {
    let bytes = Array(claimed.utf8)
    let plain = bytes.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || [43, 45, 46, 47].contains($0)
    }
    return bytes.count <= 100 && bytes.count(where: { $0 == 47 }) == 1 && plain
      ? claimed.asciiLowered : "application/octet-stream"
  }

  /// Where the visitor's request comes from, for rationing.
  var address: String { visit.address }
}
