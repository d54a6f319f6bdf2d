"""People in scripts without capitals: after a role or a label, before a form of address.

After a label and a colon stands a name. After a role alone, the first words are one up to a word that goes on
with the sentence; where words have no spaces between, a known family name has to begin it.
"""

from __future__ import annotations

from collections.abc import Callable

from triage.sanitize.rule import Found, Rule
from triage.sanitize.rules.things import goes_on, is_said_of_fields

_COLON = r"(?: ?(?::|=|：|は|为|為|是|은|는) ?[\"'「『]?)"
_KANJI = r"(?:[\xe4-\xe9][\x80-\xbf]{2}|々)"
_KANA = r"(?:\xe3[\x81-\x83][\x80-\xbf])"
_KATAKANA = r"(?:\xe3\x82[\xa1-\xbf]|\xe3\x83[\x80-\xbf])"
_HANGUL = r"(?:[\xea-\xed][\x80-\xbf]{2})"
_GAP = r"(?: |\xe3\x80\x80|・)"


def _indic(lead: str, least: int) -> str:
    return rf"(?:\xe0[{lead}][\x80-\xbf]|\xe2\x80[\x8c\x8d]){{{least},18}}"


def _until(words: str, most: int = 3) -> Callable[[Found], Found | bool]:
    """What of the words after a role is a name: all before one of `words`, and at most so many."""
    stops = frozenset(word.encode() for word in words.split())
    joins = frozenset(word.encode() for word in "بن بنت ابن آل ابو أبو عبد abd בן בת".split())

    def named(found: Found) -> Found | bool:
        name: list[bytes] = []
        left = most
        if goes_on(found.value):
            return False
        for word in found.value.split(b" "):
            if word in stops or not left or word.decode("utf-8", "ignore").isdigit():
                break
            name.append(word)
            left -= word not in joins
        return bool(name) and Found(found.data, found.start, found.start + len(b" ".join(name)))

    return named


def _either(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_CHINESE_LABELS = """姓名 客户 客戶 用户 用戶 顾客 顧客 患者 病人 傷患 员工 員工 会员 會員 联系人 聯絡人 收件人 收货人 收貨人 寄件人 发件人 寄件者 收件者 学生 學生 老师 老師 司机 司機 买家
    買家 卖家 賣家 乘客 旅客 业主 業主 租客 房东 房東 经理 經理 持卡人 户主 戶主 负责人 負責人 申请人 申請人 报名人 投保人 被保险人 被保險人 受益人 医生 醫生 医师 醫師 护士 護士 监护人 監護人 家长 家長 付款人 收款人
    开户人 開戶人 户名 戶名 署名者 提交人 提报人 提報人 审批人 審批人 发起人 發起人 填表人 经办人 經辦人 签收人 簽收人 联络人 本人 法人 法定代表人 紧急联系人 緊急聯絡人 就诊人 挂号人 预订人 預訂人 入住人 住客 订票人 真实姓名 真實姓名 住户 住戶 職員 职员 店员 骑手 快递员 债务人 借款人"""
CHINESE_SURNAMES = """王 李 张 張 刘 劉 陈 陳 杨 楊 赵 趙 黄 黃 周 吴 吳 徐 孙 孫 胡 朱 高 林 何 郭 马 馬 罗 羅 梁 宋 郑 鄭 谢 謝 韩 韓 唐 冯 馮 于 董 萧 蕭 程 曹 袁 邓 鄧 许 許 傅 沈 曾 彭 吕 呂 苏 蘇
    卢 盧 蒋 蔣 蔡 贾 賈 丁 魏 薛 叶 葉 阎 閻 余 潘 杜 戴 夏 钟 鍾 汪 田 任 姜 范 方 石 姚 谭 譚 廖 邹 鄒 熊 金 陆 陸 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 顧 侯 邵 孟 龙 龍 万 萬 段 钱 錢 汤 湯 尹 黎 易 常 武 乔 喬 贺 賀 赖
    賴 龚 龔 文 庞 樊 兰 殷 施 陶 洪 翟 安 颜 顏 倪 严 嚴 牛 温 溫 芦 季 俞 章 鲁 葛 伍 韦 申 尤 毕 聂 丛 焦 向 柳 邢 路 岳 齐 梅 莫 庄 莊 辛 管 祝 左 涂 谷 祁 时 舒 耿 牟 卜 詹 关 關 苗 凌 费 纪 靳 盛 童 欧 歐 甄 项 曲
    成 游 阳 裴 席 卫 查 屈 鲍 位 覃 霍 翁 隋 植 甘 景 薄 单 包 司 柏 宁 柯 阮 桂 闵 欧阳 歐陽 司马 司馬 诸葛 諸葛 司徒 上官 慕容 皇甫 尉迟 夏侯 东方 令狐 端木 公孙 独孤 南宫 宇文 长孙 淳于 申屠 太史"""
_JAPANESE_LABELS = """患者 顧客 会員 社員 氏名 お名前 名前 名義人 名義 担当 担当者 ご担当者 利用者 ユーザー ユーザ 契約者 お客様 お客さま 申込者 申請者 予約者 宿泊者 受取人 受取者 差出人 送付先 届け先 宛先 宛名 保護者 保護者氏名 学生 生徒
    園児 児童 講師 教員 医師 看護師 主治医 被保険者 加入者 応募者 参加者 代表者 責任者 連絡先 緊急連絡先 ご本人 本人 配偶者 世帯主 債務者 購入者 注文者 依頼者 依頼主 署名者 記入者 作成者 承認者 乗客 運転手 ドライバー 入居者 借主 貸主"""
_KOREAN_LABELS = """고객 고객명 환자 환자명 회원 회원명 사용자 이용자 직원 담당자 담당 학생 이름 성명 성함 수신인 수취인 수령인 수령자 받는분 받는사람 보내는분 보내는사람 발신인 신청자 신청인 예약자 예약자명 예금주 계약자 피보험자
    보호자 입주자 세입자 임차인 임대인 승객 기사 운전자 의사 간호사 선생님 교사 강사 구매자 판매자 주문자 주문자명 입금자 입금자명 참석자 대표자 작성자 승인자 지원자 가입자 본인 배우자 세대주"""
_KOREAN_SURNAMES = "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 유 홍 전 고 문 손 양 배 백 허 남 심 노 하 곽 성 차 주 우 구 민 나 진 지 엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 왕 금 옥 육 인 맹 제갈 황보 선우 독고 사공 서문 남궁 동방"
_ARABIC_ROLES = """العميل العميلة المستخدم المستخدمة المريض المريضة السيد السيدة الموظف الموظفة الطالب الطالبة الدكتور الدكتورة الزبون الزبونة المشترك المشتركة
    الراكب الراكبة السائق المستفيد المستفيدة المرسل المستلم المالك المستأجر المؤجر المعلم المعلمة الأستاذ الأستاذة المهندس المهندسة الشيخ الحاج المواطن المواطنة المراجع
    المراجعة الضيف النزيل صاحب عميل مريض موظف طالب للعميل للمريض للسيد للسيدة للمستخدم الطبيب الطبيبة الممرضة العضو الأخ الأخت"""
_ARABIC_STOPS = """غير لم لا لن ليس ليست في من على إلى الى عن مع قد تم هذا هذه الذي التي و أو او ثم بعد قبل عند منذ حتى كان كانت يكون رقم برقم بريد هاتف لديه لديها موجود غادر غادرت
    دفع طلب طلبت ألغى ألغت اتصل اتصلت سجل سجلت فشل فشلت حضر وصل وصلت بسبب الحساب الجديد الحالي الكريم المحترم بنجاح خطأ مسجل مسجلة محظور هي هو كلمة لكلمة رمز أدخل أدخلت كتب كتبت قال قالت نسي نسيت"""
_PERSIAN_ROLES = "مشتری بیمار کاربر کارمند دانشجو دانش‌آموز آقای خانم دکتر مهندس راننده مسافر گیرنده فرستنده متقاضی مستاجر مالک جناب سرکار بیمه‌شده پذیرنده خریدار فروشنده"
_PERSIAN_STOPS = "یافت نشد در از به با را که است بود شد نمی می برای و یا هنوز پرداخت موجود ثبت وارد شماره حذف لغو درخواست خود این آن نیست کرد تماس گذرواژه رمز پین کلمه گفت نوشت زد"
_URDU_ROLES = "مریض گاہک صارف جناب محترم محترمہ ملازم طالبعلم"
_URDU_STOPS = "کا کی کے کو نے سے میں پر ہے ہیں نہیں اور یا ملا ملی پاس پن کوڈ لکھا کہا"
_HEBREW_ROLES = """לקוח לקוחה הלקוח הלקוחה ללקוח משתמש משתמשת המשתמש המשתמשת מטופל מטופלת המטופל המטופלת מר גברת גב' ד"ר עובד עובדת העובד העובדת תלמיד תלמידה הסטודנט הסטודנטית הנהג
    הנוסע הנוסעת השוכר השוכרת הדייר הדיירת הנמען השולח המבוטח המבוטחת המנוי החולה הרופא הרופאה פרופ' חבר"""
_HEBREW_STOPS = "הזה הזאת כבר מחובר מחוברת חדש חדשה שם סיסמה חשבון רשום לא לא של על את עם אל או כי אינו אינה נמצא נמצאה קיים קיימת ביטל ביטלה שילם שילמה התקשר התקשרה נרשם נרשמה חסום חסומה בתאריך מספר טלפון עבור היה הייתה הוא היא הקליד הקלידה הזין הזינה ענה ענתה אמר אמרה כתב כתבה סיסמא קוד"
_HINDI_ROLES = "ग्राहक मरीज मरीज़ रोगी उपयोगकर्ता कर्मचारी छात्र छात्रा विद्यार्थी श्री श्रीमती सुश्री डॉ. डॉ डॉक्टर यात्री चालक आवेदक लाभार्थी किरायेदार सदस्य शिक्षक रुग्ण"
_HINDI_STOPS = "आईडी खाता रिकॉर्ड नाम विवरण डेटा सूची प्रकार पहले नया नहीं का की के को ने से में पर है हैं था थी और या मिला मिली जी द्वारा लिए असफल विफल लॉगिन खाता खाते भुगतान नंबर ने कर मेरा मेरी बोला बोली कहा लिखा पासवर्ड पिन कोड पता"
_BENGALI_ROLES = "রোগী গ্রাহক ব্যবহারকারী কর্মচারী ছাত্র ছাত্রী শিক্ষার্থী জনাব জনাবা যাত্রী আবেদনকারী ডাক্তার শিক্ষক সদস্য মিসেস"
_BENGALI_STOPS = "আইডি অ্যাকাউন্ট তথ্য নাম নতুন তালিকা পাওয়া পাওয়া যায়নি যায়নি নেই না এর কে থেকে এবং ও হয়নি হয়েছে করেছেন করেনি জন্য বলেছেন লিখেছেন পাসওয়ার্ড পিন কোড"
_TAMIL_ROLES = "வாடிக்கையாளர் நோயாளி பயனர் ஊழியர் மாணவர் மாணவி திரு திருமதி செல்வி டாக்டர் பயணி விண்ணப்பதாரர்"
_TAMIL_STOPS = "கணக்கு பெயர் எண் விவரம் புதிய இல்லை காணப்படவில்லை என்ற மற்றும் இன் க்கு பின் கடவுச்சொல் பாஸ்வேர்ட் சொன்னார் சொன்ன"
_THAI_ROLES = "นาย นางสาว น.ส. นาง ด.ช. ด.ญ. คุณ ผู้ป่วย ลูกค้า พนักงาน นักเรียน นักศึกษา ผู้ใช้ สมาชิก ผู้รับ ผู้ส่ง ผู้โดยสาร ผู้สมัคร ผู้เช่า คนขับ แพทย์ นพ. พญ. ดร. อาจารย์ ครู ผู้จอง ชื่อ ผู้เอาประกัน"
_OTHER_LABELS = """नाम पूरा_नाम नाव নাম பெயர் పేరు ಹೆಸರು പേര് નામ ਨਾਮ නම ชื่อ ชื่อ-นามสกุล ชื่อสกุล ชื่อผู้รับ ชื่อผู้ป่วย ชื่อลูกค้า ឈ្មោះ ຊື່ အမည် სახელი անուն ስም
    اسم الاسم اسم_العميل اسم_المريض الاسم_الكامل نام نام_کاربر שם שם_מלא שם_הלקוח שם_לקוח"""

_KNOWN_CHINESE = rf"(?:{_either(CHINESE_SURNAMES)})"
# Words that end as an address does: 仕様, お客様, 模様, 同様, 王様.
_NO_NAMES = tuple(
    word.encode()
    for word in "お客 御客 皆 仕 模 同 有 多 各 異 王 神 奥 会員 利用者 患者 ユーザー 申込者 契約者 貴社 御社 担当者 ご担当者 先 生 客 一 別 両 若 殿 保護者 ご家族 家族 弊社 関係者 購入者 店 社".split()
)


def _addressed(found: Found) -> bool:
    """`桐生一馬様`, and neither `お客様` nor `仕様`."""
    return not found.value.endswith(_NO_NAMES) and found.after(6)[3:] not in (
        "々".encode(), "子".encode(), "式".encode(), "相".encode(),
    )  # fmt: skip


def _named(found: Found) -> bool:
    """No label or role of its own, and nothing that is said of fields and accounts."""
    value = found.value
    return (
        value not in _NO_NAMES
        and not any(value.startswith(label) for label in _LABELS if len(label) > 3)
        and value not in _LABELS
        and not is_said_of_fields(value)
    )


def _spaced(found: Found) -> bool:
    return not goes_on(found.value)


_LABELS = frozenset(
    word.encode() for word in (_CHINESE_LABELS + " " + _JAPANESE_LABELS + " " + _KOREAN_LABELS).split()
)


def _after(roles: str, name: str, stops: str, *, gap: str = " ") -> Rule:
    """Roles before names, in a script with spaces between its words."""
    words = _either(roles)
    return Rule(
        "name",
        tuple(roles.split()),
        rf"(?:{words})(?: ?[:=]|：)?{gap}[\"'«(]?({name}(?: {name}){{0,4}})",
        _until(stops),
    )


_ARABIC = r"(?:[\xd8-\xdb][\x80-\xbf]|\xe2\x80\x8c){2,18}"
_HEBREW = r"(?:\xd7[\x80-\xbf]|[\"'])(?:\xd7[\x80-\xbf]|[\"'\-]){1,14}"
_DEVANAGARI = _indic(r"\xa4\xa5", 2)
_BENGALI = _indic(r"\xa6\xa7", 2)
_TAMIL = _indic(r"\xae\xaf", 2)
_THAI = r"(?:\xe0[\xb8\xb9][\x80-\xbf]){2,16}"
_ANY = r"(?:[\xd6-\xdf][\x80-\xbf]|\xe0[\xa4-\xbb][\x80-\xbf]|\xe1[\x80-\x9f][\x80-\xbf]){2,24}"

SCRIPTS: tuple[Rule, ...] = (
    Rule("name", tuple(_CHINESE_LABELS.split()), rf"(?:{_either(_CHINESE_LABELS)})(?:姓名|名字|名称)?{_COLON}({_KANJI}{{2,4}}(?:·{_KANJI}{{1,5}})?)(?:[\x00-\x7f]|$|，|。|、|；|（|」|』)", _named),
    Rule("name", tuple(_CHINESE_LABELS.split()), rf"(?:{_either(_CHINESE_LABELS)})(?:姓名)?(?: |「|“|【)?({_KNOWN_CHINESE}{_KANJI}{{1,2}})(?:[\x00-\x7f]|$|，|。|、|；|（|」|”|】|的|未|已|不|没|無|无|在|于|於|与|和|被|将|從|从|申|提|登|支|取|尚|對|对)", _named),
    Rule("name", tuple(_JAPANESE_LABELS.split()), rf"(?:{_either(_JAPANESE_LABELS)}){_COLON}((?:{_KANJI}|{_KANA}){{1,6}}(?:{_GAP}(?:{_KANJI}|{_KANA}){{1,6}})?)(?: ?(?:様|さん|氏)|[\x00-\x7f]|$|。|、|（|」|』|です|でした)", _named),
    Rule("name", tuple(_JAPANESE_LABELS.split()), rf"(?:{_either(_JAPANESE_LABELS)})(?:名|氏名)?(?:の|「| |\xe3\x80\x80)({_KANJI}{{1,4}}{_GAP}(?:{_KANJI}|{_KANA}){{1,5}})(?: |様|さん|氏|[\x00-\x7f]|$|。|、|（|」)", _named),
    # with its reading behind it, as Japanese forms have it
    Rule("name", tuple(f"{sign}{chr(code)}" for sign in "(（" for code in range(0x30A1, 0x30FB)), rf"({_KANJI}{{1,4}}{_GAP}(?:{_KANJI}|{_KANA}){{1,5}} ?(?:\(|（){_KATAKANA}{{2,8}}{_GAP}{_KATAKANA}{{2,8}})(?:\)|）)"),
    Rule("name", ("様", "さん", "さま", "氏", "殿"), rf"(?:^|[\x00-\x7f]|。|、|「|『|：|（|は|の|が|を|に|と|\xe3\x80\x80)({_KANJI}{{2,5}}(?:{_GAP}(?:{_KANJI}|{_KANA}){{1,5}})?|{_KANJI}{{1,3}}{_GAP}(?:{_KANJI}|{_KANA}){{1,5}}) ?(?:様|さん|さま|氏|殿)", _addressed),
    Rule("name", ("由",), rf"由({_KNOWN_CHINESE}{_KANJI}{{1,2}})(?:提交|创建|創建|审批|審批|签字|簽字|发起|發起|上传|上傳|修改|删除|刪除|负责|負責|填写|填寫|确认|確認|签收|簽收)"),
    Rule("name", tuple(_KOREAN_LABELS.split()), rf"(?:{_either(_KOREAN_LABELS)}) ((?:{_either(_KOREAN_SURNAMES)}){_HANGUL}{{2}})(?: ?(?:님|씨)|에게|이|가|은|는|을|를|의|과|와|[\x00-\x7f]|$)", _named),
    Rule("name", tuple(_KOREAN_LABELS.split()), rf"(?:{_either(_KOREAN_LABELS)})(?: ?[:=]|：) ?[\"']?({_HANGUL}{{2,5}}(?: {_HANGUL}{{1,3}})?)(?: ?(?:님|씨)|[\x00-\x7f]|$)", _named),
    Rule("name", ("받는 사람", "보내는 사람", "받는 분", "보내는 분"), rf"(?:받는|보내는) (?:사람|분)(?: ?[:=]|：)? ?({_HANGUL}{{2,5}})(?:[\x00-\x7f]|$|님|씨)"),
    Rule("name", ("亲爱的", "親愛的", "尊敬的", "敬爱的"), rf"(?:亲爱的|親愛的|尊敬的|敬爱的)({_KNOWN_CHINESE}{_KANJI}{{1,2}})(?:，|,|：|:|！|!|先生|女士|您)", _named),
    Rule("name", ("عزيزي", "عزيزتي", "السلام عليكم"), rf"(?:عزيزي|عزيزتي) ({_ARABIC}(?: {_ARABIC})?)", _until(_ARABIC_STOPS)),
    Rule("name", ("יקר", "יקרה", "שלום"), rf"(?:^|[\s\"'(])(?:יקרה?|שלום) ({_HEBREW} {_HEBREW})", _until(_HEBREW_STOPS)),
    Rule("name", ("من قبل", "بواسطة", "موقع من", "من طرف", "باسم"), rf"(?:من قبل|بواسطة|موقع من|من طرف|باسم) ({_ARABIC} {_ARABIC})", _until(_ARABIC_STOPS, 2)),
    Rule("name", ("اسمي", "إسمي"), rf"(?:اسمي|إسمي)(?: هو)? ({_ARABIC}(?: {_ARABIC}){{0,2}})", _until(_ARABIC_STOPS)),
    Rule("name", ("نام من",), rf"نام من ({_ARABIC}(?: {_ARABIC}){{0,1}})", _until(_PERSIAN_STOPS)),
    Rule("name", ("שמי",), rf"(?:^|[\s\"'(,])(?:ו)?שמי(?: הוא)? ({_HEBREW}(?: {_HEBREW}){{0,1}})", _until(_HEBREW_STOPS)),
    Rule("name", ("मेरा नाम",), rf"मेरा नाम ({_DEVANAGARI}(?: {_DEVANAGARI}){{0,2}}) है", _until(_HINDI_STOPS)),
    Rule("name", ("توسط", "به نام"), rf"(?:توسط|به نام) ({_ARABIC} {_ARABIC})", _until(_PERSIAN_STOPS, 2)),
    Rule("name", ("על ידי", 'ע"י', "מאת", "על שם"), rf"(?:על ידי|ע\"י|מאת|על שם) ({_HEBREW} {_HEBREW})", _until(_HEBREW_STOPS, 2)),
    Rule("name", ("द्वारा",), rf"(?:द्वारा ({_DEVANAGARI} {_DEVANAGARI}(?: {_DEVANAGARI})?))", _until(_HINDI_STOPS)),
    Rule("name", ("โดย",), rf"โดย ?({_THAI} {_THAI})", _spaced),
    _after(_ARABIC_ROLES, _ARABIC, _ARABIC_STOPS),
    _after(_PERSIAN_ROLES, _ARABIC, _PERSIAN_STOPS),
    _after(_URDU_ROLES, _ARABIC, _URDU_STOPS),
    _after(_HEBREW_ROLES, _HEBREW, _HEBREW_STOPS),
    _after(_HINDI_ROLES, _DEVANAGARI, _HINDI_STOPS),
    _after(_BENGALI_ROLES, _BENGALI, _BENGALI_STOPS),
    _after(_TAMIL_ROLES, _TAMIL, _TAMIL_STOPS),
    Rule("name", tuple(_THAI_ROLES.split()), rf"(?:{_either(_THAI_ROLES)})(?: ?: ?| )?({_THAI} {_THAI})", _spaced),
    Rule("name", tuple(_OTHER_LABELS.replace("_", " ").split()), rf"(?:{_either(_OTHER_LABELS).replace('_', ' ')})(?: ?:|=) ?[\"']?({_ANY}(?: {_ANY}){{0,4}})", _spaced),
)  # fmt: skip
