"""GitHub, as far as a proposal needs it: the REST requests are checked against GitHub's own description,
pushes go through git's real HTTP backend into a real bare repository, and everything is remembered.

What the real one refuses is refused here: check runs by personal tokens, a second pull request for a
branch, reviewers without access, bodies that are too long, and every request without a version.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt

from tests.fakes.http import Asked, Contract, Reply, Violation, listening

HERE = Path(__file__).parents[2]
SHARED = HERE.parent / "shared" / "contracts" / "github" / "openapi-subset.json"
OWN = HERE / "tests" / "samples" / "github" / "requests.json"
RULESETS = OWN.with_name("rulesets.json")
PERMISSIONS = {"contents": "write", "pull_requests": "write", "checks": "write"}
TOKEN, INSTALLED = "ghp_person", "ghs_installation"
READY = re.compile(r"mutation \w+\(\$input: MarkPullRequestReadyForReviewInput!\)")


class No(Exception):
    def __init__(self, status: int, message: str, *details: str) -> None:
        self.reply = Reply(status, {"message": message, "errors": [{"message": d} for d in details]})


@dataclass
class FakeGithub:
    """`repository`: a bare repository. `people`: login -> permission. `authors`: e-mail -> login."""

    repository: Path
    name: str = "acme/shop"
    public_key: str = ""  # of the app, PEM
    people: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    rules: list[str] = field(default_factory=lambda: ["pull_request"])
    bypass: str = "never"  # whether who asks may pass the rules: always | pull_requests_only | never | exempt
    drafts: bool = True
    pushes: bool = True  # whether a person's token may
    url: str = ""
    pulls: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    reviews: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    lines: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    checks: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[dict[str, Any]] = field(default_factory=list)
    permissions: dict[str, str] = field(default_factory=lambda: dict(PERMISSIONS))  # the installation's
    granted: list[dict[str, str]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    faults: list[Callable[[Asked], Reply | None]] = field(default_factory=list)
    _next: int = 100

    @contextmanager
    def running(self) -> Iterator[FakeGithub]:
        self._contract = Contract(SHARED if SHARED.is_file() else OWN, RULESETS)
        with listening(self._answer) as self.url:
            yield self
        assert not self.violations, self.violations

    @property
    def remote(self) -> str:
        return f"{self.url}/{self.name}.git"

    # What people do

    def comment(self, number: int, login: str, text: str, kind: str = "User") -> int:
        made = {**self._made(login, kind), "body": text}
        self.comments.setdefault(number, []).append(made)
        return int(made["id"])

    def review(self, number: int, login: str, state: str, text: str = "", line: str = "") -> int:
        made = {**self._made(login), "state": state, "body": text}
        made["submitted_at"] = made.pop("created_at")
        self.reviews.setdefault(number, []).append(made)
        if line:
            remark = {
                **self._made(login),
                "body": line,
                "path": "shop.py",
                "pull_request_review_id": made["id"],
            }
            self.lines.setdefault(number, []).append(remark)
        return int(made["id"])

    def end(self, number: int, login: str, *, merge: bool) -> None:
        pull = self.pulls[number]
        pull.update(state="closed", closed_at=now(), merged=merge, merged_at=now() if merge else None)
        pull.update(
            merged_by=self._user(login) if merge else None, merge_commit_sha="c" * 40 if merge else None
        )

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", "-C", str(self.repository), *arguments], capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else ""

    # What the client asks

    def _answer(self, asked: Asked) -> Reply:
        if asked.path.startswith(f"/{self.name}.git/"):
            return self._git(asked)
        self.asked.append(asked)
        for fault in list(self.faults):
            reply = fault(asked)
            if reply is not None:
                self.faults.remove(fault)
                return reply
        try:
            return self._rest(asked)
        except Violation as bad:
            self.violations.append(str(bad))
            return Reply(599, {"message": str(bad)})
        except No as no:
            return no.reply
        except Exception as error:
            self.violations.append(f"{asked.method} {asked.path}: {error!r}")
            return Reply(500, {"message": repr(error)})

    def _rest(self, asked: Asked) -> Reply:
        if asked.headers.get("x-github-api-version") != "2022-11-28":
            raise Violation(f"{asked.method} {asked.path} names no API version")
        if asked.path == "/graphql":
            return self._graphql(asked)
        template = self._contract.check(asked)
        name = f"_{asked.method.lower()}_{template.rstrip('/').replace('/repos/{owner}/{repo}', 'repo')}"
        handler = getattr(self, re.sub(r"[\W_]+", "_", name).rstrip("_"), None)
        if handler is None:
            raise Violation(f"nothing here answers {asked.method} {template}")
        self._authorise(asked, template)
        if "owner" in asked.found and f"{asked.found['owner']}/{asked.found['repo']}" != self.name:
            raise No(404, "Not Found")
        reply = handler(asked)
        return reply if isinstance(reply, Reply) else Reply(201 if asked.method == "POST" else 200, reply)

    def _authorise(self, asked: Asked, template: str) -> None:
        given = asked.headers.get("authorization", "").partition(" ")[2]
        if template.endswith(("/installation", "/access_tokens")):
            jwt.decode(given, self.public_key, algorithms=["RS256"], issuer="77")
        elif given not in {TOKEN, INSTALLED}:
            raise No(401, "Bad credentials")

    def _login(self, asked: Asked) -> str:
        app = INSTALLED in asked.headers["authorization"]
        return "healer[bot]" if app else "healer-machine"

    def _get_repo_installation(self, asked: Asked) -> Any:
        return {"id": 99, "app_id": 77, "permissions": {"metadata": "read", **self.permissions}}

    def _post_app_installations_installation_id_access_tokens(self, asked: Asked) -> Any:
        assert asked.body["repositories"] == [self.name.partition("/")[2]]
        self.granted.append(asked.body["permissions"])
        return {"token": INSTALLED, "expires_at": "2099-01-01T00:00:00Z", "permissions": {}}

    def _get_repo(self, asked: Asked) -> Any:
        allowed = {"pull": True, "push": self.pushes}
        return {"default_branch": "main", "full_name": self.name, "url": self._api(), "permissions": allowed}

    def _get_repo_rules_branches_branch(self, asked: Asked) -> Any:
        return [{"type": rule, "ruleset_id": 40 + n} for n, rule in enumerate(self.rules)]

    def _get_repo_rulesets_ruleset_id(self, asked: Asked) -> Any:
        return {"id": int(asked.found["ruleset_id"]), "current_user_can_bypass": self.bypass}

    def _get_repo_branches_branch(self, asked: Asked) -> Any:
        name = asked.found["branch"]
        return {"name": name, "commit": {"sha": self._sha(name), "url": f"{self._api()}/commits/{name}"}}

    def _get_repo_contents_path(self, asked: Asked) -> Any:
        text = self.git("show", f"{asked.query['ref']}:{asked.found['path']}")
        if not text:
            raise No(404, "Not Found")
        content = base64.b64encode(text.encode()).decode()
        return {"type": "file", "encoding": "base64", "content": content, "path": asked.found["path"]}

    def _get_repo_commits_ref(self, asked: Asked) -> Any:
        sha = asked.found["ref"]
        login = self.authors.get(self.git("show", "-s", "--format=%ae", sha))
        user = self._user(login) if login else None
        return {"sha": sha, "url": f"{self._api()}/commits/{sha}", "author": user}

    def _get_repo_pulls(self, asked: Asked) -> Any:
        head, state = asked.query.get("head"), asked.query.get("state", "open")
        owner = self.name.partition("/")[0]
        return [
            self._shown(pull)
            for pull in self.pulls.values()
            if head in (None, f"{owner}:{pull['head']['ref']}") and state in ("all", pull["state"])
        ]

    def _post_repo_pulls(self, asked: Asked) -> Any:
        wanted = asked.body
        if wanted.get("draft") and not self.drafts:
            raise No(422, "Draft pull requests are not supported in this repository.")
        if not self._sha(wanted["head"]) or len(wanted["body"]) > 65_536:
            raise No(422, "Validation Failed", "head is invalid or body is too long")
        if self._sha(wanted["head"]) == self._sha(wanted["base"]):
            raise No(422, "Validation Failed", f"No commits between {wanted['base']} and {wanted['head']}")
        for pull in self.pulls.values():
            if pull["head"]["ref"] == wanted["head"] and pull["state"] == "open":
                raise No(422, "Validation Failed", "A pull request already exists for this branch.")
        number = len(self.pulls) + 1
        self.pulls[number] = {
            **self._made(self._login(asked), "Bot"),
            "number": number,
            "node_id": f"PR_{number}",
            "url": f"{self._api()}/pulls/{number}",
            "issue_url": f"{self._api()}/issues/{number}",
            "html_url": f"https://github.com/{self.name}/pull/{number}",
            "title": wanted["title"],
            "body": wanted["body"],
            "draft": wanted.get("draft", False),
            "state": "open",
            "head": {"ref": wanted["head"]},
            "base": {"ref": wanted["base"]},
            "labels": [],
            "requested_reviewers": [],
            "requested_teams": [],
            "merged": False,
            "merged_at": None,
            "mergeable": None,
            "mergeable_state": "unknown",
        }
        return self._shown(self.pulls[number])

    def _get_repo_pulls_pull_number(self, asked: Asked) -> Any:
        return self._shown(self._pull(asked))

    def _patch_repo_pulls_pull_number(self, asked: Asked) -> Any:
        """As the real one it says nothing to `draft`, and does nothing about it."""
        pull = self._pull(asked)
        pull.update({k: v for k, v in asked.body.items() if k in {"title", "body", "state", "base"}})
        return self._shown(pull)

    def _get_repo_pulls_pull_number_reviews(self, asked: Asked) -> Any:
        return self.reviews.get(int(asked.found["pull_number"]), [])

    def _get_repo_pulls_pull_number_comments(self, asked: Asked) -> Any:
        return self.lines.get(int(asked.found["pull_number"]), [])

    def _post_repo_pulls_pull_number_comments_comment_id_replies(self, asked: Asked) -> Any:
        number = int(asked.found["pull_number"])
        made = {**self._made(self._login(asked), "Bot"), "body": asked.body["body"], "path": "shop.py"}
        made["in_reply_to_id"] = int(asked.found["comment_id"])
        self.lines.setdefault(number, []).append(made)
        return made

    def _post_repo_pulls_pull_number_requested_reviewers(self, asked: Asked) -> Any:
        pull = self._pull(asked)
        for login in asked.body.get("reviewers", []):
            if login == pull["user"]["login"] or login not in self.people:
                raise No(422, "Reviews may only be requested from collaborators.")
            pull["requested_reviewers"].append(self._user(login))
        pull["requested_teams"] += [{"slug": team} for team in asked.body.get("team_reviewers", [])]
        return self._shown(pull)

    def _get_repo_issues_issue_number_comments(self, asked: Asked) -> Any:
        return self.comments.get(int(asked.found["issue_number"]), [])

    def _post_repo_issues_issue_number_comments(self, asked: Asked) -> Any:
        number = int(asked.found["issue_number"])
        self.comment(number, self._login(asked), asked.body["body"], "Bot")
        return self.comments[number][-1]

    def _patch_repo_issues_comments_comment_id(self, asked: Asked) -> Any:
        for comment in (c for listed in self.comments.values() for c in listed):
            if comment["id"] == int(asked.found["comment_id"]):
                if comment["user"]["login"] != self._login(asked):
                    raise No(403, "Resource not accessible by integration")
                comment["body"] = asked.body["body"]
                return comment
        raise No(404, "Not Found")

    def _post_repo_issues_issue_number_labels(self, asked: Asked) -> Any:
        wanted = asked.body if isinstance(asked.body, list) else asked.body["labels"]
        pull = self.pulls[int(asked.found["issue_number"])]
        known = {label["name"] for label in pull["labels"]}
        pull["labels"] += [{"name": name} for name in wanted if name not in known]
        return Reply(200, pull["labels"])

    def _post_repo_check_runs(self, asked: Asked) -> Any:
        if self._login(asked) != "healer[bot]":
            raise No(403, "You must authenticate via a GitHub App.")
        self.checks.append({**asked.body, "id": self._number()})
        return self.checks[-1]

    def _get_repo_commits_ref_check_runs(self, asked: Asked) -> Any:
        wanted = asked.query.get("check_name")
        runs = [c for c in self.checks if c["head_sha"] == asked.found["ref"] and wanted in (None, c["name"])]
        return {"total_count": len(runs), "check_runs": runs}

    def _get_repo_commits_ref_status(self, asked: Asked) -> Any:
        if self._login(asked) == "healer[bot]":  # statuses are not among its permissions
            raise No(403, "Resource not accessible by integration")
        found = [s for s in self.statuses if s["sha"] == asked.found["ref"]]
        return {"state": "success", "sha": asked.found["ref"], "statuses": found, "total_count": len(found)}

    def _post_repo_statuses_sha(self, asked: Asked) -> Any:
        self.statuses.append({**asked.body, "sha": asked.found["sha"], "id": self._number()})
        return self.statuses[-1]

    def _get_repo_collaborators_username_permission(self, asked: Asked) -> Any:
        login = asked.found["username"]
        if login not in self.people:
            raise No(404, f"{login} is not a user")
        return {"permission": self.people[login], "user": self._user(login), "role_name": self.people[login]}

    def _graphql(self, asked: Asked) -> Reply:
        wanted = asked.body
        if not READY.match(wanted["query"]):
            raise Violation(f"no such GraphQL here: {wanted['query'][:80]}")
        node = wanted["variables"]["input"]["pullRequestId"]
        pull = next(p for p in self.pulls.values() if p["node_id"] == node)
        pull["draft"] = False
        answer = {"clientMutationId": None, "pullRequest": {"isDraft": False}}
        return Reply(200, {"data": {"markPullRequestReadyForReview": answer}})

    def _git(self, asked: Asked) -> Reply:
        """git's own server, as a CGI program."""
        expected = [base64.b64encode(f"x-access-token:{t}".encode()).decode() for t in (TOKEN, INSTALLED)]
        if asked.headers.get("authorization", "").removeprefix("Basic ") not in expected:
            return Reply(401, {}, {"WWW-Authenticate": "Basic"})
        env = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.repository.parent),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": f"/{self.repository.name}/" + asked.path.partition(".git/")[2],
            "REQUEST_METHOD": asked.method,
            "QUERY_STRING": "&".join(f"{k}={v}" for k, v in asked.query.items()),
            "CONTENT_TYPE": asked.headers.get("content-type", ""),
            "CONTENT_LENGTH": str(len(asked.raw)),
            "HTTP_CONTENT_ENCODING": asked.headers.get("content-encoding", ""),
            "GIT_PROTOCOL": asked.headers.get("git-protocol", ""),
            "REMOTE_USER": "x-access-token",
            "REMOTE_ADDR": "127.0.0.1",
        }
        done = subprocess.run(
            ["git", "http-backend"], input=asked.raw, env=env, capture_output=True, timeout=30
        )
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines() if ": " in line)
        status = int(headers.pop("Status", "200").split()[0])
        return Reply(status, body, headers)

    # Small things

    def _api(self) -> str:
        return f"{self.url}/repos/{self.name}"

    def _number(self) -> int:
        self._next += 1
        return self._next

    def _made(self, login: str, kind: str = "User") -> dict[str, Any]:
        number = self._number()
        made = {"id": number, "user": self._user(login, kind), "created_at": now()}
        return {**made, "url": f"{self._api()}/issues/comments/{number}"}

    def _user(self, login: str, kind: str = "User") -> dict[str, Any]:
        return {"login": login, "type": kind, "id": sum(login.encode()), "url": f"{self.url}/users/{login}"}

    def _sha(self, ref: str) -> str:
        return self.git("rev-parse", "--verify", "-q", f"refs/heads/{ref}")

    def _pull(self, asked: Asked) -> dict[str, Any]:
        pull = self.pulls.get(int(asked.found["pull_number"]))
        if pull is None:
            raise No(404, "Not Found")
        return pull

    def _shown(self, pull: dict[str, Any]) -> dict[str, Any]:
        for side in ("head", "base"):  # a branch that is gone is shown as it was
            pull[side]["sha"] = self._sha(pull[side]["ref"]) or pull[side].get("sha", "")
        sides = {side: pull[side] for side in ("head", "base")}
        clean = bool(self.git("merge-tree", "--write-tree", sides["base"]["sha"], sides["head"]["sha"]))
        found = {"mergeable": clean, "mergeable_state": "clean" if clean else "dirty"}
        return json.loads(json.dumps({**pull, **sides, **(found if pull["state"] == "open" else {})}))


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
