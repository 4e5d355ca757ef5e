import Testing
import Townsfolk

@testable import SOP

@Suite struct AddressTests {
  private let new = "kaur.umum@desa-sukamaju.example"
  private let requester = Town.someone(of: .requester)
  private let budi = Town.someone(of: .team)

  @Test func `a mistyped address is put right by the requester, and the new one is to be proven`() throws {
    var scene = try Scene(Scene.complaint(.web))
    #expect(
      try scene.give(.changeAddress(email: new, reason: ""), by: requester, at: wib(23, 9, 1))
        == [.addressChanged(email: new, reason: nil)])
    #expect(scene.ticket.complaint.requester.email == new && scene.ticket.addressAwaitsProof)
    #expect(scene.last.heldLettersGoTo == new && scene.last.proofLetter == "\(scene.ticket.number).3.proof")
    // Nothing was ever mailed to the former address: nobody there is told.
    #expect(scene.last.letters.isEmpty)
    #expect(throws: Rejection.addressDiffers) {
      try scene.give(.proveAddress(email: Town.sukamaju.email), at: wib(23, 9, 2))
    }
    try scene.give(.proveAddress(email: new), at: wib(23, 9, 3))
    #expect(scene.last.releasesHeldLetters && !scene.ticket.addressAwaitsProof)
  }

  @Test func `a lost address is replaced, told at the former one, and nothing more is mailed before the proof`() throws
  {
    for complaint in [Scene.complaint(.email), Scene.complaint(.web, proven: true)] {
      var scene = try Scene(complaint)
      try scene.give(.changeAddress(email: new, reason: "surel lama tidak aktif"), by: budi, at: wib(23, 9, 1))
      #expect(scene.last.letters.map(\.kind) == [.addressNotice(former: Town.sukamaju.email)])
      #expect(scene.last.letters.map(\.held) == [false])
      #expect(scene.ticket.addressAwaitsProof && scene.ticket.addressWasChanged)
      try scene.give(.askRequester(text: "Sejak kapan?"), at: wib(23, 9, 2))
      #expect(scene.last.letters.map(\.held) == [true])
    }
  }

  @Test func `an address is added to a ticket that had none`() throws {
    var scene = try Scene(Scene.complaint(.telephone, email: false))
    #expect(throws: Rejection.nothingToProve) { try scene.give(.resendProof, at: wib(23, 9, 1)) }
    try scene.give(.changeAddress(email: new, reason: "disebut lewat telepon"), by: budi, at: wib(23, 9, 1))
    #expect(scene.ticket.addressAwaitsProof)
  }

  @Test func `an officer gives a reason, and texts have bounds`() throws {
    var scene = try Scene()
    for blank in blanks {
      #expect(throws: Rejection.textMissing(.reason)) {
        try scene.give(.changeAddress(email: new, reason: blank), by: budi, at: wib(23, 9, 1))
      }
    }
    for performer in [budi, requester] {
      #expect(throws: Rejection.textTooLong(.reason, limit: 2_000)) {
        try scene.give(.changeAddress(email: new, reason: long(2_001)), by: performer, at: wib(23, 9, 1))
      }
    }
    #expect(throws: Rejection.addressSame) {
      try scene.give(.changeAddress(email: Town.sukamaju.email, reason: "a"), at: wib(23, 9, 1))
    }
  }

  @Test(arguments: [
    "", " ", "a", "@", "a@", "@desa.example", "a@b", "a@b@c.example", "a b@desa.example", "a@desa.example ",
    "a@desa.example\r\nBcc: x@y.example", "a,b@desa.example", "<a@desa.example>", "\"a\"@desa.example",
    "a@[127.0.0.1]", "caf\u{E9}@desa.example", "a\u{0}@desa.example", "a@desa_x.example",
    String(repeating: "a", count: 65) + "@desa.example",
  ])
  func `what is no address is refused`(text: String) throws {
    var scene = try Scene()
    #expect(throws: Rejection.addressMalformed) {
      try scene.give(.changeAddress(email: text, reason: "a"), at: wib(23, 9, 1))
    }
  }

  @Test func `a proof is sent again as long as there is something to prove, each under an id of its own`() throws {
    var scene = try Scene(Scene.complaint(.web))
    #expect(scene.last.proofLetter == "\(scene.ticket.number).proof")
    var ids: Set<String> = []
    for minute in 1...3 {
      let event = TicketEvent.proofRequested(email: Town.sukamaju.email)
      #expect(try scene.give(.resendProof, by: requester, at: wib(23, 9, minute)) == [event])
      ids.insert(try #require(scene.last.proofLetter))
    }
    #expect(ids.count == 3)
    try scene.give(.proveAddress(email: Town.sukamaju.email), at: wib(23, 9, 5))
    #expect(throws: Rejection.nothingToProve) { try scene.give(.resendProof, at: wib(23, 9, 6)) }
    var mailed = try Scene(Scene.complaint(.email))
    #expect(mailed.last.proofLetter == nil)
    #expect(throws: Rejection.nothingToProve) { try mailed.give(.resendProof, at: wib(23, 9, 6)) }
  }

  @Test func `a closed ticket's address can be put right, for whoever never got its letters`() throws {
    var scene = try Scene.closed()
    try scene.give(.changeAddress(email: new, reason: ""), by: requester, at: wib(25, 9, 0))
    #expect(scene.ticket.isClosed && scene.ticket.addressAwaitsProof)
  }
}
