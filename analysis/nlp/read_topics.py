"""Topics of each sentence: themes by words, weighted by the reader's probability of their newspaper section.

A sentence that names two sides was read for its events already; the others are read for their section alone.

A theme keeps the words that decided. A likely section without a matching word gives its leading theme, with
`matched` "reader". Theatres, and themes that belong to no section, stay as the words give them.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from analysis.lexicons import load_lexicon
from analysis.nlp.events.coder import ReadText
from analysis.nlp.parse.parser import sentences, text_of
from analysis.nlp.parse.reader import ENCODED, card, read, without_marks
from analysis.nlp.topics.taxonomy import Topic, find_topics
from analysis.tables.rows import rows_of

MIN_SHARE: Final = 0.5  # a section without a matching word needs this share to give a topic
FLOOR: Final = 1e-4
MIN_CHARS: Final = 40  # and a sentence of this length: a subheading ("Rebound in ties") is no news item

Span = tuple[int, int]


def read_topics(text: ReadText) -> list[Topic]:
    """The topics of every sentence of a text: themes first, the heaviest first in each dimension."""
    doc = text.tree.doc
    by_sentence: dict[Span, list[Topic]] = defaultdict(list)
    for topic in find_topics(doc):
        by_sentence[topic.start_char, topic.end_char].append(topic)
    found: list[Topic] = []
    for sentence in sentences(doc):
        start, end = span = sentence.start_char, sentence.end_char
        own = text.readings.get(start)
        if own is None and (end - start >= MIN_CHARS or by_sentence[span]):
            own = read(without_marks(text_of(doc)[start:end]), [])
        found += sentence_topics(span, by_sentence[span], [] if own is None else own.sections.tolist())
    return found


def sentence_topics(span: Span, topics: Sequence[Topic], sections: Sequence[float]) -> list[Topic]:
    """The topics of one sentence.

    Args:
        span: offsets of the sentence.
        topics: what `find_topics` yields for it; may be empty.
        sections: the reader's probability of each; empty where it was not read.
    """
    themes, _ = theme_sections()
    others = [topic for topic in topics if topic.dimension != "theme"]
    placed = [topic for topic in topics if topic.dimension == "theme" and topic.topic in themes]
    loose = [topic for topic in topics if topic.dimension == "theme" and topic.topic not in themes]
    room = 1.0 - sum(topic.weight for topic in loose) / 2  # a loose theme alone leaves half to the sections
    shares = section_shares(placed, sections) if len(sections) else {}
    found = [*section_themes(span, placed, shares, room)]
    found += [topic._replace(weight=topic.weight / 2) for topic in loose]
    return [*sorted(found, key=lambda topic: (-topic.weight, topic.topic)), *others]


def section_shares(themes: Sequence[Topic], sections: Sequence[float]) -> dict[str, float]:
    """Probability of each section, by the reader and by the weights of the themes that words gave."""
    weights = card()["weights"]["section"]
    ruled: dict[str, float] = defaultdict(float)
    for topic in themes:
        ruled[theme_sections()[0][topic.topic]] += topic.weight
    reader = dict(zip(card()["sections"], sections, strict=True))
    evidence = {section: weights["rule"] * share for section, share in ruled.items()}
    sums = {
        name: weights["reader"] * math.log(max(p, FLOOR)) + evidence.get(name, 0.0)
        for name, p in reader.items()
    }
    powers = {name: math.exp(value - max(sums.values())) for name, value in sums.items()}
    return {name: power / sum(powers.values()) for name, power in powers.items()}


def section_themes(
    span: Span, themes: Sequence[Topic], shares: Mapping[str, float], room: float
) -> Iterator[Topic]:
    """Each section's share, divided among the themes that words gave it, else given to its leading theme."""
    sections, leading = theme_sections()
    for section, share in shares.items():
        inside = [topic for topic in themes if sections[topic.topic] == section]
        total = sum(topic.weight for topic in inside)
        for topic in inside:
            yield topic._replace(weight=max(room * share * topic.weight / total, FLOOR))
        if not inside and share >= MIN_SHARE and span[1] - span[0] >= MIN_CHARS:
            yield Topic(*span, "theme", leading[section], room * share, ENCODED)


@cache
def theme_sections() -> tuple[dict[str, str], dict[str, str]]:
    """Theme -> section, and section -> the theme that is given where no word shows which."""
    rows = list(rows_of(load_lexicon("topics/sections")))
    themes = {row.theme: row.section for row in rows}
    return themes, {row.section: row.theme for row in rows if row.leads}
