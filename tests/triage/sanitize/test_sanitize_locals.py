"""What a frame's source, the object around and the class of a value say of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from triage.sanitize import clean_event


def frame(local: dict[str, Any], line: str = "", *before: str) -> dict[str, Any]:
    shown = {"in_app": True, "vars": local, "context_line": line, "pre_context": list(before)}
    return {"exception": {"values": [{"stacktrace": {"frames": [shown]}}]}}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("    raw = form['password']", "correct-horse-77"),
        ("    if check_password(raw, user.password):", "ember-walnut-38"),
        ("    session.login(user, password=raw)", "correct-horse-77"),
        ("    const raw = req.body.password;", "correct-horse-77"),
        ('    requests.get(url, headers={"Authorization": f"Bearer {raw}"})', "tk-7Hq2Lw9Zx4Vb8Nm1"),
        ("    client = Client(api_key=raw)", "Qx7Lm2Zp9Rt4Vw8Bn3"),
        ("    if not verify_otp(user, raw):", "73910482"),
        ('    log.info("sms to phone %s", raw)', "4917655512345"),
        ("    raw = generate_token()", "Qx7Lm2Zp9Rt4Vw8Bn3"),
    ],
)
def test_a_local_is_what_its_source_calls_it(line: str, value: str) -> None:
    assert value not in json.dumps(clean_event(frame({"raw": repr(value)}, line)))
    assert value in json.dumps(clean_event(frame({"raw": repr(value)}, "    return 1")))


@pytest.mark.parametrize(
    ("line", "local"),
    [
        ("    ok = check_password(raw, user.password)", {"ok": "False", "user": "<User 12>"}),
        ("    total = cart.price", {"total": "1200"}),
        ("    conn = connect(server, user=bind_dn, password=bind_pw)", {"server": "'ldap-1'", "bind_dn": "'cn=app'"}),
    ],
)  # fmt: skip
def test_source_hides_no_other_locals(line: str, local: dict[str, str]) -> None:
    event = frame(local, line)
    assert clean_event(event) == event


@pytest.mark.parametrize(
    ("event", "value"),
    [
        ({"child": {"class": "7B", "name": "Wxyza Qorbe"}}, "Wxyza Qorbe"),
        ({"child": "{'class': '7B', 'name': 'Wxyza Qorbe'}"}, "Wxyza Qorbe"),
        ({"x": "Tenant(id=3, name='Wxyza Qorbe', rent=300)"}, "Wxyza Qorbe"),
        ({"x": "Guest(first='Wxyza', last='Qorbe')"}, "Qorbe"),
        ({"x": "<Kunde Wxyza Qorbe>"}, "Wxyza Qorbe"),
        ({"members": ["Wxyza Qorbe", "Bo Ek"]}, "Wxyza Qorbe"),
        ({"org": {"vat": "300", "email": "a@b.example", "contact": "خالد المنصوري"}}, "خالد المنصوري"),
        ({"name": [{"family": "Qorbe", "given": ["Wxyza"]}]}, "Wxyza"),
        ({"address": [{"text": "7 Heol y Bryn, Aberystwyth"}]}, "Heol"),
        ({"x": "{'address': [{'text': '7 Heol y Bryn, Aberystwyth'}]}"}, "Heol"),
        ({"telecom": [{"system": "phone", "value": "0712 345 678"}]}, "345"),
        ({"identifier": [{"system": "https://fhir.example/nhs-number", "value": "9092755591"}]}, "9092755591"),
        ({"claimant": {"email": "a@b.example", "phone": "0171 5550123", "xyzno": "37684500122"}}, "37684500122"),
        ({"to": "5215536209818"}, "5215536209818"),
        ({"x": "'kunde;telefon\\nWxyza Qorbe;0171 5550123\\nBo Ek;0171 5550124'"}, "Wxyza Qorbe"),
        ({"cmd": "['redis-cli', '-a', 'xINJszbYRUPZEX', 'PING']"}, "xINJszbYRUPZEX"),
    ],
)  # fmt: skip
def test_what_holds_a_value_tells_whose_it_is(event: dict[str, Any], value: str) -> None:
    assert value not in json.dumps(clean_event(event), ensure_ascii=False)


@pytest.mark.parametrize(
    "event",
    [
        {"owner": {"name": "Order Service"}, "client": {"name": "Mobile Gateway"}},
        {"x": "Widget(id=3, name='Blue Lagoon', price=3)"},
        {"exception": {"values": [{"type": "INVALID_CREDENTIALS", "value": "80090308: LdapErr"}]}},
        {"claimant": {"name": "", "email": "", "orderNo": "37684500199", "created": "20250101123456", "limit": "99999999"}},
        {"member": [], "registration": "open", "vat": 19, "reg": "0x1F", "holder": "queue-1"},
        {"sort": [{"type": "phone_book", "value": "ascending"}], "field": {"label": "Total", "value": "Forty Two"}},
    ],
)  # fmt: skip
def test_things_keep_their_names(event: dict[str, Any]) -> None:
    assert clean_event(event) == event
