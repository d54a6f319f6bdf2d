"""A forge without a server: a branch in the repository, and a folder beside its objects that holds the
pull request as a reviewer would read it, with its proof."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from healer.case import Proof, PullRequest, PullState, Suggestion, UnprovenDraft
from healer.errors import NotConfigured, Refused
from healer.protocols import Push, PushUnproven, Standing, Survey
from healer.proving.document import to_json


class LocalForge:
    """`repository` is a checkout or a bare repository on this machine, `base` the branch to propose to.

    Pull requests live in `<git dir>/healer/<key>/`: pull.json, pull.md, fix.patch, proof.json, answers.md.
    That is outside the work tree, so a proposal never shows up as somebody's uncommitted change. A person
    answers with git: merges the branch, deletes it, or commits to it. Implements `Forge` and `Dialogue`.
    """

    name = "local"

    def __init__(
        self,
        repository: Path,
        push: Push,
        survey: Survey,
        base: str = "HEAD",
        folder: Path | None = None,
        push_unproven: PushUnproven | None = None,
    ) -> None:
        self._repository, self._push, self._survey = repository, push, survey
        self._push_unproven = push_unproven
        self._base, self._folder = base, folder

    @property
    def folder(self) -> Path:
        if self._folder:
            return self._folder
        git = self._repository / ".git"
        if git.is_dir():
            return git / "healer"
        if (self._repository / "objects").is_dir():
            return self._repository / "healer"
        return self._repository.with_name(self._repository.name + "-healer")

    def ready(self) -> None:
        """Raises NotConfigured where there is no place to publish to."""
        if not self._repository.is_dir():
            raise NotConfigured(f"{self._repository}: no such repository; correct the project's repository")

    def find(self, key: str) -> PullRequest | None:
        path = self.folder / key / "pull.json"
        if not path.is_file():
            return None
        return PullRequest.model_validate_json(path.read_bytes())

    def publish(self, key: str, proof: Proof, title: str, body: str) -> PullRequest:
        """The branch first, pull.json last: whoever finds pull.json finds everything it speaks of."""
        if there := self.find(key):
            return there
        branch = f"healer/{key}"
        commit = self._push(proof, branch, url=str(self._repository))
        pull = PullRequest(
            key=key,
            branch=branch,
            commit=commit,
            number=self._number(key),
            url=str(self.folder / key / "pull.md"),
            title=title,
            body=body,
        )
        return self._present(pull, proof)

    def _present(self, pull: PullRequest, proof: Proof) -> PullRequest:
        self._write(pull.key, "pull.md", f"# {pull.title}\n\n{pull.body}")
        self._write(pull.key, "fix.patch", proof.patch.diff)
        self._write(pull.key, "proof.json", json.dumps(to_json(proof), indent=1) + "\n")
        return self.update(pull)

    def suggest(self, key: str, suggestion: Suggestion, title: str, body: str) -> UnprovenDraft:
        """Beside the proposals, under a name that none of them has, and without a proof."""
        if self._push_unproven is None:
            raise Refused("no_drafts", "This forge was opened for proven changes only.")
        name = f"unproven-{key}"
        branch = f"healer/{name}"
        commit = self._push_unproven(suggestion, branch, url=str(self._repository))
        self._write(name, "change.patch", suggestion.patch.diff)
        page = self._write(name, "draft.md", f"# {title}\n\n{body}")
        return UnprovenDraft(key=key, branch=branch, commit=commit, url=str(page), title=title)

    def update(self, pull: PullRequest) -> PullRequest:
        """A body that is left out stays as it is."""
        there = self.find(pull.key)
        kept = pull if pull.body or there is None else pull.model_copy(update={"body": there.body})
        if kept != there:
            self._write(pull.key, "pull.json", kept.model_dump_json(indent=1))
        return kept

    def close(self, pull: PullRequest, reason: str) -> PullRequest:
        self._write(pull.key, "closed.txt", reason + "\n")
        return self.update(pull.model_copy(update={"state": PullState.CLOSED}))

    def look(self, pull: PullRequest) -> Standing:
        """A branch that the base holds was merged; one that is gone was closed."""
        there = self.find(pull.key) or pull
        found = self._survey(str(self._repository), there.branch, there.commit, self._base)
        state = there.state
        if state in (PullState.DRAFT, PullState.READY):
            gone = state if found.head else PullState.CLOSED
            state = PullState.MERGED if found.merged else gone
        written = (self.folder / pull.key / "pull.json").stat().st_mtime
        return Standing(
            pull=there.model_copy(update={"commit": found.head or there.commit, "state": state}),
            base=found.base,
            conflict=found.conflict,
            merged_as=found.base if state is PullState.MERGED else "",
            ours=(self.folder / pull.key / "closed.txt").is_file(),
            quiet_since=datetime.fromtimestamp(written, UTC),
        )

    def answer(self, pull: PullRequest, to: str, text: str) -> None:
        path = self.folder / pull.key / "answers.md"
        said = path.read_text(encoding="utf-8") if path.is_file() else ""
        mark = f"<!-- healer:{to} -->"
        if mark not in said:
            self._write(pull.key, "answers.md", f"{said}{mark}\n{text}\n\n")

    def amend(self, pull: PullRequest, proof: Proof, title: str, body: str) -> PullRequest:
        commit = self._push(proof, pull.branch, url=str(self._repository), replaces=pull.commit)
        return self._present(pull.model_copy(update={"commit": commit, "title": title, "body": body}), proof)

    def ask(self, pull: PullRequest, proof: Proof) -> None:
        """Whoever has the repository has been told already."""

    def _number(self, key: str) -> int:
        taken = sorted(p.name for p in self.folder.iterdir()) if self.folder.is_dir() else []
        return taken.index(key) + 1 if key in taken else len(taken) + 1

    def _write(self, key: str, name: str, text: str) -> Path:
        directory = self.folder / key
        directory.mkdir(parents=True, exist_ok=True)
        path, draft = directory / name, directory / f".{name}.{os.getpid()}"
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, path)
        return path
