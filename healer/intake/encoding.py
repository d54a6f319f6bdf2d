"""Bounded decompression: a few kilobytes may claim to be gigabytes."""

from __future__ import annotations

import zlib

import brotli

from healer.intake.letter import Rejected

MAX_BODY = 10 * 1024 * 1024  # as sent
MAX_DECODED = 20 * 1024 * 1024  # the Python SDK was seen to send events of 9.6 MB
MAX_ENCODINGS = 2
MAX_MEMBERS = 16  # streams that one gzip file may consist of
_GZIP = b"\x1f\x8b"


def decoded(body: bytes, encoding: str, limit: int = MAX_DECODED) -> bytes:
    """`body` without its Content-Encoding, at most `limit` bytes. Raises Rejected."""
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    if len(names) > MAX_ENCODINGS:
        raise Rejected(415, f"the body is encoded {len(names)} times; encode it once")
    for name in reversed(names):
        body = _decoded(body, name, limit)
    if len(body) > limit:
        raise Rejected(413, too_large(limit))
    return body


def too_large(limit: int) -> str:
    return f"the body is larger than {limit} bytes; send less context with each event"


def _decoded(body: bytes, name: str, limit: int) -> bytes:
    try:
        if name in ("gzip", "x-gzip"):
            return _gunzipped(body, limit)
        if name == "deflate":
            return _deflated(body, limit)
        if name == "br":
            return _unbrotlied(body, limit)
    except (zlib.error, brotli.error):
        raise Rejected(400, f"the body is not valid {name}; check its Content-Encoding") from None
    if name == "identity":
        return body
    raise Rejected(415, f"Content-Encoding {name[:20]!r} is not known; use gzip, deflate or br")


def _deflated(body: bytes, limit: int) -> bytes:
    """With the zlib header, as the standard says, or without it, as some clients send."""
    try:
        return _inflated(body, zlib.MAX_WBITS, limit)[0]
    except zlib.error:
        return _inflated(body, -zlib.MAX_WBITS, limit)[0]


def _gunzipped(body: bytes, limit: int) -> bytes:
    """All members: who compresses piece by piece sends several. What follows the last is padding."""
    found = b""
    for _ in range(MAX_MEMBERS):
        piece, body = _inflated(body, 16 + zlib.MAX_WBITS, limit)
        found += piece
        if len(found) > limit:
            raise Rejected(413, too_large(limit))
        if not body.startswith(_GZIP):
            return found
    raise Rejected(400, f"the gzip body has more than {MAX_MEMBERS} members; compress it as one")


def _inflated(body: bytes, bits: int, limit: int) -> tuple[bytes, bytes]:
    """What the first stream holds, and what stands behind it."""
    machine = zlib.decompressobj(bits)
    found = machine.decompress(body, limit + 1)
    if len(found) > limit:
        raise Rejected(413, too_large(limit))
    if not machine.eof:
        raise Rejected(400, "the compressed body ends too early; send it again")
    return found, machine.unused_data


def _unbrotlied(body: bytes, limit: int) -> bytes:
    machine = brotli.Decompressor()
    found, given = [], 0
    chunk = machine.process(body, output_buffer_limit=65536)
    while chunk or not machine.can_accept_more_data():
        given += len(chunk)
        if given > limit:
            raise Rejected(413, too_large(limit))
        found.append(chunk)
        chunk = machine.process(b"", output_buffer_limit=65536)
    if not machine.is_finished():
        raise Rejected(400, "the compressed body ends too early; send it again")
    return b"".join(found)
