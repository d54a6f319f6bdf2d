"""Code whose mistakes cost more than a crash: a person looks before anything is proposed.

Names are split into words first, because "author", "tokenize" and "repayload" are none of these areas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, product

_AREAS: dict[str, str] = {
    "authentication": """
        auth authn authz authenticate authenticated authenticates authenticating authentication
        authenticator authenticators authorise authorised authorization authorisation authorize authorized
        authorizer login logins logout signin signout signup password passwords passwd passphrase credential
        credentials oauth oauth1 oauth2 oidc openid saml sso ldap mfa 2fa totp otp jwt jwts permission
        permissions acl acls rbac impersonate impersonation sudo
    """,
    "payment": """
        payment payments pay payout payouts billing charge charges refund refunds stripe paypal braintree
        adyen invoice invoices invoicing payroll checkout chargeback chargebacks klarna sepa creditcard
        wallet wallets
    """,
    "migrations": "migration migrations migrate migrates migrator alembic",
    "security": """
        security secure csrf xsrf xss cors secret secrets keyring vault sanitizer sanitize firewall privilege
        privileges
    """,
    "crypto": """
        crypto cryptography cryptographic encrypt encrypted encrypts encryption encryptor decrypt decrypts
        decryption cipher ciphers hmac tls ssl x509 certificate certificates keypair pgp gpg signer bcrypt
        scrypt argon2 pbkdf2
    """,
}
_PAIRS: dict[tuple[str, str], str] = {
    ("access", "token"): "authentication",
    ("access", "tokens"): "authentication",
    ("refresh", "token"): "authentication",
    ("session", "token"): "authentication",
    ("bearer", "token"): "authentication",
    ("id", "token"): "authentication",
    ("api", "key"): "authentication",
    ("api", "keys"): "authentication",
    ("log", "in"): "authentication",
    ("sign", "in"): "authentication",
    ("access", "control"): "authentication",
    **dict.fromkeys(
        product(("verify", "validate", "check", "issue", "revoke", "sign"), ("token", "tokens")),
        "authentication",
    ),
    ("is", "admin"): "authentication",
    ("is", "superuser"): "authentication",
    ("require", "admin"): "authentication",
    ("two", "factor"): "authentication",
    ("user", "roles"): "authentication",
    ("transfer", "funds"): "payment",
    ("bank", "account"): "payment",
    ("bank", "transfer"): "payment",
    ("credit", "card"): "payment",
    ("private", "key"): "crypto",
    ("public", "key"): "crypto",
    ("verify", "signature"): "crypto",
    ("schema", "change"): "migrations",
}
_WORDS = {word: area for area, words in _AREAS.items() for word in words.split()}
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_OAUTH = re.compile(r"OAuth|OpenID")


def high_risk(names: Iterable[str]) -> tuple[str, str] | None:
    """(area, the name that told it) of the first name that belongs to one; paths, modules and functions."""
    for name in names:
        area = _area(words(name))
        if area:
            return area, name
    return None


def words(name: str) -> list[str]:
    """`shop/HTTPLogin.py:do_log_in` -> shop, http, login, py, do, log, in"""
    plain = _OAUTH.sub(lambda found: found[0].capitalize(), name[:1000])
    return [word.lower() for part in re.split(r"[^A-Za-z0-9]+", plain) for word in _split(part)]


def _split(part: str) -> list[str]:
    """oauth2, x509 and 2fa are words, and so is each hump of camelCase."""
    return [part] if part.lower() in _WORDS else _WORD.findall(part)


def _area(found: Sequence[str]) -> str:
    single = next((_WORDS[word] for word in found if word in _WORDS), "")
    return single or next((_PAIRS[pair] for pair in pairwise(found) if pair in _PAIRS), "")
