import ArgumentParser
import Desk
import Foundation
import Mail
import SOP
import SQLiteStore

struct MailCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Take in or look at one message.", subcommands: [Ingest.self, Parse.self])

  /// The most that is taken of one message, in bytes.
  static let largest = 64 << 20

  /// The message on standard input or in a file: at most one byte more than `largest`, by which a longer one is known.
  static func message(_ file: String) throws -> Data {
    if file == "-" { return try FileHandle.standardInput.read(upToCount: largest + 1) ?? Data() }
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
      defer { try? handle.close() }
      return try handle.read(upToCount: largest + 1) ?? Data()
    } catch {
      throw ValidationError("The file \(file) cannot be read.")
    }
  }

  /// For an MTA's pipe. Durable before it answers; with or without a running server.
  struct Ingest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take one message from an MTA pipe; exit 0 only after it is durable, 75 when it cannot be stored.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "A file, or - for standard input.") var file = "-"

    /// Whatever goes wrong before the message is durable ends in 75: an MTA keeps the message and comes again, and a
    /// configuration or a folder is repaired meanwhile. (RFC 3463 4.x.x; sysexits EX_TEMPFAIL. Any other code bounces it.)
    func run() async throws {
      let house: House
      let receipt: InboundReceipt
      do {
        let raw = try MailCommand.message(file)
        house = try House(try common.load())
        receipt = try await Ingest.keep(raw, in: house)
      } catch {
        Sigap.say("sigap: the message could not be stored: \(error)")
        throw ExitCode.tryAgainLater
      }
      // Durable from here on: whatever fails below, the message is in the ledger and the server goes on with it.
      await report(receipt, house)
      try? house.store.close()
      if let folder = try? DataFolder(house.configuration.dataDirectory) { Doorbell.ring(folder.doorbellPath) }
    }

    private static func keep(_ raw: Data, in house: House) async throws -> InboundReceipt {
      let now = house.clock.now()
      let isTooLarge = raw.count > MailCommand.largest
      let draft = InboundDraft(
        id: InboundID.make(at: now), source: .pipe, key: nil, receivedAt: now, raw: raw.prefix(MailCommand.largest),
        trouble: raw.isEmpty ? "empty_message" : isTooLarge ? "too_large" : nil)
      guard let receipt = try await house.store.receive([draft], advancing: nil).first else {
        throw Fault("the ledger gave no receipt")
      }
      return receipt
    }

    private func report(_ receipt: InboundReceipt, _ house: House) async {
      do {
        try await house.reloadSettings()
        let taken = try await house.intake.take(receipt.id)
        print(Ingest.line(taken))
      } catch {
        Sigap.say("sigap: kept as \(receipt.id), to be taken by the server: \(error)")
        print(#"{"ticket":null,"outcome":"quarantined","reasons":["waiting"]}"#)
      }
    }

    private static func line(_ taken: Intake.Taken) -> String {
      struct Line: Encodable {
        let ticket: String?
        let outcome: String
        let reasons: [String]
        func encode(to encoder: any Encoder) throws {
          var container = encoder.container(keyedBy: CodingKeys.self)
          try container.encode(ticket, forKey: .ticket)
          try container.encode(outcome, forKey: .outcome)
          try container.encode(reasons, forKey: .reasons)
        }
        enum CodingKeys: CodingKey { case ticket, outcome, reasons }
      }
      let line = Line(ticket: taken.ticket?.description, outcome: taken.kind.rawValue, reasons: taken.reasons)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
  }

  struct Parse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print what is read of one message, as JSON.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "A file, or - for standard input.") var file = "-"

    func run() async throws {
      let message = MailReader.read(Array(try MailCommand.message(file)))
      try FileHandle.standardOutput.write(contentsOf: message.json() + Data([10]))
    }
  }
}
