"""The files of one commit, read from the mirror's objects: nothing is checked out, nothing followed."""

from __future__ import annotations

import functools
import hashlib
import subprocess
import threading
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from posixpath import normpath

from healer.errors import BadInput
from healer.workshop.git import QUIET, command_of, git

LINK = "120000"
MOST_FILES = 500_000
LARGEST = 8 << 20  # bytes of a text that is read whole
BATCH = 64
CACHE = 64 << 20  # bytes of text kept


@dataclass(frozen=True)
class Entry:
    """One line of `git ls-tree`."""

    mode: str  # 100644, 100755, 120000 (symlink), 160000 (submodule)
    sha: str
    size: int
    path: str

    @property
    def regular(self) -> bool:
        return self.mode in {"100644", "100755", "100664"}


def entries(mirror: Path, commit: str) -> tuple[Entry, ...]:
    """Everything in the commit, in git's order. Raises BadInput for a tree beyond reason."""
    listed = git(mirror, "ls-tree", "-r", "-z", "-l", "--full-tree", commit)
    lines = listed.split(b"\0")
    if len(lines) > MOST_FILES:
        raise BadInput(f"the commit holds more than {MOST_FILES} files; name a subdirectory's own repository")
    return tuple(parse(line) for line in lines if line)


def parse(line: bytes) -> Entry:
    head, _, path = line.partition(b"\t")
    mode, _, sha, size = head.decode().split()
    return Entry(mode, sha, 0 if size == "-" else int(size), path.decode("utf-8", "surrogateescape"))


class Blobs:
    """Contents by object id, from one `git cat-file --batch`. Safe to share between threads."""

    def __init__(self, mirror: Path) -> None:
        self._process = subprocess.Popen(
            command_of(mirror, "cat-file", "--batch"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=QUIET,
            cwd=mirror,
        )
        self._lock = threading.Lock()
        self.close = weakref.finalize(self, end, self._process)

    def read(self, sha: str) -> bytes:
        """Raises BadInput where the object is missing: the source was not complete."""
        (data,) = self.each([sha])
        return data

    def each(self, shas: Sequence[str]) -> Iterator[bytes]:
        """The contents of many, in order. Asked for in batches that fit into a pipe, so that neither
        side waits for the other."""
        for start in range(0, len(shas), BATCH):
            batch = shas[start : start + BATCH]
            with self._lock:
                contents = self._batch(batch)
            yield from contents

    def _batch(self, shas: Sequence[str]) -> list[bytes]:
        assert self._process.stdin is not None
        self._process.stdin.write("".join(f"{sha}\n" for sha in shas).encode())
        self._process.stdin.flush()
        return [self._answer(sha) for sha in shas]

    def _answer(self, sha: str) -> bytes:
        assert self._process.stdout is not None
        header = self._process.stdout.readline().split()
        if len(header) != 3:
            raise BadInput(f"object {sha} is missing; fetch the whole repository, without a filter")
        data = self._process.stdout.read(int(header[2]))
        self._process.stdout.read(1)
        return data


def end(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    process.kill()
    process.wait()


class CommitSource:
    """`triage.incident.Source` over one commit of a mirror."""

    def __init__(self, mirror: Path, commit: str) -> None:
        self.commit = commit
        self.mirror = mirror
        self._texts: dict[str, str | None] = {}
        self._held = 0
        self._lock = threading.Lock()

    @functools.cached_property
    def files(self) -> dict[str, Entry]:
        """Regular files by path."""
        return {entry.path: entry for entry in self.entries if entry.regular}

    @functools.cached_property
    def entries(self) -> tuple[Entry, ...]:
        return entries(self.mirror, self.commit)

    @functools.cached_property
    def links(self) -> dict[str, str]:
        """Symlinks by path, and the path of the tree each leads to."""
        told = [entry for entry in self.entries if entry.mode == LINK]
        with self._lock:
            to = [self.blobs.read(entry.sha).decode("utf-8", "surrogateescape") for entry in told]
        homes = [entry.path.rpartition("/")[0] for entry in told]
        return {
            e.path: normpath(f"{home}/{t}".lstrip("/")) for e, home, t in zip(told, homes, to, strict=True)
        }

    @functools.cached_property
    def blobs(self) -> Blobs:
        return Blobs(self.mirror)

    def paths(self) -> tuple[str, ...]:
        return self._sorted

    @functools.cached_property
    def _sorted(self) -> tuple[str, ...]:
        return tuple(sorted(self.files))

    def digest(self, patterns: Sequence[str] = ()) -> str:
        """Of the names and contents of the files that match; of all where nothing is given."""
        chosen = [p for p in self.paths() if not patterns or any(fnmatchcase(p, one) for one in patterns)]
        text = "\0".join(f"{path}\0{self.files[path].sha}" for path in chosen)
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()

    def read(self, path: str) -> str | None:
        with self._lock:
            if path not in self._texts:
                self._keep(path, self._decoded(path))
            return self._texts[path]

    def _keep(self, path: str, text: str | None) -> None:
        self._held += len(text or "")
        if self._held > CACHE:
            self._texts.clear()
            self._held = len(text or "")
        self._texts[path] = text

    def _decoded(self, path: str) -> str | None:
        entry = self.files.get(path)
        if entry is None or entry.size > LARGEST:
            return None
        try:
            return self.blobs.read(entry.sha).decode("utf-8")
        except UnicodeDecodeError:
            return None
