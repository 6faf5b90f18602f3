"""RSS and Atom feeds."""

import pytest

from tests.reading import found_in, is_article

READ = {
    "feed.xml:1": (
        "Grain ships sail",
        "2024-03-08",
        "Strelsau Wire",
        'on Friday.\n\nThe harbour master said "all went well".',
    ),
    "entries.atom:1": ("Ferry line restored", "2024-03-09", "Hentzau Bulletin", "ran again on Saturday."),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])


def test_an_entry_without_text_is_rejected_and_the_others_are_read():
    feed = (
        "<rss version='2.0'><channel><item><title/><description/></item>"
        "<item><title>Talks</title><description>The envoys met.</description></item></channel></rss>"
    )
    refusal, draft = found_in(feed, ".rss")
    assert refusal.reason.startswith("is an entry without text")
    assert draft.text == "Talks\n\nThe envoys met."
