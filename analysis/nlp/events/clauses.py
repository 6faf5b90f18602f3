"""A parsed text as plain lists, and what rules ask of it: who is subject, what is object, and when.

`analysis.nlp.events.parse_repair` reads the lists and mends them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from analysis.nlp.events.lexicon import agent_nouns, operators, verb_frames
from analysis.nlp.parse.word_classes import kinds_of_words

SUBJECTS = frozenset(("nsubj", "csubj", "expl"))
PASSIVE_SUBJECTS = frozenset(("nsubjpass", "csubjpass"))
OBJECTS = frozenset(("dobj", "obj", "dative", "oprd", "attr"))
PARTIES = SUBJECTS | PASSIVE_SUBJECTS | OBJECTS
CLAUSAL = frozenset(("ccomp",))
RELATIVES = frozenset(("who", "which", "that", "whom"))
PRONOUNS = frozenset(("it", "they", "he", "she", "we", "i", "them", "him", "her"))
VERBAL = frozenset(("VERB", "AUX", "ADJ"))
INHERITING = frozenset(("conj", "xcomp", "advcl", "ccomp", "dep", "acomp"))
SUBJECT_CONTROL = frozenset(
    ("promise", "threaten", "use", "take", "make", "have", "hold", "send", "spend", "deploy")
)
"""X promised Y to leave: X leaves; with `asked`, Y does."""
HELPERS = frozenset(("aux", "auxpass"))
NOMINAL = frozenset(("NOUN", "PROPN"))
LETTING = frozenset(("help", "let", "make"))
HELPED = HELPERS | {"mark"}
YEAR = re.compile(r"1[89]\d\d|20\d\d")
GROUNDS = frozenset(("for", "of"))
JUDGING = frozenset(("ACCUSE", "COERCE", "SANCTION", "SUPPORT"))
DEPTH = 4  # how far a rule climbs or descends


@dataclass(frozen=True)
class Tree:
    """Columns of a Doc; every rule works on token numbers."""

    doc: Doc
    words: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]
    latest_year: int  # 0 where the text names none


def kids(tree: Tree, i: int, deps: frozenset[str]) -> list[int]:
    return [child for child in tree.children[i] if tree.deps[child] in deps]


PREPS = frozenset(("prep", "agent", "dative"))
REASONS = frozenset(("according", "due", "owing", "thanks", "because", "despite", "prior", "instead", "amid"))
POBJ = frozenset(("pobj", "pcomp"))
CONJ = frozenset(("conj",))
POSS = frozenset(("poss",))
NAMING = frozenset(("amod", "compound", "nmod"))
APPOS = frozenset(("appos",))


def spread(tree: Tree, head: int) -> list[int]:
    """A noun, what stands for it in `a series of attacks`, and what is joined to it by `and`."""
    found, waiting = [], [head]
    while waiting and len(found) < 40:
        i = waiting.pop(0)
        found.append(i)
        waiting += kids(tree, i, CONJ)
        waiting += [joined for other in kids(tree, i, APPOS) for joined in kids(tree, other, CONJ)]
        if kids(tree, i, CONJ):  # X, Y, and Z, where the parser takes Y to explain X
            waiting += [other for other in kids(tree, i, APPOS) if tree.pos[other] == "PROPN"]
        link = "for" if tree.lemmas[i] == "responsibility" else "of"
        if link == "for" or tree.lemmas[i] in kinds_of_words()["quantity"] or tree.pos[i] == "NUM":
            waiting += nouns_after(tree, i, link)
    return found


def phrases(tree: Tree, i: int) -> Iterator[tuple[int, int]]:
    """(preposition, noun) pairs below a word; `out of`, `ahead of` and `from within` are walked through."""
    adverbs = kids(tree, i, frozenset(("advmod",)))  # short of, ahead of, together with
    for prep in (*kids(tree, i, PREPS), *(p for adverb in adverbs for p in kids(tree, adverb, PREPS))):
        if tree.pos[prep] not in ("ADP", "SCONJ", "VERB", "ADV") or tree.words[prep].lower() in REASONS:
            continue
        for noun in tree.children[prep]:
            if tree.deps[noun] in POBJ:
                yield prep, noun
            elif tree.deps[noun] == "prep":
                for inner in kids(tree, noun, POBJ):
                    yield noun, inner


def nouns_after(tree: Tree, i: int, *prepositions: str) -> list[int]:
    """The nouns to which some prepositions lead from a word."""
    return [noun for prep, noun in phrases(tree, i) if tree.lemmas[prep] in prepositions]


def is_passive(tree: Tree, verb: int) -> bool:
    """`was struck`, and the bare participle of `missiles fired by`."""
    if any(tree.deps[child] in ("nsubjpass", "auxpass", "agent") for child in tree.children[verb]):
        return True
    return tree.deps[verb] == "acl" and tree.tags[verb] == "VBN"


def subjects(tree: Tree, verb: int, depth: int = 0) -> list[int]:
    """Who does it: the grammatical subject, found through `to`, `-ing`, `and`, `who`, and `it` after `said`.

    In the passive it is the noun after `by`.
    """
    if is_passive(tree, verb):
        return passive_doers(tree, verb)
    own = kids(tree, verb, SUBJECTS)
    if own:
        return antecedent(tree, verb, own[-1])
    if tree.heads[verb] == verb and tree.tags[verb] == "VB":  # a headline's `Visit by X`
        return nouns_after(tree, verb, "by")
    if tree.tags[verb].startswith("NN") and tree.deps[verb] == "conj":  # kills nine and injures ten
        return climb_to_verb(tree, tree.heads[verb], depth) if depth < DEPTH else []
    if tree.tags[verb].startswith("NN"):  # a headline's `Minister visits Rome`, read as one noun
        return [i for i in kids(tree, verb, frozenset(("compound", "amod"))) if i == verb - 1]
    if tree.heads[verb] == verb or depth > DEPTH:
        return []
    if is_headline(tree, verb) or tree.deps[verb] == "amod":
        return [tree.heads[verb]]
    return subjects_above(tree, verb, depth)


def subjects_above(tree: Tree, verb: int, depth: int) -> list[int]:
    """Who does what stands in a clause without subject: the noun or the clause above tells."""
    head, dep = tree.heads[verb], tree.deps[verb]
    if dep == "acl" and tree.words[verb - 1] == ",":  # struck Kabul, killing five: not Kabul kills
        return climb_to_verb(tree, head, depth)
    if dep == "acl":
        return noun_doers(tree, verb, held(tree, head))
    if dep == "pcomp":
        above = tree.heads[head]
        if tree.pos[above] == "NOUN":
            return noun_subjects(tree, above) or inside_doers(tree, above, depth)
        return (judged(tree, above) if tree.lemmas[head] in GROUNDS else []) or climb_to_verb(
            tree, head, depth
        )
    if dep not in INHERITING or tree.pos[head] not in VERBAL:
        return []
    if dep == "xcomp" and tree.lemmas[head] not in SUBJECT_CONTROL and kids(tree, head, OBJECTS):
        return kids(tree, head, OBJECTS)
    return patients_of_passive(tree, head) if is_passive(tree, head) else subjects(tree, head, depth + 1)


def inside_doers(tree: Tree, noun: int, depth: int) -> list[int]:
    """X of `X is in the process of helping`, Y of `X arrested Y on suspicion of helping`."""
    kinds = kinds_of_words()
    verb = tree.heads[tree.heads[noun]]
    if tree.deps[noun] != "pobj" or tree.pos[verb] not in VERBAL:
        return []
    if tree.lemmas[noun] in kinds["suspicion"]:
        return objects(tree, verb)
    return climb_to_verb(tree, verb, depth) if tree.lemmas[noun] in kinds["process"] else []


def held(tree: Tree, noun: int) -> int:
    """The strikes of `strikes in X targeting Y`, where the parser gives the participle to the place."""
    prep = tree.heads[noun]
    is_name = tree.pos[noun] == "PROPN" and tree.deps[noun] == "pobj"
    is_place = is_name and tree.lemmas[prep] in ("in", "at", "near", "on")
    return tree.heads[prep] if is_place and tree.pos[tree.heads[prep]] == "NOUN" else noun


def noun_doers(tree: Tree, verb: int, noun: int) -> list[int]:
    """`troops firing`, `those supporting`; and `a decree granting`, whose doer is who signs it."""
    own = [noun] if tree.tags[verb] == "VBG" else []
    acts_itself = tree.lemmas[noun] in agent_nouns() or tree.pos[noun] == "PRON"
    return own if own and acts_itself else own + noun_subjects(tree, noun)


def judged(tree: Tree, verb: int) -> list[int]:
    """Whose deed follows `for`: `thanked X for helping`, `put sanctions on X for helping`."""
    frame = verb_frames().get(tree.lemmas[verb], {})
    if not any(rule.root in JUDGING for rule in frame.values()):
        return []
    things = objects(tree, verb)
    struck = [noun for i in (verb, *things) for noun in nouns_after(tree, i, "on", "against")]
    return struck or things


def passive_doers(tree: Tree, verb: int) -> list[int]:
    """The noun after `by`, else the occasion: `killed in a strike`, `condemned in a statement`."""
    doers = [noun for prep in kids(tree, verb, frozenset(("agent",))) for noun in kids(tree, prep, POBJ)]
    occasions = kinds_of_words()["occasion"]
    inside = [n for noun in nouns_after(tree, verb, "in", "during") for n in spread(tree, noun)]
    return doers or [noun for noun in inside if tree.lemmas[noun] in occasions]


def patients_of_passive(tree: Tree, verb: int) -> list[int]:
    return kids(tree, verb, PASSIVE_SUBJECTS)


def climb_to_verb(tree: Tree, i: int, depth: int) -> list[int]:
    """Subject of the verb above a preposition: `after meeting Xi, he said`."""
    for _ in range(DEPTH):
        if tree.pos[i] in ("VERB", "AUX"):
            return subjects(tree, i, depth + 1)
        if tree.heads[i] == i:
            return []
        i = tree.heads[i]
    return []


def noun_subjects(tree: Tree, noun: int) -> list[int]:
    """Whose plan it is in `his plan to attack`: subject of the verb above, or the owner."""
    owners = kids(tree, noun, POSS)
    whole = tree.heads[tree.heads[noun]]
    if tree.deps[noun] == "pobj" and tree.lemmas[whole] in kinds_of_words()["quantity"]:  # a series of bans
        return owners or noun_subjects(tree, whole)
    owners = owners or [i for i in kids(tree, noun, NAMING) if tree.words[i][0].isupper()]  # a U.S. plan to
    return owners or (climb_to_verb(tree, tree.heads[noun], 1) if tree.deps[noun] in OBJECTS else [])


def antecedent(tree: Tree, verb: int, subject: int) -> list[int]:
    """The noun behind `who` and `which`; the speaker behind `it` in `X said it would`."""
    word = tree.words[subject].lower()
    if tree.deps[verb] == "relcl" and word in RELATIVES:
        return [tree.heads[verb]]
    head = tree.heads[verb]
    is_announced = tree.deps[verb] == "acl" and tree.lemmas[head] in kinds_of_words()["announcement"]
    if word in PRONOUNS and is_announced:
        return [subject, *noun_subjects(tree, head)]  # X's announcement that it would
    if word in PRONOUNS and tree.deps[verb] == "relcl" and is_where(tree, verb):
        return [subject, *climb_to_verb(tree, head, 1)]  # X visited Rome, where he met Y
    if word in PRONOUNS and tree.deps[verb] in ("ccomp", "conj") and head != verb:
        above = kids(tree, head, SUBJECTS) or said_by(tree, head)
        if above and tree.words[above[-1]].lower() not in PRONOUNS:
            return [subject, *antecedent(tree, head, above[-1])]
    return [subject]


def is_where(tree: Tree, verb: int) -> bool:
    return any(tree.words[i].lower() == "where" for i in tree.children[verb])


def said_by(tree: Tree, verb: int) -> list[int]:
    """Who says what stands below a participle: `met reporters, adding that it would help`."""
    if tree.tags[verb] != "VBG" or not is_saying(tree, verb):
        return []
    above = [verb]
    for _ in range(DEPTH):
        above.append(tree.heads[above[-1]])
    return next((own for i in above if (own := kids(tree, i, SUBJECTS))), [])


def is_saying(tree: Tree, word: int) -> bool:
    return "say" in operators().get(tree.lemmas[word], frozenset())


def objects(tree: Tree, verb: int) -> list[int]:
    """What it is done to: objects, subjects of a passive, the noun before `which`, and what `and` adds."""
    found = kids(tree, verb, OBJECTS | PASSIVE_SUBJECTS)
    for below in kids(
        tree, verb, CLAUSAL
    ):  # `urged X to leave`, `helped X leave`: the parser makes X subject of the infinitive
        if is_infinitive(tree, below) or is_bare_infinitive(tree, below):
            found += kids(tree, below, SUBJECTS)
    found = [i for i in found if tree.pos[i] not in ("ADP", "SCONJ")]
    relative = [i for i in found if tree.words[i].lower() in RELATIVES and tree.deps[verb] == "relcl"]
    found = [tree.heads[verb] if i in relative else i for i in found]
    if tree.deps[verb] == "acl" and tree.tags[verb] == "VBN":
        found.append(tree.heads[verb])
    return [noun for i in found for noun in spread(tree, i)]


def is_infinitive(tree: Tree, verb: int) -> bool:
    return any(tree.tags[i] == "TO" for i in tree.children[verb])


def is_bare_infinitive(tree: Tree, verb: int) -> bool:
    """The `leave` of `helped X leave`."""
    is_below = tree.deps[verb] in CLAUSAL and tree.lemmas[tree.heads[verb]] in LETTING
    return is_below and tree.tags[verb] in ("VB", "VBP") and not kids(tree, verb, HELPED)


def particles(tree: Tree, verb: int) -> list[int]:
    """Words that may belong to the verb: `carry out`, `call on`, `back down`."""
    return [
        child
        for child in tree.children[verb]
        if tree.deps[child] in ("prt", "prep", "dative")
        or (tree.deps[child] == "advmod" and (tree.pos[child] in ("ADP", "ADV") or is_home(tree, child)))
    ]


def is_home(tree: Tree, i: int) -> bool:
    """The `home` of `sent X home`, a noun for the tagger."""
    return tree.words[i].lower() == "home"


def is_time(tree: Tree, i: int) -> bool:
    return tree.lemmas[i] in kinds_of_words()["time"] or (tree.pos[i] == "NUM" and tree.words[i].isdigit())


def complements(tree: Tree, verb: int) -> list[int]:
    """Verbs below a verb that carry its content: `agreed to release`, `stopped short of invading`."""
    found = [
        i
        for i in tree.children[verb]
        if tree.deps[i] in ("xcomp", "ccomp") and tree.pos[i] in ("VERB", "AUX", "ADJ")
    ]
    adverbs = kids(tree, verb, frozenset(("advmod",)))  # stopped short of invading
    for prep in (p for word in (verb, *adverbs) for p in kids(tree, word, frozenset(("prep",)))):
        found += [i for i in tree.children[prep] if tree.deps[i] == "pcomp"]
    return found


# When, and whether at all

WILL = frozenset(("will", "shall", "'ll", "’ll"))
MAYBE = frozenset(
    ("would", "could", "may", "might", "can", "'d", "’d", "should", "must", "ought", "wo", "ca")
)
IF = frozenset(("if", "unless", "whether", "lest", "should"))
DENIALS = frozenset(("deny", "refute", "disprove", "dismiss", "reject", "dispute"))
CLAIMS = frozenset(("claim", "allegation", "accusation", "report", "charge", "suggestion", "assertion"))
SUSPECTING = frozenset(("accuse", "suspect", "blame"))
UNDONE = frozenset(("without", "against"))
TIMED = frozenset(("until", "before"))
NEGATIVES = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "hardly"))
NOBODY = frozenset(("nothing", "nobody", "none", "noone"))
RESTRICTING = frozenset(("but", "except", "less", "short"))
NOUN_CLAUSES = frozenset(("relcl", "acl"))
DEMANDS = frozenset(
    ("insist", "demand", "request", "ask", "propose", "recommend", "require", "urge", "stipulate")
)
PAST_TAGS = frozenset(("VBD", "VBN"))


def auxiliaries(tree: Tree, verb: int) -> list[int]:
    own = kids(tree, verb, HELPERS)
    head = tree.heads[verb]
    if not own and tree.deps[verb] == "conj" and not kids(tree, verb, SUBJECTS) and tree.tags[verb] == "VB":
        return auxiliaries(tree, head) if head != verb else []
    return own


def may_come(tree: Tree, verb: int) -> bool:
    """`may impose`, `would impose`, but not the purpose in `moved to impose`."""
    return any(tree.words[i].lower() in ("may", "might", "could", "would") for i in auxiliaries(tree, verb))


def is_negated(tree: Tree, verb: int) -> bool:
    for child in tree.children[verb]:
        if tree.deps[child] in ("neg", "det", "cc", "preconj", "advmod") and tree.lemmas[child] in NEGATIVES:
            return True
        if tree.deps[child] in PARTIES and (is_nothing(tree, child) or is_no(tree, child)):
            return True
        if tree.lemmas[child] in ("long", "longer") and any(
            tree.lemmas[k] == "no" for k in tree.children[child]
        ):
            return True  # will no longer help
    return tree.deps[verb] in NOUN_CLAUSES and is_nothing(tree, tree.heads[verb])


def is_nothing(tree: Tree, noun: int) -> bool:
    """`nothing`, `none of them`; but not `nothing but`, which is something."""
    follows = tree.words[noun + 1].lower() if noun + 1 < len(tree.words) else ""
    return tree.words[noun].lower() in NOBODY and follows not in RESTRICTING


def is_no(tree: Tree, noun: int) -> bool:
    """`no one`, `no aid`, `neither side`."""
    return any(
        tree.deps[i] in ("det", "neg", "cc", "preconj") and tree.lemmas[i] in ("no", "neither")
        for i in tree.children[noun]
    )


def verb_status(tree: Tree, verb: int) -> str:
    """past, ongoing, future, hypothetical or negated, from auxiliaries, conjunctions and the verb above."""
    head = tree.heads[verb]
    if (
        tree.deps[verb] == "conj"
        and tree.tags[verb] == "VB"
        and head < verb
        and not kids(tree, verb, SUBJECTS | HELPERS)
    ):
        return verb_status(tree, head)  # urged to stop and withdraw
    helpers = [tree.words[i].lower() for i in auxiliaries(tree, verb)]
    if is_negated(tree, verb) or is_denied(tree, verb):
        return "negated"
    if tree.deps[verb] == "pcomp" and tree.lemmas[tree.heads[head]] in SUSPECTING:
        return "hypothetical"  # accused of attacking
    if tree.deps[verb] == "pcomp" and tree.pos[tree.heads[head]] == "NOUN":  # no plans of attacking
        return intended(tree, tree.heads[head])
    if is_conditional(tree, verb):
        return "hypothetical"
    if any(word in WILL for word in helpers) or is_headline_future(tree, verb, helpers):
        return "future"
    if any(word in MAYBE for word in helpers):
        return "future" if is_reported_future(tree, verb, helpers) else "hypothetical"
    if is_subjunctive(tree, verb, helpers) or is_asked(tree, verb):
        return "hypothetical"
    if tree.tags[verb] == "VBG" and any(
        word in ("is", "are", "'s", "’s", "am", "been", "be", "’re", "'re") for word in helpers
    ):
        return "ongoing"
    if (
        tree.deps[verb] == "ccomp"
        and "to" in helpers
        and verb_status(tree, head) in ("future", "hypothetical")
    ):
        return "hypothetical"  # a deal that would let X send troops
    if tree.deps[verb] == "xcomp" or (tree.deps[verb] in ("advcl", "acl", "relcl") and "to" in helpers):
        return infinitive_status(tree, verb) if "to" in helpers else "past"
    return "past"


def is_denied(tree: Tree, verb: int) -> bool:
    """`left without attacking`, `denied that X attacked`, `rejected claims that X attacked`."""
    head, dep = tree.heads[verb], tree.deps[verb]
    if dep == "pcomp":
        return tree.lemmas[head] in UNDONE
    if dep == "ccomp":  # but not: X accused Y of theft, a charge Y denies
        return head < verb and tree.lemmas[head] in DENIALS and not is_negated(tree, head)
    is_claim = dep in ("acl", "relcl") and tree.lemmas[head] in CLAIMS
    return is_claim and tree.lemmas[tree.heads[head]] in DENIALS


def is_asked(tree: Tree, verb: int) -> bool:
    """`Did X attack Y?`; but `When did X attack Y?` takes it for granted."""
    starts = kids(tree, verb, HELPERS)
    own = kids(tree, verb, SUBJECTS | PASSIVE_SUBJECTS)
    if not starts or not own or starts[0] > own[0]:
        return False
    sentence = tree.doc[verb].sent
    is_open = any(tree.tags[i] in ("WRB", "WP", "WDT") for i in range(sentence.start, starts[0]))
    return not is_open and any(word == "?" for word in tree.words[sentence.end - 3 : sentence.end])


def infinitive_status(tree: Tree, verb: int) -> str:
    """`will travel to discuss` is as much to come as the travel; elsewhere an aim is only an aim."""
    head = tree.heads[verb]
    is_ahead = tree.pos[head] in VERBAL and any(
        tree.words[i].lower() in WILL for i in auxiliaries(tree, head)
    )
    return "future" if is_ahead and not is_negated(tree, head) else "hypothetical"


def is_conditional(tree: Tree, verb: int) -> bool:
    """`if X attacks`, `before X lifts the ban`; but `before X lifted it` only tells a time."""
    marks = {tree.words[i].lower() for i in tree.children[verb] if tree.deps[i] == "mark"}
    is_open = tree.tags[verb] not in PAST_TAGS and tree.lemmas[verb] != "be"
    return bool(marks & IF) or (bool(marks & TIMED) and is_open)


def is_subjunctive(tree: Tree, verb: int, helpers: list[str]) -> bool:
    """`insists that X allow access`: a demand, no deed."""
    is_below = tree.deps[verb] == "ccomp" and tree.lemmas[tree.heads[verb]] in DEMANDS
    return is_below and not helpers and tree.tags[verb] in ("VB", "VBP") and bool(kids(tree, verb, SUBJECTS))


def intended(tree: Tree, noun: int) -> str:
    """Status of what stands below a plan, a threat or a refusal."""
    if any(tree.lemmas[child] in NEGATIVES for child in tree.children[noun]):
        return "negated"
    kinds = kinds_of_words()
    if tree.lemmas[noun] in kinds["ban"]:  # a ban on issuing visas
        return "negated"
    is_open = operators().get(tree.lemmas[noun], frozenset()) & {"future", "deny", "aspect"}
    is_open = is_open or tree.lemmas[noun] in kinds["wish"] | kinds["suspicion"]
    return "hypothetical" if is_open else "past"


def is_headline(tree: Tree, verb: int) -> bool:
    """`Minister to visit Rome`: an infinitive below the capitalised word right before its `to`."""
    head = tree.heads[verb]
    has_to = any(tree.tags[i] == "TO" and i == head + 1 for i in tree.children[verb])
    return has_to and tree.deps[head] in ("ROOT", "nsubj") and tree.words[head][0].isupper()


def is_headline_future(tree: Tree, verb: int, helpers: list[str]) -> bool:
    """The same, and `Minister to visit Rome` where the parser sees a subject and a verb."""
    if "to" not in helpers:
        return False
    return is_headline(tree, verb) or (tree.heads[verb] == verb and bool(kids(tree, verb, SUBJECTS)))


def is_reported_future(tree: Tree, verb: int, helpers: list[str]) -> bool:
    """`said it would withdraw` is `will withdraw` one tense back, as is `would withdraw next week`.

    With a condition, or where it is feared or hoped, it stays open.
    """
    is_would = bool({"would", "'d", "’d"} & set(helpers))
    is_open = any(tree.deps[i] == "advcl" and has_if(tree, i) for i in tree.children[verb])
    return is_would and not is_open and (is_told(tree, verb) or is_dated_ahead(tree, verb))


def is_told(tree: Tree, verb: int) -> bool:
    """Below or beside a verb in the past, below `saying` or `announcement`, or with `according to`."""
    first = verb
    if tree.deps[verb] == "conj" and tree.tags[tree.heads[verb]] in PAST_TAGS:
        return True
    while tree.deps[first] == "conj" and tree.heads[first] != first:  # would send aid and would open a road
        first = tree.heads[first]
    head = tree.heads[first]
    if tree.deps[first] == "ccomp":
        is_past = tree.tags[head] in PAST_TAGS or (tree.tags[head] == "VBG" and is_saying(tree, head))
        return is_past and tree.lemmas[head] not in kinds_of_words()["wish"] | kinds_of_words()["forecast"]
    if tree.deps[first] == "acl":
        return tree.lemmas[head] in kinds_of_words()["announcement"]
    return any(tree.words[i].lower() == "according" for i in tree.children[verb])


def is_dated_ahead(tree: Tree, verb: int) -> bool:
    """`tomorrow`, `next week`, `later this month`, `in the coming days`."""
    times = [i for i in tree.children[verb] if tree.deps[i] in ("npadvmod", "advmod")]
    times += [noun for _, noun in phrases(tree, verb)]
    nouns = [child for thing in objects(tree, verb) for child in tree.children[thing]]  # talks next week
    times += [i for i in nouns if tree.deps[i] == "npadvmod"]
    near = [i for time in times for i in (time, *tree.children[time])]
    return any(tree.words[i].lower() in kinds_of_words()["ahead"] for i in near)


def has_if(tree: Tree, verb: int) -> bool:
    return any(tree.words[i].lower() in ("if", "unless") for i in tree.children[verb])
