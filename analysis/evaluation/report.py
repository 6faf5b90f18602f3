"""How far the numbers can be trusted: measured rates and exhibits as views, charts and an answer."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from matplotlib.axes import Axes
from pandas import DataFrame, Series
from pandera.errors import SchemaError, SchemaErrors

from analysis.charts.base import BLUE, ORANGE, RED, SKY, Chart, empty_chart, new_axes
from analysis.country_names import country_in_sentence, dyad_name
from analysis.evaluation.checks import risk_checks
from analysis.evaluation.exhibits import Exhibits, load_json
from analysis.evaluation.known_history import EXPECTED_RISK, RISK_SHARES, RISK_TOLERANCE
from analysis.findings.answers import Answer
from analysis.lexicons import load_lexicon
from analysis.phrasing import listed
from analysis.schemas import ROOT_NAMES, ClassScores, MeasuredRates, wrong_value
from analysis.tables.rows import rows_of
from analysis.views.render import View, view

MEASURE = "python benchmarks/measure.py SHARED_FOLDER"
FAMILIES: Final = {"root": "per_root", "section": "per_section"}
FAMILY_NAMES: Final = {"root": "types of act", "section": "sections"}
CLASS_NAMES: Final = {**ROOT_NAMES, "YIELD": "concession"}  # one type in the set used for measuring
MODES: Final = ("rules", "encoder")
SPEEDS: Final = {
    "parse": "the parse alone",
    "annotate_rules": "all extractors, rules alone",
    "annotate_encoder": "all extractors, with the encoder",
}
RISK_NAMES: Final = dict(
    zip(RISK_SHARES, ("with the exclusion words", "without the exclusion words"), strict=True)
)
ASIDE: Final = (-0.1, 0.1)  # of a month's place, so that two intervals do not cover each other
MOST_MISSED = 3  # figures that the answer names
WEAK = 3  # classes that are named as the weakest


@dataclass(frozen=True)
class Results:
    """What `benchmarks/measure.py` measured; the columns are in `analysis.schemas`."""

    measured_date: str
    rates: DataFrame  # `MeasuredRates`
    classes: DataFrame  # `ClassScores`
    words_per_second: dict[str, int]  # of one core, by stage


def load_results(path: Path | str) -> Results:
    """The measured rates of every extractor.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: `benchmarks/measure.py` did not write it.
    """
    expected = f"measured results: `{MEASURE}` writes them"
    stored = load_json(Path(path), expected)
    try:
        return Results(
            measured_date=str(stored["date"]),
            rates=rate_table(stored),
            classes=class_table(stored),
            words_per_second={
                name: int(stored["speed_one_core"][name]["words_per_second"]) for name in SPEEDS
            },
        )
    except KeyError as error:
        raise ValueError(f"{path} has no {error}, expected {expected}") from error
    except (TypeError, ValueError, SchemaError, SchemaErrors) as error:
        raise ValueError(f"{path}: {wrong_value(error)}; expected {expected}") from error


def rate_table(stored: dict) -> DataFrame:
    """How often each extractor is right, by rules alone and with the encoder: `MeasuredRates` table."""
    rows = []
    intervals = stored["encoder"]["quotes.ci"] | stored["encoder"]["articles.ci"]
    for rate in rows_of(load_lexicon("evaluation/measured_rates")):
        whole = 100 if rate.unit == "percent" else 1
        scores = [stored[mode][rate.measure] / whole for mode in MODES]
        bounds = intervals[rate.interval_key] if rate.interval_key else (None, None)
        rows.append((rate.measure, *scores, *bounds))
    return MeasuredRates.validate(DataFrame(rows, columns=list(MeasuredRates.to_schema().columns)))


def class_table(stored: dict) -> DataFrame:
    """F1 of each type of act and of each section: `ClassScores` table."""
    rows = [
        (family, name, *(percent(stored[mode][key].get(name)) for mode in MODES))
        for family, key in FAMILIES.items()
        for name in sorted({*stored["rules"][key], *stored["encoder"][key]})
    ]
    return ClassScores.validate(DataFrame(rows, columns=list(ClassScores.to_schema().columns)))


def percent(score: float | None) -> float | None:
    return None if score is None else score / 100


def trust_answer(results: Results, checks: DataFrame) -> Answer:
    """How often the extractors are right, and how many known figures were found again."""
    scores = results.rates.set_index("measure")
    rules, joined = scores["rules_score"], scores["encoder_score"]
    found, right = (
        f"{tenths(joined[name])} ({tenths(rules[name])} with rules alone)"
        for name in ("articles.full_r", "articles.full_p")
    )
    first = (
        f"Of ten events that a reader finds in an article, the program finds {found}; of ten rows that it "
        f"shows, {right} are right. "
        f"Single sentences are easier: the rules give {rules['quotes.direct_e2e']:.0%} of direct "
        "quotes to the right speaker. On a scale where 1 is always right, they reach "
        f"{rules['events.binary_f1']:.2f} for conflict or cooperation between two marked actors, "
        f"{rules['events.root_f1']:.2f} for the type of act and {rules['stances.f1m']:.2f} for stance "
        f"({joined['stances.f1m']:.2f} with the encoder)."
    )
    known = checks[checks["exhibit"] != "speed"]  # a time limit was set, not known
    missed = [figure_name(row) for row in rows_of(known[~known["is_within"]])]
    missed = list(dict.fromkeys(missed))
    met = known["is_within"].sum()
    more = [f"{len(missed) - MOST_MISSED} more"] if len(missed) > MOST_MISSED else []
    names = listed(missed[:MOST_MISSED] + more) if missed else "none"
    second = f"Of {len(known)} figures known in advance, {met} were found again; missed: {names}."
    caveat = (
        "English news only, and measured on texts that were looked at while the rules were written: expect "
        "less on other text. Right on average does not mean right about the sentence in front of you, so "
        "read the sentence."
    )
    return Answer((first, second), caveat)


def tenths(share: float) -> str:
    """How many of ten: "7.4"."""
    return f"{10 * share:.1f}"


def figure_name(check: object) -> str:
    """What a row of `Checks` is about: "India – Pakistan, week of 2025-05-05"."""
    return f"{dyad_name(check.dyad)}, {check.subject}" if check.dyad else check.subject


def rates_view(results: Results) -> View:
    """Each question that an extractor answers: the test set, how often it is right, who does better."""
    described = load_lexicon("evaluation/measured_rates")
    rows = described.merge(results.rates, on="measure", validate="one_to_one")
    return view("evaluation/rates", rates=rows.to_dict("records"), date=results.measured_date)


def checks_view(checks: DataFrame, *exhibits: str) -> View:
    """What was expected, what was found, and whether it is close enough.

    Args:
        checks: `Checks` table.
        exhibits: which of its exhibits.
    """
    rows = checks[checks["exhibit"].isin(exhibits)]
    shown = [{**row._asdict(), "figure": figure_name(row)} for row in rows_of(rows)]
    return view("evaluation/checks", checks=shown, met=int(rows["is_within"].sum()))


def origin_view(exhibits: Exhibits) -> View:
    """Whether the exhibits were computed now or come from the stored file."""
    is_stored = bool(exhibits.items["text"].isna().all())
    return view("evaluation/computed_on", is_stored=is_stored, date=exhibits.computed_date)


def spike_items_view(exhibits: Exhibits) -> View:
    """The strongest spikes, each with the acts that made it."""
    groups = dict(list(exhibits.items.groupby(["dyad", "peak_date"])))
    rows = [
        {
            **spike._asdict(),
            "name": dyad_name(spike.dyad),
            "items": item_rows(groups.get((spike.dyad, spike.peak_date))),
        }
        for spike in rows_of(exhibits.spikes)
    ]
    return view("evaluation/spike_events", spikes=rows)


def actors_of(item: object) -> str:
    """ "China against Japan"; "M23, said to be backed by Rwanda, against Congo"."""
    target = country_in_sentence(item.target_country_code)
    if not isinstance(item.sponsor_code, str):
        return f"{country_in_sentence(item.source_country_code)} against {target}"
    where = "" if item.is_sponsor_in_article else "in other articles "
    sponsor = country_in_sentence(item.sponsor_code)
    return f"{item.source_name}, said {where}to be backed by {sponsor}, against {target}"


def item_rows(items: DataFrame | None) -> list[dict]:
    """The acts behind a spike by date, countries and act in words."""
    if items is None:
        return []
    ordered = items.sort_values(["published_date", "path", "event_id"])
    actors = [actors_of(item) for item in rows_of(ordered)]
    return ordered.assign(actors=actors, act=ordered["root"].map(ROOT_NAMES)).to_dict("records")


def speed_view(results: Results) -> View:
    """How many words one core reads in a second."""
    rows = [(SPEEDS[name], words) for name, words in results.words_per_second.items()]
    return view("evaluation/speed", speeds=rows, date=results.measured_date)


def class_chart(classes: DataFrame, family: str) -> Chart:
    """F1 of each class, by rules and with the encoder, the weakest first.

    Args:
        classes: `ClassScores` table.
        family: "root" or "section".
    """
    rows = classes[classes["family"] == family].dropna()
    rows = rows.assign(name=rows["name"].replace(CLASS_NAMES))
    rows = rows.sort_values(["rules_score", "name"], ignore_index=True)
    if rows.empty:
        return empty_chart(f"No {FAMILY_NAMES[family]} were measured.")
    weak = [f"{name} {score:.2f}" for name, score in zip(rows["name"], rows["rules_score"], strict=True)]
    title = f"Weakest {FAMILY_NAMES[family]}, rules alone: {listed(weak[:WEAK])}"
    figure, axes = new_axes(title, len(rows))
    draw_scores(axes, rows)
    axes.set_yticks(range(len(rows)), rows["name"])
    axes.invert_yaxis()
    axes.set_xlim(0, 1.02)
    axes.set_xlabel("F1 (0 never right, 1 always right)")
    axes.legend(fontsize=8, frameon=False, loc="lower left")
    values = zip(rows["name"], rows["rules_score"], rows["encoder_score"], strict=True)
    listing = "; ".join(f"{name} {rules:.2f}, {encoder:.2f}" for name, rules, encoder in values)
    return Chart(figure, f"Dot chart. {title}", f"F1 by rules, with the encoder: {listing}")


def draw_scores(axes: Axes, rows: DataFrame) -> None:
    """A dot by rules, a square with the encoder, a line between the two."""
    places = range(len(rows))
    axes.hlines(places, rows["rules_score"], rows["encoder_score"], color=SKY, linewidth=1)
    axes.plot(rows["rules_score"], places, "o", color=BLUE, label="rules alone")
    axes.plot(rows["encoder_score"], places, "s", color=ORANGE, markersize=5, label="with the encoder")


def risk_chart(months: DataFrame) -> Chart:
    """The share of stories about geopolitical risk by month, next to what was expected.

    Args:
        months: `Indicators` by month, with both shares of risk.
    """
    shares = months[months["indicator"].isin(RISK_SHARES)].dropna(subset="value")
    if shares.empty:
        return empty_chart("No month has a share of risk.")
    periods = sorted(shares["period"].unique())
    near = [check.is_within for check in risk_checks(months)]
    points = f"{100 * RISK_TOLERANCE:.1f} points"
    title = f"{sum(near)} of {len(near)} shares of risk are within {points} of what was expected"
    figure, axes = new_axes(title, 8)
    for column, (indicator, colour) in enumerate(zip(RISK_SHARES, (BLUE, ORANGE), strict=True)):
        rows = shares[shares["indicator"] == indicator].set_index("period").reindex(periods)
        draw_shares(axes, rows, colour, RISK_NAMES[indicator], ASIDE[column])
        draw_expected(axes, periods, column)
    read = shares.groupby("period")["story_count"].max()
    axes.set_xticks(range(len(periods)), [f"{period[:7]}\n{read[period]}" for period in periods], fontsize=8)
    axes.set_ylabel("share of releases, in percent", fontsize=9)
    axes.set_ylim(bottom=0)
    note = f"line: 95% interval; red: expected, within {points}; months without releases are left out"
    axes.set_xlabel(f"month, and releases read ({note})", fontsize=8)
    figure.legend(fontsize=8, frameon=False, loc="outside lower center", ncols=3)
    return Chart(figure, f"Dot chart by month. {title}", share_words(shares))


def draw_shares(axes: Axes, rows: DataFrame, colour: str, name: str, aside: float) -> None:
    """Each month's share with its interval, a little to one side."""
    places = [place + aside for place in range(len(rows))]
    axes.vlines(places, 100 * rows["low"], 100 * rows["high"], color=colour, linewidth=1.5)
    axes.plot(places, 100 * rows["value"], "o", color=colour, markersize=5, label=name)


def draw_expected(axes: Axes, periods: list[str], column: int) -> None:
    """A red cross beside the dot for each expected share, with the tolerance as its bar."""
    known = [month for month in EXPECTED_RISK if month in periods]
    places = [periods.index(month) + 2.4 * ASIDE[column] for month in known]
    heights = [100 * EXPECTED_RISK[month][column] for month in known]
    name = None if column else "expected"
    axes.errorbar(places, heights, 100 * RISK_TOLERANCE, fmt="x", color=RED, capsize=3, label=name)


def share_words(shares: DataFrame) -> str:
    """The shares of each month, for readers who cannot see the chart."""
    parts = [
        f"{RISK_NAMES[indicator]}: {', '.join(month_words(rows))}"
        for indicator, rows in shares.groupby("indicator", sort=False)
    ]
    return "; ".join(parts)


def month_words(rows: DataFrame) -> Series:
    return rows["period"].str[:7] + " " + (100 * rows["value"]).round(1).astype(str) + "%"
