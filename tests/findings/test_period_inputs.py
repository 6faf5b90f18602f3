"""What a front page looks at: what happened in its period, and what was known before."""

from tests.reports import inputs_of, report

WEEK = "2025-05-05..2025-05-11"


def strike(**more):
    return report("RUS", "UKR", "ASSAULT", **{"trigger_lemma": "strike", "place_name": "Kharkiv", **more})


def days_of(incidents):
    return incidents["first_reported"].dt.strftime("%m-%d").tolist()


def test_what_was_reported_before_the_period_is_background_and_not_new():
    inputs = inputs_of(strike(day="2025-05-04"), strike(day="2025-05-05"), period=WEEK)
    assert inputs.current.empty and days_of(inputs.background) == ["05-04"]
    later = inputs_of(strike(day="2025-05-01"), strike(day="2025-05-05"), period=WEEK)
    assert days_of(later.current) == ["05-05"] and days_of(later.background) == ["05-01"]


def test_an_old_act_is_not_in_the_period_in_which_it_is_recalled():
    assert inputs_of(strike(when="in 2022"), period=WEEK).current.empty
    assert inputs_of(strike(when="on 20 April"), period=WEEK).current.empty
    assert len(inputs_of(strike(when="on 3 May"), period=WEEK).current) == 1


def test_an_act_of_this_month_or_year_is_in_the_period_and_one_since_2022_is_not():
    for when in ("this month", "this year"):
        assert len(inputs_of(strike(day="2025-05-09", when=when), period=WEEK).current) == 1
    assert inputs_of(strike(day="2025-05-09", when="since 2022"), period=WEEK).current.empty


def test_an_announcement_is_current_whenever_it_is_to_happen():
    visit = report("USA", "CHN", "CONSULT", status="future", when="in November")
    assert len(inputs_of(visit, period=WEEK).current) == 1


def test_without_background_everything_is_current_old_and_undated_acts_too():
    inputs = inputs_of(strike(when="in 2022"), strike(day=None, place_name="Sumy"), period="all")
    assert len(inputs.current) == 2 and inputs.background.empty
    assert inputs.moves["direction"].eq("not compared").all()


def test_a_level_adds_up_what_is_hostile_done_and_surely_read_and_of_a_sentence_the_gravest():
    others = [
        report("RUS", "UKR", root, article="own", trigger_start_char=50) for root in ("CONSULT", "REQUEST")
    ]
    said = report("UKR", "RUS", "ACCUSE", article="same")
    inputs = inputs_of(
        strike(article="same"),
        said,
        *others,
        strike(status="future", when="on 1 June"),
        strike(place_name="Sumy", probability=0.7),
        period=WEEK,
    )
    assert inputs.hostile[["root", "place_name"]].to_numpy().tolist() == [["ASSAULT", "Kharkiv"]]
    assert inputs.levels["hostile_weight"].tolist() == [0.9]


def test_what_a_sentence_only_gives_as_the_occasion_of_its_news_is_in_no_level():
    text = "Russia and Ukraine agreed to resume inspections which were suspended after Russian strikes."
    recalled = strike(text=text, trigger_start_char=text.index("strikes"))
    assert inputs_of(recalled, period=WEEK).hostile.empty
    assert len(inputs_of(recalled, strike(), period=WEEK).hostile) == 1


def test_undated_articles_are_in_no_week():
    inputs = inputs_of(strike(day=None), strike(place_name="Sumy"), period=WEEK)
    assert inputs.current["place_name"].tolist() == ["Sumy"] and len(inputs.articles) == 1


def test_without_any_date_there_are_incidents_and_no_levels():
    inputs = inputs_of(strike(day=None))
    assert len(inputs.current) == 1 and inputs.sides["dyad"].tolist() == ["RUS-UKR"]
    assert inputs.levels.empty and inputs.moves.empty


def test_without_events_every_table_is_empty():
    inputs = inputs_of(period=WEEK)
    tables = (inputs.current, inputs.background, inputs.sides, inputs.levels, inputs.moves, inputs.articles)
    assert all(table.empty for table in tables)


def test_the_sentence_of_an_incident_is_on_one_line():
    inputs = inputs_of(strike(text="Russia struck Kharkiv on Monday,\n  officials of the city council said."))
    (row,) = inputs.current.itertuples()
    assert inputs.sentence(row) == "Russia struck Kharkiv on Monday, officials of the city council said."
