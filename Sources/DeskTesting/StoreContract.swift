public import Desk
public import Testing

/// What every store must do, one named check for each sentence of the ports. A store's test suite runs them all:
///
///     @Test(arguments: StoreContract.all) func `keeps the contract`(check: StoreContract) async throws {
///       try await check.run(freshStore())
///     }
///
/// Each check is given an empty store of its own.
public struct StoreContract: Sendable, CustomTestStringConvertible {
  public let sentence: String
  public let run: @Sendable (any DeskStore) async throws -> Void

  public var testDescription: String { sentence }

  init(_ sentence: String, _ run: @escaping @Sendable (any DeskStore) async throws -> Void) {
    self.sentence = sentence
    self.run = run
  }

  public static let all: [StoreContract] =
    tickets + decisions + ledger + person + outbox + rations + reading + searching + directory + people
}
