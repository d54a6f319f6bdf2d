"""A proof is shown again from its document alone; a forged one is not."""

from __future__ import annotations

import copy
import json
import subprocess
from datetime import UTC, datetime

import pytest

from healer.case import (
    Diagnosis,
    Outcome,
    Patch,
    Proof,
    Raised,
    RaisedAt,
    Refutation,
    Reproduction,
    Run,
    Scope,
    Signature,
)
from healer.diffing import unified
from healer.errors import BadInput
from healer.protocols import Job
from healer.proving.document import differences, from_json, to_json
from healer.proving.experiment import Shown
from healer.stages.prove import judge, prove
from healer.verify import own_words, unseen, verify
from triage.incident import Decision, Event, Evidence, Incident, Verdict

PRICES = "shop/prices.py"


@pytest.fixture(scope="session")
def repository(shop, tmp_path_factory):
    """The shop as a git repository; returns its path and its commit."""
    root = tmp_path_factory.mktemp("repository")
    for path in shop.source.paths():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(shop.source.read(path))

    def git(*words):
        options = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        done = subprocess.run(["git", "-C", str(root), *options, *words], check=True, capture_output=True)
        return done.stdout.decode().strip()

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "Open the shop")
    return root, git("rev-parse", "HEAD")


def patch_of(shop, commit, files, diff=None):
    claim = shop.claim(files=files)
    target = claim.target.model_copy(update={"commit": commit})
    diagnosis = Diagnosis(
        incident=Incident(project="shop", fingerprint="f" * 32, event=Event(event_id="1")),
        evidence=Evidence(),
        verdict=Verdict(decision=Decision.HEAL, code="single_point", reason="one frame"),
        target=target,
        located=(),
        suspects=(),
        signature=Signature(exception="TypeError", path=PRICES, function="discount", line=12),
        scope=Scope(allow=(PRICES,)),
    )
    reproduction = Reproduction(
        diagnosis=diagnosis,
        path=claim.test_path,
        source=claim.test_source,
        test=claim.test,
        how="call",
        reproduced=True,
    )
    made = unified({p: shop.source.read(p) for p in files}, files)
    return Patch(reproduction=reproduction, files=files, diff=made if diff is None else diff, agent="rules")


@pytest.fixture(scope="session")
def proof(shop, repository):
    made = prove(patch_of(shop, repository[1], shop.claim().files), shop.bench, greens=2)
    assert isinstance(made, Proof), made
    return made


@pytest.fixture(scope="session")
def document(proof):
    return json.loads(json.dumps(to_json(proof)))


def test_the_document_holds_what_a_repetition_needs(document, repository):
    assert document["base"] == repository[1]
    assert document["fail_to_pass"] == ["tests/test_regression_discount.py::test_discount_without_customer"]
    assert len(document["pass_to_pass"]) == 4
    assert [r["name"] for r in document["runs"]] == [
        "base",
        "red",
        "red 2",
        "green",
        "green 2",
        "suite",
        "again",
    ]
    base = document["runs"][0]
    assert base["counts"] == {"passed": 4, "skipped": 1, "xfailed": 1}
    assert base["command"][:3] == ["python", "-m", "pytest"]
    assert "not correctness" in document["statement"]
    assert datetime.fromisoformat(document["made_at"]).tzinfo is UTC or document["made_at"].endswith("Z")


@pytest.fixture(scope="session")
def proposed(shop, repository):
    """A branch that holds what the proof speaks of."""
    root, base = repository
    claim = shop.claim()

    def git(*words):
        options = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        subprocess.run(["git", "-C", str(root), *options, *words], check=True, capture_output=True)

    git("checkout", "-q", "-b", "proposed", base)
    for path, text in {**claim.files, **claim.test_files}.items():
        (root / path).write_text(text)
    git("add", "-A")
    git("commit", "-q", "-m", "Fix it")
    git("checkout", "-q", "main")
    return "proposed"


def test_a_true_proof_holds_for_its_own_change(document, repository, proposed, sandbox, environment):
    python = str(environment / "bin/python")
    seen = verify(document, repository[0], python, sandbox=sandbox, commit=proposed)
    assert seen.differences == ()
    assert seen.holds


class NeverRun:
    """Forgeries that need no run must not cause one, but for the interpreter's own answer."""

    def __init__(self, sandbox):
        self.sandbox, self.owner = sandbox, sandbox.owner

    def check(self):
        return self.sandbox.check()

    def run(self, job: Job):
        assert not job.report, "nothing of this repository needed to run"
        return self.sandbox.run(job)


def forged(document, **changes):
    return copy.deepcopy(document) | changes


@pytest.mark.parametrize(
    "forge",
    [
        lambda d: d | {"diff": "--- a/shop/prices.py\n+++ b/shop/prices.py\n@@ -1 +1 @@\n-x\n+y\n"},
        lambda d: d | {"diff": d["diff"].replace("discount", "discontu")},
        lambda d: d | {"diff": ""},
        lambda d: d | {"base": "0" * 40},
        lambda d: d | {"base": "HEAD"},
        lambda d: {k: v for k, v in d.items() if k != "diff"},
        lambda d: d | {"schema": "healer-proof/9"},
        lambda d: d | {"trust": "me"},
        lambda d: {k: v for k, v in d.items() if k != "schema"},
        lambda d: {k: v for k, v in d.items() if k != "statement"},
        lambda d: d | {"executed": "yes"},
        lambda d: d | {"made_at": "yesterday"},
        lambda d: d | {"python": "3.11, and any other"},
        lambda d: d | {"runs": [d["runs"][0] | {"seconds": float("nan")}, *d["runs"][1:]]},
        lambda d: d | {"runs": [d["runs"][0] | {"output_digest": "\x1b[2J"}, *d["runs"][1:]]},
        lambda d: [d],
        lambda d: "proof",
    ],
)
def test_what_is_no_proof_of_this_repository_is_bad_input(forge, document, repository, sandbox, environment):
    with pytest.raises(BadInput):
        verify(forge(document), repository[0], str(environment / "bin/python"), sandbox=NeverRun(sandbox))


def with_diff(document, shop, text, path=PRICES):
    return document | {"diff": unified({path: shop.source.read(path)}, {path: text})}


def test_a_diff_that_touches_tests_does_not_hold(document, repository, shop, sandbox, environment):
    path = "tests/test_prices.py"
    changed = with_diff(document, shop, "def test_total():\n    pass\n", path)
    seen = verify(changed, repository[0], str(environment / "bin/python"), sandbox=NeverRun(sandbox))
    assert not seen.holds
    assert "belongs to the tests" in seen.differences[0]


def test_a_diff_that_fixes_nothing_does_not_hold(document, repository, shop, sandbox, environment):
    changed = with_diff(document, shop, shop.source.read(PRICES) + "ANSWER = 42\n")
    seen = verify(changed, repository[0], str(environment / "bin/python"), sandbox=sandbox)
    assert not seen.holds
    assert seen.differences[0].startswith("green:")


LIES = {
    "red": {"exit_code": 0},
    "green": {"counts": {"passed": 900}},
    "green 2": {"command": ["python", "-m", "pytest", "--everything"]},
    "suite": {"counts": {"passed": 7}},
}


def lie(run):
    return run | LIES.get(run["name"], {})


def test_every_false_statement_is_named(document, repository, sandbox, environment):
    """One repetition shows all of them, as each is independent of the others."""
    lies = forged(
        document,
        fail_to_pass=[*document["fail_to_pass"], "tests/test_prices.py::test_made_up"],
        pass_to_pass=[*document["pass_to_pass"][1:], "tests/test_prices.py::test_on_python_2"],
        failing_before=["tests/test_prices.py::test_label"],
        flaky=["tests/test_prices.py::test_of_nobody"],
        statement="Correct, and approved by everybody.",
        runs=[
            *(lie(r) for r in document["runs"] if r["name"] != "again"),
            document["runs"][0],
            document["runs"][0] | {"name": "fuzz"},
            document["runs"][0] | {"name": "without any failure"},
        ],
    )
    seen = verify(lies, repository[0], str(environment / "bin/python"), sandbox=sandbox)
    assert not seen.holds
    said = "\n".join(seen.differences)
    assert "test_made_up turns from red to green only in the proof" in said
    assert "test_on_python_2 does not pass before and after" in said
    assert f"{document['pass_to_pass'][0]} passes before and after, which the proof does not say" in said
    assert "test_label is not red on base" in said
    assert "the run red ended otherwise" in said
    assert "the proof has no run again" in said
    assert "the run green counts {'passed': 900}" in said
    assert "the run green 2 is made by another command" in said
    assert "the run suite has other tests" in said
    assert "the proof has the run base more than once" in said
    assert "the repetition has no run fuzz" in said
    assert "the repetition has no run without any failure" in said
    assert "test_of_nobody is called flaky, and there is no such test" in said
    assert "the statement is not the one that proofs make" in said


SENSES = (
    "from shop.prices import discount\n\n\ndef test_x():\n"
    "    if len(discount.__code__.co_consts) < 3:\n        discount({'customer': None})\n"
)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"source": SENSES, "test": "tests/test_regression_discount.py::test_x"}, "__code__"),
        ({"path": "tests/conftest.py"}, "is not in tests/conftest.py"),
        ({"path": "sitecustomize.py", "test": "sitecustomize.py::test_x"}, "name of a test file"),
        ({"how": "existing", "path": "tests/test_no.py", "test": "tests/test_no.py::x"}, "does not exist"),
        ({"how": "existing", "path": PRICES, "test": f"{PRICES}::x"}, "reads otherwise"),
    ],
)
def test_a_reproduction_that_could_know_the_patch_does_not_hold(
    told, why, document, repository, sandbox, environment
):
    changed = forged(document, reproduction=document["reproduction"] | told)
    seen = verify(changed, repository[0], str(environment / "bin/python"), sandbox=NeverRun(sandbox))
    assert not seen.holds
    assert why in seen.differences[0]


RENAMED = (
    "diff --git a/tests/test_prices.py b/prices.txt\nsimilarity index 100%\n"
    "rename from tests/test_prices.py\nrename to prices.txt\n"
)


def test_a_diff_that_does_more_elsewhere_is_no_proof(document, repository, sandbox, environment):
    """`git apply` would follow what no run has seen."""
    changed = forged(document, diff=RENAMED + document["diff"])
    with pytest.raises(BadInput, match="says more than what its lines change"):
        verify(changed, repository[0], str(environment / "bin/python"), sandbox=NeverRun(sandbox))


def test_a_proof_of_another_change_does_not_hold(document, repository, sandbox, environment):
    python = str(environment / "bin/python")
    seen = verify(document, repository[0], python, sandbox=NeverRun(sandbox), commit="HEAD")
    assert not seen.holds
    assert {line.split()[0] for line in seen.differences} == {PRICES, document["reproduction"]["path"]}


def test_what_a_document_decides_for_itself_is_told(document, shop):
    told = from_json(
        forged(
            document,
            test_command=["python", "-m", "pytest", "--deselect", "tests/test_prices.py::test_label"],
            place=document["place"] | {"setup": ["make", "env"]},
            not_checked=["regressions"],
            flags=["hard_coded"],
            reproduction=document["reproduction"] | {"source": SENSES},
        )
    )
    said = "\n".join(own_words(told))
    assert "--deselect tests/test_prices.py::test_label" in said
    assert "made by: make env" in said
    assert "decides by itself what it runs (line 5): read it" in said
    assert "not checked: regressions" in said
    assert "hard_coded" in said
    assert not list(own_words(from_json(document)))


def again(document, *runs, failing_before=()):
    """What a repetition showed."""
    return Shown(
        runs=runs,
        fail_to_pass=tuple(document["fail_to_pass"]),
        pass_to_pass=tuple(document["pass_to_pass"]),
        flaky=(),
        failing_before=failing_before,
        executed=True,
        flags=(),
        surplus=(),
        not_checked=(),
    )


def test_what_did_not_show_this_time_is_told(document):
    test = document["fail_to_pass"][0]
    frames = (RaisedAt(path=PRICES, function="discount", line=12),)
    raised = Raised(test=test, exception="TypeError", message="not subscriptable", frames=frames)
    red = Run(name="red", command=("python",), exit_code=1, seconds=1, raised=(raised,))
    steady = document["pass_to_pass"][0]
    signature = document["signature"] | {"message": "no such thing", "line": 90}
    told = forged(document, flaky=[steady], signature=signature, surplus=["shop/prices.py:9"])
    flaky, line, said, needed = unseen(from_json(told), again(document, red))
    assert steady in flaky
    assert line == "production failed in line 90, the test in line 12"
    assert "'no such thing', the test 'not subscriptable'" in said
    assert needed == "the proof calls the change at shop/prices.py:9 needless, which did not show here"
    assert not list(unseen(from_json(document), again(document, red)))


def test_what_is_hidden_of_base_is_a_false_statement(document):
    red = {"tests/test_prices.py::test_label": Outcome.FAILED}
    base = Run(name="base", command=("python",), exit_code=1, seconds=1, outcomes=red)
    shown = again(document, base, failing_before=tuple(red))
    assert any(
        "test_label is red on base, which the proof does not say" in d
        for d in differences(from_json(document), shown)
    )


def test_a_proof_without_the_run_of_base_is_told_so(document):
    base = Run(name="base", command=("python",), exit_code=0, seconds=1)
    told = forged(document, runs=document["runs"][1:])
    assert "the proof has no run base" in differences(from_json(told), again(document, base))


def test_a_diff_that_says_something_else_than_the_files_is_refuted(shop, repository):
    other = unified({PRICES: shop.source.read(PRICES)}, {PRICES: shop.source.read(PRICES) + "X = 1\n"})
    made = prove(patch_of(shop, repository[1], shop.claim().files, diff=other), shop.bench)
    assert isinstance(made, Refutation)
    assert "something else" in made.reason


def test_a_judgement_holds_a_refutation_with_its_stage(shop, repository):
    text = shop.source.read(PRICES) + "import os\nos._exit(0)\n"
    judged = judge(patch_of(shop, repository[1], {PRICES: text}), shop.bench)
    assert judged.proof is None
    assert judged.reason.startswith("gate: ")
