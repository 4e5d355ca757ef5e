/// What mail servers write when they refuse or give up a letter, as a postmaster knows it; the most telling row
/// first. How a phrase is written: see `WordPatterns`.
enum CauseWords {
  static let telling = WordPatterns<BounceCause>(ourSide + theirSide + theWay)
  /// Words that say little; they count only when nothing better was said.
  static let vague = WordPatterns<BounceCause>(vagueRows)

  /// Something about our letter, our address or our server.
  private static let ourSide: [(BounceCause, String)] = [
    (
      .spam,
      """
      spam classification, classified as spam, detected as spam, identified as spam, considered spam,
      rejected as spam, marked as spam, likely spam, looks like spam, spam detected, spam message rejected
      """
    ),
    (
      .authentication,
      """
      dmarc, dkim, spf, sender policy framework, unauthenticated email, unauthenticated mail,
      authentication checks failed, email authentication, authentication failed for the message
      """
    ),
    (
      .blocked,
      """
      rbl, dnsbl, spamhaus, spamcop, barracudacentral, block list+, blocklist+, black list+, blacklist+,
      deny list+, denylist+, blocked using, reputation, banned sending, banned ip, reverse dns,
      reverse lookup, ptr record+, ptr lookup, no ptr, dns ptr, ptr resource, mismatches client ip, rdns,
      reverse hostname, reverse address, ip name lookup failed, dynamic ip, dynamic address+, dial up,
      client host rejected, blocked for abuse, your ip, sending ip, ip address * blocked,
      ip address * rejected, host * not allowed to send, helo * rejected, helo command rejected,
      ehlo command rejected, bad helo, generic hostname, smtp server of your isp, use * isp
      """
    ),
    (
      .malware,
      """
      virus, viruses, virusdetected, malware, infected, trojan, worm, phish+
      """
    ),
    (
      .encryptionRequired,
      """
      starttls command first, tls required, requires tls, encryption required, encryption needed, must use tls
      """
    ),
    (
      .senderRefused,
      """
      sender address rejected, sender address * denied, sender rejected, sender was rejected, sender denied,
      invalid sender, bad sender, sender verif+, sender address verif+, sender not allowed, sender unknown,
      sender * does not exist, domain of sender, sender domain, senders domain, sender address does not,
      unroutable sender, unresolvable sender, from address * not, envelope sender, return path * invalid,
      mail from * domain, verify sender, sender blocked, blocked sender, sending domain
      """
    ),
    (
      .tooLarge,
      """
      message too large, message too big, message is too large, message is too big, too large for, too big,
      size limit exceeded, message size exceed+, size exceeds, exceeds * size, exceeded * size limit,
      exceeds maximum size, maximum message size, message size limit, mail size limit, message length exceeds,
      size is too large, fixed maximum, larger than, size of this message, ukuran * melebihi
      """
    ),
    (
      .relayingDenied,
      """
      relaying denied, relay denied, relay access denied, relaying * denied, relay not permitted,
      relaying not permitted, relaying not allowed, relay not allowed, relay is not allowed, unable to relay,
      not relay, not permitted to relay, relay prohibited, relaying prohibited, open relay,
      insecure mail relay, relay operation rejected, relay disallowed, no relaying, relaying mail to
      """
    ),
  ]

  /// Something about the address or the domain of the recipient.
  private static let theirSide: [(BounceCause, String)] = [
    (
      .mailboxFull,
      """
      mailbox full, mailbox is full, mailbox * full, mailboxfull, mail box full, mailfolder * full,
      inbox full, inbox is full, inbox * full, quota exceed+, quota is exceeded, quota * exceeded,
      exceed+ * quota, exceeds * quota, over quota, overquota, is over the quota, out of quota, disk quota,
      quota full, quota violation, out of storage, storage * full, storage limit, storage quota,
      not enough storage, mailbox has exceeded, mailbox exceeded, mailbox exceeds, mailbox size limit,
      maildir * overdrawn, delivery would exceed, account is over, not enough * space,
      receiving mail at a rate * storage, user has exceeded, recipient storage full, mailbox for * full,
      boite * pleine, kotak surat penuh, kuota * penuh, kuota * terlampaui
      """
    ),
    (
      .addressMoved,
      """
      has moved, mailbox moved, no forwarding address, address * changed, address has been changed,
      no longer works, no longer works here, has left the, no longer with, left the company, sudah pindah
      """
    ),
    (
      .addressDisabled,
      """
      account * disabled, account disabled, mailbox disabled, mailbox is disabled, mailbox * disabled,
      user * disabled, disabled mailbox, disabled account, disabled user, address * disabled,
      account * suspended, user * suspended, mailbox * suspended, account suspended, is suspended,
      been suspended, deactivated, account * inactive, inactive, not active, inactive user,
      mailbox * inactive, account is locked, account locked, mailbox locked, mailbox * locked,
      account expired, account has expired, account closed, account * closed, account is disabled,
      temporarily disabled, on hold, not been activated, frozen
      """
    ),
    (
      .domainTakesNoMail,
      """
      null mx, nullmx, domain does not accept mail, domain does not accept email, does not accept mail,
      host does not accept, not accept any mail, does not receive mail, domain does not receive,
      not accept inbound, not configured to receive, not accepting any mail
      """
    ),
    (
      .domainNotFound,
      """
      host unknown, unknown host, host not found, host or domain name not found, domain not found,
      domain name not found, domain does not exist, domain doesn't exist, no such domain, no such host,
      unknown domain, domain unknown, invalid domain, domain * not found, bad destination system,
      name or service not known, name service error, nxdomain, no mx, mx record, mx records,
      no mail exchanger+, find a mail exchanger, mail exchanger * not, illegal host, host * not found,
      find a gateway, find any mail servers, find any host, dns * lookup, dns error, dns failure,
      nonexistent domain, non existent domain, domain isn't, domain is not, unrouteable mail domain,
      unroutable mail domain, domain lookup failed, no answer from * name server, domain tidak ditemukan
      """
    ),
    (
      .recipientRestricted,
      """
      not authenticated for group, only accepts mail, only accept+ messages, not authorized to send,
      not permitted to send, not allowed to send, not allowed to post, do not have permission,
      don't have permission, permission to post, permission to send, authorized senders, allowed senders,
      restricted, restriction, members only, not a member, not member, are not member, refused by recipient,
      rejected by recipient, recipient is not accepting
      """
    ),
    (
      .addressUnknown,
      """
      user unknown, unknown user, unknown recipient, recipient unknown, address unknown, unknown address,
      unknown account, unknown mailbox, unknown local part, unknown or illegal, is unknown, not known,
      no such user, no such mailbox, no such recipient, no such address, no such person, no such account,
      no such local, nosuchuser, user not found, user * not found, recipient not found, recipnotfound,
      recipient * not found, mailbox not found, mailbox * not found, account not found, address not found,
      mailbox does not exist, does not exist, doesn't exist, not exist, doesnotexist, didn't exist,
      invalid recipient, invalid mailbox, invalid user, invalid address, address is invalid, not a valid,
      isn't a valid, not valid, no mailbox, mailbox is unavailable, mailbox unavailable,
      mailbox not available, bad destination mailbox, bad recipient, bad address, bad user, not listed in,
      user * not listed, not in * directory, not our customer, no account, no user, user doesn't have,
      does not have a * account, doesn't have a * account, unrouteable address, unroutable address,
      undeliverable address, user rejected, can't find, recipient address rejected access denied,
      recipient no longer, address no longer, no longer valid, no longer exists, no longer available,
      mailbox * does not, nobody here, not a user, isn't a user, address failed, addressee unknown,
      local part, user * doesn't, tidak ditemukan, tidak dikenal, tidak terdaftar
      """
    ),
  ]

  /// Something about the way between.
  private static let theWay: [(BounceCause, String)] = [
    (
      .loop,
      """
      too many hops, hop count, mail loop+, routing loop, loop detected, loops back, looping, mail loop
      """
    ),
    (
      .tooMany,
      """
      too many connections, too many sessions, too many messages, too many recipients, too many emails,
      too many mails, too many concurrent, too many errors, too many invalid, too many bad, rate limit+,
      ratelimit+, throttl+, unusual rate, sending rate, message rate, rate exceeded, unexpected volume,
      too fast, too much mail, daily limit, hourly limit, sending limit, limit for sending, slow down,
      connection limit, connections exceeded, messages per, exceeded * limit on, max number of,
      frequency limited
      """
    ),
    (
      .spam,
      """
      spam, spamdetected, unsolicited, bulk email, bulk e mail, bulk mail, junk, ube, uce, spam content,
      spam message, looks like spam, phishing, spammy
      """
    ),
    (
      .gaveUp,
      """
      retry time+ exceeded, retry timeout, message expired, envelope expired, queue expired, has expired,
      time expired, timeout expired, delivery expired, expired, in the queue too long, queue too long,
      too long in queue, too many attempts, too many retries, too many multiple retries,
      maximum retries, retries exceeded, been trying * days, not be delivered * days, could not deliver for,
      cannot send message for, could not send message for, not be delivered within, unable to deliver in,
      failing for a long time, aborted after, failed * attempts, retry limit
      """
    ),
    (
      .unreachable,
      """
      connection timed out, connection timeout, timed out, timeout, connection refused, connect refused,
      no route to host, network is unreachable, network unreachable, host unreachable, is unreachable,
      could not connect, couldn't connect, can't connect, cannot connect, unable to connect,
      failed to connect, not accept * requests to connect, can't establish, couldn't establish,
      could not establish, unable to establish, socket error, network error, connection reset,
      connection closed, connection dropped, connection lost, connection died, lost connection,
      not responding, no response, did not respond, hosts * failing, server is down, host is down,
      bad connection, remote host closed, communication failure, network protocol error, connect to
      """
    ),
    (
      .protocolError,
      """
      syntax error, command not recognized, command not implemented, unrecognized command, unknown command,
      bad sequence, protocol error, protocol violation, parameter not implemented, not implemented,
      command rejected, need rcpt, need mail, remote protocol error, pipelining
      """
    ),
    (
      .contentRefused,
      """
      content rejected, message content, content error, contenterror, content filter+, content not,
      content is not, header error, bad header, invalid header, header too, missing header, missing *header,
      media error, conversion, attachment type, attachment * not allowed, attachments * not allowed,
      attachment blocked, attachment * rejected, banned attachment, file extension, executable, bare lf,
      bare newline, line too long, lines too long, not rfc, non rfc, rfc * compliant, not compliant, rfc 5322,
      rfc 2822, rfc2822, rfc5322, malformed, 8bit, 8 bit, smtputf8, internationalized, message format,
      duplicate * header, forbidden content, url * rejected, message rejected due to content
      """
    ),
    (
      .systemFault,
      """
      internal error, internal server error, internal system error, internal software error, system error,
      mailer error, local error, configuration error, misconfigur+, config error, server error, write error,
      i o error, input output error, disk full, no space left, insufficient system, insufficient disk,
      system storage, out of memory, cannot allocate, command died, command output, command failed,
      unknown mailer error, cannot open, can't open, can't create, cannot create, cannot append,
      failed to read, no such file, permission denied, database, ldap, pipe to, can't exec, unable to run,
      system not capable, system full, mail system full, resources unavailable, mail server * error,
      local configuration, invalid configuration
      """
    ),
  ]

  private static let vagueRows: [(BounceCause, String)] = [
    (
      .blocked,
      """
      blocked, not welcome, refused to talk, connection rejected, refused connection
      """
    ),
    (
      .temporarilyUnavailable,
      """
      greylist+, graylist+, grey listed, gray listed, try again, try later, temporar+, deferred,
      service unavailable, service not available, service refuse+, server busy, too busy, system busy,
      not accepting, please retry, overload+, shutting down
      """
    ),
    (
      .policy,
      """
      policy, policies, policyviolation, security, prohibited, administratively, administrative, forbidden,
      not allowed, not authorized, unauthorized, violat+, rejected by, message refused, message rejected,
      authentication required, access denied
      """
    ),
    (
      .temporarilyUnavailable,
      """
      not available, unavailable
      """
    ),
    (
      .addressUnknown,
      """
      recipient address rejected, recipient rejected
      """
    ),
  ]
}
