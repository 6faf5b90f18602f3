"""What would overturn an answer: who or what would lead without one story, one outlet, one statement.

Each is counted anew without the one, so that the sentence is exact and not a guess.
"""

import pandas as pd
from pandas import DataFrame, Series

from analysis.charts.base import sentence_start
from analysis.country_names import dyad_in_sentence, dyad_name
from analysis.findings.answers import undated_sentence
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.definitions import QUAD_COUNTS
from analysis.phrasing import counted, listed
from analysis.pipeline.analyse import Tables
from analysis.views.evidence import by_size
from analysis.views.render import View, view

SURE = 0.7  # least probability of a speaker that is called sure
MOST_TITLE = 70  # characters of a title in a sentence


def robustness_view(sentences: list[str]) -> View:
    """What would overturn an answer, a sentence a line."""
    return view("findings/robustness", sentences=sentences)


def undated_view(articles: DataFrame) -> View:
    """How many articles are in no series over time, if any is not."""
    return view("views/note", sentence=undated_sentence(articles) or "Every article has a date.")


def topic_robustness(tables: Tables) -> list[str]:
    """Whether the leading theme would lead without one story, or one outlet."""
    themes = tables.topics[tables.topics["dimension"] == "theme"]
    if themes.empty:
        return ["No theme was recognised: one sentence with a listed word would name one."]
    names = Series({topic: topic for topic in themes["topic"]})
    return lead_sentences(
        themes["article_id"], themes["topic"], ("theme", "sentence"), tables.articles, names=names
    )


def speaker_robustness(tables: Tables) -> list[str]:
    """Whether the most quoted speaker stays so without one story, one outlet, or what is unsure."""
    named = tables.quotes.dropna(subset="speaker_id")
    if named.empty:
        return ["Nobody is quoted by name or description: one statement that can be ascribed would name one."]
    names = named.groupby("speaker_id")["speaker_name"].first()
    nouns = ("speaker", "statement")
    told = lead_sentences(named["article_id"], named["speaker_id"], nouns, tables.articles, names=names)
    return [*told, sure_sentence(named, names), *tone_sentences(named, names)]


def tension_robustness(tables: Tables) -> list[str]:
    """Whether the leading pair stays so without one story or outlet, and how many misread acts turn it."""
    events = tables.events[between_countries(tables.events)]
    if events.empty:
        return ["No act between two countries was recognised: one that was missed would be the first."]
    pairs = dyads(events)
    names = Series({pair: dyad_name(pair) for pair in pairs.unique()})
    told = lead_sentences(events["article_id"], pairs, ("pair", "event"), tables.articles, names=names)
    return [*told, balance_sentence(tables.indicators, by_size(events.assign(dyad=pairs), "dyad")[0][0])]


def lead_sentences(
    article_ids: Series, values: Series, nouns: tuple[str, str], articles: DataFrame, *, names: Series
) -> list[str]:
    """What leads, and what would without each story, and without each outlet.

    Args:
        article_ids: the article of each thing counted.
        values: what each counts for, such as its theme.
        nouns: what the values are, and what is counted: "theme", "sentence".
        articles: `Articles` table.
        names: what a reader calls each value.
    """
    known, told = articles.set_index("article_id"), []
    for unit, column in (("story", "story_id"), ("outlet", "outlet")):
        read = known[column].nunique()
        if read == 0:
            told.append(f"No article names its {unit}, so one {unit} may have made the lead.")
        elif read == 1:
            told.append(f"All rests on one {unit}; a second may name another leading {nouns[0]}.")
        else:
            counts = contenders(article_ids.map(known[column]).fillna(""), values)
            titles = known.dropna(subset="title").groupby(column)["title"].first()
            called = titles if unit == "story" else Series(counts.index, index=counts.index)
            told.append(lead_sentence(counts, (*nouns, unit), called, names))
    return told


def contenders(units: Series, values: Series) -> DataFrame:
    """Counts by unit (rows) and value (columns, the largest first), without values that cannot come to lead.

    Leaving out one unit takes away from the leader at most its largest count in one unit.
    """
    totals = ranked(values.value_counts())
    at_risk = units[(values == totals.index[0]) & (units != "")].value_counts().head(1).sum()
    kept = totals.index[totals >= min(totals.iloc[0] - at_risk, totals.iloc[:2].min())]
    chosen = values.isin(kept)
    counts = pd.crosstab(units[chosen].rename("unit"), values[chosen].rename("value"))
    return counts[list(kept)]


def lead_sentence(counts: DataFrame, nouns: tuple[str, str, str], called: Series, names: Series) -> str:
    """Whether the lead holds without each of the units that the rows of `counts` stand for."""
    noun, thing, unit = nouns
    totals = counts.sum()
    left = totals - counts.drop(index="", errors="ignore")
    if leader(totals) is None:
        shared = [str(names[one]) for one in totals.index[totals == totals.max()][:3]]
        return f"{sentence_start(listed(shared))} share the lead, so one {unit} more or less decides it."
    lead = counted(int(totals.iloc[0] - (totals.iloc[1] if len(totals) > 1 else 0)), thing)
    lead = f"{sentence_start(names[totals.index[0]])} leads by {lead}"
    others = left[totals.index[1:]].max(axis=1).fillna(0)
    lost = left[left[totals.index[0]] <= others]
    if lost.empty:
        return f"{lead}; without any one {unit} it would still lead."
    first = counts.loc[lost.index, totals.index[0]].idxmax()
    instead = leader(ranked(lost.loc[first]))
    then = f"{names[instead]} would lead" if instead else f"no {noun} would lead alone"
    more = f"; any of {counted(len(lost), unit)} could do so" if len(lost) > 1 else ""
    return f"{lead}; without one {unit}, “{short(called.get(first, first))}”, {then}{more}."


def ranked(totals: Series) -> Series:
    """The totals from the largest on, ties by name."""
    return totals.sort_index().sort_values(ascending=False, kind="stable")


def leader(totals: Series) -> str | None:
    """What alone has the most; None where several share the lead."""
    return totals.index[0] if (totals == totals.iloc[0]).sum() == 1 else None


def short(title: str) -> str:
    return title if len(title) <= MOST_TITLE else title[: MOST_TITLE - 1].rstrip() + "…"


def sure_sentence(named: DataFrame, names: Series) -> str:
    """Who would be quoted most if only sure ascriptions counted."""
    sure = named[named["probability"] >= SURE]
    of = f"{len(sure)} of {counted(len(named), 'statement')} whose speaker the rule is {SURE:.0%} sure of"
    if sure.empty:
        return f"There are {of}: read each before naming who is quoted most."
    counts = ranked(sure["speaker_id"].value_counts())
    top = counts[counts == counts.iloc[0]].index[:3]
    return f"Counting only the {of}, the most quoted would be {listed([names[one] for one in top])}."


def tone_sentences(named: DataFrame, names: Series) -> list[str]:
    """Whether one statement decides who of those who speak twice or more has the highest mean tone."""
    tones = named.groupby("speaker_id")["tone_score"].agg(["sum", "size"])
    often = tones[tones["size"] >= 2]
    if len(often) < 2:
        return []
    means = ranked(often["sum"] / often["size"])
    top, second = means.index[:2]
    rows = named[named["speaker_id"].isin(often.index)]
    less = rows["speaker_id"].map(often["size"]) - 1
    left = ((rows["speaker_id"].map(often["sum"]) - rows["tone_score"]) / less).where(less >= 2)
    is_top = rows["speaker_id"] == top
    turned = (is_top & ~(left > means[second])) | (~is_top & (left > means[top]))
    if not turned.any():
        return [f"No one statement decides that {names[top]} has the highest mean tone."]
    count = int(turned.sum())
    each = f"{counted(count, 'statement')} could{' each' if count > 1 else ''}"
    return [f"{each}, left out, end the highest mean tone of {names[top]}, or leave too few to say."]


def balance_sentence(indicators: DataFrame, pair: str) -> str:
    """How many acts read the wrong way round would turn the balance of the leading pair."""
    rows = indicators[(indicators["dyad"] == pair) & (indicators["period"] == "all")]
    acts = rows.assign(quad=rows["indicator"].map(QUAD_COUNTS)).dropna(subset="quad")
    kind, hostile = (
        int(acts.loc[chosen, "value"].sum()) for chosen in (acts["quad"] <= 2, acts["quad"] >= 3)
    )
    told = f"Between {dyad_in_sentence(pair)} {kind} acts are cooperative and {hostile} hostile"
    if kind == hostile:
        return f"{told}: one act read the wrong way round tips the balance."
    turns = abs(kind - hostile) // 2 + 1
    return f"{told}: {counted(turns, 'act')} read the wrong way round would turn the balance."
