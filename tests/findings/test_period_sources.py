"""One sentence says what a period rests on: stories, outlets, statements, and who is not heard."""

import pytest

from analysis.findings.period_sources import period_sources, rests_on_sentence
from tests.tables import articles, corpus, quotes

SPEAKER = {"speaker_id": "CHN", "speaker_name": "China", "country_code": "CHN"}


def sentence(pairs=("CHN-JPN",), **tables):
    read = corpus(**tables)
    return rests_on_sentence(period_sources(read, pairs, read.articles["article_id"]))


def stories(count, **columns):
    return [{"article_id": f"{n:016x}", "story_id": f"{n:016x}", **columns} for n in range(count)]


def test_one_story_without_an_outlet_and_a_silent_side():
    spoken = quotes({"quote_id": "q", **SPEAKER}, {"quote_id": "r", "is_anonymous": True})
    assert sentence(articles=articles({"published_date": "2024-04-20"}), quotes=spoken) == (
        "One story, outlet unknown, 20 April 2024; 2 statements, 1 of them from an unnamed source; "
        "nobody is quoted for Japan."
    )


@pytest.mark.parametrize(
    ("is_anonymous", "said"),
    [(True, "1 statement, from an unnamed source"), (False, "1 statement, not from an unnamed source")],
)
def test_one_statement_is_put_in_the_singular(is_anonymous, said):
    spoken = quotes({**SPEAKER, "is_anonymous": is_anonymous})
    assert f"; {said};" in sentence(articles=articles({}), quotes=spoken)


def test_a_side_with_an_unsure_statement_is_not_called_silent():
    unsure = {**SPEAKER, "quote_id": "r", "speaker_id": "JPN", "country_code": "JPN", "probability": 0.4}
    said = sentence(quotes=quotes({"quote_id": "q", **SPEAKER}, unsure))
    assert said.endswith("; no statement can be traced with certainty to an official of Japan.")
    assert "nobody is quoted" not in said


def test_a_wire_story_is_called_one():
    assert sentence(articles=articles({"outlet": "Reuters"})) == (
        "One wire story, Reuters, undated; nobody is quoted."
    )


def test_many_stories_with_few_quotes_hardly_quote_anybody():
    rows = stories(8, outlet="The Daily", published_date="2025-10-06")
    rows += [
        {"article_id": "f" * 16, "story_id": "f" * 16, "outlet": "The Post", "published_date": "2025-10-12"}
    ]
    spoken = quotes({**SPEAKER, "article_id": "f" * 16})
    assert sentence(articles=articles(*rows), quotes=spoken) == (
        "9 stories from 2 outlets, 6 to 12 October 2025; The Daily carries 8 of them; "
        "hardly anybody is quoted."
    )


def test_reprints_are_counted_apart():
    rows = [{"outlet": "The Daily"}, {"article_id": "f" * 16, "outlet": "The Post"}]
    assert sentence(articles=articles(*rows)) == (
        "One story from 2 outlets, undated; nobody is quoted; 1 reprint not counted."
    )


def test_a_period_without_articles_is_an_error():
    with pytest.raises(ValueError, match="the period has no articles"):
        period_sources(corpus(), ["CHN-JPN"], [])
