public import struct Foundation.Date
internal import CGMime
@preconcurrency import SOP  // bad
// import GRDB
