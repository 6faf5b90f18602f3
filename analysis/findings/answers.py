"""The two sentences that answer a notebook's question, with their caveat and what would overturn them."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from pandas import DataFrame, Series, crosstab

from analysis.country_names import dyad_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.wording import most_frequent, words
from analysis.phrasing import counted, listed, sentence_start
from analysis.pipeline.analyse import Tables
from analysis.schemas import LAPSED

MAX_NAMED: Final = 4  # themes, theatres, speakers
MAX_LEADERS: Final = 3  # named of those that share the lead


class Answer(NamedTuple):
    """What a notebook says first."""

    sentences: tuple[str, ...]
    caveat: str


def answer(template: str, facts: dict[str, object]) -> Answer:
    """Facts in words, by the template of an answer: two sentences, or one where nothing was found."""
    first, second, caveat = (
        words(f"findings/answers/{template}", form, facts) for form in ("first", "second", "caveat")
    )
    return Answer(tuple(filter(None, (first, second))), caveat)


def correction_counts(tables: Tables) -> dict[str, int]:
    """How many results an analyst corrected, and how many corrections no longer apply."""
    return {
        "applied": int(tables.corrections["problem"].eq("").sum()),
        "lapsed": int(tables.corrections["standing"].eq(LAPSED).sum()),
    }


def topic_answer(tables: Tables) -> Answer:
    """What the articles are about, and where."""
    themes, theatres = (tables.topics[tables.topics["dimension"] == name] for name in ("theme", "theatre"))
    matched = themes[["article_id", "start_char"]].drop_duplicates()
    facts = {
        "article_count": tables.sentences["article_id"].nunique(),
        "sentence_count": len(tables.sentences),
        "unmatched_count": len(tables.sentences) - len(matched),  # without a word of the list of themes
        "themes": most_frequent(themes["topic"], MAX_NAMED),
        "theatres": most_frequent(theatres["topic"], MAX_NAMED),
        "corrections": correction_counts(tables),
    }
    return answer("topics", facts)


def speaker_answer(tables: Tables) -> Answer:
    """Who speaks, and how openly."""
    known = tables.quotes.dropna(subset="speaker_id")
    named = known[~known["is_anonymous"]]  # unnamed sources of two articles are hardly one
    facts = {
        "speaker_count": known["speaker_id"].nunique(),
        "statement_count": len(known),
        "anonymous_count": int(known["is_anonymous"].sum()),
        "most_quoted": most_frequent(
            named.groupby("speaker_id")["speaker_name"].transform("first"), MAX_NAMED
        ),
        "corrections": correction_counts(tables),
    }
    return answer("speakers", facts)


def topic_robustness(tables: Tables) -> list[str]:
    """Whether the leading theme would lead without one story, or one outlet."""
    themes = tables.topics[tables.topics["dimension"] == "theme"]
    return robustness(themes["article_id"], themes["topic"], "sentence", tables.articles)


def speaker_robustness(tables: Tables) -> list[str]:
    """Whether the most quoted named speaker stays so without one story, or one outlet."""
    known = tables.quotes[~tables.quotes["is_anonymous"]].dropna(subset="speaker_id")
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
    totals = names.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    first = totals.index[totals == totals.max()]
    if len(first) > 1:
        return [
            f"{listed(list(first[:MAX_LEADERS]))} have the most {thing}s, so a single story would decide it."
        ]
    margin = int(totals.iloc[0] - (totals.iloc[1] if len(totals) > 1 else 0))
    return [
        f"{sentence_start(first[0])} has the most {thing}s, by {margin}.",
        *(losses(article_ids, names, articles, totals)),
    ]


def losses(article_ids: Series, names: Series, articles: DataFrame, totals: Series) -> Iterator[str]:
    """Whether the lead would be lost without one story, and without one outlet."""
    known, lead = articles.set_index("article_id"), totals.index[0]
    for unit, column in (("story", "story_id"), ("outlet", "outlet")):
        if known[column].nunique() < 2:
            yield f"There is no second {unit} to compare with: one could change the lead."
            continue
        counts = crosstab(article_ids.map(known[column]).fillna("").rename("unit"), names.rename("name"))
        left = totals - counts.drop(index="", errors="ignore")
        lost = left.index[left[lead] <= left.drop(columns=lead).max(axis=1)]
        one = lost.max() if unit == "outlet" else f"one {unit}"
        which = one if len(lost) == 1 else f"each of {counted(len(lost), unit)}"
        yield (
            f"The lead depends on {which}: without it, another leads or draws level."
            if len(lost)
            else f"The lead holds without any one {unit}."
        )
