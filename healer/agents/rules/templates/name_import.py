"""A name that a missing import would bring: a standard module, or what sibling files import."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import BUILTINS
from healer.agents.rules.site import Site

WELL_KNOWN = {
    "defaultdict": "collections",
    "OrderedDict": "collections",
    "namedtuple": "collections",
    "Counter": "collections",
    "deque": "collections",
    "partial": "functools",
    "wraps": "functools",
    "reduce": "functools",
    "lru_cache": "functools",
    "Path": "pathlib",
    "Decimal": "decimal",
    "Fraction": "fractions",
    "timedelta": "datetime",
    "timezone": "datetime",
    "chain": "itertools",
    "groupby": "itertools",
    "islice": "itertools",
    "product": "itertools",
    "dataclass": "dataclasses",
    "deepcopy": "copy",
    "contextmanager": "contextlib",
    "suppress": "contextlib",
    "StringIO": "io",
    "BytesIO": "io",
    "Enum": "enum",
    "Optional": "typing",
    "Any": "typing",
    "List": "typing",
    "Dict": "typing",
    "Union": "typing",
    "urlparse": "urllib.parse",
    "urlencode": "urllib.parse",
    "quote": "urllib.parse",
    "sleep": "time",
    "itemgetter": "operator",
    "attrgetter": "operator",
    "ceil": "math",
    "floor": "math",
    "sqrt": "math",
}


def ideas(site: Site) -> Iterator[Idea]:
    name = site.crash.words.get("name", "")
    if not any(n.value == name for n in site.on_line(cst.Name)) or name in BUILTINS:
        return
    for statement, weight, reason in sorted(_imports(site, name), key=lambda row: -row[1])[:3]:
        yield Idea(
            edits=site.importing(statement),
            change=f"`{name}` is imported.",
            behaviour=statement,
            bonus=weight,
            reasons=(reason,),
        )


def _imports(site: Site, name: str) -> Iterator[tuple[str, float, str]]:
    attribute = any(_dotted_head(n, name) for n in site.on_line(cst.Attribute))
    if name in sys.stdlib_module_names and attribute:
        yield f"import {name}", 2.0, f"`{name}` is a standard module"
    if name in WELL_KNOWN:
        yield f"from {WELL_KNOWN[name]} import {name}", 1.8, f"`{WELL_KNOWN[name]}` has `{name}`"
    if name == "datetime" and not attribute:
        yield "from datetime import datetime", 0.8, "it is called as the class"
    seen: Counter[str] = Counter()
    for path, tree in site.repository.mentioning(name):
        for node in ast.walk(tree):
            if (statement := _brings(node, name)) and _portable(site, path, node):
                seen[statement] += 1
    for statement, count in seen.most_common(2):
        yield statement, min(2.2, 1.2 + 0.3 * count), "sibling files import it so"
    yield from _defined(site, name)


def _dotted_head(node: cst.Attribute, name: str) -> bool:
    return isinstance(node.value, cst.Name) and node.value.value == name


def _brings(node: ast.AST, name: str) -> str:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            if (alias.asname or alias.name) == name:
                single = type(node)(**{**dict(ast.iter_fields(node)), "names": [alias]})
                return ast.unparse(ast.copy_location(single, node))
    return ""


def _portable(site: Site, path: str, node: ast.AST) -> bool:
    """A relative import only helps in the same directory."""
    relative = isinstance(node, ast.ImportFrom) and node.level > 0
    return not relative or path.rpartition("/")[0] == site.file.path.rpartition("/")[0]


def _defined(site: Site, name: str) -> Iterator[tuple[str, float, str]]:
    """Defined at the top of exactly one module of the same package."""
    folder = site.file.path.rpartition("/")[0]
    found = []
    for keyword in (f"def {name}(", f"class {name}"):
        for path, tree in site.repository.mentioning(keyword):
            if any(getattr(n, "name", "") == name for n in tree.body) and path.rpartition("/")[0] == folder:
                found.append(path)
    if len(set(found)) == 1 and found[0] != site.file.path:
        module = found[0].rpartition("/")[2].removesuffix(".py")
        package = f"{folder}/__init__.py" in site.repository.python_paths
        yield f"from {'.' if package else ''}{module} import {name}", 1.4, f"{found[0]} defines it"


TEMPLATE = Template("name_import", frozenset({Kind.NAME}), 1.0, ideas)
