"""Plain text, and exports of press archives in it."""

import pytest

from tests.reading import found_in, is_article

READ = {
    "plain.txt": ("Ruritania and Sylvania reopen border road", None, None, "the Ruritanian minister said."),
    "windows.txt": (
        "Windows text from Zürich",
        None,
        None,
        "said “nothing was agreed” on Sunday, the minister’s aide told reporters.",
    ),
    "mojibake.txt": (
        "Repaired text",
        None,
        None,
        "doesn’t expect a treaty before the summit in Zürich, and that “nothing is agreed” yet.",
    ),
    "nexis.txt:1": (
        "Minister visits the disputed islands for the first time",
        "2024-03-16",
        "The Example Times",
        "visited the disputed islands on Saturday, his first journey there since he took office last year."
        "\n\nSylvania protested within the hour.",
    ),
    "nexis.txt:2": (
        "Radar post built on the cape",
        "2024-03-18",
        "The Example Times",
        "satellite pictures show.",
    ),
    "proquest.txt:1": (
        "Parliament votes on the treaty",
        "2024-03-22",
        "The Example Herald",
        "The government expects a narrow majority.\n\nThe opposition wants a referendum.",
    ),
    "proquest.txt:2": ("Treaty passes", "2024-03-23", "The Example Herald", "the speaker of the house said."),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])


WRAPPED = """Envoys meet in Rome

The envoys of two countries met on Monday in a hotel
by the lake and spoke for an hour about the border, the
river and the price of grain. They will meet again.

Nobody else came to the lake, said an official who had
asked not to be named."""


def test_lines_broken_at_a_margin_become_paragraphs():
    (draft,) = found_in(WRAPPED, ".txt")
    assert draft.title == "Envoys meet in Rome"
    assert draft.text.split("\n\n") == [
        " ".join(paragraph.split("\n")) for paragraph in WRAPPED.split("\n\n")
    ]


def test_the_first_line_is_the_title_only_if_it_looks_like_a_headline():
    assert (
        found_in("Envoys meet in Geneva\n\nThey met on Monday.", ".txt")[0].title == "Envoys meet in Geneva"
    )
    assert found_in("The envoys met on Monday.\n\nThey agreed on little.", ".txt")[0].title is None
