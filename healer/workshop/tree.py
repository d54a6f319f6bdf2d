"""A case's private tree: the plain files of one commit, without `.git`.

Exported once, shown to every run as the lower layer of an overlay, and removed at the end of the
case; what a killed service left behind goes at the next start.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from healer.errors import BadInput
from healer.workshop import claims
from healer.workshop.claims import claimed, ours
from healer.workshop.source import Blobs, CommitSource, Entry

CASE = "case-"
MEMORY = Path("/dev/shm")
SHARE = 8  # a tree may take this part of what is free in memory
PAGE = 4096
LARGEST = 8 << 30  # bytes of all files
DEEPEST = 200  # folders: what walks a tree may go as deep as it does
SUBMODULE = "160000"
IMPOSSIBLE = {errno.ENAMETOOLONG, errno.EEXIST, errno.ENOTDIR, errno.ENOENT, errno.EISDIR, errno.EILSEQ}
LFS = b"version https://git-lfs.github.com/spec/v1"


@dataclass
class Tree:
    """`left_out` maps a path to the reason why it is not there, or not what git would have made."""

    path: Path
    commit: str
    files: int = 0
    left_out: dict[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def exported(source: CommitSource, directory: Path, owner: int | None = None) -> Iterator[Tree]:
    """A new tree, gone at the end: in memory where it is small beside what is free there, else below
    `directory`. `owner` is the host user that foreign code runs as."""
    with claimed(*roomy(directory, source.entries)) as place:
        tree = Tree(place / "tree", source.commit)
        tree.path.mkdir(mode=0o755)
        write(tree, source, owner)
        yield tree


def roomy(directory: Path, listed: tuple[Entry, ...]) -> tuple[Path, str]:
    """Where to write, and how to begin the name: ten thousand files take seconds on a disk, and a
    fraction of one in memory."""
    needed = sum(max(entry.size, PAGE) for entry in listed)
    with contextlib.suppress(OSError):
        free = os.statvfs(MEMORY)
        if needed * SHARE < free.f_bavail * free.f_frsize and len(listed) * SHARE < free.f_favail:
            return MEMORY, ours(CASE)
    directory.mkdir(parents=True, exist_ok=True)
    return directory, CASE


def reap(directory: Path) -> tuple[str, ...]:
    """Remove the trees of owners that are dead; returns their names."""
    return (*claims.reap(directory, CASE), *claims.reap(MEMORY, ours(CASE)))


def write(tree: Tree, source: CommitSource, owner: int | None) -> None:
    listed = source.entries
    if sum(entry.size for entry in listed) > LARGEST:
        raise BadInput(f"the commit's files are larger than {LARGEST >> 30} GB together")
    made: set[str] = set()
    links: list[Path] = []
    tree.left_out = {entry.path: why for entry in listed if (why := forbidden(entry.path))}
    held = [entry for entry in listed if entry.mode != SUBMODULE and entry.path not in tree.left_out]
    blobs = Blobs(source.mirror)
    try:
        for entry, data in zip(held, blobs.each([entry.sha for entry in held]), strict=True):
            with possible(tree, entry):
                make_directory(tree, os.path.dirname(entry.path), made, owner)
                if entry.regular:
                    write_file(tree, entry, data, owner)
                else:
                    os.symlink(data, os.fsencode(tree.path / entry.path))
                    links.append(tree.path / entry.path)
    finally:
        blobs.close()
    for entry in listed:
        if entry.mode == SUBMODULE and entry.path not in tree.left_out:
            tree.left_out[entry.path] = "a submodule: its files are in another repository"
            with possible(tree, entry):
                make_directory(tree, entry.path, made, owner)
    give(tree.path, owner)
    drop_links(tree, links, owner)


def missing(source: CommitSource) -> Iterator[str]:
    """What the repository itself does not hold, before anything is laid out: tests that need it fail."""
    modules = [entry.path for entry in source.entries if entry.mode == SUBMODULE]
    if modules:
        more = f" and {len(modules) - 3} more" if len(modules) > 3 else ""
        yield f"tests run without the files of submodules: {', '.join(modules[:3])}{more}"
    if "filter=lfs" in (source.read(".gitattributes") or ""):
        yield "tests run with Git LFS pointers in place of the files that .gitattributes names for it"


@contextlib.contextmanager
def possible(tree: Tree, entry: Entry) -> Iterator[None]:
    """A tree object can be written by hand: names beyond every limit, two things of one name, links to
    nowhere. What no checkout could hold is left out."""
    try:
        yield
    except ValueError as error:
        tree.left_out[entry.path] = f"no file system holds it ({error})"
    except OSError as error:
        if error.errno not in IMPOSSIBLE:
            raise
        tree.left_out[entry.path] = f"no file system holds it ({error.strerror})"


def forbidden(path: str) -> str:
    """Why a path is not laid out; "" where it is."""
    parts = path.split("/")
    if len(parts) > DEEPEST:
        return f"it lies below more than {DEEPEST} folders"
    odd = any(part in {"", ".", ".."} or part.lower().rstrip(" .") == ".git" for part in parts)
    return "a name that git itself would not check out" if odd else ""


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
