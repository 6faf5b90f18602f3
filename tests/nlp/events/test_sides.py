"""Who acts and on whom: shared acts, places, pronouns, charges and answers."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.coder import find_events
from tests.nlp.events.coding import coded


def test_talks_between_two_sides_count_in_both_directions(hand_doc):
    doc = hand_doc("""
Talks|talk|NOUN|NNS|nsubj|5
between|between|ADP|IN|prep|0
Kenya|Kenya|PROPN|NNP|pobj|1
and|and|CCONJ|CC|cc|2
Somalia|Somalia|PROPN|NNP|conj|2
began|begin|VERB|VBD|ROOT|5
""")
    assert [(source, target) for source, target, *_ in coded(doc)] == [("KEN", "SOM"), ("SOM", "KEN")]


def test_one_country_under_two_names_does_not_act_on_itself(hand_doc):
    doc = hand_doc("""
Nairobi|Nairobi|PROPN|NNP|nsubj|1
attacked|attack|VERB|VBD|ROOT|1
Kenya|Kenya|PROPN|NNP|dobj|1
""")
    assert coded(doc) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Peru and Chile signed a fishing agreement.", "accord"),
        ("Peru and Chile struck a deal on fishing.", "accord"),
        ("Peru praised Chile.", None),
    ],
)
def test_a_signed_agreement_is_an_accord_and_praise_is_not(parsed, text, mode):
    doc = parsed(text)
    found = list(find_events(doc, find_actors(doc)))
    assert {(event.root, event.mode) for event in found} == {("SUPPORT", mode)}


CHARGED = ("PER", "CHL", "ACCUSE", "past")
ANSWERED = ("CHL", "PER", "REJECT", "past")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru accused Chile of theft. It rained. Chile's Foreign Ministry denied the charge.",
            [CHARGED, ANSWERED],
        ),
        ("Peru accused Chile of theft, a charge Chile denies.", [CHARGED, ANSWERED]),
        ("Peru accused Chile of theft. Kenya rejected the charge.", [CHARGED]),
        ("Peru accused Chile of theft. Chile did not deny the charge.", [CHARGED]),
        ("Peru accused Chile of theft. Chile denied a visa to a singer.", [CHARGED]),
        ("Chile denied the charge.", []),
        (
            "Chile's embassy rejected the charge and accused Peru of theft.",
            [ANSWERED, ("CHL", "PER", "ACCUSE", "past")],
        ),
    ],
)
def test_a_denied_charge_is_a_rejection_of_the_accuser(parsed, text, expected):
    assert coded(parsed(text)) == expected


@pytest.mark.model
def test_a_promise_to_mediate_is_made_to_both_sides(parsed):
    found = coded(parsed("Peru promised to mediate a further round between Kenya and Somalia."))
    assert found == [("PER", "KEN", "AGREE", "future"), ("PER", "SOM", "AGREE", "future")]


def test_the_severance_of_relations_has_a_target(hand_doc):
    doc = hand_doc("""
Kenya|Kenya|PROPN|NNP|nsubj|1
announced|announce|VERB|VBD|ROOT|1
the|the|DET|DT|det|3
severance|severance|NOUN|NN|dobj|1
of|of|ADP|IN|prep|3
relations|relation|NOUN|NNS|pobj|4
with|with|ADP|IN|prep|5
Somalia|Somalia|PROPN|NNP|pobj|6
.|.|PUNCT|.|punct|1
""")
    assert coded(doc) == [("KEN", "SOM", "SANCTION", "past")]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Kenyan opposition leader Jo Doe met Somalia's foreign minister.",
        "The Kenyan opposition leader met Somalia's foreign minister.",
        "Jo Doe, an exiled Kenyan activist, criticised Somalia.",
        "The former Kenyan president accused Somalia of piracy.",
        "Kenyan opposition lawmakers visited Somalia.",
        "Kenya's opposition urged Somalia to close the port.",
    ],
)
def test_opponents_of_a_government_do_not_act_for_it(parsed, text):
    assert not [row for row in coded(parsed(text)) if "KEN" in row]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Kenya and Somalia agreed to resume flights.",
        "Kenya and Somalia agreed not to use force.",
        "Kenya and Somalia signed a treaty in Rome.",
        "Kenya and Somalia held talks with each other in Rome.",
        "Kenya and Somalia expelled each other's diplomats.",
    ],
)
def test_a_joint_act_counts_once_in_each_direction(parsed, text):
    pairs = [row[:2] for row in coded(parsed(text))]
    assert sorted(pairs) == [("KEN", "SOM"), ("SOM", "KEN")]


@pytest.mark.model
def test_two_sides_that_agree_on_a_third_have_it_as_their_target(parsed):
    found = coded(parsed("Kenya and Somalia agreed to help Uganda."))
    assert {row[:2] for row in found} == {("KEN", "UGA"), ("SOM", "UGA")}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Kenyan guards shot at migrants at the Somali border.", set()),
        ("Kenyan forces killed five people near the Somali border.", set()),
        ("Kenya attacked a tanker off Somalia.", set()),
        ("Kenya attacked a Ugandan ship off the Somali coast.", {("KEN", "UGA")}),
        ("Kenya massed troops at the Somali border.", {("KEN", "SOM")}),
        ("The Somali consulate in Kampala was hit by Kenyan shells.", {("KEN", "SOM")}),
        ("Kenya's embassy in Mogadishu accused Uganda of theft.", {("KEN", "UGA")}),
    ],
)
def test_the_place_of_an_act_is_not_its_target(parsed, text, pairs):
    assert {row[:2] for row in coded(parsed(text))} == pairs


@pytest.mark.model
def test_a_plan_belongs_to_the_country_before_it(parsed):
    found = coded(parsed("Hezbollah rejected a Kenyan plan to disarm it."))
    assert {row[:2] for row in found} == {("LBN", "KEN")}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Kenya said Somalia had attacked its posts.", {("SOM", "KEN")}),
        ("Kenya closed the road after Somalia attacked its soldiers.", {("SOM", "KEN")}),
        ("Kenya said its forces had attacked Somali posts.", {("KEN", "SOM")}),
        ("Kenya said Somalia had attacked its own posts.", set()),
        ("Kenya cut ties with Somalia, accusing it of arming Uganda's rebels.", {("KEN", "SOM")}),
        ("Kenya sent soldiers to Kampala to support Somali President Jo Doe.", {("KEN", "SOM")}),
        ("Kenya banned exports of grain to Somalia.", {("KEN", "SOM")}),
        ("Kenya filed a complaint against Somalia at the Security Council.", {("KEN", "SOM")}),
        (
            "Kenya expelled Uganda's envoy, and its minister accused Somalia.",
            {("KEN", "UGA"), ("KEN", "SOM")},
        ),
        ("Kenya sank two Somali-owned cargo ships.", {("KEN", "SOM")}),
        ("Somali-owned cargo ships attacked Kenya.", set()),
        ("Peru declared Mexican President Claudia Sheinbaum persona non grata.", {("PER", "MEX")}),
        ("Kenya and Somalia agreed that the sanctions had worked.", set()),
    ],
)
def test_a_pronoun_in_an_act_means_the_right_side(parsed, text, pairs):
    assert {row[:2] for row in coded(parsed(text))} == pairs


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Kenya will return ten fishermen and Uganda will release six.", {("KEN", "UGA"), ("UGA", "KEN")}),
        ("Kenya freed ten reporters and Uganda recalled its envoy from Juba.", {("UGA", "SSD")}),
        ("Kenya rejected the demand and its ministry summoned the Ugandan envoy.", {("KEN", "UGA")}),
        ("Kenya said a drone had crossed the border and its ministry warned Uganda.", {("KEN", "UGA")}),
        ("Kenya attacked Uganda and Somalia.", {("KEN", "UGA"), ("KEN", "SOM")}),
    ],
)
def test_a_clause_joined_by_and_has_its_own_subject_and_may_answer_the_first(parsed, text, pairs):
    assert {row[:2] for row in coded(parsed(text))} == pairs


@pytest.mark.model
def test_an_accuser_does_not_do_what_the_accused_did(parsed):
    rows = coded(parsed("Kenya accused the West of encouraging Uganda."))
    assert ("KEN", "UGA") not in {row[:2] for row in rows}


@pytest.mark.model
@pytest.mark.parametrize("verb", ["hosted", "received", "will host"])
def test_a_host_does_not_make_the_visit(parsed, verb):
    doc = parsed(f"Kenya {verb} the Ugandan president.")
    (row,) = find_events(doc, find_actors(doc))
    assert (row.source_country_code, row.target_country_code, row.mode) == ("KEN", "UGA", None)


@pytest.mark.model
def test_bribery_is_not_trade(parsed):
    assert coded(parsed("Kenya buys off Ugandan officials with goods.")) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uganda condemned the bombing of Somalia by Kenya.", [("UGA", "KEN", "ACCUSE", "past")]),
        ("Uganda condemned the bombing of Somalia.", []),
        ("Uganda condemned the attacks of Kenya.", [("UGA", "KEN", "ACCUSE", "past")]),
    ],
)
def test_condemning_a_deed_accuses_its_doer_and_not_its_victim(parsed, text, expected):
    assert [event for event in coded(parsed(text)) if event[0] == "UGA"] == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru's president visited Chile.",
            {("PER", "CHL", "CONSULT", "past"), ("CHL", "PER", "CONSULT", "past")},
        ),
        (
            "Peru thanked allies, including Chile and Brazil.",
            {("PER", "CHL", "SUPPORT", "past"), ("PER", "BRA", "SUPPORT", "past")},
        ),
        (
            "Peru, Chile, and Bolivia attacked Kenya.",
            {(code, "KEN", "ASSAULT", "past") for code in ("PER", "CHL", "BOL")},
        ),
        (
            "Peru, Chile, Brazil and Bolivia attacked Kenya.",
            {(code, "KEN", "ASSAULT", "past") for code in ("PER", "CHL", "BRA", "BOL")},
        ),
        ("Peru announced a $400 million package of munitions for Chile.", {("PER", "CHL", "AID", "past")}),
        ("Peru received its first Chilean-made jets.", {("CHL", "PER", "AID", "past")}),
        ("Peru condemned the raid as Chilean aggression.", {("PER", "CHL", "ACCUSE", "past")}),
        (
            "Peru is at war with Chile.",
            {("PER", "CHL", "ASSAULT", "past"), ("CHL", "PER", "ASSAULT", "past")},
        ),
        (
            "Peru said that Chile and Brazil must leave.",
            {("PER", "CHL", "REQUEST", "past"), ("PER", "BRA", "REQUEST", "past")},
        ),
    ],
)
def test_every_side_of_an_act_is_found(parsed, text, expected):
    assert set(coded(parsed(text))) == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "pair", "root"),
    [
        ("The sanctions Peru imposed on Chile hurt.", ("PER", "CHL"), "COERCE"),
        ("Peru's minister flew from Lima to Chile.", ("PER", "CHL"), "CONSULT"),
        ("Peru and Chile remained in close contact.", ("PER", "CHL"), "CONSULT"),
        ("Peru and Chile spoke by phone about trade.", ("PER", "CHL"), "CONSULT"),
        ("Peru and Chile held talks, which were mediated by Brazil.", ("BRA", "CHL"), "CONSULT"),
        ("Peru and Chile held talks with Brazil's mediation.", ("BRA", "PER"), "CONSULT"),
        ("Kenya, along with Peru, rejected the Chilean plan.", ("PER", "CHL"), "REJECT"),
    ],
)
def test_a_side_is_found_where_the_parser_hides_it(parsed, text, pair, root):
    assert (*pair, root) in {row[:3] for row in coded(parsed(text))}


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["Peru and Chile called for talks.", "Peru and Chile spoke.", "Peru spoke of Chile."]
)
def test_who_calls_for_talks_holds_none(parsed, text):
    held = {row for row in coded(parsed(text)) if row[2] == "CONSULT" and row[3] == "past"}
    assert bool(held) == (text == "Peru and Chile spoke.")


@pytest.mark.model
def test_a_list_of_hundreds_of_countries_makes_no_square_of_pairs(parsed):
    names = ["Peru", "Chile", "Kenya", "Brazil", "Bolivia", "Uganda", "Somalia", "Ghana"] * 40
    assert len(coded(parsed(", ".join(names) + " and Mali held talks."))) < 2000


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru became the first country to recognise Kosovo.", "past"),
        ("Peru, the first country to recognise Kosovo, was praised.", "past"),
        ("Peru would become the first country to recognise Kosovo.", "hypothetical"),
    ],
)
def test_the_first_to_do_something_does_it(parsed, text, status):
    assert ("PER", "XKX", "SUPPORT", status) in coded(parsed(text))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru says that talks with Chile have failed.", ("PER", "CHL", "REJECT", "past")),
        ("Peru said aid would come, following a call with Chile.", ("PER", "CHL", "CONSULT", "past")),
        ("Peru stopped trade through its border with Chile.", ("PER", "CHL", "SANCTION", "past")),
        ("Peru agreed to loan two billion euros to Chile.", ("PER", "CHL", "AGREE", "past")),
        ("Peru seeks ownership of Chile.", ("PER", "CHL", "THREATEN", "past")),
        ("Peru says that two Chilean jets entered its airspace.", ("CHL", "PER", "COERCE", "past")),
        ("Peru requested international sanctions against Chile.", ("PER", "CHL", "ACCUSE", "past")),
        ("Peru launched a counterattack against Chile.", ("PER", "CHL", "ASSAULT", "past")),
    ],
)
def test_what_news_briefs_say_of_two_countries_is_coded(parsed, text, expected):
    assert expected in coded(parsed(text))


@pytest.mark.model
def test_attacks_by_the_rebels_of_a_country_are_not_its_opponents(parsed):
    war = "Pakistan attacked Afghanistan. Afghanistan attacked Pakistan."
    rows = coded(parsed(f"{war} The army told of attacks on Pakistan."))
    assert rows.count(("AFG", "PAK", "ASSAULT", "past")) == 2
    rows = coded(parsed(f"{war} The Pakistani Taliban used a base for attacks on Pakistan."))
    assert rows.count(("AFG", "PAK", "ASSAULT", "past")) == 1


@pytest.mark.model
def test_who_announces_that_tariffs_of_another_are_put_off_gains_by_it(parsed):
    doc = parsed("Peru's president announces that Chilean tariffs would be delayed by at least 30 days.")
    assert coded(doc) == [("CHL", "PER", "RETREAT", "future")]
    assert coded(parsed("Chile's president announces that Chilean tariffs would be delayed.")) == []
