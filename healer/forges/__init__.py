"""Where proposals go. One module a forge; none of them can merge."""
