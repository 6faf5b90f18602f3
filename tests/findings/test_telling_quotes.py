"""The front page quotes whole sentences of people who matter, on the leading pairs, each speaker once."""

import pytest

from analysis.findings.telling_quotes import telling_quotes
from tests.speech import CHINA, JAPAN, OFFICIAL, remark, told
from tests.tables import events

THREAT = "China will face consequences if it sends more ships here"
PRAISE = "Japan must stop its visits, which we will never accept"
AGAINST_CHINA, AGAINST_JAPAN = [("China", "CHN", -1)], [("Japan", "JPN", -1)]


def chosen(tables, pairs=("CHN-JPN",), most=5):
    return telling_quotes(tables, pairs, tables.articles["article_id"], most=most)


def test_a_quote_is_printed_with_its_speaker_and_what_it_is_about():
    text = f'"{THREAT}," Ann Lee said.'
    (quote,) = chosen(told((text, remark(THREAT, JAPAN, about=AGAINST_CHINA))))
    assert (quote.words, quote.start_char) == (f"“{THREAT}.”", 1)
    assert (quote.speaker_name, quote.described) == ("Ann Lee", "Japanese foreign minister")
    assert (quote.country_code, quote.pair, quote.day) == ("JPN", "CHN-JPN", None)


def test_both_sides_speak_before_one_side_speaks_twice():
    other = {**JAPAN, "speaker_id": "person:bo-ito", "speaker_name": "Bo Ito"}
    more = "China will pay a price if it threatens our fishermen"
    tables = told(
        (f'"{THREAT}," Ann Lee said.', remark(THREAT, JAPAN, about=AGAINST_CHINA)),
        (f'"{more}," Bo Ito said.', remark(more, other, about=AGAINST_CHINA)),
        (f'"{PRAISE}," China said.', remark(PRAISE, CHINA, about=AGAINST_JAPAN)),
    )
    assert {quote.country_code for quote in chosen(tables, most=2)} == {"JPN", "CHN"}


def test_a_speaker_is_chosen_once_and_the_same_words_once():
    other = {**JAPAN, "speaker_id": "name:embassy", "speaker_name": "Japan's foreign ministry"}
    second = "China must leave, and we will not wait any longer"
    tables = told(
        (f'"{THREAT}," Ann Lee said.', remark(THREAT, JAPAN, about=AGAINST_CHINA)),
        (f'"{second}," Ann Lee said.', remark(second, JAPAN, about=AGAINST_CHINA)),
        (f'"{THREAT}," it said.', remark(THREAT, other, about=AGAINST_CHINA)),
    )
    assert len(chosen(tables)) == 1


def test_at_most_two_speakers_are_unnamed():
    read = []
    for number, place in enumerate(("at sea", "on land", "in space")):
        words = f"China will face consequences {place} for many years"
        speaker = {**OFFICIAL, "speaker_id": f"{number}000000000/official", "country_code": "JPN"}
        spoken = remark(words, speaker, about=AGAINST_CHINA, probability=0.95)
        read.append((f'"{words}," an official said.', spoken))
    found = [(one.speaker_name, one.described) for one in chosen(told(*read))]
    assert found == [("A senior Japanese official", "unnamed")] * 2


@pytest.mark.parametrize(
    "words",
    [
        "China must stop",  # too short
        "China's many ships near the islands of our country",  # no verb
        "As we do not know what China will do next year",  # depends on what is not quoted
        "Tea is what we will drink in the morning, always",  # names no country
    ],
)
def test_what_does_not_stand_alone_or_says_nothing_is_not_quoted(words):
    about = AGAINST_CHINA if "China" in words else []
    assert chosen(told((f'"{words}," Ann Lee said.', remark(words, JAPAN, about=about)))) == []


@pytest.mark.parametrize(
    ("speaker", "probability"),
    [
        (JAPAN, 0.6),  # perhaps somebody else
        ({"speaker_id": "0123456789/man", "speaker_name": "man", "country_code": "JPN"}, 0.9),  # a passer-by
    ],
)
def test_unsure_speakers_and_passers_by_are_not_quoted(speaker, probability):
    spoken = remark(THREAT, speaker, about=AGAINST_CHINA, probability=probability)
    assert chosen(told((f'"{THREAT}," Ann Lee said.', spoken))) == []


def test_a_long_quote_is_cut_to_whole_sentences():
    first, last = "We met for " + "a very long time " * 12 + "and we were glad.", f"{THREAT}."
    text = f'"{first}  {last}" Ann Lee said.'
    spoken = remark(f"{first}  {last}", JAPAN, about=AGAINST_CHINA)
    (quote,) = chosen(told((text, spoken)))
    assert (quote.words, quote.start_char) == (f"“{last}”", text.index(last))


def test_who_speaks_in_the_middle_of_a_sentence_is_left_out():
    pieces = ["China will face consequences,", "if it sends more ships here"]
    text = f'"{pieces[0]}" Ann Lee said, "{pieces[1]}."'
    (quote,) = chosen(told((text, remark(pieces, JAPAN, about=AGAINST_CHINA))))
    assert quote.words == "“China will face consequences, if it sends more ships here.”"


def test_who_speaks_between_two_sentences_is_left_out():
    pieces = ["China will face consequences for many years,", "We are ready to defend the islands"]
    text = f'"{pieces[0]}" Ann Lee said.  "{pieces[1]}."'
    (quote,) = chosen(told((text, remark(pieces, JAPAN, about=AGAINST_CHINA))))
    assert quote.words == "“China will face consequences for many years. We are ready to defend the islands.”"


def test_a_phrase_is_quoted_with_the_words_that_lead_to_it_and_no_further():
    words = 'that China "must not go on to send its ships to these islands" and left the room'
    text = f"Ann Lee said {words}."
    (quote,) = chosen(told((text, remark(words, JAPAN, about=AGAINST_CHINA, kind="partial"))))
    assert quote.words == "China “must not go on to send its ships to these islands”."


def test_words_on_the_relationship_count_where_the_article_is_about_the_pair():
    words = "The bilateral relationship is in a better place than last year"
    spoken = remark(words, JAPAN, probability=0.95)
    acts = events({"article_id": "a" * 16})
    (quote,) = chosen(told((f'"{words}," Ann Lee said.', spoken), events=acts))
    assert quote.pair == "CHN-JPN"
