"""What `find_quotes` promises of every text; what it finds in sentences is in `tests/nlp/sentences.csv`."""

from itertools import pairwise
from pathlib import Path

import pytest

from analysis.nlp.quotes.attribution import find_quotes, headline_end, without_headline_repeats
from analysis.schemas import QUOTE_KINDS

pytestmark = pytest.mark.model
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


def test_a_pronoun_without_an_antecedent_names_nobody(hand_doc):
    (quote,) = find_quotes(hand_doc(IT_IS_OVER), [])
    assert (quote.kind, quote.cue, quote.rule) == ("direct", "say", "cue after")
    assert quote.speaker_span is not None
    assert quote.speaker_id is quote.speaker_name is None


def test_the_seed_article_is_read_as_an_analyst_would_read_it(quotes_of):
    text = SEED.read_text(encoding="utf-8")
    quotes = quotes_of(text)
    found = [(" ... ".join(text[s:e] for s, e in q.content_spans), q) for q in quotes]

    def of(words):
        return next(q for content, q in found if words in content)

    assert all(a.content_spans[0] <= b.content_spans[0] for a, b in pairwise(quotes))
    assert all(q.kind in QUOTE_KINDS for q in quotes)
    official = of("different place")
    assert (official.is_anonymous, official.country_code) == (True, "USA")
    assert official.anonymity_note == "on customary condition of anonymity"
    assert of("provocative behavior").speaker_id == official.speaker_id
    assert of("fueling").speaker_name == "Antony Blinken"
    assert {of(words).speaker_name for words in ("bandwidth", "desperate", "also doubts")} == {"Yun Sun"}
    assert {of(words).kind for words in ("provocative behavior", "desperate")} == {"partial"}
    assert of("major push").speaker_name == "US officials"
    assert of("worse-case").cue_stance == "believing"
    assert any(q.speaker_id == "CHN" and content.startswith("it can pursue") for content, q in found)


def test_a_transcript_turn_lasts_until_the_next_one_and_the_last_has_one_line(parsed):
    text = (
        "MR BELLO: We met.\n\nWe agreed on fishing.\n\n(Laughter.)\n\nMS ADE: Good.\n\n"
        "MR BELLO: Thanks.\n\nThe meeting was held in a hotel."
    )
    turns = [q for q in find_quotes(parsed(text), []) if q.rule == "transcript"]
    said = [" | ".join(text[start:end] for start, end in q.content_spans) for q in turns]
    assert said == ["We met | We agreed on fishing", "Good", "Thanks"]


def test_who_is_only_one_of_many_or_a_rumor_has_no_name(quotes_of):
    one, rumors = quotes_of("Two ministers met. One said the talks went well. Rumors say they failed.")
    assert (one.speaker_id, one.speaker_name) == (None, None)
    assert rumors.is_anonymous


def test_a_condition_of_anonymity_applies_to_every_quote_of_its_speaker(quotes_of):
    text = (
        "A diplomat, who spoke on condition of anonymity because of the talks, said the deal was close. "
        '"We are nearly there," the diplomat said.'
    )
    found = quotes_of(text)
    assert {q.anonymity_note for q in found} == {"on condition of anonymity"}
    assert len({q.speaker_id for q in found}) == 1


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The campaign manager, Robby Mook, said the vote was fair.", ["Robby Mook"]),
        ('"No," said President Ruiz. "Yes," was the answer of envoy Ana Kovac.', ["Ruiz", "Ana Kovac"]),
        ('"No," said President Ruiz. "Yes," came the reply.', ["Ruiz"]),
        ('"Never!" shouted the ambassador of Chile.', ["ambassador of Chile"]),
        ("President Ruiz never said that the rebels had won.", []),
        ("President Ruiz was falsely quoted as saying that the rebels had won.", []),
        ("President Ruiz denied having said that the rebels had won.", ["Ruiz"]),  # the denial alone
        ("No minister said that the rebels had won.", []),
        ("A No 10 spokesman said that the rebels had won.", ["No 10 spokesman"]),
        ("President Ruiz does not believe that the rebels will win.", ["Ruiz"]),
        ("Victory Day announced a new era.", []),
        ("France, Germany and Italy said the rebels had won.", ["France", "Germany", "Italy"]),
        ("Leaders of France, Germany and Italy said it was over.", ["Leaders of France, Germany and Italy"]),
        ("President Ruiz did not just say that the rebels had won.", ["Ruiz"]),
        ("Iran has yet to say whether it will leave.", []),
        ("Iran and its allies said France and Italy had won.", ["Iran"]),
        ("France did not condemn the attack.", []),
        ("France did not rule out sending troops.", []),
        ("At no point did the minister say that the rebels had won.", []),
        ("Nowhere did President Ruiz say that the rebels had won.", []),
        ("President Ruiz spoke, nor did he mention that the rebels had won.", []),
        ("He refused to condemn the attack.", [None]),
        ("It was President Ruiz, not Ana Kovac, who said that the rebels had won.", ["Ruiz"]),
        ("France and Spain, but not Italy, said that the rebels had won.", ["France", "Spain"]),
        ("The Mehr News Agency said that the rebels had won.", ["Mehr"]),
    ],
)
def test_each_statement_is_its_own_speakers(quotes_of, text, speakers):
    assert [quote.speaker_name for quote in quotes_of(text)] == speakers


def test_a_statement_with_three_sources_is_one_row(quotes_of):
    text = (
        "The deal was in force, when it was verifiably and demonstrably, according to weapons inspectors, "
        "according to this building, and according to our agency, working to prevent a war."
    )
    extents = [(quote.content_spans[0][0], quote.content_spans[-1][1]) for quote in quotes_of(text)]
    assert extents and len(extents) == len(set(extents))


def test_a_headline_is_counted_only_where_the_article_does_not_repeat_it(quotes_of):
    text = "Peru says talks failed\n\nPeru said on Monday that talks with Chile had failed."
    (quote,) = without_headline_repeats(text, quotes_of(text))
    assert quote.content_spans[0][0] > headline_end(text) > 0
    text = "Peru says talks failed\n\nMinisters went home on Monday."
    assert len(without_headline_repeats(text, quotes_of(text))) == 1
    assert headline_end("Peru said talks failed.\n\nMinisters went home.") == 0
