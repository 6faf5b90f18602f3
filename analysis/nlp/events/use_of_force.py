"""Whether troops and weapons that are moved or fired strike, threaten or help somebody."""

from analysis.nlp.events.act_targets import HELPING, is_after, purpose_verbs
from analysis.nlp.events.lexicon import Rule, verb_frame
from analysis.nlp.events.nouns import classes_of, is_border
from analysis.nlp.parse.arguments import logical_objects
from analysis.nlp.parse.tree import Tree, coordinated, nouns_after, prepositional_phrases
from analysis.nlp.parse.word_lists import agent_nouns

ALLY_PREPOSITIONS = ("alongside", "beside")
DESTINATIONS = ("to", "toward", "towards", "near", "along")
NEARBY = ("toward", "towards", "near", "around", "off")
DEPLOYING = frozenset(("deployment",))
BACKING = frozenset(("support", "aid", "defence", "defense"))
PEACEKEEPING = frozenset(("peacekeeping", "peacekeeper"))


def with_use_of_force(
    tree: Tree, verb: int, rule: Rule, patients: list[int], is_unaimed: bool
) -> tuple[Rule, list[int]]:
    """Rule and patients of an act, by whether troops and weapons strike, threaten or help somebody."""
    if "firing" in rule.tags and (is_unaimed or is_at_sea(tree, verb)):
        rule = rule._replace(root="MOBILIZE", mode="weapons")  # a test: nobody is fired at
    if rule.root == "AID" and rule.object_class == "weapon" and comes_near(tree, verb):
        rule = rule._replace(root="MOBILIZE", mode="weapons")  # sent tanks to the border: to help nobody
    if rule.object_class == "exercise" and any(is_after(tree, noun, "with") for noun in patients):
        return rule._replace(root="COOPERATE", mode=None, shape="mutual"), patients
    if rule.root == "MOBILIZE":
        backed = sided_with(tree, verb)
        if backed or keeps_peace(tree, verb):
            return rule._replace(root="AID", mode=None), backed or patients
    return rule, patients


def is_at_sea(tree: Tree, verb: int) -> bool:
    """Missiles fired into the sea."""
    return any("sea" in classes_of(tree, noun) for _, noun in prepositional_phrases(tree, verb))


def comes_near(tree: Tree, verb: int) -> bool:
    """Whether something is moved to a border or a coast, or towards a country and not to it."""
    things = logical_objects(tree, verb)
    heads = (verb, *things, *(noun for thing in things for noun in nouns_after(tree, thing, "of")))
    is_at_border = any(is_border(tree, noun) for i in heads for noun in nouns_after(tree, i, *DESTINATIONS))
    return is_at_border or any(nouns_after(tree, i, *NEARBY) for i in heads)


def keeps_peace(tree: Tree, verb: int) -> bool:
    """Troops sent on a peacekeeping mission, or to defend somebody, help. Source: CAMEO 074."""
    aims = purpose_verbs(tree, verb)
    if any(tree.lemmas[i] in HELPING and logical_objects(tree, i) for i in aims):
        return True
    near = [verb, *tree.children[verb]]
    words = {i for child in near for i in (child, *tree.children[child])}
    words |= {
        n for child in near for _, noun in prepositional_phrases(tree, child) for n in tree.children[noun]
    }
    return any(tree.lemmas[i] in PEACEKEEPING for i in words)


def host_countries(tree: Tree, noun: int) -> list[int]:
    """The X of `the deployment of troops to X`, who has them; not of troops sent to X's border or sea."""
    if tree.lemmas[noun] not in DEPLOYING:
        return []
    above = [tree.heads[noun]] if tree.deps[noun] == "dobj" else []  # where the parser hangs the `to`
    heads = (noun, *nouns_after(tree, noun, "of"), *above)
    hosts = [n for head in heads for i in nouns_after(tree, head, "to") for n in coordinated(tree, i)]
    return [n for n in hosts if tree.pos[n] == "PROPN" and not is_border(tree, n)]


def sided_with(tree: Tree, verb: int) -> list[int]:
    """Whom troops are sent to fight for: `to fight alongside X`, `in support of X`."""
    fights = [i for i in purpose_verbs(tree, verb) if is_fighting(tree, i)]
    found = [noun for i in fights for noun in nouns_after(tree, i, *ALLY_PREPOSITIONS)]
    found += [noun for i in fights for noun in nouns_after(tree, i, "for") if may_be_side(tree, noun)]
    heads = (verb, *logical_objects(tree, verb))
    backing = [n for i in heads for n in nouns_after(tree, i, "in") if tree.lemmas[n] in BACKING]
    found += [n for noun in backing for n in nouns_after(tree, noun, "of")]
    return [n for noun in found for n in coordinated(tree, noun)]


def is_fighting(tree: Tree, verb: int) -> bool:
    """`fight`, `battle`."""
    rule = verb_frame(tree.lemmas[verb]).bare
    return rule is not None and "fight" in rule.tags


def may_be_side(tree: Tree, noun: int) -> bool:
    """A name or those who act for one: fought for Russia, for the Russian army, not for freedom."""
    return tree.pos[noun] == "PROPN" or tree.lemmas[noun] in agent_nouns()
