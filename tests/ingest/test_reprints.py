"""Reprints of one story share its story_id; other articles, and form letters, do not."""

import json
import random

import pandas as pd
import pytest

from analysis.ingest.reprints import story_ids
from analysis.ingest.texts import content_hash
from analysis.nlp.actors.mentions import find_actors
from tests.test_cli import invoke

WORDS = [
    *("minister", "border", "treaty", "harbour", "river", "talks", "army", "grain"),
    *("tariff", "envoy", "summit", "island", "bridge", "port", "embassy", "vote"),
    *("ceasefire", "sanction", "convoy", "pipeline", "parliament", "observer", "general", "market"),
    *("court", "refugee", "radar", "ferry"),
]
DAY, NEXT_DAY = pd.Timestamp("2024-03-05"), pd.Timestamp("2024-03-06")


def story(seed, length=200):
    """Words in an order that no other seed gives."""
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS) for _ in range(length))


def stories(*articles):
    """The number of the story of each article, in their order."""
    found = story_ids([(content_hash(text), day, text) for text, day in articles])
    return [found[content_hash(text)] for text, _ in articles]


def test_an_article_alone_is_its_own_story():
    text = story(1)
    assert story_ids([(content_hash(text), DAY, text)]) == {content_hash(text): content_hash(text)}
    assert story_ids([]) == {}
    assert stories(("", DAY), ("one two", DAY)) == [content_hash(""), content_hash("one two")]


ORIGINAL = story(1)
REPRINTS = {
    "shortened to a third": " ".join(ORIGINAL.split()[:66]),
    "another headline": f"What we know so far\n\n{ORIGINAL}",
    "another lead": f"{story(2, 30)} {' '.join(ORIGINAL.split()[30:])}",
    "another agency": f"STRELSAU (AFP) — {ORIGINAL} (Additional reporting by Jane Roe)",
    "shortened under another lead": f"{story(3, 20)} {' '.join(ORIGINAL.split()[20:90])}",
    "set in capitals without punctuation": ORIGINAL.upper(),
}


@pytest.mark.parametrize("kind", REPRINTS)
def test_a_reprint_is_the_same_story(kind):
    one, other, else_ = stories((ORIGINAL, DAY), (REPRINTS[kind], DAY), (story(9), DAY))
    assert one == other == min(content_hash(ORIGINAL), content_hash(REPRINTS[kind]))
    assert else_ == content_hash(story(9))


def test_the_order_of_the_files_does_not_matter():
    articles = [
        (content_hash(text), DAY, text) for text in (ORIGINAL, *REPRINTS.values(), story(9), story(8))
    ]
    assert story_ids(articles) == story_ids(articles[::-1])


def test_a_shared_quote_does_not_make_a_reprint():
    quote = "we will not leave the table until the last soldier has left the valley"
    one, other = stories((f"{story(1)} {quote}", DAY), (f"{story(2)} {quote}", DAY))
    assert one != other


def test_a_round_up_is_not_a_reprint_of_its_stories():
    parts = [story(seed, 60) for seed in range(10)]
    found = stories((" ".join(parts), DAY), *((part, DAY) for part in parts))
    assert len(set(found)) == 11


def test_the_same_words_weeks_later_are_another_story():
    one, other = stories((ORIGINAL, DAY), (f"Again {ORIGINAL}", DAY + pd.Timedelta(days=20)))
    assert one != other


def test_a_report_repeated_daily_is_not_one_endless_story():
    form = story(1, 60)
    reports = [(f"{form} {story(seed, 40)}", DAY + pd.Timedelta(days=seed)) for seed in range(40)]
    assert len(set(stories(*reports))) == 40


def test_a_chain_of_reprints_spans_no_more_than_a_few_days():
    words = ORIGINAL.split()
    chained = [
        (" ".join(words[:150]) + f" {story(seed, 40)}", DAY + pd.Timedelta(days=3 * seed))
        for seed in range(3)
    ]
    assert len(set(stories(*chained))) == 2


@pytest.mark.parametrize(
    ("opening", "is_update"),
    [
        ("Shells killed six in the town", False),
        ("Shells killed 6 in the town, 17 November 2026 (Wire) -", False),
        ("Border town shelled", False),
        ("Shells killed 14 in the town", True),
        ("Shells killed 1,200 in the town", True),
        ("Army denies that shells killed six", True),
    ],
)
def test_a_later_copy_that_opens_with_a_new_number_is_a_story_of_its_own(opening, is_update):
    first, copy = (f"{head}\n\n{ORIGINAL}" for head in ("Shells killed six in the town", opening))
    one, other, plain = stories((first, DAY), (copy, NEXT_DAY), (f"{ORIGINAL} Roe", NEXT_DAY))
    assert (one != other) == is_update
    assert plain in (one, other)
    one, other = stories((first, DAY), (f"{copy} Roe", DAY))
    assert one == other  # of one day, none is known to be newer


def test_an_article_without_a_date_is_compared_by_its_text():
    one, other, else_ = stories((ORIGINAL, DAY), (f"Again {ORIGINAL}", None), (story(9), None))
    assert one == other != else_


def test_check_counts_stories(tmp_path):
    lines = [("The Coast", ORIGINAL), ("The Ledger", f"What we know\n\n{ORIGINAL}"), ("The Post", story(9))]
    records = [{"text": text, "outlet": outlet, "date": "2024-03-05"} for outlet, text in lines]
    (tmp_path / "wire.jsonl").write_text("\n".join(map(json.dumps, records)))
    result = invoke("check", "--seeds", tmp_path)
    assert "3 articles in 2 stories" in result.stdout
    assert "wire.jsonl:1" in result.stdout
    assert "wire.jsonl:2" in result.stdout


@pytest.mark.model
@pytest.mark.parametrize(
    "dateline",
    [
        *("WASHINGTON (AP) —", "BEIRUT, Lebanon, June 2 (UPI) —", "April 24 (Reuters) -"),
        *("Washington (AFP) –", "BEIJING/MOSCOW (Reuters) -", "ABOARD AIR FORCE ONE (AP) —"),
    ],
)
def test_the_place_of_a_dateline_is_not_an_actor(parsed, dateline):
    text = f"Talks resume\n\n{dateline} Japan condemned Iran on Monday."
    acting = {mention.actor_id for mention in find_actors(parsed(text)) if not mention.is_dateline}
    assert acting == {"JPN", "IRN"}
