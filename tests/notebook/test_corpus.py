"""`open_corpus`: what a notebook begins with, checked as on the command line and found by typing."""

from datetime import date
from pathlib import Path

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from analysis import CorpusError, open_corpus, together
from analysis.charts.base import Chart, empty_chart, new_figure
from analysis.ingest.corrections_file import COLUMNS, save_correction
from analysis.notebook.views import Charts
from analysis.schemas import Incidents
from analysis.views.render import View
from tests.tables import frame

ROOT = Path(__file__).parents[2]
STORIES = {
    "talks.txt": "China condemned the United States over tariffs.\n\nChinese envoys met Japan's in Rome.",
    "war.txt": "Russia attacked Ukraine on Monday. Ukraine condemned Russia, its foreign minister said.",
}
GROUPS = ("answers", "charts", "views", "robustness", "explorers", "forms")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus") / "seeds"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / name).write_text(f"{text} {'The ministers of both countries talked at length. ' * 4}")
    (folder / "metadata.csv").write_text(
        "file,title,published_date,outlet,author,url,note\ntalks.txt,,2024-04-01,,,,\n"
        "war.txt,,2024-04-20,,,,\n"
    )
    (folder / "picture.exe").write_bytes(b"MZ")
    return folder


@pytest.fixture(scope="module")
def corpus(seeds):
    return open_corpus(seeds, store="")


def test_a_corpus_says_what_it_holds(corpus, seeds):
    assert repr(corpus) == (f"<Corpus {seeds}: 2 articles, 1 file rejected, all pairs of countries>")
    assert corpus.rejected["path"].tolist() == ["picture.exe"]


@pytest.mark.model
def test_a_pair_is_found_however_it_is_typed(seeds):
    typed = [open_corpus(seeds, pair=pair, store="") for pair in ("USA-CHN", "chn-usa", "US-China")]
    assert len(set(map(repr, typed))) == 1
    corpus = typed[-1]
    assert set(corpus.tables.indicators["dyad"]) == {"CHN-USA"}
    shown = corpus.answers.bottom_line().text
    assert "No act between two countries was recognised" not in shown
    assert "China condemned the United States" in shown


@pytest.mark.model
def test_a_country_is_shown_everywhere_and_one_that_nobody_mentions_is_named_as_such(seeds):
    corpus = open_corpus(seeds, country="Japan", store="")
    sides = corpus.events[["source_country_code", "target_country_code"]]
    assert len(sides) and sides.eq("JPN").any(axis="columns").all()
    assert "only pairs with Japan" in repr(corpus)
    corpus = open_corpus(seeds, country="PER", store="")
    for answer in (corpus.answers.topics(), corpus.answers.speakers(), corpus.answers.bottom_line()):
        assert "Nothing about Peru was found in the 2 articles read" in answer.text


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"pair": "Chinna-USA"}, "Chinna may mean China (CHN), expected two countries"),
        ({"country": "Chinna"}, "Chinna may mean China (CHN), expected a country"),
        ({"since": "yesterday"}, "since is 'yesterday', expected a date such as 2024-04-20"),
        ({"since": "2024-05-01", "until": "2024-04-01"}, "which is after until"),
        ({"reporting_period": "soon"}, "period is 'soon', expected auto, day, week, month, last week"),
        ({"since": "2030-01-01"}, "they are from 2024-04-01 to 2024-04-20"),
        ({"seeds": "no/such/folder"}, "no/such/folder does not exist, expected a folder of articles"),
        ({"seeds": ""}, "seeds is '', expected a folder such as"),
        ({"store": 5}, "store is 5, expected a folder such as"),
        ({"pair": 5}, "pair is 5, expected two countries such as USA-CHN"),
    ],
)
def test_a_mistake_is_one_sentence(seeds, given, reason):
    with pytest.raises(CorpusError) as raised:
        open_corpus(**{"seeds": seeds, "store": "", **given})
    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)
    assert raised.value._render_traceback_() == [f"CorpusError: {raised.value}"]
    assert raised.value.__suppress_context__


def test_a_folder_without_an_article_is_one_sentence(tmp_path):
    with pytest.raises(CorpusError, match=r"has no article: expected files ending in \.atom, "):
        open_corpus(tmp_path)
    (tmp_path / "a.exe").write_bytes(b"MZ")
    with pytest.raises(CorpusError, match=r"has no article: a\.exe has the ending \.exe, expected"):
        open_corpus(tmp_path)


@pytest.mark.model
def test_every_chart_view_and_answer_can_be_shown(corpus):
    for group in (corpus.answers, corpus.charts, corpus.robustness, corpus.views):
        for name in public(group):
            asked = [""] if name in ("theme", "speaker", "country") else []
            shown = getattr(group, name)(*asked)
            assert (shown is None) == bool(asked), name
            assert shown is None or shown._repr_mimebundle_(), name


@pytest.mark.model
def test_incidents_are_read_once_and_the_charts_of_them_need_no_argument(corpus):
    assert corpus.incidents is corpus.incidents
    assert "CHN-USA" in corpus.incidents["dyad"].tolist()
    none = frame(Incidents, (), {})
    assert corpus.charts.world_map(none).alt == "No map: sure incidents involve 0 countries."
    assert "China condemned" in corpus.views.incidents().text
    assert "attacked" in corpus.views.incidents().text


@pytest.mark.model
def test_incidents_are_those_of_the_reporting_period(seeds):
    corpus = open_corpus(seeds, reporting_period="2024-04-20", store="")
    assert "Russia – Ukraine" in corpus.views.incidents().text
    assert "China – United States" not in corpus.views.incidents().text
    assert {"CHN-USA", "RUS-UKR"} <= set(corpus.incidents["dyad"])


def public(group):
    return [name for name in dir(group) if not name.startswith("_")]


def test_all_that_is_found_by_typing_says_what_it_is(corpus):
    for group in (getattr(corpus, name) for name in GROUPS):
        assert [name for name in public(group) if not getattr(type(group), name).__doc__] == []


def test_tab_completion_finds_the_groups_and_what_they_hold(seeds):
    corpus = open_corpus(seeds, store="")
    assert set(GROUPS) <= completed("corpus.", corpus)
    assert set(public(Charts(corpus))) <= completed("corpus.charts.", corpus)
    assert "as_read" not in vars(corpus)  # typing reads no article


def completed(typed, corpus):
    """What Jupyter offers after Tab."""
    shell = InteractiveShell.instance()
    shell.user_ns["corpus"] = corpus
    with provisionalcompleter():
        return {found.text for found in shell.Completer.completions(typed, len(typed))}


@pytest.mark.model
def test_a_chart_marks_corrected_rows_itself(tmp_path, corpus):
    row = corpus.tables.topics.iloc[0]
    for path, text in STORIES.items():
        (tmp_path / path).write_text(f"{text} {'The ministers of both countries talked at length. ' * 4}")
    decision = {"table": "topics", "id": f"{row.article_id}:{row.start_char}", "field": row.dimension}
    save_correction(
        tmp_path, {**dict.fromkeys(COLUMNS, ""), **decision, "old": row.topic, "new": "alliances"}
    )
    corrected = open_corpus(tmp_path, store="")
    assert corrected.charts.themes().alt.endswith("With 1 correction by an analyst (all articles).")
    assert "correction" not in corpus.charts.themes().alt


@pytest.mark.model
def test_a_cell_that_is_run_again_shows_the_same_explorer_without_the_filters_chosen_by_hand(seeds):
    corpus = open_corpus(seeds, store="")
    first = corpus.explorers.events(pair="CHN-USA")
    first.controls["search"].value, followers = "tariffs", len(corpus.followers)
    again = corpus.explorers.events(pair="CHN-USA")
    assert (again, again.asked(), len(corpus.followers)) == (first, {"pair": "CHN-USA"}, followers)
    assert corpus.forms.correct() is corpus.forms.correct() is not corpus.explorers.articles()


@pytest.mark.model
def test_what_is_none_is_left_out_and_a_day_may_be_a_date(seeds):
    corpus = open_corpus(seeds, pair=None, since=date(2024, 4, 2), until=None, store=None)
    assert corpus.articles["path"].tolist() == ["war.txt"]
    assert set(corpus.events["article_id"]) == set(corpus.articles["article_id"])
    assert open_corpus(seeds, until="2024-04-10", store="").articles["path"].tolist() == ["talks.txt"]
    assert corpus.store == ""


DRAWN = Chart(new_figure("Talks", 1.0), "Bar chart. Talks")
TABLE = View("<table><tr><td>talks</td></tr></table>")
NO_LINE, NO_SPIKE = empty_chart("No chart: one day."), View("<p>No spike was found.</p>")


def test_sentences_share_one_line_below_what_is_drawn():
    *shown, line = together(NO_LINE, DRAWN, NO_SPIKE, TABLE).parts
    assert shown == [DRAWN, TABLE]
    assert line.html.count("<p>") == 1
    assert line.text == "No chart: one day. No spike was found."


def test_the_same_sentence_is_said_once():
    (line,) = together(NO_LINE, empty_chart("No chart: one day.")).parts
    assert line.text == "No chart: one day."


def test_without_sentences_there_is_no_line():
    assert together(DRAWN, TABLE).parts == (DRAWN, TABLE)


def test_a_cell_shows_each_part_by_itself():
    InteractiveShell.instance()
    with capture_output() as captured:
        together(DRAWN, TABLE, NO_SPIKE)._ipython_display_()
    assert [sorted(output.data)[0] for output in captured.outputs] == ["image/png", "text/html", "text/html"]
