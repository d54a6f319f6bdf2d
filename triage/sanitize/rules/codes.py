"""Codes that are sent to somebody or open something: by what a message calls them, in many languages, or by where
they stand in an address."""

from __future__ import annotations

from triage.sanitize.identities import norwegian_account, vehicle
from triage.sanitize.people import WORD, is_common, is_given
from triage.sanitize.rule import NUMBER, Found, Rule
from triage.sanitize.rules.structures import foreign_code
from triage.sanitize.rules.things import is_thing
from triage.sanitize.validators import drawn, stands_alone

# What is sent to prove who somebody is; digits after it need no sign.
_SENT = """verification code|confirmation code|one[- ]time (?:code|password|pin)|(?:sign|log)-?in code|authentication code|(?:2fa|mfa|sms|otp) code
    |(?:bestätigungs|verifizierungs|sicherheits|anmelde|freischalt|aktivierungs|zugangs|einmal)-?(?:code|kennwort|passwort|pin)|(?:push|sms|chip|photo|m|i|qr)-?tan
    |code (?:de |d'|d’)?(?:vérification|confirmation|validation|sécurité|connexion|accès|activation)|code à usage unique|code sms
    |código (?:de )?(?:verificación|confirmación|seguridad|acceso|activación|verificação|confirmação|segurança|acesso|ativação)|clave (?:dinámica|temporal)
    |codice (?:di |d')?(?:verifica|conferma|sicurezza|accesso|attivazione)|codice (?:otp|sms)|(?:verificatie|bevestigings|beveiligings|toegangs|inlog)-?code
    |kod(?:u|em)? (?:weryfikacyjn[a-z]{1,3}|sms|dostępu|autoryzacyjn[a-z]{1,3}|aktywacyjn[a-z]{1,3}|blik)|blik|(?:ověřovací|overovací|potvrzovací|autorizační|autorizačný) kód
    |(?:ellenőrző|megerősítő|hitelesítő|belépési) ?kód(?:ja|od)?|cod(?:ul)? de (?:verificare|confirmare|securitate|acces)|(?:kontrolni|verifikacijski|potvrdni) kod
    |(?:doğrulama|onay|güvenlik|giriş|sms) (?:kod|şifre)[a-zıü]{0,6}|tek kullanımlık (?:kod|şifre)[a-zıü]{0,6}|kode (?:verifikasi|otp|konfirmasi|keamanan)|kod (?:pengesahan|tac)
    |mã (?:xác (?:thực|nhận|minh)|otp|bảo mật|kích hoạt)|(?:verifierings|bekräftelse|säkerhets|engångs|bekreftelses|engangs|sikkerhets|bekræftelses|godkendelses)kode?(?:n|en)?
    |(?:vahvistus|varmennus|kertakäyttö)koodi(?:si|nne)?|код(?:а|у|ом)? (?:подтверждения|доступа|авторизации|безопасности|из смс|входа|активации|підтвердження|доступу|перевірки|за потвърждение|за вход)
    |одноразов(?:ый|ий) (?:код|пароль)|κωδικός (?:επαλήθευσης|επιβεβαίωσης|ασφαλείας|otp)
    |验证码|驗證碼|校验码|校驗碼|动态码|动态密码|動態密碼|确认码|認証コード|認証番号|確認コード|ワンタイムパスワード|인증 ?번호|인증 ?코드|확인 ?코드|보안 ?코드
    |رمز (?:التحقق|التأكيد|التفعيل|الدخول|الأمان)|كود (?:التحقق|التفعيل)|کد (?:تأیید|تایید|فعال ?سازی|ورود)|رمز (?:پویا|یکبار مصرف)|קוד (?:ה)?(?:אימות|אישור|כניסה)
    |सत्यापन कोड|ओटीपी|รหัส ?(?:otp|ยืนยัน)""".replace("\n    ", "")
_ANCHORS = tuple(
    """code kod tan blik código codice cód mã код cod kód otp şifre clave passwort kennwort pin koodi пароль κωδικός 验证码 驗證碼 校验码 校驗碼 动态码 动态密码 動態密碼 确认码
    認証コード 認証番号 確認コード ワンタイムパスワード 인증 확인 보안 رمز كود کد קוד कोड ओटीपी รหัส password""".split()
)
_SIGN = r"(?:[ :=\"'(\[-]|：|「|（|(?i:is|ist|est|es|é|è|jest|är|er|on|to|adalah|là|lautet) |は|是|为|為|는|은){0,4}"
# Parameters of an address that open something, and what they hold was drawn.
_OPENS = "ticket|cle|clef|clave|chave|chiave|llave|schluessel|sleutel|klucz|nyckel|klic|kulcs|anahtar|kunci|js_code"
# Of the letters on plates of Ukraine and Russia, which look the same in Latin.
_CYRILLIC = "А|В|Е|І|К|М|Н|О|Р|С|Т|Х|У"
_BESIDE_DIGITS = tuple(
    f"{digit}{blank}{letter}" for letter in _CYRILLIC.split("|") for digit in range(10) for blank in ("", " ")
)
_EXPIRES = "exp|expiry|caducidad|vencimiento|vencimento|validade|scadenza|vervaldatum|ablauf|gueltig|skt|validite|platnost|lejarat"
_BESIDE = tuple(f"\x1a{sign}" for sign in (",", ";", "|", "\t", " \t", "',", '",'))
_COUNTS = tuple(
    b"length len retries attempts tries timeout after gpio pad entry error in of on at max min no number".split()
)


_SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".heic", ".tif", ".tiff", ".doc", ".docx")


def _scanned(found: Found) -> bool:
    """`Ngata_Orla_passport.pdf`: a known given name, and no word of a thing."""
    words = found.value.translate(_APART).split()
    return any(map(is_given, words)) and not any(
        is_thing(word) or is_common(word.decode("utf-8", "ignore")) for word in words
    )


_APART = bytes(0x20 if byte in b"_+." else byte for byte in range(256))


def _opens(found: Found) -> bool:
    return drawn(found.value, hexadecimal=True)


def _no_count(found: Found) -> bool:
    """`PIN card 80237149`, and no setting of a PIN or a pin of a board."""
    word = found.before(32).rstrip(b" :=").rpartition(b" ")[2].lower()
    return stands_alone(found) and word not in _COUNTS


CODES: tuple[Rule, ...] = (
    Rule("one-time-code", _ANCHORS, rf"(?:^|[^A-Za-z0-9_])(?i:{_SENT}){_SIGN}([0-9]{{3}}[ \-]?[0-9]{{3}}|[0-9]{{4,8}})\b", foreign_code),
    Rule("pin", ("pin ",), r"\bPIN (?:[a-z]{2,14} ){0,2}([0-9]{4,8})\b", _no_count),
    Rule("url-token", ("/bot",), r"/bot([0-9]{6,12}:[A-Za-z0-9_\-]{20,64})"),
    Rule("url-token", tuple(f"{name}=" for name in _OPENS.split("|")), rf"[?&](?:{_OPENS})=([A-Za-z0-9_\-.~%]{{16,256}})", _opens),
    Rule("user", ("otpauth",), r"otpauth://[a-z]{4}/(?:[^/?\s:]{1,64}(?::|%3[Aa])(?:%20)?)?([^/?\s:]{2,64})\?"),
    Rule("key", ("lpa:1$",), r"(?i:LPA:1)\$[^$\s]{3,80}\$([A-Za-z0-9\-]{6,64})"),
    Rule("licence", _BESIDE_DIGITS, rf"(?:^|[^\x80-\xff0-9A-Za-z])((?:{_CYRILLIC}){{2}} ?[0-9]{{4}} ?(?:{_CYRILLIC}){{2}}|(?:{_CYRILLIC}) ?[0-9]{{3}} ?(?:{_CYRILLIC}){{2}} ?[0-9]{{2,3}})(?:[^\x80-\xff0-9]|$)"),
    Rule("one-time-code", ("otp", "tan:", "2fa", "mfa"), r"(?i)\bSET(?:EX|NX)? \S*(?:otp|tan|2fa|mfa|code)\S* (?:[0-9]{1,6} )?\"?([0-9]{4,8})\b"),
    Rule("card", tuple(_EXPIRES.split("|")), rf"\x1a[^\n]{{0,40}}?\b(?:{_EXPIRES})[\"']?[=:] ?[\"']?((?:0[1-9]|1[0-2])[/\-]?(?:20)?[2-4][0-9]|[2-4][0-9](?:0[1-9]|1[0-2]))\b"),
    Rule("phone", ("ctc",), r"\bCTC[A-Z] \+?([0-9]{9,15})\b"),  # of a passenger
    Rule("birth-date", ("pid|",), r"\bPID\|(?:[^|\n]*\|){6}([0-9][^|\n]{5,24})\|"),
    Rule("health", ("pid|", "in1|", "gt1|"), r"\b(?:PID|IN1|GT1)\|[^\n]*?\|([A-Z]{1,4}[0-9]{6,14})(?:[|\n\\]|$)"),
    Rule("user", ("nameid",), r"<(?:[a-z0-9]{1,12}:)?NameID(?: [^<>\n]{0,300})?>([^<>\s]{6,256})<"),
    Rule("private-key", ("curve:",), r"\bD:((?:0x)?[0-9a-f]{64}|[0-9]{70,80})\b[^\n]{0,40}?Curve:"),
    Rule("licence", NUMBER, r"[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-TV-Y1-9][A-HJ-NPR-Z0-9]{3}[0-9]{4}", vehicle),
    Rule("account", NUMBER, r"[0-9]{4}\.[0-9]{2}\.[0-9]{5}", norwegian_account),
    Rule("account", ("konto",), r"(?i:konto)[a-z]{0,8}\.?:? ?([0-9]{4}\.[0-9]{2}\.[0-9]{5})\b"),
    Rule("national-id", ("duplicate key value is (",), r"duplicate key value is \((?:[^()\n]{1,80}, )?([A-Z]{0,2}[0-9]{8,13}[A-Z]{0,2}), [^()\n]{0,120}?\x1a"),
    Rule("name", _SCANS, rf"((?:{WORD})(?:[_+.](?:{WORD}))+)[A-Za-z0-9_\-]*\.(?:{'|'.join(end[1:] for end in _SCANS)})\b", _scanned),
    # of a Portuguese, beside his name in a row
    Rule("national-id", _BESIDE, r"\x1a[\"']? ?[,;|\t][\"' ]*([0-9]{8} [0-9] [A-Z]{2}[0-9])\b"),
    Rule("device", NUMBER, r"\b89[0-9]{30}\b"),  # of an embedded SIM
)  # fmt: skip
