public import Desk
import SOP
import Wording

/// What every page works with: the desk behind the pages, and the ground they stand on.
///
/// Pages read through the store's reading ports and write through `handling` and `intake`, nothing else.
public struct DeskWeb: Sendable {
  public var store: any DeskStore
  public var handling: Handling
  public var intake: Intake
  public var signIn: SignIn
  public var tokens: Tokens
  public var post: Post
  public var office: Office
  public var presence: Presence
  public var live: LiveHub
  public var bells: Bells
  public var clock: any WallClock
  /// Called after an administrator changed hours, holidays or letter texts, so that they count at once.
  public var settingsChanged: @Sendable () async -> Void = {}
  /// What the system page shows: name and value, in order.
  public var systemFacts: @Sendable () async -> [(name: String, value: String)] = { [] }

  public init(
    store: any DeskStore, handling: Handling, intake: Intake, signIn: SignIn, tokens: Tokens, post: Post,
    office: Office, presence: Presence, live: LiveHub, bells: Bells, clock: any WallClock
  ) {
    self.store = store
    self.handling = handling
    self.intake = intake
    self.signIn = signIn
    self.tokens = tokens
    self.post = post
    self.office = office
    self.presence = presence
    self.live = live
    self.bells = bells
    self.clock = clock
  }

  var now: Instant { clock.now() }
}

extension PageLanguage {
  /// The same choice in the words of the procedure.
  var words: Language { self == .english ? .english : .indonesian }
}
