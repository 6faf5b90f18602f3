"""Sources without a name: the nouns for them, and the conditions of anonymity that articles state."""

import re
from functools import cache

from analysis.lexicons import load_lexicon

KINDS = (
    "withheld",  # the outlet knows the name and withholds it
    "public",  # a class of people, or a description of somebody named: no name is withheld
)


@cache
def unnamed_sources() -> dict[str, str]:
    """Kind of each noun for a source without a name.

    Raises:
        ValueError: a kind is unknown.
    """
    rows = load_lexicon("quotes/unnamed_sources", allowed={"kind": KINDS})
    return dict(zip(rows["noun"], rows["kind"], strict=True))


@cache
def condition_pattern() -> re.Pattern:
    """What an article says when it withholds a name."""
    patterns = load_lexicon("quotes/anonymity_conditions")["pattern"]
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


def anonymity_notes(text: str) -> list[tuple[int, str]]:
    """Where the text says that a name is withheld, and in which words."""
    return [(match.start(), " ".join(match.group().split())) for match in condition_pattern().finditer(text)]
