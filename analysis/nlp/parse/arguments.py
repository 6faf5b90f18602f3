"""Who does what a verb or noun says, and to what: logical subjects and objects, as token numbers.

The subject is found through passives, infinitives, participles, conjunctions and relative pronouns.
"""

from analysis.nlp.parse.tree import (
    CLAUSAL_COMPLEMENTS,
    OBJECTS,
    PASSIVE_SUBJECTS,
    POSSESSORS,
    PREPOSITIONAL_OBJECTS,
    SUBJECTS,
    VERBAL,
    Tree,
    contrasted,
    coordinated,
    dependents,
    is_headline_infinitive,
    is_infinitive,
    is_passive,
    is_time,
    nouns_after,
)
from analysis.nlp.parse.word_lists import agent_nouns, word_classes

RELATIVES = frozenset(("who", "which", "that", "whom"))
PRONOUNS = frozenset(("it", "they", "he", "she", "we", "i", "them", "him", "her"))
INHERITING = frozenset(("conj", "xcomp", "advcl", "ccomp", "dep", "acomp"))
STRANDED = frozenset(("prep", "prt"))  # the `for` of `what X asked for`
RELATIVE_WORDS = RELATIVES | {"where", "when", "why", "how"}
CLIMB = 8  # words between a noun and the verb of its clause
DEPTH = 4  # how far a rule climbs or descends


def logical_subjects(tree: Tree, verb: int, depth: int = 0) -> list[int]:
    """Who does what a verb says: the subject, also through `to`, `-ing`, `and`, `who`, and `it` after `said`.

    In the passive it is the noun after `by`.
    """
    if is_passive(tree, verb):
        return passive_agents(tree, verb)
    own = dependents(tree, verb, SUBJECTS)
    if own:
        joined = (i for i in own[:-1] if any(tree.deps[child] == "cc" for child in tree.children[i]))
        return [*joined, *antecedents(tree, verb, own[-1])]  # X and not only Y, parsed as two subjects
    if tree.heads[verb] == verb and tree.tags[verb] == "VB":  # a headline's `Visit by X`
        return nouns_after(tree, verb, "by")
    if tree.tags[verb].startswith("NN"):  # a headline's `Minister visits Rome`, read as one noun
        return [i for i in dependents(tree, verb, frozenset(("compound", "amod"))) if i == verb - 1]
    if tree.heads[verb] == verb or depth > DEPTH:
        return []
    is_below = is_headline_infinitive(tree, verb) or tree.deps[verb] == "amod"
    return [tree.heads[verb]] if is_below else inherited_subjects(tree, verb, depth)


def inherited_subjects(tree: Tree, verb: int, depth: int) -> list[int]:
    """Who does what a verb without a subject says, by the noun or the clause above."""
    head, dep = tree.heads[verb], tree.deps[verb]
    if dep == "acl" and tree.words[verb - 1] == ",":  # struck Kabul, killing five: not Kabul kills
        return subjects_of_verb_above(tree, head, depth)
    if dep == "acl":
        return participle_subjects(tree, verb, head)
    if dep == "pcomp":
        above = tree.heads[head]
        is_noun = tree.pos[above] == "NOUN"
        return subjects_of_noun(tree, above) if is_noun else subjects_of_verb_above(tree, head, depth)
    if dep not in INHERITING or tree.pos[head] not in VERBAL:
        return []
    objects = dependents(tree, head, OBJECTS)
    if dep == "xcomp" and objects and tree.lemmas[head] not in word_classes()["subject control"]:
        return objects
    own = dependents(tree, head, PASSIVE_SUBJECTS)
    return own if is_passive(tree, head) else logical_subjects(tree, head, depth + 1)


def participle_subjects(tree: Tree, verb: int, noun: int) -> list[int]:
    """Who does what a participle says: `troops firing`, but for `a decree granting` whoever signs it.

    Of `strikes in X targeting Y`, where the parser gives the participle to the place, it is the strikes.
    """
    prep = tree.heads[noun]
    is_place = tree.pos[noun] == "PROPN" and tree.lemmas[prep] in ("in", "at", "near", "on")
    if is_place and tree.deps[noun] == "pobj" and tree.pos[tree.heads[prep]] == "NOUN":
        noun = tree.heads[prep]
    own = [noun] if tree.tags[verb] == "VBG" else []
    acts_itself = tree.lemmas[noun] in agent_nouns() or tree.pos[noun] == "PRON"
    return own if own and acts_itself else own + subjects_of_noun(tree, noun)


def passive_agents(tree: Tree, verb: int) -> list[int]:
    """The noun after `by`, else the occasion: `killed in a strike`."""
    doers = [
        noun
        for prep in dependents(tree, verb, frozenset(("agent",)))
        for noun in dependents(tree, prep, PREPOSITIONAL_OBJECTS)
        if not is_time(tree, noun)  # delayed by 30 days
    ]
    inside = [n for noun in nouns_after(tree, verb, "in", "during") for n in coordinated(tree, noun)]
    return doers or [noun for noun in inside if tree.lemmas[noun] in word_classes()["occasion"]]


def subjects_of_verb_above(tree: Tree, i: int, depth: int) -> list[int]:
    """Subjects of the nearest verb above a word: `after meeting Xi, he said`."""
    for _ in range(CLIMB):
        if tree.pos[i] in ("VERB", "AUX"):
            return logical_subjects(tree, i, depth + 1)
        i = tree.heads[i]
    return []


def subjects_of_noun(tree: Tree, noun: int) -> list[int]:
    """Who has a noun like the plan of `a plan to attack`: its owner, or the subject of the verb above."""
    named = dependents(tree, noun, frozenset(("amod", "compound", "nmod")))
    owners = dependents(tree, noun, POSSESSORS) or [i for i in named if tree.words[i][0].isupper()]
    return owners or (subjects_of_verb_above(tree, tree.heads[noun], 1) if tree.deps[noun] in OBJECTS else [])


def antecedents(tree: Tree, verb: int, subject: int) -> list[int]:
    """Whom a subject means: the noun before `who` and `which`, the speaker for `it` in `X said it would`."""
    word, head = tree.words[subject].lower(), contrasted(tree.doc[verb].head).i
    if tree.deps[verb] == "relcl" and word in RELATIVES:
        speaks = tree.lemmas[head] in word_classes()["announcement"] | word_classes()["document"]
        return [head, *(subjects_of_noun(tree, head) if speaks else [])]  # X's statements that threaten Y
    above = dependents(tree, head, SUBJECTS) if word in PRONOUNS and head != verb else []
    if above and tree.deps[verb] == "advcl":  # Vega spoke when she met them, and nobody else is named between
        between = range(above[-1] + 1, subject)
        above = [] if above[-1] > subject or any(tree.pos[i] == "PROPN" for i in between) else above
    is_below = tree.deps[verb] in ("ccomp", "conj", "advcl")
    return [subject, *antecedents(tree, head, above[-1])] if above and is_below else [subject]


def lacks_object(tree: Tree, verb: int) -> bool:
    """`the deal Vega signed`: a clause below a noun, without a pronoun, that lacks its object."""
    below = tree.children[verb]
    words = {tree.words[i].lower() for i in below}
    has_rest = any(tree.deps[i] in CLAUSAL_COMPLEMENTS | STRANDED and not tree.children[i] for i in below)
    is_open = tree.deps[verb] == "relcl" and any(tree.deps[i] in SUBJECTS for i in below)
    return is_open and not is_passive(tree, verb) and not has_rest and words.isdisjoint(RELATIVE_WORDS)


def logical_objects(tree: Tree, verb: int) -> list[int]:
    """What it is done to: objects, subjects of a passive, the noun before `which`, and their conjuncts."""
    found = dependents(tree, verb, OBJECTS | PASSIVE_SUBJECTS)
    for below in dependents(tree, verb, CLAUSAL_COMPLEMENTS | {"xcomp"}):
        if is_infinitive(tree, below):  # urged X to leave: the parser makes X subject of the infinitive
            found += dependents(tree, below, SUBJECTS)
    found = [i for i in found if tree.pos[i] not in ("ADP", "SCONJ")]
    is_relative = tree.deps[verb] == "relcl"
    found = [tree.heads[verb] if is_relative and tree.words[i].lower() in RELATIVES else i for i in found]
    if (tree.deps[verb] == "acl" and tree.tags[verb] == "VBN") or (not found and lacks_object(tree, verb)):
        found.append(tree.heads[verb])
    return [noun for i in found for noun in coordinated(tree, i)]
