"""The direct quotes that a page of few articles prints: whole, short, by somebody known, on leading pairs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from analysis.country_names import country_name
from analysis.findings.side_names import country_adjective
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of

SURE: Final = 0.8  # of the right speaker: a page does not guess who said it
LEAST_WORDS, MOST_WORDS = 8, 40  # fewer say little, more are not read
MOST_QUOTES: Final = 3
VAGUE: Final = frozenset(
    ("it", "this", "that", "they", "these", "those", "he", "she", "him", "her", "and", "but")
)


@dataclass(frozen=True)
class ShownQuote:
    """Somebody's words."""

    speaker: str  # "Antony Blinken", "A senior US official"
    described: str  # "US secretary of state", "unnamed"; "" where nothing is known
    words: str  # in double marks
    article_id: str
    start_char: int


def shown_quotes(tables: Tables, pairs: Sequence[str], article_ids: Collection[str]) -> list[ShownQuote]:
    """The quotes to print, those on the first pair first, one for each speaker.

    Args:
        tables: of the corpus.
        pairs: the leading pairs as "CHN-USA", the most important first.
        article_ids: the articles that may be quoted.
    """
    quotes = tables.quotes
    is_fit = quotes["article_id"].isin(list(article_ids)) & (quotes["kind"] == "direct")
    quotes = quotes[is_fit & quotes["speaker_name"].notna() & (quotes["probability"] >= SURE)]
    targets = tables.stances.groupby("quote_id")["target_country_code"].agg(set).to_dict()
    places = {code: place for place, pair in reversed(list(enumerate(pairs))) for code in pair.split("-")}
    found: list[tuple[tuple, Any]] = []
    for row in rows_of(quotes):
        length, own = len(row.text.split()), row.country_code
        codes = {code for code in targets.get(row.quote_id, set()) if isinstance(code, str)}
        about = [places[code] for code in codes if code in places and code != own]
        first = row.text.lstrip("‘“\"'").split()[0].lower() if row.text.split() else ""
        if LEAST_WORDS <= length <= MOST_WORDS and about and first not in VAGUE and row.text[:1].isupper():
            across = (
                any(f"{min(own, code)}-{max(own, code)}" in pairs for code in codes)
                if isinstance(own, str)
                else False
            )
            found.append(((bool(row.is_anonymous), not across, -rank_of(row.role), min(about)), row))
    shown: dict[str, Any] = {}
    for _, row in sorted(found, key=lambda one: one[0]):
        shown.setdefault(row.speaker_id, row)
    return [shown_quote(row) for row in list(shown.values())[:MOST_QUOTES]]


def shown_quote(row: Any) -> ShownQuote:
    """A row of `Quotes` as a page prints it."""
    name = row.speaker_name
    name = f"{name[:1].upper()}{name[1:]}"
    return ShownQuote(name, described(row), f"“{row.text.rstrip(',')}”", row.article_id, int(row.start_char))


def described(row: Any) -> str:
    """ "US secretary of state", "Stimson Center", "unnamed"; "" where nothing is known."""
    if row.is_anonymous:
        return "unnamed"
    role, affiliation = ("" if pd.isna(value) else str(value) for value in (row.role, row.affiliation))
    code = row.country_code if isinstance(row.country_code, str) else ""
    adjective = country_adjective(code) if code else ""
    if role and adjective and not affiliation:
        return role if adjective.lower() in role.lower() else f"{adjective} {role}"
    parts = [part for part in (role, affiliation or (country_name(code) if code else "")) if part]
    return ", ".join(dict.fromkeys(parts))


def rank_of(role: Any) -> int:
    """How senior an office is, from 5 for heads of state to 1; 0 where it is not listed."""
    if not isinstance(role, str):
        return 0
    rows = load_lexicon("findings/speaker_ranks")
    ranks = [int(row.rank) for row in rows_of(rows) if row.kind == "office" and row.words in role.lower()]
    return max(ranks, default=0)
