"""Reporting words and their frames, for quotes and for whoever asks who says something.

A frame is the construction in which a word takes its content: `said that it rained` is `clause`, `his doubts
about it` is `noun about`. The list is `data/quotes/reporting_words.csv`, checked against `FRAMES`.
"""

from functools import cache

from pandas import DataFrame

from analysis.lexicons import load_lexicon
from analysis.schemas import CUE_STANCES

STRONG = 0.45  # share from which a verb counts as a reporting verb wherever it is
PREPOSITIONS = (
    "about", "above", "across", "after", "against", "ahead", "along", "alongside", "amid", "among", "around",
    "as", "at", "before", "behind", "below", "beside", "besides", "between", "beyond", "by", "concerning",
    "despite", "during", "following", "for", "from", "given", "in", "including", "inside", "into", "like",
    "near", "of", "off", "on", "onto", "out", "outside", "over", "past", "regarding", "since", "than",
    "through", "throughout", "to", "toward", "towards", "under", "until", "up", "upon", "via", "with",
    "within", "without",
)  # fmt: skip
FRAMES = {
    "quote": "quote",  # "...," she said: beside words in quotation marks
    "clause": "verb",  # said that it rained
    "rest": "verb",  # said in Lima it rained: the parser found no clause, the rest of the sentence is one
    "to": "verb",  # promised to leave
    "ing": "verb",  # suggested leaving
    "small": "verb",  # wants it done
    "object": "verb",  # rejected the plan
    "relative": "verb",  # a plan that Vega opposes
    "parenthesis": "verb",  # The plan, she said, is dead
    **dict.fromkeys(PREPOSITIONS, "verb"),  # warned of a war
    "passive": "passive",  # the plan was rejected by Vega
    "passive clause": "passive",  # Vega was told that it rained
    "passive to": "passive",  # Vega is expected to leave
    **{f"passive {word}": "passive" for word in PREPOSITIONS},  # Vega is opposed to the plan
    "noun clause": "noun",  # her claim that it rained
    "noun to": "noun",  # her promise to leave
    **{f"noun {word}": "noun" for word in PREPOSITIONS},  # her doubts about the plan
    "adj clause": "adjective",  # she was sure that it rained
    "adj to": "adjective",  # she was eager to leave
    **{f"adj {word}": "adjective" for word in PREPOSITIONS},  # she was sure of it
    "adjunct": "adverbial",  # according to Vega, it rained
}
"""Every frame, and what kind of cue has it."""
UNKNOWN = "*"  # stands for the words that the list lacks


@cache
def shares() -> dict[tuple[str, str], float]:
    """How often a word in a frame attributes, by (lemma, frame)."""
    rows = reporting_rows()
    return {(w, f): float(s) for w, f, s in zip(rows["word"], rows["frame"], rows["share"], strict=True)}


@cache
def stances() -> dict[tuple[str, str], str]:
    """What a cue says of the speaker's attitude or the reporter's trust, by (lemma, frame)."""
    rows = reporting_rows()
    return {(w, f): s for w, f, s in zip(rows["word"], rows["frame"], rows["stance"], strict=True)}


def reporting_rows() -> DataFrame:
    """`quotes/reporting_words`, checked.

    Raises:
        ValueError: a frame or a stance is unknown, or a share is no number.
    """
    allowed = {"frame": FRAMES, "stance": CUE_STANCES}
    return load_lexicon("quotes/reporting_words", allowed=allowed, numbers=("share",))


@cache
def quote_shares() -> dict[str, float]:
    """How often a verb beside words in quotation marks is their cue."""
    return {word: share for (word, frame), share in shares().items() if frame == "quote"}


@cache
def best_shares() -> dict[str, float]:
    """How often a verb attributes where its content is plain to see: a clause or a quote."""
    best: dict[str, float] = {}
    for (word, frame), share in shares().items():
        if frame in ("clause", "quote"):
            best[word] = max(share, best.get(word, 0.0))
    return best


def best_share(lemma: str) -> float:
    """`best_shares` of one word, 0 where the list lacks it."""
    return best_shares().get(lemma.lower(), 0.0)


def is_strong(lemma: str) -> bool:
    """Whether a verb is a reporting verb wherever it appears."""
    return best_share(lemma) >= STRONG
