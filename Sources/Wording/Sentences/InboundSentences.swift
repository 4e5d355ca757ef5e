/// Why intake took a message for what it took it for, in words for officers: the ledger page and quarantine.
public import Desk
public import SOP

public enum InboundReason {
  /// The sentence of a reason code; codes this version does not know print as they are, on one line.
  public static func sentence(_ code: String, _ language: Language) -> String {
    switch code {
    case "token_valid":
      language.choose("Alamat balasan memuat tanda tiket yang sah.", "The reply address holds a valid ticket token.")
    case "reply_to_letter": language.choose("Membalas surat kami.", "It answers a letter of ours.")
    case "sender_is_requester":
      language.choose("Pengirim adalah pemohon tiket ini.", "The sender is this ticket's requester.")
    case "sender_is_registry": language.choose("Pengirim adalah PANDI.", "The sender is PANDI.")
    case "sender_is_staff": language.choose("Pengirim adalah rekan tim.", "The sender is a colleague of the team.")
    case "confirmed_by_reply":
      language.choose("Baris pertama memastikan masalah selesai.", "Its first line says that the matter is solved.")
    case "disputed_by_reply":
      language.choose("Baris pertama menyatakan belum selesai.", "Its first line says that it is not solved.")
    case "too_many_automatic":
      language.choose(
        "Terlalu banyak surat otomatis untuk tiket ini.", "Too many automatic messages for this ticket.")
    case "sender_differs":
      language.choose(
        "Pengirim bukan pihak yang kami surati; belum terbukti.", "The sender is not whom we wrote to; unproven.")
    case "automatic_header":
      language.choose("Ditandai sebagai surat otomatis.", "It is marked as an automatic message.")
    case "null_return_path":
      language.choose("Tanpa alamat pengembalian, seperti surat mesin.", "It has no return address, as machines do.")
    case "list_mail": language.choose("Berasal dari milis.", "It comes from a mailing list.")
    case "own_letter": language.choose("Surat kami sendiri yang kembali.", "It is a letter of our own.")
    case "bounce_of_letter":
      language.choose("Laporan bahwa surat kami tidak sampai.", "A report that a letter of ours did not arrive.")
    case "bounce_unknown_letter":
      language.choose(
        "Laporan gagal kirim untuk surat yang tidak kami kenal.", "A failure report for a letter we do not know.")
    case "unreadable": language.choose("Surat tidak dapat dibaca.", "The message could not be read.")
    case "crashed_twice":
      language.choose(
        "Pengolahan terhenti dua kali; surat disimpan untuk diperiksa.",
        "Processing stopped twice; the message is kept for a person to look at.")
    case "failed_twice":
      language.choose(
        "Pengolahan gagal dua kali; surat disimpan untuk diperiksa.",
        "Processing failed twice; the message is kept for a person to look at.")
    case "abuse_report": language.choose("Laporan penyalahgunaan dari mesin.", "An abuse report sent by a machine.")
    case "notification": language.choose("Pemberitahuan dari mesin.", "A notification sent by a machine.")
    case "too_large": language.choose("Surat terlalu besar.", "The message is too large.")
    case "not_fetched":
      language.choose(
        "Surat belum dapat diambil seluruhnya dari kotak surel.", "The message could not be fetched from the mailbox.")
    case "opened_by_person":
      language.choose("Dijadikan tiket oleh pengelola sistem.", "An administrator made it a ticket.")
    case "bounce_of_ticket":
      language.choose(
        "Laporan gagal kirim untuk surat tiket ini; suratnya tidak disebut.",
        "A failure report for a letter of this ticket; it does not say which.")
    case "earlier_handoff":
      language.choose("Menjawab penerusan yang lama.", "It answers an earlier hand-off.")
    case "same_fingerprint":
      language.choose("Kiriman kedua dari surat yang sudah tercatat.", "It is a second copy of a recorded message.")
    case "possibly_related":
      language.choose("Mungkin terkait tiket lain; belum terbukti.", "It may belong to another ticket; unproven.")
    case "no_domain_found": language.choose("Tidak ada nama domain yang dikenali.", "No domain name was recognised.")
    case "empty_message": language.choose("Surat tanpa isi.", "The message is empty.")
    case "too_many_from_sender":
      language.choose("Terlalu banyak surat dari pengirim ini.", "Too many messages from this sender.")
    case "fingerprint_known":
      language.choose("Surat yang sama sudah diterima sebelumnya.", "The same message had been received before.")
    case "ticket_unknown":
      language.choose("Nomor tiket yang disebut tidak dikenal.", "The ticket number it names is not known.")
    default: Clean.line(code)
    }
  }

  /// The codes with a sentence of their own.
  public static let known = [
    "token_valid", "reply_to_letter", "sender_is_requester", "sender_is_registry", "sender_differs",
    "automatic_header", "null_return_path", "list_mail", "own_letter", "bounce_of_letter", "bounce_unknown_letter",
    "unreadable", "crashed_twice", "failed_twice", "abuse_report", "notification", "too_large", "possibly_related",
    "no_domain_found", "empty_message", "sender_is_staff", "confirmed_by_reply", "disputed_by_reply",
    "too_many_automatic",
    "not_fetched", "opened_by_person", "bounce_of_ticket", "earlier_handoff", "same_fingerprint",
    "too_many_from_sender", "fingerprint_known", "ticket_unknown",
  ]
}

extension InboundOutcome {
  /// The reasons as sentences, in order.
  public func sentences(_ language: Language) -> [String] { reasons.map { InboundReason.sentence($0, language) } }
}
