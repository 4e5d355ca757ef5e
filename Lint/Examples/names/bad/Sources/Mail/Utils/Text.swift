// a folder of this name: bad
