"""Reading a request's body with a bound, whatever it says about its length."""

from __future__ import annotations

from starlette.requests import Request

from healer.intake import Rejected
from healer.intake.encoding import MAX_BODY, too_large


async def read_body(request: Request, limit: int = MAX_BODY) -> bytes:
    """Raises Rejected where it is too large, before reading on."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared[:20]) > limit:
        raise Rejected(413, too_large(limit))
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise Rejected(413, too_large(limit))
        chunks.append(chunk)
    return b"".join(chunks)
