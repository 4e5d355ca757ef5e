import ArgumentParser
import Desk
import Foundation
import MailChannel
import SOP
import SQLiteStore

/// Looks at everything the desk stands on; one line each.
struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check configuration, database, mailbox, SMTP, clock and disk; exit 1 if any fails.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    var report = Report()
    let configuration: Configuration
    do {
      configuration = try common.load()
    } catch let fault as ConfigurationFault {
      report.wrong("configuration", fault.description)
      throw ExitCode.no
    }
    report.fine("configuration", "understood")
    for key in configuration.idleKeys { report.note("configuration", "\(key) is set; this version has nothing for it") }
    do {
      let house = try House(configuration)
      await checkStore(house, &report)
      await checkMail(house, &report)
      try await house.reloadSettings()
      checkClock(house, &report)
      try? house.store.close()
    } catch {
      report.wrong("database", "\(error)")
    }
    checkDisk(configuration, &report)
    report.note("whatsapp", "not part of this version")
    report.note("resolver", "not part of this version")
    if report.failed { throw ExitCode.no }
  }

  struct Report {
    private(set) var failed = false
    func fine(_ what: String, _ detail: String) { print("ok    \(what): \(detail)") }
    func note(_ what: String, _ detail: String) { print("note  \(what): \(detail)") }
    mutating func wrong(_ what: String, _ detail: String) {
      failed = true
      print("FAIL  \(what): \(LineLogHandler.flat(detail))")
    }
  }

  private func checkStore(_ house: House, _ report: inout Report) async {
    do {
      let synchronous = try house.store.writerSynchronous()
      if synchronous == 2 {
        report.fine("database", "\(house.configuration.databasePath), synchronous=FULL")
      } else {
        report.wrong("database", "synchronous is \(synchronous), not FULL: an acknowledged complaint could be lost")
      }
      let quarantined = try await house.store.inboundCounts()[.quarantined] ?? 0
      if quarantined > 0 { report.note("quarantine", "\(quarantined) message(s) wait for a person: /kelola") }
      let letters = try await house.store.outboxCounts()
      let stuck = (letters[.failed] ?? 0) + (letters[.uncertain] ?? 0)
      if stuck > 0 { report.note("outbox", "\(stuck) letter(s) failed or uncertain: /kelola") }
    } catch {
      report.wrong("database", "\(error)")
    }
  }

  private func checkMail(_ house: House, _ report: inout Report) async {
    if let imap = house.configuration.imap {
      do {
        let status = try await mailboxStatus(imap)
        report.fine("mailbox", status)
      } catch {
        report.wrong("mailbox", "\(imap.mailboxID): \(error)")
      }
    } else {
      report.note("mailbox", "mail.imap.url is empty")
    }
    guard let sender = house.smtpSender() else {
      return report.note("smtp", "mail.smtp.url is empty: letters wait in the outbox")
    }
    if let trouble = await sender.check() {
      report.wrong("smtp", "\(house.configuration.smtp?.address.root ?? ""): \(trouble.rawValue)")
    } else {
      report.fine("smtp", "lets us in")
    }
  }

  /// libcurl blocks: asked on a thread of its own.
  private func mailboxStatus(_ account: ImapAccount) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Swift.Result {
            let status = try ImapMailbox(account).status()
            return "\(status)"
          })
      }
    }
  }

  /// The time of day, whether something keeps it right, and whether the calendar in force knows this year.
  private func checkClock(_ house: House, _ report: inout Report) {
    let today = house.office.zone.local(house.clock.now()).day
    guard (2026...2100).contains(today.year) else { return report.wrong("clock", "the year is \(today.year)") }
    // What systemd-timesyncd and chrony leave behind when they keep the clock right.
    let keepers = ["/run/systemd/timesync/synchronized", "/run/chrony/chronyd.pid"]
    if keepers.contains(where: { FileManager.default.fileExists(atPath: $0) }) {
      report.fine("clock", "\(today), kept right by time synchronisation")
    } else {
      report.note("clock", "\(today); no time synchronisation was found: is the clock right?")
    }
    let hours = house.procedures.procedure.officeHours
    if !hours.always, !hours.holidays.contains(where: { $0.year == today.year }) {
      report.note("calendar", "no holidays of \(today.year) are known: add them under /kelola")
    }
  }

  private func checkDisk(_ configuration: Configuration, _ report: inout Report) {
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: configuration.dataDirectory.path)
    guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else {
      return report.wrong("disk", "free space of \(configuration.dataDirectory.path) cannot be read")
    }
    if free < 512 << 20 {
      report.wrong("disk", "only \(free >> 20) MB free")
    } else {
      report.fine("disk", "\(free >> 20) MB free")
    }
  }
}
