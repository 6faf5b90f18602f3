"""A search in a corpus is narrowed to what the corpus was narrowed to."""

from analysis.pipeline.filters import Scope
from analysis.search.query import Filters


def filters_in(scope: Scope, asked: Scope, *, speaker: str, outlet: str) -> Filters:
    """The filters of a search in a corpus.

    Args:
        scope: of the corpus.
        asked: days, country and pair of the search, which narrow it further.
        speaker: name or part of it.
        outlet: likewise.

    Raises:
        ValueError: the speaker or the outlet is not text.
    """
    for name, value in (("speaker", speaker), ("outlet", outlet)):
        if not isinstance(value, str):
            raise ValueError(f"{name} is {value!r}, expected a name or part of it")
    both = scope, asked
    return Filters(
        speaker,
        outlet,
        countries=tuple(dict.fromkeys(one.country for one in both if one.country)),
        pairs=tuple(dict.fromkeys(one.pair for one in both if one.pair)),
        since=max(one.since for one in both),
        until=min((one.until for one in both if one.until), default=""),
    )


def check_limit(limit: object) -> None:
    """Raise ValueError unless a value is a number of hits."""
    if not isinstance(limit, int) or limit < 1:
        raise ValueError(f"limit is {limit!r}, expected a number from 1 up")
