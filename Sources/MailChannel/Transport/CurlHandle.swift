import CCurl
import Glibc

/// One libcurl handle with its connection: used on one thread only, which it blocks.
///
/// It knows nothing of IMAP or SMTP, only what holds for both: deadlines, checked certificates, no proxies, no signals,
/// no other protocol than the one named, and bounds on what the server may say.
final class CurlHandle {
  /// What came of one transfer.
  struct Ending {
    /// libcurl's own code; `CURLE_OK` is zero.
    var code: CURLcode
    /// The body: a message, or the untagged lines that answer a custom request.
    var body: [UInt8]
    /// Whether the body was cut at the limit.
    var overLimit: Bool
    /// The server's reply lines, without line ends, oldest first.
    var lines: [[UInt8]]
    /// The code of the last reply as libcurl read it; SMTP only.
    var responseCode: Int
    /// Whether libcurl took every byte to send: then the end mark may have been sent too.
    var uploadTaken: Bool
    /// Whether an older connection was used again.
    var reused: Bool
  }

  private let handle: UnsafeMutableRawPointer
  private let traffic = Traffic()

  /// - Parameters:
  ///   - protocols: the only scheme that may be spoken, e.g. `imaps`.
  ///   - trustFile: a PEM file of trusted roots instead of the system's.
  ///   - stop: ends a running transfer within a second.
  init(protocols: String, trustFile: String?, connectTimeout: Swift.Duration, stop: StopFlag) throws(CurlUnavailable) {
    _ = CurlHandle.library
    guard let handle = curl_easy_init() else { throw CurlUnavailable() }
    self.handle = handle
    traffic.stop = stop
    set(CURLOPT_PROTOCOLS_STR, protocols)
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, sg_curl_tls_1_2)
    set(CURLOPT_USE_SSL, sg_curl_ssl_all)
    set(CURLOPT_CONNECTTIMEOUT_MS, CurlHandle.milliseconds(connectTimeout))
    set(CURLOPT_TCP_KEEPALIVE, 1)
    if let trustFile { set(CURLOPT_CAINFO, trustFile) }
    let box = Unmanaged.passUnretained(traffic).toOpaque()
    sg_curl_set_bytes(handle, CURLOPT_WRITEFUNCTION, takeBody)
    sg_curl_set_pointer(handle, CURLOPT_WRITEDATA, box)
    sg_curl_set_bytes(handle, CURLOPT_HEADERFUNCTION, takeLine)
    sg_curl_set_pointer(handle, CURLOPT_HEADERDATA, box)
    sg_curl_set_bytes(handle, CURLOPT_READFUNCTION, giveBytes)
    sg_curl_set_pointer(handle, CURLOPT_READDATA, box)
    sg_curl_set_progress(handle, askToStop)
    sg_curl_set_pointer(handle, CURLOPT_XFERINFODATA, box)
    set(CURLOPT_NOPROGRESS, 0)
  }

  deinit { curl_easy_cleanup(handle) }

  func set(_ option: CURLoption, _ value: String?) { sg_curl_set_string(handle, option, value) }
  func set(_ option: CURLoption, _ value: Int) { sg_curl_set_long(handle, option, value) }
  func set(size: Int) { sg_curl_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(size)) }

  /// The one recipient of the next transfer.
  func set(recipient: String) -> RecipientList {
    let list = RecipientList(recipient)
    sg_curl_set_list(handle, CURLOPT_MAIL_RCPT, list.pointer)
    return list
  }

  /// Does the transfer that was set up; blocks until its end or the deadline.
  /// - Parameters:
  ///   - timeout: for the whole transfer, connection included.
  ///   - silence: ends a transfer over which, for so long, less than a kilobyte a second has come; nil: the timeout does.
  ///   - limit: of the body, in bytes; beyond it the transfer ends with `CURLE_WRITE_ERROR` and `overLimit`.
  ///   - upload: what is sent.
  func perform(
    timeout: Swift.Duration, silence: Swift.Duration? = nil, limit: Int, upload: [UInt8] = []
  ) -> Ending {
    set(CURLOPT_TIMEOUT_MS, CurlHandle.milliseconds(timeout))
    let silentSeconds = silence.map { max(1, Int(clamping: $0.components.seconds)) }
    set(CURLOPT_LOW_SPEED_LIMIT, silentSeconds == nil ? 0 : 1 << 10)
    set(CURLOPT_LOW_SPEED_TIME, silentSeconds ?? 0)
    // Counted from the last command on, so it must not end before a long transfer does.
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, silence == nil ? 0 : max(1, CurlHandle.milliseconds(timeout) / 1_000))
    traffic.begin(limit: limit, upload: upload)
    traffic.patience = (silence ?? timeout) + .seconds(2)
    traffic.isSliding = silence != nil
    traffic.deadline = .now.advanced(by: traffic.patience)
    var code = withExtendedLifetime(traffic) { curl_easy_perform(handle) }
    // Ended by our own deadline and not because we were asked to stop.
    if code == CURLE_ABORTED_BY_CALLBACK, !traffic.stop.isSet { code = CURLE_OPERATION_TIMEDOUT }
    var responseCode = 0
    var connects = 0
    sg_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &responseCode)
    sg_curl_get_long(handle, CURLINFO_NUM_CONNECTS, &connects)
    defer { traffic.begin(limit: 0, upload: []) }
    return Ending(
      code: code, body: traffic.body, overLimit: traffic.overLimit, lines: traffic.lines, responseCode: responseCode,
      uploadTaken: traffic.uploadTaken, reused: connects == 0)
  }

  /// Ends the kept connection without a word, so that no good-bye is waited for. The handle is of no use afterwards.
  func abandon() {
    var socket: curl_socket_t = -1
    if sg_curl_get_socket(handle, &socket) == CURLE_OK, socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
  }

  private static let library: CURLcode = {
    // With NOSIGNAL libcurl leaves SIGPIPE to us, and OpenSSL writes without MSG_NOSIGNAL: a server that hangs up would
    // end this process.
    signal(SIGPIPE, SIG_IGN)
    return sg_curl_global_init()
  }()

  private static func milliseconds(_ duration: Swift.Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    // Not below one: libcurl reads zero as "for ever". Not above a day: no deadline here is longer.
    return max(1, min(86_400_000, Int(clamping: seconds) &* 1000 &+ Int(attoseconds / 1_000_000_000_000_000)))
  }
}

/// libcurl gave no handle: memory is at its end.
struct CurlUnavailable: Error {}

/// A libcurl list with one recipient; freed with its last reference.
final class RecipientList {
  fileprivate let pointer: UnsafeMutablePointer<curl_slist>?
  fileprivate init(_ recipient: String) { pointer = curl_slist_append(nil, recipient) }
  deinit { curl_slist_free_all(pointer) }
}

/// What the callbacks of one handle share. They run on the thread that performs.
private final class Traffic {
  var stop = StopFlag()
  /// After a failed transfer libcurl says good-bye and waits two minutes for the answer; its own timeout is no longer
  /// looked at then.
  var deadline = ContinuousClock.now
  /// How far the deadline is away, from the last byte on when it slides.
  var patience = Swift.Duration.zero
  var isSliding = false
  var body: [UInt8] = []
  var overLimit = false
  var lines: [[UInt8]] = []
  private var limit = 0
  private var upload: [UInt8] = []
  private var sent = 0
  var uploadTaken: Bool { sent == upload.count }
  private var lineBytes = 0

  func begin(limit: Int, upload: [UInt8]) {
    (body, lines, overLimit, sent, lineBytes) = ([], [], false, 0, 0)
    (self.limit, self.upload) = (limit, upload)
  }

  /// A short answer ends the transfer, so exactly the limit is kept.
  func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    if isSliding { deadline = .now.advanced(by: patience) }
    let room = limit - body.count
    if bytes.count > room {
      body.append(contentsOf: bytes.prefix(max(0, room)))
      overLimit = true
      return 0
    }
    body.append(contentsOf: bytes)
    return bytes.count
  }

  /// Keeps at most 64 KB of lines: the first ones, which name the outcome, matter; a flood does not.
  func take(line bytes: UnsafeRawBufferPointer) {
    guard lineBytes + bytes.count <= 64 << 10, lines.count < 1000 else { return }
    lineBytes += bytes.count
    var end = bytes.count
    while end > 0, bytes[end - 1] == 10 || bytes[end - 1] == 13 { end -= 1 }
    lines.append(Array(bytes.prefix(end)))
  }

  func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(room.count, upload.count - sent)
    guard count > 0 else { return 0 }
    upload.withUnsafeBytes { room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[sent..<sent + count])) }
    sent += count
    return count
  }
}

private func traffic(_ box: UnsafeMutableRawPointer?) -> Traffic? {
  box.map { Unmanaged<Traffic>.fromOpaque($0).takeUnretainedValue() }
}

// libcurl promises that `size` is one and that `bytes` holds `size * count` bytes.
private let takeBody: sg_curl_bytes = { bytes, size, count, box in
  traffic(box)?.take(UnsafeRawBufferPointer(start: bytes, count: size &* count)) ?? 0
}

private let takeLine: sg_curl_bytes = { bytes, size, count, box in
  traffic(box)?.take(line: UnsafeRawBufferPointer(start: bytes, count: size &* count))
  return size &* count
}

private let giveBytes: sg_curl_bytes = { room, size, count, box in
  traffic(box)?.give(UnsafeMutableRawBufferPointer(start: room, count: size &* count)) ?? 0
}

private let askToStop: sg_curl_progress = { box, _, _, _, _ in
  guard let traffic = traffic(box) else { return 1 }
  return traffic.stop.isSet || traffic.deadline < .now ? 1 : 0
}
