"""The desk: what is uploaded is shown first and saved on demand, a result is overruled and given back."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.ingest.corpus import load_corpus
from analysis.ingest.corrections_file import COLUMNS, load_corrections, save_correction
from analysis.workbench.add_article_form import AddingDesk, safe_name
from analysis.workbench.correction_form import CorrectingDesk
from tests.tables import ARTICLE, articles, corpus, events, quotes, topics

STORY = "The ministers of both countries met again on Friday and agreed on nothing at all. " * 3
HOSTILE = "<script>alert(1)</script> $x$ *b*"
QUOTE = f"{ARTICLE}:23:53"
EVENT = f"{ARTICLE}:36:CHN>JPN"


def upload(desk, name, content):
    given = {"name": name, "type": "", "size": len(content), "content": memoryview(content)}
    desk.upload.value = ({**given, "last_modified": datetime.now(UTC)},)


def told(pane):
    """The words of a pane; an exception of ours in it fails the test."""
    assert pane.outputs, "the pane is empty"
    assert pane.outputs[0]["output_type"] == "display_data", pane.outputs[0]
    return pane.outputs[0]["data"]["text/plain"]


def files(folder):
    return sorted(path.name for path in Path(folder).rglob("*") if path.is_file())


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "seeds").mkdir()
    return AddingDesk(tmp_path / "seeds")


def test_a_preview_tells_what_is_understood_and_writes_nothing(desk):
    upload(desk, "rome.txt", f"Envoys meet in Rome\n\n{STORY}".encode())
    desk.look.click()
    words = told(desk.pane)
    assert "Envoys meet in Rome" in words
    assert "English" in words
    assert "a story of its own" in words
    assert desk.fields["title"].value == "Envoys meet in Rome"
    assert files(desk.seeds) == []


def test_what_is_mended_in_the_fields_is_saved_with_the_article(desk):
    upload(desk, "rome.txt", f"Envoys meet in Rome\n\n{STORY}".encode())
    desk.look.click()
    desk.fields["published_date"].value, desk.fields["outlet"].value = "2024-04-22", "The Daily"
    desk.save.click()
    assert "Run All Cells" in told(desk.pane)
    rows, _ = load_corpus(desk.seeds)
    assert (rows["path"][0], rows["outlet"][0]) == ("rome.txt", "The Daily")
    assert f"{rows['published_date'][0]:%Y-%m-%d}" == "2024-04-22"
    row = next(csv.DictReader((desk.seeds / "metadata.csv").open()))
    assert row["title"] == ""  # the file says it, so the metadata need not


def test_a_pasted_text_gets_a_file_named_by_its_title_and_a_second_one_a_number(desk):
    for ending in ("one", "two"):
        desk.pasted.value = f"Envoys meet\n\n{STORY} And {ending} more time they met in the town of Capri."
        desk.look.click()
        desk.save.click()
    assert files(desk.seeds) == ["envoys-meet-2.txt", "envoys-meet.txt"]


def test_nothing_is_saved_before_it_is_previewed_nor_after_it_changed(desk):
    desk.pasted.value = STORY
    assert desk.save.disabled
    desk.look.click()
    assert not desk.save.disabled
    desk.pasted.value = STORY + "More."
    assert desk.save.disabled


def test_a_copy_is_refused_and_a_reprint_named(desk):
    long = " ".join(f"On day {n} envoys of state {n} met those of town {n * 7} in Rome." for n in range(40))
    (desk.seeds / "first.txt").write_text(long, encoding="utf-8")
    desk.pasted.value = long
    desk.look.click()
    assert "is a copy of" in told(desk.pane)
    assert desk.save.disabled
    desk.pasted.value = f"{long} This was added by the second paper."
    desk.look.click()
    assert "first.txt" in told(desk.pane)
    assert not desk.save.disabled


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.exe", b"MZ", "expected one of"),
        ("a.txt", b"Die Minister trafen sich am Freitag und einigten sich auf nichts. " * 4, "German"),
        ("a.pdf", b"%PDF-1.4 broken", "a.pdf"),
    ],
)
def test_a_file_that_is_no_article_says_why_and_cannot_be_saved(desk, name, content, reason):
    upload(desk, name, content)
    desk.look.click()
    assert reason in told(desk.pane)
    assert desk.save.disabled
    assert files(desk.seeds) == []


def test_neither_nothing_nor_both_nor_too_much_is_taken(desk, monkeypatch):
    desk.look.click()
    assert "neither a file nor a text" in told(desk.pane)
    upload(desk, "a.txt", b"a" * 101)
    monkeypatch.setattr("analysis.workbench.add_article_form.MAX_BYTES", 100)
    desk.look.click()
    assert "holds 101 bytes, expected at most 100" in told(desk.pane)
    desk.pasted.value = "b"
    desk.look.click()
    assert "both a file and a text" in told(desk.pane)


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "..\\..\\evil.txt", "/etc/evil.txt", ".evil.txt", "evil.txt\x00"]
)
def test_a_file_name_leads_nowhere(desk, name):
    upload(desk, name, STORY.encode())
    desk.look.click()
    desk.save.click()
    assert files(desk.seeds.parent) == [safe_name(name)]
    assert load_corpus(desk.seeds)[0]["path"].tolist() == [safe_name(name)]


def test_the_analysts_own_files_cannot_be_uploaded_over(desk):
    table = f"title,text\nEnvoys,{STORY}\n".encode()
    for name in ("metadata.csv", "corrections.csv"):
        upload(desk, name, table)
        desk.look.click()
        desk.save.click()
        assert "is the name of the analyst's own file" in told(desk.pane)
    assert files(desk.seeds) == []


def test_a_wrong_date_is_told_and_nothing_written(desk):
    desk.pasted.value = STORY
    desk.look.click()
    desk.fields["published_date"].value = "22/04/2024"
    desk.save.click()
    assert "'22/04/2024', expected an ISO 8601 date" in told(desk.pane)
    assert files(desk.seeds) == []


def test_hostile_words_are_shown_as_words(desk):
    upload(desk, f"{HOSTILE}.txt", f"{HOSTILE}\n\n{STORY}".encode())
    desk.look.click()
    html = desk.pane.outputs[0]["data"]["text/html"]
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def read_corpus():
    return corpus(
        articles=articles({"title": HOSTILE}),
        quotes=quotes({"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi"}),
        events=events({"event_id": EVENT}),
        topics=topics({}),
    )


@pytest.fixture
def correcting(tmp_path):
    return CorrectingDesk(tmp_path, read_corpus())


def decisions(desk):
    rows = load_corrections(desk.seeds)
    return rows[["table", "id", "field", "old", "new"]].values.tolist()


def test_a_date_is_corrected_with_its_reason(correcting):
    correcting.box.children[0].value = "2024-04-22"
    correcting.note.value, correcting.maker.value = "the outlet's own page", "ab"
    correcting.save.click()
    assert decisions(correcting) == [["articles", ARTICLE, "published_date", "", "2024-04-22"]]
    assert load_corrections(correcting.seeds)["made_by"].tolist() == ["ab"]
    assert "the outlet's own page, ab" in told(correcting.listing)


def test_a_speaker_is_corrected_under_the_name_that_is_known(correcting):
    correcting.kind.value = "quotes"
    assert "China warned Japan" in told(correcting.evidence)
    correcting.box.children[0].value = " xi jinping "
    correcting.save.click()
    assert decisions(correcting) == [["quotes", QUOTE, "speaker", "Xi", "Xi Jinping"]]


def test_an_event_is_corrected_in_several_fields_or_dropped(correcting):
    correcting.kind.value = "events"
    source, _, root, status, drop = correcting.box.children
    source.value, root.value, status.value = "usa".upper(), "CONSULT", "negated"
    correcting.save.click()
    assert decisions(correcting) == [
        ["events", EVENT, "source", "China", "United States"],
        ["events", EVENT, "root", "THREATEN", "CONSULT"],
        ["events", EVENT, "status", "past", "negated"],
    ]
    drop.value = True
    correcting.save.click()
    assert decisions(correcting) == [["events", EVENT, "drop", "THREATEN", ""]]


def test_an_event_whose_type_was_corrected_is_dropped_by_the_type_that_was_read(tmp_path):
    typed = {"table": "events", "id": EVENT, "field": "root", "old": "THREATEN", "new": "AID"}
    save_correction(tmp_path, {**dict.fromkeys(COLUMNS, ""), **typed})
    shown = corpus(events=events({"event_id": EVENT, "root": "AID"}), corrections=load_corrections(tmp_path))
    desk = CorrectingDesk(tmp_path, shown)
    desk.kind.value = "events"
    desk.box.children[-1].value = True
    desk.save.click()
    assert decisions(desk) == [["events", EVENT, "drop", "THREATEN", ""]]


def test_a_theme_is_replaced_and_one_added(correcting):
    correcting.kind.value = "topics"
    _, old, new = correcting.box.children
    old.value, new.value = "diplomacy", "alliances"
    correcting.save.click()
    old.value, new.value = "", "trade and tariffs"
    correcting.save.click()
    assert decisions(correcting) == [
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
def test_a_mistake_is_told_in_a_sentence_and_nothing_written(correcting, kind, place, value, reason):
    correcting.kind.value = kind
    correcting.box.children[place].value = value
    correcting.save.click()
    assert reason in told(correcting.pane)
    assert files(correcting.seeds) == []


def test_a_decision_is_taken_back(correcting):
    correcting.box.children[0].value = "2024-04-22"
    correcting.save.click()
    correcting.back.click()
    assert decisions(correcting) == []
    assert told(correcting.listing) == "Nothing here was corrected by an analyst."


def test_a_hostile_title_is_shown_as_words(correcting):
    correcting.box.children[0].value = "2024-04-22"
    correcting.note.value = HOSTILE
    correcting.save.click()
    for pane in (correcting.evidence, correcting.listing):
        assert "<script" not in pane.outputs[0]["data"]["text/html"]
