"""What happens is one incident, however many sentences and stories report it."""

from random import Random

import pandas as pd
import pytest

from analysis.indicators import incidents
from analysis.indicators.incidents import incident_table
from analysis.ingest.corrections_file import ADDITION_MARK
from analysis.tables.rows import rows_of
from tests.reports import corpus_of, report
from tests.tables import quotes, topics

HAMAS = ("PSE", "armed group", "Hamas")
ENDED = "Envoys of both countries met behind closed doors for the third time this year."


def incidents_of(*reports, **tables):
    found = corpus_of(*reports)
    rest = {name: tables.get(name, getattr(found, name)) for name in ("quotes", "topics")}
    return incident_table(found.articles, found.events, **rest)


def strike(**more):
    place, dead = more.get("place_name") or "Ukraine", more.get("killed_count")
    text = f"Russian missiles strike {place}{f', killing {dead} people' if dead else ''}."
    return report("RUS", "UKR", "ASSAULT", **{"trigger_lemma": "strike", "text": text, **more})


def said_by(speaker_id, country_code, *, is_anonymous=False):
    return {
        "quote_id": speaker_id,
        "speaker_id": speaker_id,
        "country_code": country_code,
        "is_anonymous": is_anonymous,
    }


def days(incidents):
    return [(row.first_day.day, row.last_day.day) for row in incidents.itertuples()]


def test_two_strikes_on_one_day_in_two_towns_are_two_incidents():
    found = incidents_of(strike(place_name="Kharkiv"), strike(place_name="Sumy"))
    assert found["place_name"].tolist() == ["Kharkiv", "Sumy"]
    same_article = incidents_of(
        strike(place_name="Kharkiv", article=1), strike(place_name="Sumy", article=1, text=ENDED)
    )
    assert len(same_article) == 2


def test_the_capture_of_a_town_is_not_the_strike_of_the_same_day():
    found = incidents_of(strike(), strike(trigger_lemma="capture"), strike(trigger_lemma="recapture"))
    assert sorted(found["trigger_lemma"]) == ["capture", "strike"]


def test_one_strike_reported_for_three_days_is_one_incident():
    found = incidents_of(*[strike(place_name="Kharkiv", day=f"2025-05-0{day}") for day in (5, 6, 7)])
    assert found["story_count"].tolist() == [3]
    assert found["first_reported"].dt.day.tolist() == [5] and found["last_reported"].dt.day.tolist() == [7]
    assert days(found) == [(5, 5)]
    later = strike(place_name="Kharkiv", day="2025-05-08")
    assert len(incidents_of(strike(place_name="Kharkiv"), later)) == 2


def test_an_updated_toll_keeps_one_incident_with_the_newest_toll():
    first = strike(place_name="Kharkiv", killed_count=3, injured_count=20)
    found = incidents_of(strike(place_name="Kharkiv", killed_count=5, day="2025-05-06"), first)
    assert found["killed_count"].tolist() == [5] and found["injured_count"].isna().all()
    assert found["article_ids"].str.split().str.len().tolist() == [2]


def test_a_toll_that_falls_is_of_another_strike():
    missile = "A Russian missile hits a bus depot in Kharkiv, killing three."
    again = "Officials in Kharkiv say that a Russian missile that hit a bus depot killed people."
    first = strike(place_name="Kharkiv", killed_count=3, text=missile)
    place = {"place_name": "Kharkiv", "text": again, "day": "2025-05-06"}
    assert len(incidents_of(first, strike(killed_count=5, **place))) == 1
    assert len(incidents_of(first, strike(killed_count=2, **place))) == 2


def test_a_report_without_a_place_joins_that_of_a_place_where_their_words_are_alike():
    hit = strike(place_name="Kharkiv", text="A Russian missile hits a bus depot in Kharkiv, killing three.")
    alike = strike(text="A Russian missile kills three at a bus depot in Ukraine.")
    assert len(incidents_of(hit, alike)) == 1
    assert len(incidents_of(hit, strike(text="Drones from Russia damage two bridges in the south."))) == 2


def test_a_report_that_two_incidents_fit_joins_the_one_that_it_is_more_like():
    depot = "A Russian missile hits a bus depot in Kharkiv, killing three."
    first, second = strike(killed_count=9), strike(place_name="Kharkiv", killed_count=3, text=depot)
    again = strike(text="A Russian missile kills three at a bus depot in Ukraine.")
    found = incidents_of(first, second, again)
    assert dict(zip(found["killed_count"], found["story_count"], strict=True)) == {9: 1, 3: 2}


def test_a_ceasefire_announced_agreed_and_begun_is_one_announcement_and_two_deeds():
    sides = ("ISR", HAMAS)
    found = incidents_of(
        report(*sides, "AGREE", status="future", trigger_lemma="ceasefire", day="2025-10-06"),
        report(*sides, "AGREE", status="future", trigger_lemma="ceasefire", day="2025-10-07"),
        report(*sides, "AGREE", trigger_lemma="ceasefire", day="2025-10-08"),
        report(*sides, "RETREAT", mode="ceasefire", trigger_lemma="ceasefire", day="2025-10-10"),
    )
    assert found[["root", "status"]].values.tolist() == [
        ["AGREE", "announced"],
        ["AGREE", "done"],
        ["RETREAT", "done"],
    ]


def test_strikes_of_two_nights_are_two_incidents():
    nights = [strike(place_name="Kharkiv", when="overnight", day=f"2025-05-0{day}") for day in (5, 6)]
    assert len(incidents_of(*nights)) == 2
    retold = strike(place_name="Kharkiv", when="yesterday", day="2025-05-06")
    assert len(incidents_of(nights[0], retold)) == 1


def test_the_largest_attack_of_a_day_is_not_the_strike_on_one_of_its_towns():
    largest = strike(text="Russia launches its largest attack on Ukraine since the start of the war.")
    assert len(incidents_of(strike(place_name="Kharkiv", killed_count=3), largest)) == 2


def test_two_reports_that_name_one_day_agree_whenever_they_are_published():
    monday = strike(when="on Monday", day="2025-05-06", place_name="Kharkiv")
    friday = strike(when="on Monday", day="2025-05-09", place_name="Kharkiv")
    found = incidents_of(monday, friday)
    assert days(found) == [(5, 5)] and found["is_day_known"].all()
    tuesday = strike(when="on Tuesday", day="2025-05-06", place_name="Kharkiv")
    assert len(incidents_of(monday, tuesday)) == 2


def test_this_year_is_no_day_that_two_strikes_could_share():
    winter = strike(when="this year", day="2025-01-20", place_name="Kharkiv")
    spring = strike(when="on Monday", day="2025-05-06", place_name="Kharkiv")
    assert len(incidents_of(winter, spring)) == 2
    same_day = strike(when="this year", day="2025-05-06", place_name="Kharkiv")
    assert len(incidents_of(same_day, spring)) == 1


def test_what_went_on_for_a_year_is_no_act_that_a_report_of_its_days_is_of():
    for_months = report("USA", "CHN", "CONSULT", when="in 2025", day="2025-12-01")
    in_may = report("USA", "CHN", "CONSULT", day="2025-05-06")
    assert len(incidents_of(for_months, in_may)) == 2


def test_what_a_text_dates_long_ago_is_not_what_is_reported_today():
    history = strike(when="in 2023", place_name="Kharkiv", article=1)
    today = strike(place_name="Kharkiv", article=1, text=ENDED)
    found = incidents_of(history, today)
    assert sorted(found["first_day"].dt.year) == [2023, 2025]


def test_talks_reported_on_three_days_are_one_incident_whoever_is_named_first():
    found = incidents_of(
        report("USA", "CHN", "CONSULT", day="2025-05-05"),
        report("CHN", "USA", "CONSULT", day="2025-05-06"),
        report("USA", "CHN", "CONSULT", day="2025-05-07"),
    )
    assert len(found) == 1
    assert found.loc[0, ["dyad", "story_count", "is_joint"]].tolist() == ["CHN-USA", 3, False]


def test_an_act_of_both_sides_in_one_sentence_is_joint_with_its_sides_in_the_order_of_the_pair():
    found = incidents_of(
        report("USA", "CHN", "ASSAULT", article=1, trigger_lemma="clash"),
        report("CHN", "USA", "ASSAULT", article=1, trigger_lemma="clash"),
    )
    assert found[["is_joint", "source_code", "target_code"]].values.tolist() == [[True, "CHN", "USA"]]
    alone = incidents_of(report("USA", "CHN", "ASSAULT"), report("CHN", "USA", "ASSAULT"))
    assert alone[["is_joint", "source_code"]].values.tolist() == [[False, "USA"], [False, "CHN"]]


def test_one_article_may_tell_of_a_visit_and_of_a_phone_call():
    visit = report("USA", "CHN", "CONSULT", mode="visit", article=1)
    call = report("USA", "CHN", "CONSULT", mode="phone", article=1, text=ENDED)
    assert len(incidents_of(visit, call)) == 2
    assert len(incidents_of(visit, {**call, "columns": visit["columns"]})) == 1


def test_an_expulsion_is_one_incident_whether_it_is_called_a_sanction_or_coercion():
    found = incidents_of(report("POL", "RUS", "SANCTION"), report("POL", "RUS", "COERCE", day="2025-05-06"))
    assert len(found) == 1
    assert len(incidents_of(report("POL", "RUS", "ACCUSE"), report("POL", "RUS", "SANCTION"))) == 2


def test_one_thing_that_is_coded_as_two_kinds_is_one_incident_of_the_clearest_report():
    landing = "Ukrainian troops cross the border and take positions in the Kursk region of Russia."
    act = {"source": "UKR", "target": "RUS", "place_name": "Kursk", "text": landing}
    aside = {**act, "day": "2025-05-06", "text": f"{landing[:-1]}, says an official."}
    (row,) = rows_of(incidents_of(report(root="MOBILIZE", **act), report(root="ASSAULT", **aside)))
    assert (row.root, row.intensity, row.story_count) == ("MOBILIZE", -7, 2)


def test_background_that_names_no_day_joins_what_was_done_days_before_in_like_words():
    told = {"place_name": "Kharkiv", "text": "Russian missiles strike a bus depot in Kharkiv, killing three."}
    later = {"day": "2025-05-09", "article": 9}
    above = report("DEU", "FRA", "CONSULT", text=" ".join([ENDED] * 9), **later)
    hits = incidents_of(strike(**told), above, strike(**told, **later))
    assert hits[hits["root"] == "ASSAULT"]["story_count"].tolist() == [2]
    assert len(incidents_of(strike(**told), strike(**told, **later))) == 2


def test_a_reprint_and_the_copy_in_a_headline_add_no_report():
    title = "Russia strikes Kharkiv"
    told = {"place_name": "Kharkiv", "article": 1, "title": title}
    found = incidents_of(
        strike(text=title, status="ongoing", **told),
        strike(**told),
        strike(place_name="Kharkiv", story=f"{0:016x}", day="2025-05-06"),
    )
    assert found["story_count"].tolist() == [1]
    assert found["article_ids"].tolist() == [f"{0:016x}"]
    assert found["event_ids"].str.split().str.len().tolist() == [1]


def test_what_one_side_says_stays_its_claim():
    told = quotes(said_by("kyiv", "UKR"))
    found = incidents_of(strike(reported_by="kyiv"), strike(reported_by="kyiv"), quotes=told)
    assert found[["is_claim", "claimant_code"]].values.tolist() == [[True, "UKR"]]


@pytest.mark.parametrize("reporter", [None, "moscow", "ankara"])
def test_a_claim_is_none_once_an_article_the_other_side_or_a_third_reports_it(reporter):
    told = quotes(said_by("kyiv", "UKR"), said_by("moscow", "RUS"), said_by("ankara", "TUR"))
    found = incidents_of(strike(reported_by="kyiv"), strike(reported_by=reporter), quotes=told)
    assert found["is_claim"].tolist() == [False] and found["claimant_code"].isna().all()


def test_what_somebody_unnamed_alone_reports_is_a_claim_of_no_side():
    told = quotes(said_by("a/officials", None, is_anonymous=True))
    found = incidents_of(strike(reported_by="a/officials"), quotes=told)
    assert found["is_claim"].tolist() == [True] and found["claimant_code"].isna().all()


def test_a_denied_incident_is_marked_and_a_denial_makes_none():
    denied = strike(status="negated", day="2025-05-06")
    assert incidents_of(strike(), denied)["is_denied"].tolist() == [True]
    assert incidents_of(strike(), {**denied, "day": "2025-05-09"})["is_denied"].tolist() == [False]
    other = report("UKR", "RUS", "ASSAULT", status="negated")
    assert incidents_of(strike(), other)["is_denied"].tolist() == [False]
    assert incidents_of(denied).empty
    denied["text"] = "Russia denied that it had shot down a plane of Ukraine."
    assert incidents_of(strike(), denied)["is_denied"].tolist() == [False]
    for text, is_denied in (("Russia did not hit Ukraine.", True), ("Russia, the White House said.", False)):
        denied = strike(status="negated", day="2025-05-06", trigger_lemma="hit", text=text)
        assert incidents_of(strike(trigger_lemma="hit"), denied)["is_denied"].tolist() == [is_denied]


def test_who_has_no_plans_to_strike_denies_no_strike_that_was_reported():
    text = "Russia says that it has no plans of attacking the cities of Ukraine."
    assert not incidents_of(strike(), strike(status="negated", text=text))["is_denied"].any()
    planned = strike(status="future"), strike(status="negated", text=text)
    assert incidents_of(*planned)["is_denied"].all()


def test_who_has_not_sanctioned_others_denies_no_sanctions():
    act, text = report("CHN", "JPN", "SANCTION", article=1), "China has not sanctioned Japanese carmakers."
    negated = {**act, "status": "negated", "text": text, "article": 2}
    assert not incidents_of(act, negated)["is_denied"].any()
    negated["text"] = "China denied that it had sanctioned Japanese firms."
    assert incidents_of(act, negated)["is_denied"].all()


def test_talks_are_denied_by_either_side():
    denied = report("IRN", "USA", "CONSULT", status="negated")
    assert incidents_of(report("USA", "IRN", "CONSULT"), denied)["is_denied"].tolist() == [True]


def test_a_sentence_that_lifts_a_suspension_of_aid_denies_no_aid():
    lifted = report("USA", "UKR", "COOPERATE", article=1)
    assert not incidents_of(lifted, {**lifted, "status": "negated"})["is_denied"].any()


def test_who_denies_a_strike_with_words_against_the_other_side_denies_it():
    told = {"day": "2025-05-06", "article": 1, "text": "Russia denies striking Ukraine and calls it a lie."}
    against = report("RUS", "UKR", "REJECT", **told)
    found = incidents_of(strike(), strike(status="negated", **told), against)
    assert found.loc[found["root"] == "ASSAULT", "is_denied"].tolist() == [True]


def test_hamas_stands_with_its_name_in_the_pair_of_palestine():
    found = incidents_of(report("ISR", HAMAS, "ASSAULT"), report("ISR", "PSE", "ASSAULT", probability=0.8))
    names = ["dyad", "target_code", "target_name", "target_kind"]
    assert found[names].values.tolist() == [["ISR-PSE", "PSE", "Hamas", "armed group"]]


@pytest.mark.parametrize(
    ("actor_id", "dyad"),
    [("bloc:nato", "NATO-RUS"), ("org:un-security-council", "RUS-UNO"), ("group:rsf", "RSF-RUS")],
)
def test_a_bloc_or_a_group_without_a_country_stands_in_pairs_like_a_country(actor_id, dyad):
    row = report((None, "bloc", "x"), "RUS", "SANCTION", source_id=actor_id)
    assert incidents_of(row)["dyad"].tolist() == [dyad]


def test_an_act_by_a_backed_group_is_not_mixed_with_the_act_of_its_backer():
    group = report(
        ("COD", "armed group", "M23"), "COD", "ASSAULT", source_sponsor_code="RWA", trigger_lemma="attack"
    )
    found = incidents_of(group, report("RWA", "COD", "ASSAULT", trigger_lemma="attack"))
    assert found["dyad"].tolist() == ["COD-RWA", "COD-RWA"]


def test_who_strikes_a_group_in_a_country_strikes_the_group():
    sides = (None, "armed group", "Islamic State"), "SYR"
    same = {"text": ENDED, "article": 1, "trigger_start_char": 9}
    found = incidents_of(*(report("USA", side, "ASSAULT", **same) for side in sides))
    assert found[["dyad", "target_name"]].values.tolist() == [["SYR-USA", "Islamic State"]]


def test_what_no_word_carries_counts_like_anything_else():
    assert len(incidents_of(strike(rule="reader", probability=0.7))) == 1


def test_of_several_friendly_types_a_sentence_gives_the_fullest():
    found = incidents_of(report("USA", "CHN", "SUPPORT", article=1), report("USA", "CHN", "AGREE", article=1))
    assert found["root"].tolist() == ["AGREE"]


@pytest.mark.parametrize(
    "row",
    [
        strike(status="hypothetical"),
        strike(status="historical"),
        report("RUS", None, "ASSAULT"),
        report("RUS", "RUS", "ASSAULT"),
    ],
    ids=["imagined", "long past", "no target", "own country"],
)
def test_what_reports_no_act_between_two_sides_makes_no_incident(row):
    if row["target"] is None:
        row = {**row, "target": (None, "organisation", "x")}
    assert incidents_of(row).empty


@pytest.mark.parametrize(
    "words",
    [
        {"text": "2025 Sumy offensive, Russian attacks on civilians"},
        {"trigger_lemma": "war", "text": "The war between Russia and Ukraine has changed much in the world."},
    ],
    ids=["label", "noun of war"],
)
def test_what_an_analyst_adds_is_an_incident_whatever_its_words_look_like(words):
    assert incidents_of(strike(**words)).empty
    assert len(incidents_of(strike(**words, rule=ADDITION_MARK))) == 1


def test_a_headline_counts_where_the_text_below_says_less():
    title = "Russia strikes Kharkiv"
    assert len(incidents_of(strike(text=title, title=title))) == 1


def test_undated_reports_are_one_incident_only_within_an_article():
    told = {"place_name": "Kharkiv", "day": None}
    found = incidents_of(strike(article=1, **told), strike(article=1, text=ENDED, **told), strike(**told))
    assert found["story_count"].tolist() == [1, 1]
    assert found["first_reported"].isna().all() and found["first_day"].isna().all()


def test_undated_incidents_come_after_dated_ones():
    found = incidents_of(strike(day=None, place_name="Sumy"), strike(place_name="Kharkiv"))
    assert found["place_name"].tolist() == ["Kharkiv", "Sumy"]


def test_strikes_on_a_whole_country_are_told_apart_by_their_tolls_and_words():
    first = strike(place_name="Gaza Strip", killed_count=55, text="Strikes kill 55, most of them in a camp.")
    second = strike(killed_count=12, day="2025-05-06", text="Twelve are killed as strikes hit tents.")
    assert incidents_of(first, second)["killed_count"].tolist() == [55, 12]


def test_two_ministers_who_talk_are_not_two_presidents_who_do():
    def talks(source, target, **more):
        sides = ("RUS", "person", source), ("USA", "person", target)
        return report(*sides, "CONSULT", text=f"{source} telephoned {target}.", **more)

    found = incidents_of(talks("Lavrov", "Rubio"), talks("Putin", "Trump", day="2025-05-06"))
    assert found["source_name"].tolist() == ["Lavrov", "Putin"]
    unnamed = report("RUS", "USA", "CONSULT", text="Lavrov telephoned Rubio.")
    assert len(incidents_of(talks("Lavrov", "Rubio"), unnamed)) == 1


def test_a_town_that_was_entered_and_then_taken_is_quoted_as_taken():
    entered, captured = "Russian troops entered Pokrovsk in Ukraine.", "Russian troops captured Pokrovsk."
    entry = report(
        "RUS", "UKR", "MOBILIZE", trigger_lemma="enter", text=entered, place_name="Pokrovsk", probability=1.0
    )
    capture = strike(trigger_lemma="capture", text=captured, place_name="Pokrovsk", day="2025-05-06")
    found = incidents_of(entry, capture)
    assert found["trigger_lemma"].tolist() == ["capture"]


def test_a_name_within_another_word_is_another_place():
    assert len(incidents_of(strike(place_name="Sumy"), strike(place_name="Sumy Oblast"))) == 1
    found = incidents_of(
        report("FRA", "DZA", "ASSAULT", place_name="Mali", text="French troops fire on a convoy in Mali."),
        report("FRA", "DZA", "ASSAULT", place_name="Somalia", text="A raid in Somalia ends in a clash."),
    )
    assert len(found) == 2


def test_an_announced_visit_has_the_days_of_its_text_or_none():
    visit = {"status": "future", "mode": "visit", "trigger_lemma": "visit"}
    found = incidents_of(report("USA", "CHN", "CONSULT", when="Wednesday through Friday", **visit))
    assert days(found) == [(7, 9)]
    undated = incidents_of(report("USA", "CHN", "CONSULT", **visit))
    assert undated["first_day"].isna().all() and undated["status"].tolist() == ["announced"]


def test_the_clearest_report_is_by_the_article_itself_with_its_toll():
    told = quotes(said_by("kyiv", "UKR"))
    found = incidents_of(
        strike(reported_by="kyiv", place_name="Kharkiv", killed_count=2),
        strike(place_name="Kharkiv"),
        strike(place_name="Kharkiv", killed_count=2),
        quotes=told,
    )
    assert found["article_id"].tolist() == [f"{2:016x}"]
    assert found["article_ids"].str.split().str[0].tolist() == [f"{2:016x}"]
    assert found["incident_id"].iloc[0] == found["event_ids"].iloc[0].split()[0]


def test_several_reports_make_an_incident_surer_and_those_of_one_story_do_not():
    one = strike(place_name="Kharkiv", probability=0.8, article=1)
    again = strike(place_name="Kharkiv", probability=0.5, article=1, text=ENDED)
    assert incidents_of(one, again)["probability"].tolist() == pytest.approx([0.8])
    other = strike(place_name="Kharkiv", probability=0.5)
    assert incidents_of(one, other)["probability"].tolist() == pytest.approx([0.9])


def test_the_theme_is_that_of_most_sentences():
    themes = topics(
        {"article_id": f"{0:016x}", "topic": "diplomacy", "weight": 0.4},
        {"article_id": f"{0:016x}", "topic": "war", "weight": 0.6},
    )
    assert incidents_of(strike(), topics=themes)["theme"].tolist() == ["war"]


def test_outlets_are_counted_by_name():
    told = [strike(place_name="Kharkiv", outlet=name) for name in ("A", "A", "B", None)]
    assert incidents_of(*told)["outlet_count"].tolist() == [2]


def test_nothing_read_gives_an_empty_table():
    assert incidents_of().empty


def test_the_order_of_the_rows_read_does_not_matter():
    reports = [strike(place_name=town, day=f"2025-05-0{n}") for n, town in enumerate(("Kyiv", "Sumy"), 5)]
    found = corpus_of(*reports)
    turned = incident_table(found.articles[::-1], found.events[::-1], found.quotes, found.topics)
    pd.testing.assert_frame_equal(
        turned, incident_table(found.articles, found.events, found.quotes, found.topics)
    )


def test_reports_are_gathered_as_if_each_were_compared_with_every_incident(monkeypatch):
    chance = Random(5)
    whens = (None, None, "on Monday", "on Friday", "last week", "this year", "in March", "two weeks ago")
    reports = [
        strike(
            when=chance.choice(whens),
            day=chance.choice((None, *(f"2025-05-{day:02}" for day in range(1, 29)))),
            place_name=chance.choice((None, "Kharkiv", "Sumy")),
            killed_count=chance.choice((None, None, 3, 5)),
            article=chance.choice((None, 1, 2, 3)),
        )
        for _ in range(150)
    ]
    near = incidents_of(*reports)
    monkeypatch.setattr(incidents, "MAX_LISTED_DAYS", 0)
    pd.testing.assert_frame_equal(near, incidents_of(*reports), check_exact=True)
    assert 1 < len(near) < 140
