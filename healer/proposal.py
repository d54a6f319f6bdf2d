"""Proof, Review -> the pull request's title and body. Written by the service; every number comes from the
record, and every word that a stranger may have written passes the GitHub encoder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import re2

from healer.case import Outcome, Proof, Review, Run
from triage.incident import Answer, Incident
from triage.sanitize import for_github, plain_github
from triage.sanitize import inline_github as inline

ABOUT = ("description", "summary", "what", "why", "motivation", "changes", "overview")
MAX_TEMPLATE = 8_000  # characters
MAX_AGAIN = 20_000  # of all questions that can be asked again
MAX_PROSE = 2_000  # of one text of a model
BY_CODE = frozenset({"rules"})  # agents whose words are sentences of ours
LINK = re2.compile(r"https?://[A-Za-z0-9.:-]{1,200}/[A-Za-z0-9._/-]{0,300}")
FLAGS = {
    "clock": "the patch asks what time it is: does its answer depend on it?",
    "random": "the patch draws lots: does its answer depend on it?",
    "surroundings": "the patch asks where it runs: does it do the same in production as under test?",
    "lazy_answer": "the patch may put its work off: does anybody still see it fail?",
    "runs_elsewhere": "the patch hands its work to a thread or task: who hears when it fails?",
    "keeps_state": "the patch keeps something from call to call",
    "moves_construct": "the patch moves something that a fix may not add",
    "disguise": "the patch changes how objects are made, read or compared",
    "comparison": "the patch changes how objects are made, read or compared",
    "hides_code": "the patch holds very long lines: read them to their end",
    "hides_text": "the patch puts text together from numbers",
    "dynamic_format": "the patch fills in a template that is written elsewhere",
    "loses_text": "the patch drops or replaces what cannot be decoded",
    "not_python": "the patch changes a file that is not Python, which was not read as code",
    "surplus_change": "a part of the patch is not needed for what the test shows",
    "swallows_exception": "the patch swallows the exception: is the caller told?",
    "hard_coded": "the patch compares with a value from the event: is the answer hard-coded?",
    "large": "the patch is large for what it mends",
    "broad_except": "the patch adds a broad `except`",
}


def title(proof: Proof) -> str:
    """One line, at most 100 characters, inert on GitHub."""
    diagnosis = proof.patch.reproduction.diagnosis
    where = diagnosis.signature.function or diagnosis.signature.path
    return plain_github(f"Fix {diagnosis.signature.exception} in {where}".replace("\n", " "))[:100]


def body(proof: Proof, review: Review) -> str:
    """GitHub Markdown, sections in the order a reviewer asks."""
    sections = (
        ("What broke", _origin(proof)),
        ("Root cause", _cause(proof)),
        ("The change", _change(proof)),
        ("Evidence", _evidence(proof)),
        ("Proof", _proof(proof)),
        ("Not checked", _not_checked(proof, review)),
        ("Risk and rollback", _risk(proof)),
        ("How this was made", _making(proof)),
    )
    text = "\n\n".join(f"## {name}\n\n" + "\n".join(lines) for name, lines in sections)
    return text + "\n\n*Evidence by tests, not correctness. A person reads, decides and merges.*\n"


def with_template(body: str, template: str) -> str:
    """The repository's own template, with its first section pointing at ours, which stand below it."""
    if not template.strip():
        return body
    lines = template.replace("\r\n", "\n").strip()[:MAX_TEMPLATE].split("\n")
    at = next((n for n, line in enumerate(lines) if line.lstrip("# ").lower().startswith(ABOUT)), None)
    if at is not None:
        lines.insert(at + 1, "\nSee *What broke* and the sections after it, below.\n")
    return "\n".join(lines) + "\n\n---\n\n" + body


def _origin(proof: Proof) -> Iterator[str]:
    incident = proof.patch.reproduction.diagnosis.incident
    event = incident.event
    yield for_github(incident.title)
    yield ""
    rows = [
        ("Issue", _link(event.issue_url) or inline(incident.short_id) or event.event_id),
        ("First seen", f"{incident.first_seen:%Y-%m-%d %H:%M} UTC"),
        ("Last seen", f"{incident.last_seen:%Y-%m-%d %H:%M} UTC"),
        ("Events", str(incident.count)),
        ("Users", str(incident.users) if incident.users else "unknown"),
        ("Release", inline(event.release) or "unknown"),
        ("Environment", inline(event.environment) or "unknown"),
        ("Base commit", f"`{proof.base[:12]}`"),
    ]
    yield from _table(("", ""), rows)
    if incident.earlier:
        yield f"\nIt came back: {incident.earlier}."
    yield from _safety(incident)


def _link(url: str) -> str:
    """A plain address stays one; whatever else it holds is shown and does nothing."""
    return url if LINK.fullmatch(url) else inline(url)


def _safety(incident: Incident) -> Iterator[str]:
    event = incident.event
    if event.redactions:
        hidden = ", ".join(f"{n} × {kind}" for kind, n in sorted(event.redactions.items()))
        yield f"\nHidden in the event's text: {hidden}."
    if event.flags:
        signs = ", ".join(event.flags)
        yield f"\nThe event's text shows signs of prompt injection ({signs}); it was defused."


def _cause(proof: Proof) -> Iterator[str]:
    diagnosis = proof.patch.reproduction.diagnosis
    signature = diagnosis.signature
    yield (
        f"`{signature.exception}` is raised in `{signature.function}` "
        f"(`{signature.path}:{signature.line}`). Suspects, most likely first:"
    )
    yield ""
    for n, suspect in enumerate(diagnosis.suspects[:3], start=1):
        yield f"{n}. `{suspect.file}:{suspect.line}` `{suspect.function}`: {inline(suspect.why)}"


def _change(proof: Proof) -> Iterator[str]:
    patch = proof.patch
    said = _prose if patch.agent in BY_CODE else _quoted
    if patch.agent not in BY_CODE:
        yield f"In the words of the agent `{patch.agent}`, which nobody checked:\n"
    yield said(patch.explanation)
    yield said("")
    yield from (said(f"- {reason}") for reason in patch.rationale[:10])
    if patch.alternatives:
        yield said("")
        yield said("Also considered:")
        yield said("")
        yield from (said(f"- {rival}") for rival in patch.alternatives[:5])


def _prose(text: str) -> str:
    mark = "- " if text.startswith("- ") else ""
    return mark + inline(text.removeprefix(mark)[:MAX_PROSE])


def _quoted(text: str) -> str:
    """One line of a quotation: what a model writes can be no heading, table or list of ours."""
    return f"> {_prose(text)}".rstrip()


def _evidence(proof: Proof) -> Iterator[str]:
    evidence = proof.patch.reproduction.diagnosis.evidence.plus(proof.patch.asked)
    if not (evidence.answers or evidence.gaps):
        yield "No event log is connected, so nothing was asked."
        return
    yield from (f"- {inline(f.text)} {_cites(f.cites)}" for f in evidence.findings)
    yield ""
    rows = [_answer_row(answer) for answer in evidence.answers]
    yield from _table(("id", "question", "rows", "ms", "digest"), rows)
    yield from _all_again(evidence.answers)
    yield from (f"- not answered: {gap.question}: {inline(gap.reason)}" for gap in evidence.gaps)


def _cites(ids: Iterable[str]) -> str:
    listed = ", ".join(ids)
    return f"({listed})" if listed else ""


def _answer_row(answer: Answer) -> tuple[str, ...]:
    rows = f"{answer.row_count}{'+' if answer.truncated else ''}"
    question = inline(answer.question) + (f", asked by the {inline(answer.by)}" if answer.by else "")
    return answer.id, question, rows, f"{answer.milliseconds:.1f}", f"`{answer.digest[:12]}`"


def _all_again(answers: Iterable[Answer]) -> Iterator[str]:
    """Each statement once, and as many as leave room for the proof; the record has them all."""
    first: dict[str, str] = {}
    room, left_out = MAX_AGAIN, []
    for answer in answers:
        shown = "\n".join(_again(answer, first.setdefault(answer.sql, answer.id))) if answer.sql else ""
        room -= len(shown)
        if shown and room < 0:
            left_out.append(answer.id)
        elif shown:
            yield shown
    if left_out:
        yield f"\n`healer evidence --sql` prints {', '.join(left_out)}."


def _again(answer: Answer, first: str) -> Iterator[str]:
    sql = answer.sql.strip() if first == answer.id else f"-- the statement of {first}"
    bindings = ", ".join(f"{name} = {value!r}" for name, value in sorted(answer.bindings.items()))
    yield f"\n<details><summary>{answer.id}: ask it again</summary>\n"
    yield for_github(f"{sql}\n-- {bindings}")
    yield "\n</details>"


def _proof(proof: Proof) -> Iterator[str]:
    reproduction = proof.patch.reproduction
    yield (
        f"The service made `{reproduction.path}` from the production event. "
        f"Without the change it fails with `{reproduction.diagnosis.signature.exception}` at the same frame; "
        "with it, it passes; taken away again, it fails again."
    )
    yield ""
    yield from _table(("run", "result", "seconds", "output"), [_run_row(run) for run in proof.runs])
    yield ""
    yield f"- fail to pass: {len(proof.fail_to_pass)}: {_code_list(proof.fail_to_pass)}"
    yield f"- pass to pass: {len(proof.pass_to_pass)}"
    if proof.failing_before:
        yield f"- red before and after, not this change's doing: {_code_list(proof.failing_before)}"
    if proof.flaky:
        yield f"- flaky on the base commit: {_code_list(proof.flaky)}"
    yield f"- the failing line was executed in the green run: {'yes' if proof.executed else 'no'}"
    yield "\nRepeat it anywhere:\n\n```\nhealer verify proof.json --repo .\n```\n"
    yield (
        "`proof.json` is in the check `healer/proof`, or beside a proposal in a local repository; "
        f"where Healer runs, `healer cases --proof {reproduction.diagnosis.incident.key}` prints it."
    )


def _run_row(run: Run) -> tuple[str, ...]:
    count = Counter(run.outcomes.values())
    told = ", ".join(f"{count[o]} {o.value}" for o in Outcome if count[o]) or "no tests"
    return run.name, told, f"{run.seconds:.2f}", f"`{run.output_digest[:12]}`"


def _not_checked(proof: Proof, review: Review) -> Iterator[str]:
    yield from (f"- {inline(item)}" for item in proof.not_checked)
    yield from (f"- for your eyes: {FLAGS.get(flag, flag)}" for flag in proof.flags)
    if proof.surplus:
        yield f"- the test passes without these changes, too: {_code_list(proof.surplus)}"
    whose = "" if review.reviewer in BY_CODE else f" (in the words of `{review.reviewer}`)"
    yield from (f"- {one.severity}{whose}: {inline(one.text[:MAX_PROSE])}" for one in review.remarks)
    yield "- whether the behaviour is what the product wants: tests cannot know"


def _risk(proof: Proof) -> Iterator[str]:
    files = sorted(proof.patch.files)
    added, removed = _changed_lines(proof.patch.diff)
    yield f"Touches {len(files)} file(s), +{added} −{removed}: {_code_list(files)}."
    yield "To roll back, revert this one commit; it changes no data, configuration or dependency."


def _changed_lines(diff: str) -> tuple[int, int]:
    lines = [line for line in diff.splitlines() if not line.startswith(("+++", "---"))]
    return sum(x.startswith("+") for x in lines), sum(x.startswith("-") for x in lines)


def _making(proof: Proof) -> Iterator[str]:
    patch, cost = proof.patch, proof.patch.cost
    made = f"agent `{patch.agent}`" + (f", template `{patch.template}`" if patch.template else "")
    model = f"model `{cost.model}`, prompt `{cost.prompt}`" if cost.model else "no model"
    yield f"- {made}, {model}, confidence {patch.confidence:.2f}"
    yield f"- cost ${cost.dollars:.4f}, {cost.input_tokens} tokens in, {cost.output_tokens} out"
    yield f"- proof: {sum(run.seconds for run in proof.runs):.1f} s over {len(proof.runs)} runs"


def _code_list(names: Iterable[str]) -> str:
    listed = list(names)
    shown = ", ".join(f"`{name.replace('`', '')}`" for name in listed[:10])
    return shown + (f" and {len(listed) - 10} more" if len(listed) > 10 else "") or "none"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
