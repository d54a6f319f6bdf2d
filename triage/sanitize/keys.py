"""Which names, in any naming style, say that their value is secret or personal."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from triage.sanitize.rules.field_names import FIELD_NAMES
from triage.sanitize.rules.field_names_more import IN_COMPANY, MORE_FIELD_NAMES

# What a field of such a name holds. A name counts when it ends with one of these phrases.
_NAMES: dict[str, str] = {
    "password": """password parolă parole slaptažodis parool geslo парола лозинка κωδικός κωδικος συνθηματικό pasword passwrod passowrd passsword passwd passwort kennwort contrasena contraseña senha mot_de_passe motdepasse mdp wachtwoord haslo
        hasło parola parol пароль 密码 密碼 口令 パスワード 비밀번호 sifre şifre lozinka heslo jelszo jelszó salasana losenord
        lösenord adgangskode passord mat_khau matkhau pwd pswd passphrase pass_phrase passcode pass user_pass pass_word clave palavra_passe
        sandi kata_sandi katasandi रहस्य कूटशब्द mật_khẩu กรหัสผ่าน รหัสผ่าน سر كلمة_المرور סיסמה requirepass masterauth pw storepass keypass passin passout passord_bekreft userpassword contraseña_nueva""",
    "secret": """auth_user_info secret secret_key client_secret shared_secret app_secret secret_access_key signing_secret webhook_secret
        signing_key encryption_key master_key hmac_key session_key secret_key_base secret_token geheimnis segredo secreto
        seckey aes_key cipher_key crypt_key mnemonic recovery_phrase seed_phrase recovery_code recovery_codes backup_code
        backup_codes secrets секрет 秘钥 密钥 totp_secret otp_secret mfa_secret app_key data_key wrapping_key unseal_key
        secure_key hash_key salt pepper secure_auth_key nonce_salt auth_salt kms_key fernet_key sse_c_key appsecret_proof secret_proof client_secrets app_secrets""",
    "token": """session_ticket auth_ticket login_ticket kerberos_ticket token access_token auth_token refresh_token id_token bearer bearer_token api_token jwt csrf csrf_token xsrf
        csrfmiddlewaretoken authenticity_token session_token reset_token invite_token personal_access_token
        otp totp otp_code one_time_code login_code sms_code mfa_code two_factor_code verification_code auth_code authorization_code one_time_password device_code
        accesstoken authtoken refreshtoken idtoken apitoken jeton saml_response saml_request code_verifier client_assertion assertion
        магический токен 令牌 トークン magic_link oob_code action_code auth_refresh request_verification_token user_token registration_token device_token spid_code wpnonce checkout_nonce security_nonce ajax_nonce form_nonce
        install_token deploy_token bot_token webhook_token oauth_token oauth_verifier requestverificationtoken sentry_key""",
    "key": """api_key apikey access_key accesskey access_key_id private_key privatekey account_key storage_key license_key
        licence_key licentiesleutel lizenzschlüssel lizenzschluessel cle_licence cle_de_licence clave_licencia chave_licenca klucz_licencyjny licencni_klic shared_key shared_access_key subscription_key auth_key service_key application_key consumer_key
        consumer_secret deploy_key ssh_key gpg_key rsa_key preshared_key pre_shared_key psk functions_key root_key
        integration_key write_key ingest_key cle_api clave_api chave_api api_schluessel publishable_key server_key fcm_key
        maps_key apikeys api_keys private_keys access_keys 密钥id ключ apisecret api_secret apisecretkey secretkey encryptionkey
        product_key serial_key activation_key activation_code license_code licence_code registration_code unlock_code cd_key serial_number_key registration_key session_secret_key webhook_key channel_key private_key_id app_certificate geniekey genie_key master_token partner_key merchant_key instrumentation_key host_key_base64 tls_key ssl_key key_pem pem_key goog_api_key""",
    "credential": """credential credentials creds cred auth authorization proxy_authorization authentication auth_header
        signature sig hmac hub_signature x_amz_signature service_account_key keyfile_json redis_auth basic_auth http_auth
        x_signature docker_auth auths""",
    "cookie": "cookie cookies set_cookie cookie_header",
    "answer": "security_answer secret_answer answer_to_security_question recovery_answer challenge_answer",
    "session": """session_id sessionid sess_id sessid sid phpsessid jsessionid connect_sid session_cookie asp_net_session_id
        aspsessionid session_hash remember_token remember_me session session_key_id laravel_session cfid cftoken ci_session aspxauth xsrf_token""",
    "pin": "gate_code door_code entry_code portkod türcode passkey puk pin pin_code pincode cvv cvc cvv2 cvc2 card_cvv card_cvc security_code cvn card_pin csc kartenprufnummer",
    "card": """card_expiry card_exp card_expiration cc_exp valid_thru card_number cardnumber card_no creditcard credit_card credit_card_number cc_number cc_num ccnumber pan debit_card
        kreditkarte kartennummer tarjeta numero_tarjeta numero_carte card_num cc_no cc creditcardnumber ccnum""",
    "account": """cuenta_beneficiario cuenta_ordenante numero_conta conta_corrente cbu cvu account_number bank_account bank_account_number routing_number sort_code iban bic swift swift_code
        kontonummer numero_cuenta acct acc acct_no account_no membership_no membership_number loyalty_number frequent_flyer_number clabe accountnumber acct_number bankaccount aba_number bsb bsb_number ifsc ifsc_code bank_code branch_code routing wire_routing""",
    "national-id": """nip numer_nip nip_number  regon nipt npf ramq ird_number national_number cedula_identidad cédula_identidad id_fiscale_iva id_fiscale ssn snils cnic amka afm thai_id emirates_id residence_permit permanent_resident alien_number green_card nic_number tax_file_number pps ppsn siren siret numero_fiscal cartao_cidadao ctps titulo_eleitor sozialversicherungsnummer krankenversicherungsnummer clave_elector svn social_security social_security_number national_id national_insurance_number nino tax_id tax_number
        tin itin cpf cnpj dni nie nif cuit curp rfc pesel bsn personnummer cpr_number cpr aadhaar aadhar pan_number steuer_id
        steuernummer codice_fiscale insee nir numero_de_securite_sociale numéro_de_sécurité_sociale securite_sociale sécurité_sociale numero_de_seguridad_social sin id_number id_card identity_number national_id_number rut hkid nric my_number
        tckn tc_kimlik_no personal_id personal_number social_insurance_number medicare medicare_number nhs_number
        身份证 身份证号 身份证号码 マイナンバー 주민등록번호 инн снилс ssn_last4 ssn4 tfn abn vat_number vat_id ahv ein pps_number cccd cmnd nik ktp henkilotunnus henkilötunnus svnr hetu
        pan_card aadhaar_no aadhaar_card south_african_id gstin voter_id epic_number egn oib jmbg cnp fnr fodselsnummer fødselsnummer
        rodne_cislo rodné_číslo citizen_id tc_kimlik kimlik_no burgerservicenummer steueridentifikationsnummer steuerliche_identifikationsnummer identifikationsnummer
        codigo_fiscal partita_iva organisationsnummer personal_identity_code personal_identification_number id_card_number business_registration_number
        npi mbi ni_number insurance_no dni_nie ausweisnummer personalausweis personalausweisnummer 居民身份证 voter partita kennitala isikukood asmens_kodas teudat_zehut mykad cedula cédula cedula_de_identidad cédula_de_identidad documento documento_de_identidad егн nric_number rijksregisternummer""",
    "passport": "passport passport_number passport_no passportnumber passnummer reisepass reisepassnummer pasaporte passeport passaporte passaporto numero_pasaporte travel_document travel_document_number паспорт 护照 护照号",
    "licence": """license_number licence_number licence_no license_no cnh driver_license drivers_license driving_licence driver_licence drivers_licence driver_license_number
        drivers_license_number driving_license driving_licence_number fuehrerschein führerschein license_plate number_plate licence_plate dl_number driving_licence_no plate vehicle_registration vehicle_registration_number registration_number vehicle_number reg_number kennzeichen vehicle_plate registration_plate permis_conduire
        plate_number vin placa patente targa kenteken plaka""",
    "birth-date": """dob birth bday naissance fecha_nac data_nasc nascimento date_of_birth birth_date birthdate birthday birth_dt geburtsdatum geburtstag fecha_nacimiento
        fecha_de_nacimiento date_naissance date_de_naissance data_nascimento data_de_nascimento data_urodzenia
        data_di_nascita data_nascita geboortedatum born_on 生日 出生日期 生年月日 생년월일 дата_рождения dateofbirth dogum_tarihi doğum_tarihi fødselsdato födelsedatum syntymäaika syntymaaika""",
    "name": """kana furigana name_kana kana_name kana_last kana_first forename name1 name2 nimi jméno příjmení soyadi soyisim full_name_ar geburtsname フリガナ 수령인 받는사람 họ_và_tên mother_name father_name mothers_maiden_name mother_maiden_name nome_mae nome_da_mae nome_pai nom_mere nombre_madre first_name nom nom_famille firstname last_name lastname full_name fullname surname given_name family_name middle_name maiden_name
        real_name vorname nachname prenom prénom nombre apellido apellidos cognome sobrenome nome_completo
        card_holder cardholder cardholder_name card_holder_name name_on_card customer_name patient_name recipient_name billing_name shipping_name
        legal_name contact_name owner_name person_name imie imię nazwisko имя фамилия фио отчество 姓名 氏名 이름 holder_name account_holder
        beneficiary_name fname lname employee_name student_name guest_name passenger_name ad_soyad voornaam achternaam nom_de_famille
        display_name sender_name billing_first_name next_of_kin emergency_contact""",
    "address": """ulica utca adresse_ligne1 adresse_ligne2 địa_chỉ 住所1 ご住所 收件地址 收货地址 address street_address street address_line address_line1 address_line2 address_line_1 address_line_2 address1 address2
        home_address billing_address shipping_address postal_address mailing_address delivery_address zip zip_code zipcode
        postcode post_code postal_code postalcode plz postleitzahl strasse straße anschrift adresse direccion dirección endereco endereço indirizzo
        code_postal codigo_postal cep адрес 地址 住所 주소 residence streetaddress street line1 line2 addr1 addr2 ship_to delivery_street rue calle adres""",
    "email": "эл_почта почта емайл emails email mail email_address user_email mail_address contact_email correo correo_electronico courriel epost e_mail 邮箱 メール recipient_email reply_to",
    "phone": """cellulare cellular telefoon tel_fixo kontaktnummer 전화 whatsapp_id mob telf tfno telnr mobilnr phones phone_numbers phone phone_number telephone tel mobile mobile_number mobile_phone cellphone cell_phone cell msisdn fax fax_number
        telefon telefono teléfono telefone handy handynummer celular movil móvil whatsapp telephone_number tel_no phone_no
        mobile_no contact_number home_phone work_phone 电话 手机 手机号 電話 電話番号 전화번호 телефон phonenumber telefonnummer
        mobiltelefon tlf tlf_nr puhelin puhelinnumero mobilnummer gsm gsm_no numer_telefonu sdt điện_thoại telefoni sms_number phone_nr phone_num 手机号码 移动电话 numero_telefono telefoonnummer sms_to caller_id rufnummer so_dien_thoai""",
    "trait": "gender religion ethnicity ethnic_origin blood_type blood_group marital_status sexual_orientation political_affiliation salary annual_income nationality",
    "geo": "location coords coord latitude longitude lat lng lon lat_lng latlng lat_lon coordinates gps geo_coordinates geo_location geolocation location_lat location_lng",
    "ip": "ip ip_address ip_addr client_ip remote_addr remote_ip user_ip x_forwarded_for x_real_ip cf_connecting_ip true_client_ip",
    "device": "device_name device_unique_identifier unique_device_identifier device_id deviceid imei imei1 imei2 imsi iccid udid idfa idfv gaid aaid android_id adid advertising_id meid",
    "health": """tessera_sanitaria mrn insurance_number policy_number insurance_id insurance_policy member_number medical_record_number patient_id
        patient_number member_id health_insurance_number subscriber_number versichertennummer""",
    "person": "consignee claimant guardian spouse policyholder policy_holder traveller traveler landlord remitter ansprechpartner contacto contatto 申込者 受取人 name first last recipient patient passenger guest employee attendee payee beneficiary customer contact contact_person owner assignee author_name reporter approver manager applicant sender receiver",
    "user": "os_user osuser username user_name screen_name nickname login samaccountname userprincipalname benutzername usuario utilisateur login_name user_login twitter instagram facebook skype telegram snapchat tiktok wechat twitter_handle social_handle instagram_handle user_handle handle",
}
_TAILS = frozenset(
    """value val str string text plain raw base64 b64 encoded hex 1 2 3 confirmation confirm again hash digest header prod dev test live
    production staging primary secondary current old new temp default here env pem number no num nr
    ro rw ci qa uat stage sandbox preprod int demo backup orig original previous prev next main master replica slave svc root admin app db
    eu us uk apac emea global local file override clear cleartext plaintext blob typed entered attempt provided submitted input v1 v2 v3 a b x read write reader writer readonly
    receptor emisor cliente titular destinatario remitente beneficiario ordenante kunde kunden empfaenger absender client klant klanta klienta zakaznika cliente_final paciente patient
    ar en zh ja ko ru fa hi th vi latin native vehiculo veiculo vehicule voiture auto coche carro""".split()
)


def _written(phrases: str) -> list[str]:
    """Each phrase, and what is left of it without accents."""
    return [form for phrase in phrases.split() for form in dict.fromkeys((phrase, _unaccented(phrase)))]


def _unaccented(phrase: str) -> str:
    letters = unicodedata.normalize("NFD", phrase)
    return unicodedata.normalize("NFC", "".join(char for char in letters if not "\u0300" <= char <= "\u036f"))


_KINDS = {"postcode": "address"}  # a part of one that is told by its digits
_PHRASES = {
    phrase.replace("_", ""): _KINDS.get(kind, kind)
    for table in (MORE_FIELD_NAMES, FIELD_NAMES, _NAMES)
    for kind, names in table.items()
    for phrase in _written(names)
}
POSTCODES = tuple(phrase.replace("_", "").encode() for phrase in _written(MORE_FIELD_NAMES["postcode"]))
_COMPANIONS = {
    phrase.replace("_", ""): told for told, names in IN_COMPANY.items() for phrase in _written(names)
}
# Words that names in one case run together with others: PGPASSWORD, authpassword, MYSECRET.
_GLUES = {
    "password": "password", "passwd": "password", "passphrase": "password", "passwort": "password", "kennwort": "password", "wachtwoord": "password", "lösenord": "password", "losenord": "password", "pw": "password", "pwd": "password", "pass": "password", "passwords": "password", "psk": "key", "secret": "secret",
    "secretkey": "secret", "apikey": "key", "accesskey": "key", "privatekey": "key", "authtoken": "token", "accesstoken": "token",
    "密码": "password", "密碼": "password", "口令": "password", "パスワード": "password", "비밀번호": "password", "密钥": "secret",
    "手机号": "phone", "电话": "phone", "电话号码": "phone", "身份证号": "national-id", "身份证号码": "national-id", "姓名": "name",
    "生年月日": "birth-date", "出生日期": "birth-date", "電話番号": "phone", "전화번호": "phone", "令牌": "token", "トークン": "token",
    "氏名": "name", "名前": "name", "患者名": "name", "証番号": "health", "保険者番号": "health", "卡号": "account", "医保卡号": "health",
    "口座番号": "account", "계좌번호": "account", "携帯番号": "phone", "연락처": "phone", "고객명": "name", "주소": "address", "住所": "address",
}  # fmt: skip
_GLUED = tuple(_GLUES)
_HARMLESS = (
    "amzcfid",
    "publickeytoken",
    "publickey",
    "cancellationtoken",
    "syntaxtoken",
    "nexttoken",
    "pagetoken",
    "bypass",
    "compass",
    "onpass",
    "renderpass",
    "encompass",
    "surpass",
    "trespass",
    "overpass",
    "underpass",
    "onepass",
    "twopass",
    "multipass",
    "singlepass",
    "firstpass",
    "secondpass",
    "lowpass",
    "highpass",
    "bandpass",
    "allpass",
    "testpass",
)
_DIGESTS = ("sha1-", "sha256-", "sha384-", "sha512-")  # of a file, in base64
_HELD = (
    "phone",
    "email",
    "address",
    "birth-date",
    "national-id",
    "passport",
    "account",
    "card",
    "health",
    "name",
)
_LONGEST = 5  # words
_NUMBER_ENDS = frozenset("no nr num nbr".split())
_COUNTED = (
    "password",
    "secret",
    "token",
    "email",
    "phone",
    "pin",
)  # what a form asks for twice; `pass1` is a compiler's
_OTHER_STARTS = (
    "monkey",
    "hotkey",
    "turkey",
    "hockey",
    "cachekey",
    "pubkey",
    "publickey",
    "sortkey",
    "partitionkey",
)
# Keys that are not secret; a key of any other name is when its value was surely generated.
_OTHER_KEYS = frozenset(
    """public cache sort partition primary foreign object idempotency dedup deduplication row lookup index hash map dict group
    registry config translation message item field column event bucket file path shard ordering composite unique candidate natural
    surrogate s3 kafka redis topic storage hot host grouping metric label tag binding arrow tab enter escape function
    api_gateway no missing bad unknown invalid duplicate duplicated json yaml node entity resource document blob trace span fingerprint
    commit checksum digest etag version build artifact image layer lock mutex semaphore queue job task state pub verify verification_public
    server_public wrapped ecdh dh ephemeral signing_public host_public known""".split()
)

# Every phrase holds one of these inside one of its words; the prefilter looks for them.
_STEMS: tuple[str, ...] = tuple(
    """kana furigana regon npf ramq cnh nimi příjm フリガナ 수령 받는 họ địa почт емайл kontakt sanitaria claimant spouse landlord remit 申込 受取 pass slapta parool gesl лозинк κωδικ συνθημ المرور парол paswor pwd pswd pw kennwort contrase senha mdp wachtwoord has parol mot mat пароль 密 口令 パスワード 비밀 sifre şifre lozinka
    heslo jelsz salasana losenord lösenord adgang clave sandi रहस्य कूटशब्द khẩu รหัส سر كلمة סיסמה secret geheim segred
    mnemonic phrase code секрет 秘 token csrf xsrf bearer jwt otp jeton saml verifier assertion токен 令牌 トークン magic link
    key psk cle chave маг sobrenome nomecompleto nomdefamille nom nome тел schluessel ключ cred auth sig cookie sess sid asp remember cfid pin cvv cvc cvn csc kartenpr card cc pan
    karte tarjeta carte account acct routing iban bic swift konto cuenta clabe aba ssn social national nino tax tin cpf cnpj
    dni nie nif cuit curp rfc pesel bsn personn cpr aadha steuer fiscal insee nir sin number ident rut hkid nric my tckn kimlik
    personal medicare nhs 身份 マイ 주민 инн снилс tfn abn vat ahv ein pps cccd cmnd nik thai sozial snils cnic amka afm permanent siren siret cartao ctps titulo krankenvers elector svn bday ktp henkilo reisepass pasaporte паспорт 护照 licen führer
    fuehrer permis plate vin dob birth geburt nac naiss nasc urodz geboorte born 生 出生 생년 рожд dogum name prenom prénom nombre apellido
    cognome imie imię nazwisko имя фамилия фио отчество 姓名 氏名 이름 holder naam soyad kin contact address street zip post plz
    strasse straße anschrift adres direcci endere indirizzo cep адрес 地址 住所 주소 residence mail correo courriel epost 邮箱 メール
    reply phone tel tfno mob tlf puhelin gsm sdt thoại gender religi ethni blood marital sexual politic salary income regist reg_n gstin voter egn oib jmbg cnp fnr rodn burger partita organisa npi mbi travel vehicle passap documento identidad adid certificate svnr hetu bsb ifsc branch kennitala isikukood kodas zehut mykad cedula cédula егн rijksregister samaccount principalname fodsel citizen african henkilö ausweis mobil cell msisdn fax handy celular movil móvil whatsapp 电话 手机 電話 전화 sms caller rufnum thoai lat hmac
    lng lon line1 line2 addr1 addr2 rue calle ship_to location device imei imsi iccid udid idf gaid aaid android advertis meid mrn insurance policy member medical patient subscriber versichert first last recipient passenger assignee reporter approver manager applicant person guest employee attendee payee beneficiary customer owner sender receiver twitter instagram facebook skype telegram snapchat tiktok wechat handle answer proof placa patente targa kenteken plaka kennzeichen syntym födels fødsel doğum product serial activation coord gps geo conta cbu cvu mother father madre ip addr remote forwarded user nick benutzer usuario utilisateur login salt pepper id_ 号""".split()
)


def _stems() -> tuple[str, ...]:
    """With the longest word of each phrase of the tables that holds none of them."""
    more = {
        max(phrase.split("_"), key=len)
        for table in (FIELD_NAMES, MORE_FIELD_NAMES, _NAMES)
        for names in table.values()
        for phrase in _written(names)
        if not any(stem in word for stem in _STEMS for word in phrase.split("_"))
    }
    return (*_STEMS, *sorted(more))


STEMS = _stems()


@lru_cache(maxsize=16384)
def kind_of_key(name: str) -> str | None:
    """The kind of thing that a field of this name holds, e.g. `dbPassword` -> "password"; None where it tells nothing.

    Any style: camelCase, snake_case, kebab-case, dotted, HTTP headers, `user[password]`.
    """
    words = words_of(name)
    if _is_harmless(words) or any(digest in name for digest in _DIGESTS):
        return None
    while words:
        for size in range(min(_LONGEST, len(words)), 0, -1):
            kind = _PHRASES.get("".join(words[-size:]))
            if kind is None and size > 1 and words[-1] in _NUMBER_ENDS:
                kind = _PHRASES.get("".join((*words[-size:-1], "number")))
            if kind == "address" and words[-size:-1] == ["line"] and len(words) > size:
                kind = None  # the second line of a file
            if (
                kind == "person"
                and len(words) > size
                and (told := kind_of_key(" ".join(words[:-size]))) in _HELD
            ):
                return told  # telefono_contacto
            if kind is not None and (size == 1 or len(words[-size]) > 1 or kind != "name"):
                return kind
        if words[-1].endswith(_GLUED):
            return next(kind for word, kind in _GLUES.items() if words[-1].endswith(word))
        if words[-1].rstrip("0123456789").endswith("key"):
            return (
                None
                if _OTHER_KEYS.intersection(words) or words[-1].startswith(_OTHER_STARTS)
                else "generated"
            )
        counted = words[-1].rstrip("0123456789")  # Django's `password1` and `password2`
        if _PHRASES.get(counted) in _COUNTED and counted != "pass":
            return _PHRASES[counted]
        if words[-1] not in _TAILS and not (words[-1].isdigit() and len(words) > 1):
            return _kind_within(words)
        words.pop()
    return None


def _is_harmless(words: list[str]) -> bool:
    """By its last words, joined or not: `onPass`, and not the last one of `recon Pass`."""
    return any("".join(words[-size:]) in _HARMLESS for size in (1, 2, 3)) or "".join(words[-1:]).endswith(
        _HARMLESS
    )


def _kind_within(words: list[str]) -> str | None:
    """Of a name that ends with a word nobody knows, as in `pwd_sii` or `wstoken`: then its value has to prove
    that a person chose it, or that it was drawn."""
    if words[-1] in _ABOUT:
        return None
    if not _CHOSEN.isdisjoint(words):
        return "chosen"
    if words[-1].endswith("token") or not _DRAWN.isdisjoint(words):
        return "generated"
    return None


_CHOSEN = frozenset(
    """password passwd pwd pswd passwort passwd kennwort contraseña contrasena senha wachtwoord hasło haslo heslo parola şifre sifre
    lösenord losenord adgangskode salasana jelszó jelszo lozinka пароль mdp clave palavra_passe""".split()
)
_DRAWN = frozenset("token secret apikey jeton".split())


@lru_cache(maxsize=16384)
def in_company(name: str) -> str | None:
    """A telling name that `name` stands for beside something else of somebody: "home_town" for `billingCity`;
    None where it tells by itself, or nothing."""
    words = words_of(name)
    for size in range(min(_LONGEST, len(words)), 0, -1):
        phrase = "".join(words[-size:])
        told = _COMPANIONS.get(phrase)
        if told and (len(phrase) > 3 or size == len(words)):
            return told
    return None


# What a number is called in an object of its own, and what a field's name may begin with and mean the same.
_A_NUMBER = frozenset(
    "number numero número nummer numer numéro num nr no szám broj číslo cislo 番号 号码 號碼".split()
)
_NUMBERED = frozenset("phone national-id passport licence account card health".split())
_THE_SAME = frozenset("last current new old temp my active".split())
_IN_OBJECTS = frozenset(
    """password secret token key credential session pin card account national-id passport licence phone email birth-date
    address name""".split()
)


@lru_cache(maxsize=16384)
def in_object(outer: str, inner: str) -> str | None:
    """A telling name that `inner` stands for in an object called `outer`: "mfa code" for `mfa.lastCode`,
    "account_number" for `conta.numero`; None where it tells by itself, or nothing."""
    words, outside = words_of(inner), words_of(outer)[-3:]
    while len(words) > 1 and words[0] in _THE_SAME:
        del words[0]
    if outside[-1:] + words == ["device", "name"]:
        return "device_name"
    if not outside or not words or kind_of_key(inner) is not None:
        return None
    for last in dict.fromkeys((outside[-1], outside[-1].removesuffix("s"))):
        named = [*outside[:-1], last]
        if "".join(words) in _A_NUMBER:
            told = in_company(" ".join(named)) or " ".join(named)
            if kind_of_key(told) in _NUMBERED:
                return told
        named += words
        for size in range(min(_LONGEST, len(named)), len(words), -1):
            kind = _PHRASES.get("".join(named[-size:]))
            if kind in _IN_OBJECTS and (kind == "session" or words != ["id"]):
                return " ".join(named[-size:])
    return None


_ABOUT = frozenset(
    """type types name names url uri path file dir endpoint expires expired expiry expiration ttl age count length size min max limit
    policy format version error errors status state at on until field fields label title hint rule rules algorithm algo hasher
    provider backend class method store manager service issuer kind usage scope scopes required enabled changed strength list""".split()
)
_ONLY_PEOPLE = frozenset(
    """user users me to clerk cashier supervisor feedback client account_holder profile billing_details driver rider shipping billing member members person
    people tenant_contact child children kid kids parent parents family pupil students patients customers guests passengers
    employees attendees recipients contacts player host agent tenant renter lodger occupant householder reservation booking appointment registration prescription admission claim consent ride account_owner viewer current_user human""".split()
)
# What code adds to the name of what it holds.
_HOLDERS = frozenset(
    """data record row obj object dto model schema info details detail dict json form entity profile input payload base create
    update in out response request list item items new old current existing read write resource node ref card""".split()
)


@lru_cache(maxsize=4096)
def holds_a_person(name: str) -> bool:
    """Whether what has this name has a person's: `child`, `new_patient`, `GuestRecord`, `kunden_daten`."""
    words = words_of(name)
    while len(words) > 1 and (words[-1] in _HOLDERS or words[-1].isdigit()):
        words.pop()
    if not words:
        return False
    last = words[-1].rstrip("0123456789")
    return last in _ONLY_PEOPLE or "_".join(words) in _ONLY_PEOPLE or kind_of_key(" ".join(words)) == "person"


@lru_cache(maxsize=4096)
def kind_of_field(name: str) -> str | None:
    """As `kind_of_key`, of a field by itself: what a person's name may stand in, as in `"members": [...]`, too."""
    kind = kind_of_key(name)
    if kind is None:
        kind = _ALONE.get(next(reversed(words_of(name)), "")) or ("person" if holds_a_person(name) else None)
    return kind


# What a text has in too many other words. A town is hidden with its postcode only.
_ALONE = {
    **dict.fromkeys(("tan", "mtan"), "pin"),
    **dict.fromkeys(
        "city town ville ciudad cidade comune localidad miasto mesto stadt ort".split(), "address"
    ),
    "access": "generated",
    "author": "person",
}


def words_of(name: str) -> list[str]:
    """The words of a name in snake, camel or any other case, in small letters."""
    spaced: list[str] = []
    previous = ""
    for at, char in enumerate(name[-96:]):
        following = name[at + 1 : at + 2]
        if not char.isalnum() and not "\u0900" <= char <= "\u0eff":
            spaced.append(" ")
        elif char.isupper() and (previous.islower() or (previous.isupper() and following.islower())):
            spaced.append(" " + char)
        else:
            spaced.append(char)
        previous = char
    return "".join(spaced).lower().split()
