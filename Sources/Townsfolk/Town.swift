public import SOP

/// The town: invented people, institutions and complaints for the demo, the tests and the benchmarks.
///
/// Everyone has a name, so that a test reads like a day at the desk. Nobody here exists: requesters write from
/// `.example` addresses (RFC 2606 §2), the domain names are made up, and nothing ever asks a network about them.
/// Everything is a constant or follows from a seed.
///
/// - `officers`, `supervisors`, `registryOfficers`, `administrator`: who signs in.
/// - `institutions`: 40 villages, regencies, cities, provinces, ministries and agencies, each with its official.
/// - `messages`: 30 first messages as people write them; `complaint(_:at:)` makes any number of complaints of them.
public enum Town {
  // MARK: The Domain Service Team

  public static let budi = Officer(account: "budi", name: "Budi Santoso")
  public static let rina = Officer(account: "rina", name: "Rina Wulandari")
  public static let agus = Officer(account: "agus", name: "Agus Prasetyo")
  public static let siti = Officer(account: "siti", name: "Siti Nurhaliza Rahman")
  public static let made = Officer(account: "made", name: "I Made Wirawan")
  public static let officers = [budi, rina, agus, siti, made]

  // MARK: Team leader and director

  public static let dewi = Officer(account: "dewi", name: "Dewi Lestari")
  public static let hendra = Officer(account: "hendra", name: "Hendra Gunawan")
  public static let supervisors = [dewi, hendra]

  // MARK: The registry's duty officers

  public static let yusuf = Officer(account: "yusuf", name: "Yusuf Hidayat")
  public static let maria = Officer(account: "maria", name: "Maria Tampubolon")
  public static let registryOfficers = [yusuf, maria]

  public static let joko = Officer(account: "joko", name: "Joko Susilo")
  public static let administrator = joko

  /// `officer` as one who gives commands for `party`.
  public static func performer(_ officer: Officer, as party: Party) -> Performer {
    Performer(party: party, account: officer.account, name: officer.name)
  }

  /// Someone of each party that acts in the procedure: Budi, Yusuf, Dewi, Joko, the official of Sukamaju, the machine.
  public static func someone(of party: Party) -> Performer {
    switch party {
    case .requester: Performer(party: .requester, name: sukamaju.official)
    case .team: performer(budi, as: .team)
    case .registry: performer(yusuf, as: .registry)
    case .supervisor: performer(dewi, as: .supervisor)
    case .administrator: performer(joko, as: .administrator)
    case .machine: .machine
    }
  }

  /// The `index`-th complaint of the town, counted from 0 without end: its message and institution follow from the
  /// index alone. It comes by mail or through the web, by turns, and is received at `instant`.
  public static func complaint(_ index: Int, at instant: Instant) -> Complaint {
    let number = Int(UInt(bitPattern: index) % UInt(Int.max))
    var random = SeededRandom(seed: UInt64(number))
    let message = messages[number % messages.count]
    let institution = institutions[(number + number / messages.count * 7) % institutions.count]
    return message.complaint(
      from: institution, by: random.chance(60) ? .email : .web, at: instant)
  }
}
