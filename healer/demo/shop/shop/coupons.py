"""Coupons take a share off, from a minimum on."""

from dataclasses import dataclass
from decimal import Decimal

from shop.money import NOTHING, cents


@dataclass(frozen=True)
class Coupon:
    code: str
    percent: int
    minimum: Decimal


COUPONS = {
    coupon.code: coupon
    for coupon in (
        Coupon("SPRING", 10, Decimal("20.00")),
        Coupon("FRIENDS", 15, Decimal("50.00")),
    )
}


def find(code: str) -> Coupon | None:
    """The coupon with this code, None where there is none."""
    return COUPONS.get(code.strip().upper())


def discount(amount: Decimal, code: str) -> Decimal:
    """What a coupon takes off; NOTHING below its minimum and for a code that nobody knows."""
    coupon = find(code)
    if amount < coupon.minimum:
        return NOTHING
    return cents(amount * coupon.percent / 100)
