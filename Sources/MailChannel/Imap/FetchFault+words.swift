extension ImapFault {
  /// Whether the fault says nothing about the message at hand.
  var isNotOfOneMessage: Bool {
    switch self {
    case .wrongCredentials, .mailboxMissing, .untrusted, .uidValidityChanged, .stopped: true
    case .timeout, .connection, .tooLarge, .messageMissing, .answer: false
    }
  }
}

extension FetchFault {
  /// Stable, for logs and JSON.
  public var code: String {
    switch self {
    case .sink: "not_kept"
    case .mailbox(.wrongCredentials): "wrong_credentials"
    case .mailbox(.mailboxMissing): "mailbox_missing"
    case .mailbox(.untrusted): "untrusted_server"
    case .mailbox(.timeout): "timeout"
    case .mailbox(.connection): "no_connection"
    case .mailbox(.uidValidityChanged): "mailbox_renewed"
    case .mailbox(.tooLarge): "too_large"
    case .mailbox(.messageMissing): "message_unreadable"
    case .mailbox(.answer): "answer_not_understood"
    case .mailbox(.stopped): "stopped"
    }
  }

  /// What happened and what to do next, in Indonesian and in English.
  public var sentence: (id: String, en: String) {
    switch self {
    case .sink:
      (
        "Surel sudah diambil tetapi belum dapat disimpan; akan diambil lagi. Periksa basis data.",
        "Mail was fetched but could not be stored; it will be fetched again. Check the database."
      )
    case .mailbox(.wrongCredentials):
      (
        "Server surel menolak nama pengguna atau kata sandi. Perbaiki rahasia kotak surel.",
        "The mail server refused the user name or the password. Correct the mailbox secret."
      )
    case .mailbox(.mailboxMissing):
      (
        "Kotak surel tidak ada atau tidak boleh dibuka. Periksa mail.imap.url.",
        "The mailbox does not exist or may not be opened. Check mail.imap.url."
      )
    case .mailbox(.untrusted):
      (
        "Sertifikat server surel tidak dapat dipercaya atau TLS tidak tersedia. Periksa nama server dan tls.trustFile.",
        "The mail server's certificate cannot be trusted, or it offers no TLS. Check the server name and tls.trustFile."
      )
    case .mailbox(.timeout):
      (
        "Server surel tidak menjawab tepat waktu. Sigap mencoba lagi sendiri.",
        "The mail server did not answer in time. Sigap tries again by itself."
      )
    case .mailbox(.connection):
      (
        "Server surel tidak dapat dihubungi. Sigap mencoba lagi sendiri; periksa jaringan bila berlanjut.",
        "The mail server cannot be reached. Sigap tries again by itself; check the network if it lasts."
      )
    case .mailbox(.uidValidityChanged):
      (
        "Kotak surel dinomori ulang dan dibaca dari awal; surel yang sudah dikenal tidak dicatat dua kali.",
        "The mailbox was renumbered and is read from its beginning; known mail is not recorded twice."
      )
    case .mailbox(.tooLarge):
      ("Sebuah surel melebihi batas ukuran.", "A message is over the size limit.")
    case .mailbox(.messageMissing):
      (
        "Server surel tidak dapat memberikan sebuah surel. Sigap mencoba lagi sendiri.",
        "The mail server could not hand over a message. Sigap tries again by itself."
      )
    case .mailbox(.answer):
      (
        "Jawaban server surel tidak dapat dipahami. Sigap mencoba lagi sendiri.",
        "The mail server's answer could not be understood. Sigap tries again by itself."
      )
    case .mailbox(.stopped):
      ("Pengambilan surel dihentikan.", "Fetching mail was stopped.")
    }
  }
}
