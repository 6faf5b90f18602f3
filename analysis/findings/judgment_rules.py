"""The rules that turn counted events into key judgments, one function each.

| rule | says | when | carries |
|---|---|---|---|
| change | hostility between a pair rose or eased | an arrow in `changes.WORSE` | likelihood |
| alert | a spike, or a rung not reached before | such an alert in the latest period | confidence |
| balance | what the reported acts of a pair are, mostly | three acts between a leading pair | confidence |
| contested | what one side's sources report of the other and a third country | such acts | confidence |
| announced | what is announced between a leading pair | announced contact or pressure | confidence |
| force | between whom force is reported | acts on the highest rung | confidence |

Each judgment rests on events whose sentences can be read; without events there is none.
"""

from dataclasses import replace
from math import erf, sqrt
from typing import Final

from pandas import DataFrame, Timedelta

from analysis.findings.acts import (
    ActCount,
    act_counts,
    acts_and_actors,
    acts_reported_by_the_other_side,
    joint_acts_once,
)
from analysis.findings.judgment_facts import (
    ActShare,
    Alert,
    Announced,
    Balance,
    Change,
    Contested,
    Fact,
    Force,
    ForceBetween,
    Judgment,
)
from analysis.findings.judgment_inputs import JudgmentInputs
from analysis.findings.support import (
    HIGHEST_PROBABILITY,
    confidence_level,
    likelihood_term,
    lowest_confidence,
    support_of,
)
from analysis.indicators.alerts import ANNOUNCED_DAYS, pending_announcements
from analysis.indicators.country_events import FORCE, RUNGS
from analysis.indicators.definitions import WORSE
from analysis.indicators.intervals import Z
from analysis.pipeline.analyse import Tables

MOST_FORCE_PAIRS = 3  # named among those between which force is reported
LEAST_ACTS = 3  # of a pair, below which nothing is "mostly"
MAJORITY = 2 / 3  # of acts and of their intensity, from which one kind prevails
ACCORDS = ("AGREE", "RETREAT")  # what may end the use of force
MOST_EXAMPLES = 2  # acts named of each kind
MOST_ANNOUNCED = 3
COOPERATIVE, HOSTILE = "cooperative", "hostile"
CONTACT_QUADS: Final = 2  # quads 1 and 2 are cooperation, 3 and 4 conflict


def with_confidence(
    inputs: JudgmentInputs, rule: str, subject: str, fact: Fact, events: DataFrame
) -> Judgment:
    """A judgment on what is reported, with the confidence that its sources allow."""
    support = support_of(events, inputs.tables)
    return Judgment(rule, subject, fact, support, "", confidence_level(support), tuple(events["event_id"]))


def change_judgments(inputs: JudgmentInputs) -> list[Judgment]:
    """What clearly rises or eases, one judgment for each pair and direction, rises first."""
    moved = inputs.changes[
        inputs.changes["direction"].isin(("up", "down")) & inputs.changes["indicator"].isin(WORSE)
    ]
    rows = moved.assign(is_worse=moved["direction"] == moved["indicator"].map(WORSE))
    rows = inputs.in_order(rows.drop_duplicates(["dyad", "is_worse"]))
    rows = rows.sort_values("is_worse", ascending=False, kind="stable")
    return [change_judgment(inputs, row) for row in rows.itertuples()]


def change_judgment(inputs: JudgmentInputs, row: object) -> Judgment:
    """Hostility rose or eased, as likely as the interval of the difference says."""
    spread = (row.high - row.low) / (2 * Z)
    probability = (1 + erf(abs(row.change) / spread / sqrt(2))) / 2 if spread else HIGHEST_PROBABILITY
    term = likelihood_term(probability)
    coded = inputs.coded
    behind = coded[(coded["dyad"] == row.dyad) & coded["article_id"].isin(row.article_ids.split())]
    fact = Change(
        pair=row.dyad,
        is_rise=bool(row.is_worse),
        term=term,
        since=inputs.since,
        indicator=row.indicator,
        before_value=row.before_value,
        value=row.value,
        reason=row.reason,
        low=row.low,
        high=row.high,
        before_story_count=row.before_story_count,
        story_count=row.story_count,
    )
    return Judgment("change", row.dyad, fact, None, term, "", tuple(behind["event_id"]))


def alert_judgments(inputs: JudgmentInputs) -> list[Judgment]:
    """What is far out of the usual in the latest period."""
    rows = inputs.alerts[inputs.alerts["kind"].isin(("spike", "new rung"))]
    rows = inputs.in_order(rows.drop_duplicates("dyad"))
    return [alert_judgment(inputs, row) for row in rows.itertuples()]


def alert_judgment(inputs: JudgmentInputs, row: object) -> Judgment:
    coded = inputs.coded
    behind = coded[
        (coded["dyad"] == row.dyad)
        & coded["article_id"].isin(row.article_ids.split())
        & (coded["quad"] > CONTACT_QUADS)
    ]
    fact = Alert(row.dyad, row.period, row.kind, row.line)
    return with_confidence(inputs, "alert", row.dyad, fact, behind)


def balance_judgments(inputs: JudgmentInputs, pair: str) -> list[Judgment]:
    """What the acts between a pair mostly are, from three acts up, and what the newest story reports.

    What both sides do together counts once. A demand has no intensity and is neither kind: to ask for talks
    is not hostile.
    """
    acts = inputs.acts_of(pair)
    weighed = joint_acts_once(acts[acts["intensity"] != 0])
    if len(weighed) < LEAST_ACTS:
        return []
    friendly, hostile = weighed[weighed["intensity"] > 0], weighed[weighed["intensity"] < 0]
    is_friendly = len(friendly) >= len(hostile)
    more, fewer = (friendly, hostile) if is_friendly else (hostile, friendly)
    kinds = (COOPERATIVE, HOSTILE) if is_friendly else (HOSTILE, COOPERATIVE)
    dates = acts["published_date"]
    has_newest = dates.nunique() > 1
    fact = Balance(
        pair=pair,
        story_count=acts["story_id"].nunique(),
        degree="both" if not prevails(more, weighed) else "mostly" if len(fewer) else "only",
        kind=kinds[0],
        other_kind=kinds[1],
        newest=distinct_acts(acts[dates == dates.max()]) if has_newest else (),
        newest_day=dates.max() if has_newest else None,
        shares=act_shares(acts),
        demand_count=int((acts["intensity"] == 0).sum()),
        turning_count=turning_count(len(more), len(weighed)),
    )
    return [with_confidence(inputs, "balance", pair, fact, acts)]


def prevails(part: DataFrame, acts: DataFrame) -> bool:
    """Whether acts of one kind are two thirds of all by count and by intensity.

    Where force is reported nothing is mostly cooperative: five talks do not outweigh a shelling.
    """
    force = acts["root"].map(RUNGS) == FORCE
    weight_share = part["intensity"].abs().sum() / acts["intensity"].abs().sum()
    has_the_force = not force.any() or bool(force[part.index].any())
    return len(part) / len(acts) >= MAJORITY and weight_share >= MAJORITY and has_the_force


def distinct_acts(acts: DataFrame) -> tuple[ActCount, ...]:
    """The strongest different acts, each without its number."""
    found = acts_and_actors(acts).drop_duplicates().head(MOST_EXAMPLES)
    return tuple(ActCount(row.act, row.actor, 1) for row in found.itertuples())


def act_shares(acts: DataFrame) -> tuple[ActShare, ...]:
    """The cooperative and the hostile acts of a pair, the more numerous first."""
    parts = ((COOPERATIVE, acts[acts["intensity"] > 0]), (HOSTILE, acts[acts["intensity"] < 0]))
    shares = [
        ActShare(kind, len(joint_acts_once(part)), found[:MOST_EXAMPLES], len(found) > MOST_EXAMPLES)
        for kind, part in parts
        if (found := act_counts(part))
    ]
    return tuple(sorted(shares, key=lambda share: -share.count))


def turning_count(more: int, total: int) -> int:
    """How many further acts of the other kind end a majority of two thirds."""
    return next(n for n in range(1, total + 2) if more / (total + n) < MAJORITY)


def contested_judgments(inputs: JudgmentInputs, pair: str) -> list[Judgment]:
    """What one side's speakers report of the other's dealings with a third, and whether the other answers."""
    reported = acts_reported_by_the_other_side(inputs.tables, pair)
    if reported.empty:
        return []
    parties = ["reporter", "source_country_code", "target_country_code"]
    groups = reported.groupby([*parties, "root"], sort=False)
    (reporter, source, target, root), _ = max(groups, key=lambda group: len(group[1]))
    behind = reported[(reported[parties] == [reporter, source, target]).all(axis=1)]
    fact = Contested(reporter, source, target, root, answer_count(inputs.tables, source, target))
    return [with_confidence(inputs, "contested", pair, fact, behind)]


def answer_count(tables: Tables, speaker: str, target: str) -> int:
    """How many statements of a country's speakers name another country."""
    own = tables.quotes.loc[tables.quotes["country_code"] == speaker, "quote_id"]
    stances = tables.stances[tables.stances["target_country_code"] == target]
    return int(stances.loc[stances["quote_id"].isin(own), "quote_id"].nunique())


def announced_judgments(inputs: JudgmentInputs, pair: str) -> list[Judgment]:
    """What is announced between a pair and not reported as done since: contact, pressure, or both.

    What was announced more than `ANNOUNCED_DAYS` before the newest article is past, kept or not.
    """
    future = pending_announcements(inputs.coded[inputs.coded["dyad"] == pair])
    age = inputs.newest - future["published_date"]
    future = future[~(age > Timedelta(days=ANNOUNCED_DAYS))]  # an undated one may be recent
    if future.empty:
        return []
    kinds = (("contact", future["quad"] <= CONTACT_QUADS), ("pressure", future["quad"] > CONTACT_QUADS))
    fact = Announced(
        pair=pair,
        story_count=future["story_id"].nunique(),
        kinds=tuple(kind for kind, chosen in kinds if chosen.any()),
        last_day=inputs.last_day(future),
        acts=act_counts(future)[:MOST_ANNOUNCED],
    )
    return [with_confidence(inputs, "announced", pair, fact, future)]


def force_judgments(inputs: JudgmentInputs) -> list[Judgment]:
    """Between whom force is reported, in the order of the pairs, each with its stories."""
    force = inputs.force
    if force.empty:
        return []
    pairs = inputs.ranked.loc[inputs.ranked["dyad"].isin(force["dyad"]), "dyad"].tolist()
    recent = [pair for pair in pairs if inputs.is_recent(force[force["dyad"] == pair])]
    older = [pair for pair in pairs if pair not in recent]
    named_recent, named_older = named_pairs(recent), named_pairs(older)
    fact = Force(
        recent=tuple(force_between(inputs, pair) for pair in named_recent),
        unnamed_recent_count=len(recent) - len(named_recent),
        older=tuple(force_between(inputs, pair) for pair in named_older),
        unnamed_older_count=len(older) - len(named_older),
    )
    subject = " ".join([*recent, *older][:MOST_FORCE_PAIRS])
    judgment = with_confidence(inputs, "force", subject, fact, force)
    if len(pairs) == 1:
        return [judgment]
    supports = [support_of(part, inputs.tables) for _, part in force.groupby("dyad")]
    least = min(support.story_count for support in supports)
    is_less = least < force["story_id"].nunique()
    support = replace(judgment.support, least_story_count=least if is_less else None)
    return [replace(judgment, confidence=lowest_confidence(supports), support=support)]


def named_pairs(pairs: list[str]) -> list[str]:
    """The first three pairs, which a sentence names; or all four: "1 other pair" would be no shorter."""
    return pairs if len(pairs) == MOST_FORCE_PAIRS + 1 else pairs[:MOST_FORCE_PAIRS]


def force_between(inputs: JudgmentInputs, pair: str) -> ForceBetween:
    """The force reported between a pair, and what may end it, from a story as new as the newest of force."""
    force = inputs.force[inputs.force["dyad"] == pair]
    acts = inputs.acts_of(pair)
    late = acts[acts["published_date"] >= force["published_date"].max()]
    accords = [act for root in ACCORDS for act in distinct_acts(late[late["root"] == root])]
    return ForceBetween(
        pair=pair,
        story_count=force["story_id"].nunique(),
        last_day=inputs.last_day(force),
        accords=tuple(accords[:MOST_EXAMPLES]),
    )


PAIR_RULES = (balance_judgments, contested_judgments, announced_judgments)


def pair_judgments(inputs: JudgmentInputs, pair: str) -> list[Judgment]:
    """What there is to judge of one pair by itself."""
    return [judgment for rule in PAIR_RULES for judgment in rule(inputs, pair)]
