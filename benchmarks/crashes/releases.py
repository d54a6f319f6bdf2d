"""Released sources and an environment to run them in, kept in a cache folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

CAPTURE = Path(__file__).with_name("capture.py")
SDK = "sentry-sdk==2.75.0"
_QUIET = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True)
class Release:
    """A project's two releases: the one with the bug and the one without."""

    project: str
    buggy: str
    fixed: str
    python: str = "3.11"
    install: tuple[str, ...] = ()
    roots: tuple[str, ...] = ("",)
    tests: tuple[str, ...] = ("tests",)
    package: str = ""  # import name, where it is not the project's


@dataclass
class Yard:
    """The cache: `sdists/`, `trees/`, `venvs/`, `events/`."""

    root: Path
    ran: list[str] = field(default_factory=list)

    def tree(self, project: str, version: str) -> Path:
        """The unpacked source distribution."""
        out = self.root / "trees" / f"{project}-{version}"
        if not out.exists():
            archive = self._download(project, version)
            part = out.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            _unpack(archive, part)
            inner = [p for p in part.iterdir() if p.is_dir()]
            (inner[0] if len(inner) == 1 else part).rename(out)
            shutil.rmtree(part, ignore_errors=True)
        return out

    def _download(self, project: str, version: str) -> Path:
        folder = self.root / "sdists" / f"{project}-{version}"
        if not folder.exists() or not any(folder.iterdir()):
            folder.mkdir(parents=True, exist_ok=True)
            command = ["pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(folder)]
            run([*command, f"{project}=={version}"], timeout=180)
        return next(folder.iterdir())

    def python(self, release: Release) -> str:
        """An interpreter with the project's dependencies, but without the project."""
        venv = self.root / "venvs" / f"{release.project}-{release.fixed}-{release.python}"
        python = venv / "bin" / "python"
        if not (venv / "ready").exists():
            shutil.rmtree(venv, ignore_errors=True)
            run(["uv", "venv", "-q", "-p", interpreter(release.python), str(venv)])
            runner = "pytest<8" if release.python in {"3.7", "3.8"} else "pytest"
            wanted = [f"{release.project}=={release.fixed}", runner, SDK, *release.install]
            run(["uv", "pip", "install", "-q", "-p", str(python), *wanted], timeout=300)
            run(["uv", "pip", "uninstall", "-q", "-p", str(python), release.project])
            (venv / "ready").touch()
        return str(python)

    def fixed_tree(self, release: Release) -> Path:
        return self.tree(release.project, release.fixed)

    def buggy_tree(self, release: Release) -> Path:
        return self.tree(release.project, release.buggy)

    def deploy(self, release: Release) -> Path:
        """The fixed release's tests alone, as the deployed caller's folder."""
        out = self.root / "deploy" / f"{release.project}-{release.fixed}"
        if not out.exists():
            source = self.fixed_tree(release)
            if not any((source / name).exists() for name in release.tests):
                raise RuntimeError(f"{release.project} {release.fixed} ships no {release.tests}")
            for name in release.tests:
                if (source / name).is_dir():
                    shutil.copytree(source / name, out / name)
                elif (source / name).exists():
                    (out / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(source / name, out / name)
            if (source / "conftest.py").exists():
                shutil.copy(source / "conftest.py", out / "conftest.py")
        return out

    def capture(self, release: Release, repo: Path, node: str, out: Path, nodes: Sequence[str] = ()) -> None:
        deploy = self.deploy(release)
        paths = [str(repo / r) for r in release.roots] + [str(deploy)]
        command = [self.python(release), str(CAPTURE), str(repo), str(deploy), node, str(out), *nodes]
        run(command, cwd=deploy, env={"PYTHONPATH": os.pathsep.join(paths)}, timeout=240, check=False)


def interpreter(version: str) -> str:
    """A Python of that version on this machine: of pyenv, else whatever uv finds."""
    own = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
    return str(own[-1]) if own else version


def run(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    timeout: int = 120,
    check: bool = True,
) -> str:
    """Output of a command; raises RuntimeError with its end where it fails."""
    clean = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    try:
        done = subprocess.run(
            list(command),
            cwd=cwd,
            env={**clean, **_QUIET, **(env or {})},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as late:
        raise RuntimeError(f"{command[:4]} took more than {timeout} s") from late
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(command[:5])}: {(done.stdout + done.stderr)[-800:]}")
    return done.stdout + done.stderr


def _unpack(archive: Path, out: Path) -> None:
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(out)
    else:
        with tarfile.open(archive) as opened_tar:
            opened_tar.extractall(out, filter="data")
