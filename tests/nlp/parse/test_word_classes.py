from analysis.nlp.parse.word_lists import (
    KINDS,
    OPERATORS,
    USES,
    event_verbs,
    judging_verbs,
    operators,
    speech_verbs,
    word_classes,
)


def test_every_declared_class_of_words_has_words():
    assert word_classes().keys() == KINDS
    assert frozenset().union(*operators().values()) == OPERATORS.keys()


def test_a_verb_of_speech_may_have_several_uses():
    assert speech_verbs().keys() == USES.keys()
    assert {use for use, verbs in speech_verbs().items() if "tell" in verbs} == {
        "clause",
        "speaker",
        "person",
        "listener",
    }


def test_the_verbs_that_judge_are_verbs_of_the_event_list():
    assert {"thank", "accuse", "sanction"} <= judging_verbs() <= event_verbs()
    assert "visit" in event_verbs() - judging_verbs()
