// What a form sent.
//
// Both encodings of HTML are read: URL-encoded in memory, multipart streamed (`MultipartReader`) with its files in a
// temporary folder that disappears with the last `UploadedFile` of the request. Limits: 200 fields, 1 MB of text,
// 10 files of 15 MB. A file beyond the limits is dropped and named in `refusedFiles`, so that the page can say so and
// keep the typed text; text beyond the limits ends in 413.

import Foundation
import Hummingbird
import NIOCore
import Synchronization

/// How much a form may send.
struct FormLimits: Sendable {
  var fields = 200
  /// Names and values together, in bytes.
  var text = 1 << 20
  var files = 10
  /// Each file, in bytes.
  var file = 15 << 20
  /// The whole body, in bytes: past it reading stops.
  var body: Int { text + (files + 1) * file }

  static let withoutFiles = FormLimits(files: 0, file: 0)
}

/// A file that came with a form.
struct UploadedFile: Sendable {
  /// The form field.
  let field: String
  /// As the browser called it, without folders; at most 200 bytes. Only to be shown, never used as a path.
  let name: String
  /// As the browser claims.
  let contentType: String
  /// Bytes.
  let size: Int
  let location: URL
  /// Keeps the temporary folder alive as long as the file is known.
  private let folder: UploadFolder

  fileprivate init(field: String, name: String, contentType: String, size: Int, location: URL, folder: UploadFolder) {
    self.field = field
    self.name = name
    self.contentType = contentType
    self.size = size
    self.location = location
    self.folder = folder
  }

  /// The whole content; at most `FormLimits.file` bytes.
  func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: location)) }
}

/// The fields and files of one form.
struct FormData: Sendable {
  private(set) var fields: [(name: String, value: String)] = []
  private(set) var files: [UploadedFile] = []
  /// Names of files that were too large or too many.
  private(set) var refusedFiles: [String] = []
  private var textBytes = 0

  init() {}

  /// For tests and previews.
  init(_ fields: [(String, String)]) { self.fields = fields.map { (name: $0.0, value: $0.1) } }

  /// The first value called `name`, as sent.
  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// All values called `name`: checkboxes.
  func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

  /// A text as a person meant it: line ends are LF, no white space around, at most `limit` bytes (cut between
  /// characters); empty when absent.
  func text(_ name: String, limit: Int = 20_000) -> String {
    var bytes: [UInt8] = []
    var last: UInt8 = 0
    for byte in (self[name] ?? "").utf8 {
      if byte == 10, last == 13 {
        last = byte
        continue
      }
      bytes.append(byte == 13 ? 10 : byte)
      last = byte
    }
    let isSpace: (UInt8) -> Bool = { $0 == 32 || $0 == 10 || $0 == 9 }
    while let end = bytes.last, isSpace(end) { bytes.removeLast() }
    let trimmed = Array(bytes.drop(while: isSpace))
    guard trimmed.count > limit else { return String(decoding: trimmed, as: UTF8.self) }
    var cut = max(0, limit)
    while cut > 0, trimmed[cut] & 0xC0 == 0x80 { cut -= 1 }
    return String(decoding: trimmed[..<cut], as: UTF8.self)
  }

  mutating func add(_ name: String, _ value: String, limits: FormLimits) throws(WebRefusal) {
    textBytes += name.utf8.count + value.utf8.count
    guard fields.count < limits.fields, textBytes <= limits.text else { throw WebRefusal(.tooLarge) }
    fields.append((name, value))
  }

  fileprivate mutating func add(_ file: UploadedFile) { files.append(file) }
  fileprivate mutating func refuse(_ name: String) { if refusedFiles.count < 100 { refusedFiles.append(name) } }

  /// Reads the body of `request`.
  /// - Parameter admit: asked once before the first file is taken, with the fields so far; throws to stop.
  static func read(
    _ request: Request, limits: FormLimits, room: UploadRoom, admit: (FormData) throws -> Void
  ) async throws -> FormData {
    let type = HeaderValue(request.headers[.contentType] ?? "")
    switch type.value {
    case "application/x-www-form-urlencoded":
      let body = try await request.body.collect(upTo: limits.text)
      guard let pairs = FormCoding.pairs(Array(body.readableBytesView), limit: limits.fields) else {
        throw WebRefusal(.tooLarge)
      }
      var form = FormData()
      for (name, value) in pairs { try form.add(name, value, limits: limits) }
      return form
    case "multipart/form-data":
      guard let boundary = type["boundary"], let reader = MultipartReader(boundary: boundary) else {
        throw WebRefusal(.unreadable)
      }
      return try await readMultipart(request, reader, limits, room, admit)
    case "":
      var body = request.body.makeAsyncIterator()
      while let piece = try await body.next() {
        if piece.readableBytes > 0 { throw WebRefusal(.unsupportedType) }
      }
      return FormData()
    default: throw WebRefusal(.unsupportedType)
    }
  }

  private static func readMultipart(
    _ request: Request, _ reader: MultipartReader, _ limits: FormLimits, _ room: UploadRoom,
    _ admit: (FormData) throws -> Void
  ) async throws -> FormData {
    var reader = reader
    var gatherer = FormGatherer(limits: limits, folder: UploadFolder(room: room))
    var total = 0
    for try await piece in request.body {
      total += piece.readableBytes
      guard total <= limits.body else { throw WebRefusal(.tooLarge) }
      for event in try reader.feed(piece.readableBytesView) { try gatherer.take(event, admit: admit) }
    }
    guard reader.isComplete else { throw WebRefusal(.unreadable) }
    return gatherer.form
  }
}

/// Puts the pieces of a multipart body together.
private struct FormGatherer {
  let limits: FormLimits
  let folder: UploadFolder
  var form = FormData()
  private var part: MultipartReader.PartHead?
  private var text: [UInt8] = []
  private var size = 0
  private var handle: FileHandle?
  private var location: URL?
  private var isAdmitted = false

  init(limits: FormLimits, folder: UploadFolder) {
    self.limits = limits
    self.folder = folder
  }

  mutating func take(_ event: MultipartReader.Event, admit: (FormData) throws -> Void) throws {
    switch event {
    case .part(let head):
      part = head
      text = []
      size = 0
      if head.fileName != nil, !isAdmitted {
        try admit(form)
        isAdmitted = true
      }
    case .data(let bytes): try keep(bytes)
    case .endOfPart: try finish()
    }
  }

  private mutating func keep(_ bytes: [UInt8]) throws {
    guard let part else { return }
    size += bytes.count
    guard part.fileName != nil else {
      guard size <= limits.text else { throw WebRefusal(.tooLarge) }
      text += bytes
      return
    }
    guard form.files.count < limits.files, size <= limits.file else { return discard() }
    if handle == nil { (location, handle) = try folder.newFile() }
    try folder.reserve(bytes.count)
    try handle?.write(contentsOf: Data(bytes))
  }

  private mutating func finish() throws {
    guard let part else { return }
    defer { self.part = nil }
    guard let fileName = part.fileName else {
      return try form.add(part.name, FormCoding.text(text), limits: limits)
    }
    try handle?.close()
    handle = nil
    if fileName.isEmpty, size == 0 { return }
    guard form.files.count < limits.files, size <= limits.file else { return form.refuse(fileName) }
    if location == nil { (location, handle) = try folder.newFile() }
    guard let location else { return }
    form.add(
      UploadedFile(
        field: part.name, name: fileName, contentType: part.contentType, size: size, location: location, folder: folder)
    )
    try handle?.close()
    (self.location, handle) = (nil, nil)
  }

  private mutating func discard() {
    try? handle?.close()
    if let location { try? FileManager.default.removeItem(at: location) }
    (location, handle) = (nil, nil)
  }
}

/// How many bytes of uploads may lie in temporary folders at once, over all requests of this process.
final class UploadRoom: Sendable {
  let limit: Int
  private let used = Mutex(0)

  init(limit: Int = 1 << 30) { self.limit = limit }

  var usedBytes: Int { used.withLock { $0 } }

  func take(_ bytes: Int) -> Bool {
    used.withLock { used in
      guard used + bytes <= limit else { return false }
      used += bytes
      return true
    }
  }

  func giveBack(_ bytes: Int) { used.withLock { $0 -= bytes } }
}

/// The temporary folder of one request's files; removed when nothing refers to it any more.
final class UploadFolder: Sendable {
  private let room: UploadRoom
  private let state = Mutex((folder: URL?.none, files: 0, bytes: 0))

  init(room: UploadRoom) { self.room = room }

  func reserve(_ bytes: Int) throws {
    guard room.take(bytes) else { throw WebRefusal(.unavailable, retryAfter: 60) }
    state.withLock { $0.bytes += bytes }
  }

  func newFile() throws -> (URL, FileHandle) {
    let location = try state.withLock { state in
      let folder = try state.folder ?? UploadFolder.make()
      state.folder = folder
      state.files += 1
      return folder.appending(path: "\(state.files)")
    }
    guard FileManager.default.createFile(atPath: location.path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteUnknown) }
    return (location, try FileHandle(forWritingTo: location))
  }

  private static func make() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sigap-unggah-" + RandomToken.hex(bytes: 12))
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return folder
  }

  deinit {
    let (folder, _, bytes) = state.withLock { $0 }
    if let folder { try? FileManager.default.removeItem(at: folder) }
    room.giveBack(bytes)
  }
}
