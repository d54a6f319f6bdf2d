"""People by what stands around their names: a role, a relation, a verb, a title or a form of address, in many
languages and scripts."""

from __future__ import annotations

from triage.sanitize.people import (
    FULL,
    WORD,
    inside,
    introduced,
    is_acronym,
    is_common,
    is_given,
    is_login,
    is_surname,
)
from triage.sanitize.placeholders import MASK
from triage.sanitize.rule import CAPITALS, NUMBER, Found, Rule
from triage.sanitize.rules.things import THINGS, is_thing
from triage.sanitize.validators import stands_alone

_ROLES = """customer client patient passenger guest user member employee student teacher doctor nurse driver tenant owner buyer seller
    applicant candidate caller visitor subscriber attendee traveller traveler resident citizen manager colleague contact agent beneficiary
    policyholder claimant donor lawyer witness cardholder""".split()
# Only people stand here; what follows needs no known name.
_RELATIONS = (
    "spouse|husband|wife|son|daughter|mother|father|brother|sister|emergency contact|next of kin|guardian|maiden name|alias|a[.]?k[.]?a[.]?"
    "|spoke (?:with|to)|talked (?:with|to)|met with|call with|meeting with|interview with|appointment with|on behalf of|in the name of|payable to"
    "|addressed to|registered to|prescribed (?:to|for|by)|escalated to|called by|seen by|treated by|referred by|greeted by|signed off by"
    "|witnessed by|booked (?:by|for)|ordered by|complaint (?:from|by)|email from|letter from|call from|refund (?:for|to)|prescription for"
    "|opened by|filed by|raised by|appointment for|reservation (?:of|for)|contract with|visit of|im auftrag von|au nom de|a nombre de|em nome de|a nome di|w imieniu"
)
_CYRILLIC_CAPITAL = r"(?:\xd0[\x81\x84\x86\x87\x90-\xaf])"
_CYRILLIC = rf"{_CYRILLIC_CAPITAL}(?:[\xd0\xd1][\x80-\xbf]){{1,20}}"
_CJK = r"(?:[\xe3-\xe9][\x80-\xbf]{2})"
_HANGUL = r"(?:[\xea-\xed][\x80-\xbf]{2})"
_ARABIC = r"(?:[\xd8-\xdb][\x80-\xbf]){2,12}"


def _either(words: str) -> str:
    return "|".join(words.split())


_CHINESE_SURNAMES = "王 李 张 張 刘 劉 陈 陳 杨 楊 赵 趙 黄 黃 周 吴 吳 徐 孙 孫 胡 朱 高 林 何 郭 马 馬 罗 羅 梁 宋 郑 鄭 谢 謝 韩 韓 唐 冯 馮 于 董 萧 程 曹 袁 邓 鄧 许 許 傅 沈 曾 彭 吕 苏 蘇 卢 蒋 蔡 贾 丁 魏 薛 叶 葉 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文 欧阳 司马 诸葛"
_KOREAN_SURNAMES = "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍 전 고 문 손 양 배 백 허 남 심 노 하 곽 성 차 주 우 구 민 유 나 진 지 엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 왕 금 옥 육 인 맹 제 모 남궁 황보"
_JAPANESE_SURNAMES = "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 斉藤 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 金子 岡本 藤原 三浦 中野 中川 原田 松田 竹内 小野 田村 中山 和田 石田 森田 上田 原 内田 柴田 酒井 宮崎 横山 高木 安藤 宮本 大野 小島 谷口 今井 工藤 高田 増田 丸山 杉山 村田 大塚 新井 藤本 野口 松井 千葉 菅原 久保 平野 渡部 桜井 野村 松尾 菊地 木下 佐野"
_CHINESE_ROLES = "客户 用户 顾客 患者 员工 会员 联系人 收件人 寄件人 病人 学生 老师 司机 买家 卖家 乘客 业主 租客 經理 客戶 用戶 會員 聯絡人 收件者 持卡人 户主 负责人 申请人 医生 医師"


def _no_decorator(found: Found) -> bool:
    return not found.after(18).startswith(
        (b" is being applied", b" was applied", b" is applied", b" is not yet")
    )


# Of a Korean family name, and of words that begin like one: information, required, condition, error, whole …
NO_KOREANS = tuple(
    "정보 필수 조건 이상 오류 전체 권한 주소 문자 유효 한글 고유 서버 신규 임시 최대 최소 이미 이후 방법 전화 조회 정상 정책 안내 한도 완료 배송 전송 확인 성공 진행 주문 신청 연결 정지".split()
)


def _korean(found: Found) -> bool:
    return not found.value.decode("utf-8", "ignore").startswith(NO_KOREANS)


def _role_named(found: Found) -> Found | bool:
    """A known name, or two words of which neither is a thing that software has."""
    told = inside(found)
    if told:
        return told
    words = found.value.split()
    return (
        sum(not word.islower() for word in words) in (2, 3)
        and introduced(found)
        and found.after() not in (b"(", b".", b"_", b"/")
        and not any(is_thing(word) or len(word) < 3 or is_acronym(word) for word in words)
        and (not found.value.isascii() or _is_small_role(found))
    )


def _is_small_role(found: Found) -> bool:
    """`customer Zeynab Warsame blocked`, in a sentence; headings write `Customer Success Plan`."""
    lead = found.before(32).rstrip(b" \"'(:,=#0123456789").split()
    after = found.after().strip()
    return (
        bool(lead)
        and lead[-1].islower()
        and after in (b"", b",", b".", b";", b":", b")", b"'", b'"')
        and not any(is_common(word.decode("utf-8", "ignore")) for word in found.value.split())
    )


def _related(found: Found) -> Found | bool:
    words = found.value.split()
    told = inside(found)
    if told:
        return told
    return (
        len(words) > 1
        and introduced(found)
        and stands_alone(found)
        and not any(word.lower() in THINGS or word.isupper() for word in words)
    )


def _in_a_row(found: Found) -> bool:
    """In a row that has what else a person has: a sex, an address, a date."""
    around = (found.before(80) + found.after(80)).upper()
    beside = (
        any(sign in around for sign in (b",M,", b",F,", b";M;", b";F;", b"|M|", b"|F|", b"@", b"MALE"))
        or MASK in around
    )
    return inside(found) is not False or (beside and _related(found) is not False)


def _greeted(found: Found) -> bool:
    return is_given(found.value) or is_surname(found.value)


def _titled(found: Found) -> bool:
    words = found.value.split()
    lead = found.before(8).rstrip().rpartition(b" ")[2].lower().strip(b"\"'(")
    if lead in _ALSO_WORDS and found.value.isascii() and not (is_given(words[0]) or is_surname(words[-1])):
        return False
    return introduced(found) and words[0].lower() not in THINGS and found.after() not in (b".", b"(", b"_")


_ALSO_WORDS = frozenset((b"pan", b"bay", b"don", b"fru", b"sir"))  # "Pan Axes"


def _carded(found: Found) -> bool:
    """On a card, between a line that begins one and one that ends it, or in the form of one."""
    if b"VCARD" in found.data:
        return True
    return found.before(3) == b"FN:" or (found.value.count(b";") > 1 and found.value[:1].isalpha())


_KOREAN_ADDRESSES = tuple(
    word.encode()
    for word in "고객 회원 사용자 선생 손님 부모 형 누나 이용자 담당자 관리자 주인 기사 원장 사장".split()
)


def _no_address(found: Found) -> bool:
    """`고객님`, dear customer, is no name."""
    return found.value not in _KOREAN_ADDRESSES


def _elsewhere(found: Found) -> bool:
    return is_given(found.value.split()[0])


def _arabic(found: Found) -> Found | bool:
    """A name, and at most one more: verbs follow it without a sign."""
    words = found.value.split()
    if not is_given(words[0]):
        return False
    return Found(found.data, found.start, found.start + len(b" ".join(words[:2])))


def _hebrew(found: Found) -> Found | bool:
    return _arabic(found)


def _login_of_a_person(found: Found) -> Found | bool:
    """Not what people did with a proposal: their handle there is public, and who it was is the news."""
    if found.before(24).lower().endswith(_DONE_BY):
        return False
    bare = found.value.rstrip(b".")
    return is_login(bare) and Found(found.data, found.start, found.start + len(bare))


_DONE_BY = tuple(
    b"merged by |closed by |reopened by |approved by |reviewed by |stopped by |changed by |answered by |snoozed by |handed over by |to a person by |to be changed by |rejected by |asked for by |done by |taken over by".split(
        b"|"
    )
)


NAMING: tuple[Rule, ...] = (
    Rule("name", CAPITALS, rf"(?i:\b(?:{'|'.join(_ROLES)}))(?:[ _](?i:name|no\.?|#))?(?: (?:da|de|del|della|du|des|der) [a-z]{{3,12}}:)?(?:(?: ?#?[0-9]{{1,9}})?[:,]? | is |[=:] ?)[\"'(]?({FULL})", _role_named),
    Rule("name", CAPITALS, rf"\b(?i:{_RELATIONS})[:,]? [\"'(]?(?i:mr\.? |mrs\.? |ms\.? |dr\.? )?({FULL})", _related),
    Rule("name", ("hello ", "hi ", "dear ", "hey ", "hallo ", "liebe", "bonjour ", "cher", "caro ", "cara ", "hola ", "estimad", "ciao ", "gentile ", "olá ", "prezad", "witaj ", "hej ", "thanks", "thank you", "regards", "cheers", "merci ", "danke ", "gracias "),
         rf"\b(?:Hello|Hi|Dear|Hey|Hallo|Liebe[r]?|Bonjour|Cher|Ch\xc3\xa8re|Hola|Estimad[oa]|Ciao|Car[oa]|Gentile|Ol\xc3\xa1|Prezad[oa]|Witaj|Hej|[Tt]hanks|[Tt]hank you|[Rr]egards|[Cc]heers|Merci|Danke|Gracias),? ({WORD})[,!.;:\n]", _greeted),
    Rule("name", ("m. ", "mlle ", "don ", "doña ", "frau ", "herr ", "sig.", "pani ", "pan ", "bay ", "bayan ", "dhr. ", "mevr. ", "hr. ", "fru ", "shri ", "smt. ", "tn. ", "ny. ", "bapak ", "ibu ", "captain ", "sergeant ", "officer ", "judge ", "rev. ", "sir ", "lady "),
         rf"\b(?:M\.|Mlle|Don|Do\xc3\xb1a|Frau|Herr|Sig\.(?:ra)?|Pani?|Bay(?:an)?|[Dd]hr\.|[Mm]evr\.|Hr\.|Fru|Shri|Smt\.|Tn\.|Ny\.|Bapak|Ibu|Captain|Sergeant|Officer|Judge|Rev\.|Sir|Lady)(?: (?:Dr|Prof|Ing|Mag|med|Dipl|Dipl\.-Ing|Dott|Mgr)\.){{0,3}} ({WORD}(?:[ \-]{WORD}){{0,2}})", _titled),
    Rule("name", ("passenger", "pax", "pnr", "ticket", "traveller", "traveler", "booking", "reservation"),
         r"(?i:passenger|pax|pnr|ticket|travell?er|booking|reservation)[^\n]{0,24}?\b([A-Z]{2,24}/[A-Z]{2,24}(?: ?[A-Z]{2,24}){0,2})\b"),
    Rule("name", ("\nn:", "\nn;", "fn:", "vcard", ";;"), r"(?m)^(?:FN|N)(?:;[^:\n]{0,60})?:([^;\n]{1,40};[^\n]{1,100}|[^\n;]{3,80})$", _carded),
    Rule("name", ("name>", "name "), r"<(?:[a-z]{1,12}:)?(?i:first|last|full|given|family|sur|customer|patient|person|contact|owner|holder|display|nick|user|author|sender|recipient|billing|shipping)[_\-]?name(?: [^<>\n]{0,100})?>([^<>\n]{2,80})</"),
    # logins made of names
    Rule("user", ("user", "role", "login", "account", "owner", "principal", "logname", "assignee", "author", "reviewer", "uid", " by ", "member"),
         r"(?i:\b(?:user(?: ?name)?|role|login|account|owner|principal|logname|ruser|assignee|author|reviewer|uid|member|by))[ ]?[:=]?[ ]?[\"'`]([A-Za-z][A-Za-z0-9._\-]{2,31})[\"'`]", _login_of_a_person),
    Rule("user", ("user ", "user=", "user:", "login ", "login=", "by ", "account ", "owner ", "owner=", "owner:", "logname=", "ruser=", "uid=", "author ", "assignee ", "assignee:", "author:", "author=", "login:", "user: ", "reviewer "),
         r"(?i:\b(?:user|login|by|account|owner|author|assignee|reviewer|logname|ruser|uid))(?:[ ]|=|:[ ]?)([a-z][a-z0-9._\-]{3,31})(?:[\s,;:)\]@']|$)", _login_of_a_person),
    Rule("user", ("@",), r"(?:^|[\s(\"'])@([A-Za-z_][A-Za-z0-9_]{2,29}) (?:mentioned|replied|followed|liked|commented|tagged|sent|invited|posted|said|wrote|shared|reported|joined|left|blocked)\b"),
    Rule("user", ("@",), r"(?:^|[\s(\"'])@([A-Za-z]{2,20}[_.][A-Za-z0-9_.]{2,20}|[A-Za-z]{3,20}[0-9]{2,6}) (?:is|was|has|did|does)\b", _no_decorator),
    Rule("user", ("@",), r"(?i:\b(?:dm|dms|follow(?:ed|er)?|tweet(?:ed)? (?:by|from)|handle|mention(?:ed|s)?|cc|ping(?:ed)?|assigned to|reported by|requested by|reviewed by|message from))[: ]+@([A-Za-z_][A-Za-z0-9_\-]{2,38})(?:[^A-Za-z0-9_.(/\-]|[.]?$)"),
    Rule("user", ("github", "gitlab", "twitter", "instagram", "telegram", "tiktok", "discord", "slack", "reddit", "twitch", "steam", "skype", "bitbucket", "linkedin", "mastodon"),
         r"(?i:\b(?:github|gitlab|twitter|instagram|telegram|tiktok|discord|slack|reddit|twitch|steam|skype|bitbucket|linkedin|mastodon)) (?i:user(?:name)?|handle|account|profile|id|login)(?: is|:)? [\"'@]?([A-Za-z][A-Za-z0-9_.\-]{2,38}[0-9_]|[A-Za-z]+[0-9_][A-Za-z0-9_.\-]{1,36})\b"),
    Rule("user", ("\\",), r"(?:^|[\s\"'(=\[])[A-Z][A-Z0-9\-]{1,14}\\{1,4}([A-Za-z][A-Za-z0-9._\-]{2,20})(?:[\s\"'),;:]|$)", _login_of_a_person),
    Rule("name", ("row ", "csv", "line ", "record "), rf"(?i:row|csv|line|record)[^\n]{{0,80}}?[,;|\t] ?[\"']?({FULL})[\"']? ?[,;|\t]", _in_a_row),
    Rule("user", ("for ", "of user", "by user"), r"(?i:\b(?:failed|failure|denied|rejected|locked|expired|password|access|login|logon|authentication|invalid|unknown|session)[^\n]{0,32}? (?:for|by|of|from)(?: user| account)?)[ :]+[\"'`]?([A-Za-z][A-Za-z0-9._\-]{3,31})(?:[\"'`\s,;:)@.]|$)", _login_of_a_person),
    Rule("user", ("discord", "gamertag", "battletag", "riot"), r"(?i:discord|gamertag|battletag|riot)[^\n]{0,24}?\b([A-Za-z0-9_.]{2,32}#[0-9A-Za-z]{3,5})\b"),
    # other scripts
    Rule("name", tuple("господин госпожа гражданин гражданка пан пані доктор врач".split()), rf"(?:господин|Господин|госпожа|гражданин|гражданка|пан(?:і)?|доктор|врач) ({_CYRILLIC}(?: {_CYRILLIC}){{0,2}})"),
    Rule("name", tuple(_CHINESE_ROLES.split()), rf"(?:{_either(_CHINESE_ROLES)})(?:是|为|:|：| |「|“)?((?:{_either(_CHINESE_SURNAMES)}){_CJK}{{1,2}})"),
    Rule("name", ("先生", "女士", "小姐", "老师", "老師", "经理", "主任"), rf"((?:{_either(_CHINESE_SURNAMES)}){_CJK}{{0,2}}?)(?:先生|女士|小姐|老师|老師|经理|主任)"),
    Rule("name", ("さん", "様", "さま", "氏", "くん", "殿"), rf"((?:{_either(_JAPANESE_SURNAMES)})[ \xe3]?(?:[\x80-\xbf]{{2}})?{_CJK}{{0,3}}?)(?:さん|様|さま|氏|くん|殿)"),
    Rule("name", ("患者", "顧客", "会員", "社員", "氏名", "担当", "利用者", "ユーザー", "契約者", "お客様"), rf"(?:患者|顧客|会員|社員|氏名|担当(?:者)?|利用者|ユーザー|契約者|お客様)(?:は|名|:|：| |「|の)?((?:{_either(_JAPANESE_SURNAMES)})(?: |\xe3\x80\x80)?{_CJK}{{0,3}})"),
    Rule("name", ("예금주", "고객", "환자", "회원", "사용자", "직원", "담당자", "학생", "이름", "성명", "수신인"), rf"(?:예금주|고객|환자|회원|사용자|직원|담당자|학생|이름|성명|수신인)(?:은|는|:|：)? ?((?:{_either(_KOREAN_SURNAMES)}){_HANGUL}{{2,3}})(?:[ ,.\n님씨이가은는의을를에]|$)", _korean),
    Rule("name", ("님", "씨"), rf"(?:^|[\s\"'(\[,:])((?:{_either(_KOREAN_SURNAMES)}){_HANGUL}{{1,2}}) ?(?:님|씨)", _no_address),
    Rule("name", tuple("العميل المستخدم المريض السيد السيدة الموظف الطالب الدكتور اسم".split()), rf"(?:اسم )?(?:العميل|المستخدم|المريض(?:ة)?|السيد(?:ة)?|الموظف(?:ة)?|الطالب(?:ة)?|الدكتور(?:ة)?|اسم)(?: ?:)? ((?:{_ARABIC})(?: {_ARABIC}){{0,2}})", _arabic),
    Rule("name", tuple("לקוח משתמש מטופל מר גברת".split()), r"(?:לקוח|משתמש|מטופלת?|מר|גברת) ((?:\xd7[\x80-\xbf]){2,10}(?: (?:\xd7[\x80-\xbf]){2,12})?)", _hebrew),
    Rule("name", ("ग्राहक", "श्री", "मरीज", "उपयोगकर्ता", "नाम"), r"(?:ग्राहक|श्री|श्रीमती|मरीज|उपयोगकर्ता|नाम)(?: ?:)? ((?:\xe0[\xa4\xa5][\x80-\xbf]){2,12}(?: (?:\xe0[\xa4\xa5][\x80-\xbf]){2,12})?)", _elsewhere),
    Rule("name", ("คุณ", "นาย", "นางสาว", "ผู้ป่วย"), r"(?:นาย|นางสาว|ผู้ป่วย|คุณ)((?:\xe0[\xb8\xb9][\x80-\xbf]){2,12} (?:\xe0[\xb8\xb9][\x80-\xbf]){2,14})"),
    # after a label that says that it is a name
    Rule("name", ("اسم",), rf"اسم[^\n:]{{0,32}}: ?((?:{_ARABIC})(?: {_ARABIC}){{1,4}})"),
    Rule("name", ("नाम",), r"नाम ?: ?((?:\xe0[\xa4\xa5][\x80-\xbf]){2,12}(?: (?:\xe0[\xa4\xa5][\x80-\xbf]){2,12}){1,2})"),
    Rule("name", ("ชื่อ",), r"ชื่อ[^\n:]{0,48}: ?((?:\xe0[\xb8\xb9][\x80-\xbf]){2,14}(?: (?:\xe0[\xb8\xb9][\x80-\xbf]){2,16})?)"),
    Rule("name", ("ስም",), r"ስም ?: ?((?:\xe1[\x88-\x8d][\x80-\xbf]){2,8}(?: (?:\xe1[\x88-\x8d][\x80-\xbf]){2,8})?)"),
    Rule("name", ("tên",), r"(?i:h\xe1\xbb\x8d (?:v\xc3\xa0 )?t\xc3\xaan|t\xc3\xaan (?:kh\xc3\xa1ch|ng\xc6\xb0\xe1\xbb\x9di))[^\n:]{0,40}: ?((?:[A-Z]|\xc4\x90)[a-z\x80-\xff]{1,12}(?: (?:[A-Z]|\xc4\x90)[a-z\x80-\xff]{1,12}){1,4})"),
    Rule("name", ("heer ", "mevrouw "), rf"\b(?:heer|mevrouw) ((?:[Vv]an (?:de[rn]? )?|[Dd]e )?{WORD})", _titled),
    Rule("name", ("nm>",), r"<(?:[a-z0-9]{1,12}:)?Nm>([^<>\n]{2,80})</"),
    Rule("name", NUMBER, rf"[\"']({FULL})[\"'] ?[,;] ?[\"'](?:19|20)[0-9]{{2}}-[01][0-9]-[0-3][0-9][\"']"),
    Rule("name", ("binding parameter",), rf"binding parameter \[[^\n\[\]]{{1,40}}\] as \[\w+\] - \[({FULL})\]"),
    Rule("name", ("=?utf-8", "=?iso-8859", "=?windows-125"), r"(?i)\b(?:from|to|cc|reply-to|sender): ([^\n<>,]{0,60}?=\?[a-z0-9\-]{3,16}\?[bq]\?[^?\s]{4,}\?=[^\n<>,]{0,60}?) ?(?:<|$|\n)"),
    Rule("name", (",m,", ",f,", ";m;", ";f;", ",male,", ",female,"), rf"(?:^|[,;\s])({WORD}[,;]{WORD})[,;](?:M|F|male|female)[,;]"),
    Rule("name", ("first=", "last=", "firstname=", "lastname=", "first_name=", "last_name=", "fname=", "lname=", "surname="),
         r"(?i)[?&](?:first_?(?:name)?|last_?(?:name)?|[fl]name|surname)=([^&\s\"'#]{2,60})"),
    Rule("name", ("name=",), rf"\bname=({FULL}) [a-z_]{{2,24}}=", _related),
    Rule("user", ("for user",), r"(?i:for user )['\"][A-Z][A-Z0-9\-]{1,14}\\{1,4}([A-Za-z0-9._\-]{2,32})['\"]"),
    Rule("user", ("live:",), r"\blive:(\.?[a-z0-9._\-]{4,64})"),
)  # fmt: skip
