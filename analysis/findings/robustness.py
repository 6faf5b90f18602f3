"""What would overturn an answer: its lead is counted again without each story and each outlet."""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame, Series

from analysis.country_names import dyad_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.phrasing import counted, listed
from analysis.pipeline.analyse import Tables
from analysis.views.render import View, view

MOST_LEADERS = 3  # named of those that share the lead


def robustness_view(sentences: list[str]) -> View:
    """What would change an answer, a sentence a line."""
    return view("findings/robustness", sentences=sentences)


def topic_robustness(tables: Tables) -> list[str]:
    """Whether the leading theme would lead without one story, or one outlet."""
    themes = tables.topics[tables.topics["dimension"] == "theme"]
    return robustness(themes["article_id"], themes["topic"], "sentence", tables.articles)


def speaker_robustness(tables: Tables) -> list[str]:
    """Whether the most quoted speaker stays so without one story, or one outlet."""
    known = tables.quotes.dropna(subset="speaker_id")
    names = known.groupby("speaker_id")["speaker_name"].transform("first")
    return robustness(known["article_id"], names, "statement", tables.articles)


def tension_robustness(inputs: PeriodInputs) -> list[str]:
    """Whether the pair with the most incidents stays so without one story, or one outlet."""
    done = inputs.current[inputs.current["status"] == "done"]
    return robustness(done["article_id"], done["dyad"].map(dyad_name), "incident", inputs.tables.articles)


def robustness(article_ids: Series, names: Series, thing: str, articles: DataFrame) -> list[str]:
    """What leads, and what would without any one story or outlet, in sentences.

    Args:
        article_ids: the article of each thing counted.
        names: what each counts for, such as its theme.
        thing: what is counted: "sentence".
        articles: `Articles` table.
    """
    if names.empty:
        return [f"No {thing} was found: one that was missed would change that."]
    totals = ranked(names.value_counts())
    first = totals.index[totals == totals.max()]
    if len(first) > 1:
        return [f"{listed(list(first[:MOST_LEADERS]))} share the lead, so a single story would decide it."]
    margin = int(totals.iloc[0] - (totals.iloc[1] if len(totals) > 1 else 0))
    return [
        f"{first[0][:1].upper()}{first[0][1:]} leads by {counted(margin, thing)}.",
        *(losses(article_ids, names, articles, totals)),
    ]


def losses(article_ids: Series, names: Series, articles: DataFrame, totals: Series) -> Iterator[str]:
    """Whether the lead would be lost without one story, and without one outlet."""
    known, lead = articles.set_index("article_id"), totals.index[0]
    for unit, column in (("story", "story_id"), ("outlet", "outlet")):
        if known[column].nunique() < 2:
            yield f"Everything rests on one {unit}, or none is named; a second could change the lead."
            continue
        counts = pd.crosstab(article_ids.map(known[column]).fillna("").rename("unit"), names.rename("name"))
        left = totals - counts.drop(index="", errors="ignore")
        lost = left.index[left[lead] <= left.drop(columns=lead).max(axis=1)]
        if lost.empty:
            yield f"It would still lead without any one {unit}."
        else:
            yield f"Without any one of {counted(len(lost), unit)}, it would not lead alone."


def ranked(totals: Series) -> Series:
    """The totals from the largest on, ties by name."""
    return totals.sort_index().sort_values(ascending=False, kind="stable")
