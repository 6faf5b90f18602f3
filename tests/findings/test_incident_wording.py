"""What an incident is called: names, nouns, verbs, tense and number."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.findings.act_words import act_words, root_words
from analysis.findings.incident_wording import about, clause, kind_noun, noun_phrase
from analysis.findings.side_names import Side, is_plural, side_in_sentence, with_article
from analysis.schemas import QUADS, ROOTS

FORBIDDEN = ("assault", "coerc", "material co", "in deeds", "in words")
COUNTRIES = {
    "CHN": "China",
    "DMA": "Dominica",
    "IRN": "Iran",
    "ISR": "Israel",
    "MEX": "Mexico",
    "PER": "Peru",
    "PSE": "Palestine",
    "RUS": "Russia",
    "TUR": "Turkey",
    "UKR": "Ukraine",
    "USA": "United States",
}


def side(end: str, words: str) -> dict:
    """Columns of one side from "ISR" or "armed group/PSE/Hamas"."""
    kind, code, name = words.split("/") if "/" in words else ("country", words, COUNTRIES.get(words, words))
    return {f"{end}_kind": kind, f"{end}_code": code, f"{end}_name": name}


def incident(root: str, lemma: str, source: str, target: str, **more: object) -> SimpleNamespace:
    """A row of `Incidents` with the columns that its words depend on."""
    row = {
        **side("source", source),
        **side("target", target),
        "root": root,
        "trigger_lemma": lemma,
        "mode": None,
        "quad": QUADS[root],
        "intensity": -5.0,
        "status": "done",
        "is_joint": False,
        "is_by_word": True,
        "place_name": None,
        "killed_count": pd.NA,
        "injured_count": pd.NA,
        "story_count": 1,
    }
    return SimpleNamespace(**(row | more))


HAMAS = "armed group/PSE/Hamas"
HOUTHIS = "armed group/YEM/Houthis"


@pytest.mark.parametrize(
    ("row", "phrase"),
    [
        (incident("ASSAULT", "strike", "ISR", HAMAS), "an Israeli strike on Hamas"),
        (incident("ASSAULT", "strike", HOUTHIS, "ISR", mode="drone"), "a Houthi drone strike on Israel"),
        (
            incident("ASSAULT", "attack", "RUS", "UKR", mode="drone", place_name="Kharkiv"),
            "a Russian drone attack on Ukraine (Kharkiv)",
        ),
        (incident("COERCE", "tariff", "USA", "CHN", mode="restrict"), "US tariffs on China"),
        (incident("THREATEN", "threaten", "IRN", "ISR"), "an Iranian threat against Israel"),
        (
            incident("CONSULT", "talk", "CHN", "USA", is_joint=True),
            "talks between China and the United States",
        ),
        (
            incident("ASSAULT", "clash", "CHN", "USA", is_joint=True),
            "a clash between China and the United States",
        ),
        (
            incident("ASSAULT", "fight", "CHN", "USA", is_joint=True),
            "fighting between China and the United States",
        ),
        (incident("AGREE", "ceasefire", "ISR", HAMAS, is_joint=True), "a ceasefire between Israel and Hamas"),
        (incident("RETREAT", "ceasefire", "ISR", HAMAS, mode="ceasefire"), "an Israeli ceasefire with Hamas"),
        (
            incident("RETREAT", "withdraw", "ISR", HAMAS, mode="withdraw"),
            "an Israeli withdrawal in a move towards Hamas",
        ),
        (incident("RETREAT", "release", HAMAS, "ISR", mode="release"), "a Hamas release involving Israel"),
        (incident("SUPPORT", "praise", "CHN", "RUS"), "Chinese praise for Russia"),
        (incident("REQUEST", "demand", "USA", "IRN"), "a US demand on Iran"),
        (incident("ACCUSE", "condemn", "TUR", "ISR"), "Turkish condemnation of Israel"),
        (incident("MOBILIZE", "exercise", "CHN", "TWN"), "Chinese military exercises near Taiwan"),
        (incident("PROTEST", "protest", "MEX", "USA"), "a Mexican protest against the United States"),
        (
            incident("COERCE", "arrest", "RUS", "person/USA/Jo Doe", mode="arrest"),
            "a Russian arrest of Jo Doe of the United States",
        ),
        (
            incident("COERCE", "seize", "IRN", "USA", mode="seize"),
            "an Iranian seizure affecting the United States",
        ),
        (incident("ACCUSE", "accuse", "DMA", "PER"), "an accusation against Peru by Dominica"),
        (incident("COERCE", "sanction", "EUU", "RUS", mode="restrict"), "EU sanctions on Russia"),
        (incident("ASSAULT", "kill", "USA", HOUTHIS), "a deadly US attack on the Houthis"),
    ],
)
def test_an_incident_has_a_noun_with_both_sides(row, phrase):
    assert noun_phrase(row) == phrase


def test_several_incidents_are_a_bare_plural_without_a_place():
    strike = incident("ASSAULT", "strike", "RUS", "UKR", place_name="Kharkiv")
    assert noun_phrase(strike, 3) == "Russian strikes on Ukraine"
    assert noun_phrase(incident("COERCE", "tariff", "USA", "CHN"), 2) == "US tariffs on China"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            incident("ASSAULT", "strike", "ISR", "PSE", place_name="Gaza City", killed_count=33),
            "Israel struck Gaza City, killing at least 33 people",
        ),
        (
            incident(
                "ASSAULT", "shell", "RUS", "UKR", place_name="Kharkiv", killed_count=1, injured_count=12
            ),
            "Russia shelled Kharkiv, killing at least one person and injuring 12",
        ),
        (
            incident("ASSAULT", "strike", "RUS", "UKR", place_name="Novy Dvor", injured_count=4),
            "Russia struck Ukraine (Novy Dvor), injuring four people",
        ),
        (
            incident("ASSAULT", "strike", "ISR", HAMAS, place_name="Doha"),
            "Israel struck Hamas in Doha",
        ),
        (
            incident("ASSAULT", "clash", "CHN", "IND", is_joint=True, place_name="Ladakh", killed_count=20),
            "China and India clashed in Ladakh, leaving at least 20 people dead",
        ),
        (
            incident("CONSULT", "talk", "CHN", "USA", is_joint=True, place_name="Geneva"),
            "China and the United States held talks in Geneva",
        ),
        (
            incident("COERCE", "tariff", "USA", "CHN", mode="restrict"),
            "the United States imposed tariffs on China",
        ),
        (incident("ASSAULT", "attack", "ISR", "IRN", killed_count=0), "Israel attacked Iran"),
        (incident("ACCUSE", "accuse", "IRN", "ISR", killed_count=5), "Iran accused Israel"),
        (incident("THREATEN", "threaten", "person/USA/Donald Trump", "IRN"), "Donald Trump threatened Iran"),
        (
            incident("COERCE", "tariff", "person/USA/Donald Trump", "CHN"),
            "the United States imposed tariffs on China",
        ),
        (incident("ACCUSE", "accuse", "person/IRN/Jo Doe", "ISR"), "Iran's Jo Doe accused Israel"),
        (
            incident("COERCE", "sanction", "USA", "person/ISR/Jo Doe"),
            "the United States imposed sanctions on Israel's Jo Doe",
        ),
        (incident("SUPPORT", "recognize", "PER", "PSE"), "Peru recognised Palestine"),
    ],
)
def test_what_is_done_is_told_in_the_past_with_place_and_toll(row, told):
    assert clause(row) == told


def test_talks_are_held_at_a_house_and_in_a_town():
    row = incident("CONSULT", "meet", "CHN", "USA", is_joint=True, place_name="White House")
    assert clause(row) == "China and the United States met at the White House"


def test_what_happens_to_palestinians_elsewhere_does_not_happen_to_the_place():
    row = incident("ASSAULT", "strike", "ISR", "PSE", place_name="Tyre", killed_count=2)
    assert clause(row) == "Israel struck the Palestinians in Tyre, killing at least two people"


def test_a_break_in_relations_is_known_by_the_words_beside_it():
    row = incident("SANCTION", "sever", "PER", "MEX", mode="discontinue")
    sentence = "Peru severed diplomatic relations with Mexico on Monday."
    assert clause(row, sentence=sentence) == "Peru broke off diplomatic relations with Mexico"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            incident("CONSULT", "talk", "CHN", "USA", is_joint=True, status="announced"),
            "China and the United States are to hold talks",
        ),
        (
            incident("AID", "aid", "USA", "UKR", status="announced"),
            "the United States is to give aid to Ukraine",
        ),
        (
            incident("COERCE", "sanction", HOUTHIS, "USA", status="announced"),
            "the Houthis plan to impose sanctions on the United States",
        ),
        (
            incident("CONSULT", "visit", "USA", "CHN", mode="visit", status="announced"),
            "a US visit to China is planned",
        ),
        (incident("CONSULT", "visit", "USA", "CHN", mode="visit"), "a US visit to China took place"),
        (incident("AGREE", "return", "USA", "CHN", mode="visit"), "a US visit to China took place"),
    ],
)
def test_what_is_announced_is_in_the_future(row, told):
    assert clause(row) == told


@pytest.mark.parametrize("is_joint", [True, False])
def test_the_person_is_the_visitor_whichever_side_the_report_names_first(is_joint):
    row = incident("AGREE", "visit", "TUR", "person/VAT/Pope Leo XIV", mode="visit", is_joint=is_joint)
    assert clause(row) == "Pope Leo XIV visited Turkey"
    assert noun_phrase(row) == "a visit to Turkey by Pope Leo XIV"


def test_nobody_knows_who_visits_whom_when_two_countries_are_named():
    row = incident("CONSULT", "visit", "CHN", "USA", mode="visit", is_joint=True)
    assert noun_phrase(row) == "a visit involving China and the United States"


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("person/HUN/Viktor Orban", "UKR", "Hungary and Ukraine held talks"),
        (
            "person/HUN/Viktor Orban",
            "person/RUS/Vladimir Putin",
            "Viktor Orban and Vladimir Putin held talks",
        ),
    ],
)
def test_beside_a_country_a_person_who_talks_is_the_country(source, target, told):
    talks = incident("CONSULT", "talk", source, target, is_joint=True)
    assert clause(talks) == told


def test_an_agreement_is_between_countries_whoever_signs():
    row = incident("AGREE", "sign", "person/AUS/Anthony Albanese", "person/PNG/James Marape", is_joint=True)
    assert clause(row) == "Australia and Papua New Guinea reached an agreement"


@pytest.mark.parametrize(
    ("claimant", "told"),
    [
        ("Iran", "Iran says Russia struck Kharkiv"),
        ("Russia", "Russia says it struck Kharkiv"),
        ("the Houthis", "the Houthis say Russia struck Kharkiv"),
    ],
)
def test_a_claim_begins_with_who_says_so(claimant, told):
    row = incident("ASSAULT", "strike", "RUS", "UKR", place_name="Kharkiv", is_claim=True)
    assert clause(row, claimant=claimant) == told


def test_a_claimant_who_is_the_target_is_not_named_twice():
    assert (
        clause(incident("ASSAULT", "attack", "RUS", "UKR"), claimant="Ukraine")
        == "Ukraine says Russia attacked it"
    )


@pytest.mark.parametrize(
    ("sentence", "noun"),
    [
        ("Peru imposed new tariffs on Mexican steel.", "tariffs"),
        ("Peru imposed visa requirements on Mexicans.", "visa restrictions"),
        ("Peru imposed export controls on copper for Mexico.", "export controls"),
        ("Peru imposed sanctions on Mexican officials.", "sanctions"),
        ("", "restrictions"),
    ],
)
def test_other_words_of_the_sentence_say_what_was_imposed(sentence, noun):
    row = incident("COERCE", "impose", "PER", "MEX", mode="restrict")
    assert kind_noun(row, sentence=sentence) == noun
    assert clause(row, sentence=sentence) == f"Peru imposed {noun} on Mexico"


def test_news_says_gaza_where_the_sentence_does():
    row = incident("ASSAULT", "airstrike", "ISR", "PSE", mode="aerial")
    assert (
        noun_phrase(row, sentence="Israeli airstrikes hit northern Gaza.") == "an Israeli air strike on Gaza"
    )
    assert noun_phrase(row) == "an Israeli air strike on the Palestinians"
    both = "Israeli airstrikes hit Gaza and the West Bank."
    assert noun_phrase(row, sentence=both) == "an Israeli air strike on the Palestinians"


def test_what_only_the_model_reads_has_the_general_words():
    row = incident("COERCE", "arrest", "RUS", "MEX", mode="arrest", is_by_word=False)
    assert kind_noun(row) == "measure"


def test_a_captured_town_is_named_and_anything_else_that_is_seized_is_not():
    row = incident("ASSAULT", "capture", "RUS", "UKR", place_name="Novy Dvor")
    sentence = "Russian troops captured the village of Novy Dvor."
    assert clause(row, sentence=sentence) == "Russia captured Novy Dvor"
    assert noun_phrase(row, sentence=sentence) == "a Russian capture of Novy Dvor"
    assert noun_phrase(row) == "a Russian seizure of control affecting Ukraine"


@pytest.mark.parametrize(
    ("sentence", "noun"),
    [
        ("Russian troops captured two posts in the hills.", "seizure of territory"),
        ("Russian soldiers have captured the passes above the valley.", "seizure of territory"),
        ("Russian troops captured Moe and Roe.", "seizure of control"),
        ("Russian troops captured nine Ukrainian soldiers.", "capture of soldiers"),
        ("Russia captured two prisoners.", "capture of soldiers"),
    ],
)
def test_what_is_captured_says_whether_it_is_ground_or_men(sentence, noun):
    row = incident("ASSAULT", "capture", "RUS", "UKR")
    assert kind_noun(row, sentence=sentence) == noun


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Russia arrested two American citizens.", "Russia arrested US citizens"),
        ("Russia arrested an American citizen.", "Russia arrested a US citizen"),
        (
            "Russia arrested a spy for Washington.",
            "Russia made an arrest in a case involving the United States",
        ),
    ],
)
def test_whom_an_arrest_is_of_follows_from_the_sentence(sentence, told):
    row = incident("COERCE", "arrest", "RUS", "USA", mode="arrest")
    assert clause(row, sentence=sentence) == told


def test_a_diplomat_is_expelled_with_the_adjective_of_the_country():
    row = incident("SANCTION", "expel", "PER", "IRN", mode="expel")
    one, two = "Peru expelled an Iranian diplomat.", "Peru expelled two Iranian diplomats."
    assert clause(row, sentence=one) == "Peru expelled an Iranian diplomat"
    assert noun_phrase(row, sentence=two) == "a Peruvian expulsion of Iranian diplomats"
    assert kind_noun(row, sentence=one) == "expulsion of a diplomat"


def test_water_cannon_are_no_attack():
    row = incident("ASSAULT", "use", "CHN", "PHL", mode="crowd-control")
    sentence = "Chinese ships used water cannon on a Philippine boat."
    assert clause(row, sentence=sentence) == "China used water cannon against the Philippines"
    assert clause(row) == "China used force against the Philippines"


def test_a_label_has_three_kinds_at_most_the_weightiest_first():
    rows = [
        incident("CONSULT", "talk", "ISR", HAMAS, is_joint=True, intensity=2.5),
        incident("ASSAULT", "strike", "ISR", HAMAS, intensity=-9.0),
        incident("ASSAULT", "bomb", "ISR", HAMAS, intensity=-9.0),
        incident("ACCUSE", "accuse", "ISR", HAMAS, intensity=-3.0),
        incident("RETREAT", "ceasefire", "ISR", HAMAS, mode="ceasefire", intensity=7.5, story_count=3),
    ]
    assert about(rows) == "ceasefire, strikes, accusations"
    assert about([]) == ""


def test_a_label_says_more_where_the_sentence_does():
    row = incident("COERCE", "announce", "PER", "MEX", mode="restrict", incident_id="a")
    assert about([row]) == "measures"
    assert about([row], {"a": "Peru announced tariffs on Mexican steel."}) == "tariffs"


def test_tariffs_are_on_a_country_even_where_its_leader_is_named():
    row = incident("COERCE", "tariff", "CHN", "person/USA/Donald Trump", mode="restrict")
    assert noun_phrase(row) == "Chinese tariffs on the United States"
    row.trigger_lemma = "sanction"
    assert noun_phrase(row) == "Chinese sanctions on Donald Trump"


def test_a_country_that_begins_like_an_adjective_is_no_citizen():
    row = incident("COERCE", "detain", "MEX", "KGZ", mode="arrest")
    assert kind_noun(row, sentence="Mexico detained a spy of Kyrgyzstan.") == "arrest"


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("is_joint", [True, False])
@pytest.mark.parametrize("status", ["done", "announced"])
def test_every_type_has_words_and_none_is_called_by_its_code(root, is_joint, status):
    row = incident(root, "nothing-listed", "CHN", "USA", is_joint=is_joint, status=status)
    for told in (noun_phrase(row), noun_phrase(row, 2), clause(row), about([row])):
        assert told and "{" not in told
        assert not any(word in told.lower() for word in FORBIDDEN)


def test_every_row_of_the_list_can_be_told():
    for act in act_words():
        told = " ".join((act.singular, act.plural, act.label, act.preposition, act.past, act.object))
        assert not any(word in told.lower() for word in FORBIDDEN)
        assert act.past and act.base and act.label and bool(act.joint_past) == bool(act.joint_base)
        assert act.preposition or "{" in act.singular, act


@pytest.mark.parametrize("root", ROOTS)
def test_the_general_words_of_a_type_can_be_said_of_two(root):
    assert root_words(root).joint_past


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("US visit", "a US visit"),
        ("EU visit", "an EU visit"),
        ("Ukrainian attack", "a Ukrainian attack"),
        ("Iranian attack", "an Iranian attack"),
        ("Emirati visit", "an Emirati visit"),
        ("RSF attack", "an RSF attack"),
        ("M23 attack", "an M23 attack"),
        ("NATO exercise", "a NATO exercise"),
        ("ASEAN summit", "an ASEAN summit"),
        ("UN visit", "a UN visit"),
        ("Ugandan visit", "a Ugandan visit"),
        ("Uzbek visit", "an Uzbek visit"),
        ("European visit", "a European visit"),
    ],
)
def test_an_article_follows_the_sound(words, expected):
    assert with_article(words) == expected


@pytest.mark.parametrize(
    ("side", "name"),
    [
        (Side("Rapid Support Forces", "SDN", "armed group"), "the RSF"),
        (Side("Hamas", "PSE", "armed group"), "Hamas"),
        (Side("United Arab Emirates", "ARE", "country"), "the United Arab Emirates"),
        (Side("European Union", "EUU", "bloc"), "the European Union"),
        (Side("Vladimir Putin", "RUS", "person"), "Vladimir Putin"),
        (Side("Jo Doe", "USA", "person"), "Jo Doe of the United States"),
        (Side("Peruvian Ports Institute", "PER", "organisation"), "the Peruvian Ports Institute"),
        (Side("Russian Railways", "RUS", "organisation"), "Russian Railways"),
    ],
)
def test_a_side_is_named_as_newspapers_do(side, name):
    assert side_in_sentence(side) == name


def test_groups_may_be_plural_and_countries_are_not():
    assert is_plural("the Houthis") and is_plural("China and Peru")
    assert not is_plural("the United States") and not is_plural("Bosnia and Herzegovina")
