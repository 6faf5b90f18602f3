"""What the reader is trained on: passages with marked sides, and what should be answered for them.

Events come from whole articles, read and annotated sentence by sentence by one guide (`bench/ARTICLES.md` of
the shared folder): `gold/articles_train.jsonl` and `articles_dev.jsonl`; `whole_article_labels.jsonl`, our
labels of `gold/articles_unlabelled.jsonl`, and `article_labels.jsonl`, our labels for texts of the shared
corpora, both offsets only; and `own_articles.jsonl`, invented articles of our own. PLV (`gold/plv_train.tsv`)
gives roots of marked pairs, NewsMTSC stances towards marked targets, and Current Events of January to October
the section of a sentence.
"""

import csv
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.passages import Question, Side, acting_mentions, article_passages, marked_pair
from analysis.nlp.parse.parser import parse
from analysis.nlp.parse.reader import mark
from analysis.nlp.quotes.attribution import find_quotes
from analysis.schemas import QUADS

HERE = Path(__file__).resolve().parent
SECTIONS = (
    "Armed conflicts and attacks",
    "Disasters and accidents",
    "Law and crime",
    "Politics and elections",
    "International relations",
    "Business and economy",
    "Sports",
    "Health and environment",
    "Arts and culture",
    "Science and technology",
)
SPELLINGS = {  # the editors of the pages do not agree
    "attacks and armed conflicts": "Armed conflicts and attacks",
    "disaster and accidents": "Disasters and accidents",
    "disasters and incidents": "Disasters and accidents",
    "business and econony": "Business and economy",
}
STANCES = (-1, 0, 1)
UNREAD = {  # how many texts of a file are read without labels
    "corpora/current_events_2025.jsonl": 3000,
    "corpora/wikinews_2019_2020.jsonl": 300,
    "corpora/state_2021_2022.jsonl": 700,
    "gold/polnear_train.jsonl": 840,
}
UNREAD_CHARS = 3500
YIELD = ("CONCEDE", "RETREAT")  # one label in PLV
OF_ARTICLES = 0.3  # weight of a grade of a sentence of an article, beside one of an item
DEV_FROM = "2025-11-01"

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
    kind: str  # "gold", "corpus", "checked" (some sentences of a text), "own", "sentence" or "unread"
    text: str
    read_to: int  # the labels end here
    labels: list[Label]
    checked: list[Span] | None = None  # the sentences that somebody read; None: all up to there


class PairExample(NamedTuple):
    """An ordered pair of sides in one passage."""

    source: Side
    target: Side
    features: NDArray[np.float32]
    labels: list[Label]  # what passes between them in this sentence
    elsewhere: list[Label]  # and anywhere in the article


class PassageExample(NamedTuple):
    """A sentence with its pairs."""

    article_id: str
    kind: str
    text: str
    pairs: list[PairExample]


class MarkedExample(NamedTuple):
    """A text with one question about it."""

    task: str  # "root", "stance", "section" or "importance"
    text: str  # marked
    source: tuple[int, ...]  # places of the marked mentions of each side
    target: tuple[int, ...]
    features: NDArray[np.float32] | None  # of a pair
    answers: tuple[str, ...]  # acceptable; of importance the grade and its weight
    text_id: str = ""  # of what is graded


# ---------------------------------------------------------------- whole articles


def gold_articles(path: Path, shared: Path) -> Iterator[Article]:
    """The annotated articles of a file, the title as first line of the text."""
    for gold in score_articles(shared).load_gold(str(path)):
        labels = [
            Label(e["source"], e["target"], e["roots"], e["statuses"], e["sentences"]) for e in gold["events"]
        ]
        yield Article(gold["id"], "gold", gold["text"], len(gold["text"]), labels)


def gold_files(shared: Path, scratch: Path, split: str = "train") -> list[Path]:
    """The annotated articles of a split as files for the shared scorer; ours are joined with their texts."""
    texts = {row["id"]: row for row in json_lines(shared / "gold/articles_unlabelled.jsonl")}
    joined = scratch / f"gold_{split}.jsonl"
    with joined.open("w", encoding="utf-8") as file:
        for row in json_lines(HERE / "whole_article_labels.jsonl"):
            if row["split"] == split:
                text = {name: texts[row["id"]][name] for name in ("title", "date", "text", "outlet")}
                file.write(json.dumps(row | text, ensure_ascii=False) + "\n")
    others = ("articles_train", "articles_dev") if split == "train" else ()
    return [*(shared / f"gold/{name}.jsonl" for name in others), joined]


def labelled_articles(shared: Path) -> Iterator[Article]:
    """Texts of the corpora for which we have labels, and our own articles."""
    texts = corpus_texts(shared)
    for row in json_lines(HERE / "article_labels.jsonl"):
        kind, checked = "checked" if "checked" in row else "corpus", row.get("checked")
        yield Article(row["id"], kind, texts[row["id"]], row["read_to"], labels_of(row), checked)
    own = list(json_lines(HERE / "own_articles.jsonl"))[1:]  # the first line says that all is invented
    for row in own:
        yield Article(row["id"], "own", row["text"], len(row["text"]), labels_of(row), row.get("checked"))
    for number, line in enumerate((HERE / "own_sentences.txt").read_text(encoding="utf-8").splitlines()[1:]):
        text, _, acts = map(str.strip, line.partition("|||"))
        told = [re.split("[> ]", act) for act in acts.split("; ") if act != "-"]
        labels = [
            Label(who, whom, roots.split(","), [status], [[0, len(text)]])
            for who, whom, roots, status in told
        ]
        yield Article(f"sentence-{number}", "sentence", text, len(text), labels)


def unread_articles(shared: Path) -> Iterator[Article]:
    """The first part of texts without labels; none of the weeks and piles that are set aside."""
    known = {row["id"] for row in json_lines(HERE / "article_labels.jsonl")}
    for pile in json_lines(HERE / "judged_piles.jsonl"):
        known |= {row["id"] for row in pile["articles"]} if pile["split"] == "check" else set()
    weeks = [row["week"] for row in json_lines(HERE / "judged_weeks.jsonl") if row["split"] == "check"]
    days = {str(date.fromisoformat(week) + timedelta(day)) for week in weeks for day in range(7)}
    texts = corpus_texts(shared)
    for path, most in UNREAD.items():
        rows = [row for row in json_lines(shared / path) if row["id"] not in known]
        rows = [row for row in rows if row.get("date") not in days]
        for row in random.Random(7).sample(rows, min(most, len(rows))):
            text = texts[row["id"]][:UNREAD_CHARS]
            yield Article(row["id"], "unread", text, len(text), [])


def labels_of(row: dict) -> list[Label]:
    """The events of a line; their weights play no part here."""
    return [Label(**{name: label[name] for name in Label._fields}) for label in row["events"]]


def corpus_texts(shared: Path) -> dict[str, str]:
    """Each text of the corpora and PolNeAR, with its title unless that repeats an item of one sentence."""
    paths = [*sorted((shared / "corpora").glob("*.jsonl")), shared / "gold/polnear_train.jsonl"]
    rows = chain.from_iterable(json_lines(path) for path in paths)
    return {
        r["id"]: r["text"] if "section" in r or "title" not in r else f"{r['title']}\n\n{r['text']}"
        for r in rows
    }


def json_lines(path: Path) -> Iterator[dict]:
    with open(path, encoding="utf-8") as file:
        yield from map(json.loads, file)


def passage_examples(articles: Sequence[Article], shared: Path) -> Iterator[PassageExample]:
    """Every passage of some articles with at least two sides."""
    for article, doc in zip(articles, parse(article.text for article in articles), strict=True):
        mentions = find_actors(doc)
        quotes = list(find_quotes(doc, mentions))
        for passage, asked in article_passages(*acting_mentions(doc, mentions), mentions, quotes):
            sentence = asked[0].sentence
            if is_checked(article, sentence.start_char, sentence.end_char):
                pairs = [
                    pair_example(question, features, article, shared)
                    for question, features in zip(asked, passage.features, strict=True)
                ]
                yield PassageExample(article.id, article.kind, passage.text, pairs)


def is_checked(article: Article, start: int, end: int) -> bool:
    """Whether a sentence has all its labels: with corrections only those that an analyst looked at have."""
    if article.checked is None:
        return end <= article.read_to
    return any(first < end and start < last for first, last in article.checked)


def pair_example(question: Question, features: NDArray, article: Article, shared: Path) -> PairExample:
    source, target, sentence = question.source, question.target, question.sentence
    both = [
        label
        for label in article.labels
        if is_side(label.source, source, shared) and is_side(label.target, target, shared)
    ]
    start, end = sentence.start_char, sentence.end_char
    here = [label for label in both if any(a < end - 1 and b > start + 1 for a, b in label.sentences)]
    return PairExample(source, target, features, here, both)


def is_side(name: str, side: Side, shared: Path) -> bool:
    """Whether a side of a label is the side of a passage, as the scorer of whole articles sees it."""
    mention = side.mention
    row = {"x_country_code": mention.country_code, "x_name": mention.name, "x_kind": mention.kind}
    return score_articles(shared).same_side(name, row, "x")


def score_articles(shared: Path):
    """The scorer's module."""
    if str(shared / "bench") not in sys.path:
        sys.path.insert(0, str(shared / "bench"))
    import score_articles

    return score_articles


# ---------------------------------------------------------------- single sentences


def root_examples(shared: Path, split: str) -> Iterator[MarkedExample]:
    """Pairs of PLV; a few rows name only one side."""
    with open(shared / f"gold/plv_{split}.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = [row for row in rows if row["gold_root"] in (*QUADS, "YIELD")]
    texts = [unmarked(row["marked_sentence"]) for row in rows]
    docs = parse(text for text, _ in texts)
    for row, (_, spans), doc in zip(rows, texts, docs, strict=True):
        marked = marked_pair(doc, *spans)
        answers = YIELD if row["gold_root"] == "YIELD" else (row["gold_root"],)
        yield MarkedExample("root", marked.text, *marked.ordinals, marked.features, answers)


def unmarked(marked: str) -> tuple[str, tuple[Span | None, Span | None]]:
    """Text and the first span of source and target of a sentence marked `<s>A</s> met <t>B</t>`."""
    text, opened, spans = "", {}, {}
    for piece in re.split(r"(</?[st]>)", marked):
        tag = re.fullmatch(r"<(/?)([st])>", piece)
        if not tag:
            text += piece
        elif tag[1]:
            spans.setdefault(tag[2], (opened[tag[2]], len(text)))
        else:
            opened[tag[2]] = len(text)
    return text, (spans.get("s"), spans.get("t"))


class Target(NamedTuple):
    """A text, the place of its target, and the answer."""

    text: str
    spans: tuple[Span, ...]  # the target; none where the question is about the whole text
    label: int  # place in STANCES or SECTIONS


def stance_targets(shared: Path, name: str) -> list[Target]:
    """Targets of NewsMTSC; a sentence is its own passage."""
    return [
        Target(row["sentence_normalized"], ((t["from"], t["to"]),), int(t["polarity"]) // 2 - 1)
        for row in json_lines(shared / f"gold/newsmtsc_{name}.jsonl")
        for t in row["targets"]
    ]


def section_items(shared: Path, *, is_dev: bool) -> list[Target]:
    """Items of Wikipedia's Current Events, labelled with their section."""
    known = {section.lower(): place for place, section in enumerate(SECTIONS)}
    return [
        Target(row["text"], (), known[SPELLINGS.get(name, name).lower()])
        for row in json_lines(shared / "corpora/current_events_2025.jsonl")
        for name in [row["section"].lower()]
        if (row["date"] >= DEV_FROM) == is_dev
    ]


def stance_examples(shared: Path, name: str) -> Iterator[MarkedExample]:
    for text, spans, label in stance_targets(shared, name):
        yield MarkedExample("stance", mark(text, spans), (), (0,), None, (str(STANCES[label]),))


def section_examples(shared: Path, *, is_dev: bool) -> Iterator[MarkedExample]:
    """Each item whole, and each of its sentences with its sides marked, as it is read for events."""
    items = section_items(shared, is_dev=is_dev)
    for (text, _, label), doc in zip(items, parse(item.text for item in items), strict=True):
        mentions = find_actors(doc)
        quotes = list(find_quotes(doc, mentions))
        passages = article_passages(*acting_mentions(doc, mentions), mentions, quotes)
        for words in (text, *(passage.text for passage, _ in passages)):
            yield MarkedExample("section", words, (), (), None, (SECTIONS[label],))


def importance_examples(shared: Path) -> Iterator[MarkedExample]:
    """What was graded, as it is read: items whole and in their first sentence, and sentences of articles.

    Invented items, which have their text beside their grades, only whole.
    """
    texts = {row["id"]: row["text"] for row in json_lines(shared / "corpora/current_events_2025.jsonl")}
    for name in ("train", "dev", "unlabelled"):
        texts |= {row["id"]: row["text"] for row in json_lines(shared / f"gold/articles_{name}.jsonl")}
    grades: dict[str, dict[int, tuple[str, str]]] = {}  # of each text, by the first character of a sentence
    for row in json_lines(Path(__file__).with_name("importance_labels.jsonl")):
        mean, weight = sum(row["grades"]) / len(row["grades"]), OF_ARTICLES if "start" in row else 1.0
        texts.setdefault(row["id"], row.get("text"))
        answer = (str(mean), str(weight))
        if "text" not in row:
            grades.setdefault(row["id"], {})[row.get("start", 0)] = answer
        if "start" not in row:
            yield MarkedExample("importance", texts[row["id"]], (), (), None, answer, row["id"])
    for (name, own), doc in zip(grades.items(), parse(texts[name] for name in grades), strict=True):
        mentions = find_actors(doc)
        quotes = list(find_quotes(doc, mentions))
        for passage, asked in article_passages(*acting_mentions(doc, mentions), mentions, quotes):
            if answer := own.get(asked[0].sentence.start_char):
                yield MarkedExample("importance", passage.text, (), (), None, answer, name)
