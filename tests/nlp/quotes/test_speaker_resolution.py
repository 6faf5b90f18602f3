"""Who a speaker is: names, pronouns, descriptions, offices and bylines."""

import pytest

from analysis.nlp.quotes.attribution import find_quotes

IT_IS_OVER = """
“|"|PUNCT|``|punct|5
Over|over|ADV|RB|ccomp|5
,|,|PUNCT|,|punct|5
”|"|PUNCT|''|punct|5
she|she|PRON|PRP|nsubj|5
said|say|VERB|VBD|ROOT|5
.|.|PUNCT|.|punct|5
"""


def test_a_pronoun_without_an_antecedent_names_nobody(hand_doc):
    (quote,) = find_quotes(hand_doc(IT_IS_OVER), [])
    assert quote.speaker_span is not None
    assert quote.speaker_id is None
    assert quote.speaker_name is None


def test_a_surname_in_capitals_is_the_person_introduced_and_questions_are_left_out(quotes_of):
    text = "Maria Lopez, the spokeswoman, opened the briefing.\n\n"
    text += (
        "MS LOPEZ: The bridge is closed.\nQUESTION: Since when is that?\nMS LOPEZ: It was shut on Monday.\n"
    )
    turns = [q.speaker_name for q in quotes_of(text) if q.rule == "transcript"]
    assert turns == ["Maria Lopez", "Maria Lopez"]


@pytest.mark.model
def test_two_people_with_the_same_surname_stay_apart(quotes_of):
    text = (
        "Bill Clinton opened the meeting. Hillary Clinton said the plan was dead. "
        '"It is over," she said. Mr. Clinton disagreed. "It is not," he told reporters.'
    )
    speakers = [q.speaker_name for q in quotes_of(text)]
    assert speakers == ["Hillary Clinton", "Hillary Clinton", "Bill Clinton"]


@pytest.mark.model
def test_a_bare_title_means_the_last_subject_with_that_title(quotes_of):
    text = "Secretary of State Antony Blinken spoke with UK Foreign Secretary Dominic Raab. "
    text += "The secretary said the talks were good."
    assert quotes_of(text)[-1].speaker_name == "Antony Blinken"


@pytest.mark.model
def test_a_description_means_the_person_described_before(quotes_of):
    text = "Maria Lopez, a lawyer at the Vega Institute, said the court erred. "
    text += "The lawyer added that an appeal would follow."
    first, second = quotes_of(text)
    assert first.speaker_id == second.speaker_id
    assert (second.role, second.affiliation) == ("lawyer", "Vega Institute")


@pytest.mark.model
def test_a_condition_of_anonymity_applies_to_every_quote_of_its_speaker(quotes_of):
    text = (
        "A diplomat, who spoke on condition of anonymity because of the talks, said the deal was close. "
        '"We are nearly there," the diplomat said.'
    )
    found = quotes_of(text)
    assert {q.anonymity_note for q in found} == {"on condition of anonymity"}
    assert len({q.speaker_id for q in found}) == 1


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            'Jan Nowak met Piotr Zielinski. He said it is well. Zielinski frowned. "It is not," he said.',
            ["Jan Nowak", "Piotr Zielinski"],
        ),
        (
            'Jan Nowak said Piotr Zielinski had lied. He added that it was late. "It is a shame," he said.',
            ["Jan Nowak", "Jan Nowak", "Jan Nowak"],
        ),
        (
            'Anna Kowal met Jan Nowak in Warsaw. "It went well," she said. "We shall see," he said.',
            ["Anna Kowal", "Jan Nowak"],
        ),
        (
            "The foreign ministry said Greek ships had come. The ministry gave no date. It said it was late.",
            ["foreign ministry", "foreign ministry"],
        ),
        (
            "The foreign minister met the defence minister, Jane Moe. The defence minister said it is well.",
            ["Jane Moe"],
        ),
    ],
)
def test_a_pronoun_means_the_last_subject_and_not_the_nearest_name(text, speakers, quotes_of):
    assert [q.speaker_name for q in quotes_of(text)] == speakers


@pytest.mark.model
def test_the_answers_in_a_printed_interview_are_by_the_person_introduced_above(quotes_of):
    text = "Stela Munteanu, an adviser, spoke to us.\n\n"
    text += "Q: Is it cold?\n\nA: We have gas.\n\nQ: And now?\n\nA: We wait."
    text += "\n\nQ: Peru says that it is late.\n\nA: Perhaps."
    turns = [q.speaker_name for q in quotes_of(text)]
    assert turns == ["Stela Munteanu"] * 3


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The opposition Civic Front's leader, Marta Vilches, said it was late.", "Marta Vilches"),
        ("Ann Doe's counterpart at the French foreign ministry, Jo Moe, said it was late.", "Jo Moe"),
        (
            "A spokesman for U.N. Secretary-General Jo Moe said it was late.",
            "spokesman for U.N. Secretary-General Jo Moe",
        ),
        ('The embassy in Lima denied it. It added: "We have proof."', "embassy in Lima"),
        ('Peru\'s mission denied arming Chile. "It is baseless," it said.', "Peru's mission"),
        ("Two envoys left. One of them said it was late.", "One of them"),
    ],
)
def test_a_long_description_is_read_to_its_end_and_to_its_name(text, speaker, quotes_of):
    assert quotes_of(text)[-1].speaker_name == speaker


@pytest.mark.model
def test_officials_of_two_countries_have_no_single_country(quotes_of):
    text = "18 November 2026 (Wire) - Senior Peruvian and Chilean officials said the talks were frank."
    (quote,) = quotes_of(text)
    assert quote.speaker_name == "Senior Peruvian and Chilean officials"
    assert (quote.role, quote.country_code) == ("Senior officials", None)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speaker", "code"),
    [
        (
            "Minister Jo Moe spoke.\n\nPeruvian Prime Minister Ann Roe will meet Chilean President "
            "Mary Doe, her office said.",
            "Ann Roe's office",
            "PER",
        ),
        ("Chile fired. Peru hit a port, its general staff said.", "Peru's general staff", "PER"),
        ("Peru lied.\n\nThe rector was absent, his spokesman said.", "spokesman", None),
        ("Peru and Chile met. Both said that it was late.", None, None),
    ],
)
def test_an_office_is_named_after_the_person_or_body_it_belongs_to(text, speaker, code, quotes_of):
    (quote,) = quotes_of(text)
    assert (quote.speaker_name, quote.country_code) == (speaker, code)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "All is lost\n\nBy Farah Haddad\n\nGuns speak. I believe that it will lead to nothing.",
            "Farah Haddad",
        ),
        ("By Jo Moe and Ann Roe\n\nI believe that it will lead to nothing.", None),
        ("By Monday, Jo Moe had left. I believe that it will lead to nothing.", None),
        ('Guns speak. "War is a failure," my old professor used to say.', "old professor"),
    ],
)
def test_i_means_the_person_in_the_byline(text, speaker, quotes_of):
    (quote,) = quotes_of(text)
    assert quote.speaker_name == speaker


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US Ambassador to Peru Jan Nowak said it was late.", "USA"),
        ("Peru's foreign minister and deputy PM Jan Nowak said it was late.", "PER"),
        (
            "Chilean and Peruvian officials met, and Peruvian Army Commander-in-Chief Jan Nowak said no.",
            "PER",
        ),
        ("Republicans cheered. Senator Jan Nowak said it was late.", "USA"),
        ("The Peruvian spokesman and Jan Nowak said it was late.", None),
        ("Mr Hill was cheered. Senator Jan Nowak said it was late.", None),
    ],
)
def test_a_title_tells_the_country_of_who_acts_for_it(text, code, quotes_of):
    codes = {quote.speaker_name: quote.country_code for quote in quotes_of(text)}
    assert codes.get("Jan Nowak") == code
