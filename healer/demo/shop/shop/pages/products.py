from flask import Blueprint, abort, jsonify

from shop.catalog import PRODUCTS, product

blueprint = Blueprint("products", __name__)


@blueprint.get("/products")
def listing():
    return jsonify([{"sku": p.sku, "name": p.name, "price": str(p.price)} for p in PRODUCTS.values()])


@blueprint.get("/products/<sku>")
def one(sku: str):
    found = product(sku)
    if found is None:
        abort(404)
    return jsonify({"sku": found.sku, "name": found.name, "price": str(found.price)})
