"""One verb per file. A stage is a sandwich: pure, one call on an injected promise, pure."""
