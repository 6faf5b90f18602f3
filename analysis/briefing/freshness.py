"""Whether the notebooks of a briefing show the numbers of its front page.

A briefing whose pages contradict each other is worse than none.
"""

from collections.abc import Collection, Sequence
from pathlib import Path

from nbformat import NotebookNode

from analysis.briefing.manifest import input_hashes
from analysis.briefing.snapshots import MEDIA_TYPE, fingerprint
from analysis.pipeline.analyse import Tables
from analysis.views.pages import BriefingError


def check_fresh(seeds: Path, inputs: dict[str, str], rejected: Collection[str]) -> None:
    """Raise BriefingError if the articles changed during the run.

    Args:
        seeds: the folder of articles.
        inputs: `input_hashes` of it before the run.
        rejected: files and records that reading refused.
    """
    now = input_hashes(seeds, rejected)
    changed = sorted(name for name in {*inputs, *now} if inputs.get(name) != now.get(name))
    if changed:
        raise BriefingError(
            f"{seeds / changed[0]} changed during the run, so its numbers are stale: run again"
        )


def check_same_numbers(paths: Sequence[Path], notebooks: Sequence[NotebookNode], tables: Tables) -> None:
    """Raise BriefingError if a notebook shows other numbers than the front page.

    Args:
        paths: files of the notebooks.
        notebooks: the same after their run.
        tables: those of the front page.
    """
    for path, notebook in zip(paths, notebooks, strict=True):
        for record in recorded_numbers(notebook):
            stale = stale_number(record, fingerprint(tables, *record["hashes"]).record())
            if stale:
                raise BriefingError(f"{path}: {stale}")


def recorded_numbers(notebook: NotebookNode) -> list[dict]:
    """The numbers that a notebook records for comparison with those of the front page."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.data[MEDIA_TYPE] for output in outputs if MEDIA_TYPE in output.get("data", {})]


def stale_number(record: dict, own: dict) -> str:
    """What a notebook and the front page show differently, by name: a value, else a table; or ""."""
    stale = stale_value(record["indicators"], own["indicators"])
    if stale:
        return stale
    for name, found in record["hashes"].items():
        if found != own["hashes"][name]:
            return (
                f"its {name} are not those of the front page ({record['rows'][name]} rows here, "
                f"{own['rows'][name]} there), expected the same: its numbers are stale"
            )
    return ""


def stale_value(rows: list[dict], own: list[dict]) -> str:
    """The first value of an indicator that differs between two lists, or ""."""
    found, values = ({(row["indicator"], row["dyad"]): row["value"] for row in part} for part in (rows, own))
    for indicator, dyad in sorted({*values, *found}):
        here, there = found.get((indicator, dyad)), values.get((indicator, dyad))
        if here != there:
            return (
                f"{indicator} of {dyad} is {here} here and {there} on the front page, expected the same: a "
                "number is stale"
            )
    return ""
