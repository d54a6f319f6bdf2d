from decimal import Decimal

from shop.coupons import discount, find


def test_a_coupon_is_found_however_it_is_typed():
    assert find(" spring ").percent == 10


def test_a_coupon_takes_its_share():
    assert discount(Decimal("40.00"), "SPRING") == Decimal("4.00")


def test_a_coupon_needs_its_minimum():
    assert discount(Decimal("19.99"), "SPRING") == Decimal("0.00")
