from flask import Blueprint, current_app, jsonify, request

from shop import logs
from shop.cart import parse, subtotal
from shop.orders import place

blueprint = Blueprint("orders", __name__)


@blueprint.post("/orders")
def order():
    cart = request.get_json()["cart"]
    amount = subtotal(parse(cart))
    logs.write(current_app, "info", "keep the order", amount=str(amount))
    number = place(current_app.config["DATABASE_URL"], cart, amount)
    return jsonify({"order": number, "total": str(amount)}), 201
