"""The only rooms where other people's code and repositories are handled."""
