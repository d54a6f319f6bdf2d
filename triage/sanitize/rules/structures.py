"""Secrets known by the place they stand in: URLs, headers, key blocks, signatures, connection strings."""

from __future__ import annotations

from triage.sanitize.rule import Found, Rule

_NO_SECRET = frozenset(b"basic bearer token digest negotiate null none undefined".split())


def _is_credential(found: Found) -> bool:
    value = found.value
    return len(value) >= 4 and value.lower() not in _NO_SECRET and not value.startswith((b"[", b"{", b"$", b"<", b"%s", b"***"))


def _has_digit_or_long(found: Found) -> bool:
    value = found.value
    if not _is_credential(found) or not value.isascii():
        return False
    return len(value) >= 20 or any(48 <= byte <= 57 for byte in value) or b"=" in value[-2:]


def _is_userinfo(found: Found) -> bool:
    return not found.value.startswith((b"[", b"*", b"$", b"{", b"<", b"%s")) and found.value != b"x-oauth-basic"


def _unterminated(found: Found) -> bool:
    return b"-----END" not in found.data[found.start :]


STRUCTURES: tuple[Rule, ...] = (
    Rule("private-key", ("private key", "private+key", "private%20key"),
         r"(?s)-----BEGIN[ +]?(?:%20)?[A-Z0-9 +%]{0,40}PRIVATE(?: |\+|%20)KEY(?:(?: |\+|%20)BLOCK)?-----.*?-----END[ +%A-Z0-9]{0,48}-----", across=True),
    Rule("private-key", ("private key", "private+key", "private%20key"),
         r"-----BEGIN[ +]?(?:%20)?[A-Z0-9 +%]{0,40}PRIVATE(?: |\+|%20)KEY(?:(?: |\+|%20)BLOCK)?-----[A-Za-z0-9+/=\\\s:,\-%]*", _unterminated, across=True),
    Rule("private-key", ("putty-user-key-file",), r"(?s)PuTTY-User-Key-File-[0-9].{0,100}?Private-Lines: [0-9]+[A-Za-z0-9+/=\\\s:\-]*", across=True),
    Rule("private-key", ("openssh-key-v1", "b3blbnnzac1rzxktdje"), r"b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/=\\\s]{40,}", across=True),
    Rule("jwt", ("eyj",), r"eyJ[A-Za-z0-9_\-]{6,}\.(?:eyJ)?[A-Za-z0-9_\-]{4,}(?:\.[A-Za-z0-9_\-]*){1,3}"),
    Rule("url-password", ("://",), r"[A-Za-z][A-Za-z0-9+.\-]{1,30}://[^\s:/?#@\"'<>\[\]{}]{0,256}:([^\s/?#\"'<>@]{1,256}(?:[@/?#][^\s/?#\"'<>@]{1,128}){0,2})@[A-Za-z0-9\[.\-_%]", _is_userinfo),
    Rule("url-password", ("%3a%2f%2f",), r"(?i)%3A%2F%2F[^\s%&]{1,128}%3A([^\s&\"']{1,200}?)%40", _is_userinfo),
    Rule("url-token", ("://",), r"https?://([A-Za-z0-9_\-]{16,256})@[A-Za-z0-9.\-]+", _is_userinfo),
    Rule("authorization", ("bearer",), r"(?i)\bbearer(?:\s|%20|\+|:\s?)+([A-Za-z0-9_.~+/%|\-]{8,}={0,3})", _has_digit_or_long),
    Rule("authorization", ("basic",), r"(?i)\bbasic(?:\s|%20|\+)+([A-Za-z0-9+/_\-]{8,}(?:={1,2}|%3D)*)", _has_digit_or_long),
    Rule("authorization", ("authorization",), r"(?i)authorization\\*[\"']?\)?\]?(?:\s*(?:=>|[:=,])\s*|%3A(?:%20|\+)*)(?:b?[\\\"'\[]+)?(?:(?:basic|bearer|token|apikey|api-key|digest|negotiate|hmac|key|ntlm|oauth|ssws|aws4-hmac-sha256|genie[kK]ey|klaviyo-api-key|bot|dpop)\b[ \t]+)?([^\s\"'\\,;\[\]<>{}=][^\r\n\"'\\]{2,900})", _is_credential),
    Rule("signature", ("signature",), r"(?i)\bx-(?:amz|goog|oss|cos|ms)-signature(?:=|%3D|:\s*)([0-9A-Za-z+/%=_\-]{16,})"),
    Rule("signature", ("signature=",), r"\bSignature=([0-9A-Za-z+/%=_\-]{16,})"),
    Rule("signature", ("credential=",), r"(?i)\bx?-?(?:amz-)?credential=([A-Za-z0-9]{12,40})(?:/|%2F)"),
    Rule("signature", ("security-token",), r"(?i)security-token(?:=|%3D|:\s*)([A-Za-z0-9+/%=_\-]{20,})"),
    Rule("signature", ("sig=", "sig%3d"), r"(?i)(?:[?&;\s\"']|%26|^)sig(?:=|%3D)([A-Za-z0-9+/%_\-]{16,}={0,2})"),
    Rule("command-password", ("--pass", "-pass", "--token", "--secret", "--api-key", "--access-key", "--auth-token"),
         r"(?:^|[\s\"'])--?(?:pass|passwd|password|token|secret|api-key|access-key|secret-key|auth-token)(?:\s+|=)[\"']?([^\s\"'\-][^\s\"']{5,})", _has_digit_or_long),
    Rule("command-password", ("curl", "-u", "--user"), r"(?:\s-u|--user)\s+[\"']?[^\s:\"']{1,64}:([^\s\"']{3,})"),
    Rule("command-password", ("mysql", "mariadb"), r"\bmysql[a-z]*\b[^\n]{0,80}?\s-p([^\s\-][^\s]{3,})"),
    Rule("command-password", ("identified by",), r"(?i)identified by '([^'\n]{1,200})"),
    Rule("command-password", ("login",), r"\blogin\s+\S+\s+password\s+([^\s\"']+)"),
    Rule("command-password", ("redis-cli",), r"\bredis-cli\b[^\n]{0,80}?\s-a\s+[\"']?([^\s\"']{3,})"),
    Rule("command-password", ("login",), r"\blogin\b[^\n]{0,60}?\s-p\s+[\"']?([^\s\"'\-][^\s\"']{3,})"),
    Rule("basic-auth", ("basicauth(", "basic_auth("), r"(?i)basic_?auth\(\s*[\"'][^\"'\n]{0,100}[\"'],\s*[\"']([^\"'\n]{1,200})"),
    Rule("authorization-code", ("code=",), r"[?&]code=([A-Za-z0-9_\-./%]{16,})", _has_digit_or_long),
    Rule("one-time-code", ("your",), r"(?i)\byour [a-z \-]{0,30}(?:code|pin|otp)(?: is|:)\s*([0-9]{4,8})\b"),
    Rule("command-password", ("sshpass",), r"\bsshpass\s+-p\s*[\"']?([^\s\"']{3,})"),
    Rule("htpasswd", ("$apr1$", "$2y$", "$2a$", "$2b$", "$1$", "$5$", "$6$", "$argon2", "pbkdf2", "$y$", "$7$", "$scrypt"),
         r"(?:\$(?:2[abxy]|apr1|1|5|6|y|7|sha1|scrypt|argon2(?:id|i|d)?|pbkdf2(?:-sha\d+)?)\$[A-Za-z0-9./+=,$_\-]{20,}|pbkdf2_sha\d+\$\d+\$[A-Za-z0-9]+\$[A-Za-z0-9+/=]{20,})"),
)
