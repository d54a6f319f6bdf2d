"""Where errors are tracked."""
