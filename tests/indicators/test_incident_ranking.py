"""Which incidents and pairs are reported first: gravity, stories, and how unusual they are."""

import pandas as pd
import pytest

from analysis.indicators.incident_ranking import (
    DECAY,
    gravity,
    gravity_of,
    pairs_come_to_blows,
    ranked_incidents,
    ranked_sides,
    usual_weights,
    weights,
)
from tests.reports import inputs_of, report
from tests.tables import quotes

FIRST = pd.Timestamp("2025-05-05")


def strike(source="RUS", target="UKR", **more):
    return report(source, target, "ASSAULT", **{"trigger_lemma": "strike", "probability": 1.0, **more})


def incidents_of(*reports, **tables):
    return inputs_of(*reports, **tables).incidents


def sides_of(*reports):
    inputs = inputs_of(*reports, period="all")
    return ranked_sides(inputs.incidents, inputs.incidents.iloc[:0], inputs.tables.articles, None)


def test_a_strike_weighs_one_and_a_hundred_dead_add_two_thirds():
    found = gravity(incidents_of(strike(), strike(target="POL", killed_count=99)))
    assert found.tolist() == pytest.approx([1.0 + 2 / 3, 1.0])


def test_an_invasion_of_these_days_counts_wherever_an_article_reports_it():
    top = report("USA", "CHN", "CONSULT", text="Nothing else of note was said that day. " * 20, article=1)
    text, day = "On Sunday, Russia invaded the north of Ukraine.", {"when": "On Sunday", "article": 1}
    struck, invaded = (
        incidents_of(top, strike(text=text, trigger_lemma=lemma, **day)) for lemma in ("strike", "invade")
    )
    assert gravity(struck[struck["dyad"] == "RUS-UKR"]).tolist() == pytest.approx([0.15])
    assert gravity(invaded[invaded["dyad"] == "RUS-UKR"]).tolist() == pytest.approx([0.6 * 1.4])


def test_more_dead_weigh_more_and_thousands_no_more_than_hundreds():
    tolls = [gravity(incidents_of(strike(killed_count=n))).item() for n in (0, 9, 999, 99999)]
    assert tolls == pytest.approx([1.0, 1 + 1 / 3, 1.7, 1.7])


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"status": "future"}, 0.6),
        ({"rule": "reader"}, 0.85),
        ({"probability": 0.5}, 0.5),
        ({"target": ("UKR", "organisation", "Firm")}, 0.5),
        ({"target": ("LBN", "armed group", "Hezbollah")}, 0.7),
        ({"target": ("SOM", "armed group", "al-Shabaab")}, 0.35),
    ],
    ids=[
        "announced",
        "read by the model alone",
        "uncertain",
        "on a firm",
        "on a group that rules land, in one story",
        "on a group that its country fights too",
    ],
)
def test_what_is_less_than_a_certain_deed_on_a_state_weighs_less(more, expected):
    assert gravity(incidents_of(strike(**more))).item() == pytest.approx(expected)


def test_a_claim_weighs_four_fifths():
    told = quotes({"speaker_id": "kyiv", "country_code": "UKR"})
    assert gravity(incidents_of(strike(reported_by="kyiv"), quotes=told)).item() == pytest.approx(0.8)


def test_what_a_government_says_of_its_own_deeds_is_a_claim_only_of_force():
    told = quotes({"speaker_id": "kyiv", "country_code": "UKR"})
    acts = (report("UKR", "RUS", root, reported_by="kyiv") for root in ("SANCTION", "AID", "ASSAULT"))
    assert [incidents_of(act, quotes=told)["is_claim"].item() for act in acts] == [False, False, True]


def test_the_pairs_of_a_long_list_share_its_weight():
    text = "Russian missiles struck Ukraine, Poland, Estonia and Latvia on that day."
    listed = [strike(target=code, article=1, text=text) for code in ("UKR", "POL", "EST", "LVA")]
    assert gravity(incidents_of(*listed)).tolist() == pytest.approx([0.5] * 4)
    assert gravity(incidents_of(*listed[:2])).tolist() == pytest.approx([1.0] * 2)


def test_each_doubling_of_the_stories_adds_half():
    told = [strike(place_name="Kharkiv")] * 4
    assert weights(incidents_of(*told)).item() == pytest.approx(2.0)


def test_the_heaviest_incident_comes_first():
    found = ranked_incidents(incidents_of(report("USA", "CHN", "CONSULT"), strike()))
    assert found["root"].tolist() == ["ASSAULT", "CONSULT"]
    assert found["weight"].is_monotonic_decreasing


def test_a_further_incident_of_a_pair_counts_less_than_one_of_another():
    again = "Ukraine's city of Sumy was struck by Russia at noon as well."
    both = strike(place_name="Kharkiv", article=1), strike(place_name="Sumy", article=1, text=again)
    found = sides_of(*both, strike("ISR", "IRN", article=2))
    weight = dict(zip(found["dyad"], found["weight"], strict=True))
    assert found["dyad"].tolist() == ["RUS-UKR", "IRN-ISR"]
    assert weight["RUS-UKR"] == pytest.approx(weight["IRN-ISR"] * (1 + DECAY))


def test_what_one_sentence_reports_twice_hardly_counts_for_more():
    visit, call = (report("USA", "CHN", "CONSULT", mode=mode, article=1) for mode in ("visit", "phone"))
    assert sides_of(visit, call)["incident_count"].tolist() == [2]
    twice, once = (sides_of(*reports)["weight"].iloc[0] for reports in ((visit, call), (visit,)))
    assert once < twice < 1.3 * once


def test_talks_of_two_who_threatened_each_other_lately_count_twice():
    talks = report("IRN", "USA", "CONSULT", day="2025-05-06")
    threat = report("USA", "IRN", "THREATEN", day="2025-04-20")
    other = report("USA", "IRN", "SUPPORT", day="2025-04-20")
    after_threat, after_praise = (ranked_weight("IRN-USA", talks, before) for before in (threat, other))
    assert after_threat > 1.4 * after_praise


def test_what_is_a_year_older_than_the_newest_counts_half():
    found = ranked_incidents(incidents_of(strike(day="2024-05-05"), strike("IND", "PAK", day="2025-05-05")))
    assert found["dyad"].tolist() == ["IND-PAK", "RUS-UKR"]
    assert found["weight"].iloc[1] == pytest.approx(found["weight"].iloc[0] / 2)


def test_a_pair_with_a_country_seldom_in_the_news_weighs_less_unless_force_is_used():
    ways = (("USA", "IRN"), ("CHN", "JPN"))
    before = [report(*way, "SUPPORT", day="2025-04-20") for way in ways]

    def weight(code, root):
        return ranked_weight(f"{code}-USA", report("USA", code, root), *before)

    assert weight("BTN", "COERCE") == pytest.approx(weight("CHN", "COERCE") / 2)
    assert weight("BTN", "ASSAULT") == pytest.approx(weight("CHN", "ASSAULT"))


def test_an_attack_that_is_foiled_weighs_less():
    text = "Russia fires two missiles at Ukraine, which intercepts both of them over the sea."
    hit = text.replace("intercepts both of them over the sea", "loses a depot and a mill in the fire")
    foiled, struck = (weights(inputs_of(strike(text=one)).incidents).iloc[0] for one in (text, hit))
    assert foiled == pytest.approx(0.6 * struck)


def test_reprints_are_one_story_of_a_pair():
    found = sides_of(
        strike(place_name="Kharkiv", story="s"), report("UKR", "RUS", "ACCUSE", story="s", outlet="B")
    )
    assert found[["incident_count", "story_count"]].values.tolist() == [[2, 1]]


def test_an_unusual_pair_outranks_one_that_always_fights():
    war = [strike(day=f"2025-{month:02}-{day:02}") for month in (3, 4) for day in range(6, 29, 2)]
    inputs = inputs_of(*war, strike(), strike("IND", "PAK"), period="2025-05-05..2025-05-11")
    assert inputs.sides["dyad"].tolist() == ["IND-PAK", "RUS-UKR"]
    assert inputs.sides["usual_weight"].tolist()[0] == 0 < inputs.sides["usual_weight"].tolist()[1]


def ranked_weight(pair, *reports):
    sides = inputs_of(*reports, period="2025-05-05..2025-05-11").sides
    return sides.set_index("dyad").loc[pair, "weight"]


def test_what_happened_before_the_period_comes_after_what_is_new():
    earlier = strike("IND", "PAK", day="2025-05-06", when="on Sunday")
    new = strike("RUS", "UKR", day="2025-05-06", when="on Monday")
    sides = inputs_of(earlier, new, period="2025-05-05..2025-05-11").sides
    assert sides["dyad"].tolist() == ["RUS-UKR", "IND-PAK"]


OLDER = report("USA", "CHN", "CONSULT", day="2025-02-03")  # the articles go back far enough


def test_a_state_that_strikes_another_for_the_first_time_in_weeks_counts_twice():
    raid = strike("IND", "PAK")
    once = ranked_weight("IND-PAK", raid, report("USA", "CHN", "CONSULT", day="2025-05-01"))
    assert ranked_weight("IND-PAK", raid, OLDER) == pytest.approx(2 * once)


def test_a_first_strike_in_answer_to_one_of_weeks_ago_counts_twice_and_a_second_one_does_not():
    before = strike("IND", "PAK", day="2025-04-20", probability=0.1)
    answer, again = (
        ranked_weight("IND-PAK", OLDER, before, one) for one in (strike("PAK", "IND"), strike("IND", "PAK"))
    )
    assert answer == pytest.approx(2 * again)


@pytest.mark.parametrize(
    "more",
    [
        {"target": ("PAK", "armed group", "Group")},
        {"target": "PAK", "status": "future"},
        {"target": "PAK", "rule": "reader", "probability": 0.7},
        {"target": "PAK", "probability": 0.5},
    ],
    ids=["on a group", "announced", "read by the model alone", "uncertain"],
)
def test_what_may_be_no_blow_between_two_states_is_no_first_force(more):
    inputs = inputs_of(OLDER, strike("IND", **more), period="2025-05-05..2025-05-11")
    assert pairs_come_to_blows(inputs.current, inputs.background, FIRST) == set()


def test_what_is_usual_is_the_mean_of_eight_weeks_and_older_weeks_do_not_count():
    found = usual_weights(incidents_of(strike(day="2025-05-04"), strike(day="2025-02-01")), FIRST)
    assert found == pytest.approx({"RUS-UKR": 1 / 8})
    assert usual_weights(incidents_of(strike(day="2025-05-04")), None) == {}


def test_what_is_usual_is_the_mean_of_fewer_weeks_where_the_articles_begin_later():
    last = incidents_of(strike(day="2025-05-04"))
    two_weeks, one_day, a_year = (
        usual_weights(last, FIRST, since=FIRST - pd.Timedelta(days=days)) for days in (14, 1, 366)
    )
    assert two_weeks == pytest.approx({"RUS-UKR": 1 / 2})
    assert one_day == pytest.approx({"RUS-UKR": 1})
    assert a_year == pytest.approx({"RUS-UKR": 1 / 8})


def test_an_incident_that_weighs_nothing_is_last_and_no_error():
    found = sides_of(strike(probability=0.0), strike("ISR", "IRN"))
    assert found["weight"].tolist()[1] == 0


def test_nothing_is_ranked_where_nothing_happened():
    assert ranked_incidents(incidents_of()).empty
    assert sides_of().empty


def test_an_accord_in_a_war_weighs_more_than_one_on_trade():
    one = next(incidents_of(report("RUS", "UKR", "AGREE", probability=1.0)).itertuples())
    values = {("AGREE", ""): 0.45}
    assert gravity_of(one._replace(theme="armed conflict"), values) == pytest.approx(0.6)
    assert gravity_of(one._replace(theme="trade and tariffs"), values) == pytest.approx(0.45)


def test_a_meeting_to_come_of_two_heads_of_state_weighs_more_than_one_of_ministers():
    heads = ("USA", "person", "Donald Trump"), ("RUS", "person", "Vladimir Putin")
    ministers = ("USA", "person", "Marco Rubio"), ("RUS", "person", "Sergei Lavrov")
    found = [
        gravity(incidents_of(report(*sides, "CONSULT", status="future", probability=1.0))).max()
        for sides in (heads, ministers)
    ]
    assert found == pytest.approx([0.6, 0.25 * 0.6])


def test_what_armed_groups_do_to_each_other_weighs_little():
    groups = ("COD", "armed group", "FDLR"), ("RWA", "armed group", "M23")
    assert gravity(incidents_of(strike(*groups))).item() == pytest.approx(0.35 * 0.4)


def test_an_ordinary_week_of_a_war_counts_less_than_an_unusual_one_of_others():
    every_week = [strike(day=f"2025-{day}") for day in ("03-11", "03-18", "03-25", "04-01", "04-08", "04-15")]
    now = [strike(probability=0.3), strike("IND", "PAK", probability=0.2)]
    sides = inputs_of(*every_week, *now, period="2025-05-05..2025-05-11").sides.set_index("dyad")
    assert sides.loc["RUS-UKR", "weight"] == pytest.approx(0.6 * 0.3)
    assert sides.loc["IND-PAK", "weight"] > 0.2
    largest = "Russia struck the Ukrainian city of Sumy in its largest attack of the war."
    turn = strike(probability=0.3, text=largest)
    sides = inputs_of(*every_week, turn, period="2025-05-05..2025-05-11").sides.set_index("dyad")
    assert sides.loc["RUS-UKR", "weight"] == pytest.approx(1.4 * 0.3)
