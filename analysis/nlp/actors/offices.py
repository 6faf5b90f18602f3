"""Whose an office is where several countries have one: `Foreign Secretary`, `the Foreign Office`."""

from collections import Counter

from analysis.nlp.actors.datelines import dateline_words
from analysis.nlp.actors.gazetteer import Entry, Match
from analysis.nlp.actors.page import Page, owner_before
from analysis.nlp.actors.titles import office_country, shared_offices

MAIN_TIMES = 2  # how much more often than any other a country is named for its officer to need no country
PARAGRAPH_WORDS = 400  # looked back on; a longer paragraph is a broken one
FOREIGN_OFFICE = ["Foreign", "Office"]


def is_foreign_office(page: Page, match: Match) -> bool:
    """The Foreign Office, which is London's in the list and Islamabad's in Pakistani papers."""
    return page.words[match.start : match.end] == FOREIGN_OFFICE


def foreign_office_owner(page: Page, office: Match) -> Entry | None:
    """Whose a Foreign Office is: London, Islamabad and Berlin have one; None where it is left open."""
    owner = owner_before(page, office.start)
    behind = page.at.get(office.end + 1) if page.words[office.end : office.end + 1] == ["in"] else None
    for beside in (owner, behind):
        if beside and beside.entry.kind == "country":
            return beside.entry
    code = shared_office_code(page, "foreign office", office.start)
    entries = (match.entry for match in page.matches if match.entry.country_code == code)
    return next((entry for entry in entries if entry.kind == "country"), None) if code else None


def office_code(parts: list[str]) -> str | None:
    """The only country that has one of these offices; None if there is no such office."""
    return next((office_country()[part] for part in parts if part in office_country()), None)


def shared_office_code(page: Page, role: str, start: int) -> str | None:
    """Whose officer begins at word `start`, where several countries have the office; None: left open."""
    office = next((name for name in shared_offices() if is_office(role, name)), None)
    if office is None:
        return None
    default, codes = shared_offices()[office]
    nearby = None if default else code_nearby(page, start, codes)
    if nearby:
        return nearby
    if office not in page.main:
        page.main[office] = main_code(page, default, codes)
    return page.main[office]


def is_office(role: str, office: str) -> bool:
    """`former foreign secretary` is that office."""
    return role.lower() == office or role.lower().endswith(f" {office}")


def code_nearby(page: Page, start: int, codes: tuple[str, ...]) -> str | None:
    """The country that the sentence opens with, as in `In Manila, Foreign Secretary`; else the paragraph."""
    opening = page.doc[start].sent.start
    first = page.at.get(opening + 1) if page.words[opening] == "In" else None
    if first and first.end <= start and first.entry.country_code in codes:
        return first.entry.country_code
    code = None
    for i in range(start - 1, max(-1, start - PARAGRAPH_WORDS), -1):
        if "\n" in page.words[i]:
            break
        match = page.at.get(i)
        if match and match.entry.kind == "country" and match.entry.country_code in codes:
            code = match.entry.country_code
    return code


def main_code(page: Page, default: str | None, codes: tuple[str, ...]) -> str | None:
    """The country the text is about: filed there, or named alone or far more often than the rest."""
    states = [m for m in page.matches if m.entry.kind == "country" and m.entry.country_code in codes]
    counts = Counter(m.entry.country_code for m in states)
    if default:
        return default if not counts or counts[default] else counts.most_common(1)[0][0]
    dateline = dateline_words(page)
    home = next((m.entry.country_code for m in states if m.start in dateline), None)
    if home:
        return home
    (main, most), *rest = counts.most_common(2) or [(None, 0)]
    return main if not rest or most >= MAIN_TIMES * rest[0][1] else None
