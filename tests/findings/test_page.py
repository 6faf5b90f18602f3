"""What the front page tells: which events of a pair, in whose words, and what is not printed."""

import time
from dataclasses import replace
from itertools import product

import pytest

from analysis.findings.checks import is_sure
from analysis.findings.clauses import LaterReports, clause_of, first_words, worded
from analysis.findings.incident_lines import leading_lines
from analysis.findings.page import PageWriter, chosen_clauses, front_page_of, judgment_records, watched
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.week_against_week import compared_pairs, new_pairs, not_done, pairs_out_of_news
from analysis.tables.rows import rows_of
from tests.news import Story, act, inputs_on, met, struck
from tests.reports import inputs_of, report

WEEK = "2025-05-05..2025-05-11"


def page_on(*stories, period=WEEK):
    return front_page_of(inputs_on(*stories, period=period))


def attack(day, place, killed, source=("RUS", "Russian"), target=("UKR", "Ukrainian"), **more):
    given = {"trigger_lemma": "strike", "place_name": place, "killed_count": killed, **more}
    acts = (act(source[0], target[0], "ASSAULT", "strike", **given),)
    return Story(
        day, f"A {source[1]} strike on the {target[1]} town of {place} killed {killed} people.", acts
    )


def first_chosen(*stories):
    """The most important clause of the first paragraph."""
    chosen = chosen_clauses(PageWriter(inputs_on(*stories, period=WEEK)), sure=True)
    return next(iter(chosen.values()))[0]


def told(page):
    return " ".join(one.statement for one in page.paragraphs)


CALM = [met(f"2025-0{month}-{day:02}", "FRA", "DEU") for month in (2, 3, 4) for day in range(1, 29, 3)]
TRUCE = Story(
    "2025-05-10",
    "Russia and Ukraine agreed to a ceasefire on Saturday after talks in Istanbul.",
    (act("RUS", "UKR", "AGREE", "agreed"), act("UKR", "RUS", "AGREE", "agreed")),
)
REFUSAL = Story(
    "2025-05-11",
    "Russia rejected the offer of Ukraine to exchange all prisoners.",
    (act("RUS", "UKR", "REJECT", "rejected", trigger_lemma="reject"),),
)
MANY = [met("2025-05-05", "CHN", "JPN"), met("2025-05-06", "IRN", "USA"), met("2025-05-07", "BRA", "ARG")]


def test_a_paragraph_tells_the_gravest_event_and_the_last_state_in_the_words_of_the_articles():
    page = page_on(*CALM, attack("2025-05-06", "Sumy", 30), REFUSAL, *MANY)
    war = next(one for one in page.paragraphs if one.pair == "RUS-UKR")
    assert [one.text for one in war.clauses[:2]] == [
        "A Russian strike on the Ukrainian town of Sumy killed 30 people",
        "Russia rejected the offer of Ukraine to exchange all prisoners",
    ]
    assert war.clauses[0].when == "6 May"


def test_what_is_reported_again_after_the_period_is_told_as_it_was_reported_in_it():
    inputs = inputs_on(*CALM, *(attack(f"2025-05-{day}", "Sumy", 30) for day in (11, 12)), *MANY, period=WEEK)
    assert inputs.of_pair("RUS-UKR")["story_count"].tolist() == [2]
    (told,) = (one.clauses for one in front_page_of(inputs).paragraphs if one.pair == "RUS-UKR")
    assert [one.when for one in told] == ["11 May"]


def test_a_paragraph_is_by_day_whatever_its_most_important_event():
    stories = [REFUSAL._replace(day="2025-05-06"), attack("2025-05-08", "Sumy", 30), *MANY]
    assert [one.when for one in page_on(*stories).paragraphs[0].clauses] == ["6 May", "8 May"]
    assert first_chosen(*stories).when == "8 May"


def test_the_heaviest_incidents_are_listed_first_whatever_their_pair():
    war = [attack(f"2025-05-0{day}", f"Town{day}", 30) for day in (5, 6)]
    lines = leading_lines(inputs_on(*CALM, *war, *MANY, period=WEEK), 2)
    assert [one.pair for one in lines] == ["Russia – Ukraine"] * 2


def test_the_bottom_line_is_the_first_three_paragraphs_with_their_days():
    page = page_on(*CALM, attack("2025-05-06", "Sumy", 30), TRUCE, *MANY)
    assert page.bottom_line == tuple(one.statement for one in page.paragraphs[:3])
    first = page.paragraphs[0].clauses[0].text
    assert first.endswith("killed 30 people")
    assert page.bottom_line[0].startswith(f"Russia and Ukraine. 6 May: {first}. 10 May: ")
    records = judgment_records(page)["judgments"]
    assert [one["pairs"] for one in records] == [[one.pair] for one in page.paragraphs]
    assert all(one["event_ids"] for one in records)


def test_a_paragraph_says_that_its_pair_is_more_hostile_than_usual_where_that_is_no_chance():
    quiet = [
        met(f"2025-0{month}-{day:02}", *sides)
        for month in (2, 3, 4)
        for day in range(1, 29, 3)
        for sides in (("FRA", "DEU"), ("PER", "CHL"))
    ]
    war = [attack(f"2025-05-{day:02}", f"Town{day}", 5) for day in range(5, 12)]
    for stories, is_worse in ((war, True), (war[:1], False)):
        page = page_on(
            *quiet, *(attack(f"2025-0{month}-03", "Sumy", 1) for month in (2, 3, 4)), *stories, *MANY
        )
        assert page.paragraphs[0].label == "Russia and Ukraine" + ", more hostile than usual" * is_worse


def test_what_another_report_denies_says_so():
    denial = Story(
        "2025-05-06",
        "Russia denied on Tuesday that it had struck the Ukrainian town of Sumy.",
        (
            act(
                "RUS", "UKR", "ASSAULT", "struck", trigger_lemma="strike", status="negated", place_name="Sumy"
            ),
        ),
    )
    for town, is_denied in (("Sumy", True), ("Izmail", False)):
        text = told(page_on(attack("2025-05-06", town, 30), denial))
        assert ("killed 30 people (denied in a report)" in text) == is_denied


def test_a_sentence_that_is_a_denial_itself_is_not_marked_as_denied():
    inputs = inputs_on(attack("2025-05-06", "Sumy", 30), period=WEEK)
    row = next(rows_of(inputs.current.assign(is_denied=True)))
    event = inputs.event_places[row.event_ids]
    for words, is_marked in (("Russia bombed Sumy.", True), ("Russia did not bomb Sumy.", False)):
        assert worded(words, event, row, inputs).text.endswith("(denied in a report)") == is_marked


def test_nothing_unsure_leads_and_a_page_that_has_nothing_else_says_so():
    unsure = attack("2025-05-06", "Sumy", 30, probability=0.7)
    assert "RUS-UKR" not in [one.pair for one in page_on(*CALM, unsure, *MANY).paragraphs]
    alone = page_on(*CALM, unsure, met("2025-05-06", "CHN", "JPN", probability=0.7))
    assert alone.is_unsure and alone.paragraphs


def test_a_short_item_is_told_to_its_end_and_a_longer_one_where_that_has_the_dead_or_the_answer():
    def told_with(second):
        sentence = f"Russian aircraft bombed the Ukrainian town of Sumy on Monday.  {second}"
        acts = (act("RUS", "UKR", "ASSAULT", "bombed", trigger_lemma="bomb"),)
        return second.rstrip(".") in told(page_on(Story("2025-05-06", sentence, acts)))

    more = " and later" * 15
    assert told_with("Smoke is seen for miles.  Russia says nothing.")
    assert told_with(f"Three of its people are killed{more}.")
    assert told_with(f"Ukraine rejects all talks{more}.")
    assert told_with(f"The airline of Peru denies the report{more}.")
    assert told_with(f"The two countries end all talks{more}.")
    assert not told_with(f"Smoke is seen for miles{more}.")
    assert not told_with(f"Three people are killed{more * 3}.")


def test_an_undated_article_is_marked_on_a_page_with_days():
    found = page_on(struck("2025-05-05"), met("2025-05-06"), struck(None, "Odesa"), period="all")
    whens = {one.when for row in found.paragraphs for one in row.clauses}
    assert whens == {"5 May", "6 May", "in an undated article"}


def test_a_deed_that_is_only_denied_does_not_lead():
    sentence = "Russia denied a report that its ships had fired on a freighter of Ukraine at sea."
    acts = (act("RUS", "UKR", "ASSAULT", "fired", trigger_lemma="fire"),)
    page = page_on(*CALM, Story("2025-05-06", sentence, acts), *MANY)
    assert "RUS-UKR" not in [one.pair for one in page.paragraphs]


def test_a_short_item_is_told_from_its_beginning():
    second = "Russia rejected the demands of Ukraine."
    acts = (act("RUS", "UKR", "REJECT", "rejected", trigger_lemma="reject"),)
    item = Story("2025-05-06", f"Shells hit a harbour near Odesa at night.  {second}", acts)
    assert "Shells hit a harbour near Odesa at night. Russia rejected" in told(page_on(*CALM, item))


def test_an_incident_is_sure_above_a_probability_or_by_two_stories():
    twice = [report("RUS", "UKR", "ASSAULT", probability=0.6, place_name="Sumy")] * 2
    once = report("CHN", "JPN", "ASSAULT", probability=0.81), report("IRN", "ISR", "ASSAULT", probability=0.8)
    incidents = inputs_of(*twice, *once).incidents
    assert set(incidents["dyad"][is_sure(incidents)]) == {"RUS-UKR", "CHN-JPN"}
    assert "IRN-ISR" in set(incidents["dyad"])


def test_a_sentence_that_misleads_without_its_neighbours_is_not_printed():
    sentences = [
        "He struck the Ukrainian town of Sumy with Russian missiles on Monday.",  # a pronoun
        "Poland closed its airspace after Russia had struck targets in Ukraine.",  # somebody else acts
        "The strike by the army struck the town of Sumy and its port.",  # names no side
    ]
    acts = (act("RUS", "UKR", "ASSAULT", "struck", trigger_lemma="strike"),)
    found = page_on(*CALM, *(Story("2025-05-06", one, acts) for one in sentences))
    assert "RUS-UKR" not in [one.pair for one in found.paragraphs]


def test_a_topic_and_the_nationality_of_private_people_make_no_pair():
    given = [
        ("Russia rejected the idea of a bargain over Ukraine.", "REJECT", "rejected"),
        ("A joint Ukrainian-Russian archaeological mission found a tomb.", "COOPERATE", "found"),
    ]
    stories = (Story("2025-05-06", text, (act("RUS", "UKR", root, word),)) for text, root, word in given)
    found = page_on(*CALM, *stories, *MANY)
    assert "RUS-UKR" not in [one.pair for one in found.paragraphs]


def test_a_sentence_is_printed_whole_or_not_at_all():
    acts = (act("RUS", "UKR", "ASSAULT", "bombed", trigger_lemma="bomb"),)
    for rest in (20, 80):
        sentence = (
            f"Russian aircraft bombed the Ukrainian town of Sumy on Monday, where{' people lived' * rest}."
        )
        assert (sentence in told(page_on(Story("2025-05-06", sentence, acts)))) == (rest == 20)


def test_what_is_done_in_more_or_less_than_a_month_has_the_day_of_its_report():
    for when, day in (("this year", "6 May"), ("last week", "6 May"), ("in April", "April, reported 6 May")):
        spied = attack("2025-05-06", "Sumy", 30, when=when)
        page = page_on(*CALM, spied, *MANY, period="2025-04-25..2025-05-11")
        assert [one.when for row in page.paragraphs for one in row.clauses if row.pair == "RUS-UKR"] == [day]
    late = attack("2025-12-06", "Sumy", 30, when="this year")
    assert page_on(*CALM, late, period="2025-12-01..2025-12-07").paragraphs[0].clauses[0].when == ""


def test_the_chronology_tells_what_matters_most_of_one_country_too():
    words = "A war monitor counts 1,300 dead in three days of clashes in Syria."
    dead = Story("2025-05-07", words, importance=3.9)
    vague = Story("2025-05-07", "He said that the group would not return to the country.", importance=4.8)
    small = [
        Story("2025-05-08", f"The mayor of Town{number} in Chad opens a bridge.", importance=1 + number / 10)
        for number in range(1, 20)
    ]
    small.append(Story("2025-05-08", "The mayor of Town20 in Chad opens a bridge.", importance=0.9))
    small.append(
        Story("2025-05-08", "The candidate Jo Doe has won the election to the senate.", importance=4)
    )
    page = page_on(*CALM, attack("2025-05-06", "Sumy", 30), *MANY, dead, vague, *small)
    texts = [one.text for one in page.also]
    assert words.rstrip(".") in texts
    assert not any("the group would not" in one for one in texts)
    assert any("Town19" in one for one in texts)
    assert not any("Town1 " in one or "Town20" in one or "Jo Doe" in one for one in texts)


@pytest.mark.parametrize(
    ("place", "importance", "sides"),
    [
        ("Syria", 4.9, ("Syria",)),
        ("Syria", 3.9, None),
        ("Ukraine after Russian strikes", 4.9, ("Russia", "Ukraine")),
        ("Ukraine after Russian strikes, says Iran", 4.9, None),  # none of the three begins the sentence
        ("Peru, says Cuba", 4.9, None),
    ],
)
def test_an_important_first_sentence_is_told_of_the_pair_or_the_country_that_it_is_on(
    place, importance, sides
):
    words = f"A war monitor counts 1,300 dead in three days of clashes in {place}."
    attacks = [attack("2025-05-06", place, 30, importance=5) for place in ("Sumy", "Izmail")]
    page = page_on(*CALM, *attacks, *MANY, Story("2025-05-07", words, importance=importance))
    assert [one.sides for one in page.paragraphs if "monitor" in one.statement] == [sides] * bool(sides)
    kept = judgment_records(page)
    assert len(kept["countries"]) == (sides == ("Syria",)) and len(kept["judgments"]) > 1


def test_of_words_that_matter_alike_the_later_leads_and_of_raids_the_deadlier():
    refusals = [REFUSAL._replace(day=day) for day in ("2025-05-05", "2025-05-09")]
    raids = [attack("2025-05-05", "Sumy", 30), attack("2025-05-09", "Izmail", 20)]
    for stories, day in ((refusals, "9 May"), (raids, "5 May")):
        assert first_chosen(*CALM, *stories, *MANY).when == day


def test_of_further_events_of_a_pair_the_short_and_late_are_told():
    long = "Sumy, Konotop, Romny and Shostka"
    raids = [
        attack(f"2025-05-0{day}", place, 30)
        for day, place in enumerate(("Izmail", long, "Odesa", "Kherson", "Lviv"), 5)
    ]
    clauses = page_on(*CALM, *raids, *MANY).paragraphs[0].clauses
    assert [one.when for one in clauses] == ["5 May", "7 May", "8 May", "9 May"]


def test_what_is_later_than_all_that_is_told_of_a_pair_is_told_though_a_little_less_grave():
    places = ("Izmail", 30), ("Odesa", 30), ("Kherson", 30), ("Sumy", 90), ("Lviv", 20)
    raids = [attack(f"2025-05-0{day}", *one) for day, one in enumerate(places, 5)]
    clauses = page_on(*CALM, *raids, *MANY).paragraphs[0].clauses
    assert [one.when for one in clauses] == ["6 May", "7 May", "8 May", "9 May"]


def test_a_long_article_is_told_by_its_beginning_though_a_later_sentence_is_told():
    long = "On we go " * 45
    words = (
        "Floods in Chad have killed 41 people this week.  Russia bombed Ukraine on Monday, officials said."
    )
    acts = (act("RUS", "UKR", "ASSAULT", "bombed", trigger_lemma="bomb", killed_count=900),)
    for title, is_listed in ((long, True), ("Envoys meet", False)):
        page = page_on(*CALM, *MANY, Story("2025-05-07", words, acts, title=title, importance=3.9))
        assert any("Floods" in one.text for one in page.also) == is_listed


def test_what_further_sentences_say_is_due_is_watched_and_what_a_side_denies_is_told():
    words = "Russia bombed Ukraine on Monday, officials said.  {}"
    acts = (act("RUS", "UKR", "ASSAULT", "bombed", trigger_lemma="bomb"),)
    for more, is_due, is_told in (
        ("Peru and Chile will meet in Lima on 20 May.", True, False),
        ("Peru and Chile will meet in Lima on Sept. 9.", True, False),
        ("Russia denied that it had bombed the town.", False, True),
    ):
        story = Story("2025-05-07", words.format(more), acts, title="On we go " * 45, importance=3.9)
        page = page_on(*CALM, *MANY, story)
        assert any("Lima" in one.text for one in page.due) == is_due
        assert ("denied" in told(page)) == is_told


def test_no_sentence_is_told_on_over_what_lies_between():
    acts = (act("RUS", "UKR", "ASSAULT", "bombed", trigger_lemma="bomb"),)
    words = "Russia bombed Ukraine on Monday, officials said.  LONDON - Russia denied that it had done so."
    inputs = inputs_on(*CALM, *MANY, Story("2025-05-07", words, acts), period=WEEK)
    assert "denied" in told(front_page_of(inputs))
    sentences = inputs.tables.sentences.copy()
    sentences.loc[sentences["text"].str.startswith("LONDON"), "start_char"] += len("LONDON - ")
    inputs = PeriodInputs(replace(inputs.tables, sentences=sentences), inputs.period)
    assert "denied" not in told(front_page_of(inputs))


def test_the_return_of_the_dead_counts_for_no_raid():
    bodies = attack("2025-05-09", "Izmail", 900)
    bodies = bodies._replace(sentence="After a strike Russia returns the bodies of 900 Ukrainian soldiers.")
    assert "Sumy" in first_chosen(*CALM, bodies, attack("2025-05-05", "Sumy", 30), *MANY).text


@pytest.mark.parametrize(
    ("count", "theme", "is_told"),
    [(5, "armed conflict", True), (5, "accidents", False), (4, "armed conflict", False)],
)
def test_who_is_killed_in_a_country_at_war_is_told_of_that_war(count, theme, is_told):
    raids = [attack("2025-04-06", f"Town{n}", 3) for n in range(1, count)]
    nobody = Story(
        "2025-05-07", "At least 71 people are killed in Odesa, Ukraine.", importance=3.9, theme=theme
    )
    page = page_on(*CALM, *raids, attack("2025-05-06", "Sumy", 3), *MANY, nobody)
    assert ("71 people" in next(one for one in page.paragraphs if one.pair == "RUS-UKR").statement) == is_told


def test_a_sentence_leads_with_the_pair_of_which_it_most_likely_tells():
    hosts = ("AFG", "PAK", 0.95), ("TUR", "PAK", 0.85)
    acts = tuple(act(one, other, "CONSULT", "talks", probability=sure) for one, other, sure in hosts)
    words = "Afghanistan and Pakistan end talks held in Istanbul, Turkey, without an agreement."
    more = [met(f"2025-05-0{day}", "TUR", "PAK") for day in (5, 6, 8)]
    page = page_on(*CALM, Story("2025-05-07", words, acts), *MANY, *more)
    assert [one.pair for one in page.paragraphs if "Istanbul" in one.statement] == ["AFG-PAK"]


def test_what_an_article_begins_with_is_due_on_the_day_that_it_names():
    words = "Peru postpones its tariffs on all goods from Chile until {}."
    for day, due in (("July 9", ["due 9 July, reported 7 May"]), ("May 8", [])):
        page = page_on(*CALM, *MANY, Story("2025-05-07", words.format(day), importance=2.5))
        assert [one.when for one in page.due] == due
        assert [one.when for one in page.also if "Peru" in one.text] == ["7 May"] * (not due)


def test_a_day_to_come_in_a_paragraph_is_pointed_to():
    words = "Russia gives Ukraine until May 20 to leave the town, and will not wait."
    ultimatum = Story("2025-05-07", words, (act("RUS", "UKR", "THREATEN", "gives", trigger_lemma="give"),))
    words = "In Russia, a minister of Ukraine will meet the president on May 22 after a year of war."
    visit = Story(
        "2025-05-07", words, (act("UKR", "RUS", "CONSULT", "meet", status="future", when="May 22"),)
    )
    for stories, days in (((ultimatum,), [20]), ((visit,), [22]), ((ultimatum, visit), [20, 22])):
        page = page_on(*CALM, *stories, *MANY)
        assert all(one.sentence.rstrip(".") in told(page) for one in stories)
        due = [(f"due {day} May", "told above, under Russia and Ukraine") for day in days]
        assert [(one.when, one.text) for one in page.due] == due


def test_what_is_called_off_is_due_no_more():
    plan = act("FRA", "JPN", "CONSULT", "visit", status="future", when="2025-05-20")
    visit = Story("2025-05-06", "In France, Macron will visit Japan on May 20, his office said.", (plan,))
    for words, is_due, is_told in (
        ("Macron has called off his visit to Japan.", False, False),
        ("Macron cancels a deal with Japan.", True, True),
        ("Macron of France called off a trip to Japan that was planned for May 20.", False, False),
        ("Japan has scrapped the summit in Lyon.", False, False),
        ("Japan has scrapped the summit with China in Lyon.", True, True),
    ):
        page = page_on(*CALM, visit, *MANY, Story("2025-05-08", words, importance=2.5))
        assert any("Japan" in one.text for one in page.due) == is_due
        assert ("Macron will" in told(page)) == is_told


def test_what_a_country_does_to_several_is_told_of_the_one_that_does_it():
    words = "{} refuses to rule out force to take Greenland and the Panama Canal."
    for doer, sides in (("The United States", [("the United States",)]), ("A Liberian-flagged ship", [])):
        told = Story("2025-05-07", words.format(doer), importance=4.9)
        page = page_on(*CALM, attack("2025-05-06", "Sumy", 30), *MANY, told)
        assert [one.sides for one in page.paragraphs if "Greenland" in one.statement] == sides


def test_the_beginning_of_an_article_joins_a_paragraph_on_the_pair_that_it_names():
    words = "The president sets Russia a deadline of twelve days to end the war in Ukraine."
    for importance, is_told in ((5, True), (0.9, False)):
        one = Story("2025-05-08", words, importance=importance)
        page = page_on(*CALM, attack("2025-05-06", "Sumy", 30), *MANY, one)
        war = next(one for one in page.paragraphs if one.pair == "RUS-UKR")
        assert war.clauses[0].text.endswith("killed 30 people")  # what leads is a sure act of the pair
        assert ("deadline" in told(page)) == is_told


def test_a_toll_that_a_later_report_exceeds_has_that_report_beside_it():
    last = "The death toll of Tuesday's Russian strike on the Ukrainian town of Sumy rises to 34."
    other = "The death toll of the floods in Chad rises to 40."
    stories = [
        *(*CALM, attack("2025-05-05", "Sumy", 11), attack("2025-05-06", "Sumy", 30), *MANY),
        *(Story("2025-05-07", one, importance=3.9) for one in (last, other)),
    ]
    page = page_on(*stories)
    war = next(one for one in page.paragraphs if one.pair == "RUS-UKR")
    days = [(one.when, one.text.partition("strike")[0]) for one in war.clauses]
    assert ("6 May", "A Russian ") in days
    assert days[-1] == ("7 May", "The death toll of Tuesday's Russian ")
    assert [one.text for one in page.also if "toll" in one.text] == [other.rstrip(".")]


def test_a_toll_that_rose_before_a_report_does_not_follow_it():
    words = "The death toll of the Russian strike on Sumy rises to 34, officials said on Tuesday."
    risen = Story("2025-05-07", words, importance=3.9)
    for reported, is_later in (("2025-05-05", True), ("2025-05-09", False)):
        inputs = inputs_on(attack(reported, "Sumy", 30, when="on Monday"), risen, period=WEEK)
        clause = clause_of(next(rows_of(inputs.current)), inputs)
        assert bool(LaterReports(inputs).after(clause)) == is_later


def test_a_toll_in_other_words_follows_a_blow_of_its_sides_and_day():
    said = "Guards of Moscow fired across a frozen river at a patrol of Kyiv, killing six people."
    fought = Story("2025-05-06", said, (act("RUS", "UKR", "ASSAULT", "fired", killed_count=6),))
    for day, is_later in (("Tuesday", True), ("Monday", False)):
        words = f"The death toll from {day}'s clash between Russia and Ukraine rises to 34."
        inputs = inputs_on(fought, Story("2025-05-07", words, importance=3.9), period=WEEK)
        clause = clause_of(next(rows_of(inputs.current)), inputs)
        assert bool(LaterReports(inputs).after(clause)) == is_later


@pytest.mark.parametrize(
    ("words", "is_later"),
    [
        ("Ukraine takes back its accusation that Russia had poisoned the wells of Sumy.", True),
        ("Ukraine says again that Russia had poisoned the wells of Sumy.", False),
        ("Chad takes back its accusation that a firm had poisoned the lake.", False),
    ],
)
def test_what_is_taken_back_is_told_with_the_taking_back(words, is_later):
    said = "Ukraine accused Russia of having poisoned the wells of Sumy."
    first = Story("2025-05-05", said, (act("UKR", "RUS", "ACCUSE", "accused"),))
    inputs = inputs_on(first, Story("2025-05-07", words, importance=3.9), period=WEEK)
    clause = clause_of(next(rows_of(inputs.current)), inputs)
    assert bool(LaterReports(inputs).after(clause)) == is_later


def test_of_several_tolls_of_one_thing_the_list_tells_the_last():
    words = "The death toll of the floods in {} rises to {}."
    tolls = [("05", "Chad", 20), ("07", "Chad", 31), ("06", "Chad", 24), ("08", "Ghana", 5)]
    stories = [
        Story(f"2025-05-{day}", words.format(*rest), importance=3.9 - number / 10)
        for number, (day, *rest) in enumerate(tolls)
    ]
    page = page_on(*CALM, attack("2025-05-06", "Sumy", 30), *MANY, *stories)
    assert [one.text for one in page.also if "toll" in one.text] == [
        words.format(*rest).rstrip(".") for rest in (("Chad", 31), ("Ghana", 5))
    ]


@pytest.mark.parametrize(
    ("words", "bracket"),
    [
        ("An attack on Sunday on a camp in Chad killed 20 soldiers.", "on Sunday [4 May]"),
        ("An attack on Sunday night on a camp in Chad killed 20 soldiers.", "on Sunday [4 May] night"),
        ("An attack on Sunday 27 April on a camp in Chad killed 20 soldiers.", ""),
        ("An attack on Sunday, the 27th of April, on a camp in Chad killed 20 soldiers.", ""),
        ("An attack on Sunday, Apr. 27, on a camp in Chad killed 20 soldiers.", ""),
        ("Soldiers from Chad on Sunday marched into a camp in Niger.", "on Sunday [4 May] marched"),
        ("The toll of Sunday’s attack on a camp in Chad rises to 20.", "Sunday’s [4 May] attack"),
        ("An attack last Thursday on a camp in Chad killed 20 soldiers.", "last Thursday [1 May]"),
        ("An attack three days ago on a camp in Chad killed 20 soldiers.", "three days ago [5 May]"),
        ("An attack twenty-two days ago on a camp in Chad killed 20 soldiers.", ""),
        ("An attack a few days ago on a camp in Chad killed 20 soldiers.", ""),
        ("An attack on Tuesday on a camp in Chad killed 20 soldiers.", ""),
        ("An attack yesterday on a camp in Chad killed 20 soldiers.", "yesterday [7 May]"),
        ("The presidents of Chad and of Niger will meet on Sunday in the town of Abéché.", ""),
    ],
)
def test_a_weekday_before_the_period_has_its_day_in_brackets(words, bracket):
    page = page_on(*CALM, attack("2025-05-06", "Sumy", 30), *MANY, Story("2025-05-08", words, importance=3.9))
    line = next(one.text for one in page.also if "Chad" in one.text)
    assert bracket in line
    assert ("[" in line) == bool(bracket)


def test_no_sentence_is_told_twice():
    both = Story(
        "2025-05-06",
        "Israel struck targets in Iran and Lebanon on Tuesday night, officials said.",
        (act("ISR", "IRN", "ASSAULT", "struck"), act("ISR", "LBN", "ASSAULT", "struck")),
    )
    page = page_on(*CALM, both, *MANY)
    everything = [*(one for row in page.paragraphs for one in row.clauses), *page.also, *page.due]
    assert len({place for one in everything for place in one.places}) == len(everything)


def test_what_is_due_has_its_day_and_the_next_page_says_that_it_is_not_reported_as_done():
    summit = Story(
        "2025-05-09",
        "Presidents of Russia and Ukraine will meet in Ankara on 20 May.",
        (act("RUS", "UKR", "CONSULT", "meet", status="future", when="on 20 May"),),
    )
    stories = [*CALM, attack("2025-05-06", "Sumy", 30), summit, *MANY]
    assert "Due 20 May, reported 9 May: Presidents of Russia and Ukraine will meet" in told(page_on(*stories))
    stories.append(attack("2025-05-15", "Odesa", 3))
    for day, is_late in (("2025-05-15", False), ("2025-05-22", True)):
        later = inputs_on(*stories, attack(day, "Kharkiv", 3), period="week")
        assert [one.text.startswith("Presidents") for one in not_done(later)] == [True] * is_late


def test_what_is_due_by_a_day_is_not_due_since_its_report():
    words = "Envoys of Russia and Ukraine met and agreed to free all prisoners by 20 May."
    freed = act("RUS", "UKR", "COOPERATE", "free", status="future", when="by 20 May", importance=1.5)
    page = page_on(*CALM, attack("2025-05-06", "Sumy", 30), Story("2025-05-09", words, (freed,)), *MANY)
    assert "ue by 20 May, reported 9 May: Envoys" in told(page)


def test_what_was_due_is_not_late_where_it_is_trivial_or_a_later_report_puts_it_off():
    text = "Presidents of Russia and Ukraine will meet in Ankara on 20 {}."

    def meeting(day, month, **given):
        given |= {"status": "future", "when": f"on 20 {month}"}
        return Story(day, text.format(month), (act("RUS", "UKR", "CONSULT", "meet", **given),))

    def late(*stories):
        raid = attack("2025-05-22", "Kharkiv", 3)
        return not_done(inputs_on(*CALM, *stories, attack("2025-05-15", "Odesa", 3), raid, period="week"))

    assert len(late(meeting("2025-05-09", "May"))) == 1
    assert late(meeting("2025-05-09", "May", importance=2.5)) == []
    assert late(meeting("2025-05-09", "May"), meeting("2025-05-19", "June")) == []
    gone = "The presidents of Russia and Ukraine will not be meeting in Ankara after all."
    assert late(meeting("2025-05-09", "May"), Story("2025-05-19", gone)) == []
    plans = (("", 0), (" that was due on 20 May", 0), (" that was due on 29 May", 1), (" until 20 May", 1))
    for planned, count in plans:
        off = Story("2025-05-19", f"Russia cancelled a summit with Ukraine{planned}.")
        assert len(late(meeting("2025-05-09", "May"), off)) == count


def test_what_was_announced_before_the_period_is_still_to_watch_until_its_day_has_come():
    given = {"status": "future", "when": "on 20 May"}
    acts = (act("RUS", "UKR", "CONSULT", "meet", **given),)
    summit = Story("2025-05-01", "Presidents of Russia and Ukraine will meet in Ankara on 20 May.", acts)
    for period, pairs in ((WEEK, ["RUS-UKR"]), ("2025-05-05..2025-05-20", [])):
        assert watched(inputs_on(*CALM, summit, *MANY, period=period))["dyad"].tolist() == pairs
    acts = (act("RUS", "UKR", "CONSULT", "meet", status="future", when="from 5 to 7 May"),)
    talks = Story("2025-04-30", "Presidents of Russia and Ukraine will meet in Ankara from 5 to 7 May.", acts)
    page = page_on(*CALM, talks, period="2025-04-28..2025-05-04")
    assert "Due 5 to 7 May, reported 30 April: " in told(page)
    acts = (act("RUS", "UKR", "CONSULT", "meet", status="future", when="in 2026"),)
    vague = Story("2025-05-01", "Presidents of Russia and Ukraine will meet in Ankara in 2026.", acts)
    assert watched(inputs_on(*CALM, vague, *MANY, period=WEEK)).empty  # some day of a year


def test_what_was_announced_for_a_day_of_the_period_itself_is_no_longer_to_watch():
    for day, pairs in (("8 May", []), ("12 May", ["RUS-UKR"])):
        acts = (act("RUS", "UKR", "CONSULT", "meet", status="future", when=f"on {day}"),)
        text = f"Presidents of Russia and Ukraine will meet in Ankara on {day}."
        inputs = inputs_on(*CALM, Story("2025-05-06", text, acts), *MANY, period=WEEK)
        assert watched(inputs)["dyad"].tolist() == pairs
        page = front_page_of(inputs)
        assert [one.pair for one in page.paragraphs if one.pair == "RUS-UKR"] == pairs
        assert bool(pairs) == ("Due" in told(page))


def test_a_pile_has_a_line_for_each_article_below_the_pair_that_it_deals_with():
    dam = Story("2025-03-01", "A dam burst near a village in the hills.")
    aside = "Russian aircraft bombed the Ukrainian town of Sumy at night, as Germany watched."
    acts = (act("RUS", "UKR", "ASSAULT", "bombed"), act("UKR", "RUS", "ACCUSE", "Sumy"))
    titled = Story("2025-05-09", aside, acts, title="Another night of fire and fear in Sumy")
    asked = titled._replace(title="Can Russia and Ukraine ever be at peace?")
    rain = Story("2025-04-01", "It rained.", title="Rain")
    bare = rain._replace(title=None)
    stories = [met("2025-01-06"), met(None), dam, rain, bare, struck("2025-06-01"), titled, asked, *MANY]
    page = page_on(*stories, period="all")
    groups = dict(page.groups)
    assert list(groups) == ["RUS-UKR", "CHN-USA", "one each", ""]
    assert sum(map(len, groups.values())) == len(stories) and not page.paragraphs
    assert [one.when for one in groups["CHN-USA"]] == ["6 January 2025", "undated"]
    assert [bool(one.more) for one in groups["RUS-UKR"]] == [True, True, False]
    assert all(one.pair for one in groups["one each"]) and not any(one.pair for one in groups["CHN-USA"])
    assert [one.text for one in groups[""]][1:] == ["Rain", "an article without a title"]
    assert groups[""][0].text == dam.sentence.rstrip(".")  # its title, "Envoys meet", is short
    assert page.bottom_line[0].startswith("Of 11 articles, 3 were found to be on Russia and Ukraine and 2 on")
    assert page_on(*[met(f"2025-0{month}-01") for month in (1, 3, 5)], period="all").paragraphs
    assert not page_on(*stories * 7, period="all").groups


def test_the_first_sentence_of_an_article_is_not_its_title_and_the_dateline_below_it():
    test = "India tested a missile over the Bay of Bengal on Thursday."
    line = "NEW DELHI -  " + test  # the first of two sentences; datelines are no rows of `Sentences`
    inputs = inputs_on(Story("2025-05-09", line, title="India tests missile"), *MANY[:3], period="all")
    rows = inputs.tables.sentences
    kept = replace(inputs.tables, sentences=rows[~rows["text"].str.startswith("NEW DELHI")])
    (article, *_) = rows_of(kept.articles)
    assert first_words(article, replace(inputs, tables=kept)) == test.rstrip(".")


def test_a_pile_says_how_its_articles_were_put_under_pairs():
    dams = [Story(f"2025-0{month}-01", "A dam burst near a village in the hills.") for month in (1, 3, 5, 6)]
    for stories, said in (
        (dams, "None of these 4 articles was put under a pair of countries."),
        ([*dams, met("2025-02-01")], "Of 5 articles, only one was found to be on China – United States."),
        ([*dams, *MANY], "No two of these 7 articles were put under the same pair of countries."),
    ):
        assert page_on(*stories, period="all").bottom_line == (said,)


def inputs_with(*stories):
    return inputs_on(*CALM, *stories, *MANY, period=WEEK)


def compared(*stories):
    """What is said of the level of each pair that has one."""
    inputs = inputs_with(*stories)
    return {pair: said for pair, (_, said) in compared_pairs(front_page_of(inputs), inputs).items()}


WAR = [attack("2025-05-06", "Sumy", 3), attack("2025-05-08", "Odesa", 4)]
WAR_BEFORE = [attack("2025-04-29", "Sumy", 3), attack("2025-05-01", "Odesa", 4)]
LONG_WAR = [attack(f"2025-0{month}-{day:02}", "Kyiv", 3) for month in (2, 3, 4) for day in (3, 10, 17, 24)]
OTHER_NEWS = met("2025-04-30", "BRA", "ARG")


def test_a_pair_is_called_higher_where_two_stories_make_it_far_more_hostile_than_usual_and_than_before():
    found = compared(OTHER_NEWS, *(attack(f"2025-0{month}-03", "Kyiv", 1) for month in (2, 3, 4)), *WAR)
    assert found == {"RUS-UKR": "far higher, on two stories"}
    assert compared(*LONG_WAR, *WAR_BEFORE, *WAR) == {"RUS-UKR": "usual or above"}  # no more than before
    assert compared(OTHER_NEWS, *LONG_WAR, WAR[0]) == {}  # one story


def test_a_pair_below_its_usual_level_or_with_no_known_one_is_not_compared():
    raids = [attack(f"2025-03-{day:02}", f"Town{day}", 3) for day in range(1, 29)]
    assert compared(OTHER_NEWS, *raids, *WAR) == {}
    assert compared(OTHER_NEWS, attack("2025-04-02", "Kyiv", 1), *WAR) == {}


def test_a_war_is_out_of_the_news_where_no_article_names_both_sides_or_those_of_a_group():
    lone = Story("2025-05-08", "A museum of Russia showed a painting of a village in Ukraine.")
    for stories, names in (
        (WAR_BEFORE, ["Russia and Ukraine (two stories before)"]),
        ([*WAR_BEFORE, TRUCE], []),
        ([*WAR_BEFORE, lone], []),
        (WAR_BEFORE[:1], []),  # hostile on one story
    ):
        assert pairs_out_of_news(inputs_with(*stories)) == names


def test_a_pair_is_new_where_it_has_a_paragraph_and_no_earlier_article_names_both():
    pact = met("2025-05-06", "PER", "CHL")
    lone = Story("2025-03-08", "A museum of Peru showed a painting of a village in Chile.")
    for stories, is_new in (([OTHER_NEWS, pact], True), ([OTHER_NEWS, lone, pact], False)):
        inputs = inputs_with(*stories)
        assert ("Chile and Peru" in new_pairs(front_page_of(inputs), inputs)) is is_new
    famine = Story("2025-05-07", "A famine kills thousands of people in the south of Nepal.", importance=4.9)
    page = front_page_of(inputs := inputs_with(OTHER_NEWS, famine))
    assert page.paragraphs[0].pair == "NPL"
    assert "Nepal" not in new_pairs(page, inputs)  # named together with nobody
    inputs = inputs_with(OTHER_NEWS, *(attack(f"2025-05-{day:02}", f"Town{day}", 3) for day in range(5, 12)))
    assert "RUS-UKR" in compared_pairs(page := front_page_of(inputs), inputs)
    assert "Russia and Ukraine" not in new_pairs(page, inputs)  # once, with its level


@pytest.mark.parametrize(
    "stories", [[], [Story("2025-05-06", "It rained.")], [struck(None)], [met(None), struck(None)]]
)
def test_without_dates_or_acts_there_is_a_page(stories):
    inputs = inputs_on(*stories, period="auto")
    page = front_page_of(inputs)
    assert len(page.bottom_line) <= 2
    assert not compared_pairs(page, inputs) and not new_pairs(page, inputs) and not pairs_out_of_news(inputs)


def test_a_thousand_stories_on_one_day_are_a_page_within_seconds():
    towns = ["".join(name).title() for name in product("bdfgklmnpr", "aeiou", "bdfgk", "aeio")]
    reports = [
        report(
            "RUS",
            "UKR",
            "ASSAULT",
            text=f"Russia struck the Ukrainian town of {town} on Monday.",
            place_name=town,
        )
        for town in towns
    ]
    inputs = inputs_of(*reports)
    assert len(inputs.current) > 100
    start = time.perf_counter()
    assert len(front_page_of(inputs).paragraphs) == 1
    assert time.perf_counter() - start < 10


def test_a_blockade_and_a_later_withdrawal_are_told_beside_a_threat():
    threat = Story(
        "2025-05-05",
        "Russia threatened Ukraine with a war over the islands.",
        (act("RUS", "UKR", "THREATEN", "threatened", trigger_lemma="threaten"),),
    )
    blockade = Story(
        "2025-05-06",
        "Russia imposed a naval blockade on Ukraine in the Black Sea.",
        (act("RUS", "UKR", "COERCE", "blockade", trigger_lemma="blockade"),),
    )
    withdrawal = Story(
        "2025-05-10",
        "Russia told Ukraine of the withdrawal of all its troops from the islands.",
        (act("RUS", "UKR", "RETREAT", "withdrawal", trigger_lemma="withdrawal", mode="withdraw"),),
    )
    text = page_on(threat, blockade, withdrawal).paragraphs[0].statement
    assert all(word in text for word in ("5 May: Russia threatened", "blockade", "10 May: Russia told"))


def test_a_label_names_the_armed_group_that_its_clause_is_on():
    sentence = "Israel struck Houthi targets in Sanaa, Yemen, on Monday."
    page = page_on(Story("2025-05-06", sentence, (act("ISR", "YEM", "ASSAULT", "struck"),)))
    assert [one.label for one in page.paragraphs] == ["Israel and the Houthis"]


def test_a_label_names_the_side_of_the_gravest_event_only_where_every_clause_names_it():
    group = {"target_id": "group:hezbollah", "target_name": "Hezbollah", "target_kind": "armed group"}
    strike = act("ISR", "LBN", "ASSAULT", "struck", killed_count=40, **group)
    raid = Story(
        "2025-05-06", "Israel struck Hezbollah in Beirut on Tuesday and killed 40 people.", (strike,)
    )
    talks = Story(
        "2025-05-08",
        "Lebanon broke off ceasefire talks with Israel on Thursday.",
        (act("LBN", "ISR", "REJECT", "broke off", trigger_lemma="break"),),
    )
    for stories, label in (((raid,), "Israel and Hezbollah"), ((raid, talks), "Israel and Lebanon")):
        page = page_on(*CALM, *stories, *MANY)
        assert [(len(one.clauses), one.name) for one in page.paragraphs if one.pair == "ISR-LBN"] == [
            (len(stories), label)
        ]


def test_no_armed_group_stands_on_both_sides_of_a_label():
    raid = act(
        *("RWA", "COD", "ASSAULT", "attacked"),
        trigger_lemma="attack",
        source_id="group:m23",
        source_name="M23",
        source_kind="armed group",
    )
    page = page_on(
        *CALM,
        Story("2025-05-06", "M23 attacked a rally in Bukavu, Democratic Republic of the Congo.", (raid,)),
        *MANY,
    )
    assert "M23 and M23" not in " ".join(one.label for one in page.paragraphs)
    assert any("M23" in one.label for one in page.paragraphs)


@pytest.mark.parametrize(
    ("target", "named", "pairs"), [("SDN", "Sudanese", None), ("TCD", "Chadian", "SDN-TCD")]
)
def test_rebels_have_a_paragraph_with_another_state_and_a_line_with_their_own(target, named, pairs):
    group = {"source_id": "group:rsf", "source_name": "Rapid Support Forces", "source_kind": "armed group"}
    raid = act(
        "RSF", target, "ASSAULT", "attacked", trigger_lemma="attack", source_country_code=None, **group
    )
    sentence = f"The Rapid Support Forces attacked a {named} army base at the border on Tuesday."
    page = page_on(*CALM, Story("2025-05-06", sentence, (raid,)), *MANY)
    records = [one for one in judgment_records(page)["judgments"] if "Rapid" in one["statement"]]
    assert [one["pairs"] for one in records] == ([[f"RSF-{target}", pairs]] if pairs else [])
    assert any("Rapid" in one.text for one in page.also) == (not pairs)


def test_a_page_has_a_few_clauses_however_much_is_reported():
    stories = [attack(f"2025-05-{day:02}", f"Town{n}", n + 2) for day in range(5, 12) for n in range(4)]
    page = page_on(*CALM, *stories, *MANY)
    war = next(one for one in page.paragraphs if one.pair == "RUS-UKR")
    assert len(war.clauses) <= 4 and len(page.paragraphs) <= 8
