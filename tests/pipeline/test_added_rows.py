"""Statements and events that an analyst adds or drops, on small tables, with values worked out by hand."""

import pandas as pd
import pytest

from analysis.indicators.dyads import dyad_indicators
from analysis.ingest.corrections_file import ADDITION_MARK, COLUMNS, CORRECTION_MARK, correction_table
from analysis.pipeline import apply_corrections as applying
from analysis.pipeline.apply_corrections import apply_corrections
from analysis.pipeline.places import with_places
from analysis.pipeline.trigger_words import trigger_in
from analysis.schemas import CONFIRMED, LAPSED, MOVED, REPLACED
from tests import tables as given

ARTICLE = given.ARTICLE
TEXT = (
    "Envoys meet\n\n"
    "China warned Japan on Monday. "
    "Japan and China then held talks in Rome. "
    '"We will answer," the minister, Ana Paz, said. '
    "Tokyo condemned Beijing."
)


def span(words):
    return TEXT.index(words), TEXT.index(words) + len(words)


SENTENCES = (
    "Envoys meet",
    "China warned Japan on Monday.",
    "Japan and China then held talks in Rome.",
    '"We will answer," the minister, Ana Paz, said.',
    "Tokyo condemned Beijing.",
)


def sentences():
    rows = [
        {"sentence_id": f"{ARTICLE}:{span(one)[0]}", "start_char": span(one)[0], "end_char": span(one)[1]}
        for one in SENTENCES
    ]
    texts = [{**row, "text": one} for row, one in zip(rows, SENTENCES, strict=True)]
    return given.frame(given.Sentences, texts, {"article_id": ARTICLE, "paragraph": 0})


def place(words):
    return f"{ARTICLE}:{span(words)[0]}:{span(words)[1]}"


def read_event(words="warned", **values):
    start, end = span(words)
    sentence = next(one for one in SENTENCES if words in one)
    defaults = {"start_char": span(sentence)[0], "end_char": span(sentence)[1], "trigger_start_char": start}
    identity = f"{ARTICLE}:{start}:CHN>JPN"
    return {"event_id": identity, **defaults, "trigger_end_char": end, **values}


def read_quote(words="We will answer,", **values):
    start, end = span(words)
    where = {"start_char": start, "end_char": end, "content_spans": f"{start}-{end}", "text": words}
    return {"quote_id": place(words), **where, "kind": "direct", **values}


def corrected(*rows, quotes=(), events=(), stances=(), text=TEXT):
    tables = {
        "sentences": sentences(),
        "quotes": given.quotes(*quotes),
        "stances": given.frame(given.Stances, stances, {"article_id": ARTICLE}),
        "events": given.events(*events),
        "topics": given.topics(),
    }
    blank = {**dict.fromkeys(COLUMNS, ""), "problem": ""}
    table = correction_table({**blank, **row, "line": line} for line, row in enumerate(rows, start=2))
    return apply_corrections(given.articles({"text": text}), tables, table)


def adding_event(new, words, identity=""):
    return {"table": "events", "id": identity or place(words), "field": "add", "new": new, "words": words}


def adding_quote(speaker, words):
    return {"table": "quotes", "id": place(words), "field": "add", "new": speaker, "words": words}


def standing(found):
    return found.corrections["standing"].tolist()


@pytest.fixture
def no_stances(monkeypatch):
    """Added statements take no stance, so that no parser is needed."""
    monkeypatch.setattr(applying, "with_added_stances", lambda stances, *_: stances)


def test_an_added_event_has_its_sentence_its_word_and_what_the_codebook_says():
    found = corrected(adding_event("China > Japan: threat, past", "China warned Japan on Monday."))
    row = found.tables["events"].iloc[0]
    start, end = span("warned")
    assert row["event_id"] == f"{ARTICLE}:{start}:CHN>JPN"
    assert (row["start_char"], row["end_char"]) == span("China warned Japan on Monday.")
    assert (row["trigger_start_char"], row["trigger_end_char"], row["trigger_lemma"]) == (start, end, "warn")
    assert (row["source_country_code"], row["target_country_code"]) == ("CHN", "JPN")
    assert (row["root"], row["quad"], row["status"]) == ("THREATEN", 3, "past")
    assert (row["rule"], row["probability"]) == (ADDITION_MARK, 1.0)
    assert standing(found) == ["applies"]


def test_talks_that_are_added_have_an_event_for_each_side():
    found = corrected(adding_event("Japan <> China: talks, past", "held talks")).tables["events"]
    assert found[["source_id", "target_id"]].values.tolist() == [["JPN", "CHN"], ["CHN", "JPN"]]
    assert set(found["root"]) == {"CONSULT"}


@pytest.mark.parametrize(
    ("side", "code"),
    [("JPN", "JPN"), ("jpn", "JPN"), ("Tokyo", "JPN"), ("Japanese", "JPN"), ("UK", "GBR"), ("EUU", None)],
)
def test_a_side_may_be_a_name_a_capital_an_adjective_or_a_code(side, code):
    found = corrected(adding_event(f"China > {side}: accusation, past", "condemned")).tables["events"]
    assert found["target_country_code"].fillna("").tolist() == [code or ""]


def test_an_added_event_is_found_by_its_words_alone_or_by_its_offsets_alone():
    words, offsets = "held talks in Rome", place("held talks in Rome")
    alone = adding_event("China > Japan: talks, past", words, ARTICLE)
    placed = {**adding_event("China > Japan: talks, past", "", offsets), "words": ""}
    by_words, by_offsets = (corrected(row).tables["events"].iloc[0] for row in (alone, placed))
    assert by_words["event_id"] == by_offsets["event_id"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"id": f"{ARTICLE}:99999:100100"}, "there are no words at the characters 99999 to 100100, expected"),
        ({"id": f"{ARTICLE}:20:20"}, "there are no words at the characters 20 to 20"),
        ({"id": f"{ARTICLE}:11:13"}, "there are no words at the characters 11 to 13"),
        ({"id": ARTICLE, "words": "China bombed Japan"}, "does not contain the words “China bombed Japan”"),
        ({"id": ARTICLE, "words": "China"}, "contains the words “China” 2 times: quote more of them"),
        ({"new": "China > Atlantis: threat, past"}, "no actor is called 'Atlantis'"),
        ({"new": "China > CHN: threat, past"}, "China cannot act on itself"),
    ],
)
def test_an_addition_without_a_place_or_an_actor_is_reported_and_adds_nothing(row, problem):
    given_row = adding_event("China > Japan: threat, past", "", place("warned"))
    found = corrected({**given_row, "words": "", **row})
    assert problem in found.corrections["problem"].iloc[0]
    assert standing(found) == [LAPSED]
    assert found.tables["events"].empty


def test_offsets_choose_among_words_that_occur_twice_though_the_text_above_has_changed():
    row = adding_event("China > Japan: talks, past", "China", f"{ARTICLE}:{span('China then')[0] + 3}:99")
    kept, problems = with_places(
        correction_table([{**dict.fromkeys(COLUMNS, ""), **row, "line": 2, "problem": ""}]),
        given.articles({"text": TEXT}),
    )
    start = span("China then")[0]
    assert kept["id"].tolist() == [f"{ARTICLE}:{start}:{start + 5}"]
    assert problems == {}


def test_an_event_that_the_program_now_reads_itself_is_not_added_twice():
    found = corrected(adding_event("China > Japan: threat, past", "warned"), events=(read_event(),))
    assert found.tables["events"]["rule"].tolist() == ["verb"]
    assert standing(found) == [CONFIRMED]


def test_an_event_that_the_program_now_reads_with_another_status_is_reported():
    event = read_event(status="negated")
    found = corrected(adding_event("China > Japan: threat, past", "warned"), events=(event,))
    assert "now reads this act as negated: correct its status" in found.corrections["problem"].iloc[0]


def test_another_act_on_the_same_word_gets_an_id_of_its_own():
    found = corrected(adding_event("China > Japan: accusation, past", "warned"), events=(read_event(),))
    ids = found.tables["events"]["event_id"].tolist()
    assert ids == [read_event()["event_id"], f"{read_event()['event_id']}:ACCUSE"]


def test_an_event_that_was_dropped_and_added_again_is_there():
    drop = {"table": "events", "id": read_event()["event_id"], "field": "drop", "old": "THREATEN"}
    add = adding_event("China > Japan: threat, past", "warned")
    found = corrected(drop, add, events=(read_event(),))
    assert len(found.tables["events"]) == 1
    assert standing(found) == [REPLACED, CONFIRMED]
    assert corrected(add, drop, events=(read_event(),)).tables["events"].empty


def test_an_added_event_can_be_corrected_and_dropped_like_any_other():
    add = adding_event("China > Japan: threat, past", "warned")
    own = {"table": "events", "id": f"{ARTICLE}:{span('warned')[0]}:CHN>JPN"}
    status = {**own, "field": "status", "old": "past", "new": "negated"}
    found = corrected(add, status).tables["events"].iloc[0]
    assert (found["status"], found["rule"]) == ("negated", CORRECTION_MARK)
    assert corrected(add, {**own, "field": "drop", "old": "THREATEN"}).tables["events"].empty


def test_an_added_event_counts_in_the_indicators_of_its_pair():
    found = corrected(adding_event("China > Japan: assault, past", "warned")).tables["events"]
    values = dyad_indicators(given.articles({"text": TEXT}), found).set_index(["indicator", "dyad"])["value"]
    assert values["conflict_share", "CHN-JPN"] == 1.0


def test_a_corrected_event_whose_word_is_now_read_elsewhere_in_the_sentence_stays_corrected():
    row = {"table": "events", "id": f"{ARTICLE}:{span('Japan on')[0]}:CHN>JPN", "field": "status"}
    found = corrected({**row, "old": "past", "new": "future"}, events=(read_event(),))
    assert found.tables["events"]["status"].tolist() == ["future"]
    assert standing(found) == [MOVED]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("We will answer,", "direct"),
        ("China warned Japan", "indirect"),
        ('Rome. "We will answer,', "partial"),
    ],
)
def test_an_added_statement_has_its_words_its_kind_and_its_speaker(no_stances, words, kind):
    row = corrected(adding_quote("Ana Paz", words)).tables["quotes"].iloc[0]
    assert (row["quote_id"], row["text"], row["kind"]) == (place(words), words, kind)
    assert (row["speaker_id"], row["speaker_name"]) == ("person:ana-paz", "Ana Paz")
    assert (row["rule"], row["probability"]) == (ADDITION_MARK, 1.0)
    assert pd.isna(row["cue_start_char"])


def test_an_event_inside_an_added_statement_is_reported_by_its_speaker(no_stances):
    found = corrected(adding_quote("Ana Paz", "China warned Japan"), events=(read_event(),))
    assert found.tables["events"]["reported_by"].tolist() == ["person:ana-paz"]


def test_a_wish_reports_nothing_after_a_correction_either(no_stances):
    wish = read_quote("China warned Japan", cue_stance="intending", speaker_id="person:li", speaker_name="Li")
    found = corrected(adding_quote("Ana Paz", "We will answer,"), quotes=(wish,), events=(read_event(),))
    assert found.tables["events"]["reported_by"].isna().all()


def test_a_statement_that_the_program_now_reads_is_not_added_twice(no_stances):
    quote = read_quote("We will answer", speaker_id="person:ana-paz", speaker_name="Ana Paz")
    found = corrected(adding_quote("ana paz", "We will answer,"), quotes=(quote,))
    assert len(found.tables["quotes"]) == 1
    assert standing(found) == [CONFIRMED]
    other = corrected(adding_quote("Li", "We will answer,"), quotes=(quote,))
    assert (
        "now reads a statement by Ana Paz here: correct its speaker" in other.corrections["problem"].iloc[0]
    )


def test_a_role_and_a_country_hold_for_every_statement_of_the_speaker_in_the_article():
    person = {"speaker_id": "person:ana-paz", "speaker_name": "Ana Paz"}
    first, second = read_quote(**person), read_quote("China warned Japan", **person)
    row = {"table": "quotes", "id": first["quote_id"]}
    found = corrected(
        {**row, "field": "role", "new": "minister"},
        {**row, "field": "country", "new": "Japan"},
        quotes=(first, second, read_quote("Tokyo condemned", speaker_id="person:li", speaker_name="Li")),
    ).tables["quotes"]
    assert found.set_index("text")[["role", "country_code", "rule"]].fillna("").to_dict("index") == {
        "We will answer,": {"role": "minister", "country_code": "JPN", "rule": CORRECTION_MARK},
        "China warned Japan": {"role": "minister", "country_code": "JPN", "rule": "clause"},
        "Tokyo condemned": {"role": "", "country_code": "", "rule": "clause"},
    }


def test_a_role_is_corrected_after_the_speaker():
    quote = read_quote(speaker_id="person:li", speaker_name="Li", role="envoy")
    row = {"table": "quotes", "id": quote["quote_id"]}
    found = corrected(
        {**row, "field": "speaker", "old": "Li", "new": "Ana Paz"},
        {**row, "field": "role", "new": "minister"},
        quotes=(quote,),
    )
    assert found.tables["quotes"][["speaker_name", "role"]].values.tolist() == [["Ana Paz", "minister"]]
    assert standing(found) == ["applies", "applies"]


def test_an_unknown_country_is_reported():
    quote = read_quote(speaker_id="person:li", speaker_name="Li")
    row = {"table": "quotes", "id": quote["quote_id"], "field": "country", "new": "Atlantis"}
    found = corrected(row, quotes=(quote,))
    assert "no country is called 'Atlantis'" in found.corrections["problem"].iloc[0]


def test_a_dropped_statement_takes_its_stances_and_its_reports_along():
    quote = read_quote("China warned Japan", speaker_id="person:li", speaker_name="Li")
    stance = {"stance_id": "s", "quote_id": quote["quote_id"], "start_char": 13, "end_char": 18}
    stance |= {"target_id": "CHN", "target_name": "China", "label": 1, "score": 0.5, "is_abstained": False}
    drop = {"table": "quotes", "id": quote["quote_id"], "field": "drop", "old": "Li"}
    event = read_event(reported_by="person:li")
    found = corrected(drop, quotes=(quote,), stances=[stance], events=(event,)).tables
    assert found["quotes"].empty
    assert found["stances"].empty
    assert found["events"]["reported_by"].isna().all()


def test_a_statement_by_nobody_known_can_be_dropped():
    drop = {"table": "quotes", "id": place("We will answer,"), "field": "drop"}
    assert corrected(drop, quotes=(read_quote(),)).tables["quotes"].empty


def test_a_dropped_row_that_the_program_no_longer_reads_needs_no_correction():
    quote = {"table": "quotes", "id": place("We will answer,"), "field": "drop", "old": "Li"}
    event = {"table": "events", "id": read_event()["event_id"], "field": "drop", "old": "THREATEN"}
    assert standing(corrected(quote, event)) == [CONFIRMED, CONFIRMED]


def test_a_statement_whose_ends_are_now_read_otherwise_stays_corrected():
    quote = read_quote("We will answer", speaker_id="person:li", speaker_name="Li")
    row = {
        "table": "quotes",
        "id": place("We will answer,"),
        "field": "speaker",
        "old": "Li",
        "new": "Ana Paz",
    }
    found = corrected(row, quotes=(quote,))
    assert found.tables["quotes"]["speaker_name"].tolist() == ["Ana Paz"]
    assert standing(found) == [MOVED]


def test_an_addition_is_repeated_in_a_reprint_of_the_sentence(no_stances):
    other, lead = "f" * 16, "An editor's line.\n\n"
    articles = given.articles(
        {"text": TEXT}, {"article_id": other, "text": lead + TEXT, "path": "b.txt"}
    )  # of one story
    own = sentences()
    step = len(lead)
    reprint = own.assign(
        article_id=other,
        sentence_id=[f"{other}:{start + step}" for start in own["start_char"]],
        start_char=own["start_char"] + step,
        end_char=own["end_char"] + step,
    )
    tables = {
        "sentences": pd.concat([own, reprint], ignore_index=True),
        "quotes": given.quotes(),
        "stances": given.frame(given.Stances, (), {}),
        "events": given.events(),
        "topics": given.topics(),
    }
    rows = [adding_event("China > Japan: threat, past", "warned"), adding_quote("Ana Paz", "We will answer,")]
    blank = {**dict.fromkeys(COLUMNS, ""), "problem": ""}
    table = correction_table({**blank, **row, "line": line} for line, row in enumerate(rows, start=2))
    found = apply_corrections(articles, tables, table).tables
    assert found["events"]["article_id"].tolist() == [ARTICLE, other]
    assert found["quotes"]["text"].tolist() == ["We will answer,"] * 2


@pytest.mark.parametrize(
    ("words", "root", "found"),
    [
        ("Moscow denied it", "REJECT", ("denied", "deny")),
        ("Iran bombed a port", "ASSAULT", ("bombed", "bomb")),
        ("He stood there", "SANCTION", ("He stood there", "")),
        ("Embargo", "MOBILIZE", ("Embargo", "embargo")),
    ],
)
def test_the_word_of_an_act_is_the_first_listed_one_of_its_type(words, root, found):
    trigger = trigger_in(words, 0, len(words), root)
    assert (words[trigger.start : trigger.end], trigger.lemma) == found


@pytest.mark.model
def test_an_added_statement_has_a_stance_on_whom_it_names():
    row = adding_quote("Ana Paz", "Tokyo condemned Beijing.")
    found = corrected(row).tables["stances"]
    assert found[["target_name", "quote_id"]].values.tolist() == [
        ["Japan", place("Tokyo condemned Beijing.")],
        ["China", place("Tokyo condemned Beijing.")],
    ]
