from flask import Blueprint, abort, jsonify, request

from shop.catalog import product
from shop.reviews import rating

blueprint = Blueprint("reviews", __name__)


@blueprint.post("/products/<sku>/reviews")
def review(sku: str):
    if product(sku) is None:
        abort(404)
    sent = request.get_json()
    stars = rating(sent["rating"])
    return jsonify({"sku": sku, "stars": stars}), 201
