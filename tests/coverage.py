"""Small tables of articles and coded events for the tests of indicators."""

import itertools

import pandas as pd

from analysis.pipeline.analyse import with_origins
from analysis.schemas import QUADS, Articles, Events
from tests.reports import INTENSITY
from tests.tables import frame


def coverage(*dates, stories=None):
    """One article per date; `stories` names the story of each."""
    ids = [f"{n:016x}" for n in range(len(dates))]
    rows = [
        {"article_id": one, "story_id": story, "published_date": pd.to_datetime(day)}
        for one, story, day in zip(ids, stories or ids, dates, strict=True)
    ]
    return frame(Articles, rows, {"path": "seeds/x.txt", "word_count": 100, "text": "x"})


def written(*texts, date="2024-04-20"):
    return coverage(*[date] * len(texts)).assign(text=list(texts))


def coded(*events, of=None):
    """Events from (article number, source, target, root, status), with the days of the articles `of`."""
    places = itertools.count(0, 10)
    rows = [
        {
            "article_id": f"{article:016x}",
            "start_char": (at := next(places)),
            "end_char": at + 9,
            "trigger_start_char": at,
            "trigger_end_char": at + 4,
            "event_id": f"{article:016x}:{at}:{source}>{target}",
            **side("source", source),
            **side("target", target),
            "root": root,
            "quad": QUADS[root],
            "intensity": INTENSITY[root],
            "status": status,
            "trigger_lemma": root.lower(),
        }
        for article, source, target, root, status in events
    ]
    table = frame(Events, rows, {"probability": 1.0, "rule": "test", "importance": 3.0})
    return table if of is None else with_origins(table, of)


def read(articles, *events):
    """Articles, and the events coded from them."""
    return articles, coded(*events, of=articles)


def side(name, code):
    return {
        f"{name}_id": code or "org:x",
        f"{name}_name": code or "X",
        f"{name}_country_code": code,
        f"{name}_kind": "country",
    }


def value_of(indicators, indicator, dyad="CHN-USA", period="all"):
    chosen = (
        (indicators["indicator"] == indicator)
        & (indicators["dyad"] == dyad)
        & (indicators["period"] == period)
    )
    return indicators[chosen].iloc[0]
