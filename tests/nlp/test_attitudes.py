"""What speakers hold of countries: whom a judging word hits, what is added up, and what no attitude is."""

import pytest

from analysis.country_names import country_names
from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.attitudes import (
    Remark,
    article_signs,
    event_signs,
    find_attitudes,
    find_remarks,
    side_code,
    softmax,
    summed,
)
from analysis.nlp.events.coder import Event, find_events, read_text
from analysis.nlp.parse.parser import parse
from analysis.nlp.quotes.attribution import find_quotes


def remark(speaker, target):
    return Remark(0, 40, "Marta Silva", speaker, speaker, target, target, (5, 10), None, False)


def event(source, target, root, quad, *, status="past", probability=0.8):
    sides = (source, source, source, "country", target, target, target, "country")
    return Event(0, 40, 5, 10, *sides, root, None, None, quad, 0.0, status, probability, "test")


@pytest.fixture
def attitudes_of(parsed):
    """Speaker's country, target and label of each attitude, by rules alone."""

    def run(text):
        doc = parsed(text)
        mentions = find_actors(doc)
        quotes = list(find_quotes(doc, mentions))
        read = read_text(doc, mentions, quotes)
        rows = find_attitudes(read, mentions, quotes, find_events(read))
        return {(row.speaker_country_code, row.target_country_code, row.label) for row in rows}

    return run


def test_signs_tell_the_accused_from_the_victim():
    events = [event("BRA", "KEN", "ACCUSE", 3), event("KEN", "TZA", "ASSAULT", 4)]
    assert event_signs(remark("BRA", "KEN"), events) == {
        "acts": 1.0,
        "speaker > target quad 3": 0.8,
        "target > other against": 0.8,
    }
    assert event_signs(remark("BRA", "TZA"), events) == {
        "acts": 1.0,
        "speaker > other against": 0.8,
        "other > target against": 0.8,
    }


def test_signs_tell_what_is_done_from_what_is_not():
    events = [
        event("BRA", "KEN", "ACCUSE", 3, status="negated"),
        event("BRA", "KEN", "SUPPORT", 1, status="future"),
    ]
    assert set(event_signs(remark("BRA", "KEN"), events)) == {
        "acts",
        "speaker > target quad 3 not done",
        "speaker > target quad 1 not done",
    }


def test_of_two_like_acts_the_surer_counts():
    events = [event("BRA", "KEN", "ACCUSE", 3, probability=p) for p in (0.4, 0.9, 0.6)]
    assert event_signs(remark("BRA", "KEN"), events) == {"acts": 1.0, "speaker > target quad 3": 0.9}


def test_the_article_tells_how_warm_the_speakers_side_is():
    signs = article_signs(remark("BRA", "KEN"), {("BRA", "KEN", 4): 2})
    assert signs == {"article: warmth to target": -0.5, "article: warmth of target": 0}


def test_a_second_sentence_adds_less_than_the_first():
    assert summed([0.5]) == 0.5
    assert summed([0.5, 0.5]) == pytest.approx(1 - 0.5 * (1 - 0.5 * 0.85))
    assert summed([0.1] * 1000) < 0.5


def test_signs_without_a_weight_say_nothing():
    against, favour = softmax({"unknown": 5.0}, {})
    assert against == favour == pytest.approx(1 / 3)


def test_sides_have_codes():
    assert side_code("KEN") == "KEN"
    assert side_code("bloc:european-union") == "EUU"
    assert side_code("group:hezbollah") == "Hezbollah"
    assert side_code("group:islamic-state") == "IslamicState"
    assert side_code("org:reuters") is None


@pytest.mark.model
def test_a_condemned_attack_is_held_against_the_attacker_not_the_victim(attitudes_of):
    found = attitudes_of("Brazil condemned Russia's attack on Ukraine as a brutal crime.")
    assert ("BRA", "RUS", -1) in found
    assert ("BRA", "UKR", -1) not in found


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Brazil warned that an attack on Kenya would be a terrible crime and the beginning of a brutal war.",
        "Brazil said that the arms sent to Kenya were dangerous and deadly.",
    ],
)
def test_who_is_attacked_and_where_weapons_go_is_not_blamed(text, attitudes_of):
    assert ("BRA", "KEN", -1) not in attitudes_of(text)


@pytest.mark.model
def test_an_accusation_and_praise_show_an_attitude(attitudes_of):
    accusation = "Indian Foreign Minister S. Jaishankar accused Pakistan of sheltering terrorists."
    assert attitudes_of(accusation) == {("IND", "PAK", -1)}
    praise = 'Kenyan President William Ruto thanked China. "China is a true friend of Kenya," Ruto said.'
    assert attitudes_of(praise) == {("KEN", "CHN", 1)}


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["Kenya's president arrived in China on Monday.", "Steel prices rose on Monday.", ""]
)
def test_facts_show_no_attitude(text, attitudes_of):
    assert attitudes_of(text) == set()


@pytest.mark.model
def test_nobody_has_an_attitude_towards_their_own_country(parsed):
    doc = parsed('"Kenya must change," Kenyan President William Ruto said in Kenya.')
    mentions = find_actors(doc)
    quotes = list(find_quotes(doc, mentions))
    assert [r for r in find_remarks(doc, mentions, quotes, []) if r.speaker_code == "KEN"] == []


@pytest.mark.model
def test_a_sentence_with_a_hundred_countries_gives_a_bounded_number_of_remarks():
    names = sorted(set(country_names().values()))[:100]
    (doc,) = parse([f"Spain said that {', '.join(names)} and Japan had signed."])
    mentions = find_actors(doc)
    quotes = list(find_quotes(doc, mentions))
    assert 0 < len(list(find_remarks(doc, mentions, quotes, []))) <= 16 * 8
