"""An incident in words: ours where it is sure and they say enough, else the words that report it."""

from dataclasses import replace

import pytest

from analysis.findings.reported import reported_incidents
from analysis.findings.wording import words
from tests.reports import inputs_of, report
from tests.tables import quotes


def reported(*reports, **more):
    inputs = inputs_of(*reports, **more)
    return reported_incidents(inputs.current, inputs)


def told(one):
    return words("findings/reported", "told", one)


def strike(**more):
    return report("RUS", "UKR", "ASSAULT", **{"trigger_lemma": "strike", "place_name": "Kharkiv", **more})


def test_a_sure_incident_has_a_clause_and_an_unsure_one_only_its_sentence():
    (sure,) = reported(strike())
    assert sure.clause == "Russia struck Kharkiv"
    (unsure,) = reported(strike(probability=0.5, text="Shells are said to have hit the city of Kharkiv."))
    assert unsure.clause == ""
    assert told(unsure) == "“Shells are said to have hit the city of Kharkiv” (reported 5 May)"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (None, "Russia struck Kharkiv (reported 5 May)"),
        ("on Sunday", "Russia struck Kharkiv (4 May)"),
        ("at the weekend", "Russia struck Kharkiv (3 to 4 May)"),
        ("this year", "Russia struck Kharkiv (reported 5 May)"),
    ],
)
def test_the_day_is_that_of_the_text_or_of_the_report(when, said):
    (one,) = reported(strike(when=when))
    assert told(one) == said


def test_what_is_planned_has_its_days_and_none_if_none_is_named():
    visit = {"status": "future", "mode": "visit", "trigger_lemma": "visit"}
    (one,) = reported(report("USA", "CHN", "CONSULT", when="Wednesday through Friday", **visit))
    assert told(one) == "a US visit to China is planned (7 to 9 May)"
    (one,) = reported(report("USA", "CHN", "CONSULT", **visit))
    assert told(one) == "a US visit to China is planned (announced 5 May)"


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ("US leaders will visit China, where officials say they will promote trade.", True),
        ("US leaders will visit China if the fighting stops.", False),
    ],
)
def test_a_visit_has_a_clause_of_ours_unless_it_is_conditional(text, is_ours):
    visit = {"status": "future", "mode": "visit", "trigger_lemma": "visit"}
    (one,) = reported(report("USA", "CHN", "CONSULT", text=text, **visit))
    assert bool(one.clause) == is_ours


def test_an_undated_incident_has_no_empty_parentheses():
    (one,) = reported(strike(day=None))
    assert told(one) == "Russia struck Kharkiv"


def claimed_by(code):
    told_by = quotes({"speaker_id": "spokesman", "country_code": code})
    (one,) = reported(*[strike(reported_by="spokesman")] * 2, quotes=told_by)
    return one


def test_a_claim_is_quoted_and_says_which_side_alone_makes_it():
    one = claimed_by("UKR")
    assert not one.clause and told(one).endswith("(reported 5 May), according to Ukraine alone")


def test_what_a_side_says_of_its_own_deed_needs_no_mark():
    one = claimed_by("RUS")
    assert not one.clause and told(one).endswith("(reported 5 May)")


def test_who_was_struck_among_others_is_left_to_the_sentence():
    text = "Russian missiles struck Poland and Ukraine on the same day in the spring."
    more = {"trigger_lemma": "strike", "text": text, "article": 1}
    on_ukraine, on_poland = (report("RUS", code, "ASSAULT", **more) for code in ("UKR", "POL"))
    assert [one.clause for one in reported(on_ukraine, on_poland)] == ["", ""]
    assert [one.clause for one in reported(on_ukraine)] == ["Russia struck Ukraine"]


def test_a_claim_by_nobody_named_says_so():
    claim = strike(reported_by="a/officials")
    told_by = quotes({"speaker_id": "a/officials", "is_anonymous": True})
    (one,) = reported(claim, claim, quotes=told_by)
    assert told(one).endswith("(reported 5 May), according to unnamed sources")


def test_a_denied_incident_says_so_in_our_words_and_beside_a_quotation():
    (one,) = reported(strike(), strike(status="negated"))
    assert one.is_denied and told(one).endswith("; this is denied")
    assert told(replace(one, clause="")).endswith("; this is denied")


@pytest.mark.parametrize("lemma", ["threaten", "sanction"])
def test_words_that_only_name_a_sort_of_act_give_way_to_the_sentence(lemma):
    root = {"threaten": "THREATEN", "sanction": "SANCTION"}[lemma]
    (one,) = reported(report("USA", "CHN", root, trigger_lemma=lemma))
    assert not one.clause


def test_days_have_their_year_where_the_period_is_of_several():
    both = strike(day="2024-05-05"), strike(day="2025-05-05", place_name="Sumy")
    said = {told(one) for one in reported(*both, period="all")}
    assert said == {"Russia struck Kharkiv (reported 5 May 2024)", "Russia struck Sumy (reported 5 May 2025)"}


def test_a_quotation_within_a_sentence_keeps_no_full_stop_of_its_own():
    (one,) = reported(strike(probability=0.5, text="He said of the city of Kharkiv: “We have struck it.”"))
    assert told(one) == "“He said of the city of Kharkiv: ‘We have struck it’” (reported 5 May)"
    (one,) = reported(strike(probability=0.5, text="Did the army strike the city of Kharkiv on that day?"))
    assert told(one).startswith("“Did the army strike the city of Kharkiv on that day?” (")
    (one,) = reported(strike(probability=0.5, text="Russia struck Kharkiv, said an envoy of the U.S."))
    assert told(one).startswith("“Russia struck Kharkiv, said an envoy of the U.S.” (")


def test_each_incident_carries_its_events():
    (one,) = reported(strike(), strike())
    assert len(one.event_ids) == one.story_count == 2
    assert one.event_ids[0] == one.incident_id


def test_strikes_with_missiles_are_left_to_the_sentence_which_says_how_many():
    text = "A Russian missile strikes a power station in the Ukrainian city of Kharkiv."
    (one,) = reported(strike(mode="heavy-weapons", text=text))
    assert not one.clause and one.quote == text


def test_a_claim_whose_sentence_says_whose_it_is_needs_no_mark():
    told_by = quotes({"speaker_id": "spokesman", "country_code": "UKR"})
    text = "Russian missiles struck the Ukrainian city of Kharkiv, according to its mayor."
    (one,) = reported(*[strike(reported_by="spokesman", text=text)] * 2, quotes=told_by)
    assert one.is_claim and told(one).endswith("(reported 5 May)")


@pytest.mark.parametrize("how", ["begins to withdraw", "partially withdraws", "offers to withdraw"])
def test_an_act_that_only_begins_or_is_in_part_is_quoted(how):
    withdrawal = {"trigger_lemma": "withdraw", "mode": "withdraw"}
    (whole,) = reported(
        report("ISR", "LBN", "RETREAT", text="Israel withdraws its army from Lebanon.", **withdrawal)
    )
    assert whole.clause
    (part,) = reported(
        report("ISR", "LBN", "RETREAT", text=f"Israel {how} its army from Lebanon.", **withdrawal)
    )
    assert not part.clause


def test_a_strike_on_fighters_in_a_country_is_quoted():
    text = "The United States conducts airstrikes against Islamist {} in the north of Nigeria."
    told_of = [
        report("USA", "NGA", "ASSAULT", trigger_lemma="airstrike", text=text.format(whom))
        for whom in ("militants", "bases")
    ]
    assert [bool(reported(one)[0].clause) for one in told_of] == [False, True]


@pytest.mark.parametrize(
    ("more", "origin"),
    [
        ({"outlet": "La Voz", "title": "Kharkiv is hit"}, "La Voz"),
        ({"title": 'Kharkiv is hit "hard"'}, "“Kharkiv is hit ‘hard’”"),
        ({"title": "Russia hit Kharkiv in Ukraine"}, ""),
        ({}, ""),
    ],
)
def test_where_no_outlet_is_known_a_quotation_has_the_headline_above_it(more, origin):
    (one,) = reported(strike(text="Russia hit Kharkiv in Ukraine at dawn on that day.", **more))
    assert one.origin == origin


def test_the_second_quotation_of_an_article_says_that_it_is_of_the_same():
    there, back = (
        strike(text="Russia hit Kharkiv in Ukraine at dawn.", article=1, killed_count=2),
        strike(text="Russia hit Sumy in Ukraine at noon.", article=1, place_name="Sumy", killed_count=1),
    )
    first, second = reported(there, back)
    assert words("findings/reported", "told", second, first).endswith("” (the same article)")
    assert words("findings/reported", "told", second).endswith("” (reported 5 May)")
