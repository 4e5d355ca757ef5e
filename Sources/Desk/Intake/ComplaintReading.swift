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
      guard slice.count >= 7, slice.count <= 253, let name = ComplaintReading.name(slice) else { return }
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

  /// A name of this office, also one to which the next sentence sticks: `sukamaju.desa.id.Mohon`.
  private static func name(_ run: ArraySlice<UInt8>) -> DomainName? {
    if let name = DomainName(String(decoding: run, as: UTF8.self)), name.registrable != nil { return name }
    guard let dot = run.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let word = String(decoding: run[(dot + 1)...], as: UTF8.self).asciiLowered
    guard !["com", "net", "org", "info", "xyz", "biz", "top", "site", "online"].contains(word),
      let name = DomainName(String(decoding: run[..<dot], as: UTF8.self)), name.registrable != nil
    else { return nil }
    return name
  }

  /// The first row whose every word group occurs wins; the rows go from the particular to the general.
  private static let signs: [(Category, [[String]])] = [
    (
      .hijacked,
      [
        [
          "judi", "slot", "togel", "diretas", "peretas*", "dihack", "hacked", "kena hack", "disusupi", "deface*",
          "gacor",
        ]
      ]
    ),
    (.dnssec, [["dnssec", "rrsig"]]),
    (.glue, [["glue", "host record"]]),
    (
      .certificate,
      [
        [
          "sertifikat", "sertifikatnya", "ssl", "https", "certificate", "tidak aman", "not secure",
          "tidak pribadi",
        ]
      ]
    ),
    (
      .nameServerChange,
      [
        ["name server*", "nameserver*", "server nama", "ns", "ns1", "dns", "hosting"],
        ["*ganti*", "*ubah*", "pindah", "change*", "belum", "diarahkan"],
      ]
    ),
    (.password, [["kata sandi", "password*", "tidak bisa masuk", "tidak bisa login", "gak bisa login", "lupa sandi"]]),
    (
      .accountHolder,
      [["pejabat lama", "admin lama", "operator lama", "vendor lama", "akun dipegang", "pensiun", "mutasi"]]
    ),
    (
      .contactChange,
      [["pejabat nama domain", "kontak", "penanggung jawab"], ["*ganti*", "*ubah*"]]
    ),
    (.rename, [["nomenklatur", "perubahan nama", "penggantian nama", "ganti nama"]]),
    (.deletion, [["terhapus", "dipulihkan", "penghapusan", "deleted"]]),
    (.hold, [["suspend*", "disuspend", "ditangguhkan", "penangguhan", "dinonaktifkan", "dibekukan", "hold"]]),
    (.payment, [["faktur", "invoice", "tagihan"]]),
    (.expired, [["kedaluwarsa", "kadaluarsa", "kadaluwarsa", "expired", "*perpanjang*", "masa aktif", "renew*"]]),
    (.payment, [["bayar", "dibayar", "pembayaran", "sudah transfer"]]),
    (.transfer, [["alih kelola", "pengalihan", "dialihkan ke"]]),
    (.blocked, [["*blokir*", "trustpositif", "internet positif"]]),
    (
      .mail,
      [
        ["surel", "email", "e-mail"],
        ["tidak masuk", "tidak terkirim", "gagal", "kembali", "bounce*", "tidak bisa", "tidak dapat", "ditolak"],
      ]
    ),
    (.registration, [["pendaftaran", "daftar domain", "mendaftar*", "dokumen ditolak", "verifikasi dokumen"]]),
    (
      .notReachable,
      [
        [
          "tidak bisa dibuka", "tidak dapat dibuka", "tidak bisa diakses", "tidak dapat diakses", "tak bisa",
          "gak bisa", "ga bisa", "nggak bisa", "gk bisa", "tdk bisa", "tidak muncul", "down", "error", "eror", "mati",
          "hilang", "not resolve", "nxdomain", "servfail", "unreachable", "can't open", "cannot open",
        ]
      ]
    ),
    (
      .information,
      [
        [
          "bagaimana cara", "gimana cara*", "mohon informasi", "tanya", "bertanya", "syarat", "syaratnya",
          "apakah boleh",
        ]
      ]
    ),
  ]

  private static func category(of text: String) -> Category? {
    let bytes = Array(text.utf8.prefix(reach)).map { (65...90).contains($0) ? $0 + 32 : $0 }
    return signs.first { row in row.1.allSatisfy { group in group.contains { bytes.holds(sign: $0) } } }?.0
  }
}

extension [UInt8] {
  /// True when the sign stands in the text as words of its own: "mati" is not in "Informatika", and `https://` is
  /// no complaint about a certificate. A star lets the word go on at that side.
  fileprivate func holds(sign: String) -> Bool {
    let star = UInt8(ascii: "*")
    let needle = sign.utf8.filter { $0 != star }
    let isOpenBefore = sign.utf8.first == star
    let isOpenAfter = sign.utf8.last == star
    guard let first = needle.first, count >= needle.count else { return false }
    for start in 0...(count - needle.count) where self[start] == first {
      guard isOpenBefore || start == 0 || !Self.isWord(self[start - 1]) else { continue }
      let end = start + needle.count
      guard self[start..<end].elementsEqual(needle) else { continue }
      if isOpenAfter || end == count { return true }
      let isScheme = self[end...].starts(with: "://".utf8)
      if !Self.isWord(self[end]), !isScheme { return true }
    }
    return false
  }

  private static func isWord(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte) }
}
