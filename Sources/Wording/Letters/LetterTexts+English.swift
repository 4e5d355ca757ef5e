extension LetterStem {
  /// The letters in English, for requesters who chose it.
  var englishText: String {
    switch self {
    case .receipt:
      """
      We received your complaint

      Dear Sir or Madam,

      We received your complaint on {{received}}. Its ticket number is {{number}}.

      {{#due}}Next, the Domain Service Team will check the problem, by {{due}} at the latest.{{/due}}{{^due}}Next, the Domain Service Team will check the problem.{{/due}}

      Follow it on the ticket page. This link is secret; please do not forward it:
      {{link}}

      To add facts or files, reply to this e-mail without changing its subject.

      If you did not send a complaint, please ignore this e-mail.

      Yours sincerely,
      {{office}}
      """
    case .question:
      """
      We need something from you

      Dear Sir or Madam,

      To go on with ticket {{number}} we need the following:

      {{text}}

      Reply to this e-mail, or answer on the ticket page:
      {{link}}

      Our clock pauses until your answer arrives.

      Yours sincerely,
      {{office}}
      """
    case .message:
      """
      A message about your complaint

      Dear Sir or Madam,

      {{text}}

      The page of ticket {{number}}:
      {{link}}

      Yours sincerely,
      {{office}}
      """
    case .answer, .answerOfOriginal: LetterStem.englishAnswer(ofOriginal: self == .answerOfOriginal)
    case .addressNotice:
      """
      Another e-mail address for your ticket

      Dear Sir or Madam,

      From now on letters about ticket {{number}} go to another address, once that address is proven.

      If you did not ask for it, reply to this e-mail. The ticket page can still be opened:
      {{link}}

      Yours sincerely,
      {{office}}
      """
    case .closingNotice:
      """
      The ticket is closed

      Dear Sir or Madam,

      {{reason}}

      If the matter is not solved, ticket {{number}} can be reopened from its page:
      {{link}}

      If you are not satisfied with how we dealt with it, you have the right to turn to SP4N-LAPOR! or to the Ombudsman of the Republic of Indonesia.

      Yours sincerely,
      {{office}}
      """
    case .reopenedNotice:
      """
      The ticket is open again

      Dear Sir or Madam,

      We reopened ticket {{number}} and will examine the problem again{{#due}}, by {{due}} at the latest{{/due}}.

      Follow it on the ticket page:
      {{link}}

      Yours sincerely,
      {{office}}
      """
    case .proof:
      """
      Prove your e-mail address

      Dear Sir or Madam,

      The code for ticket {{number}}:

      {{code}}

      Enter it on the ticket page, or open this link and press its button:
      {{link}}

      If you did not ask for it, please ignore this e-mail. Our officers never ask for this code.

      Yours sincerely,
      {{office}}
      """
    case .handoff, .registryMessage, .lapseNotice, .escalationNotice: englishStaffText
    }
  }

  private static func englishAnswer(ofOriginal: Bool) -> String {
    """
    The answer to your complaint

    Dear Sir or Madam,

    \(ofOriginal
      ? "The matter of ticket {{number}} is the one dealt with in ticket {{original}}. This is the answer."
      : "This is our confirmation/answer to ticket {{number}}.")

    Outcome: {{outcome}}

    {{text}}

    {{#work}}
    What we have done:
    {{work}}
    {{/work}}

    \(ofOriginal
      ? ""
      : """
      {{#owner}}
      Who is responsible: {{owner}}
      {{/owner}}
      {{#contact}}
      How to reach them: {{contact}}
      {{/contact}}
      """)

    Is the matter solved? Open the ticket page and press "Solved" or "Not solved":
    {{link}}

    Or reply to this e-mail. Write SOLVED and nothing else on the first line; or NOT SOLVED, and why from the second line on.

    Without a reaction within {{days}} this ticket closes by itself.

    Yours sincerely,
    {{office}}
    """
  }

  /// To the registry and the supervisor.
  private var englishStaffText: String {
    switch self {
    case .handoff:
      """
      {{action}} – {{domain}}

      To the duty officer of {{registry}},

      Please do: {{action}}
      Domain name: {{domain}}
      {{#due}}Due: {{due}}{{/due}}

      {{#changes}}
      Now  →  wanted:
      {{changes}}
      {{/changes}}

      {{#evidence}}
      Evidence:
      {{evidence}}
      {{/evidence}}

      {{#note}}
      The officer's note:
      {{note}}
      {{/note}}

      {{#link}}
      Answer on this page, no account needed (please do not forward it):
      {{link}}
      {{/link}}

      Or reply to this e-mail. Write one of these and nothing else on the first line (done, cannot, needs information), and the reason or what you need from the second line on:
      {{done}}
      {{cannot}}
      {{needsInformation}}

      Officer: {{officer}}
      {{office}}
      Ticket number: {{number}}
      """
    case .registryMessage:
      """
      A message about {{#domain}}{{domain}}{{/domain}}{{^domain}}a hand-off{{/domain}}

      To the duty officer of {{registry}},

      {{text}}

      {{#link}}
      The page of the hand-off:
      {{link}}
      {{/link}}

      {{office}}
      Ticket number: {{number}}
      """
    case .lapseNotice:
      """
      Past due: stage {{stage}}

      Ticket {{number}} used up the standard time of stage {{stage}} on {{due}}.

      {{#domain}}Domain name: {{domain}}{{/domain}}
      {{#holder}}Officer: {{holder}}{{/holder}}{{^holder}}No officer holds this ticket yet.{{/holder}}

      {{link}}
      """
    case .escalationNotice:
      """
      Escalation: stage {{stage}}

      {{officer}} brings ticket {{number}} to the supervisor:

      {{text}}

      {{#domain}}Domain name: {{domain}}{{/domain}}
      {{#holder}}Officer: {{holder}}{{/holder}}

      {{link}}
      """
    case .receipt, .question, .message, .answer, .answerOfOriginal, .addressNotice, .closingNotice, .reopenedNotice,
      .proof:
      ""
    }
  }
}
