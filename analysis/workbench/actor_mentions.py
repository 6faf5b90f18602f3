"""Where a text mentions actors, parsed for the reading pane: tables have names but not every place."""

from collections.abc import Callable
from typing import NamedTuple

from analysis.country_names import country_name


class ActorMention(NamedTuple):
    """Characters of a text that mention an actor, and who that is in words."""

    start: int
    end: int
    words: str


FindMentions = Callable[[str], list[ActorMention]]


def actor_mentions(text: str) -> list[ActorMention]:
    """The mentions of actors in a text, in order."""
    from analysis.nlp.actors.mentions import find_actors  # loads spaCy, which takes a while
    from analysis.nlp.parse.parser import parse

    doc = next(parse([text]))
    return [
        ActorMention(doc[mention.start].idx, doc[mention.start : mention.end].end_char, actor_words(mention))
        for mention in find_actors(doc)
    ]


def actor_words(mention: object) -> str:
    """ "Wang Yi (person, China)"."""
    country = country_name(mention.country_code) if mention.country_code else ""
    parts = [mention.kind, *([country] if country and country != mention.name else [])]
    return f"{mention.name} ({', '.join(parts)})"
