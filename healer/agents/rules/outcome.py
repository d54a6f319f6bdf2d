"""What a function may do where it cannot do its work, with the weight of what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass, field

TOLD = 5  # reasons that a reviewer is told: the strongest


@dataclass(frozen=True)
class Outcome:
    """`action` is return, raise or continue; `text` the value or the exception expression; `lead` what is
    done before."""

    action: str
    text: str
    weight: float
    reasons: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()

    @property
    def statement(self) -> str:
        return f"{self.action} {self.text}".strip()


@dataclass
class Tally:
    """Weights and reasons per (action, text). An exception counts by its class, however it is written."""

    found: dict[tuple[str, str], list[tuple[float, str, str]]] = field(default_factory=dict)
    leads: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def add(self, action: str, text: str, weight: float, reason: str) -> None:
        key = text.partition("(")[0] if action == "raise" else text
        self.found.setdefault((action, key), []).append((weight, reason, text))

    def outcomes(self) -> list[Outcome]:
        """Best first. The strongest reason counts in full, each further one half of the one before."""
        made = []
        for (action, _), reasons in self.found.items():
            ranked = sorted(reasons, key=lambda one: -abs(one[0]))
            weight = sum(w / 2**i for i, (w, _, _) in enumerate(ranked))
            said = tuple(dict.fromkeys(reason for _, reason, _ in ranked if reason))[:TOLD]
            text = ranked[0][2]
            made.append(Outcome(action, text, weight, said, self.leads.get((action, text), ())))
        return sorted(made, key=lambda o: -o.weight)
