def test_products_are_listed(client):
    assert len(client.get("/products").get_json()) == 3


def test_an_unknown_product_is_not_found(client):
    assert client.get("/products/NOPE").status_code == 404


def test_a_total_without_a_coupon(client):
    answer = client.get("/total?cart=MUG-1:2").get_json()
    assert answer == {"subtotal": "25.00", "discount": "0", "total": "25.00"}


def test_a_total_with_a_coupon(client):
    answer = client.get("/total?cart=MUG-1:2&coupon=SPRING").get_json()
    assert answer["total"] == "22.50"


def test_a_review_is_taken(client):
    assert client.post("/products/MUG-1/reviews", json={"rating": "5"}).status_code == 201
