from __future__ import annotations

import io
import os
import tarfile

import pytest

from healer.protocols import Trial
from healer.workshop import bytecode
from healer.workshop.bench import SandboxBench


def test_an_environment_without_bytecode_gets_it_once_and_runs_the_same(
    sandbox, make_environment, shop, tmp_path
):
    home = make_environment()
    for compiled in home.rglob("*.pyc"):
        compiled.unlink()
    target = shop.target.model_copy(update={"python": str(home / "bin/python")})
    calls = []

    class Counting:
        check = sandbox.check

        def run(self, job):
            calls.append(job)
            return sandbox.run(job)

    for _ in range(2):
        bench = SandboxBench(
            Counting(), lambda _: shop.source, lambda _: str(shop.source.root), cache=tmp_path / "cache"
        )
        seen = bench.run(Trial(name="base", target=target, seconds=60))
        assert seen.usable, seen.why
        assert len(seen.passed()) == 4
    assert len(calls) == 3, "compiled once, run twice"
    (place,) = (tmp_path / "cache").iterdir()
    assert len(list(place.rglob("*.pyc"))) > 50


def test_an_environment_with_bytecode_is_left_alone(sandbox, environment, shop, tmp_path):
    assert bytecode.prepare(sandbox, shop.target, shop.source, tmp_path / "cache") is None
    assert not (tmp_path / "cache").exists()


def test_only_plain_pyc_files_are_taken_from_the_archive(tmp_path):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name in ("lib/a.pyc", "../out.pyc", "/abs.pyc", "lib/b.py"):
            tar.addfile(tarfile.TarInfo(name), io.BytesIO())
        link = tarfile.TarInfo("lib/link.pyc")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    bytecode.fill(tmp_path / "cache/one", archive.getvalue())
    found = [str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if not p.is_dir()]
    assert found == ["cache/one/lib/a.pyc"]


def test_a_broken_archive_leaves_nothing(tmp_path):
    with pytest.raises(tarfile.TarError):
        bytecode.fill(tmp_path / "cache/one", b"nothing of the kind")
    assert list((tmp_path / "cache").iterdir()) == []


def test_the_oldest_go_first(tmp_path):
    for n in range(bytecode.KEPT + 3):
        (tmp_path / f"{n:02}").mkdir()
        os.utime(tmp_path / f"{n:02}", (n, n))
    bytecode.trim(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir())[0] == "03"
