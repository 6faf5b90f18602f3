"""The page of articles shows each article as it was read, with what was found in it marked."""

import time
from itertools import pairwise

from analysis.schemas import Sentences
from analysis.views.articles import articles_page
from tests.tables import ARTICLE, articles, corpus, events, frame, quotes


def test_the_word_that_carries_an_act_is_marked_as_such_and_not_as_a_speaker():
    html = articles_page([ARTICLE], corpus(quotes=quotes().iloc[:0], events=events({})))
    assert '<mark class="trigger">warned</mark>' in html
    assert "speaker" not in html.split("<h2>")[1]


def test_a_headline_that_is_the_title_is_there_once_and_links_still_lead_to_it():
    headline, news = "Envoys meet in Rome", "They spoke at length."
    spans = ((0, len(headline)), (len(headline) + 2, len(headline) + 2 + len(news)))
    text = f"{headline}\n\n{news}"
    rows = [
        {"sentence_id": f"{ARTICLE}:{a}", "start_char": a, "end_char": b, "text": text[a:b], "paragraph": n}
        for n, (a, b) in enumerate(spans)
    ]
    found = corpus(
        articles=articles({"text": text, "title": headline}),
        sentences=frame(Sentences, rows, {"article_id": ARTICLE}),
        quotes=quotes().iloc[:0],
        events=events().iloc[:0],
    )
    html = articles_page([ARTICLE], found)
    assert html.count(headline) == 1
    assert f'<h2><span id="s-{ARTICLE}-0">{headline}</span></h2>' in html
    assert f'<p><span id="s-{ARTICLE}-{spans[1][0]}">{news}</span></p>' in html


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


def seconds_for(count):
    """Seconds of one core for the page of an article of so many paragraphs, each of one sentence."""
    text = "| \n" * count
    rows = [
        {"sentence_id": f"{ARTICLE}:{n}", "start_char": 3 * n, "end_char": 3 * n + 1, "paragraph": n}
        for n in range(count)
    ]
    sentences = frame(Sentences, rows, {"article_id": ARTICLE, "text": "|"})
    found = corpus(articles=articles({"text": text}), sentences=sentences, quotes=quotes().iloc[:0])
    start = time.process_time()
    html = articles_page([ARTICLE], found)
    assert html.count("|</span>") == count
    return time.process_time() - start


def test_the_page_takes_time_in_step_with_the_number_of_paragraphs():
    assert seconds_for(20_000) < 5  # it took 14 when each paragraph was compared with each sentence
