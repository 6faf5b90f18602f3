"""Role, affiliation and country of a person, from the words beside the name."""

import pytest

from analysis.nlp.actors.mentions import find_actors


def people(doc):
    """(words, name, role, affiliation) of every person."""
    return [
        (doc[m.start : m.end].text, m.name, m.role, m.affiliation)
        for m in find_actors(doc)
        if m.kind == "person"
    ]


def test_a_title_gives_role_and_country(words_doc):
    doc = words_doc("Norwegian", "Foreign", "Minister", "Kari", "Dahl", "left")
    (mention,) = find_actors(doc)
    assert (mention.start, mention.end) == (0, 5)
    assert mention.name == "Kari Dahl"
    assert mention.country_code == "NOR"
    assert mention.role == "foreign minister"
    assert mention.affiliation == "Norway"


def test_an_office_of_one_country_gives_the_country(words_doc):
    (mention,) = find_actors(words_doc("Treasury", "Secretary", "Jane", "Doe"))
    assert mention.country_code == "USA"


@pytest.mark.model
def test_an_apposition_gives_role_and_affiliation(parsed):
    doc = parsed("Ada Quist, a senior fellow at the Harbour Institute, spoke. Quist left.")
    first, *_, last = find_actors(doc)
    assert (first.role, first.affiliation) == ("senior fellow", "Harbour Institute")
    assert last.name == "Ada Quist"


@pytest.mark.model
def test_an_ambassador_is_of_the_country_that_sends_them(parsed):
    mentions = find_actors(parsed("Ivan Petrenko, Ukraine's ambassador to Japan, met reporters."))
    assert mentions[0].country_code == "UKR"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "role", "affiliation"),
    [
        ("The opposition Civic Front's leader, Jane Moe, said no.", "leader", "Civic Front"),
        ("The Civic Front leader Jane Moe said no.", "leader", "Civic Front"),
        ("The spokeswoman of the Civic Front, Jane Moe, said no.", "spokeswoman", "Civic Front"),
        ("Jane Moe, now a lawmaker of the liberal Civic Front party, said no.", "lawmaker", "Civic Front"),
        ("He wrote to the Foreign Secretary, Sir Tom Moe, twice.", "foreign secretary", None),
        ("Foreign ministry spokeswoman Jane Moe said no.", "foreign ministry spokeswoman", None),
        ("Col. Tom Moe said no.", "col.", None),
        ("Jane Moe, a former lawmaker, said no.", "former lawmaker", None),
        ("Former Peruvian President Jane Moe said no.", "former president", "Peru"),
        ("The former Peruvian president Jane Moe said no.", "former president", "Peru"),
        ("Ousted president Jane Moe said no.", "ousted president", None),
        ("Ex-president Jane Moe said no.", "ex-president", None),
        ("The one-time prime minister Jane Moe said no.", "one-time prime minister", None),
        ("They met Jane Moe, the country's former president, in May.", "former president", None),
        ("Its representative in Chad, Jane Moe, said no.", "representative", None),
        ("Prime Minister Ann Roe met her counterpart, Tom Moe, in May.", "prime minister", None),
    ],
)
def test_role_and_party_are_read_from_the_article(text, role, affiliation, parsed):
    assert people(parsed(text))[-1][2:] == (role, affiliation)


@pytest.mark.model
def test_an_envoy_in_the_clause_before_is_no_role_of_the_speaker(parsed):
    text = "Prime Minister Ann Roe was there. Asked whether Warsaw would recall its ambassador, Roe said no."
    assert people(parsed(text))[-1][2] == "prime minister"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("India's army fired. Foreign Secretary Arun Mehra accused Islamabad of lies.", "IND"),
        ("MANILA, 3 May 2026 (Wire) - A boat sank. Foreign Secretary Ana Cruz accused Beijing.", "PHL"),
        ("COLOMBO - Foreign Secretary Aruni Silva said the port was open.", "LKA"),
        ("Home Secretary Arun Mehra said India would act.", "IND"),
        ("In New Delhi, Defence Secretary Arun Mehra said Pakistan and Pakistanis were late.", "IND"),
        ("Britain waits. Foreign Secretary Ann Moe said Iran was late.", "GBR"),
        ("Foreign Secretary Ann Moe said Iran was late.", None),
        ("Chancellor Ann Moe said Germany would pay.", "DEU"),
        ("Defense Secretary Tom Moe said Iran was late.", "USA"),
        ("MANILA - Defense Secretary Tom Moe said Beijing was late.", "PHL"),
        ("The U.S. navy sailed off the Philippines. Defense Secretary Tom Moe said no.", "USA"),
    ],
)
def test_a_shared_office_is_of_the_country_the_text_is_about(text, code, parsed):
    assert [m.country_code for m in find_actors(parsed(text)) if m.kind == "person"] == [code]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Islamabad rejected it. The Foreign Office said India was late.", "PAK"),
        ("Pakistan's Foreign Office said India was late.", "PAK"),
        ("The Foreign Office in Islamabad said India was late.", "PAK"),
        ("The Foreign Office in Berlin said no.", "DEU"),
        ("LONDON - The Foreign Office said Pakistan was late. Pakistan waits.", "GBR"),
        ("The Foreign Office said Peru was late.", "org:foreign-office"),
    ],
)
def test_a_foreign_office_is_of_the_country_the_text_is_about(text, actor, parsed):
    doc = parsed(text)
    assert [m.actor_id for m in find_actors(doc) if doc[m.end - 1].text == "Office"] == [actor]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("Lt Col Tom Moe, a Peruvian army spokesman in Tacna, said no.", ("army spokesman", "Peru", "PER")),
        ("Peru's military spokesman, General Tom Moe, said no.", ("military spokesman", "Peru", "PER")),
        ("Tom Moe, a Peruvian Major General, said no.", ("Major General", "Peru", "PER")),
        ("Tom Moe, a senior Peruvian commander, said no.", ("senior commander", "Peru", "PER")),
        ("Colonel Tom Moe, an army spokesman in Tacna, said no.", ("army spokesman", None, None)),
        ("Tom Moe, chief of the navy's media wing, said no.", ("chief of the navy's media wing", None, None)),
        ("EU foreign policy chief Kaja Kallas said no.", ("foreign policy chief", "European Union", None)),
        ("Estonian Prime Minister Kaja Kallas said no.", ("prime minister", "Estonia", "EST")),
    ],
)
def test_a_post_is_read_from_the_words_beside_the_name(text, post, parsed):
    (mention,) = [m for m in find_actors(parsed(text)) if m.kind == "person"]
    assert (mention.role, mention.affiliation, mention.country_code) == post


@pytest.mark.parametrize(
    ("words", "country", "name"),
    [
        ("Norwegian Foreign and European Affairs Minister Kari Dahl left", "NOR", "Kari Dahl"),
        ("Norwegian Trade , Tourism and Investment Minister Kari Dahl left", "NOR", "Kari Dahl"),
        ("Norwegian Defence Ministry spokeswoman Kari Dahl left", "NOR", "Kari Dahl"),
        ("Norway 's Foreign Ministry spokeswoman Kari Dahl left", "NOR", "Kari Dahl"),
    ],
)
def test_an_officer_acts_for_the_country_before_ministry_or_portfolios(words_doc, words, country, name):
    (mention,) = (m for m in find_actors(words_doc(*words.split())) if m.kind == "person")
    assert (mention.country_code, mention.name) == (country, name)


@pytest.mark.model
def test_the_name_begins_after_the_last_portfolio(parsed):
    mentions = find_actors(parsed("French Minister for Europe and Foreign Affairs Pierre Dupont left."))
    assert [(m.name, m.country_code) for m in mentions if m.kind == "person"] == [("Pierre Dupont", "FRA")]


@pytest.mark.model
def test_a_countrys_charity_does_not_act_for_it(parsed):
    mentions = find_actors(parsed("British NGO Peace Direct spokesman Alan Gray left."))
    assert [m.country_code for m in mentions if m.kind == "person"] == [None]
