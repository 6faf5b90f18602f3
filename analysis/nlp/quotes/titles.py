"""The country that a person's title tells: `US Ambassador to Peru Jo Doe`, `Peru's army chief Jo Doe`."""

import re
from collections.abc import Mapping
from functools import lru_cache

from spacy.tokens import Doc, Token

from analysis.nlp.actors.page import Mention
from analysis.nlp.actors.state_organs import organ_terms

STATE_KINDS = frozenset(("organ", "office", "voice", "sent"))
INITIALS = frozenset(("us", "u.s.", "uk", "u.k.", "uae"))
"""Countries that stand before a noun unchanged, as adjectives do: a US envoy is sent by the US."""
LONGEST = 14  # words of a title
TITLE_WORDS = frozenset(("NOUN", "PROPN", "ADJ"))
TITLE_TAGS = frozenset(("POS", "HYPH", "NNP", "JJ"))
TITLE_LINKS = frozenset(("and", "of", "for", "to", "-", "in"))
"""Words and marks inside titles: Ambassador to Peru, Commander-in-Chief."""
AMERICAN_SEATS = frozenset(
    ("senator", "senators", "congressman", "congresswoman", "representative", "senate")
)
AMERICAN_PARTIES = re.compile(r"\b(?:Republicans?|Democrats?|Democratic)\b")
"""Parties that show that senators without a country are American."""


def title_country(doc: Doc, at: Mapping[int, Mention], mention: Mention) -> str | None:
    """The country named in the title before a name, where the title is of somebody who acts for it."""
    start, end = title_start(doc, mention), mention.end
    offices = [i for i in range(start, end) if organ_terms().get(doc[i].lower_) in STATE_KINDS]
    if not offices:
        return american_seat(doc, start, mention)
    is_sent = any(organ_terms()[doc[i].lower_] == "sent" for i in offices)
    for i in range(offices[-1] - 1, start - 1, -1):  # the nearest: US officials and Russian ambassador Doe
        owner = at.get(i)
        if owner is not None and owner.country_code and owner.actor_id != mention.actor_id:
            return owner.country_code if not is_sent or is_adjective(doc[i]) else None
    return american_seat(doc, start, mention)


def title_start(doc: Doc, mention: Mention) -> int:
    """Where the words that may be a title begin, back from the name; the parse of long titles is unsure."""
    start = mention.start
    if start and doc[start - 1].dep_ == "cc":
        return start  # the spokesman and Jo Doe
    while start > max(0, mention.start - LONGEST):
        before = doc[start - 1]
        is_part = before.pos_ in TITLE_WORDS or before.tag_ in TITLE_TAGS or before.lower_ in TITLE_LINKS
        if not is_part or before.is_space:
            break
        start -= 1
    return start


def is_adjective(country: Token) -> bool:
    """`Peruvian`, `Peru's`, `US`: an envoy of theirs; a `Peru envoy` is sent there."""
    return country.tag_ == "JJ" or country.dep_ == "poss" or country.lower_ in INITIALS


def american_seat(doc: Doc, start: int, mention: Mention) -> str | None:
    """`Senator Jo Doe`, `Senate committee chairman Jo Doe` in an article that names an American party."""
    words = {token.lower_ for token in doc[start : mention.end]} | set((mention.role or "").lower().split())
    return "USA" if words & AMERICAN_SEATS and names_american_party(doc) else None


@lru_cache(maxsize=2)
def names_american_party(doc: Doc) -> bool:
    """Whether an article names an American party; asked for every senator in it, and searched for once."""
    return AMERICAN_PARTIES.search(doc.text) is not None
