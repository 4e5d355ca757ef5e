/// Phrases of Indonesian, English and the languages of western, northern and southern Europe.
extension ReplyLanguage {
  static let western: [ReplyLanguage] = [indonesian, malay, english] + german + romance + nordic + others

  static let indonesian = ReplyLanguage(
    openings: "pada|tanggal|sen|sel|rab|kam|jum|sab|min|senin|selasa|rabu|kamis|jumat|sabtu|minggu",
    verbs: "menulis|menulis pesan|menulis berikut ini|telah menulis", from: "dari|pengirim",
    to: "kepada|ke|untuk|penerima|tembusan|salinan", subject: "perihal|subjek|subyek|judul|hal",
    sent: "dikirim|terkirim|dikirim pada", date: "tanggal|tgl",
    original: "pesan asli|pesan asal|pesan awal|surel asli|email asli|pesan balasan|balas pesan",
    forwarded:
      "pesan terusan|pesan diteruskan|pesan yang diteruskan|pesan diteruskan dari|diteruskan oleh|surel terusan")

  static let malay = ReplyLanguage(
    openings: "pada", verbs: "menulis", from: "daripada", to: "kepada|penerima", subject: "subjek|perkara|tajuk",
    sent: "dihantar", date: "tarikh", original: "mesej asal|mesej asli",
    forwarded: "mesej dimajukan|mesej yang dimajukan")

  static let english = ReplyLanguage(
    openings: "on|at|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    verbs: "wrote|writes|has written", endings: "sent", from: "from|reply-to|reply to|sender",
    to: "to|cc|bcc|copy|recipient",
    subject: "subject|re", sent: "sent|sent at|sent on", date: "date",
    original: "original message|original-message|original mail|original email|reply message|previous message",
    forwarded: "forwarded message|forwarded by|forwarded mail|forwarded email|forwarded")

  static let german = [
    ReplyLanguage(
      openings: "am|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag",
      verbs: "schrieb|schreibt|geschrieben|schrieb folgendes", from: "von|absender",
      to: "an|cc|kopie|kopie (cc)|empfänger", subject: "betreff", sent: "gesendet|gesendet am", date: "datum",
      original:
        "ursprüngliche nachricht|urspruengliche nachricht|originalnachricht|original-nachricht|original nachricht|antwort nachricht|"
        + "originalmail|ursprüngliche e-mail",
      forwarded: "weitergeleitete nachricht|weitergeleiteten nachricht|weitergeleiteten e-mail|weitergeleitet von"),
    ReplyLanguage(
      openings: "den", verbs: "schreift|huet geschriwwen", from: "vun", to: "un|cc", subject: "sujet", date: "datum",
      original: "original-message|original-noriicht"),
    ReplyLanguage(
      openings: "op|ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
      verbs: "schreef|geschreven|schreef het volgende", from: "van|afzender", to: "aan|cc|kopie|ontvanger",
      subject: "onderwerp", sent: "verzonden|verstuurd", date: "datum",
      original: "oorspronkelijk bericht|oorspronkelijke bericht|origineel bericht",
      forwarded: "doorgestuurd bericht|doorgestuurde bericht|doorgestuurd door"),
    ReplyLanguage(
      openings: "op", verbs: "skreau", from: "fan", to: "oan", subject: "ûnderwerp", date: "datum",
      original: "oarspronklik berjocht"),
  ]

  static let romance = [
    ReplyLanguage(
      openings: "le|lun|mar|mer|jeu|ven|sam|dim|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
      verbs: "a écrit|a ecrit|écrivait|à écrit", from: "de|expéditeur", to: "à|a|cc|copie|copie à|destinataire",
      subject: "objet|sujet", sent: "envoyé|envoyé le|envoye|date d'envoi", date: "date",
      original: "message d'origine|message original|courriel original|message initial",
      forwarded: "message transféré|message réexpédié|message transmis|transféré par"),
    ReplyLanguage(
      openings: "el|lun|mar|mié|jue|vie|sáb|dom|lunes|martes|miércoles|jueves|viernes|sábado|domingo",
      verbs: "escribió|escribio|ha escrito", from: "de|remitente", to: "para|a|cc|copia|destinatario",
      subject: "asunto", sent: "enviado|enviado el|enviado a las", date: "fecha",
      original: "mensaje original|correo original", forwarded: "mensaje reenviado|correo reenviado|reenviado por"),
    ReplyLanguage(
      openings: "em|a|no|seg|ter|qua|qui|sex|sáb|dom|segunda|terça|quarta|quinta|sexta|sábado|domingo",
      verbs: "escreveu|escreveu o seguinte", from: "de|remetente", to: "para|cc|destinatário", subject: "assunto",
      sent: "enviado|enviado em|enviada em|enviada", date: "data", original: "mensagem original",
      forwarded: "mensagem encaminhada|mensagem reencaminhada|encaminhado por"),
    ReplyLanguage(
      openings: "il|in|lun|mar|mer|gio|ven|sab|dom|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
      verbs: "ha scritto|scrisse|scrive", from: "da|mittente", to: "a|cc|destinatario", subject: "oggetto",
      sent: "inviato|inviato il", date: "data", original: "messaggio originale",
      forwarded: "messaggio inoltrato|inoltrato da"),
    ReplyLanguage(
      openings: "în|pe", verbs: "a scris", from: "de la|expeditor", to: "către|la|cc", subject: "subiect",
      sent: "trimis", date: "dată", original: "mesaj original|mesajul original",
      forwarded: "mesaj redirecționat|mesaj retrimis"),
    ReplyLanguage(
      openings: "el", verbs: "va escriure|ha escrit", from: "de", to: "a|per a", subject: "assumpte", sent: "enviat",
      date: "data", original: "missatge original", forwarded: "missatge reenviat"),
    ReplyLanguage(
      openings: "o", verbs: "escribiu", from: "de", to: "para", subject: "asunto", sent: "enviado", date: "data",
      original: "mensaxe orixinal", forwarded: "mensaxe reenviada"),
    ReplyLanguage(
      openings: "le", verbs: "ha scribite", from: "de", to: "a", subject: "subjecto", date: "data",
      original: "message original"),
  ]

  static let nordic = [
    ReplyLanguage(
      openings: "den|mån|tis|ons|tors|fre|lör|sön|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag", verbs: "skrev",
      from: "från|avsändare", to: "till|kopia|mottagare", subject: "ämne|rubrik", sent: "skickat|skickades",
      date: "datum", original: "ursprungligt meddelande|originalmeddelande",
      forwarded: "vidarebefordrat meddelande|vidarebefordrat brev|vidarebefordrat mail"),
    ReplyLanguage(
      openings: "den|man|tir|ons|tor|fre|lør|søn|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag", verbs: "skrev",
      from: "fra|afsender", to: "til|modtager", subject: "emne", sent: "sendt", date: "dato",
      original: "original besked|oprindelig besked|oprindelig meddelelse|original meddelelse",
      forwarded: "videresendt besked|videresendt meddelelse|videresendt meddelelse fra"),
    ReplyLanguage(
      openings: "på", verbs: "skrev|skreiv", from: "fra|frå|avsender", to: "til|mottaker|mottakar|kopi|kopi til",
      subject: "emne", sent: "sendt", date: "dato", original: "opprinnelig melding|opphavleg melding|original melding",
      forwarded: "videresendt melding|vidaresendt melding"),
    ReplyLanguage(
      openings: "þann", verbs: "skrifaði", from: "frá", to: "til|afrit", subject: "titill|efni", sent: "sent",
      date: "dagsetning", original: "upprunaleg skilaboð", forwarded: "áframsend skilaboð"),
    ReplyLanguage(
      openings: "tann", verbs: "skrivaði", from: "frá", to: "til", subject: "evni", date: "tann",
      original: "uppruna boð"),
    ReplyLanguage(
      openings: "ma|ti|ke|to|pe|la|su", verbs: "kirjoitti", from: "lähettäjä", to: "vastaanottaja|kopio",
      subject: "aihe", sent: "lähetetty", date: "päivä|päiväys|päivämäärä", original: "alkuperäinen viesti",
      forwarded: "välitetty viesti|edelleenlähetetty viesti"),
  ]

  static let others = [
    ReplyLanguage(
      openings: "d'an/ar", verbs: "eo bet skrivet gant", from: "eus", to: "da", subject: "sujed", date: "deiz",
      original: "kemennadenn orin"),
    ReplyLanguage(
      openings: "je", verbs: "skribis", from: "sendanto|de", to: "ricevanto|al|kopio", subject: "temo", date: "dato",
      original: "originala mesaĝo"),
    ReplyLanguage(
      openings: "", verbs: "idatzi du|idatzi zuen", from: "nork", to: "nori|kopia", subject: "gaia", date: "data",
      original: "jatorrizko mezua"),
    ReplyLanguage(
      openings: "më", verbs: "shkroi|shkruajti", from: "nga", to: "për", subject: "subjekt|subjekti", sent: "dërguar",
      date: "datë", original: "mesazhi origjinal"),
  ]
}
