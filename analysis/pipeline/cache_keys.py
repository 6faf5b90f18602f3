"""What a reading depends on, and the key made of it: code, word lists, models and packages.

Nothing is listed by hand, so nothing can be forgotten. A reading is a function of
`analysis.pipeline.extractors`. It needs the modules from which this function and those it calls take names,
the modules that these import, and so on; every file of `data/` and `models/` whose name stands in one of them
in quotes; and every package that one of them imports. One too many costs a reading anew, one too few would
give yesterday's numbers; so names in quotes that mean something else are taken too.
"""

import ast
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from analysis.nlp.parse.model import installed_model
from analysis.source_files import AT_START, file_states

PACKAGE = Path(__file__).parents[1]
DATA, MODELS_FOLDER = PACKAGE / "data", PACKAGE / "models"
PASSES = "pipeline.extractors"
PARSES, PARSED_BY = "parses", "nlp.parse.doc_table"  # a reading of its own, and its module
OWN = re.compile(r"^\s*(?:from|import)\s+analysis\.([\w.]+)", re.MULTILINE)
IMPORTED = re.compile(r"^\s*(?:from|import)\s+(\w+)", re.MULTILINE)
QUOTED = re.compile(r"[\"']([\w./-]+)[\"']")


@cache
def reading_key(reading: str, columns: str) -> str:
    """Sixteen hexadecimal digits that change with anything a reading depends on.

    Args:
        reading: `parses`, or the name of a function of `analysis.pipeline.extractors` without its `_rows`.
        columns: names and types of its table.

    Returns:
        The same digits on every machine with the same code, lists, models and packages.
    """
    modules = needed_modules(reading)
    parts = [columns, *passes_source(reading)]
    parts += [source(module) for module in modules]
    parts += [digest(path.read_bytes()) for path in needed_files(modules)]
    parts += needed_packages(modules)
    return digest("\0".join(parts).encode())[:16]


def edited_files(readings: Iterable[str]) -> list[str]:
    """Paths below `analysis/` of files that readings depend on, edited since this process began.

    A process reads a list or a module once, and goes on with what it has read. What it finds after an edit
    is that of no key: neither of the files as they were, if a worker that began later read it, nor as they
    are.
    """
    modules = {module for reading in readings for module in needed_modules(reading)}
    needed = [*needed_files(modules), *map(module_path, [*modules, PASSES])]
    now = file_states()
    edited = [path for path in needed if now.get(str(path)) != AT_START.get(str(path))]
    return sorted(path.relative_to(PACKAGE).as_posix() for path in edited)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def source(module: str) -> str:
    return module_path(module).read_text(encoding="utf-8")


def module_path(module: str) -> Path:
    """File of a module by its name below `analysis`, such as "nlp.events.coder"."""
    return PACKAGE.joinpath(*module.split(".")).with_suffix(".py")


def needed_modules(reading: str) -> list[str]:
    """Every module that a reading runs through, but `passes` itself, of which it runs only a part."""
    waiting, found = [PARSED_BY, *(() if reading == PARSES else passes_modules(reading))], set()
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += [name for name in OWN.findall(source(module)) if name != PASSES]
    return sorted(found)


def needed_files(modules: Iterable[str]) -> list[Path]:
    """The word lists and model files that modules name."""
    named = {name for module in modules for name in QUOTED.findall(source(module))}
    lists = {path.relative_to(DATA).with_suffix("").as_posix(): path for path in DATA.rglob("*.csv")}
    models = {path.name: path for path in MODELS_FOLDER.glob("*.*")}
    found = {name: path for name, path in {**lists, **models}.items() if name in named}
    return [found[name] for name in sorted(found)]  # the same order wherever they lie


def needed_packages(modules: Iterable[str]) -> list[str]:
    """Name and version of every installed package that modules import, of Python and the language model."""
    imported = {name for module in modules for name in IMPORTED.findall(source(module))}
    names = [*sorted(imported - sys.stdlib_module_names - {"analysis"}), installed_model()]
    found = [f"{name} {number}" for name in names if (number := package_version(name))]
    return [f"python {sys.version_info[0]}.{sys.version_info[1]}", *found]


@cache
def package_version(name: str) -> str:
    """Version of a package by the name it is imported by; "" if there is none (a docstring's `from the`)."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def passes_source(reading: str) -> list[str]:
    """The parts of `analysis.pipeline.extractors` that a reading runs through, in the order of the file."""
    return [] if reading == PARSES else [ast.unparse(node) for node in passes_parts(reading)]


def passes_modules(reading: str) -> list[str]:
    """The modules of `analysis` from which these parts take names."""
    used = {name for node in passes_parts(reading) for name in names_in(node)}
    return sorted({module for name, module in passes_imports() if name in used})


def passes_parts(reading: str) -> list[ast.stmt]:
    """The function of a reading, and all that it uses of the same file."""
    parts = {name: node for node in passes_tree().body for name in names_defined(node)}
    waiting, found = [f"{reading}_rows"], set()
    while waiting:
        name = waiting.pop()
        if name in parts and name not in found:
            found.add(name)
            waiting += names_in(parts[name])
    return [node for node in passes_tree().body if found & set(names_defined(node))]


def passes_imports() -> Iterator[tuple[str, str]]:
    """Each name that `analysis.pipeline.extractors` imports from a module of `analysis`, with the module."""
    for node in passes_tree().body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis."):
            for alias in node.names:
                yield alias.asname or alias.name, node.module.removeprefix("analysis.")


@cache
def passes_tree() -> ast.Module:
    return ast.parse(source(PASSES))


def names_defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def names_in(node: ast.AST) -> list[str]:
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
