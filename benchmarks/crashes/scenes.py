"""Crashes ready to be worked on: a buggy tree, the event, and the fixed tree that judges."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import slips
from benchmarks.crashes.releases import Release, Yard, interpreter, run
from benchmarks.localize import true_functions

RECIPES = Path(__file__).with_name("recipes.toml")


@dataclass(frozen=True)
class Judge:
    """Hidden tests: a folder to lay over the tree, node ids (or files) that a fix mends, node ids that passed
    before; and `path::function` of what upstream changed, where that is known."""

    folder: Path
    mended: tuple[str, ...]
    kept: frozenset[str] = frozenset()
    truth: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scene:
    id: str
    payload: dict[str, Any]  # the event as the SDK sent it
    buggy: Path
    fixed: Path
    python: str
    roots: tuple[str, ...]
    tests: tuple[str, ...]
    judge: Judge | None = None


@dataclass(frozen=True)
class Maker:
    """A scene that still has to be downloaded and captured."""

    id: str
    make: Callable[[], Scene]


def recipes(cache: Path, part: str = "") -> Iterator[Maker]:
    """Scenes of the recipe file; `part` is `open`, `held-out` or "" for all."""
    yard = Yard(cache)
    for entry in tomllib.loads(RECIPES.read_text())["crash"]:
        if part in {"", entry.get("part", "open")}:
            yield Maker(entry["id"], partial(_of_release, yard, entry))


def _of_release(yard: Yard, entry: dict[str, Any]) -> Scene:
    release = Release(
        entry["project"],
        entry["buggy"],
        entry["fixed"],
        entry.get("python", "3.11"),
        tuple(entry.get("install", ())),
        tuple(entry.get("roots", ("",))),
        tuple(entry.get("tests", ("tests",))),
    )
    buggy = yard.buggy_tree(release).resolve()
    event = yard.root / "events" / f"{entry['id']}.json"
    if not event.exists():
        event.parent.mkdir(parents=True, exist_ok=True)
        yard.capture(release, buggy, entry["node"], event)
    return Scene(
        entry["id"],
        _as_deployed(event.read_text(), buggy, yard.deploy(release).resolve(), entry["id"]),
        buggy,
        _fixed(yard, release),
        yard.python(release),
        release.roots,
        release.tests,
        Judge(yard.deploy(release), (entry["node"],)),
    )


def _as_deployed(text: str, repo: Path, deploy: Path, name: str) -> dict[str, Any]:
    """The event with the paths of a server."""
    text = text.replace(str(repo) + "/", f"/srv/app/{name}/").replace(
        str(deploy) + "/", f"/srv/deploy/{name}/"
    )
    payload = json.loads(text)
    if not isinstance(payload, dict):
        raise RuntimeError(f"{name}: no event was captured")
    return payload


def _fixed(yard: Yard, release: Release) -> Path:
    """The buggy tree with the fixed release's code: tests and configuration stay."""
    out = yard.root / "fixed" / f"{release.project}-{release.buggy}-{release.fixed}"
    if not out.exists():
        part = out.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(yard.buggy_tree(release), part)
        shutil.copytree(yard.fixed_tree(release), part, dirs_exist_ok=True)
        part.rename(out)
    return out


def bundles(folder: Path, cache: Path) -> Iterator[Maker]:
    """Cases as folders: repo.bundle, event.json, fix.patch, case.json (`interpreter` where one is made)."""
    for path in sorted(folder.glob("*/case.json")):
        yield Maker(path.parent.name, partial(_of_bundle, path.parent, cache))


def _of_bundle(path: Path, cache: Path) -> Scene:
    case = json.loads((path / "case.json").read_text())
    buggy, fixed = cache / "bundles" / path.name, cache / "bundles" / f"{path.name}-fixed"
    if not fixed.exists():
        for out in (buggy, fixed):
            shutil.rmtree(out, ignore_errors=True)
            run(["git", "clone", "-q", str(path / "repo.bundle"), str(out), "-b", "main"])
            shutil.rmtree(out / ".git")
        subprocess.run(
            ["patch", "-s", "-p1", "-i", str((path / "fix.patch").resolve())], cwd=fixed, check=True
        )
    python = case.get("interpreter") or _environment(cache, case["python"], case["install"][1:])
    payload = json.loads((path / "event.json").read_text())
    roots = tuple(r.removeprefix(".") for r in case["pythonpath"])
    tests = tuple(case.get("test_dirs") or ("tests",))
    return Scene(
        path.name,
        payload,
        buggy.resolve(),
        fixed.resolve(),
        python,
        roots,
        tests,
        _judge(path / "oracle", case),
    )


def _judge(folder: Path, case: dict[str, Any]) -> Judge:
    own = sorted(str(path.relative_to(folder)) for path in folder.rglob("test_*.py"))
    mended, kept = case.get("fail_to_pass", own), case.get("pass_to_pass", ())
    return Judge(folder, tuple(mended), frozenset(kept), true_functions(case))


def _environment(cache: Path, version: str, install: Sequence[str] = ()) -> str:
    """An interpreter with pytest and little else: it starts in a third of the time of ours."""
    venv = cache / "venvs" / f"bundle-{version}"
    python = str(venv / "bin/python")
    if not (venv / "ready").exists():
        run(["uv", "venv", "-q", "-p", interpreter(version), str(venv)])
        wanted = "pytest<8" if version in {"3.7", "3.8"} else "pytest"
        run(["uv", "pip", "install", "-q", "--compile-bytecode", "-p", python, wanted, *install], timeout=300)
        (venv / "ready").touch()
    return python


def programs(part: str, cache: Path) -> Iterator[Maker]:
    """Scenes of the small programs with one slip each; what they were before it is the fixed tree."""
    for slip in slips.load(part):
        yield Maker(slip.id, partial(_of_slip, slip, cache))


def _of_slip(slip: slips.Slip, cache: Path) -> Scene:
    buggy, fixed = (cache / "programs" / slip.id / name for name in ("buggy", "fixed"))
    for tree, files in ((buggy, slip.files), (fixed, slip.correct)):
        shutil.rmtree(tree, ignore_errors=True)
        slips.lay(tree, files)
    python = _environment(cache, f"{sys.version_info[0]}.{sys.version_info[1]}")
    return Scene(slip.id, slips.crash(slip), buggy.resolve(), fixed.resolve(), python, ("",), ("tests",))


def default_cache() -> Path:
    return Path(tempfile.gettempdir()) / "healer-crashes"
