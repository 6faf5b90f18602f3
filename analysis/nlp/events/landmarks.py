"""Countries that only say where a place is: `a ridge east of X`, `Moe, near the border with X`."""

from analysis.nlp.events.nouns import MODIFIERS, is_border
from analysis.nlp.parse.tree import POSSESSORS, Tree, ancestors
from analysis.nlp.parse.word_lists import word_classes

DIRECTIONS = frozenset(
    (
        *("east", "north", "south", "west"),
        *("northeast", "northwest", "southeast", "southwest"),
        *("north-east", "north-west", "south-east", "south-west"),
    )
)
NEAR = frozenset(("near", "close", "along", "bordering", "adjoining"))
REACH = 8  # words between a country and the place that it locates
CLIMB = 4


def is_direction(tree: Tree, noun: int) -> bool:
    """The east of `east of X`."""
    return tree.lemmas[noun].lower() in DIRECTIONS and tree.words[noun + 1 : noun + 2] == ["of"]


def is_landmark(tree: Tree, i: int) -> bool:
    """Whether a name only locates the place that is named before it.

    Read from the words, since the parser hangs such phrases on the verb. Troops massed near X's border have
    no place before `near`, and face X.
    """
    start = max(i - REACH, tree.doc[i].sent.start)
    for k in range(i - 1, start, -1):
        if is_direction(tree, k):
            return i == k + 2 or tree.words[k + 2 : i] == ["the"]
        if tree.words[k].lower() in NEAR:
            is_edge = tree.words[k].lower() in ("bordering", "adjoining") or is_at_border(tree, i)
            return is_edge and ends_place(tree, k - 1)
    return False


def is_at_border(tree: Tree, i: int) -> bool:
    """The X of `X's border`, `the border with X`."""
    above = [i, *ancestors(tree, i)][: CLIMB + 1]
    is_linked = tree.deps[i] in MODIFIERS | POSSESSORS | {"pobj"}
    return is_linked and any(is_border(tree, k) for k in above[1:])


def ends_place(tree: Tree, i: int) -> bool:
    """Whether a name or a word for a place ends before a word, a comma aside."""
    i -= tree.words[i] == ","
    classes = word_classes()
    return tree.pos[i] == "PROPN" or tree.lemmas[i] in classes["place"] | classes["ground"]
