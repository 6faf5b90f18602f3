"""Rules and judge joined: which pairs are asked about, and what each of the two may change."""

import pytest

import analysis.nlp.judged_events
from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.coder import acting_mentions, find_events
from analysis.nlp.judged_events import (
    Answer,
    absent_speakers,
    answers,
    event_sides,
    fused_status,
    judged_events,
    quad_probability,
    questions,
)
from analysis.nlp.parse.judge import judge, judge_card
from analysis.nlp.parse.parser import parse, sentences
from analysis.nlp.quotes.attribution import find_quotes
from analysis.schemas import QUADS

pytestmark = pytest.mark.model

MANY = (
    "France, Spain, Italy, Poland, Sweden, Norway, Finland, Greece, Turkey, Egypt, Kenya, Ghana, Chile, Peru"
)


def read(text):
    """A parsed text with its mentions and quotes."""
    (doc,) = parse([text])
    mentions = find_actors(doc)
    return doc, mentions, list(find_quotes(doc, mentions))


def asked(text):
    """The passages of a text, and (source, target) of every pair that is asked about."""
    doc, mentions, quotes = read(text)
    found = list(questions(*acting_mentions(doc, mentions), mentions, quotes))
    return [passage.text for passage, _ in found], {
        (question.source.key, question.target.key) for _, pair in found for question in pair
    }


def judged(text):
    """(source, target, quad, status) of every event."""
    return {(*event_sides(e), e.quad, e.status) for e in judged_events(*read(text))}


def test_every_ordered_pair_of_sides_in_a_sentence_is_asked_about():
    passages, pairs = asked("Kenya told Somalia that Chad agreed. The weather in Peru was fine.")
    sides = ("KEN", "SOM", "TCD")
    assert pairs == {(a, b) for a in sides for b in sides if a != b}
    assert [passage.count("[unused7]") for passage in passages] == [3]


def test_a_leader_and_the_army_are_their_country():
    _, pairs = asked("President Emmanuel Macron said that French troops would leave Mali.")
    assert pairs == {("FRA", "MLI"), ("MLI", "FRA")}


def test_a_group_is_a_side_of_its_own_and_not_its_country():
    _, pairs = asked("Hamas and Israel exchanged prisoners.")
    assert {"ISR"} < {key for pair in pairs for key in pair} and ("PSE", "ISR") not in pairs


def test_who_speaks_is_added_where_a_quoted_sentence_does_not_name_them():
    text = (
        '"We will not rest," Turkish Foreign Minister Hakan Fidan said. '
        '"Greece has to stop, and Greece knows it." Prices rose.'
    )
    passages, pairs = asked(text)
    assert any("said:" in passage and "Greece" in passage for passage in passages)
    assert ("TUR", "GRC") in pairs


def test_a_long_list_of_countries_asks_about_a_bounded_number_of_pairs():
    _, pairs = asked(f"{MANY} and Japan signed the treaty.")
    assert len(pairs) <= 8 * 7


def test_a_passage_is_asked_about_once_and_each_pair_gets_probabilities():
    doc, mentions, quotes = read("Russia attacked Ukraine.")
    for question, answer in answers(*acting_mentions(doc, mentions), mentions, quotes):
        assert all(0 <= p <= 1 for p in answer.quads)
        assert all(sum(row) == pytest.approx(1, abs=1e-3) for row in answer.statuses)
        assert (question.source.key, question.target.key) in {("RUS", "UKR"), ("UKR", "RUS")}


def test_the_answer_for_a_pair_does_not_depend_on_which_other_pairs_are_asked():
    names = (f"[unused7] {name} [unused8]" for name in ("Russia", "Ukraine", "Poland"))
    text = "{} attacked {} near {}.".format(*names)
    alone = judge(text, (((0,), (1,)),))
    among = judge(text, (((1,), (2,)), ((0,), (1,)), ((2,), (0,))))
    assert alone.quads[0] == pytest.approx(among.quads[1], abs=1e-6)
    assert alone.statuses[0] == pytest.approx(among.statuses[1], abs=1e-6)


def test_a_pair_beyond_what_is_read_is_left_to_the_rules():
    far = " ".join(["word"] * 300)
    text = f" [unused7] Russia [unused8]  {far}  [unused7] Ukraine [unused8] "
    assert judge(text, (((0,), (1,)),)).is_read.tolist() == [False]


def test_a_row_of_the_rules_raises_the_probability_of_its_quad():
    (event, *_) = find_events(*read("Russia attacked Ukraine.")[:2])
    assert event.quad == 4
    assert quad_probability([event], 4, 0.3) > quad_probability([], 4, 0.3)


def test_the_status_is_the_judges_where_it_is_sure_and_the_rules_where_it_is_not():
    labels = judge_card()["statuses"]
    sure = [0.97 if label == "negated" else 0.0075 for label in labels]
    unsure = [1 / len(labels)] * len(labels)
    assert fused_status("past", sure)[0] == "negated"
    assert fused_status("future", unsure)[0] == "future"
    assert fused_status("ongoing", [0.9, 0.025, 0.025, 0.025, 0.025])[0] == "ongoing"


def test_what_no_rule_finds_is_a_row_of_the_encoder_at_a_word_of_its_sentence(monkeypatch):
    text = "Chad is a puzzle for Kenya."
    sure = Answer([0.001, 0.001, 0.999, 0.001], [0.0] * len(QUADS), [[0.96, 0.01, 0.01, 0.01, 0.01]] * 4)

    def always(tree, actors, mentions, quotes):
        for _, found in questions(tree, actors, mentions, quotes):
            yield found[0], sure

    monkeypatch.setattr(analysis.nlp.judged_events, "answers", always)
    (event,) = judged_events(*read(text))
    assert (event.rule, event.quad, event.status) == ("encoder", 3, "past")
    assert text[event.trigger_start_char : event.trigger_end_char] in text.rstrip(".").split()
    assert 0.5 < event.probability <= 1


def test_a_speaker_is_absent_only_from_sentences_that_do_not_name_them():
    doc, mentions, quotes = read('Iran warned Israel. "Israel will pay," said Iran. Rain fell.')
    speaker_of = absent_speakers(doc, mentions, quotes)
    assert speaker_of(list(sentences(doc))[-1]) is None


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Serbia and Kosovo have been at loggerheads for months.", ("SRB", "XKX", 3, "past")),
        ("Germany will send Ukraine forty more tanks, Berlin announced.", ("DEU", "UKR", 2, "future")),
        ("Morocco summoned the Spanish ambassador over the remarks.", ("MAR", "ESP", 3, "past")),
    ],
)
def test_acts_that_a_reader_finds_are_found(text, row):
    source, target, *_ = row
    assert any(found[:2] == (source, target) for found in judged(text))


@pytest.mark.parametrize(
    "text",
    [
        "Peru is larger than Ecuador.",
        "The Danish tourist was found in a hotel in Chile.",
        "The tanker, which flies the flag of Liberia, was built in Japan.",
    ],
)
def test_sides_between_which_nothing_passes_give_no_row(text):
    assert judged(text) == set()


def test_who_announces_a_deal_of_others_is_no_party_to_it():
    sides = {
        row[:2] for row in judged("Chile's president announced that Israel and Hamas have agreed to a truce.")
    }
    assert ("ISR", "group:hamas") in sides
    assert not any("CHL" in pair for pair in sides)


def test_the_owner_of_a_punished_firm_is_not_punished():
    found = judged(
        "The United States imposed sanctions on Moe Oil, a producer in Serbia, which is owned by Russia."
    )
    assert ("USA", "SRB", 4, "past") in found
    assert not any("RUS" in row for row in found)


def test_soldiers_are_no_trigger():
    doc, mentions, quotes = read("Nine Kenyan soldiers and two Chadian soldiers fell at the border.")
    triggers = {
        doc.text[e.trigger_start_char : e.trigger_end_char] for e in judged_events(doc, mentions, quotes)
    }
    assert "soldiers" not in triggers


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru said the Peruvian government would ask Chile to leave.", "future"),
        ("Peru said the Peruvian government would pressure Chile to leave.", "future"),
        ("The Peruvian government asked Chile to leave.", "past"),
    ],
)
def test_what_somebody_would_do_is_not_done(text, status):
    assert {row[3] for row in judged(text) if row[1] == "CHL"} == {status}


def test_what_is_left_undone_is_undone_even_if_the_judge_thinks_otherwise():
    text = "Kenya has called for peace in Somalia, without condemning Chad."
    assert {row for row in judged(text) if row[1] == "TCD"} == {("KEN", "TCD", 3, "negated")}


def test_a_row_that_cannot_hold_is_not_even_made(monkeypatch):
    text = "France struck Mali. Kenya told Somalia that Chad agreed to a treaty, while Peru rejected it."
    made = []

    def noted(*given, whole=analysis.nlp.judged_events.new_event):
        made.append(whole(*given))
        return made[-1]

    monkeypatch.setattr(analysis.nlp.judged_events, "new_event", noted)
    rows, few = judged_events(*read(text)), len(made)
    monkeypatch.setattr(analysis.nlp.judged_events, "least_of_all", lambda: 0.0)
    assert judged_events(*read(text)) == rows
    assert rows
    assert len(made) - few > 4 * few
