"""Who is named in a text: countries and their metonyms, bodies, groups, and people with their country.

Listed names are found first, the longest match winning. Other proper nouns are read as a person (`people`) or
a body (`bodies`) from their shape and what is beside them. A bare surname then goes to the full name of the
same text (`surnames`).
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from spacy.tokens import Doc

from analysis.country_names import country_name
from analysis.lexicons import load_lexicon
from analysis.nlp.actors.gazetteer import (
    Entry,
    Match,
    context_words,
    find_listed,
    find_places,
    given_names,
    match_at,
    name_endings,
    portfolio_words,
    roles,
    slug,
    words_of,
)
from analysis.nlp.actors.page import (
    POSSESSIVES,
    Mention,
    Page,
    dateline_words,
    foreign_office_owner,
    is_foreign_office,
    name_text,
    owner_before,
    page_with,
    proper_nouns,
)
from analysis.nlp.actors.people import find_candidates, name_people
from analysis.nlp.parse.word_lists import word_classes


def find_actors(doc: Doc) -> list[Mention]:
    """Mentions in the order of the text, none overlapping.

    Args:
        doc: a parsed text; part of speech is read, and who is subject of a verb of saying.

    Returns:
        Countries, bodies and groups from the lists, bodies by the last word of their name, and people. A
        person's span takes in title and country ("Chinese Foreign Minister Wang Yi"). Nobody is guessed: a
        name without title, apposition, known given name or verb of saying is left out.
    """
    page = read_page(doc)
    codes = {match.entry.country_code for match in page.matches if match.entry.kind == "country"}
    found = list(find_warships(page.words))
    taken = {i for mention in found for i in range(mention.start, mention.end)}
    people = name_people(find_candidates(page), codes)
    found += [mention for mention in people if taken.isdisjoint(range(mention.start, mention.end))]
    taken = {i for mention in found for i in range(mention.start, mention.end)}
    for mention in [*find_bodies(page), *find_countries(page), *find_koreas(page)]:
        span = range(mention.start, mention.end)
        if taken.isdisjoint(span):
            found.append(mention)
            taken.update(span)
    dateline = dateline_words(page)
    ordered = with_employers(sorted(found, key=lambda m: m.start))
    return [m._replace(is_dateline=m.start in dateline) for m in ordered]


def with_employers(found: list[Mention]) -> list[Mention]:
    """People right after a body are of it: `Kenyan Supreme Court Justice Jane Moe`."""
    bodies = {m.end: m for m in found if m.kind == "organisation" and m.country_code}
    return [
        m._replace(
            country_code=bodies[m.start].country_code, affiliation=m.affiliation or bodies[m.start].name
        )
        if m.kind == "person" and m.country_code is None and m.start in bodies
        else m
        for m in found
    ]


def read_page(doc: Doc) -> Page:
    """The text with its listed names; each Foreign Office is that of the country the text is about."""
    words, is_proper = words_of(doc), proper_nouns(doc)
    matches = [match for match in find_listed(words) if stands_for_actor(match, words)]
    page = page_with(doc, words, is_proper, matches)
    offices = [match for match in matches if is_foreign_office(page, match)]
    if not offices:
        return page
    page = page_with(doc, words, is_proper, [match for match in matches if match not in offices])
    owned = [Match(m.start, m.end, entry) for m in offices if (entry := foreign_office_owner(page, m))]
    return page_with(doc, words, is_proper, sorted([*page.matches, *owned])) if owned else page


# ---------------------------------------------------------------- countries, bodies, warships


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
    return min(end, start + LONGEST_NAME + 1)


@cache
def ship_prefixes() -> dict[str, str]:
    """Prefix -> code of the country whose ships bear it."""
    rows = load_lexicon("actors/ship_prefixes")
    return dict(zip(rows["prefix"], rows["country_code"], strict=True))
