import ArgumentParser
import Foundation
import Mail

struct HTMLCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "html", abstract: "Look at HTML as it is shown.", subcommands: [Clean.self])

  struct Clean: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print HTML as officers see it: made safe, remote images not loaded.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "A file, or - for standard input.") var file = "-"
    /// For the journeys, which clean thousands: a JSON string a line in, a JSON string a line out.
    @Flag(help: .hidden) var lines = false

    func run() async throws {
      let input = try MailCommand.message(file)
      guard lines else {
        return try FileHandle.standardOutput.write(contentsOf: Data((CleanHTML(bytes: input).text + "\n").utf8))
      }
      for line in input.split(separator: 10) {
        let html = try JSONDecoder().decode(String.self, from: line)
        try FileHandle.standardOutput.write(contentsOf: try JSONEncoder().encode(CleanHTML(html).text) + [10])
      }
    }
  }
}
