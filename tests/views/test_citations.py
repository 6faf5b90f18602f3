"""The page of articles shows each article as it was read, with what was found in it marked."""

from itertools import pairwise

from analysis.schemas import Sentences
from analysis.views.citations import articles_page
from tests.tables import ARTICLE, articles, corpus, events, frame, quotes


def test_the_word_that_carries_an_act_is_marked_as_such_and_not_as_a_speaker():
    html = articles_page([ARTICLE], corpus(quotes=quotes().iloc[:0], events=events({})))
    assert '<mark class="trigger">warned</mark>' in html
    assert "speaker" not in html.split("<h2>")[1]


def test_a_word_without_end_fills_no_page_though_the_parse_takes_it_for_many_sentences():
    text = f"We see {'x' * 3_000_000} there."
    cuts = [0, *range(200, len(text), 250), len(text)]
    rows = [
        {"sentence_id": f"{ARTICLE}:{a}", "start_char": a, "end_char": b, "text": text[a:b]}
        for a, b in pairwise(cuts)
    ]
    sentences = frame(Sentences, rows, {"article_id": ARTICLE, "paragraph": 0})
    found = corpus(articles=articles({"text": text}), sentences=sentences, quotes=quotes().iloc[:0])
    html = articles_page([ARTICLE], found)
    assert f">We see {'x' * 193}</span>{'x' * 100}… [2,999,750 characters]<span" in html
    assert html.count("<span") == 2
    assert len(html) < 5_000
