"""A speaker is introduced by office and country, and ranked by office."""

import pytest

from analysis.findings.quoted_speakers import shown_role, speaker_of
from tests.tables import quotes


def speaker(**columns):
    (row,) = quotes({"speaker_id": "person:ann-lee", "speaker_name": "Ann Lee", **columns}).itertuples()
    return speaker_of(row, [row])


@pytest.mark.parametrize(
    ("columns", "described", "rank"),
    [
        ({"role": "secretary of state", "country_code": "USA"}, "US secretary of state", 4),
        ({"role": "former president", "country_code": "USA"}, "former US president", 2),
        ({"role": "ex-president", "country_code": "USA"}, "former US president", 2),
        ({"role": "one-time president", "country_code": "USA"}, "one-time US president", 2),
        ({"role": "ousted president", "country_code": "USA"}, "ousted US president", 2),
        (
            {"role": "foreign minister", "affiliation": "Iran", "country_code": "IRN"},
            "Iranian foreign minister",
            4,
        ),
        (
            {"role": "spokesman", "affiliation": "Foreign Ministry", "country_code": "CHN"},
            "Chinese foreign ministry spokesman",
            3,
        ),
        ({"role": "trade chief", "affiliation": "European Union"}, "EU trade chief", 3),
        ({"role": "white house press secretary", "country_code": "USA"}, "White House press secretary", 3),
        (
            {"role": "president", "affiliation": "Harbour Bank", "country_code": "JPN"},
            "president, Harbour Bank",
            1,
        ),
        ({"affiliation": "Harbour Institute"}, "Harbour Institute", 1),
        ({}, "", 1),
    ],
)
def test_an_office_is_told_with_its_country(columns, described, rank):
    found = speaker(**columns)
    assert (found.described, found.rank) == (described, rank)


@pytest.mark.parametrize(
    ("name", "shown", "in_sentence"),
    [
        ("senior US official", "A senior US official", "a senior US official"),
        ("US official", "A US official", "a US official"),
        ("Iranian envoy", "An Iranian envoy", "an Iranian envoy"),
        ("Iranian officials", "Iranian officials", "Iranian officials"),
    ],
)
def test_an_unnamed_source_gets_an_article(name, shown, in_sentence):
    found = speaker(speaker_id="0123456789/x", speaker_name=name, is_anonymous=True)
    assert (found.name, found.in_sentence, found.described) == (shown, in_sentence, "unnamed")


@pytest.mark.parametrize(
    ("identity", "name", "in_sentence"),
    [
        ("USA", "United States", "the United States"),
        ("group:hamas", "Hamas", "Hamas"),
        ("AFG/afghan-government", "Afghan government", "the Afghan government"),
        ("name:iranian-foreign-ministry", "Iranian foreign ministry", "the Iranian foreign ministry"),
        ("ISR/israel-s-military", "Israel's military", "Israel's military"),
        ("RUS/russian-forces", "Russian forces", "Russian forces"),
        ("name:government", "Government", "the Afghan Government"),
        ("name:defense-ministry", "Defense Ministry", "the Afghan Defense Ministry"),
    ],
)
def test_a_state_or_body_speaks_as_one(identity, name, in_sentence):
    found = speaker(speaker_id=identity, speaker_name=name, country_code="AFG")
    assert found.in_sentence == in_sentence
    assert found.is_official


def test_a_passer_by_has_no_rank():
    assert speaker(speaker_id="0123456789/man", speaker_name="man").rank == 0


def test_what_one_quote_leaves_open_another_says():
    rows = quotes(
        {"speaker_id": "person:ann-lee", "speaker_name": "Lee"},
        {
            "speaker_id": "person:ann-lee",
            "speaker_name": "Ann Lee",
            "role": "premier",
            "country_code": "JPN",
            "quote_id": "r",
        },
    )
    first, *_ = known = list(rows.itertuples())
    found = speaker_of(first, known)
    assert (found.name, found.described) == ("Ann Lee", "Japanese premier")


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("Ambassador to the United Nations", "ambassador to the United Nations"),
        ("Kremlin Spokesman", "Kremlin spokesman"),
        ("Secretary of State", "secretary of state"),
        ("Director", "director"),
        ("MP", "MP"),
    ],
)
def test_a_role_loses_its_capitals_and_the_names_in_it_keep_theirs(role, shown):
    assert shown_role(role) == shown
