/// Subjects that machines write.
enum SubjectWords {
  /// Failed and late deliveries. They count only beside a mail system as author: people write about them too.
  static let failure = WordPatterns<Bool>(
    """
    undeliver+, undelivered, non deliver+, nondeliver+, not deliver+, not be delivered, delivery fail+,
    delivery * fail+, failed delivery, delivery status, delivery report, delivery error, delivery problem,
    delivery notification, delivery delay+, delayed mail, message delay+, mail delay+, delivery warning,
    delivery system, mail delivery, mail failure, failure notice, returned mail, mail returned,
    returned to sender, returning message, returned message, mail system error, error sending your mail,
    could not send, warning could not, warning message, failed mail, failed message, message failed,
    mail bounced, bounce notification, nondelivery, smtp server errors, rejected, postmaster notify,
    unzustellbar, non remis, non distribuable, échec de la remise, Échec de la remise, no se puede entregar,
    no entregado, correo devuelto, mancato recapito, não entregue, onbestelbaar, pesan tidak terkirim,
    surat tidak terkirim, gagal terkirim, pengiriman gagal, kegagalan pengiriman
    """)

  /// Beginnings that mail programs of many languages put before the subject of an automatic answer.
  private static let answers = beginnings(
    """
    automatic reply, automatic response, auto reply:, auto-reply, autoreply, auto response:, auto-response,
    autoresponse, [auto-reply], out of office:, out of office autoreply, balasan otomatis, jawaban otomatis,
    respons otomatis, balasan automatik, automatische antwort, abwesenheitsnotiz:, réponse automatique,
    respuesta automática, resposta automática, risposta automatica, automatisch antwoord, autosvar, automatisk svar,
    automaattinen vastaus, automatyczna odpowiedź, automatická odpověď, automatikus válasz, автоматический ответ,
    Автоматический ответ, автоответ, Автоответ, otomatik yanıt, αυτόματη απάντηση, trả lời tự động,
    ตอบกลับอัตโนมัติ, 自動応答, 自動返信, 自动答复, 自动回复, 自動回覆, 자동 회신
    """)

  /// What people write there themselves; a complaint may begin so as well.
  private static let absences = beginnings(
    """
    out of office, out-of-office, ooo:, [ooo], auto:, away from, vacation, on vacation, on leave, sedang cuti, cuti,
    tidak di kantor, di luar kantor, sedang tidak di, abwesenheit, abwesend, absence, absent, fuera de la oficina,
    fuori sede, afwezig, 不在, 休假
    """)

  private static func beginnings(_ list: String) -> [[UInt8]] {
    list.utf8.split { $0 == UInt8(ascii: ",") || $0 == 10 }.map { asciiLowercased($0.drop { $0 == 32 }) }
      .filter { !$0.isEmpty }
  }

  static func isAutomaticAnswer(_ subject: String) -> Bool { begins(subject, answers) }

  static func isAbsence(_ subject: String) -> Bool { begins(subject, absences) }

  private static func begins(_ subject: String, _ beginnings: [[UInt8]]) -> Bool {
    let start = asciiLowercased(Array(subject.utf8.prefix(200)))
    return beginnings.contains { start.starts(with: $0) }
  }

  /// `Re:`, `Fwd:` and their like: written or passed on by a person.
  static func isAnswer(_ subject: String) -> Bool {
    let start = asciiLowercased(Array(subject.utf8.prefix(12)))
    return ["re:", "fw:", "fwd:", "aw:", "wg:", "tr:", "rv:", "bls:", "trs:", "balas:", "terusan:", "re :", "[fwd:"]
      .contains { start.starts(with: $0.utf8) }
  }

  /// The subject that RFC 7489 §7.2.1.1 asks of an aggregate report.
  static func isDMARC(_ subject: String) -> Bool {
    let words = WordPatterns<Bool>.words(Array(subject.utf8.prefix(1_000)), limit: 100)
    let report = words.firstIndex { $0.elementsEqual("report".utf8) }
    guard let report, report + 1 < words.count, words[report + 1].elementsEqual("domain".utf8) else { return false }
    return words.contains { $0.elementsEqual("submitter".utf8) }
  }
}
