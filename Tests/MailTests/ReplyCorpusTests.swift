import Foundation
import Testing

struct ReplyCorpusTests {
  @Test(arguments: ReplyCorpus.sources.map(\.folder))
  func `third-party replies are split as well as when they were last measured`(folder: String) throws {
    guard let root = CorpusFacts.folder else {
      print("skipped: no corpora (SIGAP_CORPORA)")
      return
    }
    let source = try #require(ReplyCorpus.sources.first { $0.folder == folder })
    let corpus = source.read(root.appendingPathComponent(folder))
    let rest = (corpus.hidden + corpus.more).map { "\n  " + $0 }.joined()
    print("\(folder): \(corpus.cases) cases, \(corpus.equal) equal, \(corpus.hidden.count) hidden\(rest)")
    #expect(corpus.cases > 0)
    #expect(corpus.equal >= source.equal)
    #expect(corpus.hidden.count <= source.hidden)
  }
}
