"""Checks that tell a real card, account or secret from a number or a word that merely looks like one."""

from __future__ import annotations

import ipaddress
from collections import Counter
from functools import lru_cache
from math import log2

from triage.sanitize.rule import Found, bytes_pattern

_DIGITS = frozenset(b"0123456789")
_NO_DIGITS = bytes(byte for byte in range(256) if byte not in _DIGITS)


def digits(value: bytes) -> bytes:
    return value.translate(None, _NO_DIGITS)


def stands_alone(found: Found) -> bool:
    """No letter, digit or underscore touches it."""
    return not _wordy(found.before()) and not _wordy(found.after())


def _wordy(edge: bytes) -> bool:
    return edge.isalnum() or edge == b"_"


def entropy(value: bytes) -> float:
    """Shannon entropy in bits per byte."""
    size = len(value)
    return -sum(n / size * log2(n / size) for n in Counter(value).values()) if size else 0.0


_HEX_SIZES = (32, 40, 48, 56, 64, 96, 128)


def drawn(run: bytes, *, hexadecimal: bool) -> bool:
    """Long and without words: a hex number of a usual size, or at least 16 letters among digits together."""
    plain = run.translate(None, b"+/_-=")
    numerals = len(digits(plain))
    if not plain.strip(b"0123456789abcdefABCDEF"):
        return hexadecimal and plain == run and len(run) in _HEX_SIZES and 0 < numerals < len(run)
    longest = max(len(part) for part in run.replace(b"-", b"_").replace(b"/", b"_").split(b"_"))
    cased = plain.lower() != plain and plain.upper() != plain
    return longest >= 16 and 1 < numerals < len(plain) and entropy(run) > (3.4 if cased else 3.2)


def random_looking(found: Found) -> bool:
    """Mixed enough to be generated: used where a token's shape alone could be a word or a path."""
    value = found.value
    return (
        any(byte in _DIGITS for byte in value)
        and entropy(value) >= 3.0
        and len(set(value)) > len(value) ** 0.5
    )


def luhn(number: bytes) -> bool:
    total = 0
    for place, byte in enumerate(reversed(number)):
        digit = byte - 48
        if place % 2:
            digit = digit * 2 - 9 if digit > 4 else digit * 2
        total += digit
    return total % 10 == 0


def _issuer_knows(number: bytes) -> bool:
    size, head = len(number), int(number[:6])
    two, four = head // 10_000, head // 100
    if size == 15:
        return two in (34, 37)
    if size == 14:
        return two in (36, 38, 39) or 3000 <= four <= 3059
    if size in (16, 19) or (size == 13 and two // 10 == 4):
        return (
            two // 10 == 4
            or 51 <= two <= 55
            or 2221 <= four <= 2720
            or four in (6011, 6304, 6759, 6761, 6762, 6763)
            or two in (60, 62, 65, 50, 81)
            or 644 <= head // 1000 <= 649
            or 3528 <= four <= 3589
            or 2200 <= four <= 2204
            or four in (5019, 9792)
            or head in (636368, 636297, 606282, 438935, 504175, 451416)
        )
    return False


def payment_card(found: Found) -> bool:
    number = digits(found.value)
    if not 13 <= len(number) <= 19 or len(set(number)) < 2 or not _free_number(found):
        return False
    if len(number) in (13, 19) and len(number) == len(found.value):
        return False  # bare, these are more often a time or a snowflake id
    return _issuer_knows(number) and luhn(number)


def _free_number(found: Found) -> bool:
    """Not a part of a longer number, a decimal, a hex string or an identifier."""
    before, after = found.before(2), found.after(2)
    if _wordy(before[-1:]) or _wordy(after[:1]):
        return False
    if before[-1:] in b".-:" and before[-1:] and before[:1].isalnum() and len(before) == 2:
        return False
    return not (after[:1] in (b".", b"-") and after[1:2].isdigit())


# Of ISO 13616's registry.
_IBAN_LENGTHS = {
    entry[:2]: int(entry[2:])
    for entry in b"""
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28
    EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27
    JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18
    NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28
    TL23 TN24 TR26 UA29 VA22 VG24 XK20""".split()
}


def iban(found: Found) -> Found | bool:
    """In any case and grouping; what stands behind it in the same form is left."""
    size = _IBAN_LENGTHS.get(found.value[:2].upper(), 0)
    end, count = found.start, 0
    while count < size and end < found.end:
        count += found.data[end] not in b" -"
        end += 1
    exact = Found(found.data, found.start, end)
    value = exact.value.translate(None, b" -").upper()
    return exact if len(value) == size > 0 and stands_alone(exact) and _mod97(value) else False


def has_iban_length(value: bytes) -> bool:
    """As long as the account numbers of the country that it begins with."""
    return len(value) == _IBAN_LENGTHS.get(value[:2].upper(), 0)


def _mod97(value: bytes) -> bool:
    turned = value[4:] + value[:4]
    return int("".join(str(int(chr(byte), 36)) for byte in turned)) % 97 == 1


_KEPT_NETWORKS = tuple(
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 "
        "224.0.0.0/3 "
        "::/127 fc00::/7 fe80::/10 ff00::/8"
    ).split()
)


@lru_cache(maxsize=4096)
def _routable(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return not any(address in net for net in _KEPT_NETWORKS if net.version == address.version)


def ipv4(found: Found) -> bool:
    """A host on the internet, not a version such as `OPR/99.0.0.0` or `Version=4.0.1.0`."""
    if not _free_address(found) or found.value.endswith(b".0.0") or _is_network(found, 28):
        return False
    if any(word in found.before(16).lower() for word in _VERSIONED) or _is_upgrade(found):
        return False
    text = found.value.decode()
    return _routable(text) and (not _is_documented(text) or _is_somebodys(found))


_VERSIONED = (
    *(b"oid:", b"oid."),
    *b"version|ver.|ver |release|rev|build|rfc|section|chapter|package|upgrade|bump|==|>=|<=|~".split(b"|"),
    *b"minimum|maximum|requires|at least|older than|newer than|later than|firmware|assembly".split(b"|"),
    b"\xc2\xa7",  # §
)
_ROUTES = (b"client", b"packet", b"route", b"connect", b"request", b"traffic", b"transfer")
_UPGRADE = bytes_pattern(
    r"(?:^|[^0-9.])[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}(?:\.[0-9]{1,4})? (?:to|->|=>) ?$", captures=False
)


def _is_upgrade(found: Found) -> bool:
    """`from 5.0.3 to 5.0.4.2`; but packets go from one address to another, too."""
    around = found.before(64).lower()
    if _UPGRADE.search(around):
        return not any(word in around for word in _ROUTES)
    upgrading = any(word in around for word in (b"bump", b"upgrad", b"updat"))
    return upgrading and around.endswith(b" from ") and found.after(4) == b" to "


_DOCUMENTATION = tuple(
    ipaddress.ip_network(net)
    for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
)
_PEER = frozenset(
    b"""from by for client clients remote user visitor login forwarded peer source src origin caller customer
    attempt blocked banned request session ip addr""".split()
)
_SERVER = frozenset(
    b"""to connect connecting dial listen listening bind bound resolve resolved upstream server nameserver dns
    host ping route gateway network subnet range rfc documentation example reserved endpoint proxy_pass
    ipv ipaddress interface ip_network ip_interface""".split()
)


_DOWN = (
    *(b"reserved", b"documentation", b"example"),
    *(b"ping", b"reachable", b"refused", b"timed out", b"timeout", b"is down", b"not respond", b"no route"),
)


@lru_cache(maxsize=1024)
def _is_documented(text: str) -> bool:
    address = ipaddress.ip_address(text)
    return any(address in net for net in _DOCUMENTATION if net.version == address.version)


def is_documented_peer(name: bytes, value: bytes) -> bool:
    """Whether a field of this name holds an address kept for documentation, as that of a client."""
    return _is_peer(name.lower()) and _may_be_address(value) and _is_documented(value.decode())


def _may_be_address(value: bytes) -> bool:
    try:
        return bool(ipaddress.ip_address(value.decode("utf-8", "replace")))
    except ValueError:
        return False


def _is_somebodys(found: Found) -> bool:
    """Whether an address kept for documentation (RFC 5737, RFC 3849) stands where a person's would.

    No client has one on the internet, so it stays unless what leads to it says that it is a client's.
    """
    if found.value.endswith(b"::") or any(word in found.after(40).lower() for word in _DOWN):
        return False
    lead = found.before(32).rpartition(b"\n")[2].lower()
    if lead.endswith((b"address('", b'address("')) or b"example" in lead:
        return False  # a call: `ip_address('…')`
    for word in reversed(lead.replace(b"ip address", b"ip").translate(_LETTERS).split()):
        if _is_peer(word):
            return True
        if word in _SERVER:
            return False
    return False


def _is_peer(word: bytes) -> bool:
    if word in _PEER:
        return True
    return word.endswith(_PEER_ENDS) and not any(part in word for part in _SERVERS)


_PEER_ENDS = (b"_ip", b"-ip", b"_addr", b"address", b"forwarded_for", b"forwarded-for")
_SERVERS = (
    b"server",
    b"host",
    b"pod",
    b"node",
    b"bind",
    b"listen",
    b"upstream",
    b"dns",
    b"gateway",
    b"dst",
    b"dest",
)


_LETTERS = bytes(byte if 97 <= byte <= 122 or byte == 0x5F else 0x20 for byte in range(256))


def _free_address(found: Found) -> bool:
    before, after = found.before(2), found.after(2)
    if _wordy(before[-1:]) or _wordy(after[:1]) or before[-1:] == b".":
        return False
    if before[-1:] in (b"/", b"-", b"+", b"~", b"^", b"=") and before[:1].isalpha() and before[-1:] != b"=":
        return False
    return not (after[:1] == b"." and after[1:].isdigit()) and after[:1] not in (b"-", b"+")


def _is_network(found: Found, longest: int) -> bool:
    """`203.0.113.0/24` is a range of many."""
    after = found.after(4)
    size = after[1:].split(b" ")[0].rstrip(b"',\")]")
    return after[:1] == b"/" and size.isdigit() and int(size) <= longest


def ipv6(found: Found) -> bool:
    value = found.value
    if not any(byte in _DIGITS for byte in value) or not stands_alone(found):
        return False
    if (
        _is_network(found, 64)
        or found.before() in (b":", b".")
        or found.after() == b":"
        or value.count(b":") < 2
    ):
        return False
    if found.before() == b"-" and value.count(b":") > 2:
        return False  # a date of Erlang: `4-Nov-2024::03:11:08`
    if value.count(b":") == 2 and (value.endswith(b"::") or found.before() == b"["):
        return False  # `6::` ends a line of text, `[::2, :]` is a slice
    if value.startswith(b"::1:") and value[4:].isdigit():
        return False  # this host, and a port
    text = value.decode()
    if not (b"::" in value or value.count(b":") == 7) or not _routable(text):
        return False
    return not _is_documented(text) or _is_somebodys(found)


_NOT_TLDS = frozenset(
    "png jpg jpeg gif svg webp ico css scss js mjs ts tsx jsx vue json yaml yml xml html htm md txt log csv "
    "py pyc rb php java class jar go rs so dll exe service socket target timer mount slice scope device "
    "conf cfg ini lock map min".split()
)
_CODE_HOSTS = (b"github.com", b"gitlab.com", b"bitbucket.org", b"ssh.dev.azure.com", b"codeberg.org")
_ROLE_USERS = frozenset(b"git hg svn ssh".split())


def _in_userinfo(lead: bytes) -> bool:
    """Behind `scheme://user:`, a password and the host look like an address; the host must stay readable."""
    _, slashes, user = lead.rpartition(b"://")
    return bool(slashes) and b":" in user and not _ENDS_USERINFO.intersection(user)


_ENDS_USERINFO = frozenset(b" \t\r\n/?#\"'<>,;")


def email(found: Found) -> Found | bool:
    quote = _OPENED.match(found.value)
    if quote and found.after() == b"'" != found.before():
        return email(Found(found.data, found.start + quote.end(), found.end))
    local, _, domain = (
        found.value.replace(b"%40", b"@").replace(b"%2E", b".").replace(b"%2e", b".").rpartition(b"@")
    )
    tld = domain.rpartition(b".")[2].lower().decode("utf-8", "replace")
    if local.lower() in _ROLE_USERS and (found.after() in (b":", b"/") or domain in _CODE_HOSTS):
        return False
    if _in_userinfo(found.data[max(0, found.start - 256) : found.start]):
        return False
    if _is_nobodys(local.lower(), domain.lower()):
        return False
    return tld not in _NOT_TLDS and not tld[:1].isdigit() and found


# Mailboxes of manuals: whoever reads is meant, at a domain that is nobody's (RFC 2606). `user@example.com`
# may stand for a person in a test, and is hidden.
_READERS = frozenset(
    b"you name yourname your.name your-name your_name youremail your.email your-email someone somebody "
    b"somename firstname.lastname first.last".split()
)
_NOBODYS = frozenset((b"example.com", b"example.org", b"example.net", b"example.edu"))


def _is_nobodys(local: bytes, domain: bytes) -> bool:
    return local in _READERS and (domain in _NOBODYS or domain.endswith((b".example", b".invalid")))


_OPENED = bytes_pattern(r"[A-Za-z]{0,2}'", captures=False)  # `N'ann@example.org'`
