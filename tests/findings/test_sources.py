"""The source summary counts who is quoted, who is never quoted, and what is reprinted."""

import pytest

from analysis.findings.acts import NamedCount
from analysis.findings.sources import (
    gaps_sentence,
    is_wire,
    repeated_sentence,
    source_summary,
    spoken_sentence,
)
from tests.tables import articles, corpus, events, quotes


def test_speakers_countries_and_unnamed_sources_are_counted():
    named = {"speaker_id": "a", "speaker_name": "Ann", "country_code": "USA"}
    hidden = {"quote_id": "r", "speaker_id": "b", "speaker_name": "officials", "is_anonymous": True}
    summary = source_summary(corpus(quotes=quotes(named, hidden, {"quote_id": "s"})))
    assert (summary.statement_count, summary.unknown_count, summary.anonymous_count) == (3, 1, 1)
    assert summary.countries == (NamedCount("USA", 1), NamedCount("", 1))
    assert summary.speakers == (NamedCount("Ann", 1), NamedCount("officials", 1))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "Nobody is quoted."),
        ([{}], "1 statement is quoted or reported, without a known speaker."),
        (
            [{"speaker_id": "a", "speaker_name": "Ann", "country_code": "USA"}],
            "1 statement is quoted or reported. By country of the speaker: the United States (1). Most "
            "quoted: Ann (1). It does not come from an unnamed source.",
        ),
        (
            [{}, {"speaker_id": "a", "speaker_name": "officials", "is_anonymous": True}],
            "2 statements are quoted or reported, 1 of them without a known speaker. By country of the "
            "speaker: no known country (1). Most quoted: officials (1). 1 statement (100%) comes from "
            "an unnamed source, who cannot be asked again.",
        ),
    ],
)
def test_who_is_quoted_is_put_in_words(rows, sentence):
    given = [{"quote_id": str(number), **row} for number, row in enumerate(rows)]
    assert spoken_sentence(source_summary(corpus(quotes=quotes(*given)))) == sentence


def test_a_country_that_acts_and_is_never_quoted_is_a_gap():
    tables = corpus(events=events({}), quotes=quotes({"speaker_id": "x", "country_code": "CHN"}))
    summary = source_summary(tables)
    assert summary.unquoted == ("JPN",)
    assert gaps_sentence(summary, rejected_count=0).startswith(
        "Gaps: nobody is quoted from Japan, though the articles report acts by or against it; 1 article "
    )


def test_reprints_missing_dates_and_outlets_are_counted():
    tables = corpus(articles=articles({}, {"article_id": "f" * 16, "outlet": "The Daily"}))
    summary = source_summary(tables)
    assert (summary.reprint_share, summary.undated_count, summary.no_outlet_count) == (0.5, 2, 1)


def test_outlets_are_named_by_number_of_articles_and_the_rest_counted():
    names = ["B", "A", "C", "D", "E", "F", "A"]
    rows = [{"article_id": str(number) * 16, "outlet": name} for number, name in enumerate(names)]
    sentence = repeated_sentence(source_summary(corpus(articles=articles(*rows))))
    assert sentence.startswith(
        "Outlets, by number of articles: A (2), B (1), C (1), D (1), E (1) and 1 more."
    )


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"outlet": "Reuters"}, True),
        ({"text": "ROME (AP) - Envoys met."}, True),
        ({"text": "Envoys met. " * 30 + "He told Reuters so. " + "They left. " * 30}, False),
        ({"outlet": "The Daily"}, False),
    ],
)
def test_an_agency_counts_only_at_either_end_of_a_text(row, found):
    assert is_wire(articles(row)).tolist() == [found]
