from decimal import Decimal

from shop.coupons import discount, find, percent


def test_a_coupon_is_found_however_it_is_typed():
    assert find(" spring ").percent == 10


def test_a_coupon_knows_its_share():
    assert percent("FRIENDS") == 15


def test_a_coupon_takes_its_share():
    assert discount(Decimal("40.00"), "SPRING") == Decimal("4.00")
