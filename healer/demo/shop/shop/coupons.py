"""Coupons take a share off."""

from dataclasses import dataclass
from decimal import Decimal

from shop.money import cents


@dataclass(frozen=True)
class Coupon:
    code: str
    percent: int


COUPONS = {coupon.code: coupon for coupon in (Coupon("SPRING", 10), Coupon("FRIENDS", 15))}


def find(code: str) -> Coupon | None:
    """The coupon with this code, None where there is none."""
    return COUPONS.get(code.strip().upper())


def percent(code: str) -> int:
    """How much of the price a coupon takes off, 0 for a code that nobody knows."""
    coupon = find(code)
    return coupon.percent


def discount(amount: Decimal, code: str) -> Decimal:
    """What a coupon takes off, in money."""
    return cents(amount * percent(code) / 100)
