import Desk
import HTTPTypes
import Hummingbird
import NIOCore

/// What is known about the visitor and this request before a handler runs.
struct Visit: Sendable {
  /// Stands in the log line and on error pages.
  var requestID = ""
  /// Where the request comes from (`TrustedProxies`): the key of every ration by address.
  var address = "-"
  var language = PageLanguage.indonesian
  var theme: PageTheme?
  /// The path as asked, percent-encoding resolved.
  var path = "/"
  var query = Query()
  /// The sealed token the forms of this page carry.
  var seal = ""
  /// What was sent, checked by `FormGuard`; empty for GET.
  var form = FormData()
  /// Who is signed in, as the layout shows it; set by the session middleware.
  var signedIn: SignedIn?
  var flash: FlashMessage?
}

/// The context of every request.
struct WebContext: RequestContext, RemoteAddressRequestContext {
  var coreContext: CoreRequestContextStorage
  let remoteAddress: SocketAddress?
  var visit = Visit()
  /// Who is signed in; set by `SessionStart`.
  var account: Account?
  /// The program that asks, by its bearer token; set by `SessionStart`.
  var apiToken: APIToken?

  init(source: Source) {
    coreContext = .init(source: source)
    remoteAddress = source.channel.remoteAddress
  }

  /// Is the peer on this machine, and the request its own? What a proxy on this machine passes on says so.
  func asksFromThisMachine(_ request: Request) -> Bool {
    let passedOn = [HTTPField.Name.own("Forwarded"), .own("X-Forwarded-For"), .own("Via")]
      .contains { request.headers[$0] != nil }
    let address = remoteAddress?.ipAddress ?? ""
    return !passedOn && (address == "::1" || address.utf8.starts(with: "127.".utf8))
  }
}

/// What the next page tells a person about what was just done. A cookie carries only the code.
enum FlashMessage: String, Sendable, CaseIterable {
  case saved, sent, taken, signedOut, removed, received, proven
  /// Where the words went that an officer sent (`Reach`).
  case mailed, onPage, heldBack, toBeTold, toRegistry, onRegistryDesk, escalated

  var text: Bilingual {
    switch self {
    case .saved: Bilingual("Tersimpan.", "Saved.")
    case .sent: Bilingual("Pesan masuk antrean kirim.", "The message is on its way.")
    case .taken: Bilingual("Tiket ini sekarang Bapak/Ibu tangani.", "You are now handling this ticket.")
    case .signedOut: Bilingual("Bapak/Ibu sudah keluar.", "You have signed out.")
    case .removed: Bilingual("Sudah dihapus.", "Removed.")
    case .received: Bilingual("Pesan Bapak/Ibu sudah kami terima.", "We have received your message.")
    case .proven: Bilingual("Alamat surel Bapak/Ibu terbukti.", "Your e-mail address is proven.")
    case .mailed:
      Bilingual(
        "Dikirim lewat surel; di percakapan tampak bila sudah sampai.",
        "On its way by e-mail; the conversation shows when it arrived.")
    case .onPage:
      Bilingual(
        "Dapat dibaca pemohon di halaman tiket. Tidak ada surel yang dikirim.",
        "The requester reads it on the ticket page. No e-mail was sent.")
    case .heldBack:
      Bilingual(
        "Dapat dibaca di halaman tiket; surelnya ditahan sampai alamat pemohon dipastikan.",
        "It stands on the ticket page; its e-mail is held until the requester's address is proven.")
    case .toBeTold:
      Bilingual(
        "Tercatat. Pemohon tidak punya alamat surel: sampaikan dengan bicara.",
        "Recorded. The requester has no e-mail address: tell it by voice.")
    case .toRegistry: Bilingual("Dikirim ke PANDI lewat surel.", "On its way to PANDI by e-mail.")
    case .onRegistryDesk:
      Bilingual(
        "Tidak ada surel yang dikirim. PANDI membacanya bersama penerusannya di meja registri.",
        "No e-mail was sent. PANDI reads it beside its packet on the registry's desk.")
    case .escalated: Bilingual("Pengawas diberi tahu.", "The supervisor was told.")
    }
  }
}
