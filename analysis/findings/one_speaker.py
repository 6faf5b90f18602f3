"""One speaker: whom a name means, what is known about them, and whether their stances changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.country_names import country_in_sentence, country_name
from analysis.findings.sources import described
from analysis.findings.wording import words
from analysis.indicators.dyads import MINIMUM_STORIES
from analysis.phrasing import counted, either
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import only_articles
from analysis.pipeline.typed_countries import plain
from analysis.tables.rows import rows_of

LEAST_LIKENESS: Final = 0.75  # between a misspelt name and the one suggested
MOST_SUGGESTED: Final = 3
CLEARLY_MORE: Final = 5  # times as many statements as all others with the name have together
LOCAL: Final = "/"  # in the id of a speaker whom only one article knows by that name


class Known(NamedTuple):
    """A speaker who may be meant."""

    speaker_id: str
    name: str
    count: int  # of statements

    @property
    def shown(self) -> str:
        return f"{self.name} ({counted(self.count, 'statement')})"


@dataclass(frozen=True)
class SpeakerFacts:
    """Who somebody is, and how much they said."""

    name: str
    described: str  # "US secretary of state"; "" if nothing is known
    statement_count: int
    article_count: int
    outlet_count: int
    first: date | None  # day of the first article; None if none is dated
    last: date | None


def known_speakers(quotes: DataFrame) -> list[Known]:
    """Everybody who is quoted by name, the most quoted first: `Quotes` table."""
    named = quotes.dropna(subset=["speaker_id", "speaker_name"])
    named = named[~named["is_anonymous"]]
    groups = named.groupby("speaker_id", sort=False)["speaker_name"]
    found = [Known(one, max(names, key=len), len(names)) for one, names in groups]
    return sorted(found, key=lambda one: (-one.count, one.name))


def find_speaker(typed: str, quotes: DataFrame) -> str:
    """The id of the speaker whom a person means: an id, a name, or words of one, such as "Lavrov".

    Args:
        typed: what the person typed.
        quotes: `Quotes` table.

    Raises:
        ValueError: nobody has that name, or several do; the message suggests names.
    """
    known, wanted = known_speakers(quotes), plain(typed)
    if typed in {one.speaker_id for one in known}:
        return typed
    general = [one for one in known if LOCAL not in one.speaker_id]
    found = called(wanted, general) or called(wanted, known)
    if len(found) == 1:
        return found[0].speaker_id
    raise ValueError(several_meant(typed, found) if found else nobody_meant(typed, known))


def called(wanted: str, known: Sequence[Known]) -> list[Known]:
    """Speakers with exactly this name, else with it as their last word, else with all its words."""
    names = {one: plain(one.name).split() for one in known}
    parts = wanted.split()
    tests = (
        lambda name: name == parts and len(parts) > 1,
        lambda name: name[-1:] == parts,
        lambda name: set(parts) <= set(name),
    )
    found = ([one for one, name in names.items() if parts and test(name)] for test in tests)
    return most_quoted(next((people for people in found if people), []))


def most_quoted(found: list[Known]) -> list[Known]:
    """Only the first if the others are hardly quoted: a "BLINKEN" beside an "Antony Blinken"."""
    others = sum(one.count for one in found[1:])
    return found[:1] if found and found[0].count >= CLEARLY_MORE * others else found


def several_meant(typed: str, found: Sequence[Known]) -> str:
    """The message that several speakers have this name, and how to name one of them."""
    is_same = len({one.name for one in found}) == 1
    names = [f"{one.speaker_id!r} ({one.count})" if is_same else one.shown for one in found[:MOST_SUGGESTED]]
    return f"speaker is {typed!r}, which may mean {either(names)}: choose one"


def nobody_meant(typed: str, known: Sequence[Known]) -> str:
    """The message that nobody has this name, with the nearest names, or else who is quoted most."""
    if not known:
        return f"speaker is {typed!r}, but nobody is quoted by name in these articles"
    by_word = {plain(one.name): one for one in reversed(known)}
    by_word |= {plain(one.name).split()[-1]: one for one in reversed(known) if plain(one.name)}
    close = get_close_matches(plain(typed), by_word, n=MOST_SUGGESTED, cutoff=LEAST_LIKENESS)
    near = list(dict.fromkeys(by_word[word].shown for word in close))
    if near:
        return f"speaker is {typed!r}, who is not quoted: did you mean {either(near)}?"
    most = either([one.shown for one in known[:MOST_SUGGESTED]])
    return f"speaker is {typed!r}, who is not quoted, expected a quoted speaker such as {most}"


def of_speaker(tables: Tables, speaker_id: str) -> DataFrame:
    """The statements of a speaker: `Quotes` rows."""
    return tables.quotes[tables.quotes["speaker_id"] == speaker_id].reset_index(drop=True)


def speaker_facts(tables: Tables, quotes: DataFrame) -> SpeakerFacts:
    """Who somebody is, and how much they said.

    Args:
        tables: a corpus.
        quotes: all rows of `Quotes` of one speaker, at least one.
    """
    rows: list[Any] = list(rows_of(quotes))
    names = [row.speaker_name for row in rows if isinstance(row.speaker_name, str)]
    known = max(rows, key=lambda row: isinstance(row.role, str))
    articles = only_articles(tables.articles, set(quotes["article_id"]))
    days = articles["published_date"].dropna()
    return SpeakerFacts(
        name=max(names, key=len, default=rows[0].speaker_id),
        described=described(known),
        statement_count=len(quotes),
        article_count=len(articles),
        outlet_count=articles["outlet"].nunique(),
        first=days.min().date() if len(days) else None,
        last=days.max().date() if len(days) else None,
    )


def target_names(dated: DataFrame) -> dict[str, str]:
    """Name of each target: the country or bloc's own name, or a group's longest name in the texts."""
    longest = dated.iloc[dated["target_name"].str.len().argsort(kind="stable")]
    named = dict(zip(longest["target"], longest["target_name"], strict=True))
    return {
        target: name if country_name(target) == target and ":" in target else country_name(target)
        for target, name in named.items()
    }


def change_sentences(changes: DataFrame, names: dict[str, str]) -> list[str]:
    """How the stances changed, one sentence for each target that can be compared, or else why none can.

    Args:
        changes: `StanceChanges` table of one speaker.
        names: of the targets.
    """
    compared = changes[changes["direction"] != "not compared"]
    moved = compared[compared["direction"] != "no clear change"]
    lines = [
        words("findings/one_speaker", "moved", row, in_sentence(row.target, names)) for row in rows_of(moved)
    ]
    level = [
        in_sentence(one, names) for one in compared.loc[compared.index.difference(moved.index), "target"]
    ]
    if level:
        lines.append(words("findings/one_speaker", "level", level))
    if compared.empty and not changes["before_story_count"].any():
        lines.append(words("findings/one_speaker", "one_day", len(changes)))
    elif compared.empty:
        first = next(rows_of(changes))
        most = in_sentence(first.target, names)
        lines.append(words("findings/one_speaker", "too_few", first, most, MINIMUM_STORIES))
    return lines


def in_sentence(target: str, names: dict[str, str]) -> str:
    """The name of a target inside a sentence: "the United States"."""
    return names[target] if ":" in target else country_in_sentence(target)


def statement_targets(dated: DataFrame, names: dict[str, str]) -> dict[str, list[str]]:
    """Whom each statement is for or against, by its `quote_id`: ["Russia (against)", "Ukraine (for)"]."""
    sides = {1: "for", -1: "against", 0: "neither"}
    found: dict[str, dict[str, str]] = {}
    for row in rows_of(dated):
        how = "undecided" if pd.isna(row.label) else sides[int(row.label)]
        found.setdefault(row.quote_id, {}).setdefault(names[row.target], how)
    return {quote: [f"{name} ({how})" for name, how in of.items()] for quote, of in found.items()}
