"""The same tools over MCP: for guests in one run, and, read-only, for people's own assistants."""
