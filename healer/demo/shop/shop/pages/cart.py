from flask import Blueprint, current_app, jsonify, request

from shop import logs
from shop.cart import parse, subtotal
from shop.coupons import discount

blueprint = Blueprint("cart", __name__)


@blueprint.get("/total")
def total():
    """/total?cart=MUG-1:2,TEA-2&coupon=SPRING"""
    amount = subtotal(parse(request.args.get("cart", "")))
    coupon = request.args.get("coupon", "")
    logs.write(current_app, "info", "price the cart", amount=str(amount), coupon=coupon)
    off = discount(amount, coupon) if coupon else 0
    return jsonify({"subtotal": str(amount), "discount": str(off), "total": str(amount - off)})
