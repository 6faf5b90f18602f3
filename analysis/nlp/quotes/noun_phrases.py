"""The noun phrase that describes a speaker: where it begins and ends, and its words as a name."""

import re

from spacy.tokens import Doc, Token

INDEFINITE = frozenset(
    (
        "many", "some", "others", "one", "most", "another", "several", "few", "someone", "somebody",
        "everyone", "both",
    )
)  # fmt: skip
PREPOSITIONS = frozenset(("of", "for", "at", "from", "in", "with", "on"))
"""Prepositions that continue a description: a spokesman for the army."""
DASHES = frozenset(("—", "–"))
STARTS = frozenset((":", "—", "–", "--"))
"""A description never begins before one of these."""
LEADING = frozenset(("cc", "preconj", "advmod"))
ARTICLES = re.compile(
    r"^(?:an?|the|this|that|these|those|his|her|their|its|our|my|one(?! of))\s+", re.IGNORECASE
)


def noun_phrase(head: Token) -> tuple[int, int]:
    """Tokens of a noun phrase, without appositions and relative clauses after a comma."""
    return phrase_start(head), phrase_end(head)


def phrase_end(head: Token) -> int:
    """One past the last token, with prepositional phrases that directly follow the noun."""
    end = head.i + 1
    for child in head.rights:
        if child.dep_ == "prep" and child.i == end and child.lower_ in PREPOSITIONS:
            stop = child.right_edge.i + 1
            end = next((i for i in range(child.i, stop) if ends_description(head.doc, i)), stop)
        elif child.i >= end:
            break
    return end


def ends_description(doc: Doc, i: int) -> bool:
    """A comma, a bracket, a dash or a relative clause."""
    token = doc[i]
    return token.text in (",", "(") or token.text in DASHES or is_dash(doc, i) or token.dep_ == "relcl"


def is_dash(doc: Doc, i: int) -> bool:
    """A hyphen between spaces."""
    return doc[i].text == "-" and bool(doc[i - 1].whitespace_)


def phrase_start(head: Token) -> int:
    """The first token, after a dateline (`KYIV - Russia's defence ministry`), conjunctions and adverbs."""
    doc, start = head.doc, head.left_edge.i
    for i in range(head.i - 1, start, -1):
        if is_dash(doc, i) or doc[i].is_quote or doc[i].text in STARTS:
            start = i + 1
            break
    while start < head.i and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ in LEADING):
        start += 1
    return start


def noun_of(head: Token) -> str:
    """The noun of a description as the lists have it."""
    return head.lemma_ if head.pos_ == "NOUN" else head.lower_


def number_of(head: Token) -> str:
    """Whether a description is of one or of many."""
    return "many" if head.tag_ in ("NNS", "NNPS") or head.lower_ in INDEFINITE else "one"


def without_article(text: str) -> str:
    """A description in one line, without `the` or `his`."""
    return ARTICLES.sub("", " ".join(text.split()))


def slug(text: str) -> str:
    """A text as part of an id: `foreign-ministry`."""
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")
