"""Charts of speakers: tone with interval and spread, what they speak of, whom they are for and against."""

import pytest

from analysis.charts.speakers import (
    NOBODY,
    speaker_chart,
    stance_matrix_chart,
    statement_themes,
    topic_by_speaker_chart,
)
from analysis.schemas import Stances
from tests.tables import ARTICLE, articles, frame, quotes, topics


def many(count):
    """As many stories of one article."""
    return articles(*({"article_id": f"{n:016x}", "story_id": f"{n:016x}"} for n in range(count)))


def said(number, speaker, tone, article=ARTICLE, **more):
    return {
        "quote_id": f"{speaker}{number}",
        "article_id": article,
        "speaker_id": speaker,
        "speaker_name": speaker.title(),
        "tone_score": tone,
        "text": f"words {number}",
        **more,
    }


def stance(number, quote, label, target="china"):
    given = {"stance_id": str(number), "quote_id": quote, "article_id": ARTICLE, "label": label}
    target = {"target_id": target, "target_name": target.title(), "start_char": 0, "end_char": 5}
    return {**given, **target, "score": 0.0, "is_abstained": label is None}


def stances(*rows):
    return frame(Stances, rows, {})


def title(chart):
    return chart.figure.get_suptitle()


def test_a_speaker_from_one_story_has_a_mean_but_no_interval():
    chart = speaker_chart(quotes(said(1, "wang", 0.5), said(2, "wang", -0.1)), articles())
    assert "Wang +0.20 (n=2 in 1 story; statements from -0.10 to +0.50)" in chart.alt
    assert chart.figure.axes[0].get_yticklabels()[0].get_text() == "Wang (2 in 1)"
    assert title(chart).startswith("Too few stories to tell speakers apart")


def test_two_speakers_with_ten_stories_and_separate_intervals_differ():
    rows = [said(n, who, tone, f"{n:016x}") for n in range(10) for who, tone in (("ann", 0.5), ("bob", -0.2))]
    assert title(speaker_chart(quotes(*rows), many(10))) == (
        "Ann sounds warmer (+0.50) than Bob (-0.20); their intervals do not overlap"
    )


def test_a_statement_that_a_reprint_repeats_counts_once():
    copies = articles({"article_id": "a" * 16, "story_id": "s"}, {"article_id": "b" * 16, "story_id": "s"})
    rows = [said(n, "wang", 0.5, article * 16, text="Hello.") for n, article in enumerate("ab")]
    assert "Wang +0.50 (n=1 in 1 story" in speaker_chart(quotes(*rows), copies).alt


def test_a_statement_has_the_themes_of_the_sentences_it_overlaps():
    themes = topics(
        {"start_char": 0, "end_char": 10, "topic": "diplomacy"},
        {"start_char": 10, "end_char": 20, "topic": "sanctions"},
        {"start_char": 10, "end_char": 20, "topic": "alliances"},
        {"start_char": 20, "end_char": 30, "topic": "sports"},
        {"article_id": "f" * 16, "start_char": 0, "end_char": 30, "topic": "disasters"},
    )
    rows = quotes(
        said(1, "wang", 0.0, start_char=5, end_char=20), said(2, "wang", 0.0, start_char=31, end_char=40)
    )
    told = statement_themes(rows, themes)
    assert sorted(zip(told["quote_id"], told["topic"], strict=True)) == [
        ("wang1", "alliances"),
        ("wang1", "diplomacy"),
        ("wang1", "sanctions"),
    ]


def test_topics_of_a_speaker_are_counted_in_statements():
    rows = quotes(
        said(1, "wang", 0.0, start_char=0, end_char=5), said(2, "wang", 0.0, start_char=50, end_char=60)
    )
    alone = topic_by_speaker_chart(rows, topics({}))
    assert alone.alt == "Only Wang talks about a theme, which is diplomacy: 1 of 2 statements."
    both = topics({}, {"start_char": 50, "end_char": 60}, {"topic": "sports"})
    chart = topic_by_speaker_chart(rows, both)
    assert title(chart) == "Wang talks about diplomacy most: 2 of 2 statements"
    assert "Wang (n=2): diplomacy 2, sports 1" in chart.alt


def test_stances_are_counted_as_for_against_neither_and_undecided():
    rows = [stance(n, "wang1", label) for n, label in enumerate((1, -1, -1, -1, 0, None))]
    alone = stance_matrix_chart(quotes(said(1, "wang", 0.0)), stances(*rows))
    assert alone.alt == "The only stance: Wang on China: for 1, against 3, neither 1, undecided 1."
    japan = stance(9, "wang1", 1, "japan")
    chart = stance_matrix_chart(quotes(said(1, "wang", 0.0)), stances(*rows, japan))
    assert title(chart) == "Most one-sided: Wang against China, 3 of 5 decided stances"
    assert "Wang on China: for 1, against 3, neither 1, undecided 1" in chart.alt
    assert chart.figure.axes[0].texts[0].get_text() == "+1 −3\nof 5 ?1"


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (speaker_chart(quotes({}), articles()), NOBODY),
        (
            topic_by_speaker_chart(quotes(), topics({})),
            "No statement with a known speaker is in a sentence",
        ),
        (stance_matrix_chart(quotes(), stances()), "No speaker names an actor"),
    ],
)
def test_without_speakers_there_is_a_sentence_instead_of_a_chart(chart, said):
    assert chart.alt.startswith(said)
    assert not chart.figure.axes
