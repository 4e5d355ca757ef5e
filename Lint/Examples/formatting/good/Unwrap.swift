let first = [1].first ?? 1
