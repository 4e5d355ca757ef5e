struct Mail {}  // bad
extension Mail { enum Progress {} }  // bad
