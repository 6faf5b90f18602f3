"""How firmly an answer stands: without any one story or outlet."""

from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.robustness import tension_robustness, topic_robustness
from analysis.pipeline.reporting_period import reporting_period
from tests.news import met, news, struck
from tests.tables import corpus


def tension(*stories):
    tables = news(*stories)
    return tension_robustness(
        PeriodInputs(tables, reporting_period("all", tables.articles["published_date"]))
    )


def test_a_lead_of_many_stories_stands_without_any_one():
    said = tension(*(struck("2025-05-05", f"Town{n}") for n in range(4)), met("2025-05-05"))
    assert said[0] == "Russia – Ukraine leads by 3 incidents."
    assert said[1] == "It would still lead without any one story."


def test_a_lead_that_one_story_makes_is_lost_without_it():
    assert (
        "Without any one of 2 stories"
        in tension(struck("2025-05-05"), struck("2025-05-06", "Odesa"), met("2025-05-05"))[1]
    )


def test_a_shared_lead_and_nothing_at_all_are_said():
    shared = tension(struck("2025-05-05"), met("2025-05-05"))
    assert shared[0].startswith("China – United States and Russia – Ukraine share the lead")
    assert topic_robustness(corpus()) == ["No sentence was found: one that was missed would change that."]
