"""How robust an answer is: who or what would lead without one story, one outlet, one statement.

Each is counted again without the one, so that the sentence is exact and not a guess.
"""

from dataclasses import dataclass
from typing import ClassVar

import pandas as pd
from pandas import DataFrame, Series

from analysis.country_names import dyad_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.wording import words
from analysis.pipeline.analyse import Tables
from analysis.views.render import View, view

SURE = 0.7  # least probability of a sure speaker: what the rules give one with a cue in the same sentence
MOST_LEADERS = 3  # named of those that share the lead


@dataclass(frozen=True)
class Lead:
    """What leads by how much, and what would lead without one unit."""

    form: ClassVar[str] = "lead"
    noun: str  # what leads: "theme"
    counted: str  # what it leads by: "sentence"
    unit: str  # what is left out: "story"
    name: str
    margin: int
    turning_count: int  # units without any one of which the lead is lost
    turning_name: str  # of the one that weighs most
    successor: str  # what would lead instead; "" for nothing alone


@dataclass(frozen=True)
class SharedLead:
    """Several lead."""

    form: ClassVar[str] = "shared_lead"
    unit: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class SingleUnit:
    """All that was read is of one story or one outlet."""

    form: ClassVar[str] = "single_unit"
    unit: str
    noun: str


@dataclass(frozen=True)
class UnknownUnits:
    """No article says which outlet it is from."""

    form: ClassVar[str] = "unknown_units"
    unit: str


@dataclass(frozen=True)
class SureStatements:
    """Who would be quoted most if only sure attributions counted."""

    form: ClassVar[str] = "sure_statements"
    sure_count: int
    total: int
    least_probability: float
    most_quoted: tuple[str, ...]


@dataclass(frozen=True)
class ActBalance:
    """How many incidents of the leading pair are of each kind."""

    form: ClassVar[str] = "act_balance"
    pair: str
    cooperative_count: int
    hostile_count: int

    @property
    def turning_count(self) -> int:
        """How many incidents read the wrong way round would reverse the balance."""
        return abs(self.cooperative_count - self.hostile_count) // 2 + 1


Robustness = Lead | SharedLead | SingleUnit | UnknownUnits | SureStatements | ActBalance


def robustness_view(sentences: list[str]) -> View:
    """What would change an answer, a sentence a line."""
    return view("findings/robustness", sentences=sentences)


def topic_robustness(tables: Tables) -> list[str]:
    """Whether the leading theme would lead without one story, or one outlet."""
    themes = tables.topics[tables.topics["dimension"] == "theme"]
    if themes.empty:
        return [words("findings/robustness", "no_theme")]
    names = Series({topic: topic for topic in themes["topic"]})
    nouns = ("theme", "sentence")
    return sentences(leads(themes["article_id"], themes["topic"], nouns, tables.articles, names=names))


def speaker_robustness(tables: Tables) -> list[str]:
    """Whether the most quoted speaker stays so without one story, one outlet, or unsure attributions."""
    known = tables.quotes.dropna(subset="speaker_id")
    if known.empty:
        return [words("findings/robustness", "nobody_quoted")]
    names = known.groupby("speaker_id")["speaker_name"].first()
    nouns = ("speaker", "statement")
    found = leads(known["article_id"], known["speaker_id"], nouns, tables.articles, names=names)
    return sentences([*found, sure_statements(known, names)])


def tension_robustness(inputs: PeriodInputs) -> list[str]:
    """Whether the pair with the most incidents stays so without one story or outlet, and how many turn it."""
    incidents = inputs.current
    if incidents.empty:
        return [words("findings/robustness", "no_act")]
    pairs = incidents["dyad"]
    names = Series({pair: dyad_name(pair) for pair in pairs.unique()})
    found = leads(incidents["article_id"], pairs, ("pair", "incident"), inputs.tables.articles, names=names)
    first = inputs.sides["dyad"].iloc[0]
    own = inputs.of_pair(first)["quad"]
    return sentences([*found, ActBalance(first, int((own <= 2).sum()), int((own >= 3).sum()))])


def sentences(facts: list[Robustness]) -> list[str]:
    return [words("findings/robustness", fact.form, fact) for fact in facts]


def leads(
    article_ids: Series, values: Series, nouns: tuple[str, str], articles: DataFrame, *, names: Series
) -> list[Robustness]:
    """What leads, and what would without each story, and without each outlet.

    Args:
        article_ids: the article of each thing counted.
        values: what each counts for, such as its theme.
        nouns: what the values are, and what is counted: "theme", "sentence".
        articles: `Articles` table.
        names: what a reader calls each value.
    """
    known, found = articles.set_index("article_id"), []
    for unit, column in (("story", "story_id"), ("outlet", "outlet")):
        unit_count = known[column].nunique()
        if unit_count == 0:
            found.append(UnknownUnits(unit))
        elif unit_count == 1:
            found.append(SingleUnit(unit, nouns[0]))
        else:
            counts = contenders(article_ids.map(known[column]).fillna(""), values)
            titles = known.dropna(subset="title").groupby(column)["title"].first()
            unit_names = titles if unit == "story" else Series(counts.index, index=counts.index)
            found.append(lead(counts, (*nouns, unit), unit_names, names))
    return found


def contenders(units: Series, values: Series) -> DataFrame:
    """Counts by unit (rows) and value (columns, the largest first), without values that cannot come to lead.

    Leaving out one unit takes away from the leader at most its largest count in one unit.
    """
    totals = ranked(values.value_counts())
    at_risk = units[(values == totals.index[0]) & (units != "")].value_counts().head(1).sum()
    contending = totals.index[totals >= min(totals.iloc[0] - at_risk, totals.iloc[:2].min())]
    chosen = values.isin(contending)
    counts = pd.crosstab(units[chosen].rename("unit"), values[chosen].rename("value"))
    return counts[list(contending)]


def lead(
    counts: DataFrame, nouns: tuple[str, str, str], unit_names: Series, names: Series
) -> Lead | SharedLead:
    """Whether the lead holds without each of the units that the rows of `counts` stand for."""
    noun, thing, unit = nouns
    totals = counts.sum()
    if leader(totals) is None:
        shared = totals.index[totals == totals.max()][:MOST_LEADERS]
        return SharedLead(unit, tuple(str(names[one]) for one in shared))
    left = totals - counts.drop(index="", errors="ignore")
    others = left[totals.index[1:]].max(axis=1).fillna(0)
    lost = left[left[totals.index[0]] <= others]
    first = successor = None
    if not lost.empty:
        first = counts.loc[lost.index, totals.index[0]].idxmax()
        successor = leader(ranked(lost.loc[first]))
    return Lead(
        noun=noun,
        counted=thing,
        unit=unit,
        name=str(names[totals.index[0]]),
        margin=int(totals.iloc[0] - (totals.iloc[1] if len(totals) > 1 else 0)),
        turning_count=len(lost),
        turning_name=str(unit_names.get(first, first)) if first is not None else "",
        successor=str(names[successor]) if successor is not None else "",
    )


def ranked(totals: Series) -> Series:
    """The totals from the largest on, ties by name."""
    return totals.sort_index().sort_values(ascending=False, kind="stable")


def leader(totals: Series) -> str | None:
    """What alone has the most; None where several share the lead."""
    return totals.index[0] if (totals == totals.iloc[0]).sum() == 1 else None


def sure_statements(known: DataFrame, names: Series) -> SureStatements:
    """Who would be quoted most if only sure attributions counted."""
    sure = known[known["probability"] >= SURE]
    counts = ranked(sure["speaker_id"].value_counts())
    top = counts[counts == counts.max()].index[:MOST_LEADERS]
    return SureStatements(len(sure), len(known), SURE, tuple(str(names[one]) for one in top))
