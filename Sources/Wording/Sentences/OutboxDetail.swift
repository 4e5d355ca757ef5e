/// What stands at a letter in the outbox: our own codes in words, the other side's line as it came.
public import SOP

public enum OutboxDetail {
  public static func sentence(_ detail: String, _ language: Language) -> String {
    switch detail {
    case "ration_address_hour":
      language.choose(
        "Alamat ini belum terbukti dan sudah menerima surat pertama dalam satu jam ini.",
        "The address is unproven and has had its first letters of this hour.")
    case "ration_address_day":
      language.choose(
        "Alamat ini belum terbukti dan sudah menerima surat pertama untuk hari ini.",
        "The address is unproven and has had its first letters of this day.")
    case "ration_domain":
      language.choose(
        "Terlalu banyak surat pertama ke domain alamat ini dalam satu jam.",
        "Too many first letters to this address's domain within the hour.")
    case "ration_all":
      language.choose(
        "Terlalu banyak surat pertama ke alamat yang belum terbukti dalam satu jam.",
        "Too many first letters to unproven addresses within the hour.")
    case "lease_expired":
      language.choose(
        "Pengiriman terputus; tidak diketahui apakah surat sampai.",
        "Sending was cut off; nobody knows whether it arrived.")
    case "unreadable_row":
      language.choose(
        "Surat tersimpan tidak dapat dibaca kembali; jalankan sigap verify.",
        "The stored letter cannot be read back; run sigap verify.")
    default: Clean.line(detail, limit: 300)
    }
  }

  /// The codes with a sentence of their own.
  public static let known = [
    "ration_address_hour", "ration_address_day", "ration_domain", "ration_all", "lease_expired", "unreadable_row",
  ]
}
