"""Personal data by its place in the messages that banks, hospitals, carriers and trackers exchange.

The places are those of the standards: HL7 v2 PID, DICOM group 0010, X12 NM1, EDIFACT NAD, SWIFT MT 50 and 59,
ISO 8583 field 2, ISO 7813 track 1, IATA's SSR DOCS, form of payment and boarding pass, NMEA 0183. What an error quotes of them has no names of fields to go by.
"""

from __future__ import annotations

from triage.sanitize.people import WORD, is_given
from triage.sanitize.rule import CAPITALS, NUMBER, Found, Rule
from triage.sanitize.rules.speech import DATE
from triage.sanitize.rules.things import is_thing
from triage.sanitize.validators import digits, drawn, has_iban_length, luhn, stands_alone

_FIELD = r"[^|\r\n]"
_TEXT = r"[^'+\r\n]"
_SWIFT_LINE = r"[A-Z0-9][A-Za-z0-9 /\-?().,'+]{0,34}"  # of at most 35 letters that all banks know


def _by_luhn(found: Found) -> bool:
    """A card's number with letters before it, which name its scheme or its track."""
    return luhn(digits(found.value))


def _drawn(found: Found) -> bool:
    return drawn(found.value, hexadecimal=True)


def _is_owner(found: Found) -> bool:
    """`Annas iPhone`; `This iPhone` has no owner, `Apples iPhone` is a brand's."""
    return (
        len(found.value) > 3
        and not is_thing(found.value)
        and (is_given(found.value) or is_given(found.value.removesuffix(b"s")))
    )


def _chosen(found: Found) -> bool:
    """Letters and digits of a password: no version behind a package, no digest of an image."""
    value = found.value
    return bool(digits(value)) and (found.after(3) == b"@//" or value.lower() != value != value.upper())


def _account(found: Found) -> bool:
    """As long as an IBAN of its country, whatever its check digits say: a wrong one is somebody's, too."""
    return has_iban_length(found.value.replace(b" ", b"")) and stands_alone(found)


_ACCOUNTS = "account|acct|bank|konto|conto|compte|cuenta|conta|rekening|rachunek|hesap|iban|racun|ucet"
_OWNED = "von|de|di|van|d'|av|til|af|do|da|du|del|di|lui|uživatele|użytkownika|пользователя|от"
_GADGET = "iPhone|iPad|iPod|MacBook|iMac|Galaxy|Pixel|Apple Watch"

MESSAGES: tuple[Rule, ...] = (
    Rule("account", tuple(_ACCOUNTS.split("|")), rf"(?i)(?:{_ACCOUNTS})[a-z_]{{0,16}}[\"']?[=: ({{]{{1,3}}[\"']?([A-Z]{{2}}[0-9]{{2}}[A-Z0-9]{{11,30}})\b", _account),
    Rule("password", ("@//", "connect", "sqlplus", "oracle", "ora-", "sqlldr", "dbi:"), r"(?:^|[\s\"'=(:])[A-Za-z][A-Za-z0-9_$#]{1,30}/([^\s/@\"'=:;,]{5,64})@(?://)?[A-Za-z]", _chosen),
    Rule("password", ("pgpass",), r"(?i)pgpass[^\n]{0,60}?[ \"'][^\s:\"']{1,128}:(?:[0-9]{2,5}|\*):[^\s:]{1,64}:[^\s:]{1,64}:([^\s:\"']{4,64})"),
    Rule("secret", ("chap-secrets", "pap-secrets"), r"(?:ch|p)ap-secrets[^\n]{0,40}?[: ]\"?[^\s\"]{1,64}\"?\s+\"?[^\s\"]{1,64}\"?\s+\"?([^\s\"]{4,64})\"?"),
    Rule("signature", ("sha1=", "sha256=", "sha512="), r"(?i)(?:signature|hmac|hub)[^\n]{0,80}?\bsha(?:1|256|512)=([0-9a-f]{40,128})\b"),
    Rule("device", tuple(f"の{gadget.lower()}" for gadget in _GADGET.split("|")), rf"([\xe3-\xe9][\x80-\xbf]{{2}}(?:[\xe3-\xe9][\x80-\xbf]{{2}}){{1,7}})の(?:{_GADGET})"),
    Rule("device", tuple(gadget.lower() for gadget in _GADGET.split("|")), rf"\b(?:{_GADGET}) (?:(?:{_OWNED}) ?|d'|d\xe2\x80\x99)({WORD}(?: {WORD})?)"),
    Rule("device", ("s iphone", "s ipad", "s macbook", "'in iphone", "'ın iphone", "nin iphone"), rf"(?:^|[\s\"'(])({WORD})(?:'in|'ın|'un|'nin|'nın|s) (?:{_GADGET})\b", _is_owner),
    Rule("name", ("name[", ".family", ".given"), r"\b[Nn]ame(?:\[[0-9]{1,3}\])?\.(?:family|given|text|prefix)(?:\[[0-9]{1,3}\])?[\"']?[ :=]{1,3}[\"']([^\"'\n]{2,80})[\"']"),
    Rule("national-id", ("patient?identifier=", "person?identifier=", "practitioner?identifier="), r"(?i)(?:Patient|Person|Practitioner|RelatedPerson)\?identifier=(?:[^\s&|\"']{0,120}\|)?([A-Za-z0-9\-]{6,24})"),
    Rule("address", (":50", ":59"), rf"(?m:^):(?:50[FGHK]?|59F?):(?:/[A-Z0-9\x1a]{{6,64}}[ ]*\r?\n)?[^\r\n:]{{2,70}}\r?\n((?:{_SWIFT_LINE}[ ]*\r?\n){{0,3}}{_SWIFT_LINE})", across=True),
    Rule("birth-date", ("dmg*",), r"\bDMG\*D8\*([0-9]{8})\b"),
    Rule("address", ("n3*",), r"\bN3\*([^*~\r\n]{3,60}(?:\*[^*~\r\n]{1,60})?)"),
    Rule("address", ("n4*",), r"\bN4\*([^*~\r\n]{2,40}\*[A-Z]{2}\*[0-9A-Z]{4,10})"),
    Rule("national-id", ("ref*",), r"\bREF\*(?:SY|0F|1L|IG|EI)\*([A-Z0-9\-]{5,30})\b"),
    Rule("name", ("per*",), r"\bPER\*[A-Z]{2}\*([^*~\r\n]{2,60})"),
    Rule("phone", ("*te*", "*cp*", "*fx*"), r"\*(?:TE|CP|FX)\*([0-9]{7,15})\b"),
    Rule("name", ("cta+",), rf"\bCTA\+[A-Z]{{2}}\+[^:+'\r\n]{{0,17}}:({_TEXT}{{3,35}})"),
    Rule("phone", ("com+",), r"\bCOM\+([+0-9][0-9 \-]{6,20}):(?:TE|AL|FX|MA)"),
    Rule("birth-date", ("dtm+329",), r"\bDTM\+329:([0-9]{8}):102"),
    Rule("birth-date", ("dob ", "dob:", "dob="), r"\bDOB[ :=]{1,2}([0-3][0-9](?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?:19|20)?[0-9]{2})\b"),
    Rule("birth-date", ("fædd", "født", "född", "narozen", "urodz", "született", "syntynyt", "sünd", "dzim", "gimę", "né le", "née le", "nato il", "nata il", "nacid", "nascid", "geboren", "rođen", "născut", "doğum", "γεννη", "родил", "народ", "роден"),
         rf"(?i)(?:fædd(?:ur)?|født|född|narozen[aáý]?|urodzon[ya]|született|syntynyt|sündinud|dzimis|gimęs|née? le|nat[oa] il|nacid[oa](?: el)?|nascid[oa](?: em)?|geboren(?: am| op)?|rođen[a]?|născut[ă]?|doğumlu|γεννηθε[^\s]{{1,8}}|родил[а-яё]{{1,4}}|народ[а-яіїє]{{2,7}}|роден[аи]?)[ :(]{{1,3}}([0-9]{{1,2}}\.? [A-Za-z\x80-\xff]{{3,24}}\.? [12][0-9]{{3}}|{DATE})"),
    Rule("user", ("user @", "member @", "assignee @", "reviewer @", "owner @", "author @"), r"(?i)\b(?:user|member|assignee|reviewer|owner|author) (@[a-z]{2,20}[._][a-z]{2,20}[0-9]{0,4})\b"),
    Rule("token", ("token", "secret", "password", "credential"), r"(?i)\b(?:token|secret|password|credential)s? [^\n]{0,70}?(?:not valid|invalid|rejected|incorrect|expired|revoked|refused): ?([A-Za-z0-9_+/\-]{16,200}={0,2})(?:$|[\s\"'.,)])", _drawn),
    Rule("health", ("pid|",), rf"(?:\b|\\[rn])PID\|{_FIELD}*\|{_FIELD}*\|([^|^~\r\n]{{3,32}})"),
    Rule("name", ("pid|",), rf"(?:\b|\\[rn])PID\|(?:{_FIELD}*\|){{4}}({_FIELD}{{3,96}})"),
    Rule("health", ("mrn",), r"\b(?:MRN|UHID|NHI)[\-: #]{0,2}([0-9]{5,12})\b"),
    Rule("phone", ("pid|",), rf"(?:\b|\\[rn])PID\|(?:{_FIELD}*\|){{12}}([0-9+(][0-9 ()\-]{{6,18}})"),
    Rule("birth-date", ("pid|",), rf"(?:\b|\\[rn])PID\|(?:{_FIELD}*\|){{6}}([0-9]{{8}})"),
    Rule("address", ("pid|",), rf"(?:\b|\\[rn])PID\|(?:{_FIELD}*\|){{10}}({_FIELD}{{6,200}})"),
    Rule("name", ("nk1|",), rf"(?:\b|\\[rn])NK1\|{_FIELD}*\|({_FIELD}{{3,96}})"),
    Rule("name", ("nm1*",), r"\bNM1\*[A-Z0-9]{2,3}\*1\*([^*~\r\n\x1a]{2,60}\*[^*~\r\n]{0,60})"),
    Rule("national-id", ("nm1*",), r"\bNM1\*[A-Z0-9]{2,3}\*1(?:\*[^*~\r\n]*){5}\*[A-Z0-9]{1,2}\*([A-Z0-9]{5,24})"),
    Rule("name", ("nad+",), rf"\bNAD\+[A-Z]{{2}}\+[^+'\r\n]*\+[^+'\r\n]*\+({_TEXT}{{3,70}})"),
    Rule("address", ("nad+",), rf"\bNAD\+[A-Z]{{2}}(?:\+[^+'\r\n]*){{3}}\+({_TEXT}{{3,70}}\+{_TEXT}{{2,70}})"),
    Rule("account", (":50", ":59"), r":(?:50[AFGHK]?|59[AF]?):/([A-Z0-9]{6,34})"),
    Rule("name", (":50", ":59"), r":(?:50[FGHK]?|59F?):(?:/[A-Z0-9]{6,34}\\?r?\\?n?\r?\n?)?(?:1/)?([A-Z][A-Za-z .'\-]{3,60})", across=True),
    Rule("iban", (":25:",), r":25:([A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})"),
    Rule("iban", ("iban",), r"(?i:iban)[^\n]{0,40}?\b([A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?)\b", _account),
    Rule("card", ('id="2"', "field 2", "de2", "de 2", "de002"), r"(?i)(?:field id=\"2\" value=\"|field 2[ :=]{1,3}|\bde ?0{0,2}2[ :=]{1,3}\"?)([0-9]{12,19})\b"),
    Rule("geo", ("$gp", "$gn", "$gl", "$ga"), r"\$G[PNLAB](?:RMC|GGA|GLL|GNS),[^\r\n]{0,40}?([0-9]{4}\.[0-9]+,[NS],[0-9]{5}\.[0-9]+,[EW])"),
    Rule("account", ("@ok", "@paytm", "@ybl", "@upi", "@ibl", "@axl", "@apl", "@icici", "@sbi", "@hdfcbank", "@axisbank"),
         r"\b[a-z0-9._\-]{3,64}@(?:ok(?:hdfcbank|icici|sbi|axis)|paytm|ybl|upi|ibl|axl|apl|icici|sbi|hdfcbank|axisbank)\b"),
    Rule("card", NUMBER, r"\b([3-6][0-9]{12,18})[D=][0-9]{7,24}F?\b"),  # a card's second track
    Rule("card", ("pan ", "pan=", "pan:"), r"\bPAN\b[^\n]{0,40}?\b([3-6][0-9]{12,18})\b"),
    Rule("name", ('"family"',), r"\"family\" ?: ?\"([^\"\n]{1,80})\"", also=("resourcetype", "humanname")),
    Rule("name", ('"given"',), r"\"given\" ?: ?\[([^\[\]\n]{2,120})\]", also=("resourcetype", "humanname")),
    Rule("name", ("cn=",), r"\bCN=([A-Z\xc3][A-Za-z\x80-\xff'\-]{1,40}\\{1,2},[A-Z\xc3][A-Za-z\x80-\xff '\-]{1,60})"),
    Rule("health", ("(0010,",), r"\(0010,[0-9A-Fa-f]{4}\)[^\n:]{1,80}[A-Z]{2}: ?[\"']?([^\"'\n\\]{4,64})"),
    Rule("passport", ("docs",), r"\bDOCS\b[^\n]{0,16}?/P/[A-Z]{2,3}/([A-Z0-9]{6,12})/"),
    Rule("birth-date", ("docs",), r"\bDOCS\b[^\n]{0,16}?/P/(?:[^/\n]{0,24}/){3}([0-9]{2}[A-Z]{3}[0-9]{2})/"),
    Rule("name", ("docs",), r"\bDOCS\b[^\n]{0,16}?/P/(?:[^/\n]{0,24}/){6}([A-Z][A-Z ]{1,40}/[A-Z][A-Z ]{1,40})\b"),
    Rule("card", NUMBER, r"\b(?:AX|VI|CA|MC|DC|JC|TP)([0-9]{13,16})/[0-9]{4}\b", _by_luhn),
    Rule("card", ("%b",), r"%B([0-9]{13,19})\^", _by_luhn),
    Rule("name", CAPITALS, r"\bM[1-4]([A-Z]{2,20}/[A-Z]{2,20}) {0,18}E?[A-Z0-9]{6,7} [A-Z]{6}[A-Z0-9]{2}"),
    Rule("phone", ("wa.me/", "whatsapp.com/send"), r"(?:wa\.me/|whatsapp\.com/send/?\?phone=)\+?([0-9]{8,15})\b"),
    Rule("national-id", ("cpr",), r"(?i)\bcpr\b[^\n0-9]{0,40}\b([0-3][0-9][01][0-9]{3}-[0-9]{4})\b"),
    Rule("email", ("%2540",), r"\b([A-Za-z0-9._+\-]{1,64}%2540[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z]{2,24}){1,3})\b"),
)  # fmt: skip
