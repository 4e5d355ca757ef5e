/// Every page of the house. A page that is not listed here is not tested: `PageRegistryTests` compares this list with
/// the files under `templates/pages/`.
enum PageRegistry {
  static let all: [any Page.Type] = [
    ErrorPage.self,
  ]
}
