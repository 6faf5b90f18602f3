"""When and where an act happens and how many it kills, as its sentence says."""

from collections.abc import Collection
from typing import NamedTuple

from spacy.tokens import Span

from analysis.nlp.events.act_places import act_place
from analysis.nlp.events.act_times import act_time
from analysis.nlp.events.deeds import Deed, own_words
from analysis.nlp.events.tolls import harm_done, harm_told_next, toll_of
from analysis.nlp.parse.tree import Tree


class Circumstances(NamedTuple):
    """Columns of `Events`, each None where the sentence does not say."""

    when: str | None
    place_name: str | None
    killed_count: int | None
    injured_count: int | None


def circumstances(tree: Tree, sentence: Span, deed: Deed, sides: Collection[str | None]) -> Circumstances:
    """When and where an act happens, and its toll.

    Args:
        tree: the parsed text.
        sentence: the one that reports the act.
        deed: the act.
        sides: country codes of who acts and on whom: their countries are no place.
    """
    own = own_words(tree, deed)
    harm = harm_done(tree, sentence, deed, own)
    own += [i for i in harm if i not in own]
    harm = harm or harm_told_next(tree, sentence, deed)
    return Circumstances(
        act_time(tree, sentence, deed, own),
        act_place(tree, sentence, deed, own, sides),
        *toll_of(tree, harm),
    )
