"""What secrets are called where people and messages tell them, in the languages of the world."""

from __future__ import annotations

# By what a value is hidden as. Beginnings of words: in Latin letters none stands before them, in other scripts
# anything may. A `·` is a blank.
SECRET_WORDS = {
    "answer": """secret·question segurança: sicurezza: questão·de·segurança frase·de·segurança seguretat siguranță mother's·maiden first·pet turvaküsimus drošības·jautājum saugumo·klausim slaptas·klausim güvenlik·sual swali·la·usalama pyetjen·e·sigurisë varnostno·vprašanje
        контрольн кантрольн безпек безопасност безбедносно security·question security·answer secret·answer pet·question maiden·name pregunta·secret pregunta·de·seguridad
        respuesta·secret respuesta·de·seguridad pergunta·secreta pergunta·de·segurança resposta·de·segurança question·secrète question·de·sécurité réponse·secrète
        sicherheitsfrage geheimfrage sicherheitsantwort domanda·segreta domanda·di·sicurezza risposta·di·sicurezza risposta·segreta pytanie·pomocnicz
        pytanie·zabezpieczaj pytanie·bezpiecz güvenlik·soru gizli·soru kontrolní·otázk kontrolná·otázk bezpečnostní·otázk bezpečnostná·otázk biztonsági·kérdés säkerhetsfråg
        hemlig·fråg sikkerhedsspørgsmål sikkerhetsspørsmål turvakysymy beveiligingsvraag geheime·vraag întrebarea·de·securitate sigurnosno·pitanje tajno·pitanje
        контрольный·вопрос контрольного·вопроса контрольный·вопрос секретный·вопрос секретное·слово кодовое·слово секретне·питання контрольне·питання таен·въпрос тајно·питање μυστική·ερώτηση
        שאלת·אבטחה שאלת·ביטחון سؤال·الأمان السؤال·السري سوال·امنیتی सुरक्षा·प्रश्न 密保 安全问题 安全提示 秘密の質問 보안·질문 보안질문 pertanyaan·keamanan soalan·keselamatan câu·hỏi·bảo·mật""",
    "password": """password passwd pasword pass pw passkey memorable watchword·is word·is word·was passwort passwör pass·is pass·was kennwort kennwör codewort lösungswort pwd pswd passphrase pass-phrase pass·phrase passcode pass·code
        mot·de·passe mots·de·passe mdp phrase·de·passe phrase·secrète contraseña contrasena contraseny contrasinal frase·de·paso frase·de·pas frase·secreta clave
        senha palavra-passe palavra·passe palavra-chave parola parol haslo haseł hasła hasło hasłem heslo hesla heslem hesel jelsz jelmond jelige lozink geslo gesla geslom zaporka zaporku šifr sifra sifru
        fraza fraz slaptaž salasana salasan tunnuslause lösenord lösenfras adgangskod adgangsfras kodeord passord passfras wachtwoord ww wagwoord lösen leyniorð mật·mã tình·mật lykilor aðgangsorð loyniorð fjalëkalim fjalekalim
        şifre sifre parolas şifrə kata·sandi sandi kata·laluan katalaluan mật·khẩu mat·khau nenosiri neno·la·siri nywila pasahitz focal·faire pasfhocal phasfhocal cyfrinair facal-faire kupuhipa
        iphasiwedi iphasiwothi lambar·sirri kalmar·sirri kalmar okwuntughe ọrọ ereyga·sirta tenimiafina salasõn paroo unlock wifi wi-fi wlan psk secret·word secret·phrase magic·word watchword
        keystore unseal seed·phrase seed·words recovery·phrase recovery·words mnemonic login·with log·in log·into sign·in signed·in
        вай-фай вайфай wai-fai вай·фай пароль парол лозинка лозинк құпиясөз сырсөз купуя нууц рамз кодовая·фраза кодовое κωδικ συνθηματικ φράση סיסמ סיסמא كلمة كلمه السر المرور الرقم·السري باسورد پسورد پس·ورد گذرواژه رمز پاس·ورڈ پاسورڈ
        पासवर्ड पासफ़्रेज़ पासफ्रेज गुप्त कूटशब्द सांकेतिक পাসওয়ার্ড পাসফ্রেজ কূট গোপন கடவுச்சொ பாஸ்வேர்ட் పాస్‌వర్డ్ పాస్వర్డ్ సంకేతపదం ಪಾಸ್‌ವರ್ಡ್ ಪಾಸ್ವರ್ಡ್ പാസ്‌വേഡ് പാസ്‍വേഡ് പാസ്വേഡ് રહસ્ય પાસવર્ડ ਪਾਸਵਰਡ ପାସୱାର୍ଡ මුරපද
        รหัส พาสเวิร์ด ពាក្យសម្ងាត់ ລະຫັດ စကားဝှက် პაროლ გაღებ գաղտնաբառ գաղտնագիր ծածկագիր የይለፍ 密码 密碼 口令 暗号 暗號 通行 通關 密語 密语 パスワード パスフレーズ パスコード 合言葉 合い言葉 비밀번호 비번 암호 패스워드 와이파이""",
    "pin": """pin pincode pinkod puk tpin mpin пин пін піни пінкод пук pin-koodi 暗証番号 暗証 핀번호 핀코드 पिन পিন பின் పిన్ ಪಿನ್ പിൻ પિન ਪਿੰਨ พิน الرمز·السري پین پن ፒን""",
    "one-time-code": """otp totp 2fa mfa tan mtan one-time one·time verification security·code code codes kod kodu kodem kodzie kodow kody kode koden kodas kodą kodo kods kodam kods kods kodā kód kódu kóda kodi koda
        engångskod säkerhetskod verifieringskod portkod dørkode dörrkod adgangskode bekræftelseskode engangskode sikkerhetskode verifiseringskode bekreftelseskode kóði kóðinn staðfestingark aðgangskóð öryggisnúmer
        koodi kood uksekood turvakood kinnituskood vahvistuskoodi ovikoodi código codigo códigos codice codici codul codu codi cod cyfr mã kodenummer kodea kodeak kódja kapukód kóddal gate door keypad lockbox combination safe combinação combinación combinaison
        combinazione kombinasi kombination kombinaci kombinacij számkombin szyfr voucher activation activatie aktivierung freischalt licence·key license·key licenc licenčn klíč lisans serial tür tor haustür kluis deurcode alarmcode
        alarm alarma alarme alarmi alarmu allarme hälytys hälytin riasztó signal locker trezor seif sejf szejf széf tresor kluis caja·fuerte caixa·fort cassaforte coffre-fort coffre kasaforta kassakaappi kassaskåp pengeskab värdeskåp seifi schließfach spind armadietto casillero kasa·şifre brankas peti·besi két·sắt tủ·khóa
        uthibitisho msimbo ikhodi kóòdù koodu kaadi koodh сейф сеф сейфа сигнализац сигналізац алармата аларм домофон كلمة·السر خزنة الخزنة گاوصندوق تالا تجوری সিন্দুক তালা तिजोरी ताला பெட்டக அலாரம் ตู้เซฟ ตู้นิรภัย 保险箱 保險箱 金庫 警備 금고 사물함 도어락 ロッカー כספת אזעקה χρηματοκιβώτι συναγερμ სეიფ სიგნალიზ չհրկիզ կոդ
        код коду кода кодом кодът кодот кодын портата вратата კოდ կոդ ծածկ קוד كود کد کوڈ कोड ओटीपी কোড ওটিপি குறியீ ஓடிபி కోడ్ ఓటీపీ ಕೋಡ್ ಒಟಿಪಿ കോഡ് ഒടിപി કોડ ઓટીપી ਕੋਡ ਓਟੀਪੀ කේත
        โค้ด โอทีพี លេខកូដ កូដ ကုဒ် የማረጋገጫ ኮድ 验证码 驗證碼 校验码 校驗碼 确认码 動態 动态 激活码 兑换码 取件码 提取码 门禁 保险柜 認証コード 認証番号 確認コード コード 番号 인증번호 인증코드 코드 번호""",
    "key": """api·key api-key apikey access·key secret·key master·key recovery·key api-schlüssel clé·api clave·api chave·de·api ключ clé·wifi clé·wi-fi schlüssel nyckel nøgle nøkkel klucz kulcs anahtar avain sleutel kunci khóa
        密钥 秘钥 キーは 키는""",
}  # fmt: skip
