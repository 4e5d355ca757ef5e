import ArgumentParser
import Desk
import Foundation
import Mail
import SOP
import SQLiteStore

struct MailCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Take in or look at one message.", subcommands: [Ingest.self, Parse.self])

  /// The message on standard input or in a file, at most 64 MB.
  static func message(_ file: String) throws -> Data {
    if file == "-" {
      return try FileHandle.standardInput.read(upToCount: 64 << 20) ?? Data()
    }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw ValidationError("The file \(file) cannot be read.")
    }
    return data
  }

  /// For an MTA's pipe. Durable before it answers; with or without a running server.
  struct Ingest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take one message from an MTA pipe; exit 0 only after it is durable, 75 when it cannot be stored.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "A file, or - for standard input.") var file = "-"

    func run() async throws {
      let configuration = try common.load()
      let raw = try MailCommand.message(file)
      let house: House
      let receipt: InboundReceipt
      do {
        house = try House(configuration)
        let now = house.clock.now()
        let draft = InboundDraft(
          id: InboundID.make(at: now), source: .pipe, key: nil, receivedAt: now, raw: raw,
          trouble: raw.isEmpty ? "empty_message" : nil)
        guard let first = try await house.store.receive([draft], advancing: nil).first else {
          throw Fault("the ledger gave no receipt")
        }
        receipt = first
      } catch let fault as ConfigurationFault {
        throw fault
      } catch {
        Sigap.say("sigap: the message could not be stored: \(error)")
        throw ExitCode.tryAgainLater
      }
      // Durable from here on: whatever fails below, the message is in the ledger and the server goes on with it.
      await report(receipt, house)
      try? house.store.close()
      Doorbell.ring(try DataFolder(configuration.dataDirectory).doorbellPath)
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

    @Argument(help: "A file, or - for standard input.") var file = "-"

    func run() async throws {
      let message = MailReader.read(Array(try MailCommand.message(file)))
      FileHandle.standardOutput.write(message.json() + Data([10]))
    }
  }
}
