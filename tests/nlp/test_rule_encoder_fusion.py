"""Rules and encoder joined: which one moves the score, and what is never invented."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analysis.nlp.rule_encoder_fusion
import analysis.nlp.stance.with_encoder
from analysis.nlp.events.relations import Relation
from analysis.nlp.parse.encoder import Probabilities, checked_file, labels
from analysis.nlp.rule_encoder_fusion import (
    TextResult,
    is_open,
    questions,
    relation_text,
    relation_with_encoder,
    topics_with_encoder,
    with_encoder,
)
from analysis.nlp.stance.rules import Stance
from analysis.nlp.stance.with_encoder import stance_odds, stance_text, stance_with_encoder
from analysis.nlp.topics.taxonomy import Topic, find_topics, topic_definitions
from analysis.schemas import QUADS, ROOTS

HEADS = {
    "root": {"encoder": 1.0, "root": 2.0, "quad": 1.0, "conflict": 1.0},
    "stance": {"encoder": 1.0, "rule": 1.0},
    "section": {"encoder": 1.0, "rule": 2.0},
    "themes": {"armed conflict": "Armed conflicts and attacks", "sports": "Sports", "science": "Sports"},
    "leading": {"Armed conflicts and attacks": "armed conflict", "Sports": "sports"},
}
SENTENCE = (0, 60)


def test_themes_belong_to_the_sections_of_the_benchmark():
    shipped = json.loads(checked_file("heads.json"))
    mapping = Path(__file__).parents[2] / "benchmarks" / "topic_sections.csv"
    rows = pd.read_csv(mapping).set_index("topic")["section"]
    assert shipped["themes"] == rows.to_dict()
    assert set(shipped["leading"].values()) <= set(topic_definitions("theme")["topic"])


@pytest.fixture(autouse=True)
def heads(monkeypatch):
    for module in (analysis.nlp.rule_encoder_fusion, analysis.nlp.stance.with_encoder):
        monkeypatch.setattr(module, "load_heads", lambda: HEADS)


def seen(**chances) -> Probabilities:
    """Probabilities with the given ones of one task, the rest shared evenly."""
    rows = {}
    for task, names in labels().items():
        given = {name: p for name, p in chances.items() if name in map(str, names)}
        rest = (1 - sum(given.values())) / max(1, len(names) - len(given))
        rows[task] = np.array([given.get(str(name), rest) for name in names], dtype=np.float32)
    return Probabilities(**rows)


def section(**chances) -> Probabilities:
    return seen(
        **{{"war": "Armed conflicts and attacks", "sports": "Sports"}[k]: p for k, p in chances.items()}
    )


def rule(root, probability, status="past"):
    return Relation(root, QUADS[root], -2.0, status, probability, "a rule")


def test_a_sure_rule_overrules_an_unsure_encoder():
    joint = relation_with_encoder(rule("REJECT", 0.9), seen(ACCUSE=0.4, REJECT=0.35))
    assert (joint.root, joint.rule, joint.intensity) == ("REJECT", "a rule", -2.0)


def test_a_sure_encoder_overrules_an_unsure_rule():
    joint = relation_with_encoder(rule("CONSULT", 0.1), seen(ASSAULT=0.97))
    assert (joint.root, joint.quad, joint.rule) == ("ASSAULT", 4, "encoder")


def test_the_status_of_the_rules_is_kept():
    assert relation_with_encoder(rule("CONSULT", 0.1, "future"), seen(ASSAULT=0.97)).status == "future"


def test_a_rule_moves_the_probability_of_its_root():
    chances = seen(ACCUSE=0.5)
    alone, backed = (relation_with_encoder(r, chances).probability for r in (None, rule("ACCUSE", 0.5)))
    assert alone < backed < 1


def test_without_a_rule_the_encoder_decides():
    assert relation_with_encoder(None, seen(AID=0.9)).root == "AID"


@pytest.mark.parametrize("root", ["CONCEDE", "RETREAT"])
def test_the_rule_chooses_between_concede_and_retreat_if_the_encoder_confirms_either(root):
    assert relation_with_encoder(rule(root, 0.8), seen(YIELD=0.8)).root == root


@pytest.mark.parametrize("root", ROOTS)
def test_every_relation_has_the_quad_of_its_root(root):
    for chances in (seen(YIELD=0.5), seen(ASSAULT=0.3, ACCUSE=0.3), seen()):
        joint = relation_with_encoder(rule(root, 0.5), chances)
        assert joint.quad == QUADS[joint.root]


def test_three_conflict_roots_together_outweigh_one_likelier_cooperation_root():
    joint = relation_with_encoder(None, seen(CONSULT=0.3, ACCUSE=0.25, REJECT=0.2, THREATEN=0.2))
    assert joint.root == "ACCUSE"


@pytest.mark.parametrize(
    ("stance", "odds"),
    [
        (Stance(0, 0.1, 0.5, False), (0.2, 0.5, 0.3)),
        (Stance(1, 0.5, 0.6, False), (0.1, 0.3, 0.6)),
        (Stance(-1, -0.5, 0.6, False), (0.6, 0.3, 0.1)),
    ],
)
def test_the_three_probabilities_of_a_stance_are_recovered(stance, odds):
    assert tuple(stance_odds(stance).values()) == pytest.approx(odds)


def test_a_rule_that_agrees_with_the_encoder_raises_the_probability():
    chances = seen(**{"-1": 0.6, "0": 0.3, "1": 0.1})
    joint = stance_with_encoder(Stance(-1, -0.5, 0.6, False), chances)
    assert joint.label == -1
    assert joint.probability > 0.6
    assert joint.score < -0.5


def test_a_stance_is_abstained_from_if_neither_rule_nor_encoder_is_sure():
    chances = seen(**{"-1": 0.4, "0": 0.35, "1": 0.25})
    assert stance_with_encoder(None, chances).is_abstained


def test_a_theme_keeps_the_words_that_decided():
    themes = [Topic(*SENTENCE, "theme", "armed conflict", 1.0, "shelling")]
    found = topics_with_encoder(SENTENCE, themes, section(war=0.8))
    assert [(t.topic, t.matched) for t in found] == [("armed conflict", "shelling")]


def test_a_likely_section_without_a_matching_word_gives_its_leading_theme():
    found = topics_with_encoder(SENTENCE, [], section(sports=0.8))
    assert [(t.topic, t.matched, round(t.weight, 2)) for t in found] == [("sports", "encoder", 0.8)]


def test_a_subheading_gets_no_topic_from_the_encoder_alone():
    assert topics_with_encoder((0, 15), [], section(sports=0.9)) == []


@pytest.mark.parametrize("topic", ["human rights", "Ukraine"])
def test_a_subheading_has_the_same_topics_whatever_the_encoder_would_say(topic):
    dimension = "theatre" if topic == "Ukraine" else "theme"
    topics = [Topic(0, 15, dimension, topic, 1.0, "detained")]
    assert not is_open((0, 15), topics)
    found = topics_with_encoder((0, 15), topics, None)
    assert found == topics_with_encoder((0, 15), topics, section(sports=0.9))
    assert [topic.topic for topic in found] == [topic]


@pytest.mark.model
def test_the_encoder_is_asked_about_a_subheading_only_if_a_theme_of_a_section_is_in_it(parsed):
    text = "Weather\nThe shelling\nThe two ministers talked for a week without a pause."
    doc = parsed(text)
    asked = questions(doc, find_topics(doc), [], [])
    assert asked == text.split("\n")[1:]


def test_a_sentence_that_no_section_fits_has_no_topic():
    assert topics_with_encoder(SENTENCE, [], section(sports=0.3)) == []


def test_themes_of_one_section_share_its_weight():
    themes = [
        Topic(*SENTENCE, "theme", "sports", 0.75, "cup"),
        Topic(*SENTENCE, "theme", "science", 0.25, "laboratory"),
    ]
    sports, science = topics_with_encoder(SENTENCE, themes, section(sports=0.9))
    assert sports.weight == pytest.approx(3 * science.weight)


def test_theatres_and_themes_without_a_section_keep_their_words_and_order():
    topics = [
        Topic(*SENTENCE, "theme", "human rights", 1.0, "detained"),
        Topic(*SENTENCE, "theatre", "Ukraine", 1.0, "Kyiv"),
    ]
    found = topics_with_encoder(SENTENCE, topics, section(war=0.6))
    assert [(t.topic, t.weight) for t in found if t.topic != "armed conflict"] == [
        ("human rights", 0.5),
        ("Ukraine", 1.0),
    ]
    assert sum(t.weight for t in found if t.dimension == "theme") <= 1


@pytest.mark.model
def test_every_result_is_joined_with_the_answer_to_its_own_question(parsed):
    text = "Norland met Sutland. Sutland shelled Norland for a week without a pause."
    doc = parsed(text)
    spans = [(0, 7), (12, 19)]
    rules = TextResult([], [None, None], [None])
    asked = questions(doc, rules.topics, [tuple(spans), tuple(spans[::-1])], spans[:1])
    chances = [section(sports=0.9), seen(CONSULT=0.9), seen(AID=0.9), seen(**{"1": 0.9})]
    joint = with_encoder(doc, rules, chances)
    assert len(asked) == len(chances)
    assert [(t.start_char, t.topic) for t in joint.topics] == [(21, "sports")]
    assert [relation.root for relation in joint.relations] == ["CONSULT", "AID"]
    assert joint.stances[0].label == 1


@pytest.mark.model
def test_the_encoder_reads_only_the_sentences_of_the_mentions(parsed):
    text = "It rained all day. Norland met Sutland. Nobody else came."
    doc = parsed(text)
    spans = [(text.index(name), text.index(name) + 7) for name in ("Norland", "Sutland")]
    pair, target = relation_text(doc, *spans), stance_text(doc, spans[1])
    assert " ".join(pair.split()) == "[unused1] Norland [unused2] met [unused3] Sutland [unused4] ."
    assert " ".join(target.split()) == "Norland met [unused5] Sutland [unused6] ."
