"""What the project's own tests expect of a function in its edge cases."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from healer.agents.rules.functions import literal_text
from healer.agents.rules.outcome import Tally
from healer.agents.rules.repository import Repository

OWN = 1.4  # log-odds of an error that tests expect of the function itself
ABOVE = 1.0  # … of a function that calls it
MORE = 0.3  # for each further test, up to two
MANY = 3  # definitions of one name, from which on a test that calls it need not mean this one


def from_tests(tally: Tally, repository: Repository, path: str, name: str, above: tuple[str, ...]) -> None:
    """Errors that tests expect of `name`, or of the frames above it; small results they expect of it."""
    stem = path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]
    errors: Counter[tuple[str, str]] = Counter()
    results: Counter[str] = Counter()
    for word in dict.fromkeys((name, *above)):
        for _, tree in _tests(repository, stem, word):
            errors.update((word, error) for error in _errors(tree, word))
            results.update(_results(tree, word) if word == name else ())
    for (word, error), count in errors.items():
        weight = (OWN if word == name else ABOVE) + MORE * min(2, count - 1)
        tally.add("raise", error, weight, f"tests expect {error} of `{word}`")
    for text, count in results.items():
        tally.add("return", text, OWN + MORE * min(2, count - 1), f"tests expect {text} of `{name}`")


def _tests(repository: Repository, stem: str, word: str) -> Iterator[tuple[str, ast.Module]]:
    if word.startswith(("<", "__")) or len(list(islice(repository.functions(word), MANY))) >= MANY:
        return
    for path, tree in repository.mentioning(f"{word}(", tests=True):
        if stem in (repository.text(path) or ""):
            yield path, tree


def _errors(tree: ast.Module, word: str) -> Iterator[str]:
    """`with pytest.raises(E): … word(…)`, `with self.assertRaises(E): …`, `assertRaises(E, word, …)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.With) and any(_calls(inner, word) for inner in node.body):
            for item in node.items:
                yield from _raises(item.context_expr)
        elif isinstance(node, ast.Call) and len(node.args) > 1 and _named(node.args[1], word):
            yield from _raises(node)


def _raises(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Call) and node.args:
        called = ast.unparse(node.func).rpartition(".")[2]
        if called in {"raises", "assertRaises", "assertRaisesRegex"}:
            kinds = node.args[0].elts if isinstance(node.args[0], ast.Tuple) else [node.args[0]]
            yield from (ast.unparse(kind).rpartition(".")[2] for kind in kinds)


def _results(tree: ast.Module, word: str) -> Iterator[str]:
    """`assert word(…) is None`, `assert word(…) == []`: an empty or plain result."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Compare) and len(node.test.ops) == 1:
            made, wanted = node.test.left, node.test.comparators[0]
            if isinstance(made, ast.Call) and _named(made.func, word):
                text = literal_text(wanted)
                if text in {"None", "[]", "{}", "()", "''", "0", "0.0", "False", "set()"}:
                    yield text


def _calls(node: ast.AST, word: str) -> bool:
    return any(isinstance(inner, ast.Call) and _named(inner.func, word) for inner in ast.walk(node))


def _named(node: ast.expr, word: str) -> bool:
    return (isinstance(node, ast.Name) and node.id == word) or (
        isinstance(node, ast.Attribute) and node.attr == word
    )
