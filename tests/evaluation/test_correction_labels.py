"""Labels for the benchmarks from an analyst's corrections, on a small article worked out by hand."""

import json

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.evaluation.correction_labels import labelled_articles, unused_count
from analysis.ingest.corpus import load_corpus
from analysis.ingest.corrections_file import (
    ADDITION_MARK,
    COLUMNS,
    CORRECTION_MARK,
    correction_table,
    load_corrections,
    save_correction,
)
from tests.tables import ARTICLE, TEXT, articles, corpus, events, quotes

SENTENCE = [13, len(TEXT)]
WARNED, CHINA = TEXT.index("warned"), TEXT.index("China")
STORY = (
    "Envoys meet in Rome\n\nThe envoys of both countries met in Rome on Monday to talk about trade and the "
    "war, and said that they would meet again in May."
)
GROUP = {
    "source_id": "group:hamas",
    "source_name": "Hamas",
    "source_country_code": None,
    "source_kind": "armed group",
}


def decided(*rows):
    blank = {**dict.fromkeys(COLUMNS, ""), "problem": ""}
    return correction_table({**blank, **row, "line": line} for line, row in enumerate(rows, start=2))


DROPPED = {"table": "events", "id": f"{ARTICLE}:{WARNED}:CHN>JPN", "field": "drop", "old": "AID"}
DATED = {"table": "articles", "id": ARTICLE, "field": "published_date", "new": "2024-05-01"}
LAPSED = {**DROPPED, "id": "f" * 16 + ":1:A>B", "problem": "gone"}


def labels(*rows, with_text=False, **tables):
    (record,) = labelled_articles(corpus(corrections=decided(*rows), **tables), with_text=with_text)
    return record


def test_what_an_analyst_decided_is_a_label_and_what_only_the_program_reads_may_be_right():
    read = events(
        {"event_id": "a", "rule": CORRECTION_MARK},
        {"event_id": "b", "root": "ACCUSE"},
        {"event_id": "c", "root": "ASSAULT", "rule": ADDITION_MARK, "quad": 4, **GROUP},
    )
    found = labels(DROPPED, events=read)["events"]
    assert found[0] == {
        "source": "CHN",
        "target": "JPN",
        "roots": ["THREATEN"],
        "statuses": ["past"],
        "sentences": [SENTENCE],
        "weight": "core",
    }
    assert [(one["source"], one["roots"][0], one["weight"]) for one in found[1:]] == [
        ("CHN", "ACCUSE", "opt"),
        ("Hamas", "ASSAULT", "ext"),
    ]


def test_a_record_has_ids_and_offsets_and_its_text_only_on_request():
    record = labels(DROPPED, DATED, articles=articles({"published_date": "2024-05-01"}))
    assert record == {
        "corpus": "corrections",
        "id": ARTICLE,
        "title": "",
        "date": "2024-05-01",
        "read_to": len(TEXT),
        "checked": [SENTENCE],
        "events": [],
        "attributions": [],
        "stances": [],
        "picture": [],
    }
    assert labels(DROPPED, with_text=True)["text"] == TEXT


def test_a_statement_is_found_by_its_first_words():
    row = {"speaker_id": "person:xi", "speaker_name": "Xi", "role": "president", "rule": CORRECTION_MARK}
    drop = {**DROPPED, "table": "quotes", "id": f"{ARTICLE}:{CHINA}:{len(TEXT)}", "old": "Xi"}
    (found,) = labels(drop, quotes=quotes({"quote_id": "a", **row}, {"quote_id": "b"}))["attributions"]
    assert found["speakers"] == ["Xi", "president"]
    assert TEXT[slice(*found["anchor"])] == "China warned Japan at $5."
    assert (found["kind"], found["sentence"], found["weight"]) == ("indirect", SENTENCE, "core")


def test_corrections_of_dates_and_those_that_no_longer_fit_give_no_label():
    table = decided(DATED, LAPSED)
    assert labelled_articles(corpus(corrections=table), with_text=False) == []
    assert unused_count(table) == 1


@pytest.fixture
def seeds(tmp_path):
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY, encoding="utf-8")
    return folder


def run(*words):
    return CliRunner().invoke(app, list(map(str, words)))


def saved(folder, **given):
    article_id = load_corpus(folder)[0]["article_id"].iloc[0]
    row = {**dict.fromkeys(COLUMNS, ""), "table": "events", "id": article_id, "field": "add", **given}
    save_correction(folder, row)


@pytest.mark.model
def test_the_command_writes_what_was_added_with_its_offsets(seeds, tmp_path):
    saved(seeds, new="Peru > Chile: aid, past", words="envoys of both countries", made_by="ab")
    out = tmp_path / "labels.jsonl"
    result = run("labels", out, "--text", "--seeds", seeds, "--store", "")
    assert (result.exit_code, result.output) == (0, f"{out}: 1 article, 1 label by an analyst\n")
    record = json.loads(out.read_text(encoding="utf-8"))
    (event,) = [one for one in record["events"] if one["weight"] == "core"]
    assert (event["source"], event["target"], event["roots"]) == ("PER", "CHL", ["AID"])
    assert record["text"][slice(*event["sentences"][0])].startswith("The envoys of both countries met")


@pytest.mark.model
def test_the_list_says_who_corrected_what_when_and_whether_it_fits(seeds):
    saved(seeds, new="Peru > Chile: aid, past", words="envoys", made_by="ab", made_on="2024-05-01", note="so")
    saved(seeds, id="f" * 16, new="Peru > Chile: aid, past", words="\x1b[31mnobody")
    result = run("corrections", "--seeds", seeds, "--store", "")
    assert result.output.splitlines() == [
        "line 2: event added in a.txt: Peru > Chile: aid, past (so, ab, 2024-05-01)",
        "    still applies: yes",
        "line 3: event added in a missing article: Peru > Chile: aid, past",
        f"    still applies: no: names the article {'f' * 16}, which is not in the corpus: if its text has "
        "changed, correct it again, else remove the line",
        f"{seeds}: 2 corrections",
    ]
    assert result.exit_code == 2


def test_a_correction_is_taken_back_by_its_line(seeds):
    saved(seeds, new="Peru > Chile: aid, past", words="envoys")
    assert run("corrections", "--undo", "7", "--seeds", seeds).exit_code == 2
    result = run("corrections", "--undo", "2", "--seeds", seeds)
    assert result.output.startswith("taken back: event added in article ")
    assert result.output.endswith(": Peru > Chile: aid, past\n")
    assert load_corrections(seeds).empty
