"""The role of a target towards each word of its sentence: agent, patient, owner, place.

*Rivals praised Ames and condemned Boyle*: Ames is the patient of *praised*, and Boyle of *condemned*.
"""

from collections.abc import Iterator
from itertools import takewhile
from typing import Final, NamedTuple

from spacy.tokens import Token

from analysis.nlp.parse.tokens import is_noun_subject, noun_subjects

REACH = 60  # tokens on either side of the target that are read: many targets in one long sentence stay cheap
CLIMB = 6  # heads climbed to see whose clause a word is in
MENTION_REACH = 30  # tokens within which a pronoun is taken for the name before it
MOST_MENTIONS = 3

PATIENT_PREPOSITIONS = frozenset(
    ["of", "against", "for", "on", "over", "about", "toward", "towards", "behind", "upon"]
)
PLACE_PREPOSITIONS = frozenset(["in", "at", "from", "to", "on", "near", "into", "through"])
PRONOUNS = frozenset(["he", "him", "his", "she", "her", "hers", "they", "them", "their"])
IMPERSONAL_PRONOUNS = frozenset(["who", "which", "that", "it", "this"])

ROLES: Final = (
    *("self", "owner", "part", "prep", "owned_prep", "oblique", "place"),
    *("mod", "mod_clause", "mod_oblique", "owner_oblique"),
    *("agent", "agent_object", "agent_oblique", "agent_clause", "owned_agent", "said"),
    *("patient", "patient_oblique", "patient_clause", "owned_patient", "opponent"),
    *("matrix", "matrix_noun", "far", "other"),
)
"""What each means is in the notes of `stance/roles.csv`; "other" is a word that speaks of another name."""
AGENT_ROLES = frozenset(("agent", "owned_agent"))
PATIENT_ROLES = frozenset(("patient", "owned_patient"))
VERB_ROLES = AGENT_ROLES | PATIENT_ROLES
REMOTE_ROLES = frozenset(("far", "other"))

SUBJECT_AND_OBJECT_ROLES = {
    "self": ("agent", "patient"),
    "owner": ("owned_agent", "owned_patient"),
    "part": ("owned_agent", "owned_patient"),
}
"""Role of a target, or of what it owns or is part of, towards a verb: as its subject, and as its object."""

ROLES_BELOW = {
    "self": {
        **dict.fromkeys(("amod", "compound", "nmod", "appos", "advmod"), "mod"),
        **dict.fromkeys(("relcl", "acl"), "mod_clause"),
        "prep": "mod_oblique",
    },
    "agent": {
        **dict.fromkeys(
            ("acomp", "attr", "oprd", "xcomp", "advmod", "conj", "prt", "amod", "compound", "relcl", "acl"),
            "agent",
        ),
        **dict.fromkeys(("dative", "prep"), "agent_oblique"),
        "dobj": "agent_object",
        "ccomp": "said",
        "advcl": "agent_clause",
    },
    "agent_object": {"poss": "far"},
    "agent_oblique": {"poss": "far"},
    "patient": {
        **dict.fromkeys(("nsubj", "agent", "poss"), "opponent"),
        **dict.fromkeys(
            ("oprd", "xcomp", "acomp", "attr", "ccomp", "prep", "dobj", "conj"), "patient_oblique"
        ),
        **dict.fromkeys(("advmod", "amod", "compound"), "patient"),
        "advcl": "patient_clause",
    },
    "owner": {
        **dict.fromkeys(("amod", "compound", "conj", "appos"), "owner"),
        **dict.fromkeys(("prep", "relcl", "acl"), "owner_oblique"),
    },
    "owned_agent": dict.fromkeys(
        ("acomp", "attr", "xcomp", "advmod", "dobj", "oprd", "prep", "amod"), "owned_agent"
    ),
    "owned_patient": {
        **dict.fromkeys(("prep", "xcomp", "oprd", "advmod", "amod"), "owned_patient"),
        "nsubj": "opponent",
    },
}
"""Role towards a word, from the role towards its head and the label between them; else see `role_below`."""
SPREADING_ROLES = frozenset(
    [
        "mod",
        "mod_clause",
        "mod_oblique",
        "said",
        "agent_clause",
        "agent_object",
        "agent_oblique",
        "patient_oblique",
        "patient_clause",
        "opponent",
        "owner_oblique",
    ]
)
"""Roles that a word shares with all words below it."""


class Relation(NamedTuple):
    """One word and the target's role towards it."""

    token: Token
    role: str


def entity_relations(head: Token) -> list[Relation]:
    """Every word near a target with its role: that of its mention, or else that of a pronoun for it.

    *Ames said little, but she lied*: Ames is the agent of *lied* through *she*.
    """
    relations = {relation.token.i: relation for relation in target_relations(head)}
    for mention in other_mentions(head):
        for relation in target_relations(mention):
            known = relations.get(relation.token.i)
            is_better = known is None or known.role in REMOTE_ROLES
            if is_better and relation.role not in REMOTE_ROLES and relation.token.i != mention.i:
                relations[relation.token.i] = relation
    return list(relations.values())


def other_mentions(head: Token) -> list[Token]:
    """Other mentions of the target in its sentence: pronouns after a name, or the name before a pronoun.

    Pronouns after a later name that is a subject go to that name. Pronouns before a name are left out.
    """
    if head.pos_ == "PROPN":
        after = takewhile(
            lambda token: not token.is_sent_start, head.doc[head.i + 1 : head.i + MENTION_REACH + 1]
        )
        own = takewhile(lambda token: not is_named_subject(token), after)
        return [token for token in own if token.text.lower() in PRONOUNS][:MOST_MENTIONS]
    if head.text.lower() in PRONOUNS:
        return [token for token in words_before(head) if is_named_subject(token)][:1]
    return []


def words_before(token: Token) -> Iterator[Token]:
    """The words before one in its sentence, the nearest first."""
    for _ in range(MENTION_REACH):
        if token.is_sent_start or token.i == 0:
            return
        token = token.nbor(-1)
        yield token


def is_named_subject(token: Token) -> bool:
    """Whether a word is a name and the subject of a verb."""
    return token.pos_ == "PROPN" and is_noun_subject(token)


def target_relations(head: Token) -> list[Relation]:
    """Every word of the sentence within reach, with the role of the target towards it.

    The walk climbs from the target's head word to the root and looks below each word that it passes. Where
    another name is the subject of a clause (*while Boyle lied*), its words are marked "other".
    """
    relations, role, token, came_from = [Relation(head, "self")], "self", head, -1
    while True:
        for child in token.children:
            if child.i != came_from:
                relations.extend(relations_below(child, role_below(role, child), head.i))
        if token.head.i == token.i or abs(token.head.i - head.i) > REACH:
            break
        role, came_from, token = role_above(role, token), token.i, token.head
        relations.append(Relation(token, role))
    return mark_other_clauses(relations)


def relations_below(token: Token, role: str, centre: int) -> Iterator[Relation]:
    """A word and all words below it, within reach of the target."""
    waiting = [(token, role)]
    while waiting:
        token, role = waiting.pop()
        if abs(token.i - centre) > REACH:
            continue
        yield Relation(token, role)
        waiting.extend((child, role_below(role, child)) for child in token.children)


def role_below(role: str, child: Token) -> str:
    """Role of the target towards a word, given its role towards the word's head."""
    if child.dep_ == "conj" and role in VERB_ROLES and any(noun_subjects(child)):
        return "far"  # "Ames won and Boyle lost": the second verb has its own subject
    return ROLES_BELOW.get(role, {}).get(child.dep_) or (role if role in SPREADING_ROLES else "far")


def role_above(role: str, token: Token) -> str:
    """Role of the target towards the head of a word, given its role towards the word."""
    if role in SUBJECT_AND_OBJECT_ROLES:
        return role_above_noun(role, token)
    if role in ("prep", "owned_prep"):
        return role_above_preposition(role, token)
    if role in PATIENT_ROLES and token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("dobj", "nsubjpass"):
        return "oblique"  # "criticism of Ames" as an object: the verb judges the criticism
    if token.dep_ == "xcomp" and role in AGENT_ROLES:
        return role
    if role in VERB_ROLES:
        return {"ccomp": "matrix", "relcl": "matrix_noun", "acl": "matrix_noun"}.get(token.dep_, "far")
    return "far"


def role_above_noun(role: str, token: Token) -> str:
    """As `role_above`, from the target itself, a name it is part of, or what it owns."""
    subject, object_ = SUBJECT_AND_OBJECT_ROLES[role]
    if token.dep_ in ("nsubj", "csubj", "expl", "attr", "oprd", "acomp"):
        return subject
    if token.dep_ in ("nsubjpass", "dobj", "dative", "iobj", "obj"):
        return object_
    if token.dep_ in ("appos", "conj"):
        return role
    if token.dep_ in ("pobj", "pcomp"):
        return "prep" if role == "self" else "owned_prep"
    return {"poss": "owner", "compound": "part", "nmod": "part", "amod": "part"}.get(token.dep_, "far")


def role_above_preposition(role: str, token: Token) -> str:
    """As `role_above`, from a preposition over the target: *by* makes an agent, *against* a patient."""
    agent, patient = SUBJECT_AND_OBJECT_ROLES["self" if role == "prep" else "owner"]
    if token.dep_ == "agent" or token.text.lower() == "by":
        return agent
    if token.text.lower() in PATIENT_PREPOSITIONS or token.dep_ == "dative":
        return patient
    return "place" if token.text.lower() in PLACE_PREPOSITIONS else "oblique"  # "the war in Ukraine"


def mark_other_clauses(relations: list[Relation]) -> list[Relation]:
    """Turn "far" into "other" for words in a clause that another name is the subject of."""
    roles = {token.i: role for token, role in relations}
    for token, role in relations:
        if role == "far" and token.pos_ in ("VERB", "AUX") and has_named_subject(token):
            roles[token.i] = "other"
    return [
        Relation(token, clause_role(token, roles) if role == "far" else role) for token, role in relations
    ]


def clause_role(token: Token, roles: dict[int, str]) -> str:
    """ "other" if the nearest word above that has a role is in another name's clause, else "far"."""
    for _ in range(CLIMB):
        if roles.get(token.i) != "far" or token.head.i == token.i:
            break
        token = token.head
    return "other" if roles.get(token.i) == "other" else "far"


def has_named_subject(token: Token) -> bool:
    """Whether a verb's own subject is a name or a personal pronoun."""
    return any(
        subject.pos_ in ("PROPN", "PRON") and subject.text.lower() not in IMPERSONAL_PRONOUNS
        for subject in noun_subjects(token)
    )
