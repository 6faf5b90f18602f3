"""The form that corrects a result: the right value is saved with its reason, and can be taken back."""

import pytest

from analysis.ingest.corrections_file import COLUMNS, load_corrections, save_correction
from analysis.workbench.correction_form import CorrectionForm
from tests.tables import ARTICLE, TEXT, articles, corpus, events, quotes, topics
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


def opened(folder, tables):
    form = CorrectionForm(folder, tables)
    form.initials.value = "ab"
    return form


@pytest.fixture
def form(tmp_path):
    return opened(tmp_path, corpus_read())


def saved(form):
    rows = load_corrections(form.seeds)
    return rows[["table", "id", "field", "old", "new"]].values.tolist()


def test_a_date_is_corrected_with_its_reason(form):
    form.kind.value = "articles"
    form.field_box.children[0].value = "2024-04-22"
    form.note.value = "the outlet's own page"
    form.save_button.click()
    assert saved(form) == [["articles", ARTICLE, "published_date", "", "2024-04-22"]]
    assert load_corrections(form.seeds)["made_by"].tolist() == ["ab"]
    assert "the outlet's own page ab" in words_in(form.listing)


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
    assert saved(form)[3:] == [["events", EVENT, "drop", "THREATEN", ""]]
    assert load_corrections(form.seeds)["standing"].tolist() == ["replaced"] * 3 + ["applies"]


def test_an_event_whose_type_was_corrected_is_removed_by_the_type_that_was_read(tmp_path):
    typed = {"table": "events", "id": EVENT, "field": "root", "old": "THREATEN", "new": "AID"}
    save_correction(tmp_path, {**dict.fromkeys(COLUMNS, ""), **typed})
    shown = corpus(events=events({"event_id": EVENT, "root": "AID"}), corrections=load_corrections(tmp_path))
    form = opened(tmp_path, shown)
    form.kind.value = "events"
    form.field_box.children[-1].value = True
    form.save_button.click()
    assert saved(form)[1:] == [["events", EVENT, "drop", "THREATEN", ""]]


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
        ("quotes", 2, "Atlantis", "no country is called 'Atlantis'"),
        ("missed events", 0, "Japan", "“On whom” is empty: fill it in."),
        ("missed statements", 0, "Never said", "The sentence does not contain “Never said”: copy the words"),
        ("missed statements", 3, "China", "A role or a country needs a speaker"),
    ],
)
def test_a_mistake_is_shown_in_one_sentence_and_nothing_is_written(form, kind, place, value, reason):
    form.kind.value = kind
    form.field_box.children[place].value = value
    form.save_button.click()
    assert reason in words_in(form.pane)
    assert files(form.seeds) == []


def test_a_correction_is_taken_back_and_the_one_before_it_counts_again(form):
    form.kind.value = "articles"
    for day in ("2024-04-22", "2024-04-23"):
        form.field_box.children[0].value = day
        form.save_button.click()
    assert "replaced by line 3" in words_in(form.listing)
    form.undo_button.click()
    assert "Taken back" in words_in(form.pane)
    assert saved(form) == [["articles", ARTICLE, "published_date", "", "2024-04-22"]]
    form.undo_button.click()
    assert words_in(form.listing) == "There are no corrections by an analyst."
    assert form.undo_button.disabled


def test_nothing_is_saved_without_initials(tmp_path):
    form = CorrectionForm(tmp_path, corpus_read())
    form.kind.value = "articles"
    form.field_box.children[1].value = "Daily Post"
    form.save_button.click()
    assert "Enter your initials first" in words_in(form.pane)
    assert files(tmp_path) == []


def test_outlet_and_title_are_corrected(form):
    form.kind.value = "articles"
    _, outlet, title = form.field_box.children
    outlet.value, title.value = "Daily Post", "Envoys meet"
    form.save_button.click()
    assert saved(form) == [
        ["articles", ARTICLE, "outlet", "", "Daily Post"],
        ["articles", ARTICLE, "title", HOSTILE, "Envoys meet"],
    ]


def test_a_role_and_a_country_are_corrected_and_a_statement_is_removed(form):
    form.kind.value = "quotes"
    _, role, country, drop = form.field_box.children
    role.value, country.value = "president", "Chinese"
    form.save_button.click()
    assert saved(form) == [
        ["quotes", QUOTE, "role", "", "president"],
        ["quotes", QUOTE, "country", "", "CHN"],
    ]
    drop.value = True
    form.save_button.click()
    assert saved(form)[-1] == ["quotes", QUOTE, "drop", "Xi", ""]


def test_a_new_speaker_does_not_get_the_role_of_the_one_before(tmp_path):
    quote = {"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi", "role": "envoy"}
    form = opened(tmp_path, corpus(articles=articles({"title": HOSTILE}), quotes=quotes(quote)))
    form.kind.value = "quotes"
    form.field_box.children[0].value = "Ana Paz"
    form.save_button.click()
    assert saved(form) == [["quotes", QUOTE, "speaker", "Xi", "Ana Paz"]]


def test_a_missed_event_is_added_at_the_sentence_that_was_chosen(form):
    form.kind.value = "missed events"
    assert [label for label, _ in form.row.options] == ["1. Envoys meet", f"2. {TEXT[13:]}"]
    form.row.index = 1
    source, target, root, status, both, words = form.field_box.children
    source.value, target.value, root.value, status.value = "tokyo", "UK", "ACCUSE", "future"
    assert dict(root.options)["accusation: criticises, blames, condemns, complains, investigates"] == "ACCUSE"
    form.save_button.click()
    both.value, words.value = True, "warned  Japan"
    form.save_button.click()
    assert saved(form) == [
        ["events", f"{ARTICLE}:13:{len(TEXT)}", "add", "", "Japan > United Kingdom: accusation, future"],
        ["events", f"{ARTICLE}:41:53", "add", "", "Japan <> United Kingdom: accusation, future"],
    ]
    rows = load_corrections(form.seeds)
    assert rows["words"].tolist() == [TEXT[13:], "warned Japan"]
    assert "added" in words_in(form.listing)


def test_a_missed_statement_is_added_with_its_speaker_and_their_role(form):
    form.kind.value = "missed statements"
    form.row.index = 1
    words, who, role, country = form.field_box.children
    assert words.value == TEXT[13:]
    words.value, who.value, role.value, country.value = "China warned Japan", "Ana Paz", "minister", "Peru"
    form.save_button.click()
    place = f"{ARTICLE}:35:53"
    assert saved(form) == [
        ["quotes", place, "add", "", "Ana Paz"],
        ["quotes", place, "role", "", "minister"],
        ["quotes", place, "country", "", "PER"],
    ]


def test_typing_lists_the_articles_at_once_and_keeps_the_one_that_was_chosen(tmp_path):
    rows = [
        {"article_id": f"{n:016x}", "title": title} for n, title in enumerate(("Rice", "Iron", "Ironing"))
    ]
    form = opened(tmp_path, corpus(articles=articles(*rows)))
    assert form.find.continuous_update
    form.article.value = rows[2]["article_id"]
    form.find.value = "iron"
    assert [label for label, _ in form.article.options] == ["2. Iron (undated)", "3. Ironing (undated)"]
    assert form.article.value == rows[2]["article_id"]
    form.find.value = "rice"
    assert form.article.value == rows[0]["article_id"]
    form.find.value = "nothing"
    assert words_in(form.evidence) == "No title or file name contains these words."


def test_words_find_a_sentence_of_the_article(form):
    form.kind.value = "missed events"
    form.find_row.value = "WARNED"
    assert [label for label, _ in form.row.options] == [f"2. {TEXT[13:]}"]
    form.find_row.value = "nowhere"
    assert words_in(form.evidence) == "Nothing of this kind in the article contains these words."


def test_the_id_of_the_chosen_row_is_shown_for_those_who_write_the_file_themselves(form):
    form.kind.value = "events"
    assert f"Its id in corrections.csv: {EVENT}" in words_in(form.evidence)


def test_what_restores_the_reading_of_the_program_takes_the_corrections_back(tmp_path):
    typed = {"table": "events", "id": EVENT, "field": "root", "old": "THREATEN", "new": "AID"}
    save_correction(tmp_path, {**dict.fromkeys(COLUMNS, ""), **typed})
    shown = corpus(events=events({"event_id": EVENT, "root": "AID"}), corrections=load_corrections(tmp_path))
    form = opened(tmp_path, shown)
    form.field_box.children[2].value = "THREATEN"
    form.save_button.click()
    assert saved(form) == []


def test_a_hostile_title_is_shown_as_text(form):
    form.kind.value = "articles"
    form.field_box.children[0].value = "2024-04-22"
    form.note.value = HOSTILE
    form.save_button.click()
    for pane in (form.evidence, form.listing):
        assert "<script" not in pane.outputs[0]["data"]["text/html"]
