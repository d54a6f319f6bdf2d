"""`healer cases --proof`: what a reviewer repeats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from healer import cli
from healer.case import Healed, PullRequest
from healer.proving.document import to_json
from healer.store import cases
from healer.workshop.yard import Yard
from tests.fakes.proposals import bare, proof_of, shop, yard

__all__ = ["bare", "shop", "yard"]


def test_the_proof_of_a_proposal_is_printed(
    record, shop: Path, yard: Yard, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEALER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HEALER_DATABASE_URL", record.url)
    monkeypatch.chdir(tmp_path)
    proof = proof_of(str(shop), yard)
    told = proof.patch.reproduction.diagnosis.incident
    case = record.arrive(1, told.fingerprint).case
    pull = PullRequest(key=told.key, branch=f"healer/{told.key}", commit="c" * 40)
    cases.close(record.connection, case, Healed(pull_request=pull, proof=proof))
    assert cli.main(["cases", "--proof", told.key]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(to_json(proof)))
    assert cli.main(["cases", "--proof", "nothing-1"]) == 2
    assert "healer cases" in capsys.readouterr().err
