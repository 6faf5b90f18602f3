"""The word lists of quotes: shares are shares, and a label that no code knows is an error with its line."""

import pytest

from analysis import lexicons
from analysis.nlp.parse.word_lists import FRAMES, shares, stances, unnamed_sources
from analysis.nlp.quotes.claims import non_reporting_nouns, weights
from analysis.nlp.quotes.speakers import antecedent_weights


def test_every_share_is_between_0_and_1():
    assert all(0 <= share <= 1 for share in shares().values())


def test_the_kind_of_cue_of_each_frame_is_declared():
    kinds = {"verb", "noun", "adjective", "passive", "adverbial", "quote"}
    assert set(FRAMES.values()) == kinds
    assert (FRAMES["noun about"], FRAMES["about"], FRAMES["adj to"]) == ("noun", "verb", "adjective")


def test_no_noun_for_an_unnamed_source_is_two_words():
    assert not [noun for noun in unnamed_sources() if " " in noun]


@pytest.mark.parametrize(
    ("name", "row", "load", "message"),
    [
        (
            "quotes/reporting_words",
            "say,clauze,neutral,0.9,own,",
            shares,
            "reporting_words.csv:2: frame is 'clauze', expected one of .* known values, such as: clause",
        ),
        (
            "quotes/reporting_words",
            "say,clause,cheerful,0.9,own,",
            stances,
            "reporting_words.csv:2: stance is 'cheerful', expected one of: admitting, ",
        ),
        (
            "quotes/reporting_words",
            "say,clause,neutral,often,own,",
            shares,
            "reporting_words.csv:2: share is 'often', expected a number",
        ),
        (
            "quotes/non_reporting_frames",
            "call,objekt,strike,own,",
            non_reporting_nouns,
            "non_reporting_frames.csv:2: role is 'objekt', expected one of .*object",
        ),
        (
            "quotes/unnamed_sources",
            "official,secret,own,",
            unnamed_sources,
            "unnamed_sources.csv:2: kind is 'secret', expected one of: public, withheld",
        ),
        (
            "quotes/antecedent_weights",
            "mood,1.0,own,",
            antecedent_weights,
            "antecedent_weights.csv:2: sign is 'mood', expected one of: last subject, ",
        ),
        (
            "quotes/feature_weights",
            "mood,,1.0,own,",
            weights,
            "feature_weights.csv:2: sign is 'mood', expected one of: actor, always, ",
        ),
        (
            "quotes/feature_weights",
            "rule,telepathy,1.0,own,",
            weights,
            "feature_weights.csv:2: value is 'telepathy', expected one of: cue after, ",
        ),
    ],
)
def test_a_label_that_no_code_knows_is_an_error_with_its_line(
    name, row, load, message, tmp_path, monkeypatch
):
    header = ",".join(lexicons.load_lexicon(name).columns)
    path = tmp_path / f"{name}.csv"
    path.parent.mkdir()
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(lexicons, "DATA", tmp_path)
    monkeypatch.setattr(lexicons, "cached_lexicon", lexicons.read_lexicon)
    with pytest.raises(ValueError, match=message):
        load.__wrapped__()  # what is cached was read from the real list
