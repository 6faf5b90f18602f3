"""Where the name of a person begins and ends, and what belongs to it: given name, particles, generation."""

import re

from analysis.nlp.actors.gazetteer import (
    ROLE_KINDS,
    family_first_names,
    given_names,
    leader_surnames,
    leaders,
    name_endings,
    portfolio_words,
    titles,
)
from analysis.nlp.actors.page import Page, name_text
from analysis.nlp.parse.word_lists import speech_verbs

PARTICLES = frozenset(
    ("al", "el", "bin", "ibn", "von", "van", "der", "den", "de", "da", "di", "dos", "du", "la")
)
YOUNGER = frozenset(("Jr", "II", "III", "IV"))
GENERATIONS = YOUNGER | {"Sr"}
NAME_WORDS = 8  # the longest name
GIVEN_PAIR = re.compile(r"[A-Z][a-z]+-[a-z]+")
"""A given name of two syllables, as in Chung Dong-young or Lai Ching-te, after the surname."""


def name_end(page: Page, i: int) -> int | None:
    """One past the last word of the name that begins at word `i`; None where it is no person's name."""
    words, end = page.words, i
    if not (words[i][0].isupper() or words[i] in PARTICLES) or is_common_word(words[i]):
        return None
    while end < len(words) and end - i < NAME_WORDS:
        width = name_part(page, i, end)
        if not width:
            break
        end += width
    last = words[end - 1]
    return end if end > i and last not in name_endings() and (last[0].isalpha() or last == ".") else None


def name_part(page: Page, start: int, i: int) -> int:
    """Number of words that continue at `i` the name that began at `start`; 0 where it ends."""
    words, match = page.words, page.at.get(i)
    is_generation = words[i] == "." and words[i - 1] in ("Sr", "Jr")
    if i > start and (is_generation or (words[i - 1] == "-" and words[i].isalpha())):  # Ching-te
        return 1
    if match and not (i == start and is_given_name(page, i)):
        is_first = i == start or (i == start + 1 and len(words[start].strip(".")) == 1)  # wrote on X. Ukraine
        is_surname = not is_first and match.entry.form in ("name", "capital")  # Jim Jordan
        return match.end - i if match.entry.kind == "person" or is_surname else 0
    if page.is_proper[i] and words[i][0].isalpha() and not (i > start and is_title(page, i)):
        return 1
    if words[i].lower() in PARTICLES and is_name_next(page, i):
        return 1
    is_joint = words[i] == "-" and not page.doc[i].whitespace_ and not page.doc[i - 1].whitespace_
    return int(i > start and is_joint and words[i + 1 : i + 2] != [] and words[i + 1].isalpha())


def is_name_next(page: Page, i: int) -> bool:
    """Whether a name goes on after the particle at `i`: `bin Salman`, `al-Assad`."""
    following = i + 2 if page.words[i + 1 : i + 2] == ["-"] else i + 1
    return following < len(page.words) and (page.is_proper[following] or page.words[following] in PARTICLES)


def title_end(page: Page, i: int) -> int | None:
    """End of a title that begins here, such as `Foreign Minister`."""
    listed = (words for words, kind in titles().get(page.words[i], ()) if kind not in ROLE_KINDS)
    return next((i + len(t) for t in listed if tuple(page.words[i : i + len(t)]) == t), None)


def is_title(page: Page, i: int) -> bool:
    """A title, and no part of a name: the `Major` of Major Tom, not of John Major or Ali Sheikh."""
    end = title_end(page, i)
    kinds = {kind for tokens, kind in titles().get(page.words[i], ())}
    return end is not None and end < len(page.words) and page.is_proper[end] and kinds != {"honorific"}


def is_common_word(word: str) -> bool:
    """`Ministry`, `Street`, `Act`, but not the Bill of Bill Clinton."""
    return word in name_endings() and word not in given_names()


def is_given_name(page: Page, i: int) -> bool:
    """A country that is a given name here: `Jordan Peterson`, not `Jordan` or `Chad President Deby`."""
    following = i + 1
    match = page.at.get(i)
    return (match is None or match.end == following) and (
        page.words[i] in given_names()
        and following < len(page.words)
        and page.is_proper[following]
        and following not in page.at
        and not title_end(page, following)
        and not is_common_word(page.words[following])
    )


def is_person_name(page: Page, start: int, end: int) -> bool:
    """A known given name first, or subject of a verb of saying, or an age after it."""
    words, last = page.words, page.doc[end - 1]
    if end - start < 2:
        return False
    is_initial = len(words[start]) == 2 and words[start][1] == "."
    if is_initial or words[start] in given_names() or words[end - 1] in leader_surnames():
        return True
    if words[end : end + 1] == [","] and words[end + 1 : end + 2] and words[end + 1].isdigit():
        return words[end + 2 : end + 3] == [","]
    speaks = last.dep_ == "nsubj" and last.head.lemma_ in speech_verbs()["person"]
    return speaks and words[start][1:].islower()


def given_after_portfolio(page: Page, i: int, end: int) -> int | None:
    """Where the name begins after `Political Affairs` in `Secretary for Political Affairs Victoria Doe`."""
    given, words = given_names(), page.words
    is_portfolio = words[i].lower() in portfolio_words()  # for Europe and Foreign Affairs Jean Doe
    if i == 0 or not (is_portfolio or words[i - 1] in ("for", "of")) or words[i] in given:
        return None
    return next((k for k in range(i + 1, end - 1) if words[k] in given), None)


def without_initials(words: list[str]) -> str:
    """Antony J. Blinken is Antony Blinken."""
    kept = [word for k, word in enumerate(words) if k == 0 or not (len(word) == 2 and word[1] == ".")]
    return name_text(kept, 0, len(kept))


def without_generations(words: list[str]) -> list[str]:
    """The words of a name without `Jr.` or `III`: `Moe Jr.` is a surname alone."""
    return [word for word in words if word.strip(".") not in {*GENERATIONS, ""}]


def without_generation(words: list[str]) -> str:
    """Jo Moe Jr. and Jo Moe III are Jo Moe.

    `Sr.` is kept to tell a father from a son, and a number after a single name to tell kings apart. Donald
    Trump Jr. is not the Donald Trump of the list of leaders.
    """
    name = without_initials(words)
    plain = " ".join(word for word in name.split() if word.strip(".") not in YOUNGER)
    return plain if " " in plain and plain not in leaders() else name


def surnames(name: str, country_code: str | None = None) -> list[str]:
    """Words that a text may later call a person by: `Assad` and `al-Assad`; `Wang` for Wang Yi."""
    words = without_generations(name.split()) or [name]
    forms = [words[-1]]
    if "-" in words[-1] and words[-1].split("-")[0] in PARTICLES:
        forms.append(words[-1].split("-", 1)[1])
    is_korean = country_code in ("PRK", "KOR") or (len(words) == 2 and GIVEN_PAIR.fullmatch(words[1]))
    if is_korean or words[0] in family_first_names():
        forms.append(words[0])
    return forms
