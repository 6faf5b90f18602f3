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
    coordinated,
    dependents,
    is_bare_infinitive,
    is_done_by_rank,
    is_headline_infinitive,
    is_infinitive,
    is_passive,
    is_saying_verb,
    is_time,
    nouns_after,
)
from analysis.nlp.parse.word_lists import agent_nouns, judging_verbs, word_classes

RELATIVES = frozenset(("who", "which", "that", "whom"))
PRONOUNS = frozenset(("it", "they", "he", "she", "we", "i", "them", "him", "her"))
INHERITING = frozenset(("conj", "xcomp", "advcl", "ccomp", "dep", "acomp"))
WHILE = frozenset(("after", "before", "while", "since", "when", "without", "upon"))
LISTING = frozenset((",", "and", "or", "then", "later"))  # right before a verb without a subject of its own
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
        return antecedents(tree, verb, own[-1])
    if tree.heads[verb] == verb and tree.tags[verb] == "VB":  # a headline's `Visit by X`
        return nouns_after(tree, verb, "by")
    if tree.tags[verb].startswith("NN") and tree.deps[verb] == "conj":  # kills nine and injures ten
        return subjects_of_verb_above(tree, tree.heads[verb], depth) if depth < DEPTH else []
    if tree.tags[verb].startswith("NN"):  # a headline's `Minister visits Rome`, read as one noun
        return [i for i in dependents(tree, verb, frozenset(("compound", "amod"))) if i == verb - 1]
    if tree.heads[verb] == verb or depth > DEPTH:
        return []
    if is_done_by_rank(tree, verb):  # X became the first country to recognise Y
        noun = tree.heads[verb]
        return [tree.heads[noun]] if tree.deps[noun] == "appos" else logical_subjects(tree, tree.heads[noun])
    if is_headline_infinitive(tree, verb) or tree.deps[verb] == "amod":
        return [tree.heads[verb]]
    return inherited_subjects(tree, verb, depth)


def inherited_subjects(tree: Tree, verb: int, depth: int) -> list[int]:
    """Who does what a verb without a subject says, by the noun or the clause above."""
    head, dep = tree.heads[verb], tree.deps[verb]
    if dep == "acl" and tree.words[verb - 1] == ",":  # struck Kabul, killing five: not Kabul kills
        return subjects_of_verb_above(tree, head, depth)
    if dep == "acl":
        return participle_subjects(tree, verb, modified_noun(tree, head))
    if dep == "pcomp":
        above = tree.heads[head]
        if tree.pos[above] == "NOUN":
            return subjects_of_noun(tree, above) or subjects_through_noun(tree, above, depth)
        if tree.lemmas[head] == "from" and (kept := kept_from(tree, above)):
            return kept
        if tree.lemmas[head] in WHILE and is_passive(tree, above):
            return passive_subjects(tree, above)  # X was shot by Y after crossing the border
        return (
            judged_parties(tree, above) if tree.lemmas[head] in ("for", "of") else []
        ) or subjects_of_verb_above(tree, head, depth)
    if dep not in INHERITING or tree.pos[head] not in VERBAL or is_impersonal(tree, head):
        return []
    if (
        dep == "xcomp"
        and tree.lemmas[head] not in word_classes()["subject control"]
        and dependents(tree, head, OBJECTS)
    ):
        return dependents(tree, head, OBJECTS)
    if (
        dep in ("xcomp", "advcl")
        and is_infinitive(tree, verb)
        and (asked := asked_by_preposition(tree, head))
    ):
        return asked
    return passive_subjects(tree, head) if is_passive(tree, head) else logical_subjects(tree, head, depth + 1)


def is_impersonal(tree: Tree, verb: int) -> bool:
    """The `is` of `it is necessary to leave`."""
    subjects = dependents(tree, verb, SUBJECTS)
    is_it = bool(subjects) and tree.words[subjects[-1]].lower() == "it"
    return is_it and tree.lemmas[verb] == "be" and bool(dependents(tree, verb, frozenset(("acomp",))))


def kept_from(tree: Tree, verb: int) -> list[int]:
    """The X of `kept X from leaving`, `X was barred from leaving`."""
    return passive_subjects(tree, verb) if is_passive(tree, verb) else dependents(tree, verb, OBJECTS)


def asked_by_preposition(tree: Tree, verb: int) -> list[int]:
    """The X of `called on X to leave`, `appealed to X to leave`."""
    return (
        nouns_after(tree, verb, "on", "upon", "to", "with")
        if tree.lemmas[verb] in ("call", "appeal", "plead")
        else []
    )


def subjects_through_noun(tree: Tree, noun: int, depth: int) -> list[int]:
    """X of `X is in the process of helping`, Y of `X arrested Y on suspicion of helping`."""
    kinds = word_classes()
    verb = tree.heads[tree.heads[noun]]
    if tree.deps[noun] != "pobj" or tree.pos[verb] not in VERBAL:
        return []
    if tree.lemmas[noun] in kinds["suspicion"]:
        return logical_objects(tree, verb)
    return subjects_of_verb_above(tree, verb, depth) if tree.lemmas[noun] in kinds["process"] else []


def modified_noun(tree: Tree, noun: int) -> int:
    """The strikes of `strikes in X targeting Y`, where the parser gives the participle to the place."""
    prep = tree.heads[noun]
    is_name = tree.pos[noun] == "PROPN" and tree.deps[noun] == "pobj"
    is_place = is_name and tree.lemmas[prep] in ("in", "at", "near", "on")
    return tree.heads[prep] if is_place and tree.pos[tree.heads[prep]] == "NOUN" else noun


def participle_subjects(tree: Tree, verb: int, noun: int) -> list[int]:
    """Who does what a participle says: `troops firing`, but for `a decree granting` whoever signs it."""
    own = [noun] if tree.tags[verb] == "VBG" else []
    acts_itself = tree.lemmas[noun] in agent_nouns() or tree.pos[noun] == "PRON"
    return own if own and acts_itself else own + subjects_of_noun(tree, noun)


def judged_parties(tree: Tree, verb: int) -> list[int]:
    """Who did what follows `for`: the X of `thanked X for helping`, `put sanctions on X for helping`."""
    if tree.lemmas[verb] not in judging_verbs():
        return []
    things = logical_objects(tree, verb)
    struck = [noun for i in (verb, *things) for noun in nouns_after(tree, i, "on", "against")]
    return struck or things


def passive_agents(tree: Tree, verb: int) -> list[int]:
    """The noun after `by`, else the occasion: `killed in a strike`."""
    doers = [
        noun
        for prep in dependents(tree, verb, frozenset(("agent",)))
        for noun in dependents(tree, prep, PREPOSITIONAL_OBJECTS)
        if not is_time(tree, noun)  # delayed by 30 days
    ]
    occasions = word_classes()["occasion"]
    inside = [n for noun in nouns_after(tree, verb, "in", "during") for n in coordinated(tree, noun)]
    return doers or [noun for noun in inside if tree.lemmas[noun] in occasions]


def passive_subjects(tree: Tree, verb: int) -> list[int]:
    return dependents(tree, verb, PASSIVE_SUBJECTS)


def subjects_of_verb_above(tree: Tree, i: int, depth: int) -> list[int]:
    """Subjects of the nearest verb above a word: `after meeting Xi, he said`."""
    for _ in range(CLIMB):
        if tree.pos[i] in ("VERB", "AUX"):
            return logical_subjects(tree, i, depth + 1)
        if tree.heads[i] == i:
            return []
        i = tree.heads[i]
    return []


def subjects_of_noun(tree: Tree, noun: int) -> list[int]:
    """Who has a noun like the plan of `a plan to attack`: its owner, or the subject of the verb above."""
    owners = dependents(tree, noun, POSSESSORS)
    whole = tree.heads[tree.heads[noun]]
    if tree.deps[noun] == "pobj" and tree.lemmas[whole] in word_classes()["quantity"]:  # a series of bans
        return owners or subjects_of_noun(tree, whole)
    owners = owners or [
        i for i in dependents(tree, noun, ("amod", "compound", "nmod")) if tree.words[i][0].isupper()
    ]  # a U.S. plan to
    return owners or (subjects_of_verb_above(tree, tree.heads[noun], 1) if tree.deps[noun] in OBJECTS else [])


def antecedents(tree: Tree, verb: int, subject: int) -> list[int]:
    """Whom a subject means: the noun before `who` and `which`, the speaker for `it` in `X said it would`."""
    word = tree.words[subject].lower()
    head = tree.heads[verb]
    if tree.deps[verb] == "relcl" and word in RELATIVES:
        speaks = tree.lemmas[head] in word_classes()["announcement"] | word_classes()["document"]
        return [head, *(subjects_of_noun(tree, head) if speaks else [])]  # X's statements that threaten Y
    if word in PRONOUNS and tree.deps[verb] == "relcl" and has_where(tree, verb):
        return [subject, *subjects_of_verb_above(tree, head, 1)]  # X visited Rome, where he met Y
    is_idiom = word == "it" and tree.lemmas[verb] == "come"  # when it comes to X
    is_aside = tree.deps[verb] == "advcl" and is_only_name(tree, head, subject) and not is_idiom
    if word in PRONOUNS and (is_aside or tree.deps[verb] in ("ccomp", "conj")) and head != verb:
        above = dependents(tree, head, SUBJECTS) or participle_speakers(tree, head)
        if above:
            return [subject, *antecedents(tree, head, above[-1])]
    return [subject]


def is_only_name(tree: Tree, verb: int, pronoun: int) -> bool:
    """`Vega spoke when she met them`: nobody else is named between the subject and the pronoun."""
    above = dependents(tree, verb, SUBJECTS)
    between = range(above[-1] + 1, pronoun) if above else range(0)
    return bool(above) and above[-1] < pronoun and not any(tree.pos[i] == "PROPN" for i in between)


def has_where(tree: Tree, verb: int) -> bool:
    return any(tree.words[i].lower() == "where" for i in tree.children[verb])


def participle_speakers(tree: Tree, verb: int) -> list[int]:
    """Who says what is below a participle: `met reporters, adding that it would help`."""
    if tree.tags[verb] != "VBG" or not is_saying_verb(tree, verb):
        return []
    above = [verb]
    for _ in range(DEPTH):
        above.append(tree.heads[above[-1]])
    return next((own for i in above if (own := dependents(tree, i, SUBJECTS))), [])


def has_no_relative(tree: Tree, verb: int) -> bool:
    """`the deal Vega signed`: a clause below a noun, without a pronoun, that lacks its object."""
    below = tree.children[verb]
    words = {tree.words[i].lower() for i in below}
    has_rest = any(tree.deps[i] in CLAUSAL_COMPLEMENTS | STRANDED and not tree.children[i] for i in below)
    is_open = tree.deps[verb] == "relcl" and any(tree.deps[i] in SUBJECTS for i in below)
    return is_open and not is_passive(tree, verb) and not has_rest and words.isdisjoint(RELATIVE_WORDS)


def unread_objects(tree: Tree, verb: int) -> list[int]:
    """The strike of `launched, hours later, a strike`, which the parser leaves loose."""
    loose = dependents(tree, verb, frozenset(("dep",)))
    return [i for i in loose if i > verb and tree.pos[i] == "NOUN" and tree.words[verb + 1] == ","]


def shared_passive_subjects(tree: Tree, verb: int) -> list[int]:
    """The X of `X were captured, shot and killed` and of `X were confirmed killed`, for the later verbs."""
    above = tree.heads[verb]
    if (
        tree.deps[verb] == "xcomp"
        and tree.tags[verb] == "VBN"
        and tree.lemmas[above] in ("confirm", "report")
    ):
        return passive_subjects(tree, above)
    first = verb
    while tree.deps[first] == "conj" and tree.tags[first] == "VBN" and tree.words[first - 1] in LISTING:
        first = tree.heads[first]
        if own := passive_subjects(tree, first):
            return own
    return []


def logical_objects(tree: Tree, verb: int) -> list[int]:
    """What it is done to: objects, subjects of a passive, the noun before `which`, and their conjuncts."""
    found = dependents(tree, verb, OBJECTS | PASSIVE_SUBJECTS) or unread_objects(tree, verb)
    found = found or shared_passive_subjects(tree, verb)
    for below in dependents(
        tree, verb, CLAUSAL_COMPLEMENTS | {"xcomp"}
    ):  # `urged X to leave`, `helped X leave`: the parser makes X subject of the infinitive
        if is_infinitive(tree, below) or is_bare_infinitive(tree, below):
            found += dependents(tree, below, SUBJECTS)
    found = [i for i in found if tree.pos[i] not in ("ADP", "SCONJ")]
    relative = [i for i in found if tree.words[i].lower() in RELATIVES and tree.deps[verb] == "relcl"]
    found = [tree.heads[verb] if i in relative else i for i in found]
    if (tree.deps[verb] == "acl" and tree.tags[verb] == "VBN") or (not found and has_no_relative(tree, verb)):
        found.append(tree.heads[verb])
    return [noun for i in found for noun in coordinated(tree, i)]
