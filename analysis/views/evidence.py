"""Rows of tables with the sentence behind each: its text, the words that decided marked, and its source."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

import pandas as pd

from analysis.country_names import country_in_sentence, country_names
from analysis.indicators.country_events import act_names, sponsor_words
from analysis.ingest.corrections_file import CORRECTION_MARK
from analysis.ingest.draft import is_web_address
from analysis.nlp.topics.taxonomy import matched_pattern
from analysis.outlets import with_state
from analysis.phrasing import body_in_sentence
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of

LONG_WORD: Final = re.compile(r"\S{1000,}")  # longer than an address that somebody can use; a damaged file
SHOWN_CHARS: Final = 100  # of such a word


class Piece(NamedTuple):
    """A run of text, and what it is: "", "content", "cue", "speaker", "match", "trigger"."""

    text: str
    label: str


class Source(NamedTuple):
    """Where a sentence comes from."""

    title: str
    date: str
    outlet: str
    place: str  # file, and characters in it
    url: str = ""  # of the original; "" if it is not known, or no address of a page


def newest(rows: pd.DataFrame, tables: Tables, most: int) -> pd.DataFrame:
    """All rows in their order if they are few; otherwise the newest first, by the dates of their articles."""
    if len(rows) <= most:
        return rows
    dates = rows["article_id"].map(tables.articles.set_index("article_id")["published_date"])
    return rows.loc[dates.sort_values(ascending=False, kind="stable", na_position="last").index[:most]]


def by_size(table: pd.DataFrame, key: str) -> list[tuple[str, pd.DataFrame]]:
    """The groups of a table, the largest first; equal ones in the order of their first rows."""
    return sorted(table.groupby(key, sort=False), key=lambda group: -len(group[1]))


def source_of(article: object, start: int, end: int) -> Source:
    """The source of the characters from start to end of an article, a row of `Articles`.

    Without characters between them it is all of the article, or what begins at `start`.
    """
    date = "undated" if pd.isna(article.published_date) else f"{article.published_date:%Y-%m-%d}"
    if str(getattr(article, "note", "")).startswith(CORRECTION_MARK):
        date += ", corrected by an analyst"
    url = getattr(article, "url", None)
    beginning = f", from character {start}" if start else ""
    characters = f", characters {start}–{end}" if end > start else beginning
    return Source(
        title=article.title if isinstance(article.title, str) else article.path,
        date=date,
        outlet=published_by(article),
        place=f"{article.path}{characters}",
        url=url if isinstance(url, str) and is_web_address(url) else "",
    )


def published_by(article: object) -> str:
    """The outlet of an article, which state runs it, and from what language it is translated; "" if unknown.

    Such as "TASS, run by the Russian state, translated from Russian by DeepL".
    """
    parts = [with_state(article.outlet)] if isinstance(article.outlet, str) else []
    known = {"from": getattr(article, "language", None), "by": getattr(article, "translated_by", None)}
    if told := [f"{word} {name}" for word, name in known.items() if isinstance(name, str) and name]:
        parts.append(" ".join(["translated", *told]))
    return ", ".join(parts)


def beside(text: str, source: Source) -> Source:
    """The source as a line below a text names it: without a title that only repeats how the text begins."""
    return source._replace(title="") if text.startswith(source.title) else source


def matched_rows(topics: pd.DataFrame, tables: Tables) -> list[dict]:
    articles = tables.article_rows
    rows = []
    for row in rows_of(topics):
        article = articles[row.article_id]
        text = article.text[row.start_char : row.end_char]
        spans = [(*match.span(), "match") for match in matched_pattern(row.matched).finditer(text)]
        rows.append(
            {
                "pieces": pieces(text, 0, spans),
                "matched": row.matched,
                "source": beside(text, source_of(article, row.start_char, row.end_char)),
            }
        )
    return rows


def quote_rows(quotes: pd.DataFrame, tables: Tables) -> list[dict]:
    articles = tables.article_rows
    shown = [quote_pieces(articles[row.article_id].text, row) for row in rows_of(quotes)]
    return [
        {
            "quote_id": row.quote_id,
            "pieces": paragraphs,
            "kind": row.kind,
            "cue": row.cue if isinstance(row.cue, str) else "",
            "cue_stance": row.cue_stance if isinstance(row.cue_stance, str) else "",
            "tone": row.tone_score,
            "subjectivity": row.subjectivity_score,
            "probability": row.probability,
            "rule": row.rule,
            "source": beside(
                "".join(piece.text for piece in paragraphs),
                source_of(articles[row.article_id], row.start_char, row.end_char),
            ),
        }
        for row, paragraphs in zip(rows_of(quotes), shown, strict=True)
    ]


def statement_rows(
    quotes: pd.DataFrame, tables: Tables, on: Mapping[str, Sequence[str]], *, most: int
) -> list[dict]:
    """The newest of some statements: rows of `quote_rows` with `day`, `speaker`, and `on`, whom it is about.

    Args:
        quotes: `Quotes` rows.
        tables: a corpus.
        on: by `quote_id`, whom the statement is for or against.
        most: how many there are at most.
    """
    shown = newest(quotes, tables, most)
    days = shown["article_id"].map(tables.articles.set_index("article_id")["published_date"])
    shown = shown.assign(day=days).sort_values("day", ascending=False, kind="stable", na_position="last")
    names = shown["speaker_name"].where(shown["speaker_name"].notna(), "speaker unknown")
    return [
        {**row, "on": on.get(row["quote_id"], []), "speaker": name, "day": day}
        for row, name, day in zip(quote_rows(shown, tables), names, shown["day"], strict=True)
    ]


def quote_spans(quote: object) -> list[tuple[int, int, str]]:
    """Start, end and label of the content, the cue and the speaker of a row of `Quotes`."""
    spans = [(*map(int, span.split("-")), "content") for span in quote.content_spans.split(" ")]
    for label in ("cue", "speaker"):
        start, end = getattr(quote, f"{label}_start_char"), getattr(quote, f"{label}_end_char")
        if pd.notna(start):
            spans.append((int(start), int(end), label))
    return spans


def quote_pieces(text: str, quote: object) -> list[Piece]:
    """The paragraphs around a quote, with its content, cue and speaker marked."""
    spans = quote_spans(quote)
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    return pieces(text[start : end if end >= 0 else len(text)], start, spans)


def pieces(text: str, offset: int, spans: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """A text split at labelled spans; where two overlap, the shorter one wins. Endless words are cut.

    Args:
        text: the part of an article that is shown.
        offset: where it begins in the article.
        spans: start, end and label, offsets into the article.
    """
    labels = [""] * len(text)
    for start, end, label in sorted(spans, key=lambda span: span[0] - span[1]):
        start, end = max(start - offset, 0), min(end - offset, len(text))
        labels[start:end] = [label] * max(end - start, 0)
    cut, place = [], 0
    for label, run in groupby(labels):
        end = place + len(list(run))
        cut.append(Piece(with_short_words(text[place:end]), label))
        place = end
    return cut


def with_short_words(text: str) -> str:
    """A text in which no word fills a page: of a longer one, its beginning and its length."""
    return LONG_WORD.sub(lambda found: f"{found[0][:SHOWN_CHARS]}… [{len(found[0]):,} characters]", text)


def event_rows(events: pd.DataFrame, tables: Tables) -> list[dict]:
    articles = tables.article_rows
    speakers = tables.quotes.dropna(subset="speaker_id").drop_duplicates("speaker_id")
    names = dict(zip(speakers["speaker_id"], speakers["speaker_name"], strict=True))
    rows = []
    for row in rows_of(events.assign(act_name=act_names(events))):
        article = articles[row.article_id]
        sentence = article.text[row.start_char : row.end_char]
        trigger, reporter = (row.trigger_start_char, row.trigger_end_char, "trigger"), row.reported_by
        if reporter in country_names():
            reporter = country_in_sentence(reporter)
        elif isinstance(reporter, str):  # "the Iranian foreign ministry", "Li Wei"
            reporter = body_in_sentence(names.get(reporter, reporter))
        rows.append(
            {
                **row._asdict(),
                "sponsor": sponsor_words(row._asdict()),
                "reporter": reporter if isinstance(reporter, str) else "",
                "pieces": pieces(sentence, row.start_char, [trigger]),
                "source_line": beside(sentence, source_of(article, row.start_char, row.end_char)),
            }
        )
    return rows
