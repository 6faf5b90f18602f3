"""Whom an act is done to and where, as token numbers: objects and the nouns that prepositions lead to."""

from collections.abc import Iterator

from analysis.nlp.events.act_agents import is_together
from analysis.nlp.events.frames import Predicate
from analysis.nlp.events.landmarks import is_direction
from analysis.nlp.events.lexicon import Rule
from analysis.nlp.events.nouns import MODIFIERS, is_border, noun_rule
from analysis.nlp.events.predicates import DEPTH, OBLIGATION
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    CLAUSAL_COMPLEMENTS,
    NOMINAL,
    OBJECTS,
    PREPOSITIONAL_OBJECTS,
    SUBJECTS,
    VERBAL,
    Tree,
    ancestors,
    coordinated,
    dependents,
    is_infinitive,
    is_passive,
    is_time,
    nouns_after,
    prepositional_phrases,
)
from analysis.nlp.parse.verb_status import ANNOUNCING
from analysis.nlp.parse.word_lists import word_classes
from analysis.schemas import QUADS

TARGET_PREPOSITIONS = {
    "AGREE": "with to for on from between",
    "CONSULT": "with to between among",
    "SUPPORT": "for to with of between among on",
    "CONCEDE": "to with by from",
    "COOPERATE": "with to between among from",
    "AID": "to for in with toward towards",
    "RETREAT": "from to on against for with of into between",
    "REQUEST": "to from on upon of against with for",
    "ACCUSE": "against at on into about of for with over as toward towards",
    "REJECT": "with to from by of on",
    "THREATEN": "to with against on at into",
    "PROTEST": "against at outside with on over",
    "SANCTION": "to with from on against for in",
    "MOBILIZE": "against to near along around toward towards off into at on",
    "COERCE": "on against for from to of with",
    "ASSAULT": "on against at into toward towards with between among to",
}
"""Prepositions that lead from an act to its target. Source: own."""
VISIT_PREPOSITIONS = ["in", "at", "from"]
PLACE_PREPOSITIONS = frozenset(
    ("in", "inside", "across", "near", "over", "around", "throughout", "outside", "within", "off")
)
CROSSING = frozenset(("through", "across", "at", "via"))  # stopped trade through its border with X
PATH_PREPOSITIONS = frozenset(("into", "through"))
TIE_PREPOSITIONS = ("with", "to")
REPLIES = frozenset(("response", "retaliation", "reply", "answer", "reaction"))
HELP_RECEIVED = frozenset(
    ("support", "help", "backing", "assistance", "aid", "consent", "approval", "blessing")
)
PENALTIES = frozenset(("COERCE", "SANCTION"))
OWN_FORCE = "armed force"  # class of what is used, never of whom it is used against
CONTROLLED = frozenset(
    ("control", "possession", OWN_FORCE)
)  # classes after which `of` leads to who is seized: take control of X
CARRYING = frozenset(
    (
        "airdrop",
        "air-drop",
        "airlift",
        "bring",
        "carry",
        "deliver",
        "dispatch",
        "ferry",
        "fly",
        "rush",
        "send",
        "ship",
        "transport",
    )
)
CAPTURED = frozenset(("city", "place", "named city"))  # classes of what is taken
MISSIONS = frozenset(("embassy", "own ambassador"))  # classes of who is in another country
AIMS = frozenset(("advcl", "acl", "xcomp", "relcl"))
CROSSING_BORDERS = frozenset(
    (
        "import",
        "come",
        "arrive",
        "enter",
        "leave",
        "depart",
        "sail",
        "travel",
        "ship",
        "trade",
        "bring",
        "sell",
    )
)
CONDITIONS = frozenset(("if", "unless"))
HOLDING = frozenset(("occupation", "control", "rule", "presence", "hold", "siege"))
ENTERING = frozenset(("enter", "reach", "leave", "visit"))
ROUTES = ("from", "to", "into", "for")
CLAUSES = frozenset(("acl", "relcl"))
AIMING = frozenset(("target", "hit", "affect", "involve", "cover", "concern"))
HELPING = frozenset(("help", "assist", "support", "protect", "reassure", "train", "bolster", "defend"))
ENABLING = frozenset(("let", "help", "allow", "enable", "aid", "assist"))
RELATIVE_CLAUSES = frozenset(("relcl",))


def verb_targets(tree: Tree, verb: int, rule: Rule, predicate: Predicate) -> tuple[list[int], list[int]]:
    """Nouns that may be the target, the likeliest first, and the places."""
    found, places = [], []
    for head in dict.fromkeys((*predicate.target_heads, verb, *aims_of_force(tree, rule, predicate))):
        if tree.pos[head] in VERBAL:
            found += verb_objects(tree, verb, head, rule, predicate)
        near, far = nouns_led_to(tree, head, rule)
        if rule.root == "ACCUSE" and tree.pos[head] in VERBAL:  # condemned the raid as X's aggression
            near += [noun for thing in logical_objects(tree, head) for noun in nouns_after(tree, thing, "as")]
        found += near + aimed_at(tree, head)
        places += far
        is_means = rule.object_class == OWN_FORCE or "firing" in rule.tags
        if tree.pos[head] in NOMINAL and not is_means and not comes_from(tree, head, rule):
            found.append(head)
            found += defended(tree, head) if rule.root == "SUPPORT" else []
    if rule.root == "RETREAT" and is_passive(tree, verb):
        found += beneficiaries(tree, verb)
    if rule.object_class in CAPTURED and not places:
        places = places_of_main_clause(tree, verb)
    if rule.root == "ASSAULT" or "confronts" in rule.tags:
        found += driven_out(tree, verb)
    if rule.root == "MOBILIZE" and not any(is_named(tree, noun) for noun in found):
        found += answered(tree, verb)
    if rule.root in PENALTIES:  # suspended its arrangement for X's citizens
        things = (i for i in logical_objects(tree, verb) if not noun_rule(tree, i))
        found += [n for thing in things for n in nouns_after(tree, thing, "for", "into")]
    if rule.root == "THREATEN":
        found += who_is_to_yield(tree, verb)
    if rule.root == "ACCUSE":  # filed a complaint against X at Y
        found.sort(key=lambda noun: not is_after(tree, noun, "against"))
    if rule.mode == "release":  # handed X's prisoners over to the Red Cross
        found.sort(key=lambda noun: is_after(tree, noun, "to"))
    if rule.root in ("AID", "COOPERATE"):  # extradited A's citizens to B: B gets them
        found.sort(key=lambda noun: not is_after(tree, noun, "to"))
    return list(dict.fromkeys(found)), places


def verb_objects(tree: Tree, verb: int, head: int, rule: Rule, predicate: Predicate) -> list[int]:
    """Targets among the subjects and objects of one verb of an act."""
    found: list[int] = []
    if rule == OBLIGATION and head != verb:
        found += [n for i in logical_subjects(tree, head) for n in coordinated(tree, i)]
    # Alleged that X did; and the parser makes a verb of it: declared X persona non grata.
    if (rule.root in ("ACCUSE", "REQUEST") and head == verb) or "small clause" in rule.tags:
        below = dependents(tree, verb, CLAUSAL_COMPLEMENTS)
        found += [noun for clause in below for noun in dependents(tree, clause, SUBJECTS)]
    things = logical_objects(tree, head)
    if rule.root == "REJECT":
        things = [rejected_thing(tree, head, thing) for thing in things]
    if "topic" in rule.tags:  # discussed the border with X; but: discussed the war with X
        found += [n for i in things if not noun_rule(tree, i) for n in nouns_after(tree, i, "with")]
    is_target = "topic" not in rule.tags and rule.root != "MOBILIZE"
    is_target = is_target and "firing" not in rule.tags  # fired X's missiles: X only made them
    if is_target or "confronts" in rule.tags:  # to strengthen X's navy threatens nobody
        found += [noun for noun in things if noun not in predicate.words]
    return found + [noun for thing in things for noun in enabled_by(tree, thing)]


def rejected_thing(tree: Tree, verb: int, noun: int) -> int:
    """The demand of `a demand to guard its border with X, which Y rejected`: nobody rejects a country."""
    if tree.deps[verb] != "relcl" or tree.heads[verb] != noun or tree.pos[noun] != "PROPN":
        return noun
    rules = ((i, noun_rule(tree, i)) for i in ancestors(tree, noun) if tree.pos[i] == "NOUN")
    return next((i for i, rule in rules if rule and QUADS[rule.root] == 3), noun)


def driven_out(tree: Tree, verb: int) -> list[int]:
    """Whose hold on a place ends with its capture: `entered the town, ending months of X's occupation`."""
    ending = [i for i in dependents(tree, verb, AIMS) if tree.lemmas[i] == "end" and tree.tags[i] == "VBG"]
    ended = [noun for i in ending for noun in logical_objects(tree, i)]
    ended += [n for noun in ended for n in nouns_after(tree, noun, "of")]
    return [noun for noun in ended if tree.lemmas[noun] in HOLDING]


def is_named(tree: Tree, noun: int) -> bool:
    """A name, or a noun with one before it: `Chilean waters`."""
    return tree.pos[noun] == "PROPN" or any(
        tree.words[i][0].isupper() for i in dependents(tree, noun, MODIFIERS)
    )


def answered(tree: Tree, verb: int) -> list[int]:
    """Whose deed troops are moved for: `called up reserves in response to X's threats`."""
    replies = [noun for noun in nouns_after(tree, verb, "in") if tree.lemmas[noun] in REPLIES]
    return [n for reply in replies for n in nouns_after(tree, reply, "to", "for")]


def who_is_to_yield(tree: Tree, verb: int) -> list[int]:
    """Whose deed a threat depends on: `threatened sanctions if X does not agree`, `unless X withdraws`."""
    below = [i for i in tree.children[verb] if tree.deps[i] == "advcl"]
    conditions = [i for i in below if any(tree.words[k].lower() in CONDITIONS for k in tree.children[i])]
    return [n for i in conditions for n in dependents(tree, i, SUBJECTS)]


def beneficiaries(tree: Tree, verb: int) -> list[int]:
    """Who announces that another's tariffs are put off: nobody else is named for whom they would be."""
    above = tree.heads[verb]
    is_announced = tree.deps[verb] in CLAUSAL_COMPLEMENTS and tree.lemmas[above] in ANNOUNCING
    return logical_subjects(tree, above) if is_announced else []


def aims_of_force(tree: Tree, rule: Rule, predicate: Predicate) -> list[int]:
    """The verb that says what force is for: `used force to take control of X` is force against X."""
    heads = predicate.target_heads if rule.object_class == OWN_FORCE else ()
    return [aim for head in heads if tree.pos[head] in VERBAL for aim in purpose_verbs(tree, head)]


def defended(tree: Tree, noun: int) -> list[int]:
    """The X of `a commitment to defend X`."""
    below = dependents(tree, noun, AIMS)
    helping = [i for i in below if tree.lemmas[i] in HELPING and is_infinitive(tree, i)]
    return [noun for i in helping for noun in logical_objects(tree, i)]


def places_of_main_clause(tree: Tree, verb: int) -> list[int]:
    """Where the clause above is, for what is done in its course: `moved through X, capturing towns`."""
    if tree.tags[verb] != "VBG" or tree.deps[verb] not in ("advcl", "acl") or tree.words[verb - 1] != ",":
        return []
    main = next((i for i in ancestors(tree, verb) if tree.pos[i] == "VERB"), verb)
    below = [pair for i in (main, *logical_objects(tree, main)) for pair in prepositional_phrases(tree, i)]
    inside = [noun for prep, noun in below if tree.lemmas[prep] in PLACE_PREPOSITIONS | PATH_PREPOSITIONS]
    return [n for noun in inside for n in coordinated(tree, noun)]


def enabled_by(tree: Tree, thing: int) -> list[int]:
    """Who gains from a thing by its relative clause: `supplies that let X regroup`."""
    enabling = [verb for verb in dependents(tree, thing, RELATIVE_CLAUSES) if tree.lemmas[verb] in ENABLING]
    below = [inner for verb in enabling for inner in dependents(tree, verb, CLAUSAL_COMPLEMENTS)]
    helped = [noun for verb in enabling for noun in logical_objects(tree, verb) if noun != thing]
    return helped + [noun for verb in below for noun in dependents(tree, verb, SUBJECTS)]


def nouns_led_to(tree: Tree, head: int, rule: Rule) -> tuple[list[int], list[int]]:
    """Nouns after the prepositions that lead to a target, and after those that only give the place."""
    allowed = target_prepositions(rule)
    near, far = [], []
    # a package of arms for X
    inner = nouns_after(tree, head, "of", "in", "worth") if rule.root == "AID" else []
    if rule.root == "MOBILIZE" and tree.pos[head] in NOMINAL:  # the deployment of ships off X
        inner = [noun for noun in nouns_after(tree, head, "of") if tree.pos[noun] == "NOUN"]
    if rule.root in PENALTIES:  # the snapback of sanctions on X
        inner = [noun for noun in nouns_after(tree, head, "of") if noun_rule(tree, noun)]
    phrases = [pair for i in (head, *inner) for pair in phrases_of_act(tree, i)]
    for prep, noun in phrases:
        if leads_elsewhere(tree, head, prep, noun, rule) or (rule.root in PENALTIES and noun in inner):
            continue
        word = tree.lemmas[prep]
        if word in allowed:
            near += target_nouns(tree, noun)
            near += [n for i in (noun, head) for n in trading_partners(tree, i)] if is_on_trade(rule) else []
        elif word == "of" and rule.root == "SANCTION":  # the severance of relations with X
            near += [n for i in nouns_after(tree, noun, *TIE_PREPOSITIONS) for n in coordinated(tree, i)]
        elif word in CROSSING and rule.root == "SANCTION" and is_border(tree, noun):
            near += [n for i in nouns_after(tree, noun, "with") for n in coordinated(tree, i)]
        elif word in PLACE_PREPOSITIONS:
            far += coordinated(tree, noun)
    return sorted(near, key=lambda noun: not is_after(tree, noun, "against")), far


def target_prepositions(rule: Rule) -> list[str]:
    """Prepositions that lead to the target of a rule."""
    allowed = TARGET_PREPOSITIONS[rule.root].split()
    if rule.shape == "reverse":
        allowed.append("from")
    if rule.shape == "object" or rule.object_class in CONTROLLED:
        allowed.append("of")
    if is_carried(rule):
        allowed = [word for word in allowed if word != "from"] + ["into", "over"]  # flew aid into X
    if rule.word.startswith("vote") and "with" in allowed:  # voted with X against a resolution
        allowed.remove("with")
    if rule.mode == "visit":
        allowed += VISIT_PREPOSITIONS
    if rule.object_class == "entry":  # blocks the entry of aid into X
        allowed.append("into")
    if rule.object_class in MISSIONS:
        allowed.append("in")
    return allowed


def is_carried(rule: Rule) -> bool:
    """Whether `from` leads to where a thing comes from: to fly in a hospital from X is no help to X."""
    return rule.word.split()[0] in CARRYING


def comes_from(tree: Tree, thing: int, rule: Rule) -> bool:
    """The hospital of `fly in a hospital from X`."""
    return is_carried(rule) and bool(nouns_after(tree, thing, "from"))


def target_nouns(tree: Tree, noun: int) -> list[int]:
    """A noun after a preposition that leads to the target, and who else is meant by it."""
    found = coordinated(tree, noun)
    if tree.deps[noun] == "pcomp":  # a ban on issuing visas to X, on entering X
        found = found + nouns_after(tree, noun, "to") + [n for i in found for n in entered(tree, i)]
    return found + [n for inner in nouns_after(tree, noun, "against") for n in coordinated(tree, inner)]


def entered(tree: Tree, verb: int) -> list[int]:
    """What somebody is kept from entering."""
    return logical_objects(tree, verb) if tree.lemmas[verb] in ENTERING else []


def is_on_trade(rule: Rule) -> bool:
    """Whether what is carried across a border says at whom an act is aimed: tariffs, bans, blockades."""
    return rule.root in PENALTIES or "blockade" in rule.word


def trading_partners(tree: Tree, noun: int) -> list[int]:
    """Where goods and ships come from or go to: `goods imported from X`, `tankers leaving X`."""
    clauses = [i for i in dependents(tree, noun, CLAUSES) if tree.lemmas[i] in CROSSING_BORDERS]
    joined = [n for i in clauses for n in coordinated(tree, i)]
    found = [n for i in joined for n in (*logical_objects(tree, i), *nouns_after(tree, i, *ROUTES))]
    return [n for n in dict.fromkeys(found) if n != noun]


def phrases_of_act(tree: Tree, head: int) -> Iterator[tuple[int, int]]:
    """Prepositional phrases of an act, also those that the parser hung on a word beside it."""
    yield from prepositional_phrases(tree, head)
    yield from next_phrase(tree, head)
    yield from phrases_after_sum(tree, head)


def next_phrase(tree: Tree, noun: int) -> Iterator[tuple[int, int]]:
    """A preposition right after a noun that the parser gave to a word above it: `angered by sales to X`."""
    prep = noun + 1
    if tree.pos[noun] in NOMINAL and prep < len(tree.words) and tree.deps[prep] == "prep":
        head = tree.heads[prep]
        if head != noun and head in list(ancestors(tree, noun))[:DEPTH]:
            yield from ((prep, inner) for inner in dependents(tree, prep, PREPOSITIONAL_OBJECTS))


def phrases_after_sum(tree: Tree, verb: int) -> Iterator[tuple[int, int]]:
    """Phrases after a sum of money: `will invest 9 billion in X`."""
    for thing in dependents(tree, verb, OBJECTS):
        if tree.pos[thing] in ("NUM", "SYM") or tree.tags[thing] == "$":
            yield from prepositional_phrases(tree, thing)


def leads_elsewhere(tree: Tree, head: int, prep: int, noun: int, rule: Rule) -> bool:
    """A time, a doer, a host, a reason or a border: neither target nor place of the act."""
    return (
        is_time(tree, noun)
        or tree.deps[prep] == "agent"
        or is_together(tree, prep)
        or is_absolute(tree, prep, noun)
        or (tree.lemmas[prep] == "with" and tree.lemmas[noun] in HELP_RECEIVED)
        or is_host(tree, prep, noun, rule)
        or is_reason(tree, prep, head, rule)
        or is_border_of_force(tree, prep, noun, rule)
    )


def is_absolute(tree: Tree, prep: int, noun: int) -> bool:
    """The end of `exchanged prisoners, with X mediating`, which the parser may take for one noun."""
    is_aside = tree.lemmas[prep] == "with" and tree.words[prep - 1] == ","
    return is_aside and tree.words[noun].endswith("ing") and tree.pos[noun - 1] == "PROPN"


def is_host(tree: Tree, prep: int, noun: int, rule: Rule) -> bool:
    """Who receives troops sent `to X` or to X's province, friend or foe; a border is another matter."""
    is_place = tree.pos[noun] == "PROPN" or tree.lemmas[noun] in word_classes()["ground"]
    is_host = is_place and tree.lemmas[prep] == "to" and not is_border(tree, noun)
    return rule.root == "MOBILIZE" and is_host


def is_border_of_force(tree: Tree, prep: int, noun: int, rule: Rule) -> bool:
    """Where force was used: at a border, off a coast or east of X, whose owner need not have been struck."""
    is_far = tree.lemmas[prep] == "off" or is_border(tree, noun) or is_direction(tree, noun)
    return rule.root in ("ASSAULT", "COERCE") and is_far


def is_reason(tree: Tree, prep: int, head: int, rule: Rule) -> bool:
    """What somebody is punished for: in `sentenced X for an attack in Y`, Y is not punished."""
    is_verb = tree.pos[head] in VERBAL and tree.lemmas[prep] == "for"
    return is_verb and rule.root in ("COERCE", "SANCTION", "ACCUSE") and bool(logical_objects(tree, head))


def aimed_at(tree: Tree, noun: int) -> list[int]:
    """Objects of a participle that says at whom an act is aimed: `sanctions targeting X`."""
    below = dependents(tree, noun, AIMS) if tree.pos[noun] in NOMINAL else []
    aiming = [i for i in below if tree.lemmas[i] in AIMING and tree.tags[i] == "VBG"]
    return [thing for i in aiming for thing in logical_objects(tree, i)]


def is_after(tree: Tree, noun: int, *prepositions: str) -> bool:
    return tree.lemmas[tree.heads[noun]] in prepositions


def purposes(tree: Tree, verb: int) -> list[int]:
    """Objects of what it is done for: `gave money to help X`."""
    return [noun for i in purpose_verbs(tree, verb) for noun in logical_objects(tree, i)]


def purpose_verbs(tree: Tree, verb: int) -> list[int]:
    """Infinitives that say what it is done for."""
    below = (verb, *logical_objects(tree, verb))
    found = [i for word in below for i in dependents(tree, word, AIMS)]
    return [i for i in found if is_infinitive(tree, i) or is_below_help(tree, i)]


def is_below_help(tree: Tree, verb: int) -> bool:
    """The `rebuild` of `helped rebuild X`."""
    return tree.tags[verb] == "VB" and tree.lemmas[tree.heads[verb]] == "help"
