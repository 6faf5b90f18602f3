"""For whom somebody acts: NATO for its secretary general, Hamas for its leader.

The officer of a state acts for its country, which the officer's own row shows. A bloc, the United Nations and
an armed group have no country of their own, so that their officer's deed is theirs.
"""

from analysis.nlp.actors.gazetteer import Entry, match_at
from analysis.nlp.actors.page import Mention
from analysis.nlp.events.sponsors import GROUP

UNITED_NATIONS = frozenset(("org:united-nations", "org:un-security-council"))


def principal(mention: Mention) -> Mention:
    """The bloc, the UN or the armed group in whose name a person acts; any other actor itself."""
    if mention.kind != "person":
        return mention
    entry = employer(mention)
    if entry is None or (mention.country_code and mention.country_code != entry.country_code):
        return mention  # the American ambassador to NATO is American
    return Mention(mention.start, mention.end, *entry[:4], None, None, False, mention.gender)


def employer(person: Mention) -> Entry | None:
    """The body with no country of its own that a person's role or affiliation names."""
    role = (person.role or "").split()
    if role and role[0].lower() in ("former", "ex", "late"):
        return None
    whole = body_of(person.affiliation.split(), is_whole=True) if person.affiliation else None
    return whole or (body_of(role, is_whole=False) if role else None)


def body_of(words: list[str], *, is_whole: bool) -> Entry | None:
    """The body that some words begin with, or are: the European Council, not that on Foreign Relations."""
    found = match_at(words, 0)
    if found is None or (is_whole and found[0] != len(words)):
        return None
    entry = found[1]
    is_body = entry.kind in ("bloc", GROUP) or entry.actor_id in UNITED_NATIONS
    return entry if is_body else None
