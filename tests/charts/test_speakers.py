"""Tone and stance in one picture: a mark for each statement, which leads to it."""

import pytest

from analysis.charts.speakers import voices
from analysis.schemas import Stances
from analysis.views.pages import clean
from analysis.views.speakers import speaker_view, voices_view
from tests.tables import ARTICLE, articles, corpus, frame, quotes


def said(number, speaker, tone, **more):
    name = {"speaker_id": speaker, "speaker_name": speaker.title(), "tone_score": tone}
    return {"quote_id": f"{speaker}:{number}", "text": f"words {number}", **name, **more}


def stances(quote, *labels):
    rows = [
        {
            **{"stance_id": f"{quote}:{n}", "quote_id": quote, "article_id": ARTICLE, "label": label},
            **{"target_id": "china", "target_name": "China", "start_char": 0, "end_char": 5},
            **{"score": 0.0, "is_abstained": label is None},
        }
        for n, label in enumerate(labels)
    ]
    return frame(Stances, rows, {})


def test_a_speaker_has_a_mark_for_each_tone_and_each_stance():
    rows = quotes(said(1, "wang", 0.5), said(2, "wang", -0.5), said(3, "ann", 1.0))
    wang, ann = voices(rows, stances("wang:1", 1, -1, None, 0, -1), articles())
    assert (wang.name, wang.count, wang.mean) == ("Wang", 2, 0.0)
    assert [(mark.place, mark.title) for mark in wang.tones] == [
        (75.0, "tone +0.50: words 1"),
        (25.0, "tone -0.50: words 2"),
    ]
    (china,) = wang.targets
    assert [mark.sign for mark in china.marks] == ["+", "−", "−", "0", "?"]
    assert china.marks[1].title == "against China: words 1"
    assert ann.targets == []


def test_a_single_story_gives_a_mean_without_an_interval():
    (wang,) = voices(quotes(said(1, "wang", 0.5)), stances("wang:1"), articles())
    assert wang.mean == 0.5
    assert wang.low != wang.low


def test_each_mark_of_a_page_leads_to_its_statement_and_keeps_its_place():
    tables = corpus(quotes=quotes(said(1, "wang", 0.5)), stances=stances("wang:1", -1))
    picture, listed = (str(clean(view.html)) for view in (voices_view(tables, "Care."), speaker_view(tables)))
    assert picture.count('href="#said-wang-1"') == 2
    assert 'style="left:75.0%;bottom:0.0rem"' in picture
    assert listed.count('id="said-wang-1"') == 1
    assert "Care." in picture and "<style" not in picture


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', '" onclick="alert(1)'])
def test_hostile_words_stay_words(hostile):
    tables = corpus(
        quotes=quotes(said(1, "wang", 0.5, text=hostile, speaker_name=hostile)), stances=stances("wang:1", 1)
    )
    html = str(clean(voices_view(tables, "").html))
    assert "<script" not in html and "onclick=" not in html.replace("&quot;", '"').split(">")[0]


def test_without_speakers_there_is_a_sentence():
    assert voices_view(corpus(), "").is_sentence
