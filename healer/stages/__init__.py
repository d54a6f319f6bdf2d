"""One verb a file. Stages do not know each other."""
