"""An analyst's topics: one of a sentence replaced, added or removed."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from pandas import DataFrame

from analysis.ingest.corrections_file import CORRECTION_MARK
from analysis.pipeline.correctable import FITS, IS_READ, Outcome, Outcomes, lapsed
from analysis.pipeline.named_actors import Values
from analysis.pipeline.places import sentence_at
from analysis.schemas import DIMENSIONS, MOVED, Topics
from analysis.tables.rows import rows_of


def corrected_topics(
    topics: DataFrame, sentences: DataFrame, corrections: DataFrame
) -> tuple[DataFrame, Outcomes]:
    """Corrected topics: an added one gets an equal share of the sentence, a removed one frees its share.

    Args:
        topics: `Topics` table.
        sentences: `Sentences` table.
        corrections: `Corrections` rows.

    Returns:
        `Topics` table, and how each correction fits.
    """
    own = list(rows_of(corrections[corrections["table"] == "topics"]))
    places = {one.id: sentence_at(sentences, one.id) for one in own}
    sentence_ids = topics["article_id"] + ":" + topics["start_char"].astype(str)
    touched = sentence_ids.isin([place.sentence_id for place in places.values() if place is not None])
    groups: dict[tuple[str, str], dict[str, Values]] = {}
    for identity, row in zip(sentence_ids[touched], topics[touched].to_dict("records"), strict=True):
        groups.setdefault((identity, row["dimension"]), {})[row["topic"]] = row
    outcomes = {one.line: corrected_group(groups, one, places[one.id]) for one in own}
    changed = [row for group in groups.values() for row in reweighted(group)]
    table = pd.concat([topics[~touched], DataFrame(changed, columns=topics.columns).astype(topics.dtypes)])
    ranked = table.assign(rank=table["dimension"].map(DIMENSIONS.index), least=-table["weight"])
    order = ["article_id", "start_char", "end_char", "rank", "least", "topic"]
    return Topics.validate(ranked.sort_values(order, ignore_index=True)[topics.columns]), outcomes


def corrected_group(
    groups: dict[tuple[str, str], dict[str, Values]], one: Any, sentence: Any | None
) -> Outcome:
    """Change the topics of a sentence, and say how the correction fits."""
    is_moved = sentence is not None and sentence.sentence_id != one.id
    if sentence is None or (is_moved and not one.old):
        return lapsed(f"sentence_id {one.id!r} no longer exists, expected the first character of a sentence")
    group = groups.setdefault((sentence.sentence_id, one.field), {})
    if one.old and one.old not in group and one.new not in group:
        found = ", ".join(sorted(group)) or "none"
        return lapsed(
            f"the sentence no longer has the {one.field} {one.old!r}, but {found}: correct it again"
        )
    if one.new in group and one.old not in group:
        return IS_READ
    change_topic(group, one, sentence)
    return Outcome(MOVED) if is_moved else FITS


def change_topic(group: dict[str, Values], one: Any, sentence: Any) -> None:
    """Replace the old topic of a sentence by the new one, with its weight."""
    removed = group.pop(one.old, None) if one.old else None
    if not one.new or one.new in group:
        return
    mean = sum(row["weight"] for row in group.values()) / len(group) if group else 1.0
    group[one.new] = {
        "article_id": sentence.article_id,
        "start_char": sentence.start_char,
        "end_char": sentence.end_char,
        "dimension": one.field,
        "topic": one.new,
        "weight": removed["weight"] if removed else mean,
        "matched": CORRECTION_MARK,
    }


def reweighted(group: dict[str, Values]) -> Iterator[Values]:
    """The topics of a sentence with weights that add up to 1."""
    total = sum(row["weight"] for row in group.values())
    for row in group.values():
        yield {**row, "weight": row["weight"] / total}
