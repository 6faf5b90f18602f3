"""What is news between two sides: what leads, and whether it is usual."""

from dataclasses import replace

import pytest

from analysis.findings.key_judgments import bottom_line, key_judgments
from analysis.findings.pair_news import Trend, is_slight, pair_news, reports_act
from analysis.findings.quoted_reports import QuotedReport
from analysis.findings.wording import words
from tests.reports import inputs_of, report
from tests.tables import quotes

AT_NIGHT = "It was struck at night, and again at dawn."  # names nobody, so that it is not quoted
WEEK = "2025-05-05..2025-05-11"


def strike(source="RUS", target="UKR", **more):
    return report(source, target, "ASSAULT", **{"trigger_lemma": "strike", "probability": 1.0, **more})


def news_of(*reports, period="auto", pair="RUS-UKR"):
    return pair_news(pair, inputs_of(*reports, period=period))


def test_the_parts_tell_different_things_and_similar_ones_are_counted():
    parts = [strike(place_name=town, text=AT_NIGHT) for town in ("Kharkiv", "Sumy")]
    back = strike("UKR", "RUS", place_name="Belgorod", text=AT_NIGHT)
    news = news_of(*parts, back)
    assert [part.clause for part in news.parts] == [
        "Russia struck Kharkiv",
        "Ukraine struck Belgorod",
    ]
    assert (news.further_count, news.story_count, news.trend) == (1, 3, None)


def test_the_heaviest_of_the_other_sign_comes_second():
    threats = [strike(probability=1.0), strike("UKR", "RUS", probability=0.95)]
    promise = report(
        "RUS", "UKR", "AGREE", trigger_lemma="truce", text="Russia and Ukraine agreed on a truce."
    )
    news = news_of(*threats, promise)
    assert [part.is_hostile for part in news.parts][:2] == [True, False]


def test_a_group_that_acts_is_named_beside_the_state_that_is_said_to_back_it():
    raid = report(
        ("COD", "armed group", "M23"),
        "COD",
        "ASSAULT",
        trigger_lemma="attack",
        source_sponsor_code="RWA",
        text="M23 rebels attacked Congo's army near Goma and took the hills above the town on Monday.",
    )
    news = news_of(raid, pair="COD-RWA")
    assert news.heading == "the Democratic Republic of the Congo and M23, said to be backed by Rwanda"
    assert news_of(strike()).heading == "Russia and Ukraine"


HOUTHIS = ("YEM", "armed group", "Houthis")


def test_a_group_is_named_where_all_that_is_told_is_of_it():
    raid = strike("ISR", HOUTHIS, text="Israel bombs the Houthis in the north of Yemen, killing six people.")
    port = strike("ISR", "YEM", place_name="Hudaydah", text="Israel bombs the port of Hudaydah in Yemen.")
    assert news_of(raid, pair="ISR-YEM").heading == "Israel and the Houthis"
    talks = report("ISR", "YEM", "AGREE", text="Israel and Yemen agreed on a truce in the city of Geneva.")
    assert news_of(raid, talks, pair="ISR-YEM").heading == "Israel and Yemen"
    assert news_of(port, pair="ISR-YEM").heading == "Israel and Yemen"


def test_a_sponsored_group_against_a_militia_is_news_of_no_two_states():
    given = {"trigger_lemma": "attack", "source_sponsor_code": "RWA", "probability": 1.0}
    m23 = "COD", "armed group", "M23"
    clash = "M23 rebels attacked the {} in the hills of Congo above the town of Goma."
    on_militia, on_army = (
        report(m23, "COD", "ASSAULT", text=clash.format(whom), place_name=whom, **given)
        for whom in ("Wazalendo militia", "army")
    )
    assert news_of(on_militia, pair="COD-RWA") is None
    assert (
        news_of(on_militia, on_army, pair="COD-RWA").parts[0].quote.startswith("M23 rebels attacked the army")
    )


def test_whose_land_fighters_from_elsewhere_are_struck_on_is_no_side():
    text = "US airstrikes against the Islamic State kill nine people in the north of Somalia."
    own = "US airstrikes against al-Shabaab kill nine people in the north of Somalia."
    found = [news_of(strike("USA", "SOM", text=one), pair="SOM-USA").heading for one in (text, own)]
    assert found == ["the United States in Somalia", "Somalia and the United States"]


def test_a_strike_is_told_by_its_sentence_where_that_can_be_quoted():
    text = "The Nigerian air force strikes putschists in the capital of Benin at its request."
    news = news_of(strike("NGA", "BEN", text=text, place_name="Cotonou"), pair="BEN-NGA")
    assert [(part.clause, part.quote) for part in news.parts] == [("", text)]


def test_a_strike_that_hit_comes_before_one_that_was_intercepted():
    caught = "Russia fired missiles at Ukraine, all of which were intercepted over the sea."
    hit = "A Russian missile hit a bridge in the Ukrainian city of Sumy at dawn."
    reports = [strike(text=caught, article=n, day="2025-05-03") for n in (1, 2)]
    assert [part.quote for part in news_of(*reports, strike(text=hit, place_name="Sumy")).parts] == [hit]
    assert [part.quote for part in news_of(*reports).parts] == [caught]


def test_the_most_dead_come_before_a_side_episode_that_more_stories_report():
    ship = "A Russian ship fired on the coast guard of Ukraine."
    episode = [strike(text=ship, article=n, day="2025-05-02") for n in (1, 2, 3)]
    battle = strike(
        text="A Russian strike on the Ukrainian town of Sumy killed fourteen.",
        place_name="Sumy",
        killed_count=14,
    )
    first = news_of(*episode, battle).parts[0]
    assert first.quote.endswith("killed fourteen.")


def test_the_attack_with_the_most_dead_leads_a_later_one_that_more_stories_report():
    small = "Russia struck a car in the Ukrainian town of Sumy, killing one."
    car = {"text": small, "place_name": "Sumy", "killed_count": 1, "day": "2025-05-11"}
    cars = [strike(outlet=f"{town} Wire", **car) for town in ("Gulf", "Lima", "Oslo", "Rome")]
    camp = "Russia struck a camp in the Ukrainian town of Lviv, killing thirteen."
    deadly = strike(text=camp, place_name="Lviv", killed_count=13, day="2025-05-06")
    assert news_of(*cars, deadly, period=WEEK).parts[0].quote == camp


def test_a_truce_is_told_beside_a_strike_that_weighs_far_more():
    deadly = strike(text="Russia struck the Ukrainian city of Sumy, killing ninety.", killed_count=90)
    text = "The parliament of Ukraine approved a ceasefire with Russia on the whole front."
    vote = report("UKR", "RUS", "SUPPORT", trigger_lemma="approve", text=text)
    assert [part.quote for part in news_of(deadly, vote).parts] == [deadly["text"], text]


def test_talks_are_quoted_where_their_sentence_can_be_and_told_in_our_words_where_they_are_dated():
    talks = {
        "trigger_lemma": "talk",
        "text": "Russia goes on talking with Ukraine as its army advances in the east.",
    }
    on_sunday = {**talks, "when": "on Sunday"}
    for more in (talks, on_sunday):
        assert [part.clause for part in news_of(report("RUS", "UKR", "CONSULT", **more)).parts] == [""]
    assert all(
        part.clause
        for part in news_of(report("RUS", "UKR", "CONSULT", **{**on_sunday, "text": AT_NIGHT})).parts
    )


def test_the_background_of_an_article_is_news_only_to_who_asks_for_the_pair():
    above = report("USA", "CHN", "CONSULT", text="Nothing else was said that day. " * 30, article=1)
    inputs = inputs_of(above, strike(article=1))
    assert pair_news("RUS-UKR", inputs) is None
    asked = pair_news("RUS-UKR", replace(inputs, pair="RUS-UKR"))
    assert [part.clause for part in asked.parts] == [""]
    assert "Ukraine" in asked.parts[0].quote


def test_a_sentence_about_many_countries_is_news_of_no_pair_of_them():
    listed = "Russia condemned Ukraine, Poland, Latvia and France in one statement that day."
    several = "Russia condemned Ukraine and Poland in one statement on that day."
    blame = [report("RUS", "UKR", "ACCUSE", text=text, probability=1.0) for text in (listed, several)]
    assert news_of(blame[0]) is None
    assert news_of(blame[1]).parts[0].quote == several


def test_the_bottom_line_tells_a_truce_beside_the_strikes():
    deadly = strike(text="Russia struck the Ukrainian city of Sumy, killing ninety.", killed_count=90)
    truce = report("UKR", "RUS", "AGREE", text="Ukraine and Russia agreed to a ceasefire at dawn.")
    short = words("findings/judgments/pair", "short", news_of(deadly, truce))
    assert short.startswith("Russia and Ukraine: “Russia struck") and "ceasefire at dawn" in short


def test_the_headline_is_the_news_where_no_sentence_that_can_be_quoted_is():
    title = "Russian strikes on Ukraine go on as aid arrives"
    above = strike(text="It comes as the army steps up its attacks on the city.", article=1, title=title)
    aside = report(
        "UKR", "RUS", "ACCUSE", text="Ukraine accused Russia of a raid in the far north.", article=2
    )
    assert [part.quote for part in news_of(above, {**aside, "columns": {"probability": 0.1}}).parts] == [
        title
    ]


LATER = report("IND", "PAK", "CONSULT", day="2025-06-20")  # more than three weeks after the others


def test_a_pile_shows_the_news_of_several_articles_and_that_of_the_other_side_first():
    raids = [
        strike(text=f"Russia struck the Ukrainian city of {town} at dawn.", place_name=town)
        for town in ("Sumy", "Lviv")
    ]
    back = strike(
        "UKR", "RUS", text="Ukraine struck a refinery in the Russian town of Kstovo.", killed_count=9
    )
    week = news_of(*raids, back, report("UKR", "RUS", "ACCUSE", trigger_lemma="accuse"))
    pile = news_of(*raids, back, LATER, period="all")
    assert [part.source_code for part in week.parts] == ["UKR", "RUS"]
    assert [part.source_code for part in pile.parts] == ["UKR", "RUS", "RUS"]


def test_what_an_article_of_a_pile_recalls_of_its_month_may_be_the_news():
    remark = report("RUS", "UKR", "THREATEN", text="Russia warned Ukraine of a long and cold winter.")
    text = "On April 20, Russia and Ukraine agreed on a ceasefire after talks in Rome."
    above = {"text": "Nothing else was said that day. " * 30, "article": 1}
    truce = report("RUS", "UKR", "AGREE", text=text, when="April 20", article=1)
    told = [report("USA", "CHN", "CONSULT", **above), truce, remark]
    assert text in [part.quote for part in news_of(*told, LATER, period="all").parts]
    assert text not in [part.quote for part in news_of(*told).parts]


@pytest.mark.parametrize(
    "title",
    [
        "Russia and Ukraine to meet",
        "Russia moves toward a truce with Ukraine",
        "Russia weighs talks with Ukraine",
    ],
)
def test_a_headline_on_what_was_to_come_is_no_news_once_that_is_past(title):
    said = "It comes as the army steps up its words about the city."
    above = report("RUS", "UKR", "ACCUSE", text=said, title=title, day="2024-08-19")
    assert news_of(above, LATER, period="all") is None
    assert news_of(above).parts[0].quote == title


def test_where_a_visit_long_past_was_the_news_what_was_said_beside_it_is_none():
    title, text = (
        "Modi to visit Ukraine in August",
        "Modi will visit Ukraine on August 23, he said on Monday.",
    )
    of_visit = {"title": title, "day": "2024-08-19", "article": 1}
    visit = report("IND", "UKR", "AGREE", text=text, status="future", mode="visit", **of_visit)
    aside = report("IND", "UKR", "ACCUSE", text="India blamed Ukraine for it.", article=1, probability=0.6)
    assert news_of(visit, aside, LATER, period="all", pair="IND-UKR") is None
    assert news_of(visit, aside, period="all", pair="IND-UKR") is not None


@pytest.mark.parametrize(("pair", "is_read"), [("DNK-USA", True), ("CAN-USA", False)])
def test_what_a_territory_does_is_an_act_of_its_state(pair, is_read):
    text = "Greenland rejects an offer of the United States."
    inputs = inputs_of(report("GRL", "USA", "REJECT", text=text))
    (article_id,) = inputs.tables.articles["article_id"]
    assert reports_act(QuotedReport(text, article_id, 0, is_clear=True), pair, inputs) is is_read


def test_a_headline_on_what_somebody_else_does_is_no_news_of_the_pair():
    title = "Modi to visit Ukraine weeks after he hugged the president of Russia"
    said = "It comes as the army steps up its words about the city."
    above = report("RUS", "UKR", "ACCUSE", text=said, title=title)
    assert news_of(above) is None
    own = "Ukraine rejects words of Russia as Modi visits"
    assert [part.quote for part in news_of({**above, "title": own}).parts] == [own]


@pytest.mark.parametrize(
    "title",
    [
        "Will Russia strike Ukraine again?",
        "Russia and Ukraine: Not My Problem",
        "Russian threats to Ukraine continue. But few believe them",
    ],
)
def test_a_headline_that_asks_or_comments_is_no_news(title):
    said = "It comes as the army steps up its words about the city."
    assert news_of(report("RUS", "UKR", "ACCUSE", text=said, title=title)) is None


def test_talks_that_were_announced_are_no_news_once_they_are_held():
    planned = report("RUS", "UKR", "CONSULT", text="Russia and Ukraine will hold talks.", status="future")
    held = report("RUS", "UKR", "CONSULT", text="Russia and Ukraine held talks in Rome.", day="2025-05-07")
    assert [part.is_announced for part in news_of(planned, held).parts] == [False]
    assert [part.is_announced for part in news_of(planned).parts] == [True]


def test_what_was_announced_for_a_day_long_past_is_no_news():
    text = "Russia is to meet Ukraine in Rome on 14 May 2024."
    planned = report(
        "RUS", "UKR", "CONSULT", text=text, day="2024-05-10", status="future", when="on 14 May 2024"
    )
    undated = {**planned, "columns": {}}
    later = report("IND", "PAK", "CONSULT", day="2025-05-07")
    for plan in (planned, undated):
        assert pair_news("RUS-UKR", inputs_of(plan, later)) is None
        assert pair_news("RUS-UKR", inputs_of(plan)) is not None


def test_talks_announced_for_a_day_on_which_the_two_met_are_no_news():
    planned = report(
        "RUS",
        "UKR",
        "AGREE",
        text="Russia is to meet Ukraine in Rome on Thursday.",
        status="future",
        when="on Thursday",
    )
    met = report("RUS", "UKR", "CONSULT", text="Russia met Ukraine in Rome on the river.", day="2025-05-08")
    assert [part.is_announced for part in news_of(planned, met).parts] == [False]


def test_what_is_fairly_sure_is_quoted_beside_what_is_sure():
    text = "Russia frees ninety prisoners of Ukraine at the border near Sumy."
    freed = report("RUS", "UKR", "RETREAT", text=text, mode="release", probability=0.75)
    told = strike(place_name="Sumy", text=AT_NIGHT)
    assert text in [part.quote for part in news_of(told, freed).parts]


@pytest.mark.parametrize(("probability", "is_shown"), [(0.86, True), (0.8, False)])
def test_what_the_model_alone_reads_is_quoted_where_it_is_surer(probability, is_shown):
    text = "Ukraine says forty Russian warplanes were destroyed by drones on four air bases."
    planes = report("UKR", "RUS", "ASSAULT", text=text, rule="reader", probability=probability)
    told = strike(text="Russia struck the Ukrainian city of Sumy, killing ninety.")
    assert (text in [part.quote for part in news_of(told, planes).parts]) is is_shown


def test_an_undated_article_is_no_news_beside_dated_ones():
    undated = strike(day=None, place_name="Kharkiv", text=AT_NIGHT)
    assert news_of(strike("ISR", "IRN"), undated) is None
    assert [part.clause for part in news_of(undated).parts] == ["Russia struck Kharkiv"]


def test_a_light_incident_is_not_worth_a_clause():
    news = news_of(strike(killed_count=99), report("UKR", "RUS", "ACCUSE", trigger_lemma="accuse"))
    assert len(news.parts) == 1 and news.further_count == 1


def test_an_unsure_incident_far_heavier_than_the_sure_ones_is_quoted():
    text = "A hundred people are feared dead after a Russian attack on the city of Kharkiv."
    unsure = [strike(probability=0.7, killed_count=100, text=text)]
    news = news_of(*unsure, report("UKR", "RUS", "ACCUSE", trigger_lemma="accuse"))
    assert [(part.clause, part.quote) for part in news.parts] == [("", text)]
    assert news.further_count == 1
    freed = report("RUS", "UKR", "RETREAT", text="Russia freed ninety prisoners of Ukraine.", mode="release")
    assert [part.is_hostile for part in news_of(*unsure, freed).parts] == [True, False]


def test_what_only_one_side_claims_is_known_as_one_sided():
    claim = strike(reported_by="kyiv")
    told = quotes({"speaker_id": "kyiv", "country_code": "UKR"})
    one_sided = pair_news("RUS-UKR", inputs_of(claim, claim, quotes=told))
    assert one_sided.is_one_sided
    assert words("findings/judgments/pair", "alternative", one_sided).startswith("Only people of one side")
    assert not news_of(strike()).is_one_sided


OTHERS = "The United States and China held talks."


def others(day, count):
    """Articles of one day that do not name Russia or Ukraine."""
    return [report("USA", "CHN", "CONSULT", text=OTHERS, day=day)] * count


def test_a_pair_without_earlier_reports_is_new_in_as_many_weeks_as_were_read():
    news = news_of(*others("2025-04-10", 1), *others("2025-04-20", 10), strike(), period=WEEK)
    assert (news.trend.is_new, news.trend.weeks) == (True, 3)
    assert words("findings/judgments/pair", "trend", news) == (
        "This is the first report on the two in three weeks."
    )
    one_week = news_of(*others("2025-04-28", 10), strike(), period=WEEK)
    assert "This is the first report on the two in a week." in words(
        "findings/judgments/pair", "trend", one_week
    )


def test_a_lesser_act_between_two_is_not_remarked_as_new():
    words_alone = report(
        "RUS", "UKR", "ACCUSE", text="Russia accused Ukraine of a theft of grain in the port."
    )
    assert not news_of(
        *others("2025-04-10", 1), *others("2025-04-20", 10), words_alone, period=WEEK
    ).trend.is_new


def test_a_few_earlier_articles_or_days_do_not_make_a_pair_new():
    assert not news_of(*others("2025-04-28", 9), strike(), period=WEEK).trend.is_new
    assert not news_of(*others("2025-05-02", 10), strike(), period=WEEK).trend.is_new
    gap = news_of(*others("2025-01-01", 10), strike(), period=WEEK)
    assert not gap.trend.is_new


@pytest.mark.parametrize(
    ("text", "is_new"),
    [
        ("The Kremlin said nothing about Ukrainian grain.", False),
        ("Ukrainians voted.", True),
        ("Ukrainians sold russet apples.", True),
    ],
)
def test_a_pair_that_an_earlier_article_names_together_is_not_new(text, is_new):
    earlier = report("USA", "CHN", "CONSULT", day="2025-04-21", text=text)
    assert news_of(*others("2025-04-21", 9), earlier, strike(), period=WEEK).trend.is_new == is_new


def test_a_pair_with_earlier_reports_is_not_new():
    news = news_of(*[strike(day=f"2025-04-{day}") for day in (10, 17, 24)], strike(), period=WEEK)
    assert not news.trend.is_new and news.trend.direction == "not compared"
    assert words("findings/judgments/pair", "trend", news) == ""


@pytest.mark.parametrize(
    ("direction", "low", "high", "said"),
    [
        ("up", 1.2, 9.0, "Hostility between the two is clearly higher than usual."),
        ("up", 3.5, 9.0, "Hostility between the two is far higher than usual."),
        ("down", 0.1, 0.8, "Hostility between the two is clearly lower than usual."),
        ("down", 0.1, 0.3, "Hostility between the two is far lower than usual."),
        ("no clear change", 0.5, 2.0, ""),
        ("not compared", None, None, ""),
    ],
)
def test_the_trend_is_one_sentence_or_none(direction, low, high, said):
    news = replace(news_of(strike()), trend=Trend(direction, False, 8, low, high))
    assert words("findings/judgments/pair", "trend", news) == said


def crowd(day, count, *, pair=("USA", "CHN"), root="CONSULT"):
    return [report(*pair, root, day=day, place_name=f"Town {n}", probability=1.0) for n in range(count)]


def test_the_bottom_line_names_pairs_that_became_more_and_less_hostile():
    weeks = [f"2025-{month:02}-{day:02}" for month in (3, 4) for day in (3, 10, 17, 24)]
    war = [one for day in weeks for one in crowd(day, 6, pair=("IND", "PAK"), root="ASSAULT")]
    calm = [one for day in (*weeks, "2025-05-05") for one in crowd(day, 30)]
    burst = crowd("2025-05-05", 12, pair=("ISR", "IRN"), root="ASSAULT")
    inputs = inputs_of(*war, *calm, *burst, strike(), period=WEEK)
    line = bottom_line(key_judgments(inputs), inputs)[-1]
    assert line == ("Compared with the weeks before, hostility is clearly up between Iran and Israel.")


def test_the_bottom_line_says_where_too_little_was_read_to_compare():
    inputs = inputs_of(report("USA", "CHN", "CONSULT", day="2025-04-10"), strike(), period=WEEK)
    assert bottom_line(key_judgments(inputs), inputs)[-1] == (
        "There are too few earlier reports to say whether tension is rising."
    )


def test_an_article_of_a_pile_gives_a_hostile_and_a_friendly_act_at_most():
    truce = report("RUS", "UKR", "AGREE", text="Russia and Ukraine agreed on a ceasefire.", article=1)
    raids = [
        strike(text=f"Russia struck the Ukrainian city of {town}.", article=1) for town in ("Sumy", "Lviv")
    ]
    parts = news_of(truce, *raids, LATER, period="all").parts
    assert sorted(part.is_hostile for part in parts) == [False, True]


def test_an_article_of_a_pile_gives_the_blows_of_both_sides():
    texts = (
        "Russia struck the Ukrainian city of Sumy at dawn.",
        "Ukraine struck the Russian town of Kstovo.",
    )
    there = strike(text=texts[0], article=1)
    back = strike("UKR", "RUS", text=texts[1], article=1)
    assert {part.quote for part in news_of(there, back, LATER, period="all").parts} == set(texts)


def test_a_clear_sentence_of_a_pile_speaks_for_heavier_ones_that_say_less():
    raid = strike("UKR", "RUS", text=AT_NIGHT, killed_count=90)
    below = {"text": "Nothing else was said that day. " * 30, "article": 1}
    told = "Ukraine struck the Russian town of Kstovo with three drones that day."
    clear = strike("UKR", "RUS", text=told, when="on Saturday", article=1)
    heavy = strike(text="Russia struck the Ukrainian city of Sumy at dawn.", killed_count=40)
    reports = [raid, report("USA", "CHN", "CONSULT", **below), clear, heavy, LATER]
    assert told in [part.quote for part in news_of(*reports, period="all").parts]
    assert told not in [part.quote for part in news_of(*reports[1:], period="all").parts]


@pytest.mark.parametrize(
    ("guest", "host", "statement"),
    [
        (
            ("HUN", "person", "Viktor Orban"),
            ("UKR", "country", "Ukraine"),
            "Hungary and Ukraine: Viktor Orban ",
        ),
        (("HUN", "country", "Hungary"), ("UKR", "country", "Ukraine"), "Hungary "),
    ],
)
def test_a_contact_of_a_person_says_of_which_country(guest, host, statement):
    call = {"mode": "phone", "trigger_lemma": "call", "when": "on Sunday", "text": AT_NIGHT}
    calls = [report(guest, host, "CONSULT", article=n, **call) for n in range(4)]
    (judgment,) = key_judgments(inputs_of(*calls))
    assert judgment.statement.startswith(statement) and judgment.short.startswith(statement)


def test_on_one_day_what_eases_a_quarrel_ends_it():
    tariff = report(
        "USA", "CAN", "COERCE", text="The US raised its tariffs on steel of Canada.", when="today"
    )
    pause = report("CAN", "USA", "RETREAT", text="Canada dropped its tariffs on US power.", when="today")
    parts = news_of(pause, tariff, pair="CAN-USA").in_order
    assert [part.is_hostile for part in parts] == [True, False]


def test_a_second_act_about_as_heavy_is_told_beside_the_first_and_a_second_toll_is_not():
    text, cut = (
        "Russia says that it is to cut the gas of Ukraine.",
        "Russia closes the pumps of gas to Ukraine.",
    )
    says = report("RUS", "UKR", "COERCE", text=text, trigger_lemma="cut")
    order = report("RUS", "UKR", "COERCE", text=cut, trigger_lemma="close", day="2025-05-09")
    assert [part.quote for part in news_of(says, order).in_order] == [says["text"], cut]
    raids = [
        strike(
            text=f"Russia killed {n} people in the Ukrainian city of Lviv.",
            killed_count=n,
            trigger_lemma=lemma,
        )
        for n, lemma in ((9, "strike"), (8, "shell"))
    ]
    assert len(news_of(*raids).parts) == 1


def test_on_one_day_an_answer_comes_after_what_it_answers():
    answer = report("CAN", "USA", "COERCE", text="Canada announced a retaliatory tariff on US steel.")
    tariff = report("USA", "CAN", "COERCE", text="The US raised its tariff on steel of Canada.")
    parts = news_of(answer, tariff, pair="CAN-USA").in_order
    assert [part.source_code for part in parts] == ["USA", "CAN"]


def test_the_strikes_before_a_truce_are_told_however_little_they_weigh():
    agreed, struck = (
        "Russia and Ukraine agreed on a ceasefire.",
        "On April 20, Russia struck Sumy in Ukraine.",
    )
    truce = [report(*pair, "AGREE", text=agreed, article=1) for pair in (("RUS", "UKR"), ("UKR", "RUS"))]
    before = strike(text=struck, article=1, when="On April 20", probability=0.75)
    assert [part.quote for part in news_of(*truce, before, LATER, period="all").in_order] == [struck, agreed]


@pytest.mark.parametrize(
    ("told", "heaviest", "is_no_news"),
    [(0.05, 0.6, True), (0.1, 0.5, True), (0.1, 0.3, False), (0.2, 1.5, False)],
)
def test_what_weighs_little_beside_the_heaviest_is_not_the_news_of_a_pair(told, heaviest, is_no_news):
    assert is_slight(told, heaviest) is is_no_news
