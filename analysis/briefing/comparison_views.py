"""A comparison of two briefings as sections of a page, as a page of its own, and as lines for a terminal."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from markupsafe import Markup

from analysis.briefing.comparison import Comparison
from analysis.briefing.records import BriefingRecord
from analysis.findings.wording import words
from analysis.ingest.corrections_file import article_id_of
from analysis.tables.rows import rows_of
from analysis.views.corrections import correction_words
from analysis.views.evidence import source_of
from analysis.views.render import View, view

MOST_ROWS = 20
ARROWS = {"up": "▲ up", "down": "▼ down"}


def described(corrections: list[dict], record: BriefingRecord) -> list[dict]:
    """Corrections of a briefing, each with its description in `words`."""
    titles = {row.article_id: source_of(row, 0, 0).title for row in rows_of(record.snapshot.articles)}
    return [
        {**row, "words": correction_words(row, titles.get(article_id_of(row["id"]), "an article"))}
        for row in corrections
    ]


def described_corrections(comparison: Comparison) -> dict[str, list[dict]]:
    """The new, withdrawn and lapsed corrections, each with its description in `words`."""
    return {
        "new": described(comparison.new_corrections, comparison.now),
        "withdrawn": described(comparison.withdrawn_corrections, comparison.before),
        "lapsed": described(comparison.lapsed_corrections, comparison.now),
    }


def changes_section(
    comparison: Comparison,
    *,
    articles: str = "",
    first_statements: Mapping[str, dict] = MappingProxyType({}),
) -> View:
    """Which articles were added and what moved, for a page.

    Args:
        comparison: of two briefings.
        articles: file name of the page of articles that titles link to; "" where there is none.
        first_statements: by speaker, a statement with `pieces`, `href` and `source`; none where no texts are
            at hand.
    """
    dropped = comparison.moves.loc[comparison.moves["move"] == "dropped", "before"]
    return view(
        "briefing/changes_since_last",
        comparison=comparison,
        corrections=described_corrections(comparison),
        clear_changes=[clear_change_row(row, comparison) for row in rows_of(comparison.clear_changes)],
        uncertain_changes=comparison.uncertain_changes.to_dict("records"),
        dropped=dropped.tolist(),
        incidents=shown_incidents(comparison),
        passed=line("passed_incidents", comparison.incidents.passed_count),
        current=set(comparison.now.snapshot.articles["article_id"]),
        speakers=comparison.new_speakers.to_dict("records"),
        first_statements=first_statements,
        articles=articles,
        most=MOST_ROWS,
    )


def shown_incidents(comparison: Comparison) -> dict[str, list[dict]]:
    """The incidents that are new, updated or gone, each with its record and its reports."""
    found = comparison.incidents
    return {
        "new": [{"record": one, "reports": line("reports", one)} for one in found.new],
        "updated": [{"record": one.now, "reports": line("incident_update", one)} for one in found.updated],
        "gone": [{"record": one, "reports": line("reports", one)} for one in found.gone],
    }


def clear_change_row(row: object, comparison: Comparison) -> dict:
    """A value that clearly moved, with the articles of either briefing that moved it."""
    known = {
        article.article_id: source_of(article, 0, 0)
        for record in (comparison.before, comparison.now)
        for article in rows_of(record.snapshot.articles)
    }
    current = set(comparison.now.snapshot.articles["article_id"])
    ids = row.article_ids.split()
    corrections = (
        *comparison.new_corrections,
        *comparison.withdrawn_corrections,
        *comparison.lapsed_corrections,
    )
    corrected = {article_id_of(one["id"]) for one in corrections}
    return {
        **row._asdict(),
        "sources": [
            {"article_id": one if one in current else "", "source": known[one]} for one in ids if one in known
        ],
        "arrow": ARROWS[row.direction],
        "is_corrected": not corrected.isdisjoint(ids),
    }


def comparison_view(comparison: Comparison) -> View:
    """The whole comparison, for a page of its own."""
    moves = comparison.moves.to_dict("records")
    changed = Markup(changes_section(comparison).html)
    return view("briefing/comparison", comparison=comparison, changed=changed, moves=moves)


def comparison_lines(comparison: Comparison) -> list[str]:
    """What moved, a line each, for a terminal."""
    more_added, more_removed = (
        max(len(part) - MOST_ROWS, 0) for part in (comparison.added, comparison.removed)
    )
    corrections = described_corrections(comparison)
    lines = [
        comparison.window,
        *incident_lines(comparison),
        *(line("added", article) for article in comparison.added[:MOST_ROWS]),
        line("more_added", more_added),
        *(line("removed", source) for source in comparison.removed[:MOST_ROWS]),
        line("more_removed", more_removed),
        *(line("correction", kind, row) for kind, rows in corrections.items() for row in rows),
        *(line("change", row, ARROWS[row.direction]) for row in rows_of(comparison.clear_changes)),
        line("new_speakers", comparison.new_speakers["speaker_name"].tolist(), MOST_ROWS),
        line("new_pairs", comparison.new_pairs, MOST_ROWS),
        line("unchanged", comparison.unchanged_count),
        line("uncertain", len(comparison.uncertain_changes)),
        *(line("judgment", row) for row in rows_of(comparison.moves) if row.move != "kept"),
    ]
    found = [one for one in lines if one]
    return [line("heading", comparison), *(found or [line("nothing")])]


def incident_lines(comparison: Comparison) -> Iterator[str]:
    """A line for each incident that is new, updated or gone."""
    found = comparison.incidents
    for form, rows in (
        ("new_incident", found.new),
        ("updated_incident", found.updated),
        ("gone_incident", found.gone),
    ):
        yield from (line(form, row) for row in rows[:MOST_ROWS])
        yield line("more_incidents", form, max(len(rows) - MOST_ROWS, 0))
    yield line("passed_incidents", found.passed_count)


def line(form: str, *facts: object) -> str:
    return words("briefing/comparison", form, *facts)
