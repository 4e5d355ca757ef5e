import Dispatch
import GRDB
import Synchronization

/// One flush for many writers.
///
/// A write waits in a list while the transaction before it is being flushed; then all that wait (at most 256) run
/// in one `BEGIN IMMEDIATE … COMMIT`, each under its own savepoint, so that one that throws undoes only itself.
/// Nobody is answered before `COMMIT` has returned; when it fails, everyone hears of it.
///
/// Entries for the full-text indexes are collected and written at the end of the transaction: FTS5 flushes its
/// memory at every savepoint, which would cost each of them a segment of its own.
final class GroupWriter: Sendable {
  private static let largestBatch = 256

  private struct Job: Sendable {
    /// Runs inside the transaction; what it returns is called after the commit.
    let run: @Sendable (Database, inout [SearchEntry]) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
  }

  private struct Waiting {
    var jobs: [Job] = []
    var isFlushing = false
    var isStopped = false
  }

  private let pool: DatabasePool
  private let onDiskFailure: @Sendable (String) -> Void
  private let queue = DispatchQueue(label: "sigap.store.writer")
  private let waiting = Mutex(Waiting())

  init(pool: DatabasePool, onDiskFailure: @escaping @Sendable (String) -> Void) {
    self.pool = pool
    self.onDiskFailure = onDiskFailure
  }

  func write<T: Sendable>(
    _ body: @escaping @Sendable (Database, inout [SearchEntry]) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
      enqueue(
        Job(
          run: { db, entries in
            let value = try body(db, &entries)
            return { continuation.resume(returning: value) }
          },
          fail: { continuation.resume(throwing: $0) }))
    }
  }

  /// Returns once everything that waited is written; later writes fail.
  func stop() {
    waiting.withLock { $0.isStopped = true }
    queue.sync {}
  }

  private func enqueue(_ job: Job) {
    let (starts, refused) = waiting.withLock { state -> (Bool, Bool) in
      if state.isStopped { return (false, true) }
      state.jobs.append(job)
      if state.isFlushing { return (false, false) }
      state.isFlushing = true
      return (true, false)
    }
    if refused { job.fail(StoreFault.closed) }
    if starts { queue.async { self.drain() } }
  }

  private func drain() {
    while let batch = nextBatch() { flush(batch) }
  }

  private func nextBatch() -> [Job]? {
    waiting.withLock { state in
      if state.jobs.isEmpty {
        state.isFlushing = false
        return nil
      }
      let batch = Array(state.jobs.prefix(GroupWriter.largestBatch))
      state.jobs.removeFirst(batch.count)
      return batch
    }
  }

  private func flush(_ batch: [Job]) {
    let ends: [@Sendable () -> Void]
    do {
      ends = try pool.writeWithoutTransaction { db in
        try db.run("BEGIN IMMEDIATE")
        do {
          let ends = try runAll(batch, db)
          try db.run("COMMIT")
          return ends
        } catch {
          if db.isInsideTransaction { try db.run("ROLLBACK") }
          throw error
        }
      }
    } catch {
      if let failure = DiskFailure(error) { onDiskFailure(failure.description) }
      for job in batch { job.fail(error) }
      return
    }
    for end in ends { end() }
  }

  private func runAll(_ batch: [Job], _ db: Database) throws -> [@Sendable () -> Void] {
    var entries: [SearchEntry] = []
    var ends: [@Sendable () -> Void] = []
    for job in batch {
      let kept = entries.count
      try db.run("SAVEPOINT one")
      do {
        ends.append(try job.run(db, &entries))
      } catch {
        // A full disk or an error of the file ends the whole transaction: then there is nothing left to save.
        guard db.isInsideTransaction else { throw error }
        try db.run("ROLLBACK TO one")
        entries.removeSubrange(kept...)
        ends.append { job.fail(error) }
      }
      try db.run("RELEASE one")
    }
    for entry in entries { try entry.insert(db) }
    return ends
  }
}

/// An error after which this process must not go on writing: the disk would not do what it was told, or the file is
/// not what was written. After a failed flush the kernel may have dropped the pages it could not write, and a later
/// flush that succeeds says nothing about them. A full disk is not one: nothing was written, and it may be emptied.
struct DiskFailure: CustomStringConvertible {
  let description: String

  init?(_ error: any Error) {
    guard let error = error as? DatabaseError else { return nil }
    switch error.resultCode {
    case .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB: description = "\(error.extendedResultCode): \(error)"
    default: return nil
    }
  }
}
