"""Actors that are no people: countries and other listed names, unlisted bodies, warships.

An unlisted body is known by the last word of its name; an organ of a state acts for its state. `The North`
and `the South` are the Koreas where the text names one, and `USS Harry S. Truman` is no person.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from analysis.country_names import country_name
from analysis.lexicons import load_lexicon
from analysis.nlp.actors.gazetteer import (
    Entry,
    Match,
    context_words,
    find_places,
    given_names,
    match_at,
    name_endings,
    portfolio_words,
    roles,
    slug,
)
from analysis.nlp.actors.page import POSSESSIVES, Mention, Page, name_text, owner_before
from analysis.nlp.parse.word_lists import word_classes

KOREAS = {"North": "PRK", "South": "KOR"}
UNION, EUROPE = "bloc:european-union", "bloc:europe"  # the second is the first where a text names both
TALIBAN = "group:taliban"
PAKISTANI_TALIBAN = ["Pakistani", "Taliban"]  # another group, which fights Pakistan
BODY_WORDS = 8  # the longest name of a body
LONGEST_NAME: Final = 4  # words after the prefix
MARKS: Final = frozenset(("*", "_", '"', "“", "”", "'", "‘", "’"))  # around the name of a ship


def stands_for_actor(match: Match, words: list[str]) -> bool:
    """False where a listed name means something else here: `Jim Jordan`, `minister German Doe`."""
    entry, i = match.entry, match.start
    if i and words[i - 1].lower() == "ethnic":
        return False  # ethnic Albanians of Serbia
    if entry.actor_id == "bloc:the-west" and words[match.end : match.end + 1]:
        return not words[match.end][0].isupper()  # the West African bloc, the West Bank
    if entry.form == "adjective":
        return not is_name_after_title(match, words)
    if entry.kind != "country":
        return True
    if entry.actor_id == "GEO":
        return not context_words("Georgia").isdisjoint(words)
    is_one_word = match.end - i == 1 and entry.form in ("name", "capital")
    return not (is_one_word and i and words[i - 1] in given_names() and words[i] not in ("China", "Iran"))


def is_name_after_title(match: Match, words: list[str]) -> bool:
    """Whether a word between a title in small letters and a name begins the name, and names no country."""
    before, after = words[match.start - 1 : match.start], words[match.end : match.end + 1]
    is_in_name = bool(before and after) and before[0] in roles() and after[0][:1].isupper()
    return is_in_name and after[0].lower() not in portfolio_words()


def find_countries(page: Page) -> list[Mention]:
    """The listed names that are no people."""
    meant = meanings_here(page)
    return [
        listed_mention(match._replace(entry=meant.get(match, match.entry)))
        for match in page.matches
        if match.entry.actor_id and match.entry.kind != "person"
    ]


def meanings_here(page: Page) -> dict[Match, Entry]:
    """Names that mean something else in this text than by themselves, with what they mean."""
    union = next((m.entry for m in page.matches if m.entry.actor_id == UNION), None)
    found = {m: union for m in page.matches if union and m.entry.actor_id == EUROPE}
    group = match_at(PAKISTANI_TALIBAN, 0)
    if group and is_about_pakistan(page):
        is_named = any(m.entry.actor_id == group[1].actor_id for m in page.matches)
        taliban = [m for m in page.matches if m.entry.actor_id == TALIBAN]
        found |= {m: group[1] for m in taliban if is_named or is_insurgent(page, m)}
    return found


def is_about_pakistan(page: Page) -> bool:
    """Whether a text names Pakistan, and nothing of Afghanistan but the Taliban."""
    matches = [*page.matches, *find_places(page.words)]
    named = {match.entry.country_code for match in matches if match.entry.actor_id != TALIBAN}
    return "PAK" in named and "AFG" not in named


def is_insurgent(page: Page, match: Match) -> bool:
    """`Taliban insurgents`: they fight a government, and the Afghan Taliban are one."""
    following = page.doc[match.end].lemma_ if match.end < len(page.words) else ""
    return following in word_classes()["rebel"]


def listed_mention(match: Match) -> Mention:
    entry = match.entry
    row = (match.start, match.end, entry.actor_id, entry.name, entry.country_code, entry.kind)
    return Mention(*row, role=None, affiliation=None, is_dateline=False)


def find_koreas(page: Page) -> list[Mention]:
    """`The North` and `the South` in a text that names a Korea and nothing else with a north and a south."""
    first = next((match.start for match in page.matches if match.entry.actor_id in KOREAS.values()), None)
    if first is None or not context_words("other north and south").isdisjoint(page.words):
        return []
    return [korea_mention(page, i) for i in range(first + 1, len(page.words)) if is_half(page, i)]


def is_half(page: Page, i: int) -> bool:
    """The `North` of `the North threatened`, not of `the North of England` or `the South China Sea`."""
    words = page.words
    if words[i] not in KOREAS or words[i - 1] not in ("the", "The"):
        return False
    following = words[i + 1] if i + 1 < len(words) else ""
    return following != "of" and not following[:1].isupper()


def korea_mention(page: Page, i: int) -> Mention:
    code = KOREAS[page.words[i]]
    return Mention(i, i + 1, code, country_name(code), code, "country", None, None, is_dateline=False)


def find_bodies(page: Page) -> list[Mention]:
    """`Civic Front`, `Harbour Institute`; `Russian Defence Ministry` is Russia."""
    found = []
    for end, word in enumerate(page.words, start=1):
        kind = name_endings().get(word)
        is_name = page.is_proper[end - 1] or (end >= 2 and end - 1 in page.before)
        if kind in ("organisation", "state organ") and is_name:
            mention = body_before(page, end, kind)
            if mention:
                found.append(mention)
    return found


def body_before(page: Page, end: int, kind: str) -> Mention | None:
    """The body whose name ends before word `end`; None where only its last word is there."""
    start, owner = body_start(page, end)
    if end in page.at or end - start < 2 or any(end - 1 in range(m.start, m.end) for m in page.matches):
        return None
    if kind == "state organ":
        owner = owner or owner_after(page, end)
        if owner and owner.start >= end:
            end = owner.end
        if not owner and end - start < 3:
            return None  # the Foreign Ministry, of whatever country
    return body_mention(page, start, end, kind, owner)


def body_start(page: Page, end: int) -> tuple[int, Match | None]:
    """First word of the body's name, and the country that it begins with."""
    start = end - 1
    while start > 0 and end - start < BODY_WORDS:
        match = page.before.get(start)
        if match and match.entry.kind == "country":
            return match.start, match
        if match or not page.is_proper[start - 1] or not page.words[start - 1][0].isupper():
            break
        start -= 1
    owner = owner_before(page, start) if page.words[start - 1] in POSSESSIVES else None
    return start, owner if owner and owner.entry.kind == "country" else None  # Peru's Security Service


def owner_after(page: Page, end: int) -> Match | None:
    """The state in `Armed Forces of the Philippines`."""
    if page.words[end : end + 1] != ["of"]:
        return None
    return page.at.get(end + 2 if page.words[end + 1 : end + 2] == ["the"] else end + 1)


def body_mention(page: Page, start: int, end: int, kind: str, owner: Match | None) -> Mention:
    """The state for its organ; any other body under its own name."""
    code = owner.entry.country_code if owner else None
    if kind == "state organ" and owner and owner.entry.kind == "country":
        entry = owner.entry
        return Mention(start, end, entry.actor_id, entry.name, code, "country", None, None, is_dateline=False)
    name = name_text(page.words, start, end)
    actor_id = f"org:{slug(name)}"
    return Mention(start, end, actor_id, name, code, "organisation", None, None, is_dateline=False)


def find_warships(words: Sequence[str]) -> Iterator[Mention]:
    """Ships of a text, each as its country."""
    for i, word in enumerate(words):
        code = ship_prefixes().get(word)
        end = name_end(words, i + 1) if code else i + 1
        if code and end > i + 1:
            yield Mention(i, end, code, country_name(code), code, "country", None, None, False)


def name_end(words: Sequence[str], start: int) -> int:
    """One past the last word of a ship's name."""
    end = start
    for i in range(start, min(len(words), start + LONGEST_NAME + len(MARKS))):
        bare = words[i].strip("".join(MARKS))
        if bare and not bare[0].isupper():
            break
        if bare:
            end = i + 1
        if bare and bare != words[i] and words[i][-1] in MARKS:
            break  # the mark that closes the name
    return min(end, start + LONGEST_NAME + 1)


@cache
def ship_prefixes() -> dict[str, str]:
    """Prefix -> code of the country whose ships bear it."""
    rows = load_lexicon("actors/ship_prefixes")
    return dict(zip(rows["prefix"], rows["country_code"], strict=True))
