"""A sentence as a page quotes it: cut where it is very long, and never where that changes what it says."""

import pytest

from analysis.findings.cut_quotes import shortened


def test_a_long_sentence_is_cut_between_words():
    assert shortened("word " * 90).endswith("word …")


def test_a_sentence_of_ordinary_length_is_quoted_whole():
    said = "Five soldiers were killed in Yumbe, in a strike on their post" + " again" * 50 + ", by Uganda."
    assert 300 < len(said) < 400
    assert shortened(said) == said


def test_no_cut_leaves_a_word_that_promises_more():
    kept = "Thailand stops fuel for Cambodian forces" + " again" * 29 + " in a conflict"
    rest = "between the two neighbours in Asia, which share a border of 800 km" + " or more" * 15
    assert len(kept) < 240 and len(f"{kept} {rest}") > 400
    assert shortened(f"{kept} {rest}") == f"{kept} …"


@pytest.mark.parametrize("mark", [", ", "; ", " – "])
def test_a_long_sentence_is_cut_where_a_part_of_it_ends(mark):
    first = "Russia struck the city, officials said" + " again" * 25
    assert shortened(f"{first}{mark}{'word ' * 90}") == f"{first} …"
    assert len(shortened("word " * 90)) <= 242
    assert shortened("Short.") == "Short."
    assert shortened("Mr Modi will travel to Ukraine , officials said .") == (
        "Mr Modi will travel to Ukraine, officials said."
    )


LONG = "Russia agreed to stop every attack on the ports and the ships of Ukraine" + " again" * 26


@pytest.mark.parametrize(
    "end",
    [
        "if the sanctions on its banks and on its ships are lifted first of all",
        "but Ukraine called that a lie told for the sake of the talks in Riyadh",
        "which Moscow denied on the same day in a long statement",
        "according to a person who was close to the talks in Riyadh and unnamed",
        "though it didn't say when that would be, or for how long it would last",
    ],
)
def test_no_cut_leaves_out_a_condition_a_denial_or_whose_word_it_is(end):
    sea = "and the sea around the two of them, where many ships go by" + " each day" * 12
    assert shortened(f"{LONG}, {sea}, {end}.") == f"{LONG}, {sea}, {end}."
    assert shortened(f"{LONG}, {end.split()[-1]} {sea}.").endswith(" …")


def test_an_endless_sentence_is_cut_with_who_did_it_and_whose_word_it_is_kept():
    ports = "struck the port and the grain stores beside it" + ", and then the next one by the sea" * 60
    assert len(ports) > 2_000
    shown = shortened(f"Russian aircraft {ports}, the Ukrainian ministry said.")
    assert shown.startswith("Russian aircraft struck the port") and len(shown) < 800
    assert shown.endswith("by the sea … the Ukrainian ministry said.")
    far = shortened(f"Russian aircraft {ports}, but nobody said{' so' * 60}")
    assert far.endswith("by the sea …") and len(far) < 710
    assert len(shortened(f"Russian aircraft {'struck if ' * 200}")) < 710


def test_who_wrote_the_article_is_no_part_of_its_first_sentence():
    assert (
        shortened("By Jo Doe After a call with Kyiv, Moscow said no.")
        == "After a call with Kyiv, Moscow said no."
    )
    assert shortened("By Monday Russia had lost the town.") == "By Monday Russia had lost the town."


def test_a_link_to_another_encyclopaedia_is_no_part_of_a_sentence():
    assert shortened("Russia took Rozlyv [uk] in Donetsk.") == "Russia took Rozlyv in Donetsk."
    assert shortened("Russia “took [it]”.") == "Russia ‘took [it]’."


@pytest.mark.parametrize(
    "before", ["Haifa, Israel CNN — ", "GENEVA – ", "LONDON (AP) — ", "Kyiv (Reuters) — "]
)
def test_a_quotation_begins_after_its_dateline(before):
    assert shortened(f"{before}Iran will meet European envoys.") == "Iran will meet European envoys."


def test_a_dash_within_a_sentence_is_no_end_of_a_dateline():
    for text in (
        "Iran — Israel's foe — met envoys.",
        "The USA – China's rival – met envoys.",
        "NATO – Russia's rival – met envoys.",
    ):
        assert shortened(text) == text
