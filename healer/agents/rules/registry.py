"""All templates. One more costs one file in `templates/` that names a `TEMPLATE`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from healer.agents.rules import templates
from healer.agents.rules.candidate import Template


@cache
def registry() -> tuple[Template, ...]:
    """Sorted by name, so that runs repeat."""
    names = sorted(module.name for module in pkgutil.iter_modules(templates.__path__))
    found = [importlib.import_module(f"{templates.__name__}.{name}").TEMPLATE for name in names]
    return tuple(t for t in found if isinstance(t, Template))
