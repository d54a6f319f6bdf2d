"""Words that stand in the names of things: "Customer Portal", "User Agent Parser", "Kunde Bestellung"."""

from __future__ import annotations

from functools import lru_cache

from triage.sanitize.rules.surnames import RARER_SURNAMES, SURNAMES

THINGS = frozenset(
    b"""account accounts agent api app apps application browser build cache card cart certificate client cloud cluster code config connection console
    container context controller credential credentials customer dashboard data database device directory document domain driver email endpoint engine
    error event events exception export factory feature field file filter form gateway group guide handler header home host id identity image import
    index info input interface invoice item job key layer library limit link list listener load log login manager member message method mobile mode model
    module monitor name network node not number object office online operator order organization page panel parameter parser password path payment
    permission pipeline plan platform plugin policy pool portal processor product profile program project property protocol provider proxy query queue
    record region registry report request resource response role route router rule runtime schedule schema script search security server service services session
    set setting settings setup shop site software source spec stack state status storage store stream string studio subscription suite support system table tag
    task team template tenant test text thread ticket token tool type ui unit update upload user users value version view web website widget window worker
    workflow workspace zone union states kingdom republic street road avenue city county national international bank hotel hospital university college
    school institute company corporation group holdings limited inc ltd gmbh north south east west new old general first second third last next all any
    """.split()
)
_ENDS = tuple(
    b"""ing tion sion ment ness able ible ity ance ence ship ism ology ics ware ful less ous ive ized ised
    ung heit keit schaft nummer daten konto adresse verwaltung gruppe liste fehler anfrage antwort""".split()
)
_MORE = frozenset(
    b"""hello done success failed failure warning notice check balance total details detail history overview summary action actions breaker balancer
    success pro plus lite premium basic standard enterprise advanced business personal home family live data center centre desk help side
    front back end start stop open closed first second third daily weekly monthly yearly annual global local public private internal external secure
    smart quick fast deep full empty simple custom native hybrid remote digital virtual mobile online offline real time date day week month year
    care health medical clinic department division office board council committee foundation society association alliance partners ventures capital
    insurance energy power water gas oil food foods air airlines rail motors auto media press news radio music games sports club fund trust
    agent bot robot model engine parser reader writer scanner printer tracker monitor watcher listener builder loader runner
    theme dataset deploy deployment compiler scheduler helper hook metrics collector gem spec tick trigger suite room video player album font locale
    renderer widget template chapter collection playlist feed edition release sprint cluster catalog catalogue counter gauge probe
    insights analytics intelligence experience engagement loyalty rewards retention churn lifetime acquisition onboarding
    was war ist sind hat haben wurde wird kann nicht und oder der die das ein eine kein keine bei von mit""".split()
)

_BRANDS = frozenset(
    b"""internet explorer chrome firefox safari edge opera amazon prime apache nginx redis kafka rabbitmq microsoft teams google android apple iphone windows
    linux ubuntu debian docker kubernetes jenkins github gitlab bitbucket slack stripe paypal oracle mongo postgres mysql elastic azure aws sql http https
    visual sharepoint outlook excel office salesforce zendesk sentry grafana prometheus datadog netflix spotify facebook instagram whatsapp telegram
    java spring boot django flask rails laravel symfony react angular node python ruby perl wordpress drupal magento shopify woocommerce let's encrypt
    zoom jira confluence adobe acrobat intel nvidia samsung huawei xiaomi nokia siemens sap ibm dell cisco vmware hadoop spark hive airflow""".split()
)
# "Not found", "is missing", "error" and the like, where a heading writes each word with a capital.
_NOT_NAMES = frozenset(
    word.encode()
    for word in """no not sin non pas aucun aucune sem não nao nu fără brak nie bez není neni ne nem nincs nije nema ni ingen inte ikke kan ej ei et eller nav nėra neteko
    niet geen heeft wordt kein keine nicht ist wurde hat tidak belum bukan sudah telah gagal bulunamadı bulunamadi yok giriş giris hata hatası hatasi geçersiz değil
    không chưa đã đang cần hoặc lỗi mới này và của wala hindi hakuna δεν μη не нет уже был была было ещё еще нема није няма
    encontrado encontrada introuvable trovato trovata gefunden gevonden hittas funnet löydy znaleziony znaleziono nenalezen nalezen ditemukan tồn
    error errore erreur fehler fel feil virhe błąd chyba hiba eroare greška napaka ошибка помилка грешка σφάλμα lỗi kesalahan invalid inválido invalide ungültig
    required obligatorio obligatoria obligatoire obbligatorio obbligatoria obrigatório obrigatória verplicht erforderlich pflichtfeld wymagane povinné povinný kötelező obligatoriu zorunlu wajib
    обязательно обязательное обов'язково задължително υποχρεωτικό campo champ champs veld feld pole pola mező polje alan поле vacío vazio vide vuoto leer leeg puste prázdné üres boş kosong пусто
    nuevo nueva novo nova nouveau nouvelle nuovo nuova neuer neue nieuwe nowy nowa nový nová új yeni baru""".split()
)


_FAMILIES = SURNAMES | RARER_SURNAMES


@lru_cache(maxsize=4096)
def is_thing(word: bytes) -> bool:
    """A word that things are named by, or that has an ending which family names do not have."""
    low = word.lower().strip(b".,'")
    return (
        low in _ALL
        or (len(low) > 6 and low.endswith(_ENDS) and low.decode("utf-8", "ignore") not in _FAMILIES)
        or (not low.isascii() and _lowered(low) in _ALL)
    )


def _lowered(word: bytes) -> bytes:
    return word.decode("utf-8", "ignore").lower().encode()


_ALL = THINGS | _MORE | _BRANDS | _NOT_NAMES


# How a word begins that goes on with the sentence, or names a thing.
_NO_FIRST = tuple(word.encode() for word in "ال ไม่ มี กรุณา ต้อง จำเป็น ได้ ถูก ใหม่ นี้ ยัง เข้า".split())
_SAID_FIRST = tuple(
    word.encode() for word in "不 未 没 無 无 必 请 請 已 非 空 需 应 應 要 该 該 此 的 不明 なし".split()
)
_SAID = tuple(
    word.encode()
    for word in """信息 資訊 列表 管理 数据 數據 登录 登錄 登入 失败 失敗 错误 錯誤 验证 驗證 权限 權限 为空 為空 资料 資料 服务 服務 编号 編號 号码 號碼 地址 电话 電話 密码 密碼 名称 名稱 类型 類型 成功 格式 长度 長度
    情報 認証 登録 必須 設定 不明 無効 削除 変更 確認 エラー 一覧 番号 番號 データ 権限 検索 更新 追加 作成 画面 入力 選択 項目 ください です ます 会員 システム 処理 取得 対象 件数
    정보 인증 필수 실패 없음 오류 등록 확인 입력 삭제 변경 조회 관리 목록 번호 주소 전화 비밀 계정 탈퇴 항목 습니다 입니다 하세요 로그인 권한 이메일 데이터 요청 결과 상태""".split()
)

_REQUIRED = frozenset(
    word.encode()
    for word in """обязательно обязательное обязателен обязательна обов'язково обов’язково обов'язкове задължително обавезно задолжително povinné povinný povinná kötelező påkrævet påkrevd
    λείπει υποχρεωτικό απαιτείται σφάλμα ошибка помилка грешка грешка błąd hiányzik gerekli zorunlu غير مطلوب مطلوبة إلزامي خطأ الزامی ضروری لازم חובה נדרש שגיאה buộc bắt आवश्यक अनिवार्य गलत ग़लत আবশ্যক ভুল""".split()
)


def goes_on(words: bytes) -> bool:
    return words.startswith(_NO_FIRST)


def is_said_of_fields(words: bytes) -> bool:
    """In a script without capitals: that a field is required, a login failed, nothing was found."""
    return (
        goes_on(words)
        or words.startswith(_SAID_FIRST)
        or _lowered(words) in _REQUIRED
        or any(word in words for word in _SAID)
    )


# Words that makers give a device.
_DEVICES = frozenset(
    """iphone ipad ipod apple watch macbook imac mac mini pro max plus air ultra galaxy samsung pixel google redmi xiaomi poco huawei honor
    oppo vivo realme oneplus nokia motorola moto lenovo asus sony xperia lg htc zte tcl tecno infinix itel nothing fairphone tablet phone
    mobile android simulator emulator virtual machine device note fold flip lite neo edge nord tab pad book studio se play power prime go
    core desktop laptop pc windows surface kindle fire tv chromecast generic built for arm sdk linux unknown intel amd series style fe xl
    gen dual sim wifi lte cellular inch the server host node""".split()
)


def is_given_to_a_device(name: str) -> bool:
    """Whether somebody gave it: `Galaxy von Peter`, `Anna ka phone`, with a word that no maker gives."""
    words = [word for word in name.replace("-", " ").split() if word.isalpha()]
    return len(words) > 1 and any(
        word.lower() not in _DEVICES and not (word.islower() and word.isascii()) for word in words
    )
