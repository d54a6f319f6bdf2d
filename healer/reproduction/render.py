"""Candidates written as pytest source that Python 3.8 and a reviewer can read."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Container
from dataclasses import dataclass, field, replace
from textwrap import indent, wrap

from healer.reproduction.candidate import Act, Candidate
from healer.reproduction.values import Many, Name, Writer, walk

WIDTH = 100
LONGEST = 60_000  # characters of one test
SECONDS = 4.0  # of one candidate; of those after one that took too long, half as many each time
IMPORTING = 15.0  # seconds for what it imports, which the first one pays for all
LEAST = 0.5
ROOM = 768  # megabytes that one candidate may take
TRIED = "test_candidate_"
_NO_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Written:
    """One test function's parts."""

    body: tuple[str, ...]
    imports: frozenset[tuple[str, str]]
    fixtures: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()


@dataclass
class _Body:
    writer: Writer = field(default_factory=Writer)
    lines: list[str] = field(default_factory=list)
    fixtures: list[str] = field(default_factory=list)

    def need(self, fixture: str) -> None:
        if fixture not in self.fixtures:
            self.fixtures.append(fixture)


def write(candidate: Candidate) -> Written:
    body = _Body()
    body.writer.imports |= set(candidate.imports)
    if candidate.act:
        body.writer.taken |= _names(candidate.act)
    _files(body, candidate)
    _process(body, candidate)
    before = len(body.lines)
    if candidate.act:
        body.writer.imports |= set(candidate.act.imports)
        statement = _statement(body.writer, candidate.act)
        body.lines += [*body.writer.statements, *statement]
    body.lines += candidate.body
    if candidate.loan:
        lent = candidate.loan.parameters
        patched = any("monkeypatch." in line for line in candidate.body) and "monkeypatch" not in lent
        return Written(
            tuple(body.lines),
            frozenset(body.writer.imports),
            (*lent, "monkeypatch") if patched else lent,
            candidate.loan.decorators,
        )
    for fixture in ("tmp_path", "monkeypatch"):
        if any(fixture in line for line in candidate.body):
            body.need(fixture)
    if candidate.decorators:
        body.writer.imports.add(("pytest", ""))
    imports = frozenset(body.writer.imports)
    if candidate.late:
        late = frozenset(i for i in imports - set(candidate.setup_imports) if not _standard(i[0]))
        body.lines[before:before] = import_lines(late)
        imports -= late
    return Written(tuple(body.lines), imports, tuple(body.fixtures), candidate.decorators)


def _names(act: Act) -> set[str]:
    """What the test imports: not free as names of variables."""
    values = (act.callee, *(a.value for a in act.arguments))
    found = [n for v in values for n in walk(v) if isinstance(n, Name)]
    return {part.split(".")[0] for n in found for part in (n.module, n.path) if part}


def _files(body: _Body, candidate: Candidate) -> None:
    for variable, name, content in candidate.files:
        body.need("tmp_path")
        body.writer.taken.add(variable)
        body.lines.append(f"{variable} = tmp_path / {name!r}")
        body.lines.append(f"{variable}.write_bytes({content!r})")


def _process(body: _Body, candidate: Candidate) -> None:
    if candidate.argv:
        body.need("monkeypatch")
        body.writer.imports.add(("sys", ""))
        listed = body.writer.write(Many(candidate.argv))
        body.lines.append(f'monkeypatch.setattr(sys, "argv", {listed})')
    if candidate.setup:
        body.need("monkeypatch")
        body.writer.taken |= {"moment", "clock"}
        body.writer.imports |= set(candidate.setup_imports)
        body.lines += candidate.setup


def _statement(writer: Writer, act: Act) -> list[str]:
    given = [_argument(writer, act, n) for n in range(len(act.arguments))]
    callee = writer.write(act.callee)
    if act.operator:
        text = act.operator.replace("{self}", callee)
        text = text.replace(
            "{0}", given[0].partition("=")[2] if given and _named(act, 0) else (given or [""])[0]
        )
        return [text]
    if not act.called:
        return [callee]
    call = f"{callee}({', '.join(given)})"
    if len(call) > WIDTH and len(given) > 1:
        call = f"{callee}(\n" + "".join(f"    {g},\n" for g in given) + ")"
    return act.wrap.format(call).split("\n")


def _named(act: Act, position: int) -> bool:
    """Whether it is written `name=value`: keyword-only ones, and all from the first optional one on."""
    argument = act.arguments[position]
    if argument.kind == "keyword":
        return True
    if argument.kind != "plain" or any(a.kind == "args" for a in act.arguments):
        return False
    return any(a.optional for a in act.arguments[: position + 1])


def _argument(writer: Writer, act: Act, position: int) -> str:
    argument = act.arguments[position]
    source = writer.write(argument.value)
    if argument.kind == "args":
        return f"*{source}"
    if argument.kind == "kwargs":
        return f"**{source}"
    return f"{argument.name}={source}" if _named(act, position) else source


def import_lines(imports: frozenset[tuple[str, str]]) -> list[str]:
    """`import x` and `from x import a, b`, sorted, standard library first where it is known."""
    plain = sorted(m for m, name in imports if not name)
    names: dict[str, list[str]] = {}
    for module, name in sorted(imports):
        if name:
            names.setdefault(module, []).append(name)
    lines = [f"import {m}" for m in plain] + [
        f"from {m} import {', '.join(n)}" for m, n in sorted(names.items())
    ]
    return sorted(lines, key=lambda line: (not _standard(line.split()[1]), line.startswith("from"), line))


def _standard(module: str) -> bool:
    return module.split(".")[0] in sys.stdlib_module_names


def tried(test: str) -> int | None:
    """The number of the candidate that a node id names."""
    number = test.rpartition("::")[2].partition("[")[0].removeprefix(TRIED)
    return int(number) if number.isdecimal() else None


def trial_file(candidates: tuple[Candidate, ...], without: Container[int] = ()) -> str:
    """All candidates as one file: imports inside each test, so that one bad import spoils only itself.

    What stands on a loan is left out: it has a file of its own."""
    parts = [_guard()]
    for number, candidate in enumerate(candidates):
        if candidate.loan is None and number not in without:
            text = _function(f"{TRIED}{number}", write(candidate), inside=True)
            parts += [text] if readable(text) else []
    return "\n\n".join(parts)


def _guard() -> str:
    return _GUARD.format(seconds=SECONDS, importing=IMPORTING, least=LEAST, room=ROOM << 20)


def lent_trial(candidate: Candidate, number: int) -> str:
    """One candidate that stands on a loan."""
    return _lent_file(write(candidate), candidate, f"{TRIED}{number}", _guard())


def _lent_file(
    written: Written, candidate: Candidate, name: str, guard: str = "", docstring: str = ""
) -> str:
    loan = candidate.loan
    assert loan
    future = [line for line in loan.top if line.startswith("from __future__")]
    top = [line for line in loan.top if line not in future]
    guarded = bool(guard) and not loan.is_async
    test = _function(name, written, inside=guarded, docstring=docstring, is_async=loan.is_async, own=False)
    if loan.holder:
        test = "\n".join([*loan.holder, *indent(test, "    ").split("\n")])
    own = import_lines(written.imports)
    parts = ["\n".join(future), guard if guarded else "", "\n".join([*own, *top]), "", test]
    return _spaced("\n".join(part for part in parts if part or part == "")).strip("\n") + "\n"


def _spaced(text: str) -> str:
    return re.sub(r"\n{4,}", "\n\n\n", text)


def fits(candidate: Candidate) -> bool:
    """Whether the candidate can be written at all: nothing nested beyond reason, nothing endless."""
    try:
        if candidate.loan:
            text = lent_trial(candidate, 0)
            return len(text) < LONGEST and readable(text)
        text = _function("test_it", write(candidate), inside=True)
    except RecursionError:
        return False
    return len(text) < LONGEST and readable(text)


def readable(source: str) -> bool:
    """Whether Python 3.8 could read it too; one bad test would spoil the whole file."""
    try:
        ast.parse(source, feature_version=(3, 8))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


_GUARD = '''"""Candidate reproductions; only one of them is kept."""
import functools
import os
import resource
import signal
import sys
import time


class TooSlow(BaseException):
    pass


def limited(test):
    until = []  # for all calls together: of one test there may be hundreds, with other values

    @functools.wraps(test)
    def run(*args, **kwargs):
        slow, now = os.environ.get("SLOW_CANDIDATES", ""), time.monotonic()
        until[:] = until or [now + max({seconds} / 2 ** len(slow), {least})]
        if until[0] <= now:
            raise TooSlow

        def stop(*_):
            os.environ["SLOW_CANDIDATES"] = slow + "."
            raise TooSlow

        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, until[0] - now)
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        room = held() + {room}
        resource.setrlimit(resource.RLIMIT_DATA, (room if hard < 0 else min(room, hard), hard))
        try:
            return test(*args, **kwargs)
        finally:
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
            leave_no_loop()

    return run


class Importing:
    # the candidate's own time stands still
    def __enter__(self):
        self.left = signal.setitimer(signal.ITIMER_REAL, {importing})[0]

    def __exit__(self, *_):
        signal.setitimer(signal.ITIMER_REAL, self.left)


def held():
    # what counts towards RLIMIT_DATA, in bytes
    with open("/proc/self/statm") as stream:
        return int(stream.read().split()[5]) * resource.getpagesize()


def leave_no_loop():
    # asyncio.run() closes the thread's event loop; the tests after it look for one
    asyncio = sys.modules.get("asyncio")
    kind = getattr(asyncio, "DefaultEventLoopPolicy", None)
    if asyncio and sys.version_info < (3, 14) and type(asyncio.get_event_loop_policy()) is kind:
        asyncio.set_event_loop_policy(None)
'''


def _function(
    name: str,
    written: Written,
    *,
    inside: bool,
    docstring: str = "",
    is_async: bool = False,
    own: bool = True,
) -> str:
    """A test function; `inside`: with the guard of a trial; `own`: with its imports inside, too."""
    lines = [f'"""{docstring}"""'] if docstring else []
    if inside and own and written.imports:
        lines += ["with Importing():", *(f"    {line}" for line in import_lines(written.imports)), ""]
    lines += written.body
    limits = ["@limited"] if inside else []
    word = "async def" if is_async else "def"
    marks = [d if d.startswith("@") else f"@{d}" for d in written.decorators]
    head = "\n".join([*marks, *limits, f"{word} {name}({', '.join(written.fixtures)}):"])
    return head + "\n" + indent("\n".join(lines), "    ") + "\n"


def final_file(
    candidate: Candidate, *, name: str, docstring: str, comment: str, holder: str = "", case: str = ""
) -> str:
    """The one test that is kept, as a file of its own; `holder`: as a method of a class of that name, below
    `case`, which is dotted."""
    written = _judged(candidate, write(candidate), comment)
    if candidate.loan:
        return _lent_file(written, candidate, name, docstring=_wrapped(docstring))
    base = case
    if holder:
        module, _, kind = case.rpartition(".")
        whole = module == "unittest"  # as its users write it
        base = case if whole else kind
        more = written.imports | {(module, "" if whole else kind)}
        written = replace(written, imports=more, fixtures=("self",))
    imports = import_lines(written.imports)
    standard = [line for line in imports if _standard(line.split()[1])]
    product = [line for line in imports if line not in standard]
    top = "\n\n".join("\n".join(group) for group in (standard, product) if group)
    text = _function(name, written, inside=False, docstring=_wrapped(docstring))
    text = f"class {holder}({base}):\n{indent(text, '    ')}" if holder else text
    return f"{top}\n\n\n{text}" if top else text


def case_name(candidate: Candidate, name: str) -> str:
    """Of the test case that could hold the test; "" where it needs what only pytest gives."""
    written = write(candidate)
    wants = written.fixtures or written.decorators or candidate.loan or candidate.demanded
    if wants or any("pytest" in module for module, _ in written.imports):
        return ""
    return "".join(part.capitalize() for part in name.split("_"))


def test_id(candidate: Candidate, path: str, name: str, case: str) -> str:
    """The node id of a kept test; `case`: the test case that holds it, or ""."""
    if candidate.loan is None:
        return "::".join(filter(None, (path, case, name)))
    header = next((line for line in candidate.loan.holder if line.startswith("class ")), "")
    holder = re.match(r"class (\w+)", header)
    inside = f"{holder[1]}::" if holder else ""
    return f"{path}::{inside}{name}{candidate.loan.suffix}"


def _wrapped(docstring: str) -> str:
    if len(docstring) <= WIDTH - 10:
        return docstring
    return "\n".join(wrap(docstring, WIDTH - 12))


def _judged(candidate: Candidate, written: Written, comment: str) -> Written:
    """The body with what counts as an answer: a return, the function's own refusal, or the error it owes."""
    setup, act = _split(written.body)
    imports = set(written.imports)
    if candidate.demanded:
        imports |= {("pytest", ""), *_import(candidate.demanded)}
        act = _inside(f"with pytest.raises({candidate.demanded.path}):  # {comment}", act)
    elif candidate.refusals:
        imports |= {("contextlib", ""), *(i for name in candidate.refusals for i in _import(name))}
        names = ", ".join(name.path for name in candidate.refusals)
        act = [
            f"# {comment}; its own refusal would be an answer",
            *_inside(f"with contextlib.suppress({names}):", act),
        ]
    else:
        act = [f"# {comment}", *act] if len(act) > 1 else _commented(act[0], comment)
    return replace(written, body=(*setup, *act), imports=frozenset(imports))


def _split(body: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Preparation, and the last statement."""
    last = ast.parse("\n".join(body)).body[-1]
    start = min([last.lineno, *(d.lineno for d in getattr(last, "decorator_list", ()))]) - 1
    lines = "\n".join(body).split("\n")
    return lines[:start], lines[start:]


def _inside(head: str, lines: list[str]) -> list[str]:
    return [head, *(f"    {line}" if line else "" for line in lines)]


def _import(name: Name) -> set[tuple[str, str]]:
    return {(name.module, name.path.split(".")[0])} if name.module else set()


def _commented(line: str, comment: str) -> list[str]:
    return [f"{line}  # {comment}"] if len(line) + len(comment) + 8 <= WIDTH else [f"# {comment}", line]


def slug(text: str) -> str:
    return _NO_NAME.sub("_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).lower()).strip("_") or "crash"


def safe_doc(text: str) -> str:
    """One line of event text that cannot end a docstring or hide anything."""
    shown = "".join(c if c.isprintable() and ord(c) < 0x2000 else " " for c in text)
    return " ".join(shown.replace("\\", "/").replace('"', "'").split())[:160]
