"""Verbs of speech: one list for quotes, events and stance, which says what each verb may be used for.

How often a verb reports in which construction is measured in `analysis.nlp.parse.reporting_words`.
"""

from functools import cache
from typing import Final

from analysis.lexicons import check_cells, load_lexicon

USES: Final = {
    "clause": "reports a clause, in which `it` may mean the speaker: X said it would help",
    "speaker": "its subject speaks, and is mostly not judged",
    "person": "a person does it: two capitalised words before it are a name",
    "listener": "its object is the listener: it was late, Vega told the court",
    "address": "after `and` it belongs to the speaker: said X was lying and thanked Y",
}


@cache
def speech_verbs() -> dict[str, frozenset[str]]:
    """Use -> its verbs, see `USES`.

    Raises:
        ValueError: a verb has an unknown use; the message names its line.
    """
    rows = load_lexicon("parse/speech_verbs")
    cells = rows["uses"].str.split(";").explode()
    check_cells("parse/speech_verbs", cells, USES)
    return {use: frozenset(rows["verb"][cells.index[cells == use]]) for use in USES}
