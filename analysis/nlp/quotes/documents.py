"""Who put out a document: `a report by the agency`, and `the statement` of whoever spoke last."""

from spacy.tokens import Token

from analysis.nlp.parse.clause_subject import NOUNS_AND_PRONOUNS, is_document
from analysis.nlp.parse.tokens import child_with, passive_agent
from analysis.nlp.quotes.speakers import Cast, Speaker

BY = frozenset(("by", "from"))
NEAR_PARAGRAPHS = 2  # within which `the statement` is of the last speaker
PROBABILITY = 0.8  # that it is


def issuing_noun(document: Token) -> Token | None:
    """`agency` in `a report by the agency`, `information given out by the agency`."""
    if not is_document(document):
        return None
    for child in document.rights:
        noun = None
        if child.dep_ == "prep" and child.lower_ in BY:
            noun = child_with(child, "pobj")
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            noun = passive_agent(child)
        if noun is not None and noun.pos_ in NOUNS_AND_PRONOUNS:
            return noun
    return None


def issuer_met_before(cast: Cast, document: Token) -> Speaker | None:
    """Whose `the statement` is: a named body, country or person that has spoken shortly before."""
    is_the = any(child.lower_ in ("the", "this") for child in document.lefts)
    has_owner = any(child.dep_ in ("poss", "compound", "amod", "nmod") for child in document.lefts)
    if not is_the or has_owner or not is_document(document) or child_with(document, "prep") is not None:
        return None
    for sighting in reversed(cast.recent):
        if cast.paragraphs[document.i] - sighting.paragraph > NEAR_PARAGRAPHS:
            return None
        if sighting.has_spoken and sighting.speaker.is_named:
            return sighting.speaker._replace(probability=min(sighting.speaker.probability, PROBABILITY))
    return None
