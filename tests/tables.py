"""Small tables for tests of what is shown: rows give only the values that the test is about."""

from functools import cache

import pandas as pd

from analysis.pipeline.analyse import Tables, with_origins
from analysis.schemas import (
    Articles,
    Corrections,
    Events,
    Indicators,
    Quotes,
    Rejected,
    Sentences,
    Stances,
    Topics,
)

TEXT = "Envoys meet\n\nThe envoy <b>said</b> China warned Japan at $5."
ARTICLE = "0123456789abcdef"


EMPTY = {}  # a checked table without rows, by the name of its schema


def frame(schema, rows, defaults):
    """A table with the types of a schema; its rows are ours, and to check them takes most of a small test."""
    if schema.name not in EMPTY:
        EMPTY[schema.name] = schema.validate(pd.DataFrame(columns=list(schema.columns)))
    dtypes = EMPTY[schema.name].dtypes
    filled = [{**dict.fromkeys(dtypes.index), **defaults, **row} for row in rows]
    return pd.DataFrame(filled, columns=dtypes.index).astype(dtypes)


def nothing_corrected():
    """The tables of a corpus that are empty as a rule."""
    return {"corrections": frame(Corrections, (), {}), "unread": frame(Rejected, (), {})}


def articles(*rows):
    defaults = {"article_id": ARTICLE, "story_id": ARTICLE, "path": "a.txt", "word_count": 9, "text": TEXT}
    return frame(Articles, rows or ({},), {**defaults, "title": "Envoys meet", "published_date": pd.NaT})


def sentences(*spans):
    rows = [
        {"sentence_id": f"{ARTICLE}:{s}", "start_char": s, "end_char": e, "text": TEXT[s:e]} for s, e in spans
    ]
    return frame(Sentences, rows, {"article_id": ARTICLE, "paragraph": 0})


def topics(*rows):
    defaults = {"article_id": ARTICLE, "start_char": 0, "end_char": 11, "weight": 1.0, "matched": "envoys"}
    return frame(Topics, rows, {**defaults, "dimension": "theme", "topic": "diplomacy"})


def quotes(*rows):
    place = TEXT.index("China"), len(TEXT)
    defaults = {
        "quote_id": "q",
        "article_id": ARTICLE,
        "start_char": place[0],
        "end_char": place[1],
        "kind": "indirect",
        "content_spans": f"{place[0]}-{place[1]}",
        "text": TEXT[place[0] :],
        "is_anonymous": False,
        "probability": 0.9,
        "rule": "clause",
        "tone_score": 0.0,
        "subjectivity_score": 0.0,
    }
    return frame(Quotes, rows, defaults)


def events(*rows):
    start = TEXT.index("warned")
    defaults = {
        "event_id": "e",
        "article_id": ARTICLE,
        "start_char": 13,
        "end_char": len(TEXT),
        "trigger_start_char": start,
        "trigger_end_char": start + 6,
        "source_id": "CHN",
        "source_name": "China",
        "source_country_code": "CHN",
        "source_kind": "country",
        "target_id": "JPN",
        "target_name": "Japan",
        "target_country_code": "JPN",
        "target_kind": "country",
        "root": "THREATEN",
        "quad": 3,
        "intensity": -4.0,
        "status": "past",
        "probability": 0.8,
        "rule": "verb",
        "trigger_lemma": "warn",
        "importance": 3.0,
    }
    return frame(Events, rows, defaults)


def indicators(*rows):
    defaults = {
        "indicator": "conflict_share",
        "dyad": "CHN-JPN",
        "period": "all",
        "value": 1.0,
        "low": 0.2,
        "high": 1.0,
    }
    return frame(Indicators, rows, {**defaults, "event_count": 1, "article_count": 1, "story_count": 1})


def corpus(**given):
    """The tables of one article with two sentences; tables that are not given are empty."""
    shown = given.pop("indicators", None)
    filled = {**nothing_corrected(), **{name: one.copy(deep=False) for name, one in usual().items()}, **given}
    tables = Tables(**{**filled, "events": with_origins(filled["events"], filled["articles"])})
    vars(tables)["indicators"] = indicators() if shown is None else shown  # as if these had been computed
    return tables


@cache
def usual():
    """The tables of `corpus` if none is given."""
    return {
        "articles": articles(),
        "sentences": sentences((0, 11), (13, len(TEXT))),
        "quotes": quotes(),
        "stances": frame(Stances, (), {}),
        "events": events(),
        "topics": topics(),
    }
