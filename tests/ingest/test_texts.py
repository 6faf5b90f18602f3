"""Bytes to the words of an article: encodings, damaged text, languages, mark-up and broken lines."""

import json

import pytest
from hypothesis import example, given, settings, strategies as st

from analysis.ingest.corpus import load_corpus
from analysis.ingest.texts import (
    decode,
    foreign_language,
    html_text,
    is_wrapped,
    joined_in_place,
    normalise_text,
    unwrapped,
    without_markup,
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_of_a_text_is_recognised(encoding):
    text = "The envoys said “nothing was agreed” in Zürich — the minister’s aide told reporters on Monday."
    assert decode(text.encode(encoding)) == text


RUSSIAN = "Министры иностранных дел встретились в понедельник в Женеве и ничего не решили"
CHINESE = "外交部长们星期一在日内瓦举行会谈，讨论了边境问题，双方没有达成任何协议。"
GERMAN = "Die Minister trafen sich am Freitag in Rom und einigten sich auf gar nichts. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (RUSSIAN, "Russian"),
        ("Москва", "another script"),
        (CHINESE, "Chinese"),
        (CHINESE * 10, "Chinese"),
        (f"{CHINESE} the of and to the of and to", "Chinese"),
        ("日本の首相は月曜日に会談した。", "Japanese"),
        ("외무장관들이 월요일에 만났다.", "Korean"),
        ("Οι υπουργοί συναντήθηκαν", "Greek"),
        (GERMAN, "German"),
        (GERMAN * 30, "German"),
        ("Nous ne céderons pas, a déclaré vendredi le ministre.", "French"),
        ("El ministro condenó a Rusia el viernes.", "Spanish"),
        ("أدانت إيران الهجوم الإسرائيلي على دمشق يوم الاثنين", "Arabic"),
    ],
)
def test_a_text_in_another_language_or_script_is_recognised_however_long_it_is(text, language):
    assert foreign_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Ministers met.",
        "Xi Jinping (习近平), Li Qiang and Wang Yi received Prabowo Subianto and Ferdinand Marcos Jr.",
        "Les ministres",  # too short to be recognised
        "Le Monde: Sánchez, Macron and Scholz meet Erdoğan in São Paulo",
        "1 2 3 …",
    ],
)
def test_english_and_short_texts_in_latin_letters_pass(text):
    assert foreign_language(text) is None


def test_text_that_was_never_damaged_is_not_repaired():
    for text in ("“Naïve façade”, she said — in São Paulo…", "Â", "Ãlvaro", "DÉJÀ VU"):
        assert normalise_text(text) == text


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("The ministers met in the morning by the old lake\n" * 3)
def test_normalising_a_text_twice_changes_nothing(text):
    once = normalise_text(text)
    assert normalise_text(once) == once


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("<b>Envoys</b> <a href='x' rel=\"y\">met</a>.", "Envoys met."),
        ("They met.<script>steal()</script>", "They met."),
        ("They met.<!-- check --> All left.", "They met. All left."),
        ("They met.<br/>They left.", "They met.\n\nThey left."),
        ("<i>Envoys</i> &amp; aides met.", "Envoys & aides met."),
        ("Xi&apos;s AT&amp;T call &#8211; R&D &copy2024", "Xi's AT&T call – R&D &copy2024"),
        ("typed &lt;b&gt; and &amp;lt;", "typed <b> and &lt;"),
    ],
)
def test_markup_is_left_out_and_its_words_stay(typed, words):
    assert without_markup(typed) == words


@pytest.mark.parametrize(
    "typed",
    ["If a <b and c> d, they met.", "He wrote <ann@daily.example> and AT&T.", "Envoys met <unknown> aides."],
)
def test_what_may_be_something_else_stays_as_it_is(typed):
    assert without_markup(typed) == typed


@pytest.mark.parametrize("mark", ["<a ", "<!--", "<b x=1 ", "a</b>", "a-->"])
def test_endless_markup_takes_no_time(mark):
    assert without_markup(mark * 50_000)


def test_the_text_of_a_record_is_stored_and_counted_without_its_markup(tmp_path):
    typed = "<p>Envoys of <a href='x'>China</a> and Japan met in Lima to sign the pact on fishing.</p>"
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"title": "<b>Talks</b>", "text": typed, "source": "A &amp; B"})
    )
    (tmp_path / "b.csv").write_text(f'title,text\nTalks,"{typed} They left."\n')
    articles, rejected = load_corpus(tmp_path)
    assert rejected.empty
    words = "Envoys of China and Japan met in Lima to sign the pact on fishing."
    assert articles["text"].tolist() == [f"Talks\n\n{words}", f"Talks\n\n{words}\n\nThey left."]
    assert articles["title"].tolist() == ["Talks", "Talks"]
    assert articles["outlet"][0] == "A & B"


def test_html_gives_its_words_by_block_and_no_script():
    markup = (
        "<p>One<br>two <b>th</b>ree</p><script>x</script><table><tr><td>a</td><td>b</td></tr></table>&amp;"
    )
    assert html_text(markup) == "One\ntwo three\na\tb\n&"


def test_lines_broken_at_a_margin_become_paragraphs():
    text = "A heading\nThe ministers met on Monday in a hotel by the\nlake and spoke for an hour.\nThey left."
    assert unwrapped(text) == (
        "A heading\n\nThe ministers met on Monday in a hotel by the lake and spoke for an hour.\n\nThey left."
    )


@pytest.mark.parametrize(
    "text",
    [
        "One paragraph per line, which ends where a sentence ends.\nThe next one does so too, after a while.",
        "A headline\nBy Ann Bell\nROME\nThe envoys met on Monday in a hotel by the lake and spoke at length.",
        f"{'word ' * 40}without an end\n{'word ' * 40}without an end\n{'word ' * 40}.",
    ],
)
def test_a_text_with_one_paragraph_per_line_is_left_alone(text):
    assert not is_wrapped(text)


@given(st.text())
@example(
    "The ministers met on Monday in a hotel by the lake\nand spoke until the evening in a hall by the lake\n"
    * 2
)
def test_any_text_can_be_unwrapped_and_its_lines_be_joined_in_place(text):
    unwrapped(text)
    joined = joined_in_place(text)
    assert joined.split() == text.split() and len(joined) == len(text)
    assert not is_wrapped(text) or joined.count("\n") < text.count("\n")
