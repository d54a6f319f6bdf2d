from __future__ import annotations

from triage.mould import Mould, Slot
from triage.sanitize import alike
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


def test_where_no_digit_matters_a_text_stays_whatever_its_digits_are() -> None:
    for kept, others in ((b"page 17", [b"page 42"]), (b"4111 1111 1111 1112", [])):
        for _ in range(9):
            alike.told(kept.decode())  # which judges what comes often
        made = Mould((b"[", b"]"), [Slot(0, Place("note"), 0, True)], [0])
        made.fit([b"[", b"]"], [kept], [0], {0})
        for text in (kept, *others):
            assert made.fitted(b'["%s"]' % text) == ([b'"%s"' % text], [None]), text
        assert made.fitted(b'["4111 1111 1111 1111"]') == ([None], [b"4111 1111 1111 1111"])
