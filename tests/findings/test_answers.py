"""The two sentences that open a notebook are true of whatever was read, and say how firmly they stand."""

from analysis.findings.answers import (
    speaker_answer,
    speaker_robustness,
    tension_robustness,
    topic_answer,
    topic_robustness,
)
from analysis.findings.incident_lines import incident_lines, pair_stories
from tests.news import inputs_on, met, struck
from tests.reports import inputs_of, report
from tests.tables import corpus, quotes, topics


def statement(number, speaker, tone=0.0, **more):
    name = {"speaker_id": speaker, "speaker_name": speaker.title(), "tone_score": tone}
    return {"quote_id": str(number), **name, **more}


def test_topics_are_counted_in_sentences_and_ranked():
    answer = topic_answer(corpus(topics=topics({}, {"start_char": 13}, {"topic": "science"})))
    assert answer.sentences == (
        "The most frequent themes in 2 sentences of 1 article are diplomacy (2) and science (1).",
        "No theatre on the list was recognised; numbers in brackets count sentences.",
    )
    assert "every sentence has one" in answer.caveat


def test_an_answer_without_a_theme_says_so():
    answer = topic_answer(corpus())
    assert answer.sentences == ("No theme on the list was recognised in 2 sentences of 1 article.",)
    assert "2 sentences have none" in answer.caveat


def test_speakers_are_counted_with_the_share_of_unnamed_sources():
    rows = [statement(1, "ann"), statement(2, "ann"), statement(3, "bob")]
    rows += [statement(4 + n, f"official {n}", is_anonymous=True) for n in range(3)]  # in three articles
    said = corpus(quotes=quotes(*rows))
    assert speaker_answer(said).sentences[0] == (
        "5 speakers make 6 statements. The most quoted by name are Ann (2) and Bob (1); "
        "3 statements (50%) come from unnamed sources."
    )
    assert speaker_robustness(said)[0] == "Ann has the most statements, by 1."
    (first,) = speaker_answer(corpus(quotes=quotes(*rows[3:4]))).sentences
    assert (
        first
        == "1 speaker makes 1 statement. None is named; 1 statement (100%) comes from an unnamed source."
    )


def test_an_answer_without_a_speaker_says_so():
    assert speaker_answer(corpus(quotes=quotes({}))).sentences == (
        "No statement with a known speaker was found.",
    )


def test_a_pair_in_short_counts_what_strains_eases_and_is_announced():
    reports = (
        report("CHN", "USA", "COERCE", day="2025-05-05"),
        report("USA", "CHN", "ACCUSE", day="2025-05-06"),
        report("CHN", "USA", "CONSULT", day="2025-05-07"),
        report("IND", "PAK", "ACCUSE", day="2025-05-08"),
    )
    inputs = inputs_of(*reports)
    stories = dict(pair_stories(inputs))
    assert stories["China – United States"] == [
        "Hostile: 2 incidents: pressure by China, accusation by the United States",
        "Cooperative: 1 incident: talks by China",
    ]
    assert stories["India – Pakistan"] == ["Hostile: 1 incident: accusation by India"]
    words = [one.what.lower() for one in incident_lines(inputs.current, inputs)]  # those of the table
    assert sorted(words) == ["accusation", "accusation", "pressure", "talks"]
    assert pair_stories(inputs_of()) == []


TOWNS = ("Odesa", "Kharkiv", "Lviv", "Sumy")


def tension(*stories):
    return tension_robustness(inputs_on(*stories, period="all"))


def test_a_lead_of_many_stories_stands_without_any_one():
    said = tension(*(struck("2025-05-05", town) for town in TOWNS), met("2025-05-05"))
    assert said[0] == "Russia – Ukraine has the most incidents, by 3."
    assert said[1] == "The lead holds without any one story."


def test_a_lead_that_one_story_makes_is_lost_without_it():
    assert (
        "The lead depends on each of 2 stories: without it, another leads or draws level."
        in tension(struck("2025-05-05"), struck("2025-05-06", "Odesa"), met("2025-05-05"))[1]
    )


def test_a_shared_lead_and_nothing_at_all_are_said():
    shared = tension(struck("2025-05-05"), met("2025-05-05"))
    assert shared[0].startswith("China – United States and Russia – Ukraine have the most incidents")
    assert topic_robustness(corpus()) == ["No sentence was found: one that was missed would change that."]
