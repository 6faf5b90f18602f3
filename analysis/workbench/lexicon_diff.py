"""A word list is a knob: what moved since it was turned, before and after, and which sentences.

`remember` keeps in a folder, `now` and `before`, the word lists of a run and what was read under them: once
the lists are others, `now` becomes `before`. Only articles that were read under both are compared, and no
row that an analyst overruled. `trial` turns a list without saving it.
"""

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.lexicons import lexicon_names, load_lexicon, read_lexicon
from analysis.nlp.parse.parser import parse
from analysis.nlp.topics.taxonomy import LISTS, Index, find_topics, load_terms, term_index
from analysis.pipeline.analyse import Tables
from analysis.views.evidence import article_index, source_of
from analysis.views.render import View, view

COLUMNS = ["table", "id", "article_id", "start_char", "end_char", "reading"]
PLACE = ["article_id", "start_char"]
MOST_SENTENCES = 50  # that are shown
MOST_ARTICLES = 50  # that a trial reads again
MOST_TERMS = 50


class Turn(NamedTuple):
    """What moved from one state of the word lists to another, over the same articles."""

    terms: list[tuple[str, str, str]]  # list, "added" or "removed", the row
    before: DataFrame  # readings that are no more
    after: DataFrame  # readings that are new
    shares: DataFrame  # topic, before_count, after_count, over sentence_count sentences
    sentence_count: int
    article_count: int


def readings(tables: Tables) -> DataFrame:
    """Whatever word lists decide, a reading a row in words; each article has a row of its own."""
    quotes, events, topics = tables.quotes, tables.events, tables.topics
    parts = [
        tables.articles.assign(table="articles", id="", start_char=0, end_char=0, reading=""),
        topics.assign(
            table="topics",
            id=topics["article_id"] + ":" + topics["start_char"].astype(str),
            reading=topics["dimension"] + ": " + topics["topic"],
        ),
        quotes.assign(
            table="quotes",
            id=quotes["quote_id"],
            reading=quotes["speaker_name"].fillna("unknown").astype(str) + " says, " + quotes["kind"],
        ),
        events.assign(
            table="events",
            id=events["event_id"],
            reading=events["source_name"] + " → " + events["target_name"] + ": " + events["root"]
            + ", " + events["status"],
        ),
    ]  # fmt: skip
    rows = pd.concat([part[COLUMNS].astype({"reading": "str"}) for part in parts], ignore_index=True)
    return rows[~rows["id"].isin(tables.corrections["id"])].reset_index(drop=True)


def list_texts() -> dict[str, str]:
    """Every word list as this process has read it."""
    return {name: load_lexicon(name).to_csv(index=False) for name in lexicon_names()}


def changed_on_disk() -> list[str]:
    """Word lists that are others on disk than this process has read."""
    return [name for name in lexicon_names() if not load_lexicon(name).equals(read_lexicon(name))]


def remember(tables: Tables, folder: Path | str) -> Turn | None:
    """Keep what was read under the word lists of today, and tell what moved since they were others.

    Args:
        tables: a corpus.
        folder: where this is kept; made if it does not exist.

    Returns:
        None while no other state of the lists is known.
    """
    folder, lists, rows = Path(folder), list_texts(), readings(tables)
    folder.mkdir(parents=True, exist_ok=True)
    now, before = folder / "now", folder / "before"
    if now.is_dir() and kept_lists(now) != lists:
        shutil.rmtree(before, ignore_errors=True)
        os.replace(now, before)
    if now.is_dir():
        kept = pd.read_parquet(now / "readings.parquet")
        rows = pd.concat([kept[~kept["article_id"].isin(rows["article_id"])], rows], ignore_index=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        made = Path(scratch) / "now"
        write_state(made, lists, rows)
        shutil.rmtree(now, ignore_errors=True)
        os.replace(made, now)
    if not before.is_dir():
        return None
    old = pd.read_parquet(before / "readings.parquet")
    return turn(old, readings(tables), term_changes(kept_lists(before), lists), tables)


def write_state(folder: Path, lists: dict[str, str], rows: DataFrame) -> None:
    for name, text in lists.items():
        path = folder / "lists" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    rows.to_parquet(folder / "readings.parquet", index=False)


def kept_lists(folder: Path) -> dict[str, str]:
    root = folder / "lists"
    names = {path.relative_to(root).with_suffix("").as_posix(): path for path in sorted(root.rglob("*.csv"))}
    return {name: path.read_text(encoding="utf-8") for name, path in names.items()}


def term_changes(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str]]:
    """Rows of word lists that came or went; source and note decide nothing."""
    changes = []
    for name in sorted({*before, *after}):
        old, new = decisions(before.get(name, "")), decisions(after.get(name, ""))
        changes += [(name, "removed", row) for row in old if row not in new]
        changes += [(name, "added", row) for row in new if row not in old]
    return changes


def decisions(text: str) -> dict[str, None]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {
        ", ".join(value for key, value in row.items() if key not in ("source", "note") and value): None
        for row in rows
    }


def turn(before: DataFrame, after: DataFrame, terms: list[tuple[str, str, str]], tables: Tables) -> Turn:
    """What moved between two states, over the articles of both and what neither has overruled."""
    both = set(before["article_id"]) & set(after["article_id"])
    skipped = set(tables.corrections["id"])
    old, new = (
        rows[rows["article_id"].isin(both) & ~rows["id"].isin(skipped) & (rows["table"] != "articles")]
        for rows in (before, after)
    )
    marked = old.merge(new, on=COLUMNS, how="outer", indicator="side", validate="many_to_many")
    gone = marked.loc[marked["side"] == "left_only", COLUMNS].drop_duplicates()
    came = marked.loc[marked["side"] == "right_only", COLUMNS].drop_duplicates()
    counts = [rows.loc[rows["table"] == "topics", "reading"].value_counts() for rows in (old, new)]
    shares = pd.DataFrame({"before_count": counts[0], "after_count": counts[1]}).fillna(0).astype(int)
    shares = shares[shares["before_count"] != shares["after_count"]].rename_axis("topic").reset_index()
    total = int(tables.sentences["article_id"].isin(both).sum())
    return Turn(terms, gone, came, shares.sort_values("topic", ignore_index=True), total, len(both))


def turn_view(moved: Turn | None, tables: Tables) -> View:
    """What moved since the word lists were others, or that nothing is known of it."""
    found = moved and {
        **moved._asdict(),
        "terms": moved.terms[:MOST_TERMS],
        "more_terms": max(len(moved.terms) - MOST_TERMS, 0),
        "shares": moved.shares.to_dict("records"),
        "sentences": list(islice(changed_sentences(moved, tables), MOST_SENTENCES)),
        "change_count": len(pd.concat([moved.before, moved.after])[PLACE].drop_duplicates()),
    }
    return view("workbench/lexicon_diff", moved=found, stale=changed_on_disk())


def changed_sentences(moved: Turn, tables: Tables) -> Iterator[dict[str, Any]]:
    """Each place that is read otherwise, with what was and what is read there."""
    articles = article_index(tables)
    changes = pd.concat([moved.before.assign(side="before"), moved.after.assign(side="after")])
    for (article_id, start), part in changes.groupby(PLACE):
        article, end = articles[article_id], int(part["end_char"].max())
        yield {
            "text": article.text[start:end],
            "source": source_of(article, start, end),
            **{side: part.loc[part["side"] == side, "reading"].tolist() for side in ("before", "after")},
        }


def trial(tables: Tables, dimension: str, term: str, topic: str, *, weight: float = 3.0) -> Turn:
    """What one more term would move, in the articles that hold its words; nothing is saved.

    At most `MOST_ARTICLES` are read again, the first of them. An article is found by the first three letters
    of each word, so that *missile* finds *missiles*; *buy* does not find *bought*.

    Args:
        tables: a corpus.
        dimension: "theme" or "theatre".
        term: a word or several; in lower case it meets any spelling and its inflections.
        topic: of `topics/taxonomy.csv`, or "none": what looks like a topic and is not.
        weight: as in the list.

    Raises:
        ValueError: the term is empty or in the list already.
    """
    term = " ".join(term.split())
    rows = load_lexicon(LISTS[dimension])
    if not term:
        raise ValueError("the term is empty, expected a word or several")
    known = rows[(rows["term"] == term) & (rows["topic"] == topic)]
    if len(known):
        raise ValueError(f"{LISTS[dimension]}.csv has {term!r} for {topic!r} already")
    row = {**dict.fromkeys(rows.columns, ""), "term": term, "topic": topic, "weight": str(weight)}
    lists = {name: load_terms(name) for name in LISTS}
    tried = term_index(pd.concat([rows, DataFrame([row])], ignore_index=True), dimension)
    texts = tables.articles["text"].str.casefold()
    holds = pd.concat([texts.str.contains(word[:3].casefold(), regex=False) for word in term.split()], axis=1)
    chosen = tables.articles[holds.all(axis=1)].head(MOST_ARTICLES)
    states = topic_readings(chosen, [lists, {**lists, dimension: tried}])
    return turn(*states, [(LISTS[dimension], "added", f"{term}, {topic}, {weight:g}")], tables)


def topic_readings(articles: DataFrame, states: list[dict[str, Index]]) -> list[DataFrame]:
    """The topics of some articles under each of several states of the lists, as `readings` gives them."""
    found: list[list[dict]] = [[] for _ in states]
    for article_id, doc in zip(articles["article_id"], parse(articles["text"].tolist()), strict=True):
        for rows, lists in zip(found, states, strict=True):
            rows.append(dict(zip(COLUMNS, ("articles", "", article_id, 0, 0, ""), strict=True)))
            for one in find_topics(doc, lists):
                place = (article_id, one.start_char, one.end_char)
                row = ("topics", f"{article_id}:{one.start_char}", *place, f"{one.dimension}: {one.topic}")
                rows.append(dict(zip(COLUMNS, row, strict=True)))
    return [DataFrame(rows, columns=COLUMNS) for rows in found]
