"""What a reader must know about a set of tables before using a row."""

from pandas import DataFrame

from analysis.phrasing import counted, days_in_words
from analysis.pipeline.filters import Scope

CAVEAT = (
    "A program read these rows from the articles and makes mistakes: read the sentence before you use a row. "
    'The column "how sure" shows which rows to check first.'
)
NARROWED = (
    "All of these articles were read; the table of articles has those with an event or a statement here."
)
REPEATS = "Rows that only repeat another one, in a headline or a reprint, are left out."


def about_tables(articles: DataFrame, scope: Scope) -> list[str]:
    """Which articles the tables are about, and how to read them, in sentences.

    Args:
        articles: `Articles` table.
        scope: the pair or country to which the tables are narrowed.
    """
    days = articles["published_date"].dropna()
    dated = f", {days_in_words(days.min().date(), days.max().date())}" if len(days) else ""
    undated = articles["published_date"].isna().sum()
    without = f" ({counted(int(undated), 'article')} without a date)" if undated else ""
    read = f"{counted(len(articles), 'article')}{dated}{without}, {scope.pairs}."
    return [read, *([NARROWED] if scope.subject else []), REPEATS, CAVEAT]
