"""What a page rests on: stories, outlets and named sources, the confidence they allow, and whom it quotes.

Source: ICD 203 (2015) for the words of confidence; the conditions are our own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pandas import DataFrame, isna

from analysis.country_names import bloc_names, country_adjective, country_name
from analysis.findings.wording import most_frequent, words
from analysis.lexicons import load_lexicon
from analysis.outlets import short_name, source_count
from analysis.phrasing import sentence_start
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of

MAJORITY: Final = 0.5  # of the stories, from which one outlet is named as carrying the news
HARDLY_ANY: Final = 0.1  # quotes in the speaker's own words per story, below which hardly anybody is quoted
MIN_STORIES_FOR_SHARES: Final = 5  # of two or three stories no share is worth a sentence
SURE: Final = 0.8  # of the right speaker: a page does not guess who said it
MIN_QUOTE_WORDS, MAX_QUOTE_WORDS = 8, 40  # of a quote: fewer say little, more are not read
MAX_QUOTES: Final = 3
VAGUE: Final = frozenset(
    ("it", "this", "that", "they", "these", "those", "he", "she", "him", "her", "and", "but")
)


@dataclass(frozen=True)
class Support:
    """The sources behind some events."""

    story_count: int
    outlet_count: int  # owners of named outlets: of two unnamed ones nobody can say that they differ
    anonymous_share: float  # of the statements in these articles that have a speaker
    outlet: str = ""  # of all stories, if they have only one
    unknown_outlet_count: int = 0  # stories without a named outlet

    @property
    def confidence(self) -> str:
        """The highest level of `findings/confidence_levels` whose conditions are met; the last has none."""
        return next(
            str(level.level)
            for level in rows_of(load_lexicon("findings/confidence_levels"))
            if self.story_count >= int(level.least_stories)
            and self.outlet_count >= int(level.least_outlets)
            and self.anonymous_share <= float(level.most_anonymous)
        )

    @property
    def basis(self) -> str:
        """ "Reuters", "Two reports, one outlet known", "Six outlets; sources: high confidence"."""
        return words("findings/sources", "basis", self)


def support_of(article_ids: Collection[str], tables: Tables) -> Support:
    """How many stories, outlets and named sources are behind what some articles report."""
    articles = tables.articles[tables.articles["article_id"].isin(list(article_ids))]
    statements = tables.quotes[tables.quotes["article_id"].isin(articles["article_id"])]
    is_anonymous = statements.dropna(subset="speaker_id")["is_anonymous"]
    named, story_count = articles.dropna(subset="outlet"), articles["story_id"].nunique()
    unknown, outlets = story_count - named["story_id"].nunique(), set(named["outlet"])
    return Support(
        story_count=story_count,
        outlet_count=source_count(outlets),
        anonymous_share=float(is_anonymous.mean()) if len(is_anonymous) else 0.0,
        outlet=short_name(min(outlets)) if len(outlets) == 1 and not unknown else "",
        unknown_outlet_count=unknown,
    )


def rests_on(tables: Tables, pairs: Sequence[str], articles: DataFrame, *, is_narrowed: bool = False) -> str:
    """ "One story, outlet unknown; 21 statements, 8 of them from unnamed sources."

    A story counts once, however many outlets reprint it.

    Args:
        tables: of the corpus.
        pairs: the leading pairs as "CHN-USA", the most important first.
        articles: `Articles` rows of the period.
        is_narrowed: whether only statements on a subject are kept, so that others may be quoted.
    """
    stories = articles.drop_duplicates("story_id")
    quotes = tables.quotes[tables.quotes["article_id"].isin(articles["article_id"])]
    sides = dict.fromkeys(code for pair in pairs for code in pair.split("-"))
    names = quotes[["affiliation", "speaker_name"]]
    silent = [
        code
        for code in sides
        if not quotes["country_code"].eq(code).any() and not names.eq(bloc_names().get(code)).any(axis=None)
    ]
    is_unplaced = quotes[["country_code", "affiliation"]].isna().all(axis=1) & ~quotes["is_anonymous"]
    own_words = int(quotes["kind"].isin(("direct", "partial")).sum())
    is_many = len(stories) >= MIN_STORIES_FOR_SHARES
    main = most_frequent(stories["outlet"].dropna(), 1) if is_many else []
    days = stories["published_date"].dropna()
    facts = {
        "story_count": len(stories),
        "reprint_count": len(articles) - len(stories),
        "days": (days.min(), days.max()) if len(days) else (),
        "undated_count": len(stories) - len(days),
        "outlets": [name for name, _ in most_frequent(articles["outlet"].dropna())],
        "unknown_outlet_count": int(stories["outlet"].isna().sum()),
        "main_outlets": [one for one in main if one[1] > MAJORITY * len(stories)],
        "statement_count": len(quotes),
        "anonymous_count": int(quotes["is_anonymous"].sum()),
        "is_narrowed": is_narrowed,
        "is_hardly_quoting": is_many and not is_narrowed and own_words < HARDLY_ANY * len(stories),
        # A named speaker of an unknown side may speak for any of them.
        "unquoted": [] if quotes.loc[is_unplaced, "speaker_name"].notna().any() else silent,
    }
    return words("findings/sources", "rests_on", facts)


@dataclass(frozen=True)
class ShownQuote:
    """Somebody's words."""

    speaker: str  # "Antony Blinken", "A senior US official"
    described: str  # "US secretary of state", "unnamed"; "" where nothing is known
    words: str  # in double marks
    article_id: str
    start_char: int


def shown_quotes(
    tables: Tables, pairs: Sequence[str], article_ids: Collection[str], told: Collection[Any] = ()
) -> list[ShownQuote]:
    """The direct quotes to print: whole, short, by somebody known, those on the first pair first.

    One for each speaker; first the named, then what one side of a pair says of the other.

    Args:
        tables: of the corpus.
        pairs: the leading pairs as "CHN-USA", the most important first.
        article_ids: the articles that may be quoted.
        told: clauses that are on the page already; what they quote is not printed again.
    """
    quotes = tables.quotes
    is_fit = quotes["article_id"].isin(list(article_ids)) & (quotes["kind"] == "direct")
    quotes = quotes[is_fit & quotes["speaker_name"].notna() & (quotes["probability"] >= SURE)]
    targets = tables.stances.groupby("quote_id")["target_country_code"].agg(set).to_dict()
    places = {code: place for place, pair in reversed(list(enumerate(pairs))) for code in pair.split("-")}
    found: list[tuple[tuple, Any]] = []
    for row in rows_of(quotes):
        own = row.country_code
        codes = {code for code in targets.get(row.quote_id, set()) if isinstance(code, str)}
        about = [places[code] for code in codes if code in places and code != own]
        first = row.text.lstrip("‘“\"'").split()[:1]
        is_clear = bool(first) and first[0].lower() not in VAGUE and row.text[:1].isupper()
        if (
            about
            and is_clear
            and MIN_QUOTE_WORDS <= len(row.text.split()) <= MAX_QUOTE_WORDS
            and not any(
                one.article_id == row.article_id
                and max(one.start_char, row.start_char) < min(one.end_char, row.end_char)
                for one in told
            )
        ):
            across = isinstance(own, str) and any("-".join(sorted((own, code))) in pairs for code in codes)
            found.append(((bool(row.is_anonymous), not across, min(about)), row))
    shown: dict[str, Any] = {}
    for _, row in sorted(found, key=lambda one: one[0]):
        shown.setdefault(row.speaker_id, row)
    return [
        ShownQuote(
            sentence_start(row.speaker_name),
            described(row),
            f"“{row.text.rstrip(',')}”",
            row.article_id,
            int(row.start_char),
        )
        for row in list(shown.values())[:MAX_QUOTES]
    ]


def described(row: Any) -> str:
    """ "US secretary of state", "Stimson Center", "unnamed"; "" where nothing is known."""
    if row.is_anonymous:
        return "unnamed"
    role, affiliation, code = (
        "" if isna(value) else str(value) for value in (row.role, row.affiliation, row.country_code)
    )
    adjective = country_adjective(code) if code else ""
    if role and adjective and not affiliation:
        return role if adjective.lower() in role.lower() else f"{adjective} {role}"
    parts = [part for part in (role, affiliation or (country_name(code) if code else "")) if part]
    return ", ".join(dict.fromkeys(parts))
