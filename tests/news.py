"""Small invented news for tests of pages: articles of a few sentences, with the acts coded from them."""

from typing import NamedTuple

import pandas as pd

from analysis.country_names import country_in_sentence
from analysis.findings.period_inputs import PeriodInputs
from analysis.pipeline.analyse import Tables, with_origins
from analysis.pipeline.reporting_period import reporting_period
from analysis.schemas import QUADS, Articles, Events, Quotes, Sentences, Stances, Topics
from tests.coverage import side
from tests.reports import INTENSITY
from tests.tables import frame, nothing_corrected


class Act(NamedTuple):
    """An act coded from a sentence."""

    source: str
    target: str
    root: str
    word: str  # of the sentence that carries it
    given: dict  # other columns of `Events`


class Story(NamedTuple):
    """An article whose text is a headline and one sentence, or two with two spaces between them."""

    day: str | None
    sentence: str
    acts: tuple[Act, ...] = ()
    title: str = "Envoys meet"
    outlet: str | None = "Daily News"
    speaker: str = ""  # whose words the sentence has between quotation marks
    speaker_country: str | None = None
    about: str = ""  # the country that the speaker is against
    importance: float | None = None  # of its first sentence
    theme: str = ""  # the same


def act(source, target, root, word, **given):
    return Act(source, target, root, word, {"trigger_lemma": word, **given})


def struck(day, place="Dnipro", **given):
    """A Russian attack on a town in Ukraine, reported on a day."""
    acts = (act("RUS", "UKR", "ASSAULT", "bombed", trigger_lemma="bomb", place_name=place, **given),)
    return Story(
        day, f"Russian aircraft bombed the Ukrainian town of {place} at night, officials said.", acts
    )


def met(day, one="CHN", other="USA", **given):
    """Talks between two countries."""
    acts = (act(one, other, "CONSULT", "talks", trigger_lemma="talk", **given),)
    names = f"{country_in_sentence(one)} and {country_in_sentence(other)}"
    return Story(day, f"Ministers of {names} held talks on trade in Vienna for two days.", acts)


def inputs_on(*stories, period):
    """What a front page of a period looks at."""
    tables = news(*stories)
    return PeriodInputs(tables, reporting_period(period, tables.articles["published_date"]))


def news(*stories):
    """The tables of some stories, which lie in one file, a story a line."""
    given = articles(stories)
    coded = events(stories, given)
    return Tables(
        articles=given,
        sentences=sentences(stories, given),
        quotes=quotes(stories, given),
        stances=stances(stories, given),
        events=coded,
        topics=topics(stories, given),
        **nothing_corrected(),
    )


def articles(stories):
    ids = [f"{number:016x}" for number in range(len(stories))]
    rows = [
        {
            "article_id": one,
            "story_id": one,
            "path": f"items.jsonl:{number}",
            "title": story.title,
            "outlet": story.outlet,
            "published_date": pd.Timestamp(story.day) if story.day else pd.NaT,
            "text": f"{story.title}\n\n{story.sentence}",
        }
        for number, (one, story) in enumerate(zip(ids, stories, strict=True), start=1)
    ]
    return frame(Articles, rows, {"word_count": 20})


def sentence_place(article):
    start = article.text.index("\n\n") + 2
    end = article.text.find("  ", start)
    return start, end if end > 0 else len(article.text)


def sentences(stories, given):
    rows = []
    for story, article in zip(stories, given.itertuples(), strict=True):
        start, end = sentence_place(article)
        second = [(end + 2, len(article.text))] if end < len(article.text) else []
        for number, (first, last) in enumerate([(0, start - 2), (start, end), *second]):
            place = {"sentence_id": f"{article.article_id}:{first}", "start_char": first, "end_char": last}
            rows.append({**place, "article_id": article.article_id, "paragraph": number})
            rows[-1]["text"] = article.text[first:last]
            rows[-1]["importance"] = story.importance if number == 1 else None
    return frame(Sentences, rows, {})


def topics(stories, given):
    rows = [
        {"article_id": article.article_id, "start_char": sentence_place(article)[0], "topic": story.theme}
        for story, article in zip(stories, given.itertuples(), strict=True)
        if story.theme
    ]
    return frame(Topics, rows, {"dimension": "theme", "end_char": 1_000, "weight": 1.0, "matched": ""})


def events(stories, given):
    rows = [
        event(one, article)
        for story, article in zip(stories, given.itertuples(), strict=True)
        for one in story.acts
    ]
    known = {"status": "past", "probability": 1.0, "rule": "test", "importance": 3.0}
    return with_origins(frame(Events, rows, known), given)


def event(one, article):
    start, end = sentence_place(article)
    trigger = article.text.index(one.word, start)
    if trigger > end:
        start, end = end + 2, len(article.text)
    return {
        "event_id": f"{article.article_id}:{trigger}:{one.source}>{one.target}",
        "article_id": article.article_id,
        "start_char": start,
        "end_char": end,
        "trigger_start_char": trigger,
        "trigger_end_char": trigger + len(one.word),
        **side("source", one.source),
        **side("target", one.target),
        "root": one.root,
        "quad": QUADS[one.root],
        "intensity": INTENSITY[one.root],
        **one.given,
    }


def quotes(stories, given):
    rows = [
        quote(story, article)
        for story, article in zip(stories, given.itertuples(), strict=True)
        if story.speaker
    ]
    known = {"is_anonymous": False, "probability": 0.95, "rule": "clause", "kind": "direct"}
    return frame(Quotes, rows, {**known, "tone_score": 0.0, "subjectivity_score": 0.0})


def quote(story, article):
    text = article.text
    start, end = text.index("“") + 1, text.index("”")
    speaker = text.index(story.speaker)
    return {
        "quote_id": f"{article.article_id}:{start}:{end}",
        "article_id": article.article_id,
        "start_char": start,
        "end_char": end,
        "content_spans": f"{start}-{end}",
        "text": text[start:end],
        "speaker_id": f"person:{story.speaker.split()[0].lower()}",
        "speaker_name": story.speaker,
        "speaker_start_char": speaker,
        "speaker_end_char": speaker + len(story.speaker),
        "country_code": story.speaker_country,
        "role": "president",
    }


def stances(stories, given):
    rows = [
        {"quote_id": quote(story, article)["quote_id"], **place_of_target(story, article)}
        for story, article in zip(stories, given.itertuples(), strict=True)
        if story.about
    ]
    rows = [{**row, "stance_id": f"{row['quote_id']}:{row['start_char']}"} for row in rows]
    return frame(Stances, rows, {"label": -1, "score": -0.5, "is_abstained": False})


def place_of_target(story, article):
    """The first words of the quote stand for whom it is against."""
    start = article.text.index("“") + 1
    target = {"target_id": story.about, "target_name": story.about, "target_country_code": story.about}
    return {"article_id": article.article_id, "start_char": start, "end_char": start + 3, **target}
