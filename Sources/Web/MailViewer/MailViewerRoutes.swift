/// The routes of the demonstration's mail viewer.
enum MailViewerRoutes {
  static let pages: [any Page.Type] = []

  static func add(to routes: inout RouteTable, viewer: any MailViewer) {}
}
