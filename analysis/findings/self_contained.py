"""Whether a reader understands a sentence taken out of its article.

The words in `findings/dangling_words.csv` decide: a sentence that refers back ("He", "However", "The attack
came"), asks or supposes something is not quoted.
"""

import re
from functools import cache
from typing import Final

from analysis.indicators.named_sides import countries_named, is_listed_name
from analysis.lexicons import load_lexicon

BOTH: Final = 2  # countries that are named before "both countries"
LEAST_WORDS: Final = 6  # in a sentence that says who did what
PLACES: Final = ("opening", "subject", "anywhere", "two", "deed", "blow")
OF_A_TIME: Final = (
    r"(?:this|last|on|in|week|weekend|month|year|morning|afternoon|evening|spring|summer|autumn|winter)\b"
)
"""What turns the word before it into a time: "this week", "earlier this month", "later on Monday"."""
OF_NO_DEED: Final = (
    r"(?! (?:an? (?:letter|statement|speech|interview|post|call|video|tweet|message|report|phone|press|joint)"
    r"|writing|public|private|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)
"""After a preposition, what leaves open which deed it was: "the offer in a letter"."""
WITHIN_WHICH: Final = (
    r"(?! (?:of|on|in|by|between|against|with|for|from|to|at|over|that|which|who)\b" + OF_NO_DEED + ")"
)
"""Words showing that a deed was not mentioned before: "the attack on Odesa" needs no other sentence."""
WITH_OBJECT: Final = r"(?!\s+(?:to|of|for|with)\b)"
WORDS_OF_SUBJECT: Final = 8  # after which a name says no more which one a definite noun at the start means
FIRST_WORDS: Final = 6  # among these, a pronoun has nothing before it to refer to
OF_FORCE: Final = re.compile(
    r"\b(?:fires?|fired|firing|launch\w*|str(?:ike|uck)\w*|bomb\w*|shell(?:s|ed|ing)|attack\w*|raid\w*)\b",
    re.IGNORECASE,
)
DOUBLE_MARKS: Final = re.compile(r"[\"“”]")
QUOTED: Final = re.compile(r"[\"“][^\"“”]*[\"”]|(?<!\w)[‘'][^‘’]*[’'](?!\w)")
WORD: Final = re.compile(r"[\w.]+(?:[’'-]\w+)*")
ENDED: Final = re.compile(r"[.!…][\"”’')\]]*$")
PERSONS: Final = frozenset(("he", "she", "him", "his", "her", "they", "them", "their"))
SPEAKERS: Final = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|us|[Mm]y|me)\b")


def stands_alone(sentence: str) -> bool:
    """Whether a sentence, on one line, can be quoted without its neighbours."""
    words = WORD.findall(sentence)
    return (
        len(words) >= LEAST_WORDS
        and is_complete(sentence)
        and not is_speech_alone(sentence)
        and not opens_dangling(sentence)
        and not has_bare_subject(words)
        and not has_early_pronoun(words)
        and not {"also", "later"} & set(words[1:FIRST_WORDS])
        and not refers_back(sentence)
    )


def is_complete(sentence: str) -> bool:
    """Whether it begins and ends as a statement does, with every quotation closed."""
    first = sentence.lstrip("\"“‘'([")[:1]
    is_closed = len(DOUBLE_MARKS.findall(sentence)) % 2 == 0
    return is_closed and bool(ENDED.search(sentence)) and (first.isupper() or first.isdigit())


def is_speech_alone(sentence: str) -> bool:
    """Whether an unnamed speaker says all or part of it: "We will strike back."."""
    outside = QUOTED.sub(" ", sentence)
    is_all_quoted = not WORD.search(outside)
    return is_all_quoted or bool(SPEAKERS.search(outside))


def opens_dangling(sentence: str) -> bool:
    """Whether its first words continue the sentence before, or only suppose something."""
    return bool(openings().match(sentence))  # in a quotation, the speaker is named outside it


@cache
def openings() -> re.Pattern:
    listed = map(opening, sorted(words_at("opening"), key=len, reverse=True))
    return re.compile(rf"(?:{'|'.join(listed)})(?![\w-])(?!\s+{OF_A_TIME})", re.IGNORECASE)


def opening(words: str) -> str:
    """The pattern of a listed opening; "in response" to what is said next does not refer back."""
    is_adverbial = words.startswith(("in ", "by ")) or words == "instead"
    return re.escape(words) + (WITH_OBJECT if is_adverbial else "")


@cache
def words_at(place: str) -> frozenset[str]:
    """The listed words for one place in a sentence."""
    rows = load_lexicon("findings/dangling_words", allowed={"place": PLACES})
    return frozenset(rows.loc[rows["place"] == place, "words"])


def has_bare_subject(words: list[str]) -> bool:
    """Whether a definite noun opens the sentence and no name says which one: "The overnight raid was".

    "The toll of the clashes between the army of Peru and that of Chile" says which.
    """
    if words[0].lower() != "the" or "between" in words[:WORDS_OF_SUBJECT]:
        return False
    for word in words[1:WORDS_OF_SUBJECT]:
        if word[0].isupper() or word[0].isdigit():
            return False
        if word.lower() in words_at("subject"):
            return True
    return True


def has_early_pronoun(words: list[str]) -> bool:
    """Whether a pronoun comes before any name it could refer to: "In a post on X, he said"."""
    for number, word in enumerate(words[:FIRST_WORDS]):
        if is_listed_name(word) or (number and word[0].isupper()):
            return False
        if word.lower() in PERSONS:
            return True
    return False


def refers_back(sentence: str) -> bool:
    """Whether any of its words refer to an earlier sentence: "the group", "he said", "after the attack"."""
    if referring().search(sentence):
        return True
    if any(len(countries_named(sentence[: both.start()])) < BOTH for both in both_words().finditer(sentence)):
        return True
    return any(is_first_mention(sentence, deed) for deed in deeds().finditer(sentence))


def is_first_mention(sentence: str, deed: re.Match) -> bool:
    """Whether no word before a deed identifies it: "after the attack", but not "struck Odesa; the strike".

    So does an act of force for any blow: "fires missiles at Kyiv; after the attack Poland scrambles jets".
    """
    if deed[1].split()[-1].lower() in words_at("blow") and OF_FORCE.search(sentence[: deed.start()]):
        return False
    stem = deed[1].split()[-1].removesuffix("s").lower()
    return stem not in sentence[: deed.start()].lower()


@cache
def referring() -> re.Pattern:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words_at('anywhere')))})\b(?! {OF_A_TIME})", re.I)


@cache
def both_words() -> re.Pattern:
    """Words for two that were named before: "both countries"."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words_at('two')))})\b(?! {OF_A_TIME})", re.I)


@cache
def deeds() -> re.Pattern:
    """A definite deed that no words identify."""
    blows = rf"(?:(?-i:[a-z]+) )?(?:{'|'.join(words_at('blow'))})"
    return re.compile(rf"\bthe ({blows}|{'|'.join(words_at('deed'))})\b{WITHIN_WHICH}", re.I)
