"""Force and troops: what is struck, entered, captured or defended."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.coder import find_events
from tests.nlp.events.coding import coded


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("A Chilean ship fired water cannon at a Peruvian boat.", "crowd-control"),
        ("Chilean ships hit a Peruvian boat with water cannon.", "crowd-control"),
        ("Chilean police fired tear gas at Peruvian fans.", "crowd-control"),
        ("Chilean ships fired cannons at a Peruvian boat.", "heavy-weapons"),
        ("Chilean troops fired bullets at Peruvian soldiers.", "firearms"),
    ],
)
def test_water_cannon_and_tear_gas_are_not_artillery(parsed, text, mode):
    doc = parsed(text)
    (event,) = find_events(doc, find_actors(doc))
    assert (event.target_id, event.root, event.mode) == ("PER", "ASSAULT", mode)


@pytest.mark.model
def test_a_war_on_somebody_has_one_direction_and_a_war_between_two_has_both(parsed):
    assert coded(parsed("Chad's war on Niger went on.")) == [("TCD", "NER", "ASSAULT", "past")]
    between = coded(parsed("The war between Chad and Niger went on."))
    assert {pair[:2] for pair in between} == {("TCD", "NER"), ("NER", "TCD")}


def test_a_captured_city_stands_for_its_country_but_a_prisoner_there_does_not(hand_doc):
    taken = """
Rwanda|Rwanda|PROPN|NNP|nsubj|1
{verb}|{lemma}|VERB|VBD|ROOT|1
{name}|{name}|PROPN|NNP|dobj|1
in|in|ADP|IN|prep|1
Burundi|Burundi|PROPN|NNP|pobj|3
.|.|PUNCT|.|punct|1
"""
    city, captive = (taken.format(verb="captured", lemma="capture", name=name) for name in ("Goma", "Doe"))
    assert coded(hand_doc(city)) == [("RWA", "COD", "ASSAULT", "past")]
    assert coded(hand_doc(captive)) == []  # arrested, and of an unknown country
    event, *_ = coded(hand_doc(taken.format(verb="took", lemma="take", name="Goma")))
    assert event == ("RWA", "COD", "ASSAULT", "past")


def test_a_city_that_falls_to_somebody_is_taken_by_them(hand_doc):
    doc = hand_doc("""
Goma|Goma|PROPN|NNP|nsubj|1
fell|fall|VERB|VBD|ROOT|1
to|to|ADP|IN|prep|1
Rwanda|Rwanda|PROPN|NNP|pobj|2
.|.|PUNCT|.|punct|1
""")
    assert coded(doc) == [("RWA", "COD", "ASSAULT", "past")]


def test_troops_that_enter_a_city_move_against_its_country(hand_doc):
    doc = hand_doc("""
Rwandan|Rwandan|ADJ|JJ|amod|1
troops|troop|NOUN|NNS|nsubj|2
entered|enter|VERB|VBD|ROOT|2
Goma|Goma|PROPN|NNP|dobj|2
.|.|PUNCT|.|punct|2
""")
    assert coded(doc) == [("RWA", "COD", "MOBILIZE", "past")]


def test_towns_captured_on_a_march_are_in_the_country_of_the_march(hand_doc):
    doc = hand_doc("""
Rwandan|Rwandan|ADJ|JJ|amod|1
troops|troop|NOUN|NNS|nsubj|2
moved|move|VERB|VBD|ROOT|2
through|through|ADP|IN|prep|2
South|South|PROPN|NNP|compound|5
Kivu|Kivu|PROPN|NNP|pobj|3
,|,|PUNCT|,|punct|2
capturing|capture|VERB|VBG|advcl|2
towns|town|NOUN|NNS|dobj|7
.|.|PUNCT|.|punct|2
""")
    assert coded(doc) == [("RWA", "COD", "ASSAULT", "past")]


@pytest.mark.parametrize(
    ("thing", "lemma", "root"), [("strikes", "strike", "ASSAULT"), ("barbs", "barb", "ACCUSE")]
)
def test_exchanged_strikes_are_force_in_both_directions_and_barbs_are_words(hand_doc, thing, lemma, root):
    doc = hand_doc(f"""
Kenya|Kenya|PROPN|NNP|nsubj|3
and|and|CCONJ|CC|cc|0
Somalia|Somalia|PROPN|NNP|conj|0
exchanged|exchange|VERB|VBD|ROOT|3
{thing}|{lemma}|NOUN|NNS|dobj|3
.|.|PUNCT|.|punct|3
""")
    assert sorted(coded(doc)) == [("KEN", "SOM", root, "past"), ("SOM", "KEN", root, "past")]


def test_traded_shelling_is_a_noun_although_it_looks_like_a_verb(hand_doc):
    doc = hand_doc("""
Kenya|Kenya|PROPN|NNP|nsubj|3
and|and|CCONJ|CC|cc|0
Somalia|Somalia|PROPN|NNP|conj|0
traded|trade|VERB|VBD|ROOT|3
shelling|shell|VERB|VBG|xcomp|3
.|.|PUNCT|.|punct|3
""")
    assert sorted(coded(doc)) == [("KEN", "SOM", "ASSAULT", "past"), ("SOM", "KEN", "ASSAULT", "past")]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Kenyan soldiers fought alongside Ugandan troops in Somalia.", set()),
        ("Kenyan soldiers fought side by side with Ugandans in Somalia.", set()),
        (
            "Kenyan soldiers fought alongside Ugandan forces against Somalia.",
            {("KEN", "SOM", "ASSAULT", "past")},
        ),
        ("Kenyan soldiers fought Ugandan troops in Somalia.", {("KEN", "UGA", "ASSAULT", "past")}),
    ],
)
def test_an_ally_in_a_fight_is_not_the_target(parsed, text, events):
    assert set(coded(parsed(text))) == events


@pytest.mark.model
def test_force_against_a_former_officer_is_force_against_the_officers_country(parsed):
    assert ("KEN", "SOM", "ASSAULT", "past") in coded(parsed("Kenya killed a former Somali commander."))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya sent troops to help Uganda fight Somalia.", ("KEN", "UGA", "AID", "past")),
        ("Kenya sent soldiers to fight alongside Ugandan forces in Gulu.", ("KEN", "UGA", "AID", "past")),
        ("Kenyan troops were sent to fight for Uganda.", ("KEN", "UGA", "AID", "past")),
        ("Kenya deployed troops in support of Uganda.", ("KEN", "UGA", "AID", "past")),
        ("Kenya helped Uganda fight Somalia.", ("KEN", "UGA", "AID", "past")),
        ("Kenya helped rebuild Uganda.", ("KEN", "UGA", "AID", "past")),
        ("Kenya has helped defend Uganda.", ("KEN", "UGA", "AID", "past")),
        ("Kenya helped bomb Uganda.", ("KEN", "UGA", "ASSAULT", "past")),
        ("Kenya helped to attack Uganda.", ("KEN", "UGA", "ASSAULT", "past")),
        ("Uganda enjoys political support from Kenya.", ("KEN", "UGA", "SUPPORT", "past")),
        ("Kenya abandoned its support for Uganda.", ("KEN", "UGA", "SANCTION", "past")),
        ("Kenya sent troops into Uganda.", ("KEN", "UGA", "MOBILIZE", "past")),
        ("Kenya threatened to send troops into Uganda.", ("KEN", "UGA", "THREATEN", "past")),
        ("Kenya moved an additional brigade to the border with Uganda.", ("KEN", "UGA", "MOBILIZE", "past")),
        ("Kenya sent tanks to the boundary line with Uganda.", ("KEN", "UGA", "MOBILIZE", "past")),
        ("Kenya sent tanks to Uganda.", ("KEN", "UGA", "AID", "past")),
        ("Kenya massed troops at Somalia's border with Uganda.", ("KEN", "UGA", "MOBILIZE", "past")),
        ("Kenya began to withdraw troops from the border with Uganda.", ("KEN", "UGA", "RETREAT", "past")),
    ],
)
def test_troops_sent_to_help_are_aid_and_troops_at_a_border_are_a_threat(parsed, text, expected):
    rows = [row for row in coded(parsed(text)) if row[0] == "KEN" and row[3] == "past"]
    assert rows == [expected]


@pytest.mark.model
def test_troops_sent_to_a_province_have_no_target(parsed):
    assert coded(parsed("Kenya has sent 900 more soldiers to the Kursk region.")) == []


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Kenyan aircraft bombed what Nairobi called a training camp near Kismayo in Somalia.",
        "Kenya attacked what Nairobi described as a depot in Somalia.",
        "Kenya struck what it said was a depot in Somalia.",
    ],
)
def test_a_strike_on_what_somebody_calls_a_camp_hits_the_country_of_the_camp(parsed, text):
    assert coded(parsed(text)) == [("KEN", "SOM", "ASSAULT", "past")]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Kenyan fighters intercepted Ugandan jets near the island.", ("KEN", "UGA", "MOBILIZE", "past")),
        ("Two Kenyan frigates were shadowing the Ugandan vessel.", ("KEN", "UGA", "MOBILIZE", "past")),
        ("Kenya intercepted a Ugandan missile.", ("KEN", "UGA", "ASSAULT", "past")),
        ("Kenya recalled its liaison officer from Kampala in protest.", ("KEN", "UGA", "SANCTION", "past")),
        ("Kenya called the Ugandan claim baseless.", ("KEN", "UGA", "ACCUSE", "past")),
        ("Two Kenyan officers were arrested in Uganda.", ("UGA", "KEN", "COERCE", "past")),
    ],
)
def test_shadowed_ships_dismissed_claims_and_arrests_abroad_are_coded(parsed, text, event):
    assert coded(parsed(text)) == [event]


THREATENED = ("PER", "CHL", "THREATEN", "past")
NOT_ATTACKED = ("PER", "CHL", "ASSAULT", "negated")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru has not ruled out military action against Chile.", THREATENED),
        ("Peru would not rule out using force against Chile.", THREATENED),
        ("Peru does not exclude a strike on Chile.", THREATENED),
        ("Peru's president refused to rule out an invasion of Chile.", THREATENED),
        ("Peru refuses to rule out using military force to take control of Chile.", THREATENED),
        ("Peru ruled out military action against Chile.", NOT_ATTACKED),
        ("Peru has ruled out using force against Chile.", NOT_ATTACKED),
        ("Peru has not ruled out talks with Chile.", ("PER", "CHL", "REJECT", "negated")),
    ],
)
def test_who_will_not_rule_out_force_threatens(parsed, text, expected):
    found = coded(parsed(text))
    assert expected in found
    assert ("PER", "CHL", "ASSAULT", "past") not in found


@pytest.mark.model
def test_a_canal_stands_for_its_country_where_force_is_threatened_there(parsed):
    doc = parsed("Chile refused to rule out using force to seize the Panama Canal.")
    assert ("CHL", "PAN", "THREATEN", "past") in coded(doc)
    assert coded(parsed("Chile praised the Panama Canal.")) == []


@pytest.mark.model
def test_the_aim_of_force_says_whom_it_is_used_against(parsed):
    assert ("PER", "CHL", "ASSAULT", "past") in coded(parsed("Peru used force to take control of Chile."))
    assert coded(parsed("Peru used force in talks.")) == []


@pytest.mark.model
def test_who_fights_with_an_army_fights_in_it_unless_they_are_soldiers_too(parsed):
    tried = "Two Chileans were jailed in Bolivia for fighting with Peru's army"
    assert {row[:3] for row in coded(parsed(f"{tried}."))} == {("BOL", "CHL", "COERCE")}
    against = {row[:3] for row in coded(parsed(f"{tried} against Bolivia."))}
    assert against == {("BOL", "CHL", "COERCE"), ("PER", "BOL", "ASSAULT")}
    soldiers = coded(parsed("Chilean troops were fighting with Peruvian forces."))
    assert soldiers == [("CHL", "PER", "ASSAULT", "past")]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Two Peruvian soldiers and nine Chilean soldiers were killed in clashes at the border.",
        "Two Peruvian soldiers and three Chilean troops died during clashes near the border.",
    ],
)
def test_those_who_fall_on_both_sides_of_a_clash_fought_each_other(parsed, text):
    (doc,) = [parsed(text)]
    found = list(find_events(doc, find_actors(doc)))
    assert {(e.source_id, e.target_id, e.rule) for e in found} == {
        ("PER", "CHL", "clash"),
        ("CHL", "PER", "clash"),
    }
    assert coded(parsed("Two Peruvian soldiers were killed in clashes near the border.")) == []


@pytest.mark.model
def test_a_firm_stands_for_the_country_in_which_it_is_said_to_be(parsed):
    doc = parsed("Peru issued sanctions against Moe Oil, a producer in Chile.")
    assert coded(doc) == [("PER", "CHL", "COERCE", "past")]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("Israel carried out airstrikes on the office of Hamas in Doha, Qatar.", {"group:hamas", "QAT"}),
        ("Israel struck Hamas in Gaza.", {"group:hamas"}),
        ("Jordan struck the Islamic State in Syria.", {"group:islamic-state"}),
        ("Israel struck Hamas fighters near the border with Qatar.", {"group:hamas"}),
    ],
)
def test_a_strike_on_a_group_in_another_country_is_one_on_that_country_too(parsed, text, struck):
    doc = parsed(text)
    events = [e for e in find_events(doc, find_actors(doc)) if e.root == "ASSAULT"]
    assert {e.target_id for e in events} == struck


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru welcomed the deployment of its soldiers to Chile.", {("PER", "CHL", "AID", "past")}),
        ("Peru welcomed the deployment of its soldiers to the border with Chile.", set()),
    ],
)
def test_troops_deployed_to_a_country_help_it_and_those_at_its_border_do_not(parsed, text, expected):
    assert {row for row in coded(parsed(text)) if row[2] == "AID"} == expected


@pytest.mark.model
def test_a_naval_quarantine_is_a_blockade_and_a_quarantine_of_travellers_is_none(parsed):
    blockade = [("KEN", "SOM", "ASSAULT", "past")]
    assert coded(parsed("Kenya ordered a naval quarantine of Somalia.")) == blockade
    assert coded(parsed("Kenya imposed a naval quarantine on Somalia.")) == blockade
    travellers = coded(parsed("Kenya imposed a quarantine on travellers from Somalia."))
    assert travellers == [("KEN", "SOM", "COERCE", "past")]


@pytest.mark.model
def test_a_plane_that_is_brought_down_is_struck_and_inflation_is_not(parsed):
    struck = [("KEN", "SOM", "ASSAULT", "past")]
    assert coded(parsed("Kenyan forces brought down a Somali plane.")) == struck
    assert coded(parsed("Kenya brought down Somali inflation.")) == []


@pytest.mark.model
def test_a_freighter_that_is_boarded_is_seized_like_any_ship(parsed):
    boarded = [("KEN", "SOM", "COERCE", "past")]
    assert coded(parsed("Kenyan sailors boarded a Somali freighter.")) == boarded
