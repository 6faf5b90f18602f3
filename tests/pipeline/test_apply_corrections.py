"""An analyst's corrections applied to small tables, with expected values worked out by hand."""

import pandas as pd
import pytest

from analysis.ingest.corrections_file import COLUMNS, CORRECTION_MARK, correction_table
from analysis.pipeline.apply_corrections import apply_corrections
from tests import tables as given
from tests.tables import ARTICLE, TEXT

START = TEXT.index("China")
WARNED = TEXT.index("warned")
QUOTE = f"{ARTICLE}:{START}:{len(TEXT)}"
EVENT = f"{ARTICLE}:{WARNED}:CHN>JPN"


def corrected(*rows, quotes=(), events=(), topics=(), stances=None):
    tables = {
        "sentences": given.sentences((0, 11), (13, len(TEXT))),
        "quotes": given.quotes(*quotes),
        "stances": given.frame(given.Stances, stances or (), {"article_id": ARTICLE}),
        "events": given.events(*events),
        "topics": given.topics(*topics),
    }
    columns = {**dict.fromkeys(COLUMNS, ""), "problem": ""}
    decisions = [{**columns, **row, "line": line} for line, row in enumerate(rows, start=2)]
    return apply_corrections(given.articles(), tables, correction_table(decisions))


def on_quote(old, new):
    return {"table": "quotes", "id": QUOTE, "field": "speaker", "old": old, "new": new}


def on_event(field, old, new):
    return {"table": "events", "id": EVENT, "field": field, "old": old, "new": new}


def on_topic(old, new):
    return {"table": "topics", "id": f"{ARTICLE}:0", "field": "theme", "old": old, "new": new}


def test_a_speaker_known_from_the_article_keeps_their_identity():
    quotes = (
        {"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi", "country_code": "CHN"},
        {"quote_id": "q2", "speaker_id": "person:kim", "speaker_name": "Kim Min", "country_code": "KOR"},
    )
    found = corrected(on_quote("Xi", "kim min"), quotes=quotes).tables["quotes"].iloc[0]
    assert (found["speaker_id"], found["speaker_name"], found["country_code"]) == (
        "person:kim",
        "Kim Min",
        "KOR",
    )
    assert (found["rule"], found["probability"]) == (CORRECTION_MARK, 1.0)


def test_a_new_speaker_gets_an_id_like_others_and_a_listed_leader_their_own():
    quote = {"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi"}
    new = corrected(on_quote("Xi", "José Ortíz"), quotes=(quote,)).tables["quotes"].iloc[0]
    assert (new["speaker_id"], new["speaker_name"]) == ("person:jose-ortiz", "José Ortíz")
    leader = corrected(on_quote("Xi", "Xi Jinping"), quotes=(quote,)).tables["quotes"].iloc[0]
    assert (leader["speaker_id"], leader["country_code"]) == ("person:xi-jinping", "CHN")


def test_a_speaker_may_be_unknown_and_the_events_in_the_quote_then_have_no_reporter():
    quote = {"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi", "rule": "clause"}
    found = corrected(
        on_quote("Xi", ""), quotes=(quote,), events=({"event_id": EVENT, "reported_by": "person:xi"},)
    ).tables
    assert found["quotes"]["speaker_id"].isna().all()
    assert found["events"]["reported_by"].isna().all()


def test_an_event_is_reported_by_the_new_speaker_of_the_shortest_quote_around_it():
    outer = {
        "quote_id": "outer",
        "content_spans": f"13-{len(TEXT)}",
        "speaker_id": "person:a",
        "speaker_name": "A",
    }
    inner = {"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi"}
    event = {"event_id": EVENT, "reported_by": "person:xi"}
    found = corrected(on_quote("Xi", "Wang"), quotes=(outer, inner), events=(event,)).tables["events"]
    assert found["reported_by"].tolist() == ["person:wang"]


def test_no_speaker_has_a_stance_towards_themselves_after_a_correction():
    stance = {
        "stance_id": "s",
        "quote_id": QUOTE,
        "start_char": START,
        "end_char": START + 5,
        "target_id": "CHN",
        "target_name": "China",
        "label": 1,
        "score": 0.5,
        "is_abstained": False,
    }
    quote = {"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi"}
    assert len(corrected(on_quote("Xi", "Wang"), quotes=(quote,), stances=[stance]).tables["stances"]) == 1
    assert corrected(on_quote("Xi", "China"), quotes=(quote,), stances=[stance]).tables["stances"].empty


def test_a_corrected_event_type_also_changes_quad_and_intensity():
    found = corrected(on_event("root", "THREATEN", "CONSULT"), events=({"event_id": EVENT, "mode": "x"},))
    row = found.tables["events"].iloc[0]
    assert (row["root"], row["quad"], row["intensity"]) == ("CONSULT", 1, 2.5)  # as events/modes.csv has it
    assert row["mode"] is None or row["mode"] != row["mode"]
    assert row["rule"] == CORRECTION_MARK


def test_an_event_that_is_corrected_to_no_attack_loses_its_toll():
    event = {"event_id": EVENT, "root": "ASSAULT", "killed_count": 3, "injured_count": 5}
    row = corrected(on_event("root", "ASSAULT", "CONSULT"), events=(event,)).tables["events"].iloc[0]
    assert row[["killed_count", "injured_count"]].isna().all()


def test_status_and_both_sides_of_an_event_can_be_corrected_together():
    rows = (
        on_event("status", "past", "negated"),
        on_event("source", "China", "USA"),
        on_event("target", "Japan", "NATO"),
    )
    found = corrected(*rows, events=({"event_id": EVENT},))
    row = found.tables["events"].iloc[0]
    assert (row["status"], row["source_id"], row["source_name"]) == ("negated", "USA", "United States")
    assert row["target_name"] == "NATO"
    assert found.corrections["problem"].tolist() == ["", "", ""]


def test_an_event_can_be_dropped_and_others_stay():
    events = ({"event_id": EVENT}, {"event_id": "e2"})
    found = corrected(on_event("drop", "THREATEN", ""), events=events)
    assert found.tables["events"]["event_id"].tolist() == ["e2"]


BACK = EVENT.replace("CHN>JPN", "JPN>CHN")
TURNED = {
    "source_id": "JPN",
    "source_name": "Japan",
    "source_country_code": "JPN",
    "target_id": "CHN",
    "target_name": "China",
    "target_country_code": "CHN",
}


def test_talks_between_people_are_dropped_for_both_sides():
    there, back = (
        EVENT.replace("CHN>JPN", sides)
        for sides in ("person:joe-biden>person:xi-jinping", "person:xi-jinping>person:joe-biden")
    )
    people = {"source_id": "person:joe-biden", "target_id": "person:xi-jinping"}
    turned = {"source_id": "person:xi-jinping", "target_id": "person:joe-biden"}
    talks = {"root": "CONSULT", "quad": 1}
    events = ({"event_id": there, **people, **talks}, {"event_id": back, **turned, **talks})
    assert corrected({**on_event("drop", "CONSULT", ""), "id": there}, events=events).tables["events"].empty


@pytest.mark.parametrize(("root", "left"), [("CONSULT", []), ("ASSAULT", [BACK])])
def test_talks_are_dropped_for_both_sides_but_exchanged_fire_one_by_one(root, left):
    quad = 1 if root == "CONSULT" else 4
    act = {"root": root, "quad": quad}
    events = ({"event_id": EVENT, **act}, {"event_id": BACK, **TURNED, **act})
    found = corrected(on_event("drop", root, ""), events=events)
    assert found.tables["events"]["event_id"].tolist() == left
    assert found.corrections["problem"].tolist() == [""]


def test_a_correction_of_the_other_side_itself_comes_first():
    talks = {"root": "CONSULT", "quad": 1}
    events = ({"event_id": EVENT, **talks}, {"event_id": BACK, **TURNED, **talks})
    rows = (
        on_event("status", "past", "future"),
        {**on_event("status", "past", "negated"), "id": BACK},
    )
    found = corrected(*rows, events=events).tables["events"].set_index("event_id")["status"]
    assert (found[EVENT], found[BACK]) == ("future", "negated")


def test_a_replaced_theme_keeps_its_weight_and_is_marked():
    topics = ({"weight": 0.75}, {"topic": "alliances", "weight": 0.25, "matched": "allies"})
    rows = corrected(on_topic("diplomacy", "trade and tariffs"), topics=topics).tables["topics"]
    assert rows[["topic", "weight", "matched"]].values.tolist() == [
        ["trade and tariffs", 0.75, CORRECTION_MARK],
        ["alliances", 0.25, "allies"],
    ]


def test_an_added_theme_gets_an_equal_share_and_a_removed_one_frees_its_own():
    added = corrected(on_topic("", "alliances"), topics=({},)).tables["topics"]
    assert added[["topic", "weight"]].values.tolist() == [["alliances", 0.5], ["diplomacy", 0.5]]
    topics = ({"weight": 0.75}, {"topic": "alliances", "weight": 0.25})
    left = corrected(on_topic("diplomacy", ""), topics=topics).tables["topics"]
    assert left[["topic", "weight"]].values.tolist() == [["alliances", 1.0]]


def test_a_sentence_without_a_theme_can_get_one():
    row = {**on_topic("", "alliances"), "id": f"{ARTICLE}:13"}
    found = corrected(row, topics=({},)).tables["topics"]
    assert found[["start_char", "topic", "matched"]].values.tolist() == [
        [0, "diplomacy", "envoys"],
        [13, "alliances", CORRECTION_MARK],
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (on_quote("Wang", "Li"), "speaker is now 'Xi' and was 'Wang' when it was corrected"),
        (
            {**on_quote("Xi", "Li"), "id": f"{ARTICLE}:1:2"},
            "no longer exists: the current rules read this text differently",
        ),
        (on_event("root", "AID", "CONSULT"), "root is now 'THREATEN' and was 'AID'"),
        (on_event("source", "China", "Atlantis"), "no actor is called 'Atlantis'"),
        (on_event("source", "China", "Japan"), "is already the other side of the event"),
        (on_topic("alliances", ""), "the sentence no longer has the theme 'alliances', but diplomacy"),
        ({**on_topic("", "alliances"), "id": f"{ARTICLE}:5"}, "expected the first character of a sentence"),
        (
            {"table": "articles", "id": ARTICLE, "field": "published_date", "old": "", "new": "2024-01-01"},
            "published_date is now 'unknown'",
        ),
    ],
)
def test_a_correction_that_no_longer_applies_is_reported_and_changes_nothing(row, problem):
    quote = {"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi"}
    found = corrected(row, quotes=(quote,), events=({"event_id": EVENT},), topics=({},))
    assert problem in found.corrections["problem"].iloc[0]
    assert CORRECTION_MARK not in {*found.tables["quotes"]["rule"], *found.tables["events"]["rule"]}
    assert found.tables["topics"]["topic"].tolist() == ["diplomacy"]


def test_a_row_that_already_has_the_corrected_value_is_not_marked():
    quote = {"quote_id": QUOTE, "speaker_id": "person:li", "speaker_name": "Li", "rule": "clause"}
    found = corrected(on_quote("Xi", "Li"), quotes=(quote,))
    assert found.corrections["problem"].tolist() == [""]
    assert found.tables["quotes"]["rule"].tolist() == ["clause"]


def test_corrections_of_other_articles_are_ignored():
    found = corrected({**on_quote("Xi", "Li"), "id": "fedcba9876543210:1:2"})
    assert found.corrections.empty


def test_a_correction_applies_to_the_same_sentence_in_every_reprint():
    other, lead = "f" * 16, "An editor's line.\n\n"
    step = len(lead)
    articles = given.articles({}, {"article_id": other, "text": lead + TEXT, "path": "b.txt"})  # of one story
    own = given.sentences((0, 11), (13, len(TEXT)))
    reprint = own.assign(
        article_id=other,
        sentence_id=[f"{other}:{start + step}" for start in own["start_char"]],
        start_char=own["start_char"] + step,
        end_char=own["end_char"] + step,
    )
    twin = f"{other}:{WARNED + step}:CHN>JPN"
    quote = {"quote_id": QUOTE, "speaker_id": "person:xi", "speaker_name": "Xi"}
    quotes = given.quotes(
        quote, {**quote, "quote_id": f"{other}:{START + step}:{len(TEXT) + step}", "article_id": other}
    )
    tables = {
        "sentences": pd.concat([own, reprint], ignore_index=True),
        "quotes": quotes,
        "stances": given.frame(given.Stances, (), {}),
        "events": given.events({"event_id": EVENT}, {"event_id": twin, "article_id": other}),
        "topics": given.topics({}, {"article_id": other, "start_char": step, "end_char": 11 + step}),
    }
    rows = [
        on_event("drop", "THREATEN", ""),
        on_quote("Xi", "Xi Jinping"),
        on_topic("diplomacy", "alliances"),
    ]
    columns = {**dict.fromkeys(COLUMNS, ""), "problem": ""}
    decisions = correction_table([{**columns, **row, "line": line} for line, row in enumerate(rows, start=2)])
    found = apply_corrections(articles, tables, decisions)
    assert found.tables["events"].empty
    assert found.tables["quotes"]["speaker_name"].tolist() == ["Xi Jinping"] * 2
    assert found.tables["topics"]["topic"].tolist() == ["alliances"] * 2
    assert found.corrections["problem"].tolist() == ["", "", ""]
    apart = apply_corrections(articles.assign(story_id=articles["article_id"]), tables, decisions)
    assert len(apart.tables["events"]) == 1
