"""The most telling direct quotes of a period: a sentence that stands alone, by somebody who matters."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from typing import NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.country_names import BODY_CODES
from analysis.findings.quoted_speakers import Speaker, quotes_by_speaker, speaker_of
from analysis.findings.quoted_words import (
    QuotedSentence,
    quoted_sentences,
    reported_words,
    to_longest_phrase,
)
from analysis.indicators.country_events import between_countries, dyads
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of

LEAST_PROBABILITY = 0.7  # of the right speaker: a front page does not guess who said it
LEAST_WORDS, MOST_WORDS = 8, 45  # fewer say little, more are not read
SURE = 0.9  # probability of the speaker, from which there is a point for it
MOST_OPENING_WORDS = 8  # of the article before the quoted phrase that they lead to
LEAST_POINTS = 7  # below, nothing is said rather than something dull
MOST_UNNAMED = 2
KINDS = ("intention", "demand", "threat", "refusal")
POINTS = {
    "across": 3,  # one side of a leading pair speaks of the other
    "pair": 3,  # the first of the leading pairs; one less for each further one
    "whole": 2,  # a whole sentence, not a phrase in a sentence of the article
    "named": 2,  # the words name a country of the pair, or the relationship
    "stance": 2,  # the words are for or against the country
    "sure": 1,  # that the speaker is the right one
    "kind": 1,  # for each kind of word in `findings/telling_words.csv`, at most two
    "unnamed": -2,
    "unclear": -3,  # opens with "it", "they", "this" without saying what that is
    "same side": -2,  # for each quote already chosen from the same country or bloc
}
MOST_KINDS = 2
VAGUE_OPENING = re.compile(
    r"^[‘“]?(?:and |but |so |or |because )?"
    r"(?:further|it|this|that|they|these|those|he|she|him|her|them|such|there's|it's|that's|they're|he's|she's)\b",
    re.IGNORECASE,
)
FINITE = re.compile(
    r"\b(?:I|we|he|she|they|you|is|are|was|were|am|has|have|had|does|do|did|will|would|can|cannot|could|shall|should"
    r"|may|might|must|needs?|wants?|let)\b|(?:n['’]t|['’](?:re|ve|ll|d|m)|\b(?:it|that|there|here|what|who)['’]s)\b",
    re.IGNORECASE,
)
"""Closed classes that show a finite verb: auxiliaries, modals and subject pronouns."""
NO_CLAUSE = re.compile(
    r"\bthat “|^(?:to|of|as|for|from|with|about|on|in|at|by|against|than|into|him|them|himself|\w+ing)\b"
)
LOOSE_CLAUSE = re.compile(
    r"^(?:as|because|since|while|although|though|which|who|whether)\b[^,]*$"
    r"|^(?:(?:that|this)(?: is|['’]s) why|second|third|fourth|fifth)\b",
    re.IGNORECASE,
)
"""A sentence that depends on another: *As we do not know who will win*, *That is why we go*."""
RELATIONS = re.compile(
    r"\b(?:bilateral|relations (?:with|between)|our relations|relationship|both (?:countries|sides|nations)|"
    r"two (?:countries|sides|nations)|between us)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TellingQuote:
    """A quote for the front page, with its place."""

    quote_id: str
    article_id: str
    start_char: int  # of the words shown, in the article
    words: str  # ready to print, with its quotation marks
    speaker_name: str  # "A senior US official" where unnamed
    described: str  # "US secretary of state"; "unnamed"; "" where nothing is known
    country_code: str  # of the speaker, or of their bloc; "" where unknown
    pair: str  # that it is about, as "CHN-USA"
    day: date | None  # of the article


@dataclass(frozen=True)
class Candidate:
    """A quote that may be chosen, and how telling it is by itself."""

    quote: TellingQuote
    speaker: Speaker
    points: int
    probability: float


class Target(NamedTuple):
    """A country or bloc that a quote names."""

    code: str
    label: int  # 1: the words are for it; -1: against it; 0: neither, or not known
    is_person: bool  # somebody of the country is named, not the country
    start_char: int


@dataclass(frozen=True)
class Part:
    """Whole sentences of a quote, and how telling they are by themselves."""

    sentence: QuotedSentence
    points: int


def telling_quotes(
    tables: Tables, pairs: Sequence[str], article_ids: Collection[str], *, most: int = 5
) -> list[TellingQuote]:
    """The most telling direct quotes of some articles on the leading pairs, the first pair first.

    Each quote has points: the rank of the speaker (1 to 5, `findings/speaker_ranks.csv`) and those of
    `POINTS`. The quote with the most points is chosen, then the best of the rest, and so on; points are
    lost for each quote already chosen from the same side, so that both sides speak. A speaker is chosen
    once, the same words once, and at most two speakers are unnamed. Ties go to the surer attribution, then
    to the id.

    Args:
        tables: of the corpus.
        pairs: the leading pairs as "CHN-USA", the most important first.
        article_ids: the articles of the period.
        most: how many quotes at most.

    Returns:
        Quotes in the order of the pairs they are about, then of their points.
    """
    left = sorted(candidates(tables, pairs, article_ids), key=by_points)
    chosen: list[Candidate] = []
    while left and len(chosen) < most:
        best = min(left, key=lambda one: (same_side(one, chosen) - one.points, by_points(one)))
        chosen.append(best)
        left = [one for one in left if is_new(one, chosen)]
    chosen.sort(key=lambda one: (pairs.index(one.quote.pair), by_points(one)))
    return [one.quote for one in chosen]


def by_points(one: Candidate) -> tuple:
    """Sorts the most telling first; ties by attribution, then by id."""
    return -one.points, -one.probability, one.quote.quote_id


def same_side(one: Candidate, chosen: Sequence[Candidate]) -> int:
    """The points that a candidate loses to those already chosen from its side."""
    sides = [other.speaker.code for other in chosen]
    return -POINTS["same side"] * sides.count(one.speaker.code)


def is_new(one: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether a candidate is by a new speaker with new words, and not one unnamed source too many."""
    unnamed_count = sum(other.speaker.is_unnamed for other in chosen)
    return (
        all(one.speaker.speaker_id != other.speaker.speaker_id for other in chosen)
        and not any(is_same_words(one.quote.words, other.quote.words) for other in chosen)
        and not (one.speaker.is_unnamed and unnamed_count >= MOST_UNNAMED)
    )


def is_same_words(one: str, other: str) -> bool:
    """Whether one quote says what the other says, or is a part of it; marks and cases aside."""
    first, second = (" ".join(re.findall(r"\w+", words.casefold())) for words in (one, other))
    return first in second or second in first


# Candidates


def candidates(tables: Tables, pairs: Sequence[str], article_ids: Collection[str]) -> Iterator[Candidate]:
    """The quotes of some articles that stand alone, take a stance on a leading pair and have a speaker."""
    of_speakers, of_quotes = quotes_by_speaker(tables.quotes), targets_by_quote(tables.stances)
    main_pairs = main_pair_of_articles(tables.events)
    for quote in rows_of(spoken(tables.quotes, article_ids)):
        speaker = speaker_of(quote, of_speakers[quote.speaker_id])
        targets = of_quotes.get(quote.quote_id, [])
        pair = pair_spoken_of(speaker, targets, pairs, quote.text, main_pairs.get(quote.article_id, ""))
        part = best_part(quote, on(other_sides(pair, speaker), targets), tables)
        if not (pair and speaker.rank and part):
            continue
        points = part.points + speaker_points(speaker, quote, targets, pair, pairs.index(pair))
        if points >= LEAST_POINTS:
            yield Candidate(
                telling_quote(quote, speaker, part.sentence, pair, tables), speaker, points, quote.probability
            )


def spoken(quotes: DataFrame, article_ids: Collection[str]) -> DataFrame:
    """The direct and partial quotes of some articles whose speaker is known well enough."""
    return quotes[
        quotes["article_id"].isin(list(article_ids))
        & quotes["kind"].isin(("direct", "partial"))
        & quotes["speaker_id"].notna()
        & (quotes["probability"] >= LEAST_PROBABILITY)
    ]


def targets_by_quote(stances: DataFrame) -> dict[str, list[Target]]:
    """The countries and blocs that each quote names; targets without a code are left out."""
    codes = stances["target_country_code"].fillna(stances["target_id"].map(BODY_CODES))
    rows = stances.assign(code=codes, label=stances["label"].fillna(0)).dropna(subset="code")
    found: dict[str, list[Target]] = defaultdict(list)
    for row in rows_of(rows):
        is_person = row.target_id.startswith("person:")
        found[row.quote_id].append(Target(row.code, int(row.label), is_person, row.start_char))
    return dict(found)


def main_pair_of_articles(events: DataFrame) -> dict[str, str]:
    """The pair with the most events in each article that has events between countries."""
    coded = events[between_countries(events)]
    coded = DataFrame({"article_id": coded["article_id"], "dyad": dyads(coded)})
    counts = coded.value_counts(["article_id", "dyad"], sort=False).reset_index()
    counts = counts.sort_values(["article_id", "count", "dyad"], ascending=[True, False, True])
    return counts.drop_duplicates("article_id").set_index("article_id")["dyad"].to_dict()


def pair_spoken_of(
    speaker: Speaker, targets: Sequence[Target], pairs: Sequence[str], words: str, main: str
) -> str:
    """The leading pair that a quote is about, or "".

    That is a pair of which the speaker is one side and names the other, or of which both are named. Else it
    may be the pair that the article is about, if a third party takes a stance on a side of it (the country,
    not only its president), or if one side speaks of *the bilateral relationship* without naming anybody.
    """
    named = {target.code for target in targets} - {speaker.code}
    judged = {target.code for target in targets if target.label and not target.is_person}
    sides = [(pair, set(pair.split("-"))) for pair in pairs]
    across = [pair for pair, codes in sides if speaker.code in codes and named & codes]
    both = [pair for pair, codes in sides if codes <= named]
    if found := [*across, *both]:
        return found[0]
    of_article = set(main.split("-")) if main in pairs else set()
    is_own = speaker.code in of_article
    is_about = RELATIONS.search(words) if is_own else judged & of_article
    return main if is_about else ""


def on(codes: Collection[str], targets: Sequence[Target]) -> list[Target]:
    """Those of some targets that belong to some countries or blocs."""
    return [target for target in targets if target.code in codes]


def other_sides(pair: str, speaker: Speaker) -> set[str]:
    """The codes of a pair without that of the speaker."""
    return set(pair.split("-")) - {speaker.code}


def best_part(quote: object, about: Sequence[Target], tables: Tables) -> Part | None:
    """The most telling part of a quote that stands alone, of equal ones the longest; None: there is none.

    Args:
        quote: row of `Quotes`.
        about: what it names of the other side or sides of the pair.
        tables: of the corpus.
    """
    parts = direct_parts if quote.kind == "direct" else partial_parts
    starts = tables.sentence_starts.get(quote.article_id, [])
    text = tables.article_rows[quote.article_id].text
    found = [Part(one, part_points(one, about)) for one in parts(quote, text, starts)]
    found = [part for part in found if part.points]
    return max(found, key=lambda part: (part.points, len(part.sentence.words)), default=None)


def part_points(part: QuotedSentence, about: Sequence[Target]) -> int:
    """How telling words are by themselves; 0 where they say nothing of the pair."""
    inside = [target for target in about if part.start_char <= target.start_char < part.end_char]
    takes_stance = any(target.label for target in inside)
    kind_count = min(sum(bool(one.search(part.words)) for one in telling_patterns()), MOST_KINDS)
    is_on_relations = bool(RELATIONS.search(part.words))
    if not is_on_relations and not (inside and (takes_stance or kind_count)):
        return 0
    points = POINTS["named"] + POINTS["stance"] * takes_stance + POINTS["kind"] * kind_count
    return max(points + POINTS["unclear"] * bool(VAGUE_OPENING.search(part.words)), 0)


def speaker_points(speaker: Speaker, quote: object, targets: Sequence[Target], pair: str, place: int) -> int:
    """What the speaker, the kind of the quote and the place of the pair among the leading ones add."""
    is_across = speaker.code in pair.split("-") and bool(on(other_sides(pair, speaker), targets))
    return (
        speaker.rank
        + POINTS["across"] * is_across
        + max(POINTS["pair"] - place, 0)
        + POINTS["whole"] * (quote.kind == "direct")
        + POINTS["sure"] * (quote.probability >= SURE)
        + POINTS["unnamed"] * speaker.is_unnamed
    )


def telling_quote(
    quote: object, speaker: Speaker, part: QuotedSentence, pair: str, tables: Tables
) -> TellingQuote:
    """A quote as the page shows it."""
    published = tables.article_rows[quote.article_id].published_date
    return TellingQuote(
        quote_id=quote.quote_id,
        article_id=quote.article_id,
        start_char=part.start_char,
        words=f"“{part.words}”" if quote.kind == "direct" else part.words,
        speaker_name=speaker.name,
        described=speaker.described,
        country_code=speaker.code,
        pair=pair,
        day=None if pd.isna(published) else published.date(),
    )


def direct_parts(quote: object, text: str, starts: Sequence[int]) -> Iterator[QuotedSentence]:
    """Each run of whole sentences of a direct quote that has the right length and a finite verb."""
    sentences = quoted_sentences(text, quote.content_spans, starts)
    for first, last in combinations(range(len(sentences) + 1), 2):
        run = sentences[first:last]
        words = " ".join(one.words for one in run)
        is_sentence = words[0].isupper() or not words[0].isalpha()
        if is_sentence and is_right_length(words) and all(is_clause(one.words) for one in run):
            yield QuotedSentence(words, run[0].start_char, run[-1].end_char)


def partial_parts(quote: object, text: str, starts: Sequence[int]) -> Iterator[QuotedSentence]:
    """A partial quote as the article has it, to the end of its longest quoted phrase, if that is a clause."""
    words, opening_count, quoted_count = to_longest_phrase(reported_words(quote.text))
    is_quoted = quoted_count >= LEAST_WORDS and opening_count <= MOST_OPENING_WORDS
    if is_quoted and is_right_length(words) and is_clause(words) and not NO_CLAUSE.search(words):
        yield QuotedSentence(f"{capitalised(words)}.", quote.start_char, quote.end_char)


def capitalised(words: str) -> str:
    """Words that begin a sentence, behind a quotation mark too."""
    first = next((place for place, character in enumerate(words) if character.isalnum()), 0)
    return f"{words[:first]}{words[first].upper()}{words[first + 1 :]}"


def is_clause(words: str) -> bool:
    """Whether words have a finite verb of their own, as far as closed classes of words tell."""
    return bool(FINITE.search(words)) and not LOOSE_CLAUSE.search(words)


def is_right_length(words: str) -> bool:
    """Whether words are neither too few to say something nor too many to be read."""
    return LEAST_WORDS <= len(words.split()) <= MOST_WORDS


@cache
def telling_patterns() -> tuple[re.Pattern[str], ...]:
    """What finds each kind of telling word."""
    rows = load_lexicon("findings/telling_words", allowed={"kind": KINDS})
    return tuple(pattern_of(part) for _, part in rows.groupby("kind", sort=False)["words"])


def pattern_of(words: Sequence[str]) -> re.Pattern[str]:
    """Matches any of some words as a whole, with either kind of apostrophe."""
    choices = "|".join(map(re.escape, words)).replace("'", "['’]")
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)
