public import SOP

/// An institution of the town, with the official who writes for it.
public struct TownInstitution: Sendable, Equatable {
  public let name: String
  public let kind: InstitutionKind
  /// Its registrable name under `desa.id` or `go.id`.
  public let domain: DomainName
  public let official: String
  public let position: String
  /// An address under the reserved `.example`.
  public let email: String

  /// The official as a requester. An address is proven only when the test or the demo says so.
  public func requester(proven: Bool = false) -> Requester {
    Requester(
      name: official, email: email, emailProven: proven, phone: nil, institution: name, institutionKind: kind,
      position: position)
  }
}

extension Town {
  /// The village of the first example everywhere.
  public static let sukamaju = village(
    "Desa Sukamaju", "sukamaju.desa.id", "Ahmad Fauzi", "Sekretaris Desa", "pemdes@desa-sukamaju.example")

  /// Forty institutions, Sukamaju first.
  public static let institutions: [TownInstitution] = [sukamaju] + villages + regions + centre

  private static let villages: [TownInstitution] = [
    village(
      "Desa Wonosari", "wonosari.desa.id", "Sri Mulyani", "Kepala Urusan Umum", "pemdes@desa-wonosari.example"),
    village(
      "Desa Mekar Jaya", "mekarjaya.desa.id", "Ujang Suherman", "Operator Desa", "pemdes@desa-mekar-jaya.example"),
    village(
      "Desa Karang Anyar Lor", "karanganyarlor.desa.id", "Tri Wahyuni", "Sekretaris Desa",
      "pemdes@desa-karang-anyar-lor.example"),
    village(
      "Desa Tirta Kencana", "tirtakencana.desa.id", "Wayan Sudarma", "Operator Desa",
      "pemdes@desa-tirta-kencana.example"),
    village(
      "Desa Bukit Harapan", "bukitharapan.desa.id", "Yohanes Bere", "Kepala Desa", "pemdes@desa-bukit-harapan.example"),
    village(
      "Desa Lembah Sari", "lembahsari.desa.id", "Asep Kurniawan", "Operator Desa", "pemdes@desa-lembah-sari.example"),
    village(
      "Desa Teluk Bidara", "telukbidara.desa.id", "La Ode Hasan", "Sekretaris Desa", "pemdes@desa-teluk-bidara.example"),
    village(
      "Desa Sungai Manis", "sungaimanis.desa.id", "Nurul Aini", "Operator Desa", "pemdes@desa-sungai-manis.example"),
    village(
      "Desa Rawa Indah", "rawaindah.desa.id", "Slamet Riyadi", "Kepala Urusan Perencanaan",
      "pemdes@desa-rawa-indah.example"),
    village(
      "Desa Padang Ilir", "padangilir.desa.id", "Zulkifli Nasution", "Sekretaris Desa",
      "pemdes@desa-padang-ilir.example"),
    village(
      "Desa Tanjung Kelapa", "tanjungkelapa.desa.id", "Marthen Rumbiak", "Kepala Desa",
      "pemdes@desa-tanjung-kelapa.example"),
    village(
      "Desa Cikembang", "cikembang.desa.id", "Neneng Hasanah", "Operator Desa", "pemdes@desa-cikembang.example"),
    village(
      "Desa Batu Lintang", "batulintang.desa.id", "Petrus Dagang", "Operator Desa", "pemdes@desa-batu-lintang.example"),
    village(
      "Desa Pasir Putih Timur", "pasirputihtimur.desa.id", "Rahmat Hidayatullah", "Sekretaris Desa",
      "pemdes@desa-pasir-putih-timur.example"),
    village(
      "Desa Gunung Talaga", "gunungtalaga.desa.id", "Eko Purnomo", "Operator Desa", "pemdes@desa-gunung-talaga.example"),
    village(
      "Desa Air Bening", "airbening.desa.id", "Yuliana Tobing", "Kepala Urusan Keuangan",
      "pemdes@desa-air-bening.example"),
    village(
      "Desa Muara Telang", "muaratelang.desa.id", "M. Ridwan", "Operator Desa", "pemdes@desa-muara-telang.example"),
  ]

  private static let regions: [TownInstitution] = [
    make(
      "Kabupaten Contoh", .regency, "contohkab.go.id", "Lestari Handayani", "Pranata Komputer, Diskominfo",
      "helpdesk@contohkab.example"),
    make(
      "Kabupaten Rawa Bening", .regency, "rawabeningkab.go.id", "Fajar Nugroho", "Kepala Bidang Aplikasi, Diskominfo",
      "helpdesk@rawabeningkab.example"),
    make(
      "Kabupaten Tirta Raya", .regency, "tirtarayakab.go.id", "Ni Luh Ayu Pertiwi", "Pejabat Nama Domain",
      "helpdesk@tirtarayakab.example"),
    make(
      "Kabupaten Bukit Sembilan", .regency, "bukitsembilankab.go.id", "Taufik Rahman", "Pranata Komputer, Diskominfo",
      "helpdesk@bukitsembilankab.example"),
    make(
      "Kabupaten Lembah Hijau", .regency, "lembahhijaukab.go.id", "Debora Siahaan", "Kepala Seksi Infrastruktur",
      "helpdesk@lembahhijaukab.example"),
    make(
      "Kabupaten Teluk Mutiara", .regency, "telukmutiarakab.go.id", "Abdul Karim", "Pranata Komputer, Diskominfo",
      "helpdesk@telukmutiarakab.example"),
    make(
      "Kabupaten Pulau Seribu Nyiur", .regency, "seribunyiurkab.go.id", "Yosef Lengkong", "Pejabat Nama Domain",
      "helpdesk@seribunyiurkab.example"),
    make(
      "Kabupaten Sungai Emas", .regency, "sungaiemaskab.go.id", "Hartini", "Analis Sistem Informasi",
      "helpdesk@sungaiemaskab.example"),
    make(
      "Kota Bandarjaya Baru", .city, "bandarjayabarukota.go.id", "Rizky Ramadhan", "Pranata Komputer, Diskominfo",
      "helpdesk@bandarjayabarukota.example"),
    make(
      "Kota Puncak Asri", .city, "puncakasrikota.go.id", "Melati Kusuma", "Kepala Bidang Aplikasi",
      "helpdesk@puncakasrikota.example"),
    make(
      "Kota Muara Contoh", .city, "muaracontohkota.go.id", "Iwan Setiawan", "Pejabat Nama Domain",
      "helpdesk@muaracontohkota.example"),
    make(
      "Kota Selat Indah", .city, "selatindahkota.go.id", "Chandra Wijaya", "Administrator Jaringan",
      "helpdesk@selatindahkota.example"),
    make(
      "Provinsi Contoh Utara", .province, "contohutaraprov.go.id", "Bambang Irawan",
      "Kepala Bidang Aplikasi Informatika", "helpdesk@contohutaraprov.example"),
    make(
      "Provinsi Nusa Raya", .province, "nusarayaprov.go.id", "Theresia Kaunang", "Pejabat Nama Domain",
      "helpdesk@nusarayaprov.example"),
    make(
      "Provinsi Segara Timur", .province, "segaratimurprov.go.id", "Irfan Maulana", "Pranata Komputer Ahli Muda",
      "helpdesk@segaratimurprov.example"),
  ]

  private static let centre: [TownInstitution] = [
    make(
      "Kementerian Urusan Contoh", .ministry, "kemencontoh.go.id", "Kartika Sari", "Pejabat Nama Domain",
      "helpdesk@kemencontoh.example"),
    make(
      "Kementerian Pembangunan Kepulauan", .ministry, "kemenpulau.go.id", "Dimas Anggara",
      "Pranata Komputer Ahli Madya", "helpdesk@kemenpulau.example"),
    make(
      "Kementerian Pangan Lestari", .ministry, "kemenpanganlestari.go.id", "Ratna Dewanti",
      "Kepala Subbagian Tata Usaha", "helpdesk@kemenpanganlestari.example"),
    make(
      "Badan Data Kepulauan", .agency, "bdkep.go.id", "Surya Dharma", "Administrator Jaringan", "helpdesk@bdkep.example"
    ),
    make(
      "Badan Peninjau Contoh", .agency, "bpcontoh.go.id", "Anita Rahmawati", "Pranata Komputer",
      "helpdesk@bpcontoh.example"),
    make(
      "Lembaga Arsip Nusa Raya", .agency, "larsip.go.id", "Gilang Permana", "Pejabat Nama Domain",
      "helpdesk@larsip.example"),
    make(
      "Komisi Pelayanan Contoh", .agency, "komyancontoh.go.id", "Fitri Handayani", "Kepala Subbagian Data",
      "helpdesk@komyancontoh.example"),
  ]

  private static func village(
    _ name: String, _ domain: StaticString, _ official: String, _ position: String, _ email: String
  ) -> TownInstitution { make(name, .village, domain, official, position, email) }

  private static func make(
    _ name: String, _ kind: InstitutionKind, _ domain: StaticString, _ official: String, _ position: String,
    _ email: String
  ) -> TownInstitution {
    TownInstitution(
      name: name, kind: kind, domain: constant(domain), official: official, position: position, email: email)
  }

  /// A name written in this file; a slip here stops the first test that enters the town.
  static func constant(_ name: StaticString) -> DomainName {
    guard let domain = DomainName(name.description) else {
      preconditionFailure("not a domain name: \(name)")  // lint:allow a constant of this file, entered by every test
    }
    return domain
  }
}
