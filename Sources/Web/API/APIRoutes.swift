/// The routes of this part of the pages.
enum APIRoutes {
  static func add(to routes: inout RouteTable) {}
}
