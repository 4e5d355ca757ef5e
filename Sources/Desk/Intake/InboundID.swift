public import SOP

/// Ids of ledger rows: the second of receipt, then randomness; they sort by time.
public enum InboundID {
  public static func make(at now: Instant) -> String {
    let hex = String(UInt64(bitPattern: max(0, now.seconds)), radix: 16)
    return String(repeating: "0", count: max(0, 9 - hex.utf8.count)) + hex + "-" + base32(Secrets.random(10))
  }
}
