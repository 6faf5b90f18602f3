"""Sides that a sentence leaves out because the text told them before.

`India accused Pakistan. Pakistan rejected the charge.` is a no to India. `X struck Y. Spain condemned the
strike.` is a charge against X, and `X struck Y. Since X launched its invasion` is force against Y. After `X
recalled its envoy from Y`, `Z did the same` is what Z did, and `Y responded in kind` what Y did to X.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Span

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.act import Act
from analysis.nlp.events.beside import DEFINITE, is_known, rejects_known_charge
from analysis.nlp.events.event import CodedAct, Event, coded_act
from analysis.nlp.events.lexicon import Rule
from analysis.nlp.events.nouns import noun_rule
from analysis.nlp.events.participants import doers
from analysis.nlp.events.representation import represented
from analysis.nlp.events.sponsors import Actors
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    CLAUSAL_COMPLEMENTS,
    NOMINAL,
    SUBJECTS,
    VERBAL,
    Tree,
    coordinated,
    dependents,
    is_saying_verb,
    nouns_after,
)
from analysis.nlp.parse.verb_status import CLAIMS, verb_status
from analysis.nlp.parse.word_lists import word_classes
from analysis.schemas import ACT_STATUSES, QUADS

MOST_CHARGES = 3  # recent charges that a speaker may be answering
MOST_CLAIMS = 2  # sentences back to a claim that is denied
MOST_DEEDS = 12  # recent acts among which a deed or a target is looked for
JUDGING = frozenset(("ACCUSE", "SUPPORT", "REJECT", "PROTEST"))
HELP = frozenset(("AID", "AGREE"))  # given or promised
RECALLED = frozenset(("ASSAULT", "AID"))
SAME, BACK = "do the same", "respond in kind"  # the rule of an act that echoes another
REPEATED = {
    "do": frozenset(("same", "likewise", "so")),
    "follow": frozenset(("suit",)),
    "take": frozenset(("same", "similar")),
}
"""Verb -> words that make it an echo: followed suit, took the same step."""
REPLYING = frozenset(("respond", "retaliate", "reply", "answer", "react"))
ECHOED = 0.8
SHARE = 0.8  # how sure a side is that only the text before gives
MADE_OF = frozenset(("oprd",))
BESIDE = frozenset(("nmod", "compound"))


class ToldBefore(NamedTuple):
    """What the sentences before told, the latest last."""

    charges: deque[Event]
    deeds: deque[Event]
    claimants: deque[list[Mention]]  # of each sentence, who reported something in it


def nothing_told() -> ToldBefore:
    """The memory of a text that has just begun."""
    return ToldBefore(deque(maxlen=MOST_CHARGES), deque(maxlen=MOST_DEEDS), deque(maxlen=MOST_CLAIMS))


def recalled_acts(
    tree: Tree,
    acts: Sequence[Act],
    sentence: Span,
    actors: Actors,
    found: Sequence[CodedAct],
    before: ToldBefore,
) -> list[CodedAct]:
    """Acts of a sentence whose other side the text named before.

    Args:
        tree: the parsed text.
        acts: of the sentence.
        sentence: of the text.
        actors: token -> the actor mentioned there.
        found: events of the sentence that name both sides.
        before: what the sentences before told; what this one tells is added.
    """
    before.charges.extend(row.event for row in found if is_charge(row.event))
    triggers = {row.event.trigger_start_char for row in found}
    said = list(claimants(tree, sentence, actors))
    deeds = [*before.deeds, *(row.event for row in found)]
    at = (sentence.start, sentence.start)
    recalled = [
        coded_act(tree, act, sentence, (source, Mention(*at, *side, None, None, False)), SHARE)
        for act in acts
        if tree.doc[act.trigger].idx not in triggers
        for source, side in other_sides(tree, act, actors, before, deeds, said)
    ]
    recalled += [
        coded_act(tree, act, sentence, (source, Mention(*at, *side, None, None, False)), SHARE)
        for act, source, side in echoes(tree, sentence, actors, before.deeds)
    ]
    before.deeds.extend(row.event for row in (*found, *recalled))
    before.claimants.append(said)
    return recalled


Side = tuple[str, str, str | None, str]
"""Id, name, country and kind of an actor."""


def other_sides(
    tree: Tree,
    act: Act,
    actors: Actors,
    before: ToldBefore,
    deeds: Sequence[Event],
    said: list[Mention],
) -> Iterator[tuple[Mention, Side]]:
    """Who does an act, and to whom, by the sentences before or by who `said` something in this one."""
    if rejects_known_charge(tree, act) or calls_charge_bad(tree, act):
        is_aside = tree.deps[act.verb] == "relcl"  # X said so, a charge that Y denied
        heard = [*before.claimants, said] if is_aside else before.claimants
        for source in doers(tree, act, actors):
            charge = next((event for event in reversed(before.charges) if is_charged(source, event)), None)
            if charge:
                yield source, source_of(charge)
            elif (claimant := last_claimant(source, heard)) is not None:
                yield source, (claimant.actor_id, claimant.name, claimant.country_code, claimant.kind)
        return
    nouns = judged_deeds(tree, act)
    is_open = is_unaimed(tree, act)
    for source in doers(tree, act, actors) if nouns or is_open else ():
        for noun in nouns:
            deed = last_deed(tree, noun, source, deeds)
            if deed:
                yield source, source_of(deed)
        target = recalled_target(act, source, deeds) if is_open else None
        if target:
            yield source, target


def claimants(tree: Tree, sentence: Span, actors: Actors) -> Iterator[Mention]:
    """Who says in a sentence that something is so, for their country."""
    for verb in range(sentence.start, sentence.end):
        if is_saying_verb(tree, verb) and dependents(tree, verb, CLAUSAL_COMPLEMENTS):
            nouns = [n for i in logical_subjects(tree, verb) for n in coordinated(tree, i)]
            yield from (m for n in nouns for m in represented(tree, n, actors, "doer") if m.country_code)


def last_claimant(denier: Mention, heard: Sequence[list[Mention]]) -> Mention | None:
    """Whose claim somebody denies: of another country, and in the sentences just before."""
    for said in reversed(heard):
        others = [m for m in said if m.country_code != denier.country_code]
        if others:
            return others[-1]
    return None


def echoes(
    tree: Tree, sentence: Span, actors: Actors, deeds: Sequence[Event]
) -> Iterator[tuple[Act, Mention, Side]]:
    """Acts that are only said to be like the last one: `Z did the same`, `Y responded in kind`."""
    last = next((event for event in reversed(deeds) if event.status in ACT_STATUSES), None)
    for verb in range(sentence.start, sentence.end) if last else ():
        echo = echo_of(tree, verb)
        if echo is None or verb_status(tree, verb) not in ACT_STATUSES:
            continue
        side = target_of(last) if echo == SAME else source_of(last)
        rule = Rule(last.root, last.mode, "", echo)
        nouns = [n for i in logical_subjects(tree, verb) for n in coordinated(tree, i)]
        for source in (m for n in nouns for m in represented(tree, n, actors, "doer")):
            is_other = echo == SAME or is_side(source, target_of(last))
            if is_other and not is_side(source, side):
                yield Act(verb, verb, rule, "past", (), (), (), (), ECHOED), source, side


def echo_of(tree: Tree, verb: int) -> str | None:
    """How a verb repeats the last act, if it does: the same to the same side, or back to who did it."""
    if tree.pos[verb] not in VERBAL:
        return None
    below = {tree.lemmas[i].lower() for i in tree.children[verb]}
    below |= {tree.words[i].lower() for noun in logical_objects(tree, verb) for i in tree.children[noun]}
    if below & REPEATED.get(tree.lemmas[verb], frozenset()):
        return SAME
    is_reply = tree.lemmas[verb] in REPLYING
    is_in_kind = is_reply and any(tree.lemmas[n] == "kind" for n in nouns_after(tree, verb, "in"))
    return BACK if is_in_kind or tree.lemmas[verb] == "reciprocate" else None


def is_charge(event: Event) -> bool:
    """An accusation that was made, which its target may reject later."""
    return event.root == "ACCUSE" and event.status in ACT_STATUSES


def is_charged(speaker: Mention, charge: Event) -> bool:
    """Whether a charge is brought against the speaker or their country."""
    is_same = speaker.country_code is not None and speaker.country_code == charge.target_country_code
    return is_same or speaker.actor_id == charge.target_id


def calls_charge_bad(tree: Tree, act: Act) -> bool:
    """`X said the accusations were baseless`."""
    is_blame = act.root == "ACCUSE" and act.status in ACT_STATUSES and act.trigger != act.verb
    return is_blame and any(tree.lemmas[i] in CLAIMS and is_known(tree, i, act.trigger) for i in act.patients)


def judged_deeds(tree: Tree, act: Act) -> list[int]:
    """The deeds that an act judges, where nothing says whose they are."""
    if act.root not in JUDGING or act.status not in ACT_STATUSES or act.shape not in ("", "reverse"):
        return []
    if act.shape == "reverse":  # the strike drew criticism from X
        return [noun for noun in act.patients if is_known_deed(tree, noun)]
    if tree.pos[act.verb] in NOMINAL:  # the strike drew criticism from X
        nouns = logical_subjects(tree, tree.heads[act.verb]) if tree.deps[act.verb] == "dobj" else []
    else:
        below = dependents(tree, act.verb, CLAUSAL_COMPLEMENTS)
        nouns = logical_objects(tree, act.verb) + [n for i in below for n in dependents(tree, i, SUBJECTS)]
        called = dependents(tree, act.verb, MADE_OF)  # called the attack `barbaric`
        nouns += [n for i in called for n in dependents(tree, i, BESIDE)]
    return [noun for noun in nouns if is_known_deed(tree, noun)]


def is_known_deed(tree: Tree, noun: int) -> bool:
    """`the attack`, `these sanctions`, `the move`, if not `the X attack` or `the attack by X`."""
    rule = noun_rule(tree, noun)
    is_deed = tree.lemmas[noun] in word_classes()["deed"] | word_classes()["terms"] or (
        rule is not None and bool(rule.root)
    )
    is_definite = any(tree.words[i].lower() in DEFINITE for i in (noun - 1, *tree.children[noun]))
    return is_deed and is_definite and tree.lemmas[noun] not in CLAIMS


def last_deed(tree: Tree, noun: int, judge: Mention, deeds: Sequence[Event]) -> Event | None:
    """The last act of a noun's kind that somebody else did."""
    rule = noun_rule(tree, noun)
    for event in reversed(deeds):
        is_kind = event.root == rule.root if rule and rule.root else QUADS[event.root] in (2, 4)
        is_kind = event.root == "REQUEST" if tree.lemmas[noun] in word_classes()["terms"] else is_kind
        if is_kind and event.status != "negated" and not is_side(judge, source_of(event)):
            return event
    return None


def is_unaimed(tree: Tree, act: Act) -> bool:
    """Force or help with a doer of which nothing says to whom: `since Moscow launched its invasion`."""
    is_promise = act.root == "AGREE" and "aid" in act.rule.words
    is_known = (
        (act.root in RECALLED or is_promise) and act.shape in ("", "object") and act.status != "negated"
    )
    own = {act.trigger, act.verb}
    others = [n for n in (*act.patients, *act.places) if n not in own and noun_rule(tree, n) is None]
    if act.root in HELP:
        others = [n for n in others if tree.pos[n] == "PROPN"]  # gave X arms
    is_victim = tree.lemmas[act.trigger] in word_classes()["killing"]  # X's killing: X did not kill
    return is_known and not others and not act.purposes and not is_victim


def recalled_target(act: Act, doer: Mention, deeds: Sequence[Event]) -> Side | None:
    """Whom the doer last fought, or who was last helped."""
    for event in reversed(deeds):
        if event.root == act.root and not (act.root in HELP and is_side(doer, target_of(event))):
            sides = [target_of(event), source_of(event)]
            others = [side for side in sides if not is_side(doer, side)]
            if act.root in HELP or len(others) == 1:
                return others[0]
    return None


def is_side(actor: Mention, side: Side) -> bool:
    """The same actor, or one of the same country."""
    actor_id, _, country_code, _ = side
    return actor.actor_id == actor_id or (country_code is not None and actor.country_code == country_code)


def source_of(event: Event) -> Side:
    return event.source_id, event.source_name, event.source_country_code, event.source_kind


def target_of(event: Event) -> Side:
    return event.target_id, event.target_name, event.target_country_code, event.target_kind
