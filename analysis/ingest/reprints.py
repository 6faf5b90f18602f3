"""Which articles tell one story: reprints, also shortened, with another headline or first paragraph.

Two texts are reprints if the longer one contains most of the shorter one word for word, and both were
published within a few days. Each text is reduced to fingerprints: of every few consecutive word runs the one
with the smallest hash, so two texts that share a passage share its fingerprints, whatever else differs. Only
texts that share some are compared, so the cost grows with their number, not with its square. Phrases that
return week after week are ignored: they are standing text, not a story.

Source: fingerprints by winnowing, Schleimer, Wilkerson and Aiken 2003; containment, Broder 1997; that true
reprints share only about 30% of their three-word runs, Silcock et al. 2023 (NEWS-COPY). The limits below
were measured by `benchmarks/reprints.py`.
"""

import re
import zlib
from collections.abc import Iterable
from itertools import chain

import numpy as np
import pandas as pd

RUN = 4  # words that are hashed together
WINDOW = 4  # consecutive runs of which one is a fingerprint
MIN_CONTAINED = 0.5  # of the shorter text's fingerprints
MIN_COVERED = 0.15  # of the longer text's: a round-up has many stories and is not a reprint of any
MIN_SHARED = 6  # fingerprints: a shared phrase or quote does not make a reprint
DAYS = 4  # between the first and the last reprint of a story
MAX_PERIODS = 4  # of `DAYS` + 1 days: a phrase found in so many is standing text
NEIGHBOURS = 3  # each text is compared with so many that share a fingerprint, the nearest in time
UNDATED = np.iinfo(np.int64).max
Pair = tuple[float, int, int]


def story_ids(
    articles: list[tuple[str, pd.Timestamp | None, str]],
    *,
    known: Iterable[tuple[str, str]] = (),
    min_contained: float = MIN_CONTAINED,
) -> dict[str, str]:
    """The story of each article: the smallest `article_id` among its reprints, or its own.

    The order of the articles does not matter. An article without a date is compared by its text alone.

    Args:
        articles: `article_id`, day and text of each.
        known: ids of articles that are reprints whatever their words.
        min_contained: share of the shorter text's fingerprints that the longer one must have.

    Returns:
        Story by article.
    """
    ordered = sorted(
        (UNDATED if day is None or pd.isna(day) else day.toordinal(), article_id, text)
        for article_id, day, text in articles
    )
    days = np.array([day for day, _, _ in ordered], dtype=np.int64)
    ids = [article_id for _, article_id, _ in ordered]
    prints = [fingerprints(text) for _, _, text in ordered]
    place = {article_id: number for number, article_id in enumerate(ids)}
    same = [(1.0, *sorted((place[one], place[other]))) for one, other in known]
    stories = joined(same + reprint_pairs(prints, days, min_contained), days.tolist())
    first: dict[int, str] = {}
    for article_id, story in zip(ids, stories, strict=True):
        first[story] = min(first.get(story, article_id), article_id)
    return {article_id: first[story] for article_id, story in zip(ids, stories, strict=True)}


def fingerprints(text: str) -> np.ndarray:
    """The smallest hash of every `WINDOW` consecutive runs of words."""
    words = np.array(
        [zlib.crc32(word.encode()) for word in re.findall(r"\w+", text.lower())], dtype=np.uint64
    )
    count = max(len(words) - RUN + 1, 0)
    runs = np.zeros(count, dtype=np.uint64)
    for offset in range(RUN):
        runs = (runs + words[offset : offset + count]) * np.uint64(0x9E3779B97F4A7C15)  # modulo 2**64
        runs ^= runs >> np.uint64(29)
    if count > WINDOW:
        runs = np.lib.stride_tricks.sliding_window_view(runs, WINDOW).min(axis=1)
    return np.unique(runs)


def reprint_pairs(prints: list[np.ndarray], days: np.ndarray, min_contained: float) -> list[Pair]:
    """Pairs of texts that are reprints, the most similar first."""
    hashes, owners = story_fingerprints(prints, days)
    counts = np.bincount(owners, minlength=len(prints))
    near = [neighbour_codes(hashes, owners, days, step) for step in range(1, NEIGHBOURS + 1)]
    codes, shared = np.unique(np.concatenate(near), return_counts=True)
    one, other = np.divmod(codes, max(len(prints), 1))
    fewer, more = np.minimum(counts[one], counts[other]), np.maximum(counts[one], counts[other])
    contained = shared / np.maximum(fewer, 1)
    alike = (contained >= min_contained) & (shared >= MIN_COVERED * more) & (shared >= MIN_SHARED)
    found = zip(contained[alike].tolist(), one[alike].tolist(), other[alike].tolist(), strict=True)
    return sorted(found, key=lambda pair: (-pair[0], *pair[1:]))


def story_fingerprints(prints: list[np.ndarray], days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fingerprints and the text of each, sorted by both, without those of standing text."""
    hashes = np.concatenate([*prints, np.array([], dtype=np.uint64)])
    owners = np.repeat(np.arange(len(prints), dtype=np.int32), [len(part) for part in prints])
    order = np.argsort(hashes, kind="stable")  # stable: equal hashes stay in the order of texts, so by day
    hashes, owners = hashes[order], owners[order]
    periods = np.where(days == UNDATED, -1, days // (DAYS + 1))[owners]
    begins = np.diff(hashes, prepend=~hashes[:1]) != 0
    is_new_period = begins | (np.diff(periods, prepend=periods[:1]) != 0)
    groups = np.cumsum(begins) - 1
    is_story = (np.bincount(groups, weights=is_new_period) < MAX_PERIODS)[groups]
    return hashes[is_story], owners[is_story]


def neighbour_codes(hashes: np.ndarray, owners: np.ndarray, days: np.ndarray, step: int) -> np.ndarray:
    """A number for each pair of texts that are `step` apart among those with the same fingerprint."""
    one, other = owners[:-step], owners[step:]
    is_near = (days[other] - days[one] <= DAYS) | (days[other] == UNDATED)
    together = (hashes[:-step] == hashes[step:]) & is_near
    return one[together].astype(np.int64) * len(days) + other[together]


def joined(pairs: list[Pair], days: list[int]) -> list[int]:
    """A number per text, the same for reprints; the most similar join first, and none over more than `DAYS`.

    Without this limit a report that repeats most of yesterday's every day would be one endless story.
    """
    story = list(range(len(days)))
    members = {text: [text] for text in story}
    for _, one, other in pairs:
        first, second = sorted((story[one], story[other]))
        dated = [days[text] for text in chain(members[first], members[second]) if days[text] != UNDATED]
        if first != second and (not dated or max(dated) - min(dated) <= DAYS):
            members[first] += members.pop(second)
            for text in members[first]:
                story[text] = first
    return story
