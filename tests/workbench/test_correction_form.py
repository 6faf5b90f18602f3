"""The form that corrects a result: the right value is saved with its reason, and can be taken back."""

import pytest

from analysis.ingest.corrections_file import load_corrections
from analysis.workbench.correction_form import CorrectionForm
from tests.tables import ARTICLE, TEXT, articles, corpus, events, quotes, topics
from tests.workbench.forms import HOSTILE, files, words_in

QUOTE = f"{ARTICLE}:23:53"
EVENT = f"{ARTICLE}:36:CHN>JPN"
SENTENCE = f"{ARTICLE}:13"
IDS = {"events": EVENT, "quotes": QUOTE, "topics": f"{ARTICLE}:0", "articles": ARTICLE}


def opened(folder, role=None):
    form = CorrectionForm(
        folder,
        corpus(
            articles=articles({"title": HOSTILE}),
            quotes=quotes({"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi", "role": role}),
            events=events({"event_id": EVENT}),
            topics=topics({}),
        ),
    )
    form.initials.value = "ab"
    return form


@pytest.fixture
def form(tmp_path):
    return opened(tmp_path)


def entered(form, kind, **values):
    """Choose the row of a kind, enter values in its fields and save."""
    form.kind.value = kind
    if kind != "articles":
        form.row.value = IDS.get(kind, SENTENCE)
    for name, value in values.items():
        form.fields[name].value = value
    form.save_button.click()
    return saved(form)


def saved(form):
    rows = load_corrections(form.seeds)
    return rows[["table", "id", "field", "old", "new"]].values.tolist()


def test_the_article_is_corrected_with_the_reason(form):
    form.note.value = "the outlet's own page"
    assert entered(form, "articles", published_date="2024-04-22", outlet="Daily Post", title="Talks") == [
        ["articles", ARTICLE, "published_date", "", "2024-04-22"],
        ["articles", ARTICLE, "outlet", "", "Daily Post"],
        ["articles", ARTICLE, "title", HOSTILE, "Talks"],
    ]
    assert "the outlet's own page ab" in words_in(form.listing)


def test_nothing_is_chosen_before_somebody_chooses_it(form):
    assert form.row.value is None
    assert words_in(form.evidence) == "Choose one in the list."
    form.save_button.click()
    assert "Nothing is chosen: first choose what to correct in the list." in words_in(form.pane)
    assert files(form.seeds) == []


@pytest.mark.parametrize("name", ["root", "status"])
def test_a_missed_event_is_not_saved_without_a_type_or_a_status(form, name):
    values = {"source": "China", "target": "Japan", "root": "ACCUSE", "status": "past"}
    assert entered(form, "missed events", **{**values, name: None}) == []
    label = {"root": "Type", "status": "Status"}[name]
    assert words_in(form.pane) == f"That did not work. “{label}” is empty: fill it in."
    assert entered(form, "missed events", **values)


def test_a_corrected_speaker_gets_the_known_spelling_of_the_name_and_not_the_role_of_the_one_before(tmp_path):
    form = opened(tmp_path, role="envoy")
    assert entered(form, "quotes", speaker=" xi jinping ") == [
        ["quotes", QUOTE, "speaker", "Xi", "Xi Jinping"]
    ]
    assert "China warned Japan" in words_in(form.evidence)


def test_several_fields_of_an_event_are_corrected_or_the_event_is_removed(form):
    assert entered(form, "events", source="USA", root="CONSULT", status="negated") == [
        ["events", EVENT, "source", "China", "United States"],
        ["events", EVENT, "root", "THREATEN", "CONSULT"],
        ["events", EVENT, "status", "past", "negated"],
    ]
    assert entered(form, "events", drop=True)[3:] == [["events", EVENT, "drop", "THREATEN", ""]]
    assert load_corrections(form.seeds)["standing"].tolist() == ["replaced"] * 3 + ["applies"]


def test_a_role_and_a_country_are_corrected_and_a_statement_is_removed(form):
    assert entered(form, "quotes", role="president", country="Chinese") == [
        ["quotes", QUOTE, "role", "", "president"],
        ["quotes", QUOTE, "country", "", "CHN"],
    ]
    assert entered(form, "quotes", drop=True)[-1] == ["quotes", QUOTE, "drop", "Xi", ""]


def test_a_theme_is_replaced_and_another_added(form):
    entered(form, "topics", old=("theme", "diplomacy"), new=("theme", "alliances"))
    assert entered(form, "topics", old=("theme", ""), new=("theme", "trade and tariffs")) == [
        ["topics", f"{ARTICLE}:0", "theme", "diplomacy", "alliances"],
        ["topics", f"{ARTICLE}:0", "theme", "", "trade and tariffs"],
    ]


@pytest.mark.parametrize(
    ("kind", "name", "value", "reason"),
    [
        ("articles", "published_date", "yesterday", "new is 'yesterday'"),
        ("events", "source", "Atlantis", "no actor is called 'Atlantis'"),
        ("events", "source", "Japan", "Japan cannot act on itself"),
        ("quotes", "speaker", "Xi", "Nothing was changed"),
        ("quotes", "country", "Atlantis", "no country is called 'Atlantis'"),
        ("missed events", "source", "Japan", "“On whom” is empty: fill it in."),
        (
            "missed statements",
            "words",
            "Never said",
            "The sentence does not contain “Never said”: copy the words",
        ),
        ("missed statements", "country", "China", "A role or a country needs a speaker"),
        ("topics", "new", ("theme", "alliances"), "Nothing was changed"),
    ],
)
def test_a_mistake_is_shown_in_one_sentence_and_nothing_is_written(form, kind, name, value, reason):
    assert entered(form, kind, **{name: value}) == []
    assert reason in words_in(form.pane)
    assert files(form.seeds) == []


def test_nothing_is_saved_without_initials(form):
    form.initials.value = ""
    assert entered(form, "articles", outlet="Daily Post") == []
    assert "Enter your initials first" in words_in(form.pane)


def test_a_correction_is_taken_back_and_the_one_before_it_counts_again(form):
    for day in ("2024-04-22", "2024-04-23"):
        entered(form, "articles", published_date=day)
    assert "replaced by line 3" in words_in(form.listing)
    form.undo_button.click()
    assert "Taken back" in words_in(form.pane)
    assert saved(form) == [["articles", ARTICLE, "published_date", "", "2024-04-22"]]
    form.undo_button.click()
    assert words_in(form.listing) == "There are no corrections by an analyst."
    assert form.undo_button.disabled


def test_a_missed_event_is_added_at_the_sentence_that_was_chosen(form):
    form.kind.value = "missed events"
    assert [label for label, _ in form.row.options] == ["1. Envoys meet", f"2. {TEXT[13:]}"]
    values = {"source": "tokyo", "target": "UK", "root": "ACCUSE", "status": "future"}
    entered(form, "missed events", **values)
    entered(form, "missed events", **values, is_joint=True, words="warned  Japan")
    assert saved(form) == [
        ["events", f"{ARTICLE}:13:{len(TEXT)}", "add", "", "Japan > United Kingdom: accusation, future"],
        ["events", f"{ARTICLE}:41:53", "add", "", "Japan <> United Kingdom: accusation, future"],
    ]
    assert load_corrections(form.seeds)["words"].tolist() == [TEXT[13:], "warned Japan"]


def test_a_missed_statement_is_added_with_its_speaker_and_their_role(form):
    found = entered(
        form,
        "missed statements",
        words="China warned Japan",
        speaker="Ana Paz",
        role="minister",
        country="Peru",
    )
    place = f"{ARTICLE}:35:53"
    assert found == [
        ["quotes", place, "add", "", "Ana Paz"],
        ["quotes", place, "role", "", "minister"],
        ["quotes", place, "country", "", "PER"],
    ]


def test_typing_lists_the_articles_at_once_and_keeps_the_one_that_was_chosen(tmp_path):
    rows = [{"article_id": f"{n:016x}", "title": one} for n, one in enumerate(("Rice", "Iron", "Ironing"))]
    form = CorrectionForm(tmp_path, corpus(articles=articles(*rows)))
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


def test_a_hostile_title_is_shown_as_text_and_the_id_of_the_row_for_those_who_write_the_file(form):
    form.note.value = HOSTILE
    entered(form, "articles", published_date="2024-04-22")
    for pane in (form.evidence, form.listing):
        assert "<script" not in pane.outputs[0]["data"]["text/html"]
    form.kind.value = "events"
    form.row.value = EVENT
    assert f"Its id in corrections.csv: {EVENT}" in words_in(form.evidence)
