import ArgumentParser
import Desk
import Foundation
import SQLiteStore

struct UserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "Accounts of the people who work here.",
    subcommands: [Add.self, List.self, Disable.self, Reset.self])

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add a person; prints the one-time link.")
    @OptionGroup var common: CommonOptions
    @Argument(help: "The name typed at sign-in.") var userName: String
    @Option(help: "The person's name.") var name: String
    @Option(help: "officer, registry, supervisor or administrator.") var role: String
    @Option(help: "An e-mail address, for notices.") var email: String?

    func run() async throws {
      guard let role = Role(rawValue: role) else {
        throw ValidationError("--role must be officer, registry, supervisor or administrator.")
      }
      let house = try House(try common.load())
      let known = userName.asciiLowered
      guard try await house.store.account(named: known) == nil else {
        Sigap.say("sigap: there is an account named \(known) already.")
        throw ExitCode.no
      }
      let account = Account(id: known, userName: known, name: name, email: email, role: role)
      try await UserCommand.printLink(for: account, house)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the accounts.")
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let house = try House(try common.load())
      for account in try await house.store.accounts() {
        let state = account.disabledAt != nil ? "disabled" : account.passwordHash == nil ? "waiting" : "active"
        print("\(account.userName)\t\(account.role.rawValue)\t\(state)\t\(LineLogHandler.flat(account.name))")
      }
    }
  }

  struct Disable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Disable an account; its sessions end at once.")
    @OptionGroup var common: CommonOptions
    @Argument var userName: String

    func run() async throws {
      let house = try House(try common.load())
      var account = try await UserCommand.account(userName, house)
      let version = account.version
      account.disabledAt = house.clock.now()
      guard try await house.store.save(account, expecting: version) else { throw ExitCode.tryAgainLater }
      try await house.store.endSessions(of: account.id)
      print("\(account.userName) is disabled.")
    }
  }

  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take the password away and print a new one-time link; enables a disabled account.")
    @OptionGroup var common: CommonOptions
    @Argument var userName: String

    func run() async throws {
      let house = try House(try common.load())
      let account = try await UserCommand.account(userName, house)
      try await UserCommand.printLink(for: account, house, enabling: true)
    }
  }

  private static func account(_ userName: String, _ house: House) async throws -> Account {
    guard let account = try await house.store.account(named: userName.asciiLowered) else {
      Sigap.say("sigap: there is no account named \(LineLogHandler.flat(userName)).")
      throw ExitCode.no
    }
    return account
  }

  private static func printLink(for account: Account, _ house: House, enabling: Bool = false) async throws {
    let secret = try await house.signIn.issueSetup(for: account, enabling: enabling)
    print("\(account.userName): set the password once, within seven days:")
    print("  \(house.office.baseURL)/masuk/awal/\(secret)")
  }
}
