import Foundation

/// Runs the jobs of one actor on one thread of its own.
///
/// libcurl blocks, so its calls must not stand on the cooperative pool, where they would hold up everybody else; and one
/// libcurl handle must stay on one thread. The thread ends when the last reference to the executor goes.
final class ThreadExecutor: SerialExecutor {
  private let line = JobLine()

  /// - Parameter name: the thread's name, as `top -H` shows it; at most fifteen bytes are seen.
  init(name: String) {
    let line = line
    let thread = Foundation.Thread { line.work() }
    thread.name = name
    thread.stackSize = 4 << 20
    thread.start()
  }

  deinit { line.close() }

  func enqueue(_ job: consuming ExecutorJob) {
    line.add(UnownedJob(job), for: self)
  }
}

/// The jobs that wait for the thread. Each holds the executor, so that it lives until the job has ended.
private final class JobLine: @unchecked Sendable {
  private let condition = NSCondition()
  private var waiting: [(UnownedJob, ThreadExecutor)] = []
  private var closed = false

  func add(_ job: UnownedJob, for executor: ThreadExecutor) {
    condition.withLock { waiting.append((job, executor)) }
    condition.signal()
  }

  func close() {
    condition.withLock { closed = true }
    condition.signal()
  }

  func work() {
    while let jobs = next() {
      for (job, executor) in jobs { job.runSynchronously(on: executor.asUnownedSerialExecutor()) }
    }
  }

  private func next() -> [(UnownedJob, ThreadExecutor)]? {
    condition.withLock {
      while waiting.isEmpty {
        if closed { return nil }
        condition.wait()
      }
      defer { waiting = [] }
      return waiting
    }
  }
}
