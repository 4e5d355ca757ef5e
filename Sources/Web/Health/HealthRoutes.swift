/// The routes of this part of the pages.
enum HealthRoutes {
  static func add(to routes: inout RouteTable) {}
}
