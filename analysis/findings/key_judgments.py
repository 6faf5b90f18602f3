"""Key judgments: which ones a briefing makes, in which order, and what became of those of the last one.

A judgment carries either a likelihood, of the thing judged, or a confidence, in what it rests on, and never
both: readers mix the two up. The rules that make them are in `judgment_rules`.
"""

from dataclasses import dataclass

import pandas as pd
from pandas import DataFrame

from analysis.findings.answers import PairComparison, comparable_shares, pair_comparison
from analysis.findings.judgment_facts import Judgment
from analysis.findings.judgment_inputs import JudgmentInputs
from analysis.findings.judgment_rules import (
    alert_judgments,
    change_judgments,
    force_judgments,
    pair_judgments,
)
from analysis.findings.wording import words
from analysis.indicators.country_events import FORCE
from analysis.indicators.definitions import MINIMUM_STORIES

MOST_JUDGMENTS = 5
MOST_CHANGES = 3  # of them on what changed, so that they do not crowd out a continuing war
MOST_PAIRS_EXAMINED = 8  # most of which have nothing to judge


def key_judgments(inputs: JudgmentInputs) -> list[Judgment]:
    """Up to five judgments: what changed, and the pairs in their order, with force where it belongs.

    Everything on the leading pair is included, and of each other pair first what it mostly does.

    Force comes first where it is firm, after what the leading pair mostly does where any story is about it,
    and after everything on the leading pair where it is mentioned in passing, as other countries' war is.
    """
    pairs = inputs.ranked["dyad"].head(MOST_PAIRS_EXAMINED)
    found = [pair_judgments(inputs, pair) for pair in pairs]
    leading, others, force = found[0] if found else [], found[1:], force_judgments(inputs)
    changes = [*change_judgments(inputs), *alert_judgments(inputs)]
    rungs = inputs.ranked[["confirmed_rung", "rung"]].max()
    place = 0 if rungs["confirmed_rung"] == FORCE else 1 if rungs["rung"] == FORCE else len(leading)
    ordered = [
        *changes[:MOST_CHANGES],
        *leading[:place],
        *force,
        *leading[place:],
        *(judgment for own in others for judgment in own[:1]),
        *(judgment for own in others for judgment in own[1:]),
    ]
    return ordered[:MOST_JUDGMENTS]


@dataclass(frozen=True)
class ClearMoves:
    """How many of the values that can be compared clearly moved."""

    since: str
    moved_count: int
    compared_count: int
    minimum_stories: int


@dataclass(frozen=True)
class BottomLine:
    """What a reader must not miss: the first judgment, what belongs beside it, and what can be compared."""

    story_count: int
    leading: Judgment | None
    contested: Judgment | None  # of the same pair
    force: Judgment | None  # recent, between other pairs
    comparison: PairComparison
    moved: ClearMoves | None  # where values but no pairs can be compared


def bottom_line(judgments: list[Judgment], inputs: JudgmentInputs) -> tuple[str, str]:
    """The two sentences that a reader must not miss: what is the case, and what cannot be said."""
    line = bottom_line_facts(judgments, inputs)
    return tuple(words("findings/bottom_line", form, line) for form in ("first", "second"))


def bottom_line_facts(judgments: list[Judgment], inputs: JudgmentInputs) -> BottomLine:
    first, second = (*judgments, None, None)[:2]
    is_contested = second and second.rule == "contested" and second.subject == first.subject
    is_force = second and second.rule == "force" and second.subject != first.subject and second.fact.recent
    return BottomLine(
        story_count=inputs.tables.articles["story_id"].nunique(),
        leading=first,
        contested=second if is_contested else None,
        force=second if is_force else None,
        comparison=pair_comparison(inputs.tables),
        moved=clear_moves(inputs),
    )


def clear_moves(inputs: JudgmentInputs) -> ClearMoves | None:
    """How many values clearly moved, where some can be compared though no pair has enough stories."""
    compared = inputs.changes[inputs.changes["direction"] != "not compared"]
    if compared.empty or not comparable_shares(inputs.tables).empty:
        return None
    moved = int(compared["direction"].isin(("up", "down")).sum())
    return ClearMoves(inputs.since, moved, len(compared), MINIMUM_STORIES)


def judgment_records(judgments: list[Judgment]) -> list[dict]:
    """What `briefing.json` keeps of the judgments."""
    return [
        {
            "rule": one.rule,
            "subject": one.subject,
            "statement": one.statement,
            "likelihood": one.likelihood,
            "confidence": one.confidence,
            "event_ids": list(one.event_ids),
        }
        for one in judgments
    ]


def judgment_moves(now: list[dict], before: list[dict]) -> DataFrame:
    """Which judgments are new, reworded, kept or dropped: rule, subject, move, statement, before."""
    earlier = {topic_of(one): one for one in before}
    rows = []
    for one in now:
        was = earlier.pop(topic_of(one), {}).get("statement", "")
        move = "new" if not was else "kept" if was == one["statement"] else "changed"
        rows.append((one["rule"], one["subject"], move, one["statement"], was))
    rows += [(one["rule"], one["subject"], "dropped", "", one["statement"]) for one in earlier.values()]
    return pd.DataFrame(rows, columns=["rule", "subject", "move", "statement", "before"])


def topic_of(record: dict) -> tuple[str, str]:
    """What a judgment is about: of force there is one, whatever pairs it names."""
    return record["rule"], "" if record["rule"] == "force" else record["subject"]
