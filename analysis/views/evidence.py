"""Tables to what a reader walks back through: evidence in HTML, every text of an article escaped.

Each function is one view for the notebook and for the exported briefing alike: no script, no style of its
own, `details` for what is opened on demand.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.indicators.changes import monitoring_sentence
from analysis.indicators.dyads import (
    RUNG_NAMES,
    act_names,
    between_countries,
    directed_indicators,
    dyads,
    event_contributions,
)
from analysis.indicators.proxy_acts import sponsor_words
from analysis.ingest.corrections_file import CORRECTION_MARK
from analysis.lexicons import country_name, dyad_name, indicator_name, subject_name
from analysis.nlp.topics.discovery import MINIMUM_ARTICLES
from analysis.pipeline.analyse import Tables

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def number(value: float) -> str:
    """Two decimals, or "unknown": missing is not zero."""
    return "unknown" if pd.isna(value) else f"{value:.2f}".removesuffix(".00")


def interval(row: dict) -> str:
    return "none" if pd.isna(row["low"]) or pd.isna(row["high"]) else f"{row['low']:.2f} to {row['high']:.2f}"


def rung(value: float) -> str:
    """A rung by number and name: "3 (sanction)"."""
    return number(value) if pd.isna(value) else f"{value:.0f} ({RUNG_NAMES[int(value)]})"


ENVIRONMENT.globals["corrected"] = CORRECTION_MARK
ENVIRONMENT.filters |= {
    "number": number,
    "interval": interval,
    "rung": rung,
    "indicator_name": indicator_name,
    "subject_name": subject_name,
}
MINIMUM_STORIES = 10
MOST_SENTENCES = 100  # of a topic that a page opens to; the explorer in the notebook pages through all
MOST_SPEAKERS, MOST_STATEMENTS = 100, 50
MOST_PAIRS, MOST_EVENTS = 100, 200
MOST_ROWS = 100  # of a table of articles
EACH_WAY = ("conflict_share", "mean_intensity", "highest_rung")


# Jupyter sets the cells of every table to the right; an exported page has a style of its own.
LEFT = "<style>.jp-RenderedHTMLCommon .mathjax_ignore :is(td, th) { text-align: left; }</style>\n"


@dataclass(frozen=True)
class View:
    """A piece of HTML that a notebook shows, and its words for where there is no browser."""

    html: str

    @property
    def text(self) -> str:
        blocks = BeautifulSoup(self.html, "html.parser").stripped_strings
        return " ".join(" ".join(block.split()) for block in blocks)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        framed = f'{LEFT}<div class="tex2jax_ignore mathjax_ignore">\n{self.html}\n</div>'  # $2 is no formula
        return {"text/html": framed, "text/plain": self.text}


class Piece(NamedTuple):
    """A run of text, and what it is: "", "content", "cue", "speaker", "match", "trigger"."""

    text: str
    label: str


class Source(NamedTuple):
    """Where a sentence stands."""

    title: str
    date: str
    outlet: str
    place: str  # file, and characters in it


def view(template: str, **values: object) -> View:
    return View(ENVIRONMENT.get_template(f"{template}.html.j2").render(**values))


def answer_view(sentences: Sequence[str], caveat: str) -> View:
    """The answer to a notebook's question, and what to mind."""
    return view("views/answer", sentences=sentences, caveat=caveat)


def stories_view(stories: Sequence[tuple[str, Sequence[str]]]) -> View:
    """What there is to say of each pair: names with their parts, as `findings.pair_stories` gives them."""
    return view("views/stories", stories=stories)


def indicators_view(indicators: pd.DataFrame, caption: str) -> View:
    """Values of one period with interval and counts, those of few stories marked: `Indicators` rows."""
    rows = indicators.sort_values(["dyad", "period", "indicator"], kind="stable").to_dict("records")
    return view("views/indicators", indicators=rows, caption=caption, minimum=MINIMUM_STORIES)


def changes_view(changes: pd.DataFrame, articles: pd.DataFrame, *, since: str) -> View:
    """What rises or eases in the latest period, why and by which articles; and what is not told, and why not.

    Args:
        changes: `Changes` table.
        articles: `Articles` table.
        since: what the values are set against: "the week before", "the last briefing".
    """
    latest = changes[changes["period"] == changes["period"].max()]
    moved = latest[latest["direction"].isin(("up", "down"))]
    rows = [
        {**row._asdict(), "sources": article_sources(row.article_ids, articles)} for row in moved.itertuples()
    ]
    reasons = latest.loc[latest["direction"] == "not compared", "reason"]
    reasons = reasons.mask(reasons.astype(str).str.endswith("needed"), "too few stories")
    untold = [f"{count} with {name}" for name, count in reasons.value_counts().sort_index().items()]
    level = int((latest["direction"] == "no clear change").sum())
    return view(
        "views/changes",
        changes=rows,
        level=level,
        compared=level + len(rows),
        untold=untold,
        total=len(latest),
        since=since,
    )


def alerts_view(alerts: pd.DataFrame, articles: pd.DataFrame) -> View:
    """What wants an eye in the latest period: `Alerts` and `Articles` tables."""
    rows = [
        {**row._asdict(), "sources": article_sources(row.article_ids, articles)}
        for row in alerts.itertuples()
    ]
    return view("views/alerts", alerts=rows, watched=monitoring_sentence(articles))


def spikes_view(spikes: pd.DataFrame, tables: Tables, *, most: int = 10) -> View:
    """The strongest spikes and the events that made each: `Spikes` table."""
    rows = [
        {
            **row._asdict(),
            "events": [
                {**event, "sponsor": sponsor_words(event, row.dyad) or event["sponsor"]}
                for event in event_rows(
                    tables.events[tables.events["event_id"].isin(row.event_ids.split(" "))], tables
                )
            ],
        }
        for row in spikes.head(most).itertuples()
    ]
    return view("views/spikes", spikes=rows)


def article_sources(article_ids: str, articles: pd.DataFrame) -> list[Source]:
    """Where the articles of a list of ids stand, in its order."""
    known = {row.article_id: row for row in articles.itertuples()}
    found = [known[article_id] for article_id in article_ids.split() if article_id in known]
    return [source_of(article, 0, len(article.text))._replace(place=article.path) for article in found]


def corpus_view(articles: pd.DataFrame, rejected: pd.DataFrame) -> View:
    """What was read and what was not, the first hundred of each: `Articles` and `Rejected` tables."""
    shown, refused = articles.head(MOST_ROWS), rejected.head(MOST_ROWS)
    rows = [{**row._asdict(), "source": source_of(row, 0, len(row.text))} for row in shown.itertuples()]
    more = len(articles) - len(shown), len(rejected) - len(refused)
    return view("views/corpus", articles=rows, rejected=refused.to_dict("records"), more=more)


def topic_view(tables: Tables, dimension: str) -> View:
    """Each topic of a dimension with its share of the sentences, and these, the deciding words marked.

    Args:
        tables: a corpus.
        dimension: "theme" or "theatre".
    """
    found = tables.topics[tables.topics["dimension"] == dimension]
    total = len(tables.sentences)
    rows = [
        {
            "topic": topic,
            "count": len(part),
            "share": len(part) / total,
            "evidence": matched_rows(newest(part, tables, MOST_SENTENCES), tables),
        }
        for topic, part in by_size(found, "topic")
    ]
    return view("views/topics", topics=rows, total=total, dimension=dimension)


def discovered_view(discovered: pd.DataFrame, articles: pd.DataFrame) -> View:
    """Topics that the corpus suggests, each with its articles: `DiscoveredTopics` and `Articles` tables."""
    known = {row.article_id: source_of(row, 0, len(row.text)) for row in articles.itertuples()}
    topics = [
        {
            "topic_id": topic_id,
            "terms": part["terms"].iloc[0],
            "articles": [
                {
                    "title": known[row.article_id].title,
                    "date": known[row.article_id].date,
                    "weight": row.weight,
                }
                for row in part.itertuples()
            ],
        }
        for topic_id, part in by_size(discovered, "topic_id")
    ]
    return view("views/discovered", topics=topics, total=len(articles), minimum=MINIMUM_ARTICLES)


def speaker_view(tables: Tables) -> View:
    """Each speaker once, most quoted first: who it is, the tone, and every quote marked in its paragraph."""
    named = tables.quotes[tables.quotes["speaker_id"].notna()]
    groups = [part for _, part in by_size(named, "speaker_id")]
    unnamed = tables.quotes[tables.quotes["speaker_id"].isna()]
    rest = groups[MOST_SPEAKERS:]
    return view(
        "views/speakers",
        speakers=[speaker_row(part, tables) for part in groups[:MOST_SPEAKERS]],
        more=(len(rest), sum(map(len, rest))),
        unnamed=quote_rows(newest(unnamed, tables, MOST_STATEMENTS), tables),
        unnamed_count=len(unnamed),
    )


def dyad_view(tables: Tables) -> View:
    """Each pair of countries: its indicators, and every event between the two with its sentence.

    Each event tells what it gives to the pair's conflict share and mean intensity: the parts add up.
    """
    events = tables.events[between_countries(tables.events)]
    directed = directed_indicators(tables.articles, events)
    parts = event_contributions(tables.articles, events)
    given = {
        name: parts[parts["indicator"] == name].set_index("event_id")["contribution"]
        for name in ("conflict_share", "mean_intensity")
    }
    groups = by_size(events.assign(dyad=dyads(events)), "dyad")
    rows = [
        {
            "name": dyad_name(dyad),
            "indicators": indicator_rows(tables.indicators, [dyad]),
            "each_way": [row for row in indicator_rows(directed, ways(dyad)) if row["indicator"] in EACH_WAY],
            "count": len(part),
            **shown_events(part.assign(**{n: part["event_id"].map(of) for n, of in given.items()}), tables),
        }
        for dyad, part in groups[:MOST_PAIRS]
    ]
    return view("views/dyads", dyads=rows, minimum=MINIMUM_STORIES, more=len(groups) - len(rows))


def shown_events(events: pd.DataFrame, tables: Tables) -> dict[str, object]:
    """The strongest events of a pair in their order, and what the others give together: parts add up."""
    strongest = events["intensity"].abs().mul(-1).argsort(kind="stable")[:MOST_EVENTS]
    shown = events.iloc[sorted(strongest)]
    rest = events.drop(shown.index)
    return {
        "events": event_rows(shown, tables),
        "rest": {name: rest[name].sum() for name in ("mean_intensity", "conflict_share")},
    }


def newest(rows: pd.DataFrame, tables: Tables, most: int) -> pd.DataFrame:
    """All rows in their order if they are few; else the newest, by the dates of their articles, first."""
    if len(rows) <= most:
        return rows
    known = tables.articles.set_index("article_id")["published_date"]
    dates = rows["article_id"].map(known)
    return rows.loc[dates.sort_values(ascending=False, kind="stable", na_position="last").index[:most]]


def by_size(table: pd.DataFrame, key: str) -> list[tuple[str, pd.DataFrame]]:
    """The groups of a table, largest first, ties in the order of their first rows."""
    groups = table.groupby(key, sort=False)
    return sorted(groups, key=lambda group: -len(group[1]))


def source_of(article: object, start: int, end: int) -> Source:
    """Where characters start to end of an article stand, for a row of `Articles`."""
    date = "undated" if pd.isna(article.published_date) else f"{article.published_date:%Y-%m-%d}"
    if str(getattr(article, "note", "")).startswith(CORRECTION_MARK):
        date += ", corrected by an analyst"
    return Source(
        title=article.title if isinstance(article.title, str) else article.path,
        date=date,
        outlet=article.outlet if isinstance(article.outlet, str) else "",
        place=f"{article.path}, characters {start}–{end}",
    )


def article_index(tables: Tables) -> dict[str, object]:
    return tables.article_rows


def matched_rows(topics: pd.DataFrame, tables: Tables) -> list[dict]:
    articles = article_index(tables)
    rows = []
    for row in topics.itertuples():
        article = articles[row.article_id]
        text = article.text[row.start_char : row.end_char]
        words = "|".join(re.escape(word) for word in sorted(row.matched.split("; "), key=len, reverse=True))
        spans = [
            (*match.span(), "match")
            for match in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE)
        ]
        rows.append(
            {
                "pieces": pieces(text, 0, spans),
                "matched": row.matched,
                "source": source_of(article, row.start_char, row.end_char),
            }
        )
    return rows


def speaker_row(quotes: pd.DataFrame, tables: Tables) -> dict:
    def first(column: str) -> str:
        known = quotes[column].dropna()
        return known.iloc[0] if len(known) else ""

    names = quotes["speaker_name"].dropna()
    name = max(names, key=len) if len(names) else first("speaker_id")
    return {
        "name": name,
        "described": described(
            name, [first("role"), first("affiliation"), country_name(first("country_code"))]
        ),
        "is_anonymous": bool(quotes["is_anonymous"].any()),
        "anonymity_note": first("anonymity_note"),
        "tone": quotes["tone_score"].mean(),
        "count": len(quotes),
        "quotes": quote_rows(newest(quotes, tables, MOST_STATEMENTS), tables),
        "stances": stance_summary(quotes, tables),
    }


def described(name: str, parts: Sequence[str]) -> str:
    """What is known of a speaker, without what the name or an earlier part says already."""
    told = [name]
    for part in parts:
        if part and not any(part.casefold() in known.casefold() for known in told):
            told.append(part)
    return ", ".join(told[1:])


def stance_summary(quotes: pd.DataFrame, tables: Tables) -> list[dict]:
    """How a speaker's quotes take each target: counts of for, against and neither, abstentions apart."""
    stances = tables.stances[tables.stances["quote_id"].isin(quotes["quote_id"])]
    return [
        {
            "target": part["target_name"].iloc[0],
            "favourable": int((part["label"] == 1).sum()),
            "unfavourable": int((part["label"] == -1).sum()),
            "neutral": int((part["label"] == 0).sum()),
            "abstained": int(part["is_abstained"].sum()),
        }
        for _, part in by_size(stances, "target_id")
    ]


def quote_rows(quotes: pd.DataFrame, tables: Tables) -> list[dict]:
    articles = article_index(tables)
    return [
        {
            "pieces": quote_pieces(articles[row.article_id].text, row),
            "kind": row.kind,
            "cue": row.cue if isinstance(row.cue, str) else "",
            "cue_stance": row.cue_stance if isinstance(row.cue_stance, str) else "",
            "tone": row.tone_score,
            "subjectivity": row.subjectivity_score,
            "probability": row.probability,
            "rule": row.rule,
            "source": source_of(articles[row.article_id], row.start_char, row.end_char),
        }
        for row in quotes.itertuples()
    ]


def quote_pieces(text: str, quote: object) -> list[Piece]:
    """The paragraphs around a quote, its content, cue and speaker marked."""
    spans = [(*map(int, span.split("-")), "content") for span in quote.content_spans.split(" ")]
    for label in ("cue", "speaker"):
        start, end = getattr(quote, f"{label}_start_char"), getattr(quote, f"{label}_end_char")
        if pd.notna(start):
            spans.append((int(start), int(end), label))
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    return pieces(text[start : end if end >= 0 else len(text)], start, spans)


def pieces(text: str, offset: int, spans: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """A text cut at labelled spans; of two that overlap, the shorter one is shown.

    Args:
        text: the part of an article that is shown.
        offset: where it begins in the article.
        spans: start, end and label, offsets into the article.
    """
    labels = [""] * len(text)
    for start, end, label in sorted(spans, key=lambda span: span[0] - span[1]):
        start, end = max(start - offset, 0), min(end - offset, len(text))
        labels[start:end] = [label] * max(end - start, 0)
    cut: list[Piece] = []
    for character, label in zip(text, labels, strict=True):
        if cut and cut[-1].label == label:
            cut[-1] = Piece(cut[-1].text + character, label)
        else:
            cut.append(Piece(character, label))
    return cut


def event_rows(events: pd.DataFrame, tables: Tables) -> list[dict]:
    articles = article_index(tables)
    speakers = tables.quotes.dropna(subset="speaker_id").drop_duplicates("speaker_id")
    names = dict(zip(speakers["speaker_id"], speakers["speaker_name"], strict=True))
    rows = []
    for row in events.assign(act_name=act_names(events)).itertuples():
        article = articles[row.article_id]
        sentence = article.text[row.start_char : row.end_char]
        trigger = (row.trigger_start_char, row.trigger_end_char, "trigger")
        rows.append(
            {
                **row._asdict(),
                "sponsor": sponsor_words(row._asdict()),
                "reporter": names.get(row.reported_by, row.reported_by)
                if isinstance(row.reported_by, str)
                else "",
                "pieces": pieces(sentence, row.start_char, [trigger]),
                "source_line": source_of(article, row.start_char, row.end_char),
            }
        )
    return rows


def indicator_rows(indicators: pd.DataFrame, subjects: Sequence[str]) -> list[dict]:
    """The rows of some subjects over the whole corpus."""
    chosen = indicators["dyad"].isin(subjects) & (indicators["period"] == "all")
    return indicators[chosen].to_dict("records")


def ways(dyad: str) -> list[str]:
    """Both directions of a pair: "CHN>USA" and "USA>CHN"."""
    first, second = dyad.split("-")
    return [f"{first}>{second}", f"{second}>{first}"]
