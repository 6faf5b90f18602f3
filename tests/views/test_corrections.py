"""Corrections by an analyst are shown below each chart and in each article."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from analysis.charts.bars import topic_chart
from analysis.charts.base import with_sentence
from analysis.ingest.corrections_file import COLUMNS, CORRECTION_MARK, correction_table
from analysis.notebook.views import Charts
from analysis.views.articles import articles_page
from analysis.views.corrections import correction_words, corrections_sentence
from tests.reports import inputs_of, report
from tests.tables import ARTICLE, TEXT, corpus, sentences, topics
from tests.workbench.forms import Opened, explore

TOPIC = {"table": "topics", "id": f"{ARTICLE}:13", "field": "theme", "old": "science", "new": "diplomacy"}
DROPPED = {"table": "events", "id": f"{ARTICLE}:{TEXT.index('warned')}:CHN>JPN", "field": "drop"}


def corrected(*rows):
    return corpus(
        topics=topics({"start_char": 13, "end_char": len(TEXT), "matched": CORRECTION_MARK}),
        corrections=correction_rows(*rows),
    )


def correction_rows(*rows):
    blank = {**dict.fromkeys(COLUMNS, ""), "problem": ""}
    return correction_table({**blank, **row, "line": line} for line, row in enumerate(rows, start=2))


def drawn(tables, *names):
    return with_sentence(topic_chart(tables.topics, tables.sentences), corrections_sentence(tables, *names))


def test_a_chart_says_how_many_corrections_its_numbers_include():
    tables = corrected(TOPIC, {**TOPIC, "old": "", "new": "alliances"})
    chart = drawn(tables, "topics")
    assert chart.alt.endswith("With 2 corrections by an analyst.")
    assert "With 2 corrections by an analyst." in [text.get_text() for text in chart.figure.texts]


@pytest.mark.parametrize(
    ("row", "names"), [(TOPIC, ("events",)), ({**TOPIC, "problem": "is found no more"}, ("topics",))]
)
def test_a_chart_without_active_corrections_says_nothing(row, names):
    assert "correction" not in drawn(corrected(row), *names).alt


def test_a_picture_of_a_period_counts_the_corrections_of_its_articles_only():
    acts = {"IRN": "2025-05-05", "CHN": "2025-05-06", "RUS": "2025-05-20"}
    reports = [report(code, "USA", "SANCTION", day=day) for code, day in acts.items()]
    ids = inputs_of(*reports).tables.articles.sort_values("published_date")["article_id"]
    rows = correction_rows(*[{**DROPPED, "id": f"{one}:0:RUS>UKR"} for one in ids[1:]])

    def sentence(period):
        opened = Opened(inputs=inputs_of(*reports, period=period, corrections=rows))
        opened.live = lambda key, make: SimpleNamespace(part=make())
        return Charts(opened).timeline().part.alt.rpartition("With ")[2]

    assert sentence("all") == "2 corrections by an analyst."
    assert sentence("2025-05-05..2025-05-11") == "1 correction by an analyst."


def test_the_chart_of_an_explorer_says_so_too():
    assert "With 1 correction by an analyst." in explore(corrected(TOPIC), "topics").chart().text
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
