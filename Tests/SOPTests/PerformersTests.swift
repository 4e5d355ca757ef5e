import Testing
import Townsfolk

@testable import SOP

@Suite struct PerformersTests {
  /// One command of each kind, with the parties that may give it, written a second time and by hand.
  static let table: [(TicketCommand, Set<Party>)] = {
    let message = IncomingMessage(channel: .email, text: "halo")
    let team: Set<Party> = [.team, .supervisor]
    let requester: Set<Party> = [.requester, .team, .supervisor]
    return [
      (.proveAddress(email: Town.sukamaju.email), requester), (.confirm, requester),
      (.dispute(reason: "a"), requester), (.reopen(reason: "a"), requester), (.withdraw(reason: "a"), requester),
      (.receiveFromRequester(message), [.requester, .machine, .team, .supervisor]),
      (.receiveFromRegistry(message), [.registry, .machine, .team, .supervisor]),
      (.correctComplaint(ComplaintCorrection()), team), (.recordCheck(.usual), team),
      (.recordAnalysis(.declined), team), (.sendAnswer(.usual), team), (.askRequester(text: "a"), team),
      (.pause(waitingFor: .requester, note: "a"), team), (.resume, team), (.assign(nil), team),
      (.returnToAnalysis(reason: "a"), team), (.escalate(reason: "a"), team), (.writeToRequester(text: "a"), team),
      (.writeToRegistry(text: "a"), team), (.addNote(text: "a"), team),
      (.acknowledgeHandoff(ordinal: 1), [.registry]),
      (.recordRegistryReply(.done, ordinal: 1), [.registry, .team, .supervisor]),
      (.override(to: .answer, reason: "a"), [.supervisor]), (.close(reason: "a"), [.supervisor]),
      (.recordAnswerAccepted(channel: .email, letter: "a"), [.machine]),
      (.recordAnswerFailed(reason: "a", letter: "a"), [.machine]),
      (.recordLetterFailed(letter: "a", reason: "a"), [.machine]), (.linkDuplicate(.second), [.machine]),
      (.answerAsOriginal(.usual, original: .second), [.machine]), (.originalEnded(.second), [.machine]),
      (.noticeTime, [.machine]), (.changeAddress(email: "baru@desa.example", reason: "a"), requester),
      (.resendProof, requester), (.recordAnswerRead(note: "a"), team), (.markRead, team),
      (.receiveVerdict(message, .solved), [.requester]), (.receiveNote(message), [.machine, .team, .supervisor]),
    ]
  }()

  @Test func `every command has a name of its own in the table`() {
    let names = Self.table.map(\.0.name)
    #expect(Set(names).count == names.count)
    #expect(names.count == 37)
  }

  @Test func `a command is refused to every party that may not give it, in every row`() throws {
    let scenes = [
      try Scene(), try .inAnalysis(), try .atRegistry(), try .inAnswer(), try .inConfirmation(), try .closed(),
    ]
    for (command, parties) in Self.table {
      for party in Party.allCases {
        for scene in scenes {
          let expected = Rejection.notYours(
            command: command.name, performers: parties.sorted { $0.rawValue < $1.rawValue })
          let refused: Bool
          do {
            _ = try scene.ticket.decide(
              command, by: Town.someone(of: party), at: wib(24, 9, 0), under: scene.procedure)
            refused = false
          } catch { refused = error == expected }
          #expect(refused == !parties.contains(party), "\(command.name) by \(party)")
        }
      }
    }
  }

  @Test func `an administrator gives no command of the procedure`() {
    #expect(Self.table.allSatisfy { !$0.0.performers.contains(.administrator) })
  }

  @Test func `a supervisor acts for the team`() {
    #expect(Party.allCases.filter { Performer(party: $0).actsForTeam } == [.team, .supervisor])
  }

  @Test func `every rejection has a stable code of its own`() throws {
    let number = name("contoh.co.id")
    let original = try #require(TicketNumber(month: 202_611, running: 39))
    let all: [Rejection] = [
      .notYours(command: "a", performers: []), .wrongStage(needed: [], actual: .check), .alreadyClosed, .notClosed,
      .textMissing(.text), .textTooLong(.text, limit: 1), .domainMissing, .domainNotOurs(number),
      .authorityUnverified, .duplicateOfItself, .originalUnknown(original), .duplicateCircle(original), .notPaused,
      .alreadyPaused, .pauseForOurselves, .answerUnderWay, .noAnswerToRead, .handoffOutdated,
      .alreadyAcknowledged, .overrideToSameStage, .overrideNotPossible(.registry), .addressDiffers, .addressMalformed,
      .addressSame, .nothingToProve, .proofRationed, .changedMeanwhile,
    ]
    #expect(
      all.map(\.code) == [
        "not_yours", "wrong_stage", "already_closed", "not_closed", "text_missing", "text_too_long", "domain_missing",
        "domain_not_ours", "authority_unverified", "duplicate_of_itself", "original_unknown",
        "duplicate_circle", "not_paused", "already_paused", "pause_for_ourselves", "answer_under_way",
        "no_answer_to_read", "handoff_outdated", "already_acknowledged", "override_to_same_stage",
        "override_not_possible", "address_differs", "address_malformed", "address_same", "nothing_to_prove",
        "proof_rationed", "changed_meanwhile",
      ])
  }
}
