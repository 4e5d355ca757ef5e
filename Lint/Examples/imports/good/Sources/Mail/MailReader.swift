import CGMime
public import struct Foundation.Date
let manual = """
  import SOP
  """
