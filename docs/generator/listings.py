"""Listings made from word lists, measured rates, the readers of files, the rooms and the command line."""

import ast
import tomllib
from collections.abc import Iterable
from importlib import import_module
from math import floor, log10
from pathlib import Path
from typing import Final

import typer
from pandas import DataFrame, notna

from analysis.cli import app
from analysis.evaluation.measured import CLASS_NAMES, measured
from analysis.ingest.corrections_file import CORRECTABLE_FIELDS
from analysis.ingest.draft import FIELDS
from analysis.ingest.file_formats import FORMATS
from analysis.lexicons import load_lexicon
from docs.generator.docstrings import summary
from docs.generator.markdown import code, codes, table

ROOT: Final = Path(__file__).parents[2]


def indicator_definitions() -> str:
    """What each indicator says, its range, and which way is worse."""
    rows = load_lexicon("indicators/codebook").assign(code=lambda rows: rows["indicator"].map(code))
    return columns(
        rows,
        {
            "indicator": "name",
            "code": "code",
            "definition": "definition",
            "range": "range",
            "direction": "direction",
        },
    )


def indicator_limits() -> str:
    """How each indicator is estimated, from when on it is compared, and what it gets wrong."""
    rows = load_lexicon("indicators/codebook")
    return columns(
        rows,
        {
            "indicator": "name",
            "95% interval": "interval",
            "compared from": "minimum",
            "known weakness": "weakness",
            "source": "source",
        },
    )


def columns(rows: DataFrame, heads: dict[str, str]) -> str:
    return table(list(heads), rows[list(heads.values())].itertuples(index=False))


def file_formats() -> str:
    """Every format of file, its endings, and what its reader makes of it."""
    rows = ((one.name, codes(one.endings), summary(one.read)) for one in FORMATS)
    return table(("format", "endings", "what is read"), sorted(rows))


def column_names() -> str:
    """The names under which a table or a record may give each field of an article."""
    names = load_lexicon("ingest/column_names")
    found = ((field, names.loc[names["field"] == field, "name"].tolist()) for field in FIELDS)
    return table(("field", "recognised names"), ((code(field), ", ".join(given)) for field, given in found))


def corrections() -> str:
    """Which fields of which tables an analyst can overrule."""
    return table(
        ("table", "fields"), ((code(name), codes(fields)) for name, fields in CORRECTABLE_FIELDS.items())
    )


def rates() -> str:
    """How often each pass is right, on what, and who does better."""
    return table(
        ("question", "measured on", "figure", "Faultline", "best published", "two annotators"),
        (
            (
                row.question,
                row.measured_on,
                row.reading,
                f"{share(row.score)}{interval(row)}",
                f"{share(row.peer_score)} ({row.peer})" if row.peer else "",
                row.people_score.replace("0.", "."),
            )
            for row in measured("rates").itertuples()
        ),
    )


def class_scores(family: str) -> str:
    """F1 of each class of a family, "root" or "section"."""
    scores = measured("classes")
    return table(
        ("class", "F1"),
        (
            (CLASS_NAMES.get(row.name, row.name), share(row.score))
            for row in scores[scores["family"] == family].itertuples()
        ),
    )


def share(score: object) -> str:
    """ ".91", or "" where nothing was measured."""
    return f"{float(score):.2f}".removeprefix("0") if notna(score) and score != "" else ""


def interval(row: object) -> str:
    return f" ({share(row.low)} to {share(row.high)})" if notna(row.low) else ""


def word_list(name: str) -> str:
    """The columns of a word list, and about how many rows it has."""
    rows = load_lexicon(name)
    return f"Columns: {codes(rows.columns)}. About {about(len(rows)):,} rows."


def declared_values(module: str, name: str) -> str:
    """The values that a column may hold, and what each means, as a module declares them."""
    values = getattr(import_module(module), name)
    head = name.removesuffix("S").lower()
    return table((head, "means"), ((code(value), means) for value, means in values.items()))


def about(count: int) -> int:
    """A number to two digits, so that a row more or less changes no page."""
    return round(count, 1 - floor(log10(count)))


def rooms() -> str:
    """The rooms of `analysis/` in the order in which data flows, each with what is in it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = {
        one["containers"][0]: one["layers"]
        for one in project["tool"]["importlinter"]["contracts"]
        if "layers" in one
    }
    lines = [*room_lines("", layers["analysis"])]
    place = next(n for n, (path, _) in enumerate(lines) if path == "`nlp/`")
    return table(
        ("room", "what is in it"),
        [*lines[: place + 1], *room_lines("nlp/", layers["analysis.nlp"]), *lines[place + 1 :]],
    )


def room_lines(above: str, layers: Iterable[str]) -> list[tuple[str, str]]:
    """Path and purpose of each room or file, the lowest first."""
    names = [name for layer in reversed(list(layers)) for name in layer.split(" | ")]
    return [room_line(f"{above}{name}") for name in names]


def room_line(path: str) -> tuple[str, str]:
    home = ROOT / "analysis" / path
    is_folder = (home / "__init__.py").is_file()
    source = home / "__init__.py" if is_folder else home.with_suffix(".py")
    first = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))).partition("\n\n")[0]
    return code(f"{path}/" if is_folder else f"{path}.py"), first


def commands() -> str:
    """Every command with its arguments and options, as `--help` says them."""
    return "\n\n".join(
        one_command(name, found) for name, found in typer.main.get_command(app).commands.items()
    )


def one_command(name: str, found: typer.core.TyperCommand) -> str:
    rows = [(spelling(one), one.help or "", default_of(one)) for one in found.params]
    arguments = [argument(one) for one in found.params if not is_option(one)]
    options = ["[OPTIONS]"] if any(map(is_option, found.params)) else []
    usage = " ".join(["faultline", name, *arguments, *options])
    parts = [f"### {name}", found.help, f"```\n{usage}\n```"]
    return "\n\n".join([*parts, table(("argument or option", "meaning", "default"), rows)])


def is_option(parameter: typer.core.TyperOption | typer.core.TyperArgument) -> bool:
    return parameter.opts[0].startswith("--")


def argument(parameter: typer.core.TyperArgument) -> str:
    words = f"{parameter.name.upper()}{'...' if parameter.nargs == -1 else ''}"
    return words if parameter.required else f"[{words}]"


def spelling(parameter: typer.core.TyperOption | typer.core.TyperArgument) -> str:
    return (
        codes([*parameter.opts, *parameter.secondary_opts])
        if is_option(parameter)
        else code(argument(parameter))
    )


def default_of(parameter: typer.core.TyperOption | typer.core.TyperArgument) -> str:
    """The default where it says something; nothing for a flag that is off or a text that is empty."""
    value = parameter.default
    if isinstance(value, bool):
        return "on" if value else ""
    return code(value) if value not in (None, "") else ""
