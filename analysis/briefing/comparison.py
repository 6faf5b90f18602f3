"""Two briefings compared: what happened since, which articles were added, what moved, and why."""

from dataclasses import dataclass

from pandas import DataFrame

from analysis.briefing.incident_changes import IncidentChanges, incident_changes
from analysis.briefing.records import CORRECTION_KEY, BriefingRecord, is_made_before
from analysis.briefing.snapshots import SPEAKERS, Snapshot, changes_between
from analysis.country_names import dyad_name
from analysis.findings.acts import ActCount, act_counts
from analysis.findings.key_judgments import judgment_moves
from analysis.findings.wording import words
from analysis.indicators.country_events import country_events
from analysis.indicators.deduplication import repeated_events
from analysis.schemas import REPLACED
from analysis.tables.rows import rows_of
from analysis.views.evidence import Source, by_size, source_of

LEAST_MOVE = 5e-3  # the two decimals of a page do not show less
MOST_PAIRS = 3  # named of those that an article adds to
MOST_ACTS = 3  # named of what an article adds to a pair


@dataclass(frozen=True)
class PairContribution:
    """The events that an article adds to one pair."""

    pair: str
    event_count: int
    acts: tuple[ActCount, ...]
    has_more: bool  # acts than these


@dataclass(frozen=True)
class AddedArticle:
    """An article that the earlier briefing did not have, and the events that it adds."""

    article_id: str
    source: Source
    is_reprint: bool  # of a story that the earlier briefing had
    pairs: tuple[PairContribution, ...]  # the largest first

    @property
    def adds(self) -> str:
        """What it adds, in words."""
        return words("briefing/comparison", "adds", self)


@dataclass(frozen=True)
class Comparison:
    """What differs between two briefings."""

    now: BriefingRecord
    before: BriefingRecord
    changes: DataFrame  # `Changes`
    added: list[AddedArticle]
    removed: list[Source]  # articles that the earlier briefing had and the later does not
    moves: DataFrame  # of `judgment_moves`
    incidents: IncidentChanges

    @property
    def clear_changes(self) -> DataFrame:
        """The values that clearly moved: `Changes` rows."""
        return self.changes[self.changes["direction"].isin(("up", "down"))]

    @property
    def uncertain_changes(self) -> DataFrame:
        """The values that moved, but on too few stories to call it a change: `Changes` rows."""
        step = (self.changes["value"] - self.changes["before_value"]).abs()
        return self.changes[(self.changes["direction"] == "not compared") & step.gt(LEAST_MOVE)]

    @property
    def unchanged_count(self) -> int:
        """Values that can be compared and show no clear change."""
        return int((self.changes["direction"] == "no clear change").sum())

    @property
    def compared_count(self) -> int:
        """Values that can be compared."""
        return int((self.changes["direction"] != "not compared").sum())

    @property
    def new_speakers(self) -> DataFrame:
        """Speakers who are not in the earlier briefing, the most quoted first: columns of `SPEAKERS`.

        Unnamed sources are left out: nobody can tell whether one spoke before.
        """
        now, before = self.now.snapshot.speakers, self.before.snapshot.speakers
        if now is None or before is None:
            return DataFrame(columns=SPEAKERS)
        return now[~now["speaker_id"].isin(before["speaker_id"]) & ~now["is_anonymous"].astype(bool)]

    @property
    def new_corrections(self) -> list[dict]:
        """What an analyst corrected since the earlier briefing."""
        known = keys_of(applied(self.before.corrections))
        return [row for row in applied(self.now.corrections) if correction_key(row) not in known]

    @property
    def withdrawn_corrections(self) -> list[dict]:
        """What was corrected in the earlier briefing and is no longer in the file."""
        known = keys_of(self.now.corrections)
        return [row for row in applied(self.before.corrections) if correction_key(row) not in known]

    @property
    def lapsed_corrections(self) -> list[dict]:
        """What applied in the earlier briefing and no longer does."""
        known = keys_of(applied(self.before.corrections))
        lapsed = [row for row in self.now.corrections if row["problem"] and row.get("standing") != REPLACED]
        return [row for row in lapsed if correction_key(row) in known]

    @property
    def window(self) -> str:
        """That the two begin or end on different days, in a sentence; "" where they do not."""
        return words("briefing/comparison", "window", self.before.scope, self.now.scope)

    @property
    def new_pairs(self) -> list[str]:
        """Names of the pairs that are not in the earlier briefing."""
        known = set(self.before.snapshot.indicators["dyad"])
        return [dyad_name(dyad) for dyad in self.changes["dyad"].unique() if dyad not in known]


def applied(corrections: list[dict]) -> list[dict]:
    return [row for row in corrections if not row["problem"]]


def correction_key(row: dict) -> tuple[str, ...]:
    return tuple(row[name] for name in CORRECTION_KEY)


def keys_of(corrections: list[dict]) -> set[tuple[str, ...]]:
    return {correction_key(row) for row in corrections}


def compare(now: BriefingRecord, before: BriefingRecord, changes: DataFrame | None = None) -> Comparison:
    """One briefing compared with an earlier one.

    Args:
        now: the later.
        before: the earlier.
        changes: `Changes` table of the two, where it is known already.

    Raises:
        ValueError: they are of different pairs or countries, so that what one leaves out would seem to be
            gone; or the later was made before the earlier.
    """
    if is_made_before(now, before):
        raise ValueError(f"{now.folder} was made before {before.folder}, expected the earlier briefing first")
    if (now.scope.pair, now.scope.country) != (before.scope.pair, before.scope.country):
        raise ValueError(
            f"{before.folder} covers {before.scope.pairs} and {now.folder} {now.scope.pairs}, expected the "
            "same in both: generate one of them again with the --pair or --country of the other"
        )
    old, new = before.snapshot.articles, now.snapshot.articles
    return Comparison(
        now=now,
        before=before,
        changes=changes_between(now.snapshot, before.snapshot) if changes is None else changes,
        added=added_articles(now.snapshot, set(old["article_id"])),
        removed=[
            source_of(article, 0, 0) for article in rows_of(old[~old["article_id"].isin(new["article_id"])])
        ],
        moves=judgment_moves(now.judgments, before.judgments),
        incidents=incident_changes(now, before),
    )


def added_articles(now: Snapshot, known: set[str]) -> list[AddedArticle]:
    """The articles that the earlier briefing did not have, the oldest first; `known` are the ids it had."""
    coded = country_events(now.articles, now.events, period="all")
    coded = coded[~repeated_events(coded, now.articles, known)]
    stories = now.articles.groupby("story_id")["article_id"].agg(list)
    added = now.articles[~now.articles["article_id"].isin(known)]
    return [
        AddedArticle(
            article_id=article.article_id,
            source=source_of(article, 0, 0),
            is_reprint=not known.isdisjoint(stories[article.story_id]),
            pairs=pair_contributions(coded[coded["article_id"] == article.article_id]),
        )
        for article in rows_of(added.sort_values("published_date", kind="stable", na_position="last"))
    ]


def pair_contributions(events: DataFrame) -> tuple[PairContribution, ...]:
    """The events of one article by pair."""
    parts = [(pair, part, act_counts(part)) for pair, part in by_size(events, "dyad")[:MOST_PAIRS]]
    return tuple(
        PairContribution(pair, len(part), acts[:MOST_ACTS], len(acts) > MOST_ACTS)
        for pair, part, acts in parts
    )
