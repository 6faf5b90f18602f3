"""Labels from an analyst's corrections: one record for each article that has any.

    python -m benchmarks.own_labels OUT.jsonl --seeds seeds [--text]

The format is that of `benchmarks/article_labels.jsonl`. Events and attributions that an analyst corrected or
added are `core` (`ext` with a bloc or an armed group), all others that the program reads are `opt`: right if
coded, no miss if not. What was dropped is not listed, so that coding it is wrong. `checked` are the sentences
that somebody looked at: only they are complete.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from pandas import DataFrame

from analysis.commands.shared import read_tables
from analysis.country_names import BODY_CODES, bloc_codes
from analysis.ingest.corrections_file import BY_ANALYST, article_id_of, cell_text
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.corrections import corrected_places

LABELLED = ("events", "quotes")
ANCHOR_WORDS = 5  # of a statement, by which it is found
NAMED = ("bloc", "armed group")  # kinds of actor that act for no country


def main() -> None:
    """Write the labels of a folder of articles."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--text", action="store_true", help="include the text of each article")
    options = parser.parse_args()
    records = labelled_articles(read_tables(options.seeds, "")[0], with_text=options.text)
    options.out.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in records), "utf-8")
    print(f"{options.out}: labels of {len(records)} articles")


def labelled_articles(tables: Tables, *, with_text: bool) -> list[dict]:
    """Make a record of labels for each article with a correction of an event or a statement that applies.

    Args:
        tables: a corpus as read, with its corrections.
        with_text: include the text of each article; without it there are ids and offsets only.
    """
    rows = tables.corrections
    used = rows[rows["table"].isin(LABELLED) & (rows["problem"] == "")]
    ids = sorted(set(used["id"].map(article_id_of)))
    return [article_labels(tables.article_rows[one], tables, used, with_text) for one in ids]


def article_labels(article: Any, tables: Tables, corrections: DataFrame, with_text: bool) -> dict:
    """The labels of one article."""
    own = {
        name: (table := getattr(tables, name))[table["article_id"] == article.article_id]
        for name in ("sentences", *LABELLED)
    }
    spans = [[row.start_char, row.end_char] for row in rows_of(own["sentences"])]
    places = corrected_places(article, corrections)
    checked = [span for span in spans if any(span[0] <= place < span[1] for place in places)]
    return {
        "corpus": "corrections",
        "id": article.article_id,
        "title": "",
        "date": cell_text(article.published_date),
        "read_to": max((end for _, end in checked), default=0),
        "checked": checked,
        "events": list(event_labels(own["events"])),
        "attributions": list(attribution_labels(own["quotes"], spans, article.text)),
        "stances": [],
        "picture": [],
        **({"text": article.text} if with_text else {}),
    }


def event_labels(events: DataFrame) -> Iterator[dict]:
    """Each event of an article once, with every sentence that reports it."""
    groups: dict[tuple[str, str, str, str], list[Any]] = defaultdict(list)
    for row in rows_of(events):
        sides = side_label(row, "source"), side_label(row, "target")
        if all(sides) and sides[0] != sides[1]:
            groups[*sides, row.root, row.status].append(row)
    for (source, target, root, status), rows in groups.items():
        kinds = {kind for row in rows for kind in (row.source_kind, row.target_kind)}
        is_read = any(row.rule in BY_ANALYST for row in rows)
        yield {
            "source": source,
            "target": target,
            "roots": [root],
            "statuses": [status],
            "sentences": [list(span) for span in sorted({(row.start_char, row.end_char) for row in rows})],
            "weight": "opt" if not is_read else "ext" if kinds & {*NAMED} else "core",
        }


def side_label(row: Any, side: str) -> str:
    """How labels name a side: a country by its code, a body by its own, others by name; "" for a person."""
    identity, kind = getattr(row, f"{side}_id"), getattr(row, f"{side}_kind")
    body = BODY_CODES.get(identity) or bloc_codes().get(identity)
    if body or kind in NAMED:
        return body or getattr(row, f"{side}_name")
    code = getattr(row, f"{side}_country_code")
    if isinstance(code, str):
        return code
    return getattr(row, f"{side}_name") if kind == "organisation" else ""


def attribution_labels(quotes: DataFrame, sentences: list[list[int]], text: str) -> Iterator[dict]:
    """Each statement of an article whose speaker is known, with its first words."""
    for row in rows_of(quotes[quotes["speaker_name"].notna()]):
        sentence = next((span for span in sentences if span[0] <= row.start_char < span[1]), None)
        if sentence is None:
            continue
        first = " ".join(text[row.start_char : row.end_char].split(" ")[:ANCHOR_WORDS])
        yield {
            "speakers": [row.speaker_name, *([row.role] if pd.notna(row.role) else [])],
            "kind": row.kind,
            "start_char": row.start_char,
            "anchor": [row.start_char, row.start_char + len(first)],
            "sentence": sentence,
            "weight": "core" if row.rule in BY_ANALYST else "opt",
        }


if __name__ == "__main__":
    main()
