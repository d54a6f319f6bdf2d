"""Whether a run of letters and digits belongs to a secret's name that stands some words before it."""

from __future__ import annotations

from triage.sanitize.validators import drawn
from triage.sanitize.value import is_class_name, is_contract

_LETTERS = bytes(byte if chr(byte).isalnum() and byte < 128 else 0x20 for byte in range(256))
# Between a secret's name and a run, these name the run.
_NAMES_OTHER = frozenset(
    b"""id ids uuid guid trace span commit digest sha sha1 sha256 sha512 md5 hash hashes image build request
    job run pod node file path class module etag checksum revision rev version user project order object
    bucket table column row index cache fingerprint public pubkey arn""".split()
)
_CRYPTIC = tuple(
    b"aes keytab crypt hmac cipher private session shared master secret api access signing wallet".split()
)
_NAMES_SAME = tuple(
    b"""got expected value was is mismatch actual received provided given invalid computed found prefix error
    rejected expired failed calculated sent bytes base64 characters chars like with using""".split()
)


def drawn_near(data: bytes, name_end: int, start: int, end: int, kind: str) -> bool:
    """Whether the run from `start` was drawn at random and belongs to the name that ends at `name_end`."""
    run = data[start:end].strip(b"=-_")
    if is_class_name(run) or is_contract(run):
        return False
    before, after = data[start - 1 : start], data[end : end + 2]
    if before in (b".", b"/", b"\\", b"@", b"$", b"{") or after[:1] in (b"(", b"/", b"\\", b"@"):
        return False
    if after[:1] == b"." and after[1:].isalnum():
        return False
    lead = data[name_end:start].rstrip(b"\"'`<[( ").lower()
    if b"://" in lead or _NAMES_OTHER.intersection(lead.replace(b"_", b" ").translate(_LETTERS).split()):
        return False
    if (
        lead[-1:] in (b"=", b":")
        and lead[:-1].strip()
        and not lead[:-1].rstrip(b"\"' ").endswith(_NAMES_SAME)
    ):
        return False  # another name's
    lead = data[max(0, name_end - 40) : name_end].lower()
    return drawn(run, hexadecimal=kind != "generated" or any(word in lead for word in _CRYPTIC))
