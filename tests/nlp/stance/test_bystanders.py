"""Whom harsh words name without being against them: the attacked, the protected, and where things are."""

import pytest

from analysis.nlp.stance.bystanders import is_bystander

pytestmark = pytest.mark.model


def stands_by(doc, name):
    start = doc.text.rindex(name)
    return is_bystander(doc, (start, start + len(name)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kenya warned that an attack on Norway would mean war.", "Norway"),
        ("The envoy said the blockade of Norway was a crime.", "Norway"),
        ("Brazil accused Kenya of preparing aggression against Norway.", "Norway"),
        ("Brazil accused Kenya of waging a hostile campaign against the Norwegian Government.", "Norwegian"),
        ("The minister said Kenyan planes had bombed Norway.", "Norway"),
        ("The minister spoke of the defence of Norway.", "Norway"),
        ("The radio said Norwegian troops had acted in self-defense.", "Norwegian"),
        ("The premier said that Norway's weapons were defensive.", "Norway"),
    ],
)
def test_who_is_attacked_or_protected_only_stands_by(parsed, text, name):
    assert stands_by(parsed(text), name)


@pytest.mark.parametrize(
    "text",
    [
        "The minister said the missiles in Norway were a menace.",
        "The council demanded the withdrawal of all missiles from Norway.",
        "Kenya said the arms sent to Norway were dangerous.",
    ],
)
def test_where_things_are_only_stands_by(parsed, text):
    assert stands_by(parsed(text), "Norway")


@pytest.mark.parametrize(
    "text",
    [
        "The minister told Kenya: You are disturbed over Norway.",
        "The newspaper accused Kenya of fanning hysteria over Norway.",
    ],
)
def test_what_others_quarrel_over_only_stands_by(parsed, text):
    assert stands_by(parsed(text), "Norway")


@pytest.mark.parametrize(
    "text",
    [
        "The general said we attacked Norway.",
        "The group said its men had raided Norway.",
        "Officials praised its role in attacks on Norway.",
        "The minister called Norway a liar.",
        "The minister condemned the leaders in Norway.",
        "The minister deplored the repression in Norway.",
        "The minister said the threat from Norway was grave.",
        "The minister said Norway attacked Kenya.",
    ],
)
def test_who_does_wrong_or_is_attacked_by_the_speaker_does_not_stand_by(parsed, text):
    assert not stands_by(parsed(text), "Norway")
