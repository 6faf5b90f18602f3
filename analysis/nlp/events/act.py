"""One thing done in a passage, before anybody asks which actors its words stand for."""

from typing import NamedTuple

from analysis.nlp.events.lexicon import Rule


class Act(NamedTuple):
    """One thing done, as token numbers."""

    trigger: int
    verb: int  # where the clause is read from; the trigger itself for nouns
    rule: Rule
    status: str
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    places: tuple[int, ...]
    purposes: tuple[int, ...]  # whom it is meant to reach: `gave money to help X`
    probability: float

    @property
    def root(self) -> str:
        """PLOVER root."""
        return self.rule.root

    @property
    def mode(self) -> str | None:
        """PLOVER mode."""
        return self.rule.mode

    @property
    def shape(self) -> str:
        """One of `analysis.nlp.events.lexicon.SHAPES`."""
        return self.rule.shape
