/// The routes of this part of the pages.
enum AdministrationRoutes {
  static let pages: [any Page.Type] = []

  static func add(to routes: inout RouteTable) {}
}
