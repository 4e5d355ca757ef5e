import Desk
import DeskTesting
import Foundation
import SOP
import SQLiteStore
import Testing

/// Figures of the store, printed when `SIGAP_BENCH` is set; the number is how many tickets are opened.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SIGAP_BENCH"] != nil), .serialized) struct StoreBench {
  @Test(arguments: [1, 8, 64, 256]) func `opening commits a second`(callers: Int) async throws {
    let total = Int(ProcessInfo.processInfo.environment["SIGAP_BENCH"] ?? "") ?? 2_000
    try await withStore { store, _ in
      let text = Array(repeating: "situs desa kami tidak dapat dibuka sejak kemarin sore", count: 6).joined(
        separator: " ")
      let clock = ContinuousClock()
      let spent = try await clock.measure {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<callers {
            group.addTask {
              for _ in 0..<total / callers {
                let number = try await store.nextNumber(month: 202611)
                let letter = Samples.letter("\(number).1", of: number)
                let commit = try Samples.opening(number, Samples.complaint(text: text), letters: [letter])
                guard try await store.commit(commit) == .committed else { throw CancellationError() }
              }
            }
          }
          try await group.waitForAll()
        }
      }
      let seconds = Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
      print("bench: \(callers) callers: \(Int(Double(total) / seconds)) opening commits/s")
    }
  }
}
