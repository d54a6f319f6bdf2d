"""One command a file: `add` says its options, `run` does it and returns the exit code."""
