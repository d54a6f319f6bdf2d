"""Fix templates, one per file."""
