"""Numbers that a state, an insurer or a registry gave a person, by the words that its papers call them.

One table, country by country, from the names that each country's authority uses; a number after one of them is
hidden whatever its check digit says, since what fails is often logged for failing.
"""

from __future__ import annotations

from triage.sanitize.identities import alone, argentine, argentine_account, mexican_account, norwegian, polish
from triage.sanitize.rule import NUMBER, Found, Rule
from triage.sanitize.validators import digits

# In capitals, as authorities write them.
ACRONYMS: dict[str, str] = {
    "America": "DNI CUIT CUIL CPF CNPJ CNH CNS SUS PIS PASEP NIS NIT CTPS RENAVAM INSS CRM OAB CURP NSS INE IMSS CLABE RUT RUN RUC RIF RNC DPI DUI RTN "
    "SSN EIN ITIN ATIN PTIN NPI MBI DEA HICN USCIS SIN RAMQ OHIP PHN HCN NAM AHCIP MSP SAAQ",
    "Europe": "NIE NIF CIF NUSS NAF CIP TIS NISS SNS NIR INSEE NUMEN SIREN SIRET SPI PIVA KVNR SVNR RVNR BSN KVK INSZ NRN NINO NHS UTR CHI PPS PPSN "
    "CPR CVR PESEL NIP REGON IČO ICO DIČ DIC RČ TAJ CNP CUI EGN OIB JMBG MBG EMŠO EMSO EDRPOU RNOKPP AMKA AFM AHV AVS NAVS EHIC HETU "
    "ΑΜΚΑ ΑΦΜ ΑΔΤ ЕГН ЛНЧ ЕИК ЕМБГ ЈМБГ ІПН РНОКПП ЄДРПОУ ИНН СНИЛС ОГРН ОГРНИП ОМС ИИН БИН УНП VAT",
    "Asia": "TCKN VKN EPIC GSTIN UAN ABHA TAN CNIC NICOP NTN NID HKID HKIC NRIC PCN UEN NIK KTP NPWP BPJS CCCD CMND MST BHXH SSS UMID GSIS PSN IIN QID CPR",
    "Africa and Oceania": "NIN BVN KRA CIN CNIE TFN ABN ACN IHI DVA IRD NHI",
}  # fmt: skip
# In words, any case.
WORDS: tuple[str, ...] = tuple(
    """social security|social insurance|national insurance|national id|national identity|identity card|id card|identification|taxpayer|tax file|tax|fiscal
    |iqama|civil id|emirates id|ghana card|huduma|philhealth|pag-ibig|aadhaar|aadhar|uidai|voter id|ration card|mykad|my number|singpass|fin number|residence permit
    |health card|health insurance|medicare|medicaid|insurance|pension|driver'?s? licen[cs]e|driving licen[cs]e|licen[cs]e|visa|military id|student id|alien registration
    |steuer-?id(?:entifikationsnummer)?|steuer(?:identifikations)?-?nummer|steuernr\\.?|st\\.?-nr\\.?|sozialversicherungs-?nummer|sv-nummer|sv-nr\\.?|rentenversicherungs-?nummer|krankenversicherten-?nummer|versicherten-?nummer|ausweis-?nummer
    |personalausweis(?:nummer)?|führerschein-?(?:nummer|nr\\.?)?|ust-?idnr\\.?|ahv-?(?:nummer|nr\\.?)?|burgerservicenummer|sofinummer|rijksregister-?nummer|numéro national|numéro de sécurité sociale|sécurité sociale|sécu
    |numéro fiscal|carte vitale|carte d'assurance maladie|assurance maladie|carte d'identité|permis(?: de conduire)?|cdl|titre de séjour|numéro d'allocataire
    |codice fiscale|cod\\. ?fiscale|c\\.f\\.|partita iva|p\\. ?iva|tessera sanitaria|carta d'identità|carta identità|patente(?: di guida)?
    |cédula(?: de (?:ciudadanía|identidad))?|cedula(?: de (?:ciudadania|identidad))?|clave de elector|seguridad social|tarjeta sanitaria|documento(?: de identidad)?|carnet de conducir|licencia de conducir|número de identidad|identificación(?: \\(cédula\\))?
    |carteira de (?:trabalho|motorista|identidade|habilitação)|título de eleitor|titulo de eleitor|cartão sus|cartão de cidadão|cartão nacional de saúde|bilhete de identidade|segurança social|contribuinte|matrícula
    |personnummer|samordningsnummer|fødselsnummer|fodselsnummer|cpr-nummer|cpr-nr\\.?|cvr-nummer|organisationsnummer|organisasjonsnummer|henkilötunnus|y-tunnus|kennitala
    |dowód(?: osobisty)?|dowodu osobistego|nr dowodu|prawo jazdy|rodné číslo|rodne cislo|číslo op|občanský průkaz|číslo pojištěnce|személyi szám|személyi igazolvány|adóazonosító(?: jel)?|taj-?szám
    |cod numeric personal|carte de identitate|isikukood|personas kods|asmens kodas|davčna številka|matični broj|osobna iskaznica
    |kimlik(?: no)?|kimlik numarası|vergi(?: kimlik)? no|ehliyet no|teudat zehut|תעודת זהות|ת\\.ז\\.?|الرقم القومي|رقم الهوية|الهوية الوطنية|رقم الإقامة|کد ملی
    |паспорт|водительское удостоверение|полис|идентификационный код|ипн|ід код|номер паспорта
    |nomor induk kependudukan|nomor ktp|căn cước(?: công dân)?|chứng minh nhân dân|mã số thuế|เลขบัตร(?:ประชาชน)?|บัตรประชาชน|आधार|पैन|เลขประจำตัวประชาชน
    |身份证(?:号码|号)?|身分證(?:字號|號碼)?|居民身份证(?:号码|号)?|社保(?:卡)?号|统一社会信用代码|統一編號|驾驶证(?:号)?|マイナンバー|個人番号|基礎年金番号|免許証番号|被保険者番号|保険証番号|주민등록번호|운전면허(?:번호)?|사업자등록번호|외국인등록번호|여권번호""".replace(
        "\n", ""
    )
    .replace("    |", "|")
    .strip()
    .split("|")
)
_SAID = r"(?:\)?[ \-]?(?i:number|nummer|numéro|numero|número|numer|num\.?|no\.?|nr\.?|n(?:º|°|o)\.?|№|номер|číslo|id|pin|code|card|\\.|#|is|ist|es|:|=|：|为|是))"
_VALUE = r"(?:[A-Z]{1,4}[ \-]?)?[0-9][0-9A-Z .\-/]{4,24}[0-9A-Z]"


def is_clock(found: Found) -> bool:
    """Whether a colon and more digits follow."""
    after = found.after(2)
    return after[:1] == b":" and after[1:].isdigit()


def _paper(found: Found) -> bool:
    """Six digits or more, in one case; no date, no time and no decimal."""
    value = found.value.strip()
    count = len(digits(value))
    if found.before() == b"-" or value[:1] == b"-":
        return False  # SIN-2026-77120 is a number of a case
    if found.before(24).lower().split(b" ")[-2:-1] in ([b"order"], [b"version"], [b"invoice"], [b"amount"]):
        return False
    if count < 6 or found.after().isalnum() or is_clock(found) or value[:2] in (b"0x", b"v1"):
        return False
    return not (value[4:5] == b"-" and value[7:8] == b"-" and value[:2] in (b"19", b"20"))


def _paper_of_travel(found: Found) -> bool:
    value = found.value
    count = len(digits(value))
    return count > 1 + (len(value) < 8) and value.isascii() and not found.after().isalnum()


def _checked(found: Found) -> bool:
    """With the check digits of a Norwegian's or a Pole's number, of a Mexican or an Argentine account."""
    judges = {11: (norwegian, polish), 18: (mexican_account,), 22: (argentine_account,)}
    return alone(found) and any(judge(found) for judge in judges[len(found.value)])


def _filled_up(found: Found) -> bool:
    """Its fields are filled up with signs; a word of capitals elsewhere in the text has none."""
    return b"<" in found.value


def _mexican(found: Found) -> bool:
    return found.before() not in (b"_", b"-") and not found.after().isalnum()


# Those that mean nothing else in small letters.
_SMALL = (
    "cpf cnpj cnh curp rut dni nie nif cuit cuil ssn itin nino nhs bsn pesel regon cnp egn oib jmbg amka afm ahv avs tfn abn acn tckn cnic"
    " nip rč nric nik ktp npwp cccd gstin umid mbi npi ein bvn inn snils hetu fnr siren siret kvnr svnr nin nid bvn"
)
_LABELS = "|".join(word for words in (*ACRONYMS.values(), _SMALL) for word in words.split())

NATIONAL: tuple[Rule, ...] = (
    Rule("national-id", NUMBER, rf"(?:^|[^A-Za-z0-9_])(?:{_LABELS})(?: (?:do|da|del|de la|de|di|du|des|of the|of|on|der|des|van de|van) [a-z\x80-\xff]{{3,16}}|(?: [a-z\x80-\xff]{{2,16}}){{1,3}})?{_SAID}{{0,3}}[ :#=/)]{{0,3}}({_VALUE})", _paper),
    Rule("national-id", NUMBER, rf"(?:^|[^A-Za-z0-9_])(?i:{'|'.join(WORDS)}){_SAID}{{0,3}}[ :#=]{{0,3}}({_VALUE})", _paper),
    Rule("national-id", NUMBER, r"\b(?:RG|C\.?I\.|C\.C\.|B\.I\.|I\.C\.|IC|DL)[ .]?(?:number|n(?:º|°|o)\.?|no\.?|nr\.?|num\.?|#|:)? ?([0-9][0-9.\- ]{4,14}[0-9X])\b", _paper),
    Rule("national-id", NUMBER, r"\b[A-Z]{1,2}[0-9]{6}\([0-9A]\)"),  # Hong Kong
    Rule("national-id", NUMBER, r"\b[AP]0[0-9]{8}[A-Z]\b"),  # Kenya
    Rule("national-id", NUMBER, r"(?:2[03457]|3[034])-[0-9]{8}-[0-9]", argentine),
    Rule("national-id", ("versichert", "nomor sim", "no. sim", "indangamuntu", "cédula", "cedula", "ghana card"),
         r"(?i)(?:versicherten?-?(?:id|nr\.?|nummer)|no(?:mor|\.)? sim|indangamuntu|c(?:\xc3\xa9|e)dula)[):# ]{1,4}([A-Z]?[0-9][0-9 \-]{7,22}[0-9])\b", _paper),
    Rule("national-id", ("nic",), r"(?i:\bnic\b)[^\n]{0,16}?\b([0-9]{9}[VXvx]|(?:19|20)[0-9]{10})\b"),
    Rule("national-id", NUMBER, r"[1-7][0-9]{4}-[0-9]{7}-[0-9]|[1-8]-[0-9]{4}-[0-9]{5}-[0-9]{2}-[0-9]", alone),  # Pakistan, Thailand
    Rule("national-id", ("gha-",), r"GHA-[0-9]{9}-[0-9]", alone),
    Rule("national-id", NUMBER, r"\b[0-9]{11}(?:[0-9]{7}(?:[0-9]{4})?)?\b", _checked),
    Rule("national-id", ("rfc",), r"\b(?i:RFC)[^\n]{0,32}?\b([A-Z\xc3]{3,5}[0-9]{6}[A-Z0-9]{3})\b", _mexican),
    Rule("national-id", ("vat", "iva", "tva", "ust", "btw", "moms", "vies", "dph", "alv"),
         r"(?i:\b(?:vat|p?\.?iva|tva|ust|btw|moms|vies|dph|alv))[^\n]{0,40}?\b((?:AT ?U|BE ?[01]|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI|CHE)[ \-]?[0-9A-Z](?:[ .\-]?[0-9A-Z]){6,12})\b", _paper),
    Rule("national-id", NUMBER, r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-[0-9]{2}-[0-9]{4}", alone),
    # a person in India; other letters are for firms
    Rule("national-id", ("kyc", "pan", "tds", "income tax", "taxpayer", "nsdl", "aadhaar", "demat", "folio"), r"\b[A-Z]{3}P[A-Z][0-9]{4}[A-Z]\b"),
    Rule("national-id", ("pan", "पैन"), r"(?i:\bpan)(?i:[ _]?(?:number|no\.?|card))?[\"']?(?: is)?[ :=#]{1,3}[\"']?([A-Z]{5}[0-9]{4}[A-Z])\b"),
    # passports' machine readable zone
    Rule("passport", ("<<",), r"\b(?:[PVIAC][A-Z<][A-Z<]{3}[A-Z<]{4,39}|[A-Z0-9<]{9}[0-9][A-Z<]{3}[0-9]{6}[0-9][MFX<][0-9]{6}[0-9][A-Z0-9<]{2,16}|[A-Z0-9][A-Z0-9<]{8,28}[0-9]<{2,16}[0-9]{0,2})", _filled_up),
    Rule("passport", ("passport", "reisepass", "passeport", "pasaporte", "passaporto", "paspoort", "paszport", "паспорт", "护照", "護照", "パスポート", "旅券", "여권", "جواز"),
         r"(?i:passport|reisepass|passeport|pasaporte|passaporto|paspoort|paszport(?:u)?|паспорт(?:а)?|护照|護照|パスポート|旅券|여권|جواز(?: السفر)?)(?:\)?[ \-]?(?i:number|nummer|num[eé]ro|n[uú]mero|no\.?|nr\.?|n(?:º|°|o)\.?|№|号码|号|番号|번호|is|:|=|#|：)){0,3}[ :#=\"']{0,3}([A-Z0-9]{2}[A-Z0-9 ]{3,9}[A-Z0-9])\b", _paper_of_travel),
    Rule("passport", ("серия", "серии", "серію", "серія"), r"(?i:сері[яю]|сери[яи])[: №]{1,3}([0-9]{2} ?[0-9]{2}[, ]{1,2}(?:номер|№|N)[: ]{0,2}[0-9]{6})\b"),
    Rule("national-id", NUMBER, r"\b[A-Z9]{5}[0-9]{6}[A-Z9]{2}[0-9][A-Z0-9]{2}\b", alone),  # driving licence of Great Britain
    Rule("national-id", ("uidai", "aadhaar", "aadhar"), r"(?i)(?:uidai|aadhaa?r)[^\n]{0,40}?\b([2-9][0-9]{11})\b"),
    Rule("account", ("pix",), r"(?i)\bpix[^\n]{0,32}?\bchave[=: ]{1,2}([0-9]{11,14}|[0-9a-f\-]{36})\b"),
    Rule("national-id", ("medicare", "nhs", "ssn", "passport", "pesel", "bsn", "cpf", "nino", "dni"),
         r"(?i)\b\w{0,12}(?:medicare|nhs|ssn|passport|pesel|bsn|cpf|nino|dni)_?(?:no|num|number|nr|id)? [\"']([A-Z0-9][A-Z0-9 \-]{5,20})[\"']", _paper),
    Rule("national-id", ("matriculation", "matrikel"), r"(?i)\bmatri(?:culation|kel)[ \-]?(?:no\.?|number|nr\.?|nummer)?[ :=#]{1,3}([0-9]{5,12})\b"),
    Rule("licence", ("anpr", "plate", "vrm", "barrier", "parking"), r"(?i:anpr|plate|vrm|barrier|parking)[^\n]{0,40}?\b([A-Z]{2}[0-9]{2} ?[A-Z]{3})\b"),
)  # fmt: skip
