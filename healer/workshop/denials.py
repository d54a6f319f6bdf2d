"""What a run was denied, in words."""

from __future__ import annotations

# Errors that the walls cause, as programs print them. The words come from the run's own output, so
# they explain; they prove nothing.
TOLD = (
    ("network", "Network is unreachable", "ENETUNREACH"),
    ("names of hosts", "Temporary failure in name resolution", "Name or service not known", "EAI_AGAIN"),
    ("writing to a protected or system path", "Read-only file system", "EROFS"),
    ("a call or a privilege", "Operation not permitted", "EPERM"),
    ("a file of somebody else", "Permission denied", "EACCES"),
    ("a kind of socket", "Address family not supported by protocol", "EAFNOSUPPORT"),
    ("more processes", "Resource temporarily unavailable", "can't start new thread", "Cannot fork"),
    ("more disk", "No space left on device", "ENOSPC", "File too large"),
    ("more memory", "MemoryError", "Cannot allocate memory", "ENOMEM"),
)


def denied(unrouted: int, output: str) -> tuple[str, ...]:
    """`unrouted`: packets without a way out, as the kernel counted them."""
    counted = [f"network: {unrouted} packets had no way out"] if unrouted else []
    for what, *words in TOLD:
        word = next((word for word in words if word in output), "")
        if word and not (counted and what == "network"):
            counted.append(f"{what} (the output says: {word})")
    return tuple(counted)
