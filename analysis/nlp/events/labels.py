"""Lines that only name a topic: `Canada–United States relations`, a section header, a caption."""

import re

from spacy.tokens import Span

from analysis.nlp.events.lexicon import noun_rules
from analysis.nlp.parse.tree import NOMINAL, Tree, coordinated, nouns_after
from analysis.nlp.parse.word_lists import word_classes

ENDS_IN_DATE = re.compile(r",(?: \w+){0,2} \d{4}$")  # , March 2024


def is_label(tree: Tree, sentence: Span) -> bool:
    """Whether a line names a topic and reports nothing.

    It has no verb and does not end like a sentence. A headline may lack a verb too, but then it says that
    something is new or how much of it there was: `New US tariffs on China`, `Two days of attacks by X on Y`.
    A caption describes what is in a picture, however old: `A tank destroyed by X near Y, March 2024`.
    """
    if sentence.text.rstrip().rstrip("\"'”’)]»").endswith((".", "!", "?", "…")):
        return False
    if is_caption(tree, sentence):
        return True
    is_verbless = not any(is_verb(tree, i, sentence) for i in range(sentence.start, sentence.end))
    return is_verbless and not any(is_reported(tree, i) for i in coordinated(tree, sentence.root.i))


def is_verb(tree: Tree, i: int, sentence: Span) -> bool:
    """A verb that says something, not the `occupied` of an occupied city.

    The parser also takes the first word of `Calls for peace` for one, and the last word of `X–Y relations`.
    """
    if tree.pos[i] not in ("VERB", "AUX") or tree.deps[i] in ("amod", "compound", "npadvmod"):
        return False
    is_first = i == sentence.start or (tree.words[i - 1] == "," and tree.words[i][0].isupper())
    is_first_noun = is_first and tree.pos[i + 1 : i + 2] == ["ADP"]
    is_last_noun = i == sentence.end - 1 and tree.tags[i].startswith("NN")
    return not (is_first_noun or is_last_noun or is_plural_act(tree, i, sentence))


def is_plural_act(tree: Tree, i: int, sentence: Span) -> bool:
    """The `strikes` of `Tacna strikes, Attacks in the war`: a word for acts, with nothing it is done to."""
    ends = i == sentence.end - 1 or tree.words[i + 1] == ","
    return ends and tree.tags[i] == "VBZ" and tree.lemmas[i] in noun_rules()


def is_caption(tree: Tree, sentence: Span) -> bool:
    """Whether a line is a noun with what was done to it, as headlines do not put it.

    A headline leaves the article out, and has no date at its end.
    """
    verbs = [i for i in range(sentence.start, sentence.end) if is_verb(tree, i, sentence)]
    is_participial = bool(verbs) and all(tree.tags[i] in ("VBN", "VBG") for i in verbs)
    has_article = tree.words[sentence.start].lower() in ("a", "an", "the")
    return is_participial and (has_article or ENDS_IN_DATE.search(sentence.text.rstrip()) is not None)


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
