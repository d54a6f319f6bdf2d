"""What is for sale."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Product:
    sku: str
    name: str
    price: Decimal


PRODUCTS = {
    product.sku: product
    for product in (
        Product("MUG-1", "Mug, blue", Decimal("12.50")),
        Product("TEA-2", "Green tea, 100 g", Decimal("8.90")),
        Product("POT-3", "Tea pot", Decimal("39.00")),
    )
}


def product(sku: str) -> Product | None:
    """The product with this number, None where there is none."""
    return PRODUCTS.get(sku)
