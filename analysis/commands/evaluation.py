"""Check the indicators against what is known: the figures of notebook 04, computed again."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import exit_on_mistakes
from analysis.console import progress


def validate(
    corpora: Annotated[Path, typer.Argument(help="The folder of the two corpora.")],
    series: Annotated[
        str, typer.Option(help="The folder of the published series; without it, `series` beside the corpora.")
    ] = "",
    out: Annotated[
        str, typer.Option(help="Also store the figures in this file, as benchmarks/exhibits.json has them.")
    ] = "",
) -> None:
    """Hold the indicators against deaths, the official index of risk, and known crises."""
    with exit_on_mistakes():
        from analysis.evaluation.checks import checks
        from analysis.evaluation.exhibits import compute_exhibits, write_exhibits
        from analysis.evaluation.noise_report import noise_lines
        from analysis.evaluation.world_report import agreement_words, rate_line

        with progress("Articles") as advance:
            exhibits = compute_exhibits(corpora, series=series, progress=advance)
        if out:
            write_exhibits(exhibits, Path(out))
    for line in agreement_words(exhibits.agreements):
        typer.echo(line)
    for rate in exhibits.crisis_rates.itertuples():
        typer.echo(rate_line(rate))
    for line in noise_lines(exhibits.false_alarms, exhibits.intervals_held):
        typer.echo(line)
    for check in checks(exhibits).itertuples():
        outcome = "as expected" if check.is_within else f"OUTSIDE ({check.reason})"
        typer.echo("  ".join(part for part in (outcome, check.dyad, check.subject, check.found) if part))
