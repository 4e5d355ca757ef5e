import SOP

extension Town {
  /// Thirty first messages, from the careful to the hurried.
  public static let messages: [TownMessage] = reachable + registration + account + elsewhere

  private static let reachable: [TownMessage] = [
    TownMessage(
      .notReachable, "Website desa tidak bisa dibuka",
      """
      Assalamu'alaikum. Mohon bantuannya Bapak/Ibu, website {domain} tidak bisa dibuka sejak kemarin sore. \
      Dari HP maupun komputer kantor sama saja, tulisannya "server not found". Warga sudah banyak yang bertanya.

      Terima kasih.
      {official}
      {institution}
      """, since: "sejak kemarin sore"),
    TownMessage(
      .notReachable, "URGENT {domain} down",
      "min web kami mati total dari tadi pagi, padahal siang ini dipakai utk daftar bansos. tolong segera ya min",
      since: "tadi pagi"),
    TownMessage(
      .nameServerChange, "Permohonan perubahan name server {domain}",
      """
      Yth. Tim Layanan Domain,

      Bersama ini kami mohon perubahan name server untuk domain {domain} menjadi:
      ns1.hosting-baru.example
      ns2.hosting-baru.example
      Sebelumnya masih mengarah ke penyedia lama yang kontraknya sudah berakhir. Surat permohonan terlampir.

      Hormat kami,
      {official}, {institution}
      """),
    TownMessage(
      .nameServerChange, "NS sudah diganti tapi belum berubah",
      "Selamat siang, name server {domain} sudah kami ganti di panel tiga hari lalu tetapi masih terbaca yang lama. "
        + "Apakah ada yang kurang dari kami?", since: "tiga hari yang lalu"),
    TownMessage(
      .nameServerChange, "Pindah hosting",
      "Kami pindah hosting, IP baru 192.0.2.44. Domain {domain} mohon diarahkan ke sana. Matur nuwun."),
    TownMessage(
      .glue, "Alamat ns1.{domain} salah",
      "Host record ns1.{domain} masih menunjuk 192.0.2.10, seharusnya 198.51.100.25. Akibatnya sebagian pengguna "
        + "gagal membuka seluruh subdomain kami.", since: "Senin minggu lalu"),
    TownMessage(
      .dnssec, "DNSSEC {domain} gagal validasi",
      "Setelah penggantian kunci, DS di induk belum diperbarui sehingga resolver yang memvalidasi menjawab SERVFAIL. "
        + "Mohon DS lama dihapus dan diganti yang baru (data terlampir).", since: "23 November pukul 02.00 WIB"),
    TownMessage(
      .notReachable, "domain error",
      "pagi pak, domain kami error. mohon dicek. trims", since: "pagi ini", namesDomain: false),
    TownMessage(
      .notReachable, "Hanya bisa dibuka dari sebagian provider",
      "{domain} bisa dibuka dengan Wi-Fi kantor, tetapi tidak bisa dari data seluler. Apakah DNS-nya bermasalah?",
      since: "kira-kira satu minggu"),
  ]

  private static let registration: [TownMessage] = [
    TownMessage(
      .expired, "Domain kedaluwarsa, sudah bayar",
      "Domain {domain} tertulis kedaluwarsa padahal perpanjangan sudah kami bayar tanggal 17. Bukti bayar terlampir. "
        + "Mohon segera diaktifkan kembali.", since: "tanggal 20"),
    TownMessage(
      .expired, "Perpanjangan {domain}",
      "Mohon informasi cara memperpanjang domain {domain}. Operator yang lama sudah pensiun dan kami tidak tahu caranya."
    ),
    TownMessage(
      .hold, "Domain ditangguhkan",
      "Kami menerima pemberitahuan bahwa {domain} ditangguhkan karena disusupi. Situs sudah kami bersihkan, "
        + "surat pernyataan perbaikan terlampir. Mohon penangguhan dicabut.", since: "Rabu"),
    TownMessage(
      .deletion, "Mohon pemulihan {domain}",
      "Domain {domain} terlanjur terhapus karena tidak diperpanjang. Apakah masih bisa dipulihkan? Semua layanan "
        + "surat elektronik {institution} memakai nama itu.", since: "dua minggu"),
    TownMessage(
      .registration, "Pendaftaran domain baru belum disetujui",
      "Permohonan domain desa kami sudah lima hari kerja belum ada kabar. Dokumen sudah lengkap lima-limanya.",
      since: "lima hari kerja", namesDomain: false),
    TownMessage(
      .registration, "Dokumen ditolak",
      "Dokumen kami ditolak dengan alasan surat kuasa tidak sesuai. Mohon contoh surat kuasa yang benar.",
      namesDomain: false),
    TownMessage(
      .contactChange, "Pergantian Pejabat Nama Domain {institution}",
      "Pejabat Nama Domain kami telah berganti berdasarkan surat penunjukan terlampir. Mohon data {domain} disesuaikan.\n"
        + "\nHormat kami,\n{official}"),
    TownMessage(
      .rename, "Perubahan nomenklatur",
      "Sehubungan perubahan nama instansi, kami mohon penggantian nama domain {domain}. Dasar hukum terlampir."),
    TownMessage(
      .transfer, "Alih kelola domain",
      "Pengelolaan {domain} akan dialihkan ke Diskominfo kabupaten. Apa saja syaratnya?"),
  ]

  private static let account: [TownMessage] = [
    TownMessage(
      .password, "Lupa kata sandi", "Mohon dibantu reset kata sandi akun domain kami. Surel pemulihan tidak masuk.",
      since: "kemarin", namesDomain: false),
    TownMessage(
      .password, "Tidak bisa masuk", "akun terkunci krn salah password 3x, mohon dibuka", namesDomain: false),
    TownMessage(
      .accountHolder, "Akun masih dipegang vendor lama",
      "Akun {domain} masih dipegang vendor yang kontraknya sudah putus dan tidak bisa dihubungi. Kami lampirkan surat "
        + "penunjukan dan kartu ASN pejabat yang baru.", since: "awal bulan"),
    TownMessage(
      .payment, "Faktur perpanjangan",
      "Mohon dikirimkan faktur perpanjangan {domain} atas nama {institution} untuk keperluan SPJ."),
    TownMessage(
      .payment, "Sudah transfer status masih menunggu",
      "Kami sudah transfer sesuai tagihan tetapi statusnya masih menunggu pembayaran.", since: "3 hari",
      namesDomain: false),
    TownMessage(
      .information, "Bertanya syarat subdomain",
      "Selamat pagi. Apakah puskesmas boleh memakai subdomain di bawah {domain}? Terima kasih atas penjelasannya."),
  ]

  private static let elsewhere: [TownMessage] = [
    TownMessage(
      .hijacked, "TOLONG website jadi judi online",
      "Tolong pak!! kalau cari {domain} di Google yang keluar judi slot. Kalau dibuka langsung kelihatan normal. "
        + "Pak Kades marah besar.", since: "baru tahu hari ini"),
    TownMessage(
      .hijacked, "Subdomain tidak dikenal",
      "Kami menemukan subdomain asing di bawah {domain} yang tidak pernah kami buat. Mohon arahan.",
      since: "akhir pekan"),
    TownMessage(
      .blocked, "Situs kami terblokir",
      "Situs {domain} dialihkan ke halaman pemblokiran di beberapa penyedia internet. Mohon bantuan pemulihannya.",
      since: "Jumat malam"),
    TownMessage(
      .mail, "Surel tidak masuk",
      "Surel ke alamat @{domain} ditolak dengan pesan \"550 5.1.1 user unknown\", padahal kotak suratnya ada.",
      since: "Selasa"),
    TownMessage(
      .certificate, "Muncul peringatan tidak aman",
      "Saat membuka {domain} muncul tulisan \"Koneksi Anda tidak pribadi\". Apakah sertifikatnya habis?",
      since: "tadi malam"),
    TownMessage(
      .other, "Mohon penjelasan surat edaran",
      "Kami menerima surat yang mengatasnamakan pengelola domain dan meminta pembayaran ke rekening pribadi. "
        + "Apakah surat itu benar?"),
  ]
}
