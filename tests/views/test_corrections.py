"""Corrections by an analyst are shown below each chart and in each article."""

import pytest
from bs4 import BeautifulSoup

from analysis.charts.bars import topic_chart
from analysis.charts.base import with_sentence
from analysis.ingest.corrections_file import COLUMNS, CORRECTION_MARK, correction_table
from analysis.views.articles import articles_page
from analysis.views.corrections import correction_words, corrections_sentence
from tests.tables import ARTICLE, TEXT, corpus, sentences, topics
from tests.workbench.forms import explore

TOPIC = {"table": "topics", "id": f"{ARTICLE}:13", "field": "theme", "old": "science", "new": "diplomacy"}
DROPPED = {"table": "events", "id": f"{ARTICLE}:{TEXT.index('warned')}:CHN>JPN", "field": "drop"}


def corrected(*rows):
    blank = {**dict.fromkeys(COLUMNS, ""), "problem": ""}
    table = correction_table({**blank, **row, "line": line} for line, row in enumerate(rows, start=2))
    return corpus(
        topics=topics({"start_char": 13, "end_char": len(TEXT), "matched": CORRECTION_MARK}),
        corrections=table,
    )


def drawn(tables, *names):
    return with_sentence(topic_chart(tables.topics, tables.sentences), corrections_sentence(tables, *names))


def test_a_chart_says_how_many_corrections_its_numbers_include():
    tables = corrected(TOPIC, {**TOPIC, "old": "", "new": "alliances"})
    chart = drawn(tables, "topics")
    assert chart.alt.endswith("With 2 corrections by an analyst (all articles).")
    assert "With 2 corrections by an analyst (all articles)." in [
        text.get_text() for text in chart.figure.texts
    ]


@pytest.mark.parametrize(
    ("row", "names"), [(TOPIC, ("events",)), ({**TOPIC, "problem": "is found no more"}, ("topics",))]
)
def test_a_chart_without_active_corrections_says_nothing(row, names):
    assert "correction" not in drawn(corrected(row), *names).alt


def test_the_chart_of_an_explorer_says_so_too():
    assert (
        "With 1 correction by an analyst (all articles)." in explore(corrected(TOPIC), "topics").chart().text
    )
    assert "correction" not in explore(corrected(TOPIC), "quotes").chart().text


def test_an_article_lists_its_corrections_and_marks_the_sentences():
    note = {"note": "<i>no</i>", "made_by": "AB", "made_on": "2024-05-01"}
    html = articles_page([ARTICLE], corrected({**DROPPED, "old": "THREATEN", **note}))
    told = "event in “warned Japan at $5.”: threat, corrected to no such event"
    assert f"<li>{told} (&lt;i&gt;no&lt;/i&gt;, AB, 2024-05-01)</li>" in html
    assert html.count("[corrected by an analyst]") == 1
    assert html.index("[corrected by an analyst]") > html.index("Japan")


def test_sentences_keep_the_spacing_of_the_article():
    touching = corpus(sentences=sentences((0, 11), (13, 16), (16, len(TEXT))))
    html = articles_page([ARTICLE], touching)
    words = BeautifulSoup(html, "html.parser").get_text()
    assert TEXT[13:] in words


def test_a_country_corrected_by_its_code_is_shown_by_its_name():
    side = {"table": "events", "field": "target", "old": "Russia", "new": "UKR", "note": "", "made_by": ""}
    assert correction_words({**side, "made_on": ""}, "a") == (
        "target of the event in a: Russia, corrected to Ukraine"
    )
