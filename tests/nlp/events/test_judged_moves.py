"""Sides that a clause does not name, since it judges the clause before it or asks for help."""

import pytest

from tests.nlp.events.coding import coded

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Peru closed the pass, a move the Chilean government condemned.", ("CHL", "PER", "ACCUSE", "past")),
        ("Peru offered talks, a proposal welcomed by Chile.", ("CHL", "PER", "SUPPORT", "past")),
        ("Peru recalled its envoy, a decision Chile regretted.", ("CHL", "PER", "ACCUSE", "past")),
        ("Peru tested a missile, something Chile has denounced.", ("CHL", "PER", "ACCUSE", "past")),
    ],
)
def test_who_judges_a_move_judges_who_made_it(parsed, text, row):
    assert row in coded(parsed(text))


def test_a_thing_that_is_judged_is_no_move(parsed):
    assert coded(parsed("Peru bought a painting, a portrait the Chilean government condemned.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Peru urged Brazil to send missiles.",
        "Peru urged Brazil to send it missiles.",
        "Peru asked Brazil to provide more tanks.",
    ],
)
def test_weapons_that_are_asked_for_go_to_who_asks(parsed, text):
    assert ("BRA", "PER", "AID", "hypothetical") in coded(parsed(text))


@pytest.mark.parametrize(
    "text",
    [
        "Peru urged Brazil to send missiles to Chile.",
        "Peru urged Brazil to send humanitarian aid.",
    ],
)
def test_help_for_others_does_not_go_to_who_asks(parsed, text):
    assert ("BRA", "PER", "AID", "hypothetical") not in coded(parsed(text))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Peru is determined to help rebuild Chile.", ("PER", "CHL", "AID", "future")),
        (
            "He blamed Peru's military support of Chile for the war.",
            ("PER", "CHL", "AID", "past"),
        ),
        ("Peru has kept close ties to Chile.", ("PER", "CHL", "SUPPORT", "past")),
        ("Peru's contempt for Chile is well known.", ("PER", "CHL", "ACCUSE", "past")),
        (
            "It rejects Peru's demand that Chad guard its border with Chile, which Bolivia rejected.",
            ("BOL", "PER", "REJECT", "past"),
        ),
    ],
)
def test_words_of_help_ties_and_scorn_lead_to_the_other_side(parsed, text, row):
    assert row in coded(parsed(text))


def test_nobody_rejects_the_country_beside_a_demand(parsed):
    text = "They include Peru's demand to keep troops along the border with Chile, which Bolivia rejected."
    assert ("BOL", "CHL", "REJECT", "past") not in coded(parsed(text))


def test_both_sides_of_a_countrys_war_are_no_two_countries(parsed):
    text = "The town lies close to Chad and Mali. Both sides in Sudan's war have shelled Kenya."
    assert not {("TCD", "KEN"), ("MLI", "KEN")} & {row[:2] for row in coded(parsed(text))}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Chile called up its militia in response to Peru's threats.", ("CHL", "PER", "MOBILIZE", "past")),
        ("Chile reported 12 Peruvian warplanes near the coast.", ("PER", "CHL", "MOBILIZE", "past")),
        ("Chile freed two men at the request of Peru.", ("PER", "CHL", "REQUEST", "past")),
        ("Chile and Peru triggered the snapback of UN sanctions on Iran.", ("PER", "IRN", "COERCE", "past")),
        ("Chile handed over ten tanks to Peru.", ("CHL", "PER", "AID", "past")),
        (
            "Chile and Peru exchanged prisoners, with Norway mediating.",
            ("CHL", "PER", "COOPERATE", "past"),
        ),
    ],
)
def test_sides_of_replies_sightings_and_favours(parsed, text, row):
    assert row in coded(parsed(text))


def test_who_mediates_exchanges_nothing(parsed):
    rows = coded(parsed("Chile and Peru exchanged prisoners, with Norway mediating."))
    assert not any("NOR" in row[:2] for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "Chile issued a joint statement with Peru and Bolivia urging Iran to withdraw.",
        "The talk came as Chile issued a joint statement with Peru and Bolivia - urging Iran to withdraw.",
    ],
)
def test_who_signs_a_joint_statement_says_what_it_says(parsed, text):
    rows = coded(parsed(text))
    assert {("CHL", "IRN"), ("PER", "IRN"), ("BOL", "IRN")} <= {
        row[:2] for row in rows if row[2] == "REQUEST"
    }


def test_rebels_who_hand_over_their_weapons_help_nobody(parsed):
    assert not any(row[2] == "AID" for row in coded(parsed("Hezbollah handed over its weapons to Lebanon.")))


@pytest.mark.parametrize(
    "text",
    [
        "Chile imposed sanctions on firms supplying Peru with parts.",
        "Chile imposed sanctions on a network that it said helped Peru.",
        "Chile blacklisted two banks for supporting Peru's army.",
    ],
)
def test_sanctions_on_helpers_are_against_whom_they_help(parsed, text):
    assert ("CHL", "PER", "COERCE", "past") in coded(parsed(text))


def test_sanctions_on_a_countrys_firms_are_against_that_country(parsed):
    rows = coded(parsed("Chile imposed sanctions on Bolivian firms supplying Peru with parts."))
    assert {row[1] for row in rows if row[:1] == ("CHL",)} == {"BOL"}


@pytest.mark.parametrize(("way", "root"), [("toward", "MOBILIZE"), ("around", "MOBILIZE"), ("to", "AID")])
def test_jets_sent_toward_a_country_do_not_help_it(parsed, way, root):
    assert [row[2] for row in coded(parsed(f"Chile sent jets {way} Taiwan."))] == [root]


def test_who_backs_an_invasion_is_not_invaded(parsed):
    rows = coded(parsed("Chile's further invasion with the support of Peru hurt many."))
    assert ("CHL", "PER", "ASSAULT", "past") not in rows


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("Donald Trump was fined by the Constitutional Court.", False),
        ("Donald Trump condemned the International Criminal Court.", True),
    ],
)
def test_a_court_of_no_named_country_is_no_other_side(parsed, text, is_read):
    assert bool(coded(parsed(text))) == is_read


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Brazilian missiles fired by Peru hit a Chilean depot.", ("PER", "CHL", "ASSAULT", "past")),
        ("Chile shot down six Brazilian missiles fired by Peru.", ("CHL", "PER", "ASSAULT", "past")),
        ("A missile fired from Peru hit a Chilean depot.", ("PER", "CHL", "ASSAULT", "past")),
        ("A Peruvian missile struck an apartment block in Chile.", ("PER", "CHL", "ASSAULT", "past")),
        ("Brazil helped Peru retake the town.", ("BRA", "PER", "AID", "past")),
        ("Brazil helped bomb Peru.", ("BRA", "PER", "ASSAULT", "past")),
        ("Peru was behind the attack on a Chilean embassy.", ("PER", "CHL", "ASSAULT", "past")),
        ("Chile said Peru was behind the attack.", ("CHL", "PER", "ACCUSE", "past")),
        ("Peru's ambassador to Chile was summoned on Monday.", ("CHL", "PER", "ACCUSE", "past")),
        ("With Brazilian help, Peru launched a satellite.", ("BRA", "PER", "AID", "past")),
        ("Chile and Peru held talks on rebuilding Haiti.", ("PER", "HTI", "AID", "hypothetical")),
        ("Chile looks forward to working with Peru and helping Haiti.", ("CHL", "HTI", "AID", "future")),
        ("Peru repelled a Chilean attack.", ("PER", "CHL", "ASSAULT", "past")),
    ],
)
def test_who_acts_where_the_clause_puts_it_otherwise(parsed, text, row):
    assert row in coded(parsed(text))


@pytest.mark.parametrize(
    "text",
    ["Peru fired Brazilian missiles.", "Chile shot down six Brazilian missiles fired by Peru."],
)
def test_who_made_a_weapon_is_no_side(parsed, text):
    assert not any("BRA" in row[:2] for row in coded(parsed(text)))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("Donald Trump clashed with Viktor Orban at the summit.", "ACCUSE"),
        ("A clash between Donald Trump and Viktor Orban shook Europe.", "ACCUSE"),
        ("Peruvian and Chilean soldiers clashed.", "ASSAULT"),
    ],
)
def test_leaders_clash_in_words_and_soldiers_in_arms(parsed, text, root):
    assert {row[2] for row in coded(parsed(text))} == {root}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Peru urged Chile to learn from history during talks with Brazil.",
            ("PER", "BRA", "CONSULT", "past"),
        ),
        (
            "Russian forces liberated the village of Moe in the Donetsk People's Republic.",
            ("RUS", "UKR", "ASSAULT", "past"),
        ),
        ("Peru's Security Service detained two Chilean agents.", ("PER", "CHL", "COERCE", "past")),
        ("The Jewish state struck Lebanon.", ("ISR", "LBN", "ASSAULT", "past")),
    ],
)
def test_who_is_meant_where_another_name_is_nearer(parsed, text, row):
    assert row in coded(parsed(text))


def test_who_votes_with_another_does_not_reject_them(parsed):
    rows = coded(parsed("Peru voted with Chile against a resolution of the United Nations."))
    assert not any(row[:2] == ("PER", "CHL") for row in rows)


def test_who_is_said_to_oppose_something_is_not_blamed_by_it(parsed):
    assert coded(parsed("Peru said Chile opposed the treaty.")) == []
