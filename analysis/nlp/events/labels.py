"""Lines that only name a topic: `Canada–United States relations`, a section header, a caption."""

from spacy.tokens import Span

from analysis.nlp.parse.tree import NOMINAL, Tree, coordinated, nouns_after
from analysis.nlp.parse.word_classes import word_classes

MODIFYING = frozenset(("amod", "compound", "npadvmod"))
CLOSING = "\"'”’)]»"
FINAL = (".", "!", "?", "…")


def is_label(tree: Tree, sentence: Span) -> bool:
    """Whether a line names a topic and reports nothing.

    It has no verb and does not end like a sentence. A headline may lack a verb too, but then it says that
    something is new or how much of it there was: `New US tariffs on China`, `Two days of attacks by X on Y`.
    """
    if sentence.text.rstrip().rstrip(CLOSING).endswith(FINAL):
        return False
    is_verbless = not any(is_verb(tree, i, sentence) for i in range(sentence.start, sentence.end))
    return is_verbless and not any(is_reported(tree, i) for i in coordinated(tree, sentence.root.i))


def is_verb(tree: Tree, i: int, sentence: Span) -> bool:
    """A verb that says something, not the `occupied` of an occupied city.

    The parser also takes the first word of `Calls for peace` for one, and the last word of `X–Y relations`.
    """
    if tree.pos[i] not in ("VERB", "AUX") or tree.deps[i] in MODIFYING:
        return False
    is_first = i == sentence.start or (tree.words[i - 1] == "," and tree.words[i][0].isupper())
    is_first_noun = is_first and tree.pos[i + 1 : i + 2] == ["ADP"]
    is_last_noun = i == sentence.end - 1 and tree.tags[i].startswith("NN")
    return not (is_first_noun or is_last_noun)


def is_reported(tree: Tree, noun: int) -> bool:
    """A noun with a number or a word of news: `two days`, `fresh tariffs`; a year is no number."""
    inner = [noun, *nouns_after(tree, noun, "of")]
    before = [i for n in inner if tree.pos[n] in NOMINAL for i in range(tree.doc[n].left_edge.i, n)]
    return any(is_count(tree, i) or is_news(tree, i) for i in before)


def is_news(tree: Tree, i: int) -> bool:
    """The `new` of new tariffs, not the `New` of New Caledonia."""
    word = tree.words[i].lower()
    return word in word_classes()["news"] and not (word == "new" and tree.pos[i] == "PROPN")


def is_count(tree: Tree, i: int) -> bool:
    """A number that is no year."""
    is_year = tree.words[i].isdigit() and len(tree.words[i]) == 4
    return tree.pos[i] == "NUM" and tree.deps[i] == "nummod" and not is_year
