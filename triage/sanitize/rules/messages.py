"""Personal data by its place in the messages that banks, hospitals, carriers and trackers exchange.

The places are those of the standards: HL7 v2 PID, DICOM group 0010, X12 NM1, EDIFACT NAD, SWIFT MT 50 and 59,
ISO 8583 field 2, ISO 7813 track 1, IATA's SSR DOCS, form of payment and boarding pass, NMEA 0183. What an error quotes of them has no names of fields to go by.
"""

from __future__ import annotations

from triage.sanitize.rule import CAPITALS, NUMBER, Found, Rule
from triage.sanitize.validators import digits, luhn

_FIELD = r"[^|\r\n]"
_TEXT = r"[^'+\r\n]"


def _by_luhn(found: Found) -> bool:
    """A card's number with letters before it, which name its scheme or its track."""
    return luhn(digits(found.value))


MESSAGES: tuple[Rule, ...] = (
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
