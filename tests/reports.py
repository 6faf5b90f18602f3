"""Small corpora for the tests of incidents and judgments: sentences, and the act coded from each."""

import itertools
from dataclasses import replace

import pandas as pd

from analysis.country_names import country_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.pipeline.analyse import Tables, with_origins
from analysis.pipeline.reporting_period import reporting_period
from analysis.schemas import QUADS, Articles, Events
from tests.tables import frame, nothing_corrected, usual

INTENSITY = {
    **{"AGREE": 2.5, "CONSULT": 2.5, "SUPPORT": 3.0, "CONCEDE": 4.0, "COOPERATE": 6.0, "AID": 10.0},
    **{"RETREAT": 7.0, "REQUEST": 0.0, "ACCUSE": -3.0, "REJECT": -4.0, "THREATEN": -3.5, "PROTEST": -5.0},
    **{"SANCTION": -6.0, "MOBILIZE": -7.0, "COERCE": -7.0, "ASSAULT": -9.0},
}
COLUMNS = ("day", "text", "article", "story", "title", "outlet")  # of a report's article, not of its event


def report(source, target, root, *, status="past", **more):
    """One act: sides as codes or as (code, kind, name), its `day` and `text`, and columns of `Events`.

    Reports with the same `article` share it; those with the same `text` in it are coded from one sentence.
    """
    given = {name: more.pop(name) for name in COLUMNS if name in more}
    return {
        "day": "2025-05-05",
        "text": sentence_about(source, target),
        "source": source,
        "target": target,
        "root": root,
        "status": status,
        **given,
        "columns": more,
    }


def sentence_about(source, target):
    """A sentence that names both sides, because only such a one is quoted."""
    codes = [one if isinstance(one, str) else one[0] for one in (source, target) if one]
    named = " and ".join(sorted(country_name(code) for code in codes if code))
    return f"What {named} did on that day was reported at length by people who were there."


def corpus_of(*reports):
    """`Tables` of some reports, each in an article of its own unless they share one."""
    numbers = [one.get("article", f"own {place}") for place, one in enumerate(reports)]
    ids = {number: f"{place:016x}" for place, number in enumerate(dict.fromkeys(numbers))}
    parts = {number: [one for n, one in zip(numbers, reports, strict=True) if n == number] for number in ids}
    articles = frame(Articles, [article(ids[number], part) for number, part in parts.items()], {})
    places = itertools.count()
    rows = [
        event(ids[number], part, one, next(places) * 10) for number, part in parts.items() for one in part
    ]
    return tables_of(articles, with_origins(frame(Events, rows, {}), articles))


def tables_of(articles, events):
    """`Tables` without quotes, stances and topics."""
    rest = {name: usual()[name].iloc[:0] for name in ("sentences", "quotes", "stances", "topics")}
    return Tables(articles=articles, events=events, **rest, **nothing_corrected())


def text_of(part):
    """The title of an article, if it has one, and each of its sentences once."""
    title = part[0].get("title")
    return "\n".join(dict.fromkeys([*([title] if title else []), *(one["text"] for one in part)]))


def article(article_id, part):
    first = part[0]
    return {
        "article_id": article_id,
        "story_id": first.get("story", article_id),
        "title": first.get("title"),
        "published_date": pd.to_datetime(first["day"]),
        "outlet": first.get("outlet"),
        "path": "seeds/x.txt",
        "word_count": 9,
        "text": text_of(part),
    }


def event(article_id, part, one, place):
    start = text_of(part).index(one["text"])
    source, target = side("source", one["source"]), side("target", one["target"])
    return {
        "event_id": f"{article_id}:{place}:{source['source_id']}>{target['target_id']}",
        "article_id": article_id,
        "start_char": start,
        "end_char": start + len(one["text"]),
        "trigger_start_char": place,
        "trigger_end_char": place + 4,
        **source,
        **target,
        "root": one["root"],
        "quad": QUADS[one["root"]],
        "intensity": INTENSITY[one["root"]],
        "status": one["status"],
        "probability": 0.9,
        "rule": "verb",
        "trigger_lemma": one["root"].lower(),
        "importance": 3.0,
        **one["columns"],
    }


def side(end, given):
    """Columns of one side: a country by its code, or (code, kind, name)."""
    code, kind, name = (given, "country", given) if isinstance(given, str) else given
    values = {"id": f"{kind}:{name}".replace(" ", "-"), "name": name, "country_code": code, "kind": kind}
    return {f"{end}_{column}": value for column, value in values.items()}


def inputs_of(*reports, period="auto", **tables):
    """The inputs of a front page on some reports; other tables, such as `quotes`, replace empty ones."""
    found = replace(corpus_of(*reports), **tables)
    return PeriodInputs(found, reporting_period(period, found.articles["published_date"]))
