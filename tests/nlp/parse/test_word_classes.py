from analysis.nlp.parse.word_lists import (
    KINDS,
    USES,
    speech_verbs,
    word_classes,
)


def test_every_declared_class_of_words_has_words():
    assert word_classes().keys() == KINDS


def test_a_verb_of_speech_may_have_several_uses():
    assert speech_verbs().keys() == USES.keys()
    assert {use for use, verbs in speech_verbs().items() if "tell" in verbs} == {
        "clause",
        "person",
        "listener",
    }
