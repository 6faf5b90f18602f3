"""What the judge is trained and weighed on: whole articles, read and annotated sentence by sentence.

Three sources: `gold/articles_train.jsonl` of the shared folder; `article_labels.jsonl`, our labels for texts
of the shared corpora, offsets only; and `own_articles.jsonl`, invented articles of our own with their labels.
Lines that `faultline labels --text` writes may be added to it; of them only the checked sentences count.
All follow one guide, `bench/ARTICLES.md` of the shared folder. `articles_dev.jsonl` is for reporting only.
"""

import json
import re
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.coder import acting_mentions, coded_events
from analysis.nlp.events.event import Event
from analysis.nlp.events.sides import Side
from analysis.nlp.judged_events import Question, event_sides, questions
from analysis.nlp.parse.parser import parse
from analysis.nlp.quotes.attribution import find_quotes

HERE = Path(__file__).resolve().parent
Span = tuple[int, int]


class Label(NamedTuple):
    """One event of an article as a careful reader found it."""

    source: str
    target: str
    roots: list[str]  # acceptable, best first
    statuses: list[str]
    sentences: list[Span]


class Article(NamedTuple):
    """A text with its events."""

    id: str
    kind: str  # "gold", "corpus" or "own"
    text: str
    read_to: int  # the labels end here
    labels: list[Label]
    checked: list[Span] | None = None  # the sentences that somebody read; None: all up to there


class PairExample(NamedTuple):
    """An ordered pair of sides in one passage."""

    source: Side
    target: Side
    labels: list[Label]  # what passes between them in this sentence
    elsewhere: list[Label]  # and anywhere in the article
    ruled: list[Event]


class PassageExample(NamedTuple):
    """A sentence with its pairs."""

    article_id: str
    kind: str
    text: str
    pairs: list[PairExample]


def gold_articles(shared: Path, split: str) -> Iterator[Article]:
    """The annotated articles of a split, the title as first line of the text."""
    scorer = score_articles(shared)
    for gold in scorer.load_gold(str(shared / f"gold/articles_{split}.jsonl")):
        labels = [
            Label(e["source"], e["target"], e["roots"], e["statuses"], e["sentences"]) for e in gold["events"]
        ]
        yield Article(gold["id"], "gold", gold["text"], len(gold["text"]), labels)


def labelled_articles(shared: Path) -> Iterator[Article]:
    """Texts of the corpora for which we have labels, and our own articles."""
    texts = corpus_texts(shared)
    for row in json_lines(HERE / "article_labels.jsonl"):
        yield Article(
            row["id"], "corpus", texts[row["id"]], row["read_to"], labels_of(row), row.get("checked")
        )
    for row in json_lines(HERE / "own_articles.jsonl"):
        yield Article(row["id"], "own", row["text"], len(row["text"]), labels_of(row), row.get("checked"))


def labels_of(row: dict) -> list[Label]:
    """The events of a line; their weights play no part here."""
    return [Label(**{name: label[name] for name in Label._fields}) for label in row["events"]]


def is_checked(article: Article, start: int, end: int) -> bool:
    """Whether a sentence has all its labels: with corrections only those that an analyst looked at have."""
    if article.checked is None:
        return end <= article.read_to
    return any(first < end and start < last for first, last in article.checked)


def corpus_texts(shared: Path) -> dict[str, str]:
    """Each text of the corpora with its title, except items of one sentence, whose title repeats it."""
    rows = chain.from_iterable(json_lines(path) for path in sorted((shared / "corpora").glob("*.jsonl")))
    return {r["id"]: r["text"] if "section" in r else f"{r['title']}\n\n{r['text']}" for r in rows}


def json_lines(path: Path) -> Iterator[dict]:
    with open(path, encoding="utf-8") as file:
        yield from map(json.loads, file)


def examples(articles: list[Article], shared: Path) -> Iterator[PassageExample]:
    """Every passage of some articles with at least two sides."""
    for article, doc in zip(articles, parse(article.text for article in articles), strict=True):
        mentions = find_actors(doc)
        quotes = list(find_quotes(doc, mentions))
        tree, actors = acting_mentions(doc, mentions)
        ruled = list(coded_events(tree, actors))
        for passage, asked in questions(tree, actors, mentions, quotes):
            if is_checked(article, asked[0].sentence.start_char, asked[0].sentence.end_char):
                pairs = [pair_example(question, article, ruled, shared) for question in asked]
                yield PassageExample(article.id, article.kind, passage.text, pairs)


def pair_example(question: Question, article: Article, ruled: list[Event], shared: Path) -> PairExample:
    source, target, sentence = question.source, question.target, question.sentence
    both = [
        label
        for label in article.labels
        if is_side(label.source, source, shared) and is_side(label.target, target, shared)
    ]
    start, end = sentence.start_char, sentence.end_char
    here = [label for label in both if any(a < end - 1 and b > start + 1 for a, b in label.sentences)]
    own = [e for e in ruled if e.start_char == start and event_sides(e) == (source.key, target.key)]
    return PairExample(source, target, here, both, own)


def is_side(name: str, side: Side, shared: Path) -> bool:
    """Whether a side of a label is the side of a passage, as the scorer of whole articles sees it."""
    mention, scorer = side.mention, score_articles(shared)
    if re.fullmatch("[A-Z]{3}", name) and name not in scorer.BLOCS:
        return mention.country_code == name
    row = {"x_country_code": None, "x_name": mention.name, "x_kind": mention.kind}
    return scorer.same_side(name, row, "x")


def score_articles(shared: Path):
    """The scorer's module."""
    if "score_articles" not in sys.modules:
        sys.path.insert(0, str(shared / "bench"))
    import score_articles

    return score_articles
