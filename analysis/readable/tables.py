"""All readable tables of a corpus: rows as a reader wants them, in plain words, each with its source."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from pandas import DataFrame, Series, to_datetime

from analysis.country_names import country_name, dyad_name, subject_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.wording import words_for
from analysis.indicators.country_events import between_countries, dyads, side_of
from analysis.indicators.dyads import dyad_indicators, indicator_name
from analysis.indicators.incident_reports import with_sides
from analysis.ingest.corpus import original_file
from analysis.ingest.corrections_file import BY_ANALYST, CORRECTION_MARK, article_id_of
from analysis.lexicons import load_lexicon
from analysis.nlp.parse.reader import ENCODED
from analysis.phrasing import WrongArgument, counted, days_in_words
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import EVERYTHING, Scope
from analysis.readable.columns import (
    ARTICLES,
    CORRECTIONS,
    COUNT,
    DAY,
    EVENTS,
    INCIDENTS,
    INDICATORS,
    NUMBER,
    REJECTED,
    SHARE,
    STATEMENTS,
    TABLES,
    TOPICS,
    WEEKS,
    YES_NO,
    ReadableTable,
)
from analysis.tables.rows import rows_of
from analysis.views.corrections import DONE, FITS, KINDS, beginning, values_in_words
from analysis.views.evidence import published_by

CAVEAT: Final = (
    "A program read these rows from the articles and makes mistakes: read the sentence before you use a row. "
    'The column "how sure" shows which rows to check first.'
)
NARROWED: Final = (
    "All of these articles were read; the table of articles has those with an event or a statement here, and "
    "the table of topics every sentence of those, whatever it is about."
)
REPEATS: Final = "Rows that only repeat another one, in a headline or a reprint, are left out."
QUAD_WORDS: Final = {
    1: "cooperative words",
    2: "cooperative deeds",
    3: "hostile words",
    4: "hostile deeds",
}
"""The name of each quad class for readers; the indicators use the same words."""
STANCES: Final = {"for": 1, "against": -1}  # labels
WEEKLY_COUNTS: Final = {
    "hostile words": "verbal_conflict_count",
    "hostile deeds": "material_conflict_count",
    "cooperative words": "verbal_cooperation_count",
    "cooperative deeds": "material_cooperation_count",
    "hostile, announced": "announced_conflict_count",
    "cooperative, announced": "announced_cooperation_count",
}


TYPES: Final = {DAY: "datetime64[s]", COUNT: "Int64", NUMBER: "float64", SHARE: "float64", YES_NO: "bool"}


@dataclass(frozen=True)
class Readable:
    """The source of readable tables, and what they are narrowed to."""

    inputs: PeriodInputs  # the tables of a corpus and its incidents
    rejected: DataFrame  # `Rejected` table
    scope: Scope = EVERYTHING  # the pair or country


def readable_tables(found: Readable, names: Collection[str] = ()) -> dict[str, DataFrame]:
    """The readable tables of a corpus by name, in the order of `columns.TABLES`, the newest rows first.

    Args:
        found: the corpus.
        names: of the tables wanted; by default all.

    Raises:
        ValueError: there is no table of that name.
    """
    wanted = checked_names(names)
    return {name: newest_first(MAKERS[name](found)) for name in TABLES if name in wanted}


def newest_first(table: DataFrame) -> DataFrame:
    """The rows of a table by day, the newest first and those without a day last."""
    days = [name for name in ("date", "week") if name in table.columns]
    if not days:
        return table
    return table.sort_values(days[0], ascending=False, kind="stable", na_position="last", ignore_index=True)


def checked_names(names: Collection[str]) -> Collection[str]:
    """The names of the tables wanted; if none is given, all.

    Raises:
        ValueError: there is no such table.
    """
    for name in names:
        if name not in TABLES:
            raise WrongArgument("table", f" is {name!r}, expected one of {', '.join(TABLES)}")
    return names or list(TABLES)


def about_tables(found: Readable, articles: DataFrame) -> list[str]:
    """Which articles the tables are about, and how to read them, in sentences.

    Args:
        found: the source of the tables.
        articles: `Articles` table of all that were read.
    """
    days = articles["published_date"].dropna()
    dated = f", {days_in_words(days.min().date(), days.max().date())}" if len(days) else ""
    undated = len(articles) - len(days)
    without = f" ({counted(undated, 'article')} without a date)" if undated else ""
    read = f"{counted(len(articles), 'article')}{dated}{without}, {found.scope.pairs}."
    return [read, *([NARROWED] if found.scope.subject else []), REPEATS, CAVEAT]


def table_of(declared: ReadableTable, columns: dict[str, Any]) -> DataFrame:
    """A readable table with its columns in their order and of their types; unknown texts are "".

    Raises:
        KeyError: a declared column is missing.
    """
    found = DataFrame({name: columns[name] for name in declared.column_names}).reset_index(drop=True)
    for column in declared.columns:
        values, kind = found[column.name], TYPES.get(column.kind, "str")
        values = values.astype(object).where(values.notna(), "") if kind == "str" else values
        found[column.name] = values.astype(kind).round(4) if kind == "float64" else values.astype(kind)
    return found


def source_columns(article_ids: Series, articles: DataFrame) -> dict[str, Series]:
    """Day, outlet, headline, address, file and original of the article of each row."""
    known = DataFrame(
        {
            "date": articles["published_date"],
            "outlet": [published_by(row) for row in rows_of(articles)],
            "title": articles["title"].map(one_line, na_action="ignore"),
            "link": articles["url"].map(web_address, na_action="ignore"),
            "file": articles["path"],
            "original": list(map(original_in_words, rows_of(articles))),
        }
    ).set_axis(articles["article_id"])
    return dict(known.reindex(article_ids).set_axis(article_ids.index).items())


def original_in_words(article: Any) -> str:
    """The language and the file of the original of a translated article; "" if it is not translated."""
    if isinstance(article.original_text, str):
        return f"{article.language}, {original_file(article.path, article.language)}"
    return "not at hand" if isinstance(article.translated_by, str) else ""


@lru_cache(maxsize=1 << 16)  # each article has one, and many rows
def web_address(address: str) -> str:
    """An address that a browser can open; "" for any other, such as `javascript:`."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.netloc and len(address.split()) == 1
    return address.strip() if is_web else ""


def one_line(text: str) -> str:
    """A text with its runs of white space, line breaks too, as single spaces."""
    return " ".join(text.split())


def passages(rows: DataFrame, tables: Tables, *, is_widened: bool = False) -> Series:
    """The words of each row, from `start_char` to `end_char` of its article, on one line.

    Args:
        rows: of any table that is read from text.
        tables: of the corpus.
        is_widened: give the whole sentences around the words.
    """
    found = []
    for row in rows_of(rows[["article_id", "start_char", "end_char"]]):
        text, start, end = tables.article_rows[row.article_id].text, row.start_char, row.end_char
        if is_widened and (starts := tables.sentence_starts.get(row.article_id)):
            start = starts[max(bisect_right(starts, start) - 1, 0)]
            following = bisect_left(starts, end)
            end = starts[following] if following < len(starts) else len(text)
        found.append(one_line(text[start:end]))
    return Series(found, index=rows.index, dtype=object)


def names_of(values: Series, name: Callable[[str], str]) -> Series:
    """The names of codes; missing ones stay missing."""
    return values.map({code: name(code) for code in values.dropna().unique()})


def readable_articles(tables: Tables, scope: Scope = EVERYTHING) -> DataFrame:
    """One row per article, with the columns of `columns.ARTICLES`.

    Args:
        tables: of a corpus.
        scope: of a pair or a country only articles with an event or a statement are there.
    """
    articles, corrections = tables.articles, tables.corrections
    is_own = (corrections["table"] == "articles") & (corrections["problem"] == "")
    counts = {
        name: articles["article_id"].map(rows["article_id"].value_counts()).fillna(0).astype(int)
        for name, rows in (("statements", tables.quotes), ("events", tables.events))
    }
    table = table_of(
        ARTICLES,
        {
            **source_columns(articles["article_id"], articles),
            **counts,
            "author": articles["author"].map(one_line, na_action="ignore"),
            "words": articles["word_count"],
            "reprints": articles.groupby("story_id")["article_id"].transform("size") - 1,
            "note": articles["note"].map(one_line, na_action="ignore"),
            "corrected": articles["article_id"].isin(corrections.loc[is_own, "id"].map(article_id_of)),
        },
    )
    is_shown = table[list(counts)].any(axis="columns")
    return table[is_shown].reset_index(drop=True) if scope.subject else table


def readable_statements(tables: Tables, quotes: DataFrame | None = None) -> DataFrame:
    """Statements: who said what, about whom, and for or against whom.

    Args:
        tables: of a corpus.
        quotes: `Quotes` rows of it; None: all.

    Returns:
        One row per statement, in the order of `quotes`, with the columns of `columns.STATEMENTS`.
    """
    quotes = tables.quotes if quotes is None else quotes
    stances = tables.stances.sort_values(["quote_id", "start_char"])
    chosen = {name: stances["label"].eq(label).fillna(False).astype(bool) for name, label in STANCES.items()}
    chosen["also names"] = ~(chosen["for"] | chosen["against"])
    targets = {}
    for name, is_chosen in chosen.items():
        once = stances[is_chosen].drop_duplicates(["quote_id", "target_name"])
        joined = once.groupby("quote_id")["target_name"].agg("; ".join).astype(object)
        targets[name] = quotes["quote_id"].map(joined)
    return table_of(
        STATEMENTS,
        {
            **source_columns(quotes["article_id"], tables.articles),
            **targets,
            "speaker": quotes["speaker_name"],
            "role": quotes["role"],
            "affiliation": quotes["affiliation"],
            "country": names_of(quotes["country_code"], country_name),
            "verb": quotes["cue"],
            "statement": quotes["text"].map(one_line),
            "kind": quotes["kind"],
            "tone": quotes["tone_score"],
            "how sure": quotes["probability"],
            "sentence": passages(quotes, tables, is_widened=True),
            "corrected": quotes["rule"].isin(list(BY_ANALYST)),
        },
    )


def readable_events(tables: Tables, events: DataFrame | None = None) -> DataFrame:
    """Events: who does what to whom, in plain words, and the sentence that says so.

    Args:
        tables: of a corpus.
        events: `Events` rows of it; None: all.

    Returns:
        One row per event, in the order of `events`, with the columns of `columns.EVENTS`.
    """
    events = tables.events if events is None else events
    sided, sentences = with_sides(events), passages(events, tables)
    sides = sided[["source_country_code", "target_country_code"]].set_axis(["source", "target"], axis=1)
    rows = zip(rows_of(sided), sentences, strict=True)
    codes = dyads(sided).where(between_countries(sided))
    named = tables.quotes.dropna(subset=["speaker_id", "speaker_name"]).drop_duplicates("speaker_id")
    speakers = dict(zip(named["speaker_id"], named["speaker_name"], strict=True))
    return table_of(
        EVENTS,
        {
            **source_columns(events["article_id"], tables.articles),
            **act_columns(events, sides),
            "sentence": sentences,
            "pair": names_of(codes, dyad_name),
            "what": [words_for(row, sentence).singular for row, sentence in rows],
            "when": events["when"],
            "said by": events["reported_by"].map(speakers),
            "how sure": events["probability"],
            "corrected": events["rule"].isin(list(BY_ANALYST)),
        },
    )


def act_columns(rows: DataFrame, sides: DataFrame) -> dict[str, Series]:
    """The sides, words or deeds, where, and the toll.

    Args:
        rows: `Events` or `Incidents` rows.
        sides: their codes, as `source` and `target`.
    """
    return {
        "who": rows["source_name"],
        "who (country)": names_of(sides["source"], country_name),
        "whom": rows["target_name"],
        "whom (country)": names_of(sides["target"], country_name),
        "kind": rows["quad"].map(QUAD_WORDS).mask(side_of(rows) == "neither", "request"),
        "status": rows["status"],
        "where": rows["place_name"],
        "killed": rows["killed_count"],
        "injured": rows["injured_count"],
        "intensity": rows["intensity"].astype(float),
    }


def readable_incidents(inputs: PeriodInputs, incidents: DataFrame | None = None) -> DataFrame:
    """Incidents: what happened between two sides, once, with its clearest sentence.

    Args:
        inputs: of a corpus and its reporting period.
        incidents: `Incidents` rows of it; None: all.

    Returns:
        One row per incident, in the order of `incidents`, with the columns of `columns.INCIDENTS`; the days
        are those of the incident.
    """
    incidents = inputs.incidents if incidents is None else incidents
    events, sentences = inputs.tables.events, passages(incidents, inputs.tables)
    corrected = set(events.loc[events["rule"].isin(list(BY_ANALYST)), "event_id"])
    claims = zip(incidents["is_claim"], incidents["claimant_code"], strict=True)
    return table_of(
        INCIDENTS,
        {
            **source_columns(incidents["article_id"], inputs.tables.articles),
            **act_columns(
                incidents, incidents[["source_code", "target_code"]].set_axis(["source", "target"], axis=1)
            ),
            "date": incidents["first_day"],
            "until": incidents["last_day"],
            "day named": incidents["is_day_known"],
            "first reported": incidents["first_reported"],
            "last reported": incidents["last_reported"],
            "pair": names_of(incidents["dyad"], dyad_name),
            "what": [words_for(row, sentences[row.Index]).singular for row in rows_of(incidents)],
            "claim of": [
                (country_name(code) if isinstance(code, str) else "unnamed sources") if is_claim else ""
                for is_claim, code in claims
            ],
            "denied": incidents["is_denied"],
            "theme": incidents["theme"],
            "stories": incidents["story_count"],
            "outlets": incidents["outlet_count"],
            "how sure": incidents["probability"],
            "sentence": sentences,
            "corrected": [not corrected.isdisjoint(ids.split(" ")) for ids in incidents["event_ids"]],
        },
    )


def readable_topics(tables: Tables, topics: DataFrame | None = None) -> DataFrame:
    """Topics: each sentence with what it is about and the words that decided.

    Args:
        tables: of a corpus.
        topics: `Topics` rows of it; None: all.

    Returns:
        One row per sentence and topic, in the order of `topics`, with the columns of `columns.TOPICS`.
    """
    topics = tables.topics if topics is None else topics
    is_by_word = ~topics["matched"].isin((ENCODED, CORRECTION_MARK))
    return table_of(
        TOPICS,
        {
            **source_columns(topics["article_id"], tables.articles),
            "sentence": passages(topics, tables),
            "kind": topics["dimension"],
            "topic": topics["topic"],
            "share": topics["weight"],
            "words": topics["matched"].where(is_by_word, ""),
            "corrected": topics["matched"] == CORRECTION_MARK,
        },
    )


def readable_indicators(indicators: DataFrame) -> DataFrame:
    """One row per pair and indicator, with the columns of `columns.INDICATORS`: `Indicators` table."""
    book = load_lexicon("indicators/codebook").set_index("indicator")
    rows = indicators.reset_index(drop=True)
    described = book.reindex(rows["indicator"]).fillna("").reset_index(drop=True)
    return table_of(
        INDICATORS,
        {
            "pair": names_of(rows["dyad"], subject_name),
            "indicator": rows["indicator"].map(indicator_name),
            **{name: rows[name] for name in ("value", "low", "high")},
            "events": rows["event_count"],
            "stories": rows["story_count"],
            "range": described["range"],
            "direction": described["direction"],
            "meaning": described["definition"],
        },
    )


def readable_weeks(tables: Tables) -> DataFrame:
    """The readable table of pairs by week.

    Args:
        tables: of a corpus.

    Returns:
        One row per pair and week in which something is done or announced between the two, with the columns
        of `columns.WEEKS`, in chronological order. Undated articles are in no week.
    """
    key, rows = ["period", "dyad"], dyad_indicators(tables.articles, tables.events, period="week")
    conflict = rows[rows["indicator"] == "conflict_per_story"].set_index(key)
    counts = rows[rows["indicator"].isin(WEEKLY_COUNTS.values())]
    counts = counts.set_index([*key, "indicator"])["value"].unstack()
    counts = counts.reindex(columns=list(WEEKLY_COUNTS.values())).sort_index()
    conflict = conflict.reindex(counts.index)
    starts, pairs = (counts.index.get_level_values(name) for name in key)
    found = {
        "week": to_datetime(starts),
        "pair": names_of(pairs, subject_name),
        "conflict per story": conflict["value"].to_numpy(),
        "low": conflict["low"].to_numpy(),
        "high": conflict["high"].to_numpy(),
        "stories read": conflict["story_count"].to_numpy(),
        **{name: counts[indicator].fillna(0).to_numpy() for name, indicator in WEEKLY_COUNTS.items()},
    }
    return table_of(WEEKS, found)


def readable_corrections(tables: Tables) -> DataFrame:
    """Corrections: what was corrected, to what, by whom, when and why; columns of `columns.CORRECTIONS`."""
    rows, known = tables.corrections, tables.article_rows
    values = [values_in_words(row) for row in rows.to_dict("records")]
    beginnings = [
        beginning(row, known[article_id_of(row.id)])
        if row.table != "articles" and article_id_of(row.id) in known
        else ""
        for row in rows_of(rows)
    ]
    return table_of(
        CORRECTIONS,
        {
            **source_columns(rows["id"].map(article_id_of), tables.articles),
            "made on": to_datetime(rows["made_on"].replace("", None)),
            "made by": rows["made_by"],
            "about": rows["table"].map(KINDS),
            "what": rows["field"].replace(DONE),
            "before": [before for before, _ in values],
            "after": [after for _, after in values],
            "why": rows["note"].map(one_line),
            "applied": rows["problem"] == "",
            "still applies": rows["standing"].map(FITS) + rows["problem"],
            "beginning": Series(beginnings, index=rows.index, dtype=object),
        },
    )


MAKERS: Final[dict[str, Callable[[Readable], DataFrame]]] = {
    "articles": lambda one: readable_articles(one.inputs.tables, one.scope),
    "statements": lambda one: readable_statements(one.inputs.tables),
    "events": lambda one: readable_events(one.inputs.tables),
    "incidents": lambda one: readable_incidents(one.inputs),
    "topics": lambda one: readable_topics(one.inputs.tables),
    "indicators": lambda one: readable_indicators(one.inputs.tables.indicators),
    "weeks": lambda one: readable_weeks(one.inputs.tables),
    "corrections": lambda one: readable_corrections(one.inputs.tables),
    "rejected": lambda one: table_of(
        REJECTED, {"file": one.rejected["path"], "reason": one.rejected["reason"].map(one_line)}
    ),
}
