"""What a reading depends on - code, word lists, models and packages - and the cache key made of it.

Nothing is listed by hand, so nothing can be forgotten. A reading is a function of
`analysis.pipeline.extractors`. It depends on the modules from which this function and those it calls import
names, the modules that these import, and so on; on every file of `data/` and `models/` whose name one of them
has in quotes; and on every package that one of them imports. One dependency too many means that texts are
read again, one too few would give yesterday's numbers, so a quoted name counts whatever it means.
"""

import ast
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from analysis.nlp.parse.model import installed_model
from analysis.source_files import AT_START, State, file_states

PACKAGE = Path(__file__).parents[1]
DATA, MODELS_FOLDER = PACKAGE / "data", PACKAGE / "models"
EXTRACTORS_MODULE = "pipeline.extractors"
PARSES, PARSES_MODULE = "parses", "nlp.parse.parser"  # the parses are a reading too, made by this module
OWN_IMPORT = re.compile(r"^\s*(?:from|import)\s+analysis\.([\w.]+)", re.MULTILINE)
PACKAGE_IMPORT = re.compile(r"^\s*(?:from|import)\s+(\w+)", re.MULTILINE)
QUOTED_NAME = re.compile(r"[\"']([\w./-]+)[\"']")


@cache
def reading_key(reading: str, columns: str) -> str:
    """The cache key of a reading: sixteen hexadecimal digits that change with anything it depends on.

    Args:
        reading: `parses`, or the name of a function of `analysis.pipeline.extractors` without its `_rows`.
        columns: names and types of its table.

    Returns:
        The same digits on every machine with the same code, lists, models and packages.
    """
    modules = needed_modules(reading)
    parts = [columns, *extractor_source(reading)]
    parts += [source(module) for module in modules]
    parts += map(file_digest, needed_files(modules))
    parts += needed_packages(modules)
    return digest("\0".join(parts).encode())[:16]


def edited_files(readings: Iterable[str], *, before: Mapping[str, State] = AT_START) -> list[str]:
    """Paths below `analysis/` of files that readings depend on and that were edited since this process began.

    A process reads a list or module once and keeps using it. What it finds after an edit belongs to no key:
    not to that of the files now, and, since a worker may have started later, not to that of before.

    Args:
        readings: as in `reading_key`.
        before: state of each file when the process began.
    """
    modules = {module for reading in readings for module in needed_modules(reading)}
    needed = [*needed_files(modules), *map(module_path, [*modules, EXTRACTORS_MODULE])]
    now = file_states()
    edited = [path for path in needed if now.get(str(path)) != before.get(str(path))]
    return sorted(path.relative_to(PACKAGE).as_posix() for path in edited)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def file_digest(path: Path) -> str:
    """Of a list or model, as it was when this process first read it."""
    return digest(path.read_bytes())


@cache
def source(module: str) -> str:
    return module_path(module).read_text(encoding="utf-8")


def module_path(module: str) -> Path:
    """The file of a module, by its name below `analysis`, such as "nlp.events.coder"."""
    return PACKAGE.joinpath(*module.split(".")).with_suffix(".py")


def needed_modules(reading: str) -> list[str]:
    """Every module that a reading runs, except `extractors`, of which it runs only a part."""
    remaining, found = [PARSES_MODULE, *(() if reading == PARSES else extractor_modules(reading))], set()
    while remaining:
        module = remaining.pop()
        if module not in found:
            found.add(module)
            remaining += found_in(module, OWN_IMPORT) - {EXTRACTORS_MODULE}
    return sorted(found)


@cache
def found_in(module: str, pattern: re.Pattern[str]) -> frozenset[str]:
    """What a pattern finds in a module, as it was when this process first read it."""
    return frozenset(pattern.findall(source(module)))


def needed_files(modules: Iterable[str]) -> list[Path]:
    """The word lists and model files named in some modules."""
    named = {name for module in modules for name in found_in(module, QUOTED_NAME)}
    lists = {path.relative_to(DATA).with_suffix("").as_posix(): path for path in DATA.rglob("*.csv")}
    models = {path.name: path for path in MODELS_FOLDER.glob("*.*")}
    found = {name: path for name, path in {**lists, **models}.items() if name in named}
    return [found[name] for name in sorted(found)]  # in the same order on every machine


def needed_packages(modules: Iterable[str]) -> list[str]:
    """Name and version of Python, the language model and every installed package that modules import."""
    imported = {name for module in modules for name in found_in(module, PACKAGE_IMPORT)}
    names = [*sorted(imported - sys.stdlib_module_names - {"analysis"}), installed_model()]
    found = [f"{name} {number}" for name in names if (number := package_version(name))]
    return [f"python {sys.version_info[0]}.{sys.version_info[1]}", *found]


@cache
def package_version(name: str) -> str:
    """Version of a package, by its import name; "" if there is none, since a docstring may say `from the`."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def extractor_source(reading: str) -> list[str]:
    """The parts of `analysis.pipeline.extractors` that a reading runs, in the order of the file."""
    return [] if reading == PARSES else [ast.unparse(node) for node in extractor_parts(reading)]


def extractor_modules(reading: str) -> list[str]:
    """The modules of `analysis` from which these parts use names."""
    used = {name for node in extractor_parts(reading) for name in names_in(node)}
    return sorted({module for name, module in extractor_imports() if name in used})


def extractor_parts(reading: str) -> list[ast.stmt]:
    """The function of a reading, and everything in the same file that it uses."""
    parts = {name: node for node in extractor_tree().body for name in names_defined(node)}
    remaining, found = [f"{reading}_rows"], set()
    while remaining:
        name = remaining.pop()
        if name in parts and name not in found:
            found.add(name)
            remaining += names_in(parts[name])
    return [node for node in extractor_tree().body if found & set(names_defined(node))]


def extractor_imports() -> Iterator[tuple[str, str]]:
    """Each name that `analysis.pipeline.extractors` imports from `analysis`, with its module."""
    for node in extractor_tree().body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis."):
            for alias in node.names:
                yield alias.asname or alias.name, node.module.removeprefix("analysis.")


@cache
def extractor_tree() -> ast.Module:
    return ast.parse(source(EXTRACTORS_MODULE))


def names_defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


@cache
def names_in(node: ast.AST) -> list[str]:
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
