let first = [1].first!
