"""Correcting where one reads: a sentence, the row in it, what is right, why and who; and taking it back."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.ingest.corrections_file import load_corrections
from analysis.workbench.explorers import Explorer
from tests.tables import ARTICLE, TEXT, articles, corpus, events, quotes, sentences, topics
from tests.workbench.forms import HOSTILE, Opened, files, words_in

QUOTE = f"{ARTICLE}:23:53"
EVENT = f"{ARTICLE}:36:CHN>JPN"
TITLE, SENTENCE = f"{ARTICLE}:0", f"{ARTICLE}:13"
IDS = {"events": EVENT, "quotes": QUOTE, "topics": f"{TITLE}|theme|diplomacy", "articles": ARTICLE}
ADDED = {"source": "China", "target": "Japan", "root": "ACCUSE", "status": "past"}


def tables(role=None, **more):
    said = {"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi", "role": role}
    return corpus(
        articles=articles({"title": HOSTILE}),
        sentences=sentences((0, 11), (13, len(TEXT))),
        **{"quotes": quotes(said), "events": events({"event_id": EVENT}), "topics": topics({}), **more},
    )


def opened(folder, role=None):
    """The form with the second sentence of the article chosen."""
    form = Explorer(Opened(tables(role), folder), "articles").reading
    form.article.chosen = ["13"]
    form.initials.value = "ab"
    return form


@pytest.fixture
def form(tmp_path):
    return opened(tmp_path)


def buttons(form):
    return [one["data-press"] for one in BeautifulSoup(form.found.html, "html.parser").select("button")]


def press(form, what, kind="", identity=SENTENCE):
    """Press a button of the sentence that the topic, or anything else, is in."""
    form.article.chosen = ["0" if identity.startswith(TITLE) and kind == "topics" else "13"]
    key = f"{what}|{kind}|{identity}"
    assert key in buttons(form)
    form.found.pressed = key


def entered(form, what, kind="", identity=SENTENCE, **values):
    """Say what is the matter, enter values and save."""
    press(form, what, kind, identity)
    for name, value in values.items():
        form.fields[name].value = value
    form.save.click()
    return saved(form)


def wrong(form, kind, **values):
    return entered(form, "wrong", kind, IDS[kind], **values)


def saved(form):
    rows = load_corrections(form.corpus.seeds)
    return rows[["table", "id", "field", "old", "new"]].values.tolist()


def test_the_article_is_corrected_with_the_reason(form):
    press(form, "wrong", "articles", ARTICLE)
    form.note.value = "the outlet's own page"
    for name, value in {"published_date": "2024-04-22", "outlet": "Daily Post", "title": "Talks"}.items():
        form.fields[name].value = value
    form.save.click()
    assert saved(form) == [
        ["articles", ARTICLE, "published_date", "", "2024-04-22"],
        ["articles", ARTICLE, "outlet", "", "Daily Post"],
        ["articles", ARTICLE, "title", HOSTILE, "Talks"],
    ]
    assert "the outlet's own page; ab" in form.found.html.replace("&#39;", "'")


def test_nothing_is_chosen_before_somebody_chooses_it(tmp_path):
    reading = Explorer(Opened(tables(), tmp_path), "articles").reading
    assert reading.article.chosen == []
    assert buttons(reading) == [f"wrong|articles|{ARTICLE}"]
    reading.article.chosen = ["13"]
    assert reading.form.layout.display == "none"


def test_an_incomplete_form_says_what_is_missing_and_saves_nothing(form):
    form.initials.value = ""
    entered(form, "missing here", "events", source="China")
    assert "Still to fill in: On whom; Type; Status; Your initials" in words_in(form.pane)
    entered(form, "missing here", "topics")
    assert "Still to fill in: Topic; Your initials" in words_in(form.pane)
    assert files(form.corpus.seeds) == []


def test_the_form_of_what_is_wrong_is_filled_with_the_row_and_that_of_what_is_missing_is_empty(form):
    press(form, "wrong", "events", EVENT)
    filled = {name: field.value for name, field in form.fields.items()}
    assert filled == {"source": "China", "target": "Japan", "root": "THREATEN", "status": "past"}
    press(form, "missing here", "events")
    assert {field.value for field in form.fields.values()} == {"", None, False}


@pytest.mark.parametrize(
    ("typed", "name"),
    [(" xi jinping ", "Xi Jinping"), ("Li", "Li"), ("Fr", "Fr"), ("china", "China"), ("Ana Paz", "Ana Paz")],
)
def test_a_new_speaker_is_called_as_typed_unless_it_is_the_full_name_of_a_listed_one(tmp_path, typed, name):
    form = opened(tmp_path, role="envoy")  # which was the role of the speaker before
    assert wrong(form, "quotes", speaker=typed) == [["quotes", QUOTE, "speaker", "Xi", name]]


def test_several_fields_of_an_event_are_corrected_or_the_event_is_removed(form):
    assert wrong(form, "events", source="USA", root="CONSULT", status="negated") == [
        ["events", EVENT, "source", "China", "United States"],
        ["events", EVENT, "root", "THREATEN", "CONSULT"],
        ["events", EVENT, "status", "past", "negated"],
    ]
    assert entered(form, "not there", "events", EVENT)[3:] == [["events", EVENT, "drop", "THREATEN", ""]]
    assert load_corrections(form.corpus.seeds)["standing"].tolist() == ["replaced"] * 3 + ["applies"]


def test_a_role_and_a_country_are_corrected_and_a_statement_is_removed(form):
    assert wrong(form, "quotes", role="president", country="Chinese") == [
        ["quotes", QUOTE, "role", "", "president"],
        ["quotes", QUOTE, "country", "", "CHN"],
    ]
    assert entered(form, "not there", "quotes", QUOTE)[-1] == ["quotes", QUOTE, "drop", "Xi", ""]


def test_a_theme_is_replaced_removed_and_another_added(form):
    wrong(form, "topics", topic=("theme", "alliances"))
    entered(form, "not there", "topics", IDS["topics"])
    entered(form, "missing here", "topics", topic=("theme", "trade and tariffs"))
    assert saved(form) == [
        ["topics", TITLE, "theme", "diplomacy", "alliances"],
        ["topics", TITLE, "theme", "diplomacy", ""],
        ["topics", SENTENCE, "theme", "", "trade and tariffs"],
    ]


@pytest.mark.parametrize(
    ("what", "kind", "values", "reason"),
    [
        ("wrong", "articles", {"published_date": "yesterday"}, "new is 'yesterday'"),
        ("wrong", "events", {"source": "Atlantis"}, "no actor is called 'Atlantis'"),
        ("wrong", "events", {"source": "Li"}, "no actor is called 'Li'"),
        ("wrong", "events", {"source": "Japan"}, "is already the other side of the event"),
        ("wrong", "events", {}, "Nothing was changed"),
        ("wrong", "quotes", {"country": "Atlantis"}, "no country is called 'Atlantis'"),
        ("wrong", "topics", {"topic": ("theme", "diplomacy")}, "expected a value that differs from old"),
        ("missing here", "quotes", {"words": "Never said"}, "does not contain “Never said”: copy the words"),
        ("missing here", "events", {**ADDED, "target": "china"}, "China cannot act on itself"),
    ],
)
def test_a_mistake_is_shown_in_one_sentence_and_nothing_is_written(form, what, kind, values, reason):
    assert entered(form, what, kind, IDS[kind] if what == "wrong" else SENTENCE, **values) == []
    assert reason in words_in(form.pane)
    assert files(form.corpus.seeds) == []


def test_what_is_there_is_not_added_again(form):
    form.article.chosen = ["0"]
    form.found.pressed = f"missing here|topics|{TITLE}"
    form.fields["topic"].value = ("theme", "diplomacy")
    form.save.click()
    assert "The program reads diplomacy here already." in words_in(form.pane)
    assert files(form.corpus.seeds) == []


def test_a_row_that_somebody_removed_meanwhile_is_not_corrected(form):
    press(form, "wrong", "events", EVENT)
    form.fields["status"].value = "future"
    form.corpus.show(tables(events=events()))
    form.save.click()
    assert "This is no longer there: somebody corrected it meanwhile." in words_in(form.pane)
    assert saved(form) == []


def test_a_correction_is_taken_back_and_the_one_before_it_counts_again(form):
    for day in ("2024-04-22", "2024-04-23"):
        wrong(form, "articles", published_date=day)
    assert "not applied: replaced by line 3" in form.found.html
    for left in (1, 0):
        form.found.pressed = next(one for one in buttons(form) if one.startswith("take back"))
        assert "Taken back" in words_in(form.pane)
        assert len(saved(form)) == left


def test_what_was_missed_is_added_at_its_words_or_at_the_whole_sentence(form):
    values = {**ADDED, "source": "tokyo", "target": "UK", "status": "future"}
    entered(form, "missing here", "events", **values)
    entered(form, "missing here", "events", **values, is_joint=True, words="warned  Japan")
    entered(form, "missing here", "quotes", words="at  $5", speaker="Ana Paz")
    assert saved(form) == [
        ["events", f"{ARTICLE}:13:{len(TEXT)}", "add", "", "Japan > United Kingdom: accusation, future"],
        ["events", f"{ARTICLE}:41:53", "add", "", "Japan <> United Kingdom: accusation, future"],
        ["quotes", f"{ARTICLE}:54:59", "add", "", "Ana Paz"],
    ]
    assert load_corrections(form.corpus.seeds)["words"].tolist()[:2] == [TEXT[13:], "warned Japan"]


def test_an_article_is_found_by_its_words_and_stays_open_when_others_come(tmp_path):
    titles = enumerate(("Rice", "Iron"))
    rows = [{"article_id": f"{n:016x}", "title": one, "path": f"{n}.txt"} for n, one in titles]
    whole = pd.concat(sentences((0, len(TEXT))).assign(article_id=row["article_id"]) for row in rows)
    form = Explorer(Opened(corpus(articles=articles(*rows), sentences=whole), tmp_path), "articles")
    form.controls["within"].value = "titles"
    form.controls["search"].value = "iron"
    assert [piece.article_id for piece in form.pieces] == [rows[1]["article_id"]]
    form.corpus.show(corpus(articles=articles({**rows[1], "title": "Iron ore"}, rows[0])))
    assert "Iron ore" in form.reading.article.html


def test_a_correction_of_what_no_longer_exists_is_kept_and_shown_as_not_applied(form):
    wrong(form, "events", status="future")
    known = tables(events=events())
    reason = "event_id no longer exists: the current rules read this text differently"
    lapsed = load_corrections(form.corpus.seeds).assign(standing="lapsed", problem=reason)
    form.corpus.show(corpus(**{**vars(known), "corrections": lapsed}))
    assert f"<strong>not applied: {reason}</strong>" in form.found.html


def test_an_explorer_shows_the_corrected_tables_with_the_same_choice_at_the_same_sentence(tmp_path):
    opened = Opened(tables(), tmp_path)
    explorer = Explorer(opened, "events")
    explorer.bars.chosen = ["CHN-JPN"]
    explorer.controls["pair"].value = "CHN-JPN"
    assert "China → Japan: threat" in explorer.reading.found.html
    opened.show(tables(events=events({"event_id": EVENT, "root": "CONSULT"})))
    assert (explorer.bars.chosen, explorer.controls["pair"].value) == (["CHN-JPN"], "CHN-JPN")
    assert "talks (CONSULT)" in explorer.evidence.html
    opened.show(tables(events=events()))  # it was removed, and its sentence can still be read
    assert "There is no pair to show" in explorer.bars.html
    assert explorer.reading.place == (ARTICLE, 13)
    assert "warned" in explorer.reading.article.html


def test_readers_of_the_dashboard_see_what_was_found_and_correct_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    form = opened(tmp_path)
    assert "China → Japan: threat" in form.found.html
    assert buttons(form) == []
    form.found.pressed = f"not there|events|{EVENT}"
    form.save.click()
    assert saved(form) == []


def test_hostile_text_is_shown_as_text(form):
    form.note.value = HOSTILE
    press(form, "wrong", "articles", ARTICLE)
    form.note.value = HOSTILE
    form.fields["outlet"].value = HOSTILE
    form.save.click()
    assert HOSTILE in load_corrections(form.corpus.seeds)["note"].tolist()
    assert "<script" not in form.found.html
    assert "&lt;script&gt;" in form.found.html
