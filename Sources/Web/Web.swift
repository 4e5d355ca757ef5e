// The pages and the API of the help desk.
//
// `Pages/` turns page values into HTML, `Serving/` is what every request passes through; see `WebGround` for how they
// are joined, and `PageValue.swift` for how a page is added.
