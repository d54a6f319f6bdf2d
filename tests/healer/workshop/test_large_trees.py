"""A hundred thousand files: nothing may look through all of them for each of them."""

from __future__ import annotations

from healer.case import Project, Target
from healer.workshop.bench import plan_for
from healer.workshop.interpreter import source_roots


class Listed(tuple[str, ...]):
    """A tree's paths, and how often all of them were searched for one."""

    searched = 0

    def __contains__(self, path: object) -> bool:
        self.searched += 1
        return super().__contains__(path)


class Large:
    """Some packages with many modules each."""

    def __init__(self) -> None:
        modules = (f"package{n}/{name}.py" for n in range(40) for name in ("__init__", *"abcdefgh"))
        self.listed = Listed(sorted(modules))

    def paths(self) -> tuple[str, ...]:
        return self.listed

    def read(self, path: str) -> str | None:
        return "" if path in frozenset(self.listed) else None


def test_a_plan_is_made_without_searching_all_paths_for_each_file():
    source = Large()
    target = Target(
        project=Project(name="shop", repository="/shop"),
        commit="0" * 40,
        python="python3",
        python_version=(3, 11),
        source_roots=source_roots(source),
        test_command=("python", "-m", "pytest"),
    )
    plan = plan_for(target, source)
    assert set(plan.names) == {f"package{n}" for n in range(40)}
    assert source.listed.searched < 5
