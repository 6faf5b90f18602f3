"""What a headline or a reprint tells again counts once, and the best known copy is the one that counts."""

import pandas as pd
import pytest

from analysis.indicators.deduplication import repeated_events, repeated_text, reprinted_stories
from analysis.pipeline.filters import deduplicate
from tests.coverage import coded, coverage, written
from tests.tables import corpus, quotes, topics


def copied(articles, *acts):
    return repeated_events(coded(*acts), articles).tolist()


def headlined(articles, mark="\n"):
    """Articles below a headline, which ends with its line or goes on in it."""
    return articles.assign(title="Azerbaijan", text="Azerbaijan" + mark + articles["text"])


def test_a_title_cut_from_the_first_sentences_is_no_headline():
    articles = headlined(coverage("2024-04-20"), mark=" ")
    shelling = (0, "AZE", "ARM", "ASSAULT", "past")
    assert copied(articles, shelling, shelling) == [False, False]


def test_a_headline_repeated_by_its_text_is_a_copy_and_one_that_says_more_is_not():
    articles = headlined(coverage("2024-04-20"))
    shelling = (0, "AZE", "ARM", "ASSAULT", "past")
    assert copied(articles, shelling, shelling, shelling) == [True, False, False]
    assert copied(articles, shelling, (0, "ARM", "AZE", "ACCUSE", "past")) == [False, False]


def test_a_headline_in_the_present_tense_repeats_a_text_in_the_past_tense():
    articles = headlined(coverage("2024-04-20"))
    assert copied(
        articles, (0, "AZE", "ARM", "ASSAULT", "ongoing"), (0, "AZE", "ARM", "ASSAULT", "past")
    ) == [True, False]


@pytest.mark.parametrize(
    ("dates", "outlets", "copies"),
    [
        ((None, "2024-04-20"), (None, "Wire"), [True, False]),
        (("2024-04-21", "2024-04-20"), ("Herald", "Wire"), [True, False]),
        (("2024-04-20", "2024-04-21"), (None, "Wire"), [False, True]),
        (("2024-04-20", "2024-04-20"), (None, "Wire"), [True, False]),
        (("2024-04-20", "2024-04-20"), (None, None), [False, True]),
    ],
)
def test_the_lead_article_is_dated_then_oldest_then_the_one_with_an_outlet(dates, outlets, copies):
    articles = coverage(*dates, stories=["s", "s"]).assign(outlet=list(outlets))
    assert copied(articles, *[(n, "USA", "CHN", "ACCUSE", "past") for n in (0, 1)]) == copies


def test_acts_without_a_country_are_copies_only_of_the_same_actor():
    articles = coverage("2024-04-20", "2024-04-20", stories=["s", "s"])
    events = coded((0, None, "CHN", "ACCUSE", "past"), (1, None, "CHN", "ACCUSE", "past"))
    assert repeated_events(events, articles).tolist() == [False, True]
    other = events.assign(source_id=["org:x", "org:y"])
    assert repeated_events(other, articles).tolist() == [False, False]


def test_the_same_words_in_a_reprint_are_repeated_despite_spaces_and_figures():
    articles = written("At 9 go. She came.", "At  8 go.").assign(story_id="s")
    rows = pd.DataFrame(
        {
            "article_id": [articles["article_id"][0]] * 2 + [articles["article_id"][1]],
            "start_char": [0, 9, 0],
            "end_char": [8, 18, 9],
        }
    )
    assert repeated_text(rows, articles).tolist() == [False, False, True]
    apart = articles.assign(story_id=articles["article_id"])
    assert not repeated_text(rows, apart).any()


def test_a_corpus_without_reprints_stays_as_it_is():
    tables = corpus(topics=topics({}), quotes=quotes({}))
    once = deduplicate(tables)
    for name in ("sentences", "quotes", "stances", "events", "topics"):
        pd.testing.assert_frame_equal(getattr(once, name), getattr(tables, name))


def test_the_lead_article_of_a_story_is_listed_first():
    articles = coverage("2024-04-22", "2024-04-20", "2024-04-21", "2024-04-20", stories=["a", "a", "b", "a"])
    (story,) = reprinted_stories(articles)
    assert story["article_id"].str[-1].tolist() == ["1", "3", "0"]


def test_of_two_copies_from_one_day_the_longer_one_is_the_story():
    articles = coverage("2024-04-20", "2024-04-20").assign(story_id="s", outlet="Daily", word_count=[80, 120])
    assert reprinted_stories(articles)[0]["word_count"].tolist() == [120, 80]
    act = ("AZE", "ARM", "ASSAULT", "past")
    assert copied(articles, (0, *act), (1, *act)) == [True, False]
