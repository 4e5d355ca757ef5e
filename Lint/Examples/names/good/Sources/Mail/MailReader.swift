public enum MailReader {}
struct StageVisit {}
class func progress() {}
/// A struct Mail would be wrong.
