"""The leading pairs, speakers and topics of the front page, each with the sentences behind it."""

import pandas as pd
from pandas import DataFrame

from analysis.country_names import country_name, dyad_in_sentence, dyad_name
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.dyads import event_contributions
from analysis.indicators.pair_ranking import ranked_pairs
from analysis.indicators.periods import ALL
from analysis.nlp.topics.taxonomy import matched_words
from analysis.pipeline.analyse import Tables
from analysis.schemas import ACT_STATUSES
from analysis.tables.rows import rows_of
from analysis.views.citations import event_evidence, linked
from analysis.views.evidence import article_index, by_size, matched_rows, quote_rows
from analysis.views.speakers import described

MAIN_INDICATORS = (
    "conflict_share",
    "mean_intensity",
    "conflict_per_story",
    "deed_share",
    "initiator_share",
    "announced_share",
    "highest_rung",
)
LEAST_ACTS = 3  # of a pair, below which its values say no more than its sentences
MOST_PAIRS = 3
MOST_FURTHER_PAIRS = 20
MOST_SENTENCES = 12
MOST_SPEAKERS = 10
MOST_TARGETS = 4
MOST_THEMES, MOST_THEATRES = 6, 4
MOST_WORDS = 8


def pair_rows(tables: Tables, counted: Tables) -> list[dict]:
    """The leading pairs with their main indicators and the events behind them.

    Args:
        tables: what is shown.
        counted: what the values are computed from: the same, or a corpus of which that is a part.
    """
    events = tables.events[between_countries(tables.events)]
    parts = event_contributions(counted.articles, counted.events)
    contributed = {
        name: parts[parts["indicator"] == name].set_index("event_id")["contribution"]
        for name in ("mean_intensity", "conflict_share")
    }
    columns = {name: events["event_id"].map(values) for name, values in contributed.items()}
    events = events.assign(dyad=dyads(events), **columns)
    rows = []
    for pair in ranked_pairs(tables.articles, tables.events)["dyad"].head(MOST_PAIRS):
        part = events[events["dyad"] == pair]
        if not has_enough_acts(part):  # no value is shown that a sentence could add to
            part = part.assign(mean_intensity=None, conflict_share=None)
        rows.append(
            {
                "name": dyad_name(pair),
                "in_words": dyad_in_sentence(pair),
                "indicators": main_indicators(counted.indicators, pair) if has_enough_acts(part) else [],
                "events": event_evidence(part, tables),
                "total": len(part),
            }
        )
    return rows


def has_enough_acts(events: DataFrame) -> bool:
    """Whether a pair has enough acts for its values to say more than its sentences do."""
    return int(events["status"].isin(ACT_STATUSES).sum()) >= LEAST_ACTS


def main_indicators(indicators: DataFrame, pair: str) -> list[dict]:
    """The values of a pair that the front page shows, in its order."""
    own = indicators[(indicators["dyad"] == pair) & (indicators["period"] == ALL)]
    own = own[own["indicator"].isin(MAIN_INDICATORS)]
    return own.sort_values("indicator", key=lambda names: names.map(MAIN_INDICATORS.index)).to_dict("records")


def further_pairs(tables: Tables) -> dict:
    """Names and event counts of the pairs that are not shown, and how many more there are."""
    ranked = ranked_pairs(tables.articles, tables.events)[MOST_PAIRS:]
    shown = ranked.head(MOST_FURTHER_PAIRS)
    names = [(dyad_name(row.dyad), row.event_count) for row in rows_of(shown)]
    return {"names": names, "more": len(ranked) - len(names)}


def speaker_rows(tables: Tables) -> list[dict]:
    """The most quoted speakers, each with statements, kinds, targets and sources."""
    known = tables.quotes[tables.quotes["speaker_id"].notna()]
    targets = tables.stances.groupby("quote_id", sort=False)["target_name"].unique()
    return [speaker_row(part, targets, tables) for _, part in by_size(known, "speaker_id")[:MOST_SPEAKERS]]


def speaker_row(quotes: DataFrame, targets: pd.Series, tables: Tables) -> dict:
    """One speaker: `quotes` are the statements, `targets` names by `quote_id` whom each is about."""
    articles = article_index(tables)
    shown = quotes.head(MOST_SENTENCES)
    known = {column: quotes[column].dropna() for column in ("role", "affiliation", "country_code")}
    first = {column: part.iloc[0] if len(part) else "" for column, part in known.items()}
    name = max(quotes["speaker_name"].dropna(), key=len, default=quotes["speaker_id"].iloc[0])
    found = pd.Series([one for quote in quotes["quote_id"] for one in targets.get(quote, [])], dtype=str)
    return {
        "name": name,
        "described": described(
            name, [first["role"], first["affiliation"], country_name(first["country_code"])]
        ),
        "is_anonymous": bool(quotes["is_anonymous"].any()),
        "count": len(quotes),
        "targets": frequent(found)[:MOST_TARGETS],
        "quotes": [
            linked(
                {**row, "targets": list(targets.get(quote.quote_id, []))[:MOST_TARGETS]},
                tables,
                articles[quote.article_id],
                quote.start_char,
            )
            for row, quote in zip(quote_rows(shown, tables), rows_of(shown), strict=True)
        ],
    }


def topic_rows(tables: Tables) -> list[dict]:
    """The most frequent themes and theatres, with matched words and sentences."""
    rows = []
    for dimension, most in (("theme", MOST_THEMES), ("theatre", MOST_THEATRES)):
        found = tables.topics[tables.topics["dimension"] == dimension]
        rows += [topic_row(topic, dimension, part, tables) for topic, part in by_size(found, "topic")[:most]]
    return rows


def topic_row(topic: str, dimension: str, part: DataFrame, tables: Tables) -> dict:
    articles = article_index(tables)
    words = part["matched"].map(matched_words).explode()
    spelt = words.groupby(words.str.casefold(), sort=False).first()  # China, not china
    shown = part.head(MOST_SENTENCES)
    return {
        "topic": topic,
        "dimension": dimension,
        "count": len(part),
        "share": len(part) / max(len(tables.sentences), 1),
        "words": [spelt[word] for word in frequent(words.str.casefold())[:MOST_WORDS]],
        "evidence": [
            linked(row, tables, articles[found.article_id], found.start_char)
            for row, found in zip(matched_rows(shown, tables), rows_of(shown), strict=True)
        ],
    }


def frequent(names: pd.Series) -> list[str]:
    """Names, the most frequent first, ties in their order."""
    return names.value_counts(sort=False).sort_values(ascending=False, kind="stable").index.tolist()
