"""How many people an attack killed and injured, as its sentence counts them.

`killing at least 33 people` is 33, `kill 26, including four children` 26, `a man` 1, `nobody` 0; `dozens`
and a bare name are unknown; a name that is explained is 1: `Jo Doe, a commander`. Of two numbers for the same
people the lower one counts.
"""

from functools import cache
from itertools import takewhile
from typing import Final, NamedTuple

from spacy.tokens import Span

from analysis.lexicons import load_lexicon
from analysis.nlp.events.deeds import Deed
from analysis.nlp.events.lexicon import noun_rule
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    APPOSITIONS,
    NOMINAL,
    OBJECTS,
    SUBJECTS,
    YEAR,
    Tree,
    ancestors,
    coordinated,
    dependents,
    is_passive,
    is_saying_verb,
    nouns_after,
)
from analysis.nlp.parse.word_lists import word_classes
from analysis.tables.rows import rows_of

MOST: Final = 10_000  # no single attack of our time killed more: a higher number is the toll of a war
CLIMB = 8
OUTCOMES: Final = ("killed", "injured")
SHAPES: Final = ("object", "subject", "state", "manner", "noun", "toll")
"""Whose number counts: the object of `kill`, the subject of `die`, the noun that is `dead`, who was `fatally`
shot, the noun itself (`three deaths`) or what is after it (`deaths of three`), and the number that a toll is
at."""
TOLL: Final = "toll"  # may be of more than one attack: counts only where nothing else does
ROOT: Final = "ASSAULT"
NUMBERS = frozenset(("nummod",))
MISREAD_NUMBERS = frozenset(("amod", "compound"))  # eleven people, three Thai soldiers
LOWER_NUMBERS = frozenset(("nummod", "quantmod", "compound"))
MODIFIERS = frozenset(("amod", "acl"))
PATIENTS = frozenset(("dobj", "nsubjpass"))
LEVELS = ("of", "at", "to")
GROUPS = frozenset(
    (
        *("family", "crew", "team", "crowd", "generation", "group", "population", "community", "leadership"),
        *("government", "staff", "personnel", "entourage", "army", "force", "garrison", "patrol", "unit"),
        *("squad", "convoy", "rest", "enemy", "militia", "public"),
    )
)
"""One of them is not one person."""
PEOPLE = frozenset(("people", "person", "other", "more", "civilian", "soldier", "member"))
MULTIPLIERS = frozenset(("dozen", "hundred", "thousand"))
LONGEST = 7  # figures of the longest number
RESULTS = frozenset(("oprd", "acomp", "xcomp", "ccomp"))
NOBODY = frozenset(("nobody", "none"))
ONE_EACH = frozenset(("a", "an", "another"))
CLAUSES = frozenset(("advcl",))
CAUSE_WORDS = frozenset(("NOUN", "PROPN", "NUM"))
CAUSING = frozenset(("in", "by", "during", "from", "after", "following", "of", "including"))
CUMULATIVE = frozenset(("since", "war", "conflict", "daily", "annually", "month", "year"))
"""Words beside a number that counts a whole war: `has killed 900 since March`."""
HOURS = frozenset(("midnight", "dawn", "daybreak", "sunrise", "morning", "noon", "evening", "night"))
"""Since when a number is of one day: `have killed 74 since midnight`."""


TURNING: Final = frozenset(("separately", "elsewhere", "meanwhile", "earlier", "previously", "also", "last"))
"""First words of a sentence that turns to another attack."""


class Toll(NamedTuple):
    """How many died and were hurt; None where the sentence does not count them."""

    killed_count: int | None
    injured_count: int | None


class Harm(NamedTuple):
    """What a word says happened to people, and where their number is."""

    outcome: str  # one of OUTCOMES
    shape: str  # one of SHAPES


@cache
def harm_words() -> dict[str, Harm]:
    """Lemma -> what it says happened."""
    rows = load_lexicon("events/harm_words", allowed={"outcome": OUTCOMES, "shape": SHAPES})
    return {row.lemma: Harm(row.outcome, row.shape) for row in rows_of(rows)}


@cache
def number_words() -> dict[str, int]:
    """`seven` -> 7."""
    rows = load_lexicon("events/number_words", numbers=("value",))
    return {row.word: int(row.value) for row in rows_of(rows)}


def harm_done(tree: Tree, sentence: Span, deed: Deed, own: list[int]) -> list[int]:
    """The words that say whom an attack harmed; none of other acts, nor of a whole war.

    Args:
        tree: the parsed text.
        sentence: the one that reports the act.
        deed: the act.
        own: from `own_words`.
    """
    if deed.root != ROOT:
        return []
    harm = [i for i in range(sentence.start, sentence.end) if tree.lemmas[i] in harm_words()]
    of_war = {i for i in harm if is_whole_war(tree, i)}
    results = {i for i in harm if is_result(tree, i, set(own))}
    of_war |= {i for i in harm if not of_war.isdisjoint(ancestors(tree, i))} | joined_harm(tree, of_war)
    return sorted((results | joined_harm(tree, results)) - of_war)


def harm_told_next(tree: Tree, sentence: Span, deed: Deed) -> list[int]:
    """The words of harm in the sentence after an attack that says only how many it hit: `Five were killed.`

    None if that sentence names a doer or another attack, or turns to something else, or if the first one has
    harm of its own.
    """
    after = next_in_paragraph(sentence)
    if after is None or deed.root != ROOT or deed.is_future:
        return []
    words = range(after.start, after.end)
    found = [i for i in words if is_main_harm(tree, i, after.root.i) and not is_whole_war(tree, i)]
    if not found or tree.lemmas[after.start] in TURNING or any(is_other_attack(tree, i) for i in words):
        return []
    if any(tree.lemmas[i] in harm_words() for i in range(sentence.start, sentence.end)):
        return []
    return sorted({*found, *(k for i in found for k in tree.children[i] if is_joined_harm(tree, k))})


def next_in_paragraph(sentence: Span) -> Span | None:
    """The sentence after one; None at the end of a paragraph."""
    doc = sentence.doc
    edge = doc[sentence.end - 1 : sentence.end + 1]
    is_last = sentence.end >= len(doc) or any("\n" in token.text for token in edge)
    return None if is_last else doc[sentence.end].sent


def is_other_attack(tree: Tree, i: int) -> bool:
    """A noun that is an attack, a doer after `by`, or a verb of force that is no harm itself."""
    if tree.deps[i] == "agent":
        return True
    rule = noun_rule(tree, i) if tree.pos[i] in NOMINAL and tree.lemmas[i] not in harm_words() else None
    return rule is not None and rule.root == ROOT


def is_main_harm(tree: Tree, i: int, root: int) -> bool:
    """The `killed` of `five were killed`, `five were killed, police said` and `five were killed; Y fled`."""
    if tree.lemmas[i] not in harm_words():  # first: the root may have as many children as words
        return False
    is_below = tree.heads[i] == root and tree.deps[i] == "ccomp"
    is_apart = any(tree.words[k] == ";" and i < k < root for k in tree.children[root])
    if i != root and not (is_below and (is_apart or is_saying_verb(tree, root))):
        return False
    return is_passive(tree, i) or shape_of(tree, i) == "subject"


def is_joined_harm(tree: Tree, i: int) -> bool:
    """The `injured` of `five were killed and ten injured`."""
    return tree.deps[i] == "conj" and tree.lemmas[i] in harm_words()


def toll_of(tree: Tree, harm: list[int]) -> Toll:
    """How many were killed and injured, by words from `harm_done`."""
    killed, injured = ([i for i in harm if harm_words()[tree.lemmas[i]].outcome == name] for name in OUTCOMES)
    direct = [i for i in killed if shape_of(tree, i) != TOLL]
    return Toll(most(tree, direct or killed), most(tree, injured))


def shape_of(tree: Tree, i: int) -> str:
    """Where the number of a word of harm is: one of `SHAPES`."""
    return harm_words()[tree.lemmas[i]].shape


def most(tree: Tree, harm: list[int]) -> int | None:
    """The highest number that some words of harm give."""
    counts = [count_at(tree, i, shape_of(tree, i)) for i in harm]
    return max((count for count in counts if count is not None and count <= MOST), default=None)


def joined_harm(tree: Tree, harm: set[int]) -> set[int]:
    """The `killed` of `five were killed and ten were hurt in a raid`, given `hurt`."""
    found = {(head, i) for i in harm for head in verbs_before(tree, i)}
    return {head for head, i in found if tree.lemmas[head] in harm_words() and has_same_cause(tree, head, i)}


def has_same_cause(tree: Tree, first: int, last: int) -> bool:
    """Whether what did the last of two verbs did the first: of passives, or where they share a subject."""
    return is_passive(tree, first) or not dependents(tree, last, SUBJECTS)


def verbs_before(tree: Tree, i: int) -> list[int]:
    """The verbs that a verb is joined to: the `killed` of `five were killed and ten others injured`.

    Where `are` is left out, the parser may join the others to `killed`, as a noun with a participle.
    """
    found = []
    for _ in range(CLIMB):
        at = tree.heads[i] if tree.deps[i] == "acl" else i
        if tree.deps[at] != "conj" or tree.pos[tree.heads[at]] != "VERB":
            break
        i = tree.heads[at]
        found.append(i)
    return found


def is_result(tree: Tree, i: int, own: set[int]) -> bool:
    """Whether an act led to the harm that a word reports: it hangs on the act, or is the act itself."""
    is_death = harm_words()[tree.lemmas[i]].shape == "subject"
    is_suffered = is_passive(tree, i) or is_joined_participle(tree, i) or tree.pos[i] == "NOUN" or is_death
    if is_suffered and is_caused(tree, i, own):
        return True
    at = i
    for _ in range(CLIMB):
        if at in own:
            return True
        if tree.heads[at] == at or is_other_clause(tree, at):
            return False
        at = tree.heads[at]
    return False


def is_joined_participle(tree: Tree, i: int) -> bool:
    """The `injured` of `three were killed and two injured as X shelled Y`."""
    return tree.deps[i] == "conj" and tree.tags[i] == "VBN" and is_passive(tree, tree.heads[i])


def is_caused(tree: Tree, i: int, own: set[int]) -> bool:
    """`72 were killed after a strike`, `the toll of the strike`, `killed when Israel struck`."""
    if not own.isdisjoint(dependents(tree, i, CLAUSES)):
        return True
    top = first_clause(tree, i)
    return any(top in ancestors(tree, cause) and is_cause_of(tree, cause, top) for cause in own)


def first_clause(tree: Tree, i: int) -> int:
    """Under which a list of passives hangs: `five were killed, ten were hurt, and roads cut in raids`."""
    while (
        tree.deps[i] == "ccomp"
        and is_passive(tree, tree.heads[i])
        and not is_saying_verb(tree, tree.heads[i])
    ):
        i = tree.heads[i]
    return i


def is_cause_of(tree: Tree, cause: int, harm: int) -> bool:
    """Whether only words of cause lead from one up to a word of harm: `killed after being shot in a raid`.

    The cause of several passives is given with the last of them: `killed, and 40 are trapped after a strike`.
    """
    path = takewhile(lambda k: k != harm, (cause, *ancestors(tree, cause)))
    return all(
        tree.pos[k] in CAUSE_WORDS
        or tree.words[k].lower() in CAUSING
        or is_last_passive(tree, k)
        or (tree.deps[k] == "pcomp" and is_passive(tree, k))
        for k in path
    )


def is_last_passive(tree: Tree, i: int) -> bool:
    """The `trapped` of `are killed and 40 are trapped`, and what it results in: `are reported missing`."""
    verb = tree.heads[i] if tree.deps[i] in RESULTS else i
    return tree.deps[verb] == "conj" and tree.tags[verb] == "VBN"


def is_other_clause(tree: Tree, i: int) -> bool:
    """`struck Y after Z had killed five`: a clause with a doer or a conjunction of its own."""
    if tree.deps[i] == "ccomp":
        return True
    if tree.deps[i] == "advcl":
        return any(
            tree.deps[k] in ("mark", "advmod") and tree.tags[k] in ("IN", "WRB") for k in tree.children[i]
        )
    return tree.deps[i] == "conj" and bool(dependents(tree, i, SUBJECTS)) and bool(logical_objects(tree, i))


def is_whole_war(tree: Tree, i: int) -> bool:
    """Whether a number counts more than one attack."""
    below = [
        tree.lemmas[k]
        for child in tree.children[i]
        for k in (child, *(() if is_summing_up(tree, child) else tree.children[child]))
        if not (tree.lemmas[k] == "since" and is_within_a_day(tree, i, k))
    ]
    return not CUMULATIVE.isdisjoint(below)


def is_summing_up(tree: Tree, i: int) -> bool:
    """`five were killed, bringing the toll since May to 90`: only the toll is of more than one attack."""
    return tree.deps[i] == "advcl" and tree.tags[i] == "VBG"


def is_within_a_day(tree: Tree, i: int, since: int) -> bool:
    """`killed since midnight`; so is `killed in the worst raid since May`, which compares."""
    is_compared = any(tree.tags[k] == "JJS" for k in range(i, since))
    return is_compared or not HOURS.isdisjoint(tree.lemmas[k] for k in tree.children[since])


def count_at(tree: Tree, i: int, shape: str) -> int | None:
    """How many a word of harm is about."""
    counts = [count_of(tree, noun) for noun in dict.fromkeys(victims_at(tree, i, shape))]
    if not counts or None in counts:
        return number_before(tree, i)
    return sum(count for count in counts if count is not None)


def victims_at(tree: Tree, i: int, shape: str) -> list[int]:
    """The nouns or numbers that say who was harmed."""
    if shape == TOLL:
        is_level = tree.deps[i] in SUBJECTS | OBJECTS  # the toll rises to 46
        return nouns_after(tree, i, *LEVELS) or (
            nouns_after(tree, tree.heads[i], *LEVELS) if is_level else []
        )
    if shape == "noun":
        victims = [i] if count_of(tree, i) is not None else nouns_after(tree, i, "of")
    elif shape == "subject":
        victims = logical_subjects(tree, i)
    elif shape == "manner":
        victims = logical_objects(tree, tree.heads[i])
    elif shape == "object" and tree.tags[i] == "NNS":  # kills four and wounds five, read as a noun
        return next(([k] for k in range(i + 1, min(i + 4, len(tree.words))) if tree.pos[k] == "NUM"), [])
    elif shape == "object" and tree.pos[i] == "VERB":  # a headline's `nine people killed` has a subject
        victims = logical_objects(tree, i) or dependents(tree, i, SUBJECTS)
    else:
        victims = described(tree, i)
    joined = [noun for victim in victims for noun in coordinated(tree, victim) if not is_gloss(tree, noun)]
    joined = [noun for noun in joined if noun in victims[:1] or not is_harmed_else(tree, noun, victims[0], i)]
    return [noun for noun in joined if is_victim(tree, noun)]


def is_victim(tree: Tree, noun: int) -> bool:
    """Not the soldiers of `four of the soldiers`, a verb read as one more victim, nor `three sheep`."""
    prep = tree.heads[noun]
    is_part = tree.deps[noun] == "pobj" and tree.pos[tree.heads[prep]] == "NUM"
    if not word_classes()["animal"].isdisjoint((tree.lemmas[noun], tree.words[noun].lower())):
        return False
    return not is_part and (tree.lemmas[noun] not in harm_words() or shape_of(tree, noun) == "noun")


def is_harmed_else(tree: Tree, noun: int, first: int, i: int) -> bool:
    """The others of `three people killed and ten others injured`, who were not killed.

    The word for it may also come before them, taken for a noun: `kills three people and wounds ten others`.
    """
    words = (*dependents(tree, noun, MODIFIERS), *range(first + 1, noun))
    return any(k != i and tree.lemmas[k] in harm_words() for k in words)


def is_gloss(tree: Tree, noun: int) -> bool:
    """The children of `fifteen people, mostly women and children`: some of those whose number is given."""
    above = takewhile(lambda k: tree.pos[k] in NOMINAL, (noun, *ancestors(tree, noun)))
    return any(tree.deps[k] in APPOSITIONS and (count_of(tree, tree.heads[k]) or 0) > 1 for k in above)


def described(tree: Tree, i: int) -> list[int]:
    """Who is dead: the two soldiers of `leaves two soldiers dead`."""
    head = tree.heads[i]
    if tree.deps[i] in MODIFIERS:
        return [first_of_list(tree, head)]
    is_result = tree.deps[i] in RESULTS
    above = (
        dependents(tree, head, PATIENTS) or dependents(tree, i, SUBJECTS) or dependents(tree, head, SUBJECTS)
    )
    return above if is_result else []


def first_of_list(tree: Tree, noun: int) -> int:
    """The soldiers of `soldiers and herders`, given the herders."""
    above = takewhile(lambda k: tree.pos[k] in NOMINAL, ancestors(tree, noun))
    return next((k for k in above if tree.deps[noun] == "conj" and tree.deps[k] != "conj"), noun)


def count_of(tree: Tree, noun: int) -> int | None:
    """How many a noun or number stands for; None where it does not say."""
    if tree.words[noun].lower() in NOBODY:
        return 0
    numbers = (number_at(tree, i) for i in (noun, *dependents(tree, noun, NUMBERS), *misread(tree, noun)))
    value = next((number for number in numbers if number is not None), None)
    if value is not None:
        return value
    determiners = {tree.words[k].lower() for k in tree.children[noun] if tree.deps[k] == "det"}
    if "no" in determiners:
        return 0
    is_one = bool(determiners & ONE_EACH) or ("the" in determiners and tree.lemmas[noun] not in harm_words())
    is_one = is_one and tree.tags[noun] == "NN" and not is_group(tree, noun)
    return 1 if is_one or is_explained_name(tree, noun) else None


def is_group(tree: Tree, noun: int) -> bool:
    """Whether one of them is not one person: `a family`, `a group of herders`."""
    return tree.lemmas[noun] in GROUPS or tree.lemmas[noun] in word_classes()["quantity"] - PEOPLE


def misread(tree: Tree, noun: int) -> list[int]:
    """Numbers that the parser takes for other modifiers: `eleven people`, `three Thai soldiers`."""
    modifiers = dependents(tree, noun, MISREAD_NUMBERS)
    nested = [k for modifier in modifiers for k in dependents(tree, modifier, frozenset(("compound",)))]
    return [
        k for k in (*modifiers, *nested) if tree.tags[k] == "CD" or tree.words[k].lower() in number_words()
    ]


def is_explained_name(tree: Tree, noun: int) -> bool:
    """Whether a name is of one person, by what is said of it: `Jo Doe, a commander`, `spokesman Jo Doe`."""
    titles = dependents(tree, noun, frozenset(("compound",)))
    said = dependents(tree, noun, APPOSITIONS) + titles
    return tree.tags[noun] == "NNP" and any(tree.tags[k] == "NN" and not is_group(tree, k) for k in said)


def number_before(tree: Tree, i: int) -> int | None:
    """The number right before a word: `15 injured`."""
    before = i - 2 if i and tree.lemmas[i - 1] in PEOPLE else i - 1
    return number_at(tree, before) if before >= 0 else None


def number_at(tree: Tree, i: int) -> int | None:
    """The value of the number that ends at a word; of `20 to 30` it is 20."""
    value = value_of(tree.words[i])
    if value is None or YEAR.fullmatch(tree.words[i]):
        return None
    if i > 1 and tree.words[i - 1] == "-" and value < 10:  # twenty-one
        return value + (value_of(tree.words[i - 2]) or 0)
    lower = [value_of(tree.words[k]) for k in tree.children[i] if tree.deps[k] in LOWER_NUMBERS]
    known = [number for number in lower if number]
    if known and tree.lemmas[i] in MULTIPLIERS:  # two dozen, three hundred
        return known[0] * value
    return min([value, *known])


def value_of(word: str) -> int | None:
    """`33`, `1,200`, `seven`."""
    plain = word.replace(",", "")
    is_figure = plain.isdecimal() and len(plain) <= LONGEST
    return int(plain) if is_figure else number_words().get(word.lower())
