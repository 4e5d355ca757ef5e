import ArgumentParser
import Desk
import Foundation
import SQLiteStore
import Townsfolk

/// Fills a data folder with the town's tickets, for tests and benchmarks.
struct Seed: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fill the data folder with sample tickets through the real write path.")
  @OptionGroup var common: CommonOptions
  @Argument(help: "town") var scenario: String
  @Option(help: "How many tickets.") var tickets = 200

  func run() async throws {
    guard scenario == "town" else { throw ValidationError("The only scenario is: town.") }
    let clock = DemoClock()
    let house = try House(try common.load(), clock: clock)
    let dispatcher = house.dispatcher(sending: DemoMailbox(clock: clock))
    try await DemoPeople.settle(in: house)
    try await TownPlay(
      store: house.store, handling: house.handling, intake: house.intake, dispatcher: dispatcher,
      followUps: house.followUps, clock: clock, mailbox: house.office.mailAddress
    ).play(max(0, min(tickets, 1_000_000)), until: clock.now())
    try house.store.close()
    print("\(tickets) tickets in \(house.configuration.databasePath)")
  }
}
