"""An analyst's corrections applied to small tables, with expected values worked out by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.indicators.dyads import dyad_indicators
from analysis.ingest.corrections_file import ADDITION_MARK, COLUMNS, CORRECTION_MARK, correction_table
from analysis.pipeline import apply_corrections as applying
from analysis.pipeline.apply_corrections import apply_corrections
from analysis.schemas import APPLIES, CONFIRMED, LAPSED, MOVED
from tests import tables as given
from tests.tables import ARTICLE

OTHER = "f" * 16  # a reprint
LEAD = "An editor's line.\n\n"
SENTENCES = (
    "Envoys meet",
    "China warned Japan on Monday.",
    "Japan and China then held talks in Rome.",
    '"We will answer," the minister, Ana Paz, said.',
    "Tokyo condemned Beijing.",
)
TEXT = f"{SENTENCES[0]}\n\n{' '.join(SENTENCES[1:])}"


def place(words, article=ARTICLE, step=0):
    start = TEXT.index(words) + step
    return f"{article}:{start}:{start + len(words)}"


EVENT = f"{ARTICLE}:{TEXT.index('warned')}:CHN>JPN"
BACK = EVENT.replace("CHN>JPN", "JPN>CHN")
QUOTE = place("We will answer,")
SENTENCE = f"{ARTICLE}:0"
XI = {"speaker_id": "person:xi", "speaker_name": "Xi"}
TALKS, FIRE = ({"root": root, "quad": quad} for root, quad in (("CONSULT", 1), ("ASSAULT", 4)))
TURNED = {
    f"{side}_{part}": value
    for side, code, name in (("source", "JPN", "Japan"), ("target", "CHN", "China"))
    for part, value in {"id": code, "country_code": code, "name": name}.items()
}


def sentences(article=ARTICLE, step=0):
    rows = []
    for one in SENTENCES:
        start = TEXT.index(one) + step
        where = {"sentence_id": f"{article}:{start}", "start_char": start, "end_char": start + len(one)}
        rows.append({**where, "text": one})
    return given.frame(given.Sentences, rows, {"article_id": article, "paragraph": 0})


def event(words="warned", **values):
    start = TEXT.index(words)
    sentence = next(one for one in SENTENCES if words in one)
    first = TEXT.index(sentence)
    where = {"start_char": first, "end_char": first + len(sentence), "trigger_start_char": start}
    identity = f"{ARTICLE}:{start}:CHN>JPN"
    return {"event_id": identity, **where, "trigger_end_char": start + len(words), **values}


def quote(words="We will answer,", **values):
    _, start, end = place(words).split(":")
    where = {"start_char": int(start), "end_char": int(end), "content_spans": f"{start}-{end}"}
    return {"quote_id": place(words), **where, "text": words, "kind": "direct", **XI, **values}


def corrected(*rows, quotes=(), events=(), topics=(), stances=(), articles=None):
    articles = given.articles({"text": TEXT}) if articles is None else articles
    read = [sentences()] if len(articles) == 1 else [sentences(), sentences(OTHER, len(LEAD))]
    tables = {
        "sentences": pd.concat(read, ignore_index=True),
        "quotes": given.quotes(*quotes),
        "stances": given.frame(given.Stances, stances, {"article_id": ARTICLE}),
        "events": given.events(*events),
        "topics": given.topics(*topics),
    }
    blank = {**dict.fromkeys(COLUMNS, ""), "problem": ""}
    table = correction_table({**blank, **row, "line": line} for line, row in enumerate(rows, start=2))
    tables, corrections = apply_corrections(articles, tables, table)
    return SimpleNamespace(tables=tables, corrections=corrections)


def on_quote(field, old, new, identity=QUOTE):
    return {"table": "quotes", "id": identity, "field": field, "old": old, "new": new}


def on_event(field, old, new="", identity=EVENT):
    return {"table": "events", "id": identity, "field": field, "old": old, "new": new}


def on_topic(old, new, identity=SENTENCE):
    return {"table": "topics", "id": identity, "field": "theme", "old": old, "new": new}


def adding_event(new, words, identity=""):
    return {**on_event("add", "", new, identity or place(words)), "words": words}


def adding_quote(speaker, words):
    return {**on_quote("add", "", speaker, place(words)), "words": words}


def standing(found):
    return found.corrections["standing"].tolist()


@pytest.fixture
def no_stances(monkeypatch):
    """Added statements take no stance, so that no parser is needed."""
    monkeypatch.setattr(applying, "added_stances", lambda *_, **__: [])


def test_a_speaker_known_from_the_article_keeps_their_identity():
    kim = quote("China warned Japan", speaker_id="person:kim", speaker_name="Kim Min", country_code="KOR")
    found = corrected(on_quote("speaker", "Xi", "kim min"), quotes=(quote(), kim)).tables["quotes"]
    row = found.set_index("quote_id").loc[QUOTE]
    assert row[["speaker_id", "speaker_name", "country_code"]].tolist() == ["person:kim", "Kim Min", "KOR"]
    assert (row["rule"], row["probability"]) == (CORRECTION_MARK, 1.0)


@pytest.mark.parametrize(
    ("name", "identity", "country"),
    [("José Ortíz", "person:jose-ortiz", None), ("Xi Jinping", "person:xi-jinping", "CHN")],
)
def test_a_new_speaker_gets_an_id_like_others_and_a_listed_leader_their_own(name, identity, country):
    row = corrected(on_quote("speaker", "Xi", name), quotes=(quote(),)).tables["quotes"].iloc[0]
    assert row["speaker_id"] == identity
    assert country is None or row["country_code"] == country


def test_events_in_a_statement_are_reported_by_the_new_speaker_of_the_shortest_one_around():
    outer = quote(SENTENCES[1], speaker_id="person:a", speaker_name="A")
    inner, read = quote("China warned Japan"), event(reported_by="person:xi")
    to_wang, to_nobody = (on_quote("speaker", "Xi", new, inner["quote_id"]) for new in ("Wang", ""))
    new = corrected(to_wang, quotes=(outer, inner), events=(read,)).tables["events"]
    assert new["reported_by"].tolist() == ["person:wang"]
    assert corrected(to_nobody, quotes=(inner,), events=(read,)).tables["events"]["reported_by"].isna().all()


def test_a_wish_reports_nothing_after_a_correction_either(no_stances):
    wish = quote("China warned Japan", cue_stance="intending")
    found = corrected(adding_quote("Ana Paz", "We will answer,"), quotes=(wish,), events=(event(),))
    assert found.tables["events"]["reported_by"].isna().all()


def test_no_speaker_has_a_stance_towards_themselves_and_a_dropped_statement_has_none():
    read = quote("China warned Japan")
    own = read["quote_id"]
    stance = {"stance_id": "s", "quote_id": own, "start_char": 13, "end_char": 18, "score": 0.5}
    stance |= {"target_id": "CHN", "target_name": "China", "label": 1, "is_abstained": False}

    def left(row):
        return len(corrected(row, quotes=(read,), stances=[stance]).tables["stances"])

    assert left(on_quote("speaker", "Xi", "Wang", own)) == 1
    assert left(on_quote("speaker", "Xi", "China", own)) == 0
    assert left(on_quote("drop", "Xi", "", own)) == 0


def test_a_role_and_a_country_hold_for_every_statement_of_the_speaker_in_the_article():
    others = quote("China warned Japan"), quote("Tokyo condemned", speaker_id="person:li")
    rows = on_quote("role", "", "minister"), on_quote("country", "", "Japan")
    found = corrected(*rows, quotes=(quote(), *others)).tables["quotes"].set_index("text")
    assert found[["role", "country_code", "rule"]].fillna("").T.to_dict("list") == {
        "We will answer,": ["minister", "JPN", CORRECTION_MARK],
        "China warned Japan": ["minister", "JPN", "clause"],
        "Tokyo condemned": ["", "", "clause"],
    }


def test_a_role_is_that_of_the_corrected_speaker():
    rows = on_quote("speaker", "Xi", "Ana Paz"), on_quote("role", "", "minister")
    found = corrected(*rows, quotes=(quote(role="envoy"),))
    assert found.tables["quotes"][["speaker_name", "role"]].values.tolist() == [["Ana Paz", "minister"]]
    assert standing(found) == [APPLIES, APPLIES]


def test_a_corrected_event_type_also_changes_quad_and_intensity_and_only_attacks_have_a_toll():
    read = event(root="ASSAULT", mode="x", killed_count=3, injured_count=5)
    row = corrected(on_event("root", "ASSAULT", "CONSULT"), events=(read,)).tables["events"].iloc[0]
    assert (row["root"], row["quad"], row["intensity"]) == ("CONSULT", 1, 2.5)  # as events/modes.csv has it
    assert row[["mode", "killed_count", "injured_count"]].isna().all()
    assert row["rule"] == CORRECTION_MARK


def test_status_and_both_sides_of_an_event_can_be_corrected_together():
    rows = on_event("status", "past", "negated"), on_event("source", "China", "USA")
    found = corrected(*rows, on_event("target", "Japan", "NATO"), events=(event(),))
    row = found.tables["events"].iloc[0]
    assert row[["status", "source_id", "source_name", "target_name"]].tolist() == [
        *("negated", "USA", "United States"),
        "NATO",
    ]
    assert standing(found) == [APPLIES] * 3


def test_a_corrected_side_loses_the_sponsor_of_the_one_before():
    read = event(source_sponsor_code="IRN", target_sponsor_code="SAU")
    found = corrected(on_event("source", "China", "USA"), events=(read,)).tables["events"]
    assert found["source_sponsor_code"].isna().all()
    assert found["target_sponsor_code"].tolist() == ["SAU"]


def test_a_value_may_be_corrected_again_from_what_was_read_or_from_what_was_corrected():
    for old in ("past", "future"):
        rows = on_event("status", "past", "future"), on_event("status", old, "negated")
        found = corrected(*rows, events=(event(),))
        assert found.tables["events"]["status"].tolist() == ["negated"]
        assert standing(found) == [APPLIES, APPLIES]


@pytest.mark.parametrize(("act", "left"), [(TALKS, []), (FIRE, [BACK])])
def test_talks_are_dropped_for_both_sides_but_exchanged_fire_one_by_one(act, left):
    events = event(**act), event(**TURNED, **act, event_id=BACK)
    found = corrected(on_event("drop", act["root"]), events=(*events, event(event_id="e2")))
    assert found.tables["events"]["event_id"].tolist() == [*left, "e2"]


def test_a_correction_of_the_other_side_itself_comes_first():
    events = event(**TALKS), event(**TURNED, **TALKS, event_id=BACK)
    rows = on_event("status", "past", "future"), on_event("status", "past", "negated", BACK)
    found = corrected(*rows, events=events).tables["events"].set_index("event_id")["status"]
    assert (found[EVENT], found[BACK]) == ("future", "negated")


def test_topics_are_replaced_added_and_removed_and_their_weights_add_up_to_one():
    both = {"weight": 0.75}, {"topic": "alliances", "weight": 0.25, "matched": "allies"}

    def left(row, *topics):
        found = corrected(row, topics=topics).tables["topics"]
        return found[["start_char", "topic", "weight", "matched"]].values.tolist()

    replaced = [0, "trade and tariffs", 0.75, CORRECTION_MARK]
    added, diplomacy = [0, "alliances", 0.5, CORRECTION_MARK], [0, "diplomacy", 0.5, "envoys"]
    assert left(on_topic("diplomacy", "trade and tariffs"), *both) == [
        replaced,
        [0, "alliances", 0.25, "allies"],
    ]
    assert left(on_topic("", "alliances"), {}) == [added, diplomacy]
    assert left(on_topic("diplomacy", ""), *both) == [[0, "alliances", 1.0, "allies"]]
    assert left(on_topic("", "alliances", f"{ARTICLE}:13"))[0] == [13, "alliances", 1.0, CORRECTION_MARK]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (on_quote("speaker", "Wang", "Li"), "speaker is 'Xi' and not 'Wang' as the correction has it"),
        (
            on_quote("speaker", "Xi", "Li", f"{ARTICLE}:1:2"),
            "no longer exists: the current rules read this text differently",
        ),
        (on_quote("country", "", "Atlantis"), "no country is called 'Atlantis'"),
        (on_event("root", "AID", "CONSULT"), "root is 'threat' and not 'aid'"),
        (on_event("source", "China", "Atlantis"), "no actor is called 'Atlantis'"),
        (on_event("source", "China", "Japan"), "is already the other side of the event"),
        (on_topic("alliances", ""), "the sentence no longer has the theme 'alliances', but diplomacy"),
        (on_topic("", "alliances", f"{ARTICLE}:5"), "expected the first character of a sentence"),
        (
            {"table": "articles", "id": ARTICLE, "field": "published_date", "new": "2024-01-01"},
            "published_date is 'unknown'",
        ),
        (
            adding_event("China > Japan: threat, past", "", f"{ARTICLE}:99999:100100"),
            "there are no words at the characters 99999 to 100100, expected",
        ),
        (
            adding_event("China > Japan: threat, past", "", f"{ARTICLE}:11:13"),
            "there are no words at the characters 11 to 13",
        ),
        (
            adding_event("China > Japan: threat, past", "China bombed Japan", ARTICLE),
            "does not contain the words “China bombed Japan”",
        ),
        (
            adding_event("China > Japan: threat, past", "China", ARTICLE),
            "contains the words “China” 2 times: quote more of them",
        ),
        (adding_event("China > Atlantis: threat, past", "warned"), "no actor is called 'Atlantis'"),
        (adding_event("China > CHN: threat, past", "warned"), "China cannot act on itself"),
        (
            adding_event("China > Japan: threat, negated", "warned"),
            "now reads this act as past: correct its status",
        ),
        (adding_quote("Li", "We will answer"), "now reads a statement by Xi here: correct its speaker"),
    ],
)
def test_a_correction_that_no_longer_applies_is_reported_and_changes_nothing(row, problem):
    found = corrected(row, quotes=(quote(),), events=(event(),), topics=({},))
    assert problem in found.corrections["problem"].iloc[0]
    assert standing(found) == [LAPSED]
    assert found.tables["quotes"]["rule"].tolist() == ["clause"]
    assert found.tables["events"]["rule"].tolist() == ["verb"]
    assert found.tables["topics"]["topic"].tolist() == ["diplomacy"]


@pytest.mark.parametrize(
    "row",
    [
        on_quote("speaker", "Wang", "Xi"),
        on_event("status", "future", "past"),
        on_topic("alliances", "diplomacy"),
        adding_event("China > Japan: threat, past", "warned"),
        adding_quote("xi", "We will answer"),
        on_quote("drop", "Li", "", f"{ARTICLE}:1:2"),
        on_event("drop", "THREATEN", identity=f"{ARTICLE}:1:USA>JPN"),
    ],
)
def test_what_the_program_now_reads_itself_needs_no_correction(row):
    found = corrected(row, quotes=(quote(),), events=(event(),), topics=({},))
    assert standing(found) == [CONFIRMED]
    assert found.tables["quotes"]["rule"].tolist() == ["clause"]
    assert found.tables["events"]["rule"].tolist() == ["verb"]


def test_a_row_that_now_begins_or_ends_elsewhere_stays_corrected():
    moved = on_event("status", "past", "future", f"{ARTICLE}:{TEXT.index('Japan on')}:CHN>JPN")
    found = corrected(moved, on_quote("speaker", "Xi", "Li"), quotes=(quote("We will"),), events=(event(),))
    assert found.tables["events"]["status"].tolist() == ["future"]
    assert standing(found) == [MOVED, LAPSED]
    longer = corrected(on_quote("speaker", "Xi", "Wang"), quotes=(quote("We will answer"),))
    assert longer.tables["quotes"]["speaker_name"].tolist() == ["Wang"]
    assert standing(longer) == [MOVED]


def test_corrections_of_other_articles_are_ignored():
    assert corrected(on_quote("speaker", "Xi", "Li", f"{OTHER}:1:2")).corrections.empty


def test_an_added_event_has_its_sentence_and_what_the_codebook_says():
    found = corrected(adding_event("China > Japan: assault, past", "warned Japan"))
    row = found.tables["events"].iloc[0]
    assert row["event_id"] == EVENT
    places = ["start_char", "end_char", "trigger_start_char", "trigger_end_char"]
    start, end = (int(one) for one in place(SENTENCES[1]).split(":")[1:])
    assert row[places].tolist() == [start, end, TEXT.index("warned"), TEXT.index(" on Monday")]
    assert row[["source_country_code", "target_country_code"]].tolist() == ["CHN", "JPN"]
    assert row[["root", "quad", "status"]].tolist() == ["ASSAULT", 4, "past"]
    assert row[["rule", "probability"]].tolist() == [ADDITION_MARK, 1.0]
    assert standing(found) == [APPLIES]
    values = dyad_indicators(given.articles({"text": TEXT}), found.tables["events"])
    assert values.set_index(["indicator", "dyad"])["value"]["conflict_share", "CHN-JPN"] == 1.0


def test_talks_that_are_added_have_an_event_for_each_side():
    found = corrected(adding_event("Japan <> China: talks, past", "held talks")).tables["events"]
    assert found[["source_id", "target_id"]].values.tolist() == [["JPN", "CHN"], ["CHN", "JPN"]]


@pytest.mark.parametrize(
    ("side", "code"),
    [("JPN", "JPN"), ("jpn", "JPN"), ("Tokyo", "JPN"), ("Japanese", "JPN"), ("UK", "GBR"), ("EUU", "")],
)
def test_a_side_may_be_a_name_a_capital_an_adjective_or_a_code(side, code):
    found = corrected(adding_event(f"China > {side}: accusation, past", "condemned")).tables["events"]
    assert found["target_country_code"].fillna("").tolist() == [code]


def test_an_addition_is_found_by_its_words_or_its_offsets_which_choose_among_words_that_occur_twice():
    new, start = "China > Japan: talks, past", TEXT.index("China then")
    words, offsets = adding_event(new, "held talks", ARTICLE), adding_event(new, "", place("held talks"))
    twice = adding_event(new, "China", f"{ARTICLE}:{start + 3}:99")
    ids = [corrected(row).tables["events"]["event_id"].item() for row in (words, offsets, twice)]
    first = f"{ARTICLE}:{TEXT.index('held')}:CHN>JPN"
    assert ids == [first, first, f"{ARTICLE}:{start}:CHN>JPN"]


def test_another_act_on_the_same_word_gets_an_id_of_its_own():
    found = corrected(adding_event("China > Japan: accusation, past", "warned"), events=(event(),))
    assert found.tables["events"]["event_id"].tolist() == [EVENT, f"{EVENT}:ACCUSE"]


def test_an_added_event_can_be_corrected_and_dropped_and_a_dropped_one_added_again():
    add, drop = adding_event("China > Japan: threat, past", "warned"), on_event("drop", "THREATEN")
    negated = corrected(add, on_event("status", "past", "negated")).tables["events"].iloc[0]
    assert negated[["status", "rule"]].tolist() == ["negated", CORRECTION_MARK]
    assert corrected(add, drop).tables["events"].empty
    again = corrected(drop, add, events=(event(),))
    assert again.tables["events"]["rule"].tolist() == [ADDITION_MARK]


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
    assert row[["quote_id", "text", "kind"]].tolist() == [place(words), words, kind]
    assert row[["speaker_id", "rule"]].tolist() == ["person:ana-paz", ADDITION_MARK]


def test_a_correction_applies_to_the_same_sentence_in_every_reprint(no_stances):
    step, rows = len(LEAD), [on_event("drop", "THREATEN"), on_quote("speaker", "Xi", "Xi Jinping")]
    rows += [on_topic("diplomacy", "alliances"), adding_event("Japan > China: talks, past", "held talks")]
    there = {"article_id": OTHER}
    reprint = {**there, "text": LEAD + TEXT, "path": "b.txt"}  # of one story
    start = TEXT.index("We will") + step
    read = {
        "events": (event(), event(**there, event_id=f"{OTHER}:{TEXT.index('warned') + step}:CHN>JPN")),
        "quotes": (
            quote(),
            quote(
                **there,
                quote_id=place("We will answer,", OTHER, step),
                start_char=start,
                end_char=start + 15,
                content_spans=f"{start}-{start + 15}",
            ),
        ),
        "topics": ({}, {**there, "start_char": step, "end_char": step + 11}),
    }
    articles = given.articles({"text": TEXT}, reprint)
    found = corrected(*rows, **read, articles=articles)
    assert found.tables["events"][["article_id", "rule"]].values.tolist() == [
        [ARTICLE, ADDITION_MARK],
        [OTHER, ADDITION_MARK],
    ]
    assert found.tables["quotes"]["speaker_name"].tolist() == ["Xi Jinping"] * 2
    assert found.tables["topics"]["topic"].tolist() == ["alliances"] * 2
    assert standing(found) == [APPLIES] * 4
    apart = corrected(*rows, **read, articles=articles.assign(story_id=articles["article_id"]))
    assert apart.tables["quotes"]["speaker_name"].tolist() == ["Xi Jinping", "Xi"]


@pytest.mark.parametrize(("body", "left"), [([], 0), ([{"event_id": BACK}], 2)])
def test_a_dropped_act_is_gone_from_its_headline_unless_the_text_tells_it_again(no_stances, body, left):
    above = {"event_id": f"{ARTICLE}:0:CHN>JPN", "start_char": 0, "end_char": len(SENTENCES[0])}
    articles = given.articles({"text": TEXT, "title": SENTENCES[0]})
    events = [{**event(), **one} for one in (above, {}, *body)]
    found = corrected(on_event("drop", "THREATEN"), events=events, articles=articles)
    assert len(found.tables["events"]) == left
    assert standing(found) == [APPLIES]


@pytest.mark.model
def test_an_added_statement_has_a_stance_on_whom_it_names():
    words = SENTENCES[-1]
    found = corrected(adding_quote("Ana Paz", words)).tables["stances"]
    assert found[["target_name", "quote_id"]].values.tolist() == [
        ["Japan", place(words)],
        ["China", place(words)],
    ]
