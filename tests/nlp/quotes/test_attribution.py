"""Who is said to have said what: rules on hand-built Docs, real parses of short sentences and the seed."""

from itertools import pairwise
from pathlib import Path

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.parse.reporting_words import shares, stances
from analysis.nlp.quotes.attribution import find_quotes
from analysis.nlp.quotes.quotation_marks import quoted_spans
from analysis.nlp.quotes.reporting_frames import find_readings
from analysis.schemas import CUE_STANCES, QUOTE_KINDS

SEED = Path(__file__).parents[3] / "seeds" / "000_5a213ee456dd8f63.txt"

SAID_IT_RAINED = """
Vega|vega|PROPN|NNP|nsubj|1
said|say|VERB|VBD|ROOT|1
it|it|PRON|PRP|nsubj|3
rained|rain|VERB|VBD|ccomp|1
.|.|PUNCT|.|punct|1
"""
CALLED_AFTER_WAS = """
Vega|vega|PROPN|NNP|nsubj|1
said|say|VERB|VBD|ROOT|1
it|it|PRON|PRP|nsubj|3
was|be|AUX|VBD|ccomp|1
over|over|ADV|RB|advmod|3
and|and|CCONJ|CC|cc|3
argued|argue|VERB|VBD|conj|3
for|for|ADP|IN|prep|6
calm|calm|NOUN|NN|pobj|7
.|.|PUNCT|.|punct|1
"""
IT_IS_OVER = """
“|"|PUNCT|``|punct|5
Over|over|ADV|RB|ccomp|5
,|,|PUNCT|,|punct|5
”|"|PUNCT|''|punct|5
she|she|PRON|PRP|nsubj|5
said|say|VERB|VBD|ROOT|5
.|.|PUNCT|.|punct|5
"""


def quoted(text):
    return [text[q.inner_start : q.inner_end] for q in quoted_spans(text)]


def rows(text, parsed):
    doc = parsed(text)
    return list(find_quotes(doc, find_actors(doc)))


def told(text, parsed):
    """(speaker's words, content) of each attribution."""
    cut = lambda span: text[slice(*span)] if span else None  # noqa: E731
    return [(cut(q.speaker_span), " ... ".join(map(cut, q.content_spans))) for q in rows(text, parsed)]


# marks


@pytest.mark.parametrize(
    "text",
    [
        'He said "no" twice.',
        "He said “no” twice.",
        "He said ''no'' twice.",
        "He said «no» twice.",
        "He said „no“ twice.",
    ],
)
def test_every_typography_of_double_marks_is_read(text):
    assert quoted(text) == ["no"]


def test_a_quote_inside_a_quote_belongs_to_it():
    assert quoted("“She told me ‘go home’ and I went.”") == ["She told me ‘go home’ and I went."]


def test_an_apostrophe_opens_no_quote():
    assert quoted("The dogs' owner isn't in, it's the '90s.") == []


def test_a_speech_over_two_paragraphs_stays_open_in_the_first():
    spans = quoted_spans("“We go on.\n\n“We win.” They left.")
    assert [span.is_open for span in spans] == [True, False]


def test_a_mark_that_never_closes_is_dropped():
    assert quoted('The 6" pipe broke.\n\nNobody came.') == []


# readings


def test_a_reporting_verb_gives_its_subject_and_its_clause(hand_doc):
    (reading,) = [r for r in find_readings(hand_doc(SAID_IT_RAINED)) if r.frame == "clause"]
    assert (reading.speaker, reading.content) == (0, ((2, 4),))


def test_a_second_reporting_verb_is_not_part_of_what_the_first_reports(hand_doc):
    readings = {r.lemma: r for r in find_readings(hand_doc(CALLED_AFTER_WAS))}
    assert readings["say"].content == ((2, 5),)
    assert readings["argue"].speaker == 0


def test_a_quote_before_its_cue_goes_to_the_subject_of_the_cue(hand_doc):
    (quote,) = find_quotes(hand_doc(IT_IS_OVER), [])
    assert (quote.kind, quote.cue, quote.rule) == ("direct", "say", "cue after")


def test_a_pronoun_without_an_antecedent_names_nobody(hand_doc):
    (quote,) = find_quotes(hand_doc(IT_IS_OVER), [])
    assert quote.speaker_span is not None
    assert quote.speaker_id is None
    assert quote.speaker_name is None


# lists


def test_every_share_is_a_share_and_every_stance_is_known():
    assert all(0 <= share <= 1 for share in shares().values())
    assert set(stances().values()) <= set(CUE_STANCES)


# real parses


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It is over," said Maria Lopez, a lawyer.', ("Maria Lopez", "It is over,")),
        ('Maria Lopez told reporters: "It is over."', ("Maria Lopez", "It is over.")),
        ('"It is over," Lopez said. "We go home."', ("Lopez", "It is over, ... We go home.")),
        ("“It is over”\n\n― Maria Lopez", ("Maria Lopez", "It is over")),
        ("The bridge is closed, according to the mayor.", ("the mayor", "The bridge is closed")),
        ("The minister promised to rebuild the bridge.", ("The minister", "to rebuild the bridge")),
        (
            "GENEVA (Reuters) - Maria Lopez said the bridge is closed.",
            ("Maria Lopez", "the bridge is closed"),
        ),
    ],
)
def test_each_way_of_reporting_is_found(text, expected, parsed):
    assert expected in told(text, parsed)


@pytest.mark.model
def test_who_says_that_somebody_lies_urges_too(parsed):
    text = "Peru's president said Chile was lying and urged Brazil to speak up."
    assert [speaker for speaker, _ in told(text, parsed)] == ["Peru's president"] * 2


@pytest.mark.model
def test_a_transcript_goes_line_by_line_to_its_speakers(parsed):
    text = "LOPEZ: The bridge is closed.\nDIAZ: Since when is that?\nLOPEZ: It was shut on Monday."
    assert [speaker for speaker, _ in told(text, parsed)] == ["LOPEZ", "DIAZ", "LOPEZ"]


@pytest.mark.model
def test_a_turn_of_a_transcript_goes_on_to_the_next_line_and_the_last_one_ends_with_its_own(parsed):
    text = (
        "MR BELLO: We met.\n\nWe agreed on fishing.\n\n(Laughter.)\n\nMS ADE: Good.\n\n"
        "MR BELLO: Thanks.\n\nThe meeting was held in a hotel."
    )
    turns = [q for q in find_quotes(parsed(text), []) if q.rule == "transcript"]
    said = [" | ".join(text[start:end] for start, end in q.content_spans) for q in turns]
    assert said == ["We met | We agreed on fishing", "Good", "Thanks"]


def test_a_transcript_in_capitals_names_who_was_introduced_and_leaves_out_who_asks(parsed):
    text = "Maria Lopez, the spokeswoman, opened the briefing.\n\n"
    text += (
        "MS LOPEZ: The bridge is closed.\nQUESTION: Since when is that?\nMS LOPEZ: It was shut on Monday.\n"
    )
    turns = [q.speaker_name for q in rows(text, parsed) if q.rule == "transcript"]
    assert turns == ["Maria Lopez", "Maria Lopez"]


@pytest.mark.model
def test_two_people_with_one_surname_stay_two(parsed):
    text = (
        "Bill Clinton opened the meeting. Hillary Clinton said the plan was dead. "
        '"It is over," she said. Mr. Clinton disagreed. "It is not," he told reporters.'
    )
    speakers = [q.speaker_name for q in rows(text, parsed)]
    assert speakers == ["Hillary Clinton", "Hillary Clinton", "Bill Clinton"]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Israel attacked Iran on Friday.",
        "Egypt recalled its ambassador.",
        "Russian forces attack an industrial facility in the south, killing 13 people.",
        "India imposed a 25 percent tariff on Chinese steel.",
        "The governor wins the race in November by a margin of two points.",
        "The islands claimed by Beijing are empty.",
        "Peru and Chile signed an agreement on fishing rights near Arica on Tuesday.",
        "Chile inks border pact with Peru",
        "Peru, Chile swap blame over ferry fire",
        "Peru and Chile traded accusations on Monday.",
    ],
)
def test_what_a_state_does_to_somebody_is_no_statement(text, parsed):
    assert rows(text, parsed) == []


CHARGE_DENIED = """
Cruz|cruz|PROPN|NNP|nsubj|1
slipped|slip|VERB|VBD|ccomp|6
,|,|PUNCT|,|punct|6
a|a|DET|DT|det|4
charge|charge|NOUN|NN|dobj|6
Vega|vega|PROPN|NNP|nsubj|6
denies|deny|VERB|VBZ|ROOT|6
.|.|PUNCT|.|punct|6
"""


def test_who_denies_a_charge_has_not_said_what_stands_before_it(hand_doc):
    assert "deny" not in {reading.lemma for reading in find_readings(hand_doc(CHARGE_DENIED))}


@pytest.mark.model
def test_who_signs_an_order_is_who_calls_for_what_it_asks(parsed):
    (quote,) = rows("President Maria Lopez signed an order calling for tests at every port.", parsed)
    assert (quote.speaker_name, quote.cue) == ("Maria Lopez", "call")


TAG_BELOW_A_NOUN = """
Kenya|kenya|PROPN|NNP|nsubj|1
expelled|expel|VERB|VBD|ROOT|1
two|two|NUM|CD|nummod|3
envoys|envoy|NOUN|NNS|dobj|1
,|,|PUNCT|,|punct|3
{word}|{word}|DET|DT|{dep}|6
officials|official|NOUN|NNS|nsubj|7
said|say|VERB|VBD|relcl|3
.|.|PUNCT|.|punct|1
"""


def test_a_tag_behind_a_comma_tells_the_whole_sentence_and_a_relative_clause_does_not(hand_doc):
    tag, relative = (
        [
            (r.lemma, r.frame, r.content)
            for r in find_readings(hand_doc(TAG_BELOW_A_NOUN.format(word=w, dep=d)))
        ]
        for w, d in (("two", "nummod"), ("whose", "poss"))
    )
    assert ("say", "clause", ((0, 4),)) in tag
    assert ("say", "clause", ((0, 4),)) not in relative


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Peru summoned the Chilean envoy and expelled two guards, a senior official said.",
            "a senior official",
        ),
        (
            "Peru opened the port and sent soldiers, an aide to the president told reporters.",
            "an aide",
        ),
        ("Peru opened the port and sent soldiers, according to a diplomat.", "a diplomat"),
    ],
)
def test_who_is_named_behind_the_comma_says_all_that_stands_before_it(text, speaker, parsed):
    assert told(text, parsed) == [(speaker, text.split(", a")[0])]


@pytest.mark.model
def test_a_state_that_attacks_somebody_with_words_makes_a_statement(parsed):
    (quote,) = rows("Washington attacked the plan as reckless.", parsed)
    assert (quote.speaker_id, quote.cue) == ("USA", "attack")


@pytest.mark.model
def test_a_title_alone_points_back_to_the_one_who_acted_and_not_to_another_of_that_title(parsed):
    text = "Secretary of State Antony Blinken spoke with UK Foreign Secretary Dominic Raab. "
    text += "The secretary said the talks were good."
    assert rows(text, parsed)[-1].speaker_name == "Antony Blinken"


@pytest.mark.model
def test_a_description_points_back_to_the_name_it_describes(parsed):
    text = "Maria Lopez, a lawyer at the Vega Institute, said the court erred. "
    text += "The lawyer added that an appeal would follow."
    first, second = rows(text, parsed)
    assert first.speaker_id == second.speaker_id
    assert (second.role, second.affiliation) == ("lawyer", "Vega Institute")


@pytest.mark.model
def test_a_condition_of_anonymity_comes_with_every_quote_of_its_speaker(parsed):
    text = (
        "A diplomat, who spoke on condition of anonymity because of the talks, said the deal was close. "
        '"We are nearly there," the diplomat said.'
    )
    found = rows(text, parsed)
    assert {q.anonymity_note for q in found} == {"on condition of anonymity"}
    assert len({q.speaker_id for q in found}) == 1


@pytest.mark.model
def test_attributions_come_in_order_and_hold_their_own_characters(parsed):
    text = SEED.read_text(encoding="utf-8")
    found = rows(text, parsed)
    assert all(a.content_spans[0] <= b.content_spans[0] for a, b in pairwise(found))
    assert all(0 <= start < end <= len(text) for q in found for start, end in q.content_spans)
    assert all(q.kind in QUOTE_KINDS for q in found)


@pytest.mark.model
def test_the_seed_article_is_read_as_an_analyst_reads_it(parsed):
    text = SEED.read_text(encoding="utf-8")
    found = [(" ... ".join(text[s:e] for s, e in q.content_spans), q) for q in rows(text, parsed)]

    def of(words):
        return next(q for content, q in found if words in content)

    official = of("different place")
    assert official.is_anonymous
    assert official.country_code == "USA"
    assert official.anonymity_note == "on customary condition of anonymity"
    for words in ("set out to stabilize", "follow up on the fentanyl", "provocative behavior"):
        assert of(words).speaker_id == official.speaker_id
    assert of("fueling").speaker_name == "Antony Blinken"
    for words in ("bandwidth", "not willing to bet", "desperate", "also doubts"):
        assert of(words).speaker_name == "Yun Sun"
    assert of("cheating").speaker_name == "Joe Biden"
    assert of("a hard line").speaker_name == "Donald Trump"
    assert {of(words).kind for words in ("cheating", "provocative behavior", "desperate")} == {"partial"}
    assert of("major push").speaker_name == "US officials"
    assert of("worse-case").cue_stance == "believing"
    assert any(q.speaker_id == "CHN" and content.startswith("it can pursue") for content, q in found)


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
def test_a_pronoun_is_the_subject_of_the_sentence_before_and_not_the_nearest_name(text, speakers, parsed):
    assert [q.speaker_name for q in rows(text, parsed)] == speakers


@pytest.mark.model
def test_a_dateline_is_no_part_of_who_speaks_or_of_what_is_said(parsed):
    assert told("QUITO - Peru's army said it was late.", parsed) == [("Peru's army", "it was late")]
    assert told("QUITO, May 2 (Wire) - Peru was late, Jo Moe said.", parsed) == [("Jo Moe", "Peru was late")]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "The minister ordered two patrol boats to the area.",
        "The minister ordered the release of eleven soldiers.",
        "He called off a joint exercise with the navy.",
        "The union called a strike.",
        "Traders pointed to a rise in the rupee.",
        "Radar images showed tanks near the border.",
        "The rebels responded by shelling the port.",
        "Police questioned two men.",
        "The government dismissed the general.",
        "Floods claimed 30 lives.",
        "Fishing towns count the cost of war",
        "Reporters asked whether the deal was dead.",
        "Asked whether he would resign, Jan Nowak laughed.",
        "The guards did not respond to a request for comment.",
        "State media did not mention the launch.",
        "Morning came.\n\nThe tanker “Altai Star” was near a port.",
    ],
)
def test_no_deed_and_no_question_is_taken_for_a_statement(text, parsed):
    assert rows(text, parsed) == []


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "She pointed out that the deal was dead.",
        "The general ordered his troops to withdraw.",
        "The minister dismissed the report.",
        "The minister called the vote a mistake.",
        "The opposition leader asked whether the minister had read it.",
        "The rebels responded by saying that the port was theirs.",
        "A poll showed that voters were tired.",
    ],
)
def test_the_same_words_with_something_said_make_a_statement(text, parsed):
    assert len(rows(text, parsed)) == 1


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“A phone,” she added, “can save us.”", [("she", "A phone, ... can save us.")]),
        (
            "The sanctions had failed, she said, pointing to empty markets.",
            [("she", "The sanctions had failed")],
        ),
        (
            'Jan Nowak, asked whether Peru had spoken with Chile, said: "No comment."',
            [("Jan Nowak", "No comment.")],
        ),
        (
            'The envoys, as one admiral put it to me, "would rather be somewhere else".',
            [("one admiral", 'The envoys ... "would rather be somewhere else"')],
        ),
        ("Jan Nowak called the deal “a capitulation.”", [("Jan Nowak", "the deal “a capitulation.”")]),
        ("Nowak said at a hearing that arms had not come.", [("Nowak", "that arms had not come")]),
        (
            'Nowak urged "all friends of peace" to press Peru.',
            [("Nowak", '"all friends of peace" to press Peru')],
        ),
        (
            'Nowak said Peru would "respond in time," but stopped short of a threat.',
            [("Nowak", 'Peru would "respond in time,"')],
        ),
        (
            "Dawn.\n\nSunday on the channel’s “Early Views Today,” Nowak said Kowal’s “honesty” is in doubt.",
            [("Nowak", "Kowal’s “honesty” is in doubt")],
        ),
    ],
)
def test_a_quote_has_its_own_words_and_its_own_speaker(text, expected, parsed):
    assert told(text, parsed) == expected


@pytest.mark.model
def test_who_answers_in_a_printed_interview_is_whom_its_opening_names(parsed):
    text = "Stela Munteanu, an adviser, spoke to us.\n\n"
    text += "Q: Is it cold?\n\nA: We have gas.\n\nQ: And now?\n\nA: We wait."
    text += "\n\nQ: Peru says that it is late.\n\nA: Perhaps."
    turns = [q.speaker_name for q in rows(text, parsed)]
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
def test_a_long_description_is_read_to_its_end_and_to_its_name(text, speaker, parsed):
    assert rows(text, parsed)[-1].speaker_name == speaker


@pytest.mark.model
def test_officials_of_two_countries_are_of_neither_and_their_dateline_no_part_of_them(parsed):
    text = "18 November 2026 (Wire) - Senior Peruvian and Chilean officials said the talks were frank."
    (quote,) = rows(text, parsed)
    assert quote.speaker_name == "Senior Peruvian and Chilean officials"
    assert (quote.role, quote.country_code) == ("Senior officials", None)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Peru bombs a camp, Chile shoots down a drone, and the war goes on.",
        "Peru arrests two policemen, Chile recalls liaison officer",
        "Chile recalled its liaison officer from Lima in protest.",
        "Peru and Chile reached an interim deal on fishing on Thursday.",
        "Chile easing a standoff that had brought troops to the border.",
        "Chile stopped issuing plates with the names of towns.",
        "The European Union adopted its third package of sanctions on Thursday.",
        "Minister Jo Moe showed journalists a map and photographs of the place.",
        "Lima should stop pretending that it can win.",
    ],
)
def test_what_states_do_to_each_other_is_no_statement(text, parsed):
    assert rows(text, parsed) == []


@pytest.mark.model
def test_who_is_told_may_stand_behind_the_verb(parsed):
    assert told("It was late, Minister Jo Moe told the court.", parsed)
    text = "Peru protested that its name was missing; Minister Jo Moe said that Chile still held the port."
    assert rows(text, parsed)[-1].speaker_name == "Jo Moe"
    start, end = rows(text, parsed)[-1].content_spans[0]
    assert text[start:end] == "that Chile still held the port"


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
def test_an_office_is_named_after_whoever_it_belongs_to(text, speaker, code, parsed):
    (quote,) = rows(text, parsed)
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
def test_i_is_who_signs_the_article(text, speaker, parsed):
    (quote,) = rows(text, parsed)
    assert quote.speaker_name == speaker
