let number = /ADU-[0-9]+/  // bad
let tag = #/\[(.+)\]/#  // bad
let built = Regex { "Re:" }  // bad
let old = try NSRegularExpression(pattern: "Re:")  // bad
let place = subject.range(of: "Re:", options: .regularExpression)  // bad
