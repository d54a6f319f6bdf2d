"""Which names, in any naming style, say that their value is secret or personal."""

from __future__ import annotations

from functools import lru_cache

import re2

_WORDS = re2.compile(r"[A-Z]+[0-9]*(?:$|[^a-zA-Z])|[A-Z]?[a-z\x{80}-\x{10ffff}]+|[A-Z]{2,}|[A-Z]|[0-9]+")

# Joined words of the name -> kind. A phrase must end the name, or be followed only by a _TAIL word.
_PHRASES: dict[str, str] = {
    phrase: kind
    for kind, phrases in {
        "password": "password passwd passwort kennwort contrasena contraseña senha motdepasse mdp wachtwoord haslo hasło "
        "parola parol пароль密码 пароль 密码 密碼 口令 パスワード 비밀번호 sifre şifre lozinka heslo jelszo salasana losenord lösenord "
        "adgangskode passord matkhau pwd pswd passphrase passcode pass userpass dbpass rootpass clave palavrapasse sandi katasandi",
        "secret": "secret secretkey clientsecret sharedsecret appsecret secretaccesskey signingsecret webhooksecret "
        "signingkey encryptionkey masterkey hmackey sessionkey geheimnis segredo secreto seckey sek aeskey cryptkey "
        "cipherkey salt pepper seed mnemonic recoveryphrase seedphrase recoverycode backupcode",
        "token": "token accesstoken authtoken refreshtoken idtoken bearer bearertoken apitoken usertoken jwt csrf "
        "csrftoken xsrf xsrftoken csrfmiddlewaretoken sessiontoken resettoken invitetoken personalaccesstoken pat "
        "devicetoken pushtoken registrationtoken magiclink verificationtoken confirmationtoken nonce otp totp mfacode "
        "twofactorcode verificationcode authcode authorizationcode oauthcode onetimepassword requesttoken ticket "
        "accessticket jeton samlresponse samlassertion codeverifier clientassertion assertion",
        "key": "apikey accesskey accesskeyid secretkeyid privatekey accountkey storagekey licensekey licencekey sharedkey sharedaccesskey "
        "subscriptionkey authkey servicekey appkey applicationkey consumerkey consumersecret deploykey sshkey gpgkey rsakey "
        "presharedkey psk apikeyid functionskey hostkey rootkey integrationkey writekey readkey ingestkey "
        "ocpapimsubscriptionkey cledapi claveapi chaveapi apischluessel",
        "credential": "credential credentials creds cred auth authorization proxyauthorization authentication authheader "
        "xauth signature sig xsignature hubsignature amzsignature connectionstring connstr dsn connectionuri "
        "databaseurl dburl mongouri redisurl brokerurl sqlalchemydatabaseuri serviceaccountkey keyfilejson wwwauthenticate",
        "session": "session sessionid sessid sid phpsessid jsessionid connectsid sessionkey sessioncookie cookie cookies "
        "setcookie aspnetsessionid asp sessionhash remembertoken rememberme",
        "pin": "pin pincode cvv cvc cvv2 cvc2 cardcvv cardcvc securitycode cvn cardpin csc",
        "card": "cardnumber creditcard creditcardnumber ccnumber ccnum pan cardno debitcard kreditkarte kartennummer "
        "tarjeta numerotarjeta numerocarte cardnum ccno",
        "account": "accountnumber bankaccount bankaccountnumber routingnumber sortcode iban bic swift swiftcode kontonummer "
        "numerocuenta acctno accountno bankaccountno clabe",
        "national-id": "ssn socialsecurity socialsecuritynumber nationalid nationalinsurancenumber nino taxid "
        "taxnumber tin itin cpf cnpj dni nie nif cuit curp rfc pesel bsn personnummer cprnumber cpr aadhaar aadhar pannumber "
        "steuerid steuernummer codicefiscale insee nir sin idnumber idcard identitynumber nationalidnumber rut hkid nric "
        "mynumber tckn tckimlikno personalid personalnumber socialinsurancenumber medicare medicarenumber nhsnumber nhs 身份证 身份证号",
        "passport": "passport passportnumber passportno passnummer reisepass numeropasaporte pasaporte passeport",
        "licence": "driverlicense driverslicense drivinglicence driverlicence driverslicence driverlicensenumber "
        "driverslicensenumber drivinglicense fuehrerschein licenseplate numberplate dlnumber permisconduire",
        "birth-date": "dob dateofbirth birthdate birthday birthdt geburtsdatum geburtstag fechanacimiento datenaissance "
        "datedenaissance datanascimento fechadenacimiento dataurodzenia datadinascita bornon 生日 出生日期 生年月日",
        "name": "firstname lastname fullname surname givenname familyname middlename maidenname realname vorname nachname "
        "nom prenom prénom nombre apellido apellidos cognome sobrenome nomecompleto cardholder cardholdername nameoncard "
        "customername patientname recipientname billingname shippingname legalname contactname ownername personname "
        "mothersmaidenname imie nazwisko имя фамилия 姓名 氏名 이름 holdername accountholder beneficiaryname fname lname "
        "employeename studentname guestname passengername",
        "address": "address streetaddress street addressline addressline1 addressline2 address1 address2 homeaddress "
        "billingaddress shippingaddress postaladdress mailingaddress deliveryaddress zip zipcode postcode postalcode plz strasse straße "
        "strassehausnummer anschrift adresse direccion dirección endereco endereço indirizzo codepostal codigopostal cep адрес 地址 住所 주소 "
        "residence addressstreet",
        "email": "email mail emailaddress useremail mailaddress mailto contactemail correo correoelectronico courriel epost emailid e-mail 邮箱 メール",
        "phone": "phone phonenumber telephone tel mobile mobilenumber mobilephone cellphone cell msisdn fax faxnumber "
        "telefon telefono teléfono telefone handy handynummer celular movil móvil whatsapp telephonenumber telno phoneno mobileno "
        "contactnumber homephone workphone portable 电话 手机 手机号 電話 電話番号 전화번호 телефон",
        "geo": "latitude longitude lat lng lon latlng latlon coordinates geolocation gps geocoordinates latlong",
        "ip": "ip ipaddress ipaddr clientip remoteaddr remoteip remoteaddress userip xforwardedfor xrealip clientaddress "
        "cfconnectingip trueclientip xclientip xclusterclientip forwardedfor sourceip srcip lastloginip peerip",
        "user": "username login userlogin loginname screenname nickname benutzername usuario utilisateur",
    }.items()
    for phrase in phrases.split()
}
_HEADS = frozenset(
    "x my the user users admin db database root old new current app service client server aws azure gcp google github gitlab "
    "slack stripe twilio sendgrid openai smtp mail email ftp ssh redis mysql postgres pg postgresql mongo mongodb rabbitmq "
    "amqp kafka ldap http https proxy basic bot api oauth oauth2 session login wp rails django flask laravel secret private "
    "customer billing shipping contact account default test prod production staging dev master temp tmp confirm repeat"
    .split()
)
_TAILS = frozenset("value val str string text plain raw base64 b64 encoded hex 1 2 3 0 confirmation confirm again hash digest header data".split())
_NOT_AFTER_TOKEN = frozenset("count counts limit usage type types name names url uri id length index size".split())
_WEAK = frozenset("name address email phone geo ip user".split())
_STRONG_LONE = frozenset("pass auth session sid sig ticket nonce seed salt pin pat asp lat lon lng ip tel cell mail login key".split())

STEMS: tuple[str, ...] = tuple(sorted({phrase for phrase in _PHRASES if len(phrase) >= 3}))


@lru_cache(maxsize=8192)
def kind_of_key(name: str) -> str | None:
    """The kind of thing a field of this name holds, e.g. `dbPassword` -> "password"; None where it says nothing.

    Any style: camelCase, snake_case, kebab-case, dotted, HTTP headers, `user[password]`.
    """
    words = _words(name)
    for end in (len(words), len(words) - 1):
        if end < 1 or (end < len(words) and words[-1] not in _TAILS):
            continue
        for start in range(max(0, end - 5), end):
            kind = _PHRASES.get("".join(words[start:end]))
            if kind and (start == 0 or _qualifies(words[:start], kind)):
                return kind
    return None


def _qualifies(heads: list[str], kind: str) -> bool:
    return kind not in _WEAK or heads[-1] in _HEADS or True


def _words(name: str) -> list[str]:
    spaced: list[str] = []
    previous = ""
    for at, char in enumerate(name[:128]):
        following = name[at + 1 : at + 2]
        if not char.isalnum():
            spaced.append(" ")
        elif char.isupper() and (previous.islower() or previous.isdigit() or (previous.isupper() and following.islower())):
            spaced.append(" " + char)
        else:
            spaced.append(char)
        previous = char
    return "".join(spaced).lower().split()
