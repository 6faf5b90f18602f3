"""Whom hostile words name without being against them: who is attacked or protected, and where things are.

*Any attack on Ames would mean war*: nobody speaks against Ames, though all words around the name are harsh.
"""

from itertools import islice, takewhile

from spacy.tokens import Doc, Span, Token

from analysis.nlp.parse.clause_subject import noun_subjects
from analysis.nlp.parse.word_lists import agent_nouns, word_classes
from analysis.nlp.stance.rules import PLACE_PREPOSITIONS, entity_relations, stance_terms

MOVES = frozenset(("withdrawal", "withdraw", "removal", "remove", "weapon", "arm", "base"))
OWN_PRONOUNS = frozenset(("i", "we", "he", "she", "it", "they", "my", "our", "his", "her", "its", "their"))
CLIMB = 3  # words above a word that are looked at


def is_bystander(doc: Doc, target: tuple[int, int]) -> bool:
    """Whether a mention only suffers or is protected from what others do, or is where something is.

    Args:
        doc: a parsed text.
        target: first character and one past the last character of the mention.
    """
    span = doc.char_span(*target, alignment_mode="expand")
    return span is not None and (is_struck(span) or is_scene(span) or is_topic(span))


def is_topic(span: Span) -> bool:
    """`the tension over X`, `hysteria over X`: what others quarrel about."""
    name = first_of_list(span.root)
    return name.dep_ == "pobj" and name.head.lower_ in ("over",)


def is_struck(span: Span) -> bool:
    """`an attack on X`, `the defence of X`, `X acted in self-defence`; but not `our attack on X`."""
    roles = entity_relations(span.root)
    deeds = [
        token for token, role in roles if role in ("patient", "owned_patient") and is_hostile_or_guards(token)
    ]
    is_guarding = any(
        is_in_defence(token) for token, role in roles if role in ("agent_oblique", "owned_agent")
    )
    return is_guarding or (bool(deeds) and not any(is_own_deed(token) for token in deeds))


def is_in_defence(token: Token) -> bool:
    """The `in` of `acted in self-defence`, the `defensive` of `weapons were defensive`."""
    is_in = token.lower_ == "in" and any(child.lemma_ in word_classes()["guard"] for child in token.children)
    return is_in or (token.lower_ == "defensive" and token.dep_ == "acomp")


def is_hostile_or_guards(token: Token) -> bool:
    classes = word_classes()
    return token.lemma_.lower() in classes["hostile deed"] | classes["guard"]


def is_own_deed(deed: Token) -> bool:
    """Whether pronouns show that who speaks has a part in it: `we attacked X`, `its role in attacks on X`."""
    verbs = (deed, deed.head) if deed.dep_ == "conj" else (deed,)
    doers = [noun for verb in verbs for noun in noun_subjects(verb)]
    above = takewhile(lambda token: token.pos_ in ("NOUN", "ADP"), islice(deed.ancestors, CLIMB))
    owners = [child for word in (deed, *doers, *above) for child in word.children if child.dep_ in ("poss",)]
    return any(word.text.lower() in OWN_PRONOUNS for word in (*doers, *owners))


def is_scene(span: Span) -> bool:
    """`missiles in X`, `arms sent to X`; but not `the leaders in X`, `the threat from X`, `abuses in X`."""
    name = first_of_list(span.root)
    link = name.head.text.lower()
    if name.dep_ != "pobj" or link not in PLACE_PREPOSITIONS:
        return False
    thing = name.head.head
    judging = (thing, thing.head) if thing.dep_ in ("dobj",) else (thing,)
    is_blamed = any(is_harsh(word) for word in judging)
    return not (is_blamed or is_hostile_or_guards(thing) or is_agent(thing.lemma_.lower(), link))


def is_harsh(word: Token) -> bool:
    """The abuses of `abuses in X`, the verb of `deplored the laws in X`."""
    lemma = word.lemma_.lower()
    return min(stance_terms().get(lemma, (0.0,))) < 0 and lemma not in moved_things()


def moved_things() -> frozenset[str]:
    """Weapons and what is done with them: harsh words, but not on the country where they are."""
    classes = word_classes()
    return classes["force"] | classes["delivery"] | MOVES


def is_agent(lemma: str, link: str) -> bool:
    """`the leaders in X`, `troops from X`; but `the troops in X` are only there."""
    is_force = lemma in word_classes()["force"] and link not in ("from",)
    return lemma in agent_nouns() and not is_force


def first_of_list(token: Token) -> Token:
    """The first of the names that `and` joins."""
    for _ in range(CLIMB):
        if token.dep_ != "conj":
            break
        token = token.head
    return token
