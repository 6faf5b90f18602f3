"""What a passage says of one target, as the learned reader has it; and the tone of words (TextBlob).

Stance is not tone: *Rivals praised Ames and condemned Boyle* has one tone and two stances.
"""

from typing import Final, NamedTuple

from spacy.tokens import Doc

from analysis.nlp.parse.parser import text_of
from analysis.nlp.parse.reader import card, mark, read

MIN_NEUTRAL: Final = 0.5  # probability from which a stance is reported
MIN_SIDED: Final = 0.8  # the same for and against: from here on seven in eight are right (NewsMTSC dev)


class Stance(NamedTuple):
    """What a passage says of one target."""

    label: int  # -1, 0 or 1: the likeliest of the three
    score: float  # probability of 1 less that of -1
    probability: float  # of the label
    is_abstained: bool  # the label is not probable enough to be reported


def stance_of(doc: Doc, target: tuple[int, int]) -> Stance:
    """What the sentence of a mention says of it.

    Args:
        doc: a parsed text.
        target: first character and one past the last character of the mention.
    """
    first, last = (doc.char_span(*target, alignment_mode="expand")[i].sent for i in (0, -1))
    start, end = first.start_char, max(last.end_char, target[1])
    marked = mark(text_of(doc)[start:end], [(target[0] - start, target[1] - start)])
    shares = dict(zip(card()["stances"], read(marked, [((), (0,))]).stances[0].tolist(), strict=True))
    label = max((0, -1, 1), key=shares.__getitem__)
    least = MIN_SIDED if label else MIN_NEUTRAL
    return Stance(label, shares[1] - shares[-1], shares[label], shares[label] < least)


def tone(text: str) -> tuple[float, float]:
    """Polarity (-1 to 1) and subjectivity (0 to 1) of the words, by TextBlob.

    It says how the words sound, not what anybody thinks of anybody, and is no measure of tension.

    Source: TextBlob 0.20, default (pattern) analyser.
    """
    from textblob import TextBlob  # takes three seconds, since it loads nltk; many commands need no tone

    polarity, subjectivity = TextBlob(text).sentiment
    return float(polarity), float(subjectivity)
