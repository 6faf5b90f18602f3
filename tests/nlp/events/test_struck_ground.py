"""Strikes whose target only the place, or the fallen, tell."""

import pytest

from tests.nlp.events.coding import coded

pytestmark = pytest.mark.model
CHILE_STRIKES_PERU = ("CHL", "PER", "ASSAULT", "past")


@pytest.mark.parametrize(
    "text",
    [
        "Five people are killed during eight Chilean airstrikes between the valley and Tacna, in Peru.",
        "A Chilean airstrike kills at least three people in an attack on Santiago de Surco, Peru.",
        "A Chilean drone attack damages a hotel in Tacna, Peru.",
        "At least nine people are killed in Peru after Chilean missile strikes.",
        "Chilean troops enter a Peruvian city and storm the town hall, killing an employee.",
        "Nine people are killed in Chilean gunfire and airstrikes in Peru.",
        "A Chilean missile strike on a ship with grain for Bolivia at the port of Tacna, Peru, kills four.",
        "Two people are hurt after several Chilean-launched drone attacks on Peru.",
        "Twenty Chilean missiles are launched at southern Peru.",
        "Seven Peruvian soldiers are confirmed killed by Chilean troops.",
    ],
)
def test_whose_ground_is_struck_is_struck(parsed, text):
    assert CHILE_STRIKES_PERU in coded(parsed(text))


def test_a_country_after_a_comma_decides_over_a_city_of_the_same_name_elsewhere(parsed):
    rows = coded(parsed("A Chilean airstrike kills three people in an attack on Tripoli, Lebanon."))
    assert rows == [("CHL", "LBN", "ASSAULT", "past")]


def test_soldiers_killed_in_clashes_with_a_country_fought_with_it(parsed):
    rows = coded(
        parsed("Three Peruvian soldiers are killed and 29 more injured during clashes with Chilean soldiers.")
    )
    assert {row[:2] for row in rows} == {("CHL", "PER"), ("PER", "CHL")}


@pytest.mark.parametrize(
    "text",
    [
        "A Peruvian soldier is killed in an exchange of fire with a Chilean soldier.",
        "Clashes occur at the Chile–Peru border.",
    ],
)
def test_a_clash_is_between_the_fallen_and_whom_they_met_or_between_the_owners_of_the_border(parsed, text):
    assert {row[:2] for row in coded(parsed(text))} == {("CHL", "PER"), ("PER", "CHL")}


def test_who_holds_the_striking_country_s_own_ground_is_struck(parsed):
    rows = coded(
        parsed("Nine people are killed in a Chilean drone strike on a hotel in Peruvian-occupied Chile.")
    )
    assert rows == [CHILE_STRIKES_PERU]


def test_whom_strikes_hit_is_not_who_strikes(parsed):
    rows = coded(
        parsed("Three die in Chilean airstrikes on cars in Peru, including a member of the Bolivian army.")
    )
    assert [row for row in rows if row[0] == "BOL"] == []
    assert CHILE_STRIKES_PERU in rows


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Two Somalis kill a Kenyan teacher in a shooting in Baidoa.", ("SOM", "KEN", "ASSAULT", "past")),
        (
            "Nine Palestinian bakers are killed by Israeli troops in an overnight raid in East Jerusalem.",
            ("ISR", "PSE", "ASSAULT", "past"),
        ),
    ],
)
def test_a_raid_in_which_people_are_killed_is_no_second_one_by_the_victims(parsed, text, row):
    assert coded(parsed(text)) == [row]


def test_a_missile_that_is_shot_down_over_a_country_is_shot_down_by_it(parsed):
    assert ("PER", "CHL", "ASSAULT", "past") in coded(parsed("A Chilean drone is intercepted over Peru."))


def test_a_rocket_built_in_a_country_and_launched_in_another_is_no_attack(parsed):
    assert not coded(parsed("The Chilean-built rocket was launched in Peru."))


@pytest.mark.parametrize(
    "text",
    [
        "Chilean police conduct 250 raids and say that the suspects trained in Peru.",  # no weapons of war
        "Officials in Peru say the Chilean blockade of food goes on.",
        "Nine are killed in airstrikes by the Chilean Air Force near the Peru border in Arica, Chile.",
        "A Chilean drone attack damages hotels near Tacna, Peru, and near Cobija, Bolivia.",  # which?
        "Chilean airstrikes may hit a hotel in Peru.",
        "Smugglers clash with bandits at the Chile–Peru border.",
    ],
)
def test_ground_is_not_enough_without_arms_or_with_two_owners_or_at_home(parsed, text):
    assert not [row for row in coded(parsed(text)) if row[2] == "ASSAULT" and row[3] == "past"]
