"""What an edit of a word list changes: which terms, which shares, which sentences, before and after.

A version is one table: what was read of the articles, and every row of the word lists. `diff_since_edit`
saves the version of a run as `now.parquet`; once the lists differ, it becomes `before.parquet`. Only articles
read with both versions are compared, and no row that an analyst corrected. `diff_with_term` tries a term
without saving it.
"""

import os
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import ipywidgets
import pandas as pd
from pandas import DataFrame

from analysis.ingest.corrections_file import BY_ANALYST
from analysis.lexicons import lexicon_names, load_lexicon, read_lexicon
from analysis.nlp.topics.taxonomy import (
    LISTS,
    NO_TOPIC,
    find_topics,
    load_terms,
    term_index,
    topic_definitions,
)
from analysis.pipeline.analyse import Tables
from analysis.views.evidence import source_of
from analysis.views.render import View, view
from analysis.workbench.panes import dropdown, show, shown_mistakes, text_field

COLUMNS = ["table", "id", "article_id", "start_char", "end_char", "reading"]
WORD_LIST, ARTICLES = "word list", "articles"  # tables of a version that are no readings
MAX_SENTENCES = 50  # that are shown
MAX_ARTICLES = 50  # that are read again to try a term
MAX_TERMS = 50
TERM_WEIGHT = 3.0  # of a term that is tried


class LexiconDiff(NamedTuple):
    """What differs between two versions of the word lists, over the same articles."""

    terms: list[tuple[str, str, str]]  # list, "added" or "removed", the row
    changes: DataFrame  # readings of one version alone, with `side`: "before" or "after"
    shares: DataFrame  # topic, before_count, after_count, over sentence_count sentences
    sentence_count: int
    article_count: int


def version_of(tables: Tables, lists: dict[str, DataFrame]) -> DataFrame:
    """Whatever word lists decide, one reading a row, in words; and the articles and lists themselves.

    Args:
        tables: a corpus.
        lists: the word lists by name.
    """
    quotes, events = (rows[~rows["rule"].isin(BY_ANALYST)] for rows in (tables.quotes, tables.events))
    topics, articles = tables.topics, tables.articles
    acts = events["source_name"] + " → " + events["target_name"] + ": " + events["root"]
    parts = [
        articles.assign(table=ARTICLES, id="", start_char=0, end_char=0, reading=""),
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
        events.assign(table="events", id=events["event_id"], reading=acts + ", " + events["status"]),
    ]
    for name, rows in lists.items():
        decided = rows.drop(columns=["source", "note"], errors="ignore").astype(str)
        reading = decided.apply(lambda row: ", ".join(filter(None, row)), axis=1, result_type="reduce")
        place = {"article_id": "", "start_char": 0, "end_char": 0}
        parts.append(decided.assign(table=WORD_LIST, id=name, reading=reading, **place))
    version = pd.concat([part[COLUMNS].astype({"reading": "str"}) for part in parts], ignore_index=True)
    return version[~version["id"].isin(tables.corrections["id"])].drop_duplicates(ignore_index=True)


def diff_since_edit(
    tables: Tables, folder: Path | str, *, lists: dict[str, DataFrame] | None = None
) -> LexiconDiff | None:
    """Save what was read with the current word lists, and compare it with the version before.

    Args:
        tables: a corpus.
        folder: where both are saved; created if it does not exist.
        lists: the word lists by name; None: as this process has read them.

    Returns:
        None as long as no other version of the lists is known.
    """
    lists = {name: load_lexicon(name) for name in lexicon_names()} if lists is None else lists
    version, saved = version_of(tables, lists), []
    now, before = (Path(folder) / f"{name}.parquet" for name in ("now", "before"))
    if now.exists():
        last = pd.read_parquet(now)
        if list_rows(last) == list_rows(version):
            saved = [last[~last["article_id"].isin(version["article_id"])]]  # of other articles
        else:
            with suppress(OSError):
                os.replace(now, before)
            before = before if before.exists() else now
    with suppress(OSError):  # what cannot be kept is not needed now
        now.parent.mkdir(parents=True, exist_ok=True)
        part = now.with_suffix(f".{os.getpid()}")
        pd.concat([*saved, version], ignore_index=True).to_parquet(part, index=False)
        os.replace(part, now)
    return diff_of(pd.read_parquet(before), version, tables) if before.exists() else None


def list_rows(version: DataFrame) -> set[tuple[str, str]]:
    """The rows of the word lists of a version, each with the name of its list."""
    rows = version[version["table"] == WORD_LIST]
    return set(zip(rows["id"], rows["reading"], strict=True))


def diff_of(before: DataFrame, after: DataFrame, tables: Tables) -> LexiconDiff:
    """What differs between two versions, over articles read with both, rows that were corrected left out."""
    old_lists, new_lists = list_rows(before), list_rows(after)
    terms = [(name, "removed", row) for name, row in sorted(old_lists - new_lists)]
    terms += [(name, "added", row) for name, row in sorted(new_lists - old_lists)]
    both = (set(before["article_id"]) & set(after["article_id"])) - {""}
    left_out = {*tables.corrections["id"]}
    old, new = (
        rows[rows["article_id"].isin(both) & ~rows["id"].isin(left_out) & (rows["table"] != ARTICLES)]
        for rows in (before, after)
    )
    sides = old.merge(new, on=COLUMNS, how="outer", indicator="side", validate="one_to_one")
    sides["side"] = sides["side"].astype(str).replace({"left_only": "before", "right_only": "after"})
    counts = [rows.loc[rows["table"] == "topics", "reading"].value_counts() for rows in (old, new)]
    shares = DataFrame({"before_count": counts[0], "after_count": counts[1]}).fillna(0).astype(int)
    shares = shares[shares["before_count"] != shares["after_count"]].rename_axis("topic").reset_index()
    return LexiconDiff(
        terms,
        sides[sides["side"] != "both"],
        shares.sort_values("topic", ignore_index=True),
        int(tables.sentences["article_id"].isin(both).sum()),
        len(both),
    )


def lexicon_diff_view(diff: LexiconDiff | None, tables: Tables) -> View:
    """What an edit of the word lists changes, or that there is no other version to compare with."""
    edited = [name for name in lexicon_names() if not read_lexicon(name).equals(load_lexicon(name))]
    if diff is None:
        return view("workbench/lexicon_diff", diff=None, edited=edited)
    passages, sentences = diff.changes.groupby(["article_id", "start_char"]), []
    for (article_id, start), part in islice(passages, MAX_SENTENCES):
        article, end = tables.article_rows[article_id], int(part["end_char"].max())
        readings = {side: part.loc[part["side"] == side, "reading"].tolist() for side in ("before", "after")}
        source = source_of(article, start, end)
        sentences.append({"text": article.text[start:end], "source": source, **readings})
    shown = {
        **diff._asdict(),
        "terms": diff.terms[:MAX_TERMS],
        "more_terms": max(len(diff.terms) - MAX_TERMS, 0),
        "shares": diff.shares.to_dict("records"),
        "sentences": sentences,
        "change_count": len(passages),
    }
    return view("workbench/lexicon_diff", diff=shown, edited=edited)


def diff_with_term(tables: Tables, dimension: str, term: str, topic: str) -> LexiconDiff:
    """What one more term would change in the articles that contain its words; nothing is saved.

    At most `MAX_ARTICLES` are read again, the first of them. An article is found by the first three letters
    of each word, so that *missile* finds *missiles*; *buy* does not find *bought*.

    Args:
        tables: a corpus.
        dimension: "theme" or "theatre".
        term: one or more words; in lower case it matches any spelling and its inflections.
        topic: of `topics/taxonomy.csv`, or "none" for what looks like a topic but is not.

    Raises:
        ValueError: the term is empty or already in the list.
    """
    from analysis.nlp.parse.parser import parse  # loads spaCy, which takes a while

    term, name = " ".join(term.split()), LISTS[dimension]
    rows = load_lexicon(name)
    if not term:
        raise ValueError("the term is empty, expected one or more words")
    if ((rows["term"] == term) & (rows["topic"] == topic)).any():
        raise ValueError(f"{name}.csv already has {term!r} for {topic!r}")
    row = {**dict.fromkeys(rows.columns, ""), "term": term, "topic": topic, "weight": f"{TERM_WEIGHT:g}"}
    more = pd.concat([rows, DataFrame([row])], ignore_index=True)
    known = {one: load_terms(one) for one in LISTS}
    tried = {**known, dimension: term_index(more, dimension)}
    texts = tables.articles["text"].str.casefold()
    contains = [texts.str.contains(word[:3].casefold(), regex=False) for word in term.split()]
    chosen = tables.articles[pd.concat(contains, axis=1).all(axis=1)].head(MAX_ARTICLES)
    found: list[list[tuple]] = [[(WORD_LIST, name, "", 0, 0, f"{term}, {topic}, {TERM_WEIGHT:g}")], []]
    for article_id, doc in zip(chosen["article_id"], parse(chosen["text"].tolist()), strict=True):
        for readings, lists in zip(found, (tried, known), strict=True):
            readings.append((ARTICLES, "", article_id, 0, 0, ""))
            readings += [
                (
                    *("topics", f"{article_id}:{one.start_char}", article_id, one.start_char, one.end_char),
                    f"{one.dimension}: {one.topic}",
                )
                for one in find_topics(doc, lists)
            ]
    after, before = (DataFrame(rows, columns=COLUMNS).drop_duplicates() for rows in found)
    return diff_of(before, after, tables)


class TryTermForm(ipywidgets.VBox):
    """Type a term, choose a topic, and see what would change; nothing is saved."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.dimension = dropdown("Kind", list(LISTS))
        self.term = text_field("Term", "one or more words, such as export controls")
        self.topic = dropdown("Topic", [])
        self.try_button = ipywidgets.Button(description="Try it", icon="search")
        self.pane = ipywidgets.Output()
        super().__init__([self.dimension, self.term, self.topic, self.try_button, self.pane])
        self.add_class("faultline-term")
        self.dimension.observe(self.on_dimension, names="value")
        self.try_button.on_click(self.on_try)
        self.dimension.index = 0

    def on_dimension(self, _: object = None) -> None:
        """Offer the topics of the other kind."""
        self.topic.options = [*topic_definitions(self.dimension.value)["topic"], NO_TOPIC]
        self.topic.index = 0

    def on_try(self, _: object) -> None:
        """Show what the term would change."""
        with shown_mistakes(self.pane):
            diff = diff_with_term(self.tables, self.dimension.value, self.term.value, self.topic.value)
            show(self.pane, lexicon_diff_view(diff, self.tables))
