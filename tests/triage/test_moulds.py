from __future__ import annotations

from triage.mould import Mould, Slot
from triage.sanitize.holes import Place

HOLES = 60


def mould() -> Mould:
    slots = [Slot(at, Place("count"), at, True) for at in range(HOLES)]
    made = Mould((b"",) * (HOLES + 1), slots, range(HOLES))
    made.fit([b"[", *[b","] * (HOLES - 1), b"]"], [b"1"] * HOLES, range(HOLES), ())
    return made


def test_what_stays_by_its_form_is_told_from_what_has_to_be_looked_at() -> None:
    written = [b'"12"', b'"a man, a plan"'] * (HOLES // 2)
    assert mould().fitted(b"[%s]" % b",".join(written)) == (
        [b'"12"', None] * (HOLES // 2),
        [None, b"a man, a plan"] * (HOLES // 2),
    )


def test_what_almost_fits_is_left_in_one_pass() -> None:
    # Were every hole tried both ways, this would not end.
    assert mould().fitted(b"[%s}" % b",".join([b'"12"'] * HOLES)) is None
