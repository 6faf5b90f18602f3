"""What each side says of the other: its statement, what it accuses the other of, what it denies."""

import pytest

from analysis.findings.other_side import other_side, silent_sentence, told_sentences
from tests.speech import CHINA, JAPAN, remark, told

CLAIM = "that China rammed a fishing boat"
JAPAN_SAYS = {"speaker_id": "JPN", "speaker_name": "Japan", "country_code": "JPN"}
ON_CHINA = [("China", "CHN", -1)]
REPORTED = {"kind": "indirect", "rule": "clause", "cue": "say"}
DENIAL = {"kind": "indirect", "rule": "object", "cue": "deny"}


def sentences_on(tables, pair="CHN-JPN"):
    (found,) = other_side(tables, [pair], tables.articles["article_id"])
    return told_sentences(found)


def test_a_claim_and_its_denial_are_one_sentence():
    text = f"Japan says {CLAIM}.  China denies the claim."
    claim = remark(CLAIM, JAPAN_SAYS, about=ON_CHINA, cue="says")
    tables = told(
        (text, with_columns(claim, REPORTED), with_columns(remark("the claim", CHINA, cue="denies"), DENIAL))
    )
    assert sentences_on(tables) == ["Japan says that China rammed a fishing boat; China denies it."]


@pytest.mark.parametrize(
    "text",
    [
        f"Japan says {CLAIM}.  It rained.  China denies the claim.",  # too far away
        f"Japan says {CLAIM}.  China does not deny the claim.",
    ],
)
def test_a_denial_is_not_joined_to_what_it_may_not_deny(text):
    cue = "denies" if "denies" in text else "deny"
    claim = with_columns(remark(CLAIM, JAPAN_SAYS, about=ON_CHINA, cue="says"), REPORTED)
    tables = told((text, claim, with_columns(remark("the claim", CHINA, cue=cue), DENIAL)))
    assert sentences_on(tables) == ["Japan says that China rammed a fishing boat."]


def test_a_denial_does_not_answer_a_claim_that_names_nobody_of_its_side():
    words = "that the blockade would end when the boats had gone"
    text = f"Japan says {words}.  China denies the claim."
    claim = with_columns(remark(words, JAPAN_SAYS, cue="says"), REPORTED)
    denial = with_columns(remark("the claim", CHINA, cue="denies"), DENIAL)
    assert not any("denies it" in sentence for sentence in sentences_on(told((text, claim, denial))))


def test_a_clause_without_its_verb_is_not_told():
    words = "that the boat rammed by China on Monday"
    claim = with_columns(remark(words, JAPAN_SAYS, about=ON_CHINA, cue="says"), REPORTED)
    assert sentences_on(told((f"Japan says {words} was the Maru.", claim))) == []


def test_a_denial_of_something_else_is_no_answer():
    text = f"Japan says {CLAIM}.  China rejects a proposal by Peru."
    claim = with_columns(remark(CLAIM, JAPAN_SAYS, about=ON_CHINA, cue="says"), REPORTED)
    denial = with_columns(remark("a proposal by Peru", CHINA, cue="rejects"), {**DENIAL, "cue": "reject"})
    assert sentences_on(told((text, claim, denial))) == ["Japan says that China rammed a fishing boat."]


def test_an_accusation_names_whom_and_of_what():
    text = "Ann Lee accused China of ramming a fishing boat."
    words = "China of ramming a fishing boat"
    accusation = remark(words, JAPAN, about=ON_CHINA, cue="accused")
    accusation = with_columns(accusation, {"kind": "indirect", "rule": "object", "cue": "accuse"})
    assert sentences_on(told((text, accusation))) == [
        "Ann Lee, Japanese foreign minister, accused China of ramming a fishing boat."
    ]


def test_a_direct_quote_is_told_before_a_report():
    words = "China will face consequences if it sends more ships here"
    text = f'Japan says {CLAIM}.  "{words}," Ann Lee said.'
    claim = with_columns(remark(CLAIM, JAPAN_SAYS, about=ON_CHINA, cue="says"), REPORTED)
    tables = told((text, claim, remark(words, JAPAN, about=ON_CHINA)))
    assert sentences_on(tables) == [f"Ann Lee (Japanese foreign minister): “{words}.”"]


def test_a_report_ends_where_somebody_else_begins_to_speak():
    inner = "that the boat was in its waters"
    words = f"{CLAIM}, while China says {inner}"
    claim = with_columns(remark(words, JAPAN_SAYS, about=ON_CHINA, cue="says"), REPORTED)
    answer = with_columns(remark(inner, CHINA, probability=0.6), REPORTED)
    assert sentences_on(told((f"Japan says {words}.", claim, answer))) == [
        "Japan says that China rammed a fishing boat."
    ]


def test_an_expert_does_not_speak_for_a_side():
    expert = {**JAPAN, "role": "senior fellow", "affiliation": "Harbour Institute"}
    words = "China will face consequences if it sends more ships here"
    tables = told((f'"{words}," Ann Lee said.', remark(words, expert, about=ON_CHINA)))
    found = other_side(tables, ["CHN-JPN"], tables.articles["article_id"])
    assert told_sentences(found[0]) == []
    assert silent_sentence(found) == (
        "Nobody is quoted for China. No statement can be traced with certainty to an official of Japan."
    )


def test_each_silent_side_is_named_once_over_all_pairs():
    tables = told(("It rained.",))
    found = other_side(tables, ["CHN-JPN", "CHN-RUS"], tables.articles["article_id"])
    assert silent_sentence(found) == "Nobody is quoted for China, Japan or Russia."


def with_columns(one, columns):
    return {**one, "columns": {**one["columns"], **columns}}


def test_a_statement_is_shown_for_one_pair_only():
    words = "China and Russia will face consequences if they send more ships"
    spoken = remark(words, JAPAN, about=[*ON_CHINA, ("Russia", "RUS", -1)])
    tables = told((f'"{words}," Ann Lee said.', spoken))
    first, second = other_side(tables, ["CHN-JPN", "JPN-RUS"], tables.articles["article_id"])
    assert told_sentences(first) == [f"Ann Lee (Japanese foreign minister): “{words}.”"]
    assert told_sentences(second) == []
