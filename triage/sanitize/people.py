"""Whether words name a person: capitals and, where the place tells nothing, a known given name."""

from __future__ import annotations

import unicodedata

from triage.sanitize.rule import Found, bytes_pattern
from triage.sanitize.rules.given_names import GIVEN_NAMES

# One capitalised word, in Latin, Greek or Cyrillic letters.
WORD = r"(?:[A-Z]|[\xc3\xc4\xc5\xce\xd0][\x80-\xbf])(?:['\-]?[A-Za-z]|[\xc3-\xd1][\x80-\xbf]){1,30}"
_PARTICLE = r"(?:[A-Z]\.?|de|da|do|dos|del|della|di|du|van|von|der|den|la|le|el|al|bin|ibn|af|av|zu|y|e)"
FULL = rf"{WORD}(?:[ +](?:{_PARTICLE}[ +]){{0,2}}{WORD}){{1,3}}"
_FULL = bytes_pattern(rf"{FULL}\.?", captures=False)
_COMMON = frozenset(
    b"""customer sir madam team user users support all everyone colleague client friend member developer admin subscriber
    server error service the app application system exception test guest kunde kunden damen herren client""".split()
)
_PRODUCTS = frozenset(
    b"""server service services error errors exception software browser safari chrome mobile api sdk app apps client pipeline
    street avenue road inc ltd llc gmbh corp hotel school university airport worker handler job queue cluster module all read line series rule law station bank expansion zone region club ci
    library page view model controller test tests theorem transform distribution method filter algorithm bucket team""".split()
)


def is_person(value: bytes, *, known: bool) -> bool:
    """Two to four capitalised words; with `known`, the first must be a given name and the last no product."""
    words = value.replace(b"+", b" ").split()
    if _FULL.fullmatch(value.strip()) is None or words[-1].lower() in _PRODUCTS:
        return False
    if any(_is_acronym(word) for word in words[1:]) and not words[0].isupper():
        return False
    return not known or is_given(words[0])


def _is_acronym(word: bytes) -> bool:
    """`Travis CI`, `Mark PyPy`: a thing, and no surname such as McDonald or O'Brien."""
    inner = word[3:] if word.startswith((b"Mac", b"Van", b"Fitz")) else word[2:]
    return len(word) > 1 and (word.isupper() or (word.isalpha() and inner != inner.lower()))


def is_given(word: bytes) -> bool:
    if word.lower() in GIVEN_NAMES:
        return True
    plain = unicodedata.normalize("NFD", word.decode("utf-8", "ignore")).encode("ascii", "ignore")
    return plain.partition(b"-")[0].lower() in GIVEN_NAMES


def introduced(found: Found) -> bool:
    """After a cue that only people follow."""
    return found.value.split()[0].lower() not in _COMMON and found.value.split()[-1].lower() not in _PRODUCTS


def known(found: Found) -> bool:
    return is_person(found.value, known=True)
