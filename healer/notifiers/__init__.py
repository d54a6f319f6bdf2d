"""Who is told. One module a channel."""
