"""The rules, as data: one line each."""
