"""JSON and JSON Lines."""

import json

import pytest

from analysis.ingest.draft import Draft
from tests.reading import found_in, is_article

READ = {
    "lines.jsonl:1": ("Fishing pact signed", "2024-03-13", "The Coast", "on Wednesday."),
    "list.json:1": ("Gas line repaired", "2024-03-14", None, "the company said."),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])


def test_each_line_is_an_article_and_a_bad_one_is_rejected_with_its_number():
    good = {
        "text": "The envoys met.",
        "title": "Talks",
        "date": "2024-03-05T10:00:00Z",
        "source": "The Daily",
    }
    lines = [json.dumps(good), "{broken", json.dumps({"title": "no text"}), "[1]"]
    draft, *refusals = found_in("\n".join(lines), ".jsonl")
    assert draft == Draft("a.jsonl:1", "Talks\n\nThe envoys met.", "Talks", "2024-03-05", "The Daily")
    assert [refusal.path for refusal in refusals] == ["a.jsonl:2", "a.jsonl:3", "a.jsonl:4"]
    assert refusals[0].reason.startswith("is not JSON")
    assert refusals[1].reason == "has no text, expected an object with the key text and a string"


def test_a_list_may_be_under_some_key_of_an_object():
    (draft,) = found_in('{"count": 1, "docs": [{"body": "The envoys met."}]}', ".json")
    assert (draft.path, draft.text) == ("a.json:1", "The envoys met.")
