"""Mark-up in the text of a record is no part of the article."""

import json

import pytest

from analysis.ingest.corpus import load_corpus
from analysis.ingest.markup import without_markup


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Envoys of [[China]] met.", "Envoys of China met."),
        ("Envoys of [[China|the People's Republic]] met.", "Envoys of the People's Republic met."),
        ("'''Envoys''' met.", "Envoys met."),
        ("'''''Envoys''''' met.", "Envoys met."),
        ("Envoys met.[[Category:Talks]]", "Envoys met."),
        ("[[File:a.jpg|thumb|Envoys of [[China]] meet.]]They met.", "They met."),
        ("They met [https://x.example/a in Lima].", "They met in Lima."),
        ("== Talks ==\nThey met.", "Talks\nThey met."),
        ("<b>Envoys</b> <a href='x' rel=\"y\">met</a>.", "Envoys met."),
        ("They met.<ref>The Daily, p. 3</ref> They left.<ref name=a />", "They met. They left."),
        ("İ, İ, İ met.<REF>The Daily</REF> They left.", "İ, İ, İ met. They left."),
        ("They met.<script>steal()</script>", "They met."),
        ("They met.<!-- check --> All left.", "They met. All left."),
        ("They met.<br/>They left.", "They met.\n\nThey left."),
        ("<i>Envoys</i> &amp; aides met.", "Envoys & aides met."),
    ],
)
def test_markup_is_left_out_and_its_words_stay(typed, words):
    assert without_markup(typed) == words


@pytest.mark.parametrize(
    "typed",
    [
        "If a <b and c> d, they met.",
        "''We will fight,'' he said.",
        "Exports fell [sic] in May.",
        "He wrote <ann@daily.example> and AT&amp;T.",
        "A = B == C",
        "Envoys met <unknown> aides.",
        "The rock '''n' roll show",
    ],
)
def test_what_may_be_something_else_stays_as_it_is(typed):
    assert without_markup(typed) == typed


@pytest.mark.parametrize("mark", ["<a ", "[[", "'''", "<ref>", "<!--", "== ", "<b x=1 "])
def test_endless_markup_takes_no_time(mark):
    assert without_markup(mark * 50_000)


def test_the_text_of_a_record_is_stored_and_counted_without_its_markup(tmp_path):
    typed = "<p>Envoys of [[China]] and '''Japan''' met in Lima to sign the pact on fishing.</p>"
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "<b>Talks</b>", "text": typed}))
    (tmp_path / "b.csv").write_text(f'title,text\nTalks,"{typed} They left."\n')
    articles, rejected = load_corpus(tmp_path)
    assert rejected.empty
    words = "Envoys of China and Japan met in Lima to sign the pact on fishing."
    assert articles["text"].tolist() == [f"Talks\n\n{words}", f"Talks\n\n{words}\n\n They left."]
    assert articles["title"].tolist() == ["Talks", "Talks"]
