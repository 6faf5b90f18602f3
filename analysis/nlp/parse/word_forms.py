"""Part of speech and lemma of each word, by the rules of the language model, each decided once.

spaCy's attribute ruler looks for 179 patterns around every token and its lemmatizer inflects every token
anew, which takes a sixth of the time of the parse. The patterns only ask for word, tag and relation of one
token, or of two in a row, so what is found for one token holds for the next one with the same three.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

QUICK_PIPES = {"attribute_ruler": "word_attributes", "lemmatizer": "word_lemmas"}
"""The component of the model, and the one below that takes its place."""

READ = [TAG, LOWER, DEP]
WRITTEN = [TAG, POS, MORPH, DEP, LEMMA]
MOST_WORDS = 200_000  # remembered, about 50 MB; then all are forgotten

Word = Mapping[str, Any]
"""TAG, LOWER, DEP and IS_SPACE of a token, as patterns name them."""

OPERATORS: dict[str, Callable[[str, Any], bool]] = {
    "IN": lambda found, wanted: found in wanted,
    "NOT_IN": lambda found, wanted: found not in wanted,
    "REGEX": lambda found, wanted: re.search(wanted, found) is not None,
}


class Rule(NamedTuple):
    """What a pattern of one or two tokens sets; of two rules for a token, the later one counts."""

    number: int
    tests: Sequence[Mapping[str, Any]]  # one per token
    place: int  # of the token that it sets
    values: Mapping[int, int]


class Known(NamedTuple):
    """What is known of tokens that share word, tag and relation."""

    word: Word  # one of them, if no rule asks for the word
    rules: list[Rule]  # those of one token that fit
    row: tuple[int, ...]  # of `WRITTEN`, by these rules
    may_open: bool  # whether it fits the first token of a rule of two


@Language.factory("word_attributes")
def word_attributes(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """What the pipeline's attribute ruler does."""
    rules = list(rules_of(nlp.get_pipe("attribute_ruler")))
    single, pairs = by_first_test([r for r in rules if len(r.tests) == 1]), [r for r in rules if r.tests[1:]]
    strings, known, is_asked = nlp.vocab.strings, {}, asked_for(rules)
    like: dict[tuple[str, str, str], Known] = {}  # tag, word if a rule asks for it, relation

    def new_word(key: tuple[int, int, int]) -> Known:
        tag, lower, dep = (strings[value] for value in key)
        kind = (tag, lower if is_asked(lower) else "", dep)
        if kind not in like:
            word = {"TAG": tag, "LOWER": lower, "DEP": dep, "IS_SPACE": lower.isspace()}
            near = single["LOWER", lower] + single["TAG", tag] + single["", ""]
            found = [rule for rule in near if fits(rule.tests[0], word)]
            may_open = any(fits(rule.tests[0], word) for rule in pairs)
            like[kind] = Known(word, found, row_of(key, found), may_open)
        return like[kind]

    def set_attributes(doc: Doc) -> Doc:
        if len(known) > MOST_WORDS:
            known.clear()
        keys = list(zip(*doc.to_array(READ).T.tolist(), strict=True))
        for key in keys:
            if key not in known:
                known[key] = new_word(key)
        words = [known[key] for key in keys]
        rows = [word.row for word in words]
        for i, more in rules_of_pairs(words, pairs).items():
            rows[i] = row_of(keys[i], words[i].rules + more)
        return doc.from_array(WRITTEN, np.array(rows, dtype=np.uint64)) if rows else doc

    return set_attributes


def rules_of(ruler: AttributeRuler) -> Iterator[Rule]:
    """The patterns of an attribute ruler; one that has alternatives gives several rules."""
    for number, described in enumerate(ruler.patterns):
        for tests in described["patterns"]:
            yield Rule(number, tests, ruler.indices[number], ruler.attrs[number])


def asked_for(rules: Sequence[Rule]) -> Callable[[str], bool]:
    """Whether some rule may fit a word that does not fit another word of the same tag and relation."""
    asked = [test["LOWER"] for rule in rules for test in rule.tests if "LOWER" in test]
    operators = [item for wanted in asked if isinstance(wanted, dict) for item in wanted.items()]
    words = {wanted for wanted in asked if isinstance(wanted, str)}
    words |= {word for operator, value in operators if operator != "REGEX" for word in value}
    patterns = [re.compile(value) for operator, value in operators if operator == "REGEX"]
    return lambda lower: lower in words or lower.isspace() or any(p.search(lower) for p in patterns)


def by_first_test(rules: Sequence[Rule]) -> dict[tuple[str, str], list[Rule]]:
    """Rules by the word or else the tag that they ask for, ("", "") for the others."""
    found: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for rule in rules:
        asked = ((name, rule.tests[0].get(name)) for name in ("LOWER", "TAG"))
        found[next((pair for pair in asked if isinstance(pair[1], str)), ("", ""))].append(rule)
    return found


def fits(test: Mapping[str, Any], word: Word) -> bool:
    """Whether a token is what a pattern asks for."""
    for name, wanted in test.items():
        if not isinstance(wanted, dict):
            if word[name] != wanted:
                return False
        elif not all(OPERATORS[operator](word[name], value) for operator, value in wanted.items()):
            return False
    return True


def rules_of_pairs(tokens: Sequence[Known], pairs: Sequence[Rule]) -> dict[int, list[Rule]]:
    """The rules of two tokens that fit, by the token that they set."""
    found: dict[int, list[Rule]] = defaultdict(list)
    for i, token in enumerate(tokens[:-1]):
        for rule in pairs if token.may_open else ():
            if fits(rule.tests[0], token.word) and fits(rule.tests[1], tokens[i + 1].word):
                found[i + rule.place].append(rule)
    return found


def row_of(key: tuple[int, int, int], rules: Sequence[Rule]) -> tuple[int, ...]:
    """`WRITTEN` of a token by the rules that fit it."""
    tag, _, dep = key
    values = {TAG: tag, DEP: dep}
    for rule in sorted(rules, key=lambda rule: rule.number):
        values |= rule.values
    return tuple(values.get(attribute, 0) for attribute in WRITTEN)


@Language.factory("word_lemmas")
def word_lemmas(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """What the pipeline's lemmatizer does."""
    lemmatizer: Lemmatizer = nlp.get_pipe("lemmatizer")
    strings, known = nlp.vocab.strings, {}

    def set_lemmas(doc: Doc) -> Doc:
        if len(known) > MOST_WORDS:
            known.clear()
        keys = list(zip(*doc.to_array([LEMMA, ORTH, POS, MORPH]).T.tolist(), strict=True))
        for i, key in enumerate(keys):
            if key not in known:
                known[key] = key[0] or strings.add(lemmatizer.lemmatize(doc[i])[0])
        return doc.from_array([LEMMA], np.array([known[key] for key in keys], dtype=np.uint64))

    return set_lemmas
