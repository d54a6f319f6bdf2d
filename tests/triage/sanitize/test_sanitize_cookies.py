"""A cookie header is told by the names in it, and never less is hidden than rules would find."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from triage.sanitize import Placeholders, clean, clean_event, cookies

NAMES = st.sampled_from(
    [
        *("sessionid", "theme", "lang", "_ga", "sid", "csrftoken", "token", "auth", "user", "user_id", "jwt"),
        *("JSESSIONID", "connect.sid", "cart", "locale", "tz", "email", "api_key", "pref", "consent", "uid"),
        *("PHPSESSID", "access_token", "password", "country", "visitor", "state", "Cookie", "Path"),
    ]
)
DRAWN = st.text("0123456789abcdef", min_size=32, max_size=32) | st.text(
    "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", min_size=20, max_size=30
)
VALUES = DRAWN | st.sampled_from(
    ["dark", "en_US", "1", "", "ann@example.com", "ann%40example.com", "GA1.2.1033501218.1368477899", "4711",
     "4111111111111111", "Europe/Berlin", "AKIAIOSFODNN7EXAMPLE", "s%3A4NvA9bqQ1XyZkJ8s.pQ2mZ7vB4nT8"]
)  # fmt: skip
HEADERS = st.lists(st.tuples(NAMES, VALUES), min_size=1, max_size=4)
NAMED = Placeholders(b"one installation")


def cleaned(header: str) -> str:
    event = {"request": {"headers": [["Cookie", header]]}}
    shown: str = clean_event(event, placeholders=NAMED)["request"]["headers"][0][1]
    return shown


@settings(max_examples=150, deadline=None)
@given(HEADERS)
def test_what_rules_find_is_hidden_and_cleaning_again_changes_nothing(sent: list[tuple[str, str]]) -> None:
    header = "; ".join(f"{name}={value}" for name, value in sent)
    shown, by_rules = cleaned(header), clean(f"cookie: {header}", placeholders=NAMED).text
    left = {pair.partition("=")[2] for pair in shown.split("; ")}
    for _, value in sent:
        assert value not in left or cookies.is_plain(value) or value in by_rules
    assert cleaned(shown) == shown


def test_each_pair_is_told_by_its_own_name() -> None:
    drawn = "5b053002485849e38af9b33a67c9fb34"
    shown = cleaned(f"sessionid={drawn}; theme=dark; visitor={drawn[::-1]}; jwt={drawn}")
    assert shown.startswith("sessionid=[secret:session:")
    assert "; theme=dark; visitor=[secret:cookie:" in shown
    assert drawn not in shown


def test_where_the_first_name_tells_nothing_only_settings_stay() -> None:
    shown = cleaned(
        "_ga=GA1.2.1033501218.1368477899; sessionid=Q7x; theme=dark; items=2; tz=Europe/Oslo; x=Qy7"
    )
    assert shown.endswith("; theme=dark; items=2; tz=Europe/Oslo; " + shown.rpartition("; ")[2])
    assert all(value not in shown for value in ("GA1", "Q7x", "Qy7"))
    assert cleaned(shown) == shown


def test_a_header_that_names_itself_inside_is_hidden_whole() -> None:
    assert cleaned("x=y; cookie=z").startswith("[secret:cookie:")


def test_what_is_quoted_or_very_long_is_left_to_the_rules() -> None:
    for header in (
        'a="b; c"',
        "a=b c",
        "sid=x;\nq=1",
        "a",
        "",
        "sid={}",
        "; ".join(["a=b"] * 400),
        "cookie=a; b=c",
    ):
        assert cookies.pairs(header) == [], header
