"""What notebook 04 and the briefings show of measurements: tables in `analysis/data/measured`.

usage: python -m benchmarks.publish

Writes the rates of `benchmarks/results.json` again. `benchmarks.validate` writes the other tables.
"""

import json
from pathlib import Path
from typing import Final

import pandas as pd
from pandas import DataFrame

from analysis.country_names import country_in_sentence, dyad_name
from analysis.evaluation.measured import MEASURED
from analysis.indicators.dyads import indicator_name
from analysis.phrasing import counted, days_in_words
from analysis.schemas import ROOT_NAMES
from benchmarks.validation.checks import checks
from benchmarks.validation.exhibits import Exhibits
from benchmarks.validation.known_history import EXPECTED_RISK, RISK_SHARES
from benchmarks.validation.noise import CHANGE_POINT, SPIKE
from benchmarks.validation.world_series import MENTIONS, OURS, QUERIES, TONE

RESULTS: Final = Path(__file__).with_name("results.json")
QUESTIONS: Final = Path(__file__).with_name("questions.csv")
FAMILIES: Final = {"root": "per_root", "section": "per_section"}
MAX_ALARMS: Final = {SPIKE: "1 a year", CHANGE_POINT: "5%"}  # what each kind of finding promises
TESTS: Final = ("halves", "draws")
SPEEDS: Final = {"parse": "the parse alone", "annotate": "everything"}
KINDS: Final = {"force": "of force", "political": "short of force"}
SERIES_NAMES: Final = {
    OURS: "our series",
    MENTIONS: "counting mentions",
    QUERIES: "the published queries",
    TONE: "TextBlob's tone",
}


def write(name: str, rows: DataFrame) -> None:
    MEASURED.mkdir(exist_ok=True)
    rows.to_csv(MEASURED / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")


def publish_rates(results: dict) -> None:
    """How often each question is answered correctly, by class too, and how fast; each with its day."""
    questions = pd.read_csv(QUESTIONS)
    scores = results["scores"]
    intervals = scores["quotes.ci"] | scores["articles.ci"]
    bounds = [intervals.get(key, (None, None)) for key in questions["interval_key"]]
    whole = questions["unit"].map({"percent": 100}).fillna(1)
    rates = questions.assign(
        score=questions["measure"].map(scores) / whole,
        low=[low for low, _ in bounds],
        high=[high for _, high in bounds],
        measured_date=[
            results["articles_date" if name.startswith("articles.") else "date"]
            for name in questions["measure"]
        ],
    )
    write("rates", rates.drop(columns=["unit", "interval_key", "source", "note"]))
    classes = [
        (family, name, scores[key][name] / 100)
        for family, key in FAMILIES.items()
        for name in sorted(scores[key])
    ]
    write("classes", DataFrame(classes, columns=["family", "name", "score"]))
    speed = results["speed_one_core"]
    speeds = [(words, speed[name]["words_per_second"], speed["date"]) for name, words in SPEEDS.items()]
    write("speeds", DataFrame(speeds, columns=["work", "words_per_second", "measured_date"]))


def publish_exhibits(exhibits: Exhibits) -> None:
    """What the indicators make of two corpora whose history is known, without any text of them."""
    for name in ("months", "weeks", "change_points", "risk_months"):
        write(name, getattr(exhibits, name))
    write("checks", checks(exhibits).assign(computed_date=exhibits.computed_date))
    write(
        "expected_risk",
        DataFrame(
            (
                (month, indicator, share)
                for month, shares in EXPECTED_RISK.items()
                for indicator, share in zip(RISK_SHARES, shares, strict=True)
            ),
            columns=["period", "indicator", "share"],
        ),
    )
    write("agreements", exhibits.agreements.assign(series=exhibits.agreements["series"].map(SERIES_NAMES)))
    spikes = exhibits.spikes
    write("spikes", spikes.assign(name=spikes["dyad"].map(dyad_name)).drop(columns="event_ids"))
    items = exhibits.items.sort_values(["published_date", "path", "event_id"])
    acts = {"actors": [actors_of(item) for item in items.itertuples()], "act": items["root"].map(ROOT_NAMES)}
    columns = ["dyad", "peak_date", "published_date", "actors", "act", "path"]
    write("spike_acts", items.assign(**acts)[columns])
    crises = exhibits.known_crises
    days = [days_in_words(one.start_date, one.end_date) for one in crises.itertuples()]
    columns = ["name", "days", "note", "kind", "weight", "usual_weight", "is_found", "reason"]
    write("known_crises", crises.assign(name=crises["dyad"].map(dyad_name), days=days)[columns])
    write("crisis_rates", DataFrame({"line": list(map(rate_line, exhibits.crisis_rates.itertuples()))}))
    alarms = exhibits.false_alarms
    shown = {"rate": list(map(alarm_rate, alarms.itertuples())), "most": alarms["finding"].map(MAX_ALARMS)}
    write("false_alarms", alarms.assign(**shown)[["corpus", "finding", "rate", "most"]])
    intervals = [
        {"name": indicator_name(row["indicator"]), **{test: share_held(row, test) for test in TESTS}}
        for row in exhibits.intervals_held.to_dict("records")
    ]
    write("intervals_held", DataFrame(intervals))


def actors_of(item: object) -> str:
    """ "China against Japan"; "M23, said to be backed by Rwanda, against Congo"."""
    target = country_in_sentence(item.target_country_code)
    if not isinstance(item.sponsor_code, str):
        return f"{country_in_sentence(item.source_country_code)} against {target}"
    where = "" if item.is_sponsor_in_article else "in other articles "
    sponsor = country_in_sentence(item.sponsor_code)
    return f"{item.source_name}, said {where}to be backed by {sponsor}, against {target}"


def rate_line(rate: object) -> str:
    """What was found of one kind of crisis, and what else passes the test."""
    found = f"{rate.found_count} of {rate.crisis_count} crises {KINDS[rate.kind]} are found"
    others = counted(rate.other_week_count, "other week")
    return f"{found}; {others} of {counted(rate.pair_count, 'pair')} pass the same test"


def alarm_rate(alarm: object) -> str:
    """How often a finding is made in shuffled dates: "0.6 a year in 36 years", "5% of 210 series"."""
    if not alarm.searched:
        return "none is long enough"
    share = alarm.found_count / alarm.searched
    if alarm.finding == CHANGE_POINT:
        return f"{share:.1%} of {round(alarm.searched):,} series"
    return f"{share:.1f} a year in {counted(round(alarm.searched), 'year')}"


def share_held(interval: dict, test: str) -> str:
    """How many intervals held in a test: "95% of 197"; "–" where none was tested."""
    count = interval[f"{test}_count"]
    return f"{interval[f'{test}_inside_count'] / count:.0%} of {count:,}" if count else "–"


if __name__ == "__main__":
    publish_rates(json.loads(RESULTS.read_text(encoding="utf-8")))
