"""Reads somebody else's repository without letting git read its configuration.

git's own `upload-pack` obeys the configuration of the repository it reads, and a hostile one can make
it run programs. So a view is built instead: a bare repository of ours, with our configuration, that
borrows the other's object directory and repeats its refs. Only objects and refs are ever looked at.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from healer.errors import BadInput

SHA = re.compile(r"[0-9a-f]{40}")
NAME = re.compile(r"refs/(?:heads|tags)/[^\x00-\x20\x7f~^:?*\[\\]{1,200}")
SMALL = 4096  # bytes of a loose ref
LARGE = 64 << 20  # bytes of packed-refs
MOST = 200_000  # refs
OURS = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n[uploadpack]\n\tallowAnySHA1InWant = true\n"


class Borrowed:
    """Where a local repository keeps its objects and refs."""

    def __init__(self, path: Path) -> None:
        """Raises BadInput where `path` is no git repository that we can read."""
        self.own = git_directory(path)
        shared = text_of(self.own / "commondir").strip()
        self.common = (self.own / shared).resolve() if shared else self.own
        self.objects = self.common / "objects"
        if not self.objects.is_dir():
            raise BadInput(f"{path} is not a git repository; give the path of one, a bundle or a URL")
        if "\n" in str(self.objects):
            raise BadInput(f"{path} has a line break in its path; move it")
        self.refuse_formats(path)

    def refuse_formats(self, path: Path) -> None:
        settings = text_of(self.common / "config", 1 << 20).lower()
        if re.search(r"^\s*objectformat\s*=\s*sha256", settings, re.MULTILINE):
            raise BadInput(f"{path} uses SHA-256 object names, which is not supported; convert it to SHA-1")
        if re.search(r"^\s*refstorage\s*=\s*reftable", settings, re.MULTILINE):
            raise BadInput(f"{path} keeps its refs in a reftable; give a bundle: git bundle create F --all")

    def refs(self) -> dict[str, str]:
        """Branches and tags by full name."""
        found = {}
        for line in text_of(self.common / "packed-refs", LARGE).splitlines():
            sha, _, name = line.partition(" ")
            if SHA.fullmatch(sha) and usable(name):
                found[name] = sha
        return {**found, **dict(self.loose())}

    def loose(self) -> Iterator[tuple[str, str]]:
        seen = 0
        for kind in ("heads", "tags"):
            for directory, _, files in os.walk(self.common / "refs" / kind):
                for file in files:
                    seen += 1
                    if seen > MOST:
                        return
                    path = Path(directory, file)
                    name, sha = str(path.relative_to(self.common)), text_of(path).strip()
                    if SHA.fullmatch(sha) and usable(name):
                        yield name, sha

    def head(self, refs: dict[str, str]) -> str:
        """The commit HEAD stands on, or ""."""
        text = text_of(self.own / "HEAD").strip()
        if text.startswith("ref: "):
            return refs.get(text.removeprefix("ref: ").strip(), "")
        return text if SHA.fullmatch(text) else ""

    def view(self, directory: Path) -> dict[str, str]:
        """Make the view in the empty `directory`; returns its refs, HEAD among them where it stands."""
        refs = self.refs()
        (directory / "objects" / "info").mkdir(parents=True)
        (directory / "refs").mkdir()
        (directory / "objects" / "info" / "alternates").write_bytes(os.fsencode(f"{self.objects}\n"))
        (directory / "config").write_text(OURS)
        shallow = [line for line in text_of(self.common / "shallow", LARGE).split() if SHA.fullmatch(line)]
        if shallow:
            (directory / "shallow").write_text("".join(f"{sha}\n" for sha in shallow))
        packed = "".join(f"{sha} {name}\n" for name, sha in sorted(refs.items()))
        (directory / "packed-refs").write_text(packed)
        head = self.head(refs)
        (directory / "HEAD").write_text(f"{head or 'ref: refs/heads/none'}\n")
        return {**refs, "HEAD": head} if head else refs


def usable(name: str) -> bool:
    """By git's rules for refs, and a little stricter."""
    if not NAME.fullmatch(name) or ".." in name or "@{" in name or name.endswith("/"):
        return False
    parts = name.split("/")
    return not any(not p or p.startswith(".") or p.endswith((".", ".lock")) for p in parts)


def git_directory(path: Path) -> Path:
    inside = path / ".git"
    if inside.is_dir():
        return inside
    if inside.is_file():
        target = text_of(inside).strip().removeprefix("gitdir: ")
        linked = (path / target).resolve()
        if (linked / "HEAD").is_file():
            return linked
    if (path / "HEAD").is_file() and (path / "objects").is_dir():
        return path
    above = next((p for p in path.absolute().parents if (p / ".git").exists()), None)
    if above is not None:
        raise BadInput(f"{path} is a folder of the repository {above}; give that path")
    raise BadInput(f"{path} is not a git repository; give the path of one, a bundle or a URL")


def text_of(path: Path, most: int = SMALL) -> str:
    """A regular file's text, "" for anything else: never a pipe to hang on, nor a file without end."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return ""
    with os.fdopen(fd, "rb") as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            return ""
        return file.read(most).decode("utf-8", "surrogateescape")
