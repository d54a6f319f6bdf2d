from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from healer.errors import BadInput, Transient
from healer.workshop.mirror import Mirror
from healer.workshop.source import CommitSource


@pytest.fixture
def mirror(repository, tmp_path):
    made = Mirror.ensure(str(repository), tmp_path / "mirrors")
    made.fetch()
    return made


def test_revisions(mirror, repository, git):
    git(repository, "tag", "v1", "HEAD~1")
    git(repository, "branch", "release/1.x", "HEAD~1")
    mirror.fetch()
    head, first = git(repository, "rev-parse", "HEAD"), git(repository, "rev-parse", "HEAD~1")
    for name in ("HEAD", "main", "origin/main", "refs/heads/main", head, head[:9]):
        assert mirror.resolve(name) == head
    for name in ("v1", "release/1.x", "HEAD~1", "main^", first):
        assert mirror.resolve(name) == first


@pytest.mark.parametrize(
    "revision", ["nope", "main~40", "0" * 40, "--help", "-x", "a b", "HEAD:src", "@{-1}", ""]
)
def test_revisions_that_are_not_there(mirror, revision):
    with pytest.raises(BadInput):
        mirror.resolve(revision)


def test_a_base_commit_that_is_gone(mirror, repository, git):
    (repository / "x").write_text("x")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Gone soon")
    gone = git(repository, "rev-parse", "HEAD")
    git(repository, "reset", "-q", "--hard", "HEAD~1")
    mirror.fetch(gone)
    assert mirror.resolve(gone) == gone, "what the repository still holds can be fetched by its id"
    git(repository, "reflog", "expire", "--expire=now", "--all")
    git(repository, "gc", "-q", "--prune=now")
    other = Mirror.ensure(str(repository), mirror.directory.parent / "other")
    other.fetch(gone)
    with pytest.raises(BadInput, match=r"is gone from .*; name one"):
        other.resolve(gone)


class Killed(BaseException):
    """Stands for the end of a process in the middle of its work."""


def killed_amid(mirror, left):
    with mirror.lock():
        for name in left:
            (mirror.directory / name).write_text("half")
        raise Killed


def test_what_a_killed_git_left_is_no_hindrance(mirror, repository, git):
    place = mirror.directory
    left = ("packed-refs.lock", "shallow.lock", "refs/source/heads/main.lock", "objects/pack/tmp_pack_x7")
    with pytest.raises(Killed):
        killed_amid(mirror, left)
    git(repository, "commit", "-q", "--amend", "-m", "Other")
    mirror.fetch()
    assert mirror.resolve("main") == git(repository, "rev-parse", "HEAD")
    assert not [name for name in left if (place / name).exists()]


def test_a_rewritten_branch_is_followed(mirror, repository, git):
    git(repository, "commit", "-q", "--amend", "-m", "Other")
    mirror.fetch()
    assert mirror.resolve("main") == git(repository, "rev-parse", "HEAD")


def test_a_detached_head(mirror, repository, git):
    git(repository, "checkout", "-q", "--detach", "HEAD~1")
    mirror.fetch()
    assert mirror.resolve("HEAD") == git(repository, "rev-parse", "HEAD")


def test_other_shapes_of_repositories(repository, tmp_path, git):
    head = git(repository, "rev-parse", "HEAD")
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", "shallow")
    git(tmp_path, "clone", "-q", "--shared", str(repository), "shared")
    git(repository, "worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    git(repository, "bundle", "create", "-q", str(tmp_path / "all.bundle"), "--all", "HEAD")
    git(repository, "pack-refs", "--all")
    for source in ("bare.git", "shallow", "shared", "linked", "all.bundle", "repository"):
        mirror = Mirror.ensure(str(tmp_path / source), tmp_path / "mirrors")
        mirror.fetch()
        mirror.fetch()
        assert mirror.resolve("HEAD") == head, source
        assert CommitSource(mirror.directory, head).read("run.sh") == "#!/bin/sh\n"


@pytest.mark.parametrize("make", ["missing", "directory", "file", "empty", "sha256"])
def test_what_is_no_repository(make, tmp_path, git):
    path = tmp_path / "source"
    if make == "directory":
        path.mkdir()
    elif make == "file":
        path.write_text("text")
    elif make == "empty":
        git(tmp_path, "init", "-q", str(path))
    elif make == "sha256":
        git(tmp_path, "init", "-q", "--object-format=sha256", str(path))
    with pytest.raises(BadInput, match=r"; (give|convert|push|is it)|not a git bundle"):
        head_of(str(path), tmp_path / "mirrors")


def head_of(url, directory):
    mirror = Mirror.ensure(url, directory)
    mirror.fetch()
    return mirror.resolve("HEAD")


def test_a_folder_inside_a_repository_names_the_repository(repository, tmp_path):
    mirror = Mirror.ensure(str(repository / "src"), tmp_path / "mirrors")
    with pytest.raises(BadInput, match=f"is a folder of the repository {repository}; give that path"):
        mirror.fetch()


def test_a_head_without_commits_says_what_to_name(repository, tmp_path, git):
    git(repository, "symbolic-ref", "HEAD", "refs/heads/nothing")
    mirror = Mirror.ensure(str(repository), tmp_path / "mirrors")
    mirror.fetch()
    with pytest.raises(BadInput, match=r"no commit checked out; name one with --base"):
        mirror.resolve("HEAD")


def test_a_path_in_no_encoding(repository, tmp_path, git):
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe"))
    repository.rename(odd)
    mirror = Mirror.ensure(str(odd), tmp_path / "mirrors")
    mirror.fetch()
    assert mirror.resolve("HEAD") == git(odd, "rev-parse", "HEAD")


def test_a_server_that_does_not_answer(tmp_path):
    mirror = Mirror.ensure("http://ada:secret@127.0.0.1:9/x.git", tmp_path / "mirrors")
    with pytest.raises(Transient) as caught:
        mirror.fetch(seconds=20)
    assert "secret" not in str(caught.value)


def test_source(mirror):
    source = CommitSource(mirror.directory, mirror.resolve("HEAD"))
    assert source.paths() == ("run.sh", "src/shop.py")
    assert source.read("src/shop.py") == "def price(x):\n    return x + 1\n"
    assert source.read("nope") is None
    assert CommitSource(mirror.directory, mirror.resolve("HEAD~1")).read("src/shop.py").endswith("return x\n")


def test_source_of_odd_contents(repository, mirror, git):
    (repository / "b.bin").write_bytes(b"\xff\xfe\0")
    (repository / "ünï cödé\n.txt").write_text("é")
    (repository / "link").symlink_to("run.sh")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Odd")
    mirror.fetch()
    source = CommitSource(mirror.directory, mirror.resolve("HEAD"))
    assert source.read("b.bin") is None
    assert source.read("ünï cödé\n.txt") == "é"
    assert "link" not in source.paths()


def test_history_of_lines(mirror):
    head = mirror.resolve("HEAD")
    assert [c.subject for c in mirror.history(head, "src/shop.py", 2, 2)] == ["Second", "First"]
    assert [c.subject for c in mirror.history(head, "src/shop.py", 1, 1)] == ["First"]
    assert mirror.history(head, "src/shop.py", 1, 1)[0].email == "ada@example.org"
    assert [c.subject for c in mirror.history(head, "src/shop.py", 90, 95)] == ["Second", "First"]
    assert mirror.history(head, "nope.py", 1, 2) == ()


def test_a_branch_is_made_by_plumbing_and_is_the_same_each_time(mirror):
    head = mirror.resolve("HEAD")
    files = {"src/shop.py": "fixed\r\n", "tests/new.py": "test\n", "run.sh": "#!/bin/sh\nexit\n"}
    commit = mirror.branch("shop-1", head, files, "Fix it\n", 1_700_000_000)
    assert mirror.branch("shop-1", head, files, "Fix it\n", 1_700_000_000) == commit
    source = CommitSource(mirror.directory, commit)
    assert source.read("src/shop.py") == "fixed\r\n"
    assert source.files["run.sh"].mode == "100755"
    shown = mirror.run("show", "-s", "--format=%an|%cn|%at|%P|%s", commit).decode().strip()
    assert shown == f"Healer|Healer|1700000000|{head}|Fix it"
    removed = mirror.branch("shop-2", head, {"run.sh": None}, "Remove\n", 1)
    assert CommitSource(mirror.directory, removed).paths() == ("src/shop.py",)


@pytest.mark.parametrize(
    "path",
    [".git/hooks/x", "a/.GIT/x", ".gitattributes", "../x", "/x", "a//b", "link", "link/x", "src", "run.sh/x"],
)
def test_paths_that_no_branch_may_hold(repository, mirror, git, path):
    (repository / "link").symlink_to("src")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Link")
    mirror.fetch()
    with pytest.raises(BadInput):
        mirror.branch("x", mirror.resolve("HEAD"), {path: "evil"}, "m", 1)


def test_push_moves_our_branch_and_nothing_else(mirror, repository, git):
    head = mirror.resolve("HEAD")
    commit = mirror.branch("shop-1", head, {"src/shop.py": "a\n"}, "Fix\n", 1)
    before = git(repository, "for-each-ref", "refs/heads/main", "refs/tags")
    assert mirror.push(str(repository), "shop-1") == commit
    assert git(repository, "rev-parse", "healer/shop-1") == commit
    again = mirror.branch("shop-1", head, {"src/shop.py": "b\n"}, "Fix\n", 1)
    assert mirror.push(str(repository), "shop-1") == again
    assert git(repository, "for-each-ref", "refs/heads/main", "refs/tags") == before
    assert mirror.remote_branches() == {"shop-1": again}
    assert git(repository, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    "name", ["../main", "x/../../heads/main", "", "a b", "x.lock", "-x:refs/heads/main", "a..b"]
)
def test_push_takes_no_other_name(mirror, repository, name):
    with pytest.raises(BadInput):
        mirror.push(str(repository), name)


PLANTED = """
[core]
    fsmonitor = touch {0}/fsmonitor
    sshCommand = touch {0}/ssh
    hooksPath = {1}/hooks
    alternateRefsCommand = touch {0}/alternates
    gitProxy = touch {0}/proxy
    worktree = {0}
    attributesFile = {1}/attributes
[uploadpack]
    packObjectsHook = touch {0}/packobjects; true
[include]
    path = {1}/more
[filter "evil"]
    clean = touch {0}/clean
    smudge = touch {0}/smudge
    process = touch {0}/process
[diff "evil"]
    textconv = touch {0}/textconv
    command = touch {0}/diff
[diff]
    external = touch {0}/external
[gpg]
    program = touch {0}/gpg
[log]
    showSignature = true
[credential]
    helper = !touch {0}/credential
[extensions]
    partialClone = origin
[remote "origin"]
    promisor = true
    url = ext::sh -c touch% {0}/ext
    uploadpack = touch {0}/remote
    vcs = evil
[gc]
    auto = 1
[receive]
    denyCurrentBranch = updateInstead
    procReceiveRefs = refs
[url "ext::sh -c touch% {0}/rewritten% "]
    insteadOf = /
[alias]
    upload-pack = !touch {0}/alias
"""
HOOKS = (
    *("pre-receive", "update", "post-receive", "post-update", "proc-receive", "push-to-checkout"),
    *("reference-transaction", "post-checkout", "pre-push", "post-index-change", "fsmonitor-watchman"),
    *("pre-auto-gc", "post-merge"),
)


def plant(git_directory, fired):
    hooks = git_directory / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in HOOKS:
        (hooks / name).write_text(f"#!/bin/sh\ntouch {fired}/hook-{name}\n")
        (hooks / name).chmod(0o755)
    config = PLANTED.format(fired, git_directory)
    (git_directory / "more").write_text(config.replace("[include]", "[other]"))
    (git_directory / "attributes").write_text("* filter=evil diff=evil\n")
    (git_directory / "config").write_text("[core]\n\trepositoryformatversion = 1\n" + config)


def test_nothing_planted_in_the_source_fires(repository, tmp_path, git):
    fired = tmp_path / "fired"
    fired.mkdir()
    (repository / ".gitattributes").write_text("* filter=evil diff=evil ident export-subst\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Attributes")
    head = git(repository, "rev-parse", "HEAD")
    plant(repository / ".git", fired)
    mirror = Mirror.ensure(str(repository), tmp_path / "mirrors")
    mirror.fetch(head)
    assert mirror.resolve("HEAD") == head
    source = CommitSource(mirror.directory, head)
    assert source.read("run.sh") == "#!/bin/sh\n"
    assert mirror.history(head, "src/shop.py", 1, 2)
    commit = mirror.branch("x", head, {"src/shop.py": "new\n"}, "m", 1)
    with pytest.raises(Transient, match="proc-receive"):
        mirror.push(str(repository), "x")
    config = repository / ".git" / "config"
    config.write_text(config.read_text().replace("procReceiveRefs", "other"))
    (repository / ".git" / "more").unlink()
    mirror.push(str(repository), "x")
    assert mirror.remote_branches() == {"x": commit}
    assert os.listdir(fired) == []
    assert (repository / "src" / "shop.py").read_text() != "new\n"


def test_the_plants_are_not_duds(repository, tmp_path):
    """The same repository does fire for someone who simply uses it."""
    fired = tmp_path / "fired"
    fired.mkdir()
    plant(repository / ".git", fired)
    (repository / "run.sh").write_text("changed")
    subprocess.run(["git", "status"], cwd=repository, capture_output=True, check=False, timeout=20)
    assert "fsmonitor" in os.listdir(fired)


def test_a_replaced_git_file_and_missing_objects_run_nothing(repository, tmp_path, git):
    fired, fake = tmp_path / "fired", tmp_path / "fake"
    fired.mkdir()
    git(tmp_path, "clone", "-q", "--bare", str(repository), str(fake))
    for pack in (fake / "objects").rglob("*"):
        if pack.is_file():
            pack.unlink()
    plant(fake, fired)
    target = tmp_path / "checkout"
    target.mkdir()
    (target / ".git").write_text(f"gitdir: {fake}\n")
    mirror = Mirror.ensure(str(target), tmp_path / "mirrors")
    with pytest.raises(BadInput, match="is it complete"):
        mirror.fetch()
    assert os.listdir(fired) == []


def test_pipes_and_giants_in_the_place_of_refs(repository, tmp_path):
    refs = repository / ".git" / "refs" / "heads"
    os.mkfifo(refs / "pipe")
    (refs / "link").symlink_to("/dev/zero")
    (refs / "evil\n").write_text("x")
    (refs / "long").write_text("a" * 100_000)
    started = time.monotonic()
    mirror = Mirror.ensure(str(repository), tmp_path / "mirrors")
    mirror.fetch()
    assert time.monotonic() - started < 10
    assert mirror.resolve("main")


def test_replaced_objects_are_not_believed(repository, mirror, git):
    """refs/replace would let a commit read as another."""
    head, first = git(repository, "rev-parse", "HEAD"), git(repository, "rev-parse", "HEAD~1")
    git(repository, "replace", head, first)
    mirror.run("update-ref", f"refs/replace/{head}", first)
    assert CommitSource(mirror.directory, head).read("src/shop.py").endswith("x + 1\n")
