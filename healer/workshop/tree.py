"""A case's private tree: the plain files of one commit, without `.git`.

Exported once, shown to every run as the lower layer of an overlay, and removed at the end of the
case; what a killed service left behind goes at the next start.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from healer.errors import BadInput
from healer.workshop.source import Blobs, Entry, entries

LARGEST = 8 << 30  # bytes of all files
SUBMODULE = "160000"
LFS = b"version https://git-lfs.github.com/spec/v1"


@dataclass
class Tree:
    """`left_out` maps a path to the reason why it is not there, or not what git would have made."""

    path: Path
    commit: str
    files: int = 0
    left_out: dict[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def exported(mirror: Path, commit: str, directory: Path, owner: int | None = None) -> Iterator[Tree]:
    """A new tree below `directory`, gone at the end. `owner` is the host user that foreign code runs as."""
    directory.mkdir(parents=True, exist_ok=True)
    with claimed(directory) as place:
        tree = Tree(place / "tree", commit)
        tree.path.mkdir(mode=0o755)
        write(tree, entries(mirror, commit), mirror, owner)
        yield tree


@contextlib.contextmanager
def claimed(directory: Path) -> Iterator[Path]:
    """A new directory that is ours while we live. The kernel frees the lock with its holder, in
    whatever process or container that was."""
    place = Path(tempfile.mkdtemp(prefix="case-", dir=directory))
    with open(f"{place}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield place
        finally:
            discard(place)


def discard(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(f"{place}.lock")


def reap(directory: Path) -> tuple[str, ...]:
    """Remove the trees of owners that are dead; returns their names. Call at start."""
    removed = []
    for place in sorted(directory.glob("case-*")):
        if place.suffix != ".lock" and not held(Path(f"{place}.lock")):
            discard(place)
            removed.append(place.name)
    return tuple(removed)


def held(lock: Path) -> bool:
    try:
        with open(lock) as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def write(tree: Tree, listed: tuple[Entry, ...], mirror: Path, owner: int | None) -> None:
    if sum(entry.size for entry in listed) > LARGEST:
        raise BadInput(f"the commit's files are larger than {LARGEST >> 30} GB together")
    made: set[str] = set()
    links: list[Path] = []
    held = [entry for entry in listed if entry.mode != SUBMODULE and not forbidden(entry.path)]
    blobs = Blobs(mirror)
    try:
        for entry, data in zip(held, blobs.each([entry.sha for entry in held]), strict=True):
            make_directory(tree, os.path.dirname(entry.path), made, owner)
            if entry.regular:
                write_file(tree, entry, data, owner)
            else:
                links.append(tree.path / entry.path)
                os.symlink(data, os.fsencode(links[-1]))
    finally:
        blobs.close()
    for entry in listed:
        if forbidden(entry.path):
            tree.left_out[entry.path] = "a name that git itself would not check out"
        elif entry.mode == SUBMODULE:
            tree.left_out[entry.path] = "a submodule: its files are in another repository"
            make_directory(tree, entry.path, made, owner)
    give(tree.path, owner)
    drop_links(tree, links, owner)


def forbidden(path: str) -> bool:
    parts = path.split("/")
    return any(part in {"", ".", ".."} or part.lower().rstrip(" .") == ".git" for part in parts)


def make_directory(tree: Tree, path: str, made: set[str], owner: int | None) -> None:
    if not path or path in made:
        return
    make_directory(tree, os.path.dirname(path), made, owner)
    directory = tree.path / path
    directory.mkdir(mode=0o755)
    give(directory, owner)
    made.add(path)


def write_file(tree: Tree, entry: Entry, data: bytes, owner: int | None) -> None:
    mode = 0o755 if entry.mode == "100755" else 0o644
    target = f"{tree.path}/{entry.path}"
    fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        written = 0
        while written < len(data):
            written += os.write(fd, data[written:] if written else data)
        if owner is not None:
            os.fchown(fd, owner, owner)
    finally:
        os.close(fd)
    tree.files += 1
    if len(data) < 1024 and data.startswith(LFS):
        tree.left_out[entry.path] = "a Git LFS pointer: its contents are not in the repository"


def give(path: Path, owner: int | None) -> None:
    if owner is not None:
        os.chown(path, owner, owner, follow_symlinks=False)


def drop_links(tree: Tree, links: list[Path], owner: int | None) -> None:
    """Symlinks that lead out of the tree, whatever they pass through, are removed."""
    root = os.path.realpath(tree.path)
    for link in links:
        inside = f"{os.path.realpath(link)}/".startswith(f"{root}/")
        if inside and not os.readlink(link).startswith("/"):
            give(link, owner)
            continue
        tree.left_out[str(link.relative_to(tree.path))] = "a symlink that leads out of the tree"
        link.unlink()
