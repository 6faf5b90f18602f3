"""Docs to attributions: who is said to have said, thought or wanted what."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from analysis.nlp.actors.page import Mention
from analysis.nlp.parse.tree import NOMINAL, is_excluded
from analysis.nlp.parse.word_lists import agent_nouns, condition_pattern, word_classes
from analysis.nlp.quotes.claims import (
    FRAGMENT_RULES,
    SAID_BEFORE,
    Claim,
    is_act,
    line_claims,
    merge_spans,
    passage_claims,
    possible_readings,
    quoted_claims,
    reading_claims,
    stance_of,
    weigh,
)
from analysis.nlp.quotes.page import Page, PassageRule, char_span, read_page, token_at, tokens_of
from analysis.nlp.quotes.speaker_resolution import noun_phrase, resolve_speakers
from analysis.nlp.quotes.speakers import QUESTIONS, Speaker

Span = tuple[int, int]
BELIEVED = 0.42  # probability from which a reading is reported: best F1 on whole articles
BELIEVED_QUOTED = 0.5  # the same for words in quotation marks
CREDIBLE = 0.38  # that it is a statement and that its speaker said it; of those below, most are wrong
STATED = frozenset(("clause", "adjunct", "parenthesis"))
"""Frames in which a statement inside another is reported."""
INNER = 0.5  # its probability, and the share of its word
SHARED = 0.3  # how much of a piece another claim may already have
QUOTED_WHOLE = 0.9  # share of the content in quotation marks from which it is a direct quote
SENTENCE_ENDS = (".", "!")  # a headline may end in a question mark
LONG_WORD = re.compile(r"\w{5,}")
REPEATED = 2  # long words that a headline's quote and another have in common
NEAREST = 3  # speakers looked back on from a condition of anonymity


class Quote(NamedTuple):
    """One attribution in one Doc; offsets are characters of `doc.text`, end exclusive."""

    content_spans: tuple[tuple[int, int], ...]
    kind: str  # one of schemas.QUOTE_KINDS
    cue: str | None  # lemma of the reporting word
    cue_span: tuple[int, int] | None
    cue_stance: str | None  # one of schemas.CUE_STANCES
    speaker_span: tuple[int, int] | None  # the words at the attribution, a pronoun or description included
    speaker_id: str | None
    speaker_name: str | None
    role: str | None
    affiliation: str | None
    country_code: str | None
    is_anonymous: bool
    anonymity_note: str | None
    probability: float
    rule: str  # a PassageRule, or the frame of the cue


def find_quotes(doc: Doc, mentions: Sequence[Mention]) -> Iterator[Quote]:
    """Attributions of one Doc, in the order of the text.

    Args:
        doc: a parsed Doc.
        mentions: `find_actors(doc)`; without them speakers are named by their noun phrases.
    """
    page = read_page(doc, mentions)
    states = {m.end - 1 for m in mentions if m.kind in ("country", "bloc")}
    actors = {i for m in mentions for i in range(m.start, m.end)}
    asked = asked_tokens(page)
    claims = [c for c in weigh(page, find_claims(page)) if token_at(page, c.content[0][0]) not in asked]
    claims = [c for c in claims if not is_act(page, c, states, actors)]
    chosen = choose_claims(page, claims)
    claims += quoted_claims(page, chosen)
    chosen = sorted(chosen + inner_claims(page, claims, chosen, states), key=lambda c: c.content)
    chosen += joint_claims(page, chosen)
    speakers = with_notes(page, chosen, speakers_of(page, chosen, mentions))
    quotes = [as_quote(page, claim, speaker) for claim, speaker in zip(chosen, speakers, strict=True)]
    quotes = [quote for quote in quotes if quote.probability >= CREDIBLE]
    surest: dict[Span, dict[str | None, Quote]] = defaultdict(dict)  # of several sources of one statement
    for quote in sorted(quotes, key=lambda quote: (quote.rule == PassageRule.JOINT, -quote.probability)):
        same = surest[quote.content_spans[0][0], quote.content_spans[-1][1]]
        if quote.rule == PassageRule.JOINT or not same:
            same.setdefault(quote.speaker_id, quote)
    yield from sorted(
        (quote for same in surest.values() for quote in same.values()), key=lambda quote: quote.content_spans
    )


def without_headline_repeats(text: str, quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes without those of the headline that one below repeats: of its speaker, or in its words.

    A headline sums up what the article tells: `Peru says talks failed`, and below it what Peru said, in full.
    Counted twice, those whom editors put into headlines would seem to talk more.
    """
    end = headline_end(text)
    below = [quote for quote in quotes if quote.content_spans[0][0] >= end]
    speakers = {quote.speaker_id for quote in below}
    told = [long_words(text, quote) for quote in below]
    above = (quote for quote in quotes if quote.content_spans[0][0] < end)
    kept = [
        quote
        for quote in above
        if quote.speaker_id not in speakers
        and not any(len(long_words(text, quote) & words) >= REPEATED for words in told)
    ]
    return kept + below


def long_words(text: str, quote: Quote) -> set[str]:
    """The words of a quote that are long enough to mean something."""
    return {word.lower() for start, end in quote.content_spans for word in LONG_WORD.findall(text[start:end])}


def headline_end(text: str) -> int:
    """Where the first line ends if it is a headline: it has no full stop, and a text follows."""
    line, _, rest = text.partition("\n")
    is_headline = rest.strip() and not line.rstrip(" \"'”’)").endswith(SENTENCE_ENDS)
    return len(line) if is_headline else 0


def find_claims(page: Page) -> list[Claim]:
    """Everything that may be an attribution, not yet weighed."""
    readings = possible_readings(page)
    reported = reading_claims(page, readings)
    return passage_claims(page, readings, reported, weigh(page, reported)) + list(line_claims(page))


def asked_tokens(page: Page) -> set[int]:
    """What an interviewer asks: nobody's statement, even where the question says what others say."""
    asking = [turn for turn in page.turns.values() if page.doc[turn.name].text in QUESTIONS]
    spans = [span for turn in asking for span in ((turn.start, turn.end), *turn.later)]
    return {i for start, end in spans for i in range(start, end)}


# ---------------------------------------------------------------- which claims to report


def choose_claims(page: Page, claims: list[Claim]) -> list[Claim]:
    """The claims to report: the most probable first, none inside another, one for each cue."""
    chosen: list[Claim] = []
    cues: set[int] = set()
    owned: set[int] = set()
    for claim in sorted(claims, key=lambda c: (-c.probability, c.content)):
        is_taken = claim.cue and (claim.cue[0] in cues or claim.cue[0] in owned)
        if is_taken or claim.probability < (BELIEVED if claim.rule is None else BELIEVED_QUOTED):
            continue
        pieces = [(span, tokens_of(page, span)) for span in claim.content]
        free = [
            (span, own)
            for span, own in pieces
            if sum(i in owned for i in own) <= SHARED * len(own) and cues.isdisjoint(own)
        ]
        if not free:
            continue
        owned.update(i for _, own in free for i in own)
        if claim.cue:
            cues.add(claim.cue[0])
        chosen.append(claim._replace(content=tuple(span for span, _ in free)))
    return sorted(chosen, key=lambda c: c.content)


def inner_claims(page: Page, claims: list[Claim], chosen: list[Claim], states: set[int]) -> list[Claim]:
    """What somebody else says, or a state thinks or wants, inside what a speaker says.

    `The envoy had agreed, Peru said on Monday, the agency reported`; `China doubts it can, she said`. PolNeAR
    mostly marks only the outer attribution; an analyst asks for both. A pronoun is mostly the outer speaker.
    """
    cues = {claim.cue[0] for claim in chosen if claim.cue}
    inner = []
    for claim in claims:
        is_other = page.doc[claim.speaker].pos_ in NOMINAL and claim.frame in STATED
        is_statement = is_other and claim.share >= INNER and claim.probability >= INNER
        is_plain = claim.frame in ("clause", "to") and claim.share >= SAID_BEFORE
        is_thought = claim.speaker in states and stance_of(claim) in ("believing", "intending", "warning")
        if claim.cue and claim.cue[0] not in cues and (is_statement or (is_plain and is_thought)):
            cues.add(claim.cue[0])
            inner.append(claim)
    return inner


def joint_claims(page: Page, chosen: list[Claim]) -> list[Claim]:
    """`France, Germany and Italy said`: the same statement once more for each of the others who are named."""
    return [
        claim._replace(speaker=token.i, rule=PassageRule.JOINT)
        for claim in chosen
        for token in page.doc[claim.speaker].conjuncts
        if token.i > claim.speaker and token.i in page.actors and page.quoted_in[token.i] is None
        if not is_excluded(token)
    ]


# ---------------------------------------------------------------- who the speakers are


def speakers_of(page: Page, chosen: list[Claim], mentions: Sequence[Mention]) -> list[Speaker | None]:
    """The identity of each claim's speaker, in the order of the claims."""
    order = sorted(range(len(chosen)), key=lambda n: chosen[n].speaker)
    heads = [chosen[n].speaker for n in order]
    quoted = [place is not None for place in page.quoted_in]
    found = resolve_speakers(page.doc, mentions, heads, quoted, page.paragraph)
    speakers = dict(zip(order, found, strict=True))
    return [speakers[n] for n in range(len(chosen))]


def with_notes(page: Page, chosen: list[Claim], speakers: list[Speaker | None]) -> list[Speaker | None]:
    """The speakers, each unnamed one with the condition of anonymity stated beside one of their quotes."""
    places = sorted((page.starts[claim.speaker], n) for n, claim in enumerate(chosen))
    notes: dict[str, str] = {}
    for match in condition_pattern().finditer(page.text):
        start, words = match.start(), " ".join(match.group().split())
        last = bisect_left(places, (start, -1))
        for char, n in places[max(0, last - NEAREST) : last + 1][::-1]:
            speaker = speakers[n]
            is_near = page.paragraph[token_at(page, char)] == page.paragraph[token_at(page, start)]
            if speaker is not None and is_near and not speaker.is_named:
                notes.setdefault(speaker.id, words)
                break
    return [
        s and s._replace(note=notes.get(s.id), is_anonymous=s.is_anonymous or s.id in notes) for s in speakers
    ]


# ---------------------------------------------------------------- rows


def as_quote(page: Page, claim: Claim, speaker: Speaker | None) -> Quote:
    """The claim as the row that leaves this module; of an unknown speaker it keeps the words."""
    return Quote(
        merge_spans([with_opening(page, with_closing(page, piece)) for piece in claim.content]),
        kind_of(page, claim),
        claim.lemma,
        char_span(page.doc, *claim.cue) if claim.cue else None,
        stance_of(claim),
        char_span(page.doc, *noun_phrase(page.doc[claim.speaker])),
        speaker.id if speaker else None,
        speaker.name if speaker else None,
        speaker.role if speaker else None,
        speaker.affiliation if speaker else None,
        speaker.country_code if speaker else None,
        speaker.is_anonymous if speaker else False,
        speaker.note if speaker else None,
        round(claim.probability * (speaker.probability if speaker else 1.0), 2),
        claim.rule.value if claim.rule else claim.frame,
    )


def with_closing(page: Page, piece: tuple[int, int]) -> tuple[int, int]:
    """A piece that ends with a quoted part takes in the closing mark: `the deal "a capitulation"`."""
    start, end = piece
    place = page.quoted_in[token_at(page, end - 1)]
    if place is None or page.passages[place].is_open:
        return piece
    passage = page.passages[place]
    is_whole = start < page.starts[passage.start] and not page.text[end : passage.inner[1]].strip(" .,")
    return (start, char_span(page.doc, passage.start, passage.end)[1]) if is_whole else piece


def with_opening(page: Page, piece: tuple[int, int]) -> tuple[int, int]:
    """A piece that begins with a quoted part and goes on after it takes in the opening mark."""
    start, end = piece
    place = page.quoted_in[token_at(page, start)]
    if place is None:
        return piece
    passage = page.passages[place]
    begins = passage.inner[0] == start and end > passage.inner[1]
    return (page.starts[passage.start], end) if begins else piece


def kind_of(page: Page, claim: Claim) -> str:
    """direct: a speaker's own words; partial: some of them inside the reporter's; indirect: none."""
    if claim.rule is PassageRule.TRANSCRIPT:
        return "direct"
    tokens = [i for span in claim.content for i in tokens_of(page, span)]
    quoted = sum(page.quoted_in[i] is not None for i in tokens)
    is_whole = quoted >= QUOTED_WHOLE * len(tokens) and claim.rule not in FRAGMENT_RULES
    return "direct" if is_whole else "partial" if quoted else "indirect"


def speaks_for(quote: Quote, mention: Mention) -> bool:
    """Whether a statement is made in the name of the country that it names.

    Args:
        quote: a statement.
        mention: an actor that it names.

    Returns:
        True for the country itself, its organs and those in office. False for its opposition, for private
        persons, for who is out of office, and where the speaker admits something.
    """
    if quote.country_code is None or quote.country_code != mention.actor_id:
        return False
    described = f"{quote.role or ''} {quote.speaker_name}".lower().split()
    words = {form for word in described for form in (word, word.removesuffix("s"))}
    classes = word_classes()
    is_in_office = not words.isdisjoint(agent_nouns())
    is_private = not words.isdisjoint(classes["opposed"] | classes["out of office"])
    is_country = quote.speaker_id == quote.country_code
    return (is_country or is_in_office) and not is_private and quote.cue_stance != "admitting"
