"""The two sentences that open a notebook are true of whatever was read."""

from analysis.findings.answers import speaker_answer, tension_answer, topic_answer, undated_sentence
from analysis.findings.pair_stories import pair_stories
from tests.tables import TEXT, articles, corpus, events, indicators, quotes, topics


def statement(number, speaker, tone=0.0, **more):
    name = {"speaker_id": speaker, "speaker_name": speaker.title(), "tone_score": tone}
    return {"quote_id": str(number), **name, **more}


def test_topics_are_counted_in_sentences_and_ranked():
    answer = topic_answer(corpus(topics=topics({}, {"start_char": 13}, {"topic": "science"})))
    assert answer.sentences == (
        "The most frequent themes in 2 sentences of 1 article are diplomacy (2) and science (1).",
        "No theatre on the list was recognised; numbers in brackets count sentences.",
    )
    assert "every sentence contains one" in answer.caveat


def test_an_answer_without_a_theme_says_so():
    answer = topic_answer(corpus())
    assert answer.sentences == ("No theme on the list was recognised in 2 sentences of 1 article.",)
    assert "2 sentences contain none" in answer.caveat


def test_speakers_are_counted_with_the_share_of_unnamed_sources():
    rows = [statement(1, "ann"), statement(2, "ann"), statement(3, "bob", is_anonymous=True)]
    first, second = speaker_answer(corpus(quotes=quotes(*rows))).sentences
    assert first == (
        "2 speakers make 3 statements. The most quoted are Ann (2) and Bob (1); "
        "1 statement (33%) comes from an unnamed source."
    )
    assert second == "Too few speakers have two or more statements to compare their tones."


def test_tones_are_compared_only_between_those_who_speak_twice():
    rows = [
        statement(1, "ann", 0.5),
        statement(2, "ann", 0.3),
        statement(3, "bob", -0.1),
        statement(4, "bob", -0.3),
    ]
    rows.append(statement(5, "cid", -1.0))
    second = speaker_answer(corpus(quotes=quotes(*rows))).sentences[1]
    assert "Ann has the highest mean tone (+0.40) and Bob the lowest (-0.20)" in second


def test_an_answer_without_a_speaker_says_so():
    assert speaker_answer(corpus(quotes=quotes({}))).sentences == (
        "No statement with a known speaker was found.",
    )


def test_an_answer_without_an_act_says_so():
    inside = {"target_country_code": "CHN"}
    assert tension_answer(corpus(events=events(inside))).sentences == (
        "No act between two countries was recognised.",
    )


def test_events_are_counted_by_pair_and_acts_apart_from_the_rest():
    rows = [{"event_id": str(n), "status": status} for n, status in enumerate(["past", "future", "negated"])]
    first = tension_answer(corpus(events=events(*rows))).sentences[0]
    assert first == (
        "The articles report 3 events between China and Japan: 1 hostile act, 1 announced and 1 "
        "hypothetical, denied or long past."
    )


def test_too_few_stories_allow_no_comparison():
    tables = corpus(events=events({}), indicators=indicators({}))
    assert tension_answer(tables).sentences[1] == (
        "Whether tension is rising or easing cannot be judged yet: no pair of countries has acts in the 10 "
        "stories needed to compare."
    )


def test_a_pair_with_enough_stories_is_named_with_its_interval():
    tables = corpus(
        articles=articles(*({"article_id": f"{n:016x}", "story_id": f"{n:016x}"} for n in range(12))),
        events=events({"article_id": f"{0:016x}"}),
        indicators=indicators({"value": 0.75, "low": 0.6, "high": 0.9, "story_count": 12, "event_count": 40}),
    )
    second = tension_answer(tables).sentences[1]
    assert second == (
        "Only China and Japan have acts in 10 or more stories: hostile acts make up 0.75 of the intensity "
        "between them (95% interval 0.60 to 0.90, 12 stories)."
    )


def test_a_pairs_story_counts_what_eases_strains_and_is_announced():
    rows = [
        {"event_id": "1", "root": "CONSULT", "quad": 1, "intensity": 2.5},
        {"event_id": "2", "root": "CONSULT", "quad": 1, "intensity": 2.5},
        {"event_id": "3", "root": "SANCTION", "quad": 4, "intensity": -6.0},
        {"event_id": "4", "root": "AGREE", "quad": 1, "intensity": 2.5, "status": "future"},
        {"event_id": "5", "root": "ASSAULT", "quad": 4, "intensity": -9.0, "status": "hypothetical"},
    ]
    about = {"start_char": 13, "end_char": len(TEXT), "topic": "trade and tariffs"}
    (story,) = pair_stories(corpus(events=events(*rows), topics=topics(about)))
    assert story.name == "China – Japan"
    assert story.parts == [
        "Cooperative: 2 acts: talks by China (2); about trade and tariffs",
        "Hostile: 1 act: sanction by China; about trade and tariffs",
        "Acts by China (3)",
        "Announced: agreement or pledge by China",
    ]


def test_what_one_side_reports_of_the_others_dealings_is_contested():
    said = {"speaker_id": "tokyo", "speaker_name": "Tokyo", "country_code": "JPN"}
    aid = {
        "event_id": "1",
        "root": "AID",
        "quad": 2,
        "intensity": 10.0,
        "target_id": "RUS",
        "target_country_code": "RUS",
        "reported_by": "tokyo",
    }
    tables = corpus(events=events(aid, {"event_id": "2"}, {"event_id": "3"}), quotes=quotes(said))
    assert "Contested: speakers from Japan report Chinese aid to Russia (1)" in pair_stories(tables)[0].parts


def test_pairs_without_acts_have_no_story():
    assert pair_stories(corpus()) == []


def test_undated_articles_are_counted_in_a_sentence():
    dated = {"published_date": "2024-04-20"}
    assert undated_sentence(articles(dated)) == ""
    assert undated_sentence(articles(dated, {"article_id": "f" * 16})).startswith(
        "1 of 2 articles has no date:"
    )


def test_the_pair_to_look_at_first_is_named_with_its_share_of_the_events():
    pairs = (("CHN", "USA"), ("CHN", "USA"), ("FRA", "DEU"), ("IND", "PAK"), ("RUS", "UKR"))
    found = [
        {"event_id": str(n), "source_country_code": source, "target_country_code": target}
        for n, (source, target) in enumerate(pairs)
    ]
    first = tension_answer(corpus(events=events(*found))).sentences[0]
    assert first.startswith(
        "The articles report 5 events between 4 pairs of countries. 2 are between China and the United States"
    )
