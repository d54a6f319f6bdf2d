"""Personal data in reprs, exports, calls and vendors' own records, by what stands around it there."""

from __future__ import annotations

from triage.sanitize.people import FULL, WORD, introduced
from triage.sanitize.rule import Found, Rule
from triage.sanitize.rules.speech import SERVICE_USERS
from triage.sanitize.rules.things import is_thing
from triage.sanitize.validators import digits


def _enough(found: Found) -> bool:
    return len(digits(found.value)) >= 2


def _login(found: Found) -> bool:
    return found.value not in SERVICE_USERS and not is_thing(found.value)


RECORDS: tuple[Rule, ...] = (
    Rule("name", ("('", '("', "='", '="'), rf"\b(?:[A-Z][a-z]+)?(?:Customer|Client|Patient|Person|Contact|Employee|Member|Student|Guest|Passenger|Driver|Rider|Recipient|Sender|Beneficiary|Payee|Payer|Applicant|Favorecido|Beneficiari[oa]|Cliente|Paciente|Usu[aá]rio|Kunde|Titular|Empleado|Person[ae]|Pessoa|Personne)\((?:[a-z_]{{2,16}}=)?[\"']({FULL})[\"']", introduced),
    Rule("name", ("this is ", "speaking", "calling"), rf"\b[Tt]his is ({FULL}),? (?:calling|speaking|from|at|here|again)\b", introduced),
    Rule("name", ("<",), rf"<[A-Z][A-Za-z]{{2,40}}(?: object)?[: ][^<>\n]{{0,60}}? (?:for|by|of) ({FULL})>", introduced),
    Rule("name", ("<given", "<family", "<surname", "<forename", "<first", "<last", "<prenom", "<nombre", "<apellido", "<vorname", "<nachname", "<cognome", "<nome", "<middle"),
         r"<(?:[a-z]{1,12}:)?(?i:given|family|surname|forename|first|last|middle|prenom|nombres?|apellidos?|vorname|nachname|cognome|nome)(?:[_\-]?name)?(?: [^<>\n]{0,60})?>([A-Z\x80-\xff][^<>\n]{1,60})</"),
    Rule("name", ('"',), rf"\"({WORD}\" ?, ?\"{WORD})\" ?, ?\"(?:19|20)[0-9]{{2}}-[01][0-9]-[0-3][0-9]\""),
    Rule("user", ("openid",), r"(?i:open_?id)[\"']?[ ]?[:=][ ]?[\"']?(o[A-Za-z0-9_\-]{27})\b"),
    Rule("device", ("_ga=", "_gid=", "_ga:", "_fbp=", "_gcl_"), r"\b_(?:ga|gid|fbp)[=:] ?[\"']?(?:GA1|fb)\.[0-9]\.([0-9]{6,13}\.[0-9]{6,13})"),
    Rule("user", ("principal", "user ", "account ", "logon", "login", "by "), r"\b[A-Z][A-Z0-9\-]{1,14}\\{1,4}([a-z]{1,20}\.[a-z]{2,24}[0-9]{0,3})\b"),
    Rule("trait", ("salary", "wage", "gehalt", "salaire", "salario", "salário", "sueldo", "stipendio", "income", "lön ", "løn", "palkka", "maaş", "gaji", "зарплат", "оклад", "年収", "月給", "연봉", "工资", "薪资"),
         r"(?:(?i:salary|wages?|income|gehalt|salaire|salario|salário|sueldo|stipendio|lön|lønn?|palkka|maaş|gaji)|зарплат[\xd0\xd1][\x80-\xbf]|оклад|年収|月給|연봉|工资|薪资)(?: (?:is|of|at|de|von|di|brut|brutto|gross|net))?[ :=]{1,3}((?:[A-Z]{3} |(?:\$|€|£|₹|¥) ?)?[0-9]{1,3}(?:[., '][0-9]{3}){1,3}(?:[.,][0-9]{2})?(?: ?[A-Z]{3}\b| ?k\b)?)"),
    Rule("trait", ("hiv", "diagnos", "pregnan", "allerg", "cancer", "schizophren", "depress", "bipolar"), r"(?i:note|diagnosis|diagnosed with|condition|reason|history|dx|finding)[\"']?[ :=]{1,3}[\"']?((?i:hiv|cancer|diabet|pregnan|schizophren|bipolar|depress|epilep|asthma|hepatitis|allerg|antenatal|tubercul|dementia|alcohol|addict|psych)[^\"'\n;|]{0,80})", also=("note", "diagnos", "condition", "reason", "history", "dx", "finding")),
    Rule("account", ("bankaccount(", "bank_account(", "bankaccount{", "bank_account={"), r"(?i:bank_?account)[({=][^(){}\n]{0,80}?(?:number|no|iban)=[\"']?([0-9]{6,17})"),
    Rule("account", ("alias cbu", "cbu alias", "alias:"), r"(?i:alias cbu|cbu alias|cbu[^\n]{0,12}alias)[ :=]{1,3}([a-z0-9.\-]{6,20})\b"),
    Rule("key", ("licen", "serial", "activat", "product key", "key "), r"(?i:licen[cs]e|serial|activation|product|key)[^\n]{0,24}?\b((?:[A-Z0-9]{5,6}-){3,4}[A-Z0-9]{5,6})\b", _enough),
    Rule("name", ("|19", "|20", ";19", ";20", ",19", ",20", "\t19", "\t20"), rf"({WORD}[|;,\t]{WORD})[|;,\t](?:19[2-9]|20[01])[0-9]-[01][0-9]-[0-3][0-9]\b"),
    Rule("device", ("iccid", "sim"), r"(?i:\biccid|\bsim(?: no\.?| number| card)?)[)\"']{0,2}[ :=#]{1,3}[\"']?(89[0-9]{17,20})\b"),
    Rule("user", ("765611",), r"\b7656119[0-9]{10}\b"),
    Rule("user", ("@",), r"(?:^|[\s(\"'])@([A-Za-z_][A-Za-z0-9_.]{2,29}) (?:mentioned|replied|followed|liked|commented|tagged|sent|invited|posted|said|wrote|shared|reported|joined|left|blocked|unfollowed|reacted)\b"),
    Rule("user", ("insta", "ig ", "ig:", "tg ", "tg:", "tt:", "snap", "fb:", "vk:", "li:", "line id", "line:", "wechat", "微信", "qq", "kakao", "카카오"),
         r"(?:\b(?i:insta|ig|tg|tt|snap|fb|vk)(?i: handle| user(?:name)?| id)?[ :=]{1,3}@|(?i:line id|kakao(?:talk)? id|wechat id|wechat ?(?:[:=]|：))(?:[ :=]|：){0,3}@?|(?:微信号?|QQ号?|카카오톡?(?: ?ID| ?아이디)?)(?:[ :=]|：){0,3})([A-Za-z0-9_][A-Za-z0-9_.\-]{3,29})\b"),
    Rule("user", ("su: user ", "no such user", "unknown user", "invalid user"), r"(?i:su: user|no such user|unknown user|invalid user)[: ]{1,2}[\"'`]?([a-z][a-z0-9._\-]{3,31})\b", _login),
)  # fmt: skip
