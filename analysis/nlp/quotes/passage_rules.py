"""The names of the rules that give a quoted passage its speaker."""

from enum import StrEnum


class PassageRule(StrEnum):
    """How a passage got its speaker; the values are shown to people."""

    TRANSCRIPT = "transcript"
    HEADLINE_COLON = "headline colon"
    DASH_AND_NAME = "dash and name"
    CUE_AFTER = "cue after"
    VERB_AFTER = "verb after"
    CUE_BEFORE = "cue before"
    NAME_AND_COLON = "name and colon"
    FRAGMENT = "fragment"
    CUE_IN_SENTENCE = "cue in sentence"
    SAME_PARAGRAPH = "same paragraph"
    SENTENCE_BEFORE = "sentence before"
    NEXT_PARAGRAPH = "next paragraph"
    PARAGRAPH_BEFORE = "paragraph before"
    SPEECH_GOES_ON = "speech goes on"
    GOVERNING_VERB = "governing verb"
    SCARE_QUOTE = "scare quote"
    OWNER = "owner"
