"""A cart is a list of (sku, quantity)."""

from collections.abc import Iterable
from decimal import Decimal

from shop.catalog import product
from shop.money import NOTHING, cents


def subtotal(lines: Iterable[tuple[str, int]]) -> Decimal:
    """Sum of the known products' prices; unknown ones are left out."""
    total = NOTHING
    for sku, quantity in lines:
        found = product(sku)
        if found is None:
            continue
        total += found.price * quantity
    return cents(total)


def parse(text: str) -> list[tuple[str, int]]:
    """'MUG-1:2,TEA-2' -> [('MUG-1', 2), ('TEA-2', 1)]"""
    lines = []
    for part in filter(None, text.split(",")):
        sku, _, quantity = part.partition(":")
        lines.append((sku, int(quantity or 1)))
    return lines
