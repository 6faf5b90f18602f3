"""Countries, bodies, datelines and people are found in the order of the text."""

from itertools import pairwise

import pytest

from analysis.nlp.actors.mentions import find_actors

SEED = "seeds/000_5a213ee456dd8f63.txt"


def names(doc):
    """(words, actor_id) of every mention."""
    return [(doc[m.start : m.end].text, m.actor_id) for m in find_actors(doc)]


def halves(doc):
    """Names behind `North` and `South` where they stand alone."""
    return [
        m.name for m in find_actors(doc) if m.end - m.start == 1 and doc[m.start].text in ("North", "South")
    ]


def test_a_capital_means_its_government(words_doc):
    doc = words_doc("Beijing", "answers", "the", "White", "House")
    assert names(doc) == [("Beijing", "CHN"), ("White House", "USA")]


def test_us_in_capitals_is_a_country_and_in_lower_case_a_pronoun(words_doc):
    assert names(words_doc("US", "visit", "to", "us")) == [("US", "USA")]


def test_the_longest_name_wins(words_doc):
    doc = words_doc("South", "China", "Sea", "and", "European", "Union", "and", "South", "Korea")
    assert names(doc) == [("European Union", "bloc:european-union"), ("South Korea", "KOR")]


def test_georgia_is_the_country_only_where_the_text_is_about_it(words_doc):
    assert names(words_doc("voters", "in", "Georgia")) == []
    assert names(words_doc("the", "justice", "minister", "German", "Galushchenko"))[0][1] != "DEU"
    assert ("German", "DEU") in names(words_doc("the", "minister", "met", "German", "voters"))
    doc = words_doc("Georgia", "and", "Georgian", "voters")
    assert names(doc) == [("Georgia", "GEO"), ("Georgian", "GEO")]
    doc = words_doc("Georgia", "and", "Armenia")
    assert names(doc) == [("Georgia", "GEO"), ("Armenia", "ARM")]


def test_a_plural_demonym_names_the_country(words_doc):
    assert names(words_doc("Israelis", "and", "Palestinians")) == [
        ("Israelis", "ISR"),
        ("Palestinians", "PSE"),
    ]


def test_an_organ_of_a_state_acts_for_the_state(words_doc):
    assert names(words_doc("Peruvian", "Navy", "ships")) == [("Peruvian Navy", "PER")]


def test_a_firm_is_not_its_country(words_doc):
    doc = words_doc("Peru", "Mining", "Corporation", "shares")
    assert names(doc) == [("Peru Mining Corporation", "org:peru-mining-corporation")]


def test_the_west_bank_is_not_the_west(words_doc):
    assert names(words_doc("in", "the", "West", "Bank")) == [("the West Bank", "PSE")]


def test_the_national_security_council_is_not_the_un(words_doc):
    doc = words_doc("the", "National", "Security", "Council", "met")
    assert names(doc) == [("National Security Council", "org:national-security-council")]


def test_a_dateline_is_flagged(words_doc):
    doc = words_doc("NAIROBI", "-", "Kenya", "waits")
    assert [(m.actor_id, m.is_dateline) for m in find_actors(doc)] == [("KEN", True), ("KEN", False)]


def test_a_city_with_its_state_is_a_dateline_but_two_capitals_are_not(words_doc):
    filed = words_doc("Washington", ",", "D.C.", "–", "Kenya", "waits")
    assert [(m.actor_id, m.is_dateline) for m in find_actors(filed)] == [("USA", True), ("KEN", False)]
    named = words_doc("Moscow", ",", "Beijing", "–", "no", "talks")
    assert [(m.actor_id, m.is_dateline) for m in find_actors(named)] == [("RUS", False), ("CHN", False)]


def test_a_dash_after_a_whole_sentence_is_no_dateline(words_doc):
    doc = words_doc("Kenya", "waits", "-", "again")
    assert [m.is_dateline for m in find_actors(doc)] == [False]


def test_an_empty_text_names_nobody(nlp):
    assert find_actors(nlp("")) == []


@pytest.mark.model
def test_the_seed_article_names_its_people(parsed):
    with open(SEED, encoding="utf-8") as file:
        mentions = find_actors(parsed(file.read()))
    people = {m.name: (m.country_code, m.role) for m in mentions if m.kind == "person"}
    assert people["Antony Blinken"] == ("USA", "secretary of state")
    assert people["Janet Yellen"] == ("USA", "treasury secretary")
    assert people["Xi Jinping"] == ("CHN", "president")
    assert people["Lai Ching-te"][0] == "TWN"
    assert people["Yun Sun"][1] == "senior fellow"
    assert not any(m.is_dateline for m in mentions)
    spans = [(m.start, m.end) for m in mentions]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.model
def test_two_countries_before_a_noun_are_two_actors_and_no_dateline(parsed):
    mentions = find_actors(parsed("U.S.-China talks resumed."))
    assert [(m.actor_id, m.is_dateline) for m in mentions] == [("USA", False), ("CHN", False)]


@pytest.mark.model
def test_the_north_is_a_korea_once_one_is_names(parsed):
    text = "South Korea is wary. The North threatened the South, and the North's army stirred."
    assert halves(parsed(text)) == ["North Korea", "South Korea", "North Korea"]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "The North threatened the South. North Korea is wary.",
        "North Korea is wary of storms in the North of England and the South China Sea.",
        "North Korea trained Sudan's army. The South broke with the North.",
        "The war between the North and the South is over.",
    ],
)
def test_the_north_may_be_another_north(parsed, text):
    assert halves(parsed(text)) == []


@pytest.mark.model
def test_an_ethnic_minority_is_no_country_and_the_west_african_bloc_is_not_the_west(parsed):
    text = "Ethnic Albanians left the West African bloc. Ethnic Kenyans stayed."
    assert not [
        m.actor_id for m in find_actors(parsed(text)) if m.actor_id in ("ALB", "bloc:the-west", "KEN")
    ]


def test_a_government_of_the_taliban_is_that_of_afghanistan(words_doc):
    doc = words_doc("the", "Taliban", "and", "the", "Taliban", "government")
    assert names(doc) == [("Taliban", "group:taliban"), ("Taliban government", "AFG")]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Five Taliban militants were killed in Pakistan.", "group:ttp"),
        ("Five Taliban militants were killed.", "group:taliban"),
        ("Five Taliban militants were killed in Afghanistan, Pakistan said.", "group:taliban"),
        ("Five Taliban fighters were killed in Kandahar, Pakistan said.", "group:taliban"),
        ("The Taliban met a minister of Pakistan.", "group:taliban"),
    ],
)
def test_taliban_insurgents_in_pakistan_are_no_afghans(parsed, text, group):
    assert group in {mention.actor_id for mention in find_actors(parsed(text))}


@pytest.mark.model
def test_the_taliban_of_a_text_on_the_pakistani_taliban_are_the_same(parsed):
    text = "The Pakistani army raided a camp of the Pakistani Taliban and killed a Taliban leader."
    assert "group:taliban" not in {mention.actor_id for mention in find_actors(parsed(text))}
