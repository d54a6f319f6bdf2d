"""One run: the overlay, the budget, what was decided. Every call of every agent goes through `call`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from healer.budget import Breakers, Budget
from healer.case import Diagnosis, Reproduction
from healer.policy import NARROW, Decision, Policy
from healer.protocols import Bench, Brief
from healer.tools.answer import Answer
from healer.tools.asking import ASK, SELECT
from healer.tools.base import Result, Tool, ToolError, bounded, secretless
from healer.tools.desk import History, Past
from healer.tools.inquiry import Inquiry
from healer.tools.shelf import AGENT_TOOLS, BY_NAME
from triage.incident import Evidence, Incident, Source

LARGEST_FILE = 1 << 20  # characters
KEPT_TEXTS = 64
HARMLESS = frozenset(
    {
        "no_such_file",
        "not_a_file",
        "no_such_folder",
        "no_such_question",
        "not_bound",
        "needs",
        "window",
        "saving",
    }
)
QUESTIONS = frozenset({"git_history", "questions", "past_cases", "ask", "select"})  # closed past a soft limit

Audit = Callable[[Incident, Decision], None]


@dataclass
class Session:
    """Implements `Toolbox`. Not for use by two threads at once. Nothing here touches the disk."""

    brief: Brief
    bench: Bench
    budget: Budget
    source: Source
    policy: Policy
    history: History = lambda diagnosis, path, start, end: ()
    past: Past = lambda diagnosis: ()
    audit: Audit = lambda incident, decision: None
    inquiry: Inquiry | None = None
    breakers: Breakers = field(default_factory=Breakers)
    overlay: dict[str, str] = field(default_factory=dict)
    answer: Answer | None = None
    asked: Evidence = field(default_factory=Evidence)  # in this run
    decisions: list[Decision] = field(default_factory=list)
    _shown: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @classmethod
    def start(cls, brief: Brief, bench: Bench, budget: Budget, **injected: Any) -> Session:
        """`injected`: history, past, audit, inquiry, breakers."""
        source = bench.source(brief.reproduction.diagnosis.target)
        policy = Policy.of(brief.reproduction, source)
        return cls(brief=brief, bench=bench, budget=budget, source=source, policy=policy, **injected)

    @property
    def reproduction(self) -> Reproduction:
        return self.brief.reproduction

    @property
    def diagnosis(self) -> Diagnosis:
        return self.brief.reproduction.diagnosis

    def tools(self) -> tuple[Tool[Any, Any], ...]:
        """What may be called in this run, always in the same order."""
        usable = (tool for tool in AGENT_TOOLS if tool.name not in self.closed)
        return tuple(tool for tool in usable if not self.policy.flagged or tool.name in NARROW)

    @property
    def closed(self) -> dict[str, str]:
        """Tools that nobody can use here, and why."""
        asking = (ASK.name, SELECT.name)
        if self.inquiry is None:
            return dict.fromkeys(asking, "there is no event log to ask")
        if not self.reproduction.reproduced:  # what a draft or a test rests on is not kept with a proof
            return dict.fromkeys(asking, "the log is asked anew once the crash is reproduced")
        if not self.inquiry.relations:
            return {SELECT.name: "free queries are off; a team turns them on with select under [observed]"}
        return {}

    def call(self, name: str, arguments: str | bytes | Mapping[str, Any]) -> Result:
        """Judged, run, bounded and recorded. Raises Tripped where a limit or a breaker ends the run."""
        if self.answer is not None:
            return Result(text="the run is over: the answer was given", code="over", done=True)
        self.budget.tool(name)
        result = self._tried(name, arguments)
        self.breakers.after(name, _canonical(arguments), result.text, self.version, failed=result.failed)
        return result

    def _tried(self, name: str, arguments: str | bytes | Mapping[str, Any]) -> Result:
        try:
            self.allow(self.policy.tool(name, BY_NAME, self.closed))
            if name in QUESTIONS and self.budget.saving:
                self.allow(_closed(name))
            tool = BY_NAME[name]
            text = tool.run(self, tool.parse(arguments))
        except ToolError as error:
            return Result(text=f"[{error.code}] {error}", code=error.code)
        return Result(text=bounded(text), done=self.answer is not None)

    def allow(self, decision: Decision) -> None:
        """Records the decision; raises ToolError where it is a no."""
        self.decisions.append(decision)
        self.audit(self.diagnosis.incident, decision)
        if not decision.allowed:
            hint = f" ({decision.detail})" if decision.detail else ""
            raise ToolError(decision.code, f"{decision.subject}: {decision.rule}{hint}")

    def noted(self, code: str, words: str) -> None:
        """Something about the run itself, for the record."""
        self.allow(Decision(tool="budget", subject="run", allowed=True, rule=words, code=code))

    @property
    def evidence(self) -> Evidence:
        """All that an answer of this run may cite."""
        return self.diagnosis.evidence.plus(self.brief.asked).plus(self.asked)

    def keep(self, found: Evidence) -> Evidence:
        self.asked = self.asked.plus(found)
        return found

    @property
    def denied(self) -> tuple[Decision, ...]:
        """Refused by the policy; a wrong name or a file that is not there is no attempt at anything."""
        return tuple(d for d in self.decisions if not d.allowed and d.code not in HARMLESS)

    @property
    def version(self) -> str:
        """Changes with the overlay, and comes back with it."""
        digest = hashlib.sha256()
        for path, text in sorted(self.overlay.items()):
            digest.update(f"{path}\0{text}\0".encode("utf-8", "replace"))
        return digest.hexdigest()[:16]

    @property
    def changed(self) -> tuple[str, ...]:
        """Files of the patch so far; new tests of this run are none of it."""
        return tuple(sorted(path for path in self.overlay if not self.policy.scratch(path)))

    @property
    def tried(self) -> tuple[str, ...]:
        """New tests of this run."""
        return tuple(sorted(path for path in self.overlay if self.policy.scratch(path)))

    def text(self, path: str) -> str | None:
        """A file as this run sees it: with its edits."""
        return self.overlay[path] if path in self.overlay else self.source.read(path)

    def shown(self, path: str) -> list[str]:
        """The lines of a file as an agent may see them: without secrets. Raises ToolError."""
        text = self.text(path)
        if text is None:
            raise ToolError("not_text", f"{path} is not UTF-8 text")
        if len(text) > LARGEST_FILE:
            raise ToolError(
                "too_large", f"{path} holds more than {LARGEST_FILE} characters; search in it instead"
            )
        key = (path, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())
        if key not in self._shown:
            if len(self._shown) >= KEPT_TEXTS:
                self._shown.pop(next(iter(self._shown)))
            self._shown[key] = secretless(text, LARGEST_FILE).split("\n")
        return self._shown[key]

    @cached_property
    def readable(self) -> tuple[str, ...]:
        """Every file of the commit that may be shown."""
        return self.policy.visible()


def _closed(name: str) -> Decision:
    rule = "past a soft limit of the budget there are fewer questions; decide with what is known"
    return Decision(tool=name, subject=name, allowed=False, rule=rule, code="saving")


def _canonical(arguments: str | bytes | Mapping[str, Any]) -> str:
    """The same arguments, whatever the order and spacing they were written in."""
    try:
        value = json.loads(arguments) if isinstance(arguments, str | bytes) else dict(arguments)
        return json.dumps(value, sort_keys=True)
    except (ValueError, TypeError, RecursionError):
        return str(arguments)[:4000]
