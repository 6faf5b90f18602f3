"""The stories in examples/thirteen-days, read as one corpus, against what historians know of October 1962."""

import csv
import re

import pandas as pd
import pytest

from analysis import open_corpus
from analysis.findings.page import front_page_of
from benchmarks.validation.tension import POLITICAL_TENSION, weekly_tension
from docs.generator.tutorial_pictures import EXAMPLE, ROOT

pytestmark = pytest.mark.model

SOVIET_US = "Soviet Union – United States"
CUBA_US = "Cuba – United States"
CUBA_SOVIET = "Cuba – Soviet Union"
LATER = {  # what was not known at first, and the day on which it came out
    r"14 October|Oct\. 14.*(?:U-2|photograph)|photograph.*Oct\. 14": "1962-10-22",
    r"missile (?:bases|sites) .*(?:are being|is being|was) built|sites was being prepared": "1962-10-22",
    r"Rudolf Anderson": "1962-10-28",
    r"stay out of the area": "1962-10-26",
    r"letter .*dated Friday": "1962-10-27",
    r"learned\s+of\s+the\s+(?:Soviet\s+)?decision\s+from\s+the\s+radio": "1962-11-03",
    r"[Ff]orty-two|42 [Mm]issiles": "1962-11-11",
}
NEVER = r"Scali|Fomin|Feklisov|B-59|Arkhipov|Operation Mongoose|ExComm|Executive Committee|tactical nuclear"
"""What came out only after the last story: back channels, the submarine, warheads on the island."""


LEADS = {  # of the front pages of five days: the pair that leads, and what is said of it
    "1962-09-11": ("RUS-USA", r"warned the United States .* an attack on Cuba would be the beginning of war"),
    "1962-10-16": ("RUS-USA", r"to visit New York in November"),
    "1962-10-23": ("RUS-USA", r"accused the United States of piracy .* could lead to thermonuclear war"),
    "1962-10-28": ("RUS-USA", r"return the weapons to the Soviet Union"),
    "1962-11-20": ("RUS-USA", r"Kennedy lifted the naval quarantine of Cuba on Tuesday"),
}


@pytest.fixture(scope="module")
def crisis(crisis_store):
    return open_corpus(EXAMPLE, store=crisis_store)


@pytest.fixture(scope="module")
def incidents(crisis):
    return crisis.incidents


def told(incidents, pair, day, words):
    """The incidents of a pair that began on a day, whose sentence has some words."""
    rows = incidents[(incidents["pair"] == pair) & (incidents["date"] == pd.Timestamp(day))]
    return rows[rows["sentence"].str.contains(words)]


def test_most_pressure_between_the_pair_is_reported_from_22_to_28_october_and_little_after(crisis):
    weekly = weekly_tension(crisis.articles, crisis.tables.events)
    own = weekly[(weekly["dyad"] == "RUS-USA") & (weekly["indicator"] == POLITICAL_TENSION)]
    weeks = own.set_index("period")["value"]
    assert weeks.idxmax() == "1962-10-22"  # a Monday
    assert weeks["1962-10-22"] > 2.5 * weeks.drop("1962-10-22").max()
    assert weeks[weeks.index > "1962-10-22"].max() < weeks[weeks.index < "1962-10-22"].max()


def test_only_the_pair_of_the_crisis_has_such_a_peak(crisis):
    weekly = weekly_tension(crisis.articles, crisis.tables.events)
    political = weekly[weekly["indicator"] == POLITICAL_TENSION]
    assert political.loc[political["value"].idxmax(), ["dyad", "period"]].tolist() == [
        "RUS-USA",
        "1962-10-22",
    ]


@pytest.mark.parametrize(
    ("pair", "day", "words", "who", "whom"),
    [
        (CUBA_US, "1962-10-22", "naval quarantine of Cuba", "United States", "Cuba"),
        (SOVIET_US, "1962-10-23", "accused the United States of piracy", "Soviet Union", "United States"),
        (SOVIET_US, "1962-10-25", "admit that it had put missiles", "United States", "Soviet Union"),
        (SOVIET_US, "1962-10-27", "promised Premier Khrushchev", "United States", "Soviet Union"),
        (SOVIET_US, "1962-10-27", "missiles in Turkey", "United States", "Soviet Union"),
        pytest.param(
            *(CUBA_SOVIET, "1962-10-27", "removed its missiles from Turkey|Its Own From Turkey"),
            *("Soviet Union", "Cuba"),
            marks=pytest.mark.xfail(
                strict=True, reason="the offer is read as one to the United States alone"
            ),
        ),
        (CUBA_US, "1962-10-27", "brought down an American plane", "Cuba", "United States"),
        (CUBA_SOVIET, "1962-10-28", "withdrawal of Soviet missiles from Cuba", "Soviet Union", "Cuba"),
        (SOVIET_US, "1962-10-28", "statesmanlike decision", "United States", "Soviet Union"),
        (CUBA_US, "1962-11-20", "lifted the naval quarantine", "United States", "Cuba"),
    ],
)
def test_what_every_history_tells_is_an_incident_with_its_day_and_sides(
    incidents, pair, day, words, who, whom
):
    found = told(incidents, pair, day, words)
    assert (who, whom) in set(zip(found["who (country)"], found["whom (country)"], strict=True))


def soviet_acts(incidents, *roots):
    """The acts of some types by the Soviet Union to the United States or Cuba."""
    both = incidents[incidents["pair"].isin([SOVIET_US, CUBA_SOVIET])]
    return both[both["root"].isin(roots) & (both["source_code"] == "RUS")]


def test_threats_come_before_the_28th_and_the_withdrawal_from_then_on(incidents):
    threats = soviet_acts(incidents, "THREATEN")
    withdrawals = soviet_acts(incidents, "RETREAT")
    assert threats["date"].min() == pd.Timestamp("1962-09-11")
    assert threats["date"].max() < pd.Timestamp("1962-10-28")
    assert {"1962-10-28", "1962-11-02"} <= set(withdrawals["date"].dt.strftime("%Y-%m-%d"))


@pytest.mark.xfail(
    strict=True, reason="of one sentence and pair only the accusation is kept, not the warning"
)
def test_the_warning_of_23_october_is_a_threat_beside_the_accusation(incidents):
    threats = soviet_acts(incidents, "THREATEN")
    assert "1962-10-23" in set(threats["date"].dt.strftime("%Y-%m-%d"))


def test_no_soviet_concession_comes_before_the_28th(incidents):
    assert soviet_acts(incidents, "CONCEDE")["date"].min() >= pd.Timestamp("1962-10-28")


def test_the_soviet_denials_of_september_and_october_are_statements_that_deny(crisis):
    statements = crisis.statements
    denied = statements[
        (statements["cue"] == "deny") & statements["statement"].str.contains("offensive weapons")
    ]
    assert sorted(denied["date"].dt.strftime("%Y-%m-%d")) == ["1962-09-11", "1962-10-23"]
    assert set(denied["country"]) == {"Soviet Union"}


@pytest.mark.xfail(strict=True, reason="arms that a side denies having sent give no row any more")
def test_arms_that_a_side_denies_having_sent_are_a_negated_deed(crisis):
    events = crisis.events
    denied = events[(events["status"] == "negated") & events["sentence"].str.contains("offensive weapons")]
    assert {"1962-09-11", "1962-10-23"} <= set(denied["date"].dt.strftime("%Y-%m-%d"))
    assert set(denied["who (country)"]) == {"Soviet Union"}


def test_a_rumour_that_was_denied_is_no_attack(incidents):
    rumour = incidents[incidents["sentence"].str.contains("fired on a Soviet freighter")]
    assert not ((rumour["root"] == "ASSAULT") & (rumour["status"] == "done")).any()


@pytest.mark.parametrize(("words", "day"), LATER.items())
def test_nothing_is_told_before_the_day_on_which_it_came_out(crisis, words, day):
    early = crisis.articles[crisis.articles["published_date"] < day]
    assert not early["text"].str.contains(words).any()
    late = crisis.articles[crisis.articles["published_date"] >= day]
    assert words.startswith("14") or late["text"].str.contains(words).any()


def paragraphs(store, period, **more):
    """What the front page tells of each leading pair."""
    inputs = open_corpus(EXAMPLE, reporting_period=period, store=store, **more).period_inputs
    return front_page_of(inputs).paragraphs


@pytest.mark.parametrize("day", LEADS)
def test_the_front_page_of_a_day_leads_with_what_mattered_then(crisis_store, day):
    first = {one.pair: one.statement for one in paragraphs(crisis_store, "day", until=day)[:3]}
    assert re.search(LEADS[day][1], first[LEADS[day][0]])


def test_the_front_page_of_the_demo_leads_with_the_quarantine_and_the_withdrawal(crisis_store):
    leading = paragraphs(crisis_store, "1962-10-22..1962-10-28")
    lines = {one.pair: one.statement for one in leading[:3]}
    assert "ordered the withdrawal of Soviet missiles" in lines["CUB-RUS"]
    assert re.search(r"ordered a naval quarantine of Cuba|orders the Navy to stop ships", lines["CUB-USA"])
    assert not any("(Exercise" in one.statement for one in leading)  # where and when a story was filed


def test_what_came_out_years_later_is_told_nowhere(crisis):
    assert not crisis.articles["text"].str.contains(NEVER).any()
    deal = crisis.articles["text"].str.contains("secret arrangement")
    assert crisis.articles.loc[deal, "text"].str.contains("had made no secret arrangement").all()


def test_the_stories_are_as_the_page_on_them_says(crisis):
    articles = crisis.articles
    assert crisis.rejected.empty
    assert 70 <= len(articles) <= 90
    assert articles["text"].str.split().str.len().between(90, 240).all()  # with the headline
    assert articles["published_date"].between("1962-09-01", "1962-11-20").all()
    assert articles["outlet"].str.startswith("Exercise ").all()
    assert articles["outlet"].nunique() == 4
    assert len(articles) - articles["story_id"].nunique() == 5  # reprints


def quoted(articles):
    """The words in quotation marks, with the file of each."""
    return {
        (row.path, quotation.rstrip(",."))
        for row in articles.itertuples()
        for quotation in re.findall(r'"([^"]+)"', row.text.replace("\n", " "))
    }


def test_every_quotation_has_its_source_and_a_reprint_has_those_of_its_original(crisis):
    with (ROOT / "examples" / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    listed = {(row["file"], row["quotation"]) for row in rows}
    is_reprint = crisis.articles["path"].str.contains("-reprint")
    assert quoted(crisis.articles[~is_reprint]) == listed
    assert all(row["source"] for row in rows)
    repeated = {words for _, words in quoted(crisis.articles[is_reprint])}
    assert len(repeated) == 4 and repeated <= {words for _, words in listed}
