"""Exhibits and measured rates: what is close enough, what is not, and what happens when nothing is stored."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.evaluation.checks import checks
from analysis.evaluation.exhibits import (
    TABLES,
    Exhibits,
    compute_exhibits,
    cpu_seconds,
    crisis_table,
    load_corpora,
    load_exhibits,
    write_exhibits,
)
from analysis.evaluation.known_history import EXPECTED_RISK, STATE, YEAR
from analysis.evaluation.report import (
    checks_view,
    class_chart,
    load_results,
    origin_view,
    rates_view,
    risk_chart,
    speed_view,
    spike_items_view,
    trust_answer,
)
from analysis.indicators.dyads import dyad_indicators
from analysis.indicators.spikes import pair_spikes
from tests.coverage import coded, coverage

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SENTENCE = "China shelled Japan."
ROW = {"low": 0.0, "high": 1.0, "event_count": 10, "article_count": 100, "story_count": 100}


def table(name, *rows):
    schema = TABLES[name]
    return schema.validate(pd.DataFrame(list(rows), columns=list(schema.to_schema().columns)))


def value(indicator, dyad, period, found, **given):
    return {"indicator": indicator, "dyad": dyad, "period": period, "value": found, **ROW, **given}


def months(*, july=0.049, tone=0.1, kept=6):
    """Shares of risk as expected; of ten matches a month `kept` hold no exclusion word."""
    shares = {**EXPECTED_RISK, "2021-07-01": (july, 0.112)}
    rows = [
        value(indicator, "world", month, pair[column], event_count=(kept, 10)[column])
        for month, pair in shares.items()
        for column, indicator in enumerate(("gpr_share", "gpr_unfiltered_share"))
    ]
    return table("months", *rows, value("mean_tone", "world", "2021-07-01", tone))


def crisis(**given):
    row = {"dyad": "IND-PAK", "start_period": "2025-05-05", "end_period": "2025-05-05"}
    return table("crises", {**row, "week_rank": 1, "spike_rank": 2, "story_count": 5, **given})


def point(period):
    level = {"before_mean": 0.1, "after_mean": 0.4}
    return table(
        "change_points",
        {"indicator": "conflict_per_story", "dyad": "RUS-UKR", "period": period, **level},
    )


def spike(**given):
    row = {"dyad": "CHN-JPN", "kind": "spike", "start_date": "2025-05-05", "end_date": "2025-05-07"}
    weights = {"hostile_weight": 4.5, "usual_weight": 0.1, "surprise_score": 5.0, "story_count": 5}
    return table(
        "spikes",
        {**row, "peak_date": "2025-05-05", **weights, "proxy_story_count": 0, "event_ids": "e1", **given},
    )


def item(**given):
    row = {"dyad": "CHN-JPN", "peak_date": "2025-05-05", "event_id": "e1", "published_date": "2025-05-06"}
    acted = {
        "source_name": "China",
        "is_sponsor_in_article": False,
        "source_country_code": "CHN",
        "target_country_code": "JPN",
        "root": "ASSAULT",
    }
    return table("items", {**row, **acted, "path": "x.jsonl:7", "text": SENTENCE, **given})


def duration(seconds):
    row = {"work": "from text to every indicator", "item_count": 5914}
    return table("durations", {**row, "duration_seconds": seconds, "limit_seconds": 180.0})


def shown(**given):
    """Exhibits in which everything is as expected, but for what a test gives."""
    weeks = [
        value("conflict_per_story", "RUS-UKR", p, v) for p, v in (("2022-02-21", 0.4), ("2022-03-07", 0.3))
    ]
    usual = {
        "months": months(),
        "weeks": table("weeks", *weeks),
        "change_points": point("2022-02-21"),
        "crises": crisis(),
        "spikes": spike(),
        "items": item(),
        "durations": duration(60.0),
    }
    usual |= {name: table(name) for name in TABLES.keys() - usual.keys()}
    return Exhibits(computed_date="2026-01-01", **{**usual, **given})


def outside(exhibits):
    found = checks(exhibits)
    return found[~found["is_within"]].reset_index(drop=True)


def test_figures_as_expected_are_within():
    assert outside(shown()).empty
    assert len(checks(shown())) == 9 + 2 + 1 + 2 + 1


def test_a_share_of_risk_can_differ_by_up_to_a_point_and_a_half():
    near = checks(shown(months=months(july=0.064))).iloc[0]
    assert near["is_within"]
    assert near["reason"] == "+1.5 points: 2 of 100 releases"
    far = outside(shown(months=months(july=0.065)))
    assert far["subject"].tolist() == ["share of risk in 2021-07, with the exclusion words"]
    assert far["found"].tolist() == ["6.5%"]


def test_a_month_without_releases_is_outside_with_its_reason():
    few = months()
    found = outside(shown(months=few[few["period"] != "2022-02-01"]))
    assert found["found"].tolist() == ["nothing"] * 2
    assert found["reason"].tolist() == ["no release of this month was read"] * 2


def test_exclusion_words_that_remove_more_than_before_are_outside():
    found = outside(shown(months=months(kept=5)))
    assert found["found"].tolist() == ["50%"]
    assert found["reason"].tolist() == ["20 of 40 matches"]


def test_a_peak_or_a_change_of_level_elsewhere_is_outside():
    late = table("weeks", value("conflict_per_story", "RUS-UKR", "2022-06-06", 0.9))
    found = outside(shown(weeks=late, change_points=point("2022-03-14")))
    assert found["found"].tolist() == ["week of 2022-06-06 (0.90)", "week of 2022-03-14"]
    assert found["reason"][1] == "the nearest begins 18 days from it"
    none = outside(shown(change_points=table("change_points")))
    assert none["reason"].tolist() == ["the series stays at one level"]


def test_a_tone_that_moves_is_outside():
    found = outside(shown(months=months(tone=-0.2)))
    assert found["found"].tolist() == ["-0.200 to -0.200"]


def test_a_crisis_that_does_not_show_has_a_reason():
    few = outside(shown(crises=crisis(spike_rank=None, week_rank=None, story_count=2)))
    assert few["found"].tolist() == ["not among them", "not among them"]
    assert few["reason"][0] == "2 stories with a hostile act between the two; 3 needed"
    low = outside(shown(crises=crisis(spike_rank=11)))
    assert low["found"].tolist() == ["no. 11 of all spikes"]
    assert "other weeks or pairs had more" in low["reason"][0]


def test_slow_work_is_outside():
    assert outside(shown(durations=duration(181.0)))["found"].tolist() == ["181.0 seconds"]


def test_a_crisis_is_found_by_its_place_among_the_pairs_weeks_and_all_spikes():
    mondays = pd.date_range("2025-01-06", "2025-12-29", freq="7D")
    articles = coverage(*mondays, "2025-05-06", "2025-05-07")
    bombed = [(n, "IND", "PAK", "ASSAULT", "past") for n in (17, 52, 53)]  # Monday to Wednesday
    events = coded(*bombed, (0, "IND", "PAK", "ACCUSE", "past"), of=articles)
    found = crisis_table(dyad_indicators(articles, events, period="week"), pair_spikes(articles, events))
    row = found[found["dyad"] == "IND-PAK"].iloc[0]
    assert (row["week_rank"], row["spike_rank"], row["story_count"]) == (1, 1, 3)
    assert found.loc[found["dyad"] == "COD-RWA", "spike_rank"].isna().all()


def test_stored_exhibits_come_back_without_the_text(tmp_path):
    write_exhibits(shown(), tmp_path / "exhibits.json")
    back = load_exhibits(tmp_path / "exhibits.json")
    assert SENTENCE not in (tmp_path / "exhibits.json").read_text(encoding="utf-8")
    assert back.items["text"].isna().all()
    pd.testing.assert_frame_equal(checks(back), checks(shown()))
    pd.testing.assert_frame_equal(back.spikes, shown().spikes)


def test_the_committed_exhibits_hold_no_text():
    stored = json.loads((BENCHMARKS / "exhibits.json").read_text(encoding="utf-8"))
    assert [row["text"] for row in stored["items"]] == [None] * len(stored["items"]) != []
    longest = max(len(cell) for row in stored["items"] for cell in row.values() if isinstance(cell, str))
    assert longest < 80


@pytest.mark.parametrize("load", [load_exhibits, load_results])
def test_the_error_for_a_missing_or_broken_file_names_what_writes_it(tmp_path, load):
    path = tmp_path / "stored.json"
    with pytest.raises(FileNotFoundError, match=r"does not exist, expected .*measure\.py"):
        load(path)
    for text, said in (("{", "is not JSON"), ("[]", "holds a list"), ("{}", "expected")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=rf"stored\.json.*{said}.*measure\.py"):
            load(path)


def test_a_folder_without_the_corpora_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match=f"has no file {STATE}, expected the folder with"):
        compute_exhibits(tmp_path)
    (tmp_path / STATE).touch()
    with pytest.raises(FileNotFoundError, match=f"has no file {YEAR}, expected"):
        compute_exhibits(tmp_path / ".")


def test_only_the_two_corpora_of_a_folder_are_read(tmp_path):
    for name, text in ((STATE, "One."), (YEAR, "Two."), ("other.jsonl", "Three.")):
        (tmp_path / name).write_text(
            json.dumps({"text": text, "date": "2022-02-24"}) + "\n", encoding="utf-8"
        )
    assert [part["text"].tolist() for part in load_corpora(tmp_path)] == [["One."], ["Two."]]


def test_the_committed_results_give_a_rate_for_every_question():
    results = load_results(BENCHMARKS / "results.json")
    html = rates_view(results).html
    assert html.count("<tr>") == 1 + len(results.rates)
    assert "(PolNeAR, dev half)" in html
    assert speed_view(results).html.count("<tr>") == 4
    assert {"COOPERATE", "Sports"} <= set(results.classes["name"])


def test_the_answer_names_what_was_not_found_again():
    results = load_results(BENCHMARKS / "results.json")
    assert trust_answer(results, checks(shown())).sentences[1].endswith("again; missed: none.")
    poor = trust_answer(results, checks(shown(crises=crisis(spike_rank=11))))
    assert "13 were found again; missed: India – Pakistan, week of 2025-05-05." in poor.sentences[1]
    few = months()
    worst = trust_answer(results, checks(shown(months=few[few["period"] == "2021-05-01"])))
    assert "2021-07, without the exclusion words, " in worst.sentences[1]
    assert worst.sentences[1].endswith(" and 7 more.")


def test_the_answer_says_first_how_many_of_ten_events_are_found_and_right():
    results = load_results(BENCHMARKS / "results.json")
    whole = [("articles.full_r", 0.52, 0.71), ("articles.full_p", 0.78, 0.84)]
    others = results.rates[~results.rates["measure"].isin(["articles.full_r", "articles.full_p"])]
    rows = pd.DataFrame(whole, columns=["measure", "rules_score", "encoder_score"])
    given = replace(results, rates=pd.concat([rows, others]))
    assert (
        trust_answer(given, checks(shown()))
        .sentences[0]
        .startswith(
            "Of ten events that a reader finds in an article, the program finds 7.1 (5.2 with rules alone); "
            "of ten rows that it shows, 8.4 (7.8 with rules alone) are right. "
        )
    )


def test_a_question_that_nobody_else_measured_has_no_best_program():
    html = rates_view(load_results(BENCHMARKS / "results.json")).html
    row = next(line for line in html.splitlines() if "Of the events that it reports" in line)
    assert row.endswith("<td>none known</td><td>not measured</td></tr>")


def test_a_time_limit_is_not_a_figure_known_in_advance():
    results = load_results(BENCHMARKS / "results.json")
    slow, swift = (
        trust_answer(results, checks(shown(durations=duration(seconds)))).sentences[1]
        for seconds in (999.0, 1.0)
    )
    assert slow == swift == "Of 14 figures known in advance, 14 were found again; missed: none."


def test_a_figure_outside_its_tolerance_is_shown_as_such():
    html = checks_view(checks(shown(months=months(july=0.09))), "risk").html
    assert html.count("no, outside") == 1
    assert "8 of 9 figures as expected" in html


def test_stored_exhibits_say_that_they_are_stored_and_show_no_sentence():
    stored = shown(items=item(text=None))
    assert "Stored figures, computed on 2026-01-01" in origin_view(stored).text
    assert "Computed on 2026-01-01" in origin_view(shown()).text
    assert "2025-05-06, China against Japan: assault (x.jsonl:7)" in spike_items_view(stored).text
    assert SENTENCE not in spike_items_view(stored).text
    assert SENTENCE in spike_items_view(shown()).text


def test_text_of_a_corpus_is_shown_as_text():
    assert "<b>" not in spike_items_view(shown(items=item(text="<b>China</b>"))).html


def test_charts_say_what_they_show():
    results = load_results(BENCHMARKS / "results.json")
    chart = class_chart(results.classes, "root")
    assert "Weakest types of act, rules alone: " in chart.alt
    assert "2022-02 14.5%" in risk_chart(months()).alt
    assert "No month has a share of risk" in risk_chart(table("months")).alt


def test_the_work_of_a_process_that_ended_is_counted():
    before = cpu_seconds()
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    subprocess.run([sys.executable, "-c", busy], check=True)
    assert cpu_seconds() - before > 0.2


def test_the_days_of_known_crises_come_back(tmp_path):
    crisis_days = {"start_date": pd.Timestamp("2025-05-07"), "end_date": pd.Timestamp("2025-05-10")}
    weights = {"item_count": 2, "weight": 1.0, "usual_weight": 0.1, "story_count": 3}
    row = {"kind": "force", "dyad": "IND-PAK", "note": "x", "is_found": True, "reason": "", **weights}
    write_exhibits(shown(known_crises=table("known_crises", {**row, **crisis_days})), tmp_path / "e.json")
    (back,) = load_exhibits(tmp_path / "e.json").known_crises.itertuples()
    assert (back.start_date, back.end_date) == tuple(crisis_days.values())
