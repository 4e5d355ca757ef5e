/// Why a letter did not arrive, in words for officers: from the channel's code and, where there is one, the enhanced
/// status code (RFC 3463), never from the text of the other side.
public import Desk
public import SOP

extension DeliveryError {
  /// What happened and what follows: cause first, then whether Sigap tries again.
  public func sentence(_ language: Language) -> String {
    let cause = DeliveryCause(code: code, detail: detail).sentence(language)
    let next =
      switch retry {
      case .later: language.choose("Pengiriman diulang otomatis.", "Sending is tried again automatically.")
      case .never:
        language.choose(
          "Tidak diulang; periksa alamat atau hubungi pemohon lewat kanal lain.",
          "It is not tried again; check the address or use another channel.")
      case .uncertain:
        language.choose(
          "Mungkin sudah sampai; kirim ulang hanya bila perlu.", "It may have arrived; send again only if needed.")
      }
    return cause + " " + next
  }
}

extension ReadMail.Bounce {
  /// The cause of a returned letter in words.
  public func sentence(_ language: Language) -> String {
    DeliveryCause(code: status ?? "", detail: "").sentence(language)
      + (permanent
        ? "" : language.choose(" Server tujuan masih mencoba.", " The receiving server is still trying."))
  }
}

/// What stands behind a code.
public enum DeliveryCause: Sendable, CaseIterable {
  case addressUnknown, mailboxFull, mailboxDisabled, tooLarge, hostUnknown, hostSilent, busy, loop, refused
  case signIn, insecure, timeout, connection, addressMalformed, permanent, temporary, unknown

  /// `code`: an SMTP reply ("550"), an enhanced status ("5.1.1") or an own word ("timeout"). An enhanced status at the
  /// beginning of the reply in `detail` says more than the reply code alone.
  public init(code: String, detail: String) {
    self = DeliveryCause.byStatus(code) ?? DeliveryCause.byStatusWithin(detail) ?? DeliveryCause.byCode(code)
  }

  private static func byStatusWithin(_ detail: String) -> DeliveryCause? {
    for word in detail.utf8.prefix(200).split(separator: UInt8(ascii: " ")).prefix(3) {
      if let cause = byStatus(String(decoding: word, as: UTF8.self)) { return cause }
    }
    return nil
  }

  /// RFC 3463: class.subject.detail; the class is 4 (later) or 5 (never).
  private static func byStatus(_ text: String) -> DeliveryCause? {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map { part -> Int? in
        guard (1...3).contains(part.count), part.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(String(decoding: part, as: UTF8.self))
      }
    guard parts.count == 3, let kind = parts[0], let subject = parts[1], let detail = parts[2],
      kind == 4 || kind == 5
    else { return nil }
    switch (subject, detail) {
    case (1, 2): return .hostUnknown
    case (1, 3), (1, 7), (1, 8): return .addressMalformed
    case (1, _): return .addressUnknown
    case (2, 1): return .mailboxDisabled
    case (2, 2): return .mailboxFull
    case (2, 3), (3, 4): return .tooLarge
    case (3, _): return .busy
    case (4, 1): return .hostSilent
    case (4, 2): return .connection
    case (4, 4): return .hostUnknown
    case (4, 6): return .loop
    case (4, 7): return .timeout
    case (7, _): return .refused
    default: return kind == 5 ? .permanent : .temporary
    }
  }

  private static func byCode(_ code: String) -> DeliveryCause {
    switch code {
    case "550", "551", "553": return .addressUnknown
    case "552": return .mailboxFull
    case "421", "450", "451", "452": return .busy
    case "554": return .refused
    case "530", "534", "535", "auth", "login", "credentials": return .signIn
    case "tls", "certificate": return .insecure
    case "timeout": return .timeout
    case "connection", "connect", "resolve", "network", "lost": return .connection
    case "address", "recipient": return .addressMalformed
    default:
      switch code.utf8.first {
      case UInt8(ascii: "5") where code.utf8.count == 3: return .permanent
      case UInt8(ascii: "4") where code.utf8.count == 3: return .temporary
      default: return .unknown
      }
    }
  }

  public func sentence(_ language: Language) -> String {
    switch self {
    case .addressUnknown:
      language.choose("Alamat surel tidak dikenal di server tujuan.", "The receiving server does not know the address.")
    case .mailboxFull: language.choose("Kotak surel penerima penuh.", "The recipient's mailbox is full.")
    case .mailboxDisabled:
      language.choose("Kotak surel penerima tidak aktif.", "The recipient's mailbox is not in use.")
    case .tooLarge: language.choose("Surat terlalu besar bagi penerima.", "The letter is too large for the recipient.")
    case .hostUnknown:
      language.choose("Domain alamat surel tidak menerima surel.", "The address's domain takes no e-mail.")
    case .hostSilent:
      language.choose("Server surel tujuan tidak menjawab.", "The receiving mail server does not answer.")
    case .busy:
      language.choose(
        "Server surel tujuan sedang tidak dapat menerima.", "The receiving server cannot take it just now.")
    case .loop: language.choose("Surat berputar di antara server.", "The letter ran in circles between servers.")
    case .refused:
      language.choose("Server surel tujuan menolak surat ini.", "The receiving server refused this letter.")
    case .signIn:
      language.choose(
        "Sigap tidak dapat masuk ke server surel; beri tahu pengelola sistem.",
        "Sigap could not sign in to the mail server; tell the administrator.")
    case .insecure:
      language.choose(
        "Sambungan aman ke server surel gagal; beri tahu pengelola sistem.",
        "No secure connection to the mail server; tell the administrator.")
    case .timeout: language.choose("Server surel tidak menjawab pada waktunya.", "The mail server took too long.")
    case .connection: language.choose("Sambungan ke server surel terputus.", "The connection to the mail server broke.")
    case .addressMalformed: language.choose("Alamat surel tidak sah.", "The e-mail address is not a valid one.")
    case .permanent: language.choose("Server surel menolak untuk seterusnya.", "The mail server refused for good.")
    case .temporary: language.choose("Server surel menolak untuk sementara.", "The mail server refused for now.")
    case .unknown: language.choose("Surat tidak dapat dikirim.", "The letter could not be sent.")
    }
  }
}
