"""The sections of the front page on its period: picture, judgments, chronology, quotes, what to watch.

Each row carries the place of the sentence behind it, which the page links to.
"""

import base64
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup
from pandas import DataFrame

from analysis.briefing.front_page_data import FrontPageData
from analysis.charts.base import Chart
from analysis.charts.period import MAX_PAIRS, SideLabels, period_picture
from analysis.charts.world_map import world_map
from analysis.country_names import dyad_in_sentence, dyad_name
from analysis.findings.analyst_marks import analyst_mark
from analysis.findings.cut_quotes import shortened
from analysis.findings.denials import denying_sentence
from analysis.findings.incident_wording import about
from analysis.findings.leads import watched_incidents
from analysis.findings.other_side import other_side, silent_sentence, told_sentences
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.period_sources import period_sources, rests_on_sentence
from analysis.findings.reported import Reported, reported_incidents
from analysis.findings.telling_quotes import telling_quotes
from analysis.findings.wording import words
from analysis.indicators.country_levels import country_levels, pair_levels
from analysis.tables.rows import rows_of
from analysis.views.citations import event_evidence, linked
from analysis.views.evidence import article_index
from analysis.views.pages import whole_figure
from analysis.views.pairs import map_table

LEADING_PAIRS: Final = 3  # whose speakers and sides are heard
LEAST_ON_MAP: Final = 3  # countries; of two a map says nothing
NAMED_IN_PICTURE: Final = 4  # incidents of a pair that its label is made of


def picture(data: FrontPageData) -> Markup:
    """The one picture of the page; empty where nothing was reported."""
    if data.inputs.current.empty:
        return Markup("")
    return picture_of(period_chart(data.inputs))


def picture_of(chart: Chart) -> Markup:
    """A chart as the page shows it."""
    return whole_figure(base64.b64encode(chart.png()).decode("ascii"), chart.alt)


def period_chart(inputs: PeriodInputs) -> Chart:
    """The leading pairs over time or, of few days, who deals with whom and how."""
    pairs = inputs.sides["dyad"].head(MAX_PAIRS).tolist()
    return period_picture(
        inputs.levels[inputs.levels["dyad"].isin(pairs)],
        in_order(inputs.moves, pairs),
        inputs.current,
        labels={pair: label_of(inputs.of_pair(pair), inputs) for pair in pairs},
        side_labels={pair: side_labels(inputs.of_pair(pair), inputs) for pair in pairs},
    )


def in_order(rows: DataFrame, pairs: list[str]) -> DataFrame:
    """The rows of some pairs, in the order of the pairs."""
    places = {pair: place for place, pair in enumerate(pairs)}
    chosen = rows[rows["dyad"].isin(pairs)]
    return chosen.sort_values("dyad", key=lambda names: names.map(places), kind="stable", ignore_index=True)


def label_of(incidents: DataFrame, inputs: PeriodInputs) -> str:
    """What the heaviest incidents of a pair are, in a few words."""
    leading = list(rows_of(incidents.head(NAMED_IN_PICTURE)))
    return about(leading, {one.incident_id: inputs.sentence(one) for one in leading})


def side_labels(incidents: DataFrame, inputs: PeriodInputs) -> SideLabels:
    friendly = incidents["quad"] <= 2
    return SideLabels(label_of(incidents[friendly], inputs), label_of(incidents[~friendly], inputs))


def judgment_rows(data: FrontPageData) -> list[dict]:
    """Each judgment with its sentences."""
    events = data.deduplicated.events
    rows, first_with = [], {}
    for number, judgment in enumerate(data.judgments, start=1):
        behind = events[events["event_id"].isin(judgment.event_ids)]
        sources = (judgment.basis, frozenset(behind["article_id"]))
        first = first_with.setdefault(sources, number)
        evidence = event_evidence(behind.assign(mean_intensity=None, conflict_share=None), data.deduplicated)
        rows.append(
            {
                "judgment": judgment,
                "same_sources_as": first if first < number else None,
                "evidence": evidence,
                "total": len(behind),
            }
        )
    return rows


def chronology(incidents: DataFrame, data: FrontPageData) -> list[dict]:
    """Some incidents by day."""
    rows = by_sentence(incidents, data)
    return sorted(rows, key=lambda row: (row["reported"].day is None, row["reported"].day or data.made_on))


def by_sentence(incidents: DataFrame, data: FrontPageData) -> list[dict]:
    """A row for each sentence that reports some incidents, with the clauses that word them."""
    rows: dict[tuple, dict] = {}
    for one, incident in told(incidents, data.inputs):
        row = rows.setdefault((one.article_id, one.quote), incident_row(one, incident, data))
        if one.is_day_known and not row["reported"].is_day_known:
            row |= {"reported": one, "days": words("findings/reported", "days", incident)}
        row["clauses"] += [one.clause] if one.clause else []
        row["by_analyst"] = row["by_analyst"] or analyst_mark(incident, data.inputs)
    return list(rows.values())


def watched(data: FrontPageData) -> list[dict]:
    """What is announced, by its day."""
    return by_sentence(watched_incidents(data.inputs), data)


def told(incidents: DataFrame, inputs: PeriodInputs) -> list[tuple[Reported, Any]]:
    return list(zip(reported_incidents(incidents, inputs), rows_of(incidents), strict=True))


def incident_row(one: Reported, incident: Any, data: FrontPageData) -> dict:
    """An incident in words, with a link to the sentence that reports it."""
    tables = data.deduplicated
    article = article_index(tables)[one.article_id]
    row = {
        "reported": one,
        "clauses": [],
        "by_analyst": "",
        "days": words("findings/reported", "days", incident),
        "reports": words("findings/reported", "reports", incident),
        "denials": denial_rows(incident, data) if one.is_denied else [],
    }
    return linked(row, tables, article, one.start_char)


def denial_rows(incident: Any, data: FrontPageData) -> list[dict]:
    """The sentence that denies an incident, linked to its place."""
    found = denying_sentence(incident, data.inputs)
    if found is None:
        return []
    tables, article = data.deduplicated, article_index(data.deduplicated)[found.article_id]
    return [linked({"quote": shortened(data.inputs.sentence(found))}, tables, article, found.start_char)]


def quote_rows(data: FrontPageData) -> list[dict]:
    """The most telling direct quotes on the leading pairs, each with a link to its place."""
    tables, articles = data.deduplicated, article_index(data.deduplicated)
    quotes = telling_quotes(tables, leading_pairs(data), article_ids(data))
    return [linked({"quote": one}, tables, articles[one.article_id], one.start_char) for one in quotes]


def sides_told(data: FrontPageData) -> dict:
    """How each side of the leading pairs tells it: sentences by pair, and who is not heard."""
    views = other_side(data.deduplicated, leading_pairs(data), article_ids(data))
    pairs = [(dyad_in_sentence(one.pair), told_sentences(one)) for one in views]
    return {"pairs": [one for one in pairs if one[1]], "silent": silent_sentence(views)}


def rests_on(data: FrontPageData) -> str:
    """What the period rests on, in one sentence."""
    return rests_on_sentence(period_sources(data.deduplicated, leading_pairs(data), article_ids(data)))


def leading_pairs(data: FrontPageData) -> list[str]:
    return data.inputs.sides["dyad"].head(LEADING_PAIRS).tolist()


def article_ids(data: FrontPageData) -> list[str]:
    """The articles of the period."""
    return data.inputs.articles["article_id"].tolist()


def move_rows(data: FrontPageData) -> list[dict]:
    """The pairs that are clearly more or less hostile than usual, with values and interval."""
    inputs = data.inputs
    moved = inputs.moves[inputs.moves["direction"].isin(("up", "down"))]
    places = {pair: place for place, pair in enumerate(inputs.sides["dyad"])}
    ordered = moved.assign(place=moved["dyad"].map(places)).sort_values(["place", "dyad"], na_position="last")
    return [{"pair": dyad_name(row.dyad), **row._asdict()} for row in rows_of(ordered)]


@dataclass(frozen=True)
class EventReporters:
    """Who reports the events behind the judgments."""

    event_count: int
    quoted_count: int  # reported by somebody whom an article quotes


def reporters_sentence(data: FrontPageData) -> str:
    """Who reports the events behind the judgments: the articles themselves, or somebody they quote."""
    ids = {one for judgment in data.judgments for one in judgment.event_ids}
    events = data.deduplicated.events[data.deduplicated.events["event_id"].isin(ids)]
    reporters = EventReporters(len(events), int(events["reported_by"].notna().sum()))
    return words("briefing/front_page", "reporters", reporters)


def world(data: FrontPageData) -> dict:
    """The map of the period and its table; empty where no two countries are reported on."""
    incidents = data.inputs.current
    levels = country_levels(incidents)
    if len(levels) < LEAST_ON_MAP:
        return {"map": Markup(""), "table": Markup("")}
    pairs = pair_levels(incidents)
    return {
        "map": picture_of(world_map(levels, pairs)),
        "table": Markup(map_table(levels, pairs).html),
    }
