"""The front page: the tables of a corpus to what a reader with five minutes must know, each number opened.

What stands here is counted from coded sentences or follows from the counts by `judgments`; nothing is written
freely. Every sentence of evidence leads to its place in `articles.html`, the page of the articles cited.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib.metadata import version

import pandas as pd
from markupsafe import Markup
from pandas import DataFrame

from analysis.briefing.comparison import MOST_ROWS, Kept, changed_view, compare
from analysis.briefing.snapshots import changes_since, snapshot_of
from analysis.country_names import country_name, dyad_in_sentence, dyad_name
from analysis.evaluation.report import Results, rates_view
from analysis.findings.answers import counted, listed
from analysis.findings.key_judgments import (
    LEAST_ACTS,
    MOST_PAIRS,
    Facts,
    Judgment,
    bottom_line,
    judgment_moves,
    judgment_records,
    key_judgments,
)
from analysis.findings.sources import gaps_sentence, repeated_sentence, source_summary, spoken_sentence
from analysis.indicators.alerts import alerts, monitoring_sentence, pending_announcements
from analysis.indicators.changes import latest_changes
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.dyads import event_contributions
from analysis.indicators.pair_ranking import ranked_pairs
from analysis.indicators.periods import ALL, before_name, watching_period
from analysis.lexicons import load_lexicon
from analysis.nlp.topics.taxonomy import matched_words
from analysis.phrasing import day_in_words
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import Scope, deduplicate
from analysis.schemas import ACT_STATUSES
from analysis.views.citations import ARTICLES, event_evidence, linked
from analysis.views.corrections import corrections_view
from analysis.views.evidence import article_index, by_size, matched_rows, quote_rows
from analysis.views.pages import framed
from analysis.views.render import view
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
MOST_SENTENCES = 12
MOST_SPEAKERS = 10
MOST_THEMES, MOST_THEATRES = 6, 4
MOST_WORDS = 8
MOST_MOVED = 20
MOST_TARGETS = 4
MOST_SOURCES = 5
LATE_DAYS = 7  # after an announcement: by then what it announces may be over
MOVES = {
    "new": "New in this briefing.",
    "kept": "As in the last briefing.",
    "changed": "Changed; in the last briefing: “{before}”",
}


@dataclass(frozen=True)
class Edition:
    """All that the front page is made of."""

    tables: Tables
    rejected: DataFrame
    scope: Scope
    earlier: Kept | None
    results: Results | None
    notes: Markup  # the analyst's, cleaned
    links: Sequence[tuple[str, str]]  # file name and title of each further page
    made: date  # the day of the run
    passed_over: Sequence[str] = ()  # what is wrong with each earlier briefing that cannot be read

    @cached_property
    def once(self) -> Tables:
        """What is counted and cited: the corpus without what reprints tell again."""
        return deduplicate(self.tables)

    @cached_property
    def changes(self) -> DataFrame:
        """What moved since the last briefing; empty without one."""
        return changes_since(self.tables, self.earlier.snapshot if self.earlier else None)

    @cached_property
    def kept(self) -> Kept:
        """What the next briefing will know of this one."""
        corrections = self.tables.corrections.to_dict("records")
        records = judgment_records(self.judgments)
        return Kept("", snapshot_of(self.tables), records, corrections, self.scope)

    @cached_property
    def facts(self) -> Facts:
        """What the judgments look at: since the last briefing, or if there is none, the period before."""
        articles, events = self.once.articles, self.once.events
        period = watching_period(articles["published_date"])
        changes, since = self.changes, "the last briefing"
        if not self.earlier:
            changes, since = latest_changes(articles, events, period=period), before_name(period)
        return Facts(self.once, changes, since, alerts(articles, events, period=period))

    @cached_property
    def judgments(self) -> list[Judgment]:
        return key_judgments(self.facts)


def front_page(edition: Edition) -> Markup:
    """The blocks of `briefing.html` in one."""
    page = {
        "title": title_of(edition),
        "facts": fact_lines(edition),
        "bottom_line": bottom_line(edition.judgments, edition.facts),
        "judgments": judgment_rows(edition),
        "changed": changed(edition),
        "passed_over": edition.passed_over,
        "notes": edition.notes,
        "minimum": MINIMUM_STORIES,
        "pairs": pair_rows(edition.once),
        "further_pairs": further_pairs(edition.once),
        "speakers": speaker_rows(edition.once),
        "topics": topic_rows(edition.once),
        "sentence_count": len(edition.once.sentences),
        "corrected": corrections_table(edition),
        "watch": watch_rows(edition),
        "watched": monitoring_sentence(edition.once.articles),
        "nearest": nearest_comparison(edition.once),
        "sources": source_sentences(edition),
        "rates": Markup(rates_view(edition.results).html) if edition.results else unmeasured(),
        **word_tables(edition.judgments),
        "links": edition.links,
    }
    return framed(view("briefing/front_page", page=page).html)


def word_tables(judgments: Sequence[Judgment]) -> dict[str, list[dict] | str]:
    """What the words of likelihood and of confidence mean, and which of the two no judgment uses."""
    used = {
        "a likelihood": any(judgment.likelihood for judgment in judgments),
        "a confidence": any(judgment.confidence for judgment in judgments),
    }
    unused = [name for name, is_used in used.items() if not is_used]
    return {
        "likelihoods": load_lexicon("findings/likelihood_terms").to_dict("records"),
        "confidences": load_lexicon("findings/confidence_levels").to_dict("records"),
        "unused": f"none here carries {' or '.join(unused)}" if unused else "",
    }


def changed(edition: Edition) -> Markup:
    """What came in and what moved since the last briefing, or that there was none."""
    if not edition.earlier:
        if edition.passed_over:
            return Markup("<p>No earlier briefing could be read, so there is none to set it against.</p>")
        return Markup("<p>This is the first briefing of its kind: there is none to set it against.</p>")
    comparison = compare(edition.kept, edition.earlier, edition.changes)
    said = first_statements(edition.once, comparison.speakers["speaker_id"].head(MOST_ROWS).tolist())
    return Markup(changed_view(comparison, articles=ARTICLES, said=said).html)


def first_statements(tables: Tables, speakers: Sequence[str]) -> dict[str, dict]:
    """The first statement of each of some speakers, linked to its place."""
    articles = article_index(tables)
    first = tables.quotes[tables.quotes["speaker_id"].isin(speakers)].drop_duplicates("speaker_id")
    return {
        quote.speaker_id: linked(row, tables, articles[quote.article_id], quote.start_char)
        for row, quote in zip(quote_rows(first, tables), first.itertuples(), strict=True)
    }


def corrections_table(edition: Edition) -> Markup:
    """What an analyst overruled; empty where that is nothing."""
    return Markup("" if edition.once.corrections.empty else corrections_view(edition.once).html)


def unmeasured() -> Markup:
    return Markup("<p>The measured rates are not at hand: benchmarks/results.json is missing.</p>")


def title_of(edition: Edition) -> str:
    """ "Briefing as of 20 April 2024: China – United States"."""
    newest = edition.once.articles["published_date"].max()
    day = "on undated articles" if pd.isna(newest) else f"as of {day_in_words(newest)}"
    return f"Briefing {day}{f': {dyad_name(edition.scope.pair)}' if edition.scope.pair else ''}"


def as_of(articles: DataFrame) -> str:
    """The day of the newest article, or "" where none is dated."""
    newest = articles["published_date"].max()
    return "" if pd.isna(newest) else f"{newest:%Y-%m-%d}"


def dated_ahead(articles: DataFrame, made: date) -> str:
    """That an article is dated after the day of the run, in words; "" if none is.

    All else would look old beside it. A day is let pass: it is tomorrow in Tokyo already.
    """
    ahead = articles[articles["published_date"] > pd.Timestamp(made) + pd.Timedelta(days=1)]
    if ahead.empty:
        return ""
    newest = ahead.loc[ahead["published_date"].idxmax()]
    return (
        f"{counted(len(ahead), 'article')} dated after the day of this briefing, {made:%Y-%m-%d}: is "
        f"{newest['published_date']:%Y-%m-%d} right for {newest['path']}?"
    )


def fact_lines(edition: Edition) -> list[tuple[str, str]]:
    """What was read, from when to when, by which version."""
    articles, scope = edition.once.articles, edition.scope
    oldest, outlets = articles["published_date"].min(), articles["outlet"].nunique()
    newest = as_of(articles) or "unknown: no article has a date"
    window = newest if pd.isna(oldest) or as_of(articles) == f"{oldest:%Y-%m-%d}" else None
    narrowed = [f"articles of {scope.since} and later"] if scope.since else []
    narrowed += [pair_scope(edition)] if scope.pair else []
    ahead = dated_ahead(articles, edition.made)
    return [
        ("As of", newest),
        ("Articles dated", window or f"{oldest:%Y-%m-%d} to {newest}"),
        *([("Look at", ahead)] if ahead else []),
        (
            "Read",
            f"{counted(len(articles), 'article')}, {counted(articles['story_id'].nunique(), 'story')}, "
            f"{counted(outlets, 'outlet') if outlets else 'no outlet named'}"
            f"{f'; {len(edition.rejected)} rejected' if len(edition.rejected) else ''}",
        ),
        ("Scope", listed(narrowed) if narrowed else "all that was read, all pairs of countries"),
        (
            "Made by",
            f"Faultline {version('faultline')}; 95% intervals; compared from {MINIMUM_STORIES} stories up",
        ),
    ]


def pair_scope(edition: Edition) -> str:
    """What of the articles a briefing on one pair is about."""
    told = int(tells_of_pair(edition.once).sum())
    return (
        f"events between {dyad_in_sentence(edition.scope.pair)}, and who speaks of what in the "
        f"{counted(told, 'article')} that {'tells' if told == 1 else 'tell'} of one"
    )


def tells_of_pair(tables: Tables) -> pd.Series:
    """Whether each article, or the story that it reprints, tells of an event that is left."""
    stories = tables.articles["story_id"]
    return stories.isin(stories[tables.articles["article_id"].isin(tables.events["article_id"])])


def judgment_rows(edition: Edition) -> list[dict]:
    """Each judgment with its sentences, and what became of it since the last briefing."""
    events = edition.once.events
    moves = {}
    if edition.earlier:
        found = judgment_moves(judgment_records(edition.judgments), edition.earlier.judgments)
        moves = {(row.rule, row.subject): row for row in found.itertuples()}
    rows, bases = [], {}
    for number, judgment in enumerate(edition.judgments, start=1):
        behind = events[events["event_id"].isin(judgment.event_ids)]
        move = moves.get((judgment.rule, judgment.subject))
        rows.append(
            {
                "judgment": judgment,
                "basis": told_basis(judgment.basis, bases.setdefault(judgment.basis, number), number),
                "evidence": event_evidence(behind.assign(**no_shares(behind)), edition.once),
                "total": len(behind),
                "move": MOVES[move.move].format(before=move.before) if move else "",
            }
        )
    return rows


def told_basis(basis: str, first: int, number: int) -> str:
    """What a judgment rests on, or which one before it told that already."""
    return f"on the same base as judgment {first}" if first < number else basis


def no_shares(events: DataFrame) -> dict[str, object]:
    """Columns of an event's parts, where they are not told."""
    return {"mean_intensity": None, "conflict_share": None}


def watch_rows(edition: Edition) -> list[dict]:
    """What wants an eye in the latest period, as sentences, with the articles or words that tell of it."""
    articles = article_index(edition.once)
    return [
        {
            "line": watch_line(row, behind, edition.facts),
            "sources": [
                linked({}, edition.once, articles[one], 0) for one in row.article_ids.split()[:MOST_SOURCES]
            ],
            "evidence": event_evidence(behind, edition.once)[:MOST_SOURCES],
        }
        for row in edition.facts.alerts.itertuples()
        for behind in [announced_by(row, edition.facts)]
    ]


def announced_by(alert: object, facts: Facts) -> pd.DataFrame:
    """The announcements behind an alert, which its name alone leaves open; none behind other alerts."""
    future = pending_announcements(facts.coded[facts.coded["dyad"] == alert.dyad])
    return future[
        future["article_id"].isin(alert.article_ids.split())
        & ((future["quad"] >= 3) == (alert.outlook == "risk"))
        & (alert.kind == "announced")
    ]


def watch_line(row: object, behind: pd.DataFrame, facts: Facts) -> str:
    """ "Between China and Japan, announced: talks (2 stories). Watch: does it come to pass?" """
    between = f"Between {dyad_in_sentence(row.dyad)}"
    told = counted(row.story_count, "story")
    if row.kind == "announced":
        is_late = facts.newest - behind["published_date"].max() > pd.Timedelta(days=LATE_DAYS)
        asked = "has it come to pass" if is_late else "does it come to pass"
        return f"{between}, announced{facts.last_told(behind, ' on')}: {row.line} ({told}). Watch: {asked}?"
    asked = {
        "easing": "does the easing last",
        "rise": "does the rise last",
        "early report": "do others report it too",
    }
    return f"{between}, {row.kind}: {row.line} ({told}). Watch: {asked.get(row.kind, 'does it go on')}?"


def nearest_comparison(tables: Tables) -> str:
    """How far the leading pair is from being compared at all, or "" where it can be."""
    pairs = ranked_pairs(tables.articles, tables.events)["dyad"].head(1).tolist()
    rows = tables.indicators[
        tables.indicators["dyad"].isin(pairs) & (tables.indicators["indicator"] == "conflict_share")
    ]
    known = int(rows["story_count"].max()) if len(rows) else 0
    if not pairs or known >= MINIMUM_STORIES:
        return ""
    return (
        f"With acts in {counted(MINIMUM_STORIES - known, 'more story')}, the values of "
        f"{dyad_in_sentence(pairs[0])} can be compared, with later ones and with those of pairs that have as "
        "many."
    )


def pair_rows(tables: Tables) -> list[dict]:
    """The leading pairs with their main indicators and the events behind them."""
    events = tables.events[between_countries(tables.events)]
    parts = event_contributions(tables.articles, events)
    given = {
        name: parts[parts["indicator"] == name].set_index("event_id")["contribution"]
        for name in ("mean_intensity", "conflict_share")
    }
    events = events.assign(dyad=dyads(events), **{n: events["event_id"].map(p) for n, p in given.items()})
    rows = []
    for pair in ranked_pairs(tables.articles, tables.events)["dyad"].head(MOST_PAIRS):
        part = events[events["dyad"] == pair]
        rows.append(
            {
                "name": dyad_name(pair),
                "spoken": dyad_in_sentence(pair),
                "indicators": main_indicators(tables.indicators, pair) if is_enough(part) else [],
                "events": event_evidence(part, tables),
                "total": len(part),
            }
        )
    return rows


def is_enough(events: DataFrame) -> bool:
    """Whether a pair has acts enough for its values to say more than its sentences do."""
    return int(events["status"].isin(ACT_STATUSES).sum()) >= LEAST_ACTS


def main_indicators(indicators: DataFrame, pair: str) -> list[dict]:
    """The values of a pair that the front page shows, in its order."""
    own = indicators[(indicators["dyad"] == pair) & (indicators["period"] == ALL)]
    own = own[own["indicator"].isin(MAIN_INDICATORS)]
    return own.sort_values("indicator", key=lambda names: names.map(MAIN_INDICATORS.index)).to_dict("records")


def further_pairs(tables: Tables) -> list[str]:
    """Names and event counts of the pairs that are not shown."""
    ranked = ranked_pairs(tables.articles, tables.events)[MOST_PAIRS:]
    names = [f"{dyad_name(row.dyad)} ({row.event_count})" for row in ranked.head(MOST_MOVED).itertuples()]
    return [*names, *([f"and {len(ranked) - MOST_MOVED} more"] if len(ranked) > MOST_MOVED else [])]


def speaker_rows(tables: Tables) -> list[dict]:
    """The most quoted speakers, each with statements, kinds, targets and sources."""
    named = tables.quotes[tables.quotes["speaker_id"].notna()]
    names = tables.stances.groupby("quote_id", sort=False)["target_name"].unique()
    return [speaker_entry(part, names, tables) for _, part in by_size(named, "speaker_id")[:MOST_SPEAKERS]]


def speaker_entry(quotes: DataFrame, names: pd.Series, tables: Tables) -> dict:
    articles = article_index(tables)
    shown = quotes.head(MOST_SENTENCES)
    known = {column: quotes[column].dropna() for column in ("role", "affiliation", "country_code")}
    first = {column: part.iloc[0] if len(part) else "" for column, part in known.items()}
    name = max(quotes["speaker_name"].dropna(), key=len, default=quotes["speaker_id"].iloc[0])
    told = pd.Series([target for quote in quotes["quote_id"] for target in names.get(quote, [])], dtype=str)
    return {
        "name": name,
        "described": described(
            name, [first["role"], first["affiliation"], country_name(first["country_code"])]
        ),
        "is_anonymous": bool(quotes["is_anonymous"].any()),
        "count": len(quotes),
        "targets": frequent(told)[:MOST_TARGETS],
        "quotes": [
            linked(
                {**row, "targets": list(names.get(quote.quote_id, []))[:MOST_TARGETS]},
                tables,
                articles[quote.article_id],
                quote.start_char,
            )
            for row, quote in zip(quote_rows(shown, tables), shown.itertuples(), strict=True)
        ],
    }


def topic_rows(tables: Tables) -> list[dict]:
    """The most frequent themes and theatres, with matched words and sentences."""
    rows = []
    for dimension, most in (("theme", MOST_THEMES), ("theatre", MOST_THEATRES)):
        found = tables.topics[tables.topics["dimension"] == dimension]
        rows += [
            topic_entry(topic, dimension, part, tables) for topic, part in by_size(found, "topic")[:most]
        ]
    return rows


def frequent(names: pd.Series) -> list[str]:
    """Names, the most frequent first, ties in their order."""
    return names.value_counts(sort=False).sort_values(ascending=False, kind="stable").index.tolist()


def topic_entry(topic: str, dimension: str, part: DataFrame, tables: Tables) -> dict:
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
            for row, found in zip(matched_rows(shown, tables), shown.itertuples(), strict=True)
        ],
    }


def source_sentences(edition: Edition) -> list[str]:
    """The source summary in words: who is quoted, what is hidden, what is repeated, what is missing."""
    summary = source_summary(of_scope(edition))
    return [
        spoken_sentence(summary),
        repeated_sentence(summary),
        tellers_sentence(edition),
        gaps_sentence(summary, len(edition.rejected)),
    ]


def of_scope(edition: Edition) -> Tables:
    """What was read, without the articles that tell nothing of a pair that the briefing is narrowed to."""
    tables = edition.once
    told = tells_of_pair(tables)
    is_narrow = bool(edition.scope.pair) and told.any()
    return replace(tables, articles=tables.articles[told].reset_index(drop=True)) if is_narrow else tables


def tellers_sentence(edition: Edition) -> str:
    """Who tells of the events behind the judgments: what drives them."""
    ids = {one for judgment in edition.judgments for one in judgment.event_ids}
    events = edition.once.events[edition.once.events["event_id"].isin(ids)]
    if events.empty:
        return "No judgment rests on any of it."
    quoted = int(events["reported_by"].notna().sum())
    return (
        f"Of the {counted(len(events), 'event')} behind the judgments, the articles themselves tell "
        f"{len(events) - quoted}, and somebody they quote {quoted}."
    )


def made_line(made: date) -> str:
    """The line at the foot of each page."""
    program = f"Faultline {version('faultline')}"
    return f"Made by {program} on {made:%Y-%m-%d}; coded by machine, not checked by a person."
