"""What was read: the articles with every sentence, rejected files, what it is all about, and one theme.

From a number on the front page a link leads to the sentence behind it, at its place in the page of articles.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup
from pandas import DataFrame

from analysis.indicators.dyads import MIN_STORIES
from analysis.indicators.theme_shares import EVERY_OUTLET
from analysis.ingest.corpus import original_file
from analysis.nlp.topics.discovery import MIN_ARTICLES
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.corrections import corrected_places, corrections_in_words
from analysis.views.evidence import (
    LONG_WORD,
    by_size,
    matched_rows,
    newest,
    pieces,
    quote_spans,
    source_of,
    with_short_words,
)
from analysis.views.pages import framed
from analysis.views.render import View, view

MAX_SENTENCES = 50  # of a topic in a page; the explorer in the notebook shows all
MAX_ARTICLES = 100  # of a topic that the corpus suggests


def topic_view(tables: Tables, dimension: str) -> View:
    """Each topic of a dimension: its share of the sentences, and these with the deciding words marked.

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
            "evidence": matched_rows(newest(part, tables, MAX_SENTENCES), tables),
        }
        for topic, part in by_size(found, "topic")
    ]
    return view("views/topics", topics=rows, total=total, dimension=dimension)


def discovered_view(discovered: DataFrame, articles: DataFrame, *, most: int = MAX_ARTICLES) -> View:
    """Topics that the corpus suggests, each with the articles that have most of it.

    Args:
        discovered: `DiscoveredTopics` table, the heaviest article of each topic first.
        articles: `Articles` table.
        most: how many articles a topic opens to.
    """
    known = {row.article_id: source_of(row, 0, len(row.text)) for row in rows_of(articles)}
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
                for row in rows_of(part.head(most))
            ],
            "count": len(part),
        }
        for topic_id, part in by_size(discovered, "topic_id")
    ]
    return view("views/discovered", topics=topics, total=len(articles), minimum=MIN_ARTICLES)


MAX_OF_THEME = 30  # periods, outlets, and sentences


def one_theme_view(tables: Tables, theme: str, by_period: DataFrame, by_outlet: DataFrame) -> View:
    """How much is written on a theme over time and by each outlet, with its newest sentences.

    Args:
        tables: a corpus.
        theme: its name.
        by_period: `ThemeShares` table by day, week or month.
        by_outlet: the same over all articles.
    """
    found = tables.topics[(tables.topics["dimension"] == "theme") & (tables.topics["topic"] == theme)]
    total = by_outlet[by_outlet["outlet"] == EVERY_OUTLET].iloc[0]
    outlets = by_outlet[by_outlet["outlet"] != EVERY_OUTLET]
    periods = by_period[(by_period["outlet"] == EVERY_OUTLET) & (by_period["period"] != "all")]
    return view(
        "views/one_theme",
        theme=theme,
        total=total,
        periods=periods.tail(MAX_OF_THEME).to_dict("records"),
        earlier=max(len(periods) - MAX_OF_THEME, 0),
        outlets=outlets.head(MAX_OF_THEME).to_dict("records"),
        more=max(len(outlets) - MAX_OF_THEME, 0),
        evidence=matched_rows(newest(found, tables, MAX_OF_THEME), tables),
        sentence_count=len(found),
        minimum=MIN_STORIES,
    )


ARTICLES = "articles.html"


def anchor(tables: Tables, article_id: str, start: int) -> str:
    """The id of the sentence that holds a character of an article, in the page of articles."""
    starts = tables.sentence_starts.get(article_id, [])
    place = bisect_right(starts, start) - 1
    return f"s-{article_id}-{starts[place]}" if place >= 0 else f"a-{article_id}"


def linked(row: dict, tables: Tables, article: object, start: int) -> dict:
    """An evidence row with links to its place in the page of articles and to the original."""
    source, place = source_of(article, start, start), anchor(tables, article.article_id, start)
    return {**row, "source": source, "href": f"{ARTICLES}#{place}", "url": source.url}


def cited_articles(html: str) -> list[str]:
    """The articles that a page links to."""
    return sorted(set(re.findall(rf"{re.escape(ARTICLES)}#[as]-([0-9a-f]{{16}})", html)))


def articles_page(article_ids: Sequence[str], tables: Tables) -> Markup:
    """The blocks of `articles.html`: the text of each article, newest first, with an id per sentence.

    Of a translated article the original is below it.
    """
    known = tables.articles[tables.articles["article_id"].isin(article_ids)]
    ordered = known.sort_values(["published_date", "title"], ascending=[False, True], kind="stable")
    rows = []
    for article in rows_of(ordered):
        present = {name: one if isinstance(one, str) else "" for name, one in article._asdict().items()}
        rows.append(
            {
                **{name: present[name] for name in ("article_id", "path", "author", "note", "language")},
                "source": source_of(article, 0, 0),
                "is_titled": article.text.startswith(f"{present['title']}\n"),
                "paragraphs": paragraphs(article.article_id, tables),
                "corrections": corrections_in_words(article, tables.corrections),
                "original": with_short_words(present["original_text"]).splitlines(),
                "original_file": original_file(article.path, present["language"]),
            }
        )
    return framed(view("views/articles", articles=rows).html)


def paragraphs(article_id: str, tables: Tables) -> list[list[dict]]:
    """The sentences of an article by paragraph, with everything found in them marked.

    An endless word, which the parse takes for many sentences, is cut as `pieces` cuts it.
    """
    article = tables.article_rows[article_id]
    words = [word.span() for word in LONG_WORD.finditer(article.text)]
    own = tables.sentences[tables.sentences["article_id"] == article_id]
    sentences = []
    for row in rows_of(own):
        before = bisect_left(words, (row.start_char, 0)) - 1
        if before < 0 or row.end_char > words[before][1]:  # it is not inside an endless word
            sentences.append(row)
    starts, ends = ([getattr(row, name) for row in sentences] for name in ("start_char", "end_char"))
    inside: list[list[tuple[int, int, str]]] = [[] for _ in sentences]
    for span in spans_in(article_id, tables):
        for place in range(bisect_right(ends, span[0]), bisect_left(starts, span[1])):
            inside[place].append(span)
    corrected = {bisect_right(starts, place) - 1 for place in corrected_places(article, tables.corrections)}
    found: dict[int, list[dict]] = defaultdict(list)
    for place, row in enumerate(sentences):
        following = place + 1 < len(sentences) and sentences[place + 1].paragraph == row.paragraph
        gap = article.text[row.end_char : starts[place + 1]] if following else ""
        found[row.paragraph].append(
            {
                "anchor": f"s-{article_id}-{row.start_char}",
                "is_corrected": place in corrected,
                "pieces": pieces(row.text, row.start_char, inside[place]),
                "gap": with_short_words(gap),  # a space, or the rest of an endless word
            }
        )
    return [found[number] for number in sorted(found)]


def spans_in(article_id: str, tables: Tables) -> list[tuple[int, int, str]]:
    """Spans of an article with their labels: what is said, who speaks, the word that carries an act."""
    quotes = tables.quotes[tables.quotes["article_id"] == article_id]
    events = tables.events[tables.events["article_id"] == article_id]
    spans = [span for row in rows_of(quotes) for span in quote_spans(row) if span[2] != "cue"]
    return spans + [(row.trigger_start_char, row.trigger_end_char, "trigger") for row in rows_of(events)]
