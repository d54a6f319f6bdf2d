"""What people and messages say around personal data: sentences, labels without a sign, and postal lines."""

from __future__ import annotations

from triage.sanitize.keys import kind_of_key
from triage.sanitize.people import FULL, WORD, introduced, is_given, is_login, is_surname, known
from triage.sanitize.persons import RUN, named
from triage.sanitize.placeholders import MASK
from triage.sanitize.rule import CAPITALS, NUMBER, Found, Rule
from triage.sanitize.validators import digits, stands_alone

_MONTH = r"[A-Za-z\x80-\xff]{3,12}"
DATE = rf"(?:[12][0-9]{{3}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}|[0-9]{{1,2}}[-/. ]+[0-9]{{1,2}}[-/. ]+(?:[12][0-9])?[0-9]{{2}}|[0-9]{{1,2}}(?:st|nd|rd|th|er|\.)? (?:de |of )?{_MONTH},? (?:de |del )?[12][0-9]{{3}}|{_MONTH}\.? [0-9]{{1,2}}(?:st|nd|rd|th)?,? [12][0-9]{{3}})"
_SIGN = r"(?:[ \t]*(?:[:=#]|\xef\xbc\x9a|(?i:is|no\.?|nr\.?|num(?:ber|mer|ero)?\.?|id)|[nN]\xc2[\xb0\xba])){0,3}[ \t]*[\"']?"


def _enough(found: Found) -> bool:
    """A number of a document: digits, perhaps with capitals and signs between."""
    value = found.value
    return len(digits(value)) >= 4 and not found.after().isalnum() and b"0x" not in value


def _enough_for_a_person(found: Found) -> bool:
    """RFC 2616 is a standard; Mexico's RFC begins with letters."""
    if found.before(5).strip(b" :=#").endswith(b"RFC") and not found.value[:3].isalpha():
        return False
    if found.value[:1] == b"-":
        return False  # SIN-2026-77120 is a number of a case
    return _enough(found)


def _plate(found: Found) -> bool:
    value = found.value
    return (
        len(digits(value)) >= 2
        and value.upper() == value
        and any(65 <= byte <= 90 for byte in value)
        and not found.after().isalnum()
    )


def _dotted_mac(found: Found) -> bool:
    return (
        stands_alone(found)
        and 2 < len(digits(found.value)) < 12
        and found.before() not in (b".", b"-")
        and found.after() not in (b".", b"-")
    )


# Accounts of machines, not of people; in paths and in logs of sessions.
SERVICE_USERS = frozenset(
    b"""app apps application ubuntu ec2-user ec2user centos debian fedora admin administrator root user users runner runneradmin vagrant node
    www www-data nginx apache apache2 httpd jenkins gitlab-runner gitlab git circleci travis build builder buildkite ci bot deploy deployer deployment
    service svc worker web server api postgres mysql redis mongo mongodb rabbitmq kafka elastic elasticsearch docker podman kube kubernetes nonroot
    nobody daemon python ruby rails django flask celery airflow spark hadoop hdfs yarn zookeeper jovyan coder codespace vscode workspace work opc azureuser
    public shared default guest test tester testing dev developer dyno pi site project projects src code sandbox sbx_user1051 linuxbrew
    containeruser containeradministrator networkservice localservice all anonymous unknown install attribute attributes settings preferences demo example name username null none system sshd cron
    agent agents authentication input session sessions password account accounts data role id ids group groups creation deletion registration
    lookup service-account container oracle weblogic tomcat jboss wildfly jetty solr cassandra neo4j grafana prometheus influxdb consul vault nomad
    ansible puppet chef salt terraform backup ftp ftpuser mail postfix dovecot bin sys sync games man lp news uucp proxy list irc gnats guestuser
    appuser webapp webuser nextjs nestjs laravel php perl go golang java rust dotnet static media assets lib local config bookworm bullseye alpine login logins logon""".split()
)
_CODE = (
    b".py",
    b".js",
    b".ts",
    b".rb",
    b".go",
    b".java",
    b".php",
    b".cs",
    b".rs",
    b".kt",
    b".tsx",
    b".jsx",
    b".mjs",
    b".so",
    b".pyx",
)


def person_login(found: Found) -> bool:
    """`deke.shaw`, and not `app_user`, `user_id` or a field `user.name`."""
    parts = found.value.lower().replace(b".", b"_").split(b"_")
    if found.before() == b"=" and found.after() in (b",", b")") and b"(" in found.before(80):
        return False  # an argument of a call: `connect(server, user=bind_dn, …)`
    return all(
        part not in SERVICE_USERS and part not in _ROLES and kind_of_key(part.decode()) is None
        for part in parts
    )


_ROLES = frozenset(
    b"""user svc db ro rw rds read reader write writer owner master main sql job cron task name type created updated is has not found field model table
    profile status state agent settings config preferences by at on in to for from list view form create delete update get set add remove count
    permission permissions manager management level key value string object class py js ts json yml yaml com org net io""".split()
)


def _login_name(found: Found) -> bool:
    value = found.value.lower()
    return value not in SERVICE_USERS and not value.isdigit()


def _entry_login(found: Found) -> bool:
    """Of a directory, where groups and services have entries as well."""
    named = found.before(3).lower() == b"cn="
    return _login_name(found) and (not named or is_login(found.value))


def _home(found: Found) -> bool:
    """Whose home it is; a text that is nothing but the path of a source file says where an error was."""
    if found.value.lower() in SERVICE_USERS:
        return False
    return b" " in found.data or b"\n" in found.data or not found.data.endswith(_CODE)


def _listed(found: Found) -> bool:
    """In a list of parameters, beside an address or with a known given name."""
    return known(found) or (b"@" in found.after(64) + found.before(64) and introduced(found))


def _turned(found: Found) -> bool:
    return is_given(found.value.split()[-1])


def _no_label(found: Found) -> bool:
    value = found.value
    return (
        kind_of_key(value.decode("utf-8", "ignore")) is None
        and value.lower() not in _LABELS
        and value not in _CLAUSES
    )


_CLAUSES = frozenset(b"FROM WHERE IS NOT AND OR IN AS LIKE ORDER ASC DESC NULL VARCHAR TEXT CHAR".split())


_NATIONS = (
    "thai|south african|emirates|emirati|saudi|kuwaiti|qatari|israeli|turkish|chinese|korean|taiwanese?|indonesian|malaysian|philippine|vietnamese|pakistani|bangladeshi"
    "|sri lankan|nepali|egyptian|moroccan|nigerian|kenyan|ghanaian|brazilian|mexican|chilean|colombian|peruvian|argentine|ecuadorian|estonian|latvian|lithuanian|finnish"
    "|swedish|norwegian|danish|dutch|belgian|french|german|italian|spanish|portuguese|polish|czech|slovak|hungarian|romanian|bulgarian|greek|croatian|serbian|slovenian"
    "|ukrainian|russian|kazakh|irish|swiss|austrian|indian|japanese|canadian|australian|voter|citizen|resident|national|government|taxpayer|alien|green card|residence permit"
)


_PERSONAL_WORDS = (
    b"patient", b"male", b"name", b"mail", b"phone", b"passport", b"citizen", b"gender", b"customer", b"client", b"employee", b"student", b"holder", b"insured", b"born",
    b" age", b"ssn", b"national", b"applicant", b"driver", b"member", b"nationality", b"\xd0\xb8\xd0\xbc\xd1\x8f",
)  # fmt: skip
_FENCES = b",;|\t()'\"[]"


def _around(found: Found) -> bytes:
    before = found.before(160).rpartition(b"\n")[2]
    return (before + b" " + found.after(160).partition(b"\n")[0]).lower()


def _british_driver(found: Found) -> bool:
    return len(found.value) == 16 and stands_alone(found)


def _phone_beside(found: Found) -> bool:
    """Enough digits in groups for a national number, and no date or version."""
    value = found.value
    count = len(digits(value))
    if value.count(b".") > 2 or (value[:2] in (b"19", b"20") and value[4:5] == b"-" == value[7:8]):
        return False
    return 7 <= count <= 15 and not found.after().isalnum()


def _fenced(found: Found) -> bool:
    """In a cell of its own."""
    before, after = found.before(2).rstrip(b" ")[-1:], found.after(2).lstrip(b" ")[:1]
    return before != b"" and before in _FENCES and (after == b"" or after in _FENCES or after in b"\r\n")


def _birth_in_row(found: Found) -> bool:
    if b"version" in found.before(16).lower():
        return False
    around = _around(found)
    return _fenced(found) and (
        MASK in around or b"@" in around or any(word in around for word in _PERSONAL_WORDS)
    )


def _phone_in_row(found: Found) -> bool:
    """In a row with an address or with what was hidden; and no seconds or milliseconds of these years."""
    value = found.value
    if not _fenced(found) or (len(value) in (10, 13) and value[:2] in (b"15", b"16", b"17", b"18")):
        return False
    around = _around(found)
    return b"@" in around or MASK in around


def _turned_about(found: Found) -> bool:
    """`Peters, Hank`"""
    last, _, first = found.value.partition(b", ")
    return (is_given(first.split()[0]) or is_surname(last)) and last.lower() not in _LABELS


def _enough_alone(found: Found) -> bool:
    return len(digits(found.value)) >= 5 and not found.after().isalnum()


_LABELS = frozenset(
    b"required field is must cannot missing invalid contains too should email phone address label column".split()
)


_CAPITAL_WORDS = frozenset(
    b"mark min jan may rob will grant page art pat sue gene max drew jay rose ray bill frank iris dean jun reza ren tom karl ruth ella long ida eva ana ines ben".split()
)
_CAPITAL_ENDS = frozenset(
    b"value values error all table read not null and from the for with key failed set index column update select time job id".split()
)


def _known_capitals(found: Found) -> bool:
    words = found.value.lower().split()
    return (
        stands_alone(found)
        and words[0] not in _CAPITAL_WORDS
        and words[-1] not in _CAPITAL_ENDS
        and is_given(words[0])
    )


SPEECH: tuple[Rule, ...] = (
    # names
    Rule("name", ("name is", "name ist", "nombre es", "nom est", "nome \xe9", "nome \u00e8", "llamo", "appelle", "chiamo", "hei\u00dfe", "heisse", "nazywam", "\u0437\u043e\u0432\u0443\u0442", "naam is", "heter", "hedder", "nimeni on", "nevem", "numesc", "numele meu", "jmenuj", "nama saya", "ik heet", "chamo-me", "me chamo", "zovem se", "ονομάζομαι", "με λένε"),
         rf"(?:[Mm]y (?:full )?name is|[Mm]ein Name ist|[Mm]i nombre es|[Mm]on nom est|[Mm]eu nome \xc3\xa9|[Ii]l mio nome \xc3\xa8|llamo|appelle|chiamo|hei\xc3\x9fe|heisse|nazywam si\xc4\x99|\xd0\xb7\xd0\xbe\xd0\xb2\xd1\x83\xd1\x82|naam is|heter|hedder|[Nn]imeni on|nevem|numesc|[Nn]umele meu este|[Jj]menuj[iu] se|[Nn]ama saya|ik heet|[Cc]hamo-me|me chamo|[Zz]ovem se|ονομάζομαι|με λένε) ({WORD}(?: {WORD}){{0,3}})", introduced),
    Rule("name", ("t.n.v. ", "atas nama ", "op naam van ", "auf den namen ", "au nom de ", "a nombre de ", "em nome de ", "a nome di "),
         rf"(?:[Tt]\.n\.v\.|(?i:atas nama|op naam van|auf den namen|au nom de|a nombre de|em nome de|a nome di)) ((?:[A-Z]\. )?(?:(?:van|de|der|den|von|di|da) ){{0,2}}{WORD}(?: {WORD}){{0,3}})", introduced),
    Rule("name", ("i'm ", "i am ", "this is ", "ich bin ", "je suis ", "soy ", "sono ", "jestem ", "sou "), rf"\b(?:I'm|I am|[Tt]his is|[Ii]ch bin|[Jj]e suis|[Ss]oy|[Ss]ono|[Jj]estem|[Ss]ou) ({FULL})", known),
    Rule("name", ("mr ", "mr. ", "mrs", "ms ", "ms. ", "miss ", "dr. ", "prof. ", "herr ", "frau ", "mme ", "madame ", "monsieur ", "sr. ", "sra. ", "se\u00f1or", "signor", "pan ", "pani "),
         rf"\b(?:Mrs?\.?|Ms\.?|Miss|Dr\.|Prof\.|Herrn?|Frau|Mme|Madame|Monsieur|Sra?\.|Se\xc3\xb1ora?|Signora?|Pani)(?: (?:Dr|Prof|Ing|Mag|med|Dipl|Dipl\.-Ing|Dott|Mgr)\.){{0,3}} ({WORD}(?: (?:van |von |de |la )?{WORD}){{0,3}})", introduced),
    Rule("name", ("уважаем", "дорог", "здравствуйте"), r"(?:\xd0\xa3|\xd1\x83)\xd0\xb2\xd0\xb0\xd0\xb6\xd0\xb0\xd0\xb5\xd0\xbc(?:\xd1\x8b\xd0\xb9|\xd0\xb0\xd1\x8f) ((?:[\xd0\xd1][\x80-\xbf]){2,20}(?: (?:[\xd0\xd1][\x80-\xbf]){2,20}){0,2})"),
    Rule("name", ("patient", "passenger", "name", "emp", "guest", "member", "client", "customer", "user", "student", "author", "contact", "attn", "kunde"), rf"(?i:patient|passenger|name|employee|emp|guest|member|client|customer|user|student|author|contact|attn|kunde|cliente)[\"']?[:=] ?[\"']?({WORD}, {WORD})\b", _turned),
    Rule("user", ("ou=", "dc="), r"(?i)\b(?:uid|cn|samaccountname)=([^,\s=\"']{2,64}),\s?(?:ou|cn|dc|o)=", _entry_login),
    Rule("user", ("login as ", "logged in as ", "signed in as "), r"(?i)\b(?:login|logged in|signed in) as [\"']?([A-Za-z][A-Za-z0-9._\-]{2,31})\b", _login_name),
    Rule("name", ("dear ", "hello ", "hi ", "regards,", "sincerely,", "lieber ", "liebe ", "bonjour ", "hola ", "estimad"),
         rf"(?:\b(?:Dear|Hello|Hi|Liebe[r]?|Bonjour|Hola|Estimad[oa]) |(?:[Rr]egards|[Ss]incerely),\s+)({FULL})", introduced),
    Rule("name", (" <", '" <', "&lt;"), rf"({WORD}(?:[ ,]+(?:[A-Z]\.|\xc3[\x80-\x9e]|{WORD}|de|van|von|der)){{1,4}})[\"']? (?:<|&lt;)[^\s@<>]{{1,64}}@", introduced, also=("@",)),
    Rule("name", ("signed by", "assigned to", "approved by", "passenger", "recipient", "ship to", "deliver to", "beneficiary", "payee", "cardholder", "sold to", "bill to", "attn", "patient", "employee"),
         rf"(?i:signed by|assigned to|approved by|passenger|recipient|ship to|deliver to|beneficiary|payee|cardholder|sold to|bill to|attn\.?|patient|employee)(?: name| is)?[ \t]*[:=]?[ \t]*[\"'(]?({FULL})", introduced),
    Rule("name", ("<user", "<customer", "<person", "<patient", "<employee", "<member", "<contact", "<profile", "<author", "<student", "<client"),
         rf"<(?:User|Customer|Person|Patient|Employee|Member|Contact|Profile|Author|Student|Client)(?: object)?[: ]+(?:[0-9]+[: ]+)?\(?[\"']?({FULL})", introduced),
    Rule("name", ("surname", "maiden", "last name", "full name", "first name", "family name", "given name", "nachname", "vorname"),
         rf"(?:[Ss]ur|[Mm]aiden |[Ll]ast |[Ff]irst |[Ff]ull |[Ff]amily |[Gg]iven |[Nn]ach|[Vv]or)name (?:is |was )?[\"']?({WORD}(?: {WORD})?)\b", _no_label),
    Rule("user", ("user ", "user=", "for ", "account "), r"\b(?i:invalid user|session (?:opened|closed) for user|accepted (?:password|publickey|keyboard-interactive/pam) for|failed (?:password|publickey|none) for(?: invalid user)?|user|account|login for|logged in as) ([A-Za-z][A-Za-z0-9._\-]{2,31})(?: (?:from|by) |\(uid|@|\s(?:logged|signed|log(?:s|ging)? (?:in|out)|has (?:logged|signed)|is (?:locked|banned|suspended)|was (?:locked|banned|suspended)))", _login_name),
    Rule("user", ("/home/", "/users/", "\\users\\", "home$\\", "%5cusers%5c"), r"(?:/home/|(?:^|[^A-Za-z0-9.])/Users/|(?i:[A-Z]:[\\/]{1,4}Users[\\/]{1,4}|[A-Z]:[\\/]{1,4}Documents and Settings[\\/]{1,4}|\\home\$\\))([A-Za-z0-9][A-Za-z0-9._\-]{1,31}(?: [A-Z][A-Za-z\-]{1,20})?)(?:[\\/]|$|[\s\"':,;)])", _home),
    Rule("name", ("failing row", "parameters", "params", "values", "args", "bindings"), rf"[(,\[]\s*[bu]?['\"]?({FULL})['\"]?\s*[,)\]]", _listed),
    Rule("name", ('"first"', "'first'"), rf"[\"']first[\"']\s*:\s*[\"']({WORD})[\"']", also=('"last"',)),
    Rule("name", ("@",), rf"\b({FULL})[\"']?[;,|\t] ?[\"']?[A-Za-z0-9._%+\-]{{1,64}}@", introduced),
    Rule("birth-date", ("@",), r"@[A-Za-z0-9.\-]{3,64}[\"']?[;,|\t] ?[\"']?((?:19[2-9]|20[01])[0-9]-[01][0-9]-[0-3][0-9])\b"),
    Rule("user", ("user", "account", "sudo: "), r"(?i)\b(?:(?:user(?:name)?|account|login)(?: name)?(?:[=:] ?| )['\"]?|sudo: +)([a-z]{1,20}[._][a-z]{1,20}[0-9]{0,4})(?:['\"]|\s|$|,)", person_login),
    Rule("name", ('"last"', "'last'"), rf"[\"']first[\"'][^{{}}]{{1,48}}[\"']last[\"']\s*:\s*[\"']({WORD})[\"']"),
    Rule("name", CAPITALS, RUN, named),
    Rule("name", CAPITALS, r"[A-Z]{3,20}(?: [A-Z]\.?)? [A-Z][A-Z'\-]{2,20}", _known_capitals),
    Rule("name", ("\u540d\u524d\u306f", "\u540d\u5b57\u662f", "\u6211\u53eb", "\uc774\ub984\uc740"), r"(?:\xe5\x90\x8d\xe5\x89\x8d\xe3\x81\xaf|\xe5\x90\x8d\xe5\xad\x97\xe6\x98\xaf|\xe6\x88\x91\xe5\x8f\xab|\xec\x9d\xb4\xeb\xa6\x84\xec\x9d\x80) ?((?:[\xe3-\xed][\x80-\xbf]{2}){2,4})"),
    # births
    Rule("birth-date", ("born", "geboren", "geb.", "n\u00e9 ", "n\u00e9e ", "n\u00e9(e) ", "nacid", "naci\u00f3", "nato ", "nata ", "nascid", "urodz", "\u0440\u043e\u0434\u0438\u043b", "f\u00f6dd", "f\u00f8dt", "birthday", "birth", "\u751f"),
         rf"(?i)(?:\bborn|\bgeboren|\bgeb\.|\bn\xc3\xa9(?:e|\(e\))?|\bnacid[oa]|\bnaci\xc3\xb3|\bnat[oa]|\bnascid[oa]|\burodzon[ya]|\xd1\x80\xd0\xbe\xd0\xb4\xd0\xb8\xd0\xbb(?:\xd1\x81\xd1\x8f|\xd0\xb0\xd1\x81\xd1\x8c)|\bf\xc3\xb6dd|\bf\xc3\xb8dt|birth(?:day|[ -]?date)?)(?: on| am| op| le| el| il| em| w dniu| dnia| is| was| den| d\.|:)*[ \t:=\"']+(?:the )?({DATE})"),
    # numbers that stand beside their name
    Rule("national-id", ("sin", "inn", "nin", "nid", "ruc", "rif", "cui", "pps", "amka", "umid", "bsn", "pesel", "ein", "tin", "rfc", "curp", "nir", "nif", "nie", "dni", "cpf", "tfn", "rut", "ahv", "cpr", "nino", "ni number", "insurance number", "steuer-id", "steuer", "idnr", "nummer", "\u0438\u043d\u043d", "\u0441\u043d\u0438\u043b\u0441", "\u30de\u30a4\u30ca\u30f3\u30d0\u30fc", "\u8eab\u4efd\u8bc1", "\uc8fc\ubbfc", "fiscal", "tax id", "tax number", "identity", "citizen", "tckn", "t.c.", "abn", "mynumber", "my number", "oib", "cnp", "jmbg", "egn", "dowod", "nik", "hkid", "ssn", "social security", "national id", "emirates", "cuit", "kimlik", "personal n", "fnr", "rodn", "sozialvers", "burgerserv", "f\u00f8dsels", "vat", "clabe", "steuernr"),
         rf"(?:\b(?:SIN|BSN|PESEL|EIN|TIN|RFC|CURP|NIR|NIF|NIE|DNI|CPF|TFN|RUT|AHV|CPR|NINO|TCKN|T\.C\.|ABN|OIB|CNP|JMBG|EGN|NIK|HKID|SSN|NI|CUI[TL]|VAT|CLABE|INN|NIN|NID|RUC|RIF|CUI|PPSN?|AMKA|UMID|IdNr\.?)|(?i:\b(?:(?:social |national )?insurance (?:number|no\.?)|steuer-?id|steuer(?:-id)?(?:entifikations)?nummer|sozialversicherungsnummer|personnummer|f\xc3\xb8dselsnummer|burgerservicenummer|rodn\xc3\xa9 \xc4\x8d\xc3\xadslo|codice fiscale|tax id|tax number|num\xc3\xa9ro fiscal|identity (?:card|number)|citizen id|emirates id|(?:t\.c\. ?)?kimlik(?: no)?|personal n(?:umber|o)\.?|fnr|my number|bsn|pesel))|\xd0\x98\xd0\x9d\xd0\x9d|\xd0\xa1\xd0\x9d\xd0\x98\xd0\x9b\xd0\xa1|\xe3\x83\x9e\xe3\x82\xa4\xe3\x83\x8a\xe3\x83\xb3\xe3\x83\x90\xe3\x83\xbc|\xe8\xba\xab\xe4\xbb\xbd\xe8\xaf\x81(?:\xe5\x8f\xb7)?(?:\xe7\xa0\x81)?|\xec\xa3\xbc\xeb\xaf\xbc\xeb\x93\xb1\xeb\xa1\x9d\xeb\xb2\x88\xed\x98\xb8){_SIGN}([A-Z]{{0,6}}[ \-]?[0-9][0-9A-Z .\-/]{{3,20}}[0-9A-Z])", _enough_for_a_person),
    Rule("licence", ("license", "licence", "permis", "f\u00fchrerschein", "fuehrerschein", "rijbewijs", "patente", "carnet"),
         rf"(?i:driv(?:er'?s?|ing) licen[cs]e|\bDL|permis(?: de conduire)?|f\xc3\xbchrerschein(?:nummer)?|fuehrerschein|rijbewijs(?:nummer)?|patente di guida|carnet de conducir){_SIGN}([A-Z0-9][0-9A-Z\-]{{5,18}})\b", _enough),
    Rule("licence", ("vin",), r"\b(?i:vin|vehicle identification number)[ :=#\"']{1,4}([A-HJ-NPR-Z0-9]{17})\b"),
    Rule("licence", ("plate", "kennzeichen", "matr\u00edcula", "matricula", "immatriculation", "targa", "kenteken", "rejestrac", "\u0433\u043e\u0441\u043d\u043e\u043c\u0435\u0440", "\u8f66\u724c"),
         r"(?i:(?:number|licen[cs]e)[ _]?plate|\bplate(?: (?:no\.?|number))?|kennzeichen|matr(?:\xc3\xad|i)cula|immatriculation|targa|kenteken|nr rejestracyjny|\xe8\xbd\xa6\xe7\x89\x8c(?:\xe5\x8f\xb7)?)[ :=\"'\xef\xbc\x9a]{1,5}([A-Z\x80-\xff]{0,6}[A-Z0-9](?:[ \-]?[A-Z0-9]){3,9})", _plate),
    Rule("account", ("account", "routing", "konto", "aba ", "cuenta", "compte", "blz", "acct", "a/c", " acc "),
         rf"(?i:\b(?:bank )?account(?: number| no\.?)?|routing(?: number| no\.?)?|kontonummer|konto|\baba|n\xc3\xbamero de cuenta|cuenta|compte|\bblz|\bacct|\bA/C|\bacc){_SIGN}([0-9][0-9 \-]{{6,18}}[0-9])\b", stands_alone),
    Rule("health", ("mrn", "medicare", "medicaid", "insurance", "policy", "nhs", "member id", "patient id", "krankenversichert", "versichertennummer", "mutuelle", "ehic", "subscriber id", "medical record", "health card"),
         r"(?i:\bmrn|medicare|medicaid|(?:health )?insurance(?: policy)?|policy|\bnhs|member|patient|subscriber|krankenversichertennummer|versichertennummer|ehic|medical record|health card|health insurance card)(?:[ _](?:number|no\.?|id|nr))?[ :=#\"']{1,4}(?:is )?([A-Z]{0,4}[\- ]?[0-9][0-9A-Z\- ]{4,16}[0-9A-Z])", _enough),
    # devices
    Rule("device", ("imei", "imsi", "iccid", "meid", "msisdn"), r"(?i:\b(?:imei|imsi|iccid|meid|msisdn))(?:sv)?[ :=#\"']{1,5}(?:is )?([0-9][0-9A-F \-]{12,22}[0-9A-F])\b"),
    Rule("device", ("idfa", "idfv", "gaid", "aaid", "advertising", "android_id", "udid", "deviceid", "device_id", "device id"),
         r"(?i:\b(?:idf[av]|gaid|aaid|advertising[_ ]?id|android[_ ]?id|udid|device[_ ]?id|oaid))[\"']?[ :=]{1,3}[\"']?([0-9A-Fa-f][0-9A-Fa-f\-]{13,38}[0-9A-Fa-f])\b"),
    Rule("mac", ("mac", "hwaddr", "arp", "bssid", "ether", "vlan", "port", "station"), r"(?i)[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}", _dotted_mac),
    # handles
    Rule("user", ("linkedin.com/in/", "facebook.com/", "twitter.com/", "x.com/", "instagram.com/", "tiktok.com/@", "t.me/", "vk.com/"),
         r"(?:linkedin\.com/in|(?:^|[^.a-z]|www\.|m\.)facebook\.com|twitter\.com|\bx\.com|instagram\.com|tiktok\.com|\bt\.me|vk\.com)/@?([A-Za-z0-9_.\-]{3,60})(?:[\s\"'?/,)]|$)"),
    Rule("user", ("twitter", "instagram", "telegram", "skype", "tiktok", "snapchat", "discord", "mastodon", "wechat", "handle", "linkedin", "github"),
         r"(?i:twitter|instagram|telegram|skype|tiktok|snapchat|discord|mastodon|wechat)(?i:[ _]?(?:handle|user(?:name)?|id|account))?[\"']?(?:[ ]*[:=][ ]*[\"']?@?|[ ]+@|(?i:[ ]+handle[ ]+)@?)([A-Za-z0-9_][A-Za-z0-9_.#\-]{2,40})"),
    Rule("phone", ("phone", "call", "mob", "whatsapp", "text me", "ring me", "reach me", "sms"), r"(?i)(?:phone|call|whatsapp|text|ring|reach|sms)(?: me| us| him| her| them)?(?: at| on| under| number)?[ :\"']{1,3}(\(?[0-9]{2,4}\)?[ \-.][0-9]{3,4}[ \-.][0-9]{3,5})\b", stands_alone),
    Rule("phone", ("phone", "whatsapp", "mob", "msisdn", "dup key"), r"(?i)(?:phone|whatsapp|\bmob(?:ile)?|msisdn)(?: no\.?| number|[a-z0-9_]{0,8} dup key: \{ [a-z_]{0,20}:)?[ :=\"']{1,4}(\+?[0-9]{9,14})\b"),
    # rows without a line of names
    Rule("birth-date", NUMBER, r"[,;|\t(\"'] ?((?:19[2-9][0-9]|200[0-9]|201[0-2])[-/.](?:1[0-2]|0?[1-9])[-/.](?:[12][0-9]|3[01]|0?[1-9])|(?:[12][0-9]|3[01]|0?[1-9])[-/.](?:[12][0-9]|3[01]|0?[1-9])[-/.](?:19[2-9][0-9]|200[0-9]|201[0-2]))", _birth_in_row),
    Rule("phone", NUMBER, r"[,;|\t] ?[\"']?(\+?[0-9]{9,14})\b", _phone_in_row),
    Rule("name", ('","', '";"', "','", '", "', "', '", "| "), rf"[\"'|] ?({WORD}, {WORD}(?: [A-Z]\.?| {WORD})?) ?[\"'|]", _turned_about),
    # labelled
    Rule("phone", ("tel", "tlf", "tfn", "phone", "mob", "cel", "puh", "fax", "gsm", "handy", "móvil", "мобил", "тел", "मोबाइल", "फोन", "โทร", "điện thoại", "sđt", "هاتف", "جوال", "טלפון", "נייד", "携帯", "휴대", "연락처", "whatsapp", "fon"),
         r"(?:\b(?i:tel|tlf|tlfn|tfn|tfno|phone|telephone|mob|mobile|cel|cell|celular|puh|puhelin|fax|gsm|handy|telefon|telefone|telefoon|telefono|fono|fone|whatsapp|hp)|móvil|teléfono|téléphone|мобильный|моб|тел|телефон|मोबाइल|फोन|โทร|điện thoại|sđt|هاتف|جوال|טלפון|הטלפון|נייד|携帯|휴대폰|연락처)(?:[.:#]|：| n(?:o|r)\.?| number| num| num[eé]ro){0,3}[ =]{0,2}(\(?\+?[0-9]{2,5}\)?(?:[ .\-/][0-9]{2,5}){1,5})\b", _phone_beside),
    Rule("birth-date", ("dob", "birth", "geburt", "nascimento", "nacimiento", "naissance", "д.р", "дата рожд", "nasc", "fecha_nac", "fecha nac"),
         rf"(?:(?i:\bdob\b|date of birth|birth[ _]?da(?:te|y)|geburts(?:datum|tag)|(?:data (?:de )?)?nasc(?:imento)?|fecha(?: de|_de)?[ _]nac(?:imiento)?|date de naissance)|д\.\s?р\.|дата рожд)[^\n0-9]{{0,40}}?({DATE})\b"),
    Rule("birth-date", ("born in", "geboren in", "né en", "née en", "nacido en", "nacida en"), r"(?i:born in|geboren in|n(?:é|ée) en|nacid[oa] en) ((?:19|20)[0-9]{2})\b"),
    Rule("card", ("exp",), r"(?i)\bexp(?:iry|_?date|iration)?[\"']?[=:] ?[\"']?((?:0[1-9]|1[0-2])[/\-]?(?:20)?[2-4][0-9])\b", also=("cvv", "cvc", "card", "cc=", "pan=")),
    Rule("account", ("sort ", "sort:", "sort="), r"(?i)\bsort(?:[ _]code)?[ :=]{1,3}([0-9]{2}-[0-9]{2}-[0-9]{2})\b"),
    Rule("account", ("@ok", "@ybl", "@upi", "@paytm", "@ibl", "@axl", "@apl", "@sbi", "@icici", "@hdfc"), r"\b([A-Za-z0-9.\-_]{2,64}@(?:ok[a-z]{3,12}|ybl|upi|paytm|ibl|axl|apl|sbi|icici|hdfcbank))\b"),
    Rule("mac", ("mac", "hwaddr", "bssid"), r"(?i)\b(?:mac(?:_?addr(?:ess)?)?|hwaddr|bssid)[\"']?[:= ]{1,2}[\"']?([0-9a-f]{12})\b"),
    Rule("email", ("email", "e-mail"), r"(?i:e-?mail)(?i: address)?:? [\"'`]?([^\s\"'`@<>=]{1,64}@[^\s\"'`<>=()]{2,64})[\"'`]? (?i:is|was|not|has|already|address|does|could|cannot|invalid)\b"),
    Rule("licence", ("registration", "vehicle", "vrm", "nummernschild", "rejestracyjny", "spz", "plaka", "kenteken", "rekisteri", "госномер", "номер авто", "numberplate", "number plate", "nummerplade"),
         r"(?i:registration(?: number| no\.?)?|vehicle(?: reg)?|vrm|nummernschild|(?:numer |nr )?rejestracyjny|spz|plaka|kenteken|rekisteri(?:numero)?|госномер|номер авто|number ?plate|nummerplade)[ :=\"']{1,4}([A-Z\x80-\xff]{0,6}[ \-]?[A-Z0-9](?:[ \-]?[A-Z0-9]){4,9})\b", _plate),
    Rule("phone", ("dest", "dst", "to=", "to:", "recipient", "caller", "callee", "number="), r"(?i)\b(?:dest|dst|to|recipient|destination|number|caller|callee)[\"']?[=:] ?[\"']?\+?([1-9][0-9]{9,14})\b", also=("sms", "call", "voip", "sip", "whatsapp", "phone", "msisdn")),
    Rule("birth-date", ("$date",), r"(?i)(?:birth|dob)[a-z_]{0,12}[\"']?\s{0,4}:\s{0,4}\{\s{0,4}[\"']\$date[\"']\s{0,4}:\s{0,4}[\"']?([^\"'}]{4,40})"),
    Rule("name", ("cognome", "apellido", "prénom", "prenom", "imię", "nazwisko", "sobrenome", "achternaam", "voornaam", "efternamn", "förnamn", "etternavn", "fornavn", "nome ", "nombre ", "nom "),
         rf"\b(?:[Cc]ognome|[Aa]pellidos?|[Pp]r(?:é|e)nom|[Ii]mi(?:ę|e)|[Nn]azwisko|[Ss]obrenome|[Aa]chternaam|[Vv]oornaam|[Ee]fternamn|[Ff](?:ö|o)rnamn|[Ee]tternavn|[Ff]ornavn|Nome|Nombre|Nom) ({WORD})(?:[ ,.;]|$)", _no_label),
    Rule("national-id", (" tc ", "tc:", "tc "), r"\bTC(?: ?(?:no|kimlik|kn))?[ :.]{1,3}([1-9][0-9]{10})\b"),
    Rule("licence", NUMBER, r"\b[A-Z]{1,5}9{0,4}[0-9]{6}[A-Z9]{2}[0-9][A-Z]{2}\b", _british_driver),
    Rule("health", ("patient #", "patient#", "chart", "member #", "policy #", "record #", "mrn #"), r"(?i)\b(?:patient|member|policy|chart|record|mrn) ?(?:no\.? ?)?#[: ]?([A-Z]{0,3}[0-9]{4,12})\b"),
    Rule("account", ("c/c", "konto", "conta", "conto", "cuenta", "compte", "account", "routing", "acct"), r"(?i:c/c|konto(?:nummer)?|conta(?: corrente| banc\xc3\xa1ria)?|conto(?: corrente)?|cuenta(?: corriente| bancaria)?|compte(?: bancaire)?|bank account|acct|routing(?: number| no\.?)?)(?: (?:nr\.?|no\.?|n\xc2[\xba\xb0]))?[ :=#\"']{1,4}([0-9][0-9.]{3,12}-[0-9Xx]|[0-9]{9,12})\b", stands_alone),
    Rule("account", ("ifsc", "micr"), r"(?i:\b(?:ifsc|micr))(?i:[ _]?code)?[\"']?[ :=#]{1,3}[\"']?([A-Z]{4}0[A-Z0-9]{6}|[0-9]{9})\b"),
    Rule("national-id", NUMBER, rf"(?i:\b(?:{_NATIONS})(?: (?:national|tax|personal|identity|identification|health|social security|citizen|resident|residence|voter|insurance)){{0,2}}(?: ?(?:id|identity|identification|permit|registration))?(?: (?:card|code|number|no\.?|nr\.?))*)[ :#=]{{1,3}}(?:is )?([0-9A-Z][0-9A-Z \-./()]{{4,22}}[0-9A-Z)])", _enough_alone),
    Rule("licence", ("dl ", "dl:", "dl#", "dl no"), r"\bDL(?: ?(?:#|[Nn]o\.?|[Nn]umber))? ?[:#]? ?([A-Z]{0,3}[0-9][0-9A-Z\- ]{4,18}[0-9A-Z])\b", _enough),
    Rule("trait", ("blood", "blutgruppe", "groupe sanguin", "grupo sangu", "gruppo sanguigno"), r"(?i:blood (?:type|group)|blutgruppe|groupe sanguin|grupo sangu\xc3\xadneo|gruppo sanguigno)[ :=]{1,3}(?:is )?((?:AB|A|B|O|0) ?(?:\+|-|Rh[+-]|pos(?:itive)?|neg(?:ative)?))"),
    Rule("licence", (" reg ", " reg:", "vehicle no", "veh no", "veh. no"), r"(?i:\b(?:lorry|truck|car|bus|van|bike|motor\w*)? ?reg|veh(?:icle|\.)? no)[.:]? ([A-Z]{2,3} ?[0-9]{1,3} ?[A-Z]{0,3} ?[0-9]{0,4}[A-Z]?)\b", _enough),
    Rule("user", ("handle",), r"(?i)\bhandle[=: ]{1,2}(@[A-Za-z0-9_.]{3,30})"),
    Rule("address", ("flat ", "house ", "plot ", "apt ", "apt. ", "apartment ", "villa ", "shop no"),
         r"\b(?:Flat|House|Plot|Ap(?:artmen)?t\.?|Villa|Shop)(?: No\.?)? ?#?[0-9]{1,5}[A-Z]?(?:/[0-9A-Z]{1,4})?, ([A-Z0-9][^\n\"']{8,120}?)(?:[\"'\n]|$| ask | tel| phone)"),
)  # fmt: skip
