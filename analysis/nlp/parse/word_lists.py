"""Word lists that syntax asks for: one list for each class of word, for quotes, events and stance alike."""

import re
from functools import cache
from typing import Final

from analysis.lexicons import check_cells, load_lexicon
from analysis.schemas import CUE_STANCES

USES: Final = {
    "clause": "reports a clause, in which `it` may mean the speaker: X said it would help",
    "person": "a person does it: two capitalised words before it are a name",
    "listener": "its object is the listener: it was late, Vega told the court",
}
KINDS: Final = frozenset(
    (
        "announcement",
        "backed",
        "claim",
        "denying",
        "disaster",
        "document",
        "false",
        "fiction",
        "force",
        "group",
        "group noun",
        "happening",
        "holding",
        "militant",
        "no town",
        "occasion",
        "open",
        "opposed",
        "out of office",
        "person",
        "place",
        "press",
        "proxy",
        "quantity",
        "rebel",
        "retracting",
        "simulated",
        "subject control",
        "time",
        "trip",
    )
)
"""What each means is in the notes of the list."""
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
PERSONAL = frozenset(("i", "we", "you", "he", "she", "they"))
UNKNOWN = "*"  # stands for the words that the list lacks
SOURCE_KINDS = (
    "withheld",  # the outlet knows the name and withholds it
    "public",  # a class of people, or a description of somebody named: no name is withheld
)


@cache
def speech_verbs() -> dict[str, frozenset[str]]:
    """Use -> its verbs, see `USES`.

    Raises:
        ValueError: a verb has an unknown use; the message names its line.
    """
    rows = load_lexicon("parse/speech_verbs")
    cells = rows["uses"].str.split(";").explode()
    check_cells("parse/speech_verbs", cells, USES)
    return {use: frozenset(rows["verb"][cells.index[cells == use]]) for use in USES}


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Class -> its words, see `KINDS`."""
    rows = load_lexicon("parse/word_classes", allowed={"kind": KINDS})
    return {kind: frozenset(group["word"]) for kind, group in rows.groupby("kind")}


@cache
def agent_nouns() -> frozenset[str]:
    """Nouns that act for the country beside them: the `forces` of `Israeli forces`."""
    return frozenset(load_lexicon("parse/agent_nouns")["noun"])


@cache
def shares() -> dict[tuple[str, str], float]:
    """How often a word in a frame attributes, by (lemma, frame).

    Raises:
        ValueError: a frame is unknown, or a share is no number.
    """
    rows = load_lexicon("quotes/reporting_words", allowed={"frame": FRAMES}, numbers=("share",))
    return {(w, f): float(s) for w, f, s in zip(rows["word"], rows["frame"], rows["share"], strict=True)}


@cache
def stances() -> dict[tuple[str, str], str]:
    """What a cue says of the speaker's attitude or the reporter's trust, by (lemma, frame)."""
    rows = load_lexicon("quotes/reporting_words", allowed={"stance": CUE_STANCES})
    return {(w, f): s for w, f, s in zip(rows["word"], rows["frame"], rows["stance"], strict=True)}


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


def is_strong(lemma: str) -> bool:
    """Whether a verb is a reporting verb wherever it appears."""
    return best_shares().get(lemma.lower(), 0.0) >= STRONG


@cache
def unnamed_sources() -> dict[str, str]:
    """Kind of each noun for a source without a name.

    Raises:
        ValueError: a kind is unknown.
    """
    rows = load_lexicon("quotes/unnamed_sources", allowed={"kind": SOURCE_KINDS})
    return dict(zip(rows["noun"], rows["kind"], strict=True))


@cache
def speaking_nouns() -> frozenset[str]:
    """Nouns for people and bodies, and pronouns for them."""
    classes = (word_classes()[kind] for kind in ("person", "press", "group", "militant", "rebel"))
    return PERSONAL.union(unnamed_sources(), agent_nouns(), *classes)


@cache
def condition_pattern() -> re.Pattern:
    """What an article says when it withholds a name."""
    patterns = load_lexicon("quotes/anonymity_conditions")["pattern"]
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)
