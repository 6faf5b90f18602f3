"""What would overturn an answer is counted anew, and true of whatever was read."""

from analysis.findings.robustness import (
    robustness_view,
    speaker_robustness,
    tension_robustness,
    topic_robustness,
    undated_view,
)
from tests.tables import articles, corpus, events, indicators, quotes, topics


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


def told(of, *outlets):
    return topic_robustness(corpus(articles=read(*outlets), topics=themes(*of)))


def test_one_story_without_an_outlet_carries_everything():
    assert told([{"diplomacy": 2}], None) == [
        "All rests on one story; a second may name another leading theme.",
        "No article names its outlet, so one outlet may have made the lead.",
    ]


def test_a_lead_that_no_story_and_no_outlet_makes_holds():
    assert told([{"diplomacy": 3, "sports": 1}, {"diplomacy": 3, "sports": 1}], "Post", "Times") == [
        "Diplomacy leads by 4 sentences; without any one story it would still lead.",
        "Diplomacy leads by 4 sentences; without any one outlet it would still lead.",
    ]


def test_the_story_without_which_another_theme_would_lead_is_named():
    first, second = told([{"diplomacy": 5}, {"sports": 3}, {"sports": 1}], "Post", "Times", "Times")
    assert first == "Diplomacy leads by 1 sentence; without one story, “Story 0”, sports would lead."
    assert second == "Diplomacy leads by 1 sentence; without one outlet, “Post”, sports would lead."


def test_articles_without_an_outlet_are_not_taken_for_one():
    assert told([{"diplomacy": 9}, {"sports": 3}, {"sports": 1}], None, "Post", "Times")[1] == (
        "Diplomacy leads by 5 sentences; without any one outlet it would still lead."
    )


def test_a_shared_lead_is_said_so():
    assert told([{"diplomacy": 2}, {"sports": 2}], None, None)[0] == (
        "Diplomacy and sports share the lead, so one story more or less decides it."
    )


def statement(number, speaker, tone, probability=0.9):
    name = {"speaker_id": speaker, "speaker_name": speaker.title()}
    return {"quote_id": str(number), **name, "tone_score": tone, "probability": probability}


def test_the_most_quoted_of_sure_statements_is_named():
    rows = [statement(1, "ann", 0.0, 0.4), statement(2, "ann", 0.0, 0.4), statement(3, "bob", 0.0)]
    sure = speaker_robustness(corpus(quotes=quotes(*rows)))[2]
    assert sure.startswith("Counting only the 1 of 3 statements whose speaker the rule is 70% sure of")
    assert sure.endswith("the most quoted would be Bob.")


def test_a_statement_that_alone_makes_the_highest_tone_is_counted():
    rows = [
        statement(n, "ann", tone) for n, tone in enumerate((1.0, 0.1, 0.1))
    ]  # mean .4, without the first .1
    rows += [statement(n, "bob", 0.3) for n in (3, 4, 5)]
    assert speaker_robustness(corpus(quotes=quotes(*rows)))[3] == (
        "1 statement could, left out, end the highest mean tone of Ann, or leave too few to say."
    )


def test_the_acts_that_would_turn_a_balance_are_counted():
    counts = {"verbal_cooperation_count": 5, "material_cooperation_count": 1, "verbal_conflict_count": 2}
    rows = [{"indicator": name, "value": count} for name, count in counts.items()]
    assert tension_robustness(corpus(events=events({}), indicators=indicators(*rows)))[2] == (
        "Between China and Japan 6 acts are cooperative and 2 hostile: "
        "3 acts read the wrong way round would turn the balance."
    )


def test_nothing_found_is_said_in_every_notebook():
    assert topic_robustness(corpus())[0].startswith("No theme was recognised")
    assert speaker_robustness(corpus())[0].startswith("Nobody is quoted")
    assert tension_robustness(corpus())[0].startswith("No act between two countries")


def test_a_title_is_shown_as_text():
    assert "<script>" not in robustness_view(["without <script>alert(1)</script>"]).html


def test_undated_articles_are_told_under_the_chart():
    assert undated_view(articles()).text.startswith("1 of 1 article has no date")
    assert undated_view(articles({"published_date": "2024-04-20"})).text == "Every article has a date."
