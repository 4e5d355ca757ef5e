import Foundation
import Mail
import Testing
