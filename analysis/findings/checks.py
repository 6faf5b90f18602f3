"""What a statement has to pass before it is printed.

| a statement | passes if |
|---|---|
| that leads a paragraph | it is read with a probability above .8, or .7 below a headline on the pair |
| on a pair | its sentence names both sides, one first, and neither as mediator, maker or topic |
| at all | it is understood without its neighbours, and is not only the occasion or cause of news |
| of the dead | the sentence counts people killed by this act, not a total of months |
"""

import re
from functools import cache
from typing import Any, Final

from pandas import DataFrame

from analysis.country_names import bloc_codes
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.incident_reports import BEFORE_CAUSE, is_in_headline
from analysis.indicators.named_sides import (
    acts_between,
    countries_named,
    is_about_sides,
    is_listed_name,
    without_bystanders,
)
from analysis.lexicons import load_lexicon

SURE: Final = 0.8  # nothing at or below leads
LIKELY: Final = 0.7  # the same below a headline on its pair, or after a sure event of the pair
CAUSE: Final = re.compile(
    rf"\b(?:{BEFORE_CAUSE})\b[^,;]*"
    r"\bthe (?:[\w’'-]+ ){0,3}$|, (?:who|whom|whose|which)\s(?:[\w’'-]+\s){0,3}$"
    rf"|\b(?:that|which|who) (?:was|were|has|have|had) [^,;]*\b(?:{BEFORE_CAUSE}) [^,;]*$"
    r"|\bden(?:ies|ied) (?:that|an? |reports?|claims?|having)\b[^,;]*$",
    re.IGNORECASE,
)
"""Before an act that is known already or denied: "no longer enriches uranium following the US strikes"."""
INCLUDED: Final = re.compile(r",? (?:including|among them)\b[^,;]*")
"""Who is only one of those hit makes no pair: "three are killed, including an Iranian"."""
DEAD: Final = re.compile(r"\b(?:kill|dead\b|deaths?\b|dies?\b|died\b|fatal)", re.IGNORECASE)
MIN_SENTENCE_WORDS: Final = 6  # of a sentence that says who did what
PLACES: Final = ("opening", "subject", "anywhere", "two", "deed", "blow", "toll")
OF_A_TIME: Final = (
    r"(?:this|last|on|in|week|weekend|month|year|morning|afternoon|evening|spring|summer|autumn|winter)\b"
)
"""What turns the word before it into a time: "this week", "earlier this month", "later on Monday"."""
BEFORE_A_TIME: Final = r"(?:(?<=this)|(?<=that)|(?<=earlier)|(?<=later)|(?<=same)|(?<=latest))"
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
PERSONS: Final = frozenset(("he", "she", "him", "they", "them"))
SPEAKERS: Final = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|us|[Mm]y|me)\b")


def is_sure(incident: Any) -> Any:
    """Whether an incident, or each of a table, may lead: a headline on the pair is a second report."""
    return (incident.probability > SURE) | (incident.is_in_headline & (incident.probability > LIKELY))


def is_told_by_title(incidents: DataFrame, inputs: PeriodInputs) -> Any:
    """Whether each incident is announced, and its article has a headline on the pair.

    On a page of a few stories such a headline is a second report.
    """
    return incidents["status"].eq("announced") & is_in_headline(incidents, inputs.tables.articles)


def is_of_pair(sentence: str, event: Any, incident: Any, inputs: PeriodInputs) -> bool:
    """Whether a sentence tells of an incident as what happens between its two sides.

    Args:
        sentence: on one line.
        event: row of `Events` that it reports.
        incident: row of `Incidents`.
        inputs: with their tables.
    """
    before = inputs.texts[event.article_id][event.start_char : event.trigger_start_char]
    is_mere_cause = CAUSE.search(before) and not (event.root == "ASSAULT" and DEAD.search(sentence))
    rest = inputs.texts[event.article_id][event.end_char :].lstrip(" ")
    by = inputs.speakers.get(event.reported_by)
    others = {by.country_code, *countries_named(f"{by.speaker_name} {by.affiliation}")} if by else set()
    same = inputs.events_by_sentence[event.article_id, event.start_char]
    others |= {  # who does the same to the same: six states that recognise a seventh
        bloc_codes().get(one.source_id, one.source_country_code)
        for one in same
        if (one.root, one.target_id) == (event.root, event.target_id)
    }
    return (
        not rest[:1].islower()  # the sentence goes on after "the U.S."
        and is_about_sides(sentence, incident, reporters=others)
        and acts_between(without_victims(without_bystanders(sentence)), incident)
        and not is_mere_cause
    )


def without_victims(sentence: str) -> str:
    """A sentence on the dead without those among them who are of another side."""
    return INCLUDED.sub("", sentence) if DEAD.search(sentence) else sentence


def stands_alone(sentence: str, *, is_first: bool = False) -> bool:
    """Whether a reader understands a sentence, on one line, that is taken out of its article.

    The words in `findings/dangling_words.csv` decide: a sentence that refers back ("He", "However", "The
    attack came"), asks or supposes something is not printed, nor one that an unnamed speaker says. What an
    article begins with has nothing to refer back to, and may only suppose that its occasion is known.
    """
    words, outside, first = WORD.findall(sentence), QUOTED.sub(" ", sentence), sentence.lstrip("\"“‘'([")[:1]
    is_complete = ENDED.search(sentence) and len(DOUBLE_MARKS.findall(sentence)) % 2 == 0
    is_all_quoted = not WORD.search(outside)
    return bool(
        len(words) >= MIN_SENTENCE_WORDS
        and is_complete
        and (first.isupper() or first.isdigit())
        and not is_all_quoted
        and not SPEAKERS.search(outside)
        and not dangling("opening").match(sentence)  # in a quotation, the speaker is named outside it
        and not has_bare_subject(words)
        and not has_early_pronoun(words)
        and (is_first or not {"also", "later"} & set(words[1:WORDS_OF_SUBJECT]))
        and not refers_back(sentence, is_first=is_first)
    )


@cache
def words_at(place: str) -> frozenset[str]:
    """The listed words for one place in a sentence."""
    rows = load_lexicon("findings/dangling_words", allowed={"place": PLACES})
    return frozenset(rows.loc[rows["place"] == place, "words"])


@cache
def dangling(place: str) -> re.Pattern:
    """The listed words for one place: "opening", "anywhere", "two" ("both countries") or a "deed".

    "In response" to what is said next does not refer back, and "this week" is a time.
    """
    if place == "deed":
        blows = rf"(?:(?-i:[a-z]+) )?(?:{'|'.join(words_at('blow'))})"
        return re.compile(rf"\bthe ({blows}|{'|'.join(words_at('deed'))})\b{WITHIN_WHICH}", re.I)
    found = [
        re.escape(one) + (WITH_OBJECT if one.startswith(("in ", "by ")) or one == "instead" else "")
        if place == "opening"
        else re.escape(one)
        for one in sorted(words_at(place), key=len, reverse=True)
    ]
    before, after = ("", r"(?![\w-])") if place == "opening" else (r"\b", r"\b")
    is_no_time = rf"(?!{BEFORE_A_TIME}\s+{OF_A_TIME})"
    return re.compile(f"{before}(?:{'|'.join(found)}){after}{is_no_time}", re.I)


def has_bare_subject(words: list[str]) -> bool:
    """Whether a definite noun opens the sentence and no name says which one: "The overnight raid was".

    "The toll of the clashes between the army of Peru and that of Chile" says which.
    """
    if words[0].lower() != "the" or "between" in words[:WORDS_OF_SUBJECT]:
        return False
    is_toll = words[1].lower() in words_at("toll")  # "The number of people killed in the shelling of Goma"
    for word in words[1 : (2 if is_toll else 1) * WORDS_OF_SUBJECT]:
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


def refers_back(sentence: str, *, is_first: bool) -> bool:
    """Whether any of its words refer to an earlier sentence: "the group", "he said", "after the attack".

    A deed does unless a word before it identifies it: "struck Odesa; the strike". So does an act of force
    for any blow: "fires missiles at Kyiv; after the attack Poland scrambles jets". A first sentence refers
    back only by its occasion: "resigns following the protests".
    """
    is_vague = not is_first and dangling("anywhere").search(sentence)
    if is_vague or (dangling("two").search(sentence) and len(countries_named(sentence)) < 2):
        return True
    for deed in dangling("deed").finditer(sentence):
        before, noun = sentence[: deed.start()], deed[1].split()[-1].lower()
        is_supposed = not is_first or re.search(rf"\b(?:{BEFORE_CAUSE}) $", before, re.IGNORECASE)
        is_blow_told = noun in words_at("blow") and OF_FORCE.search(before)
        if is_supposed and not is_blow_told and noun.removesuffix("s") not in before.lower():
            return True
    return False
