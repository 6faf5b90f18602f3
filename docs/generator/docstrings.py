"""Listings of functions and methods, made from their docstrings."""

import importlib
import inspect
import re
from collections.abc import Callable
from functools import cached_property
from typing import Final

from docs.generator.markdown import code, table

SECTION: Final = re.compile(r"(Args|Returns|Raises|Source|Yields):\s*(.*)")
ENTRY: Final = re.compile(r" {4}(\w[\w, *]*): (.*)")


def helpers(module: str, name: str, shown_as: str) -> str:
    """What a class offers, as one types it (`corpus.charts.themes()`), and what each gives."""
    members = vars(getattr(importlib.import_module(module), name)).items()
    public = [(own, member) for own, member in members if not own.startswith("_")]
    rows = [
        (code(f"{shown_as}.{own}{call(member)}"), summary(function_of(member)))
        for own, member in public
        if inspect.isfunction(function_of(member))
    ]
    return table(("helper", "gives"), rows)


def function(module: str, name: str) -> str:
    """One function in full: its call, and its docstring with arguments and errors as lists."""
    found = getattr(importlib.import_module(module), name)
    return f"```python\n{name}{plain(inspect.signature(found))}\n```\n\n{in_markdown(found)}"


def function_of(member: object) -> object:
    """The function behind a property or a static method; any other method as it is."""
    behind = (getattr(member, name, None) for name in ("fget", "func", "__func__"))
    return next(filter(None, behind), member)


def call(member: object) -> str:
    """ "(pair, *, days=7)" for a method; "" for a property."""
    if isinstance(member, property | cached_property):
        return ""
    return plain(inspect.signature(member.__get__(object())))


def plain(signature: inspect.Signature) -> str:
    """Arguments and defaults, without types."""
    return str(
        inspect.Signature(
            [one.replace(annotation=inspect.Parameter.empty) for one in signature.parameters.values()]
        )
    )


def summary(found: Callable) -> str:
    """A docstring up to its first section, on one line."""
    lines = (inspect.getdoc(found) or "").splitlines()
    end = next((n for n, line in enumerate(lines) if SECTION.fullmatch(line)), len(lines))
    return " ".join(" ".join(lines[:end]).split())


def in_markdown(found: Callable) -> str:
    """A docstring with its sections in bold and their entries as lists."""
    lines: list[str] = []
    for line in (inspect.getdoc(found) or "").splitlines():
        section, entry = SECTION.fullmatch(line), ENTRY.fullmatch(line)
        if section:
            lines += [f"**{section[1]}** {section[2]}".strip(), ""]
        elif entry:
            lines.append(f"- `{entry[1]}`: {entry[2]}")
        elif line.startswith("     "):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line.strip())
    return "\n".join(lines)
