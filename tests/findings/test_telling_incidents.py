"""Which incident of a pair comes first: what opened a war, a truce, the largest attack."""

import pytest

from analysis.findings.key_judgments import bottom_line, key_judgments
from analysis.findings.pair_news import pair_news
from tests.reports import inputs_of, report
from tests.tables import quotes

WEEK = "2025-05-05..2025-05-11"
OLDER = report("USA", "CHN", "CONSULT", day="2025-02-03")  # the articles go back far enough
DEADLY = "Russia struck the Ukrainian city of Sumy, killing ninety."


def strike(text, source="RUS", target="UKR", **more):
    return report(
        source, target, "ASSAULT", **{"trigger_lemma": "strike", "probability": 1.0, "text": text, **more}
    )


def both_ways(text, root="AGREE", **more):
    """An act of Russia and Ukraine with each other."""
    ways = (("RUS", "UKR"), ("UKR", "RUS"))
    more = {"article": "talks", "trigger_lemma": "agree", "probability": 0.95, "text": text, **more}
    return [report(source, target, root, **more) for source, target in ways]


def quotes_of(*reports, pair="RUS-UKR", period="auto"):
    return [part.quote for part in pair_news(pair, inputs_of(*reports, period=period)).parts]


def test_a_truce_that_is_agreed_leads_over_the_dead_of_its_week():
    truce = "Russia and Ukraine agreed to a ceasefire along the whole front at dawn."
    assert quotes_of(strike(DEADLY, killed_count=90), *both_ways(truce)) == [truce, DEADLY]


@pytest.mark.parametrize(
    "text",
    [
        "Russia and Ukraine agreed to exchange forty prisoners from each side at dawn.",
        "Russia and Ukraine agreed to meet, although each accused the other of breaking the ceasefire.",
        "Russia and Ukraine agreed to negotiate a ceasefire after two days of talks in Oslo.",
    ],
)
def test_other_accords_and_talk_of_an_older_truce_do_not_lead_over_the_dead(text):
    assert quotes_of(strike(DEADLY, killed_count=90), *both_ways(text))[0] == DEADLY


def test_the_day_on_which_a_war_began_leads_over_a_deadlier_one_and_over_the_answer():
    began = strike(
        "India struck an air base in the Pakistani city of Lahore.", "IND", "PAK", day="2025-05-07"
    )
    answer = "Pakistan struck the Indian city of Amritsar in retaliation, killing four."
    answered = strike(answer, "PAK", "IND", day="2025-05-07", killed_count=4)
    later = "Pakistan struck the Indian city of Jammu at night, killing six."
    followed = strike(later, "PAK", "IND", day="2025-05-09", killed_count=6)
    told = quotes_of(OLDER, answered, followed, began, pair="IND-PAK", period=WEEK)
    assert told[0] == began["text"]
    without_background = quotes_of(answered, followed, began, pair="IND-PAK")
    assert without_background[0] == later


def test_beside_the_blow_that_opened_a_war_the_deadliest_answer_is_told():
    began = strike(
        "India struck an air base in the Pakistani city of Lahore.", "IND", "PAK", day="2025-05-07"
    )
    first = "Pakistan struck the Indian city of Amritsar on the same day, wounding four people."
    later = "Pakistan struck the Indian city of Jammu at night, killing six people."
    answers = [
        strike(first, "PAK", "IND", day="2025-05-07", place_name="Amritsar", injured_count=4),
        strike(later, "PAK", "IND", day="2025-05-09", place_name="Jammu", killed_count=6),
    ]
    assert quotes_of(OLDER, began, *answers, pair="IND-PAK", period=WEEK) == [began["text"], later]


def test_the_bottom_line_gives_the_blows_of_both_sides_and_one_of_two_by_the_same():
    ours = strike("Russia struck the Ukrainian city of Sumy, killing nine.", killed_count=9)
    theirs = strike("Ukraine struck the Russian city of Tula at night.", "UKR", "RUS", place_name="Tula")
    taken = strike("Russia captured the Ukrainian city of Pokrovsk on Friday.", trigger_lemma="capture")
    both, one_side = (
        " ".join(bottom_line(key_judgments(inputs), inputs))
        for inputs in (inputs_of(ours, theirs), inputs_of(ours, taken))
    )
    assert ours["text"][:-1] in both and theirs["text"][:-1] in both
    assert len({ours["text"][:-1] in one_side, taken["text"][:-1] in one_side}) == 2


def test_a_judgment_gives_a_threat_before_what_became_of_it():
    threat = "Russia will resume its strikes if Ukraine frees no prisoners by noon on Friday."
    freed = "Ukraine frees forty prisoners of Russia on Friday, as the two had agreed."
    inputs = inputs_of(
        report("RUS", "UKR", "THREATEN", text=threat, day="2025-05-05", probability=1.0),
        report("UKR", "RUS", "RETREAT", text=freed, day="2025-05-09", probability=1.0),
    )
    (judgment,) = key_judgments(inputs)
    for words in (judgment.statement, judgment.short):
        assert 0 <= words.index(threat[:-1]) < words.index(freed[:-1])


def test_what_the_side_that_was_struck_counts_is_no_lesser_toll():
    ministry = "Strikes of Russia killed 103 people in Ukraine, said its ministry of health."
    forty = "Russia struck the Ukrainian city of Sumy, killing forty."
    said = strike(ministry, killed_count=103, reported_by="kyiv")
    told_by = quotes({"speaker_id": "kyiv", "country_code": "UKR"})
    inputs = inputs_of(said, strike(forty, killed_count=40, place_name="Sumy"), quotes=told_by)
    assert inputs.incidents["is_claim"].sum() == 1
    (judgment,) = key_judgments(inputs)
    assert ministry[:-1] in judgment.short and forty[:-1] not in judgment.short


def test_the_blows_of_both_sides_and_a_truce_are_three_parts_of_a_judgment():
    truce = "Russia and Ukraine agreed to a ceasefire along the whole front at dawn."
    theirs = "Ukraine struck the Russian city of Tula at night, killing four."
    answered = strike(theirs, "UKR", "RUS", place_name="Tula", killed_count=4)
    assert set(quotes_of(strike(DEADLY, killed_count=9), answered, *both_ways(truce))) == {
        DEADLY,
        theirs,
        truce,
    }


def test_a_blow_of_the_other_side_is_told_before_a_second_one_of_the_same_side():
    clash = "Russian and Ukrainian soldiers clashed at the border, and thirty of both died."
    fought = [{**one, "root": "ASSAULT"} for one in both_ways(clash, "ASSAULT", killed_count=30)]
    killed = strike("Russia struck the Ukrainian city of Sumy, killing a commander.", killed_count=1)
    again = strike(
        "Russia struck the Ukrainian city of Dnipro at night.", place_name="Dnipro", probability=0.98
    )
    theirs = strike("Ukraine struck the Russian city of Tula at night.", "UKR", "RUS", probability=0.9)
    told = quotes_of(
        *fought, {**killed, "columns": {**killed["columns"], "place_name": "Sumy"}}, again, theirs
    )
    assert set(told) == {clash, killed["text"], theirs["text"]}


def test_a_later_report_of_a_risen_toll_is_told_with_the_attack():
    attack = strike("Russia struck the Ukrainian city of Sumy, killing thirty people.", killed_count=30)
    attack["columns"]["place_name"] = "Sumy"
    text = "The death toll of the Russian strike on Sumy in Ukraine {} to 53."
    rose, other = (
        strike(text.format(word), place_name="Sumy", killed_count=53, day="2025-05-06", reported_by="x/y")
        for word in ("rose", "may be compared")
    )
    told = "“Russia struck the Ukrainian city of Sumy, killing thirty people” (reported 5 May)"
    (risen,) = key_judgments(inputs_of(attack, rose))
    assert f"{told}; a later report puts the dead at 53." in risen.statement
    (same,) = key_judgments(inputs_of(attack, other))
    assert "a later report" not in same.statement


def test_the_largest_attack_is_told_beside_the_deadliest():
    largest = "Ukraine struck the Russian city of Tula, its largest attack of the war."
    deadly = "Ukraine struck the Russian city of Kursk, killing four people."
    one = strike(largest, "UKR", "RUS", place_name="Tula")
    both = quotes_of(one, strike(deadly, "UKR", "RUS", place_name="Kursk", killed_count=4))
    assert set(both) == {largest, deadly}


def test_talks_lead_over_praise_for_them():
    talks = "Russia and the United States start talks in Riyadh about the war in Ukraine."
    praise = "Russia praises the talks with the United States as a step to restoring diplomatic ties."
    held = [
        {**one, "source": a, "target": b}
        for one, (a, b) in zip(
            both_ways(talks, "CONSULT", trigger_lemma="talk"), (("RUS", "USA"), ("USA", "RUS")), strict=True
        )
    ]
    praised = report("RUS", "USA", "SUPPORT", text=praise, trigger_lemma="praise", probability=1.0)
    assert quotes_of(*held, praised, pair="RUS-USA")[0] == talks


def test_a_strike_on_a_state_leads_over_one_on_fighters_from_elsewhere():
    state = "Israel strikes the palace of the president of Syria in answer to rockets."
    guests = "An Israeli strike in Syria kills a member of Hamas."
    told = quotes_of(
        strike(guests, "ISR", "SYR", killed_count=1, place_name="Beit Jinn"),
        strike(state, "ISR", "SYR", place_name="Damascus"),
        pair="ISR-SYR",
    )
    assert told[0] == state


def test_a_first_strike_in_answer_to_another_leaves_nothing_to_open_a_war():
    answer = "India struck the Pakistani city of Lahore in retaliation for the shots of last night."
    later = "India struck a house in the Pakistani village of Muridke."
    reports = [
        strike(answer, "IND", "PAK", day="2025-05-07", place_name="Lahore"),
        strike(later, "IND", "PAK", day="2025-05-09", place_name="Muridke", probability=0.9),
    ]
    assert quotes_of(OLDER, *reports, pair="IND-PAK", period=WEEK)[0] == answer


def test_more_dead_lead_over_a_few_more_stories():
    few = "Russia struck the Ukrainian city of Lviv, killing fifty-seven."
    many = "Russia struck the Ukrainian city of Sumy, killing ninety-one."
    told = quotes_of(
        *[strike(few, killed_count=57, place_name="Lviv") for _ in range(2)],
        strike(many, killed_count=91, place_name="Sumy"),
    )
    assert told[0] == many


def test_an_attack_that_is_only_recalled_opened_no_war():
    recalled = "India called it defence, pointing to an attack of Pakistan on its embassy in April."
    cited = strike(recalled, "PAK", "IND", when="on 30 April", day="2025-05-06", trigger_lemma="attack")
    killed = "India killed a marshal of Pakistan in a strike on an air base."
    chief = strike(killed, "IND", "PAK", day="2025-05-06", killed_count=1)
    assert quotes_of(OLDER, cited, chief, pair="IND-PAK", period=WEEK)[0] == killed


def test_what_a_text_calls_the_largest_of_a_war_leads_over_slightly_more_dead():
    largest = "Ukraine struck the Russian city of Tula, its largest attack of the war, killing three."
    other = "Russia struck the Ukrainian city of Sumy, killing four."
    told = quotes_of(strike(other, killed_count=4), strike(largest, "UKR", "RUS", killed_count=3))
    assert told[0] == largest


def test_the_capture_of_a_town_is_told_beside_the_dead_of_a_strike():
    taken = "Russian forces captured the Ukrainian city of Pokrovsk after a year of fighting."
    capture = strike(taken, trigger_lemma="capture", article="taken")
    assert quotes_of(strike(DEADLY, killed_count=9), capture) == [DEADLY, taken]
    village = taken.replace("city", "village")
    assert quotes_of(
        strike(DEADLY, killed_count=90), strike(village, trigger_lemma="capture", article="taken")
    ) == [DEADLY]


def test_a_crowd_acts_for_no_country_unless_somebody_asks_for_the_pair():
    march = "Thousands marched in the Netherlands against the war that Israel wages, the police said."
    protest = report("NLD", "ISR", "PROTEST", text=march, probability=1.0)
    others = [strike(f"Russia struck the Ukrainian city of Sumy on day {n}.") for n in range(5)]
    subjects = [one.subject for one in key_judgments(inputs_of(protest, *others))]
    assert "RUS-UKR" in subjects
    assert "ISR-NLD" not in subjects


def test_both_acts_are_shown_where_one_side_answers_the_other_in_kind():
    expelled = report(
        "DZA",
        "FRA",
        "SANCTION",
        mode="expel",
        trigger_lemma="expel",
        probability=0.95,
        article=1,
        text="It expelled twelve diplomats, and on the next day as many were sent home.",
    )
    recalled = report(
        "FRA",
        "DZA",
        "SANCTION",
        mode="withdraw",
        trigger_lemma="recall",
        probability=0.95,
        article=1,
        text="It also recalled its ambassador from there.",
    )
    clauses = [part.clause for part in pair_news("DZA-FRA", inputs_of(expelled, recalled)).parts]
    assert clauses == ["Algeria expelled French diplomats", "France recalled its ambassador from Algeria"]


def test_a_firm_alone_does_not_name_its_country_to_a_reader():
    app = ("CHN", "organisation", "ByteDance")
    alone = "Indonesia suspends the license of TikTok after a week of protests, its ministry said."
    named = "Indonesia suspends the license of the Chinese app TikTok after a week of protests."
    texts = {
        text: pair_news("CHN-IDN", inputs_of(report("IDN", app, "SANCTION", text=text, probability=0.95)))
        for text in (alone, named)
    }
    assert texts[alone] is None
    assert texts[named].parts[0].quote == named


WAR = [
    strike(f"Russia struck the Ukrainian town of Lviv in week {n}.", day=f"2025-{day}", killed_count=40)
    for n, day in enumerate(("03-11", "03-18", "03-25", "04-01", "04-08", "04-15"))
]


def test_what_two_sides_at_war_seldom_do_leads_over_one_more_strike():
    released = "Ukraine handed over twenty prisoners of war to Russia at the border."
    rare = report("UKR", "RUS", "RETREAT", text=released, mode="release", probability=0.95, day="2025-05-06")
    again = strike(
        "Russia struck the Ukrainian city of Sumy, killing forty.", killed_count=40, day="2025-05-06"
    )
    assert quotes_of(*WAR, again, rare, period=WEEK)[0] == released
    assert quotes_of(again, rare)[0] == again["text"]


def test_far_more_dead_than_usual_lead_even_in_a_war():
    released = "Ukraine handed over twenty prisoners of war to Russia at the border."
    rare = report("UKR", "RUS", "RETREAT", text=released, mode="release", probability=0.95, day="2025-05-06")
    worse = strike(
        "Russia struck the city of Sumy in Ukraine, killing 900.", killed_count=900, day="2025-05-06"
    )
    assert quotes_of(*WAR, worse, rare, period=WEEK)[0] == worse["text"]


def test_an_attack_that_kills_a_commander_leads_over_a_few_more_dead():
    killed = "Israel struck a house in Lebanon, and a commander of Hezbollah was among the fatalities."
    chief = strike(killed, "ISR", "LBN", day="2025-05-06")
    other = strike("Israel struck a camp in Lebanon, killing two.", "ISR", "LBN", killed_count=2)
    assert quotes_of(other, chief, pair="ISR-LBN")[0] == killed


def test_a_sentence_that_only_begins_with_a_meeting_is_not_its_news():
    bid = "At a meeting with his Russian counterpart, the leader of Ukraine announced his candidacy."
    talks = report("UKR", "RUS", "CONSULT", text=bid, when="on Sunday", trigger_lemma="meeting")
    found = pair_news("RUS-UKR", inputs_of(talks))
    assert found is None or all(not part.is_quote_clear for part in found.parts)
