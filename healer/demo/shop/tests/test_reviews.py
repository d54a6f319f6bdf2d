import pytest
from shop.reviews import rating


def test_stars_are_counted():
    assert rating("4") == 4


def test_six_stars_are_too_many():
    with pytest.raises(ValueError, match="6 is not"):
        rating("6")
