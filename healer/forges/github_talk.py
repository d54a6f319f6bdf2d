"""What is said on a pull request: people's remarks, our answers, and the one comment that is kept current.

A comment of ours carries a marker, and only the pull request's author (Healer) can have written it, so a
stranger who copies the marker into a comment of their own changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from github.IssueComment import IssueComment
from github.PullRequest import PullRequest as Pull

from healer.case import Proof, PullRequest, PullState
from healer.protocols import Heard
from healer.proving.document import to_json

MAX_COMMENT = 65_536
KINDS = {"CHANGES_REQUESTED": "changes", "APPROVED": "approved", "COMMENTED": "comment"}
STATES = {
    PullState.DRAFT: "This is a draft: it becomes ready when its checks are green, or when a person says so.",
    PullState.READY: "This is ready for a review. A person decides and merges.",
    PullState.MERGED: "This was merged. Healer now watches whether the error comes back.",
    PullState.CLOSED: "This was closed. The error stays silent until a newer release brings it back.",
}


def marker(key: str) -> str:
    return f"<!-- healer:{key} -->"


def status(pull: PullRequest) -> str:
    return "\n".join(
        (
            STATES[pull.state],
            "",
            "- Request changes in a review, and Healer proposes and proves again.",
            "- Push to this branch, and Healer leaves it to you.",
            "- Close it, and say why in a comment: that is kept as a lesson.",
        )
    )


def proof_summary(proof: Proof) -> str:
    rows = [f"| {r.name} | {len(r.passed())} | {len(r.failed())} | {r.seconds:.2f} |" for r in proof.runs]
    head = "| run | passed | failed | seconds |\n| --- | --- | --- | --- |\n"
    return head + "\n".join(rows) + "\n\nEvidence by tests, not correctness. Repeat it with `healer verify`."


def proof_file(proof: Proof, most: int) -> dict[str, str]:
    """`proof.json` as the check's text; {} where it is longer than `most`. Backticks, which would end the
    block, are written the other way that JSON has for them."""
    written = json.dumps(to_json(proof), indent=1).replace("`", "\\u0060")
    text = f"Save this as `proof.json`:\n\n```json\n{written}\n```\n"
    return {"text": text} if len(text) <= most else {}


def keep_status(pull: Pull, text: str) -> None:
    """One comment, edited in place."""
    written = f"{marker('status')}\n{text}"
    for comment in _ours(pull):
        if comment.body.startswith(marker("status")):
            if comment.body != written:
                comment.edit(written)
            return
    pull.create_issue_comment(written)


def said(pull: Pull, to: str) -> bool:
    return any(comment.body.startswith(marker(to)) for comment in _ours(pull))


def answer(pull: Pull, to: str, text: str) -> None:
    """Once. A remark on a line is answered below it, everything else as a comment."""
    written = f"{marker(to)}\n{text}"[:MAX_COMMENT]
    kind, _, number = to.partition("-")
    if kind == "line":
        mine = [c for c in pull.get_review_comments() if c.user and c.user.login == pull.user.login]
        if not any(c.body.startswith(marker(to)) for c in mine):
            pull.create_review_comment_reply(int(number), written)
    elif not said(pull, to):
        pull.create_issue_comment(written)


def heard(pull: Pull, may_write: Callable[[str], bool]) -> tuple[tuple[Heard, ...], int, datetime]:
    """(remarks of people with write access, how many others there were, when the last one came)."""
    remarks, others, last = [], 0, datetime.min.replace(tzinfo=UTC)
    for user, remark in sorted(_remarks(pull), key=lambda pair: pair[1].at):
        if user.login == pull.user.login:
            continue
        if user.type != "User" or not may_write(user.login):
            others += 1
            continue
        last = max(last, remark.at)
        remarks.append(remark)
    return tuple(remarks), others, last


def _remarks(pull: Pull) -> Iterator[tuple[Any, Heard]]:
    """(user, remark). The remarks on lines of a review that asks for changes belong to it."""
    lines: dict[int, list[str]] = {}
    for c in pull.get_review_comments():
        if not _known(c.user):
            continue
        lines.setdefault(c.pull_request_review_id or 0, []).append(f"{c.path}: {c.body}")
        yield c.user, Heard(id=f"line-{c.id}", who=c.user.login, kind="comment", text=c.body, at=c.created_at)
    for r in pull.get_reviews():
        if _known(r.user) and r.state in KINDS:
            text = "\n".join([r.body or "", *lines.get(r.id, [])]).strip()
            kind, at = KINDS[r.state], r.submitted_at
            yield r.user, Heard(id=f"review-{r.id}", who=r.user.login, kind=kind, text=text, at=at)
    for i in pull.get_issue_comments():
        if _known(i.user):
            yield (
                i.user,
                Heard(id=f"comment-{i.id}", who=i.user.login, kind="comment", text=i.body, at=i.created_at),
            )


def _known(user: Any) -> bool:
    """Not of an account that is gone."""
    return user is not None


def _ours(pull: Pull) -> Iterator[IssueComment]:
    return (c for c in pull.get_issue_comments() if c.user and c.user.login == pull.user.login)
