"""Fixtures: a small repository, a proof about it, and the two forges it can be proposed to."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from healer.case import (
    Cost,
    Diagnosis,
    Outcome,
    Patch,
    Project,
    Proof,
    Reproduction,
    Run,
    Scope,
    Signature,
    Target,
)
from healer.forges.github import GithubForge, Manners
from healer.forges.github_client import Account, GithubClient
from healer.forges.github_tokens import Purse
from healer.forges.local import LocalForge
from healer.workshop.mirror import Mirror
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.yard import Yard
from tests.fakes.github import INSTALLED, TOKEN, FakeGithub
from triage.incident import (
    Answer,
    Decision,
    Event,
    Evidence,
    ExceptionInfo,
    Finding,
    Incident,
    Suspect,
    Verdict,
)

SHOP = "def price(order):\n    return order['cents']\n"
MENDED = "def price(order):\n    return order.get('cents', 0)\n"
TEST = "from shop import price\n\n\ndef test_price_without_cents():\n    assert price({}) == 0\n"
TEMPLATE = "## Description\n\n<!-- what and why -->\n\n## Checklist\n\n- [ ] docs\n"


def run_git(directory: Path, *arguments: str, email: str = "ada@example.org") -> str:
    who = ["-c", "user.name=Ada", "-c", f"user.email={email}", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *arguments], cwd=directory, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    place = tmp_path / "shop"
    (place / ".github").mkdir(parents=True)
    (place / "shop.py").write_text(SHOP)
    (place / ".github" / "CODEOWNERS").write_text("* @bob\nshop.py @kim @acme/core\n")
    (place / ".github" / "pull_request_template.md").write_text(TEMPLATE)
    run_git(place, "init", "-q")
    run_git(place, "add", "-A")
    run_git(place, "commit", "-qm", "Start")
    return place


@pytest.fixture
def bare(shop: Path, tmp_path: Path) -> Path:
    """What is behind the forge."""
    place = tmp_path / "served" / "shop.git"
    run_git(tmp_path, "clone", "-q", "--bare", str(shop), str(place))
    return place


@pytest.fixture(scope="session")
def app_keys() -> tuple[str, str]:
    """(private, public), PEM."""
    key = rsa.generate_private_key(65537, 2048)
    kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return key.private_bytes(*kinds).decode(), public.decode()


@pytest.fixture
def fake(bare: Path, app_keys: tuple[str, str]) -> Iterator[FakeGithub]:
    people = {"ada": "write", "bob": "read", "eve": "none", "kim": "admin"}
    fake = FakeGithub(bare, public_key=app_keys[1], people=people, authors={"ada@example.org": "ada"})
    with fake.running():
        yield fake


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    home = tmp_path / "home"
    return Yard(home, Bubblewrap(home), token=lambda url: INSTALLED if url.startswith("http") else "")


@pytest.fixture
def app(app_keys: tuple[str, str], fake: FakeGithub) -> Account:
    return Account(api=fake.url, app_id="77", private_key=app_keys[0])


@pytest.fixture
def person(fake: FakeGithub) -> Account:
    return Account(api=fake.url, token=TOKEN)


def github(fake: FakeGithub, account: Account, yard: Yard, **manners: Any) -> GithubForge:
    client = GithubClient(account, fake.name, purse=Purse(), sleep=lambda seconds: None)

    def blame(proof: Proof) -> Any:
        diagnosis = proof.patch.reproduction.diagnosis
        line = diagnosis.signature.line
        return yard.history(diagnosis.target, diagnosis.signature.path, line, line)

    return GithubForge(client, fake.remote, yard.push, Manners(**manners), blame)


@pytest.fixture
def forge(fake: FakeGithub, app: Account, yard: Yard) -> GithubForge:
    return github(fake, app, yard)


@pytest.fixture
def local(bare: Path, yard: Yard) -> LocalForge:
    return LocalForge(bare, yard.push, yard.survey, "main")


def proof_of(repository: str, yard: Yard, **changes: Any) -> Proof:
    """A proof as the stages make it, on the repository's real head. `mended`: the new text of shop.py."""
    mirror = Mirror.ensure(repository, yard._mirrors, yard._environment(repository))
    mirror.fetch()
    base = mirror.resolve("main")
    project = Project(name="shop", repository=repository, base="main")
    target = Target(
        project=project,
        commit=base,
        python="/usr/bin/python3",
        python_version=(3, 11),
        source_roots=("",),
        test_command=("python", "-m", "pytest"),
        mirror=str(mirror.directory),
    )
    path, test = "tests/test_healer_price.py", "tests/test_healer_price.py::test_price_without_cents"
    diagnosis = Diagnosis(
        incident=changes.get("incident") or incident(),
        evidence=EVIDENCE,
        verdict=Verdict(decision=Decision.HEAL, code="single_point", reason="one place"),
        target=target,
        located=(),
        suspects=(Suspect(file="shop.py", function="price", line=2, score=0.9, why="the crash itself"),),
        signature=Signature(exception="KeyError", path="shop.py", function="price", line=2),
        scope=Scope(allow=("shop.py",)),
        cause="an order without cents",
    )
    reproduction = Reproduction(
        diagnosis=diagnosis, path=path, source=TEST, test=test, how="call", reproduced=True
    )
    patch = Patch(
        reproduction=reproduction,
        files={"shop.py": changes.get("mended", MENDED)},
        diff=DIFF,
        agent="rules",
        template="key_default",
        explanation="An order without cents costs nothing.",
        confidence=0.75,
        cost=Cost(dollars=0.0125, input_tokens=1200, output_tokens=340, model="some-model", prompt="fix@3"),
    )
    outcomes = {"tests/test_shop.py::test_a": Outcome.PASSED, "tests/test_shop.py::test_b": Outcome.PASSED}
    runs = (
        run("red", {test: Outcome.FAILED}, 0.25),
        run("green", {test: Outcome.PASSED}, 0.5),
        run("suite", {test: Outcome.PASSED, **outcomes}, 1.5),
        run("again", {test: Outcome.FAILED}, 0.25),
    )
    return Proof(
        patch=patch,
        base=base,
        runs=runs,
        fail_to_pass=(test,),
        pass_to_pass=tuple(outcomes),
        executed=True,
        not_checked=("the database",),
    )


DIFF = """\
diff --git a/shop.py b/shop.py
--- a/shop.py
+++ b/shop.py
@@ -1,2 +1,2 @@
 def price(order):
-    return order['cents']
+    return order.get('cents', 0)
"""
ANSWER = Answer(
    id="E1",
    question="error_rate",
    sql="select count(*) from eventlog.event where service = %(service)s",
    bindings={"service": "shop"},
    columns=("count",),
    rows=((7,),),
    row_count=1,
    milliseconds=3.5,
    digest="ab" * 32,
)
EVIDENCE = Evidence(
    answers=(ANSWER,), findings=(Finding(kind="rate", text="7 errors in an hour", cites=("E1",)),)
)


def run(name: str, outcomes: dict[str, Outcome], seconds: float) -> Run:
    command = ("python", "-m", "pytest", *outcomes)
    return Run(
        name=name, command=command, exit_code=0, seconds=seconds, outcomes=outcomes, output_digest="cd" * 32
    )


def incident(number: int = 1, **changes: Any) -> Incident:
    event = Event(
        event_id=f"{number:032x}",
        timestamp=datetime(2026, 11, 20, 9, tzinfo=UTC),
        exceptions=(ExceptionInfo(type="KeyError", value="'cents'"),),
        release="shop@1.4.0",
        environment="production",
        issue_id=str(5000 + number),
        issue_url=f"https://sentry.example/issues/{5000 + number}/",
        redactions={"email": 2},
    )
    fields = {
        "project": "shop",
        "fingerprint": f"{number:064x}"[::-1],
        "event": event,
        "count": 41,
        "users": 13,
    }
    return Incident(**{**fields, **changes})
