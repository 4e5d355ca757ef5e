import ArgumentParser
import Foundation
import Glibc

/// The help desk for government domain names, as one command.
@main
struct Sigap: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "sigap",
    abstract: "Help desk for government domain names: runs the complaints procedure from first message to answer.",
    discussion: """
      Exit codes: 0 fine, 1 the answer is "no" or there are findings, 2 wrong usage, 70 a fault, 75 try again later.
      """,
    version: version,
    subcommands: [
      Serve.self, Demo.self, MailCommand.self, HTMLCommand.self, Doctor.self, Migrate.self, Verify.self, Backup.self,
      Restore.self, UserCommand.self, Seed.self,
    ])

  /// Exit codes are part of the contract, so they are chosen here and nowhere else.
  static func main() async {
    // A reader that went away (an MTA, a closed terminal) is an error of that write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch let fault as ConfigurationFault {
      say("sigap: \(fault.description)")
      Foundation.exit(2)
    } catch {
      leave(because: error)
    }
  }

  private static func leave(because error: any Error) -> Never {
    let code = exitCode(for: error)
    if code == .success { exit(withError: error) }
    say(fullMessage(for: error))
    // ArgumentParser answers 64 (EX_USAGE) for wrong usage; the contract says 2. Anything else is a fault of ours.
    Foundation.exit(code == .validationFailure ? 2 : 70)
  }

  /// A line on standard error. When nobody can hear it, the work goes on: `write(_:)` without a label would trap.
  static func say(_ line: String) { try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) }
}

extension ExitCode {
  /// The answer is "no", or there are findings.
  static let no = ExitCode(1)
  static let fault = ExitCode(70)
  static let tryAgainLater = ExitCode(75)
}

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Option(name: .long, help: "Configuration file (YAML); SIGAP_… variables go over it.")
  var config: String?

  func load() throws -> Configuration {
    let configuration = try Configuration.load(file: config)
    LineLogHandler.install(configuration)
    return configuration
  }
}
