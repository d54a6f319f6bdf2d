"""Secrets known by the place they stand in: URLs, headers, key blocks, signatures, connection strings."""

from __future__ import annotations

from triage.sanitize.placeholders import MASK
from triage.sanitize.rule import LONG, NUMBER, Found, Rule
from triage.sanitize.validators import digits, drawn, entropy, stands_alone
from triage.sanitize.value import scrambled

_NO_SECRET = frozenset(
    b"basic bearer token digest negotiate null none undefined required missing invalid header denied failed optional".split()
)


_MASKED = (
    b"[redacted",
    b"<redacted",
    b"[filtered",
    b"[masked",
    b"[hidden",
    b"****",
    b"<token",
    b"{token",
    b"<hidden",
    b"xxxx",
    b"\xe2\x80\xa2\xe2\x80\xa2",
)


def _is_credential(found: Found) -> bool:
    value = found.value
    return (
        len(value) >= 4
        and not any(word in value.lower() for word in _MASKED)
        and value.lower() not in _NO_SECRET
        and not value.endswith(b"<token")
        and b" <" not in value
        and b" | None" not in value
        and not value.startswith((b"[", b"{", b"$", b"<", b"%s", b"***"))
    )


def _has_digit_or_long(found: Found) -> bool:
    value = found.value
    if not _is_credential(found) or not value.isascii() or (value[-1:] == b"=" and found.after().isalnum()):
        return False  # `token_type=bearer expires_in=3599`
    return len(value) >= 20 or any(48 <= byte <= 57 for byte in value) or b"=" in value[-2:]


def _is_userinfo(found: Found) -> bool:
    """Nor a port with the path behind it: `https://example.com:8443/home@work`."""
    port, slash, _ = found.value.partition(b"/")
    return (
        not found.value.startswith((b"[", b"*", b"$", b"{", b"<", b"%s"))
        and found.value != b"x-oauth-basic"
        and not (slash and port.isdigit() and len(port) <= 5)
    )


def _is_encoded_userinfo(found: Found) -> bool:
    """Not a port with the path behind it: `%3A8443%2Fhome%40work`."""
    return _is_userinfo(found) and b"%2f" not in found.value.lower()


def _unterminated(found: Found) -> bool:
    return b"-----END" not in found.data[found.start :]


_SYMBOLS = b"!@#$%^&*?+~"


def _cases(value: bytes) -> tuple[bool, bool, bool]:
    return bool(digits(value)), value.lower() != value, value.upper() != value


def _looks_random(found: Found) -> bool:
    """Digits among letters without words: a slug has none, or few at its end."""
    value = found.value
    if len(digits(value)) < 3 or not stands_alone(found) or entropy(value) < 3.2:
        return False
    if all(_cases(value)) and entropy(value) > 3.8:
        return True
    return all(len(part) > 18 or len(digits(part)) > 0 for part in value.replace(b"_", b"-").split(b"-"))


def _looks_generated(found: Found) -> bool:
    """Not a counter, a name or a content hash in hex alone."""
    value = found.value
    return _looks_random(found) and value.strip(b"0123456789abcdef") != b""


def _mixed_groups(found: Found) -> bool:
    count = len(digits(found.value))
    groups = found.value.split(b"-")
    lettered = sum(not group.isdigit() for group in groups)
    numbered = sum(bool(digits(group)) for group in groups)
    return (
        count > 2
        and lettered > len(groups) // 2
        and numbered > len(groups) // 2
        and found.before() not in (b"-", b"_")
        and found.after() not in (b"-", b"_")
    )


def _has_every_case(found: Found) -> bool:
    return all(_cases(found.value))


def _has_number(found: Found) -> bool:
    return (bool(digits(found.value)) or scrambled(found.value)) and b"=" not in found.value[:-2]


def _looks_chosen(found: Found) -> bool:
    """Digits or symbols among letters: what people choose, and no name or path."""
    value = found.value
    return (
        (bool(digits(value)) or scrambled(value))
        and not value.isdigit()
        and b"/" not in value
        and b" " not in value
        and b"." not in value
    )


def _prefixed(found: Found) -> bool:
    """A vendor's short prefix and a long random rest: digits, capitals and small letters."""
    rest = found.value.replace(b"-", b"_").rpartition(b"_")[2]
    return (
        all(_cases(rest))
        and len(digits(rest)) > 2
        and entropy(rest) > 3.7
        and found.before() not in (b"/", b".", b"-")
    )


def _signless(found: Found) -> bool:
    """Between a user and a host, with no scheme before: no version, no image and no digest."""
    value, host = found.value, found.after(8)
    if not digits(value) or host.startswith((b"@sha256", b"@md5")) or _is_version(value):
        return False
    return value.strip(b"0123456789") != b"" and not value.startswith((b"//", b"$", b"{", b"<", b"["))


def _is_version(value: bytes) -> bool:
    return value[:1] in b"v0123456789" and value.lstrip(b"v")[:1].isdigit() and b"." in value


def _strong(found: Found) -> bool:
    """At least three of: digits, capitals, small letters, symbols; after a word without a sign, prose is likelier."""
    value = found.value.rstrip(b".)!?:")
    if len(value) < 5 or not digits(value) or b"://" in value or b"=" in value:
        return False
    _, capital, small = _cases(value)
    symbol = len(value[1:].translate(None, _SYMBOLS)) < len(value) - 1
    return symbol or (capital and small and not value[:-2].isalpha())


def _chosen_or_symbolic(found: Found) -> bool:
    return _looks_chosen(found) or len(found.value.translate(None, _SYMBOLS)) < len(found.value)


def _identifies(found: Found) -> bool:
    """SQL's clause, not a sentence: "the record identified by 'nameID'", "revision identified by 'aa337ee835ab'"."""
    lead = found.before(120)
    return (
        b"IDENTIFIED" in lead
        or any(word in lead.lower() for word in (b"create user", b"alter user", b"grant "))
        or (_looks_chosen(found) and found.value.strip(b"0123456789abcdef") != b"")
    )


def foreign_code(found: Found) -> bool:
    """Sent to somebody: an error code or a year is none."""
    lead = found.before(40).lower()
    return not any(word in lead for word in _OTHER_CODES) and not found.after().isalnum()


_OTHER_CODES = (
    b"error", b"status", b"exit", b"return", b"http", b"response", b"fehler", b"erreur", b"errore", b"erro", b"zip", b"post", b"country", b"area", b"sort", b"branch", b"\xd0\xbe\xd1\x88\xd0\xb8\xd0\xb1",
    b"point", b"version", b"page", b"product", b"item", b"color", b"key", b"source", b"unicode", b"char", b"op", b"reason", b"close", b"with code", b"result", b"signal", b"native", b"sql", b"vendor", b"\xe9\x94\x99\xe8\xaf\xaf", b"promo", b"coupon", b"qr", b"bar",
)  # fmt: skip


def _told_somebody(found: Found) -> bool:
    """In a letter or a message to a person, or beside what is hidden of one."""
    lead = found.before(120)
    return MASK in lead or any(
        word in lead.lower() for word in (b"dear ", b"your visit", b"your app", b"sms to")
    )


def _drawn_before(found: Found) -> bool:
    value = found.value
    if value.startswith(b"0x"):
        return len(value) == 66
    return value.strip(b"0123456789abcdefABCDEF-") != b"" and drawn(value, hexadecimal=False)


# Of what a link in a mail is for, in a few languages.
_AWAITED = tuple(
    """restablecer recuperar recuperacion contrasena contraseña acceder acceso entrar ingresar redefinir senha cadastro sifre
    sifirla parola reinitialiser reinitialisation motdepasse mot-de-passe connexion activer zuruecksetzen passwort anmelden
    bestaetigen einladung wachtwoord herstellen inloggen haslo logowanie heslo obnovit reimposta accedi conferma
    password signin sign-in signup onboarding autologin one-click passwordless recover unlock verification""".split()
)


STRUCTURES: tuple[Rule, ...] = (
    Rule("session", ("sessid ", "sessionid "), r"(?i:sessid|sessionid) ([A-Za-z0-9,\-]{20,})\b", _has_number),
    Rule("private-key", ("private key", "private+key", "private%20key"),
         r"(?s)-----BEGIN[ +]?(?:%20)?[A-Z0-9 +%]{0,40}PRIVATE(?: |\+|%20)KEY(?:(?: |\+|%20)BLOCK)?-----.*?-----END[ +%A-Z0-9]{0,48}-----", across=True),
    Rule("private-key", ("private key", "private+key", "private%20key"),
         r"-----BEGIN[ +]?(?:%20)?[A-Z0-9 +%]{0,40}PRIVATE(?: |\+|%20)KEY(?:(?: |\+|%20)BLOCK)?-----[A-Za-z0-9+/=\\\s:,\-%]*", _unterminated, across=True),
    Rule("private-key", ("putty-user-key-file",), r"(?s)PuTTY-User-Key-File-[0-9].{0,100}?Private-Lines: [0-9]+(?:(?:\s|\\{1,8}[nr]){1,4}[A-Za-z0-9+/]{20,76}={0,2})*(?:(?:\s|\\{1,8}[nr]){1,4}[A-Za-z0-9+/]{1,19}={0,2}(?:\s|\\[nr]|$))?", across=True),
    Rule("private-key", ("openssh-key-v1", "b3blbnnzac1rzxktdje"), r"b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/=\\\s]{40,}", across=True),
    Rule("jwt", ("eyj",), r"eyJ[A-Za-z0-9_\-]{10,}\.eyJ[A-Za-z0-9_\-]{10,}(?:\.[A-Za-z0-9_\-]*){0,3}|eyJ[A-Za-z0-9_\-]{6,}\.(?:eyJ)?[A-Za-z0-9_\-]{4,}(?:\.[A-Za-z0-9_\-]*){1,3}"),
    Rule("url-password", ("://",), r"[A-Za-z][A-Za-z0-9+.\-]{1,30}:{0,2}://[^\s:/?#@\"'<>\[\]{}]{0,256}:([^\s/?#\"'<>@]{1,256}(?:[@/?#][^\s/?#\"'<>@]{1,128}){0,2})@(?:[A-Za-z0-9\[.\-_%/\s]|$)", _is_userinfo),
    Rule("password", (":::",), r"\b[0-9a-fA-F]{32}:([0-9a-fA-F]{32}):::"),  # a dump of LM and NT hashes
    Rule("password", (" login ",), r"(?m)(?:^|[\"' \\n])[A-Z]{0,4}[0-9]{1,6} LOGIN [^\s\"]{1,64} \"?([^\"\s]{4,64})"),  # IMAP
    Rule("password", ("7z", "rar "), r"\b(?:7z[ar]?|rar|unrar) [a-z] (?:[^\n]{0,60} )?-p([^\s\"']{4,64})"),
    Rule("key", ("fromhex(",), r"(?i)key[a-z_]{0,12}[\"']? ?[=:] ?bytes\.fromhex\([\"']([0-9a-f]{32,128})"),
    # Percent-encoded in a query, wholly or, as `quote()` leaves slashes, in part.
    Rule("url-password", ("%3a%2f%2f", "%3a//"), r"(?i)%3A(?:%2F|/){2}[^\s&:@/]{0,128}?(?:%3A|:)([^\s&\"':@]{1,200}?)(?:%40|@)", _is_encoded_userinfo),
    Rule("url-token", ("%3a%2f%2f", "%3a//"), r"(?i)https?%3A(?:%2F|/){2}([A-Za-z0-9_\-]{16,256})(?:%40|@)[A-Za-z0-9.\-]+", _is_userinfo),
    Rule("url-token", ("://",), r"https?://([A-Za-z0-9_\-]{16,256})@[A-Za-z0-9.\-]+", _is_userinfo),
    Rule("key", ("-key:", "-key: ", "-token: ", "-secret: ", "-password: ", "-auth: "), r"(?i)\bX-[a-z\-]{2,24}-(?:key|token|secret|password|auth): ?([^\s\"',;<>{}$]{6,})", _has_digit_or_long),
    Rule("token", ("_pat=", "_pat:", '_pat"', "_pat'"), r"(?i)\b[a-z0-9_]{1,40}_pat[\"']?[=:] ?[\"']?([A-Za-z0-9_\-]{20,})", _has_digit_or_long),
    Rule("authorization", ("bearer",), r"(?i)\bbearer(?:[ \t]|%20|\+|:\s?|\r?\n[ \t]+)+([A-Za-z0-9_.~+/%|\-]{8,}={0,3})", _has_digit_or_long),
    Rule("authorization", ("basic",), r"(?i)\bbasic(?:\s|%20|\+)+([A-Za-z0-9+/_\-]{8,}(?:={1,2}|%3D)*)", _has_digit_or_long),
    Rule("authorization", ("authorization",), r"(?i)authorization\\*[\"']?(?:\s*[:=]\s*)[\"']?(?:digest|hawk|oauth|ntlm|aws|signature|hmac|escher|httpsig|scram[a-z0-9\-]*|mac)\s+([^\r\n<>{}]{8,900})", _is_credential),
    Rule("authorization", ("authorization",), r"(?i)authorization\\*[\"']?\)?\]?(?:\s*(?:=>|[:=,])\s*|%3A(?:%20|\+)*)(?:b?[\\\"'\[]+)?(?:(?:basic|bearer|token|apikey|api-key|digest|negotiate|hmac|key|ntlm|oauth|ssws|aws4-hmac-sha256|genie[kK]ey|klaviyo-api-key|bot|dpop)\b[ \t]+)?([^\s\"'\\,;\[\]<>{}=][^\r\n\"'\\]{2,900})", _is_credential),
    Rule("signature", ("signature",), r"(?i)\bx-(?:amz|goog|oss|cos|ms)-signature(?:=|%3D|:\s*)([0-9A-Za-z+/%=_\-]{16,})"),
    Rule("signature", ("signature=",), r"\bSignature=([0-9A-Za-z+/%=_\-]{16,})"),
    Rule("signature", ("credential=",), r"(?i)\bx?-?(?:amz-)?credential=([A-Za-z0-9]{12,40})(?:/|%2F)"),
    Rule("signature", ("security-token",), r"(?i)security-token(?:=|%3D|:\s*)([A-Za-z0-9+/%=_\-]{20,})"),
    Rule("signature", ("sig=", "sig%3d"), r"(?i)(?:[?&;\s\"']|%26|^)sig(?:=|%3D)([A-Za-z0-9+/%_\-]{16,}={0,2})"),
    Rule("command-password", ("--pass", "-pass", "--token", "--secret", "--api-key", "--access-key", "--auth-token", "storepass", "keypass"),
         r"(?:^|[\s\"'])--?(?:pass|(?:src|dest|store|key|srcstore|deststore|srckey|destkey)pass|passwd|password|token|secret|api-key|access-key|secret-key|auth-token)(?:[ \t]+|=|[ \t]*\\\r?\n[ \t]*|\r?\n[ \t]*- )[\"']?([^\s\"'\-][^\s\"']{5,})", _has_digit_or_long),
    Rule("password", ('" -> "',), r"(?i)(?:password|passwd|secret|token|(?:api|access|private)_?key|credentials?)[a-z0-9_]{0,24}\s{0,24}[=:]\s{0,4}\"[^\"\n]{0,200}\" -> \"([^\"\n]{4,200})\""),
    Rule("command-password", ("curl", "-u", "--user", "--proxy-user"), r"(?:\s-[uU]|--user|--proxy-user)\s+[\"']?[^\s:\"']{1,64}:([^\s\"']{3,})"),
    Rule("url-password", ("@",), r"(?:^|[\s\"'(\[,=>])[A-Za-z0-9._\-]{1,64}:([^\s:/@\"'<>{}\[\]]{4,64})@(?:(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,24}\b|[A-Za-z0-9.\-]{1,253}:[0-9]{2,5}\b)", _signless),
    Rule("url-password", ("@tcp(", "@unix("), r"[A-Za-z0-9._\-]{1,64}:([^\s:/@\"'<>]{2,128})@(?:tcp|unix)\("),
    Rule("command-password", ("http",), r"\bhttps?\s[^\n]{0,120}?(?:-a|--auth)[ =][\"']?[^\s:\"']{1,64}:([^\s\"']{3,})"),
    Rule("command-password", ("sqlcmd", "bcp ", "isql", "osql", "sqlpackage"), r"\b(?:sqlcmd|bcp|isql|osql)\b[^\n]{0,160}?\s-P\s{0,2}[\"']?([^\s\"'\-][^\s\"']{2,})"),
    Rule("authorization", ("response=",), r"(?i)\bdigest\b[^\n]{0,600}?\bresponse=\\?[\"']?([0-9a-f]{32,64})"),
    Rule("vault", ("$ansible_vault",), r"\$ANSIBLE_VAULT;[0-9.]+;AES256(?:;[^\s]{1,64})?\s+([0-9a-f\s\\n]{40,})", across=True),
    Rule("command-password", ("lftp", "smbclient", "winexe", "rpcclient"), r"\b(?:lftp|smbclient|winexe|rpcclient)\b[^\n]{0,120}?\s(?:-u|-U|--user)[ =][\"']?[^\s,%\"']{1,64}[,%]([^\s\"']{3,})"),
    Rule("command-password", ("ipmitool", "schtasks", "plink", "psexec", "winscp", "pscp"), r"(?:\bipmitool\b[^\n]{0,120}?\s-P|\bschtasks\b[^\n]{0,160}?\s/rp|\b(?:plink|pscp)\b[^\n]{0,120}?\s-pw|\bpsexec\b[^\n]{0,120}?\s-p)\s+[\"']?([^\s\"'\-/][^\s\"']{2,})"),
    Rule("htpasswd", ("{ssha", "{sha", "{smd5}", "{md5}", "{crypt}"), r"\{(?:S?SHA(?:[0-9]{3})?|S?MD5|CRYPT)\}([A-Za-z0-9+/$.]{20,}={0,2})"),
    Rule("one-time-code", (" code ", " otp "), r"(?i)\b(?:verification|security|login|sign-?in|confirmation|sms|2fa|mfa|otp|one[ \-]time) (?:code|otp) ([0-9]{6})\b"),
    Rule("authorization", ("negotiate ",), r"(?i)\bnegotiate ([A-Za-z0-9+/]{20,}={0,2})"),
    Rule("command-password", (" -p",), r"\s-u[ =]?[\"']?[^\s\"']{1,64}[\"']? (?:[^\n|;]{0,80}? )?-[pP] ?[\"']?([^\s\"'\-/][^\s\"']{3,64})", _looks_chosen),
    Rule("command-password", ("snmpwalk", "snmpget", "snmpset", "snmpbulk", "snmptrap"), r"\s-[AX]\s+[\"']?([^\s\"'\-][^\s\"']{5,64})", _has_number),
    Rule("command-password", ("add_user", "change_password"), r"\b(?:add_user|change_password)\s+[^\s]{1,64}\s+[\"']?([^\s\"']{4,64})", _looks_chosen),
    Rule("command-password", ("user ", " pass ", " login "), r"\b(?:USER [^\s]{1,64}|IRC|POP3?|FTP|IMAP)\s+PASS ([^\s]{4,64})"),
    Rule("command-password", (" login ",), r"\b[A-Za-z]{0,4}[0-9]{1,6} LOGIN \"?[^\s\"]{1,64}\"? \"?([^\s\"]{4,64})", _looks_chosen),
    Rule("command-password", ("codecov",), r"\bcodecov\b[^\n]{0,80}?\s-t\s+([0-9a-f\-]{36})"),
    Rule("key", tuple(f"{word}{sign}" for word in "tok token key apikey api sk secret pat auth access refresh sess session bearer live test sandbox bot hook".split() for sign in "_-"),
         r"\b(?i:tok|token|key|apikey|api|sk|secret|pat|auth|access|refresh|sess|session|bearer|live|test|sandbox|bot|hook)(?:[_\-](?i:live|test|prod|dev|pat|key|sec|secret|api|v[0-9]))?[_\-][A-Za-z0-9]{20,}\b", _prefixed),
    Rule("key", LONG, r"\b[a-z]{2,12}[_\-](?:[a-z0-9]{2,8}[_\-]){0,2}[A-Za-z0-9]{30,}\b", _prefixed),
    Rule("command-password", (" -u", "--user"), r"(?:\s-u|--user)\s+[\"']?([A-Za-z0-9_\-]{16,128}):[^\s@]{0,8}(?:\s|$|[\"'])", _looks_random),
    Rule("password", ("password",), r"(?i:password)[\"']?[^\n]{0,20}?[:= ][\"']?((?:[A-Za-z0-9]{4} ){3,5}[A-Za-z0-9]{4})\b", _has_every_case),
    Rule("url-token", ("appid=", "app_id="), r"[?&]app_?id=([0-9a-f]{32})\b"),
    Rule("url-token", LONG, r"[?&][a-z_]{1,16}=([A-Za-z0-9_\-]{40,200})(?:[&#\s\"']|$)", _looks_generated),
    Rule("token", ("refresh=", "access=", "refresh:", "access:"), r"\b(?:refresh|access)[=:] ?([A-Za-z0-9_\-]{32,256})\b", _looks_random),
    Rule("command-password", ("mysql", "mariadb"), r"\bmysql[a-z]*\b[^\n]{0,80}?\s-p([^\s\-][^\s]{3,})"),
    Rule("command-password", ("identified by", "identified with"), r"(?i)identified (?:with \S{1,60} )?(?:by|as) (?:password )?'([^'\n]{1,200})", _identifies),
    Rule("command-password", ("login",), r"\blogin\s+\S+\s+password\s+([^\s\"']+)"),
    Rule("command-password", ("redis-cli",), r"\bredis-cli\b[^\n]{0,80}?\s-a\s+[\"']?([^\s\"']{3,})"),
    Rule("command-password", ("login",), r"\blogin\b[^\n]{0,60}?\s-p\s+[\"']?([^\s\"'\-][^\s\"']{3,})"),
    Rule("basic-auth", ("basicauth(", "basic_auth("), r"(?i)basic_?auth\(\s*[\"'][^\"'\n]{0,100}[\"'],\s*[\"']([^\"'\n]{1,200})"),
    Rule("one-time-code", ("kode ", "kod ", "koden ", "koodi ", "kodu ", "code est", "código ", "codice ", "kód "), r"(?i)\b(?:kode|kod|koodi|kodu|code|código|codice|kód)(?:en|et|n|si)? (?:er|är|on|to|je|est|es|è|é) ([0-9]{4,8})\b", foreign_code),
    Rule("authorization-code", ("&state=",), r"\bcode=([A-Za-z0-9_\-./%]{16,})&state="),
    Rule("token", ("consul", "nomad", "acl"), r"(?i:consul|nomad|acl)[^\n]{0,48}?token[\"' :=]{1,3}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b"),
    Rule("token", ("1/",), r"\b1/[0-9]{8,20}:([0-9a-f]{32})\b"),
    Rule("token", ("x-honeycomb-team",), r"(?i)x-honeycomb-team[\"']?[:=] ?[\"']?([A-Za-z0-9]{20,64})\b"),
    Rule("authorization-code", ("code=",), r"(?:^|[?&])code=([A-Za-z0-9_\-./%]{16,})", _has_number),
    Rule("one-time-code", ("your",), r"(?i)\byour [a-z \-]{0,30}(?:code|pin|otp)(?: is|:)\s*([0-9]{4,8})\b"),
    Rule("command-password", ("sshpass",), r"\bsshpass\s+-p\s*[\"']?([^\s\"']{3,})"),
    Rule("htpasswd", ("$apr1$", "$2y$", "$2a$", "$2b$", "$1$", "$5$", "$6$", "$argon2", "pbkdf2", "$y$", "$7$", "$scrypt"),
         r"(?:\$(?:2[abxy]|apr1|1|5|6|y|7|sha1|scrypt|argon2(?:id|i|d)?|pbkdf2(?:-sha\d+)?)\$[A-Za-z0-9./+=,$_\-]{20,}|pbkdf2_sha\d+\$\d+\$[A-Za-z0-9]+\$[A-Za-z0-9+/=]{20,})"),
    Rule("url-token", ("hook", "/incoming/", "/invite/", "/reset", "/verify", "/confirm/", "/activate/", "/unsubscribe/", "/magic/", "/share/", "/token/", "/tokens/", "/services/", "/login/", "/integration", "/ingest/"),
         r"(?i)/(?:[a-z\-]*hooks?[a-z0-9\-]*|incoming|invite|integrations?|ingest|(?:password[_\-/])?reset(?:[_\-]password)?|verify(?:-email)?|confirm|activate|unsubscribe|magic(?:-link)?|share|tokens?|services|login)/(?:[A-Za-z0-9_\-]{1,32}/){0,3}([A-Za-z0-9_\-]{18,200})", _looks_random),
    Rule("url-token", LONG, r"(?i)/([a-z0-9]{6,7}-[0-9a-f]{32,64})(?:[/?#\s\"'\\<)]|$)"),  # as Django makes them
    Rule("url-token", _AWAITED, rf"(?i)/[a-z_\-]{{0,24}}(?:{'|'.join(_AWAITED)})[a-z_\-]{{0,24}}/(?:[A-Za-z0-9_=\-]{{1,32}}/){{0,3}}([A-Za-z0-9_\-]{{20,200}})", _looks_random),
    Rule("url-token", ("key=", "k=", "auth=", "secret=", "hash=", "t=", "ticket=", "state=", "code=", "sid=", "token=", "s="),
         r"(?:^|[?&#])(?:key|k|auth|secret|hash|t|ticket|state|code|sid|[a-z_]*token|s)=([A-Za-z0-9_\-]{18,200})", _looks_generated),
    Rule("paseto", (".local.", ".public."), r"\bv[1-4]\.(?:local|public)\.([A-Za-z0-9_\-]{20,}(?:\.[A-Za-z0-9_\-]+)?)"),
    Rule("wallet-key", ("prv",), r"[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{90,}"),
    Rule("wallet-key", ("privkey", "priv_key", "private", "wallet"), r"(?i)(?:priv(?:ate)?[ _]?key|wallet)[a-z ]{0,12}[\"' :=]{1,4}((?:0x)?[0-9a-f]{64})\b"),
    Rule("recovery-phrase", ("mnemonic", "phrase", "seed", "recovery", "words"),
         r"(?i)(?:mnemonic|phrase|seed|recovery words|words)[\"']?\s*(?:is|[:=])?\s*[\"'\[]{0,2}((?:[a-z]{3,8}[\"', ]{1,4}){11,23}[a-z]{3,8})\b"),
    Rule("license-key", NUMBER, r"\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3,5}\b|\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3,7}\b|\b[A-Z0-9]{6}(?:-[A-Z0-9]{6}){3,5}\b", _mixed_groups),
    Rule("recovery-code", ("codes",), r"(?i)(?:recovery|backup|scratch)[ _]codes?[\"']?(?: are)?[\s:=\[\"']{1,6}((?:[A-Za-z0-9]{3,10}(?:[\- ][A-Za-z0-9]{3,10})?[\"',\s]{1,4}){1,15}[A-Za-z0-9]{3,10}(?:-[A-Za-z0-9]{3,10})?)", _has_number),
    Rule("one-time-code", ("code",), r"(?i)\b([0-9]{3}[ \-]?[0-9]{3}|[0-9]{4}) (?:is|as|ist|es|est) (?:your|the|dein|ihr|tu|su|votre|ton) [a-z\- ]{0,24}(?:code|c\xc3\xb3digo|pin|otp)"),
    Rule("one-time-code", ("code", "otp", "passcode", "c\u00f3digo"), r"(?i)\b(?:verification|security|login|sign-?in|confirmation|access|authentication|one[ \-]time|2fa|mfa|otp|sms|best\xc3\xa4tigungs)[ \-]?(?:code|pin|passcode|c\xc3\xb3digo)?(?: (?:for|to) [^\s:]{1,60})?(?: is| ist| es| est|:| -)+ ?([0-9]{3}[ \-]?[0-9]{3}|[0-9]{4,8})\b"),
    Rule("command-password", ("auth plain", "auth login"), r"(?i)\bAUTH (?:PLAIN|LOGIN)[\s:]+(?:334 [A-Za-z0-9+/=]*\s+)?([A-Za-z0-9+/]{6,}={0,2})"),
    Rule("command-password", ("334 ugfzc3dvcmq6",), r"(?i)334 UGFzc3dvcmQ6\s+([A-Za-z0-9+/]{4,}={0,2})", across=True),
    Rule("command-password", ("auth",), r"\"?\bAUTH\"?[ \t]+(?:\"?[A-Za-z0-9_\-]{1,32}\"?[ \t]+)?\"?([^\s\":,()]{6,200})", _has_number),
    Rule("command-password", ("pass ",), r"(?m)(?:^|> ?|C: |SEND: )PASS ([^\s]{3,})", _looks_chosen),
    Rule("command-password", ("community",), r"(?i)\b(?:snmp-server )?community(?: string| name)?[ :=\"']{1,4}([^\s\"',;]{4,40})", _has_number),
    Rule("command-password", ("--password-stdin", "chpasswd", "sudo -s"), r"\becho\s+(?:-n\s+)?[\"']?([^\s\"'|$]{3,})[\"']?\s*\|\s*(?:[^|\n]{0,80})(?:--password-stdin|chpasswd|sudo -S)"),
    Rule("command-password", ("thin:", "sqlplus", "expdp", "impdp", "sqlldr", "userid="), r"(?:thin:|sqlplus(?: -[a-zA-Z])* |(?:expdp|impdp|sqlldr) |userid=)\"?[A-Za-z0-9_$#]{1,64}/\"?([^\s@/\"'\\]{2,128})"),
    Rule("command-password", (":5432:", ":5433:", ":6432:", ":*:"), r"(?m)^[^\s:#]{1,128}:(?:\*|[0-9]{4,5}):[^\s:]{1,64}:[^\s:]{1,64}:([^\s]{2,128})$"),
    Rule("command-password", ("__construct(", "provider(", "credentials(", "credential(", "mysqli", "ldap_bind(", "getconnection(", "oci_connect(", "ftp_login(", "imap_open(", "login(", "authenticate(", "connect(", "auth("),
         r"(?i)(?:pdo->__construct|mysqli(?:->__construct|_connect)?|ldap_bind|getconnection|oci_connect|ftp_login|imap_open|login|authenticate|connect|auth|[a-z]{0,24}(?:authprovider|credentials?))\(\s*(?:Object\([^()]*\), ?)?(?:[\"'][^\"'\n]{0,200}[\"'],\s*){1,2}[\"']([^\"'\n]{4,128})[\"']", _looks_chosen),
    Rule("command-password", ("password={", "pwd={"), r"(?i)(?:password|pwd)=\{([^{}\n\"]{2,128}(?:\}\}[^{}\n\"]*|\}[^;\s\"'{}]+)*)\}(?:[;)]|$|[\s\"'])", _chosen_or_symbolic),
    Rule("password", ("password", "passwort", "passcode", "contrase\u00f1a", "mot de passe", "senha", "passwd"),
         r"(?i)(?:password|passwort|passcode|passwd|contrase\xc3\xb1a|mot de passe|senha)(?: [a-z\x80-\xff]{3,14})?(?: (?:for|of|to|f\xc3\xbcr|de|pour|is now|has been|was|changed|reset|set)[^\n:=\"]{0,60}?)?(?:(?: is| to| lautet| ist| es| est| \xc3\xa9|:)+) *[\"'`]?([^\s\"'`,;]{4,64})", _strong),
    Rule("password", ("pass ", "password ", "passwort ", "pw ", "pwd "), r"(?i)\b(?:pass|password|passwort|pw|pwd|passwd) [\"'`]?([^\s\"'`,;()]{5,64})", _strong),
    Rule("one-time-code", ("otp", "passcode", "pin "), r"\b(?:OTP|otp|[Pp]asscode|PIN)(?: code)? ([0-9]{4,8})\b"),
    Rule("web-key", ('"k"', '"d"'), r"\"(?:k|d|p|q|dp|dq|qi)\"\s*:\s*\"([A-Za-z0-9_\-]{20,})\"", also=("kty",)),
    Rule("signature", ("v1=", "v0="), r"\bv[01]=([0-9a-f]{64})\b"),
    Rule("command-password", ("openssl", "zip ", "7z ", "ldap", "mosquitto_", "--passphrase", "rar "), r"(?:\b(?:openssl enc|zip|unzip|7z|rar|ldap[a-z]+|mosquitto_[a-z]+)\b[^\n]{0,160}?\s-(?:k|P|p|w)|--passphrase)[ =]?([^\s\-]\S{3,})", _looks_chosen),
    Rule("command-password", ("securestring", "net user", "/user:", "net use"), r"(?i)(?:convertto-securestring (?:-string |: )?[\"']|\bnet user \S{1,64} |/user:\S{1,64} )([^\s\"']{4,64})", _looks_chosen),
    Rule("command-password", ("crypt(", "md5(", "sha1(", "sha2(", "sp_addlogin", "sp_password", "encrypt("), r"(?i)(?:\b(?:aes_)?(?:en)?crypt\(|\bmd5\(|\bsha[12]\(|sp_addlogin\s+N?'[^'\n]{1,64}',\s*|sp_password\s+N?'[^'\n]{0,64}',\s*)N?'([^'\n]{4,128})'", _looks_chosen),
    Rule("url-password", ("sip:", "sips:"), r"\bsips?:[^\s:@]{1,64}:([^\s@:]{2,64})@"),
    Rule("password", ("cred", "login", "auth"), r"(?i)(?:cred(?:ential)?s?|login|auth(?:entication)?)[a-z ]{0,24}[: ] ?\S{1,64} ?[/|:] ?([^\s\"'`,;/]{5,64})", _strong),
    Rule("password", ("password", "passwort", "passwd"), r"(?i)pass(?:word|wort|wd)[^\n:=]{0,24} from [\"']?([^\s\"']{4,64}) to ", _looks_chosen),
    Rule("password", ("\u043f\u0430\u0440\u043e\u043b\u044c", "\u5bc6\u7801", "contrase\u00f1a", "senha", "mot de passe", "has\u0142o", "wachtwoord"), r"(?:\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c|\xe5\xaf\x86\xe7\xa0\x81|contrase\xc3\xb1a|senha|mot de passe|has\xc5\x82o|wachtwoord)(?: [a-z\x80-\xff]{3,16}:)?[ :]{1,2}[\"']?([^\s\"'`,;]{5,64})", _looks_chosen),
    Rule("url-token", ("://",), r"[a-z][a-z0-9+.\-]{1,20}://([A-Za-z0-9_\-]{20,256})@[A-Za-z0-9.\-]+", _looks_random),
    Rule("url-token", ("/private-", "/secret-", "/token-", "/key-", "private/"), r"/(?:private|secret|token|key)[\-/]([0-9a-f]{24,64}|[A-Za-z0-9_\-]{22,128})(?:[/?.\s\"']|$)", _looks_random),
    Rule("password", ("after",), r"missing \\?\"=\\?\" after \\?\"([^\"\s\\]{4,128})\\?\" in connection"),
    Rule("command-password", ("client('", 'client("', "bind(", "bind_s(", "_pw_set(", "set_password(", "sign_in(", "session('", "login_user(", "set_credentials("),
         r"(?i)\b[a-z_.]{0,32}(?:client|bind|bind_s|pw_set|set_password|sign_in|session|login_user|set_credentials)\(\s*[\"'][^\"'\n]{1,200}[\"'],\s*[\"']([^\"'\n]{6,128})[\"']", _looks_chosen),
    Rule("license-key", ("licen", "serial", "product key", "activation", "registration", "recovery", "backup", "unlock", "emergency"), r"(?i:licen[cs]e|serial|product|activation|registration|recovery|backup|unlock|emergency)[^\n]{0,24}?\b((?:[A-Z0-9]{4}-){3,7}[A-Z0-9]{4}|(?:[A-Z0-9]{5}-){3,5}[A-Z0-9]{5})\b", _has_number),
    # one-time codes in other languages
    Rule("one-time-code", ("code", "código", "codice", "kod", "код", "验证码", "驗證碼", "校验码", "動態密碼", "動的パスワード", "認証コード", "確認コード", "인증번호", "인증 코드", "رمز", "קוד", "otp"),
         r"(?:(?i:(?:ihr|dein|votre|ton|your|su|tu|seu|il tuo|je|uw|twój|din) (?:[a-z\x80-\xff\-]{1,20} )?(?:code|código|codice|kod|codigo)|\b(?:code|código|codice|codigo)(?: [a-z\x80-\xff]{1,20}){0,3}|(?:bestätigungs|verifizierungs|sicherheits|anmelde|verificatie|bevestigings)-?code|kod (?:weryfikacyjny|sms)|doğrulama kodu|onay kodu|(?:К|к)од(?: (?:подтверждения|доступа|из смс|підтвердження))?)|\b[A-Za-z][a-z]{3,20}code|验证码|驗證碼|校验码|認証コード|確認コード|인증번호|인증 코드|رمز التحقق|קוד האימות)"
         r"(?: ?(?i:lautet|ist|est|es|é|è|is|jest|är|er|on|是|为|為|は|는|은|：|:|=)){1,2}\s{0,3}([0-9]{3}[ \-]?[0-9]{3}|[0-9]{4,8})\b", foreign_code),
    # protocols and devices
    Rule("command-password", ("login ",), r"(?i:\bimap[0-9a-z]*|\bpop3?|C)[>:]? LOGIN \"?[^\s\"]{1,64}\"? \"?([^\s\"]{4,64})", _looks_chosen),
    Rule("command-password", ("auth login",), r"(?i)\bAUTH LOGIN [A-Za-z0-9+/=]{2,64}[ \t]+([A-Za-z0-9+/]{4,}={0,2})"),
    Rule("command-password", ("auth login",), r"(?i)\bAUTH LOGIN [A-Za-z0-9+/=]{2,64}[ \t]*\r?\n[ \t]*([A-Za-z0-9+/]{4,}={0,2})[ \t]*(?:[\r\n]|$)"),
    Rule("command-password", ("password ", "secret ", "key ", "psk"), r"(?i)\b(?:password|secret|key(?:-string)?|md5|wpa-psk ascii|psk ascii|psk hex|wpa-psk hex) [0-9] ([^\s\"']{8,128})", _has_number),
    Rule("command-password", ("-p ",), r"(?:^|\s)-P ([^\s\-][^\s]{3,64})(?:[^\n]{0,80}?\s-[USd]\b)", _looks_chosen),
    Rule("command-password", ("/p:", "/password:", "/pass:"), r"(?i)(?:^|\s)/p(?:ass(?:word)?)?:[\"']?([^\s\"']{4,64})", _looks_chosen),
    Rule("secure", ("secure:",), r"\bsecure: ?[\"']?([A-Za-z0-9+/]{80,}={0,2})"),
    Rule("authorization", ("hawk",), r"(?i:hawk)\b[^\n]{0,300}?\bmac=\\?\"([^\"\n]{16,128}?)\\?\""),
    Rule("authorization", ("tlrmtvntuaa",), r"TlRMTVNTUAA[A-Za-z0-9+/]{20,}={0,2}"),
    Rule("htpasswd", ("ntlm", "nt hash", "lm hash", "nthash", "lmhash"), r"(?i:ntlm(?:v2)?|nt|lm)[ _\-]?(?i:hash)?[ :=\"']{1,4}((?:[0-9a-f]{32}:)?[0-9a-fA-F]{32})\b"),
    Rule("htpasswd", ("scrypt:", "pbkdf2:"), r"\b(?:scrypt|pbkdf2):[a-z0-9:]{1,40}\$([^$\s]{4,64}\$[0-9a-f]{32,256})"),
    Rule("private-key", ("ibaak", "ibadanbgkqh", "mhccaqee", "mighageamb"), r"\b(?:MII[A-Za-z0-9+/]{1,4}IBAAK|MII[A-Za-z0-9+/]{1,4}IBADANBgkqh|MHcCAQEE|MIGHAgEAMB)[A-Za-z0-9+/=\\\s]{20,}"),
    Rule("private-key", ("exponent", "prime1", "prime2", "coefficient"), r"(?i:private ?exponent|prime[12]|coefficient|exponent[12])[^\n]{0,8}?[:=]\s{0,4}(?:0x)?([0-9a-fA-F:\s]{32,})"),
    Rule("recovery-code", NUMBER, r"\b(?:[0-9]{6}-){7}[0-9]{6}\b"),
    Rule("password", ("密码", "密碼", "口令", "パスワード", "비밀번호", "暗証番号"), r"(?:密码|密碼|口令|パスワード|비밀번호|暗証番号)(?:是|为|為|は|는|은|：|:|=|\s){1,3}[\"'「]?([!-~]{5,64})", _looks_chosen),
    # a secret before the words that say what it is
    Rule("token", ("token", "secret", "_key", "api key", "apikey", "access key", "private key", "password", "credential", "session id", "license key"),
         r"(?:^|[\s\"'`(\[<:,])((?:0x)?[A-Za-z0-9_+/=\-]{22,})[\"'`)\]>]{0,2},? (?:(?:is|was|isn't|wasn't|not|no|longer|an?|the|your|my|this|our|valid|invalid|unknown|expired|revoked|recogni[sz]ed|correct|wrong|for|as|has|been|used|given|passed|user|client) ){0,6}[\"'`]?[A-Za-z_]{0,24}(?i:token|secret|api[ _\-]?key|_key|access key|private key|password|credential|session id|licen[cs]e key)",
         _drawn_before),
    Rule("password", ("_password ", "_pass ", "_passwd ", "_pwd ", "_secret "), r"\b[a-z]{1,24}_(?:password|passwd|pass|pwd|secret)[ \t]+[\"']?([^\s\"'=:,;()\[\]{}<>]{8,128})", _strong),
    Rule("password", ("passphrase for", "password for"), r"(?i)pass(?:word|phrase) for [^\n]{1,80}?: ?[\"']?([^\s\"'/]{6,64})", _strong),
    Rule("session", ("session", "token", "secret", "apikey", "api_key", "credential", "auth"), r"(?i)[\"'](?:session|token|secret|api_?key|credentials?|auth)[\"']\s{0,4}:\s{0,4}\{\s{0,8}[\"'](?:id|value|key|secret|token|hash)[\"']\s{0,4}:\s{0,4}[\"']([A-Za-z0-9_\-+/=]{16,256})[\"']", _looks_generated),
    Rule("masked", ("::add-mask::", "issecret=true]"), r"(?:::add-mask::|;issecret=true\])([^\s]{4,256})"),
    Rule("password", ("_password", "_pass", "_pwd", "_secret", "_token", "_key"), r"\b[A-Z][A-Z0-9]*_(?:[A-Z0-9]{1,16}_){0,4}(?:PASSWORD|PASSWD|PASS|PWD|SECRET|TOKEN|KEY)[ \t]+[\"']?([^\s\"'=:,;()\[\]{}<>]{8,128})", _strong),
    Rule("one-time-code", (" use ", "use ", "enter ", " type "), r"(?i)\b(?:use|enter|type|submit)(?: (?:the |this )?(?:code|otp|pin))?:? ([0-9]{3}[ \-]?[0-9]{3}|[0-9]{4,8}) (?:to|as|for) (?:sign|log|verify|confirm|authenticat|complete|your|access|continue|reset|activate|unlock)"),
    Rule("command-password", ("/user:",), r"(?i)\bnet use [^\n]{0,80}?\s([^\s\\/:*]{4,64}) /user:", _looks_chosen),
    # of products, as they print them
    Rule("htpasswd", ("scram-sha-",), r"SCRAM-SHA-(?:1|256|512)\$([0-9]+:[A-Za-z0-9+/=]{8,}\$[A-Za-z0-9+/=]{20,}:[A-Za-z0-9+/=]{20,})"),
    Rule("command-password", ("secret ", "password ", "key "), r"\b(?:secret|password|key) [4-9] (\$[0-9]+\$[^\s]{20,}|[0-9A-F]{10,})"),
    Rule("command-password", ("n'",), r"(?i)\bpassword\s*=\s*N'([^'\n]{1,128})'"),
    Rule("password", ("password=[", "passwd=[", "pwd=[", "secret=[", "token=["), r"(?i)(?:password|passwd|pwd|secret|token)=\[([^\[\]\s,]{4,128})\]", _looks_chosen),
    Rule("password", ("password...", "secret...", "token..."), r"(?i)(?:password|secret|token)\.{3,}([^\s.*<]{4,128})"),
    Rule("url-password", ("postgres", "mysql", "mariadb", "redis", "mongodb", "amqp"),
         r"(?:postgres(?:ql)?|mysql|mariadb|rediss?|mongodb(?:\+srv)?|amqps?)(?:\+[a-z0-9]+)?(?:://?|//?)[^\s:/@\"']{0,64}:([^\s@/\"']{2,128})@", _is_userinfo),
    Rule("one-time-code", ("c\u00f3digo", "codigo", "codice", "code", "kode", "kod", "kodu"),
         r"(?i)\b(?:c(?:\xc3\xb3|o)digo|codice|code|kode|kodu?) (?:de |di |d')?(?:verifica|v(?:\xc3\xa9|e)rification|seguran|seguridad|acceso|acesso|confirma|autentica|weryfikac|verifikasi|do\xc4\x9frulama)[^\n0-9:]{0,24}?:? ?([0-9]{4,8})\b"),
    Rule("key", ("api_key", "api key", "app_key", "apikey"), r"(?i)(?:api|app)[_ ]?key\b[^\n:=]{0,40}[:=] ?([0-9a-f]{32,64})\b"),
    Rule("wallet-key", ("privatekey", "private key", "private_key"), r"(?i)(0x[0-9a-f]{64})\b[^\n]{0,24}?private[ _]?key"),
    Rule("command-password", (" -c ",), r"\s-v ?(?:1|2c?)\b[^\n]{0,80}?\s-c\s+[\"']?([^\s\"'\-]\S{2,63})", _has_number),
    Rule("command-password", ("obsutil", "ossutil", "coscli"), r"\b(?:obsutil|ossutil|coscli) config\b[^\n]{0,80}?\s-i[ =]([A-Z0-9]{16,40})\b"),
    Rule("command-password", ("obsutil", "ossutil", "coscli"), r"\b(?:obsutil|ossutil|coscli) config\b[^\n]{0,160}?\s-k[ =](\S{20,128})"),
    Rule("command-password", ("db2",), r"\bdb2\b[^\n]{0,60}? connect to \S{1,64} user \S{1,64} using ([^\s\"']{2,128})"),
    Rule("token", ("crumb",), r"(?i)\bcrumb[\"']?[:=] ?[\"']?([0-9a-f]{32,64})\b"),
    Rule("private-key", ("client-key-data", "client_key_data"), r"client[\-_]key[\-_]data[\"']?[:=] ?[\"']?([A-Za-z0-9+/]{24,}={0,2})"),
    Rule("pin", ("pinblock", "pin_block", "pin block"), r"(?i)pin[_ ]?block[\"']?[:= ]{1,3}[\"']?([0-9A-F]{16})\b"),
    Rule("session", ("_auth_user_hash",), r"_auth_user_hash['\"]?[:=] ?['\"]?([0-9a-f]{40,64})\b"),
    Rule("user", ("denied to ",), r"\b[Pp]ermission to \S{1,120} denied to ([A-Za-z0-9\-]{1,39})\b"),
    Rule("device", ("iphone", "ipad", "ipod", "macbook", "imac", "galaxy", "pixel", "apple watch", "phone", "laptop"),
         r"\b([A-Z][A-Za-z\x80-\xff\-]{1,24})(?:'|\xe2\x80\x99)s (?:iPhone|iPad|iPod|MacBook|iMac|Galaxy|Pixel|Apple Watch|Phone|Laptop)\b"),
    Rule("device", ("desktop-", "laptop-"), r"\b(?:DESKTOP|LAPTOP)-([A-Z0-9][A-Z0-9\-]{2,14})\b"),
    Rule("token", ("dg9ro",), r"\bdG9rO[A-Za-z0-9+/_\-]{20,}={0,2}"),
    Rule("command-password", ("args beginning with",), r"args beginning with: [`'\"]([^`'\"\s]{12,256})", _looks_random),
    Rule("command-password", ("pdo->__construct",), r"(?i)pdo->__construct\(\s*(?:[\"'][^\"'\n]{0,200}[\"'],\s*){2}[\"']([^\"'\n]{4,128})[\"']"),
    Rule("command-password", ("cx_oracle.connect", "oracledb.connect", "oci_connect"), r"(?i)(?:cx_oracle\.connect|oracledb\.connect|oci_connect)\(\s*[\"'][^\"'\n]{1,64}[\"'],\s*[\"']([^\"'\n]{4,128})[\"']"),
    Rule("htpasswd", ("$p$", "$h$"), r"\$[PH]\$[A-Za-z0-9./]{31}\b"),
    Rule("recovery-code", ("recovery code", "backup code", "scratch code"), r"(?i)(?:recovery|backup|scratch) codes?[^\n\[:]{0,24}[:\[ ]{1,4}([0-9a-z]{4,8}(?:-[0-9a-z]{4,8}){1,3})\b", _has_number),
    Rule("command-password", (":5432:", ":5433:", ":6432:", ":*:"), r"\s[A-Za-z0-9.\-*]{1,128}:(?:\*|[0-9]{4,5}):[^\s:]{1,64}:[^\s:]{1,64}:([^\s]{6,128})", _looks_random),
    Rule("command-password", ("command: login",), r"command: LOGIN \"?[^\s\"]{1,64}\"? \"([^\"\n]{4,64})\""),
    Rule("command-password", ("<<<",), r"<<< ?[\"']([^\"'\n]{4,64})[\"']", also=("cryptsetup", "passwd", "password", "sudo", "gpg", "openssl", "luks", "login", "chpasswd", "kinit")),
    Rule("session", ("secret_id", "secret-id"), r"(?i)secret[_\-]id[\"']?[:= ]{1,3}[\"']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b"),
    Rule("one-time-code", ("2fa", "mfa", "otp"), r"(?i)(?:2fa|mfa|otp)[^\n{}]{0,40}?\"code\": ?\"([0-9]{6})\""),
    Rule("one-time-code", ("2fa", "mfa", "otp"), r"(?i)\"code\": ?\"([0-9]{6})\"[^\n{}]{0,40}?(?:2fa|mfa|otp)"),
    Rule("one-time-code", ("otp", "mfa", "totp"), r"(?i)(?:otp|mfa)[a-z]{0,12}\([^()\n]{0,60}?(?:expected|actual|code|got|value|given|entered)=[\"']?([0-9]{4,8})\b"),
    Rule("one-time-code", ("code ", "code: ", "kod ", "código ", "codice ", "pin "), r"(?:^|[.!?,;:]\s+)(?i:code|kode?|código|codice|pin)(?: is)?:? ([0-9]{4,8})(?:$|[.,;!\"'\n])", _told_somebody),
    Rule("password", ("password", "passwort", "passcode"), r"(?i)pass(?:word|wort|code) [a-z ]{0,40}\(([^\s()]{8,64})\)", _strong),
    Rule("url-token", ("sumologic",), r"sumologic\.[a-z.]{2,8}/receiver/v1/http/([A-Za-z0-9_\-=]{40,256})"),
)  # fmt: skip
