"""What a test to try is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from healer.reproduction.loans import Loan
from healer.reproduction.values import Name, Value, invention


@dataclass(frozen=True)
class Argument:
    name: str
    value: Value
    kind: str = "plain"  # plain | keyword | args | kwargs
    optional: bool = False
    default: Value | None = (
        None  # what an optional parameter has where nothing is given, if that is a constant
    )


@dataclass(frozen=True)
class Act:
    """What a test does. `wrap` is a template of ours around the call: `list({})`, `asyncio.run({})`."""

    callee: Value
    arguments: tuple[Argument, ...] = ()
    wrap: str = "{}"
    called: bool = True  # False: reading an attribute is the act
    operator: str = ""  # of `operators.WRITTEN`
    imports: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Candidate:
    """One test to try."""

    act: Act | None
    depth: int  # of the frame called: 0 is the outermost in-app frame
    function: str  # called, for the test's name
    how: str = "call"
    files: tuple[tuple[str, str, bytes], ...] = ()  # variable, file name, content; made below tmp_path
    argv: tuple[Value, ...] = ()
    setup: tuple[str, ...] = ()  # of the process: lines before everything but the files
    setup_imports: tuple[tuple[str, str], ...] = ()
    late: bool = False  # the repository is imported after the setup
    body: tuple[str, ...] = ()  # whole body, where the act is a request
    imports: tuple[tuple[str, str], ...] = field(default=())
    note: str = ""
    decorators: tuple[str, ...] = ()
    refusals: tuple[Name, ...] = ()  # exceptions that count as an answer
    demanded: Name | None = None  # the exception that must come
    guessed: int = 0  # values of the body that nobody saw
    loan: Loan | None = None  # what a test of the repository lends
    answered: tuple[str, ...] = ()  # calls and attributes that are what the event recorded of them

    @property
    def invented(self) -> int:
        if self.act is None:
            return self.guessed
        own = invention(self.act.callee) + sum(invention(a.value) for a in self.act.arguments)
        return own + len(self.answered)
