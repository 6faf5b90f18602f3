"""Which articles tell one story: reprints, also shortened, with another headline or first paragraph.

Two texts are reprints if the longer one contains most of the shorter one word for word, and both were
published within a few days. Each text is reduced to fingerprints: of every few consecutive word runs the one
with the smallest hash, so two texts that share a passage share its fingerprints, whatever else differs. Only
texts that share some are compared, so the cost grows with their number, not with its square. Phrases that
return week after week are ignored: they are standing text, not a story.

A copy of a later day that opens with a number or a denial found nowhere in the copies of the first day is an
update and a story of its own: it is news that the dead are now 14. Of copies of one day none is known to be
the newer.

Source: fingerprints by winnowing, Schleimer, Wilkerson and Aiken 2003; containment, Broder 1997; that true
reprints share only about 30% of their three-word runs, Silcock et al. 2023 (NEWS-COPY). The limits below
were measured by `benchmarks/reprints.py`.
"""

import re
import zlib
from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.ingest.dates import ANY_YEAR, DAY_NUMBER, ENGLISH_MONTH
from analysis.lexicons import load_lexicon

RUN = 4  # words that are hashed together
WINDOW = 4  # consecutive runs of which one is a fingerprint
MIN_CONTAINED = 0.5  # of the shorter text's fingerprints
MIN_COVERED = 0.15  # of the longer text's: a round-up has many stories and is not a reprint of any
MIN_SHARED = 6  # fingerprints: a shared phrase or quote does not make a reprint
DAYS = 4  # between the first and the last reprint of a story
MAX_PERIODS = 4  # of `DAYS` + 1 days: a phrase found in so many is standing text
NEIGHBOURS = 3  # each text is compared with so many that share a fingerprint, the nearest in time
OPENING_WORDS = 60  # a headline and about two sentences
DATE = re.compile(
    rf"\b(?:{ENGLISH_MONTH} {DAY_NUMBER}|{DAY_NUMBER} {ENGLISH_MONTH})\b(?:[.,]? {ANY_YEAR})?"
    r"|\d+:\d\d|\d{4}-\d\d-\d\d",
    re.IGNORECASE,
)
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
        known: ids of articles that are reprints whatever their words, except for updates.
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
    pairs = [(1.0, *sorted((place[one], place[other]))) for one, other in known]
    pairs += reprint_pairs(prints, days, min_contained)
    found = {
        number: (figures(text), figures(DATE.sub(" ", " ".join(text.split()[:OPENING_WORDS]))))
        for number in {number for _, *pair in pairs for number in pair}
        for text in [ordered[number][2]]
    }
    stories = joined(pairs, days.tolist(), found)
    return {ids[text]: min(ids[other] for other in story) for text, story in stories.items()}


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
    """Pairs of texts that are reprints, the most similar first.

    Args:
        prints: fingerprints of each text, in the order of their days.
        days: of each text.
        min_contained: as in `story_ids`.
    """
    texts = np.repeat(np.arange(len(prints)), [len(part) for part in prints])
    table = pd.DataFrame({"hash": np.concatenate([*prints, np.array([], dtype=np.uint64)]), "text": texts})
    table["period"] = np.where(days == UNDATED, -1, days // (DAYS + 1))[texts]
    table = table[table.groupby("hash")["period"].transform("nunique") < MAX_PERIODS]
    table = table.sort_values("hash", kind="stable")  # equal hashes stay in the order of texts, so by day
    hashes, owners = table["hash"].to_numpy(), table["text"].to_numpy()
    codes = [np.array([], dtype=np.int64)]  # a number for each pair that has a fingerprint in common
    for step in range(1, NEIGHBOURS + 1):
        one, other = owners[:-step], owners[step:]
        is_near = (days[other] - days[one] <= DAYS) | (days[other] == UNDATED)
        codes.append((one * len(prints) + other)[(hashes[:-step] == hashes[step:]) & is_near])
    pairs, shared = np.unique(np.concatenate(codes), return_counts=True)
    one, other = np.divmod(pairs, max(len(prints), 1))
    counts = np.bincount(owners, minlength=len(prints))
    fewer, more = np.minimum(counts[one], counts[other]), np.maximum(counts[one], counts[other])
    contained = shared / np.maximum(fewer, 1)
    alike = (contained >= min_contained) & (shared >= MIN_COVERED * more) & (shared >= MIN_SHARED)
    found = zip(contained[alike].tolist(), one[alike].tolist(), other[alike].tolist(), strict=True)
    return sorted(found, key=lambda pair: (-pair[0], *pair[1:]))


def figures(text: str) -> set[str]:
    """The numbers in a text, as digits, and "denied" where something is."""
    values = {
        **dict(load_lexicon("events/number_words")[["word", "value"]].to_numpy()),
        **dict.fromkeys(("deny", "denies", "denied", "denial"), "denied"),
    }
    return {
        values.get(one, one.replace(",", ""))
        for one in re.findall(r"\d[\d,]*|[^\W\d]+", text.lower())
        if one in values or one[0].isdigit()
    }


def joined(
    pairs: list[Pair], days: list[int], found: dict[int, tuple[set[str], set[str]]]
) -> dict[int, list[int]]:
    """The texts of the story of each text; the most similar join first, but no update, nor over `DAYS`.

    Without this limit a report that repeats most of yesterday's every day would be one endless story.

    Args:
        pairs: the most similar first.
        days: of each text, in order.
        found: `figures` of each text of the pairs, and those of its opening.
    """
    stories = {text: [text] for text in range(len(days))}
    for _, one, other in pairs:
        if stories[one] is not stories[other]:
            both = sorted(stories[one] + stories[other])
            first = days[both[0]]
            known = set().union(*(found[text][0] for text in both if days[text] == first))
            if all(
                days[text] - first <= DAYS and found[text][1] <= known
                for text in both
                if first < days[text] < UNDATED
            ):
                stories |= dict.fromkeys(both, both)
    return stories
