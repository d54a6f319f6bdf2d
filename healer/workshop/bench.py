"""One run of a project's tests in the sandbox, recorded by the service."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from healer.case import Limits, Outcome, Run, Target
from healer.errors import BadInput
from healer.protocols import Completed, Job, Mount, Sandbox, Trial
from healer.workshop import bytecode, database, junit, record, suite
from healer.workshop.orders import PROBE, TREE, Canaries, Orders, canaries, cleaned, pytest_args, roots_inside
from triage.incident import Source

_PROBE_FILE = "healer_probe.py"
_TAIL = 4000  # characters of output that a Run keeps
_UNCOLLECTED = "the run's own checks were not collected"
_UNSTARTED = (_UNCOLLECTED, record.UNBEGUN)  # signs of a conftest that fails, or that pytest refuses
_ALONE = ("--noconftest", "-W", "default")  # nor are warnings errors: one at an import stops collection
_UNKNOWN_OPTION = ("unrecognized arguments", "no such option")


Key: TypeAlias = tuple[str, str, str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a target's tests are started, found once per target."""

    runner: str  # pytest | unittest | django | junit
    source: Source
    folder: str
    names: tuple[str, ...]
    guarded: tuple[str, ...]
    whole: tuple[str, ...]  # what the whole suite is, as arguments
    options: tuple[str, ...]  # of the project, for every run
    selection: tuple[str, ...]  # of the project, for the whole suite only
    required_plugins: bool = False
    alone: bool = False  # the project's conftests cannot run here: our own tests run without them
    bytecode: str = ""  # host directory of compiled packages


class SandboxBench:
    """A `Bench`. `tree` gives the host directory of a target's pristine private tree, `source` its files;
    both come from the workshop's mirror. Safe to use from several threads."""

    def __init__(
        self,
        sandbox: Sandbox,
        source: Callable[[Target], Source],
        tree: Callable[[Target], str],
        *,
        secrets: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        cache: Path | None = None,
        database: Callable[[Target], str] = lambda target: "",
    ) -> None:
        """`secrets`: values by name, of which a project's tests see those it lists. `cache`: a directory
        of our own that outlives the case. `database`: the baked data directory of a target whose tests
        want one."""
        self._sandbox, self._source, self._tree = sandbox, source, tree
        self._secrets, self._limits = dict(secrets or {}), limits or Limits()
        self._plans: dict[Key, Plan] = {}
        self._cache, self._database = cache, database
        self._lock = threading.Lock()

    def source(self, target: Target) -> Source:
        return self._plan(target).source

    def run(self, trial: Trial) -> Run:
        """Everything the run says about itself is checked; where that fails `Run.usable` is False."""
        plan = self._plan(trial.target)
        run, completed = self._once(trial, plan)
        if not run.usable and any(text in completed.output for text in _UNKNOWN_OPTION) and plan.options:
            plan = replace(plan, options=(), selection=())
            self._plans[_key(trial.target)] = plan
            run, _ = self._once(trial, plan)
        unstarted = not run.usable and any(text in run.why for text in _UNSTARTED)
        if unstarted and _own(trial, plan) and not plan.alone:
            alone, _ = self._once(trial, replace(plan, alone=True))
            if alone.usable:
                self._plans[_key(trial.target)] = replace(plan, alone=True)
                return alone
        return run

    def _plan(self, target: Target) -> Plan:
        with self._lock:
            if _key(target) not in self._plans:
                plan = plan_for(target, self._source(target))
                if self._cache is not None:
                    made = bytecode.prepare(self._sandbox, target, plan.source, self._cache)
                    plan = replace(plan, bytecode=str(made or ""))
                self._plans[_key(target)] = plan
            return self._plans[_key(target)]

    def _once(self, trial: Trial, plan: Plan) -> tuple[Run, Completed]:
        if trial.plain:
            plan = replace(plan, runner="plain")
        elif plan.runner == "junit" and trial.select:
            plan = replace(plan, runner=_own_runner(trial))
        checks = _canaries(trial, plan)
        orders = _orders(trial, plan, checks)
        completed = self._sandbox.run(self._job(trial, plan, orders, checks))
        return hidden(_run(trial, orders, checks, completed), self._named(trial).values()), completed

    def _job(self, trial: Trial, plan: Plan, orders: Orders, checks: Canaries) -> Job:
        files = {**trial.files, **checks.files, orders.path: orders.text()}
        return Job(
            tree=self._tree(trial.target),
            command=(trial.target.python, "-B", "-s", f"{PROBE}/{_PROBE_FILE}", f"{TREE}/{orders.path}"),
            cwd=plan.folder,
            env=self._environment(trial, plan),
            files=files,
            read_only=(*plan.guarded, *trial.protected, *checks.files),
            mounts=_mounts(plan),
            python=trial.target.python,
            report=True,
            database=trial.target.project.database,
            database_from=self._database(trial.target) if trial.target.project.database else "",
            limits=self._limits.model_copy(update={"seconds": trial.seconds}),
        )

    def _environment(self, trial: Trial, plan: Plan) -> dict[str, str]:
        project = trial.target.project
        address = {project.database_variable: database.URL} if project.database else {}
        return {
            **self._named(trial),
            **address,
            "PYTHONHASHSEED": str(trial.seed),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONNOUSERSITE": "1",
            **({"PYTHONPYCACHEPREFIX": bytecode.INSIDE} if plan.bytecode else {}),
        }

    def _named(self, trial: Trial) -> dict[str, str]:
        """The secrets that the project's tests may see."""
        named = trial.target.project.secrets
        return {name: self._secrets[name] for name in named if name in self._secrets}


def _mounts(plan: Plan) -> tuple[Mount, ...]:
    probe = Mount(host=str(Path(__file__).with_name("probe")), inside=PROBE)
    return (probe, Mount(host=plan.bytecode, inside=bytecode.INSIDE)) if plan.bytecode else (probe,)


def _key(target: Target) -> Key:
    return target.project.repository, target.commit, target.python, target.test_command, target.source_roots


def plan_for(target: Target, source: Source) -> Plan:
    folder = target.project.subdirectory.strip("/")
    config = suite.pytest_config(source, folder)
    runner, words = runner_of(target.test_command)
    told = [*config.words("addopts"), *words]
    paths = [p[len(folder) + 1 :] if folder else p for p in source.paths() if p.startswith(folder)]
    whole = suite.positional(words, paths) or list(config.words("testpaths")) or ["."]
    return Plan(
        runner=runner,
        source=source,
        folder=folder,
        names=top_names(source, target),
        guarded=suite.guarded(source, target.tests),
        whole=tuple(words if runner in {"junit", "django"} else whole),
        options=tuple(suite.options(told)),
        selection=tuple(suite.selection(told)),
        required_plugins="required_plugins" in config.options,
    )


def runner_of(command: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Who runs a test command, and the words that are left for it."""
    words = tuple(command)
    if any("{junit}" in word for word in words):
        return "junit", words
    if words and words[0].rsplit("/", 1)[-1].startswith("python"):
        words = words[1:]
        if words[:1] == ("-m",):
            words = words[1:]
    if words and words[0] in {"pytest", "py.test", "unittest"}:
        return ("unittest" if words[0] == "unittest" else "pytest"), words[1:]
    if words[1:2] == ("test",) and words[0].rpartition("/")[2] == "manage.py":
        return "django", (words[0], *words[2:])
    raise BadInput(
        f"the test command {' '.join(command)!r} is none of pytest, unittest and manage.py test; give one"
        " that writes JUnit XML, with {junit} where the file's path belongs"
    )


def top_names(source: Source, target: Target) -> tuple[str, ...]:
    """Modules and packages that the tests must import from the tree."""
    tests, paths = set(target.tests), frozenset(source.paths())
    names = set()
    for root in target.source_roots:
        prefix = "" if root in {"", "."} else root.rstrip("/") + "/"
        for path in suite.python_files(source, prefix.rstrip("/")):
            head, _, rest = path[len(prefix) :].partition("/")
            if prefix + head not in tests and (not rest or f"{prefix}{head}/__init__.py" in paths):
                names.add(head.removesuffix(".py"))
    return tuple(
        sorted(
            names - {"__main__", "setup", "conftest", "noxfile", "tasks", "manage", "tests", "test", "docs"}
        )
    )


def _canaries(trial: Trial, plan: Plan) -> Canaries:
    if plan.runner == "junit":
        return Canaries("", {}, frozenset(), frozenset())
    return canaries(_home(trial, plan), plan.runner)


def _home(trial: Trial, plan: Plan) -> str:
    """The folder of the run's own checks: where the same conftests apply, and collection finds them."""
    if trial.select:
        first = trial.select[0].partition("::")[0]
    else:
        first = next(
            (suite.below(plan.folder, w.rstrip("/")) for w in plan.whole if _is_folder(w)), plan.folder
        )
        if first == plan.folder:
            inside = [t for t in trial.target.tests if t.startswith(plan.folder) and _is_folder(t)]
            first = inside[0] if inside else first
    return first.rpartition("/")[0] if first.endswith(".py") else first


def _is_folder(word: str) -> bool:
    return not word.endswith(".py") and "::" not in word and "*" not in word


def _orders(trial: Trial, plan: Plan, checks: Canaries) -> Orders:
    prefix = plan.folder + "/" if plan.folder else ""
    chosen = list(dict.fromkeys(s.partition("::")[0] for s in trial.select))
    files = [f.removeprefix(prefix) for f in (*chosen, *checks.files)]
    target = trial.target
    if plan.runner == "pytest":
        options = plan.options if chosen else (*plan.options, *plan.selection)
        found = chosen or any(map(_is_folder, plan.whole))  # a folder and a file inside it confuse pytest 8
        paths = files if chosen else [*plan.whole, *([] if found else files)]
        if plan.alone and _own(trial, plan):
            options = (*options, *_ALONE)
        args = pytest_args(paths, options, required_plugins=plan.required_plugins, rough=trial.rough)
    elif plan.runner == "django":
        args = tuple(files)
    elif plan.runner in {"unittest", "plain"}:
        args = tuple(files if chosen else [*_test_files(trial, plan, prefix), *files])
    else:
        args = _junit_command(plan.whole, target.python)
    return Orders(
        runner=plan.runner,
        args=args,
        roots=roots_inside(target.source_roots, plan.folder),
        names=plan.names,
        watch=trial.watch,
        select=(*trial.select, *checks.names) if trial.select else (),
        mark=checks.mark,
        checks=tuple(PurePosixPath(f).name for f in checks.files),
        checkout=_checkout(target.project.repository),
        seed=trial.seed,
        survey=trial.survey,
        junit=junit.PATH if plan.runner == "junit" else "",
        manage=plan.whole if plan.runner == "django" else (),
    )


def _own(trial: Trial, plan: Plan) -> bool:
    """Whether nothing but tests of ours is to run: those of the project mean what its conftests make them."""
    return (
        plan.runner == "pytest"
        and bool(trial.select)
        and all(s.partition("::")[0] in trial.files for s in trial.select)
    )


def _test_files(trial: Trial, plan: Plan, prefix: str) -> list[str]:
    """What unittest's discovery would find, as files."""
    tests = trial.target.tests
    files = [p for p in suite.python_files(plan.source, plan.folder) if suite.is_test_file(p)]
    return [f.removeprefix(prefix) for f in files if any(f == t or f.startswith(t + "/") for t in tests)]


def _own_runner(trial: Trial) -> str:
    """A selected test needs its exception and frames, which JUnit XML does not hold: the probe runs it."""
    return "pytest" if any("pytest" in text for text in trial.files.values()) else "unittest"


def _junit_command(words: tuple[str, ...], python: str) -> tuple[str, ...]:
    head = python if words[0] == "python" else words[0]
    return tuple(word.replace("{junit}", junit.PATH) for word in (head, *words[1:]))


def _checkout(repository: str) -> str:
    return str(Path(repository).resolve()) if repository.startswith("/") else ""


def _run(trial: Trial, orders: Orders, checks: Canaries, completed: Completed) -> Run:
    run = Run(
        name=trial.name,
        command=_readable(trial, orders),
        exit_code=completed.exit_code,
        seconds=completed.seconds,
        limits_hit=completed.limits_hit,
        output=completed.output[-_TAIL:],
        output_digest=completed.output_digest,
        runner=orders.runner,
    )
    try:
        told = record.read(completed.report, orders.key)
        if orders.runner == "junit":
            junit.fill(told)
        _check(told, checks, trial)
    except record.Untrusted as error:
        why = _why(str(error), completed, trial)
        return run.model_copy(update={"usable": False, "why": why, "ended_in": error.running})
    outcomes = {test: o for test, o in told.outcomes.items() if not checks.own(test)}
    bad = any(o in {Outcome.FAILED, Outcome.ERROR} for o in outcomes.values())
    return run.model_copy(
        update={
            "exit_code": int(bad) if orders.runner != "junit" else told.exit_code,
            "outcomes": outcomes,
            "output": cleaned(completed.output, checks.mark, outcomes)[-_TAIL:],
            "raised": tuple(r for t, r in told.raised.items() if not checks.own(t)),
            "executed": told.executed,
            "reached": {t: lines for t, lines in told.reached.items() if not checks.own(t)},
            "tampered": told.tampered,
        }
    )


def hidden(run: Run, secrets: Iterable[str]) -> Run:
    """A run is shown to people: a secret that the tests printed is not."""
    values = tuple(secrets)
    if not values:
        return run
    raised = tuple(one.model_copy(update={"message": without(one.message, values)}) for one in run.raised)
    told = {"output": without(run.output, values), "why": without(run.why, values)}
    return run.model_copy(update={**told, "raised": raised})


def without(text: str, secrets: Iterable[str]) -> str:
    for value in sorted({value for value in secrets if len(value) > 3}, key=len, reverse=True):
        text = text.replace(value, "[secret]")
    return text


def _readable(trial: Trial, orders: Orders) -> tuple[str, ...]:
    """The command as a person would type it, without this run's own checks."""
    if orders.runner == "junit":
        return orders.args
    if orders.runner == "django":
        manage, *words = orders.manage
        return ("python", manage, "test", *(map(_label, trial.select) if trial.select else words))
    alone = _ALONE if _ALONE[0] in orders.args else ()
    return ("python", "-m", orders.runner, *alone, *trial.select)


def _label(test: str) -> str:
    """A node id as Django names tests."""
    path, *names = test.split("::")
    return ".".join([*path.removesuffix(".py").split("/"), *names])


def _why(said: str, completed: Completed, trial: Trial) -> str:
    if "seconds" in completed.limits_hit:
        return f"the tests took longer than {trial.seconds:g} s; {said}"
    if completed.limits_hit:
        return f"limits were hit ({', '.join(completed.limits_hit)}); {said}"
    last = next((line.strip() for line in reversed(completed.output.splitlines()) if line.strip()), "")
    return f"{said} (last output: {last[:200]})" if last else said


def _check(told: record.Record, checks: Canaries, trial: Trial) -> None:
    """Raises Untrusted where the run is not what it claims to be."""
    if told.optimize:
        raise record.Untrusted("Python ran with -O, so assertions were off")
    if told.elsewhere:
        name, path = told.elsewhere[0]
        raise record.Untrusted(f"{name} was imported from {path}, not from the tree under test")
    _check_canaries(told, checks)
    if not trial.select and trial.target.tests and all(map(checks.own, told.outcomes)):
        raise record.Untrusted(f"no test was collected, though {trial.target.tests[0]} holds tests")
    unfinished = [t for t in told.collected if t not in told.ended]
    if unfinished and told.runner != "junit":
        raise record.Untrusted(f"{len(unfinished)} collected tests did not end, the first is {unfinished[0]}")


def _check_canaries(told: record.Record, checks: Canaries) -> None:
    for test in (*sorted(checks.good), *sorted(checks.bad)):
        outcome = told.outcomes.get(test)
        if outcome is None:
            collected = test in told.collected
            raise record.Untrusted("the run's own checks were not run" if collected else _UNCOLLECTED)
        if test in checks.good and outcome is not Outcome.PASSED:
            told_error = told.raised.get(test)
            said = f": {told_error.exception}: {told_error.message}" if told_error else ""
            raise record.Untrusted(f"a test that must pass ended as {outcome}{said[:300]}")
        if test in checks.bad and outcome is not Outcome.FAILED:
            raise record.Untrusted(f"a test that must fail ended as {outcome}")
