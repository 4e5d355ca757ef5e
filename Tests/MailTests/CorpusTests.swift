import Foundation
import Testing

struct CorpusTests {
  @Test(arguments: CorpusFacts.adapters.map(\.folder))
  func `third-party mail is read as well as when it was last measured`(folder: String) throws {
    guard let root = CorpusFacts.folder else {
      print("skipped: no corpora (SIGAP_CORPORA)")
      return
    }
    let adapter = try #require(CorpusFacts.adapters.first { $0.folder == folder })
    let facts = adapter.read(root.appendingPathComponent(folder))
    facts.report(folder)
    #expect(facts.right + facts.missed.count > 0)
    #expect(facts.overExcused.isEmpty)
    #expect(facts.share >= adapter.floor, "\(facts.missed.prefix(20))")
  }
}
