"""`tables.xlsx`: the content of a briefing as tables for Excel.

Articles, statements, events, topics and indicators of the reporting period, the incidents of the front page
and what is announced; the pairs by week go back to the first article, so that a trend can be drawn.
"""

from pathlib import Path
from typing import Final

from analysis.briefing.front_page_data import FrontPageData
from analysis.export.workbook import write_workbook
from analysis.findings.period_inputs import PeriodInputs
from analysis.readable.columns import TABLES
from analysis.readable.tables import (
    Readable,
    about_tables,
    newest_first,
    readable_incidents,
    readable_tables,
    readable_weeks,
)

TABLES_FILE: Final = "tables.xlsx"
TABLES_TITLE: Final = "Every table behind this briefing, for Excel"


def write_tables_file(folder: Path, data: FrontPageData) -> None:
    """Write `tables.xlsx` into the folder of a briefing; the same articles give the same bytes.

    Raises:
        OSError: it cannot be written.
    """
    found = Readable(PeriodInputs(data.period_tables, data.period), data.rejected, data.scope)
    own = {
        "incidents": newest_first(readable_incidents(data.inputs, data.inputs.current)),
        "weeks": newest_first(readable_weeks(data.deduplicated)),
    }
    rest = readable_tables(found, [name for name in TABLES if name not in own])
    tables = {name: own[name] if name in own else rest[name] for name in TABLES}
    write_workbook(tables, folder / TABLES_FILE, about=about_tables(found, data.period_tables.articles))
