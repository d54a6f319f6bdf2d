"""Who sent the hook."""

from __future__ import annotations

import hmac


def verify(secret: str, body: bytes, signature: str | None) -> bool:
    """Whether `signature` (the header Sentry-Hook-Signature) is the HMAC-SHA256 of the raw body.

    Compared as bytes, because `compare_digest` raises on text that is not ASCII. A body that was parsed and
    written again has another digest: hand over what came from the wire. An empty secret verifies nothing.
    """
    if not secret or not signature:
        return False
    expected = hmac.digest(secret.encode(), body, "sha256").hex().encode()
    return hmac.compare_digest(expected, signature.encode("utf-8", "replace"))
