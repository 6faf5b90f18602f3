"""What is behind a pair's indicators: themes of its acts, stances of its speakers, what moved a value."""

import pandas as pd
from pandas import DataFrame, Series

from analysis.computed_once import once
from analysis.country_names import country_in_sentence
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.definitions import CONFLICT_WITH_PROXIES
from analysis.indicators.intervals import POLARITY, clustered_mean
from analysis.schemas import ACT_STATUSES, ROOT_NAMES, PairThemes, StancesBesideActs
from analysis.tables.rows import rows_of

MOST_ARTICLES = 5
SUMMED = ("weight", "conflict_weight", "hostile_intensity", "intensity_sum")


@once
def pair_theme_matrix(events: DataFrame, topics: DataFrame) -> DataFrame:
    """What each pair's acts are about: the themes of the sentences that report them.

    The themes of a sentence share its acts by their weights, so the weights of a pair add up to its acts with
    a theme; `event_count` counts an act fully under each theme of its sentence.

    Args:
        events: `Events` table.
        topics: `Topics` table of the same articles.

    Returns:
        `PairThemes` table; acts in sentences without a theme are left out.
    """
    acts = events[between_countries(events) & events["status"].isin(ACT_STATUSES)]
    themes = topics.loc[
        topics["dimension"] == "theme", ["article_id", "start_char", "end_char", "topic", "weight"]
    ]
    cells = acts.assign(dyad=dyads(acts)).merge(
        themes, on=["article_id", "start_char", "end_char"], validate="many_to_many"
    )
    cells = cells.assign(
        conflict_weight=cells["weight"].where(cells["intensity"] < 0, 0.0),
        hostile_intensity=cells["weight"] * cells["intensity"].clip(upper=0).abs(),
        intensity_sum=cells["weight"] * cells["intensity"],
    )
    sums = cells.groupby(["dyad", "topic"], as_index=False).agg(
        event_count=("event_id", "size"),
        **{name: (name, "sum") for name in SUMMED},
    )
    mean = (sums["intensity_sum"] / sums["weight"]).clip(
        -10.0, 10.0
    )  # ten times ten tenths can exceed ten by rounding
    sums = sums.assign(mean_intensity=mean).rename(columns={"weight": "event_weight"})
    return PairThemes.validate(sums.drop(columns="intensity_sum"))


def stances_beside_acts(quotes: DataFrame, stances: DataFrame, directed: DataFrame) -> DataFrame:
    """What speakers of one country think of another, and what their country does to it.

    Args:
        quotes: `Quotes` table; speakers without a country are left out.
        stances: `Stances` table of the quotes; abstentions are left out.
        directed: table of `directed_indicators` over all articles.

    Returns:
        `StancesBesideActs` table, one row per directed pair with a stance or an act. The interval of the mean
        stance is by speaker and missing below two speakers. The two agree where both intervals
        are on the same side of zero, disagree where they are on opposite sides; otherwise they are not
        compared.
    """
    spoken = country_stances(quotes, stances)
    stance_means = DataFrame(
        [stance_row(pair, part) for pair, part in spoken.groupby("dyad")],
        columns=["dyad", "mean_stance", "stance_low", "stance_high", "stance_count", "speaker_count"],
    )
    done = directed[directed["indicator"] == "mean_intensity"].rename(
        columns={"value": "mean_intensity", "low": "intensity_low", "high": "intensity_high"}
    )
    done = done[["dyad", "mean_intensity", "intensity_low", "intensity_high", "event_count"]]
    rows = stance_means.merge(done[done["event_count"] > 0], on="dyad", how="outer", validate="one_to_one")
    counts = ["stance_count", "speaker_count", "event_count"]
    rows = rows.assign(**rows[counts].fillna(0), agreement=agreement_of(rows))
    return StancesBesideActs.validate(rows.sort_values("dyad", ignore_index=True))


def country_stances(quotes: DataFrame, stances: DataFrame) -> DataFrame:
    """Stances of speakers of one country towards another, with the directed pair."""
    speakers = quotes[["quote_id", "speaker_id", "country_code"]].dropna()
    spoken = stances[~stances["is_abstained"]].merge(speakers, on="quote_id", validate="many_to_one")
    spoken = spoken.dropna(subset=["label", "target_country_code"])
    spoken = spoken[spoken["country_code"] != spoken["target_country_code"]]
    return spoken.assign(dyad=spoken["country_code"] + ">" + spoken["target_country_code"])


def stance_row(pair: str, spoken: DataFrame) -> tuple:
    """The mean stance of one directed pair with its interval and counts."""
    labels = spoken.assign(label=spoken["label"].astype(float)).groupby("speaker_id")["label"]
    sums, counts = labels.sum().to_numpy(), labels.size().to_numpy(dtype=float)
    low, high = clustered_mean(sums, counts, POLARITY)
    return pair, sums.sum() / counts.sum(), low, high, len(spoken), len(sums)


def agreement_of(rows: DataFrame) -> Series:
    """Whether the whole intervals of stance and acts are on the same side of zero."""
    stance = side_of_zero(rows["stance_low"], rows["stance_high"])
    acts = side_of_zero(rows["intensity_low"], rows["intensity_high"])
    product = stance * acts
    return Series("not compared", rows.index).mask(product > 0, "agree").mask(product < 0, "disagree")


def side_of_zero(low: Series, high: Series) -> Series:
    """1 where an interval is above zero, -1 where it is below, otherwise 0."""
    return (low > 0).astype(int) - (high < 0).astype(int)


def with_reasons(
    changes: DataFrame, parts: DataFrame, before_parts: DataFrame, events: DataFrame
) -> DataFrame:
    """Changes with the acts that moved each most, and the articles that report them.

    Args:
        changes: `Changes` table.
        parts: `Contributions` table of the period, or of this briefing.
        before_parts: that of the period, or briefing, before; can be the same table.
        events: `Events` table of both.

    Returns:
        `changes`; where there is a direction, `reason` names the acts that moved the value most, and
        `article_ids` up to five articles, the most important first.
    """
    known = events.drop_duplicates("event_id").set_index("event_id")
    known = known.assign(actor=known["source_country_code"])
    moved = changes[changes["direction"].isin(("up", "down"))]
    groups = [
        dict(list(table[table["dyad"].isin(moved["dyad"])].groupby(["indicator", "dyad", "period"])))
        for table in (parts, before_parts)
    ]
    reasons = [reason_of(row, *groups, known) for row in rows_of(changes)]
    return changes.assign(
        reason=[line for line, _ in reasons], article_ids=[" ".join(ids) for _, ids in reasons]
    )


def reason_of(change: object, now: dict, before: dict, events: DataFrame) -> tuple[str, list[str]]:
    """Why one value moved, in a clause, and the articles behind it."""
    if change.direction not in ("up", "down"):
        return change.reason, []
    if change.indicator == CONFLICT_WITH_PROXIES:  # M23 is named itself, because it does not act as Rwanda
        is_group = events["source_kind"] == "armed group"
        events = events.assign(actor=events["actor"].mask(is_group, events["source_name"]))
    empty = DataFrame({"event_id": [], "contribution": []})
    new = now.get((change.indicator, change.dyad, change.period), empty)
    old = before.get((change.indicator, change.dyad, change.before_period), empty)
    moves = pd.concat([new.assign(step=new["contribution"]), old.assign(step=-old["contribution"])])
    moves = moves.join(events[["actor", "target_country_code", "root", "article_id"]], "event_id")
    acts = ["actor", "target_country_code", "root"]
    sign = 1 if change.direction == "up" else -1
    sums = (sign * moves.groupby(acts)["step"].sum()).sort_values(ascending=False, kind="stable")
    if sums.empty:
        return change.reason, []
    source, target, root = sums.index[0]
    counts = [count_of(part, events, sums.index[0]) for part in (old, new)]
    line = (
        f"mainly {ROOT_NAMES[root]} by {country_in_sentence(source)} towards {country_in_sentence(target)}: "
        f"{counts[0]} before, {counts[1]} now"
    )
    ranked = (sign * moves.groupby("article_id")["step"].sum()).sort_values(ascending=False, kind="stable")
    return line, ranked[ranked > 0].head(MOST_ARTICLES).index.tolist()


def count_of(parts: DataFrame, events: DataFrame, act: tuple[str, str, str]) -> int:
    """How many of the events are of one kind between two countries."""
    of = events.loc[parts["event_id"], ["actor", "target_country_code", "root"]]
    return int((of == list(act)).all(axis=1).sum())
