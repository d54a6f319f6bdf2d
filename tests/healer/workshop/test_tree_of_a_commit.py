from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from healer.workshop.mirror import Mirror
from healer.workshop.source import CommitSource
from healer.workshop.tree import exported, forbidden, reap
from healer.workshop.yard import Yard


@pytest.fixture
def export(repository, tmp_path, git, sandbox):
    """Commits what is in the repository and exports it."""

    def run():
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "--allow-empty", "-m", "More")
        mirror = Mirror.ensure(str(repository), tmp_path / "mirrors")
        mirror.fetch()
        source = CommitSource(mirror.directory, mirror.resolve("HEAD"))
        return exported(source, tmp_path / "trees", sandbox.owner)

    return run


def test_files_and_modes(export, tmp_path):
    with export() as tree:
        assert (tree.path / "src" / "shop.py").read_text() == "def price(x):\n    return x + 1\n"
        assert os.access(tree.path / "run.sh", os.X_OK)
        assert not (tree.path / ".git").exists()
        assert (tree.files, tree.left_out) == (2, {})
        where = tree.path.parent
    assert not where.exists()


def test_a_tree_too_large_for_memory_is_on_disk(export, tmp_path, monkeypatch):
    from healer.workshop import tree as module

    monkeypatch.setattr(module, "SHARE", 1 << 60)
    with export() as tree:
        assert tmp_path / "trees" in tree.path.parents
        assert (tree.path / "run.sh").exists()
    assert os.listdir(tmp_path / "trees") == []


def test_symlinks_stay_inside(repository, export, tmp_path):
    (tmp_path / "victim").write_text("x")
    (repository / "good").symlink_to("src/shop.py")
    (repository / "dots").symlink_to(".")
    (repository / "absolute").symlink_to("/etc/passwd")
    (repository / "up").symlink_to("../../victim")
    (repository / "src" / "sly").symlink_to("../dots/../../../victim")
    (repository / "dangling").symlink_to("nowhere")
    with export() as tree:
        assert (tree.path / "good").read_text().startswith("def price")
        assert sorted(tree.left_out) == ["absolute", "src/sly", "up"]
        assert not any(os.path.lexists(tree.path / name) for name in tree.left_out)


def test_submodules_and_large_files_are_named(repository, export, git):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"
    (repository / "big.bin").write_text(pointer)
    head = git(repository, "rev-parse", "HEAD")
    git(repository, "update-index", "--add", "--cacheinfo", f"160000,{head},vendor/lib")
    (repository / "vendor" / "lib").mkdir(parents=True)
    git(repository / "vendor" / "lib", "init", "-q")
    git(repository, "add", "big.bin")
    with export() as tree:
        assert "LFS" in tree.left_out["big.bin"]
        assert "submodule" in tree.left_out["vendor/lib"]
        assert (tree.path / "vendor" / "lib").is_dir()


def test_filters_and_line_ends_are_not_applied(repository, export, tmp_path, git):
    (repository / ".gitattributes").write_text("* filter=evil text eol=crlf ident\n")
    (repository / "a.txt").write_text("$Id$\n")
    with export() as tree:
        assert (tree.path / "a.txt").read_bytes() == b"$Id$\n"


@pytest.mark.parametrize("path", [".git/x", "a/.Git/x", ".git /x", "../x", "a/../x", "a//b", "./x"])
def test_names_that_are_never_written(path):
    assert forbidden(path)


def test_a_dead_owners_tree_is_reaped_and_a_living_ones_is_not(export, tmp_path, repository):
    trees = tmp_path / "trees"
    root = Path(__file__).parents[3]
    script = (
        "import sys, time; from pathlib import Path; from healer.workshop.claims import claimed\n"
        "with claimed(Path(sys.argv[1]), 'case-') as place: "
        "(place / 'f').touch(); print(place.name, flush=True); time.sleep(60)"
    )
    trees.mkdir()
    command = [sys.executable, "-c", script, str(trees)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            name = process.stdout.readline().strip()
            with export() as tree:
                assert name not in reap(trees)
                assert tree.path.exists()
        finally:
            process.kill()
    assert name in reap(trees)
    assert os.listdir(trees) == []


def test_what_a_killed_verification_kept_goes_at_the_next_start(tmp_path, sandbox, monkeypatch):
    """Its mirror and its environment can be gigabytes."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    script = (
        "import tempfile, time; from healer.workshop.claims import scratch\n"
        "with scratch() as place: (place / 'mirror').touch(); print(place, flush=True); time.sleep(60)"
    )
    told = {"env": {**os.environ, "TMPDIR": str(tmp_path)}, "cwd": Path(__file__).parents[3]}
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **told) as process:
        try:
            place = Path(process.stdout.readline().strip())
            with Yard(tmp_path / "home", sandbox):
                assert (place / "mirror").exists()
        finally:
            process.kill()
    with Yard(tmp_path / "home", sandbox):
        assert list(tmp_path.iterdir()) == []


def object_of(repository: Path, kind: str, data: bytes) -> str:
    command = ["git", "hash-object", "-w", "-t", kind, "--literally", "--stdin"]
    done = subprocess.run(command, cwd=repository, input=data, capture_output=True, check=True, timeout=30)
    return done.stdout.decode().strip()


def tree_object(repository: Path, *entries: tuple[str, bytes, str]) -> str:
    data = b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(sha) for mode, name, sha in entries)
    return object_of(repository, "tree", data)


def test_trees_written_by_hand_are_laid_out_as_far_as_they_can_be(repository, tmp_path, git):
    """Whoever can push can write any tree object; git's own tools would not have made these."""
    blob = object_of(repository, "blob", b"x = 1\n")
    links = [object_of(repository, "blob", b) for b in (b"/tmp", b"a\0b", b"", b"a/" * 5000, b".")]
    folder = tree_object(repository, ("100644", b"x.py", blob))
    chain = folder
    for _ in range(45):
        chain = tree_object(repository, ("40000", b"d" * 100, chain))
    whole = tree_object(
        repository,
        ("100644", b"a" * 300, blob),
        ("100644", b"again.py", blob),
        ("100644", b"again.py", blob),
        ("40000", b"chain", chain),
        ("100644", b"file", blob),
        ("40000", b"file", folder),
        ("120000", b"link", links[0]),
        ("40000", b"link", folder),
        *(("120000", b"odd%d" % n, sha) for n, sha in enumerate(links[1:4])),
        ("120000", b"self", links[4]),
        ("160000", b"file", "2" * 40),
        ("100644", b"\xff\xfe.py", blob),
        ("100644", b"-rf", blob),
        ("100644", b"line\nbreak.py", blob),
    )
    commit = git(repository, "commit-tree", whole, "-m", "Odd")
    git(repository, "update-ref", "refs/heads/main", commit)
    mirror = Mirror.ensure(str(repository), tmp_path / "mirrors")
    mirror.fetch()
    assert CommitSource(mirror.directory, commit).links["self"] == "."
    with exported(CommitSource(mirror.directory, commit), tmp_path / "trees") as tree:
        there = set(os.listdir(os.fsencode(tree.path)))
        assert {b"again.py", b"file", b"\xff\xfe.py", b"-rf", b"line\nbreak.py", b"self"} <= there
        assert not {b"a" * 300, b"odd0", b"odd1", b"odd2"} & there
        assert sum("no file system holds it" in why for why in tree.left_out.values()) >= 6
        assert tree.left_out["link"] == "a symlink that leads out of the tree"
        where = tree.path.parent
    assert not where.exists()
    assert forbidden("d/" * 300 + "x.py")
