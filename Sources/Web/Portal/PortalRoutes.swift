/// The public pages: file a complaint, follow one, the requester's page.
enum PortalRoutes {
  static let pages: [any Page.Type] = [
    StartPage.self, WhatPage.self, WhoPage.self, FilesPage.self, CheckPage.self, DonePage.self, TrackPage.self,
    LockedPage.self, ProofPage.self, FollowPage.self,
  ]

  static func add(to routes: inout RouteTable) {
    ComplaintRoutes.add(to: &routes)
    FollowRoutes.add(to: &routes)
  }
}
