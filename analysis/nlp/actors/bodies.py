"""Bodies that are in no list, by the last word of their name; an organ of a state acts for its state."""

from analysis.nlp.actors.gazetteer import Match, slug
from analysis.nlp.actors.name_words import name_endings
from analysis.nlp.actors.page import POSSESSIVES, Mention, Page, name_text, owner_before

BODY_WORDS = 8  # the longest name of a body


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
