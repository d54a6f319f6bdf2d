from decimal import Decimal

from shop.cart import parse, subtotal


def test_a_cart_is_read_from_its_text():
    assert parse("MUG-1:2,TEA-2") == [("MUG-1", 2), ("TEA-2", 1)]


def test_an_empty_cart_costs_nothing():
    assert subtotal([]) == Decimal("0.00")


def test_unknown_products_are_left_out():
    assert subtotal([("MUG-1", 2), ("GONE", 1)]) == Decimal("25.00")
