// Server-sent events (WHATWG HTML §9.2): the page learns that something changed and asks for it by an ordinary GET.
//
// A stream carries no content of a ticket. It says a word every 20 seconds so that a browser that went away is found
// out, ends by itself after ten minutes (the browser comes back and is asked for its rights again), and ends at once
// when the server stops (`LiveHub.close`).

import Desk
import HTTPTypes
import Hummingbird
import NIOCore
import SOP

enum EventStream {
  /// What goes out next.
  private enum Word: Sendable {
    case data(String)
    case ping
  }

  /// Seconds between signs of life, and how many of them before the stream ends.
  private static let pause = 20
  private static let pings = 30

  /// Streams the JSON `tell` makes of each change; nil passes one over. `first` is sent at once.
  static func response(
    _ live: LiveHub, first: String? = nil, tell: @escaping @Sendable (TicketChange) -> String?
  ) -> Response {
    let changes = live.changes()
    return Response(
      status: HTTPOutcome.shown.status,
      headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody { writer in
        let (words, feed) = AsyncStream.makeStream(of: Word.self, bufferingPolicy: .bufferingNewest(64))
        let reader = Task {
          for await change in changes { if let text = tell(change) { feed.yield(.data(text)) } }
          feed.finish()
        }
        let pulse = Task {
          for _ in 0..<pings {
            try await Task.sleep(for: .seconds(pause))
            feed.yield(.ping)
          }
          feed.finish()
        }
        defer {
          reader.cancel()
          pulse.cancel()
        }
        try await writer.write(ByteBuffer(string: "retry: 5000\n\n" + (first.map { "data: \($0)\n\n" } ?? "")))
        for await word in words {
          switch word {
          case .data(let text): try await writer.write(ByteBuffer(string: "data: \(text)\n\n"))
          case .ping: try await writer.write(ByteBuffer(string: "event: ping\ndata: {}\n\n"))
          }
        }
        try await writer.finish(nil)
      })
  }
}
