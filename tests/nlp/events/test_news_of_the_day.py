"""News briefs in the present tense: verbs after a name, decrees, blockades, settlements, bases."""

import pytest

from tests.nlp.events.coding import coded

pytestmark = pytest.mark.model


def acts(parsed, text):
    return {row[:3] for row in coded(parsed(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trump orders a blockade of Somalia.", ("USA", "SOM", "ASSAULT")),
        (
            "Trump announces that the United States has carried out a strike in Somalia.",
            ("USA", "SOM", "ASSAULT"),
        ),
        ("Trump orders the deployment of two frigates off Somalia.", ("USA", "SOM", "MOBILIZE")),
        ("Trump announces 12% tariffs on goods imported from Kenya.", ("USA", "KEN", "COERCE")),
        ("Trump enacts a 12% tariff on all goods traded to the U.S. from Kenya.", ("USA", "KEN", "COERCE")),
        ("The Kenyan Navy intercepts and seizes a Somali trawler.", ("KEN", "SOM", "COERCE")),
        ("Hamas fires at and launches rockets at Israeli troops near Rafah.", ("PSE", "ISR", "ASSAULT")),
    ],
)
def test_a_present_verb_after_a_name_is_no_plural_noun(parsed, text, expected):
    assert expected in acts(parsed, text)


@pytest.mark.parametrize(
    "text",
    [
        "Nairobi strikes, attacks on civilians in the Kenyan war",
        "Executive orders in the second presidency of Donald Trump",
        "Somalia clashes in the spring of 2024",
    ],
)
def test_a_plural_noun_of_a_headline_stays_a_noun(parsed, text):
    assert coded(parsed(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya ordered a blockade on tankers leaving Somalia.", {("KEN", "SOM", "ASSAULT")}),
        ("Kenya imposed a tax on travellers arriving from Somalia.", {("KEN", "SOM", "COERCE")}),
    ],
)
def test_what_is_carried_across_a_border_says_whom_a_ban_is_aimed_at(parsed, text, expected):
    assert acts(parsed, text) == expected


def test_where_a_convoy_comes_from_is_not_struck_with_it(parsed):
    assert ("KEN", "SOM", "ASSAULT") not in acts(parsed, "Kenya attacked a convoy arriving from Somalia.")


def test_who_announces_what_is_decreed_decrees_it(parsed):
    decreed = {("USA", "KEN", "COERCE")}
    assert acts(parsed, "Trump announced that tariffs will be imposed on Kenya.") == decreed
    assert (
        acts(parsed, "The White House says that a 12% tariff on imports from Kenya is in effect.") == decreed
    )
    assert acts(parsed, "Kenya announced that two soldiers were killed in Somalia.") == set()


def test_forces_that_occupy_are_not_thereby_said_to_have_taken_anything(parsed):
    text = "Kenyan occupying forces fired warning shots at Somali diplomats."
    assert acts(parsed, text) == {("KEN", "SOM", "MOBILIZE")}


def test_settlements_on_occupied_land_are_forced_on_those_who_live_there(parsed):
    text = "The Israeli cabinet approves 12 new settlements in the occupied West Bank."
    assert acts(parsed, text) == {("ISR", "PSE", "COERCE")}
    assert not any(
        row[2] == "COERCE" for row in coded(parsed("Israel approves a settlement of the dispute in Kenya."))
    )


def test_settlers_and_gunmen_are_of_their_people(parsed):
    beaten = {("ISR", "PSE", "ASSAULT")}
    assert acts(parsed, "Israeli settlers beat a Palestinian man to death in the West Bank.") == beaten
    shot = {("PSE", "ISR", "ASSAULT")}
    assert acts(parsed, "Palestinian gunmen killed three Israelis near the checkpoint.") == shot
    assert acts(parsed, "Kenyan gunmen killed three Somalis near the checkpoint.") == set()


def test_a_named_base_is_its_owner_s(parsed):
    assert acts(parsed, "Iran launched missiles at the U.S. Al Udeid Air Base.") == {
        ("IRN", "USA", "ASSAULT")
    }
    assert acts(parsed, "Iran attacked Al Udeid Air Base.") == {("IRN", "QAT", "ASSAULT")}


def test_a_warship_is_of_the_navy_of_its_prefix(parsed):
    struck = {("YEM", "USA", "ASSAULT")}
    assert acts(parsed, "The Houthis attacked the USS *Harry S. Truman* in the Red Sea.") == struck
    assert acts(parsed, "The Houthis attacked the Truman in the Red Sea.") == set()


def test_a_threat_is_aimed_at_who_is_to_yield(parsed):
    warned = {("KEN", "SOM", "THREATEN")}
    assert warned <= acts(parsed, "Kenya threatened sanctions if Somalia does not withdraw its troops.")
    assert acts(parsed, "Kenya threatened sanctions on Somalia if Chad does not withdraw.") == warned


def test_who_fights_declares_a_ceasefire_and_a_mediator_announces_one(parsed):
    declared = {row for row in acts(parsed, "Putin declares a ceasefire in Ukraine.") if row[0] == "RUS"}
    assert declared == {("RUS", "UKR", "RETREAT")}
    assert acts(parsed, "Qatar announces a ceasefire in Ukraine.") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya limits aid to Somalia.", ("KEN", "SOM", "COERCE")),
        ("Kenya begins airdropping food into Somalia.", ("KEN", "SOM", "AID")),
        ("Kenya stops its propaganda broadcasts against Somalia.", ("KEN", "SOM", "RETREAT")),
        ("Kenya moved its embassy in Israel to Jerusalem.", ("KEN", "ISR", "SUPPORT")),
        ("Israeli forces withdraw from the Netzarim Corridor.", ("ISR", "PSE", "RETREAT")),
        ("British Columbia bans U.S. alcohol.", ("CAN", "USA", "COERCE")),
    ],
)
def test_other_acts_of_news_briefs(parsed, text, expected):
    assert acts(parsed, text) == {expected}


def test_a_flight_over_a_country_or_its_ship_is_a_show_of_force(parsed):
    shown = {("KEN", "USA", "MOBILIZE")}
    assert acts(parsed, "Kenyan fighter jets flew over the USS Nimitz on Monday.") == shown


def test_who_announces_that_talks_are_over_ends_them(parsed):
    text = "Trump announces all trade negotiations with Kenya are terminated."
    assert acts(parsed, text) <= {("USA", "KEN", "REJECT")}
    text = "U.S. president Donald Trump announces that all negotiations with Kenya are terminated."
    assert acts(parsed, text) == {("USA", "KEN", "REJECT")}


def test_a_tariff_that_a_leader_complains_of_is_not_his_own(parsed):
    text = "The Kenyan president says a 25% tariff on imports to Somalia is an attack on his country."
    assert ("KEN", "SOM", "COERCE") not in acts(parsed, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Democratic Republic of the Congo and Kenya sign a provisional peace treaty.",
            {("COD", "KEN", "SUPPORT"), ("KEN", "COD", "SUPPORT")},
        ),
        ("Kenya imposed sanctions on a Somali bulletproof hosting provider.", {("KEN", "SOM", "COERCE")}),
        ("Kenya has released three detainees, including a Somali citizen.", {("KEN", "SOM", "RETREAT")}),
        ("Kenya lifts sanctions on Somali Supreme Court Justice Jane Moe.", {("KEN", "SOM", "RETREAT")}),
        ("President Trump announces plans to impose a 12% tariff on Kenya.", {("USA", "KEN", "COERCE")}),
        ("Kenya blocks the entry of all aid from entering Somalia.", {("KEN", "SOM", "COERCE")}),
        ("Kenya blocks the entry of food into Somalia.", {("KEN", "SOM", "COERCE")}),
        ("The Houthi movement launched a missile at the USS Nimitz.", {("YEM", "USA", "ASSAULT")}),
        ("The Kenyan parliament votes to close a Somali cultural centre.", {("KEN", "SOM", "SANCTION")}),
        ("The bodies of two soldiers were returned to Israel from Hamas.", {("PSE", "ISR", "RETREAT")}),
        ("Kenya will remove import taxes on Somali goods.", {("KEN", "SOM", "RETREAT")}),
        ("The Kenyan president confronts the president of Somalia.", {("KEN", "SOM", "ACCUSE")}),
        ("A South Sudan Air Force Boeing 727 was destroyed by the Somali army.", {("SOM", "SSD", "ASSAULT")}),
    ],
)
def test_whose_a_thing_is_in_longer_phrases(parsed, text, expected):
    assert acts(parsed, text) == expected


def test_who_leads_a_delegation_to_talks_holds_them(parsed):
    text = "Kenyan minister Jane Moe leads a delegation that includes two envoys to Rome for talks with Chad."
    assert ("KEN", "TCD", "CONSULT") in acts(parsed, text)


def test_the_country_that_is_fired_at_is_not_the_one_that_fires(parsed):
    text = "Kenya closes its airspace saying the Somali army has fired missiles at the country."
    assert ("SOM", "KEN", "ASSAULT") in acts(parsed, text)


def test_what_one_country_occupies_is_no_part_of_it(parsed):
    text = "Kenya broke off relations with Chad over the recognition of Somali-occupied territories."
    assert not any("SOM" in row for row in acts(parsed, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A Russian missile strike on a ship carrying grain at the Port of Odesa kills four.",
            ("RUS", "UKR", "ASSAULT"),
        ),
        (
            "Kenyan troops retake the town of Moya, ending months of Somali occupation.",
            ("KEN", "SOM", "ASSAULT"),
        ),
        ("Kenyan troops enter the town of Moya, ending a year of Somali rule.", ("KEN", "SOM", "MOBILIZE")),
        ("Kenya ordered a blockade on tankers entering and leaving Somalia.", ("KEN", "SOM", "ASSAULT")),
    ],
)
def test_whose_ground_it_is_by_a_port_or_by_who_held_it(parsed, text, expected):
    assert expected in acts(parsed, text)
