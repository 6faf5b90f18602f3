"""One article that cannot be read is left out with its file, its line and the reason; the rest goes on."""

import json
import re

import pytest
from hypothesis import given, strategies as st

from analysis import open_corpus
from analysis.commands.shared import read_tables
from analysis.ingest.corpus import load_corpus
from analysis.nlp.events.coder import Event
from analysis.pipeline import annotate as annotating, extractors, workers
from analysis.pipeline.analyse import analyse
from analysis.pipeline.annotate import annotate, annotated_stream
from analysis.pipeline.extractors import event_rows
from analysis.pipeline.workers import KILLED, THIS_MACHINE

BAD = "Peru met Chile in Lima and the parser tripped."
TEXTS = ("France condemned Iran.", BAD, "Japan condemned Russia, officials said.")


@pytest.fixture
def seeds(tmp_path):
    """A folder with one file whose second line makes an extractor raise."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    rows = "".join(json.dumps({"text": text, "date": "2024-04-20"}) + "\n" for text in TEXTS)
    (folder / "wire.jsonl").write_text(rows)
    return folder


@pytest.fixture
def tripping(monkeypatch):
    """An extractor that raises at one article."""

    def fail(text, whole=extractors.read_topics):
        if "tripped" in text.tree.doc.text:
            raise KeyError("a verb")
        return whole(text)

    monkeypatch.setattr(extractors, "read_topics", fail)


def reasons(rejected):
    return dict(zip(rejected["path"], rejected["reason"], strict=True))


ACT = Event(*range(20))._replace(root="AGREE", status="past")
event = st.builds(
    ACT._replace,
    trigger_start_char=st.integers(0, 2),
    source_id=st.sampled_from([None, "FRA"]),
    target_id=st.sampled_from(["IRN", "FRA:AGREE"]),
    root=st.sampled_from(["AGREE", "SUPPORT"]),
    status=st.sampled_from(["past", "AGREE"]),
)


def ids_of(events):
    return [row["event_id"] for row in event_rows("a", events, ())]


@given(st.lists(event, max_size=30))
def test_no_two_events_have_one_id_whatever_they_are(events):
    ids = ids_of(events)
    assert len(set(ids)) == len(ids) == len(events)


def test_acts_that_share_a_word_and_both_sides_are_told_apart_by_type_status_and_number():
    one = ACT._replace(trigger_start_char=9, source_id="USA", target_id="ISR")
    found = ids_of([one, one._replace(root="SUPPORT"), one, one, one])
    ends = ("", ":SUPPORT", ":AGREE", ":AGREE:past", ":AGREE:past:2")
    assert found == [f"a:9:USA>ISR{end}" for end in ends]


@pytest.mark.model
@pytest.mark.parametrize("is_stored", [False, True])
def test_an_article_at_which_an_extractor_raises_is_rejected_and_the_rest_is_read(
    seeds, tripping, tmp_path, is_stored
):
    articles, _ = load_corpus(seeds)
    store = tmp_path / "store" if is_stored else None
    for _ in range(2):  # the second time the others come from the store
        tables = analyse(articles, store=store)
        assert tables.articles["path"].tolist() == ["wire.jsonl:1", "wire.jsonl:3"]
        (reason,) = reasons(tables.unread).values()
        expected = r"could not be read because of a bug \(KeyError: 'a verb', at pipeline/extractors.py:\d+\)"
        assert re.match(expected, reason)
        assert tables.unread["path"].tolist() == ["wire.jsonl:2"]
        assert set(tables.events["article_id"]) == set(tables.articles["article_id"])


@pytest.mark.model
def test_an_article_that_failed_is_read_again_once_the_bug_is_gone(seeds, tripping, tmp_path, monkeypatch):
    articles, _ = load_corpus(seeds)
    assert len(analyse(articles, store=tmp_path / "store").unread) == 1
    monkeypatch.undo()
    assert analyse(articles, store=tmp_path / "store").unread.empty


@pytest.mark.model
def test_the_others_have_the_rows_that_they_have_alone(seeds, tripping):
    articles, _ = load_corpus(seeds)
    sound = analyse(articles[~articles["text"].str.contains("tripped")].reset_index(drop=True))
    tables = analyse(articles)
    for name in ("articles", "sentences", "quotes", "stances", "events", "topics", "indicators"):
        assert getattr(tables, name).equals(getattr(sound, name)), name


@pytest.mark.model
def test_an_article_whose_rows_break_a_rule_of_their_table_is_rejected(seeds, monkeypatch):
    def twice(article_id, doc, text, readings, whole=extractors.sentence_rows):
        return whole(article_id, doc, text, readings) * (2 if "tripped" in text else 1)

    monkeypatch.setattr(extractors, "sentence_rows", twice)
    tables = analyse(load_corpus(seeds)[0])
    assert tables.articles["path"].tolist() == ["wire.jsonl:1", "wire.jsonl:3"]
    assert "sentence_id" in reasons(tables.unread)["wire.jsonl:2"]
    assert "contains duplicate values" in reasons(tables.unread)["wire.jsonl:2"]


@pytest.mark.model
def test_a_notebook_and_a_command_name_the_article_and_show_the_others(seeds, tripping):
    corpus = open_corpus(seeds, store="")
    assert corpus.rejected["path"].tolist() == ["wire.jsonl:2"]
    assert corpus.articles["path"].tolist() == ["wire.jsonl:1", "wire.jsonl:3"]
    assert "because of a bug" in corpus.views.rejected().html
    tables, rejected = read_tables(seeds, "")
    assert (len(tables.articles), rejected["path"].tolist()) == (2, ["wire.jsonl:2"])


@pytest.mark.model
def test_an_article_that_kills_the_process_that_reads_it_is_rejected_too(seeds, monkeypatch):
    def killed(pool, task, requests):  # as tests.pipeline.test_workers has it
        for chunk in requests:
            yield from (([one], None if BAD in str(one) else task([one])) for one in chunk)

    monkeypatch.setattr(workers, "answers_in_order", killed)
    tables = analyse(load_corpus(seeds)[0], pool=THIS_MACHINE)
    assert tables.articles["path"].tolist() == ["wire.jsonl:1", "wire.jsonl:3"]
    assert "killed the process that read it" in reasons(tables.unread)["wire.jsonl:2"]
    lines = [json.dumps({"id": n, "text": text}).encode() for n, text in enumerate(TEXTS)]
    found = list(annotated_stream(lines, pool=THIS_MACHINE))
    assert [bool(line.problem) for line in found] == [False, True, False]
    row = json.loads(found[1].text)
    assert (row["id"], row["error"]) == (1, f"this text {KILLED}")


@pytest.fixture
def no_root(monkeypatch):
    """A parser that raises at one article."""

    def parse(texts, whole=extractors.parse):
        for text in texts:
            if "tripped" in text:
                raise IndexError("no root")
            yield from whole([text])

    for module in (annotating, extractors):
        monkeypatch.setattr(module, "parse", parse)


@pytest.mark.model
def test_a_text_that_cannot_be_parsed_costs_no_other_record_its_row(no_root):
    rows = list(annotate(({"id": n, "text": text} for n, text in enumerate(TEXTS))))
    assert [row["id"] for row in rows] == [0, 1, 2]
    assert [len(row["events"]) for row in rows] == [1, 0, 1]
    assert rows[1]["error"].startswith(
        "this text could not be read because of a bug (IndexError: no root, at"
    )


@pytest.mark.model
def test_a_text_that_cannot_be_parsed_costs_no_other_article_its_rows(seeds, no_root):
    tables = analyse(load_corpus(seeds)[0])
    assert (len(tables.articles), tables.unread["path"].tolist()) == (2, ["wire.jsonl:2"])
