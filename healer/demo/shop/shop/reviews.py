"""What customers say of a product."""

STARS = range(1, 6)


def rating(text: str) -> int:
    """'4' -> 4. Raises ValueError where it is no number of stars."""
    stars = int(text)
    if stars not in STARS:
        raise ValueError(f"{stars} is not a number of stars")
    return stars
