import Desk
import Dispatch
import Foundation
import Glibc
import Logging
import ServiceLifecycle

/// How another process (`sigap mail ingest`) tells the running server that the store has news: one datagram to a
/// socket in the data folder. It carries nothing: whoever may write in the folder may ring, and a ring only makes the
/// server look. A ring that nobody hears costs nothing, for a starting server looks anyway. Open pages are told what the
/// other process wrote.
struct Doorbell: Service {
  let path: String
  let bells: Bells
  let others: OtherWriters

  /// Rings the server over this data folder, if there is one.
  static func ring(_ path: String) {
    guard var address = address(of: path) else { return }
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard socket >= 0 else { return }
    defer { close(socket) }
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        _ = sendto(socket, "1", 1, 0, generic, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  func run() async throws {
    let logger = Logger(label: "sigap.doorbell")
    guard let socket = listen() else {
      logger.warning("no doorbell: mail from a pipe is noticed with the next event")
      return try await gracefulShutdown()
    }
    let rung = Bell()
    let source = DispatchSource.makeReadSource(fileDescriptor: socket, queue: .global())
    source.setEventHandler { [bells] in
      var buffer = [UInt8](repeating: 0, count: 64)
      while recv(socket, &buffer, buffer.count, 0) > 0 {}
      bells.ringAll()
      rung.ring()
    }
    source.setCancelHandler { close(socket) }
    source.resume()
    defer {
      source.cancel()
      unlink(path)
    }
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await others.begin()
          await rung.wait()
          try await others.tell()
        } catch {
          if Task.isCancelled { return }
          // A page that was not told is old until its next look.
          logger.warning("open pages could not be told", metadata: ["error": "\(error)"])
          await rung.wait()
        }
      }
    }
  }

  private func listen() -> Int32? {
    guard var address = Doorbell.address(of: path) else { return nil }
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard socket >= 0 else { return nil }
    unlink(path)
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else {
      close(socket)
      return nil
    }
    chmod(path, 0o600)
    return socket
  }

  /// `nil` when the path is longer than a socket address holds (107 bytes).
  private static func address(of path: String) -> sockaddr_un? {
    var address = sockaddr_un()
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return address
  }
}
