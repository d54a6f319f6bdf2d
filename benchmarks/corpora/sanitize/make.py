"""Random material with documented shapes, drawn at run time: no file here holds anything like a secret."""

from __future__ import annotations

import base64
import json
import random
import string

LOWER_HEX = "0123456789abcdef"
ALNUM = string.ascii_letters + string.digits
URLSAFE = ALNUM + "-_"
BASE64 = ALNUM + "+/"
UPPER = string.ascii_uppercase + string.digits


def run(rng: random.Random, alphabet: str, size: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(size))


def uuid(rng: random.Random) -> str:
    return "-".join(run(rng, LOWER_HEX, size) for size in (8, 4, 4, 4, 12))


def jwt(rng: random.Random) -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    claims = {"sub": run(rng, string.digits, 6), "exp": 1_900_000_000}
    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}.{run(rng, URLSAFE, 43)}"


def pem(rng: random.Random, label: str = "RSA ", newline: str = "\n") -> str:
    body = newline.join(run(rng, BASE64, 64) for _ in range(6))
    kind = f"{label}PRIVATE KEY"
    return f"-----BEGIN {kind}-----{newline}{body}{newline}-----END {kind}-----"


def password(rng: random.Random) -> str:
    word = rng.choice(
        ("Sommer", "correct", "Tr0ub4dor", "winter", "dragon", "Pa55", "hunter", "monkey", "Blue")
    )
    return word + rng.choice("!#*_-.") + run(rng, string.digits, 3) + run(rng, string.ascii_lowercase, 2)


def luhn(digits: str) -> str:
    """`digits` with its check digit."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        digit = int(char) * (2 if place % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return digits + str(-total % 10)


def iban(rng: random.Random, country: str, size: int, letters: int = 0) -> str:
    account = run(rng, string.ascii_uppercase, letters) + run(rng, string.digits, size - 4 - letters)
    number = int("".join(str(int(char, 36)) for char in account + country + "00"))
    return f"{country}{98 - number % 97:02d}{account}"
