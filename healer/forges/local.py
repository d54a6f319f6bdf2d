"""A forge without a server: a branch in the repository, and a folder beside its objects that holds the
pull request as a reviewer would read it, with its proof."""

from __future__ import annotations

import json
import os
from pathlib import Path

from healer.case import Proof, PullRequest, PullState, Suggestion, UnprovenDraft
from healer.errors import NotConfigured, Refused
from healer.protocols import Push, PushUnproven
from healer.proving.document import to_json


class LocalForge:
    """`repository` is a checkout or a bare repository on this machine.

    Pull requests live in `<git dir>/healer/<key>/`: pull.json, pull.md, fix.patch, proof.json.
    That is outside the work tree, so a proposal never shows up as somebody's uncommitted change.
    """

    name = "local"

    def __init__(
        self,
        repository: Path,
        push: Push,
        folder: Path | None = None,
        push_unproven: PushUnproven | None = None,
    ) -> None:
        self._repository, self._push = repository, push
        self._push_unproven = push_unproven
        self._folder = folder

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
        self._write(key, "pull.md", f"# {title}\n\n{body}")
        self._write(key, "fix.patch", proof.patch.diff)
        self._write(key, "proof.json", json.dumps(to_json(proof), indent=1) + "\n")
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
        self._write(pull.key, "pull.json", pull.model_dump_json(indent=1))
        return pull

    def close(self, pull: PullRequest, reason: str) -> PullRequest:
        self._write(pull.key, "closed.txt", reason + "\n")
        return self.update(pull.model_copy(update={"state": PullState.CLOSED}))

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
