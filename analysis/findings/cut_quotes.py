"""A sentence as a page quotes it: its marks paired, and cut where it is very long and nothing is lost by it.

Nearly every sentence of a news report is quoted whole: what was cut off was often who did it, or why. A
longer one keeps its end where that says on what condition, by whose word, or that it is denied: cut there,
"Russia agrees to a truce if Ukraine disarms" would be a truce (`findings/qualifying_words.csv`). What goes on
for 700 characters is cut all the same, but for a short end that says so.
"""

import re
from functools import cache
from typing import Final

from analysis.lexicons import load_lexicon

LONGEST_WHOLE: Final = 400  # characters of a sentence that is quoted whole
LONGEST_CUT: Final = 240  # characters that are left of a longer one, which is cut between words
LONGEST_EVER: Final = 700  # characters at most: a longer sentence is a list, or lost its full stops
LONGEST_END: Final = 120  # characters of the end that is kept of such a sentence
ORDINARY_LENGTH: Final = 280  # characters up to which a sentence is quoted rather than a longer one
INNER_QUOTE: Final = re.compile(r"[\"“]([^\"“”]*)[\"”]")
EMPHASIS: Final = re.compile(r"(?<![\w*])\*{1,2}(?=\w)|(?<=[\w.!?])\*{1,2}(?![\w*])")
BYLINE: Final = re.compile(r"^By(?: [A-Z][\w.’'-]+){2,3} (?=(?:A|An|The|After|At|As|When|In|On)\b )")
"""Who wrote an article, where that runs into its first sentence: "By Jo Doe After a call, Russia said"."""
DATELINE: Final = re.compile(
    r"^(?!The |USA|NATO|ASEAN|BRICS|OPEC)(?:[A-Z][^—–.]{0,40}?)?"
    r"(?:\b(?:[A-Z]{3,}|AP)|\([A-Z]\w+\)) [—–] (?=[A-Z])"
)
"""What comes before a first sentence: "Haifa, Israel CNN — Hezbollah fired", "GENEVA – Iran said"."""
WIKI_LINK: Final = re.compile(r" \[[a-z]{2,3}\](?=[\s.,;:])")
"""A link to an encyclopaedia in another language: "Rozlyv [uk] in Donetsk"."""
SPACE_BEFORE_MARK: Final = re.compile(r" (?=[,.;:!?](?:\s|$))")  # left over where a link ended
END_OF_PART: Final = re.compile(r"[,;:]?\s+[–—-]\s|[,;:]\s")
LEFT_HANGING: Final = re.compile(
    r"(?:\s+(?:a|an|the|and|or|but|of|to|in|on|at|by|for|from|with|between|against|over|amid|after|before|"
    r"that|which|who|as|its|their|his|her))+$"
)
"""Words that promise more, at which no cut quotation ends."""
ELLIPSIS: Final = " …"
LESSENING: Final = ("condition", "contrast", "denial", "speaker", "scope")
UNFINISHED: Final = "phase"
ATTRIBUTING: Final = ("speaker", "teller")


def shortened(sentence: str) -> str:
    """A sentence to quote; a very long one is cut where a part of it ends, or else between words.

    Quotation marks in it become single ones, since it is shown between double ones.
    """
    sentence = SPACE_BEFORE_MARK.sub("", WIKI_LINK.sub("", sentence))
    sentence = without_emphasis(INNER_QUOTE.sub(r"‘\1’", sentence).replace('"', "’"))
    sentence = BYLINE.sub("", DATELINE.sub("", sentence))
    if len(sentence) <= LONGEST_WHOLE:
        return sentence
    cut = beginning(sentence, LONGEST_CUT)
    if not qualifying().search(sentence[len(cut) :]):
        return f"{cut}{ELLIPSIS}"
    if len(sentence) <= LONGEST_EVER:
        return sentence
    cut = beginning(sentence, LONGEST_EVER)
    return f"{cut}{ELLIPSIS}{last_qualifying_part(sentence[len(cut) :])}"


def beginning(sentence: str, most: int) -> str:
    """The first characters of a sentence, up to where a part of it ends, or else between words."""
    start = sentence[:most]
    ends = [match.start() for match in END_OF_PART.finditer(start) if match.start() > most / 2]
    return LEFT_HANGING.sub("", start[: ends[-1]] if ends else re.sub(r"[\s,;:–-]+\S*$", "", start))


def last_qualifying_part(rest: str) -> str:
    """The last part of what was cut off, if it is short and says whose word it is or on what condition."""
    last = END_OF_PART.split(rest)[-1]
    is_kept = last != rest and len(last) <= LONGEST_END and qualifying().search(last)
    return f" {last}" if is_kept else ""


def is_shown_short(sentence: str) -> bool:
    """Whether a sentence is quoted at ordinary length: whole, or cut where nothing is lost by it."""
    return len(shortened(sentence)) <= ORDINARY_LENGTH


def is_attributed(sentence: str) -> bool:
    """Whether a sentence itself says whose word it is."""
    return qualifying(ATTRIBUTING).search(sentence) is not None


@cache
def qualifying(kinds: tuple[str, ...] = LESSENING) -> re.Pattern:
    """The words of some kinds that make less of what comes before them."""
    rows = load_lexicon("findings/qualifying_words", allowed={"kind": {*LESSENING, *ATTRIBUTING, UNFINISHED}})
    words = map(re.escape, rows.loc[rows["kind"].isin(kinds), "words"])
    negated = r"|n[’']t\b" if "denial" in kinds else ""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w){negated}", re.IGNORECASE)


def without_emphasis(text: str) -> str:
    """A text without the asterisks that mark emphasis in plain text: "the tanker *Skipper*"."""
    return EMPHASIS.sub("", text)
