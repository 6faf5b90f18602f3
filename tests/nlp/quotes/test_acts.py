"""Acts are left to the events; the same verbs report where something is said."""

import pytest


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Israel attacked Iran on Friday.",
        "Egypt recalled its ambassador.",
        "Russian forces attack an industrial facility in the south, killing 13 people.",
        "India imposed a 25 percent tariff on Chinese steel.",
        "The governor wins the race in November by a margin of two points.",
        "The islands claimed by Beijing are empty.",
        "Peru and Chile signed an agreement on fishing rights near Arica on Tuesday.",
        "Chile inks border pact with Peru",
        "Peru, Chile swap blame over ferry fire",
        "Peru and Chile traded accusations on Monday.",
    ],
)
def test_an_act_of_a_state_is_not_a_statement(text, quotes_of):
    assert quotes_of(text) == []


@pytest.mark.model
def test_an_attack_in_words_is_a_statement(quotes_of):
    (quote,) = quotes_of("Washington attacked the plan as reckless.")
    assert (quote.speaker_id, quote.cue) == ("USA", "attack")


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "The minister ordered two patrol boats to the area.",
        "The minister ordered the release of eleven soldiers.",
        "He called off a joint exercise with the navy.",
        "The union called a strike.",
        "Traders pointed to a rise in the rupee.",
        "Radar images showed tanks near the border.",
        "Nowak laughed, referring to the talks in Lima.",
        "The navy responded with strikes on three ports.",
        "Peru sought to tie up the fleet in the north.",
        "The two envoys discussed the fishing pact.",
        "Peru and Chile agreed on a ceasefire in May.",
        "Peru declared a state of emergency in two regions.",
        "Few would have known about the plan.",
        "Pressed on whether Peru would leave, Nowak laughed.",
        "The paper asked for comment.",
        "The sailor asked not to be named.",
        'The hearing, entitled "Boats in the north: a review," was held in Lima.',
        "The rebels responded by shelling the port.",
        "Police questioned two men.",
        "The government dismissed the general.",
        "Floods claimed 30 lives.",
        "Fishing towns count the cost of war",
        "Reporters asked whether the deal was dead.",
        "Asked whether he would resign, Jan Nowak laughed.",
        "The guards did not respond to a request for comment.",
        "State media did not mention the launch.",
        "Morning came.\n\nThe tanker “Altai Star” was near a port.",
    ],
)
def test_acts_and_questions_are_not_statements(text, quotes_of):
    assert quotes_of(text) == []


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "She pointed out that the deal was dead.",
        "The general ordered his troops to withdraw.",
        "The minister dismissed the report.",
        "Peru demanded an explanation.",
        "Peru denied the allegations.",
        "Peru claimed to have sunk two boats.",
        "Peru warned against new talks.",
        "The minister emphasised that the port was open.",
        "The minister called the vote a mistake.",
        "The opposition leader asked whether the minister had read it.",
        "The rebels responded by saying that the port was theirs.",
        "A poll showed that voters were tired.",
    ],
)
def test_the_same_verbs_report_where_something_is_said(text, quotes_of):
    assert len(quotes_of(text)) == 1


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Peru bombs a camp, Chile shoots down a drone, and the war goes on.",
        "Peru arrests two policemen, Chile recalls liaison officer",
        "Chile recalled its liaison officer from Lima in protest.",
        "Peru and Chile reached an interim deal on fishing on Thursday.",
        "Chile easing a standoff that had brought troops to the border.",
        "Chile stopped issuing plates with the names of towns.",
        "The European Union adopted its third package of sanctions on Thursday.",
        "Minister Jo Moe showed journalists a map and photographs of the place.",
        "Lima should stop pretending that it can win.",
    ],
)
def test_acts_of_states_on_each_other_are_not_statements(text, quotes_of):
    assert quotes_of(text) == []
