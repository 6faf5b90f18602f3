"""How speakers sound, and whom they are for and against: the marks of one picture, speaker by speaker.

The picture is made of words and links (`templates/views/voices.html.j2`), so that each mark leads to its
statement and all of it can be read on a phone; here are the places of its marks.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from pandas import DataFrame, isna

from analysis.charts.base import shortened
from analysis.charts.grids import longest_names
from analysis.indicators.intervals import POLARITY, clustered_mean
from analysis.tables.rows import rows_of

MAX_SPEAKERS: Final = 12
MAX_STATEMENTS: Final = 50  # of a speaker, the newest
MAX_TARGETS, MAX_SIGNS = 4, 12  # of a speaker, and of a target
STEP, MAX_LEVELS = 4, 6  # percent that marks of one place share; from there on they begin at the line again
SIGNS: Final = {1: ("+", "for"), -1: ("−", "against"), 0: ("0", "neither for nor against")}
UNDECIDED: Final = ("?", "undecided on")
TITLE_CHARS: Final = 90  # of the words of a statement that a mark shows when pointed at


@dataclass(frozen=True)
class Mark:
    """A statement in the picture."""

    sign: str  # what is written: "•" for its tone, "+", "−", "0" or "?" for a stance
    place: float  # from the left, in percent; 0 for a stance
    title: str  # what it is, in words
    quote_id: str
    level: int = 0  # above the line, where others have the same place


@dataclass(frozen=True)
class Target:
    """Whom a speaker speaks of, with a mark for each time."""

    name: str
    marks: list[Mark]
    more: int  # marks that are not drawn


@dataclass(frozen=True)
class Voice:
    """One speaker: the tone of each statement with its mean, and the stances."""

    name: str
    count: int  # statements
    story_count: int
    tones: list[Mark]
    mean: float  # -1 to +1
    low: float  # 95% interval of the mean, by story; missing for a single story
    high: float
    targets: list[Target]

    @property
    def places(self) -> dict[str, float]:
        """Where the mean and its interval are, in percent."""
        return {name: percent(getattr(self, name)) for name in ("mean", "low", "high")}


def voices(quotes: DataFrame, stances: DataFrame, articles: DataFrame) -> list[Voice]:
    """The speakers with the most statements, each with marks for its newest ones.

    The interval of the mean tone is by story, because one reporter chose the statements of a story.

    Args:
        quotes: `Quotes` table.
        stances: `Stances` table of the quotes.
        articles: `Articles` table of the same articles.
    """
    known = articles[["article_id", "story_id", "published_date"]]
    spoken = quotes.dropna(subset="speaker_id").merge(known, on="article_id", validate="many_to_one")
    names = longest_names(spoken, "speaker_id", "speaker_name")
    sizes = spoken["speaker_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    found = []
    for speaker in sizes.index[:MAX_SPEAKERS]:
        own = spoken[spoken["speaker_id"] == speaker]
        stories = own.groupby("story_id")["tone_score"].agg(["sum", "size"])
        low, high = clustered_mean(stories["sum"].to_numpy(), stories["size"].to_numpy(), POLARITY)
        newest = own.sort_values("published_date", ascending=False, kind="stable").head(MAX_STATEMENTS)
        tones, met = [], Counter()
        for row in rows_of(newest):
            place, title = (
                percent(row.tone_score),
                f"tone {row.tone_score:+.2f}: {shortened(row.text, TITLE_CHARS)}",
            )
            tones.append(Mark("•", place, title, row.quote_id, met[place // STEP] % MAX_LEVELS))
            met[place // STEP] += 1
        mean = float(own["tone_score"].mean())
        found.append(
            Voice(names[speaker], len(own), len(stories), tones, mean, low, high, targets(newest, stances))
        )
    return found


def targets(statements: DataFrame, stances: DataFrame) -> list[Target]:
    """Whom some statements of one speaker speak of, the most frequent first."""
    own = stances.merge(statements[["quote_id", "text"]], on="quote_id", validate="many_to_one")
    names = longest_names(own, "target_id", "target_name")
    sizes = own["target_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    found = []
    for target in sizes.index[:MAX_TARGETS]:
        marks = []
        for row in rows_of(own[own["target_id"] == target]):
            sign, stand = UNDECIDED if isna(row.label) else SIGNS[int(row.label)]
            marks.append(
                Mark(sign, 0, f"{stand} {names[target]}: {shortened(row.text, TITLE_CHARS)}", row.quote_id)
            )
        order = "".join(sign for sign, _ in (*SIGNS.values(), UNDECIDED))
        marks.sort(key=lambda mark: order.index(mark.sign))
        found.append(Target(names[target], marks[:MAX_SIGNS], max(len(marks) - MAX_SIGNS, 0)))
    return found


def percent(tone: float) -> float:
    """The place of a tone between -1 and +1, from the left."""
    return round(50 + 50 * tone, 1)
