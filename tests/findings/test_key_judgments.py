"""Which pairs a front page judges, what its judgments say, and what became of those of the last one."""

import pytest

from analysis.country_names import country_name
from analysis.findings.key_judgments import (
    BottomLine,
    bottom_line,
    judgment_records,
    key_judgments,
)
from analysis.findings.wording import words
from analysis.schemas import ROOTS
from tests.reports import inputs_of, report

TYPE_NAMES = ("assault", "coercion", "material cooperation", "concession in deeds", "support in words")
TOWNS = ("Kharkiv", "Sumy", "Odesa", "Kherson")
AT_NIGHT = "It was struck at night, and again at dawn."  # names nobody, so that it is not quoted
NOTHING_EARLIER = "there is nothing earlier to compare with."


def strikes(*towns, **more):
    """Strikes on Ukraine, each in a story of its own."""
    return [
        report("RUS", "UKR", "ASSAULT", trigger_lemma="strike", place_name=town, **more) for town in towns
    ]


def subjects(inputs):
    return [(one.rule, one.subject) for one in key_judgments(inputs)]


def lines(inputs):
    return bottom_line(key_judgments(inputs), inputs)


def test_a_pair_that_one_unsure_story_is_about_is_not_judged():
    unsure = report("IRN", "ISR", "ASSAULT", trigger_lemma="attack", probability=0.5)
    assert subjects(inputs_of(*strikes(*TOWNS), unsure)) == [("pair", "RUS-UKR")]
    sure = report("IRN", "ISR", "ASSAULT", trigger_lemma="attack", probability=0.9)
    assert ("pair", "IRN-ISR") in subjects(inputs_of(*strikes(*TOWNS), sure))


def test_an_unsure_pair_of_two_stories_is_judged_by_quoting_one():
    text = "Iranian forces are said to have fired on an Israeli post near the coast."
    unsure = [
        report("IRN", "ISR", "ASSAULT", trigger_lemma="fire", probability=0.5, text=text, place_name=place)
        for place in ("Haifa", "Acre")
    ]
    judgment = next(
        one for one in key_judgments(inputs_of(*strikes(*TOWNS), *unsure)) if one.subject == "IRN-ISR"
    )
    assert judgment.statement.startswith(f"Iran and Israel: “{text[:-1]}")
    assert not judgment.fact.parts[0].clause


def test_a_sure_incident_is_worded_with_place_and_day_and_a_toll_is_left_to_the_sentence():
    (judgment,) = key_judgments(inputs_of(*strikes(*TOWNS, when="on Sunday", text=AT_NIGHT)))
    assert judgment.statement == "Russia struck Kharkiv (4 May)."
    toll = strikes("Kharkiv", killed_count=3, when="on Sunday")
    (judgment,) = key_judgments(inputs_of(*toll, *strikes(*TOWNS[1:])))
    assert judgment.statement.startswith("Russia and Ukraine: “")


def test_every_judgment_can_be_walked_back_to_events_of_its_pair():
    talks = [report("USA", "CHN", "CONSULT", trigger_lemma="meet", article=n) for n in range(3)]
    inputs = inputs_of(*strikes(*TOWNS), *talks)
    judgments = key_judgments(inputs)
    events = inputs.tables.events.set_index("event_id")
    assert [one.subject for one in judgments] == ["RUS-UKR", "CHN-USA"]
    for judgment in judgments:
        rows = events.loc[list(judgment.event_ids)]
        sides = set(rows["source_country_code"]) | set(rows["target_country_code"])
        assert "-".join(sorted(sides)) == judgment.subject
        assert set(judgment.event_ids) >= {one for part in judgment.fact.parts for one in part.event_ids}


def attack_of(source, target):
    return f"{country_name(source)} attacked {country_name(target)} on that day with many men."


def test_a_war_leads_and_at_most_six_pairs_are_judged():
    pairs = (("ISR", "IRN"), ("IND", "PAK"), ("AZE", "ARM"), ("THA", "KHM"), ("COD", "RWA"), ("SDN", "TCD"))
    others = [report(*pair, "ASSAULT", trigger_lemma="attack", text=attack_of(*pair)) for pair in pairs]
    found = subjects(inputs_of(*strikes(*TOWNS), *others))
    assert found[0] == ("pair", "RUS-UKR") and len(found) == 6


def test_no_articles_and_articles_without_events_allow_no_judgment():
    empty = inputs_of()
    assert key_judgments(empty) == []
    quiet = inputs_of(report("USA", "CHN", "ASSAULT", status="hypothetical"))
    assert key_judgments(quiet) == []
    assert lines(quiet) == (
        "The one story read allows no judgment.",
        f"One story cannot show whether tension is rising: {NOTHING_EARLIER}",
    )


def test_reports_without_any_date_are_judged_as_one_period():
    inputs = inputs_of(*strikes(*TOWNS, day=None, text=AT_NIGHT))
    (judgment,) = key_judgments(inputs)
    assert judgment.statement == "Russia struck Kharkiv."
    assert lines(inputs)[-1].endswith(NOTHING_EARLIER)


@pytest.mark.parametrize("status", ["past", "future"])
@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("root", ROOTS)
def test_no_statement_has_the_name_of_a_type_and_each_reads_as_a_sentence(root, count, status):
    inputs = inputs_of(
        *[report("USA", "CHN", root, status=status, outlet=str(n), place_name=TOWNS[n]) for n in range(count)]
    )
    judgments = key_judgments(inputs)
    told = [getattr(one, form) for one in judgments for form in ("statement", "alternative", "overturn")]
    for sentence in [*told, *bottom_line(judgments, inputs)]:
        assert not [name for name in TYPE_NAMES if name in sentence.lower()]
        assert sentence[0] == sentence[0].upper() and sentence.rstrip("”")[-1] in ".!?"
        assert not [flaw for flaw in ("()", "  ", "{", " ,", "..", ".”.", "None", "nan") if flaw in sentence]


def test_what_is_kept_of_a_judgment_names_its_pair_and_its_events():
    (record,) = judgment_records(key_judgments(inputs_of(*strikes(*TOWNS))))
    assert (record["rule"], record["pairs"], record["likelihood"]) == ("pair", ["RUS-UKR"], "")
    assert len(record["event_ids"]) == 4 and record["confidence"] == "low"


@pytest.mark.parametrize(
    ("risen", "eased", "said"),
    [
        (("IRN-ISR",), (), "hostility is clearly up between Iran and Israel."),
        ((), ("IND-PAK",), "before, hostility is clearly down between India and Pakistan."),
        (
            ("IRN-ISR", "RUS-UKR"),
            ("IND-PAK",),
            "hostility is clearly up between Iran and Israel, and between Russia and Ukraine; it is clearly "
            "down between India and Pakistan.",
        ),
    ],
)
def test_the_bottom_line_names_pairs_that_rose_and_eased(risen, eased, said):
    line = BottomLine(20, (), None, None, risen, eased, compared_count=9, has_background=True, is_pile=False)
    assert said in words("findings/bottom_line", "trend", line)


def test_the_bottom_line_leaves_out_that_nothing_moved():
    line = BottomLine(20, (), None, None, (), (), compared_count=9, has_background=True, is_pile=False)
    assert words("findings/bottom_line", "trend", line) == ""


def test_a_war_is_judged_last_in_a_week_that_is_an_ordinary_one_for_it():
    towns = (*TOWNS, "Odessa", "Lviv", "Dnipro", "Izium")
    before = [
        one
        for day in ("2025-04-07", "2025-04-14", "2025-04-21", "2025-04-28")
        for one in strikes(*towns, day=day, killed_count=40)
    ]
    sides = (("IND", "PAK"), ("IRN", "ISR"), ("CHN", "TWN"), ("KOR", "PRK"), ("ARM", "AZE"), ("ETH", "ERI"))
    others = [report(*pair, "ASSAULT", probability=1.0, killed_count=9) for pair in (*sides, ("MLI", "DZA"))]
    text = "Russia is said to have warned Ukraine of a new strike on its power plants."
    lull = report("RUS", "UKR", "THREATEN", text=text, probability=0.95)
    week = "2025-05-05..2025-05-11"
    judged = [one for _, one in subjects(inputs_of(*before, *others, lull, period=week))]
    assert len(judged) == 6 and judged[-1] == "RUS-UKR"
    assert "RUS-UKR" not in [one for _, one in subjects(inputs_of(*before[:1], *others, lull, period=week))]


def test_a_pile_of_articles_is_too_scattered_to_show_a_trend():
    inputs = inputs_of(*strikes(*TOWNS), report("IND", "PAK", "CONSULT", day="2024-05-05"), period="all")
    assert lines(inputs)[-1] == "These stories are too far apart in time to show whether tension is rising."
