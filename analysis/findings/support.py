"""How far a judgment can go: the confidence that its sources allow.

Source: ICD 203 (2015) for the words; the conditions are our own.
"""

from dataclasses import dataclass

from pandas import DataFrame

from analysis.lexicons import load_lexicon
from analysis.outlets import source_count
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of


@dataclass(frozen=True)
class Support:
    """The sources behind some events."""

    story_count: int
    outlet_count: int  # owners of named outlets: of two unnamed ones nobody can say that they differ
    unknown_outlet_count: int  # articles that name none
    statement_count: int
    anonymous_share: float  # of the statements in these articles that have a speaker


def support_of(events: DataFrame, tables: Tables) -> Support:
    """How many stories, outlets and named sources are behind some events."""
    articles = tables.articles[tables.articles["article_id"].isin(events["article_id"])]
    statements = tables.quotes[tables.quotes["article_id"].isin(articles["article_id"])]
    statements = statements.dropna(subset="speaker_id")
    return Support(
        story_count=articles["story_id"].nunique(),
        outlet_count=source_count(articles["outlet"]),
        unknown_outlet_count=int(articles["outlet"].isna().sum()),
        statement_count=len(statements),
        anonymous_share=float(statements["is_anonymous"].mean()) if len(statements) else 0.0,
    )


def confidence_level(support: Support) -> str:
    """The highest level whose conditions are met.

    Raises:
        ValueError: the list has no level for so little support.
    """
    for level in rows_of(load_lexicon("findings/confidence_levels")):
        if (
            support.story_count >= int(level.least_stories)
            and support.outlet_count >= int(level.least_outlets)
            and support.anonymous_share <= float(level.most_anonymous)
        ):
            return str(level.level)
    raise ValueError(
        f"findings/confidence_levels.csv: no row fits {support}, expected the last row to fit anything: "
        "set it to 0 stories, 0 outlets and a share of 1.0"
    )
