"""The form that corrects a result: the right value is saved with its reason, and can be taken back."""

import pytest

from analysis.ingest.corrections_file import COLUMNS, load_corrections, save_correction
from analysis.workbench.correction_form import CorrectionForm
from tests.tables import ARTICLE, articles, corpus, events, quotes, topics
from tests.workbench.forms import HOSTILE, files, words_in

QUOTE = f"{ARTICLE}:23:53"
EVENT = f"{ARTICLE}:36:CHN>JPN"


def corpus_read():
    return corpus(
        articles=articles({"title": HOSTILE}),
        quotes=quotes({"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi"}),
        events=events({"event_id": EVENT}),
        topics=topics({}),
    )


@pytest.fixture
def form(tmp_path):
    return CorrectionForm(tmp_path, corpus_read())


def saved(form):
    rows = load_corrections(form.seeds)
    return rows[["table", "id", "field", "old", "new"]].values.tolist()


def test_a_date_is_corrected_with_its_reason(form):
    form.field_box.children[0].value = "2024-04-22"
    form.note.value, form.initials.value = "the outlet's own page", "ab"
    form.save_button.click()
    assert saved(form) == [["articles", ARTICLE, "published_date", "", "2024-04-22"]]
    assert load_corrections(form.seeds)["made_by"].tolist() == ["ab"]
    assert "the outlet's own page, ab" in words_in(form.listing)


def test_a_corrected_speaker_gets_the_known_spelling_of_the_name(form):
    form.kind.value = "quotes"
    assert "China warned Japan" in words_in(form.evidence)
    form.field_box.children[0].value = " xi jinping "
    form.save_button.click()
    assert saved(form) == [["quotes", QUOTE, "speaker", "Xi", "Xi Jinping"]]


def test_several_fields_of_an_event_are_corrected_or_the_event_is_removed(form):
    form.kind.value = "events"
    source, _, root, status, drop = form.field_box.children
    source.value, root.value, status.value = "usa".upper(), "CONSULT", "negated"
    form.save_button.click()
    assert saved(form) == [
        ["events", EVENT, "source", "China", "United States"],
        ["events", EVENT, "root", "THREATEN", "CONSULT"],
        ["events", EVENT, "status", "past", "negated"],
    ]
    drop.value = True
    form.save_button.click()
    assert saved(form) == [["events", EVENT, "drop", "THREATEN", ""]]


def test_an_event_whose_type_was_corrected_is_removed_by_the_type_that_was_read(tmp_path):
    typed = {"table": "events", "id": EVENT, "field": "root", "old": "THREATEN", "new": "AID"}
    save_correction(tmp_path, {**dict.fromkeys(COLUMNS, ""), **typed})
    shown = corpus(events=events({"event_id": EVENT, "root": "AID"}), corrections=load_corrections(tmp_path))
    form = CorrectionForm(tmp_path, shown)
    form.kind.value = "events"
    form.field_box.children[-1].value = True
    form.save_button.click()
    assert saved(form) == [["events", EVENT, "drop", "THREATEN", ""]]


def test_a_theme_is_replaced_and_another_added(form):
    form.kind.value = "topics"
    _, old, new = form.field_box.children
    old.value, new.value = "diplomacy", "alliances"
    form.save_button.click()
    old.value, new.value = "", "trade and tariffs"
    form.save_button.click()
    assert saved(form) == [
        ["topics", f"{ARTICLE}:0", "theme", "diplomacy", "alliances"],
        ["topics", f"{ARTICLE}:0", "theme", "", "trade and tariffs"],
    ]


@pytest.mark.parametrize(
    ("kind", "place", "value", "reason"),
    [
        ("articles", 0, "yesterday", "new is 'yesterday'"),
        ("events", 0, "Atlantis", "no actor is called 'Atlantis'"),
        ("events", 0, "Japan", "Japan cannot act on itself"),
        ("quotes", 0, "Xi", "Nothing was changed"),
    ],
)
def test_a_mistake_is_shown_in_one_sentence_and_nothing_is_written(form, kind, place, value, reason):
    form.kind.value = kind
    form.field_box.children[place].value = value
    form.save_button.click()
    assert reason in words_in(form.pane)
    assert files(form.seeds) == []


def test_a_correction_is_taken_back(form):
    form.field_box.children[0].value = "2024-04-22"
    form.save_button.click()
    form.undo_button.click()
    assert saved(form) == []
    assert words_in(form.listing) == "There are no corrections by an analyst."


def test_a_hostile_title_is_shown_as_text(form):
    form.field_box.children[0].value = "2024-04-22"
    form.note.value = HOSTILE
    form.save_button.click()
    for pane in (form.evidence, form.listing):
        assert "<script" not in pane.outputs[0]["data"]["text/html"]
