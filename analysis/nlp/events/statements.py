"""What somebody says of another side, where the saying is the act: `X said Y was lying` is X accusing Y.

The words are those that stance has for praise and blame (`data/stance/terms.csv`), one list for both.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from analysis.lexicons import load_lexicon
from analysis.nlp.events.act import Act
from analysis.nlp.events.act_agents import owners
from analysis.nlp.events.lexicon import Rule
from analysis.nlp.events.nouns import noun_rule
from analysis.nlp.events.outcomes import COMING, predicates
from analysis.nlp.events.predicates import OBLIGATION, is_obliged, verb_predicate
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    CLAUSAL_COMPLEMENTS,
    CONJUNCTS,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    VERBAL,
    Tree,
    coordinated,
    dependents,
    is_passive,
    is_saying_verb,
    nouns_after,
)
from analysis.nlp.parse.verb_status import NEGATIVES, is_negated, verb_status
from analysis.nlp.parse.word_lists import speech_verbs, word_classes
from analysis.schemas import ACT_STATUSES, QUADS

ACCUSATION = Rule("ACCUSE", "disapprove", "", "says is bad")
FOREWARNING = Rule("ACCUSE", None, "", "says will attack")
PRAISE = Rule("SUPPORT", None, "", "says is good")
URGING = Rule("REQUEST", None, "", "says is important")
RIGHT = Rule("SUPPORT", None, "", "says has a right")
RIGHTS = frozenset(("right", "entitle", "entitled"))
HAVING = frozenset(("have", "be", "entitle"))
THREAT = Rule("THREATEN", None, "", "says all options are open")
GOODWILL = Rule("SUPPORT", None, "", "says is for relations")
OPTIONS = frozenset(("option",))
EVERY = frozenset(("all", "every", "any", "military"))
NO_OPTION = frozenset(("no",))
TABLE = frozenset(("table",))
AGAINST = frozenset(
    ("against", "with", "toward", "towards", "regarding", "concerning", "of", "over", "on", "to")
)
PREDICATES = frozenset(("attr", "acomp", "oprd", "dobj"))
ADJECTIVES = frozenset(("amod",))
ASIDES = frozenset(("advcl", "relcl"))
TRYING = frozenset(("try", "seek", "want", "continue", "keep", "begin", "start", "attempt"))
TRIED = frozenset(("xcomp",))
CONTENTS = frozenset(("ccomp", "xcomp", "advcl", "acl", "relcl"))
MOST_WORDS = 60  # of a clause that are read for a wish
TOLD_OF = frozenset(("RETREAT", "CONCEDE", "ACCUSE"))
TIES = frozenset(("SUPPORT", "COOPERATE"))  # roots of relations, partnership, cooperation
CLEAR = 2.0  # weight from which a word is praise or blame by itself
SHADE = 1.0  # weight from which a word casts doubt on a wish for good relations
PROBABILITY = 0.6


class Saying(NamedTuple):
    """Who says something by which verb; the verb of the clause itself where the quote only goes on."""

    verb: int
    status: str
    speakers: tuple[int, ...]


@cache
def judging_words() -> dict[str, float]:
    """Word -> how far it praises (above 0) or blames who does it or is it."""
    rows = load_lexicon("stance/terms", numbers=("agent",))
    return {term: float(weight) for term, weight in zip(rows["term"], rows["agent"], strict=True)}


def statement_acts(tree: Tree, start: int, end: int, speaker: int | None = None) -> Iterator[Act]:
    """Acts that the words from `start` to `end` do by saying something of somebody.

    Args:
        tree: the parsed text.
        start: first word.
        end: behind the last word.
        speaker: who speaks them, if they are a quote that goes on from the sentence before.
    """
    reports = False
    for verb in range(start, end):
        if tree.pos[verb] in VERBAL and may_report(tree, verb):
            reports = True
            status = verb_status(tree, verb)
            speakers = tuple(n for i in logical_subjects(tree, verb) for n in coordinated(tree, i))
            for clause in dependents(tree, verb, CLAUSAL_COMPLEMENTS) if status in ACT_STATUSES else ():
                yield from clause_acts(tree, Saying(verb, status, speakers), clause)
    if speaker is not None and not start <= speaker < end and not reports:
        root = tree.doc[start:end].root.i
        said = Saying(root, "past", (speaker,))
        yield from clause_acts(tree, said, root)
        if is_obliged(tree, root):
            asked = [n for i in dependents(tree, root, SUBJECTS) for n in coordinated(tree, i)]
            yield spoken_act(said, root, OBLIGATION, asked)


def clause_acts(tree: Tree, said: Saying, clause: int) -> Iterator[Act]:
    """What is done by saying one clause."""
    yield from judgements(tree, said, clause)
    yield from goodwill(tree, said, clause)
    yield from urgings(tree, said, clause)
    yield from rights(tree, said, clause)
    yield from open_threats(tree, said, clause)
    yield from forewarnings(tree, said, clause)


def may_report(tree: Tree, verb: int) -> bool:
    """A verb of saying or of holding a view."""
    return is_saying_verb(tree, verb) or tree.lemmas[verb] in speech_verbs()["speaker"]


def judgements(tree: Tree, said: Saying, clause: int) -> Iterator[Act]:
    """`X said Y was lying`, `X said Y was a threat`; but who `was killed` is no culprit."""
    subjects = dependents(tree, clause, SUBJECTS)
    if not subjects or is_passive(tree, clause):
        return
    weight = sum(judging_words().get(tree.lemmas[i].lower(), 0.0) for i in predicate_words(tree, clause))
    weight -= CLEAR if is_to_blame(tree, clause) else 0.0
    weight = -weight if is_negated(tree, clause) else weight
    judged = [noun for i in subjects for noun in coordinated(tree, i)]
    if weight <= -CLEAR and not is_no_blame(tree, clause):
        yield spoken_act(said, clause, ACCUSATION, judged)
    elif weight >= CLEAR and tree.pos[clause] != "VERB":  # was a friend; but what it creates may be bad
        yield spoken_act(said, clause, PRAISE, judged)


def is_to_blame(tree: Tree, clause: int) -> bool:
    """`was behind the attack`."""
    deeds = nouns_after(tree, clause, "behind") if tree.lemmas[clause] == "be" else []
    return any((rule := noun_rule(tree, noun)) is not None and QUADS[rule.root] == 4 for noun in deeds)


def is_no_blame(tree: Tree, clause: int) -> bool:
    """`X said Y was withdrawing`, `X said Y opposed the plan`: X reports it and does not blame Y."""
    predicate = verb_predicate(tree, clause)
    return predicate is not None and predicate.rule.root in TOLD_OF


def urgings(tree: Tree, said: Saying, clause: int) -> Iterator[Act]:
    """`X said it was important that Y leave`, `X said it is time for Y to leave`."""
    calls = [i for i in dependents(tree, clause, PREDICATES) if tree.lemmas[i] in word_classes()["urging"]]
    if not calls or is_negated(tree, clause):
        return
    below = [i for word in (clause, *calls) for i in dependents(tree, word, CONTENTS)]
    asked = [noun for i in below for noun in dependents(tree, i, SUBJECTS)]
    asked = [noun for noun in asked if noun not in tree.children[clause]]
    if asked:
        yield spoken_act(said, clause, URGING, [n for noun in asked for n in coordinated(tree, noun)])


def rights(tree: Tree, said: Saying, clause: int) -> Iterator[Act]:
    """`X said Y has a right to defend itself`, `X said Y is entitled to self-defence`."""
    things = [clause, *dependents(tree, clause, PREDICATES)]
    is_right = any(tree.lemmas[i] in RIGHTS for i in things) and not is_negated(tree, clause)
    owners = dependents(tree, clause, SUBJECTS | PASSIVE_SUBJECTS) if is_right else []
    if owners and tree.lemmas[clause] in HAVING:
        yield spoken_act(said, clause, RIGHT, [n for i in owners for n in coordinated(tree, i)])


def open_threats(tree: Tree, said: Saying, clause: int) -> Iterator[Act]:
    """`X warned Y that all options were on the table`: force is not named, but meant."""
    for part in (clause, *dependents(tree, clause, CONJUNCTS)):
        if has_open_options(tree, part):
            inside = [n for i in dict.fromkeys((part, clause)) for n in nouns_against(tree, i)]
            yield spoken_act(said, part, THREAT, [*logical_objects(tree, said.verb), *inside])


def forewarnings(tree: Tree, said: Saying, clause: int) -> Iterator[Act]:
    """`X said that an attack by Y was imminent`: X accuses Y of what it is about to do."""
    if is_negated(tree, clause) or next(predicates(tree, clause, COMING), None) is None:
        return
    for attack in dependents(tree, clause, SUBJECTS):
        rule = noun_rule(tree, attack)
        if rule and rule.root == "ASSAULT":
            attackers = [*owners(tree, attack)[0], *nouns_after(tree, attack, "by", "from")]
            yield spoken_act(said, clause, FOREWARNING, attackers)


def has_open_options(tree: Tree, clause: int) -> bool:
    """`all options are on the table`, `no option is off the table`; but not all of them."""
    options = [i for i in dependents(tree, clause, SUBJECTS) if tree.lemmas[i] in OPTIONS]
    words = [k for i in options for k in tree.children[i]]
    is_open = any(tree.lemmas[k] in EVERY and tree.lemmas[k - 1] not in NEGATIVES for k in words)
    if is_open and not is_negated(tree, clause):
        return any(is_table(tree, i) for i in nouns_after(tree, clause, "on"))
    is_none_out = any(tree.lemmas[k] in NO_OPTION for k in words)
    return is_none_out and any(is_table(tree, i) for i in nouns_after(tree, clause, "off"))


def is_table(tree: Tree, noun: int) -> bool:
    """The table on which options are."""
    return tree.lemmas[noun] in TABLE


def nouns_against(tree: Tree, clause: int) -> list[int]:
    """Nouns of a clause, its subject aside, that say against whom something may be done."""
    words = list(words_below(tree, clause))
    objects = [n for i in words if tree.pos[i] in VERBAL for n in logical_objects(tree, i)]
    led_to = [n for i in words for n in nouns_after(tree, i, *AGAINST) if not is_table(tree, n)]
    return sorted({*objects, *led_to})


def predicate_words(tree: Tree, clause: int) -> list[int]:
    """The verb of a clause and what it says the subject is or does, with the adjectives."""
    tried = dependents(tree, clause, TRIED) if tree.lemmas[clause] in TRYING else []  # was trying to harm
    things = [
        n for v in (clause, *tried) for i in dependents(tree, v, PREDICATES) for n in coordinated(tree, i)
    ]
    return [clause, *tried, *things, *(k for i in things for k in dependents(tree, i, ADJECTIVES))]


def goodwill(tree: Tree, said: Saying, clause: int) -> Iterator[Act]:
    """`X said it wants good relations with Y`, `X said it is important to mend ties with Y`."""
    words = list(words_below(tree, clause))
    ties = [n for i in words for n in tied_nouns(tree, i)]
    if ties and not any(is_doubt(tree, i) for i in words):
        yield spoken_act(said, clause, GOODWILL, ties)


def words_below(tree: Tree, clause: int) -> Iterator[int]:
    """Words of a clause without its asides."""
    waiting = [clause]
    for _ in range(MOST_WORDS):
        if not waiting:
            return
        i = waiting.pop()
        yield i
        waiting += [k for k in tree.children[i] if tree.deps[k] not in ASIDES]


def tied_nouns(tree: Tree, noun: int) -> list[int]:
    """The other side of relations, partnership or cooperation."""
    rule = noun_rule(tree, noun) if tree.pos[noun] == "NOUN" else None
    is_tie = rule is not None and rule.shape == "state" and rule.root in TIES
    return [n for i in nouns_after(tree, noun, "with", "to") for n in coordinated(tree, i)] if is_tie else []


def is_doubt(tree: Tree, i: int) -> bool:
    """A `not`, an `if` or a word of blame."""
    is_open = tree.lemmas[i] in NEGATIVES or tree.lemmas[i] == "if"
    return is_open or judging_words().get(tree.lemmas[i].lower(), 0.0) < -SHADE


def spoken_act(said: Saying, clause: int, rule: Rule, about: list[int]) -> Act:
    return Act(clause, said.verb, rule, said.status, said.speakers, tuple(about), (), (), PROBABILITY)
