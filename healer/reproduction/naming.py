"""What the repository's classes and their objects are called in a test."""

from __future__ import annotations

from keyword import iskeyword

from healer.reproduction.modules import Class
from healer.reproduction.values import Call, Literal, Many, Name, Table, Value


def of_class(cls: Class) -> Name:
    """The class, as a test imports it."""
    return Name(cls.module.name, cls.qualname)


def below(cls: Class, path: str) -> Value:
    """A class below it, called as a repr names it, dotted or not."""
    name = path.rpartition(".")[2] or cls.name
    return Call(Name("", "type"), (Literal.of(name), Many((of_class(cls),), "tuple"), Table(())))


def label(name: str) -> str:
    """A variable for an object of a class of this name."""
    name = name.lower()
    return name if name.isidentifier() and not iskeyword(name) and not name.startswith("_") else "obj"
