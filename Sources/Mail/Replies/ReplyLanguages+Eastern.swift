/// Phrases of the languages of eastern Europe and of Asia.
extension ReplyLanguage {
  static let eastern: [ReplyLanguage] = slavic + baltic + near + far

  static let slavic = [
    ReplyLanguage(
      openings: "dnia|w|pon|wt|śr|czw|pt|sob|niedz|poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela",
      verbs: "napisał|napisała|napisał(a)|napisał/a|pisze", from: "od|nadawca", to: "do|dw|odbiorca|adresat",
      subject: "temat", sent: "wysłano|wysłane|data wysłania", date: "data",
      original: "wiadomość oryginalna|oryginalna wiadomość|treść oryginalnej wiadomości|pierwotna wiadomość",
      forwarded: "przekazana wiadomość|wiadomość przekazana|przekazanej wiadomości"),
    ReplyLanguage(
      openings: "dne|po|út|st|čt|pá|so|ne", verbs: "napsal|napsala|napsal(a)|napsal/a|píše", from: "od",
      to: "komu|pro|kopie", subject: "předmět", sent: "odesláno|odesláno v", date: "datum",
      original: "původní zpráva|původní e-mail", forwarded: "přeposlaná zpráva|přeposlané zprávy"),
    ReplyLanguage(
      openings: "dňa", verbs: "napísal|napísala|napísal(a)|píše", from: "od", to: "komu|kópia|adresát",
      subject: "predmet", sent: "odoslané", date: "dátum", original: "pôvodná správa", forwarded: "preposlaná správa"),
    ReplyLanguage(
      openings: "dne|v", verbs: "je napisal|je napisala|napisal", from: "od", to: "za", subject: "zadeva",
      sent: "poslano", date: "datum", original: "izvirno sporočilo", forwarded: "posredovano sporočilo"),
    ReplyLanguage(
      openings: "dana|u|dne|pon|uto|sri|čet|pet|sub|ned",
      verbs: "je napisao/la|je napisao|je napisala|napisao je|napisala je|napisao|napisala|piše", from: "od|šalje",
      to: "za|prima|kome", subject: "naslov|predmet", sent: "poslano|poslato", date: "datum",
      original: "originalna poruka|izvorna poruka|izvorna e-poruka", forwarded: "proslijeđena poruka|prosleđena poruka"),
    ReplyLanguage(
      openings: "дана|у", verbs: "написа|написао|написала|је написао|је написао/ла|пише", from: "од|шаље",
      to: "за|коме|прима", subject: "наслов|предмет", sent: "послато", date: "датум", original: "оригинална порука",
      forwarded: "прослеђена порука"),
    ReplyLanguage(
      openings: "пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|в",
      verbs: "писал|писала|писал(а)|написал|написала|написал(а)|пишет", from: "от|отправитель",
      to: "кому|копия|получатель", subject: "тема", sent: "отправлено|дата отправки", date: "дата",
      original: "исходное сообщение|оригинальное сообщение|исходное письмо",
      forwarded: "пересланное сообщение|пересылаемое сообщение|переадресованное сообщение|переадресованного сообщения"
        + "|перенаправленное сообщение|переадресованного письма|пересланное письмо"),
    ReplyLanguage(
      openings: "пн|вт|ср|чт|пт|сб|нд|понеділок|вівторок|середа|четвер|п'ятниця|субота|неділя",
      verbs: "написав|написала|написав(ла)|пише", from: "від|від кого", to: "кому|копія|отримувач", subject: "тема",
      sent: "надіслано|відправлено", date: "дата", original: "оригінальне повідомлення|вихідне повідомлення",
      forwarded: "переслане повідомлення|пересланого повідомлення"),
    ReplyLanguage(
      openings: "на", verbs: "написа", from: "от", to: "до|копие до", subject: "относно|тема", sent: "изпратено",
      date: "дата", original: "оригинално съобщение", forwarded: "препратено съобщение"),
  ]

  static let baltic = [
    ReplyLanguage(
      openings: "", verbs: "rakstīja", from: "no", to: "kam|kopija", subject: "temats|tēma", sent: "nosūtīts",
      date: "datums", original: "sākotnējā vēstule|sākotnējais ziņojums", forwarded: "pārsūtītā vēstule"),
    ReplyLanguage(
      openings: "", verbs: "rašė|parašė", from: "nuo|siuntėjas", to: "kam|iki|gavėjas", subject: "tema",
      sent: "išsiųsta", date: "data", original: "pradinis laiškas|originalus laiškas|pradinis pranešimas",
      forwarded: "persiųstas laiškas|persiųstas pranešimas"),
    ReplyLanguage(
      openings: "", verbs: "kirjutas", from: "saatja|kellelt", to: "saaja|kellele|adressaat", subject: "teema",
      sent: "saadetud|saatmisaeg", date: "kuupäev", original: "algne sõnum|algne kiri|originaalsõnum",
      forwarded: "edastatud sõnum|edastatud kiri"),
    ReplyLanguage(
      openings: "", verbs: "írta|ezt írta|a következőt írta", from: "feladó", to: "címzett|másolat",
      subject: "tárgy", sent: "elküldve|küldve", date: "dátum", original: "eredeti üzenet|eredeti levél",
      forwarded: "továbbított üzenet|továbbított levél"),
  ]

  static let near = [
    ReplyLanguage(
      openings: "στις|στη|δευ|τρι|τετ|πεμ|παρ|σαβ|κυρ", verbs: "έγραψε", from: "από", to: "προς|κοιν",
      subject: "θέμα", sent: "στάλθηκε|εστάλη|αποστολή", date: "ημερομηνία", original: "αρχικό μήνυμα",
      forwarded: "προωθημένο μήνυμα|προωθημένου μηνύματος"),
    ReplyLanguage(
      openings: "pzt|sal|çar|per|cum|cmt|paz", verbs: "yazdı|şunu yazdı|şöyle yazdı|şunları yazdı",
      from: "kimden|gönderen", to: "kime|alıcı|bilgi", subject: "konu", sent: "gönderildi|gönderilme|gönderme tarihi",
      date: "tarih", original: "orijinal mesaj|özgün ileti|orijinal ileti|özgün mesaj",
      forwarded: "iletilen mesaj|iletilmiş ileti|yönlendirilen ileti|forwarded ileti"),
    ReplyLanguage(
      openings: "", verbs: "yazıb", from: "kimdən", to: "kimə|nüsxə", subject: "mövzu", date: "tarix",
      original: "orijinal məktub"),
    ReplyLanguage(
      openings: "", verbs: "დაწერა|წერდა", from: "გამგზავნი", to: "ვის|ასლი", subject: "სათაური", date: "თარიღი",
      original: "ორიგინალი შეტყობინება"),
    ReplyLanguage(
      openings: "", verbs: "գրեց|գրել է", from: "ուղարկող", to: "ստացող", subject: "վերնագիր", date: "ամսաթիվ",
      original: "առաջին հաղորդագրությունը"),
    ReplyLanguage(
      openings: "در", verbs: "نوشته است|نوشت", from: "از", to: "به|رونوشت", subject: "موضوع", sent: "ارسال شده",
      date: "تاریخ", original: "پیام اصلی", forwarded: "پیام ارجاع شده|پیام فوروارد شده"),
    ReplyLanguage(
      openings: "في|بتاريخ", verbs: "كتب|كتبت|كتب/ت", from: "من", to: "إلى|الى|نسخة", subject: "الموضوع",
      sent: "تم الإرسال|أُرسلت|مرسل", date: "التاريخ", original: "الرسالة الأصلية|رسالة أصلية",
      forwarded: "رسالة معاد توجيهها|رسالة محولة|رسالة مُحالة"),
    ReplyLanguage(
      openings: "בתאריך|ב-", verbs: "כתב|כתבה|כתב/ה|כתב:ה", from: "מאת", to: "אל|לידיעה|עותק", subject: "נושא",
      sent: "נשלח", date: "תאריך", original: "הודעה מקורית", forwarded: "הודעה שהועברה|הודעה מועברת"),
    ReplyLanguage(
      openings: "", verbs: "يازدى", from: "دىن", to: "غا|قۇشۇمچە", subject: "تىما", date: "چېسلا",
      original: "ئەسلىي خەت"),
  ]

  static let far = [
    ReplyLanguage(
      openings: "vào|ngày|lúc|th", verbs: "viết|đã viết", from: "từ|gửi từ|người gửi",
      to: "đến|tới|người nhận|đồng kính gửi", subject: "chủ đề|tiêu đề", sent: "đã gửi|gửi lúc|gửi", date: "ngày",
      original: "thư gốc|tin nhắn gốc", forwarded: "thư đã chuyển tiếp|thư chuyển tiếp|tin nhắn đã chuyển tiếp"),
    ReplyLanguage(
      openings: "ใน|เมื่อ|วันที่", verbs: "เขียน|เขียนว่า|ได้เขียน", from: "จาก|ผู้ส่ง", to: "ถึง|ผู้รับ|สำเนา|คัดลอก",
      subject: "เรื่อง|หัวเรื่อง|หัวจดหมาย", sent: "ส่ง|ส่งเมื่อ", date: "วันที่",
      original: "ข้อความเดิม|ข้อความต้นฉบับ", forwarded: "ข้อความที่ส่งต่อ"),
    ReplyLanguage(
      openings: "កាលពីថ្ងៃ", verbs: "បានសរសេរ", from: "អ្នកផ្ញើ", to: "អ្នកទទួល", subject: "ចំណងជើង",
      date: "កាលបរិច្ឆេត", original: "សារដើម"),
    ReplyLanguage(
      openings: "在|于|於", verbs: "写道|寫道|写到|寫到|写道说|撰写", from: "发件人|发送人|寄件者|寄件人|發件人|发自",
      to: "收件人|收件者|抄送|副本", subject: "主题|主旨|主題",
      sent: "发送时间|发件时间|寄件日期|傳送時間|發送時間|已傳送|已发送", date: "日期",
      original: "原始邮件|原始郵件|邮件原件|原始訊息|原始信件|回复的原邮件",
      forwarded: "转发的邮件|轉寄郵件|轉寄的郵件|已转发邮件|转发邮件信息|轉寄訊息|已轉寄的郵件"),
    ReplyLanguage(
      openings: "", verbs: "書きました|書いた|のメール|のメッセージ|さんは書きました", from: "差出人|送信元|送信者", to: "宛先|写し",
      subject: "件名", sent: "送信日時|送信日", date: "日時|日付", original: "元のメッセージ|オリジナルメッセージ",
      forwarded: "転送メッセージ|転送されたメッセージ|転送されたメール"),
    ReplyLanguage(
      openings: "", verbs: "작성|님이 작성|썼습니다|쓴 글|님이 쓴 메시지", from: "보낸 사람|보낸이|발신", to: "받는 사람|받는이|참조",
      subject: "제목", sent: "보낸 날짜|보냄|발송", date: "날짜", original: "원본 메시지|원본 메일|원문",
      forwarded: "전달된 메시지|전달된 메일"),
    ReplyLanguage(
      openings: "", verbs: "ने लिखा|लिखा", from: "प्रेषक", to: "प्राप्तकर्ता", subject: "विषय", sent: "भेजा गया",
      date: "दिनांक", original: "मूल संदेश", forwarded: "अग्रेषित संदेश"),
  ]
}
