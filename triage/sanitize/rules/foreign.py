"""Dismissed instructions and orders in other languages, as data: verbs, nouns and their order in each."""

from __future__ import annotations

from typing import Any

from triage.sanitize.rule import Found, Rule, Validator, bytes_pattern
from triage.sanitize.rules.sign import fold, fold_bytes, fold_pattern, is_quoted, sign


def _still_to_do(verbs: str) -> Validator:
    """Not the report that an instruction was passed over, in any language, unless it says that it must be."""
    dismiss = bytes_pattern(fold_pattern(verbs), captures=False, utf8=True)

    def valid(found: Found) -> bool:
        if is_quoted(found):
            return False
        told = found.before(4) + found.value + found.after(12)
        reports = _count(_PASSED_OVER, told)
        return (
            not reports
            or _count(dismiss, told) > reports
            or any(word in found.before(20) + told + found.after(24) for word in _DUTIES)
        )

    return valid


def _count(pattern: Any, data: bytes) -> int:
    return sum(1 for _ in pattern.finditer(data))


# Participles and other forms that tell what has been done, folded.
_PASSED_OVER = bytes_pattern(
    fold(
        "ignored|ignorad[oa]|ignorat[oai]|(?:wird|wurden?|werden) ignoriert|ignoriert (?:wird|wurden?|werden)|se (?:ignor|omit|descart)"
        "|omitid|omitted|descartad|olvidad|scartat|genegeerd|ignorerad|zignorowan|pominięt|игнорируе?ю?тся|игнорирован|проигнорир"
        "|무시되|무시됨|무시했|무시됐|無視され|無視しました|已忽略|被忽略|忽略了|yok sayıldı|göz ardı edildi|diabaikan|bị bỏ qua"
    ),
    captures=False,
    utf8=True,
)
_DUTIES = tuple(
    fold_bytes(word)
    for word in "must|should|shall|have to|to be| deb| tien|hay que|muss|müssen|soll|sind zu|devem|deve |devono|moet|powin|долж|нужно|해야|必须|必須|应该|べき|gerek|harus|phải".split(
        "|"
    )
)

_LANGUAGES: tuple[tuple[str, str, str], ...] = (
    # dismissing verbs, words for instructions, order ("vo", "ov" or "both")
    (
        r"ignorier\w*|vergiss\b|vergessen sie|missacht\w*|überschreib\w*|verwirf|umgehe?n?|(?:beachte|befolge|folge)n?[^\n.]{0,40}? nicht",
        r"anweisung|instruktion|vorgabe|befehl|richtlinie|prompt|aufforderung|weisung|anleitung|system ?regel|alle(?:n)? regeln|bisherigen regeln|vorherigen regeln",
        "both",
    ),
    (
        r"ignore[zr]?|ignorons|oublie[zr]?|ne (?:tiens|tenez|tiens) pas compte|fai(?:s|tes) abstraction|néglige[zr]?|contourne[zr]?|ne (?:suis|suivez|respecte[zr]?) (?:pas|plus)|passe[zr]? outre|fai(?:s|tes) fi",
        r"instructions?|consignes?|directives?|ordres|règles|invite système|recommandations",
        "vo",
    ),
    (
        r"ignor[aeo]\w*|olvid[ae]\w*|haz caso omiso|haga caso omiso|no (?:hagas|haga) caso|descart[ae]\w*|omit[ae]\w*|pasa por alto|desobedec\w+|no sigas|deja de seguir|desestim[ae]",
        r"instrucci[oó]n\w*|indicacion\w*|[oó]rdenes|reglas|directric\w*|comandos|prompt",
        "vo",
    ),
    (
        r"ignor[ae]\w*|esque[cç]a\w*|esquece\w*|desconsider[ae]\w*|descart[ae]\w*|desobede[cç]\w*|não siga|pare de seguir|deixe de lado",
        r"instru[cç][oõ]es|instru[cç][aã]o|orienta[cç][oõ]es|ordens|regras|diretri\w+|comandos|prompt",
        "vo",
    ),
    (
        r"ignora\w*|dimentica\w*|trascura\w*|non (?:considerare|seguire)|tralascia\w*|scarta\w*|disattendi|smetti di seguire|scorda\w*",
        r"istruzion[ei]|indicazioni|ordini|regole|direttive|comandi|prompt",
        "vo",
    ),
    (
        r"negeer|vergeet|sla[^\n.]{0,30}? over|let niet op|volg[^\n.]{0,30}? niet|omzeil|schrap",
        r"instructies?|opdracht\w*|aanwijzing\w*|alle regels|vorige regels|richtlijn\w*|prompts?",
        "both",
    ),
    (
        r"ignoruj\w*|zapomnij\w*|pomiń\w*|nie (?:zwracaj|przestrzegaj|stosuj)\w*|odrzuć|zlekceważ\w*",
        r"instrukcj\w+|poleceni\w+|polecen\b|wytyczn\w+|reguł\w*|zasad\w*|rozkaz\w*|prompt",
        "vo",
    ),
    (
        r"игнорир\w*|забудь\S*|не обращай\S*|не (?:следуй|выполняй|соблюдай)\S*|пренебре\S+|отмени\S*|отбрось\S*|перестань следовать|обойди",
        r"инструкц\S+|указани\S+|команд\S*|правил\S*|распоряжени\S+|промпт\S*|директив\S*|предписани\S+",
        "vo",
    ),
    (
        r"ігнору\S*|забудь\S*|знехту\S*|не (?:зважай|звертай|дотримуйся|виконуй)\S*|відкинь\S*|скасуй\S*",
        r"інструкц\S+|вказів\S+|команд\S*|правил\S*|наказ\S*|промпт\S*|настанов\S*",
        "vo",
    ),
    (
        r"yok say\S*|görmezden gel\S*|unut\S*|dikkate alma\S*|boş ver\S*|göz ardı\S*|uyma\b|takip etme",
        r"talimat\S*|yönerge\S*|komut\S*|kural\S*|emir\S*|istem\S*|prompt\S*",
        "ov",
    ),
    (
        r"تجاهل\S*|انس\S?|انسى|تغاض\S*|لا تتبع|أهمل|اهمل|لا تلتزم|تخط\S?",
        r"\S*تعليمات\S*|\S*أوامر\S*|\S*اوامر\S*|\S*توجيهات\S*|\S*قواعد\S*|\S*إرشادات\S*|\S*ارشادات\S*",
        "vo",
    ),
    (
        r"अनदेख\S*|नज़?रअंदाज़?\S*|नजरअंदाज\S*|नज़र ?अंदाज़\S*|भूल\S*|उपेक्षा|ध्यान न\S*|पालन न|मत मान\S*",
        r"निर्देश\S*|आदेश\S*|नियम\S*|हिदायत\S*|अनुदेश\S*|प्रॉम्प्ट",
        "ov",
    ),
    (
        r"忽略|无视|忘记|忘掉|忘了|不要理会|不理会|别管|抛开|不要遵守|不要遵循|忽视|無視|忽視|停止遵循|不用管|违反|绕过|不再遵守|撇开",
        r"指令|指示|提示词?|说明|規則|规则|命令|設定|设定|說明|要求|限制|约束|对话",
        "vo",
    ),
    (
        r"無視し|無視せよ|無視する(?:こと|よう)|忘れて|忘れろ|従わない|従うな|破棄し|リセットし|守らない|取り消し|捨てて|無効にし",
        r"指示|命令|プロンプト|ルール|指令|インストラクション|制約|ガイドライン",
        "ov",
    ),
    (
        r"무시|잊어|잊고|따르지|버려|버리|무효|어기",
        r"지시|지침|명령|프롬프트|규칙|지시사항|가이드라인|제약",
        "ov",
    ),
    (
        r"bỏ qua|phớt lờ|quên|không (?:tuân|làm) theo|làm ngơ|đừng (?:tuân|làm) theo|hãy quên|mặc kệ",
        r"hướng dẫn|chỉ dẫn|chỉ thị|mệnh lệnh|các lệnh|quy tắc|câu lệnh|lời nhắc",
        "vo",
    ),
    (
        r"abaikan|lupakan|jangan (?:ikuti|patuhi)|hiraukan|kesampingkan|langgar",
        r"instruksi|perintah|petunjuk|aturan|arahan|prompt|panduan",
        "vo",
    ),
    (
        r"ignorera|glöm|strunta i|bortse från|ignorer|glem|se bort fra|følg ikke|tilsidesæt|följ inte",
        r"instruktion\w*|anvisning\w*|instruks\w*|regler\w*|ordre\w*|prompt|direktiv\w*",
        "vo",
    ),
    (
        r"ohita|unohda|älä (?:välitä|noudata)|jätä[^\n.]{0,30}? huomiotta",
        r"ohje\w*|käsky\w*|määräy\w*|sään\w*",
        "both",
    ),
    (
        r"ignoruj\w*|zapomeň\w*|nedbej\w*|přehlížej|zabudni\w*|neposlouchej",
        r"instrukc\w*|pokyn\w*|příkaz\w*|pravid\w*|inštrukci\w*|príkaz\w*",
        "vo",
    ),
    (
        r"hagyd figyelmen kívül|felejtsd el|ne (?:kövesd|vedd)|mellőzd|ignor[aá]ld",
        r"utasítás\w*|parancs\w*|szabály\w*|irányelv\w*",
        "both",
    ),
    (
        r"ignor[aăeț]\w*|uit[aă]\w*|nu (?:ține cont|respecta|urma)\w*",
        r"instrucțiuni\w*|comenzi\w*|reguli\w*|indicațiile|ordine\w*",
        "vo",
    ),
    (
        r"αγνόησ\S*|αγνοήστε|ξέχασ\S*|ξεχάστε|μην (?:ακολουθ|λάβ)\S*|παράβλεψ\S*",
        r"οδηγ\S+|εντολ\S+|κανόν\S+|κανον\S+",
        "vo",
    ),
    (
        r"התעלמ?ם?\S*|תתעלמ?ם?\S*|שכח\S*|אל תציית\S*",
        r"\S*הוראות\S*|\S*הנחיות\S*|\S*פקודות\S*|\S*כללים\S*",
        "vo",
    ),
    (r"เพิกเฉย|ละเว้น|ไม่ต้องสนใจ|ลืม|ไม่สนใจ|ข้าม", r"คำสั่ง|คำแนะนำ|กฎ|ข้อกำหนด", "vo"),
    (r"نادیده بگیر\S*|فراموش کن\S*|پیروی نکن\S*", r"\S*دستور\S*|\S*قوانین\S*|\S*راهنما\S*", "ov"),
    (r"উপেক্ষা|ভুলে যা\S*|অগ্রাহ্য", r"নির্দেশ\S*|আদেশ\S*|নিয়ম\S*", "ov"),
    (r"نظر ?انداز|بھول جا\S*", r"\S*ہدایات\S*|\S*احکامات\S*", "ov"),
    (r"puuza|sahau|usifuate", r"maagizo|maelekezo|amri|kanuni", "vo"),
    (
        r"huwag pansinin|kalimutan|balewalain|huwag sundin",
        r"tagubilin|utos|panuto|patakaran|instruksyon",
        "vo",
    ),
)


_ALL = r"(?:alles|tout|todo|tutto|tudo|toate|alle|все|всё|усе|wszystko|vsechno|mindent|her ?seyi|كل (?:ما|شيء)|全部|一切|所有|すべて|全て|모든 것|모두|semua|tat ca|sab kuch|सब कुछ|ทุกอย่าง)"
_FORGET = r"(?:vergiss|vergessen sie|ignoriere?|oublie[zr]?|ignore[zr]?|olvida|olvide|dimentica|esquece|esqueca|uita|vergeet|negeer|забудь(?:те)?|игнорируй|забудьте|zapomnij|zapomen|felejts(?:d| el)|unut|انس|تجاهل|忘记|忘掉|忽略|忘れ|無視|잊어|무시|lupakan|quen|भूल|ลืม)"


def _stems(words: str) -> str:
    """The literal beginnings of an alternation, for the prefilter."""
    stems: list[str] = []
    for word in words.split("|"):
        plain = ""
        for char in word.lstrip("(?:").removeprefix("\\S*"):
            if char in "\\[](){}?*+":
                break
            plain += char
        if word and plain:
            stems.append(plain[:-1] if word[len(plain) : len(plain) + 1] == "?" and len(plain) > 2 else plain)
    return "|".join(stems)


def _foreign() -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for verbs, nouns, order in _LANGUAGES:
        forms = []
        if order in ("vo", "both"):
            forms.append(rf"(?:{verbs})[^\n.!?»”]{{0,70}}?(?:{nouns})")
        if order in ("ov", "both"):
            forms.append(rf"(?:{nouns})[^\n.!?]{{0,70}}?(?:{verbs})")
        rules.append(
            sign("override", f"{_stems(verbs)} & {_stems(nouns)}", "|".join(forms), _still_to_do(verbs))
        )
    return tuple(rules)


_SEND = r"(?:envoie|envoyez|transmet|sende|schick|übermittle|envía|envia|\bmanda\b|envie|invia|stuur|wyślij|prześlij|отправ|перешли|надішли|gönder|أرسل|ارسل|भेज|发送|發送|发到|送信|送って|보내|전송|\bgửi\b|\bkirim|skicka|lähetä|pošli|küldd|trimite|στείλε|שלח|ส่ง)"
_VALUABLE = r"(?:mot(?:s)? de passe|passwor|clés?|cle |cles |schl[uü]ssel|tokens?|jetons?|contraseña|clave|senha|chave|password|hasł|klucz|парол|ключ|токен|секрет|şifre|anahtar|密钥|密碼|密码|令牌|パスワード|鍵|キー|トークン|비밀번호|키를|토큰|시크릿|mật khẩu|khóa|kata sandi|kunci|secret|geheim|credential|identifiants|zugangsdaten|credenciales|credenciais|credenziali|env\b|переменн|змінн|环境变量|環境変数|환경 ?변수|umgebungsvariabl|variables d|variables de|variáveis|variabili|كلمات? المرور|مفتاح|مفاتيح|पासवर्ड|कुंजी|données|daten|datos|dados|dati|gegevens|\bdane\b|данн|дані|\bveri(?:ler|yi|leri)?\b|数据|データ|데이터|dữ liệu)"
_AWAY = r"(?:https?://|@[a-z]|\[email)"
_SEND_AWAY = "|".join(
    r"[\s\S]{0,100}?".join(parts)
    for parts in (
        (_SEND, _VALUABLE, _AWAY),
        (_VALUABLE, _SEND, _AWAY),
        (_VALUABLE, _AWAY, _SEND),
        (_SEND, _AWAY, _VALUABLE),
        (_AWAY, _VALUABLE, _SEND),
    )
)

FOREIGN: tuple[Rule, ...] = (
    *_foreign(),
    sign(
        "override",
        "vergiss|vergessen|ignorier|oubli|ignore|olvid|dimentica|esque|uita|vergeet|negeer|забудь|игнорируй|zapomn|zapomen|felejts|unut|انس|تجاهل|忘|忽略|無視|잊어|무시|lupakan|quen|भूल|ลืม & alles|tout|todo|tutto|tudo|toate|alle|все|всё|усе|wszystko|vsechno|mindent|her sey|herseyi|كل|全|一切|所有|すべて|모든|모두|semua|tat ca|सब|ทุก",
        rf"\b{_FORGET}[^\n.!?]{{0,12}}?{_ALL}[^\n]{{0,48}}?(?:gesagt|dit|dicho|detto|dito|spus|verteld|сказал|говорил|powiedzia|rekli|mondt|soylen|قيل|之前|以上|以前|前|이전|지금까지|sebelum|truoc|पहले|ก่อน|und |et |y |e |en |и |i |ve |そして|그리고|并|avant|antes|prima|vorher|bisher)"
        rf"|(?:全部|一切|所有|すべて|全て|모든 것|모두)[^\n。]{{0,16}}?(?:忘记|忘掉|忽略|忘れ|無視し|잊어|무시해)",
    ),
    sign(
        "role-play",
        "du bist|bist du|tu dich|tu so|gib dich|verhalte dich|stell dir vor",
        r"\b(?:du bist (?:jetzt|nun|ab (?:jetzt|sofort))|ab (?:jetzt|sofort) bist du|tu so,? als|gib dich (?:als|aus)|verhalte dich (?:wie|als))",
    ),
    sign(
        "role-play",
        "tu es|vous etes|fais semblant|faites semblant|comporte-toi|agis comme|joue le role",
        r"\b(?:tu es (?:maintenant|desormais|dorenavant)|vous etes (?:maintenant|desormais)|(?:a partir de maintenant|desormais|dorenavant),? (?:tu|vous) (?:es|etes|dois|devez|vas|agi)|fai(?:s|tes) semblant d|comporte(?:-toi|z-vous) comme|agis(?:sez)? comme (?:si|un)|jouez? le role)",
    ),
    sign(
        "role-play",
        "eres|actua|finge|comportate|haz como",
        r"\b(?:ahora eres|a partir de ahora,? (?:eres|actua|debes|seras|vas)|actua como (?:si (?:fueras|fueses|no|tuvieras|eres)|un)|finge (?:ser|que)|comportate como|haz como si)",
    ),
    sign(
        "role-play",
        "voce|aja como|finja|comporte-se",
        r"\b(?:agora voce e|voce agora e|a partir de agora,? voce|aja como (?:se|um)|finja (?:ser|que)|comporte-se como)",
    ),
    sign(
        "role-play",
        "sei un|fingi|comportati|ora sei|agisci",
        r"\b(?:ora sei|adesso sei|d'ora in poi,? (?:sei|sarai|devi|agisci)|da (?:ora|adesso) in poi,? (?:sei|sarai|devi)|fingi di|comportati come|agisci come)",
    ),
    sign(
        "role-play",
        "je bent|doe alsof|gedraag je|jestes|udawaj|zachowuj sie",
        r"\b(?:je bent (?:nu|vanaf nu)|vanaf nu ben je|doe alsof|gedraag je als|jestes teraz|od teraz jestes|udawaj,? ze|zachowuj sie jak)",
    ),
    sign(
        "role-play",
        "ты теперь|теперь ты|отныне|с этого момента|притвор|представь|действуй как|веди себя|тепер ти|ти тепер|віднині|прикинься|уяви",
        r"(?:ты теперь|теперь ты|отныне ты|с этого момента ты|притвор\S+,? что|представь\S*,? что ты|действуй как|веди себя как|тепер ти|ти тепер|віднині ти|прикинься|уяви,? що ти)",
    ),
    sign(
        "role-play",
        "sen artik|artik sen|bundan sonra|gibi davran|rolunu",
        r"(?:artik sen|sen artik|bundan sonra sen|sen [^\n]{0,40}?gibi davran|rolunu (?:yap|ustlen|oyna))",
    ),
    sign(
        "role-play",
        "أنت الآن|من الآن|تظاهر|تصرف ك|अब तुम|अब आप|अब से|ढोंग|की तरह व्यवहार",
        r"(?:أنت الآن|من الآن فصاعد\S+ (?:أنت|ستكون|عليك)|تظاهر ب?أنك|تصرف ك|अब (?:तुम|आप) (?:एक|कोई|डैन)|अब से (?:तुम|आप)|होने का (?:ढोंग|नाटक)|की तरह व्यवहार)",
    ),
    sign(
        "role-play",
        "你现在|你現在|现在你|现在开始|现在起|現在開始|現在起|假装|假裝|扮演|你将|請你",
        r"(?:你(?:现在|現在)(?:是|不再|扮演|进入)|(?:现在|現在)你(?:是|不再)|[从從](?:现在|現在)(?:开始|起|開始),?(?:，)?(?:请)?你|(?:假装|假裝)(?:你|成|是)|(?:请|請|你)(?:来|來|要|将|将要)?扮演)",
    ),
    sign(
        "role-play",
        "あなたは|ふりを|振る舞|なりき|役を|너는|당신은|이제부터|지금부터|척|역할|행동해",
        r"(?:あなたは(?:今|これ|もう)[^\n]{0,40}?(?:です|だ|として|ではあり)|(?:今|これ)からあなたは|のふりを(?:し|して)|として(?:振る舞|ふるま|行動)|になりきっ|(?:너는|당신은) (?:이제|지금)|(?:이제|지금)부터 (?:너|당신|넌)|(?:인|하는) 척|역할을 (?:해|맡|수행)|처럼 (?:행동|대답))",
    ),
    sign(
        "role-play",
        "bay gio|tu gio|tu bay gio|dong vai|gia vo|sekarang kamu|anda sekarang|mulai sekarang|berpura|bertindaklah|kamu sekarang",
        r"(?:bay gio (?:ban|may) la|tu (?:bay )?gio (?:tro di,? )?(?:ban|may)|dong vai (?:mot|la|nhu)|gia vo|sekarang (?:kamu|anda) adalah|(?:anda|kamu) sekarang (?:adalah )?|mulai sekarang,? (?:kamu|anda)|berpura-pura|bertindaklah (?:sebagai|seperti))",
    ),
    sign(
        "prompt-leak",
        "systemprompt|system-prompt|system prompt|prompt système|invite système|instructions système|prompt del sistema|prompt do sistema|prompt di sistema|instrucciones del sistema|系统提示|系統提示|系统指令|システムプロンプト|시스템 프롬프트|системный промпт|системні|системн|systeemprompt|sistem istemi|sistem talimat|prompt sistem|lời nhắc hệ thống|monit systemowy|prompt systemowy|مطالبة النظام|تعليمات النظام|सिस्टम प्रॉम्प्ट|初始指令|初期指示|초기 지시",
        r"(?:zeig|verrat|gib|nenn|ausgeb|affich|montr|révél|donn|muestr|revel|dime|imprim|mostr|rivel|toon|geef|onthul|pokaż|ujawni|wypisz|покаж|раскро|вывед|напиши|розкрий|виведи|göster|yazdır|açıkla|أظهر|اظهر|اكشف|اعرض|اطبع|दिखा|बता|显示|顯示|输出|輸出|泄露|透露|告诉|告訴|打印|公开|重复|表示|教え|見せ|出力|開示|보여|알려|출력|공개|hiển thị|tiết lộ|in ra|cho tôi|tampilkan|ungkap|tunjukkan|bocorkan|what|reveal\b)"
        r"[\s\S]{0,60}?(?:system[ \-]?prompt|prompt (?:du |del |do |di )?syst[eè]me?|invite système|instructions système|prompt d[eoi]l? sistema|instrucciones del sistema|系[统統](?:提示|指令)|システムプロンプト|시스템 프롬프트|системн\S+ (?:промпт|инструкц|промт|інструкц)\S*|systeemprompt|sistem (?:istemi|talimat)\S*|prompt sistem|lời nhắc hệ thống|(?:monit|prompt) systemowy|مطالبة النظام|تعليمات النظام|सिस्टम प्रॉम्प्ट|初始指令|初期指示|초기 지시)"
        r"|(?:system[ \-]?prompt|sistem (?:istemi|talimat)\S*|システムプロンプト|시스템 프롬프트|सिस्टम प्रॉम्प्ट|系[统統]提示)[\s\S]{0,50}?(?:göster|yazdır|açıkla|表示し|教え|見せ|出力し|開示し|보여|알려|출력하|공개하|दिखा|बता|显示出|输出|anzeigen|preisgeben|ausgeben)",
    ),
    sign(
        "exfiltration",
        "envoi|envoy|transmet|send|schick|übermit|envía|envia|manda|invia|stuur|wyślij|prześlij|отправ|перешли|надішли|gönder|أرسل|ارسل|भेज|发送|發送|发到|送信|送って|보내|전송|\bgửi\b|\bkirim|skicka|lähetä|pošli|küldd|trimite|στείλε|שלח|ส่ง & http|@|[email",
        _SEND_AWAY,
    ),
    sign(
        "agent-order",
        "lösche|deaktiviere|entferne|überspringe|supprime|désactive|contourne|elimina|desactiva|borra|salta|remova\b|desative|exclua|disattiva|rimuovi|cancella|verwijder|schakel|usuń|wyłącz|pomiń|удали|отключи|пропусти|обойди|видали|вимкни|devre dışı|sil|hapus|nonaktifkan|lewati|xóa|tắt|vô hiệu|删除|禁用|跳过|关闭|修改|注释掉|削除|無効|スキップ|삭제|비활성|건너뛰|끄세요|지워 & test|prüf|verific|vérif|провер|тест|检查|验证|测试|テスト|検証|테스트|검증|kiểm tra|pruebas|testes|weryfik|doğrula|authent|ci",
        r"\b(?:lösche?|deaktiviere?|entferne|überspringe|supprime[zr]?|désactive[zr]?|contourne[zr]?|elimina\b|desactiva|borra\b|salta\b|remova\b|desative|exclua|disattiva|rimuovi|cancella|verwijder|schakel|usuń|wyłącz|pomiń|удали|отключи|пропусти|обойди|видали|вимкни|devre dışı bırak|sil\b|hapus|nonaktifkan|lewati|xóa|tắt|vô hiệu)\w*\b[^\n.]{0,50}?(?:tests?\b|\bci\b|prüfung|verifica|vérification|проверк|тест|перевірк|pruebas|testes|authent|autent|weryfik|pengujian|kiểm tra|sécurité|workflow|güvenlik)"
        r"|(?:请|請|必须|你要|马上|立即)[^\n]{0,20}?(?:删除|禁用|跳过|关闭|修改|注释掉)[^\n]{0,30}?(?:测试|检查|验证|工作流|ci|认证)|(?:テスト|検証|認証|ワークフロー|ci)[^\n]{0,30}?(?:削除し|無効に|スキップし|無効化し)|(?:테스트|검증|인증|워크플로)[^\n]{0,30}?(?:삭제하|비활성화하|건너뛰|끄세요|지워)",
    ),
)
