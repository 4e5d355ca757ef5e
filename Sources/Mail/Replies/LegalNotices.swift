/// Legal notices that organisations put under every mail.
///
/// A notice speaks of several things at once: to whom the mail goes, that it is secret, what a wrong recipient must do,
/// what is forbidden, who is liable. One of them alone is a sentence that a writer may write; a paragraph that speaks
/// of its intended recipient and of one thing more, or of three things, is a notice.
enum LegalNotices {
  private static let recipient =
    "intended recipient|intended only for|intended solely for|solely for the use of|for the sole use of|the addressee"
    + "|penerima yang dituju|penerima yang dimaksud|bukan penerima|hanya ditujukan|ditujukan hanya|semata-mata ditujukan"
    + "|pihak yang dituju|alamat yang dituju|nicht der richtige adressat|vorgesehene empfänger|bestimmungsgemäße"
    + "|destinataire|exclusivamente para|destinatario|destinatário|bestemd voor|geadresseerde|uso esclusivo"
  private static let secrecy =
    "confidential|confidentiality|privileged|proprietary|rahasia|kerahasiaan|konfidensial|vertraulich|vertrauliche"
    + "|confidentiel|confidentielle|confidencial|riservate|riservato|vertrouwelijk|vertrouwelijke|hak istimewa"
  private static let mistake =
    "in error|by mistake|delete it|delete this|notify the sender|notify us|advise the sender|karena kesalahan|secara keliru"
    + "|salah kirim|segera hapus|menghapus|hapus pesan|beritahukan pengirim|memberitahukan pengirim|memberitahu pengirim"
    + "|hubungi pengirim|irrtümlich|vernichten|par erreur|por error|por engano|per errore|abusievelijk|ten onrechte"
  private static let forbidden =
    "prohibited|unauthorized|unauthorised|not authorized|strictly|dilarang|tidak diperkenankan|tidak diizinkan|tanpa izin"
    + "|menyebarluaskan|penyebarluasan|menyalin|nicht gestattet|unbefugte|interdite|interdit|prohibido|prohibida|proibido"
    + "|proibida|non possono|verboden|niet toegestaan"
  private static let liability =
    "liability|liable|not responsible|no responsibility|virus|viruses|legally binding|do not represent|views expressed"
    + "|tidak bertanggung jawab|tanggung jawab atas|tidak mewakili|mengikat secara hukum|haftung|responsabilité"
    + "|responsabilidad|responsabilidade|responsabilità|aansprakelijk|aansprakelijkheid"
  private static let headings =
    "disclaimer|confidentiality notice|legal notice|legal disclaimer|penafian|pernyataan kerahasiaan|penyangkalan"
    + "|pemberitahuan kerahasiaan|haftungsausschluss|avis de confidentialité|aviso legal|aviso de confidencialidad"
    + "|avvertenze legali"
  /// First words of a notice.
  private static let openings =
    "this e-mail|this email|this message|this communication|this transmission|the information|the content|the contents"
    + "|if you are not|if you have received|pesan ini|surel ini|email ini|e-mail ini|informasi yang|isi surel|isi email"
    + "|jika anda bukan|apabila anda bukan|diese e-mail|diese nachricht|ce message|ce courriel|cet e-mail|este mensaje"
    + "|este correo|esta mensagem|este e-mail|le informazioni|questo messaggio|deze e-mail|dit bericht|de informatie"
  /// Whole by themselves.
  private static let green =
    "consider the environment before printing|think before you print|think before printing|lingkungan sebelum mencetak"
    + "|pikirkan lingkungan sebelum|hemat kertas|denken sie an die umwelt|pensez à l'environnement|piense en el medio ambiente"

  private static let signs = PhraseTable([
    (recipient, 1), (secrecy, 2), (mistake, 4), (forbidden, 8), (liability, 16), (green, 32),
  ])
  private static let starts = PhraseTable([(openings, 1), (headings, 1)])
  private static let headed = PhraseTable(headings)

  /// - Parameter words: one paragraph.
  /// - Returns: 2 for a notice, 1 for a paragraph that may belong to one, 0 for anything else.
  static func weight(_ words: [UInt8]) -> Int {
    let found = signs.bits(in: words)
    if words.count <= 200, found & 32 != 0 { return 2 }
    let groups = (found & 31).nonzeroBitCount
    if headed.begins(words), groups > 0 || words.count <= 40 { return groups > 0 ? 2 : 1 }
    guard groups > 0, words.count >= 80 else { return groups > 0 ? 1 : 0 }
    return groups >= 3 || (groups == 2 && found & 1 != 0) ? 2 : 1
  }

  /// Whether a notice may begin with this line: what stands above it in the same paragraph is the writer's.
  static func begins(_ line: [UInt8]) -> Bool { starts.begins(line) || signs.isIn(line) }
}
