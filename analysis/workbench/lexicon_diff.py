"""What an edit of a word list changes: which terms, which shares, which sentences, before and after.

`diff_since_edit` saves the word lists of a run, and what was read with them, in the subfolder `now`; once the
lists differ, `now` becomes `before`. Only articles read with both versions are compared, and no row that an
analyst corrected. `diff_with_term` tries a term without saving it.
"""

import csv
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.ingest.corrections_file import BY_ANALYST
from analysis.ingest.scratch import scratch_folder
from analysis.lexicons import lexicon_names, load_lexicon, read_lexicon
from analysis.nlp.topics.taxonomy import LISTS, Index, find_topics, load_terms, term_index
from analysis.pipeline.analyse import Tables
from analysis.views.evidence import article_index, source_of
from analysis.views.render import View, view

COLUMNS = ["table", "id", "article_id", "start_char", "end_char", "reading"]
PLACE = ["article_id", "start_char"]
MOST_SENTENCES = 50  # that are shown
MOST_ARTICLES = 50  # that are read again to try a term
MOST_TERMS = 50


class LexiconDiff(NamedTuple):
    """What differs between two versions of the word lists, over the same articles."""

    terms: list[tuple[str, str, str]]  # list, "added" or "removed", the row
    before: DataFrame  # readings of the old version alone
    after: DataFrame  # readings of the new version alone
    shares: DataFrame  # topic, before_count, after_count, over sentence_count sentences
    sentence_count: int
    article_count: int


def readings(tables: Tables) -> DataFrame:
    """Whatever word lists decide, one reading a row, in words; each article has a row besides."""
    quotes, events = (rows[~rows["rule"].isin(BY_ANALYST)] for rows in (tables.quotes, tables.events))
    topics = tables.topics
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


def loaded_lists() -> dict[str, str]:
    """Text of every word list as this process has read it."""
    return {name: load_lexicon(name).to_csv(index=False) for name in lexicon_names()}


def lists_on_disk() -> dict[str, str]:
    """Text of every word list as it is now."""
    return {name: read_lexicon(name).to_csv(index=False) for name in lexicon_names()}


def edited_lists(loaded: dict[str, str], on_disk: dict[str, str]) -> list[str]:
    """Names of the word lists with a different text."""
    return sorted(name for name, text in on_disk.items() if loaded.get(name) != text)


def diff_since_edit(
    tables: Tables, folder: Path | str, *, lists: dict[str, str] | None = None
) -> LexiconDiff | None:
    """Save what was read with the current word lists, and compare it with the version before.

    Args:
        tables: a corpus.
        folder: where both are saved; created if it does not exist.
        lists: text of every word list; None: as this process has read them.

    Returns:
        None as long as no other version of the lists is known.
    """
    folder, lists, rows = Path(folder), lists or loaded_lists(), readings(tables)
    version = version_before(folder, lists)
    old = pd.read_parquet(version / "readings.parquet") if version else None
    terms = term_changes(saved_lists(version), lists) if version else None
    with suppress(OSError):  # what cannot be kept is not needed now; whoever opened the folder was told
        keep_version(folder, lists, rows)
    return None if version is None else diff_of(old, rows, terms, tables)


def version_before(folder: Path, lists: dict[str, str]) -> Path | None:
    """The saved version of the word lists that the current ones are compared with; None if there is none."""
    now, before = folder / "now", folder / "before"
    if now.is_dir() and saved_lists(now) != lists:
        return now
    return before if before.is_dir() else None


def keep_version(folder: Path, lists: dict[str, str], rows: DataFrame) -> None:
    """Save the current word lists with what was read; other lists that were saved become those before.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now, before = folder / "now", folder / "before"
    if now.is_dir() and saved_lists(now) != lists:
        shutil.rmtree(before, ignore_errors=True)
        os.replace(now, before)
    if now.is_dir():
        earlier = pd.read_parquet(now / "readings.parquet")
        others = earlier[~earlier["article_id"].isin(rows["article_id"])]
        rows = pd.concat([others, rows], ignore_index=True)
    with scratch_folder(folder, ".writing-") as scratch:
        made = scratch / "now"
        write_version(made, lists, rows)
        shutil.rmtree(now, ignore_errors=True)
        os.replace(made, now)


def write_version(folder: Path, lists: dict[str, str], rows: DataFrame) -> None:
    for name, text in lists.items():
        path = folder / "lists" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    rows.to_parquet(folder / "readings.parquet", index=False)


def saved_lists(folder: Path) -> dict[str, str]:
    root = folder / "lists"
    names = {path.relative_to(root).with_suffix("").as_posix(): path for path in sorted(root.rglob("*.csv"))}
    return {name: path.read_text(encoding="utf-8") for name, path in names.items()}


def term_changes(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str]]:
    """Rows added to and removed from the word lists; source and note do not count."""
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


def diff_of(
    before: DataFrame, after: DataFrame, terms: list[tuple[str, str, str]], tables: Tables
) -> LexiconDiff:
    """What differs between two versions, over articles read with both, rows that were corrected left out."""
    both = set(before["article_id"]) & set(after["article_id"])
    corrected = set(tables.corrections["id"])
    old, new = (
        rows[rows["article_id"].isin(both) & ~rows["id"].isin(corrected) & (rows["table"] != "articles")]
        for rows in (before, after)
    )
    both_sides = old.merge(new, on=COLUMNS, how="outer", indicator="side", validate="many_to_many")
    removed = both_sides.loc[both_sides["side"] == "left_only", COLUMNS].drop_duplicates()
    added = both_sides.loc[both_sides["side"] == "right_only", COLUMNS].drop_duplicates()
    counts = [rows.loc[rows["table"] == "topics", "reading"].value_counts() for rows in (old, new)]
    shares = pd.DataFrame({"before_count": counts[0], "after_count": counts[1]}).fillna(0).astype(int)
    shares = shares[shares["before_count"] != shares["after_count"]].rename_axis("topic").reset_index()
    total = int(tables.sentences["article_id"].isin(both).sum())
    return LexiconDiff(
        terms, removed, added, shares.sort_values("topic", ignore_index=True), total, len(both)
    )


def lexicon_diff_view(diff: LexiconDiff | None, tables: Tables) -> View:
    """What an edit of the word lists changes, or that there is no other version to compare with."""
    shown = diff and {
        **diff._asdict(),
        "terms": diff.terms[:MOST_TERMS],
        "more_terms": max(len(diff.terms) - MOST_TERMS, 0),
        "shares": diff.shares.to_dict("records"),
        "sentences": list(islice(changed_sentences(diff, tables), MOST_SENTENCES)),
        "change_count": len(pd.concat([diff.before, diff.after])[PLACE].drop_duplicates()),
    }
    edited = edited_lists(loaded_lists(), lists_on_disk())
    return view("workbench/lexicon_diff", diff=shown, edited=edited)


def changed_sentences(diff: LexiconDiff, tables: Tables) -> Iterator[dict[str, Any]]:
    """Each passage that is read differently, with its readings before and after."""
    articles = article_index(tables)
    changes = pd.concat([diff.before.assign(side="before"), diff.after.assign(side="after")])
    for (article_id, start), part in changes.groupby(PLACE):
        article, end = articles[article_id], int(part["end_char"].max())
        yield {
            "text": article.text[start:end],
            "source": source_of(article, start, end),
            **{side: part.loc[part["side"] == side, "reading"].tolist() for side in ("before", "after")},
        }


def diff_with_term(
    tables: Tables, dimension: str, term: str, topic: str, *, weight: float = 3.0
) -> LexiconDiff:
    """What one more term would change in the articles that contain its words; nothing is saved.

    At most `MOST_ARTICLES` are read again, the first of them. An article is found by the first three letters
    of each word, so that *missile* finds *missiles*; *buy* does not find *bought*.

    Args:
        tables: a corpus.
        dimension: "theme" or "theatre".
        term: one or more words; in lower case it matches any spelling and its inflections.
        topic: of `topics/taxonomy.csv`, or "none" for what looks like a topic but is not.
        weight: as in the list.

    Raises:
        ValueError: the term is empty or already in the list.
    """
    term = " ".join(term.split())
    rows = load_lexicon(LISTS[dimension])
    if not term:
        raise ValueError("the term is empty, expected one or more words")
    known = rows[(rows["term"] == term) & (rows["topic"] == topic)]
    if len(known):
        raise ValueError(f"{LISTS[dimension]}.csv already has {term!r} for {topic!r}")
    row = {**dict.fromkeys(rows.columns, ""), "term": term, "topic": topic, "weight": str(weight)}
    lists = {name: load_terms(name) for name in LISTS}
    tried = term_index(pd.concat([rows, DataFrame([row])], ignore_index=True), dimension)
    texts = tables.articles["text"].str.casefold()
    contains = pd.concat(
        [texts.str.contains(word[:3].casefold(), regex=False) for word in term.split()], axis=1
    )
    chosen = tables.articles[contains.all(axis=1)].head(MOST_ARTICLES)
    versions = topic_readings(chosen, [lists, {**lists, dimension: tried}])
    return diff_of(*versions, [(LISTS[dimension], "added", f"{term}, {topic}, {weight:g}")], tables)


def topic_readings(articles: DataFrame, versions: list[dict[str, Index]]) -> list[DataFrame]:
    """The topics of some articles by each of several versions of the lists, as `readings` gives them."""
    from analysis.nlp.parse.parser import parse  # loads spaCy, which takes a while

    found: list[list[dict]] = [[] for _ in versions]
    for article_id, doc in zip(articles["article_id"], parse(articles["text"].tolist()), strict=True):
        for rows, lists in zip(found, versions, strict=True):
            rows.append(dict(zip(COLUMNS, ("articles", "", article_id, 0, 0, ""), strict=True)))
            for one in find_topics(doc, lists):
                place = (article_id, one.start_char, one.end_char)
                row = ("topics", f"{article_id}:{one.start_char}", *place, f"{one.dimension}: {one.topic}")
                rows.append(dict(zip(COLUMNS, row, strict=True)))
    return [DataFrame(rows, columns=COLUMNS) for rows in found]
