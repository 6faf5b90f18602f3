"""Who is named in a text: countries and their metonyms, bodies, groups, and people with their country.

Listed names are found first, the longest match winning. Other proper nouns are read as a person (`people`) or
a body (`bodies`) from their shape and what is beside them. A bare surname then goes to the full name of the
same text (`surnames`).
"""

from spacy.tokens import Doc

from analysis.nlp.actors.countries import (
    find_bodies,
    find_countries,
    find_koreas,
    find_warships,
    stands_for_actor,
)
from analysis.nlp.actors.gazetteer import Match, find_listed, words_of
from analysis.nlp.actors.page import (
    Mention,
    Page,
    dateline_words,
    foreign_office_owner,
    is_foreign_office,
    page_with,
    proper_nouns,
)
from analysis.nlp.actors.people import find_candidates, name_people


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
