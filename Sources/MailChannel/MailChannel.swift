// MAIL CHANNEL: e-mail comes in by IMAP and goes out by SMTP.
//
// What enters      Messages in one mailbox (`ImapMailbox`), read by `ImapFetcher`, byte for byte.
// What leaves      One SMTP transaction for each recipient (`SmtpSender`).
// What is on disk  Nothing of ours. The fetcher hands over a batch, and moves its cursor only after the other side says
// before it moves  that the batch is durable. The cursor itself is kept by the other side too.
//
// After a crash    between fetch and hand-over: the same messages are fetched again;
//                  between hand-over and cursor: they are handed over again, and the ledger knows them by their digest;
//                  between the final dot and the server's answer: the letter's end is `uncertain`, and a person decides.
//
// Cursor           (mailbox, UIDVALIDITY, last UID), RFC 3501 §2.3.1.1. A new UIDVALIDITY means that all UIDs mean
//                  something else: the mailbox is read from its beginning.
// \Seen            Fetching by URL sets it. "Processed" is the ledger's word, never a flag of the mailbox.
//
// TLS              always, with the server's certificate checked. `imap://` and `smtp://` mean STARTTLS, and no further
//                  word is said without it. Only `SmtpAccount.allowPlain` on a loopback address speaks plainly.
// Proxies          of the environment are ignored.
//
// Known limits     Polling, not IDLE. A message over the limit is handed over as its beginning and a reason. Addresses
//                  with letters outside ASCII (RFC 6531) are refused for sending.
//
// Standards        RFC 3501 and 5530 (IMAP), 5092 (IMAP URL), 5321 (SMTP), 3207 (STARTTLS), 4954 (AUTH), 8314 (TLS).
