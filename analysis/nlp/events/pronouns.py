"""Who `it`, `he` or `she` is at the head of a sentence that goes on about the subject of the one before.

`Beijing condemned the visit. It also put sanctions on Lithuania.` Only clear cases are resolved: with `also`
the subject goes on; without it, the sentence before must name nobody else whom the pronoun could mean.
"""

from collections.abc import Iterator

from spacy.tokens import Span

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.representation import represented
from analysis.nlp.events.sponsors import Actors
from analysis.nlp.parse.tree import CLAUSAL_COMPLEMENTS, CONJUNCTS, SUBJECTS, Tree, dependents

PERSONAL = frozenset(("he", "she"))
NEUTER = "it"
CONTINUING = frozenset(("also", "too", "additionally", "furthermore", "moreover", "then"))
ADVERBS = frozenset(("advmod",))
NOMINATIVE = frozenset(("nsubj",))
SINGULAR = frozenset(("NN", "NNP", "NNPS", "PRP"))
DEPTH = 2


def continued_subject(
    tree: Tree, before: Span, sentence: Span, known: Actors, actors: Actors
) -> dict[int, Mention]:
    """Tokens of the pronoun that opens a sentence -> the actor that it means.

    Args:
        tree: the parsed text.
        before: the sentence before.
        sentence: the sentence.
        known: token -> the actor mentioned or meant there, up to the sentence.
        actors: token -> the actor mentioned there.
    """
    pronoun = opening_pronoun(tree, sentence, actors)
    subject = main_subject(tree, before) if pronoun is not None else None
    if pronoun is None or subject is None:
        return {}
    found = {mention.actor_id: mention for mention in represented(tree, subject, known, "doer")}
    if len(found) != 1:
        return {}
    (meant,) = found.values()
    if not may_mean(tree, pronoun, meant, before, actors):
        return {}
    return {i: meant._replace(start=i, end=i + 1) for i in same_pronouns(tree, pronoun)}


def opening_pronoun(tree: Tree, sentence: Span, actors: Actors) -> int | None:
    """The pronoun that is subject of a sentence, if nobody is named before it."""
    subject = main_subject(tree, sentence)
    if subject is None or tree.words[subject].lower() not in PERSONAL | {NEUTER}:
        return None
    is_person = tree.words[subject].lower() in PERSONAL
    between = [actors[i] for i in range(sentence.start, subject) if i in actors]
    is_other_known = any(not is_person or mention.kind == "person" for mention in between)
    return None if is_other_known else subject


def main_subject(tree: Tree, sentence: Span) -> int | None:
    """The subject of the verb on top of a sentence."""
    found = dependents(tree, sentence.root.i, NOMINATIVE)
    is_single = bool(found) and not dependents(tree, found[0], CONJUNCTS) and tree.tags[found[0]] in SINGULAR
    return found[0] if is_single else None


def may_mean(tree: Tree, pronoun: int, meant: Mention, before: Span, actors: Actors) -> bool:
    """Whether the pronoun is of the actor's kind, and nobody else of that kind can be meant."""
    is_person = meant.kind == "person"
    if is_person != (tree.words[pronoun].lower() in PERSONAL):
        return False
    verb = tree.heads[pronoun]
    is_continued = any(tree.lemmas[i] in CONTINUING for i in dependents(tree, verb, ADVERBS))
    later = {actors[i].actor_id for i in range(pronoun, tree.doc[pronoun].sent.end) if i in actors}
    before_actors = (actors[i] for i in range(before.start, before.end) if i in actors)
    others = [other for other in before_actors if other.actor_id not in later]  # it accused X: it is not X
    return is_continued or not any(
        other.actor_id != meant.actor_id and (other.kind == "person") == is_person for other in others
    )


def same_pronouns(tree: Tree, pronoun: int) -> Iterator[int]:
    """The pronoun, and those of the clauses below: `It said it would`."""
    yield pronoun
    verb = tree.heads[pronoun]
    for _ in range(DEPTH):
        below = [i for i in dependents(tree, verb, CLAUSAL_COMPLEMENTS) if i > pronoun]
        again = [noun for i in below for noun in dependents(tree, i, SUBJECTS)]
        if not again or tree.words[again[0]].lower() != tree.words[pronoun].lower():
            return
        yield again[0]
        verb = below[0]
