"""Check digits of national identity numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from triage.sanitize.placeholders import MASK
from triage.sanitize.rule import Found
from triage.sanitize.validators import digits, luhn, stands_alone


def _weighted(number: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(number, weights, strict=False))


def _numbers(found: Found) -> list[int]:
    return [byte - 48 for byte in digits(found.value)]


def alone(found: Found) -> bool:
    """Not a part of a longer number, path, code or list of numbers."""
    return (
        stands_alone(found)
        and not (b" " in found.value and _in_numbers(found))
        and found.before() not in (b"-", b".", b"/", b"+", b"#")
        and found.after() not in (b"-", b"/")
    )


def alone_in_path(found: Found) -> bool:
    """As `alone`, or a part of a path or of a file's name: for what check digits tell surely."""
    before, after = found.before(), found.after()
    return not (before.isalnum() or after.isalnum() or before in _JOINTS or after == b"-")


_JOINTS = (b"-", b".", b"+", b"#")


def _in_numbers(found: Found) -> bool:
    before, after = found.before(2), found.after(2)
    return (before[-1:] == b" " and before[:1] in _NUMERIC) or (after[:1] == b" " and after[1:] in _NUMERIC)


_NUMERIC = frozenset((*(b"%d" % digit for digit in range(10)), MASK))


def us_social_security(found: Found) -> bool:
    area, group, serial = found.value.split(found.value[3:4])
    real = area not in (b"000", b"666") and group != b"00" and serial != b"0000"
    return alone(found) and real and (area[:1] != b"9" or group >= b"50")


def brazilian_person(found: Found) -> bool:
    number = _numbers(found)
    if len(set(number)) < 2 or not alone(found):
        return False
    return all(_eleven(_weighted(number, range(size, 1, -1))) == number[size - 1] for size in (10, 11))


def argentine(found: Found) -> bool:
    numbers = _numbers(found)
    return stands_alone(found) and _weighted(numbers, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def brazilian_company(found: Found) -> bool:
    number = _numbers(found)
    weights = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    return (
        alone(found)
        and _eleven(_weighted(number, weights[1:])) == number[12]
        and _eleven(_weighted(number, weights)) == number[13]
    )


def _eleven(total: int) -> int:
    return 0 if total % 11 < 2 else 11 - total % 11


def spanish(found: Found) -> bool:
    value = found.value.upper().replace(b"-", b"").replace(b" ", b"")
    number = value[:-1].replace(b"X", b"0").replace(b"Y", b"1").replace(b"Z", b"2")
    return alone(found) and b"TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == value[-1]


def french(found: Found) -> bool:
    value = found.value.replace(b" ", b"").upper().replace(b"2A", b"19").replace(b"2B", b"18")
    return (
        alone(found) and len(value) == 15 and value.isdigit() and 97 - int(value[:13]) % 97 == int(value[13:])
    )


_ODD_VALUES = "1 0 5 7 9 13 15 17 19 21 1 0 5 7 9 13 15 17 19 21 2 4 18 20 11 3 6 8 12 14 16 10 22 25 24 23"
_ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", map(int, _ODD_VALUES.split()), strict=True))


def italian(found: Found) -> bool:
    value = found.value.decode().upper()
    total = sum(
        _ODD[char] if place % 2 == 0 else int(char, 36) - (10 if char.isalpha() else 0)
        for place, char in enumerate(value[:15])
    )
    return alone_in_path(_behind_country(found)) and chr(65 + total % 26) == value[15]


def _behind_country(found: Found) -> Found:
    """With the `IT` that an invoice's file begins with."""
    return Found(found.data, found.start - 2, found.end) if found.before(2) == b"IT" else found


def chilean(found: Found) -> bool:
    body, _, check = found.value.replace(b".", b"").upper().partition(b"-")
    total = sum((byte - 48) * (2 + place % 6) for place, byte in enumerate(reversed(body)))
    return alone(found) and b"0K987654321"[total % 11 : total % 11 + 1] == check


def by_luhn(found: Found) -> bool:
    return alone(found) and luhn(digits(found.value)) and len(set(digits(found.value))) > 2


def swedish(found: Found) -> bool:
    """Personnummer: its check digit does not count the century."""
    every = digits(found.value)
    number = every[-10:]
    apart = alone_in_path(found) if len(every) == 12 else alone(found)
    return apart and luhn(number) and len(set(number)) > 2


_TIMES = (
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
)
_TURN = (
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
)


def indian(found: Found) -> bool:
    check = 0
    for place, digit in enumerate(reversed(_numbers(found))):
        check = int(_TIMES[check][int(_TURN[place % 8][digit])])
    return alone(found) and check == 0


def chinese(found: Found) -> bool:
    value = found.value.upper()
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = _weighted([byte - 48 for byte in value[:17]], weights)
    return alone_in_path(found) and b"10X98765432"[total % 11] == value[17]


def swiss(found: Found) -> bool:
    number = _numbers(found)
    return (
        alone(found) and sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(number)) % 10 == 0
    )


def belgian(found: Found) -> bool:
    number = digits(found.value)
    return alone(found) and int(number[9:]) in (97 - int(number[:9]) % 97, 97 - int(b"2" + number[:9]) % 97)


def singaporean(found: Found) -> bool:
    value = found.value.decode().upper()
    total = _weighted([int(char) for char in value[1:8]], (2, 7, 6, 5, 4, 3, 2)) + (
        4 if value[0] in "TG" else 3 if value[0] == "M" else 0
    )
    letters = {
        "S": "JZIHGFEDCBA",
        "T": "JZIHGFEDCBA",
        "F": "XWUTRQPNMLK",
        "G": "XWUTRQPNMLK",
        "M": "XWUTRQPNJLK",
    }
    place = total % 11 if value[0] != "M" else 10 - total % 11
    return alone(found) and letters[value[0]][place] == value[8]


def british_health(found: Found) -> bool:
    number = _numbers(found)
    return (
        alone(found)
        and (11 - _weighted(number, range(10, 1, -1)) % 11) % 11 == number[9]
        and len(set(number)) > 2
    )


def finnish(found: Found) -> bool:
    value = found.value.upper()
    return (
        alone_in_path(found)
        and b"0123456789ABCDEFHJKLMNPRSTUVWXY"[int(value[:6] + value[7:10]) % 31] == value[10]
    )


def _day_of(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


def norwegian(found: Found) -> bool:
    """Fødselsnummer: a date and two check digits, of which D-numbers add 40 to the day."""
    number = _numbers(found)
    first, second = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    day, month = number[0] * 10 + number[1], number[2] * 10 + number[3]
    return (
        _day_of(day - 40 if day > 40 else day, month)
        and not (_weighted(number, first) % 11 or _weighted(number, second) % 11)
        and alone(found)
    )


def polish(found: Found) -> bool:
    """PESEL: a date whose month tells the century, and a check digit."""
    number = _numbers(found)
    day, month = number[4] * 10 + number[5], (number[2] * 10 + number[3]) % 20
    return (
        _day_of(day, month)
        and number[2] < 4
        and _weighted(number, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)) % 10 == 0
        and len(set(number)) > 3
        and alone(found)
    )


def mexican_account(found: Found) -> bool:
    """CLABE: bank, branch and account, and a check digit of the last digits of their products."""
    number = _numbers(found)
    total = sum(digit * weight % 10 for digit, weight in zip(number[:17], (3, 7, 1) * 6, strict=False))
    return (10 - total % 10) % 10 == number[17] and number[0] < 7 and len(set(number)) > 3 and alone(found)


def argentine_account(found: Found) -> bool:
    """CBU: a branch and an account, each with its check digit."""
    number = _numbers(found)
    branch, account = number[:8], number[8:]
    return (
        (_weighted(branch, (7, 1, 3, 9, 7, 1, 3)) + branch[7]) % 10 == 0
        and (_weighted(account, (3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3)) + account[13]) % 10 == 0
        and len(set(number)) > 3
        and alone(found)
    )


def norwegian_account(found: Found) -> bool:
    number = _numbers(found)
    return alone(found) and _weighted(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


_VEHICLES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))


def vehicle(found: Found) -> bool:
    """A number of a vehicle that has its check digit, as those of America and China do."""
    value = found.value.decode()
    number = [int(char) if char.isdigit() else _VEHICLES[char] for char in value]
    total = _weighted(number, (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2))
    letters = sum(map(str.isalpha, value))
    return alone_in_path(found) and letters > 2 and "0123456789X"[total % 11] == value[8]


def czech(found: Found) -> bool:
    """Rodné číslo: since 1954 the whole number divides by eleven."""
    number = digits(found.value)
    return alone(found) and (int(number) % 11 == 0 or (int(number[:9]) % 11 == 10 and number[9:] == b"0"))


def irish(found: Found) -> bool:
    """PPSN: a letter that checks the digits, and a second one that counts."""
    value = found.value
    second = value[8] - 64 if len(value) == 9 and value[8:] != b"W" else 0
    total = _weighted([byte - 48 for byte in value[:7]], range(8, 1, -1)) + 9 * second
    return alone(found) and b"WABCDEFGHIJKLMNOPQRSTUV"[total % 23] == value[7]


def portuguese(found: Found) -> bool:
    """Cartão de cidadão: letters count from ten, every second one twice, as Luhn has it."""
    total = 0
    for place, char in enumerate(reversed(found.value.replace(b" ", b"").decode())):
        number = int(char, 36) * (1 + place % 2)
        total += number - 9 if place % 2 and number > 9 else number
    return alone(found) and total % 10 == 0


def european_trader(found: Found) -> bool:
    """A VAT number with the check digits of its country."""
    country, number = found.value[:2], found.value[2:]
    return alone(found) and len(set(digits(number))) > 3 and _TRADERS[country](number)


def _german_trader(number: bytes) -> bool:
    product = 10
    for byte in number[:8]:
        product = ((byte - 48 + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == number[8] - 48


_TRADERS: dict[bytes, Callable[[bytes], bool]] = {
    b"BE": lambda number: 97 - int(number[:8]) % 97 == int(number[8:]),
    b"DE": _german_trader,
    b"FR": lambda number: (12 + 3 * (int(number[2:]) % 97)) % 97 == int(number[:2]),
    b"IT": luhn,
    b"NL": lambda number: (
        _weighted([byte - 48 for byte in number[:8]], range(9, 1, -1)) % 11 == number[8] - 48
    ),
    b"PL": lambda number: (
        _weighted([byte - 48 for byte in number[:9]], (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == number[9] - 48
    ),
}
