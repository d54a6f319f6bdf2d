"""Amounts are Decimals with two places."""

from decimal import Decimal

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT)
