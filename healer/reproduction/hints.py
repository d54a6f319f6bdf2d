"""What an annotation's text says of a value."""

from __future__ import annotations

SEQUENCES = {
    "tuple": "tuple",
    "Tuple": "tuple",
    "NamedTuple": "tuple",
    "set": "set",
    "Set": "set",
    "AbstractSet": "set",
    "MutableSet": "set",
    "frozenset": "frozenset",
    "FrozenSet": "frozenset",
    "list": "list",
    "List": "list",
}


def split(annotation: str) -> tuple[str, str]:
    """`Optional[Dict[int, str]]` -> (`Dict`, `int, str`)."""
    text = annotation.replace("typing.", "").strip()
    if text.startswith("Optional[") and text.endswith("]"):
        text = text[9:-1]
    text = text.removesuffix("| None").strip()
    head, bracket, inner = text.partition("[")
    return head.strip(), inner.removesuffix("]") if bracket else ""


def bare(annotation: str) -> str:
    """The class itself: of `type[Shop]` it is `Shop`."""
    head, inner = split(annotation)
    return inner if head in {"Type", "type"} else head


def admits(annotation: str, constant: object) -> bool:
    """Whether an annotation names the constant's own type."""
    words = annotation.replace("|", " ").replace("[", " ").replace("]", " ").replace(",", " ").split()
    return type(constant).__name__ in words
