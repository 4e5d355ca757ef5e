// a second file of this name: bad
