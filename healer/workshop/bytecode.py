"""Bytecode of an environment that has none (uv does not compile), made once and shown read-only to every run.

Made in the sandbox, without any file of the repository; halves the start of a run. Python itself checks
each file against its source's time and size, so a changed environment is never run from stale bytecode.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from healer.case import Limits, Target
from healer.errors import HealerError
from healer.protocols import Job, Mount, Sandbox
from healer.workshop import suite
from healer.workshop.claims import scratch
from healer.workshop.orders import PROBE
from triage.incident import Source

INSIDE = "/opt/healer-bytecode"
MOST_NAMES, MOST_FILES, LARGEST = 200, 400, 4 << 20
KEPT = 16  # environments
_IMPORTS = re.compile(
    r"^[ \t]*((?:from [\w.]+ import\b)"
    r"|(?:import [\w.]+(?: as \w+)?(?:, ?[\w.]+(?: as \w+)?)*[ \t]*(?:#.*)?$))",
    re.M,
)
_INSIDE_PREFIX = "/tmp/bytecode"


def prepare(sandbox: Sandbox, target: Target, source: Source, cache: Path) -> Path | None:
    """The directory to show at INSIDE; None where the environment has bytecode, or none could be made."""
    if has_bytecode(Path(target.python).parent.parent):
        return None
    names = wanted(source, target)
    key = hashlib.sha256("\0".join([target.python, *names]).encode()).hexdigest()[:24]
    place = cache / key
    if not place.is_dir():
        try:
            fill(place, make(sandbox, target.python, names))
        except (HealerError, OSError, tarfile.TarError):
            return None
        trim(cache)
    return place


def has_bytecode(prefix: Path) -> bool:
    return any(True for _ in prefix.glob("lib/python3*/site-packages/_pytest/__pycache__/*.pyc"))


def wanted(source: Source, target: Target) -> tuple[str, ...]:
    """What the repository's files import from outside, and pytest."""
    found: set[str] = set()
    for path in suite.python_files(source)[:MOST_FILES]:
        found |= set(_imported(source.read(path) or ""))
    own = {path.partition("/")[0].removesuffix(".py") for path in source.paths()}
    names = sorted(n for n in found - own if n.isidentifier())
    return ("pytest", *names[:MOST_NAMES])


def _imported(text: str) -> Iterator[str]:
    """Packages that a file's import lines name. Nothing but those lines is parsed."""
    for line in _IMPORTS.findall(text):
        kind, _, rest = line.partition(" ")
        told = rest.split(" import")[:1] if kind == "from" else rest.split(",")
        yield from (part.strip().partition(" ")[0].partition(".")[0] for part in told)


def make(sandbox: Sandbox, python: str, names: tuple[str, ...]) -> bytes:
    with scratch() as empty:
        completed = sandbox.run(
            Job(
                tree=str(empty),
                command=(python, "-s", f"{PROBE}/warm.py", *names),
                env={"PYTHONPYCACHEPREFIX": _INSIDE_PREFIX, "PYTHONDONTWRITEBYTECODE": ""},
                mounts=(Mount(host=str(Path(__file__).with_name("probe")), inside=PROBE),),
                python=python,
                report=True,
                limits=Limits(seconds=60),
            )
        )
    return completed.report


def fill(place: Path, archive: bytes) -> None:
    """Only plain .pyc files below plain directories are taken. Appears as a whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=place.parent))
    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r|") as tar:
            for member in tar:
                parts = PurePosixPath(member.name).parts
                plain = ".." not in parts and not member.name.startswith("/")
                if member.isreg() and plain and member.name.endswith(".pyc") and member.size <= LARGEST:
                    write(fresh.joinpath(*parts), tar, member)
        fresh.chmod(0o755)
        os.rename(fresh, place)
    except OSError:
        if not place.is_dir():  # somebody else may have been faster
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write(path: Path, tar: tarfile.TarFile, member: tarfile.TarInfo) -> None:
    stream = tar.extractfile(member)
    if stream is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(stream.read())


def trim(cache: Path) -> None:
    """The oldest go first."""
    places = sorted((p for p in cache.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
    for place in places[:-KEPT]:
        shutil.rmtree(place, ignore_errors=True)
