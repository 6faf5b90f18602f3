"""Word lists that syntax asks for: one list for each class of word, for quotes, events and stance alike."""

import re
from functools import cache
from typing import Final

from pandas import DataFrame

from analysis.lexicons import check_cells, load_lexicon
from analysis.schemas import CUE_STANCES
from analysis.tables.rows import rows_of

USES: Final = {
    "clause": "reports a clause, in which `it` may mean the speaker: X said it would help",
    "speaker": "its subject speaks, and is mostly not judged",
    "person": "a person does it: two capitalised words before it are a name",
    "listener": "its object is the listener: it was late, Vega told the court",
    "address": "after `and` it belongs to the speaker: said X was lying and thanked Y",
}
JUDGING: Final = ("ACCUSE", "COERCE", "SANCTION", "SUPPORT")  # roots whose target is judged for a deed
SAY: Final = "say"
OPERATORS: Final = {
    "aspect": "what is below it is done, begun or ordered: begin to bomb",
    "carrier": "the act is in what is sent, or why: a letter threatening X, call to congratulate X",
    "deny": "what is below it is refused: refuse to lift",
    "ending": "a noun whose act is over: a halt to aid",
    "exclude": "what is below it is out of the question; not excluded, force is threatened: rule out",
    "future": "what is below it is to come: promise to help",
    "lapse": "what is behind it did not come, or came to nothing: a delay in aid",
    "light": "the act is in its object: launch an attack",
    "reverse": "the subject undergoes the act of its object: face criticism",
    SAY: "reports a clause: said it would help; see `speech_verbs`",
    "stop": "what is below it ends: stop bombing",
    "voice": "the act is in its object, unless that is one of force or material help: voice criticism",
    "weigh": "what is below it is only considered: mull sanctions",
    "wish": "what is below it is asked for: want X to leave",
}
KINDS: Final = frozenset(
    (
        "ahead",
        "announcement",
        "backed",
        "backing",
        "ban",
        "claim",
        "deed",
        "delivery",
        "demand",
        "denying",
        "document",
        "edge",
        "force",
        "forecast",
        "group noun",
        "group",
        "happening",
        "holding",
        "hoping",
        "maybe",
        "militant",
        "news",
        "no town",
        "occasion",
        "opposed",
        "out of office",
        "outlet",
        "pair",
        "person",
        "place",
        "press",
        "private",
        "process",
        "proxy",
        "quantity",
        "rebel",
        "scheduling",
        "state",
        "subject control",
        "suspicion",
        "talks",
        "terms",
        "time",
        "trip",
        "urging",
        "wish",
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
def operators() -> dict[str, frozenset[str]]:
    """Verb or noun -> what it does to the act below it, see `OPERATORS`."""
    found = {verb: frozenset((SAY,)) for verb in speech_verbs()["clause"]}
    for row in rows_of(load_lexicon("parse/operators", allowed={"operator": OPERATORS})):
        found[row.verb] = found.get(row.verb, frozenset()) | {row.operator}
    return found


@cache
def event_verbs() -> frozenset[str]:
    """Verbs of the event list: what looks like a noun in `President Moe visits Rome` may be one."""
    return frozenset(load_lexicon("events/verbs")["verb"])


@cache
def judging_verbs() -> frozenset[str]:
    """Verbs whose object is blamed, punished or praised for a deed: `thanked X for helping`."""
    rows = load_lexicon("events/verbs")
    return frozenset(rows.loc[rows["root"].isin(JUDGING), "verb"])


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


@cache
def unnamed_sources() -> dict[str, str]:
    """Kind of each noun for a source without a name.

    Raises:
        ValueError: a kind is unknown.
    """
    rows = load_lexicon("quotes/unnamed_sources", allowed={"kind": SOURCE_KINDS})
    return dict(zip(rows["noun"], rows["kind"], strict=True))


@cache
def condition_pattern() -> re.Pattern:
    """What an article says when it withholds a name."""
    patterns = load_lexicon("quotes/anonymity_conditions")["pattern"]
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


def anonymity_notes(text: str) -> list[tuple[int, str]]:
    """Where the text says that a name is withheld, and in which words."""
    return [(match.start(), " ".join(match.group().split())) for match in condition_pattern().finditer(text)]
