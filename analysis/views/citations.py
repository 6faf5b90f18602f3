"""From a number on the front page to the sentence behind it, and from there to its place in the article."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup
from pandas import DataFrame

from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.corrections import corrected_places, corrections_in_words
from analysis.views.evidence import (
    LONG_WORD,
    article_index,
    pieces,
    source_of,
    with_short_words,
)
from analysis.views.pages import framed
from analysis.views.render import view

ARTICLES = "articles.html"


def anchor(tables: Tables, article_id: str, start: int) -> str:
    """The id of the sentence that holds a character of an article, in the page of articles."""
    starts = tables.sentence_starts.get(article_id, [])
    place = bisect_right(starts, start) - 1
    return f"s-{article_id}-{starts[place]}" if place >= 0 else f"a-{article_id}"


def linked(row: dict, tables: Tables, article: object, start: int) -> dict:
    """An evidence row with links to its place in the page of articles and to the original."""
    source = source_of(article, start, start)
    href = f"{ARTICLES}#{anchor(tables, article.article_id, start)}"
    return {**row, "source": source, "href": href, "url": source.url}


def cited_articles(html: str) -> list[str]:
    """The articles that a page links to."""
    return sorted(set(re.findall(rf"{re.escape(ARTICLES)}#[as]-([0-9a-f]{{16}})", html)))


def articles_page(article_ids: Sequence[str], tables: Tables) -> Markup:
    """The blocks of `articles.html`: the text of each article, newest first, with an id per sentence."""
    known = article_index(tables)
    article_ids = [one for one in by_date(tables.articles) if one in set(article_ids)]
    rows = [
        {
            **known[article_id]._asdict(),
            "source": source_of(known[article_id], 0, 0),
            "paragraphs": paragraphs(article_id, tables),
            "corrections": corrections_in_words(known[article_id], tables.corrections),
            **{
                name: text if isinstance(text := getattr(known[article_id], name), str) else ""
                for name in ("author", "note")
            },
            "url": linked({}, tables, known[article_id], 0)["url"],
        }
        for article_id in article_ids
    ]
    return framed(view("views/articles", articles=rows).html)


def by_date(articles: DataFrame) -> list[str]:
    """All articles, the newest first, the undated last."""
    return articles.sort_values(["published_date", "title"], ascending=[False, True], kind="stable")[
        "article_id"
    ].tolist()


def paragraphs(article_id: str, tables: Tables) -> list[list[dict]]:
    """The sentences of an article by paragraph, with everything found in them marked.

    An endless word, which the parse takes for many sentences, is cut as `pieces` cuts it.
    """
    article = article_index(tables)[article_id]
    words = [word.span() for word in LONG_WORD.finditer(article.text)]
    own = tables.sentences[tables.sentences["article_id"] == article_id]
    sentences = [row for row in rows_of(own) if not is_within(row, words)]
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


def is_within(sentence: object, words: Sequence[tuple[int, int]]) -> bool:
    """Yes if a row of `Sentences` begins and ends inside one of some words, given by their offsets."""
    place = bisect_left(words, (sentence.start_char, 0)) - 1
    return place >= 0 and sentence.end_char <= words[place][1]


def spans_in(article_id: str, tables: Tables) -> list[tuple[int, int, str]]:
    """Spans of an article with their labels: what is said, who speaks, the word that carries an act."""
    quotes = tables.quotes[tables.quotes["article_id"] == article_id]
    events = tables.events[tables.events["article_id"] == article_id]
    spans = [
        (*map(int, span.split("-")), "content")
        for content in quotes["content_spans"]
        for span in content.split(" ")
    ]
    spoken = quotes.dropna(subset="speaker_start_char")
    spans += [(int(row.speaker_start_char), int(row.speaker_end_char), "speaker") for row in rows_of(spoken)]
    return spans + [(row.trigger_start_char, row.trigger_end_char, "trigger") for row in rows_of(events)]
