"""A small virtual environment, as a repository has one."""

from __future__ import annotations

import compileall
import importlib.util
import shutil
import venv
from pathlib import Path

PYTEST = ("pytest", "_pytest", "py", "pluggy", "iniconfig", "packaging", "pygments")


def build(home: Path, modules: tuple[str, ...]) -> Path:
    """An environment at `home` that holds copies of these modules, compiled."""
    venv.create(home, symlinks=True, with_pip=False)
    packages = next(home.glob("lib/python*/site-packages"))
    for name in modules:
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        origin = Path(spec.origin)
        if origin.name == "__init__.py":
            shutil.copytree(origin.parent, packages / name)
        else:
            shutil.copy(origin, packages)
    compileall.compile_dir(packages, quiet=2)
    return home
