"""Personal data and secrets by their place in messages of standards, and what only looks like them."""

from __future__ import annotations

import pytest

from triage.sanitize import clean, clean_event


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("Ledger { account: 'CZ6508002124651553702902', reason: 'x' }", "CZ6508002124651553702902"),
        ("ORA-01017: invalid username/password; connect string: rpt/Dz53spkEoO@DWH", "Dz53spkEoO"),
        ("oracle: edi_app/qwxtyi6fono@//ora-scan:1521/EDIP", "qwxtyi6fono"),
        (".pgpass entry db2.internal:5432:*:backup:KFbM8tzzxNjG has group access", "KFbM8tzzxNjG"),
        ('CHAP failed, /etc/ppp/chap-secrets: "branch7" * "GCFyIb1d0F2u" *', "GCFyIb1d0F2u"),
        ("signature mismatch, expected sha256=" + "0fbc4b47ca639e6e" * 4, "0fbc4b47ca639e6e"),
        ("mot de passe «VBsathmEhw» refusé", "VBsathmEhw"),
        ('SharedSecret for RADSEC proxy "sZq9OXYJeNz3uEPu" rejected', "sZq9OXYJeNz3uEPu"),
        ("token given via `--token` is not valid: 5V7xmvy0X1xk4CxqIUioV3kv", "5V7xmvy0X1xk4CxqIUioV3kv"),
        ("cannot sync iPad von Gesine", "Gesine"),
        ("恭一郎のiPad is offline", "恭一郎"),
        ("Patient.name[0].family 'Nakagawara' failed invariant pat-1", "Nakagawara"),
        ("GET /fhir/Patient?identifier=962869174410&_format=json", "962869174410"),
        (":50K:/DE43396401757228464289\nHANNELORE WIESE\nLINDENALLEE 41\n:71A:SHA", "LINDENALLEE 41"),
        ("DMG*D8*19731130*M~ out of range", "19731130"),
        ("N3*41 LINDEN ALLEY~N4*BROKEN ARROW*OK*74012~ rejected", "LINDEN ALLEY"),
        ("COM+4921883170:TE' in segment 7", "4921883170"),
        ("pax DOB 14FEB89 APIS incomplete", "14FEB89"),
        ("Sendandi fæddur 9. júlí 1971", "9. júlí 1971"),
        ("Slack user @emmeline.woolgar not in workspace", "emmeline"),
    ],
)
def test_what_standards_place_is_hidden(message: str, value: str) -> None:
    assert value not in clean(message).text


@pytest.mark.parametrize(
    "message",
    [
        "=SUPERVISOR REPORT==== 4-Nov-2024::03:11:08.114923 ===",
        "Version 4.8.9037.0 requires minimum 4.7.2.0",
        'The quota has been exceeded. (localStorage key "cart:v4", 5242880 bytes)',
        "uses: actions/checkout@v4 and library/postgres16@sha256",
        "cannot connect to backend/Api2@master",
        "This iPhone has no space",
        "bank DE is unknown",
    ],
)
def test_what_only_looks_like_it_stays(message: str) -> None:
    assert clean(message).text == message


def test_settings_in_cookies_and_versions_under_a_telling_name_stay() -> None:
    shown = clean_event(
        {
            "request": {"cookies": {"lang": "nb-no", "theme": "dark", "sid": "h10q4w7wkfjcsktvkpows2d2y0rc"}},
            "contexts": {"otp": {"release": "OTP 27.1.1"}},
        }
    )
    assert shown["request"]["cookies"]["lang"] == "nb-no"
    assert shown["request"]["cookies"]["theme"] == "dark"
    assert "h10q4w7" not in str(shown)
    assert shown["contexts"]["otp"]["release"] == "OTP 27.1.1"


def test_what_follows_a_time_is_no_address_and_a_long_log_stays_whole() -> None:
    """`:50:` begins a field of SWIFT's only where it begins a line; no line is told by the hidden one before."""
    lines = (
        "12:50:07 worker 3 began",
        "Reading the queue",
        "Nothing to do",
        "13:59:59 worker 3 ended",
        "Bye",
    )
    log = "\n".join(lines * 300)
    assert clean(log).text == log
    swift = ":50K:/DE43396401757228464289\nHANNELORE WIESE\nLINDENALLEE 41\n" + "AND SO ON\n" * 50
    shown = clean(swift).text
    assert shown.count("AND SO ON") >= 47
    assert clean(shown).text == shown
