// swift-tools-version: 6.3
import PackageDescription

/// Every room is built under the same strict settings (docs/adr/0002-rooms.md).
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let hummingbird: [Target.Dependency] = [
  .product(name: "Hummingbird", package: "hummingbird"),
  .product(name: "HummingbirdCore", package: "hummingbird"),
  .product(name: "HTTPTypes", package: "swift-http-types"),
  .product(name: "NIOCore", package: "swift-nio"),
]
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

let package = Package(
  name: "sigap",
  products: [.executable(name: "sigap", targets: ["sigap"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
  ],
  targets: [
    // C libraries of Debian, each seen by one room only.
    .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
    .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),

    // The procedure, and the desk that runs it.
    .target(name: "SOP", swiftSettings: strict),
    .target(name: "Desk", dependencies: ["SOP", crypto, logging, lifecycle], swiftSettings: strict),
    .target(name: "Wording", dependencies: ["SOP", "Desk", mustache], swiftSettings: strict),

    // Adapters: they see the desk, never each other.
    .target(name: "Mail", dependencies: ["CGMime", "CGumbo", crypto, cryptoExtras], swiftSettings: strict),
    .target(
      name: "MailChannel", dependencies: ["SOP", "Desk", "Mail", "CCurl", logging, lifecycle], swiftSettings: strict),
    .target(
      name: "SQLiteStore", dependencies: ["SOP", "Desk", .product(name: "GRDB", package: "GRDB.swift"), logging],
      swiftSettings: strict),
    .target(name: "Passwords", dependencies: ["Desk", "CArgon2"], swiftSettings: strict),
    .target(
      name: "Web",
      dependencies: ["SOP", "Desk", "Wording", mustache, crypto, logging, lifecycle] + hummingbird,
      resources: [.copy("templates"), .copy("public")],
      swiftSettings: strict),

    // The only place that joins rooms.
    .executableTarget(
      name: "sigap",
      dependencies: [
        "SOP", "Desk", "Wording", "Mail", "MailChannel", "SQLiteStore", "Passwords", "Web", "Townsfolk",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        logging, lifecycle,
      ],
      swiftSettings: strict),

    // People and tickets for demo, tests and benchmarks; and what only tests may see.
    .target(name: "Townsfolk", dependencies: ["SOP", "Desk"], swiftSettings: strict),
    .target(name: "DeskTesting", dependencies: ["SOP", "Desk", "Townsfolk"], swiftSettings: strict),
    .testTarget(
      name: "SOPTests", dependencies: ["SOP", "DeskTesting", "Townsfolk"], exclude: ["events.jsonl", "letters.jsonl"],
      swiftSettings: strict),
    .testTarget(
      name: "DeskTests", dependencies: ["Desk", "SOP", "DeskTesting", "Townsfolk"], exclude: ["stored.jsonl"],
      swiftSettings: strict),
    .testTarget(name: "WordingTests", dependencies: ["Wording", "Desk", "SOP", "DeskTesting"], swiftSettings: strict),
    .testTarget(name: "MailTests", dependencies: ["Mail", crypto, cryptoExtras], swiftSettings: strict),
    .testTarget(
      name: "MailChannelTests", dependencies: ["MailChannel", "Mail", "Desk", "SOP", "DeskTesting", logging],
      swiftSettings: strict),
    .testTarget(
      name: "SQLiteStoreTests",
      dependencies: ["SQLiteStore", "Desk", "SOP", "DeskTesting", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    .testTarget(
      name: "WebTests",
      dependencies: [
        "Web", "Wording", "Desk", "SOP", "DeskTesting", "Townsfolk", mustache,
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ] + hummingbird,
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6])
