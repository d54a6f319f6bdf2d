"""A shop that breaks, and is healed, on this machine alone. Everything real, nothing configured."""
