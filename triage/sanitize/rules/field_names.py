"""Names of fields outside English: in their own script, and in the Latin letters that programs write them in."""

from __future__ import annotations

FIELD_NAMES: dict[str, str] = {
    "name": """ho_ten ho_va_ten ten_khach_hang ten_nguoi_nhan ten_day_du ten_benh_nhan shimei seimei namae onamae name_kanji name_kana kanji_name kana_name furigana
        xingming xing_ming zhenshi_xingming kehu_xingming ireum seongmyeong seongham nama nama_lengkap nama_pelanggan nama_pasien nama_penerima nama_nasabah nama_ibu isim adi_soyadi adsoyad
        ad_soyadi musteri_adi jmeno prijmeni cele_jmeno priezvisko teljes_nev vezeteknev keresztnev ugyfel_nev ugyfelnev nume prenume nume_complet nume_client prezime ime_prezime ime_i_prezime
        ime_priimek priimek etunimi sukunimi koko_nimi namn fornamn efternamn namnet navn fornavn etternavn fulde_navn kundenavn naam volledige_naam klantnaam nome sobrenome nome_cliente
        nome_paciente nome_destinatario nome_titular nome_mae nombre_cliente nombre_paciente nombre_destinatario nombre_titular apellido_paterno apellido_materno primer_apellido segundo_apellido primer_nombre
        segundo_nombre nombre_y_apellido nombres nome_cognome nome_e_cognome nominativo intestatario nom_complet nom_client nom_patient nom_usage nom_prenom fio familiya imya otchestvo
        pangalan buong_pangalan vards uzvards vardas pavarde eesnimi perenimi onoma eponymo onomateponymo ism_familya subscriber_name member_name doctor_name driver_name rider_name
        payer_name payee_name debtor_name creditor_name insured_name applicant_name borrower_name parent_name spouse_name guardian_name nominee_name teacher_name buyer_name seller_name
        traveller_name traveler_name visitor_name caller_name attendee_name resident_name claimant_name donor_name receiver_name consignee_name addressee_name contact_person_name author_name
        nom_beneficiaire benef_name ordering_name cust_name cname_full patientname customername holdername
        نام نام_خانوادگی نام_و_نام_خانوادگی نام_مشتری نام_بیمار نام_کامل الاسم اسم_العميل اسم_المريض الاسم_الكامل الاسم_الأول اسم_العائلة שם_מלא שם_פרטי שם_משפחה שם_לקוח नाम पूरा_नाम নাম ชื่อ ชื่อ_นามสกุล นามสกุล ชื่อลูกค้า
        고객명 성명 수취인 예금주 성함 신청자 환자명 顧客名 お名前 名前 患者名 会員名 客户姓名 收货人 收件人 联系人 真实姓名 持卡人 收件人姓名 收货人姓名 όνομα επώνυμο ονοματεπώνυμο прізвище піб по_батькові презиме імʼя ад_і_прозвішча тегі аты_жөні""",
    "generated": "secret_id integration_key",
    "password": """nenosiri neno_la_siri nywila fjalekalim fjalëkalim lykilord lykilorð pasahitza contrasinal cyfrinair wagwoord iphasiwedi zaporka құпиясөз құпия_сөз პაროლი գաղտնաբառ паролата पासवर्ड পাসওয়ার্ড கடவுச்சொல் సంకేతపదం ססמה رمز_عبور گذرواژه پاس_ورڈ كلمة_السر 暗証番号""",
    "person": """holder practitioner general_practitioner performer requester contact_person created_by modified_by updated_by uploaded_by approved_by requested_by submitted_by signed_by reviewed_by reported_by last_modified_by entered_by prepared_by performed_by
        ordered_by prescribed_by cancelled_by invited_by referred_by examined_by verified_by booked_by paid_by issued_to assigned_to sold_to
        doctor nurse student teacher tutor trainee lawyer attorney surgeon physician resident citizen donor payer borrower lender debtor creditor insured policyholder nominee heir lessee lessor
        cardholder witness defendant plaintiff courier consignor pensioner prospect visitor caller volunteer candidate interviewee respondent subscriber signatory signer deceased relative buyer seller
        emergency_contact account_holder next_of_kin pickup_person contact_name
        kunde kundin mieter mieterin empfaenger empfänger absender auftraggeber versicherter patientin bewerber schueler schüler schülerin antragsteller kontoinhaber karteninhaber fahrer lehrer
        cliente clienta paciente alumno alumna estudiante titular destinatario destinataria remitente pasajero pasajera huesped huésped inquilino solicitante beneficiario asegurado medico médico enfermera profesor empleado conductor comprador vendedor
        aluno aluna hospede hóspede passageiro motorista funcionario funcionário beneficiária segurado responsavel responsável remetente
        eleve élève destinataire expediteur expéditeur locataire abonne abonné assure assuré conducteur acheteur vendeur medecin médecin salarie salarié
        utente paziente dipendente studente passeggero ospite assistito mittente intestatario richiedente
        klant medewerker huurder leerling verzekerde ontvanger afzender pacjent pacjentka klient kierowca odbiorca nadawca uczen najemca pracownik
        pacient patsient potilas asiakas bruker bruger kunde_navn mottaker modtager mottagare elev hasta musteri müşteri ogrenci öğrenci pasien nasabah pelanggan penerima siswa
        khach_hang benh_nhan hoc_sinh pacientka zakaznik zákazník ugyfel ügyfél beteg клиент клиентка пациент пациентка покупатель получатель отправитель водитель сотрудник ученик клієнт пацієнт""",
    "phone": """dien_thoai so_dt di_dong denwa denwa_bango denwabango keitai keitai_bango dianhua shouji shoujihao shouji_hao lianxi_dianhua lxdh sjhm hyudaepon yeonrakcheo hp_no no_hp no_telp no_telepon telepon
        nomor_hp nomor_telepon contact_no contact_phone contact_mobile mobile_num primary_phone alt_phone alternate_phone alternate_mobile emergency_phone customer_phone rider_phone driver_phone sender_phone
        recipient_phone receiver_phone patient_phone billing_phone shipping_phone callback_number callback_phone caller_number called_number destination_number telefonszam mobilszam telefonnr telefon_no
        cep_telefonu cep_tel ceptel fone wa_number whatsapp_no fono telefono_movil numero_celular nro_celular tel_portable num_tel numtel numero_tel simu namba_ya_simu telefonas talrunis telefon_mobil mobiltel
        мобильный номер_телефона телефон_номері هاتف الهاتف جوال الجوال رقم_الجوال رقم_الهاتف موبايل تلفن موبایل شماره_تماس شماره_تلفن שטלפון טלפון נייד เบอร์โทร โทรศัพท์ เบอร์โทรศัพท์ फोन मोबाइल मोबाइल_नंबर
        휴대폰 연락처 휴대전화 휴대폰번호 携帯 携帯電話 連絡先 联系电话 联系方式 手機 τηλέφωνο κινητό""",
    "address": """dia_chi dia_chi_giao_hang jusho juusho yubin_bango dizhi shouhuo_dizhi xiangxi_dizhi juso alamat alamat_rumah alamat_lengkap adresi ev_adresi teslimat_adresi lakcim adresa osoite katuosoite adress
        gatuadress postadress domicilio logradouro anwani tirahan full_address formatted_address street_name pickup_address drop_address dropoff_address work_address registered_address permanent_address current_address
        residential_address correspondence_address postanschrift lieferadresse rechnungsadresse adresse_livraison adresse_postale direccion_envio direccion_entrega endereco_entrega indirizzo_spedizione adres_zamieszkania adres_dostawy
        العنوان عنوان عنوان_التوصيل آدرس نشانی כתובת पता ठिकाना ที่อยู่ 배송지 배송주소 收货地址 详细地址 配送先 送付先 διεύθυνση адреса адрес_доставки мекенжай""",
    "birth-date": """ngay_sinh seinengappi tanjobi chusheng_riqi shengri csrq saengil saengnyeonwolil tgl_lahir tanggal_lahir tarikh_lahir dogumtarihi szuletesi_datum szuletesi_ido szul_datum data_nasterii datum_rodjenja datum_rodenja
        rojstni_datum datum_narozeni datum_narodenia syntymapaiva fodselsdag fodelsedag fodelsedatum fodselsdato f_nacimiento fec_nac fecha_nacim dt_nasc dt_nascimento datanasc tarehe_ya_kuzaliwa sunniaeg gimimo_data dzimsanas_datums
        patient_dob member_dob birth_year birthyear year_of_birth yob ddn تاريخ_الميلاد تاریخ_تولد תאריך_לידה जन्म_तिथि जन्मतिथि วันเกิด 생일 ημερομηνία_γέννησης дата_народження туған_күні""",
    "national-id": """employee_number personnel_number staff_number idnr rnokpp matricola matrikelnummer student_number student_no student_id cf cod_fisc codicefiscale iqama iqama_no iqama_number nid_no nid_number nid civil_id civilid emirates_id_no cnic_no nin bvn ghana_card pan_no cccd_no so_cmnd so_cccd so_can_cuoc can_cuoc shenfenzheng shenfenzheng_hao sfzh sfzhm idcard idcard_no
        id_card_no idno identity_no identity_card_no ic_no icno mykad_no no_ktp nomor_ktp no_ic npwp no_kk jumin jumin_no jumin_beonho resident_registration_number mynumber kojin_bango tc_no tckimlik tckimlikno tc_kimlik_no vergi_no rut_cliente rut_paciente
        numero_documento nro_documento num_documento documento_numero nro_doc szemelyi_szam adoszam adoazonosito taj_szam tajszam cod_numeric_personal rodnecislo davcna_stevilka emso maticni_broj lnch kod_melli codemelli code_melli national_code
        melli_code huduma_no kra_pin id_nasional fiscal_code codfis num_secu numero_secu nss nuss numero_ss isikukood personas_kods asmens_kodas personnr fodselsnr cprnr philsys_no sss_no gsis_no umid aadhaar_num uidai uan
        رقم_الهوية الرقم_القومي رقم_الإقامة الرقم_الوطني کد_ملی کدملی شماره_ملی ת_ז תעודת_זהות מספר_זהות आधार आधार_संख्या เลขบัตรประชาชน เลขประจำตัวประชาชน 주민번호 身分證字號 個人番号 αφμ αμκα іпн рнокпп жсн иин""",
    "passport": "so_ho_chieu ho_chieu no_paspor nomor_paspor no_pasport huzhao huzhao_hao yeogwon passport_num passport_series doc_passport رقم_الجواز رقم_جواز_السفر شماره_گذرنامه דרכון หนังสือเดินทาง 여권번호 旅券番号 護照號碼",
    "account": """vat rekening no_rekening nomor_rekening so_tai_khoan stk kouza_bango koza_bango gyejwa gyejwa_no yinhang_zhanghao hesap_no banka_hesap szamlaszam bankszamlaszam cislo_uctu numar_cont ziro_racun tilinumero bankkonto kontonr cuenta_bancaria
        nro_cuenta num_cuenta cuenta_destino cuenta_origen conta_bancaria conta_destino numero_compte rib nuban beneficiary_account debit_account credit_account payee_account source_account destination_account iban_no iban_number upi_id upi vpa
        pix_key chave_pix alias_cbu cbu_alias creditor_account debtor_account wallet_number mpesa_number 계좌번호 계좌 口座番号 银行账号 银行账户 رقم_الحساب شماره_حساب شماره_شبا شبا खाता_संख्या เลขบัญชี เลขที่บัญชี номер_счета расчетный_счет номер_рахунку αριθμός_λογαριασμού""",
    "card": "卡号 银行卡号 信用卡号 yinhangka kahao num_carte numero_carte nro_tarjeta numero_cartao numero_do_cartao kart_no kart_numarasi nomor_kartu so_the カード番号 카드번호 номер_карты شماره_کارت رقم_البطاقة pan_masked_full primary_account_number",
    "trait": "diagnosis diagnosi diagnostico diagnóstico symptoms medical_history medical_condition medications allergies hiv_status disability pregnancy caste gehalt salaire salario salário sueldo stipendio bruttogehalt nettogehalt gaji maas lon_fore_skatt 年収 연봉 工资 зарплата диагноз",
    "health": "uhid abha abha_id health_id nhif_no hospital_number hospital_no medical_number record_number_patient krankenkassennummer nss_sante numero_mutuelle medicare_no nhs_no",
    "user": "player_name character_name avatar_name nick_name summoner_name gamertag gamer_tag ten_dang_nhap yonghuming nama_pengguna wechat_id weixin_id openid kakao_id telegram_username telegram_handle discord_username discord_tag github_username nombre_usuario nome_usuario nom_utilisateur nazwa_uzytkownika kullanici_adi korisnicko_ime felhasznalonev uzivatelske_jmeno gebruikersnaam anvandarnamn brukernavn brugernavn kayttajatunnus اسم_المستخدم نام_کاربری 用户名 用戶名 ユーザー名 아이디 логин имя_пользователя",
    "licence": "registration reg regnr rego stelnummer fahrgestellnummer chassis chassis_number vin_number numero_chasis numero_chassis no_polisi nopol plat_nomor bien_so bien_so_xe 车牌 车牌号 車牌號碼 ナンバープレート 차량번호 госномер гос_номер номер_авто rendszam spz cislo_spz nr_rejestracyjny plaka_no رقم_اللوحة پلاک license_no licence_no driving_license_no dl_number",
}  # fmt: skip
