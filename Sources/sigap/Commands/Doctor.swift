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
    let configuration = try common.load()
    var report = Report()
    report.fine("configuration", "understood")
    do {
      let house = try House(configuration)
      await checkStore(house, &report)
      await checkMail(house, &report)
      checkClock(house, &report)
      try? house.store.close()
    } catch {
      report.wrong("database", "\(error)")
    }
    checkDisk(configuration, &report)
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
        let status = try await mailboxStatus(try house.imapAccount(imap))
        report.fine("mailbox", status)
      } catch {
        report.wrong("mailbox", "\(imap.url): \(error)")
      }
    } else {
      report.note("mailbox", "mail.imap.url is empty")
    }
    do {
      if let sender = try house.smtpSender() {
        if let trouble = await sender.check() {
          report.wrong("smtp", "\(house.configuration.smtp?.url ?? ""): \(trouble.rawValue)")
        } else {
          report.fine("smtp", "lets us in")
        }
      } else {
        report.note("smtp", "mail.smtp.url is empty: letters wait in the outbox")
      }
    } catch {
      report.wrong("smtp", "\(error)")
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

  private func checkClock(_ house: House, _ report: inout Report) {
    let year = house.office.zone.local(house.clock.now()).day.year
    if (2026...2100).contains(year) {
      let known = Holidays.official.contains { $0.year == year }
      report.fine("clock", "\(house.office.zone.local(house.clock.now()).day)")
      if !known { report.note("calendar", "no official holidays of \(year) are known: add them under /kelola") }
    } else {
      report.wrong("clock", "the year is \(year)")
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
