"""Two briefings set against each other: what came in, what moved, what is judged anew, and why."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup
from pandas import DataFrame

from analysis.briefing.snapshots import SPEAKERS, Snapshot, changes_between, load_snapshot, rows_of
from analysis.country_names import dyad_in_sentence, dyad_name, subject_name
from analysis.findings.answers import acts_in_words, counted, listed
from analysis.findings.key_judgments import judgment_moves
from analysis.indicators.codebook import indicator_name
from analysis.indicators.country_events import country_events
from analysis.indicators.deduplication import repeated_events
from analysis.ingest.corrections_file import article_id_of
from analysis.pipeline.filters import Scope
from analysis.views.corrections import correction_words
from analysis.views.evidence import Source, by_size, source_of
from analysis.views.render import View, number, view

NUMBERS = "briefing.json"
LEAST_MOVE = 5e-3  # which the two decimals of a page show
MOST_ROWS = 20
MOST_ACTS = 3  # that are named of what an article brings
DECISION = ["table", "id", "field", "old", "new", "note", "made_by", "made_on"]
ARROWS = {"up": "▲ up", "down": "▼ down"}


@dataclass(frozen=True)
class Kept:
    """What is kept of one briefing."""

    day: str  # of its run, and its scope: the name of its folder
    snapshot: Snapshot
    judgments: list[dict] = field(default_factory=list)
    corrections: list[dict] = field(default_factory=list)  # rows of `Corrections`
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True)
class Comparison:
    """What differs between two briefings."""

    now: Kept
    before: Kept
    changes: DataFrame  # `Changes`
    added: list[dict]  # articles with source and what they bring
    removed: list[Source]  # articles that the earlier briefing had and the later has not
    moves: DataFrame  # of `judgment_moves`

    @property
    def arrows(self) -> DataFrame:
        """The values that clearly moved."""
        return self.changes[self.changes["direction"].isin(tuple(ARROWS))]

    @property
    def moved(self) -> DataFrame:
        """The values that moved on too few stories to call it a change."""
        step = (self.changes["value"] - self.changes["before_value"]).abs()
        return self.changes[(self.changes["direction"] == "not compared") & step.gt(LEAST_MOVE)]

    @property
    def level_count(self) -> int:
        return int((self.changes["direction"] == "no clear change").sum())

    @property
    def speakers(self) -> DataFrame:
        """Who speaks that the earlier briefing did not know, the most quoted first.

        Sources without a name are left out: nobody can tell whether one spoke before.
        """
        now, before = self.now.snapshot.speakers, self.before.snapshot.speakers
        if now is None or before is None:
            return DataFrame(columns=SPEAKERS)
        return now[~now["speaker_id"].isin(before["speaker_id"]) & ~now["is_anonymous"].astype(bool)]

    @property
    def overruled(self) -> list[dict]:
        """What an analyst corrected since the earlier briefing."""
        known = keys_of(held(self.before.corrections))
        return in_words(
            [row for row in held(self.now.corrections) if decision_key(row) not in known], self.now
        )

    @property
    def taken_back(self) -> list[dict]:
        """What was corrected in the earlier briefing and no longer stands in the file."""
        known = keys_of(self.now.corrections)
        rows = [row for row in held(self.before.corrections) if decision_key(row) not in known]
        return in_words(rows, self.before)

    @property
    def unfit(self) -> list[dict]:
        """What held in the earlier briefing and no longer fits what is read."""
        known = keys_of(held(self.before.corrections))
        rows = [row for row in self.now.corrections if row["problem"] and decision_key(row) in known]
        return in_words(rows, self.now)

    @property
    def window(self) -> str:
        """That the two begin on different days, in a sentence; "" where they do not."""
        begins = [kept.scope.since for kept in (self.before, self.now)]
        if begins[0] == begins[1]:
            return ""
        then, now = (f"articles of {since} and later" if since else "articles of any day" for since in begins)
        return (
            f"The earlier briefing holds {then}, the later {now}: what came or went may have done so by that."
        )

    @property
    def fresh(self) -> list[str]:
        """Pairs that the earlier briefing did not know."""
        known = set(self.before.snapshot.indicators["dyad"])
        return [dyad_name(dyad) for dyad in self.changes["dyad"].unique() if dyad not in known]


def held(corrections: list[dict]) -> list[dict]:
    return [row for row in corrections if not row["problem"]]


def decision_key(row: dict) -> tuple[str, ...]:
    return tuple(row[name] for name in DECISION)


def keys_of(corrections: list[dict]) -> set[tuple[str, ...]]:
    return {decision_key(row) for row in corrections}


def in_words(corrections: list[dict], kept: Kept) -> list[dict]:
    """Corrections of a briefing, each with its words."""
    titles = {row.article_id: source_of(row, 0, 0).title for row in kept.snapshot.articles.itertuples()}
    return [
        {**row, "words": correction_words(row, titles.get(article_id_of(row["id"]), "an article"))}
        for row in corrections
    ]


def load_kept(path: Path) -> Kept:
    """What is kept of a briefing, from its folder or its `briefing.json`.

    Raises:
        FileNotFoundError: there is none.
        ValueError: the file is none, or of another version.
    """
    file = path / NUMBERS if path.is_dir() else path
    if not file.is_file():
        raise FileNotFoundError(f"{file} does not exist, expected the folder of a briefing")
    snapshot = load_snapshot(str(file))
    kept = json.loads(file.read_text(encoding="utf-8"))
    judgments = (
        rows_of(kept, "judgments", ["rule", "subject", "statement"], str(file)) if "judgments" in kept else []
    )
    corrections = (
        rows_of(kept, "corrections", [*DECISION, "problem"], str(file)) if "corrections" in kept else []
    )
    return Kept(file.resolve().parent.name, snapshot, judgments, corrections, scope_in(kept, str(file)))


def scope_in(kept: dict, path: str) -> Scope:
    """What a kept briefing was narrowed to.

    Raises:
        ValueError: it is no scope.
    """
    scope = kept.get("scope", {"since": "", "pair": ""})
    if not isinstance(scope, dict) or not all(isinstance(scope.get(name), str) for name in ("since", "pair")):
        raise ValueError(f"{path}: scope is {scope!r}, expected since and pair as they were written")
    return Scope(scope["since"], scope["pair"])


def compare(now: Kept, before: Kept, changes: DataFrame | None = None) -> Comparison:
    """One briefing set against an earlier one.

    Args:
        now: the later.
        before: the earlier.
        changes: `Changes` table of the two, where it is known already.

    Raises:
        ValueError: they are of different pairs, so that what one leaves out would seem to be gone; or the
            later was made before the earlier.
    """
    if made_before(now, before):
        raise ValueError(f"{now.day} was made before {before.day}, expected the earlier briefing first")
    if now.scope.pair != before.scope.pair:
        raise ValueError(
            f"{before.day} holds {before.scope.pairs} and {now.day} {now.scope.pairs}, expected the same in "
            "both: make one of them again with the --pair of the other"
        )
    old, new = before.snapshot.articles, now.snapshot.articles
    return Comparison(
        now=now,
        before=before,
        changes=changes_between(now.snapshot, before.snapshot) if changes is None else changes,
        added=added_rows(now.snapshot, set(old["article_id"])),
        removed=[
            source_of(article, 0, 0)
            for article in old[~old["article_id"].isin(new["article_id"])].itertuples()
        ],
        moves=judgment_moves(now.judgments, before.judgments),
    )


def run_of(folder: str, scope: Scope) -> tuple[str, int] | None:
    """The day of a run and its place among those of that day, by the name of its folder; None for others."""
    match = re.fullmatch(rf"(\d{{4}}-\d\d-\d\d){re.escape(scope.name)}(?:-(\d+))?", folder)
    return (match[1], int(match[2] or 1)) if match else None


def made_before(one: Kept, other: Kept) -> bool:
    """Whether the folders of two runs of the same scope say that the first was made before the second."""
    if one.scope != other.scope:
        return False
    first, second = (run_of(kept.day, kept.scope) for kept in (one, other))
    return first is not None and second is not None and first < second


def added_rows(now: Snapshot, known: set[str]) -> list[dict]:
    """The articles that the earlier briefing did not know, the oldest first, each with what it brings."""
    coded = country_events(now.articles, now.events, period="all")
    coded = coded[~repeated_events(coded, now.articles, known)]
    stories = now.articles.groupby("story_id")["article_id"].agg(list)
    added = now.articles[~now.articles["article_id"].isin(known)]
    return [
        {
            "article_id": article.article_id,
            "source": source_of(article, 0, 0),
            "brings": brought(
                coded[coded["article_id"] == article.article_id],
                is_reprint=not known.isdisjoint(stories[article.story_id]),
            ),
        }
        for article in added.sort_values("published_date", kind="stable", na_position="last").itertuples()
    ]


def brought(events: DataFrame, *, is_reprint: bool) -> str:
    """What an article adds to the pairs of countries, in words."""
    again = ", for it reprints a story read before" if is_reprint else ""
    if events.empty:
        return f"no{' further' if is_reprint else ''} event between two countries{again}"
    told = [
        f"{counted(len(part), 'event')} between {dyad_in_sentence(pair)} ({acts_told(part)})"
        for pair, part in by_size(events, "dyad")[:3]
    ]
    return f"{listed(told)}{', though it reprints a story read before' if is_reprint else ''}"


def acts_told(events: DataFrame) -> str:
    """ "such as assault by Pakistan, accusation by India and talks by both sides"; all where they are few."""
    acts = acts_in_words(events)
    return f"{'such as ' if len(acts) > MOST_ACTS else ''}{listed(acts[:MOST_ACTS])}"


def changed_view(
    comparison: Comparison, *, articles: str = "", said: Mapping[str, dict] = MappingProxyType({})
) -> View:
    """What came in and what moved, for a page.

    Args:
        comparison: of two briefings.
        articles: file name of the page of articles that sentences lead to; "" where there is none.
        said: by speaker, a statement with `pieces`, `href` and `source`; none where no texts are at hand.
    """
    changes = comparison.changes
    dropped = comparison.moves.loc[comparison.moves["move"] == "dropped", "before"]
    return view(
        "briefing/changes_since_last",
        comparison=comparison,
        arrows=[arrow_row(row, comparison) for row in comparison.arrows.itertuples()],
        moved=comparison.moved.to_dict("records"),
        compared_count=int((changes["direction"] != "not compared").sum()),
        dropped=dropped.tolist(),
        speakers=comparison.speakers.to_dict("records"),
        said=said,
        articles=articles,
        most=MOST_ROWS,
    )


def arrow_row(row: object, comparison: Comparison) -> dict:
    """A value that clearly moved, with the articles that moved it, of today or of the earlier briefing."""
    known = {
        article.article_id: source_of(article, 0, 0)
        for kept in (comparison.before, comparison.now)
        for article in kept.snapshot.articles.itertuples()
    }
    today = set(comparison.now.snapshot.articles["article_id"])
    sources = [
        {"article_id": one if one in today else "", "source": known[one]}
        for one in row.article_ids.split()
        if one in known
    ]
    corrected = {
        article_id_of(one["id"]) for one in (*comparison.overruled, *comparison.taken_back, *comparison.unfit)
    }
    is_corrected = not corrected.isdisjoint(row.article_ids.split())
    return {
        **row._asdict(),
        "sources": sources,
        "arrow": ARROWS[row.direction],
        "is_corrected": is_corrected,
    }


def comparison_view(comparison: Comparison) -> View:
    """The whole comparison, for a page of its own."""
    moves = comparison.moves.to_dict("records")
    changed = Markup(changed_view(comparison).html)
    return view("briefing/comparison", comparison=comparison, changed=changed, moves=moves)


def comparison_lines(comparison: Comparison) -> list[str]:
    """What moved, a line each, for a terminal."""
    lines = [f"{comparison.before.day} → {comparison.now.day}"]
    lines += [comparison.window] if comparison.window else []
    lines += [
        f"+ {row['source'].title} ({row['source'].date}) brings {row['brings']}"
        for row in comparison.added[:MOST_ROWS]
    ]
    if len(comparison.added) > MOST_ROWS:
        lines.append(f"+ {len(comparison.added) - MOST_ROWS} more articles")
    lines += [f"- {row.title} ({row.date}) is no longer read" for row in comparison.removed[:MOST_ROWS]]
    if len(comparison.removed) > MOST_ROWS:
        lines.append(f"- {len(comparison.removed) - MOST_ROWS} more articles")
    lines += [f"corrected: {row['words']}" for row in comparison.overruled]
    lines += [f"correction taken back: {row['words']}" for row in comparison.taken_back]
    lines += [f"correction that no longer fits: {row['words']}: {row['problem']}" for row in comparison.unfit]
    lines += [
        f"{ARROWS[row.direction]}: {subject_name(row.dyad)}, {indicator_name(row.indicator)} "
        f"{number(row.before_value)} → {number(row.value)}: {row.reason}"
        for row in comparison.arrows.itertuples()
    ]
    lines += first_line("speaking for the first time", comparison.speakers["speaker_name"].tolist())
    lines += first_line("told of for the first time", comparison.fresh)
    told = {"no clear change in": comparison.level_count, "moved on too few stories:": len(comparison.moved)}
    lines += [f"{words} {counted(count, 'value')}" for words, count in told.items() if count]
    lines += [
        f"judgment {row.move}: {row.statement or row.before}"
        for row in comparison.moves.itertuples()
        if row.move != "kept"
    ]
    return lines if len(lines) > 1 else [*lines, "nothing moved"]


def first_line(label: str, names: list[str]) -> list[str]:
    """ "speaking for the first time: Ann, Bob and 3 more" in a list, or none where there are no names."""
    rest = f" and {len(names) - MOST_ROWS} more" if len(names) > MOST_ROWS else ""
    return [f"{label}: {', '.join(names[:MOST_ROWS])}{rest}"] if names else []
