"""Turns: what makes an incident more than one act among others."""

from types import SimpleNamespace

import pytest

from analysis.indicators.turns import turn_of


def turn(
    sentence,
    root="ASSAULT",
    rest="",
    *,
    is_joint=False,
    is_future=False,
    lemma="strike",
    rule="x",
    killed=None,
    word="struck",
    by=None,
    target="CHL",
):
    row = SimpleNamespace(
        rule=rule,
        root=root,
        trigger_lemma=lemma,
        is_joint=is_joint,
        is_future=is_future,
        start_char=0,
        end_char=len(sentence),
        trigger_start_char=max(sentence.find(word), 0),
        killed_count=killed,
        reported_by=by,
        source_country_code="PER",
        target_country_code=target,
    )
    return turn_of(row, f"{sentence} {rest}")


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Peru and Chile agreed to a ceasefire along the whole border at dawn.", "truce"),
        ("A peace treaty of Peru and Chile enters into force.", "truce"),
        ("Peru and Chile reach a deal on a truce, the first pause of hostilities since 2023.", "truce"),
        ("Peru and Chile agreed to negotiate a ceasefire in Oslo.", None),
        ("Peru and Chile agreed to meet, although each accused the other of breaking the ceasefire.", None),
        ("Peru and Chile agreed to exchange forty prisoners.", None),
    ],
)
def test_a_truce_is_one_that_is_made(sentence, found):
    assert turn(sentence, "AGREE", is_joint=True) == found
    assert turn(sentence, "AGREE", is_joint=True, is_future=True) is None


def test_a_truce_that_is_refused_suspended_or_said_to_be_broken_is_a_turn():
    assert turn("Peru says that peace talks with Chile have failed.", "REJECT") == "broken truce"
    assert turn("Peru suspends the truce with Chile after a blast.", "SANCTION") == "broken truce"
    assert turn("Peru suspends a peace agreement with Chile.", "REJECT") == "broken truce"
    assert turn("Peru rejects the tariffs of Chile.", "REJECT") is None


def test_who_was_killed_may_be_said_in_the_next_sentence_of_the_paragraph():
    struck = "Peru struck a house in Chile."
    assert turn(struck, rest="A commander was among the dead. The army said so.") == "leader killed"
    assert turn(struck, rest="The army said so. A commander was among the dead.") is None
    assert turn(struck, rest="\nA commander was among the dead.") is None
    assert turn(f"{struck[:-1]}, killing two.", rest="The commander of Chile's army resigns.") is None
    assert turn("Peru reportedly killed a commander in Chile.") is None


def test_a_leader_whose_death_led_to_an_attack_was_not_killed_by_it():
    killing = "Peru fired rockets at Arica in Chile after Chile had killed a commander."
    assert turn(killing, word="fired") is None
    assert turn(killing, word="killed") == "leader killed"
    assert turn("A commander of Peru was killed after Chile struck Tacna.") == "leader killed"


def test_a_leader_who_says_that_somebody_was_killed_is_not_killed():
    accusing = "The prime minister of Chile accuses Peru of killing a farmer in Arica."
    assert turn(accusing, word="killing", by="minister") is None
    boast = "Peru says it killed a commander of Chile."
    assert turn(boast, word="killed", by="PER") == "leader killed"


def test_a_leader_of_another_country_was_not_hurt_by_an_attack():
    killed = "Peru killed four people in Arica, Chile, as {} had proposed a truce."
    assert turn(killed.format("the president of Brazil")) == "leader killed"  # nothing before it says whose
    assert turn(killed.format("Brazilian president Rosa Lima")) is None
    assert turn("Peru killed a Chilean army commander in Arica.") == "leader killed"


def test_an_attack_on_private_people_who_are_elsewhere_is_hardly_one_on_their_country():
    killed = "A drone of Peru killed a {} in Arica, Chile."
    assert turn(killed.format("French journalist"), target="FRA") == "bystander"
    assert turn(killed.format("French soldier"), target="FRA") is None
    assert turn(killed.format("Chilean journalist")) is None
    assert turn("A drone of Peru killed a French journalist in Paris, France.", target="FRA") is None


def test_what_the_next_sentence_takes_back_is_hardly_news():
    assert turn("Peru killed a commander of Chile.", rest="He had faked his death.") == "taken back"


def test_a_town_that_changes_hands_is_a_turn_and_a_village_is_none():
    assert turn("Troops of Peru captured the Chilean city of Arica.", lemma="capture") == "town taken"
    assert turn("Troops of Peru entered Arica in Chile.", "MOBILIZE", lemma="enter") == "town taken"
    assert (
        turn("Peru is to capture the city of Arica in Chile.", lemma="capture", is_future=True)
        == "ground war"
    )
    assert turn("Troops of Peru captured the village of Poconchile.", lemma="capture") is None
    assert turn("Peru took full control of Arica in Chile.", lemma="control") == "town taken"
    assert turn("Peru captured the whole region of Arica.", "COERCE", lemma="capture") == "town taken"
    assert turn("Peru captured three soldiers of Chile.", "COERCE", lemma="capture") is None


@pytest.mark.parametrize(
    ("sentence", "root", "found"),
    [
        ("The army of Peru launches a ground offensive against Chile.", "ASSAULT", "ground war"),
        ("Troops of Peru have struck at Arica and invaded Chile.", "ASSAULT", None),
        ("Peru gives Chile a deadline of May to accept the plan.", "THREATEN", "ultimatum"),
        ("Peru says Chile missed a deadline for the census.", "ACCUSE", None),
        ("Peru and Chile sign a mutual defence agreement.", "SUPPORT", "pact"),
        ("Peru rejects a defence pact with Chile.", "REJECT", None),
        ("Peru strikes a nuclear power plant in Chile.", "ASSAULT", "extreme"),
    ],
)
def test_a_ground_war_an_ultimatum_and_a_pact_are_turns(sentence, root, found):
    assert turn(sentence, root) == found


def test_an_invasion_is_a_ground_war_unless_somebody_only_says_so():
    invasion = "Troops of Peru invaded the north of Chile."
    assert turn(invasion, lemma="invade") == "ground war"
    assert turn(f"Chile says that {invasion}", lemma="invade", by="CHL") is None
    assert turn(invasion, lemma="invade", is_future=True) is None


def test_the_largest_of_its_kind_is_a_turn():
    assert turn("Peru fires on Chile in the largest attack of the war.") == "extreme"
    assert turn("Peru fires on Chile again.") is None


def test_an_attack_that_is_intercepted_is_foiled_unless_it_hurts_somebody():
    assert turn("Chile intercepts two missiles of Peru.", lemma="intercept") == "foiled"
    assert turn("Chile intercepts two missiles of Peru, one of which kills a farmer.") is None
    assert turn("Chile intercepts two missiles of Peru.", killed=3) is None
    assert turn("Chile shoots down a plane of Peru.", lemma="shoot") is None
    assert turn("Chile intercepts messages of Peru.", "ACCUSE") is None
