"""What whole events showed that single lines do not: what stays beside a value, and what tells of it elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from triage.sanitize import clean, clean_event


def cleaned(event: dict[str, Any]) -> str:
    return json.dumps(clean_event(event), ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("GET https://api.example.it/atti?tipo=RESIDENZA: 503 Service Unavailable", "503 Service Unavailable"),
        ("Order(adresse: Lindenweg 4 b, telefon: 030 5550199, express: true)", "express: true"),
        ("antar: Jl. Melati No. 8, Canggu → gudang 14", "→ gudang 14"),
        ("NFC read areaCode=0042 block=3", "areaCode=0042"),
        ("WeChat jsapi4Ticket failed: 40001", "jsapi4Ticket"),
        ("UPDATE crm.Kunde SET Epost = N'ane.solli@example.no', Rev = 4", "Epost = N'"),
        ("git+https://x-access-token:ghs_4MbVq8ZtR1xYw7Kd2NpLfa@github.com/acme/tariffs.git", "@github.com/acme/tariffs.git"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_value_stays(text: str, kept: str) -> None:
    assert kept in clean(text).text


def test_a_code_s_word_may_be_one_of_two_that_are_joined() -> None:
    assert "448120" not in clean("Ihr Freischaltcode: 448120").text


def test_an_apostrophe_belongs_to_a_name_within_quotes() -> None:
    assert "'[email:" in clean("Duplicate entry 'd'amico@example.it' for key 3").text


def test_an_application_that_logs_in_by_its_own_name_is_released_by_it() -> None:
    shown = clean_event({"release": "parcel-relay@2.4.0", "extra": {"username": "parcel-relay"}})
    assert shown["release"] == "parcel-relay@2.4.0"
    assert shown["extra"]["username"] != "parcel-relay"


def test_the_key_of_a_form_was_not_drawn() -> None:
    assert "forms/visa/w17:20240901a" in cleaned({"extra": {"key": "forms/visa/w17:20240901a"}})


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"cuenta": {"sucursal": "0114", "numero": "0442781-9"}}, "0442781-9"),
        ({"otp": {"channel": "sms", "lastCode": "550916"}}, "550916"),
        ({"auth": {"factor": {"pin1": "8841"}}}, "8841"),
        ({"reisepass": {"land": "AT", "nummer": "P4821773"}}, "P4821773"),
        ({"accounts": [{"bank": "Nord", "number": 880214471}]}, "880214471"),
    ],
)
def test_an_outer_name_tells_of_an_inner_one(fields: dict[str, Any], value: str) -> None:
    assert value not in cleaned({"extra": fields})
    assert value not in clean(f"refused: {json.dumps(fields)} after 3 s").text
    assert value not in clean(json.dumps({"body": json.dumps(fields, indent=1)})).text


@pytest.mark.parametrize(
    "fields",
    [
        {"patient": {"id": 88123}},
        {"error": {"number": "E-4471-20"}},
        {"token": {"v": "1.2"}},
        {"page": {"number": 88123}},
    ],
)
def test_an_outer_name_tells_nothing_of_states_and_ids(fields: dict[str, Any]) -> None:
    assert clean_event({"extra": fields}) == {"extra": fields}
    assert clean(json.dumps(fields)).text == json.dumps(fields)


@pytest.mark.parametrize(
    "written",
    [
        "s3://cases/2026/keller-brandt_anna_cv.pdf",
        "uploads/BRANDT.Anna/photo.png",
        "vertrag_Brandt+Anna.docx",
        "export%20Anna%20Brandt",
        "otpauth://totp/Shop:abrandt?digits=6",
        "annabrandt.tar",
        {"brandt_anna": 1},
    ],
)
def test_a_hidden_name_is_hidden_as_files_keys_and_logins_write_it(written: Any) -> None:
    shown = cleaned({"extra": {"patient_name": "Anna Keller-Brandt", "written": written}})
    assert "brandt" not in shown.lower()


@pytest.mark.parametrize("written", ["Poeschl_Ruediger.pdf", "poschl-rudiger", "PÖSCHL Rüdiger"])
def test_a_hidden_name_is_hidden_without_its_accents(written: str) -> None:
    shown = cleaned({"extra": {"patient_name": "Rüdiger Pöschl", "written": f"scan {written} kept"}})
    assert "scan [name:" in shown
    assert " kept" in shown


@pytest.mark.parametrize(
    "written", ["annabel_brandtner.csv", "brandt.css", "mark-page", "anna, then brandt", "anna_v2"]
)
def test_a_single_word_of_a_name_and_longer_words_stay(written: str) -> None:
    event = {"extra": {"patient_name": "Anna Brandt", "owner_name": "Mark Page", "written": written}}
    assert written in cleaned(event)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("onay kodunuz 40718, kimseyle paylaşmayın", "40718"),
        ("【短信】您的验证码902217,请勿泄露", "902217"),
        ("رمز التحقق 771402 صالح لخمس دقائق", "771402"),
        ("pushTAN 330918 an Gerät 2", "330918"),
        ("Twój kod weryfikacyjny: 118 204", "118 204"),
        ("PIN karty 5512 odrzucony", "5512"),
        ("GET https://api.telegram.org/bot7714093321:k9_JmPqRsT2vWxYz4aBcDeFgH7iJkLmNoP/getMe", "k9_JmPqRsT2vWxYz4a"),
        ("wss://push.example/live?ticket=4f0c9a77b1e25d3386aa90ce1b7f4d2235e8c601 closed", "4f0c9a77b1e25d33"),
        ("POST https://api.example/v2?cle=h3kq9zt0b7w4y1mv8s2d5x6c0a9r", "h3kq9zt0b7w4y1mv"),
        ("otpauth://totp/Acme%20GmbH:wnowak?secret=x", "wnowak"),
        ("activate LPA:1$rsp.example.net$K2J4-9QW7M-ZZ81T", "K2J4-9QW7M-ZZ81T"),
        ("eid 89049032123451234512345678901235 is bound", "89049032123451234512345678901235"),
        ("GET /cittadini/RSSMRA85T10A562S/atti 404", "RSSMRA85T10A562S"),
        ("GET /patient/19811218-9876/besok", "19811218-9876"),
        (r"b'bor p\xc3\xa5 \xc3\x96stra Kyrkogatan 17, tack'", "Kyrkogatan 17"),
        ("Array ( [shipping_address_1] => U2/19 Harbour Rise [qty] => 2 )", "U2/19 Harbour Rise"),
        ("import row 4 \"Orla Ng\",BSB 083-214,WEEKLY", "083-214"),
        (r"'番号,氏名,生年月日\n31,柏木 望,H3.4.9'", "柏木 望"),
        ('device_name="Meena ka phone"', "Meena"),
        ("біла Skoda, номер КВ 2290 МН, лівий ряд", "КВ 2290 МН"),
        ("а/м М381ОР77 не найден", "М381ОР77"),
        ("id,guest,email,phone,city\n7,Orla Ng,orla@example.org,(02) 5550 1199,Hobart,yes\n", "Orla Ng"),
    ],
)  # fmt: skip
def test_codes_and_numbers_without_a_sign_or_in_a_path(text: str, value: str) -> None:
    assert value in text
    assert value not in clean(text).text


@pytest.mark.parametrize(
    "text",
    [
        "error code 40718 in block 3",
        "PIN timeout after 4567 ms",
        "tan(202786) of the angle",
        "GET /jobs/19811218-9877/log",
        "GET https://jira.example/browse?ticket=SHOP-41182",
        "Array ( [state] => open [qty] => 2 )",
        'device_name="Galaxy S21 Ultra"',
        "GET /items/RSSMRA85T10A562T/atti 404",
        r"'a,b,c\n1,2,3'",
    ],
)
def test_what_looks_like_such_codes_stays(text: str) -> None:
    assert clean(text).text == text


def test_a_device_s_own_name_is_hidden_and_its_maker_s_stays() -> None:
    shown = clean_event({"contexts": {"device": {"name": "Meena ka phone", "model": "iPhone 15 Pro"}}})
    assert shown["contexts"]["device"]["name"].startswith("[device:")
    kept = {"contexts": {"device": {"name": "iPhone 15 Pro Max", "family": "iPhone"}}}
    assert clean_event(kept) == kept


def test_a_hidden_code_is_hidden_within_the_name_of_a_file() -> None:
    assert "CLMBRN80" not in cleaned(
        {"codice_fiscale": "CLMBRN80A41F205Q", "file": "ITCLMBRN80A41F205Q_0a.xml"}
    )


def test_the_last_argument_of_a_setter_is_what_it_sets() -> None:
    frame = {
        "context_line": "ldap.modify_password(dn, neu)",
        "vars": {"neu": "'Blauregen!41x'", "dn": "'ou=x'"},
    }
    assert "Blauregen" not in cleaned({"frames": [frame]})


@pytest.mark.parametrize(
    "text",
    [
        "{ID:77 Name:Orla Ngata Phone:0871234567 Address:{Street:12 Quay St City:Galway Zip:H91 AB12} Tries:3}",
        "map[address:12 Quay St city:Galway name:Orla Ngata phone:0871234567 tries:3]",
        "[{Name:Orla Ngata City:Galway Tries:3} {Name:Finn Ngata City:Galway Tries:3}]",
    ],
)
def test_an_object_as_go_prints_it_is_read_field_by_field(text: str) -> None:
    shown = clean(text).text
    assert not any(value in shown for value in ("Orla", "Ngata", "Quay", "Galway", "087123"))
    assert shown.lower().count("tries:3") == text.lower().count("tries:3")


def test_what_jackson_could_not_read_is_named_at_the_end() -> None:
    said = 'Cannot deserialize value of type `LocalDate` from String "11.04.1981": bad (through reference chain: a.B["birthDate"])'
    assert "1981" not in clean(said).text


def test_a_mailbox_s_name_may_have_a_word_of_one_letter() -> None:
    assert "Dálaigh" not in clean("To: Finn Ó Dálaigh <finn@example.ie>").text


def test_an_iban_that_was_mistyped_is_hidden() -> None:
    assert "4M02" not in clean("IBAN check failed for FR85 2004 1010 0507 3628 4M02 606 (BIC missing)").text
    assert clean("IBAN check failed for FR85 of order 2041").text.endswith("FR85 of order 2041")


def test_the_key_of_a_store_is_no_session() -> None:
    assert clean("redis key session:index:v2 is no zset").text == "redis key session:index:v2 is no zset"
    assert "8f3k2l9q1x" not in clean("redis key session:8f3k2l9q1x is gone").text


def test_a_mailbox_of_a_manual_stays_and_any_other_at_its_domain_is_hidden() -> None:
    said = "usage: --author your.name@example.com, e.g. name@firma.example"
    assert clean(said).text == said
    for mailbox in ("ann.berg@example.com", "user@example.org", "your.name@acme.com"):
        assert mailbox not in clean(f"usage: --author {mailbox}").text


def test_a_name_that_fills_its_quotes_is_one_with_its_family_s() -> None:
    assert clean("'Lâm Quốc Cường'").text.startswith("'[name:")


def test_rows_tell_of_each_other() -> None:
    rows = [["'A-7'", "'Anna Berg'", "3412"], ["'B-9'", "'Nguyễn Hữu Phước'", "5120"]]
    shown = clean_event({"vars": {"candidates": rows}})["vars"]["candidates"]
    assert [row[0] for row in shown] == ["'A-7'", "'B-9'"]
    assert all(row[1].startswith("'[name:") for row in shown)


def test_when_a_card_expires_is_hidden_and_when_a_session_does_stays() -> None:
    shown = clean_event({"pay": {"cvv": "881", "expiry": "11/27"}, "session": {"expiry": "11/27"}})
    assert "11/27" not in str(shown["pay"])
    assert shown["session"]["expiry"] == "11/27"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{User:recon Pass:kQ7dpZuWmx2LbTaVcXy Tries:3}", "kQ7dpZuWmx2LbTaVcXy"),
        ("vehicle_no=KA+05+MJ+7342&consent=true", "KA+05+MJ+7342"),
        ("GET /find?q=14+rue+des+Lilas+33000+Bordeaux 200", "14+rue+des+Lilas"),
        ("passport_nr: 'PA4411723'", "PA4411723"),
        ("gate_code='7144#'", "7144#"),
        ("%{cipher_key: <<19, 144, 207, 8, 91, 76, 33, 25, 17, 142>>, tries: 2}", "19, 144, 207"),
        ("&{D:0x8f3a6d1c5b2e4907aa61d3f58c7e2b1094d6c8e3f5a7b9012c4e6f8091a3b5c7 Curve:secp256k1}", "8f3a6d1c5b2e4907"),
        ("SET otp:ann@example.org 551806 EX 300", "551806"),
        ("PIN de acceso 690518 enviado", "690518"),
        ("tarjeta=4111111111111111 caducidad=2809 cvv2=123", "2809"),
        ("PNR QX7T2M contact CTCM 905327418803", "905327418803"),
        ("PID|1||4411^^^X^MR||NGATA^ORLA||1962-07-31T|F|||", "1962-07-31"),
        ("<saml2:NameID Format='x'>AAdzZWNyZXQxnAHikjBw</saml2:NameID>", "AAdzZWNyZXQxnAHikjBw"),
        ("kjøretøy 1HGCM82633A004352 funnet", "1HGCM82633A004352"),
        ("til konto 1506.38.27194 i dag", "1506.38.27194"),
        ("COPY line 4: Orla Ngata\\t14782936 4 ZY1\\t1999-01-02\\t", "14782936 4 ZY1"),
        ("duplicate key value is (T846391719028, Orla Ngata, May 12 2012 12:00AM).", "T846391719028"),
        ("duplicate key value is (T846391719028, Orla Ngata, May 12 2012 12:00AM).", "May 12 2012"),
        ("rows: [('330106199508143725', 'G2', '欧阳淑芬', '13800138000')]", "欧阳淑芬"),
        ("scan Ngata_Fatima_a4.pdf is too large", "Ngata_Fatima"),
    ],
)  # fmt: skip
def test_what_programs_of_many_trades_print(text: str, value: str) -> None:
    assert value in text
    assert value not in clean(text).text


@pytest.mark.parametrize(
    "text",
    [
        "onPass: done, compass: 12",
        "MRZ line 2: expected 4, got 0",
        "app_id: application_1767930012345_0088",
        "Attribute Name=urn:oid:1.2.246.21",
        "q=sort+by+date&page=2",
        "Annual_Report_2025.pdf is too large",
        "conf: <<19, 144, 207, 8, 91, 76, 33, 25, 17, 142>>",
        "VIN-like 1HGCM82643A004352 of no car",
    ],
)
def test_what_looks_like_what_they_print(text: str) -> None:
    assert clean(text).text == text


def test_a_hidden_number_is_hidden_behind_a_letter() -> None:
    assert "330106199508143725" not in cleaned(
        {"id_card": "330106199508143725", "xuejihao": "G330106199508143725"}
    )


def test_a_plate_is_hidden_without_its_blanks_too() -> None:
    shown = cleaned({"extra": {"license_plate": "4AM 8217"}, "url": "https://example.cz/vozidlo/4AM8217"})
    assert "8217" not in shown


def test_the_number_of_an_interchange_is_its_own() -> None:
    sent = {
        "interchange": {"sender_name": "Orla Ngata", "phone": "0871234567", "control_number": "000088412"}
    }
    assert clean_event(sent)["interchange"]["control_number"] == "000088412"


def test_a_host_with_its_port_stays_beside_what_is_hidden() -> None:
    shown = clean('{"redis": "redis://:x8Kd02mQpL@sidekiq-redis:6379/1", "patient_name": "Orla Ngata"}').text
    assert "@sidekiq-redis:6379/1" in shown


@pytest.mark.parametrize("indent", [None, 1])
def test_private_fields_are_told_in_json_however_it_is_laid_out(indent: int | None) -> None:
    guest = {
        "name": "Orla Ngata",
        "tries": 3,
        "doc": {"nrKartyEkuz": "80616000200374158263"},
        "kontrollschild": "BE 482 917",
    }
    shown = json.loads(clean(json.dumps({"guest": guest}, indent=indent)).text)["guest"]
    assert shown["tries"] == 3
    assert shown["doc"]["nrKartyEkuz"].startswith("[private:")
    assert shown["kontrollschild"].startswith("[private:")


def test_json_as_deep_as_a_stack_is_survived() -> None:
    deep = '{"a":' * 900 + '"x"' + "}" * 900
    assert clean(deep).text == deep


def test_a_phone_is_hidden_as_its_own_country_dials_it() -> None:
    event = {"extra": {"phone": "+47 924 18 337"}, "message": "ETA sms -> 92418337", "culprit": "a.b"}
    assert "92418337" not in cleaned(event)


def test_a_cut_value_is_judged_without_its_dots() -> None:
    assert "3rd Cross" not in clean('{"ship_to":"No. 42, 3rd Cross, 7th Ma...').text


@pytest.mark.parametrize(
    "text",
    [
        "insert into `orders` (`uuid`, `customer_name`, `mobile`, `address`) values (?, ?, ?, ?)",
        "ERC20_TRANSFER token=0x7ceB23fD6bC0adD59E62ac25578270cFf1b9f619 chain_id=137",
    ],
)
def test_a_column_and_a_token_s_contract_are_no_values(text: str) -> None:
    assert clean(text).text == text
