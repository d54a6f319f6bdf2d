"""Files of production that the checkout has, too.

A path below the folder the application was deployed to names, in a test, the file of the same commit: the
test reads what production read. What the checkout does not have stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from healer.case import Diagnosis
from triage.incident import Frame, Located
from triage.noun import Json

_ENDS = frozenset("'\"\\\n<>:,;() ")
_SHORTEST = 4  # characters of a folder that may stand for another: `/` is everywhere


@dataclass(frozen=True)
class Deployment:
    """`roots`: production's folder -> the checkout's, both without a slash at the end. `known`: files and
    folders of the checkout. `folder`: the one of them in which the tests run."""

    roots: Mapping[str, str]
    known: frozenset[str]
    folder: str = ""

    def home(self, value: Json) -> Json:
        """The value, with paths of the checkout in place of production's."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self.home(one) for one in value]
        if isinstance(value, dict):
            return {self._text(key): self.home(one) for key, one in value.items()}
        return value

    def _text(self, text: str) -> str:
        for root, own in self.roots.items():
            if root in text:
                head, *rest = text.split(root)
                text = head + "".join(self._after(root, own, part) for part in rest)
        return text

    def _after(self, root: str, own: str, rest: str) -> str:
        end = next((n for n, char in enumerate(rest) if char in _ENDS), len(rest))
        path = f"{own}{rest[:end]}".strip("/")
        inside = path == self.folder or path.startswith(f"{self.folder}/" if self.folder else "")
        if rest[:1] not in {"/", *_ENDS, ""} or path not in self.known or not inside:
            return root + rest
        return (path[len(self.folder) :].strip("/") or ".") + rest[end:]


def find(located: Iterable[Located], paths: Iterable[str], folder: str = "") -> Deployment:
    """Where production had the files that its frames name."""
    known = frozenset(part for path in paths for part in (path, *_folders(path)))
    roots = {root: own for root, own in map(_root, located) if len(root) >= _SHORTEST}
    return Deployment(roots, known, folder.strip("/"))


def _root(located: Located) -> tuple[str, str]:
    """Production's folder, and that of the checkout, above what a frame's path has in common in both."""
    deployed, own = located.frame.abs_path.split("/"), located.path.split("/")
    while deployed and own and deployed[-1] == own[-1]:
        deployed.pop()
        own.pop()
    return "/".join(deployed), "/".join(own)


def _folders(path: str) -> Iterator[str]:
    while path:
        path = path.rpartition("/")[0]
        yield path


def at_home(diagnosis: Diagnosis, paths: Iterable[str]) -> Diagnosis:
    """The diagnosis, its event's locals and extra data naming the checkout's own files."""
    deployment = find(diagnosis.located, paths, diagnosis.target.project.subdirectory)
    if not deployment.roots:
        return diagnosis

    def moved(frame: Frame) -> Frame:
        told = {name: deployment.home(value) for name, value in frame.vars.items()}
        given = {name: deployment.home(value) for name, value in frame.arguments.items()}
        return frame.model_copy(update={"vars": told, "arguments": given})

    event = diagnosis.incident.event
    chain = tuple(
        one.model_copy(update={"frames": tuple(map(moved, one.frames))}) for one in event.exceptions
    )
    extra = {name: deployment.home(value) for name, value in event.extra.items()}
    told = event.model_copy(update={"exceptions": chain, "extra": extra})
    incident = diagnosis.incident.model_copy(update={"event": told})
    located = tuple(one.model_copy(update={"frame": moved(one.frame)}) for one in diagnosis.located)
    return diagnosis.model_copy(update={"incident": incident, "located": located})
