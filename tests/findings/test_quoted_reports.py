"""Which sentence is quoted for an incident: of a first paragraph, a headline, or a later paragraph."""

from dataclasses import replace
from functools import partial

import pandas as pd
import pytest

from analysis.findings.quoted_reports import brief_item, quoted_report
from analysis.findings.reported import own_words
from tests.reports import inputs_of, report

CLEAR = "Russia struck the Ukrainian city of Kharkiv with six missiles, officials said."
UNCLEAR = "It struck the city with six missiles, and it may do so again before long."
HEADLINE = "Russian missiles hit Ukraine's second city"


def strike(text, **more):
    return report("RUS", "UKR", "ASSAULT", text=text, trigger_lemma="strike", **more)


def quoted(*reports):
    inputs = inputs_of(*reports)
    incident = next(row for row in inputs.current.itertuples() if row.dyad == "RUS-UKR")
    return quoted_report(incident, inputs)


def test_a_first_paragraph_is_quoted_before_the_headline():
    found = quoted(strike(CLEAR, title=HEADLINE))
    assert (found.sentence, found.is_headline, found.is_clear) == (CLEAR, False, True)
    assert found.start_char == len(HEADLINE) + 1


def test_the_headline_is_quoted_where_the_sentence_needs_those_before_it():
    found = quoted(strike(UNCLEAR, title=HEADLINE))
    assert (found.sentence, found.start_char, found.is_headline) == (HEADLINE, 0, True)


def test_a_headline_does_not_stand_for_what_a_later_paragraph_reports():
    above = report("USA", "CHN", "CONSULT", text="Officials met.", article=1, title=HEADLINE)
    assert quoted(above, strike(CLEAR, article=1)).sentence == CLEAR
    found = quoted(above, strike(UNCLEAR, article=1))
    assert (found.sentence, found.is_clear) == (UNCLEAR, False)


def test_a_headline_that_asks_or_names_one_side_is_not_quoted():
    for title in ("Why do Russian missiles hit Ukraine?", "Russian missiles hit a second city"):
        found = quoted(strike(UNCLEAR, title=title))
        assert (found.sentence, found.is_clear) == (UNCLEAR, False)


def test_a_sentence_that_names_one_side_is_not_clear():
    assert not quoted(
        strike("Russian missiles struck the city again on Monday morning, officials said.")
    ).is_clear


def test_a_sentence_on_what_somebody_else_does_is_not_clear():
    closed = "Poland closed its airspace on Monday after Russia fired missiles at Ukraine, officials said."
    assert not quoted(strike(closed)).is_clear
    assert quoted(strike(closed, title=HEADLINE)).is_headline


def test_a_headline_on_what_somebody_else_does_is_not_quoted():
    found = quoted(strike(UNCLEAR, title="Poland closes its airspace as Russia strikes Ukraine"))
    assert (found.sentence, found.is_clear) == (UNCLEAR, False)


def test_the_sentence_with_the_dead_is_quoted_after_one_that_leaves_them_out():
    clash = "Russian and Ukrainian troops exchange fire near the border."
    toll = "Fourteen people are killed and 46 others are injured in Ukraine."
    assert quoted_with(clash, toll, LATE) == f"{clash} {toll}"
    assert quoted(strike(clash, killed_count=14)).sentence == clash


def quoted_with(first, *rest):
    """What is quoted of an article of some sentences, the first of which reports a strike."""
    (incident,), inputs = incident_in(strike, first, *rest)
    return quoted_report(incident, inputs).sentence


def incident_in(of, first, *rest):
    """The incident that the first of some sentences reports, and the inputs of their article."""
    inputs = inputs_of(of(first))
    (article,) = inputs.tables.articles["article_id"]
    text = " ".join((first, *rest))
    starts = [0, *(text.index(sentence) for sentence in rest)]
    tables = replace(
        inputs.tables,
        articles=inputs.tables.articles.assign(text=text),
        sentences=pd.DataFrame({"article_id": article, "start_char": starts}),
    )
    return inputs.current.itertuples(), replace(inputs, tables=tables)


LEAD = "Russia fired six missiles at the second city of Ukraine after a week of quiet, its army said."


@pytest.mark.parametrize(
    ("lead", "is_told"),
    [
        (LEAD, True),
        (f"Kyiv, Ukraine (Reuters) — {LEAD}", True),
        (LEAD.replace("of Ukraine", "in the country"), False),
        (LEAD.replace("Russia fired", "Poland met envoys of Japan after Russia had fired"), False),
        ("Russia struck Ukraine.", False),
    ],
    ids=("on both sides", "with a dateline", "on one side", "on somebody else", "a caption"),
)
def test_the_sentence_below_a_headline_is_quoted_for_it_if_it_is_about_both(lead, is_told):
    other = report("USA", "CHN", "CONSULT", text=lead, article=1, title=HEADLINE)
    inputs = inputs_of(other, strike(UNCLEAR, article=1))
    (article,), (text,) = inputs.tables.articles["article_id"], inputs.tables.articles["text"]
    starts = [0, text.index(lead), text.index(UNCLEAR)]
    tables = replace(
        inputs.tables,
        articles=inputs.tables.articles.assign(text=text.replace(f"\n{UNCLEAR}", f" {UNCLEAR}")),
        sentences=pd.DataFrame({"article_id": article, "start_char": starts}),
    )
    incident = next(row for row in inputs.current.itertuples() if row.dyad == "RUS-UKR")
    found = quoted_report(incident, replace(inputs, tables=tables))
    assert (found.sentence, found.is_headline) == ((LEAD, False) if is_told else (HEADLINE, True))


LAUNCHED = "Russia says that it struck the Ukrainian air base of Starokostiantyniv with six missiles."
IDLE = "Trains in the region were late."
LATE = f"Trains were late{' and late' * 40}."  # too long to be quoted with anything


@pytest.mark.parametrize(
    "following",
    [
        "Ukraine denies this.",
        "Officials later confirm that none of them hit the base.",
        "Ukraine responds with drones.",
        "There were no casualties.",
        "A general is among the dead.",
    ],
)
def test_a_sentence_that_changes_what_came_before_is_quoted_with_it(following):
    assert quoted_with(LAUNCHED, following, LATE) == f"{LAUNCHED} {following}"
    assert quoted_with(LAUNCHED, LATE, following) == LAUNCHED


@pytest.mark.parametrize(
    "following",
    [
        "In other news, five people died in a storm.",
        "Police in Canada confirmed a shooting that left six dead.",
    ],
)
def test_a_sentence_on_something_else_is_not_quoted_with_it(following):
    assert quoted_with(LAUNCHED, following) == LAUNCHED
    assert quoted_with(LAUNCHED, following, IDLE) == LAUNCHED


def visit(text):
    return report("RUS", "UKR", "CONSULT", mode="visit", text=text, when="on Friday", trigger_lemma="visit")


@pytest.mark.parametrize(
    ("following", "is_ours"),
    [("The trip was called off.", False), ("Ukraine denied it.", False), ("It rained.", True)],
)
def test_what_the_next_sentence_takes_back_is_in_no_words_of_our_own(following, is_ours):
    (incident,), inputs = incident_in(visit, "The president of Russia visited Ukraine on Friday.", following)
    assert bool(own_words(incident, inputs, sure=True)) is is_ours


PLANNED = "Officials of Poland say that Russia is preparing to strike the city of Kharkiv in Ukraine."
DOUBTED = 'It was not clear whether Russia has made a final decision, said one, who spoke of "deep doubt."'


def test_the_doubt_in_the_next_paragraph_is_quoted_with_a_plan():
    assert quoted_with(PLANNED, f"\n{DOUBTED}", LATE) == f"{PLANNED} {DOUBTED}".replace(
        '"deep doubt."', "‘deep doubt.’"
    )
    assert quoted_with(PLANNED, f"\n{IDLE}", LATE) == PLANNED


def test_a_brief_item_is_quoted_whole_and_a_long_one_is_not():
    assert quoted_with(LAUNCHED, IDLE) == f"{LAUNCHED} {IDLE}"
    assert quoted_with(LAUNCHED, "Kyiv Independent)") == LAUNCHED
    assert quoted_with(LAUNCHED, IDLE, IDLE) == f"{LAUNCHED} {IDLE} {IDLE}"
    assert quoted_with(LAUNCHED, LATE) == LAUNCHED


def test_an_answer_is_quoted_with_the_act_before_it_in_a_brief_item():
    arrest = "The police of Ukraine arrest two people on suspicion of spying for Russia."
    answer = "The Russian ministry expels two diplomats in response to the allegations."
    inputs = inputs_of(report("RUS", "UKR", "SANCTION", text=f"{arrest} {answer}"))
    (article,) = inputs.tables.articles["article_id"]
    start = len(arrest) + 1
    tables = replace(
        inputs.tables,
        events=inputs.tables.events.assign(start_char=start),
        sentences=pd.DataFrame({"article_id": article, "start_char": [0, start]}),
    )
    joined = replace(inputs, tables=tables)
    (incident,) = joined.current.itertuples()
    found = quoted_report(incident, joined)
    assert (found.sentence, found.is_clear) == (f"{arrest} {answer}", True)


def test_what_a_brief_item_says_before_its_report_is_quoted_too():
    opening = "Ukraine says that troops of Russia are in the city of Kharkiv."
    clash = "Russian and Ukrainian troops exchange fire near the border of the two countries."
    inputs = inputs_of(strike(f"{opening} {clash}"))
    (article,) = inputs.tables.articles["article_id"]
    sentences = pd.DataFrame({"article_id": article, "start_char": [0, len(opening) + 1]})
    inputs = replace(inputs, tables=replace(inputs.tables, sentences=sentences))
    (incident,) = inputs.current.assign(start_char=len(opening) + 1).itertuples()
    assert brief_item(quoted_report(incident, inputs), inputs) == f"{opening} {clash}"


def test_what_a_law_was_used_for_is_not_the_news_of_a_lawsuit():
    suit = "A city sues the US over a law used by Mr Trump to impose tariffs on China."
    (incident,), inputs = incident_in(partial(tariff, place=suit.index("tariffs")), suit)
    assert not quoted_report(incident, inputs).is_clear
    plain = "The US is ready to impose tariffs on China, says Mr Trump."
    (incident,), inputs = incident_in(partial(tariff, place=plain.index("tariffs")), plain)
    assert quoted_report(incident, inputs).is_clear


def tariff(text, place):
    where = {"trigger_start_char": place, "trigger_end_char": place + 7}
    return report("USA", "CHN", "COERCE", text=text, trigger_lemma="tariff", **where)


def test_what_is_said_of_somebody_in_passing_is_not_quoted_as_their_act():
    said = "Mr Díaz of Peru said he had agreed with Mr Vance, who opposed aid to Ukraine and praised Russia."
    place = said.index("opposed")
    one = report("RUS", "UKR", "REJECT", text=said, reported_by="diaz", trigger_start_char=place)
    assert not quoted(one).is_clear
    told = "Mr Díaz of Peru said that Russia opposed the accession of Ukraine to the union."
    two = report("RUS", "UKR", "REJECT", text=told, reported_by="diaz", trigger_start_char=told.index("opp"))
    assert quoted(two).is_clear


@pytest.mark.parametrize(
    "sentence",
    [
        "Russia is shoring up ties with its neighbours as it continues talks with Ukraine.",
        "Russia buys grain abroad while the talks with Ukraine drag on.",
        "At a meeting with the leader of Ukraine, Russia's president announces his candidacy.",
    ],
)
def test_a_meeting_that_is_only_the_occasion_is_not_quoted(sentence):
    assert not quoted(report("RUS", "UKR", "CONSULT", text=sentence)).is_clear
    assert quoted(report("RUS", "UKR", "CONSULT", text="Russia and Ukraine held talks in Rome.")).is_clear


def test_who_is_only_in_the_name_of_a_war_is_no_side_of_what_is_done():
    text = "Russia's foreign minister will discuss the Ukrainian conflict with his Turkish colleague."
    assert not quoted(strike(text)).is_clear
    assert quoted(strike("Peace talks on the Russia-Ukraine war go on while Kyiv is shelled.")).is_clear


def test_what_is_known_and_stands_between_dashes_is_not_quoted():
    town = "the Ukrainian city of Kharkiv"
    aside = f"Film from {town} – a target of Russian raids – shows people running for cover."
    place = aside.index("raids")
    one = report("RUS", "UKR", "ASSAULT", text=aside, trigger_start_char=place)
    assert not quoted(one).is_clear
    assert quoted({**one, "columns": {"trigger_start_char": aside.index("shows")}}).is_clear


def test_guests_struck_in_a_town_are_not_its_country():
    text = "Russia shot at Polish diplomats in Kharkiv, the foreign minister of Poland said."
    shots = [
        report("RUS", code, "ASSAULT", text=text, article=1, trigger_start_char=7) for code in ("UKR", "POL")
    ]
    assert not quoted(*shots).is_clear
    assert quoted(shots[0]).is_clear


def test_a_case_in_the_court_of_a_third_is_not_what_the_two_do():
    text = (
        "A court of Germany dismisses the case of a few old people of Ukraine who accuse Russia of strikes."
    )
    assert not quoted(strike(text, reported_by="x/people")).is_clear
    assert quoted(strike("Germany says that Russia struck a town in Ukraine.", reported_by="DEU")).is_clear


def test_a_short_sentence_is_quoted_with_the_one_that_it_goes_on_from():
    asks = "Ukraine's president requests that Russia provide evidence."
    begins = "Banks that help the army were put under sanctions by the finance ministry."
    one = report("UKR", "RUS", "REQUEST", text=asks)
    inputs = inputs_of(one)
    articles = inputs.tables.articles.assign(text=f"{begins} {asks}")
    start = len(begins) + 1
    events = inputs.tables.events.assign(start_char=start, end_char=start + len(asks))
    joined = replace(inputs, tables=replace(inputs.tables, articles=articles, events=events))
    (incident,) = joined.current.itertuples()
    found = quoted_report(incident, joined)
    assert (found.sentence, found.is_clear) == (f"{begins} {asks}", True)
    long = replace(joined.tables, articles=articles.assign(text=f"{begins[:-1]}{' again' * 70}. {asks}"))
    start += 420
    moved = replace(long, events=events.assign(start_char=start, end_char=start + len(asks)))
    further = replace(joined, tables=moved)
    assert not quoted_report(next(further.current.itertuples()), further).is_clear
    assert quoted_report(next(inputs.current.itertuples()), inputs).is_clear


@pytest.mark.parametrize(
    ("text", "is_clear"),
    [
        ("Ukraine says it makes no more steel following the Russian strikes on its mills.", False),
        ("Ukraine has reacted to the news that a convoy was hit by Russian strikes at dawn.", False),
        ("A depot in Ukraine is on fire after Russian strikes on the port of Odesa.", True),
        ("Four people are dead in Ukraine after the Russian strikes of last night.", True),
    ],
)
def test_force_that_only_led_to_the_news_is_not_quoted_as_the_news(text, is_clear):
    assert quoted(strike(text, trigger_start_char=text.index("strikes"))).is_clear is is_clear


def test_the_headline_is_quoted_where_the_sentence_leaves_out_that_somebody_died():
    killed = "Student killed in Russian strike on Ukraine"
    hurt = "A student was hit by a splinter of a Russian missile in the Ukrainian city of Kharkiv."
    assert quoted(strike(hurt, title=killed)).sentence == killed
    assert quoted(strike(hurt, title=HEADLINE)).sentence == hurt
