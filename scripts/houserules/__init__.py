"""The rules of the house, each a function from a House to the list of its Breaches (see scripts/lint.py)."""
