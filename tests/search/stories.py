"""A corpus of a few short stories, its sentences, statements and events where a test says they are."""

import re
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from analysis.pipeline.analyse import Tables
from analysis.schemas import Sentences, Stances
from tests.tables import articles, corpus, events, frame, quotes


class Story(NamedTuple):
    """An article: each speaker with what is said, each pair of countries with the words of its event."""

    text: str
    title: str = "News"
    day: str | None = "2024-04-01"
    outlet: str = "Wire"
    said: tuple[tuple[str, str], ...] = ()
    acts: tuple[tuple[str, str, str], ...] = ()


TANKERS = Story(
    "A tanker left Hormuz. Two ships waited.",
    "Tankers leave",
    "2024-04-02",
    said=(("Ali Rezaei", "Two ships"),),
)
TALKS = Story(
    "China met Japan in Rome. The envoy said the tanker was safe.",
    "Talks in Rome",
    "2024-04-03",
    outlet="The Daily",
    said=(("Wang Yi", "the tanker was safe"),),
    acts=(("CHN", "JPN", "met"),),
)
OLD = Story("Hormuz was calm. A tanker waited far away.", "Calm seas", "2023-01-01")


def stories(*given: Story) -> Tables:
    """The tables of some stories; the first has the id "0000000000000000", the next "0000000000000001"."""
    rows = {name: [] for name in ("articles", "sentences", "quotes", "events")}
    for number, story in enumerate(given):
        article_id = f"{number:016x}"
        known = {"title": story.title, "outlet": story.outlet, "published_date": story.day}
        ids = {"article_id": article_id, "story_id": article_id, "path": f"{number}.txt"}
        rows["articles"].append({**ids, **known, "text": story.text})
        for found in re.finditer(r"[^.]+\.?", story.text):
            start = found.end() - len(found[0].lstrip())
            place = {"start_char": start, "end_char": found.end(), "text": story.text[start : found.end()]}
            rows["sentences"].append(
                {"article_id": article_id, "sentence_id": f"{article_id}:{start}", **place}
            )
        rows["quotes"] += [quote(article_id, story.text, *one) for one in story.said]
        rows["events"] += [event(article_id, story.text, *one) for one in story.acts]
    return corpus(
        articles=articles(*rows["articles"]),
        sentences=frame(Sentences, rows["sentences"], {"paragraph": 0}),
        quotes=quotes(*rows["quotes"]),
        events=events(*rows["events"]),
        stances=frame(Stances, (), {}),
    )


def quote(article_id: str, text: str, speaker: str, content: str) -> dict:
    start = text.index(content)
    place = {"start_char": start, "end_char": start + len(content), "text": content}
    identity = {"quote_id": f"{article_id}:{start}:{place['end_char']}", "article_id": article_id}
    named = {"speaker_id": f"person:{speaker}", "speaker_name": speaker} if speaker else {}
    return {**identity, **place, "content_spans": f"{start}-{place['end_char']}", **named}


def event(article_id: str, text: str, source: str, target: str, word: str) -> dict:
    start = text.index(word)
    sentence = {"start_char": start, "end_char": start + len(word)}
    sides = {
        f"{side}_{part}": code
        for side, code in (("source", source), ("target", target))
        for part in ("id", "name", "country_code")
    }
    return {"event_id": f"{article_id}:{start}:{source}", "article_id": article_id, **sentence, **sides}


def corrected(tables: Tables, speaker: str) -> Tables:
    """The tables once an analyst has corrected the speaker of the first statement."""
    first = tables.quotes.index[:1]
    named = tables.quotes.assign(
        speaker_name=tables.quotes["speaker_name"].mask(tables.quotes.index.isin(first), speaker)
    )
    return replace(tables, quotes=pd.DataFrame(named))
