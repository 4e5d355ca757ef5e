import HTTPTypes
import Testing

@testable import Web

@Suite struct TrustedProxiesTests {
  private func visitor(_ trusted: String, peer: String?, _ fields: [String] = []) throws -> String {
    var headers = HTTPFields()
    for field in fields { headers.append(HTTPField(name: .forwardedFor, value: field)) }
    return try #require(TrustedProxies(trusted)).visitor(peer: peer, fields: headers)
  }

  @Test func `a stranger's word about where it comes from is not believed`() throws {
    #expect(try visitor("127.0.0.1", peer: "192.0.2.7", ["198.51.100.1"]) == "192.0.2.7")
    #expect(try visitor("", peer: "127.0.0.1", ["198.51.100.1"]) == "127.0.0.1")
  }

  @Test func `behind a trusted proxy the last stranger of the list is the visitor`() throws {
    let trusted = "127.0.0.1, ::1, 10.1.0.0/12"
    #expect(try visitor(trusted, peer: "127.0.0.1", ["198.51.100.1"]) == "198.51.100.1")
    #expect(try visitor(trusted, peer: "::1", ["203.0.113.9, 198.51.100.1, 10.15.2.3"]) == "198.51.100.1")
    #expect(try visitor(trusted, peer: "::ffff:127.0.0.1", ["203.0.113.9", "198.51.100.1"]) == "198.51.100.1")
    #expect(try visitor(trusted, peer: "10.16.0.1", ["198.51.100.1"]) == "10.16.0.1")
  }

  @Test func `what is no address ends the walk at the last one known`() throws {
    #expect(try visitor("127.0.0.1", peer: "127.0.0.1", ["unknown"]) == "127.0.0.1")
    #expect(try visitor("127.0.0.1", peer: "127.0.0.1", ["\u{600}1.2.3.4, 127.0.0.1"]) == "127.0.0.1")
    #expect(try visitor("127.0.0.1", peer: nil) == "-")
  }

  @Test func `a household of IPv6 addresses counts as one`() throws {
    let first = try visitor("::1", peer: "2001:db8:1:2:3:4:5:6")
    #expect(try first == visitor("::1", peer: "2001:db8:1:2:ffff::1"))
    #expect(try first != visitor("::1", peer: "2001:db8:1:3::1"))
  }

  @Test(arguments: ["10.0.0.0/33", "10.0.0/8", "1.2.3.4/-1", "example.go.id", "::1/129", "1.2.3.4/x", "/8"])
  func `a range that is none is refused`(text: String) {
    #expect(TrustedProxies(text) == nil)
  }
}
