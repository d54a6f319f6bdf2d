"""One encoder per channel. Each cleans first, then makes what is left inert where it will be read.

What would act is replaced by a look-alike that a person still reads: `＠`, `＃`, `hxxps://`, `‹`. Nothing
invisible is inserted, because invisible characters are what the cleaning takes out.
"""

from __future__ import annotations

import html
import json
import secrets
from collections.abc import Callable
from typing import Any

from triage.sanitize.characters import strictly_visible
from triage.sanitize.placeholders import Placeholders
from triage.sanitize.rule import bytes_pattern
from triage.sanitize.text import clean

MAX_SLACK = 2900  # characters, escaped; a section block holds 3000
MAX_GITHUB = 60_000  # characters; a body holds 65536
MAX_PLAIN = 2000
DATAMARK = "ˆ"  # stands for every space, so that data never reads like the prompt around it

_Step = tuple[Any, Callable[[Any], bytes]]


def for_model(text: str, *, boundary: str | None = None, placeholders: Placeholders | None = None) -> str:
    """`text` as one JSON string between random boundaries, its spaces replaced by `DATAMARK`.

    The JSON holds no `<`, `>` or `&`, hence no tag, chat template or boundary. A `boundary` of one's own
    is taken out of the text.
    """
    mark = boundary or secrets.token_hex(8)
    plain = _plain(text, placeholders).replace(DATAMARK, "^")
    while mark in plain:
        plain = plain.replace(mark, "")
    marked = plain.replace(" ", DATAMARK).replace("\n", "\n" + DATAMARK).replace("\t", "\t" + DATAMARK)
    body = json.dumps(marked, ensure_ascii=False)
    for char in "<>&":
        body = body.replace(char, f"\\u{ord(char):04x}")
    return f"<untrusted-{mark}>\n{body}\n</untrusted-{mark}>"


def for_github(text: str, *, placeholders: Placeholders | None = None) -> str:
    """`text` in a fence longer than any run of backticks in it, at most 60,000 characters.

    No mention, reference, closing keyword, issue address, link, image, HTML, commit trailer or bot command
    in it acts, not even for readers that do not know fences, such as Sentry's `fixes SHORT-ID`.
    """
    plain = _plain(text, placeholders)[: MAX_GITHUB // 2].translate(_AT)
    inert = _through(plain, _GITHUB)
    fence = "`" * max(3, _longest_run(inert, "`") + 1)
    room = MAX_GITHUB - 2 * len(fence) - 8
    return f"{fence}text\n{inert[:room]}\n{fence}"


def plain_github(text: str) -> str:
    """`text` where GitHub reads no Markdown, in titles and commit messages, at most 2,000 characters.

    What acts there is made inert as in `for_github`."""
    return _through(_plain(text, None)[:MAX_PLAIN].translate(_AT), _GITHUB)


def for_slack(text: str, *, placeholders: Placeholders | None = None) -> str:
    """`text` escaped for mrkdwn, at most 2900 characters: no mention, broadcast, link or code span acts."""
    plain = _through(_plain(text, placeholders)[:MAX_SLACK].translate(_AT).replace("`", "'"), _SLACK)
    escaped = html.escape(plain, quote=False)
    if len(escaped) <= MAX_SLACK:
        return escaped
    cut = escaped[: MAX_SLACK - 1]
    entity = cut.rfind("&", len(cut) - 5)
    return (cut[:entity] if entity >= 0 and ";" not in cut[entity:] else cut) + "…"


def for_html(text: str, *, placeholders: Placeholders | None = None) -> str:
    """`text` escaped for HTML content and quoted attributes."""
    return html.escape(_plain(text, placeholders), quote=True)


def _plain(text: str, placeholders: Placeholders | None) -> str:
    return clean(strictly_visible(text), placeholders=placeholders).text


def _through(text: str, steps: tuple[_Step, ...]) -> str:
    data = text.encode()
    for pattern, replace in steps:
        data = pattern.sub(replace, data)
    return data.decode()


def _longest_run(text: str, char: str) -> int:
    size = 0
    while char * (size + 1) in text:
        size += 1
    return size


def _swap(old: str, new: str) -> Callable[[Any], bytes]:
    before, after = old.encode(), new.encode()
    return lambda match: bytes(match.group().replace(before, after))


def _apart(match: Any) -> bytes:
    """`fixes X-1` as `fixes·X‑1`: the keyword stands before no space, and the id has no hyphen."""
    lead, space, tail = match.group(1), match.group(2), match.group(3)
    if b"-" not in tail and b"://" not in tail and b"#" not in tail:
        return bytes(match.group())
    return bytes(lead + "·".encode() * min(1, len(space)) + tail.replace(b"-", "‑".encode()))


_AT = str.maketrans("@", "＠")
_LINKS: tuple[_Step, ...] = (
    (
        bytes_pattern(r"(?i)\bh(?:tt|xx)ps?:(?://)?"),
        lambda match: bytes(match.group().lower().replace(b"tt", b"xx")),
    ),
    (
        bytes_pattern(r"(?i)\b(?:ftp|file|data|javascript|vbscript|mailto|slack|tel|ssh|git|ws|wss):[^\s:]"),
        _swap(":", "꞉"),
    ),
    (bytes_pattern(r"(?i)\bwww\."), _swap(".", "[.]")),
)
_GITHUB: tuple[_Step, ...] = (
    (
        # As readers in Python match it: any script's spaces, `ı` for an i, and ids however far behind.
        bytes_pattern(
            r"(?i)((?:\b|_)(?:f[iıİ]x(?:es|ed)?|close[sd]?|resolve[sd]?):?)"
            r"([\s\pZ\x{85}]+)([A-Za-z0-9_\-,#:/.\s\pZ\x{85}]*)",
            utf8=True,
        ),
        _apart,
    ),
    *_LINKS,
    (bytes_pattern(r"#[0-9]"), _swap("#", "＃")),
    (bytes_pattern(r"(?i)\bgh-[0-9]"), _swap("-", "‑")),
    (bytes_pattern(r"<[A-Za-z/!?]"), _swap("<", "‹")),
    (bytes_pattern(r"-->"), _swap("--", "‑‑")),
    (bytes_pattern(r"!\["), _swap("[", "［")),
    (bytes_pattern(r"\]\("), _swap("]", "］")),
    (bytes_pattern(r"\]:"), _swap("]", "］")),
    (bytes_pattern(r"(?im)^[ \t]*/[a-z][a-z\-]*(?:[ \t]|$)"), _swap("/", "∕")),
    (bytes_pattern(r"(?i)\[(?:skip[ \-]ci|ci[ \-]skip|no ci|skip actions|actions skip)\]"), _swap("[", "［")),
    (bytes_pattern(r"(?im)^[ \t]*[a-z]+(?:-[a-z]+)+-by:"), _swap("-", "‑")),
)
_SLACK: tuple[_Step, ...] = (
    *_LINKS,
    (bytes_pattern(r"#[A-Za-z0-9]"), _swap("#", "＃")),
    (
        bytes_pattern(
            r"(?i)[a-z0-9\-]\.(?:com|net|org|co|ru|cn|xyz|top|info|biz|site|online|link|click|example|test"
            r"|io|dev|ai|cc|tk|eu|uk|de)\b"
        ),
        _swap(".", "[.]"),
    ),
    (bytes_pattern(r"(?i)(?:^|[\s(<\"'])(?:[a-z0-9\-]+\.)+[a-z]{2,24}/[^\s]"), _swap(".", "[.]")),
)
