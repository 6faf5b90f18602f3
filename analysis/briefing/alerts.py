"""Tell an analyst of pairs clearly far more hostile than usual: `alerts.json`, and a command of their own.

`alerts.json`: `desk` (its title), `from` and `to` (days of the period, "" if nothing is dated), `times_usual`
(the threshold) and `alerts`, the most hostile first, each with `pair` ("IRN-ISR"), `statement`,
`hostile_weight` and `usual_weight`.
"""

import json
import os
import signal
import subprocess
from collections.abc import Iterator

from analysis.briefing.build import Briefing
from analysis.country_names import dyad_name
from analysis.indicators.period_moves import far_above_usual
from analysis.ingest.folder_files import DESK_FILE
from analysis.ingest.whole_files import write_whole
from analysis.phrasing import plain_number
from analysis.pipeline.desk import Desk
from analysis.tables.rows import rows_of

ALERTS = "alerts.json"
STANDARD_ERROR = 2


def tell_alerts(desk: Desk, briefing: Briefing) -> Iterator[str]:
    """Tell of each pair far above usual; then write `alerts.json`, and if a pair is in it, run the command.

    Yields:
        A sentence on each pair. The file is written when all have been taken.

    Raises:
        ValueError: the command cannot be started, fails, or takes too long; the briefing stays.
    """
    if not desk.times_usual:
        return
    period, rows = briefing.inputs.period, []
    for move in rows_of(far_above_usual(briefing.inputs.moves, desk.times_usual)):
        numbers = f"{plain_number(move.hostile_weight)}, usually {plain_number(move.usual_weight)}"
        row = {"pair": move.dyad, "statement": f"{dyad_name(move.dyad)}: weight of hostile acts {numbers}"}
        row |= {name: round(getattr(move, name), 3) for name in ("hostile_weight", "usual_weight")}
        rows.append(row)
        yield row["statement"]
    content = {
        "desk": desk.title,
        "from": str(period.first or ""),
        "to": str(period.last or ""),
        "times_usual": desk.times_usual,
        "alerts": rows,
    }
    path = briefing.pages[0].with_name(ALERTS).resolve()
    write_whole(path, json.dumps(content, indent=1) + "\n")
    if not (rows and desk.command):
        return
    own = f"{desk.folder / DESK_FILE}: the command {' '.join(desk.command)!r}"
    words, quiet = [*desk.command, str(path)], subprocess.DEVNULL
    try:  # what it prints is a message, not the result of ours
        running = subprocess.Popen(
            words, cwd=desk.folder, stdin=quiet, stdout=STANDARD_ERROR, start_new_session=True
        )
        code = running.wait(desk.seconds)
    except OSError as error:
        raise ValueError(f"{own} cannot be started ({error.strerror}): {path} stays") from error
    except subprocess.TimeoutExpired as error:
        os.killpg(running.pid, signal.SIGKILL)  # with what it has started itself
        running.wait()
        raise ValueError(
            f"{own} was stopped after {desk.seconds:g} seconds, expected it to end: {path} stays"
        ) from error
    if code:
        raise ValueError(f"{own} ended with exit code {code}, expected 0: {path} stays")
