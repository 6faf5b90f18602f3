"""How each side of a leading pair tells it: its best statement, what it is accused of, what it denies.

A sentence such as "Cambodia says that the Thai soldier opened fire; Thailand denies it." is made only where
the denial refers back, in the same article, to a claim in the same sentence or in the one before.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.findings.quoted_speakers import Speaker, quotes_by_speaker, speaker_of
from analysis.findings.quoted_words import reported_words
from analysis.findings.telling_quotes import (
    FINITE,
    LEAST_PROBABILITY,
    MOST_KINDS,
    MOST_WORDS,
    Target,
    best_part,
    on,
    targets_by_quote,
    telling_patterns,
)
from analysis.findings.wording import words
from analysis.indicators.country_events import between_countries, dyads
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of

MOST_PAIRS = 3
MOST_DISPUTES = 2  # of one pair
LEAST_REPORTED_WORDS = 5
LEAST_DENIAL_PROBABILITY = 0.5  # "India denies the allegations" names its speaker, however short it is
SAID = ("neutral", "assertive", "admitting", "warning", "doubtful")
"""Attitudes of a reporting word for which "says" may stand; not for *hopes* or *believes*."""
NOT_SAID = re.compile(
    r"\b(?:not|never|cannot|nor|neither|refused? to|declined? to|\w+n['’]t)\s+(?:\w+ly\s+)?$"
)
VERB_AFTER = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should)\b"
)
"""What follows a clause of which only the subject is in the quote."""
LONGEST_VERB = 12  # characters, with the space before
INFINITIVE = re.compile(r"\bto [a-z]+\b")
DETERMINERS = "the|this|these|those|such|all|any|its|his|her|their"
ACCUSE, OF = "accuse", re.compile(r"^(.{2,60}?) of ")
POINTS = {"named": 4, "quoted": 3, "stance": 2, "kind": 1}
"""Of a statement, beside the rank of its speaker: names the other side, is quoted, takes a stance; and one
for each kind of telling word, at most two."""


Places = dict[str, list[tuple[int, int]]]  # start and end of sentences, by article
Form = Literal["quoted", "reported", "accusation"]


@dataclass(frozen=True)
class Statement:
    """What somebody says of the other side, with its place."""

    quote_id: str
    article_id: str
    start_char: int
    code: str  # of the side they speak for
    subject: str  # as a sentence needs it: "the Afghan government"
    described: str  # "Pakistani defence minister"; "" where the subject says it all
    is_plural: bool
    is_past: bool  # the article has "said", not "says"
    words: (
        str  # quoted: ready to print, with its marks; reported: a clause; of an accusation: "X of doing it"
    )
    form: Form
    day: date | None  # of the article, to which "yesterday" refers


@dataclass(frozen=True)
class Dispute:
    """A claim of one side, and the denial of the other."""

    claim: Statement
    denial: Statement


@dataclass(frozen=True)
class SideView:
    """What is heard of one side."""

    code: str
    is_quoted: bool  # whether an official is surely quoted for it in the articles of the period
    is_counted: bool  # whether any statement is by somebody of it, surely or not, official or not
    statement: Statement | None  # its best on the other side, or on what happened between the two


@dataclass(frozen=True)
class OtherSide:
    """A pair as its two sides tell it."""

    pair: str
    sides: tuple[SideView, SideView]
    accusations: tuple[Statement, ...]  # at most one by each side, of the other
    disputes: tuple[Dispute, ...]


class Remark(NamedTuple):
    """A quote of an official speaker, and whom it names."""

    quote: object  # row of `Quotes`
    speaker: Speaker
    targets: list[Target]


def other_side(tables: Tables, pairs: Sequence[str], article_ids: Collection[str]) -> list[OtherSide]:
    """How both sides of the leading pairs tell it, for at most three pairs.

    Args:
        tables: of the corpus.
        pairs: the leading pairs as "CHN-USA", the most important first.
        article_ids: the articles of the period.
    """
    remarks = official_remarks(tables, article_ids)
    counted = codes_counted(tables, article_ids)
    told: list[OtherSide] = []
    for pair in pairs[:MOST_PAIRS]:
        used = {one.quote_id for earlier in told for one in statements_in(earlier)}
        told.append(pair_as_told(pair, remarks, used, tables, counted=counted))
    return told


def statements_in(told: OtherSide) -> list[Statement]:
    """Every statement that is shown for a pair, so that none is shown again for another."""
    disputed = [one for dispute in told.disputes for one in (dispute.claim, dispute.denial)]
    return [*disputed, *told.accusations, *(side.statement for side in told.sides if side.statement)]


def quoted_codes(tables: Tables, article_ids: Collection[str]) -> set[str]:
    """The countries and blocs for which somebody is surely quoted in some articles."""
    return codes_heard(official_remarks(tables, article_ids))


def codes_counted(tables: Tables, article_ids: Collection[str]) -> set[str]:
    """The countries to which some statement of some articles is counted, however sure its speaker is."""
    quotes = tables.quotes[tables.quotes["article_id"].isin(list(article_ids))]
    return set(quotes["country_code"].dropna())


def codes_heard(remarks: Sequence[Remark]) -> set[str]:
    """The sides of remarks whose speaker is sure, or that deny something."""
    return {one.speaker.code for one in remarks if is_sure(one) or is_denial(one.quote)}


def is_sure(remark: Remark) -> bool:
    """Whether the right speaker is known well enough to show the words as theirs."""
    return remark.quote.probability >= LEAST_PROBABILITY


def official_remarks(tables: Tables, article_ids: Collection[str]) -> list[Remark]:
    """The statements of people and bodies that speak for a country or bloc, in the order of the table."""
    quotes = tables.quotes
    chosen = quotes[quotes["article_id"].isin(list(article_ids)) & quotes["speaker_id"].notna()]
    chosen = chosen[chosen["probability"] >= LEAST_DENIAL_PROBABILITY]
    of_speakers, of_quotes = quotes_by_speaker(quotes), targets_by_quote(tables.stances)
    found = []
    for quote in rows_of(chosen):
        speaker = speaker_of(quote, of_speakers[quote.speaker_id])
        if speaker.is_official and not is_negated(quote, tables):
            found.append(Remark(quote, speaker, of_quotes.get(quote.quote_id, [])))
    return found


def is_negated(quote: object, tables: Tables) -> bool:
    """Whether the text says that somebody did not say it: *Moscow does not deny that*."""
    if pd.isna(quote.cue_start_char):
        return False
    text = tables.article_rows[quote.article_id].text
    place = int(quote.cue_start_char)
    return bool(NOT_SAID.search(text[max(place - 40, 0) : place]))


def pair_as_told(
    pair: str, remarks: Sequence[Remark], used: Collection[str], tables: Tables, *, counted: Collection[str]
) -> OtherSide:
    """One pair as its sides tell it, without the quotes already used."""
    codes = pair.split("-")
    disputes = list(find_disputes(codes, remarks, tables))[:MOST_DISPUTES]
    used = {*used, *(one.quote_id for dispute in disputes for one in (dispute.claim, dispute.denial))}
    free = [one for one in remarks if is_sure(one) and one.quote.quote_id not in used]
    acts, heard = sentences_of_acts(pair, tables.events), codes_heard(remarks)
    both = [
        (code, other, [one for one in free if one.speaker.code == code])
        for code, other in (codes, codes[::-1])
    ]
    sides = [
        SideView(code, code in heard, code in counted, best_statement(own, other, acts, tables))
        for code, other, own in both
    ]
    accusations = [best_accusation(own, other, tables) for _, other, own in both]
    return OtherSide(pair, (sides[0], sides[1]), tuple(one for one in accusations if one), tuple(disputes))


def sentences_of_acts(pair: str, events: DataFrame) -> Places:
    """The sentences that report acts between a pair, by article."""
    own = events[between_countries(events)]
    own = own[dyads(own) == pair]
    return {
        article: list(zip(part["start_char"], part["end_char"], strict=True))
        for article, part in own.groupby("article_id")
    }


# The best statement of a side


def best_statement(remarks: Sequence[Remark], other: str, acts: Places, tables: Tables) -> Statement | None:
    """The best statement of one side on the other, or on an act between the two; None: there is none."""
    found = []
    for one in remarks:
        about = on([other], one.targets)
        if about or is_in(one.quote, acts):
            statement = statement_of(one, about, tables)
            found += [(statement_points(statement, one, about), statement)] if statement else []
    return max(found, key=lambda pair: pair[0], default=(0, None))[1]  # of equal ones the first


def is_in(quote: object, places: Places) -> bool:
    """Whether a quote is in one of some sentences, or covers it."""
    sentences = places.get(quote.article_id, ())
    return any(start < quote.end_char and quote.start_char < end for start, end in sentences)


def statement_points(statement: Statement, remark: Remark, about: Sequence[Target]) -> int:
    """How much a statement tells of its side's view, and how much its speaker matters."""
    kinds = sum(bool(pattern.search(statement.words)) for pattern in telling_patterns())
    return (
        remark.speaker.rank
        + POINTS["named"] * bool(about)
        + POINTS["quoted"] * (statement.form == "quoted")
        + POINTS["stance"] * any(target.label for target in about)
        + POINTS["kind"] * min(kinds, MOST_KINDS)
    )


def statement_of(remark: Remark, about: Sequence[Target], tables: Tables) -> Statement | None:
    """A remark as a statement, quoted if its own words say enough, else reported; None if neither can be."""
    part = best_part(remark.quote, about, tables) if remark.quote.kind != "indirect" else None
    if part:
        shown = f"“{part.sentence.words}”" if remark.quote.kind == "direct" else part.sentence.words
        return stated(remark, "quoted", shown, part.sentence.start_char, tables)
    if remark.quote.cue in denial_words()[0]:
        return None  # "said that" would turn what is denied into what is claimed
    clause = reported_clause(remark, tables)
    return stated(remark, "reported", clause, remark.quote.start_char, tables) if clause else None


def stated(remark: Remark, form: Form, shown: str, start: int, tables: Tables) -> Statement:
    """A statement in one of its forms."""
    speaker = remark.speaker
    cue = cue_words(remark.quote, tables)
    published = tables.article_rows[remark.quote.article_id].published_date
    return Statement(
        quote_id=remark.quote.quote_id,
        article_id=remark.quote.article_id,
        start_char=start,
        code=speaker.code,
        subject=speaker.in_sentence,
        described=speaker.described,
        is_plural=speaker.is_plural,
        is_past=not (cue.endswith("s") or cue == remark.quote.cue),
        words=shown,
        form=form,
        day=None if pd.isna(published) else published.date(),
    )


def cue_words(quote: object, tables: Tables) -> str:
    """The reporting word as the article has it, in lower case: "said"; "" where there is none."""
    if pd.isna(quote.cue_start_char):
        return ""
    text = tables.article_rows[quote.article_id].text
    return text[int(quote.cue_start_char) : int(quote.cue_end_char)].lower()


def reported_clause(remark: Remark, tables: Tables) -> str:
    """What is said as a clause that may follow "says that"; "" where it is none, or is cut off."""
    quote = remark.quote
    is_clause = quote.kind != "direct" and quote.rule in ("clause", "fragment") and quote.cue_stance in SAID
    text = tables.article_rows[quote.article_id].text
    after = text[quote.end_char : quote.end_char + LONGEST_VERB]
    is_cut = bool(after[:1].strip(" .,;:!?”\"'’)\n")) or bool(VERB_AFTER.match(after))
    if not is_clause or " ... " in quote.text or is_cut:
        return ""
    if quote.rule == "fragment" and not text[quote.start_char :].startswith("that "):
        return ""
    clause = without_other_voices(quote, reported_words(quote.text), tables.quotes)
    if INFINITIVE.search(clause) and not FINITE.search(clause):
        return ""  # calls the attacks to be an act of war
    return clause if LEAST_REPORTED_WORDS <= len(clause.split()) <= MOST_WORDS else ""


def without_other_voices(quote: object, clause: str, quotes: DataFrame) -> str:
    """A clause up to the comma before somebody else speaks in it: "he left, while Kabul says he stayed"."""
    inside = quotes[
        (quotes["article_id"] == quote.article_id)
        & (quotes["start_char"] > quote.start_char)
        & (quotes["end_char"] <= quote.end_char)
        & (quotes["speaker_id"] != quote.speaker_id)
    ]
    if inside.empty:
        return clause
    place = clause.find(reported_words(inside["text"].iloc[0]))
    cut = clause.rfind(",", 0, max(place, 0))
    return clause[:cut] if cut > 0 else ""


# Accusations and denials


def best_accusation(remarks: Sequence[Remark], other: str, tables: Tables) -> Statement | None:
    """What one side accuses the other of, by its most senior speaker; None: nothing."""
    found = [(one.speaker.rank, accusation_of(one, other, tables)) for one in remarks]
    accusations = [pair for pair in found if pair[1]]
    return max(accusations, key=lambda pair: pair[0], default=(0, None))[1]


def accusation_of(remark: Remark, other: str, tables: Tables) -> Statement | None:
    """ "accuses Thailand of bombing Poipet": whom, and of what; None where it is not the other side."""
    quote = remark.quote
    content = reported_words(quote.text)
    accused = OF.match(content)
    if quote.cue != ACCUSE or not accused or len(content.split()) > MOST_WORDS:
        return None
    end = quote.start_char + accused.end()
    if not any(target.code == other and target.start_char < end for target in remark.targets):
        return None
    return stated(remark, "accusation", content, quote.start_char, tables)


def find_disputes(codes: Sequence[str], remarks: Sequence[Remark], tables: Tables) -> Iterator[Dispute]:
    """What one side claims and the other denies."""
    for denial in remarks:
        if denial.speaker.code not in codes or not is_denial(denial.quote):
            continue
        claimant = next(code for code in codes if code != denial.speaker.code)
        claim = claim_before(denial, claimant, remarks, tables)
        if claim:
            place = denial.quote.start_char
            yield Dispute(claim, stated(denial, "reported", denial.quote.text, place, tables))


def is_denial(quote: object) -> bool:
    """Whether a quote denies what was said just before it, and is not about something else."""
    verbs, back = denial_words()
    return quote.kind == "indirect" and quote.cue in verbs and bool(back.match(quote.text))


@cache
def denial_words() -> tuple[frozenset[str], re.Pattern[str]]:
    """Verbs of denial, and what matches content that refers back: "the claims", "its involvement", "it"."""
    rows = load_lexicon("findings/denials", allowed={"kind": ("verb", "claim")})
    nouns = "|".join(rows.loc[rows["kind"] == "claim", "words"])
    back = rf"(?:(?:(?:{DETERMINERS}) )?(?:{nouns})s?|it|this|that)\b(?! of\b)"
    return frozenset(rows.loc[rows["kind"] == "verb", "words"]), re.compile(back)


def claim_before(
    denial: Remark, claimant: str, remarks: Sequence[Remark], tables: Tables
) -> Statement | None:
    """The last claim of the other side in the sentence of a denial or in the one before."""
    quote = denial.quote
    starts = tables.sentence_starts.get(quote.article_id, [])
    first = starts[max(bisect_right(starts, quote.start_char) - 2, 0)] if starts else quote.start_char
    for one in reversed(remarks):
        is_near = one.quote.article_id == quote.article_id and first <= one.quote.start_char
        if one.speaker.code != claimant or not is_near or one.quote.end_char > quote.start_char:
            continue
        if claim := claim_of(one, denial.speaker.code, tables):
            return claim
    return None


def claim_of(remark: Remark, other: str, tables: Tables) -> Statement | None:
    """A remark as a claim that may be denied: an accusation of the other side, or a clause that names it."""
    clause = reported_clause(remark, tables) if on([other], remark.targets) else ""
    reported = stated(remark, "reported", clause, remark.quote.start_char, tables) if clause else None
    return accusation_of(remark, other, tables) or reported


# Sentences


def told_sentences(told: OtherSide) -> list[str]:
    """Each dispute, accusation and statement of a pair as a sentence; nothing for a side that is silent."""
    stated_by = [side.statement for side in told.sides if side.statement]
    lines = [
        *(words("findings/other_side", "dispute", dispute) for dispute in told.disputes),
        *(words("findings/other_side", "statement", one) for one in (*told.accusations, *stated_by)),
    ]
    return list(dict.fromkeys(lines))


def silent_sentence(told: Sequence[OtherSide]) -> str:
    """Which sides of some pairs nobody speaks for, or nobody surely, in words; "" where each is quoted."""
    sides = {side.code: side for pair in told for side in pair.sides if not side.is_quoted}
    unsure = [code for code, side in sides.items() if side.is_counted]
    return words("findings/other_side", "silent", [code for code in sides if code not in unsure], unsure)
