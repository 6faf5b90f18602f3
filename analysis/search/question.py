"""A search: a query, the kind of text in which all of it must be found, and filters."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from analysis.phrasing import WrongArgument
from analysis.search.query import Query, parse_query

ARTICLES, TITLES, SENTENCES, STATEMENTS = "articles", "titles", "sentences", "statements"
LEVELS: Final = (ARTICLES, TITLES, SENTENCES, STATEMENTS)


class Filters(NamedTuple):
    """Conditions on a text besides its words; "" and () set none."""

    speaker: str = ""  # a name or the beginning of its words: "wang yi", "lavr"
    outlet: str = ""  # likewise
    countries: tuple[str, ...] = ()  # codes, all of which the text involves
    pairs: tuple[str, ...] = ()  # "CHN-USA"
    since: str = ""  # ISO 8601 day
    until: str = ""  # ISO 8601 day, included


NO_FILTERS: Final = Filters()


@dataclass(frozen=True)
class Question:
    """A search that was understood."""

    query: Query
    within: str = ARTICLES  # one of `LEVELS`
    filters: Filters = NO_FILTERS

    def __str__(self) -> str:
        return self.query.typed if self.within == ARTICLES else f"{self.query.typed} in {self.within}"


def question_of(typed: str, within: str = "", filters: Filters = NO_FILTERS) -> Question:
    """A search from what a person typed.

    Args:
        typed: the query.
        within: one of `LEVELS`; "": statements where a speaker is asked for, else articles.
        filters: other conditions on the text.

    Raises:
        QueryError: the query cannot be understood.
        ValueError: `within` is none of these.
    """
    if within not in ("", *LEVELS):
        raise WrongArgument("in", f" is {within!r}, expected {', '.join(LEVELS[:-1])} or {LEVELS[-1]}")
    return Question(parse_query(typed), within or (STATEMENTS if filters.speaker else ARTICLES), filters)
