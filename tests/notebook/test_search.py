"""`corpus.search` gives a table with the words marked, in the scope of the corpus."""

import pandas as pd
import pytest

from analysis import CorpusError, open_corpus
from analysis.schemas import SearchHits
from analysis.search.answer import answer_of
from analysis.search.corpus_index import index_of
from analysis.search.query import question_of
from analysis.views.search_hits import found_texts
from tests.search.stories import TANKERS, Story, stories

pytestmark = pytest.mark.model
STORIES = {
    "talks.txt": "China condemned the United States over tankers. Its envoys met those of Japan in Rome.",
    "war.txt": "Russia attacked a tanker of Ukraine on Monday. Ukraine condemned Russia, its minister said.",
}
FILLING = " The ministers of both countries talked at length." * 4


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search") / "seeds"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / name).write_text(text + FILLING)
    (folder / "metadata.csv").write_text(
        "file,title,published_date,outlet,author,url,note\ntalks.txt,Talks,2024-04-01,Daily,,,\n"
        "war.txt,War,2024-04-20,Wire,,,\n"
    )
    return folder


def titles(hits):
    return sorted(hits["title"])


def test_a_search_gives_a_table_of_what_matches_which_filters_narrow(seeds):
    corpus = open_corpus(seeds, store="")
    hits = corpus.search("tanker")
    assert titles(hits) == ["Talks", "War"]
    assert list(hits.columns) == list(SearchHits.columns)
    assert type(hits[hits["title"] == "War"]) is pd.DataFrame
    assert titles(corpus.search("tanker", outlet="wire")) == ["War"]
    assert titles(corpus.search("tanker", until="2024-04-10")) == ["Talks"]
    assert titles(corpus.search("tanker", pair="RUS-UKR")) == ["War"]
    assert titles(corpus.search("condemned tanker", within="sentences")) == ["Talks"]
    assert len(corpus.search("tanker", limit=1)) == 1


def test_a_search_stays_in_the_scope_of_its_corpus(seeds, tmp_path):
    everything = open_corpus(seeds, store=tmp_path)
    assert titles(everything.search("tanker")) == ["Talks", "War"]
    assert titles(open_corpus(seeds, since="2024-04-10", store=tmp_path).search("tanker")) == ["War"]
    assert titles(open_corpus(seeds, pair="CHN-USA", store=tmp_path).search("tanker")) == ["Talks"]
    assert titles(open_corpus(seeds, country="UKR", store=tmp_path).search("tanker", pair="CHN-USA")) == []
    assert titles(everything.search("tanker")) == ["Talks", "War"]


@pytest.mark.parametrize(
    ("typed", "asked", "reason"),
    [
        ("tanker AND", {}, "AND, OR, NOT and - need words"),
        (5, {}, "the search is 5, expected words"),
        ("tanker", {"within": "page"}, "in is 'page', expected articles"),
        ("tanker", {"limit": 0}, "limit is 0, expected a number from 1 up"),
        ("tanker", {"since": "soon"}, "since is 'soon', expected a date"),
        ("tanker", {"country": "Atlantis"}, "country is 'Atlantis'"),
    ],
)
def test_a_mistake_is_one_sentence(seeds, typed, asked, reason):
    with pytest.raises(CorpusError, match=reason) as raised:
        open_corpus(seeds, store="").search(typed, **asked)
    assert raised.value._render_traceback_() == [f"CorpusError: {raised.value}"]


def found(typed, *given, **asked):
    connection = index_of(stories(*given))
    return found_texts(answer_of(connection, question_of(typed, **asked)))


def test_the_table_is_shown_with_its_words_marked_and_every_text_escaped():
    hostile = Story(
        "<script>alert(1)</script> a tanker <b>left</b>", "<img src=x> tanker", outlet="<i>Wire</i>"
    )
    shown = found("tanker OR script", hostile)._repr_mimebundle_()
    html = shown["text/html"]
    assert shown["text/plain"].startswith("1 article matches tanker OR script.")
    assert "<mark>tanker</mark>" in html
    assert "&lt;<mark>script</mark>&gt;" in html
    assert not any(tag in html for tag in ("<script", "<img", "<b>", "<i>"))
    assert "mathjax_ignore" in html


def test_the_places_of_the_words_are_in_the_table():
    row = found("tanker AND Hormuz", TANKERS).iloc[0]
    words = [row["text"][slice(*map(int, one.split("-")))] for one in row["text_marks"].split()]
    assert (words, row["title_marks"]) == (["tanker", "Hormuz"], "0-7")
