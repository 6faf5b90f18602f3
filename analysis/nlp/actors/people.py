"""Runs of words that name, or may name, a person, each with its post; and who a bare surname means.

A listed leader is known by name. Anyone else is read from the shape of the name and what is beside it: a
title before it, an apposition after it, a known given name, a verb of saying above it. A surname goes to a
person whom the same text names in full, chosen by title, gender and generation.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from analysis.nlp.actors.gazetteer import (
    Entry,
    ends_place,
    given_genders,
    given_names,
    leaders,
    relations,
    slug,
)
from analysis.nlp.actors.page import POSSESSIVES, Mention, Page, name_text, office_code
from analysis.nlp.actors.person_names import (
    given_after_portfolio,
    is_given_name,
    is_person_name,
    name_end,
    surnames,
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


People = dict[str, Candidate]  # actor_id -> what the text says of a person named in full
Bearers = dict[str, list[Candidate]]  # surname -> people, those named in full most often first


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
        if match.end - match.start > 1 or match.entry.form not in ("name", "capital"):
            return None
        name = page.words[i]  # a surname where the text has one: Jim Jordan makes `Jordan` a person
        return Candidate(i, i + 1, name, f"person:{slug(name)}", NO_POST, False, False, None, is_country=True)
    end = name_end(page, i)
    if end is None or (match is None and title_end(page, i)):
        return None
    return read_candidate(page, given_after_portfolio(page, i, end) or i, end)


def read_candidate(page: Page, i: int, end: int) -> Candidate:
    """The person named by the words from `i` to `end`, with what is said beside the name."""
    leader, run = leader_at(page, i, end), page.words[i:end]
    start, post = title_before(page, i)
    title = page.words[start:i]
    if start == i and i and page.words[i - 1] in POSSESSIVES:  # Vietnam's To Lam
        post = owner_post(page, i)
    is_whole = end - i > 1 or page.words[end : end + 1] == [","]  # would recall its envoy, Doe said
    after = post_after(page, end) or (post_ahead(page, start) if is_whole else None)
    has_role_after = bool(after and after.role)
    if has_role_after and is_rank(title):
        post = post._replace(role=None)  # a lieutenant colonel who is the army's spokesman speaks as that
    post = merged(post, after)
    if leader:
        post = post._replace(country_code=leader.country_code or post.country_code)
    is_open = post.role and not post.country_code
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
        office_code=office_code(page, post.role) if is_open else None,
    )


def leader_at(page: Page, i: int, end: int) -> Entry | None:
    """The listed leader of this name, with initials or without."""
    match = page.at.get(i)
    is_whole = match and match.end == end and match.entry.kind == "person"
    return match.entry if is_whole else leaders().get(without_initials(page.words[i:end]))


def name_people(candidates: list[Candidate]) -> list[Mention]:
    """Mentions of people, each surname given to the full name of the same text, in the order of the text."""
    counts = Counter(candidate.actor_id for candidate in candidates if candidate.is_full)
    in_full = people_in_full(c for c in candidates if " " in c.run)
    named = by_surname(in_full, counts)
    others = [None if c.actor_id in in_full else namesake(c, named) for c in candidates]
    known = people_in_full(c for c, other in zip(candidates, others, strict=True) if other is None)
    bearers = by_surname(known, counts)
    candidates = [
        c if other is None else c._replace(post=c.post._replace(country_code=None))  # it was the leader's
        for c, other in zip(candidates, others, strict=True)
    ]
    people = [
        other or known.get(candidate.actor_id) or resolve(candidate, bearers)
        for candidate, other in zip(candidates, others, strict=True)
    ]
    found = [(c, person) for c, person in zip(candidates, people, strict=True) if person]
    for candidate, person in found:
        if person.actor_id in known:
            known[person.actor_id] = merged_people(known[person.actor_id], candidate)
    return person_mentions(found, known)


def namesake(candidate: Candidate, bearers: Bearers) -> Candidate | None:
    """Whom the surname of a listed leader means where the text names only another bearer in full."""
    if " " in candidate.run or not candidate.listed_role:
        return None
    same = [p for p in bearers.get(candidate.run, ()) if may_be(candidate, p)]
    return next((p for p in same if candidate.post.role in (None, p.post.role)), None)


def person_mentions(found: Sequence[tuple[Candidate, Candidate]], known: People) -> list[Mention]:
    """One mention for each candidate and the person it names."""
    mentions, roles_before, known = [], [], dict(known)
    for candidate, person in found:
        person = known.get(person.actor_id, person)
        post = merged(merged(candidate.post, person.post), Post(person.listed_role, None, None))
        if post.role in (
            "counterpart",
            "opposite number",
        ):  # their Chinese counterpart: the role named before
            others = (role for actor_id, role in reversed(roles_before) if actor_id != person.actor_id)
            post = post._replace(role=next(others, post.role))
            known[person.actor_id] = person._replace(post=person.post._replace(role=post.role))
        elif post.role:
            roles_before.append((person.actor_id, post.role))
        code, gender = post.country_code or person.office_code, person.gender or candidate.gender
        row = (candidate.start, candidate.end, person.actor_id, person.name, code, "person", *post[:2])
        mentions.append(Mention(*row, is_dateline=False, gender=gender))
    return mentions


def people_in_full(candidates: Iterable[Candidate]) -> People:
    """People named in full, by id, with all that the text says of them there."""
    known: People = {}
    for candidate in candidates:
        if candidate.is_sure and candidate.is_full:
            known[candidate.actor_id] = merged_people(known.get(candidate.actor_id, candidate), candidate)
    return known


def by_surname(known: People, counts: Counter[str]) -> Bearers:
    """People by surname, those named in full most often first."""
    found: Bearers = {}
    for person in sorted(known.values(), key=lambda person: -counts[person.actor_id]):
        for surname in surnames(person.name, person.post.country_code):
            found.setdefault(surname, []).append(person)
    return found


def merged_people(person: Candidate, other: Candidate) -> Candidate:
    """A person, gaps filled from another place of the text; a relation (`brother`) is nobody's office."""
    post = merged(without_relation(person.post), without_relation(other.post))
    gender, code = person.gender or other.gender, person.office_code or other.office_code
    return person._replace(post=post, gender=gender, office_code=code)


def without_relation(post: Post) -> Post:
    """A post without a role such as `brother` or `predecessor`, which holds only where it is written."""
    return post._replace(role=None) if post.role in relations() else post


def resolve(candidate: Candidate, bearers: Bearers) -> Candidate | None:
    """Who a bare surname means: the one named in full most often; None where nobody is."""
    if candidate.is_full:
        return None
    words = without_generations(candidate.name.split()) or [candidate.name]
    same = bearers.get(words[-1] if candidate.listed_role else " ".join(words), [])
    same = [person for person in same if may_be(candidate, person)] or by_given_name(candidate, bearers)
    return same[0] if same else candidate if candidate.is_sure else None


def by_given_name(candidate: Candidate, bearers: Bearers) -> list[Candidate]:
    """Whom a given name alone may mean: `Prince Mohammed`; without a title only if there is just one."""
    is_given = candidate.is_sure or candidate.name in given_names()
    if not is_given or candidate.listed_role or candidate.is_country:
        return []
    same = [p for people in bearers.values() for p in people if p.name.split()[0] == candidate.name]
    return same if candidate.is_sure or len({person.actor_id for person in same}) == 1 else []


def may_be(candidate: Candidate, person: Candidate) -> bool:
    """False for Mr Doe and Mary Doe."""
    return not (candidate.gender and person.gender and candidate.gender != person.gender)
