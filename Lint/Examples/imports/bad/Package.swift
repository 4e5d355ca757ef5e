// target Mail declares GRDB, the library of another room: bad
