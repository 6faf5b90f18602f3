"""Who is named in a text: countries and their metonyms, bodies, groups, and people with their country.

Listed names are found first, the longest match winning. Other proper nouns are read as a person (`people`) or
a body (`bodies`) from their shape and what is beside them. A bare surname then goes to the full name of the
same text (`surnames`).
"""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from analysis.country_names import country_names
from analysis.lexicons import load_lexicon
from analysis.nlp.actors.gazetteer import (
    Match,
    context_words,
    find_listed,
    given_names,
    name_endings,
    slug,
    words_of,
)
from analysis.nlp.actors.page import (
    POSSESSIVES,
    Mention,
    Page,
    dateline_words,
    name_text,
    office_code,
    owner_before,
    page_of,
)
from analysis.nlp.actors.people import find_candidates, name_people
from analysis.nlp.actors.person_names import name_end


def find_actors(doc: Doc) -> list[Mention]:
    """Mentions in the order of the text, none overlapping.

    Args:
        doc: a parsed text; part of speech is read, and who is subject of a verb of saying.

    Returns:
        Countries, bodies and groups from the lists, bodies by the last word of their name, and people. A
        person's span takes in title and country ("Chinese Foreign Minister Wang Yi"). Nobody is guessed: a
        name without title, apposition, known given name or verb of saying is left out.
    """
    words = words_of(doc)
    page = page_of(doc, words, as_meant([m for m in find_listed(words) if stands_for_actor(m, words)], words))
    ships = list(find_ships(page))
    aboard = {i for ship in ships for i in range(ship.start, ship.end)}
    found = ships + [m for m in name_people(find_candidates(page)) if m.start not in aboard]
    taken = {i for mention in found for i in range(mention.start, mention.end)}
    for mention in [*find_bodies(page), *find_countries(page), *find_koreas(page)]:
        span = range(mention.start, mention.end)
        if taken.isdisjoint(span):
            found.append(mention)
            taken.update(span)
    dateline = dateline_words(page)
    return [m._replace(is_dateline=m.start in dateline) for m in sorted(found, key=lambda m: m.start)]


# ---------------------------------------------------------------- countries and bodies


CONGO = (["Congo"], ["Congolese"])
KOREAS = {"North": "PRK", "South": "KOR"}
UNION, EUROPE = "bloc:european-union", "bloc:europe"  # the second is the first where a text names both
BODY_WORDS = 8  # the longest name of a body


def stands_for_actor(match: Match, words: list[str]) -> bool:
    """False where a listed name means something else here: `Jim Jordan`."""
    entry, i = match.entry, match.start
    before = words[i - 1].lower() if i else ""
    if before == "ethnic" or (entry.form == "capital" and ship_prefixes().get(before) == ""):
        return False  # ethnic Albanians of Serbia, the tanker Bucharest
    if entry.actor_id == "bloc:the-west" and words[match.end : match.end + 1]:
        return not words[match.end][0].isupper()  # the West African bloc, the West Bank
    if entry.form == "adjective" or entry.kind != "country":
        return True
    if entry.actor_id == "GEO":
        return not context_words("Georgia").isdisjoint(words)
    is_one_word = match.end - i == 1 and entry.form in ("name", "capital")
    return not (is_one_word and i and words[i - 1] in given_names() and words[i] not in ("China", "Iran"))


def as_meant(matches: list[Match], words: list[str]) -> list[Match]:
    """The listed names as this text means them.

    Europe is the European Union where a text names both. Congo alone is Kinshasa's, as agencies have it; but
    Brazzaville's where the text names that one and not the other.
    """
    sure = [m.entry for m in matches if words[m.start : m.end] not in CONGO]
    is_kinshasa = any(entry.country_code == "COD" for entry in sure)  # M23 is of that one too
    named = {entry.actor_id: entry for entry in sure if not (is_kinshasa and entry.actor_id == "COG")}
    meant = {EUROPE: named.get(UNION), "COD": named.get("COG")}
    return [
        m._replace(entry=(meant.get(m.entry.actor_id) or m.entry)._replace(form=m.entry.form))
        for m in matches
    ]


def find_countries(page: Page) -> list[Mention]:
    """The listed names that are no people.

    The Foreign Office is London's in the list, and Islamabad's in Pakistani papers.
    """
    code = office_code(page, "foreign office")
    owner = next((m.entry for m in page.matches if code and m.entry.actor_id == code), None)
    found = []
    for match in page.matches:
        if owner and page.words[match.start : match.end] == ["Foreign", "Office"]:
            match = match._replace(entry=owner)
        if match.entry.actor_id and match.entry.kind != "person":
            found.append(Mention(match.start, match.end, *match.entry[:4], None, None, is_dateline=False))
    return found


def find_koreas(page: Page) -> Iterator[Mention]:
    """`The North` and `the South` in a text that names a Korea and nothing else with a north and a south.

    Not the `North` of `the North of England` or the `South` of `the South China Sea`.
    """
    words = page.words
    first = next((match.start for match in page.matches if match.entry.actor_id in KOREAS.values()), None)
    if first is None or not context_words("other north and south").isdisjoint(words):
        return
    for i in range(first + 1, len(words)):
        following = words[i + 1] if i + 1 < len(words) else ""
        is_half = words[i] in KOREAS and words[i - 1] in ("the", "The")
        if is_half and following != "of" and not following[:1].isupper():
            code = KOREAS[words[i]]
            yield Mention(
                i, i + 1, code, country_names()[code], code, "country", None, None, is_dateline=False
            )


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
    least = 3 if kind == "state organ" and not owner else 2  # the Foreign Ministry, of whatever country
    if end in page.at or end - start < least or any(end - 1 in range(m.start, m.end) for m in page.matches):
        return None
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


def body_mention(page: Page, start: int, end: int, kind: str, owner: Match | None) -> Mention:
    """The state for its organ; any other body under its own name."""
    code = owner.entry.country_code if owner else None
    if kind == "state organ" and owner and owner.entry.kind == "country":
        entry = owner.entry
        return Mention(start, end, entry.actor_id, entry.name, code, "country", None, None, is_dateline=False)
    name = name_text(page.words, start, end)
    actor_id = f"org:{slug(name)}"
    return Mention(start, end, actor_id, name, code, "organisation", None, None, is_dateline=False)


def find_ships(page: Page) -> Iterator[Mention]:
    """Warships, each as its country: the `USS Gerald R. Ford` is no person."""
    for i, word in enumerate(page.words[:-1]):
        code = ship_prefixes().get(word)
        end = name_end(page, i + 1) if code else None
        if code and end:
            yield Mention(i, end, code, country_names()[code], code, "country", None, None, is_dateline=False)


@cache
def ship_prefixes() -> dict[str, str]:
    """Prefix, or kind of ship, before the name of one -> code of the country whose ships bear it, if any."""
    rows = load_lexicon("actors/ship_prefixes")
    return dict(zip(rows["prefix"], rows["country_code"], strict=True))
