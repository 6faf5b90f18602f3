"""One theme: which one a person means."""

from difflib import get_close_matches
from typing import Final

from pandas import DataFrame

from analysis.indicators.theme_shares import themes_by_articles
from analysis.lexicons import load_lexicon
from analysis.phrasing import either

MOST_SUGGESTED: Final = 3
LEAST_LIKENESS: Final = 0.6


def themes() -> list[str]:
    """Every theme of the taxonomy."""
    rows = load_lexicon("topics/taxonomy")
    return rows.loc[rows["dimension"] == "theme", "topic"].tolist()


def find_theme(typed: str, topics: DataFrame) -> str:
    """The theme that a person means: its name, or words that only one theme contains, such as "trade".

    Args:
        typed: what the person typed.
        topics: `Topics` table; an analyst's correction may have added a theme that the lists lack.

    Raises:
        ValueError: there is no such theme, or there are several; the message suggests some.
    """
    known = list(dict.fromkeys([*themes(), *themes_by_articles(topics).index]))
    wanted = typed.strip().casefold()
    found = [one for one in known if one.casefold() == wanted]
    found = found or [one for one in known if set(wanted.split()) <= set(one.casefold().split())]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(f"theme is {typed!r}, which may mean {either(found[:MOST_SUGGESTED])}: choose one")
    near = get_close_matches(wanted, known, n=MOST_SUGGESTED, cutoff=LEAST_LIKENESS)
    hint = f"did you mean {either(near)}?" if near else f"expected one of {', '.join(known)}"
    raise ValueError(f"theme is {typed!r}, which is not a theme: {hint}")
