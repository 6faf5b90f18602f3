"""The incidents that a notebook asks for by kind, country or pair, in the order of their days."""

from pandas import DataFrame

from analysis.indicators.incident_timeline import (
    TimelineChoice,
    checked_kind,
    checked_least,
    chosen_incidents,
    incident_timeline,
)
from analysis.notebook.corpus_tables import CorpusTables
from analysis.notebook.errors import plain_errors
from analysis.pipeline.typed_countries import checked_side, checked_sides


def asked_incidents(
    corpus: CorpusTables, *, kind: str, country: str, pair: str, least_stories: int
) -> DataFrame:
    """The incidents of a corpus that are asked for, the newest first: table of `incident_timeline`.

    Args:
        corpus: an open corpus.
        kind: as in `TimelineChoice`.
        country: a country or bloc, by name or code.
        pair: two of them.
        least_stories: how many stories must report each incident.

    Raises:
        CorpusError: one of them is not what it should be; the message says what is expected.
    """
    with plain_errors():
        choice = TimelineChoice(
            country=checked_side(country),
            pair=checked_sides(pair),
            kind=checked_kind(kind),
            least_stories=checked_least(least_stories),
        )
    return chosen_incidents(incident_timeline(corpus.incidents), choice)
