"""A small virtual environment, as a repository has one."""

from __future__ import annotations

import compileall
import importlib.util
import shutil
import venv
from pathlib import Path

PSYCOPG = ("psycopg", "psycopg_binary", "typing_extensions")
PYTEST = ("pytest", "_pytest", "py", "pluggy", "iniconfig", "packaging", "pygments")


def build(home: Path, modules: tuple[str, ...]) -> Path:
    """An environment at `home` with compiled copies of these modules, and the libraries beside them."""
    venv.create(home, symlinks=True, with_pip=False)
    packages = next(home.glob("lib/python*/site-packages"))
    for name in modules:
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        origin = Path(spec.origin)
        if origin.name == "__init__.py":
            for folder in filter(Path.is_dir, (origin.parent, origin.parent.with_name(f"{name}.libs"))):
                shutil.copytree(folder, packages / folder.name)
        else:
            shutil.copy(origin, packages)
    compileall.compile_dir(packages, quiet=2)
    return home
