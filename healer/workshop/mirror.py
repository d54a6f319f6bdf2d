"""Our own bare mirror of a foreign repository: the only place where git meets its contents."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from healer.errors import BadInput, Refused, Transient
from healer.protocols import Commit
from healer.workshop.borrowed import Borrowed, usable
from healer.workshop.claims import scratch
from healer.workshop.git import GitFailed, git, hide_userinfo, with_token

REVISION = re.compile(r"([A-Za-z0-9_][\w./+@-]{0,200}?)((?:[~^][0-9]{0,6})*)")
HEX = re.compile(r"[0-9a-f]{7,40}")
BRANCH = "refs/heads/healer/"
PUSHED, PUSHING = "refs/pushed/", "refs/pushing/"
AUTHOR = ("Healer", "healer@localhost")
SPECS = ("+refs/heads/*:refs/source/heads/*", "+refs/tags/*:refs/source/tags/*")
FETCH = (
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
    "--update-shallow",
)


@dataclass(frozen=True)
class Mirror:
    """One bare repository below `directory`, with the source's refs below refs/source/."""

    url: str
    directory: Path
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)  # for git, e.g. credentials

    @classmethod
    def ensure(cls, url: str, directory: Path, environment: Mapping[str, str] | None = None) -> Mirror:
        """The mirror of `url`, a path, bundle file or URL, below the data directory; made, not fetched."""
        slug = re.sub(r"[^A-Za-z0-9]+", "-", Path(url).name).strip("-").lower()[:40] or "repository"
        mirror = cls(url, directory / f"{slug}-{digest(url)}.git", environment or {})
        with mirror.lock():
            if not (mirror.directory / "HEAD").is_file():
                mirror.directory.mkdir(parents=True, exist_ok=True)
                git(mirror.directory, "init", "--bare", "--quiet", "--template=", str(mirror.directory))
        return mirror

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """One writer at a time, also among processes; freed by the kernel with its holder. The word of one
        that did not come to its end stays: its git was killed, too, so the next tidies up after both."""
        self.directory.parent.mkdir(parents=True, exist_ok=True)
        with open(f"{self.directory}.lock", "a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.fstat(file.fileno()).st_size:
                self.tidy()
            file.write("busy\n")
            file.flush()
            yield
            file.truncate(0)

    def tidy(self) -> None:
        """Remove git's own locks, which it would respect for ever, and packs that were never finished."""
        left = (*self.directory.glob("*.lock"), *self.directory.glob("refs/**/*.lock"))
        for path in (*left, *self.directory.glob("objects/**/tmp_*")):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def run(
        self, *arguments: str, stdin: bytes = b"", seconds: float = 120, env: Mapping[str, str] | None = None
    ) -> bytes:
        merged = {**self.environment, **(env or {})}
        return git(self.directory, *arguments, stdin=stdin, environment=merged, seconds=seconds)

    def fetch(self, revision: str = "", seconds: float = 600) -> None:
        """Bring the source's branches, tags and HEAD, and `revision` where it is a full commit id.

        Raises BadInput where the source is no usable repository, Transient where it did not answer."""
        with self.lock():
            local = local_path(self.url)
            if local is None:
                self.fetch_url(revision, seconds)
            elif local.is_file():
                self.take(str(local), bundle_specs(self, local), seconds)
            else:
                self.fetch_borrowed(local, revision, seconds)

    def fetch_url(self, revision: str, seconds: float) -> None:
        wanted = list(SPECS)
        with contextlib.suppress(GitFailed):
            if b"HEAD" in self.run("ls-remote", "--", self.url, "HEAD", seconds=seconds):
                wanted.append("+HEAD:refs/source/HEAD")
        try:
            self.run(*FETCH, "--prune", "--", self.url, *wanted, seconds=seconds)
            if re.fullmatch(r"[0-9a-f]{40}", revision) and not self.has(revision):
                self.run(*FETCH, "--", self.url, f"+{revision}:refs/source/exact/{revision}", seconds=seconds)
        except GitFailed as error:
            raise Transient(f"cannot fetch {hide_userinfo(self.url)}: {error}") from None

    def fetch_borrowed(self, path: Path, revision: str, seconds: float) -> None:
        source = Borrowed(path)
        with scratch() as view:
            refs = source.view(view)
            specs = [*SPECS]
            if "HEAD" in refs:
                specs.append("+HEAD:refs/source/HEAD")
            if re.fullmatch(r"[0-9a-f]{40}", revision) and not self.has(revision):
                with contextlib.suppress(GitFailed):
                    git(view, "cat-file", "-e", f"{revision}^{{commit}}")
                    specs.append(f"+{revision}:refs/source/exact/{revision}")
            if refs:
                self.take(str(view), specs, seconds)

    def take(self, source: str, specs: list[str], seconds: float) -> None:
        try:
            self.run(*FETCH, "--prune", "--", source, *specs, seconds=seconds)
        except GitFailed as error:
            raise BadInput(
                f"cannot read {self.url}: {error}; is it complete? "
                "(in a partial clone: git fetch --refetch --no-filter)"
            ) from None

    def has(self, commit: str) -> bool:
        try:
            self.run("cat-file", "-e", f"{commit}^{{commit}}")
        except GitFailed:
            return False
        return True

    def resolve(self, revision: str) -> str:
        """The commit, 40 hex digits, of a branch, tag, commit id or HEAD, with ~ and ^ after it."""
        match = REVISION.fullmatch(revision)
        if match is None:
            raise BadInput(f"{revision!r} is not a revision; give a branch, a tag or a commit id")
        name, suffix = match.groups()
        for candidate in candidates(name):
            with contextlib.suppress(GitFailed):
                found = self.run(
                    "rev-parse", "--verify", "--quiet", "--end-of-options", f"{candidate}{suffix}^{{commit}}"
                )
                return found.decode().strip()
        raise BadInput(self.missing(revision))

    def missing(self, revision: str) -> str:
        if not self.run("for-each-ref", "--count=1", "refs/source"):
            return f"{hide_userinfo(self.url)} has no commits; push or commit something first"
        if HEX.fullmatch(revision):
            return (
                f"commit {revision} is gone from {hide_userinfo(self.url)} (rebased away, or beyond a "
                "shallow clone's depth); name one that a branch or tag reaches, or run: git fetch --unshallow"
            )
        what = "no commit checked out" if revision == "HEAD" else f"no branch or tag {revision}"
        return f"{hide_userinfo(self.url)} has {what}; name one with --base, or as base in healer.toml"

    def history(
        self, commit: str, path: str, start: int, end: int, seconds: float = 10
    ) -> tuple[Commit, ...]:
        """Commits that touched these lines (1-based, inclusive), newest first, at most ten; of the
        whole file where following the lines takes longer than `seconds`."""
        shape = ("--max-count=10", "-s", "--format=%H%x00%an%x00%ae%x00%aI%x00%s%x1e", "--no-textconv")
        lines = ("log", *shape, f"-L{start},{end}:{path}", commit)
        whole = ("log", *shape, commit, "--", f":(literal){path}")
        for arguments in (lines, whole):
            with contextlib.suppress(GitFailed):
                return parse_log(self.run(*arguments, seconds=seconds))
        return ()

    def branch(self, name: str, base: str, files: Mapping[str, str | None], message: str, when: int) -> str:
        """Write the branch healer/`name`: `base` with `files` (path -> new text, None deletes).

        `when` is in seconds since 1970. The same arguments give the same commit. Raises BadInput where
        a path is not a plain file's."""
        ref = branch_ref(name)
        with self.lock(), scratch() as place:
            index = {"GIT_INDEX_FILE": f"{place}/index"}
            self.run("read-tree", base, env=index)
            entries = "".join(self.entry(base, path, text) for path, text in sorted(files.items()))
            self.run("update-index", "-z", "--index-info", stdin=entries.encode(), env=index)
            tree = self.run("write-tree", env=index).decode().strip()
            commit = self.commit(tree, base, message, when)
            self.run("update-ref", ref, commit)
        return commit

    def entry(self, base: str, path: str, text: str | None) -> str:
        mode = self.mode(base, path)
        if text is None:
            return f"0 {'0' * 40}\t{path}\0"
        blob = self.run("hash-object", "-w", "--stdin", "--no-filters", stdin=text.encode())
        return f"{mode or '100644'} {blob.decode().strip()}\t{path}\0"

    def mode(self, base: str, path: str) -> str:
        """The mode of a regular file at `base`, "" where there is none. Raises BadInput for the rest."""
        parts = path.split("/")
        if {"", ".", ".."} & set(parts) or any(p.lower().startswith(".git") for p in parts) or "\0" in path:
            raise BadInput(f"{path!r} cannot be part of a proposal")
        above = ["/".join(parts[:n]) for n in range(1, len(parts))]
        listed = self.run("ls-tree", "-z", "--full-tree", base, "--", *above, path).decode()
        modes = {line.partition("\t")[2]: line[:6] for line in listed.split("\0") if line}
        if any(modes.get(directory, "040000") != "040000" for directory in above):
            raise BadInput(f"{path!r} lies below a symlink, a submodule or a file")
        if modes.get(path, "100644") not in {"100644", "100755"}:
            raise BadInput(f"{path!r} is a directory, a symlink or a submodule, not a file to change")
        return modes.get(path, "")

    def commit(self, tree: str, parent: str, message: str, when: int) -> str:
        who = {}
        for role in ("AUTHOR", "COMMITTER"):
            who[f"GIT_{role}_NAME"], who[f"GIT_{role}_EMAIL"] = AUTHOR
            who[f"GIT_{role}_DATE"] = f"@{when} +0000"
        made = self.run("commit-tree", "--no-gpg-sign", tree, "-p", parent, stdin=message.encode(), env=who)
        return made.decode().strip()

    def push(
        self, destination: str, name: str, *, token: str = "", replaces: str = "", seconds: float = 300
    ) -> str:
        """Copy the branch healer/`name`, and nothing else, to another repository; returns the commit.

        `replaces`: a commit of ours there, beside the one pushed last. Raises Refused where anybody else's
        is there. A local repository's hooks do not run: whoever can write its configuration is not asked."""
        ref = branch_ref(name)
        commit = self.run("rev-parse", "--verify", f"{ref}^{{commit}}").decode().strip()
        env = with_token(destination, token)
        try:
            there = self.there(destination, ref, env)
            if there not in {"", commit, replaces, *self.pushed(ref)}:
                raise Refused(
                    "foreign_branch",
                    f"somebody else pushed {there[:12]} to {ref[11:]}; the branch is theirs now",
                )
            if there != commit:
                self.note(PUSHING, ref, commit)
                self.send(destination, ref, commit, there, seconds, env)
            self.note(PUSHED, ref, commit)
        except GitFailed as error:
            raise Transient(f"cannot push to {hide_userinfo(destination)}: {error}") from None
        return commit

    def send(
        self, destination: str, ref: str, commit: str, there: str, seconds: float, env: Mapping[str, str]
    ) -> None:
        receiver = f"--receive-pack={RECEIVER}" if local_path(destination) else "--no-verify"
        lease = f"--force-with-lease={ref}:{there}"
        order = ("push", "--quiet", "--no-verify", lease, receiver, "--", destination, f"{commit}:{ref}")
        self.run(*order, seconds=seconds, env=env)

    def note(self, kind: str, ref: str, commit: str) -> None:
        self.run("update-ref", ref.replace("refs/heads/", kind), commit)

    def pushed(self, ref: str) -> list[str]:
        """What we pushed last, and what we were about to push when we were killed."""
        names = [ref.replace("refs/heads/", kind) for kind in (PUSHED, PUSHING)]
        return self.run("for-each-ref", "--format=%(objectname)", *names).decode().split()

    def there(self, destination: str, ref: str, env: Mapping[str, str]) -> str:
        """The commit of `ref` in another repository, "" where it has none."""
        local = local_path(destination)
        if local is not None:
            return Borrowed(local).refs().get(ref, "")
        listed = self.run("ls-remote", "--", destination, ref, seconds=60, env=env).decode()
        return listed.partition("\t")[0]

    def holds(self, commit: str, other: str) -> bool:
        """Whether `other` is `commit` or one of its ancestors."""
        try:
            self.run("merge-base", "--is-ancestor", other, commit)
        except GitFailed:
            return False
        return True

    def merges(self, commit: str, other: str) -> bool:
        """Whether the two go together without a conflict. Changes no branch."""
        try:
            self.run("merge-tree", "--write-tree", commit, other)
        except GitFailed:
            return False
        return True

    def remove(self) -> None:
        """Leave nothing of a source that could not be used."""
        with self.lock():
            shutil.rmtree(self.directory, ignore_errors=True)

    def remote_branches(self, seconds: float = 60) -> dict[str, str]:
        """Our branches at the source: name without healer/ -> commit."""
        local = local_path(self.url)
        if local is not None:
            refs = {} if local.is_file() else Borrowed(local).refs()
        else:
            listed = self.run("ls-remote", "--", self.url, f"{BRANCH}*", seconds=seconds).decode()
            refs = {name: sha for sha, name in (line.split("\t") for line in listed.splitlines())}
        return {name.removeprefix(BRANCH): sha for name, sha in refs.items() if name.startswith(BRANCH)}


RECEIVER = (
    "git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.alternateRefsCommand=true "
    "-c receive.autogc=false -c receive.denyCurrentBranch=refuse -c gc.auto=0 -c maintenance.auto=false "
    "-c safe.directory=* receive-pack"
)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def local_path(url: str) -> Path | None:
    """The path where `url` is one, or names one; None for a network address."""
    if url.startswith("file://"):
        return Path(url.removeprefix("file://"))
    if "://" in url:
        return None
    path = Path(url)
    if path.exists() or url.startswith(("/", ".", "~")) or ":" not in url:
        if not path.exists():
            raise BadInput(f"{url} does not exist; give the path of a git repository, a bundle or a URL")
        return path.absolute()
    return None  # user@host:path


def bundle_specs(mirror: Mirror, bundle: Path) -> list[str]:
    try:
        heads = mirror.run("bundle", "list-heads", str(bundle)).decode()
    except GitFailed as error:
        raise BadInput(f"{bundle} is not a git bundle: {error}") from None
    return [*SPECS, *(["+HEAD:refs/source/HEAD"] if " HEAD" in heads else [])]


def candidates(name: str) -> tuple[str, ...]:
    """Where `name` may stand in a mirror; a branch is preferred to a tag, both to a commit id."""
    plain = name.removeprefix("refs/heads/").removeprefix("refs/remotes/").removeprefix("origin/")
    refs = (f"refs/source/heads/{name}", f"refs/source/heads/{plain}", f"refs/source/tags/{name}")
    if name == "HEAD":
        return ("refs/source/HEAD",)
    return (*refs, f"refs/source/{name.removeprefix('refs/')}", *((name,) if HEX.fullmatch(name) else ()))


def branch_ref(name: str) -> str:
    ref = BRANCH + name.removeprefix("healer/")
    if not usable(ref):
        raise BadInput(f"{name!r} cannot be a branch name")
    return ref


def parse_log(out: bytes) -> tuple[Commit, ...]:
    commits = []
    for record in out.decode("utf-8", "replace").split("\x1e"):
        fields = record.strip("\n").split("\0")
        if len(fields) == 5:
            sha, author, email, when, subject = fields
            commits.append(Commit(sha=sha, author=author, email=email, when=when, subject=subject))
    return tuple(commits)
