"""Which words are attributed to whom, on real parses of short sentences and of the seed."""

from itertools import pairwise
from pathlib import Path

import pytest

from analysis.nlp.quotes.attribution import find_quotes
from analysis.schemas import QUOTE_KINDS

SEED = Path(__file__).parents[3] / "seeds" / "000_5a213ee456dd8f63.txt"

IT_IS_OVER = """
“|"|PUNCT|``|punct|5
Over|over|ADV|RB|ccomp|5
,|,|PUNCT|,|punct|5
”|"|PUNCT|''|punct|5
she|she|PRON|PRP|nsubj|5
said|say|VERB|VBD|ROOT|5
.|.|PUNCT|.|punct|5
"""


def test_a_quote_before_its_cue_is_attributed_to_the_subject_of_the_cue(hand_doc):
    (quote,) = find_quotes(hand_doc(IT_IS_OVER), [])
    assert (quote.kind, quote.cue, quote.rule) == ("direct", "say", "cue after")


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
def test_each_way_of_reporting_is_found(text, expected, said):
    assert expected in said(text)


@pytest.mark.model
def test_the_speaker_of_said_is_also_the_speaker_of_urged(said):
    text = "Peru's president said Chile was lying and urged Brazil to speak up."
    assert [speaker for speaker, _ in said(text)] == ["Peru's president"] * 2


@pytest.mark.model
def test_each_line_of_a_transcript_has_its_own_speaker(said):
    text = "LOPEZ: The bridge is closed.\nDIAZ: Since when is that?\nLOPEZ: It was shut on Monday."
    assert [speaker for speaker, _ in said(text)] == ["LOPEZ", "DIAZ", "LOPEZ"]


@pytest.mark.model
def test_a_transcript_turn_lasts_until_the_next_one_and_the_last_has_one_line(parsed):
    text = (
        "MR BELLO: We met.\n\nWe agreed on fishing.\n\n(Laughter.)\n\nMS ADE: Good.\n\n"
        "MR BELLO: Thanks.\n\nThe meeting was held in a hotel."
    )
    turns = [q for q in find_quotes(parsed(text), []) if q.rule == "transcript"]
    said = [" | ".join(text[start:end] for start, end in q.content_spans) for q in turns]
    assert said == ["We met | We agreed on fishing", "Good", "Thanks"]


@pytest.mark.model
def test_whoever_signs_an_order_is_the_speaker_of_what_it_calls_for(quotes_of):
    (quote,) = quotes_of("President Maria Lopez signed an order calling for tests at every port.")
    assert (quote.speaker_name, quote.cue) == ("Maria Lopez", "call")


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
def test_a_source_named_after_a_comma_says_everything_before_it(text, speaker, said):
    assert said(text) == [(speaker, text.split(", a")[0])]


@pytest.mark.model
def test_attributions_are_in_order_and_inside_the_text(quotes_of):
    text = SEED.read_text(encoding="utf-8")
    found = quotes_of(text)
    assert all(a.content_spans[0] <= b.content_spans[0] for a, b in pairwise(found))
    assert all(0 <= start < end <= len(text) for q in found for start, end in q.content_spans)
    assert all(q.kind in QUOTE_KINDS for q in found)


@pytest.mark.model
def test_the_seed_article_is_read_as_an_analyst_would_read_it(quotes_of):
    text = SEED.read_text(encoding="utf-8")
    found = [(" ... ".join(text[s:e] for s, e in q.content_spans), q) for q in quotes_of(text)]

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
def test_a_dateline_is_part_of_neither_the_speaker_nor_the_content(said):
    assert said("QUITO - Peru's army said it was late.") == [("Peru's army", "it was late")]
    assert said("QUITO, May 2 (Wire) - Peru was late, Jo Moe said.") == [("Jo Moe", "Peru was late")]


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
def test_a_quote_has_exactly_its_own_words_and_its_own_speaker(text, expected, said):
    assert said(text) == expected


@pytest.mark.model
def test_the_person_told_may_come_after_the_verb(said, quotes_of):
    assert said("It was late, Minister Jo Moe told the court.")
    text = "Peru protested that its name was missing; Minister Jo Moe said that Chile still held the port."
    assert quotes_of(text)[-1].speaker_name == "Jo Moe"
    start, end = quotes_of(text)[-1].content_spans[0]
    assert text[start:end] == "that Chile still held the port"


def test_a_statement_with_three_sources_is_one_row(quotes_of):
    text = (
        "The deal was in force, when it was verifiably and demonstrably, according to weapons inspectors, "
        "according to this building, and according to our agency, working to prevent a war."
    )
    extents = [(quote.content_spans[0][0], quote.content_spans[-1][1]) for quote in quotes_of(text)]
    assert extents and len(extents) == len(set(extents))
