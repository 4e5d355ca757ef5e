/// What a complaint is about (domain.md §1.6). The raw value is the code people see.
public enum Category: String, Sendable, Codable, CaseIterable {
  case notReachable = "DNS-01"
  case nameServerChange = "DNS-02"
  case glue = "DNS-03"
  case dnssec = "DNS-04"
  case expired = "REG-01"
  case hold = "REG-02"
  case deletion = "REG-03"
  case registration = "REG-04"
  case contactChange = "REG-05"
  case rename = "REG-06"
  case transfer = "REG-07"
  case password = "ACC-01"
  case accountHolder = "ACC-02"
  case hijacked = "SEC-01"
  case blocked = "SEC-02"
  case mail = "MAIL-01"
  case certificate = "TLS-01"
  case payment = "PAY-01"
  case information = "INFO-01"
  case other = "LAIN"

  /// False for matters that need no domain name to be worked on.
  public var needsDomain: Bool {
    switch self {
    case .password, .payment, .information, .registration, .other: false
    default: true
    }
  }
}

/// The way a complaint came in, and an answer goes out.
public enum ContactChannel: String, Sendable, Codable, CaseIterable {
  case email, web, whatsapp, telephone, counter

  /// Someone of the office spoke with the requester.
  public var isSpoken: Bool { self == .telephone || self == .counter }
}

public enum Language: String, Sendable, Codable, CaseIterable {
  case indonesian = "id"
  case english = "en"
}

/// The kinds of institution the SOP serves: Satuan K/L/D/Desa.
public enum InstitutionKind: String, Sendable, Codable, CaseIterable {
  case ministry, agency, province, regency, city, village, other
}
