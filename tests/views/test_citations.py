"""The page of articles shows each article as it was read, with what was found in it marked."""

from analysis.views.citations import articles_page
from tests.tables import ARTICLE, corpus, events, quotes


def test_the_word_that_carries_an_act_is_marked_as_such_and_not_as_a_speaker():
    html = articles_page([ARTICLE], corpus(quotes=quotes().iloc[:0], events=events({})))
    assert '<mark class="trigger">warned</mark>' in html
    assert "speaker" not in html.split("<h2>")[1]
