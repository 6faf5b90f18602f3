"""Where in an article an analyst's addition belongs: its offsets, checked against the words it quotes."""

import re
from typing import Any

from pandas import DataFrame

from analysis.ingest.correction_rules import ADD
from analysis.ingest.corrections_file import article_id_of
from analysis.pipeline.correctable import Outcomes, lapsed
from analysis.tables.rows import rows_of

MOST_WORDS = 60  # characters of the words that an error quotes


def with_places(corrections: DataFrame, articles: DataFrame) -> tuple[DataFrame, Outcomes]:
    """The corrections, each addition with the offsets of its words; those without a place are left out.

    Args:
        corrections: `Corrections` rows of these articles.
        articles: `Articles` table.

    Returns:
        `Corrections` rows, and by line why an addition has no place.
    """
    texts = articles.set_index("article_id")["text"].to_dict()
    identities, outcomes = {}, {}
    for one in rows_of(corrections[corrections["field"] == ADD]):
        article_id = article_id_of(one.id)
        try:
            start, end = place_of(one, texts[article_id])
            identities[one.Index] = f"{article_id}:{start}:{end}"
        except ValueError as error:
            outcomes[one.line] = lapsed(str(error))
    kept = corrections[~corrections["line"].isin(outcomes)]
    ids = [identities.get(place, identity) for place, identity in kept["id"].items()]
    return kept.assign(id=ids), outcomes


def place_of(correction: Any, text: str) -> tuple[int, int]:
    """The offsets of what is added: the quoted words decide, and given offsets choose among several.

    Raises:
        ValueError: the offsets are outside the text, or the words are not in it or in it several times.
    """
    given = tuple(map(int, correction.id.split(":")[1:]))
    if not correction.words:
        return checked_offsets(given, text)
    found = occurrences(correction.words, text)
    short = correction.words[:MOST_WORDS] + ("…" if len(correction.words) > MOST_WORDS else "")
    if not found:
        raise ValueError(f"the article does not contain the words “{short}”: copy them from its text")
    if given:
        return min(found, key=lambda span: abs(span[0] - given[0]))
    if len(found) > 1:
        raise ValueError(f"the article contains the words “{short}” {len(found)} times: quote more of them")
    return found[0]


def checked_offsets(given: tuple[int, ...], text: str) -> tuple[int, int]:
    """Offsets without the space around the words.

    Raises:
        ValueError: they are outside the text, or there are no words between them.
    """
    start, end = given
    words = text[start:end]
    if end > len(text) or not words.strip():
        raise ValueError(
            f"there are no words at the characters {start} to {end}, expected a place in the "
            f"{len(text):,} characters of the article"
        )
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def occurrences(words: str, text: str) -> list[tuple[int, int]]:
    """Where a text has some words, whatever the space between them."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [match.span() for match in re.finditer(pattern, text)]


def sentence_at(sentences: DataFrame, identity: str) -> Any | None:
    """The sentence that holds the first character of a place, `article_id:start:...`."""
    start = start_of(identity)
    own = sentences[sentences["article_id"] == article_id_of(identity)]
    return next(rows_of(own[(own["start_char"] <= start) & (start < own["end_char"])]), None)


def start_of(identity: str) -> int:
    """The first offset of a row or a place in its article."""
    return int(identity.split(":")[1])
