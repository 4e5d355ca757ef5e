import Foundation
import Logging  // bad
