"""Events of a parsed text in short."""

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.coder import find_events


def coded(doc):
    """(source, target, root, status) of every event."""
    return [
        (e.source_country_code or e.source_id, e.target_country_code or e.target_id, e.root, e.status)
        for e in find_events(doc, find_actors(doc))
    ]
