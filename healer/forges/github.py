"""Proposals as pull requests on GitHub: opened once, as drafts, for a person to merge.

Every verb looks before it acts, so all of them may be repeated after a crash at any point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from github import GithubException
from github.CommitStatus import CommitStatus
from github.PullRequest import PullRequest as Pull

from healer.case import Proof, PullRequest, PullState, Suggestion, UnprovenDraft
from healer.errors import NotConfigured, Refused
from healer.forges import github_talk as talk
from healer.forges.github_client import GithubClient, message_of
from healer.forges.owners import PLACES, owners_of
from healer.protocols import Commit, Push, PushUnproven, Standing

CHECK = "healer/proof"
MAX_BODY = 65_536
WRITERS = frozenset({"admin", "maintain", "write"})
Blame = Callable[[Proof], tuple[Commit, ...]]  # commits that last touched the crash's line, newest first


@dataclass(frozen=True)
class Manners:
    """How proposals are presented. `base`: branch to propose to, "" for the repository's default."""

    base: str = ""
    labels: tuple[str, ...] = ("healer",)
    ask: bool = True  # one owner for a review


class GithubForge:
    """`url` is what git pushes to. Implements `Forge` and `Dialogue`."""

    name = "github"

    def __init__(
        self,
        client: GithubClient,
        url: str,
        push: Push,
        manners: Manners | None = None,
        blame: Blame = lambda proof: (),
        push_unproven: PushUnproven | None = None,
    ) -> None:
        self._push_unproven = push_unproven
        self._client, self._url, self._push = client, url, push
        self._manners, self._blame = manners or Manners(), blame
        self._owner = client.repository.partition("/")[0]
        self._writers: dict[str, bool] = {}

    def ready(self) -> None:
        """Raises NotConfigured unless the base branch takes changes by pull request only, also from us:
        whoever may push may also merge, so no permission keeps Healer, or who steals its token, away."""
        base = self._client.call(self._base)
        rules = self._client.call(lambda: self._client.get(f"/rules/branches/{base}?per_page=100"))
        requiring = [rule for rule in rules if rule.get("type") == "pull_request"]
        if not requiring:
            raise NotConfigured(
                f"{self._client.repository}: nothing requires a pull request for {base}; add a ruleset with "
                "'Require a pull request before merging' and keep Healer off its bypass list"
            )
        if not any(self._client.call(partial(self._binds, rule)) for rule in requiring):
            raise NotConfigured(
                f"{self._client.repository}: the rule that requires a pull request for {base} does not bind "
                "Healer's own account; take it, its teams and its role off the ruleset's bypass list"
            )

    def _binds(self, rule: Mapping[str, Any]) -> bool:
        """Whether we cannot pass the rule's set. Whatever does not say so does not bind."""
        number = rule.get("ruleset_id")
        if not isinstance(number, int):
            return False
        found = self._client.get(f"/rulesets/{number}?includes_parents=true")
        return bool(found.get("current_user_can_bypass") == "never")

    def find(self, key: str) -> PullRequest | None:
        pull = self._client.call(lambda: self._pull_of(f"healer/{key}"))
        return _noun(key, pull) if pull else None

    def publish(self, key: str, proof: Proof, title: str, body: str) -> PullRequest:
        branch = f"healer/{key}"
        there = self._client.call(lambda: self._pull_of(branch))
        if there is not None and there.state != "open":
            return _noun(key, there)
        self._push(proof, branch, url=self._url, token=self._client.token())
        pull = self._client.call(lambda: self._ensure(branch, title, bounded(body)))
        self._dress(key, pull, proof)
        return _noun(key, pull)

    def suggest(self, key: str, suggestion: Suggestion, title: str, body: str) -> UnprovenDraft:
        """A draft without a check, a status or a request for review, labelled `unproven`."""
        if self._push_unproven is None:
            raise Refused("no_drafts", "This forge was opened for proven changes only.")
        branch = f"healer/unproven-{key}"
        there = self._client.call(lambda: self._pull_of(branch))
        if there is None or there.state == "open":
            self._push_unproven(suggestion, branch, url=self._url, token=self._client.token())
            there = there or self._client.call(lambda: self._draft(branch, title, bounded(body)))
            label = {"labels": ["unproven"]}
            self._client.call(lambda: self._client.post(f"/issues/{there.number}/labels", label))
        return UnprovenDraft(
            key=key,
            branch=branch,
            commit=there.head.sha,
            number=there.number,
            url=there.html_url,
            title=there.title,
        )

    def _draft(self, branch: str, title: str, body: str) -> Pull:
        """Only ever as a draft."""
        try:
            return self._client.repo.create_pull(
                title=title[:256], body=body, head=branch, base=self._base(), draft=True
            )
        except GithubException as error:
            if "draft pull requests are not supported" not in message_of(error).lower():
                raise
            raise Refused("no_drafts", "This repository has no drafts, so nothing is suggested.") from None

    def update(self, pull: PullRequest) -> PullRequest:
        return self._client.call(lambda: self._update(pull))

    def close(self, pull: PullRequest, reason: str) -> PullRequest:
        self.answer(pull, "closing", reason)
        return self._client.call(lambda: self._close(pull))

    def look(self, pull: PullRequest) -> Standing:
        return self._client.call(lambda: self._look(pull))

    def answer(self, pull: PullRequest, to: str, text: str) -> None:
        self._client.call(lambda: talk.answer(self._get(pull), to, text))

    def amend(self, pull: PullRequest, proof: Proof, title: str, body: str) -> PullRequest:
        token = self._client.token()
        commit = self._push(proof, pull.branch, url=self._url, token=token, replaces=pull.commit)
        changed = pull.model_copy(update={"commit": commit, "title": title, "body": bounded(body)})
        updated = self.update(changed)
        self._client.call(lambda: self._show_proof(commit, proof))
        return updated.model_copy(update={"commit": commit})

    def ask(self, pull: PullRequest, proof: Proof) -> None:
        if self._manners.ask:
            self._client.call(lambda: self._ask(self._get(pull), proof))

    def _base(self) -> str:
        return self._manners.base or str(self._client.get("")["default_branch"])

    def _get(self, pull: PullRequest) -> Pull:
        return self._client.repo.get_pull(pull.number)

    def _pull_of(self, branch: str) -> Pull | None:
        """The open one, else the newest."""
        found = self._client.repo.get_pulls(state="all", head=f"{self._owner}:{branch}", sort="created")
        pulls = sorted(found, key=lambda pull: (pull.state == "open", pull.number))
        return pulls[-1] if pulls else None

    def _ensure(self, branch: str, title: str, body: str) -> Pull:
        there = self._pull_of(branch)
        if there is not None:
            return there
        wanted: dict[str, Any] = {"title": title[:256], "body": body, "head": branch, "base": self._base()}
        try:
            return self._client.repo.create_pull(draft=True, **wanted)
        except GithubException as error:
            if "draft pull requests are not supported" not in message_of(error).lower():
                raise
            return self._client.repo.create_pull(draft=False, **wanted)

    def _dress(self, key: str, pull: Pull, proof: Proof) -> None:
        call = self._client.call
        call(lambda: self._label(pull))
        call(lambda: self._show_proof(pull.head.sha, proof))
        call(lambda: talk.keep_status(pull, talk.status(_noun(key, pull))))
        if self._manners.ask:
            call(lambda: self._ask(pull, proof))

    def _label(self, pull: Pull) -> None:
        missing = set(self._manners.labels) - {label.name for label in pull.labels}
        if missing:
            self._client.post(f"/issues/{pull.number}/labels", {"labels": sorted(missing)})

    def _show_proof(self, commit: str, proof: Proof) -> None:
        title = f"red, green, red; {len(proof.pass_to_pass)} other tests still pass"
        if not self._client.is_app:  # only apps may write check runs
            shown = self._client.repo.get_commit(commit).get_combined_status()
            if CHECK not in {one.context for one in shown.statuses}:
                here = self._client.repo.get_commit(commit)
                here.create_status("success", description=title[:140], context=CHECK)
            return
        if CHECK not in {one.name for one in self._client.repo.get_commit(commit).get_check_runs()}:
            self._client.repo.create_check_run(
                name=CHECK,
                head_sha=commit,
                status="completed",
                conclusion="success",
                external_id=commit,
                output={
                    "title": title,
                    "summary": talk.proof_summary(proof)[: MAX_BODY - 1],
                    **talk.proof_file(proof, MAX_BODY - 1),
                },
            )

    def _ask(self, pull: Pull, proof: Proof) -> None:
        if pull.requested_reviewers or pull.requested_teams or pull.get_reviews().totalCount:
            return
        for who in self._candidates(proof):
            team = who.partition("/")[2]
            if not team and (who == pull.user.login or not self._may_write(who)):
                continue
            try:
                pull.create_review_request(**({"team_reviewers": [team]} if team else {"reviewers": [who]}))
                return
            except GithubException as error:
                if error.status != 422:  # not a collaborator, or a team without access
                    raise

    def _candidates(self, proof: Proof) -> Iterator[str]:
        """The suspect commit's author, then the owners of what is changed; each once."""
        seen: set[str] = set()
        for who in (*self._authors(proof), *self._owners(proof)):
            if who not in seen:
                seen.add(who)
                yield who

    def _authors(self, proof: Proof) -> Iterator[str]:
        for commit in self._blame(proof)[:1]:
            author = self._client.repo.get_commit(commit.sha).author
            if author and author.type == "User":
                yield author.login

    def _owners(self, proof: Proof) -> Iterator[str]:
        for place in PLACES:
            try:
                found = self._client.repo.get_contents(place, ref=proof.base)
            except GithubException as error:
                if error.status != 404:
                    raise
                continue
            if isinstance(found, list):
                continue
            text = found.decoded_content.decode("utf-8", "replace")
            for path in sorted(proof.patch.files):
                yield from owners_of(text, path)
            return

    def _may_write(self, login: str) -> bool:
        """By the permission itself: an association with the organisation says nothing about it."""
        if login not in self._writers:
            try:
                allowed = self._client.repo.get_collaborator_permission(login) in WRITERS
            except GithubException as error:
                if error.status != 404:
                    raise
                allowed = False
            self._writers[login] = allowed
        return self._writers[login]

    def _update(self, pull: PullRequest) -> PullRequest:
        there = self._get(pull)
        body = bounded(pull.body) if pull.body else there.body or ""
        if there.state == "open" and (there.title, there.body) != (pull.title or there.title, body):
            there.edit(title=pull.title or there.title, body=body)
        if pull.state is PullState.READY and there.draft and there.state == "open":
            there.mark_ready_for_review()
        now = _noun(pull.key, there)
        talk.keep_status(there, talk.status(now))
        return now

    def _close(self, pull: PullRequest) -> PullRequest:
        there = self._get(pull)
        if there.state == "open":
            there.edit(state="closed")
        return _noun(pull.key, there)

    def _look(self, pull: PullRequest) -> Standing:
        there = self._get(pull)
        self._writers.clear()
        heard, unheard, last = talk.heard(there, self._may_write)
        ended = there.merged_by if there.merged else None
        return Standing(
            pull=_noun(pull.key, there),
            base=self._client.repo.get_branch(there.base.ref).commit.sha,
            conflict=None if there.mergeable is None else there.mergeable_state == "dirty",
            checks=self._checks(there.head.sha),
            merged_as=(there.merge_commit_sha or "") if there.merged else "",
            ended_by=ended.login if ended else "",
            ours=talk.said(there, "closing"),
            heard=heard,
            unheard=unheard,
            quiet_since=max(last, there.created_at),
        )

    def _statuses(self, commit: str) -> Iterable[CommitStatus]:
        """An app that is narrowed to checks may not read them; who reports by status alone says `/ready`."""
        try:
            return self._client.repo.get_commit(commit).get_combined_status().statuses
        except GithubException as error:
            if error.status != 403 or not self._client.is_app:
                raise
            return ()

    def _checks(self, commit: str) -> str:
        here = self._client.repo.get_commit(commit)
        runs = [(r.name, r.status, r.conclusion) for r in here.get_check_runs() if r.name != CHECK]
        told = [(s.context, s.state) for s in self._statuses(commit) if s.context != CHECK]
        good = {"success", "neutral", "skipped"}
        ended = [conclusion in good for _, status, conclusion in runs if status == "completed"]
        ended += [state == "success" for _, state in told if state != "pending"]
        if not runs and not told:
            return "none"
        if not all(ended):
            return "red"
        return "green" if len(ended) == len(runs) + len(told) else "pending"


def bounded(body: str) -> str:
    """GitHub takes 65,536 characters. What is cut away is in the proof, and the body says so."""
    if len(body) <= MAX_BODY:
        return body
    note = "\n\n*Cut here: GitHub takes no more. The rest is in the proof.*\n"
    return body[: MAX_BODY - len(note)] + note


def _noun(key: str, pull: Pull) -> PullRequest:
    state = PullState.DRAFT if pull.draft else PullState.READY
    if pull.state != "open":
        state = PullState.MERGED if pull.merged_at else PullState.CLOSED
    return PullRequest(
        key=key,
        branch=pull.head.ref,
        commit=pull.head.sha,
        number=pull.number,
        url=pull.html_url,
        title=pull.title,
        body=pull.body or "",
        state=state,
    )
