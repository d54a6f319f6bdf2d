"""Personal data in the places where production leaks it. Each sample is (kind, text, what must not be left)."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

from benchmarks.corpora.sanitize.make import iban, luhn, run

Sample = tuple[str, str, str]
_NAMES = ("alice", "bob.smith", "j.doe+news", "maria_garcia", "x-men99", "o'neil", "anna-lena")
_HOSTS = ("example.com", "mail.example.co.uk", "corp.example.io", "example.museum", "sub.example.de")


def _email(rng: random.Random) -> str:
    return f"{rng.choice(_NAMES)}{rng.randrange(100)}@{rng.choice(_HOSTS)}"


def _card(rng: random.Random) -> str:
    lead, size = rng.choice(
        (("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("34", 15), ("37", 15), ("6011", 16), ("36", 14))
    )
    return luhn(lead + run(rng, string.digits, size - len(lead) - 1))


def _ip(rng: random.Random) -> str:
    return f"{rng.choice((5, 37, 81, 93, 185, 203, 212))}.{rng.randrange(1, 250)}.{rng.randrange(1, 250)}.{rng.randrange(2, 250)}"


def _ssn(rng: random.Random) -> str:
    return f"{rng.randrange(100, 660)}-{rng.randrange(10, 99)}-{rng.randrange(1000, 9999)}"


def _digits(rng: random.Random, shape: str) -> str:
    return "".join(rng.choice(string.digits) if char == "#" else char for char in shape)


PHONES_SEEN = (
    "+1 (415) 555-01##",
    "+14155550###",
    "(415) 555-01##",
    "415-555-01##",
    "+44 20 7946 0###",
    "+49 30 1234##",
    "+33 1 23 45 67 ##",
    "+81 3-1234-56##",
    "+91 98765 43###",
    "+86 138 0013 80##",
    "+55 11 91234-56##",
    "+61 4 1234 56##",
)
PHONES_UNSEEN = ("+353 1 234 56##", "+46 8 123 456 ##", "+48 22 123 45 ##", "+7 (495) 123-45-##", "+90 212 345 67 ##", "+27 21 123 45##", "+52 55 1234 56##", "+82 2-1234-56##", "+65 6123 45##", "415.555.01##", "1-415-555-01##", "+39 06 1234 56##", "+380 44 123 45 ##", "01 23 45 67 ##", "020 7946 0###", "(11) 91234-56##", "0171 12345##", "8 (495) 123-45-##", "03-1234-56##", "098 765 43##")  # fmt: skip
PLACES_SEEN = (
    "user {} not found",
    "contact={}",
    '{{"value": "{}"}}',
    "duplicate entry '{}' for key",
    "[{}]",
    "{}",
)
PLACES_UNSEEN = (
    "Delivery to <{}> failed",
    "v={};w=2",
    "args=('{}', 3)",
    "called by {}.",
    "{}: permission denied",
    'row\\":\\"{}\\"',
)


def free(rng: random.Random, unseen: bool) -> Iterator[Sample]:
    for place in PLACES_UNSEEN if unseen else PLACES_SEEN:
        for value in (_email(rng) for _ in range(6)):
            yield "email", place.format(value), value
        for value in (_card(rng) for _ in range(5)):
            yield "card", place.format(value), value
        for value in (_ip(rng) for _ in range(5)):
            yield "ip", place.format(value), value
        for value in (_ssn(rng) for _ in range(3)):
            yield "ssn", place.format(value), value
        for country, size, letters in (
            ("DE", 22, 0),
            ("GB", 22, 4),
            ("FR", 27, 0),
            ("NL", 18, 4),
            ("ES", 24, 0),
        ):
            value = iban(rng, country, size, letters)
            yield "iban", place.format(value), value
            spaced = " ".join(value[at : at + 4] for at in range(0, len(value), 4))
            yield "iban", place.format(spaced), spaced
    for shape in PHONES_UNSEEN if unseen else PHONES_SEEN:
        for place in (
            ("call {} now", "phone: {}", '{{"tel": "{}"}}')
            if not unseen
            else ("mobile={}", "Tel. {}", "customer ({}) complained", '{{"phoneNumber": "{}"}}')
        ):
            value = _digits(rng, shape)
            yield "phone", place.format(value), value
    if unseen:
        for _ in range(4):
            card = _card(rng)
            grouped = " ".join(card[at : at + 4] for at in range(0, len(card), 4))
            yield "card", f"declined: {grouped}", grouped
            six = f"2001:db8:{run(rng, '0123456789abcdef', 4)}:0:0:8a2e:370:{run(rng, '123456789abcdef', 4)}"
            yield "ip", f"client {six} closed", six
            yield (
                "email",
                f"/u?mail={(value := _email(rng)).replace('@', '%40')}&x=1",
                value.replace("@", "%40"),
            )
            yield (
                "mac",
                "device " + (mac := ":".join(run(rng, "0123456789abcdef", 2) for _ in range(6))) + " joined",
                mac,
            )
            cpf = _cpf(rng)
            yield "national-id", f"CPF {cpf} inválido", cpf
            nhs = _digits(rng, "AB 12 ## 56 C".replace("AB", "QQ".replace("QQ", "JG")))
            yield "national-id", f"NI number {nhs}", nhs


def _cpf(rng: random.Random) -> str:
    base = [rng.randrange(10) for _ in range(9)]
    for size in (10, 11):
        total = sum(digit * weight for digit, weight in zip(base, range(size, 1, -1), strict=False))
        base.append(0 if total % 11 < 2 else 11 - total % 11)
    text = "".join(map(str, base))
    return f"{text[:3]}.{text[3:6]}.{text[6:9]}-{text[9:]}"


KEYED_SEEN = (
    ('"first_name": "{}"', "Marguerite"), ("lastName={}", "Featherstone"), ('"date_of_birth": "{}"', "1984-03-12"), ("dob={}", "12/03/1984"),
    ('"ssn": "{}"', "523456789"), ('"address": "{}"', "12 Rosewood Avenue"), ('"zip": "{}"', "94105"), ('"passport": "{}"', "X1234567"),
    ('"lat": {}', "48.858370"), ("cvv={}", "737"), ('"card_number": "{}"', "4000123412341234"), ('"username": "{}"', "mgarcia84"),
    ('"Vorname": "{}"', "Annegret"), ('"apellido": "{}"', "Echeverría"), ('"phone": "{}"', "5551234567"),
)  # fmt: skip
KEYED_UNSEEN = (
    ('"surname":"{}"', "Oyelaran"), ("familyName: '{}'", "Szczepański"), ("birthday={}", "1990-11-02"), ('"geburtsdatum": "{}"', "02.11.1990"),
    ("national_id={}", "85073003328"), ('"drivers_license": "{}"', "D1234567"), ('"street_address": "{}"', "742 Evergreen Terrace"),
    ('"postalCode": "{}"', "SW1A 1AA"), ("longitude={}", "2.294481"), ('"accountNumber": "{}"', "0012345678"), ('"nombre": "{}"', "Guadalupe"),
    ('"mobile": "{}"', "07700900123"), ("\\\"fullName\\\":\\\"{}\\\"", "Ines Kowalczyk"), ('"direccion": "{}"', "Calle Mayor 12, 3B"),
    ("{{'cardholder': '{}'}}", "I KOWALCZYK"), ('"pan": "{}"', "4000 1234 1234 1234"), ('"pin": "{}"', "4821"), ('"имя": "{}"', "Светлана"),
    ("<lastName>{}</lastName>", "Featherstone"), ('"fiscal": 1, "codice_fiscale": "{}"', "RSSMRA85T10A562S"),
)  # fmt: skip


def samples(rng: random.Random, unseen: bool) -> list[Sample]:
    """Every sample once; `unseen` takes the formats and places that the rules were not written against."""
    keyed = [
        ("keyed", shape.format(value), value) for shape, value in (KEYED_UNSEEN if unseen else KEYED_SEEN)
    ]
    return [*free(rng, unseen), *keyed, *keyed, *keyed]
