"""CODEOWNERS: who owns a path. Pure. The last rule that fits wins, as on GitHub."""

from __future__ import annotations

from fnmatch import fnmatchcase

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")


def owners_of(text: str, path: str) -> tuple[str, ...]:
    """Logins (without @) and teams (`org/team`) of `path`; () where nobody owns it."""
    found: tuple[str, ...] = ()
    for line in text.splitlines()[:5000]:
        words = line.partition(" #")[0].split()
        if words and not words[0].startswith("#") and _fits(words[0], path):
            found = tuple(word[1:] for word in words[1:] if word.startswith("@") and len(word) > 1)
    return found


def _fits(pattern: str, path: str) -> bool:
    """gitignore's rules, as far as CODEOWNERS has them: no negation, no character classes."""
    anchored = "/" in pattern.rstrip("/")
    pattern = pattern.lstrip("/")
    if pattern.endswith("/"):
        return _below(pattern + "**", path, anchored)
    inside = not pattern.endswith("/*") and _below(pattern + "/**", path, anchored)
    return inside or _below(pattern, path, anchored)


def _below(pattern: str, path: str, anchored: bool) -> bool:
    parts = path.split("/")
    starts = [0] if anchored else range(len(parts))
    return any(_matches(pattern.split("/"), parts[start:]) for start in starts)


def _matches(pattern: list[str], parts: list[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return (pattern[1:] == [] and bool(parts)) or any(
            _matches(pattern[1:], parts[n:]) for n in range(len(parts) + 1)
        )
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(pattern[1:], parts[1:])
