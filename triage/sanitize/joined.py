"""A hidden name as files, keys and logins write it: `keller-brandt_ANNA_cv.pdf`, `/brandt.anna/`, `abrandt`.

The words of a name may come in any order and case, joined by a sign, without accents or with the letters that
stand for them. A single word of it is no name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, MatchKind

from triage.sanitize.people import is_common
from triage.sanitize.rules.things import is_thing

_SIGNS = frozenset(("-", "_", ".", "+", " ", "%20"))
_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss"}
_BARE = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "s", "ð": "d", "þ": "t"}
_RARE = 4  # letters of a word that hardly stands for anything else
_FEWEST = 7  # letters of all words together
_MOST = 200  # words


def _plain(char: str) -> str:
    low = char.lower()[:1]
    return _BARE.get(low) or unicodedata.normalize("NFD", low)[:1]


_PLAIN = str.maketrans(
    {
        chr(code): _plain(chr(code))
        for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    }
)  # a letter for each, so that places stay


class Joined:
    """The words of some names. Empty where none of them could be told from other words."""

    def __init__(self, names: Iterable[str]) -> None:
        words: dict[str, bool] = {}  # whether it is a name by itself
        accented: set[bytes] = set()
        for name in names:
            parts = _words(name)
            for family in parts[1:]:
                words.update(dict.fromkeys(_logins(parts[0], family), True))
            for part in parts:
                words.update((form, False) for form in _forms(part) if form not in words)
                accented.update(form.encode().lower() for form in (part, part.capitalize(), part.upper()))
            if len(words) > _MOST:
                break
        self._words = words
        telling = (word.encode() for word, alone in words.items() if alone or len(word) >= _RARE)
        self._telling = (*telling, *(word for word in accented if not word.isascii()))
        self._told = list(words)
        self._search = AhoCorasick(self._told, matchkind=MatchKind.LeftmostLongest)

    def may_be_in(self, written: bytes) -> bool:
        """Whether a rare word of them, or a login, may be in an event that is written as JSON."""
        if not self._telling:
            return False
        lowered = written.lower()  # ASCII's letters only
        return any(word in lowered for word in self._telling)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where `text` has two words or more of a name, joined, or a login made of one."""
        plain = text.lower() if text.isascii() else text.translate(_PLAIN)
        run: list[tuple[int, int, int]] = []
        for found in self._search.find_matches_as_indexes(plain):
            if not _is_word(plain, found[1], found[2]):
                continue
            if run and plain[run[-1][2] : found[1]] not in _SIGNS:
                yield from self._place(run)
                run = []
            run.append(found)
        yield from self._place(run)

    def _place(self, run: list[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
        words = {self._told[index] for index, _, _ in run}
        whole = len(words) > 1 and sum(map(len, words)) >= _FEWEST
        if (whole and any(map(_is_rare, words))) or any(self._words[word] for word in words):
            yield run[0][1], run[-1][2]


def _words(name: str) -> list[str]:
    """Its words, small, of two letters or more."""
    letters = "".join(char if char.isalpha() else " " for char in name.lower())
    return [word for word in letters.split() if len(word) > 1]


def _forms(word: str) -> dict[str, None]:
    """Without accents, and with the letters that stand for them."""
    spelt = "".join(_LETTERS.get(char, char) for char in word)
    return dict.fromkeys((word.translate(_PLAIN), spelt.translate(_PLAIN)))


def _logins(first: str, last: str) -> Iterator[str]:
    for one, other in ((first, last), (last, first)):
        for given in _forms(one):
            for family in _forms(other):
                if len(family) > _RARE and not is_common(family):
                    yield given[:1] + family
                    yield family + given[:1]
                    yield given + family


def _is_rare(word: str) -> bool:
    return len(word) >= _RARE and not is_common(word) and not is_thing(word.encode())


def _is_word(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalpha() and start) and not text[end : end + 1].isalpha()
