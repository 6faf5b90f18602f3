"""How grave a hostile act is: force by whom it kills, everything short of force by its type.

One type of act has one score in PLOVER: a raid that kills ninety weighs as one that kills nobody. Deaths are
spread over powers of ten, so a tenfold toll is one step here. No weight was fitted; each has its reason.
"""

from functools import cache

import numpy as np
from pandas import DataFrame, Series

from analysis.lexicons import load_lexicon

FORCE = "ASSAULT"
NO_DEATH = 0.2  # force that is not said to kill: an intercepted missile, a raid on an empty depot
SOME_DEATH = 0.4  # force that kills an unknown number: twice that
FOR_A_TENFOLD_TOLL = 0.3  # added: 1 dead is 0.5, 10 dead 0.7, 100 dead or more 1
MAX_GRAVITY = 1.0


def force_gravity(events: DataFrame) -> Series:
    """The gravity of each act of force, 0 to 1; 0 for an act that is none.

    Args:
        events: `Events` rows; those that did not happen are weighed as if they had.
    """
    killed = events["killed_count"].astype(float).fillna(0)
    by_toll = (SOME_DEATH + FOR_A_TENFOLD_TOLL * np.log10(1 + killed)).clip(upper=MAX_GRAVITY)
    is_deadly = (killed > 0) | events["trigger_lemma"].isin(killing_words())
    return by_toll.where(is_deadly, NO_DEATH).where(is_force(events), 0.0)


def political_gravity(events: DataFrame) -> Series:
    """The gravity of each hostile act short of force, 0 to 1: its intensity over 10; 0 for any other act."""
    is_political = (events["intensity"] < 0) & ~is_force(events)
    return (events["intensity"].abs() / 10).where(is_political, 0.0)


def is_force(events: DataFrame) -> Series:
    """Whether an act is force."""
    return events["root"] == FORCE


@cache
def killing_words() -> frozenset[str]:
    """Words that carry an act and say that it kills: `kill`, `massacre`."""
    words = load_lexicon("events/harm_words")
    return frozenset(words.loc[words["outcome"] == "killed", "lemma"])
