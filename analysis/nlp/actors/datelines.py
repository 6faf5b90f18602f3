"""The openings that say where a story was filed: `BEIJING, April 24 (Reuters) -`."""

from analysis.ingest.datelines import filed_tokens
from analysis.nlp.actors.gazetteer import ends_place
from analysis.nlp.actors.page import DASHES, Page

DATELINE_WORDS = 14  # the longest opening that still is one


def dateline_words(page: Page) -> set[int]:
    """Words in the dateline of any paragraph."""
    spans = filed_tokens(page.doc.text, [token.idx for token in page.doc])
    found = {i for start, end in spans for i in range(start, end)}
    for i, word in enumerate(page.words):
        is_opening = i == 0 or "\n" in page.words[i - 1]
        if is_opening and word[0].isupper():
            found.update(range(i, dateline_end(page, i)))
    return found


def dateline_end(page: Page, start: int) -> int:
    """One past the last word before the dash that closes a dateline; `start` where there is none.

    `US-China talks` has a hyphen and no dateline.
    """
    opening = page.words[start : start + DATELINE_WORDS]
    close = closing_mark(opening)
    if close and opening[close] == "-" and not page.doc[start + close].whitespace_:
        return start
    place = opening[:close]
    if not place or any(word[0].islower() for word in place if word not in ("de", "of")):
        return start
    is_capitals = place[0].isupper() and len(place[0]) > 3
    is_marked = ")" in place or is_capitals or close == 1 or is_city_of(place)
    return start + close if is_marked and not all(word in DASHES for word in place) else start


def closing_mark(opening: list[str]) -> int:
    """The first dash of an opening, or the colon after an agency or a city in capitals; 0 if it has none."""
    marks = (k for k, word in enumerate(opening) if word in DASHES or (word == ":" and files(opening[:k])))
    return next(marks, 0)


def files(words: list[str]) -> bool:
    """Whether the words before a colon say where a story was filed, and not who speaks."""
    return ")" in words or is_capital_place(words)


def is_capital_place(place: list[str]) -> bool:
    """`ISLAMABAD: Pakistan's army ...`, as South Asian papers file; but `DOE: Why?` is a speaker."""
    return bool(place) and all(word.isupper() for word in place) and ends_place(titled(place), len(place) - 1)


def titled(words: list[str]) -> list[str]:
    """`NEW DELHI` as `New Delhi`."""
    return [word.title() for word in words]


def is_city_of(place: list[str]) -> bool:
    """`Washington, D.C.` and `Beirut, Lebanon`; but `Moscow, Beijing` are two governments."""
    comma = place.index(",") if "," in place else 0
    return comma > 0 and ends_place(place, comma - 1) and not ends_place(place, len(place) - 1)
