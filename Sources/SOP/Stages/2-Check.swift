/// SOP row 2: the team checks the problem (10 minutes). Output: *Aduan masalah*.
///
/// Needs: the confirmed statement of the problem, and a domain name unless the category needs none.
/// Refuses: any other row than 2; a missing statement; a name outside `go.id` and `desa.id` is allowed only for
/// what will be referred, so it is not refused here.
/// Follows: *Laporan Pengaduan* is issued and row 3 begins with its own clock.
extension Deliberation {
  mutating func recordCheck(_ result: CheckResult) throws(Rejection) {
    try require(.check)
    try require(result.problem, .problem)
    try bound(result.since, .since, limit: 200)
    try bound(result.authorityNote, .authorityNote, limit: 1_000)
    try bound(result.institution, .institution, limit: 300)
    if result.category.needsDomain, result.domain == nil { throw .domainMissing }
    takeIfFree()
    record(.checkRecorded(result: result))
    let report = ComplaintReport(
      number: ComplaintReport.number(of: ticket.number, edition: ticket.reportsIssued + 1), issuedAt: now,
      complaint: ticket.complaint, check: result, preparedBy: ticket.holder)
    record(.reportIssued(report: report))
    enter(.analysis)
  }
}
