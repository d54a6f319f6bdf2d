"""More names of fields that tell by themselves, in the languages that `field_names` has."""

from __future__ import annotations

MORE_FIELD_NAMES: dict[str, str] = {
    "name": """rufname familienname zuname geburtsname ledigname mädchenname nom_de_naissance nom_naissance nom_usuel nom_de_jeune_fille nom_marital nombre_completo
        nombres_y_apellidos nombre_destino nome_proprio ultimo_nome nome_social apelido apelidos roepnaam familienaam geslachtsnaam tussenvoegsel tenaamstelling meisjesnaam
        imie_nazwisko imię_i_nazwisko imie_i_nazwisko nazwisko_rodowe drugie_imie křestní_jméno krestni_jmeno celé_jméno jméno_zákazníka rodné_příjmení meno celé_meno förnamn tilltalsnamn
        fullständigt_namn fullstandigt_namn kundnamn fullt_navn fulde_navn mellomnavn mellemnavn efternavn kutsumanimi asiakkaan_nimi täisnimi soyad alici_adi gonderen_adi yolcu_adi hasta_adi baba_adi anne_adi kullanici_adi_soyadi
        імя повне_імя прізвище_імя піб_клієнта пълно_име фамилно_име собствено_име полное_имя имя_клиента пуно_име 苗字 下の名前 お名前 漢字氏名 名字 姓氏 中文姓名 联系人姓名 收货人名 乘客姓名 患者姓名
        고객이름 예금주명 환자이름 수취인명 nama_depan nama_belakang nama_tengah nama_penuh nama_peserta nama_siswa nama_pemilik prenumele nume_familie nume_de_familie nume_si_prenume
        उपनाम प्रथम_नाम ग्राहक_का_नाम पिता_का_नाम نام_گیرنده نام_پدر اسم_الأب اسم_المستلم اسم_المستفيد ονοματεπωνυμο επωνυμο keresztnév vezetéknév családnév csaladnev utónév utonev születési_név szuletesi_nev ügyfél_neve ugyfel_neve
        tên_khách_hàng họ_tên tên_người_nhận ten_chu_the ime_in_priimek ime_stranke ime_prezime_kupca vardas_pavarde vārds_uzvārds ainm sloinne enw cyfenw jina_kamili jina_la_kwanza eiginnafn fullt_nafn nafn
        emri mbiemri emri_i_plote own_name birth_name birthname cardholder_full_name account_name_holder payer_full_name""",
    "person": """alici primatelj отримувач получатель_платежа отправитель_платежа primateljica naručitelj narucitelj platitelj příjemce prijemce odesílatel odesilatel plátce platce
        destinatar expeditor platitor beneficiar mottakaren avsändare avsandare avsender afsender vastaanottaja lähettäjä lahettaja címzett cimzett feladó felado gönderen gonderen
        begünstigter beguenstigter zahlungsempfänger zahlungsempfaenger ordinante débiteur debiteur donneur_ordre ordonnateur ordenante pagador sacado favorecido cedente tomador begunstigde opdrachtgever zleceniodawca
        beneficjent shopper purchaser payor ordering_customer beneficiary_customer buyer_contact account_owner policy_owner گیرنده فرستنده المستفيد المرسل παραλήπτης αποστολέας πελάτης người_nhận người_gửi nguoi_nhan nguoi_gui naročnik prejemnik sendandi móttakandi""",
    "address": """strasse_hausnr strasse_hausnummer straße_hausnummer strasse_und_hausnummer straßenname strassenname strassenanschrift hausnummer wohnadresse meldeadresse adresse_ligne_1 adresse_facturation complement_adresse
        direccion_fiscal direccion_facturacion domicilio_fiscal morada morada_faturacao endereco_cobranca indirizzo_residenza indirizzo_fatturazione adresregel1 adresregel huisnummer straatnaam straatnaam_huisnummer factuuradres bezorgadres afleveradres
        ulica_nr ulica_i_numer adres_korespondencyjny ulice ulice_cp adresa_dodani adresa_bydliště trvalé_bydliště fakturační_adresa strada adresa_livrare adresa_facturare adresa_domiciliu ulica_i_broj ulica_in_stevilka adresa_stanovanja naslov naslov_dostave
        utdelningsadress besöksadress besoksadress fakturaadress leveransadress faktureringsadress leveringsadresse fakturaadresse lahiosoite lähiosoite toimitusosoite laskutusosoite teslimat_adres fatura_adresi açık_adres acik_adres
        адрес_проживания адрес_регистрации улица_дом адреса_доставки вулиця_будинок мекен_жайы 番地 丁目番地 配送先住所 お届け先 请求地址 街道地址 家庭住址 上门地址 상세주소 도로명주소 지번주소 alamat_pengiriman alamat_penagihan alamat_ktp jalan
        मकान_नंबर डाक_पता نشانی_پستی عنوان_السكن lakcím lakcim szállítási_cím szallitasi_cim számlázási_cím szamlazasi_cim utca_hazszam địa_chỉ_giao_hàng dia_chi_nhan οδός_αριθμός heimilisfang seoladh home_town hometown home_street street_and_number street_number_and_name""",
    "postcode": """zip zip_code zipcode postcode post_code postal_code postalcode plz postleitzahl code_postal codigo_postal cod_postal código_postal cep kod_pocztowy psc psč poštovní_směrovací_číslo postovni_smerovaci_cislo
        postnummer postnr postinumero posta_kodu postakodu почтовый_индекс поштовий_індекс пощенски_код поштански_број postanski_broj poštanski_broj postna_stevilka poštna_številka iranyitoszam irányítószám irsz 郵便番号 yubin_bango 邮编 邮政编码 郵遞區號 우편번호 kode_pos kodepos poskod
        पिन_कोड کد_پستی کدپستی الرمز_البريدي ma_buu_dien mã_bưu_điện mã_bưu_chính ταχυδρομικός_κώδικας pašto_kodas pasta_indekss sihtnumber eircode zip4 plz_ort codice_avviamento_postale codice_postale код_postal póstnúmer mikud מיקוד รหัสไปรษณีย์""",
    "phone": """rueckrufnummer rückrufnummer telefonnr recapito recapito_telefonico nr_telefonu komorka komórka nr_komorki telefonni_cislo telefonní_číslo mobil mobilni_telefon telefonszám telefonnummeret matkapuhelin мобільний номер_телефону телефонен_номер
        мобилен број_телефона broj_telefona mobitel broj_mobitela telefonska_stevilka telefonska_številka mobilni फ़ोन_नंबर फोन_नंबर दूरभाष số_điện_thoại di_động số_di_động tilefono kinito τηλεφωνο κινητο numar_telefon numar_de_telefon număr_telefon telemovel telemóvel telemovil numero_tel numero_de_telephone portable_phone
        nr_tel mob_nr mobielnummer mobiel mobilusis tālrunis telefono_numeris farsími símanúmer guthán contact_tel phone_mobile phone_home phone_work daytime_phone evening_phone الهاتف_المحمول تلفن_همراه شماره_موبایل 携帯番号 連絡先電話番号 자택전화 手机号码""",
    "birth-date": """dob_bs dob_ad geb_datum geb_dat ne_le née_le né_le nee_le nato_il nata_il nacido_el nacida_el nascido_em urodzony_dnia datum_narození datum_narodení dátum_narodenia 誕生日 data_nașterii data_naşterii datum_rođenja datum_rodenja
        janm_tithi születési_dátum születési_idő szuletesi_ido ngày_sinh födelsedag fødselsdag fæðingardagur fæddur fædd datum_rojstva дата_на_раждане датум_рођења тугилган_сана gimimo_data dzimšanas_datums sünniaeg sünnikuupäev dáta_breithe วันเดือนปีเกิด תאריך_לידה data_naixement jaiotze_data""",
    "national-id": """nhi nhi_number ird ird_number num_ss numero_ss no_ss rfc_emisor rfc_cliente nif_cliente sofinummer sofi_nummer pnr_person ідентифікаційний_код ипн 证件号 证件号码 证件编号 身份證號 serie_ci seria_ci cpr_nummer numer_pesel numer_dowodu emšo davčna_številka davcna_st dav_st
        adóazonosító adóazonosító_jel taj_szám személyi_szám személyi_igazolvány sozialversicherungs_nr personalausweis_nr ausweis_nr ausweisnr steuer_nr steuer_id_nr idnr numero_dni dni_cliente num_dni numero_nif nif_contribuinte cpf_cliente cpf_titular numero_cpf documento_cliente nro_documento cedula_cliente
        codice_fiscale_cliente persoonsnummer rijksregister henkilötunnus_asiakas tc_no tckimlik_no kimlik_numarasi isikukood vatandaslik_no σύνταξη_αμκα ciudadania cedula_ciudadania run_cliente rut_titular rg_numero numero_rg fødselsnr fodselsnr matricule_ss citizen_number""",
    "account": """frequent_flyer frequent_flyer_id loyalty_number loyalty_card loyalty_card_number vielfliegernummer meter_number numero_compteur nr_konta rachunek numer_rachunku nr_rachunku rachunek_bankowy ucet účet cislo_ucet bankovni_ucet číslo_účtu счет_получателя рахунок номер_рахунку_клієнта 銀行口座 口座 账号 銀行帳號 은행계좌 khata_sankhya banka_hesabi hesap_numarasi číslo_uctu
        számlaszám bankszámlaszám szamlaszam trr stevilka_racuna številka_računa broj_racuna broj_računa ziro_racun tekuci_racun cont_bancar numar_cont bankkonto kontonr rekening_bank số_tài_khoản αριθμός_λογαριασμού الآيبان ibankonto konto_nr iban_empfaenger iban_beneficiaire iban_destinatario
        numero_de_compte num_compte compte_bancaire rib_beneficiaire numero_conto coordinate_bancarie sepa_iban debtor_iban creditor_iban beneficiary_iban settlement_account bank_acct bank_iban reg_nr_konto bankreikningur""",
    "user": """apodo apelido_usuario spitzname surnom pseudonyme soprannome bijnaam smeknamn kallenavn przezwisko prezdivka přezdívka becenév porecla lakap takma_ad прозвище никнейм нік псевдоним unionid identifiant utilizador uzivatel uživatel användarnamn käyttäjätunnus kullanıcı_adı логін имя_пользователя ім'я_користувача ログインid ログイン名 登录名 登录账号 사용자명 로그인아이디 utilizator nume_utilizator korisnik uporabnisko_ime uporabniško_ime
        उपयोगकर्ता_नाम όνομα_χρήστη felhasználónév felhasznalo tên_đăng_nhập benutzerkennung anmeldename benutzer_id kasutajanimi vartotojo_vardas lietotājvārds notandanafn nom_d_utilisateur nazwa_użytkownika uživatelské_jméno потребителско_име корисничко_име""",
    "passport": "номер_паспорта серия_паспорта паспорта паспортные_данные серия_номер_паспорта passnr pass_nr reisepass_nr cislo_pasu číslo_pasu nr_paszportu numer_paszportu pasaport_no útlevélszám utlevelszam broj_putovnice passinumero passnummer_kunde 여권 旅券 паспорт_номер серія_паспорта серія_та_номер",
    "password": "password_utente parola_utente password_utilizator kodeord passordet 암호 암호문 登录密码 支付密码 jelszó ログインパスワード mật_khẩu_cũ mot_passe motdepass passwort_neu passwort_alt contraseña_actual senha_atual senha_nova lykilorð_notanda",
    "trait": """krankheit krankmeldung krankengeschichte vorerkrankung vorerkrankungen beschwerden anamnese medikation medikamente_liste schwangerschaft behinderung schwerbehinderung konfession religionszugehörigkeit
        maladie antecedents_medicaux grossesse traitement_medical enfermedad enfermedades alergia alergias embarazo discapacidad medicacion medicación padecimiento vacuna religión
        doença doenca gravidez deficiencia_fisica queixa queixas religião religiao malattia malattie allergia allergie allergies allergien allergy gravidanza disabilità farmaco farmaci religione ziekte zwangerschap
        sykdom sjukdom allergi allergier graviditet choroba choroby alergie alergia ciąża wyznanie nemoc těhotenství bolest alergije betegség
        boala sarcina hastalık hastalik alerji болезнь аллергия беременность хвороба алергія penyakit alergi agama 病名 病史 过敏史 既往歴 持病""",
    "pin": "kapi_kodu kapı_kodu digicode klingelcode tuercode türcode portkod porttikoodi kod_do_bramy kod_domofonu codice_portone codigo_portal",
    "token": "receipt_handle continuation_secret",
}  # fmt: skip

# Names that tell only beside something else of somebody, because alone they are said of much else. Each stands
# for a field that is told by its own name.
IN_COMPANY: dict[str, str] = {
    "own_name": """ad adi ime nome nom nume navn namn naam nimi nev név jmeno jméno imie imię ten tên ho họ imya имя име ім'я імя mei sei 名 姓 성 นาม jina ainm emri nama name_1 name_2 fname lname
        first last given family middle surname forename initials zweitname rufname όνομα onoma الاسم اللقب نام नाम meno vardas vards""",
    "home_town": """city town ville commune localite localité municipio municipality poblacion población localidad localidade ciudad cidade comune citta città localita località ort wohnort stadt gemeinde ortschaft ortsteil woonplaats plaats stad miasto miejscowosc miejscowość
        mesto město obec grad mjesto naselje postort poststed postdistrikt posta sted by ort postitoimipaikka kaupunki kunta sehir şehir il ilce ilçe semt mahalle город населенный_пункт нас_пункт місто населений_пункт населено_място град 市区町村 市町村 shikuchoson 城市 所在城市 区县 市区 도시 시군구 시도
        kota kabupaten kecamatan kelurahan oras oraș localitate judet județ shahar शहर शहर_का_नाम شهر مدينة المدينة thanh_pho thành_phố tinh tỉnh quan_huyen quận_huyện phuong_xa phường_xã πόλη poli δήμος varos város település telepules kraj suburb district county village hamlet neighbourhood neighborhood
        locality colonia barrio bairro delegacion alcaldia quartier frazione lugar pueblo linn asula miestas pilseta pilsēta staður bær baile dref mji place_of_birth birth_place birthplace city_of_birth geburtsort lieu_naissance lieu_de_naissance lugar_nacimiento lugar_de_nacimiento
        luogo luogo_nascita luogo_di_nascita comune_nascita naturalidade miejsce_urodzenia geboorteplaats fodested fødested syntymäpaikka misto_narozeni místo_narození locul_nasterii dogum_yeri doğum_yeri место_рождения 出生地 본적 tempat_lahir
        street rue calle via strada strasse straße straat ulica ulice gata gade gate utca cim cím улица вулиця cadde sokak jalan duong đường οδός odos الشارع شارع خیابان straßenname streetname street_name road lane avenue katu naslov adresse adres adresa adress address""",
    "zip_code": "cp cap cep npa plz psc zip pin pincode τκ kod_poczt 〒 индекс індекс",
    "birth_date": "born geb geboren né née nato nata nacido urodzony narozen född født syntynyt nacimiento",
    "phone_number": "tel tél mob handy natel mobile cell portable celular whatsapp",
    "account_number": "bank_account payout_account refund_account bank_ac acct conta cuenta compte conto konto ucet účet счет счёт hesap cont račun racun rekening 계좌 口座",
    "driving_license_no": "dl",
    "postal_address": "po_box pobox postfach apartado",
    "username": "gebruiker bruker bruger utente uporabnik користувач пользователь 帳號 usuário",
}  # fmt: skip
