"""Questions of syntax about one spaCy token, for rules that read the parse as the parser made it."""

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.nlp.parse.tree import AUXILIARIES

NOUN_SUBJECTS = frozenset(("nsubj", "nsubjpass"))


def child_with(word: Token, *deps: str) -> Token | None:
    """The first child in one of these relations."""
    return next((child for child in word.children if child.dep_ in deps), None)


def is_noun_subject(token: Token) -> bool:
    """Whether a word heads the noun phrase that is subject of a clause, active or passive."""
    return token.dep_ in NOUN_SUBJECTS


def noun_subjects(verb: Token) -> Iterator[Token]:
    """A verb's own noun subjects, active or passive, in the order of the text."""
    return (child for child in verb.children if child.dep_ in NOUN_SUBJECTS)


def has_auxiliary(verb: Token) -> bool:
    """`was lying`, `had lied`, `may lie`; also the `to` of an infinitive."""
    return any(child.dep_ in AUXILIARIES for child in verb.children)


def has_negation(word: Token) -> bool:
    """`not`, `n't` or `never` right below a word."""
    return any(child.dep_ == "neg" for child in word.children)


def passive_agent(verb: Token) -> Token | None:
    """The noun after the `by` of a passive."""
    return next(
        (noun for by in verb.children if by.dep_ == "agent" for noun in by.children if noun.dep_ == "pobj"),
        None,
    )
