import Mail
import SOP  // bad
import Testing
