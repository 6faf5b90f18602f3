"""Who is named in a text: countries and what stands for them, bodies, groups, and people with their country."""

from typing import NamedTuple

from spacy.tokens import Doc


class Mention(NamedTuple):
    """One naming of an actor in a Doc."""

    start: int  # first token
    end: int  # one past the last token
    actor_id: str  # "USA" for a country, "person:antony-blinken", "org:united-nations"; same across articles
    name: str  # fullest name the text gives, without titles: "Antony Blinken"
    country_code: str | None  # ISO 3166-1 alpha-3; None: no single country, or unknown
    kind: str  # one of schemas.ACTOR_KINDS
    role: str | None  # "secretary of state", from title or apposition; people only
    affiliation: str | None  # "Stimson Center", "United States"; people only
    is_dateline: bool  # where the story was filed, not who acts


def find_actors(doc: Doc) -> list[Mention]:
    """Mentions in the order of the text, none overlapping."""
    return []
