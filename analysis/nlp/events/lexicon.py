"""The words that make an event, from `data/event_*.csv`: verbs, nouns, operators, scores and contexts."""

from functools import cache
from typing import NamedTuple

from analysis.lexicons import load_lexicon
from analysis.schemas import ROOTS

SHAPES = {
    "": "from subject to object",
    "mutual": "both ways",
    "reverse": "from object to subject: face criticism",
    "object": "of leads to the target: the invasion of X",
    "state": "mutual, but a state of things and no act unless a verb makes it one: relations, cooperation",
}


class Rule(NamedTuple):
    """What one word, or a verb with its object, says about actor and target."""

    root: str
    mode: str | None
    shape: str  # see SHAPES
    name: str  # as in the list, for the `rule` column


@cache
def verb_frames() -> dict[str, dict[str, Rule]]:
    """Verb, or verb and particle -> class of the object ("" for any) -> rule."""
    frames: dict[str, dict[str, Rule]] = {}
    for row in load_lexicon("events/verbs").itertuples():
        name = f"{row.verb}:{row.object}" if row.object else row.verb
        rule = Rule(row.root, row.mode or None, row.shape, name)
        frames.setdefault(row.verb, {})[row.object] = rule
    return frames


@cache
def noun_classes() -> dict[str, tuple[str, ...]]:
    """Noun -> the classes by which verbs look for it, in the order of the list."""
    classes: dict[str, tuple[str, ...]] = {}
    for row in load_lexicon("events/nouns").itertuples():
        classes[row.noun] = (*classes.get(row.noun, ()), row[2])
    return classes


@cache
def noun_rules() -> dict[str, Rule]:
    """Noun that is an act by itself -> its rule; the first row wins."""
    rules: dict[str, Rule] = {}
    for row in load_lexicon("events/nouns").itertuples():
        if row.root:
            rules.setdefault(row.noun, Rule(row.root, row.mode or None, row.shape, row.noun))
    return rules


@cache
def intensities() -> dict[tuple[str, str | None], float]:
    """(root, mode) -> score from -10 to +10; mode None for the root as a whole.

    Raises:
        ValueError: a root has no score of its own.
    """
    rows = load_lexicon("events/modes").itertuples()
    scores = {(row.root, row.mode or None): float(row.intensity) for row in rows}
    missing = [root for root in ROOTS if (root, None) not in scores]
    if missing:
        raise ValueError(f"data/events/modes.csv: no row without mode for {', '.join(missing)}")
    return scores


def intensity(root: str, mode: str | None) -> float:
    """PLOVER score of a mode, or of its root where the mode has none."""
    scores = intensities()
    return scores.get((root, mode), scores[root, None])


@cache
def contexts() -> dict[str, tuple[int, str]]:
    """Word -> (precedence, PLOVER context)."""
    rows = load_lexicon("events/contexts").itertuples()
    return {row.term: (place, row.context) for place, row in enumerate(rows)}
