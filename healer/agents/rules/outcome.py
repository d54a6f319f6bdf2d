"""What a function may do where it cannot do its work, with the weight of what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Outcome:
    """`action` is return, raise or continue; `text` the value or the exception expression."""

    action: str
    text: str
    weight: float
    reasons: tuple[str, ...] = ()

    @property
    def statement(self) -> str:
        return f"{self.action} {self.text}".strip()


@dataclass
class Tally:
    """Weights and reasons per (action, text)."""

    found: dict[tuple[str, str], list[tuple[float, str]]] = field(default_factory=dict)

    def add(self, action: str, text: str, weight: float, reason: str) -> None:
        self.found.setdefault((action, text), []).append((weight, reason))

    def outcomes(self) -> list[Outcome]:
        """Best first. The strongest reason counts in full, each further one half of the one before."""
        made = []
        for (action, text), reasons in self.found.items():
            ranked = sorted(reasons, key=lambda pair: -abs(pair[0]))
            weight = sum(w / 2**i for i, (w, _) in enumerate(ranked))
            made.append(Outcome(action, text, weight, tuple(dict.fromkeys(r for _, r in ranked if r))))
        return sorted(made, key=lambda o: -o.weight)
