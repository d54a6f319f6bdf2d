"""What a label names, language by language: births, plates, logins, telephones, papers, addresses.

Label, sign, value, as forms, cards and logs write them; the labels that are names of fields stand in `keys`.
"""

from __future__ import annotations

from collections.abc import Callable

import re2

from triage.sanitize.people import PARTICLE, WORD, is_common, is_login
from triage.sanitize.rule import AROUND, Found, Rule, bytes_pattern
from triage.sanitize.rules.speech import SERVICE_USERS
from triage.sanitize.rules.streets import DIGIT
from triage.sanitize.rules.things import is_thing
from triage.sanitize.validators import digits
from triage.sanitize.value import is_prose

_SIGN = r"(?:[ \t]*(?:[:=#]|：|﹕|は|为|為|是|는|은|यह|है)|[ \t]+(?:is|es|ist|est|è|é|var|är|er|to|je|jest|on|le|el|il|den|dne|dnia|at|no\.?|nr\.?|n(?:º|°)|nomor|số|number|numarası)){0,2}[ \t]*[\"'「(]?"
_COLON = r"[\"']?[ \t]*(?::|：|=)[ \t]*[\"'「]?"
_MONTHS = r"(?:[A-Za-z\x80-\xff]{3,24}\.?)"
DATE = (
    rf"(?:{DIGIT}{{4}} ?[-/.] ?{DIGIT}{{1,2}} ?[-/.] ?{DIGIT}{{1,2}}|{DIGIT}{{1,2}} ?[-/.] ?{DIGIT}{{1,2}} ?[-/.] ?{DIGIT}{{2,4}}"
    rf"|(?:昭和|平成|令和|大正|民國|民国)?{DIGIT}{{1,4}} ?(?:年|년) ?{DIGIT}{{1,2}} ?(?:月|월) ?{DIGIT}{{1,2}} ?(?:日|일)?"
    rf"|{DIGIT}{{1,2}}\.? (?:de |of )?{_MONTHS},? (?:de |del )?{DIGIT}{{4}}|{_MONTHS} {DIGIT}{{1,2}}(?:st|nd|rd|th)?,? {DIGIT}{{4}})"
)
_BIRTHS = """date of birth|birth date|birthdate|dob|d.o.b.?|born|geburtsdatum|geburtstag|geb.|geboren am|geboren|date de naissance|née? le|fecha de nacimiento|f. ?nac.?|nacid[oa] el|data de nascimento|dt.? ?nasc.?|nascid[oa] em|d.n.
    |data di nascita|nat[oa] il|data nașterii|data nasterii|născută?|geboortedatum|geboren op|födelsedatum|född|fødselsdato|født|fødselsdag|syntymäaika|syntynyt|synt.|sünniaeg|dzimšanas datums|dzim.|gimimo data|gim.
    |data urodzenia|urodzon[ya]|ur.|datum narození|narozená?|nar.|dátum narodenia|narodená?|születési (dátum|idő|ideje)|szül.?|datum rođenja|rođena?|rojstni datum|rojena?|datëlindja
    |doğum tarihi|d. ?tarihi|tanggal lahir|tgl.? ?lahir|tarikh lahir|lahir|ngày sinh|sinh ngày|ipinanganak|tarehe ya kuzaliwa
    |ημερομηνία γέννησης|ημ. ?γέννησης|γεννήθηκε|γενν.|дата рождения|д.?/?р.?|род.|родился|родилась|дата народження|народився|народилась|дата на раждане|роден|родена|датум рођења|туған күні
    |生年月日|誕生日|出生日期|出生年月日|出生年月|生日|생년월일|생일|تاريخ الميلاد|تاريخ الولادة|مواليد|تاریخ تولد|متولد|تاریخ پیدائش|תאריך לידה|ת. ?לידה|जन्म तिथि|जन्मतिथि|जन्मदिन|जन्म दिनांक|জন্ম তারিখ|பிறந்த தேதி|పుట్టిన తేదీ|วันเกิด|วันเดือนปีเกิด|เกิดวันที่"""
_NAMES = """full name|name and surname|vor- und (nach|zu)name|nom complet|noms? et prénoms?|nombre completo|nombres? y apellidos?|apellidos?,? y? ?nombres?|nome completo|nome e (cog|sobre)nome|cognome e nome|volledige naam|voor- en achternaam|fullständigt namn|för- och efternamn
    |fulde navn|fullt navn|for- og etternavn|koko nimi|etu- ja sukunimi|täisnimi|ees- ja perekonnanimi|vārds,? (un )?uzvārds|vardas,? (ir )?pavardė|imię i nazwisko|nazwisko i imię|jméno a příjmení|meno a priezvisko|teljes név|nume [sș]i prenume|nume complet|ime i prezime|prezime i ime
    |ime in priimek|priimek in ime|emri i plotë|emri dhe mbiemri|ad[ -]soyad|adı,? soyadı|nama lengkap|nama penuh|họ và tên|họ tên|buong pangalan|jina kamili|nafn viðskiptavinar|fullt nafn|enw llawn|ainm iomlán|izen-abizenak|nom i cognoms|ism sharif|to'liq ism
    |ονοματεπώνυμο|όνομα και επώνυμο|фио|ф.и.о.|ф. и. о.|фамилия,? имя,?( отчество)?|имя и фамилия|піб|п.і.б.|прізвище,? ім'я|ім'я та прізвище|име и фамилия|три имена|име и презиме|аты-жөні|толық аты|аты жөні"""
_PLATES = """licen[cs]e plate|number plate|plate( no.?| number)?|reg(istration)?.? ?(no|number|plate).?|vehicle (no|number|reg).?|vehicle|car reg|kennzeichen|kfz-kennzeichen|amtl. kennzeichen|nummernschild|(numéro de )?plaque( d'immatriculation)?|immatriculation|matrícula|matricula
    |placas?|patente|dominio|chapa|targa|kenteken|nummerplaat|registreringsnummer|regnr.?|reg. ?nr.?|skilt|nummerplade|rekisterinumero|rekisteritunnus|tablica( rejestracyjna)?|nr rej.?|numer rejestracyjny|rejestracja|spz|rz|řz|ečv|evč|rendszám|rendszáma|număr de înmatriculare|nr.? înmatriculare
    |registarska oznaka|registracija|tablice|targa|plaka( no)?|nopol|no.? polisi|nomor polisi|plat nomor|no. pendaftaran|biển số( xe)?|bks|ทะเบียน(รถ)?|πινακίδα|αρ. κυκλοφορίας|гос. ?номер|госномер|грз|номер (авто|машины|тс)|номерной знак|держномер|номерний знак|рег. ?номер
    |车牌(号码?)?|車牌(號碼?)?|ナンバー(プレート)?|車両番号|登録番号|차량 ?번호|번호판|رقم اللوحة|لوحة|شماره پلاک|پلاک|מספר רכב|לוחית|गाड़ी नंबर|वाहन संख्या"""
_LOGINS = """benutzername|benutzer|anmeldename|nutzername|identifiant|nom d'utilisateur|utilisateur|pseudo|compte|usuario|nombre de usuario|usuari|nome de usuário|usuário|nome utente|utente|gebruikersnaam|gebruiker|inlognaam|användarnamn|användare|brukernavn|bruker|brugernavn|bruger
    |käyttäjätunnus|käyttäjänimi|käyttäjä|kasutajanimi|lietotājvārds|naudotojo vardas|nazwa użytkownika|użytkownik|login|uživatelské jméno|uživatel|používateľ|felhasználónév|felhasználó|nume (de )?utilizator|utilizator|korisničko ime|korisnik|uporabniško ime|uporabnik
    |kullanıcı adı|kullanıcı|nama pengguna|pengguna|username|tên đăng nhập|tài khoản|người dùng|nick|nickname|όνομα χρήστη|χρήστης|логин|имя пользователя|пользователь|пользователя|никнейм|логін|ім'я користувача|користувач|потребител|потребителско име|корисничко име
    |用户名|用戶名|账号|帳號|帐号|账户名|登录名|昵称|ユーザー名|ユーザーID|ユーザID|ログインID|アカウント名|ハンドルネーム|아이디|사용자명|사용자 이름|닉네임|계정|اسم المستخدم|المستخدم|نام کاربری|کاربر|שם משתמש|המשתמש|उपयोगकर्ता नाम|यूज़रनेम|ชื่อผู้ใช้|บัญชีผู้ใช้"""
_PHONES = """tel|telephone|phone|mobile|mob|cell|natel|fono|fone|kom|komórka|kontakt|nr tel|numer tel|mobil|mobiltelefon|telefonszám|mobilszám|puh|puhelin|tlf|mobilnr|gsm|handynr|handynummer|telefonnr|telemóvel|telemovel|tlm|celular|móvil|movil|cel|zap|whatsapp|wa|simu|namba ya simu|numéro|portable
    |no.? ?telp.?|no.? ?telepon|telepon|no.? ?tel|hp|no.? hp|sđt|đt|điện thoại|số điện thoại|di động|τηλ|τηλέφωνο|κινητό|κιν|тел|телефон|телефона|моб|мобильный|сот|сотовый|мобільний|номер телефона|номері|нөмірі|телефонен номер|телефон за връзка
    |电话|電話|手机|手機|座机|联系电话|聯絡電話|手机号码?|手機號碼?|電話番号|携帯|携帯電話|連絡先|緊急連絡先|전화|전화번호|휴대폰|휴대전화|핸드폰|연락처|هاتف|الهاتف|جوال|الجوال|موبايل|رقم الجوال|رقم الهاتف|تلفن|شماره تماس|موبایل|همراه|فون|טלפון|נייד|טל'|फोन|फ़ोन|मोबाइल|दूरभाष|ফোন|মোবাইল|தொலைபேசி|கைபேசி|โทร|โทรศัพท์|เบอร์โทร|เบอร์|มือถือ"""
_PAPERS = """adószám|adóazonosító( jel)?|tajszám|taj|személyi( igazolvány)?( szám)?|паспорт( серия)?|серия и номер|sa id( number)?|carte nationale( d'identité)?|cni|cnie|cin|cnib|nina|carta d'identità|documento|cédula|cedula|c.c.|c.i.|dni|nie
    |identiteitsnummer|isikukood|personas kods|asmens kodas|číslo op|občanský průkaz|rodné číslo|matični broj|davčna številka|emšo|jmbg|oib|număr de identificare|ci seria|carte d'identité|ausweisnr.?|ausweis-nr.?|personalausweisnr.?|ahv-nr.?|steuer-id|steuernr.?
    |αριθμός ταυτότητας|αδτ|α.δ.τ.|αφμ|α.φ.μ.|αμκα|егн|лнч|іпн|рнокпп|инн|снилс|огрнип|полис( омс)?|жсн|иин
    |身份证号?码?|身分證(字號)?|統一編號|統編|居留证|護照號碼|护照号码?|通行证|マイナンバー|個人番号|免許証番号|旅券番号|パスポート番号|保険証番号|在留カード番号|주민(등록)?번호|여권번호|운전면허번호|외국인등록번호
    |رقم الهوية|الرقم القومي|رقم الإقامة|الرقم الوطني|رقم جواز السفر|رقم الجواز|کد ملی|کدملی|شماره ملی|شناسنامه|شماره گذرنامه|شناختی کارڈ|ת.ז.|תעודת זהות|מספר זהות|מס' דרכון|דרכון|आधार( संख्या| नंबर)?|पैन( नंबर)?|জাতীয় পরিচয়পত্র|এনআইডি|เลขบัตรประชาชน|เลขประจำตัวประชาชน|เลขที่บัตร|หนังสือเดินทาง
    |số cccd|cccd|số cmnd|cmnd|hộ chiếu|mã số thuế|no.? ktp|no.? ic|kad pengenalan|paspor|no.? paspor|tc kimlik( no)?|t.?c.? no|vergi no|pasaport no|philsys|sss no.?|nida|kra pin|ghana card"""
_ACCOUNTS = """account|account no|account number|a/c no|a/c|acct|bank account|konto|kontonummer|kontonr|konto nr|bankkonto|cuenta|cuenta beneficiari[ao]|cuenta destino|cuenta origen|nro de cuenta|número de cuenta|n.º de cuenta|conta|conta corrente|conta poupança|compte|n° de compte|conto|conto corrente|numero di conto
    |rekening|rekeningnummer|no rekening|nomor rekening|tilinumero|tili|číslo účtu|účet|szamlaszam|számlaszám|bankszámla(szám)?|cont bancar|račun|žiro račun|broj računa|hesap|hesap no|banka hesabı|numer konta|nr konta|rachunek|nr rachunku
    |số tài khoản|stk|tài khoản ngân hàng|เลขบัญชี|เลขที่บัญชี|account ending|л/с|р/с|расч.? счет|расчетный счет|расчётный счёт|номер счета|счет получателя|лицевой счет|рахунок|номер рахунку|сметка|λογαριασμός|αρ. λογαριασμού
    |계좌번호|계좌|입금계좌|口座番号|口座|普通預金|银行账号|银行账户|银行卡号|账户|卡号|رقم الحساب|الحساب البنكي|شماره حساب|شماره کارت|מספר חשבון|חשבון בנק|खाता संख्या|खाता नंबर|একাউন্ট নম্বর"""
_POSTCODES = """código postal|codigo postal|c.p.|code postal|cep|plz|postleitzahl|postcode|postal code|zip code|pin code|pincode|postnummer|postnr|postinumero|kod pocztowy|psč|irányítószám|irsz|cod poștal|cod postal|poštanski broj|poštna številka|pasta indekss|pašto kodas|sihtnumber|posta kodu|kode pos|poskod|mã bưu chính
    |індекс|почтовый индекс|поштовий індекс|пощенски код|ταχυδρομικός κώδικας|τ.κ.|邮编|邮政编码|郵便番号|郵遞區號|우편번호|الرمز البريدي|کد پستی|מיקוד|पिन कोड|รหัสไปรษณีย์"""
_ADDRESSES = """address|anschrift|adresse|wohnhaft( in)?|domicile|domicilié(e)? (à|au)|dirección|direccion|domicilio|endereço|endereco|morada|indirizzo|residenza|pobyt|adres|woonadres|adress|bostadsadress|osoite|aadress|adrese|adresas|adresa|bydliště|bydlisko|lakcím|cím|naslov|prebivališče
    |adresi|alamat|địa chỉ|tirahan|anwani|διεύθυνση|κατοικία|адрес|адресу|адреса|мекенжайы|住所|所在地|送付先|配送先|届け先|地址|住址|收货地址|收貨地址|寄送地址|通讯地址|通訊地址|户籍地址|주소|배송지|거주지|العنوان|عنوان|عنوان التوصيل|محل الإقامة|آدرس|نشانی|پتہ|כתובת|पता|ঠিকানা|முகவரி|చిరునామా|ที่อยู่"""


def _words(table: str) -> list[str]:
    """The labels of a table. `x?` and `(xy)?` may be absent, of `[xy]` and `(x|y)` one stands there."""
    split = table.replace("\n    |", "|")
    while (bare := _GROUPED.sub(lambda group: group.group().replace("|", "\0"), split)) != split:
        split = bare
    return sorted({spelt for word in split.split("|") for spelt in _spelt(word)}, key=len, reverse=True)


_GROUPED = re2.compile(r"\([^()]*\|[^()]*\)")
_CHOICE = re2.compile(r"\(([^()]*)\)(\?)?|\[([^\[\]]+)\]|(.)\?")


def _spelt(word: str) -> list[str]:
    choice = _CHOICE.search(word)
    if choice is None:
        return [word]
    group, optional, letters, letter = choice.groups()
    if letter is not None:
        parts = ["", letter]
    else:
        parts = list(letters) if letters else [*group.split("\0"), *([""] if optional else [])]
    before, after = word[: choice.start()], word[choice.end() :]
    return [spelt for part in parts for spelt in _spelt(f"{before}{part}{after}")]


def _cases(word: str) -> tuple[str, ...]:
    """As an anchor: text is lower-cased in ASCII only."""
    low = word.lower()
    return (low,) if word.isascii() else tuple({low, low[0].upper() + low[1:], _ascii_lowered(low.upper())})


def _ascii_lowered(word: str) -> str:
    return "".join(char.lower() if char.isascii() else char for char in word)


_START = r"(?:^|[^A-Za-z0-9_\x80-\xff]|[\xe0-\xef][\x80-\xbf]{2})"


def _labelled(
    kind: str,
    table: str,
    value: str,
    valid: Callable[[Found], Found | bool] | None = None,
    *,
    sign: str = _SIGN,
) -> Rule:
    words = _words(table)
    anchors = tuple({anchor: None for word in words for anchor in _cases(word)})
    return Rule(kind, anchors, rf"{_START}(?:{'|'.join(map(_pattern, words))})\.?{sign}({value})", valid)


def _pattern(word: str) -> str:
    escaped = word.replace(".", r"\.")
    if word.isascii():
        return rf"(?i:{escaped})\b" if word[-1].isalnum() else f"(?i:{escaped})"
    return "|".join((escaped, escaped[0].upper() + escaped[1:], escaped.upper()))


def _dated(found: Found) -> bool:
    return not found.after().isalnum()


def _number_of(least: int, most: int) -> Callable[[Found], bool]:
    def enough(found: Found) -> bool:
        count = sum(map(str.isdecimal, found.value.decode("utf-8", "ignore")))
        return least <= count <= most and not found.after().isalnum() and found.after(2)[:1] != b":"

    return enough


def _plate(found: Found) -> bool:
    """Letters and digits, all capitals; no version and no word."""
    value = found.value.decode("utf-8", "ignore")
    numerals = sum(map(str.isdecimal, value))
    return (
        2 <= numerals <= 7
        and any(map(str.isalpha, value))
        and value == value.upper()
        and 4 < len(value) < 16
        and not found.after().isalnum()
    )


def _paper(found: Found) -> bool:
    """No date, no time, no decimal of few digits; of a paper, whatever its check digit says."""
    value = found.value
    if value[4:5] + value[7:8] == b"--" or found.after(2)[:1] == b":" or found.after().isalnum():
        return False
    return len(digits(value)) >= 6


def _somebody(found: Found) -> bool:
    """And not what else a field's label goes on with: that it is required."""
    words = found.value.split()
    return not any(map(is_thing, words)) and not is_common(words[0].decode("utf-8", "ignore"))


def _login(found: Found) -> bool:
    """Of letters with a digit or a sign between, or of a person's name; no word of a sentence."""
    value = found.value
    if found.after() in (b"(", b"/", b"\\", b"@") or value.lower() in SERVICE_USERS:
        return False
    if is_login(value):
        return True
    signed = found.before(3).rstrip(b" \"'")[-1:] in (b":", b"=", b"\x9a")
    mixed = bool(digits(value)) or any(sign in value for sign in (b"_", b".", b"-"))
    return signed and mixed and len(value) > 4 and not value.replace(b".", b"").isdigit()


def _located(found: Found) -> Found | bool:
    """Words and the number of a house or a post office among them, up to the next name."""
    if _ends_url(found):
        return False
    value = _NEXT_NAME.split(found.value, 1)[0]
    words = value.decode("utf-8", "ignore").replace("/", " ").split()
    numbered = any(word.lstrip("#(").rstrip(",.)")[:1].isdecimal() for word in words)
    if b"://" in value or b"%" in value or b"0x" in value or is_prose(value):
        return False
    if not numbered or not any(map(str.isalpha, "".join(words))):
        return False
    return Found(found.data, found.start, found.start + len(value))


_NEXT_NAME = bytes_pattern(
    r"[,;] ?[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]{1,40}:| [A-Za-z_]\w{1,40}:[^\s:]", captures=False
)


def _ends_url(found: Found) -> bool:
    """Behind `https://…?type=RESIDENZA: `, where a message goes on."""
    word = found.before(AROUND).rstrip(b": ").rpartition(b" ")[2]
    return b"?" in word.partition(b"://")[2] and b"=" in word


_NUMBER = rf"[+(]?{DIGIT}(?:[ .\-/()]{{0,2}}{DIGIT}){{5,14}}|\xef\xbc\x8b?{DIGIT}{{2,4}}(?:(?:−|－|‐|ー){DIGIT}{{2,5}}){{1,3}}"
_PAPER = rf"(?:[A-Z]{{1,4}}[ \-]?)?{DIGIT}(?:(?: ?№ ?| ?/ ?|[ .\-])?(?:{DIGIT}|[A-Z])){{4,22}}"
_PLATE = r"(?:[A-Z]{1,4}|[\xd0-\xd1][\x80-\xbf]|[\xe4-\xe9][\x80-\xbf]{2}|[0-9])(?:[ \-.·]?(?:[A-Z0-9]|[\xce-\xd4][\x80-\xbf]|[\xd8-\xdb][\x80-\xbf]|\xe3[\x81-\x83][\x80-\xbf]|[\xe4-\xed][\x80-\xbf]{2}|\xc2\xb7|\xe0[\xb8\xb9][\x80-\xbf])){3,10}"

LABELS: tuple[Rule, ...] = (
    _labelled("birth-date", _BIRTHS, DATE, _dated),
    _labelled("birth-date", "생일|생년월일|出生|dob", r"[0-9]{6,8}", _dated),
    _labelled("name", _NAMES, rf"{WORD}(?:,? (?:{PARTICLE} )?{WORD}){{0,4}}", _somebody, sign=_COLON),
    _labelled("licence", _PLATES, _PLATE, _plate),
    _labelled("user", _LOGINS, r"[A-Za-z][A-Za-z0-9._\-]{2,31}", _login),
    _labelled("phone", _PHONES, _NUMBER, _number_of(7, 15)),
    _labelled("account", _ACCOUNTS, rf"{DIGIT}(?:[ \-]?{DIGIT}){{7,25}}", _number_of(8, 26)),
    _labelled("national-id", _PAPERS, _PAPER, _paper),
    _labelled("address", _POSTCODES, r"[0-9]{3}[ \-]?[0-9]{2}(?:[0-9]|-?[0-9]{3,4})?|[0-9]{4}(?: ?[A-Z]{2})?|[0-9]{2}-[0-9]{3}|[0-9]{3}-[0-9]{4}", _dated),
    _labelled("address", _ADDRESSES, r"[^\n\"'|;<>{}=]{6,120}", _located, sign=_COLON),
)  # fmt: skip
