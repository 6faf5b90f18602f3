import pytest
from pandas import DataFrame

from analysis.nlp.events.lexicon import (
    GRAMMAR_CLASSES,
    UNASKED_CLASSES,
    Rule,
    check_nouns,
    intensities,
    intensity,
    noun_classes,
    read_frames,
    verb_frames,
)

CLASSES = frozenset(("force", "restriction"))


def verbs(**cells):
    """A list of two verbs; the second one's cells are given."""
    columns = ("verb", "object", "subject", "complement", "root", "mode", "shape")
    first = dict.fromkeys(columns, "") | {"verb": "send", "object": "force", "root": "MOBILIZE"}
    return DataFrame([first, dict.fromkeys(columns, "") | {"verb": "lift", "root": "RETREAT"} | cells])


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"root": "RETRET"}, r"verbs.csv:3: root is 'RETRET', expected one of: .*RETREAT"),
        ({"mode": "aerial"}, r"verbs.csv:3: mode is 'aerial', expected an empty cell or a mode of RETREAT: "),
        ({"root": "", "mode": "aerial"}, r"verbs.csv:3: mode is 'aerial', expected an empty cell$"),
        ({"shape": "both"}, r"verbs.csv:3: shape is 'both', expected one of: an empty cell, mutual"),
        ({"object": "restrictoin"}, r"verbs.csv:3: object is 'restrictoin', expected one of: .*restriction"),
        ({"subject": "^force"}, r"verbs.csv:3: subject is '\^force', expected one of: .*force"),
        ({"complement": "to"}, r"verbs.csv:3: complement is 'to', expected one of: .*infinitive, reason"),
    ],
)
def test_an_unknown_value_of_a_verb_is_an_error_with_its_line(cells, message):
    with pytest.raises(ValueError, match=message):
        read_frames(verbs(**cells), CLASSES)


def test_a_class_of_nouns_that_no_verb_asks_for_is_an_error():
    rows = DataFrame({"noun": ["ban"], "class": ["restrictoin"], "root": "", "mode": "", "shape": ""})
    with pytest.raises(
        ValueError, match=r"nouns.csv:2: class is 'restrictoin', expected one of: .*restriction"
    ):
        check_nouns(rows, CLASSES)


def test_a_verb_has_a_rule_for_each_object_and_subject_it_asks_for():
    rows = verbs(verb="send", root="AID", subject="force")
    frame = read_frames(rows, CLASSES)["send"]
    assert {asked: rule.root for asked, rule in frame.items()} == {
        ("force", "", ""): "MOBILIZE",
        ("", "force", ""): "AID",
    }


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        (Rule("AID", None, "", "help"), "help"),
        (Rule("RETREAT", None, "", "lift", object_class="restriction"), "lift:restriction"),
        (Rule("MOBILIZE", None, "", "land", subject_class="force"), "land:^force"),
        (Rule("REQUEST", None, "", "tell", complement="infinitive"), "tell:+to"),
    ],
)
def test_the_name_of_a_rule_shows_its_words(rule, name):
    assert rule.name == name


def test_every_special_class_is_used():
    rules = [rule for frame in verb_frames().values() for rule in frame.values()]
    asked = {rule.object_class for rule in rules}
    assert GRAMMAR_CLASSES.keys() <= asked
    assert not UNASKED_CLASSES.keys() & asked
    assert {name for classes in noun_classes().values() for name in classes} >= UNASKED_CLASSES.keys()


def test_intensities_lie_on_the_scale_and_an_unlisted_mode_has_the_score_of_its_root():
    assert all(-10 <= score <= 10 for score in intensities().values())
    assert intensity("CONSULT", "visit") == 4
    assert intensity("CONSULT", "no such mode") == 2.5
