"""Runs of words that name, or may name, a person, each with its post.

A listed leader is known by name. Anyone else is read from the shape of the name and what is beside it: a
title before it, an apposition after it, a known given name, a verb of saying above it.
"""

from typing import NamedTuple

from analysis.nlp.actors.gazetteer import Entry, Match, ends_place, leaders, slug
from analysis.nlp.actors.name_words import given_genders, given_names
from analysis.nlp.actors.offices import shared_office_code
from analysis.nlp.actors.page import POSSESSIVES, Page, name_text
from analysis.nlp.actors.person_names import (
    given_after_portfolio,
    is_given_name,
    is_person_name,
    name_end,
    title_end,
    without_generation,
    without_generations,
    without_initials,
)
from analysis.nlp.actors.posts import (
    NO_POST,
    Post,
    is_rank,
    merged,
    owner_post,
    post_after,
    post_ahead,
    title_before,
    titled_gender,
)

OTHER_FORMS = frozenset(("adjective", "alias", "name", "capital"))  # no person's name begins with these


class Candidate(NamedTuple):
    """A run of words that names, or may name, a person."""

    start: int  # with titles and the country before the name
    end: int
    name: str
    actor_id: str
    post: Post
    is_sure: bool  # listed, title, apposition, given name or verb of saying: this is a person
    is_full: bool  # more than a surname, so that a later surname can go to it
    listed_role: str | None  # for those in the list of leaders; the text's own words come before it
    gender: str | None = None
    run: str = ""  # the name as it is written here, without titles
    is_country: bool = False  # the name of a country, a surname only if the text has a person of that name
    office_code: str | None = None  # whose foreign secretary, from what the text is about


class Surroundings(NamedTuple):
    """What is beside a name."""

    start: int  # first word of the title, or of the name where it has none
    post: Post  # from title and apposition together
    has_role_after: bool  # an apposition gives a role


def find_candidates(page: Page) -> list[Candidate]:
    """Every run of words that names, or may name, a person, in the order of the text."""
    found, i, count = [], 0, len(page.words)
    while i < count:
        candidate = candidate_at(page, i) if page.is_proper[i] or i in page.at else None
        if candidate:
            found.append(candidate)
            i = candidate.end
        elif i in page.at:
            i = page.at[i].end
        else:
            i = title_end(page, i) or i + 1
    return found


def candidate_at(page: Page, i: int) -> Candidate | None:
    """The person whose name begins at word `i`, if one does."""
    match = page.at.get(i)
    if match and match.entry.form in OTHER_FORMS and not is_given_name(page, i):
        return surname_at(page, i) if is_one_word(match) else None
    end = name_end(page, i)
    if end is None or (match is None and title_end(page, i)):
        return None
    given = given_after_portfolio(page, i, end)
    return candidate_at(page, given) if given else read_candidate(page, i, end)


def is_one_word(match: Match) -> bool:
    """A country or capital of one word, which may be a surname."""
    return match.end - match.start == 1 and match.entry.form in ("name", "capital")


def surname_at(page: Page, i: int) -> Candidate:
    """A country's name that is a surname where the text has one: Jim Jordan makes `Jordan` a person."""
    name = page.words[i]
    return Candidate(i, i + 1, name, f"person:{slug(name)}", NO_POST, False, False, None, is_country=True)


def read_candidate(page: Page, i: int, end: int) -> Candidate:
    """The person named by the words from `i` to `end`, with what is said beside the name."""
    leader, run = leader_at(page, i, end), page.words[i:end]
    start, post, has_role_after = surroundings(page, i, end)
    title = page.words[start:i]
    if leader:
        post = post._replace(country_code=leader.country_code or post.country_code)
    is_open = post.role and not post.country_code and not post.affiliation
    name = leader.name if leader else name_text(run, 0, len(run))
    given = name.split()[0].lower() if len(run) > 1 else ""
    is_place = ends_place(page.words, end - 1) and run[0] not in given_names()
    is_person = has_role_after and len(run) > 1 and not is_place
    return Candidate(
        start,
        end,
        name,
        leader.actor_id if leader else f"person:{slug(without_generation(name.split()))}",
        post,
        is_sure=bool(leader or title or is_person or is_person_name(page, i, end)),
        is_full=len(without_generations(run)) > 1 or bool(leader and title),
        listed_role=leader.role if leader else None,
        gender=titled_gender(title, post.role) or given_genders().get(given),
        run=name_text(run, 0, len(run)),
        office_code=shared_office_code(page, post.role, start) if is_open else None,
    )


def leader_at(page: Page, i: int, end: int) -> Entry | None:
    """The listed leader of this name, with initials or without."""
    match = page.at.get(i)
    if match and match.end == end and match.entry.kind == "person":
        return match.entry
    return leaders().get(without_initials(page.words[i:end]))


def surroundings(page: Page, i: int, end: int) -> Surroundings:
    """The post that title and apposition give to the name from `i` to `end`."""
    start, post = title_before(page, i)
    if start == i and i and page.words[i - 1] in POSSESSIVES:  # Vietnam's To Lam
        post = owner_post(page, i)
    is_whole = end - i > 1 or page.words[end : end + 1] == [","]  # would recall its envoy, Doe said
    after = post_after(page, end) or (post_ahead(page, start) if is_whole else None)
    has_role_after = bool(after and after.role)
    if has_role_after and is_rank(page.words[start:i]):
        post = post._replace(role=None)  # a lieutenant colonel who is the army's spokesman speaks as that
    return Surroundings(start, merged(post, after), has_role_after)
