"""Secrets that sentences tell, in many languages, and sentences with the same words that tell none."""

from __future__ import annotations

import pytest

from triage.sanitize import clean, clean_event
from triage.sanitize.pieces import pieces


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("user typed Rover-7711x as his password and was refused", "Rover-7711x"),
        ("Your verification code is 604 118. Do not share it.", "604 118"),
        ("Hasło Mlecz77kwiat wygasło, ustaw nowe", "Mlecz77kwiat"),
        ("Das Kennwort Apfelkuchen83 wurde abgelehnt", "Apfelkuchen83"),
        ("le mot de passe saisi : Tulipe2017! (refusé)", "Tulipe2017"),
        ("La contraseña Gaviota_88 ya no es válida", "Gaviota_88"),
        ("Пароль ряби4на77 не подходит", "ряби4на77"),
        ("パスワード「tsubame55」は使えません", "tsubame55"),
        ("密码huoguo1988不正确", "huoguo1988"),
        ("비밀번호 haenyeo77! 가 틀렸습니다", "haenyeo77!"),
        ("पासवर्ड mogra@2019 गलत है", "mogra@2019"),
        ("كلمة المرور yasmin_1990 غير صحيحة", "yasmin_1990"),
        ("รหัสผ่าน malee2555 ไม่ถูกต้อง", "malee2555"),
    ],
)
def test_a_secret_that_a_sentence_tells_is_hidden(text: str, secret: str) -> None:
    assert secret not in clean(text).text
    assert secret not in str(clean_event({"message": text, "extra": {"seen": [text]}}))


@pytest.mark.parametrize(
    "text",
    [
        "Password must contain at least 8 characters",
        "Das Kennwort ist abgelaufen, bitte neu setzen",
        "mot de passe incorrect pour le compte 4711",
        "Hasło wygasło 3 dni temu",
        "Пароль должен содержать 8 символов",
        "パスワードが一致しません",
        "密码已过期，请联系管理员",
        "exit code 137 of pod cart-7d9f6c5b8-x2v4q",
        "unlock screen after 30 s",
        "KeyError: 'password'",
        "password hash algorithm argon2id is not supported",
    ],
)
def test_a_sentence_that_tells_none_stays(text: str) -> None:
    assert clean(text).text == text


def test_words_that_stand_together_are_hidden_as_one() -> None:
    shown = clean('rejected passphrase "seven herons over the dam": too short').text
    assert "herons" not in shown
    assert shown.startswith("rejected passphrase")
    assert shown.endswith("too short")


def test_what_is_left_tells_no_more() -> None:
    text = "new password Heron77dam for ann, the old password Otter88pond is void\n" * 40
    once = clean(text).text
    assert clean(once).text == once
    assert "Heron77dam" not in once
    assert "Otter88pond" not in once


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("code 482 913, don't share", ["code", "482 913", "don't", "share"]),
        ('typed "a b" twice.', ["typed", "a b", "twice"]),
        ("密码abc123，5分钟", ["密码", "abc123", "5", "分钟"]),
        ("was Soleil2019! wrong!", ["was", "Soleil2019!", "wrong"]),
        ("", []),
        ("...", []),
    ],
)
def test_a_line_is_read_in_pieces(line: str, texts: list[str]) -> None:
    found = pieces(line)
    assert [piece.text for piece in found] == texts
    assert all(line[piece.start : piece.end] == piece.text for piece in found)


def test_quotes_around_a_word_for_a_secret_are_no_piece() -> None:
    line = 'said "my password is Heron77dam"'
    assert [piece.text for piece in pieces(line, [line.index("password")])][-1] == "Heron77dam"
