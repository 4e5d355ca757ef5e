import HTTPTypes

/// How a request ends. The only place where an HTTP status is chosen: a handler names the outcome, never a number.
enum HTTPOutcome: Sendable, CaseIterable {
  /// The page or the data asked for.
  case shown
  /// Something new exists now (API only; a form redirects).
  case created
  /// Work is taken and goes on behind this answer.
  case accepted
  /// Done, nothing to show.
  case done
  /// Done; the browser goes on by GET (RFC 9110 §15.4.4).
  case redirected
  /// The browser's copy is still right.
  case unchanged
  /// The request itself cannot be read.
  case unreadable
  /// Nobody is signed in, or the bearer token is wrong.
  case unknownPerson
  /// The request may not be made: another site's form, an old page, the wrong role on an own object.
  case forbidden
  /// Not there, or not yours: from outside the two look alike.
  case notFound
  case methodNotAllowed
  /// Somebody else was faster; the page must be read again.
  case conflict
  /// The version the program wrote for (`If-Match`) is not the newest one.
  case outdated
  /// A link that has been used or is too old.
  case gone
  case tooLarge
  case unsupportedType
  /// The procedure says no, or a field is wrong; the page says what to do.
  case refused
  case tooMany
  case fault
  case unavailable

  var status: HTTPResponse.Status {
    switch self {
    case .shown: .ok
    case .created: .created
    case .accepted: .accepted
    case .done: .noContent
    case .redirected: .seeOther
    case .unchanged: .notModified
    case .unreadable: .badRequest
    case .unknownPerson: .unauthorized
    case .forbidden: .forbidden
    case .notFound: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .conflict: .conflict
    case .outdated: .preconditionFailed
    case .gone: .gone
    case .tooLarge: .contentTooLarge
    case .unsupportedType: .unsupportedMediaType
    case .refused: .unprocessableContent
    case .tooMany: .tooManyRequests
    case .fault: .internalServerError
    case .unavailable: .serviceUnavailable
    }
  }

  /// The outcome's name in problem details; never changes once published.
  var code: String {
    switch self {
    case .shown, .created, .accepted, .done, .redirected, .unchanged: "done"
    case .unreadable: "unreadable"
    case .unknownPerson: "unauthorized"
    case .forbidden: "forbidden"
    case .notFound: "not_found"
    case .methodNotAllowed: "method_not_allowed"
    case .conflict: "conflict"
    case .outdated: "changed_meanwhile"
    case .gone: "gone"
    case .tooLarge: "too_large"
    case .unsupportedType: "unsupported_type"
    case .refused: "refused"
    case .tooMany: "too_many_requests"
    case .fault: "fault"
    case .unavailable: "unavailable"
    }
  }

  /// The outcome a library's own error stands for.
  init(of status: HTTPResponse.Status) {
    switch status.code {
    case 401: self = .unknownPerson
    case 403: self = .forbidden
    case 404: self = .notFound
    case 405: self = .methodNotAllowed
    case 409: self = .conflict
    case 410: self = .gone
    case 413: self = .tooLarge
    case 415: self = .unsupportedType
    case 422: self = .refused
    case 429: self = .tooMany
    case 503: self = .unavailable
    case 400..<500: self = .unreadable
    default: self = .fault
    }
  }

  /// The heading of the page that tells a person so.
  var heading: Bilingual {
    switch self {
    case .shown, .created, .accepted, .done, .redirected, .unchanged: Bilingual("Selesai", "Done")
    case .unreadable: Bilingual("Permintaan tidak dapat dibaca", "The request cannot be read")
    case .unknownPerson: Bilingual("Silakan masuk dahulu", "Please sign in first")
    case .forbidden: Bilingual("Permintaan ditolak", "Request refused")
    case .notFound: Bilingual("Halaman tidak ditemukan", "Page not found")
    case .methodNotAllowed: Bilingual("Halaman ini tidak menerima kiriman itu", "This page does not take that request")
    case .conflict: Bilingual("Data sudah berubah", "The data has changed")
    case .outdated: Bilingual("Data sudah berubah", "The data has changed")
    case .gone: Bilingual("Tautan sudah tidak berlaku", "This link is no longer valid")
    case .tooLarge: Bilingual("Kiriman terlalu besar", "Too much was sent")
    case .unsupportedType: Bilingual("Jenis kiriman tidak dikenal", "Unknown kind of content")
    case .refused: Bilingual("Belum dapat diproses", "Cannot be processed yet")
    case .tooMany: Bilingual("Terlalu banyak permintaan", "Too many requests")
    case .fault: Bilingual("Ada yang salah pada sistem kami", "Something is wrong on our side")
    case .unavailable: Bilingual("Layanan sedang penuh", "The service is busy")
    }
  }

  /// The sentence that says what to do.
  var sentence: Bilingual {
    switch self {
    case .shown, .created, .accepted, .done, .redirected, .unchanged: Bilingual("", "")
    case .unreadable: Bilingual("Kembali ke halaman sebelumnya, lalu coba lagi.", "Go back and try again.")
    case .unknownPerson: Bilingual("Masuk, lalu buka halaman ini lagi.", "Sign in, then open this page again.")
    case .forbidden:
      Bilingual(
        "Halaman mungkin sudah terlalu lama terbuka. Kembali, muat ulang halamannya, lalu kirim lagi.",
        "The page may have been open too long. Go back, reload it, then send again.")
    case .notFound:
      Bilingual(
        "Periksa kembali alamatnya, atau mulai dari halaman awal.", "Check the address, or begin at the start page.")
    case .methodNotAllowed:
      Bilingual("Buka halaman ini lewat tautan atau tombolnya.", "Open this page through its link or button.")
    case .conflict, .outdated:
      Bilingual(
        "Orang lain baru saja mengubahnya. Muat ulang, lalu coba lagi.",
        "Somebody just changed it. Reload and try again.")
    case .gone: Bilingual("Minta tautan yang baru kepada petugas.", "Ask the officer for a new link.")
    case .tooLarge:
      Bilingual(
        "Kirim teks yang lebih pendek, atau berkas yang lebih kecil: paling banyak 10 berkas, masing-masing 15 MB.",
        "Send a shorter text or smaller files: at most 10 files, 15 MB each.")
    case .unsupportedType:
      Bilingual("Kirim lewat formulir pada halaman ini.", "Please use the form on the page.")
    case .refused: Bilingual("Periksa isian, lalu kirim lagi.", "Check what you entered, then send again.")
    case .tooMany: Bilingual("Tunggu sebentar, lalu coba lagi.", "Wait a little, then try again.")
    case .fault:
      Bilingual(
        "Gangguan ini sudah tercatat dan akan kami periksa. Coba lagi beberapa menit lagi.",
        "This fault has been recorded and will be looked into. Try again in a few minutes.")
    case .unavailable:
      Bilingual("Coba lagi beberapa menit lagi; tidak ada yang hilang.", "Try again in a few minutes; nothing is lost.")
    }
  }
}

/// A request that ends in an error page. Thrown by handlers; `FaultPages` makes the page.
struct WebRefusal: Error {
  let outcome: HTTPOutcome
  /// What to do, if the outcome's own sentence is not good enough.
  var sentence: Bilingual?
  /// Seconds until it is worth trying again.
  var retryAfter: Int?
  /// What was sent from one of our own pages: the error page shows its texts, so that nothing typed is lost.
  var typed: FormData?

  init(
    _ outcome: HTTPOutcome, _ sentence: Bilingual? = nil, retryAfter: Int? = nil, typed: FormData? = nil
  ) {
    self.outcome = outcome
    self.sentence = sentence
    self.retryAfter = retryAfter
    self.typed = typed
  }
}
