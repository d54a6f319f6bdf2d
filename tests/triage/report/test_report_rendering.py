from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healer.notifiers import blocks
from triage.report import Report, markdown, page, sections, slack, wilson
from triage.report.charts import charts
from triage.report.nouns import Broke, Lead, Money, Person, Rate, Safety, Waiting, Week
from triage.report.words import rate

HOSTILE = "<script>alert(1)</script> <!channel> | [x](https://evil.example) `a` @team ghp_" + "a" * 36


def report(**fields) -> Report:
    given = {
        "week": "2026-W47",
        "since": datetime(2026, 11, 16, tzinfo=UTC),
        "until": datetime(2026, 11, 23, tzinfo=UTC),
        "weeks": tuple(Week(name=f"2026-W{n}") for n in range(39, 48)),
    }
    return Report(**{**given, **fields})


def hostile(n: int = 10) -> Report:
    return report(
        weeks=(Week(name="2026-W46"), Week(name="2026-W47", events=90, merged=2, proposed=3)),
        incidents=n,
        broke=tuple(
            Broke(project=HOSTILE, title=HOSTILE * 5, events=9, users=None, fate=HOSTILE) for _ in range(n)
        ),
        silent=(Waiting(title=HOSTILE, days=9),),
        silent_count=1,
        persons=tuple(Person(code="not_reproduced", cases=2, reason=HOSTILE * 30) for _ in range(n)),
        rates=(Rate(category="missing_key", cases=3, proposed=2, merged=2),),
        safety=Safety(injections=4, injected=2, redactions=(("email", 7),), denials=((HOSTILE, "scope", 3),)),
        advice=(HOSTILE,),
    )


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs) -> None:
        self.found.add(tag)


def test_an_empty_week_says_what_is_unknown() -> None:
    text = markdown(report())
    assert "No event was received" in text
    assert "unknown, for nothing was merged" in text
    assert "0 %" not in text
    assert charts(report()) == ()


def test_foreign_text_acts_in_no_channel() -> None:
    made = hostile()
    tags = Tags()
    tags.feed(page(made))
    assert not tags.found & {"script", "a", "img", "iframe", "form"}
    shown = "".join(block["text"]["text"] for block in slack(made))
    assert "<!channel>" not in shown
    assert "https://evil" not in shown
    assert "](http" not in markdown(made).replace("\\](", "")
    assert "ghp_" + "a" * 36 not in markdown(made) + page(made) + shown


@pytest.mark.parametrize("n", [0, 1, 10, 40])
def test_slack_gets_it_within_its_limits(n: int) -> None:
    assert blocks.problems(slack(hostile(n))) == []


def test_every_row_of_a_table_has_its_columns() -> None:
    for section in sections(hostile()):
        assert {len(row) for row in section.rows} <= {len(section.head)}
    rows = [line for line in markdown(hostile()).splitlines() if line.startswith("| <") or "¦" in line]
    assert {line.count(" | ") for line in rows if line.startswith("|")} <= {2, 5}


def test_small_numbers_stay_numbers() -> None:
    assert rate(Rate(category="x", cases=3, proposed=3, merged=2)) == "2 of 3 (21–94 %)"
    assert rate(Rate(category="x", cases=40, proposed=30, merged=20)) == "20 of 40 (50 %, 35–65 %)"


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_agrees_with_published_values(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=2e-4)


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_its_share(hits: int, misses: int) -> None:
    low, high = wilson(hits, hits + misses)
    share = hits / (hits + misses) if hits + misses else 0.5
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


def test_weeks_before_the_record_began_are_no_zeros() -> None:
    text = markdown(report(weeks=(Week(name="2026-W46"), Week(name="2026-W47", events=3))))
    assert "| events | 3 | unknown |" in text
    text = markdown(
        report(weeks=(Week(name="2026-W45"), Week(name="2026-W46", events=7), Week(name="2026-W47")))
    )
    assert "| events | 0 | 7 |" in text
    assert "| merged | 0 | 0 |" in text
    assert "median of 1 week before" in text


def test_our_own_prose_has_nothing_invisible() -> None:
    assert "\u2060" not in markdown(report(weeks=(Week(name="2026-W47", events=3, merged=1),)))


def test_cost_per_merged_fix() -> None:
    money = Money(dollars=3.0, input_tokens=900, output_tokens=100, calls=4, merged=2)
    assert (money.dollars_each, money.tokens_each) == (1.5, 500)
    assert "Per merged fix: $1.5000 and 500 tokens (of 2 merged)" in markdown(report(money=money))


def test_lead_times_of_few_are_no_percentiles() -> None:
    lead = Lead(
        name="case to merge",
        n=3,
        median=7200.0,
        p90=9000.0,
        n_before=40,
        median_before=90.0,
        p90_before=5400.0,
    )
    text = markdown(report(leads=(lead,)))
    assert "median 2.0 h (of 3)" in text
    assert "median 1.5 min, 9 of 10 within 1.5 h (of 40)" in text


def test_it_is_its_own_json() -> None:
    made = hostile()
    assert Report.model_validate_json(made.model_dump_json()) == made


def test_charts_are_pictures_and_always_the_same() -> None:
    once, again = charts(hostile()), charts(hostile())
    assert once == again
    assert [one.png[:4] for one in once] == [b"\x89PNG"] * 3
    assert page(hostile(), once).count("data:image/png;base64,") == 3
