"""Which articles tell one story: reprints, shortened, under another headline or with another first paragraph.

Two texts are reprints if most of what the shorter one says word for word stands in the longer one, and both
were published within a few days. Each text is reduced to fingerprints: of every few runs of words in a row
the one with the least number, so that two texts which share a passage share its fingerprints however much
else differs. Only texts that share some are compared, so the cost grows with their number, not with its
square. Phrases that return week after week are left out: they tell a form letter, not a story.

Source: fingerprints by winnowing, Schleimer, Wilkerson and Aiken 2003; containment, Broder 1997; that true
reprints share only about 30% of their three-word runs, Silcock et al. 2023 (NEWS-COPY). The limits below
were measured by `benchmarks/reprints.py`.
"""

import re
import zlib
from itertools import chain

import numpy as np
import pandas as pd

RUN = 4  # words that are compared together
WINDOW = 4  # runs in a row of which one is a fingerprint
LEAST_CONTAINED = 0.5  # of the shorter text's fingerprints
LEAST_COVERED = 0.15  # of the longer text's: a round-up holds many stories and is none of them
LEAST_SHARED = 6  # fingerprints: a shared phrase or quote is no shared story
DAYS = 4  # between the first and the last reprint of a story
STANDING_SPANS = 4  # spans of `DAYS` in which a phrase that tells no story is met
NEIGHBOURS = 3  # texts with the same fingerprint that each is compared with, nearest in time
UNDATED = np.iinfo(np.int64).max
WORD = re.compile(r"\w+")
Article = tuple[str, pd.Timestamp | None, str]
Pair = tuple[float, int, int]


def story_ids(articles: list[Article]) -> dict[str, str]:
    """The story of each article: the least `article_id` among its reprints, its own if it has none.

    The order of the articles changes nothing. An article without a date is compared by its text alone.

    Args:
        articles: `article_id`, day and text of each.

    Returns:
        Story by article.
    """
    ordered = sorted((day_number(day), article_id, text) for article_id, day, text in articles)
    days = np.array([day for day, _, _ in ordered], dtype=np.int64)
    ids = [article_id for _, article_id, _ in ordered]
    stories = joined(reprint_pairs([fingerprints(text) for _, _, text in ordered], days), days.tolist())
    first: dict[int, str] = {}
    for article_id, story in zip(ids, stories, strict=True):
        first[story] = min(first.get(story, article_id), article_id)
    return {article_id: first[story] for article_id, story in zip(ids, stories, strict=True)}


def day_number(day: pd.Timestamp | None) -> int:
    return UNDATED if day is None or pd.isna(day) else day.toordinal()


def fingerprints(text: str) -> np.ndarray:
    """The least of every `WINDOW` runs in a row, each once."""
    runs = word_runs(text)
    if len(runs) <= WINDOW:
        return np.unique(runs)
    return np.unique(np.lib.stride_tricks.sliding_window_view(runs, WINDOW).min(axis=1))


def word_runs(text: str) -> np.ndarray:
    """A number for each run of words, in their order; the same words give the same number on any machine."""
    words = np.array([zlib.crc32(word.encode()) for word in WORD.findall(text.lower())], dtype=np.uint64)
    count = max(len(words) - RUN + 1, 0)
    runs = np.zeros(count, dtype=np.uint64)
    for place in range(RUN):
        runs = (runs + words[place : place + count]) * np.uint64(0x9E3779B97F4A7C15)  # modulo 2**64
        runs ^= runs >> np.uint64(29)
    return runs


def reprint_pairs(prints: list[np.ndarray], days: np.ndarray) -> list[Pair]:
    """Each two texts that are reprints, the most alike first."""
    marks, owners = telling_marks(prints, days)
    counts = np.bincount(owners, minlength=len(prints))
    near = [neighbour_codes(marks, owners, days, step) for step in range(1, NEIGHBOURS + 1)]
    codes, shared = np.unique(np.concatenate(near), return_counts=True)
    one, other = np.divmod(codes, max(len(prints), 1))
    fewer, more = np.minimum(counts[one], counts[other]), np.maximum(counts[one], counts[other])
    contained = shared / np.maximum(fewer, 1)
    alike = (contained >= LEAST_CONTAINED) & (shared >= LEAST_COVERED * more) & (shared >= LEAST_SHARED)
    found = zip(contained[alike].tolist(), one[alike].tolist(), other[alike].tolist(), strict=True)
    return sorted(found, key=lambda pair: (-pair[0], *pair[1:]))


def telling_marks(prints: list[np.ndarray], days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fingerprints and the text each is of, sorted by both, without those of phrases that keep returning."""
    marks = np.concatenate([*prints, np.array([], dtype=np.uint64)])
    owners = np.repeat(np.arange(len(prints), dtype=np.int32), [len(part) for part in prints])
    order = np.argsort(marks, kind="stable")  # stable: within a mark by text, so by day
    marks, owners = marks[order], owners[order]
    spans = np.where(days == UNDATED, -1, days // (DAYS + 1))[owners]
    begins = np.diff(marks, prepend=~marks[:1]) != 0
    is_new_span = begins | (np.diff(spans, prepend=spans[:1]) != 0)
    groups = np.cumsum(begins) - 1
    telling = (np.bincount(groups, weights=is_new_span) < STANDING_SPANS)[groups]
    return marks[telling], owners[telling]


def neighbour_codes(marks: np.ndarray, owners: np.ndarray, days: np.ndarray, step: int) -> np.ndarray:
    """A number for each two texts that stand `step` apart in the list of those with the same fingerprint."""
    one, other = owners[:-step], owners[step:]
    is_near = (days[other] - days[one] <= DAYS) | (days[other] == UNDATED)
    together = (marks[:-step] == marks[step:]) & is_near
    return one[together].astype(np.int64) * len(days) + other[together]


def joined(pairs: list[Pair], days: list[int]) -> list[int]:
    """A number per text, the same for reprints; the most alike are joined first, none over more than `DAYS`.

    Without that limit a report that repeats most of yesterday's every day would be one story for ever.
    """
    story = list(range(len(days)))
    members = {text: [text] for text in story}
    for _, one, other in pairs:
        kept, lost = sorted((story[one], story[other]))
        dated = [days[text] for text in chain(members[kept], members[lost]) if days[text] != UNDATED]
        if kept != lost and (not dated or max(dated) - min(dated) <= DAYS):
            members[kept] += members.pop(lost)
            for text in members[kept]:
                story[text] = kept
    return story
