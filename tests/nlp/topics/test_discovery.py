"""Topics that a corpus suggests: only from enough articles, the same each time, with stable numbers."""

import pandas as pd
import pytest

from analysis.ingest.corpus import Draft, article_rows, article_table
from analysis.nlp.topics.discovery import (
    discover_topics,
    load_memory,
    taxonomy_words,
    topic_count,
    topic_ids,
    write_memory,
)
from tests.coverage import written

WORDS = {
    "reef": "turtles seagrass lagoon divers plankton",
    "rail": "locomotive sleepers gauge junction timetable",
    "wool": "looms yarn spindle dyers weavers",
}


def corpus_of(*kinds):
    texts = []
    for n, kind in enumerate(kinds):
        words = WORDS[kind].split()
        texts.append(f"Number{'x' * n} " + " ".join(words[n % 5 :] + words[: n % 5] + words[:3]))
    rows, _ = article_rows([Draft(f"{n:03}.txt", text) for n, text in enumerate(texts)])
    return article_table(rows)


def test_too_few_articles_suggest_nothing():
    table, memory = discover_topics(corpus_of(*["reef"] * 19))
    assert (len(table), memory) == (0, {})


def test_articles_about_one_thing_share_a_topic():
    articles = corpus_of(*["reef", "rail", "wool"] * 8)
    table, _ = discover_topics(articles)
    topic_of = table.set_index("article_id")["topic_id"]
    kinds = [set(topic_of[articles["article_id"][n::3]]) for n in range(3)]
    assert [len(kind) for kind in kinds] == [1, 1, 1]
    assert len(set.union(*kinds)) == 3


def test_words_of_outlets_are_no_topic():
    articles = corpus_of(*["reef", "rail", "wool"] * 8)
    texts = articles["text"] + [" reuters harbourpost", " quay"] * 12
    table, _ = discover_topics(articles.assign(text=texts, outlet="Harbourpost"))
    assert not table["terms"].str.contains("reuters|harbourpost").any()


def test_the_same_articles_give_the_same_topics():
    articles = corpus_of(*["reef", "rail", "wool"] * 8)
    pd.testing.assert_frame_equal(discover_topics(articles)[0], discover_topics(articles)[0])


def test_a_topic_keeps_its_number_when_articles_join():
    kinds = [*["wool", "rail", "reef"] * 6, "reef", "reef"]
    before, memory = discover_topics(corpus_of(*kinds))
    after, _ = discover_topics(corpus_of("rail", "rail", "wool", "wool", *kinds), memory)
    with_yarn = [set(table.loc[table["terms"].str.contains("yarn"), "topic_id"]) for table in (before, after)]
    assert with_yarn[0] == with_yarn[1] != set()


def test_a_topic_like_no_known_one_gets_the_next_number():
    known = {"D1": {"lagoon": 1.0}, "D4": {"junction": 1.0}}
    assert topic_ids([{"yarn": 1.0}, {"lagoon": 1.0}], known) == ["D5", "D1"]


def test_words_of_the_taxonomy_are_left_out():
    assert "war" in taxonomy_words()


def test_the_number_of_topics_grows_slowly():
    assert [topic_count(n) for n in (20, 100, 10_000)] == [3, 7, 12]


def test_topics_are_remembered_and_a_damaged_file_is_an_error(tmp_path):
    path = tmp_path / ".faultline" / "discovered.json"
    assert load_memory(path) == {}
    write_memory(path, {"D1": {"yarn": 0.5}})
    assert load_memory(path) == {"D1": {"yarn": 0.5}}
    path.write_text("{")
    with pytest.raises(ValueError, match=r"discovered\.json is damaged"):
        load_memory(path)


@pytest.mark.parametrize("number", ["", " {n}"])
def test_articles_that_are_all_the_same_suggest_no_topic(number):
    texts = [f"China accused Japan on Monday, officials said{number.format(n=n)}." for n in range(30)]
    found, memory = discover_topics(written(*texts))
    assert found.empty
    assert memory == {}
