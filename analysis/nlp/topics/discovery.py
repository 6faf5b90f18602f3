"""Topics that a corpus suggests by itself, for what the fixed taxonomy does not know.

They show what the word lists lack. They are no measure, since other articles make other topics. To be
readable all the same, a topic keeps its number from run to run as long as its words stay similar.
"""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.ingest.whole_files import write_whole
from analysis.lexicons import load_lexicon
from analysis.schemas import DiscoveredTopics

MIN_ARTICLES = 20
MIN_TOPICS, MAX_TOPICS = 3, 12
MIN_WORDS = MAX_TOPICS  # fewer words cannot make that many topics
SEED = 0
REMEMBERED_TERMS = 30
SHOWN_TERMS = 6
SAME_TOPIC = 0.3  # least cosine of the words of two topics that are one
MIN_TOPIC_WEIGHT = 0.1
WORD = r"(?u)\b[^\W\d_]{3,}\b"

Memory = dict[str, dict[str, float]]  # topic_id -> term -> weight


def discover_topics(articles: pd.DataFrame, known: Memory | None = None) -> tuple[pd.DataFrame, Memory]:
    """Topics by non-negative matrix factorisation of word weights, without the words of the taxonomy.

    Args:
        articles: `Articles` table.
        known: topics of an earlier run, so that one that is found again keeps its number.

    Returns:
        `DiscoveredTopics` table, sorted by topic, the heaviest article first; and the topics to remember for
        the next run. The table is empty below `MIN_ARTICLES`, and where too few words occur in several
        articles but not in most.

    Source: Lee and Seung, Nature 401 (1999); scikit-learn's NMF with NNDSVD start and a fixed seed.
    """
    none = DiscoveredTopics.validate(pd.DataFrame(columns=list(DiscoveredTopics.columns))), {}
    words = distinctive_words(articles) if len(articles) >= MIN_ARTICLES else []
    if len(words) < MIN_WORDS:
        return none
    from sklearn.decomposition import NMF  # takes a second to import, and a small corpus never needs it
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(vocabulary=words, token_pattern=WORD, sublinear_tf=True)
    counts = vectorizer.fit_transform(articles["text"])
    model = NMF(topic_count(len(articles)), init="nndsvda", random_state=SEED, max_iter=500)
    shares = model.fit_transform(counts)
    shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-12)
    found = [strongest_terms(row, vectorizer.get_feature_names_out()) for row in model.components_]
    ids = topic_ids(found, known or {})
    rows = [
        {
            "article_id": article_id,
            "topic_id": ids[j],
            "terms": ", ".join(list(found[j])[:SHOWN_TERMS]),
            "weight": weights[j],
        }
        for article_id, weights in zip(articles["article_id"], shares, strict=True)
        for j in np.flatnonzero(weights >= MIN_TOPIC_WEIGHT)
    ]
    table = pd.DataFrame(rows, columns=list(DiscoveredTopics.columns))
    order = np.lexsort((table["article_id"], -table["weight"], table["topic_id"].map(topic_number)))
    table = table.iloc[order].reset_index(drop=True)
    return DiscoveredTopics.validate(table), dict(zip(ids, found, strict=True))


def distinctive_words(articles: pd.DataFrame) -> list[str]:
    """Words in two articles or more but not in over half, without those of taxonomy and outlets, in order."""
    from sklearn.feature_extraction.text import CountVectorizer

    outlets = " ".join((*load_lexicon("ingest/outlets")["outlet"], *articles["outlet"].dropna()))
    known = sorted({*taxonomy_words(), *re.findall(WORD, outlets.casefold())})
    analyzer = CountVectorizer(token_pattern=WORD, stop_words=known).build_analyzer()
    met = Counter(word for text in articles["text"] for word in set(analyzer(text)))
    return sorted(word for word, count in met.items() if 2 <= count <= len(articles) / 2)


def topic_count(article_count: int) -> int:
    """More topics for more articles, slowly: 3 at 20, 7 at 100, never above 12."""
    return min(max(round((article_count / 2) ** 0.5), MIN_TOPICS), MAX_TOPICS)


@cache
def taxonomy_words() -> frozenset[str]:
    """Single words of the fixed lists, words of reporting, and English words without content."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    lists = (
        ("topics/theme_terms", "term"),
        ("topics/theatre_terms", "term"),
        ("quotes/reporting_words", "word"),
    )
    listed = {word.casefold() for name, column in lists for word in load_lexicon(name)[column]}
    return frozenset(ENGLISH_STOP_WORDS) | {word for word in listed if re.fullmatch(WORD, word)}


def strongest_terms(weights: np.ndarray, words: np.ndarray) -> dict[str, float]:
    order = np.lexsort((words, -weights))[:REMEMBERED_TERMS]
    return {str(words[i]): round(float(weights[i]), 6) for i in order if weights[i] > 0}


def topic_ids(found: list[dict[str, float]], known: Memory) -> list[str]:
    """Id of each topic: that of the known topic it resembles, one to one, or else the next free one."""
    names = sorted(known, key=topic_number)
    similar = np.array([[cosine(topic, known[name]) for name in names] for topic in found])
    matches: dict[int, str] = {}
    if names:
        from scipy.optimize import linear_sum_assignment

        for i, j in zip(*linear_sum_assignment(-similar), strict=True):
            if similar[i, j] >= SAME_TOPIC:
                matches[int(i)] = names[j]
    free = max(map(topic_number, names), default=0)
    ids = []
    for i in range(len(found)):
        free += i not in matches
        ids.append(matches.get(i, f"D{free}"))
    return ids


def topic_number(topic_id: str) -> int:
    return int(topic_id.removeprefix("D"))


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    product = sum(weight * other.get(term, 0.0) for term, weight in one.items())
    lengths = (sum(weight**2 for weight in terms.values()) ** 0.5 for terms in (one, other))
    return product / (np.prod(list(lengths)) or 1.0)


def load_memory(path: Path | str) -> Memory:
    """The topics of an earlier run; empty if there was none.

    Raises:
        ValueError: the file is damaged. Deleting it only renumbers the topics.
    """
    path = Path(path)
    if not path.exists():
        return {}
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(
            f"{path} is damaged ({error}), expected JSON: delete it, and topics are numbered from D1 again"
        ) from error


def write_memory(path: Path, memory: Memory) -> None:
    """Save the topics for the next run; a crash leaves the old file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(memory, ensure_ascii=False, indent=1))
