"""How robust an answer is is counted again, and true of whatever was read."""

from analysis.findings.robustness import (
    robustness_view,
    speaker_robustness,
    tension_robustness,
    topic_robustness,
)
from tests.reports import inputs_of, report
from tests.tables import articles, corpus, quotes, topics


def read(*outlets):
    """One story an outlet, or of no outlet."""
    return articles(
        *(
            {"article_id": f"{n:016x}", "story_id": f"s{n}", "title": f"Story {n}", "outlet": outlet}
            for n, outlet in enumerate(outlets)
        )
    )


def themes(*counts):
    """Sentences of each story with a theme: {"diplomacy": 2, "sports": 1}."""
    rows = [
        {"article_id": f"{story:016x}", "topic": topic, "start_char": place, "end_char": place + 1}
        for story, found in enumerate(counts)
        for topic, count in found.items()
        for place in range(count)
    ]
    return topics(*rows)


def sentences(of, *outlets):
    return topic_robustness(corpus(articles=read(*outlets), topics=themes(*of)))


def test_everything_may_rest_on_one_story_of_an_unknown_outlet():
    assert sentences([{"diplomacy": 2}], None) == [
        "Everything rests on one story; a second could put another theme in the lead.",
        "No article names its outlet, so a single outlet may account for the lead.",
    ]


def test_a_lead_may_hold_without_any_one_story_or_outlet():
    assert sentences([{"diplomacy": 3, "sports": 1}, {"diplomacy": 3, "sports": 1}], "Post", "Times") == [
        "Diplomacy leads by 4 sentences and would still lead without any one story.",
        "Diplomacy leads by 4 sentences and would still lead without any one outlet.",
    ]


def test_the_story_without_which_another_theme_would_lead_is_named():
    first, second = sentences([{"diplomacy": 5}, {"sports": 3}, {"sports": 1}], "Post", "Times", "Times")
    assert first == "Diplomacy leads by 1 sentence; without one story, “Story 0”, sports would lead."
    assert second == "Diplomacy leads by 1 sentence; without one outlet, “Post”, sports would lead."


def test_articles_without_an_outlet_do_not_count_as_one_outlet():
    assert sentences([{"diplomacy": 9}, {"sports": 3}, {"sports": 1}], None, "Post", "Times")[1] == (
        "Diplomacy leads by 5 sentences and would still lead without any one outlet."
    )


def test_a_shared_lead_is_called_shared():
    assert sentences([{"diplomacy": 2}, {"sports": 2}], None, None)[0] == (
        "Diplomacy and sports share the lead, so a single story would decide it."
    )


def statement(number, speaker, tone, probability=0.9):
    name = {"speaker_id": speaker, "speaker_name": speaker.title()}
    return {"quote_id": str(number), **name, "tone_score": tone, "probability": probability}


def test_the_most_quoted_of_sure_statements_is_named():
    rows = [statement(1, "ann", 0.0, 0.4), statement(2, "ann", 0.0, 0.4), statement(3, "bob", 0.0)]
    sure = speaker_robustness(corpus(quotes=quotes(*rows)))[2]
    assert sure.startswith("Counting only the one of 3 statements whose attribution is at least 70% certain")
    assert sure.endswith("the most quoted would be Bob.")


def test_every_notebook_says_when_nothing_was_found():
    assert topic_robustness(corpus())[0].startswith("No theme was recognised")
    assert speaker_robustness(corpus())[0].startswith("Nobody is quoted")
    assert tension_robustness(inputs_of())[0].startswith("No act between two countries")


def test_a_title_is_shown_as_text():
    assert "<script>" not in robustness_view(["without <script>alert(1)</script>"]).html


def test_the_incidents_that_would_reverse_a_balance_are_counted():
    days = [f"2025-05-{day:02}" for day in range(5, 11)]
    roots = ("CONSULT", "AID", "AGREE", "ACCUSE")
    reports = [report("CHN", "JPN", root, day=day) for root, day in zip(roots, days, strict=False)]
    assert tension_robustness(inputs_of(*reports))[-1] == (
        "Between China and Japan, 3 incidents are cooperative and 1 hostile: "
        "2 incidents read the wrong way round would reverse the balance."
    )
