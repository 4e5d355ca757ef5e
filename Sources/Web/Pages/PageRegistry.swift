/// Every page of the house, by the part it belongs to. A page that is not listed is not tested: `PageRegistryTests`
/// compares the lists with the files under `templates/pages/`.
enum PageRegistry {
  static let all: [any Page.Type] =
    [ErrorPage.self] + PortalRoutes.pages + DeskRoutes.pages + DeskLiveRoutes.pages + OfficerIntakeRoutes.pages
    + ReportRoutes.pages + RegistryRoutes.pages + SupervisorRoutes.pages + SignInRoutes.pages
    + AdministrationRoutes.pages + MailViewerRoutes.pages
}
