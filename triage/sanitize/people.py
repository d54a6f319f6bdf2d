"""Whether words name a person: capitals and, where the place tells nothing, a known given name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from triage.sanitize.rule import Found, bytes_pattern
from triage.sanitize.rules.given_names import GIVEN_NAMES, GIVEN_NAMES_ELSEWHERE
from triage.sanitize.rules.surnames import RARER_SURNAMES, SURNAMES
from triage.sanitize.rules.things import is_thing


def _capitals() -> str:
    """Every capital of Latin, Greek and Cyrillic as its bytes; those of Vietnamese take three."""
    leads: dict[bytes, list[int]] = {}
    for code in (*range(0xC0, 0x600), *range(0x1E00, 0x1F00)):
        if chr(code).isupper():
            written = chr(code).encode()
            leads.setdefault(written[:-1], []).append(written[-1])
    return "|".join(
        ["[A-Z]", *(f"{_escaped(lead)}[{_escaped(bytes(ends))}]" for lead, ends in leads.items())]
    )


def _escaped(data: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in data)


# One capitalised word, in Latin, Greek or Cyrillic letters.
WORD = (
    rf"(?:{_capitals()})"
    r"(?:(?:['\-]|\xe2\x80\x99)?[A-Za-z]|-?[\xc3-\xd6][\x80-\xbf]|-?\xe1[\xb8-\xbf][\x80-\xbf])+"
)
PARTICLE = r"(?:[A-Z]\.?|[sd]/o|a/[lp]|binti?|binte|ould|zum|zur|de|da|do|dos|del|della|di|du|van|von|der|den|la|le|el|al|bin|ibn|af|av|zu|y|e)"
OF = r"(?:[dlDL](?:'|\xe2\x80\x99))?"  # of d'Aubigny and dell'Orto
FULL = rf"{WORD}(?:[ +](?:{PARTICLE}[ +]){{0,2}}{OF}{WORD}){{1,3}}"
_FULL = bytes_pattern(rf"{FULL}\.?", captures=False)
_COMMON = frozenset(
    b"""customer sir madam team user users support all everyone colleague client friend member developer admin subscriber
    server error service the app application system exception test guest kunde kunden damen herren client""".split()
)
_PRODUCTS = frozenset(
    b"""server service services error errors exception software browser safari chrome mobile api sdk app apps client pipeline lexer parser python entropy day index score formula noise sort search tree algorithm holidays holiday
    street avenue road inc ltd llc gmbh corp hotel school university airport worker handler job queue cluster module all read line series rule law station bank expansion zone region club ci
    library page view model metrics logs traces cloud studio labs controller test tests tools theorem transform distribution method filter algorithm bucket team
    foo baz qux quux""".split()
)

# Words that stand before a word which is also a family name, and no given names.
_NOT_FIRST = frozenset(
    b"""the a an new old big great no not invalid missing unknown unexpected failed error warning total theme sort default apache visual calvin
    north south east west saint san santa los las el la le mount fort port lake royal national general hong king queen prince jan feb mar
    apr may jun jul aug sep oct nov dec january february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday customer user client server service order test street avenue via rua calle rue""".split()
)
# Given names that begin an order or a sentence: "Mark Cursor as deprecated".
_VERBS = frozenset(
    b"ville reino republika ruby jasmine jasper mark will grant bill drew chase rob sue pat may jan art igor".split()
)
_NOT_LAST = frozenset(
    """song fan pan shin winter sommer gross horn graf wolf klein jung berg beck frank rose bell cole lange long short koch busch adam lima silva
    field fields post page rock stone case cash banks bond rich wise sharp young little small best""".split()
)
_NO_LOGINS = frozenset(
    """across dbos spark skim slim glee clear start stage chart admin domain train brain chain plain main grain spain login basin cabin plugin robin
    martin virgin origin margin begin maintain slack black stack track crack attack feedback fallback callback steam stream team cream
    cloud float great scan span plan clan than swan human urban japan kong along among strong wrong belong prong ping king ring song
    shell small hall wall call install email mail cali bali mali quali rust dust must just trust august august unit audit edit credit
    ghost host post cost most frost root boot foot soot agent client content event parent current front point print sprint joint
    mark grant will rob may jan art bill chance drew dean iris pat sue gene max jay ray rose page amber angel april august ben carol
    chase christian dale dawn duke faith grace grant hope hunter ivy jade jasmine jewel joy june lance mason mercy olive paris penny
    pearl piper porter ruby sage sandy scout sky sterling summer trinity victor violet star spring autumn winter eve dot basil
    spencer chandler parker tanner taylor turner cooper carter baker fisher archer bishop knight prince earl duke royal jordan jersey
    georgia carolina dakota sierra savannah phoenix austin dallas denver houston madison chelsea brooklyn sydney london lincoln
    jenkins travis jasper sphinx django flask celery redis mongo chef puppet salt ansible vault consul nomad packer helm argo flux
    kafka tesla ford bosch oracle bing alexa siri cortana watson einstein jupiter apollo athena hermes iris eve neo orion atlas titan
    lambda kappa delta alpha omega sigma theta beta gamma stan kent cash glen brook heath forest reed wade ward rod rocky sonny buddy
    toad lady king queen master major general page case chip cliff clay ash jack jacky kit lee""".split()
)
_MACHINES = frozenset(
    """app apps svc service db admin user users role group team test prod dev stage staging qa ro rw read reader write writer owner
    api web worker job cron bot ci cd deploy build backup report reports reporting analytics data etl batch queue task system sys
    root main master replica node host server client agent monitor metrics logs log sync migration migrations public default""".split()
)


def is_person(value: bytes, *, known: bool) -> bool:
    """Two to four capitalised words, the last no product; with `known`, some of them have to be people's names."""
    words = value.replace(b"+", b" ").split()
    if not words or words[-1].rstrip(b".").lower() in _PRODUCTS:
        return False
    if any(is_acronym(word) for word in words[1:]) and not words[0].isupper():
        return False
    if known and (not _are_names(words[0], words[-1]) or any(map(is_thing, words[1:]))):
        return False
    return _FULL.fullmatch(value.strip()) is not None


def _are_names(first: bytes, last: bytes) -> bool:
    if first.lower() in _VERBS:
        return is_surname(last)
    if is_given(first) or (is_surname(first) and is_given(last)):
        return True
    return first.lower() not in _NOT_FIRST and is_surname(last)


def is_common(word: str) -> bool:
    """A word of software or of the calendar that is a name, too: `Mark`, `May`, `Jenkins`, `Page`."""
    low = word.lower()
    return low in _NO_LOGINS or any(
        low.encode() in words for words in (_VERBS, _COMMON, _PRODUCTS, _NOT_FIRST)
    )


def is_product(word: str) -> bool:
    """What a product, a place or a thing of software is called by in the end: `Janet Lexer`, `Anna Street`."""
    return word.lower().encode() in _PRODUCTS


def is_acronym(word: bytes) -> bool:
    """`Travis CI`, `Mark PyPy`: a thing, and no surname such as McDonald or O'Brien."""
    if word[1:].islower() or (_COMPOSED.fullmatch(word) and word != b"MacBook"):
        return False
    inner = word[2:]
    return len(word) > 1 and (
        (word.isascii() and word.isupper()) or (word.isalpha() and inner != inner.lower())
    )


_COMPOSED = bytes_pattern(r"(?:Mc|Mac|Fitz|Van|De|Di|La|Le|Du|Del|Ter|Ten)[A-Z][a-z]{2,}", captures=False)


_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"}
)


_LONGEST_WORD = 48  # bytes; what is longer is told by what it begins with


def is_given(word: bytes) -> bool:
    return _is_given(word[:_LONGEST_WORD])


@lru_cache(maxsize=8192)
def _is_given(word: bytes) -> bool:
    low = word.lower()
    if low in GIVEN_NAMES:
        return True
    text = low.decode("utf-8", "ignore").lower()
    if text in GIVEN_NAMES_ELSEWHERE:
        return True
    parts = (low if low.isascii() else _plain(text).encode()).split(b"-")
    if len(parts) == 2 and parts[0] in GIVEN_NAMES:
        return parts[1] in GIVEN_NAMES or (len(parts[1]) > 2 and text.count("-") == 1)
    return parts[0] in GIVEN_NAMES and len(parts) == 1


def _plain(text: str) -> str:
    """In ASCII letters, as far as it is Latin."""
    return unicodedata.normalize("NFD", text.translate(_PLAIN)).encode("ascii", "ignore").decode()


def is_surname(word: bytes) -> bool:
    """Long enough, and no word of another meaning."""
    return _is_surname(word[:_LONGEST_WORD])


@lru_cache(maxsize=8192)
def _is_surname(word: bytes) -> bool:
    text = word.decode("utf-8", "ignore").lower()
    if len(text) < 4 or text in _NOT_LAST:
        return False
    return _is_family(text) or (not text.isascii() and _is_family(_plain(text)))


def _is_family(text: str) -> bool:
    return text in SURNAMES or text in RARER_SURNAMES


def is_login(word: bytes) -> bool:
    """A user name made of a person's name: `jwoo`, `k.nakamura`, `anna_berg`, `maria84`, `garcia.p`."""
    text = word.lower().rstrip(b"0123456789").rstrip(b"._-").decode("utf-8", "ignore")
    parts = text.replace("_", ".").replace("-", ".").split(".")
    if len(parts) > 3 or not all(part.isalpha() for part in parts):
        return False
    if len(parts) > 1:
        return any(_is_name_part(part) for part in parts) and not any(part in _MACHINES for part in parts)
    return _is_name_part(text) or (
        text not in _NO_LOGINS and any(_ends_a_login(text[cut:], cut) for cut in (1, 2, 3))
    )


def _ends_a_login(family: str, cut: int) -> bool:
    """After so many letters of a first name."""
    return len(family) > 1 + cut and (family in SURNAMES or (len(family) > 6 and family in RARER_SURNAMES))


def is_joined_login(word: str) -> bool:
    """`wessel_vdberg`, and not `app_rw`: a user's name of parts, none of which is a machine's."""
    parts = word.lower().replace("-", ".").replace("_", ".").split(".")
    return 1 < len(parts) < 4 and len(word) > 6 and not any(part in _MACHINES for part in parts)


def _is_name_part(text: str) -> bool:
    return len(text) > 2 and text not in _NO_LOGINS and (_is_family(text) or text.encode() in GIVEN_NAMES)


def inside(found: Found) -> Found | bool:
    """What of a run of capitalised words is a person's name: "Jürgen Müller" of "Kunde Jürgen Müller"."""
    value = found.value
    lead = found.before(12).split()[-1:] if found.before() == b" " else []
    told = _person_in(value, lead[0] if lead else b"")
    if told is None:
        return False
    return Found(found.data, found.start + told[0], found.start + told[1])


def _person_in(value: bytes, lead: bytes) -> tuple[int, int] | None:
    """Where a person's name stands in a run of words that follows `lead`."""
    words, at = value.split(), 0
    of_family = any(map(is_surname, words[1:])) or (is_surname(words[0]) and any(map(is_given, words[1:2])))
    if not of_family and not any(map(is_given, words)):
        return None
    for word, leading in zip(words, [lead, *words], strict=False):
        at = value.find(word, at)
        if (of_family or is_given(word)) and leading.lower() not in _SAINTS:
            rest = _before_things(value[at:])
            if is_person(rest, known=True) and rest.lower() not in _LANDS:
                return at, at + len(rest)
        at += len(word)
    return None


# Before them stands the name of a place.
_SAINTS = frozenset(
    "san santa santo sant saint sankt são sao sveti sveta szent st st. ste isla islas rio río puerto port villa".encode().split()
)
_LANDS = frozenset(
    (b"sierra leone", b"sri lanka", b"costa rica", b"kosta rika", b"san marino", b"sant martin")
)


def _before_things(words: bytes) -> bytes:
    """`Lena Schmidt` of `Lena Schmidt Order`; all of `Lena Order`, which is none."""
    at = words.find(b" ", words.find(b" ") + 1)
    while at > 0:
        end = words.find(b" ", at + 1)
        if is_thing(words[at + 1 : end if end > 0 else None]):
            return words[:at]
        at = end
    return words


def introduced(found: Found) -> bool:
    """After a cue that only people follow."""
    return found.value.split()[0].lower() not in _COMMON and found.value.split()[-1].lower() not in _PRODUCTS


def known(found: Found) -> bool:
    return is_person(found.value, known=True)
