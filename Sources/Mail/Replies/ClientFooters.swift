/// Lines that mail programs and telephones put under a mail, by language.
///
/// A line is a footer when it begins with a phrase of `sure`, or with a phrase of `likely` and soon names a device or a
/// program, or when it ends so in languages that put the verb last. "Dikirim dari kantor kemarin" is a sentence,
/// "Dikirim dari ponsel" a footer.
enum ClientFooters {
  private static let sure = PhraseTable(
    "sent from mail|sent from [mail|dikirim dari mail|gesendet von mail|envoyé de mail|sent from my |sent via my |sent on my |sent with my |envoyé de mon |envoyé depuis mon |envoyé à partir de mon "
      + "|enviado desde mi |enviado de mi |enviado do meu |enviada do meu |enviado pelo meu |inviato dal mio "
      + "|verzonden vanaf mijn |verstuurd vanaf mijn |gesendet von meinem |gesendet von mein "
      + "|skickat från min |sendt fra min |lähetetty minun |wysłane z mojego |wysłano z mojego |odesláno z mého "
      + "|отправлено с моего |надіслано з мого |trimis de pe |küldve az én |gönderildi |được gửi từ |đã gửi từ "
      + "|get outlook for |get [outlook for |dapatkan outlook untuk |dapatkan [outlook |obtenez outlook pour "
      + "|télécharger outlook pour |téléchargez outlook pour |obtener outlook para |obtén outlook para "
      + "|obter o outlook para |outlook für ios|outlook für android|scarica outlook per |ottieni outlook per |outlook voor ios|outlook voor android|hämta outlook för "
      + "|hent outlook |pobierz program outlook |yahoo mail: search, organize|virus-free. |tidak ada virus. "
      + "|this email has been checked for viruses |this e-mail has been checked for viruses |surel ini telah diperiksa|diese nachricht wurde von meinem"
  )

  private static let likely = PhraseTable(
    "sent from |sent via |sent by |sent with |sent using |send from |from my |via |dikirim dari |dikirim dengan "
      + "|dikirim melalui |dikirim menggunakan |dikirim lewat |dikirim via |terkirim dari |terkirim melalui "
      + "|surel ini dikirim dari |pesan ini dikirim dari |dihantar daripada |dihantar dari |gesendet von |gesendet mit "
      + "|gesendet über |diese nachricht wurde von |envoyé de |envoyé depuis |envoyé avec |envoyé via |envoyé par "
      + "|enviado desde |enviado con |enviado de |enviado a partir |enviado do |enviado pelo |enviado via "
      + "|inviato da |inviato dal |inviato con |verzonden met |verzonden via |verzonden vanaf |verstuurd via "
      + "|verstuurd met |verstuurd vanaf |skickat från |skickat med |sendt fra |sendt med |lähetetty |wysłane z "
      + "|wysłano z |odesláno z |отправлено из |отправлено с |отправлено со |надіслано з |发送自|发自|發自|傳自|從我的|从我的"
      + "|来自|送自")

  /// Verb last, or after the device.
  private static let ends = PhraseTable(
    "gesendet|傳送|发送|發送|から送信|より送信|에서 보냄|에서 보냈습니다|gönderildi|küldve")

  private static let devices = Set(
    ReplyWords.phrases(
      "iphone|ipad|ipod|android|mobile|phone|cell|cellphone|smartphone|tablet|samsung|galaxy|xiaomi|redmi|poco|oppo|vivo"
        + "|realme|infinix|huawei|honor|nokia|blackberry|sony|xperia|htc|motorola|moto|asus|zenfone|oneplus|pixel"
        + "|windows|outlook|gmail|yahoo|hotmail|aol|thunderbird|protonmail|proton|laptop"
        + "|mailbox|airmail|spark|typeapp|bluemail|mailspring|canary|zoho|samsung's|ponsel|hp|handphone|telepon"
        + "|gawai|telefon|seluler|handy|mobilgerät|mobiltelefon|android-mobiltelefon|mobil|téléphone|portable|móvil"
        + "|celular|telefono|teléfono|telefoon|mobiel|cellulare|puhelin|telefonu|komórki|телефона|смартфона|почты"
        + "|устройства|почта|телефону|手机|手機|的iphone|电脑|邮箱|網易|ios|mobilen|telefonen"))

  static let lists = PhraseTable(
    "mailing list|milis|listinfo|to unsubscribe|unsubscribe from this group|mailman/listinfo|groups.google.com")

  /// - Parameter words: the line as `ReplyWords.folded` gives it.
  static func isFooter(_ words: [UInt8]) -> Bool {
    // "(sent from a phone)", "<<sent by galaxy>>"
    let bare = ReplyWords.trimmed(words) { !ReplyWords.isWord($0) }
    // An address of a web page is no part of the sentence.
    let said = beforeWeb(bare)
    guard said.count >= 6, said.count <= 120 else { return false }
    let tokens = ReplyWords.tokens(said)
    if tokens.count <= 16, sure.begins(said) { return true }
    guard tokens.count <= 10, namesDevice(tokens, said) else { return false }
    if let length = likely.length(of: said) {
      // "From my phone I cannot open it" is a sentence.
      return length > 7 || tokens.count <= 4
    }
    return tokens.count <= 8 && ends.ends(said)
  }

  private static func namesDevice(_ tokens: [ArraySlice<UInt8>], _ words: [UInt8]) -> Bool {
    if tokens.contains(where: { devices.contains(Array($0)) }) { return true }
    // Scripts without spaces: the name stands inside a longer token.
    return words.contains { $0 >= 0xE3 }
      && ["iphone", "ipad", "android", "手机", "手機", "outlook"].contains { name in
        holds(words, Array(name.utf8))
      }
  }

  private static func holds(_ words: [UInt8], _ name: [UInt8]) -> Bool {
    words.indices.contains { words[$0...].starts(with: name) }
  }

  private static func beforeWeb(_ words: [UInt8]) -> [UInt8] {
    let at = words.indices.first { words[$0] == 104 && words[$0...].starts(with: "http".utf8) }
    return ReplyWords.trimmed(words[..<(at ?? words.endIndex)]) { !ReplyWords.isWord($0) }
  }
}
