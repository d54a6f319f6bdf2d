"""The tool loop: ask, call, answer, until a tool says that the run is done."""

from __future__ import annotations

from healer.budget import Budget
from healer.models.line import Line
from healer.models.talk import Call, Offer, Reply
from healer.spending import Tripped
from healer.tools.base import Toolbox

MOST_CALLS = 12  # in one reply
NUDGES = 2  # replies without a call, before the run ends
NUDGE = "Use the tools. End the run by calling the tool that takes your answer."


def offers(box: Toolbox) -> tuple[Offer, ...]:
    """The tools, in their fixed order: part of the prefix that providers cache."""
    return tuple(Offer(name=t.name, description=t.description, schema_=t.schema) for t in box.tools())


def converse(line: Line, box: Toolbox, budget: Budget) -> None:
    """Ask and call until a tool says that the run is done. Raises Refused and Trouble."""
    nudges = 0
    saved = False
    while True:
        if budget.saving and not saved:
            saved = True
            line.save()
        reply = line.ask()
        if not reply.calls:
            nudges += 1
            if nudges > NUDGES:
                raise Tripped("no_answer", "the model talked, but called no tool")
            line.talk.say(NUDGE)
            continue
        results, done = _called(reply, box)
        if done:
            return
        line.talk.answer(results)


def _called(reply: Reply, box: Toolbox) -> tuple[list[tuple[Call, str]], bool]:
    """Every call gets a result, in order. A reply that was cut off is not acted on."""
    if reply.finish == "length":
        return [
            (call, "[cut] the answer was too long and was cut; nothing was done") for call in reply.calls
        ], False
    results: list[tuple[Call, str]] = []
    for number, call in enumerate(reply.calls):
        if number >= MOST_CALLS:
            results.append((call, f"[too_many] at most {MOST_CALLS} calls at once; nothing was done"))
            continue
        result = box.call(call.name, call.arguments)
        if result.done:
            return results, True
        results.append((call, result.text))
    return results, False
