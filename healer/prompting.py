"""Prompts as documents: `prompts/*.md`, loaded, checked, locked and rendered.

A prompt's first part, its instructions, takes no input and is the same bytes in every run. Its task part
takes inputs; what is declared untrusted passes the model's encoder here, and can come in no other way.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal

import yaml
from jinja2 import Environment, StrictUndefined, TemplateError, meta
from pydantic import Field, ValidationError

from healer.errors import HealerError
from triage.noun import Noun
from triage.sanitize import for_model

BREAK = "\n<!-- task -->\n"
LOCK = "prompts.lock"
SECTIONS = ("Goal", "Context", "Constraints", "Acceptance criteria", "Non-goals", "Output", "Stop rule")
_JINJA = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)


class BadPrompt(HealerError):
    """A prompt cannot be used; `healer prompts` names what to correct."""


class Header(Noun):
    """Front matter. `changelog` maps each version to one line, the newest last."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")
    version: int = Field(ge=1)
    tier: Literal["cheap", "strong", "review", "any"]
    inputs: dict[str, Literal["trusted", "untrusted"]]
    output: str
    changelog: dict[int, str]


@dataclass(frozen=True)
class Rendered:
    """`instructions` never change within a version; `task` holds the inputs."""

    id: str
    instructions: str
    task: str


@dataclass(frozen=True)
class Prompt:
    header: Header
    instructions: str
    task: str  # Jinja

    @property
    def id(self) -> str:
        """What every step, trace and pull request is marked with: name@version."""
        return f"{self.header.name}@{self.header.version}"

    @property
    def digest(self) -> str:
        """sha256 over the body and which inputs are trusted; a changelog line changes nothing."""
        said = f"{sorted(self.header.inputs.items())}\n{self.instructions}{BREAK}{self.task}"
        return hashlib.sha256(said.encode()).hexdigest()

    def render(self, *, boundary: str | None = None, **inputs: str) -> Rendered:
        """Every declared input must be given, and no other. `boundary` is random unless a test fixes it."""
        declared = self.header.inputs
        if inputs.keys() != declared.keys():
            odd = sorted(inputs.keys() ^ declared.keys())
            raise BadPrompt(f"{self.id}: inputs differ from those declared: {', '.join(odd)}")
        mark = boundary or secrets.token_hex(8)
        safe = {
            k: for_model(v, boundary=mark) if declared[k] == "untrusted" else v for k, v in inputs.items()
        }
        try:
            task = _JINJA.from_string(self.task).render(safe)
        except TemplateError as error:
            raise BadPrompt(f"{self.id}: {error}") from None
        return Rendered(self.id, self.instructions, task)


def parse(text: str, file: str = "prompt") -> Prompt:
    """Raises BadPrompt."""
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        raise BadPrompt(f"{file}: no front matter between two lines of ---")
    try:
        header = Header.model_validate(yaml.safe_load(parts[1]))
    except yaml.YAMLError as error:
        raise BadPrompt(f"{file}: the front matter is not YAML: {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadPrompt(f"{file}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    instructions, found, task = parts[2].partition(BREAK)
    if not found:
        raise BadPrompt(f"{file}: no line {BREAK.strip()} between instructions and task")
    return Prompt(header, instructions.strip() + "\n", task.strip() + "\n")


def folder() -> Traversable:
    return resources.files("prompts")


def files(where: Traversable | None = None) -> dict[str, str]:
    """Name of the file -> text, of every prompt."""
    found = sorted((where or folder()).iterdir(), key=lambda file: file.name)
    return {f.name: f.read_text("utf-8") for f in found if f.name.endswith(".md") and f.name != "README.md"}


def load(name: str) -> Prompt:
    """A shipped prompt. Raises BadPrompt where it does not match the lock."""
    prompt = parse((folder() / f"{name}.md").read_text("utf-8"), f"{name}.md")
    if problems := lint(prompt, locked()):
        raise BadPrompt(f"{name}.md: {problems[0]}")
    return prompt


def locked(where: Traversable | None = None) -> dict[str, str]:
    """Prompt id -> digest, of every version ever shipped."""
    lines = ((where or folder()) / LOCK).read_text("utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def lint(prompt: Prompt, lock: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with it, in the order to correct it."""
    header, problems = prompt.header, []
    if list(header.changelog) != list(range(1, header.version + 1)):
        problems.append(f"the changelog has one line for each version from 1 to {header.version}")
    missing = [name for name in SECTIONS if f"## {name}\n" not in prompt.instructions]
    if missing:
        problems.append(f"sections are missing: {', '.join(missing)}")
    if "{{" in prompt.instructions or "{%" in prompt.instructions:
        problems.append("the instructions take no input, so that they can be cached")
    used = meta.find_undeclared_variables(_JINJA.parse(prompt.task))
    if used != header.inputs.keys():
        problems.append(f"declared and used inputs differ: {', '.join(sorted(used ^ header.inputs.keys()))}")
    if prompt.id not in lock:
        problems.append(f"{prompt.id} is not locked; run: healer prompts --lock")
    elif lock[prompt.id] != prompt.digest:
        problems.append(f"the body of {prompt.id} changed; give it a new version and a line in the changelog")
    return tuple(problems)


def relocked(prompts: Mapping[str, Prompt], lock: Mapping[str, str]) -> str:
    """The lock with new versions added. Raises BadPrompt where a locked version's body changed."""
    entries = dict(lock)
    for prompt in prompts.values():
        if entries.setdefault(prompt.id, prompt.digest) != prompt.digest:
            raise BadPrompt(
                f"{prompt.id}: the body changed; give it a new version and a line in the changelog"
            )
    head = "# Every version of every prompt ever shipped: id, sha256. Written by `healer prompts --lock`.\n"
    return head + "".join(f"{name} {digest}\n" for name, digest in sorted(entries.items()))
