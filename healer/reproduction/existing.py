"""Tests of the repository that may show the failure already, found by what they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

import re2

from healer.reproduction import urls
from healer.reproduction.facts import Site
from healer.reproduction.index import Index, is_test
from healer.reproduction.modules import Function

MOST = 8  # tests that are tried as they are; a red one is rare, and each costs time
EACH = 2  # of one word and file
FILES = 2  # they are taken from, for one word
LONGEST = 60_000  # characters; a longer file takes longer to import than it is worth
_SEGMENT = re2.compile(r"[A-Za-z][\w.-]{1,60}")


def speaking(index: Index, singles: Sequence[str], sites: Sequence[Site], url: str = "") -> tuple[str, ...]:
    """Node ids: first who names the function that failed, then who sends a request to where `url` leads, then
    who names its callers, from the outermost. `singles`: test modules whose names alone do not tell."""
    files = [p for p in index.paths if is_test(p) and p.rpartition("/")[2].startswith("test")]
    texts = {p: text for p in (*files, *singles) if len(text := index.read(p)) < LONGEST}
    found = (test for word in _words(sites, url) for test in _saying(index, texts, word))
    return tuple(islice(dict.fromkeys(found), MOST))


def _words(sites: Sequence[Site], url: str) -> Iterator[re.Pattern[str]]:
    names = [site.name for site in (*sites[-1:], *sites[:-1])]
    words = [rf"\b{n}\b" for n in names if n.isidentifier() and not n.startswith("__")]
    segments = [part for part in urls.parts(url)[0].split("/") if _SEGMENT.fullmatch(part)]
    sent = [rf"/{re.escape(max(segments, key=len))}\b"] if segments else []
    yield from map(re.compile, dict.fromkeys((*words[:1], *sent, *words[1:])))


def _saying(index: Index, texts: dict[str, str], word: re.Pattern[str]) -> Iterator[str]:
    files = islice((path for path, text in texts.items() if word.search(text)), FILES)
    yield from (test for path in files for test in islice(_tests(index, path, word), EACH))


def _tests(index: Index, path: str, word: re.Pattern[str]) -> Iterator[str]:
    """Those of a file's tests whose own lines have the word."""
    module = index.module(path)
    lines = module.text.splitlines() if module else []
    for function in module.functions.values() if module else ():
        own = "\n".join(lines[function.node.lineno - 1 : function.node.end_lineno])
        if _collected(function) and word.search(own):
            yield "::".join((path, *function.qualname.split(".")))


def _collected(function: Function) -> bool:
    owner = function.owner
    ours = owner is None or owner.name.startswith("Test") or any(b.endswith("TestCase") for b in owner.bases)
    drawn = any(name.rpartition(".")[2] == "given" for name in function.decorators)  # anew in each run
    return ours and not drawn and not function.enclosing and function.name.startswith("test")
