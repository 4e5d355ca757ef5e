protocol MailReaderPort {}
