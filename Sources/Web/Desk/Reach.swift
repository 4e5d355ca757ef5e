import Desk
import SOP
import Wording

/// Where the words an officer sends to the requester are read: told at the button before, and by the page after.
enum Reach: Sendable, Equatable {
  /// By e-mail at this address, and on the ticket's page.
  case mailed(String)
  /// On the ticket's page alone: there is no address.
  case page
  /// On the ticket's page; the letter waits until this address is proven.
  case held(String)
  /// Nowhere by itself: who telephoned or came to the counter and left no address is told it by an officer.
  case spoken

  init(toRequesterOf ticket: Ticket) {
    let requester = ticket.complaint.requester
    guard let email = requester.email else {
      self = ticket.complaint.channel.isSpoken ? .spoken : .page
      return
    }
    self = ticket.addressAwaitsProof ? .held(email) : .mailed(email)
  }

  var flash: FlashMessage {
    switch self {
    case .mailed: .mailed
    case .page: .onPage
    case .held: .heldBack
    case .spoken: .toBeTold
    }
  }

  func sentence(_ language: Language) -> String {
    switch self {
    case .mailed(let address):
      language.choose(
        "Dikirim ke \(address) lewat surel, dan dibaca di halaman tiket.",
        "Goes to \(address) by e-mail, and is read on the ticket page.")
    case .page:
      language.choose(
        "Pemohon tidak memberi alamat surel: dibaca di halaman tiket saja.",
        "The requester gave no e-mail address: it is read on the ticket page only.")
    case .held(let address):
      language.choose(
        "Dibaca di halaman tiket; surel ke \(address) ditahan sampai alamatnya dipastikan.",
        "Read on the ticket page; the e-mail to \(address) is held until the address is proven.")
    case .spoken:
      language.choose(
        "Pemohon tidak memberi alamat surel: tercatat di sini, dan disampaikan petugas dengan bicara.",
        "The requester gave no e-mail address: it is recorded here, and an officer tells it by voice.")
    }
  }

  /// What the button of a message says.
  func messageButton(_ name: String, _ language: Language) -> String {
    switch self {
    case .mailed: language.choose("Kirim kepada \(name) lewat surel", "Send to \(name) by e-mail")
    case .page: language.choose("Sampaikan di halaman tiket", "Put on the ticket page")
    case .held: language.choose("Sampaikan di halaman tiket, tahan surelnya", "Put on the ticket page, hold the e-mail")
    case .spoken: language.choose("Catat, untuk disampaikan petugas", "Record, to be told by an officer")
    }
  }

  /// What the button of the answer says.
  func answerButton(_ name: String, _ language: Language) -> String {
    switch self {
    case .mailed: language.choose("Kirim jawaban kepada \(name) lewat surel", "Send the answer to \(name) by e-mail")
    case .page: language.choose("Sampaikan jawaban di halaman tiket", "Put the answer on the ticket page")
    case .held:
      language.choose(
        "Sampaikan jawaban di halaman tiket, tahan surelnya", "Put the answer on the ticket page, hold the e-mail")
    case .spoken: language.choose("Catat jawaban, lalu bacakan", "Record the answer, then read it out")
    }
  }
}

/// Where the words to the registry are read.
enum RegistryReach: Sendable, Equatable {
  /// By e-mail at this address; on the registry's desk beside its packet.
  case mailed(String)
  case desk
  /// There is no address and no packet yet: the registry sees it when one comes.
  case later

  init(of ticket: Ticket, _ office: Office) { self.init(email: office.registryEmail, hasPacket: ticket.handoff != nil) }

  init(email: String?, hasPacket: Bool) {
    self = email.map { .mailed($0) } ?? (hasPacket ? .desk : .later)
  }

  var flash: FlashMessage {
    switch self {
    case .mailed: .toRegistry
    case .desk, .later: .onRegistryDesk
    }
  }

  func sentence(_ language: Language) -> String {
    switch self {
    case .mailed(let address):
      language.choose(
        "Dikirim ke \(address) lewat surel. Pemohon tidak membacanya.",
        "Goes to \(address) by e-mail. The requester does not read it.")
    case .desk:
      language.choose(
        "Dibaca di meja registri; alamat surel PANDI belum diatur. Pemohon tidak membacanya.",
        "Read on the registry's desk; no address of PANDI is set. The requester does not read it.")
    case .later:
      language.choose(
        "Alamat surel PANDI belum diatur: baru dibaca bila ada penerusan. Pemohon tidak membacanya.",
        "No address of PANDI is set: read only once there is a hand-off. The requester does not read it.")
    }
  }
}
