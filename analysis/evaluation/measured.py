"""How far the numbers can be trusted: what `benchmarks/` measured, as tables, views and an answer.

The tables are CSV files in `data/measured`, written by `python -m benchmarks.publish` and
`python -m benchmarks.validate CORPORA --publish`.
"""

from functools import cache
from pathlib import Path
from typing import Final

from pandas import DataFrame, read_csv

from analysis.country_names import dyad_name
from analysis.findings.answers import Answer
from analysis.phrasing import listed
from analysis.views.render import View, view

SELDOM: Final = 0.8  # F1 below which a page warns beside what it shows
MEASURED: Final = Path(__file__).parents[1] / "data" / "measured"
SPEEDS: Final = {
    "parse": "the parse alone",
    "annotate": "everything",
}
MAX_MISSED: Final = 3  # figures that the answer names


@cache
def measured(name: str) -> DataFrame:
    """A table of `data/measured`; an empty cell of a column of text is "". It is shared: do not change it."""
    rows = read_csv(MEASURED / f"{name}.csv")
    return rows.fillna({column: "" for column, kind in rows.dtypes.items() if kind == "str"})


def stance_sentence() -> str:
    """How often stances are right, where that is seldom; "" where it is not."""
    rates = measured("rates").set_index("measure")["score"]
    score = rates["articles.stances_f1"]
    if score >= SELDOM:
        return ""
    return (
        f"Stances agree with a careful reader in fewer than four of five cases (F1 {score:.2f} on whole "
        "articles): read a statement before you rely on its sign."
    )


def checks() -> DataFrame:
    """One row per figure known in advance, with what was found; `figure` is its name in words."""
    rows = measured("checks")
    pairs = rows["dyad"].map(lambda dyad: f"{dyad_name(dyad)}, " if dyad else "")
    return rows.assign(figure=pairs + rows["subject"])


def origin_view() -> View:
    """On which day the episodes were computed, and how to compute them again."""
    return view("evaluation/computed_on", date=measured("checks")["computed_date"].iloc[0])


def trust_answer() -> Answer:
    """How often the extractors are right, and how many known figures were found again."""
    scores = measured("rates").set_index("measure")["score"]
    found, right = (10 * scores[name] for name in ("articles.full_r", "articles.full_p"))
    first = (
        f"Of ten events that a reader finds in an article, the program finds {found:.1f}; of ten rows that "
        f"it shows, {right:.1f} are right. "
        f"Single sentences are easier: it gives {scores['quotes.direct_e2e']:.0%} of direct "
        "quotes to the right speaker. On a scale where 1 is always right, it reaches "
        f"{scores['events.binary_f1']:.2f} for conflict or cooperation between two marked actors, "
        f"{scores['events.root_f1']:.2f} for the type of act and {scores['stances.f1m']:.2f} for stance."
    )
    rows = checks()
    known = rows[rows["exhibit"] != "speed"]  # a time limit was set, not known
    missed = known.loc[~known["is_within"], "figure"].unique().tolist()
    more = [f"{len(missed) - MAX_MISSED} more"] if len(missed) > MAX_MISSED else []
    names = listed(missed[:MAX_MISSED] + more) if missed else "none"
    met = known["is_within"].sum()
    crises = measured("known_crises")["is_found"]
    second = (
        f"Of {len(known)} figures known in advance, {met} were found again; missed: {names}. "
        f"Of {len(crises)} known crises of a year {crises.sum()} show."
    )
    caveat = (
        "English news only. The whole articles were set aside and not looked at; the single sentences were, "
        "so expect less on other text. Right on average does not mean right about the sentence in front of "
        "you, so read the sentence."
    )
    return Answer((first, second), caveat)


def rates_view() -> View:
    """Each question that an extractor answers: the test set, how often it is right, who does better."""
    rows = measured("rates")
    peers = rows["peer_score"].astype(object).fillna("")
    return view("evaluation/rates", rates=rows.assign(peer_score=peers).to_dict("records"))


def speed_view() -> View:
    """How many words one core reads in a second."""
    rows = measured("speeds")
    return view("evaluation/speed", speeds=rows.to_dict("records"), date=rows["measured_date"].iloc[0])


def checks_view(*exhibits: str) -> View:
    """What was expected, what was found, and whether it is close enough.

    Args:
        exhibits: among "risk", "war", "tone", "peak", "spike" and "speed".
    """
    rows = checks()
    rows = rows[rows["exhibit"].isin(exhibits)]
    return view("evaluation/checks", checks=rows.to_dict("records"), met=int(rows["is_within"].sum()))


def spikes_view() -> View:
    """The strongest spikes of the year, each with the acts that made it."""
    acts = {
        key: part.to_dict("records") for key, part in measured("spike_acts").groupby(["dyad", "peak_date"])
    }
    rows = [
        spike | {"acts": acts.get((spike["dyad"], spike["peak_date"]), [])}
        for spike in measured("spikes").to_dict("records")
    ]
    return view("evaluation/spike_events", spikes=rows)


def crises_view() -> View:
    """Each known crisis of the year: whether its series shows it, and why not."""
    crises, lines = measured("known_crises").to_dict("records"), measured("crisis_rates")["line"].tolist()
    return view("evaluation/known_crises", crises=crises, summary=lines)


def noise_view() -> View:
    """What chance alone is taken for, and how often the intervals hold what they promise."""
    tables = {name: measured(name).to_dict("records") for name in ("false_alarms", "intervals_held")}
    return view("evaluation/noise", alarms=tables["false_alarms"], intervals=tables["intervals_held"])
