"""Turns: what a report says by which its incident weighs more or less than others of its type."""

from types import SimpleNamespace

from analysis.indicators.incident_reports import turn_of


def turn(sentence, root="ASSAULT", *, killed=None):
    row = SimpleNamespace(root=root, start_char=0, end_char=len(sentence), killed_count=killed)
    return turn_of(row, sentence)


def test_the_largest_of_its_kind_is_a_turn():
    assert turn("Peru fires on Chile in the largest attack of the war.") == "extreme"
    assert turn("Peru strikes a nuclear power plant in Chile.") == "extreme"
    assert turn("Peru and Chile hold the largest talks of the year.", "CONSULT") is None
    assert turn("Peru fires on Chile again.") is None


def test_an_attack_that_is_intercepted_is_foiled_unless_it_hurts_somebody():
    assert turn("Chile intercepts two missiles of Peru.") == "foiled"
    assert turn("Chile intercepts two missiles of Peru, one of which kills a farmer.") is None
    assert turn("Chile intercepts two missiles of Peru.", killed=3) is None
    assert turn("Chile shoots down a plane of Peru.") is None
    assert turn("Chile intercepts messages of Peru.", "ACCUSE") is None
