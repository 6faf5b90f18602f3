"""What a quoted passage is: a whole utterance, a fragment of the reporter's sentence, or a title."""

import re
from functools import cache

from analysis.lexicons import load_lexicon
from analysis.nlp.quotes.page import Page, Passage

LONG_TOKENS = 5  # a longer passage needs no comma to be an utterance
TITLE_WORDS = 8
NAMING = frozenset(("entitled", "titled"))
"""Words before the name of a hearing or a report."""
BROADCAST = frozenset(("on", "in"))
"""Prepositions before the title of a programme."""
SMALL_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
"""Words that a title may write without a capital."""


def is_utterance(page: Page, passage: Passage) -> bool:
    """A whole utterance, not a fragment in the reporter's sentence: `he said: "No."`, not `the "no" side`."""
    doc = page.doc
    inner = page.text[passage.inner[0] : passage.inner[1]].strip()
    before = doc[passage.start - 1].text if passage.start else "\n"
    opens = (
        before in (",", ":", "-", "—", "–")
        or before.isspace()
        or page.unit[passage.start] != page.unit[passage.start - 1]
    )
    closes = inner[-1:] in ",.?!…-—"
    is_long = passage.end - passage.start > LONG_TOKENS
    return inner[:1].isupper() and (opens or is_long) and (closes or is_long or passage.is_open)


def is_title(page: Page, passage: Passage) -> bool:
    """The name of a show or a ship in quotation marks: `told on “Morning Views,”`, `the tanker “Sea Star”`.

    In a headline capitals mean nothing, and what follows `as` or `of` may be said.
    """
    doc, start = page.doc, passage.start
    inner = page.text[passage.inner[0] : passage.inner[1]].strip(" ,.")
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", inner) if word.lower() not in SMALL_WORDS]
    if start and doc[start - 1].lower_ in NAMING:
        return True
    if start < 2 or passage.paragraph == 0 or doc[start].text in ("'", "‘"):
        return False
    before = doc[start - 2] if doc[start - 1].tag_ == "POS" else doc[start - 1]
    has_title = before.lower_ in BROADCAST or before.lemma_.lower() in titled_works()
    return has_title and 2 <= len(words) <= TITLE_WORDS and all(word[0].isupper() for word in words)


@cache
def titled_works() -> frozenset[str]:
    """Things that have a name in quotation marks: shows, books, ships."""
    return frozenset(load_lexicon("quotes/titled_works")["noun"])
