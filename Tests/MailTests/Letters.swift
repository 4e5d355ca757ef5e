import Mail

/// Raw letters for tests, and numbers that come out the same in every run.
enum Letters {
  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static func read(_ text: String) -> MailMessage { MailReader.read(Array(text.utf8)) }

  static let plain = """
    Return-Path: <budi@dinas.example.go.id>
    Delivered-To: bantuan@layanan.example.id
    From: "Budi Santoso" <budi@dinas.example.go.id>
    To: Layanan <bantuan@layanan.example.id>, kedua@layanan.example.id
    Cc: atasan@dinas.example.go.id
    Subject: =?utf-8?B?RG9tYWluIHRpZGFrIGJpc2EgZGlidWth?=
    Date: Tue, 3 Nov 2026 09:15:00 +0700
    Message-ID: <a1@dinas.example.go.id>
    In-Reply-To: <b2@layanan.example.id>
    References: <b1@layanan.example.id>
     <b2@layanan.example.id>
    Content-Type: text/plain; charset=utf-8

    Domain kami mati.

    Pada Sen, 2 Nov 2026 pukul 10.00 Layanan <bantuan@layanan.example.id> menulis:
    > Mohon penjelasan.

    """

  static let mixed = """
    From: budi@dinas.example.go.id
    Subject: lampiran
    Message-ID: <m@x.example>
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary=b

    --b
    Content-Type: multipart/alternative; boundary=c

    --c
    Content-Type: text/plain; charset=iso-8859-1
    Content-Transfer-Encoding: quoted-printable

    Gr=FC=DFe
    --c
    Content-Type: text/html

    <p>Gr&uuml;&szlig;e aus HTML</p>
    --c--
    --b
    Content-Type: image/png; name="x.png"
    Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fsurat%20%E2%80%AEtugas.png
    Content-Transfer-Encoding: base64

    aGFsbw==
    --b
    Content-Type: message/rfc822

    From: c@d.example
    Subject: diteruskan
    Message-ID: <inner@d.example>

    isi
    --b--

    """

  static let bounce = """
    Return-Path: <>
    From: MAILER-DAEMON@mx.example.id
    Subject: Undelivered Mail Returned to Sender
    Message-ID: <bounce@mx.example.id>
    Content-Type: multipart/report; report-type=delivery-status; boundary=r

    --r
    Content-Type: text/plain

    Mailbox is gone.
    --r
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mx.example.id

    Final-Recipient: rfc822; siti@dinas.example.go.id
    Action: failed
    Status: 5.1.1
    Diagnostic-Code: smtp; 550 5.1.1 no such user

    --r
    Content-Type: text/rfc822-headers

    Message-ID: <letter-7@layanan.example.id>
    Subject: Jawaban

    --r--

    """
}

/// SplitMix64: the same numbers from the same seed.
struct Numbers: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Metacharacters beside code points that a Swift Character would swallow them with.
enum Hostile {
  static let signs = [
    "<", ">", "\"", "'", "&", "=", "\n", "\r", "\r\n", ",", ";", "/", "\\", ".", "@", ":", "\0", "?=", "=?",
  ]
  static let before = ["", "\u{600}", "\u{601}", "\u{605}", "\u{6DD}", "\u{70F}", "\u{8E2}", "\u{110BD}"]
  static let after = ["", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{308}", "\u{E0100}", "\u{20E3}"]
  static let lineEnds = ["\u{85}", "\u{2028}", "\u{2029}", "\u{B}", "\u{C}", "\u{1C}"]

  /// Every sign between every pair of neighbours.
  static var all: [String] {
    (signs + lineEnds).flatMap { sign in before.flatMap { front in after.map { front + sign + $0 } } }
  }
}
