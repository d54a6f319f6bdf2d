"""Personal data with a recognisable form. What has a check digit must pass it; what has none needs more shape."""

from __future__ import annotations

from triage.sanitize.rule import NUMBER, Found, Rule
from triage.sanitize.validators import digits, email, iban, ipv4, ipv6, payment_card, stands_alone


def _social_security(found: Found) -> bool:
    area, group, serial = found.value.split(found.value[3:4])
    return stands_alone(found) and area not in (b"000", b"666") and area[:1] != b"9" and group != b"00" and serial != b"0000" and found.before() not in (b"-", b".", b"/") and found.after() != b"-"


def _international(found: Found) -> bool:
    return 8 <= len(digits(found.value)) <= 15 and not found.before().isalnum() and not found.after().isalnum()


def _alone(found: Found) -> bool:
    return stands_alone(found) and found.before() not in (b"-", b".", b"/", b"+", b"#") and found.after() not in (b"-", b"/")


EMAIL = r"[A-Za-z0-9_\x80-\xff][A-Za-z0-9._%+'\-\x80-\xff]{0,63}(?:@|%40|\\u0040|&#64;|&#x40;)(?:[A-Za-z0-9\x80-\xff][A-Za-z0-9\-\x80-\xff]{0,62}\.){1,8}[A-Za-z\x80-\xff][A-Za-z0-9\-\x80-\xff]{1,23}"

PERSONAL: tuple[Rule, ...] = (
    Rule("email", ("@", "%40", "\\u0040", "&#64;", "&#x40;"), EMAIL, email),
    Rule("iban", NUMBER, r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?", iban),
    Rule("card", NUMBER, r"[0-9](?:[ \-]?[0-9]){12,18}", payment_card),
    Rule("national-id", NUMBER, r"[0-9]{3}-[0-9]{2}-[0-9]{4}", _social_security),
    Rule("phone", NUMBER, r"\+[1-9][0-9]{0,2}[ .\-]?(?:\(0?[0-9]{1,4}\)[ .\-]?)?[0-9]{1,4}(?:[ .\-/]?[0-9]{2,5}){1,4}", _international),
    Rule("phone", NUMBER, r"(?:1[ .\-])?\([2-9][0-9]{2}\)[ ]?[2-9][0-9]{2}[ .\-][0-9]{4}", _alone),
    Rule("phone", NUMBER, r"(?:1[ .\-])?[2-9][0-9]{2}[.\-][2-9][0-9]{2}[.\-][0-9]{4}", _alone),
    Rule("mac", NUMBER, r"(?i)[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}", _alone),
    Rule("ip", NUMBER, r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", ipv4),
    Rule("ip", NUMBER, r"(?i)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3})?", ipv6),
)
