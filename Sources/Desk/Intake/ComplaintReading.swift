public import SOP

/// What intake understands of a first message in free words: the domain it is about and, roughly, the matter.
///
/// It only proposes: the receipt asks nothing back on its ground, and an officer confirms everything in row 2.
/// A linear walk over bytes; names inside links and mail addresses are found, the sender's own address counts last.
public struct ComplaintReading: Sendable, Equatable {
  /// The registrable name under go.id or desa.id.
  public private(set) var domain: DomainName?
  /// The host named, when it is not the registrable name itself.
  public private(set) var host: DomainName?
  /// Other registrable names in the text, in order.
  public private(set) var alternatives: [DomainName] = []
  public private(set) var category: SOP.Category?

  /// `sender`: the writer's own address, whose domain counts only when the text names no other.
  public init(text: String, sender: String? = nil) {
    let names = ComplaintReading.names(in: text)
    var candidates = names.filter { !$0.inAddress }.map { $0.name }
    if candidates.isEmpty { candidates = names.map { $0.name } }
    if candidates.isEmpty, let sender { candidates = ComplaintReading.names(in: sender).map { $0.name } }
    if let first = candidates.first {
      domain = first.registrable
      host = first == first.registrable || first.name == "www.\(first.registrable?.name ?? "")" ? nil : first
    }
    for name in candidates {
      if let other = name.registrable, other != domain, !alternatives.contains(other) { alternatives.append(other) }
    }
    category = ComplaintReading.category(of: text)
  }

  /// At most this many bytes are looked at.
  private static let reach = 64 * 1_024

  private static func names(in text: String) -> [(name: DomainName, inAddress: Bool)] {
    var found: [(DomainName, Bool)] = []
    var run: [UInt8] = []
    var afterAt = false
    func isName(_ b: UInt8) -> Bool {
      (48...57).contains(b) || (65...90).contains(b) || (97...122).contains(b) || b == UInt8(ascii: "-")
        || b == UInt8(ascii: ".")
    }
    func close() {
      defer { run.removeAll(keepingCapacity: true) }
      var slice = run[...]
      while let last = slice.last, last == UInt8(ascii: ".") || last == UInt8(ascii: "-") { slice = slice.dropLast() }
      while let first = slice.first, first == UInt8(ascii: ".") || first == UInt8(ascii: "-") {
        slice = slice.dropFirst()
      }
      guard slice.count >= 8, slice.count <= 253,
        let name = DomainName(String(decoding: slice, as: UTF8.self)), name.registrable != nil
      else { return }
      if !found.contains(where: { $0.0 == name }) { found.append((name, afterAt)) }
    }
    for byte in text.utf8.prefix(reach) {
      if isName(byte) {
        run.append(byte)
      } else {
        close()
        afterAt = byte == UInt8(ascii: "@")
      }
      if found.count >= 16 { break }
    }
    close()
    return found
  }

  /// The first row whose every word group occurs wins; the rows go from the particular to the general.
  private static let signs: [(Category, [[String]])] = [
    (.hijacked, [["judi", "slot", "togel", "diretas", "hack", "disusupi", "deface", "gacor"]]),
    (.dnssec, [["dnssec", "bogus", "rrsig"]]),
    (.certificate, [["sertifikat", "ssl", "https", "certificate", "tidak aman", "not secure"]]),
    (
      .nameServerChange,
      [
        ["name server", "nameserver", "server nama", "ns1", "dns"],
        ["ganti", "ubah", "perubahan", "pindah", "change", "belum"],
      ]
    ),
    (.password, [["kata sandi", "password", "tidak bisa masuk", "tidak bisa login", "lupa sandi"]]),
    (.accountHolder, [["pejabat lama", "admin lama", "vendor lama", "akun dipegang", "pensiun", "mutasi"]]),
    (
      .contactChange,
      [["pejabat nama domain", "kontak", "penanggung jawab"], ["ganti", "ubah", "perubahan", "pergantian"]]
    ),
    (.expired, [["kedaluwarsa", "kadaluarsa", "kadaluwarsa", "expired", "perpanjang", "masa aktif", "renew"]]),
    (.hold, [["suspend", "ditangguhkan", "dinonaktifkan", "dibekukan", "hold"]]),
    (.payment, [["bayar", "faktur", "invoice", "pembayaran"]]),
    (.blocked, [["diblokir", "trustpositif", "internet positif", "blokir"]]),
    (
      .mail,
      [
        ["surel", "email", "e-mail"],
        ["tidak masuk", "tidak terkirim", "gagal", "kembali", "bounce", "tidak bisa", "ditolak"],
      ]
    ),
    (.registration, [["pendaftaran", "daftar domain", "dokumen ditolak", "verifikasi dokumen"]]),
    (
      .notReachable,
      [
        [
          "tidak bisa dibuka", "tidak dapat dibuka", "tidak bisa diakses", "tidak dapat diakses", "tak bisa",
          "gak bisa", "ga bisa", "nggak bisa", "down", "error", "mati", "hilang", "not resolve", "nxdomain",
          "unreachable", "can't open", "cannot open",
        ]
      ]
    ),
    (.information, [["bagaimana cara", "mohon informasi", "tanya", "syarat"]]),
  ]

  private static func category(of text: String) -> Category? {
    let bytes = Array(text.utf8.prefix(reach)).map { (65...90).contains($0) ? $0 + 32 : $0 }
    return signs.first { row in
      row.1.allSatisfy { group in group.contains { bytes.holds(Array($0.utf8)) } }
    }?.0
  }
}

extension [UInt8] {
  /// True when `needle` occurs; needles are short and ours.
  func holds(_ needle: [UInt8]) -> Bool {
    guard let first = needle.first, count >= needle.count else { return false }
    for start in 0...(count - needle.count) where self[start] == first {
      if self[start..<(start + needle.count)].elementsEqual(needle) { return true }
    }
    return false
  }
}
