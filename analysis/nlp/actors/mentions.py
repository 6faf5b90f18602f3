"""Who is named in a text: countries and what stands for them, bodies, groups, and people with their country.

Listed names are found first, the longest match winning. What is left of the proper nouns is read as a
person or a body from its shape and its surroundings: a title before it, an apposition after it, a known given
name, a verb of saying above it. A bare surname then goes to the full name of the same text.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from spacy.attrs import POS
from spacy.symbols import PROPN
from spacy.tokens import Doc

from analysis.country_names import country_name
from analysis.ingest.datelines import filed_tokens
from analysis.nlp.actors.gazetteer import (
    ROLE_KINDS,
    Entry,
    Match,
    ends_place,
    find_listed,
    gendered_words,
    given_genders,
    given_names,
    leader_surnames,
    leaders,
    name_words,
    office_country,
    portfolio_words,
    relations,
    roles,
    shared_offices,
    slug,
    titles,
    titles_of,
    words_of,
)

PARTICLES = frozenset(
    ("al", "el", "bin", "ibn", "von", "van", "der", "den", "de", "da", "di", "dos", "du", "la")
)
DASHES = frozenset(("-", "–", "—", "--"))
SAYING = frozenset(
    (
        *("say", "tell", "add", "warn", "announce", "argue", "deny", "insist", "claim", "write", "ask"),
        *("answer", "reply", "stress"),
    )
)
PREPOSITIONS = frozenset(("of", "at", "for", "with", "from", "to", "in", "on"))
FAMILY_FIRST = "East and Southeast Asia"  # the surname comes first: Wang Yi is Mr Wang
GEORGIAN = frozenset(
    (
        *("Georgian", "Georgians", "Tbilisi", "Abkhazia", "Ossetia", "Caucasus", "Saakashvili"),
        *("Armenia", "Armenian", "Yerevan", "Azerbaijan", "Azerbaijani", "Baku"),
    )
)
"""Words of which one must stand in the text for Georgia to be the country: its own, and its neighbours'."""
KOREAS = {"North": "PRK", "South": "KOR"}
HALVES = frozenset(("Sudan", "Vietnam", "Yemen", "Ossetia", "Africa", "Cyprus", "Waziristan"))
"""Of these too there is a north or a south."""
MAIN_TIMES = 2  # how much more often than any other a country is named for its officer to need no country
PARAGRAPH_WORDS = 400  # looked back on; a longer paragraph is a broken one
FOREIGN_OFFICE = ["Foreign", "Office"]
YOUNGER = frozenset(("Jr", "II", "III", "IV"))
GENERATIONS = YOUNGER | {"Sr"}
DATELINE_WORDS = 14  # the longest opening that still is one
NAME_WORDS = 8
TITLE_WORDS = 14
ROLE_WORDS = 9
POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
OPENERS = frozenset(
    ("a", "an", "the", "'s", "’s", "former", "his", "her", "their", "its", "who", "is", "was", "now")
)
OTHER_FORMS = frozenset(("adjective", "alias", "name", "capital"))  # no person's name begins with these


class Mention(NamedTuple):
    """One naming of an actor in a Doc."""

    start: int  # first token
    end: int  # one past the last token
    actor_id: str  # "USA" for a country, "person:antony-blinken", "org:united-nations"; same across articles
    name: str  # fullest name the text gives, without titles: "Antony Blinken"
    country_code: str | None  # ISO 3166-1 alpha-3; None: no single country, or unknown
    kind: str  # one of schemas.ACTOR_KINDS
    role: str | None  # "secretary of state", from title or apposition; people only
    affiliation: str | None  # "Stimson Center", "United States"; people only
    is_dateline: bool  # where the story was filed, not who acts
    gender: str | None = None  # "he" or "she", where a title or the given name tells; people only


class Post(NamedTuple):
    """What a title or an apposition says of a person."""

    role: str | None
    affiliation: str | None
    country_code: str | None


class Sighting(NamedTuple):
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
    run: str = ""  # the name as it stands here, without titles
    is_country: bool = False  # the name of a country, which only a surname of the text makes a man
    guess: str | None = None  # whose foreign secretary, from what the text is about


@dataclass(frozen=True)
class Page:
    """A Doc with the columns that the rules look at."""

    doc: Doc
    words: list[str]
    is_proper: list[bool]
    matches: list[Match]
    at: dict[int, Match]  # first token -> match
    before: dict[int, Match]  # one past the last token -> match
    main: dict[str, str | None]  # whose an office is in the text as a whole, as far as it was asked


NO_POST = Post(None, None, None)


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
    sightings = find_people(page)
    found = name_people(sightings, {m.entry.country_code for m in page.matches if m.entry.kind == "country"})
    taken = {i for mention in found for i in range(mention.start, mention.end)}
    for mention in [*find_bodies(page), *find_countries(page), *find_koreas(page)]:
        span = range(mention.start, mention.end)
        if taken.isdisjoint(span):
            found.append(mention)
            taken.update(span)
    filed = datelines(page)
    return [m._replace(is_dateline=m.start in filed) for m in sorted(found, key=lambda m: m.start)]


def read_page(doc: Doc) -> Page:
    words = words_of(doc)
    matches = [match for match in find_listed(words) if is_meant(match, words)]
    given = given_names()
    is_proper = [pos == PROPN for pos in doc.to_array(POS).tolist()]
    is_proper = [proper or word in given for proper, word in zip(is_proper, words, strict=True)]
    offices = [m for m in matches if words[m.start : m.end] == FOREIGN_OFFICE]
    page = with_matches(doc, words, is_proper, [m for m in matches if m not in offices])
    owned = [Match(m.start, m.end, entry) for m in offices if (entry := office_owner(page, m))]
    return with_matches(doc, words, is_proper, sorted([*page.matches, *owned])) if owned else page


def with_matches(doc: Doc, words: list[str], is_proper: list[bool], matches: list[Match]) -> Page:
    """The page with what the lists know of it."""
    starts, ends = {m.start: m for m in matches}, {m.end: m for m in matches}
    return Page(doc, words, is_proper, matches, starts, ends, {})


def office_owner(page: Page, office: Match) -> Entry | None:
    """Whose a Foreign Office is: London, Islamabad and Berlin have one; None where it is left open."""
    owner = owner_before(page, office.start)
    behind = page.at.get(office.end + 1) if page.words[office.end : office.end + 1] == ["in"] else None
    for named in (owner, behind):
        if named and named.entry.kind == "country":
            return named.entry
    code = shared_code(page, "foreign office", office.start)
    known = (match.entry for match in page.matches if match.entry.country_code == code)
    return next((entry for entry in known if entry.kind == "country"), None) if code else None


def shared_code(page: Page, role: str, start: int) -> str | None:
    """Whose officer begins at word `start` where several countries have the office; None: not told."""
    office = next((name for name in shared_offices() if is_office(role, name)), None)
    if office is None:
        return None
    default, codes = shared_offices()[office]
    named = None if default else code_nearby(page, start, codes)
    if not named:
        if office not in page.main:
            page.main[office] = main_code(page, default, codes)
        named = page.main[office]
    return named


def is_office(role: str, office: str) -> bool:
    """`former foreign secretary` is that office."""
    return role.lower() == office or role.lower().endswith(f" {office}")


def code_nearby(page: Page, start: int, codes: tuple[str, ...]) -> str | None:
    """The country that the sentence opens with, as in `In Manila, Foreign Secretary`; else the paragraph."""
    opening = page.doc[start].sent.start
    first = page.at.get(opening + 1) if page.words[opening] == "In" else None
    if first and first.end <= start and first.entry.country_code in codes:
        return first.entry.country_code
    named = None
    for i in range(start - 1, max(-1, start - PARAGRAPH_WORDS), -1):
        if "\n" in page.words[i]:
            break
        match = page.at.get(i)
        if match and match.entry.kind == "country" and match.entry.country_code in codes:
            named = match.entry.country_code
    return named


def main_code(page: Page, default: str | None, codes: tuple[str, ...]) -> str | None:
    """Which of the countries the text is of: filed there, or named alone or far more often than the rest."""
    states = [m for m in page.matches if m.entry.kind == "country" and m.entry.country_code in codes]
    named = Counter(m.entry.country_code for m in states)
    if default:
        return default if not named or named[default] else named.most_common(1)[0][0]
    filed = datelines(page)
    home = next((m.entry.country_code for m in states if m.start in filed), None)
    if home:
        return home
    (main, most), *rest = named.most_common(2) or [(None, 0)]
    return main if not rest or most >= MAIN_TIMES * rest[0][1] else None


def is_meant(match: Match, words: list[str]) -> bool:
    """False where a country's name is a person's or a state's: `Jim Jordan`, `Atlanta, Georgia`."""
    entry, i = match.entry, match.start
    if i and words[i - 1].lower() == "ethnic":
        return False  # ethnic Albanians of Serbia
    if (
        entry.actor_id == "bloc:the-west"
        and words[match.end : match.end + 1]
        and words[match.end][0].isupper()
    ):
        return False  # the West African bloc, the West Bank
    if entry.kind != "country" or entry.form == "adjective":
        return True
    if entry.actor_id == "GEO":
        return not GEORGIAN.isdisjoint(words)
    is_one_word = match.end - i == 1 and entry.form in ("name", "capital")
    return not (is_one_word and i and words[i - 1] in given_names() and words[i] not in ("China", "Iran"))


# People


def find_people(page: Page) -> list[Sighting]:
    """Every run of words that names, or may name, a person."""
    found, i, count = [], 0, len(page.words)
    while i < count:
        sighting = None
        if page.is_proper[i] or i in page.at:
            sighting = person_at(page, i)
        if sighting:
            found.append(sighting)
            i = sighting.end
        elif i in page.at:
            i = page.at[i].end
        else:
            i = title_end(page, i) or i + 1
    return found


def title_end(page: Page, i: int) -> int | None:
    """End of a title that begins here, such as `Foreign Minister`."""
    for tokens, kind in titles().get(page.words[i], ()):
        if kind not in ROLE_KINDS and tuple(page.words[i : i + len(tokens)]) == tokens:
            return i + len(tokens)
    return None


def person_at(page: Page, i: int) -> Sighting | None:
    """The person whose name begins at word `i`, if one does."""
    match = page.at.get(i)
    if match and match.entry.form in OTHER_FORMS and not is_given_name(page, i):
        is_word = match.end - i == 1 and match.entry.form in ("name", "capital")
        return surname_at(page, i) if is_word else None
    end = name_end(page, i)
    if end is None or (match is None and title_end(page, i)):
        return None
    given = given_after_portfolio(page, i, end)
    if given:
        return person_at(page, given)
    leader = match.entry if match and match.end == end and match.entry.kind == "person" else None
    leader = leader or leaders().get(without_initials(page.words[i:end]))
    start, post = title_before(page, i)
    if start == i and i and page.words[i - 1] in POSSESSIVES:  # Vietnam's To Lam
        post = owner_named(page, i)
    is_whole = end - i > 1 or page.words[end : end + 1] == [","]  # would recall its envoy, Doe said
    after = post_after(page, end) or (post_ahead(page, start) if is_whole else None)
    if after and after.role and is_rank(page.words[start:i]):
        post = post._replace(role=None)  # a lieutenant colonel who is the army's spokesman speaks as that
    post = fill(post, after)
    if leader:
        post = post._replace(country_code=leader.country_code or post.country_code)
    is_open = post.role and not post.country_code and not post.affiliation
    guess = shared_code(page, post.role, start) if is_open else None
    is_place = ends_place(page.words, end - 1) and page.words[i] not in given_names()
    is_told = bool(after and after.role and end - i > 1 and not is_place)
    is_sure = bool(leader or start < i or is_told or is_person_name(page, i, end))
    run = page.words[i:end]
    is_full = len(without_generations(run)) > 1 or bool(leader and start < i)
    name = leader.name if leader else name_text(page.words, i, end)
    actor_id = leader.actor_id if leader else f"person:{slug(without_generation(name.split()))}"
    listed_role = leader.role if leader else None
    given = name.split()[0].lower() if len(run) > 1 else ""
    gender = titled_gender(page.words[start:i], post.role) or given_genders().get(given)
    text = name_text(run, 0, len(run))
    return Sighting(
        *(start, end, name, actor_id, post, is_sure, is_full, listed_role, gender, text), guess=guess
    )


def without_generations(words: list[str]) -> list[str]:
    """`Moe Jr.` is a surname alone."""
    return [word for word in words if word.strip(".") not in {*GENERATIONS, ""}]


def titled_gender(title: list[str], role: str | None) -> str | None:
    """What `Ms`, `Sir` or `spokeswoman` says of whom it stands before."""
    titled = {gendered_words("title").get(word.strip(".")) for word in title}
    named = gendered_words("noun").get((role or "").lower().rpartition(" ")[2])
    return next((gender for gender in ("she", "he") if gender in titled), named)


def without_initials(words: list[str]) -> str:
    """Antony J. Blinken is Antony Blinken."""
    return name_text(
        [w for k, w in enumerate(words) if k == 0 or not (len(w) == 2 and w[1] == ".")], 0, len(words)
    )


def without_generation(words: list[str]) -> str:
    """Jo Moe Jr. and Jo Moe III are Jo Moe; Sr. tells a father from his son, and a number kings of one name.

    Nor is Donald Trump Jr. the Donald Trump of the list of leaders.
    """
    name = without_initials(words)
    plain = " ".join(word for word in name.split() if word.strip(".") not in YOUNGER)
    return plain if " " in plain and plain not in leaders() else name


def given_after_portfolio(page: Page, i: int, end: int) -> int | None:
    """Where the name begins after `Political Affairs` in `Secretary for Political Affairs Victoria Doe`."""
    given, words = given_names(), page.words
    if i == 0 or words[i - 1] not in ("for", "of") or words[i] in given:
        return None
    return next((k for k in range(i + 1, end - 1) if words[k] in given), None)


def surname_at(page: Page, i: int) -> Sighting:
    """A country's name that is a surname where the text has one: Jim Jordan makes `Jordan` a man."""
    name = page.words[i]
    return Sighting(i, i + 1, name, f"person:{slug(name)}", NO_POST, False, False, None, is_country=True)


def fill(post: Post, other: Post | None) -> Post:
    """`post` with what it leaves open taken from `other`."""
    return Post(*(a or b for a, b in zip(post, other, strict=True))) if other else post


def name_end(page: Page, i: int) -> int | None:
    """One past the last word of the name that begins at word `i`; None where it names something else."""
    words, end = page.words, i
    if not (words[i][0].isupper() or words[i] in PARTICLES) or is_common_word(words[i]):
        return None
    while end < len(words) and end - i < NAME_WORDS:
        width = name_part(page, i, end)
        if not width:
            break
        end += width
    last = words[end - 1]
    return end if end > i and last not in name_words() and (last[0].isalpha() or last == ".") else None


def is_title(page: Page, i: int) -> bool:
    """A title, and no part of a name: the `Major` of Major Tom, not of John Major or Ali Sheikh."""
    end = title_end(page, i)
    kinds = {kind for tokens, kind in titles().get(page.words[i], ())}
    return end is not None and end < len(page.words) and page.is_proper[end] and kinds != {"honorific"}


def is_common_word(word: str) -> bool:
    """`Ministry`, `Street`, `Act`, but not the Bill of Bill Clinton."""
    return word in name_words() and word not in given_names()


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


def name_part(page: Page, start: int, i: int) -> int:
    """Number of words by which a name that began at `start` goes on at `i`; 0 where it ends."""
    words, match = page.words, page.at.get(i)
    if i > start and words[i - 1] == "-" and words[i].isalpha():  # Ching-te
        return 1
    if i > start and words[i] == "." and words[i - 1] in ("Sr", "Jr"):
        return 1
    if match and not (i == start and is_given_name(page, i)):
        is_name = match.entry.kind == "person" or (i > start and match.entry.form in ("name", "capital"))
        return match.end - i if is_name else 0
    if page.is_proper[i] and words[i][0].isalpha() and not (i > start and is_title(page, i)):
        return 1
    if words[i].lower() in PARTICLES and is_name_next(page, i):
        return 1
    is_joint = (
        words[i] == "-" and i > start and not page.doc[i].whitespace_ and not page.doc[i - 1].whitespace_
    )
    return 1 if is_joint and i + 1 < len(words) and words[i + 1].isalpha() else 0


def is_name_next(page: Page, i: int) -> bool:
    """Whether a name goes on after the particle at `i`: `bin Salman`, `al-Assad`."""
    following = i + 2 if page.words[i + 1 : i + 2] == ["-"] else i + 1
    return following < len(page.words) and (page.is_proper[following] or page.words[following] in PARTICLES)


def is_person_name(page: Page, start: int, end: int) -> bool:
    """A known given name first, or subject of a verb of saying, or an age after it."""
    words, last = page.words, page.doc[end - 1]
    if end - start < 2:
        return False
    if words[start] in given_names() or words[end - 1] in leader_surnames():
        return True
    if len(words[start]) == 2 and words[start][1] == ".":
        return True
    if words[end : end + 1] == [","] and words[end + 1 : end + 2] and words[end + 1].isdigit():
        return words[end + 2 : end + 3] == [","]
    return last.dep_ == "nsubj" and last.head.lemma_ in SAYING and words[start][1:].islower()


def name_text(words: list[str], start: int, end: int) -> str:
    return " ".join(words[start:end]).replace(" - ", "-").replace(" .", ".")


def title_before(page: Page, start: int) -> tuple[int, Post]:
    """Titles, role words and the country or body before a name: where they begin and what they say."""
    words, parts = page.words, []
    i = portfolio_start(page, start)
    while i > 0 and start - i < TITLE_WORDS and i not in page.before:
        is_inner = is_role_part(page, i - 1) or joins(words, i - 1) or opens_role(page, i - 1)
        width = title_width(words, i) or int(bool(parts) and is_inner)
        if not width:
            break
        parts.insert(0, " ".join(words[i - width : i]))
        i -= width
    if not parts:
        return start, NO_POST
    role = role_text(parts)
    owner = owner_before(page, i)
    if not owner and i < (first := portfolio_start(page, start)) < start:  # President of Peru Alan Doe
        inside = (page.at[k].entry for k in range(first, start) if k in page.at)
        code = next((entry.country_code for entry in inside if entry.kind == "country"), None)
        return i, Post(role, None, code or office_code(parts))
    if owner:
        return owner.start, Post(role, owner.entry.name, owner.entry.country_code)
    return i, Post(role, owner_named(page, i).affiliation, office_code(parts))


def opens_role(page: Page, i: int) -> bool:
    """The `Foreign` of `Foreign ministry spokeswoman Jo Doe`, a capital because the sentence begins."""
    return opens_line(page, i) and i not in page.before and page.words[i].lower() in portfolio_words()


def joins(words: list[str], i: int) -> bool:
    """The `and` of `Prime Minister and Defence Minister Jo Doe`."""
    return words[i] == "and" and title_width(words, i) > 0


def office_code(parts: list[str]) -> str | None:
    return next((office_country()[part] for part in parts if part in office_country()), None)


def portfolio_start(page: Page, start: int) -> int:
    """Where `for Political Affairs` begins between a title and a name; `start` where there is none."""
    i = start
    if title_width(page.words, start):
        return start
    while i > 0 and start - i < ROLE_WORDS and (page.is_proper[i - 1] or page.words[i - 1] in ("and", "the")):
        i -= 1
    is_title = i > 1 and i < start and page.words[i - 1] in ("for", "of") and title_width(page.words, i - 1)
    return i - 1 if is_title else start


def owner_before(page: Page, i: int) -> Match | None:
    """The country or body whose officer begins at word `i`: `Chinese`, `Israel's`."""
    owner = page.before.get(i - 1 if page.words[i - 1] in POSSESSIVES else i)
    return owner if owner and owner.entry.actor_id and owner.entry.kind != "person" else None


def role_text(parts: list[str]) -> str | None:
    """The role as words in lower case; None where the title only says that this is a person: `Mr`."""
    told = [part for part in parts if tuple(part.split()) not in titles_of("honorific")]
    text = name_text([part if part.isupper() else part.lower() for part in told], 0, len(told))
    return text.lstrip("- ") or None


def title_width(words: list[str], end: int) -> int:
    """Number of words of the longest title that ends before word `end`."""
    for width in (5, 4, 3, 2, 1):
        if end - width >= 0:
            piece = tuple(words[end - width : end])
            if any(tokens == piece for tokens, _ in titles().get(piece[0], ())):
                return width
    return 0


def is_role_part(page: Page, i: int) -> bool:
    """A word inside a title: the `ministry` of `foreign ministry spokesman`, the hyphen of `far-right`."""
    if page.words[i] == "-":
        return not page.doc[i].whitespace_
    return i not in page.at and page.words[i].islower() and page.doc[i].pos_ in ("NOUN", "ADJ", "PROPN")


def post_after(page: Page, end: int) -> Post | None:
    """What an apposition says: `Yun Sun, a senior fellow at the Stimson Center`."""
    words, i = page.words, end + 1
    if words[end : end + 1] == ["of"]:  # President Arroyo of the Philippines
        return Post(None, *affiliation_after(page, i))
    if words[end : end + 1] != [","]:
        return None
    owner, parts, is_former = None, [], False
    while i < min(end + ROLE_WORDS, len(words)):
        match = page.at.get(i)
        if match and match.entry.kind != "person" and not parts:
            owner, i = match, match.end
        elif not parts and words[i] in OPENERS:
            is_former = is_former or words[i] == "former"
            i += 1
        elif not match and words[i].isalpha() and page.doc[i].pos_ in ("NOUN", "ADJ", "PROPN"):
            parts.append(words[i])
            i += 1
        else:
            break
    if not parts or parts[-1].lower() not in roles():
        return None
    if words[i : i + 1] == ["of"] and i + 1 < len(words) and is_role_part(page, i + 1):
        parts += words[i : i + 2]  # secretary of state
        i += 2
    stop = organ_end(page, i)
    parts += [name_text(words, i, stop).replace(" ’s", "’s").replace(" 's", "'s")] if stop > i else []
    place, code = (None, None)
    if words[i : i + 1] and words[i] in PREPOSITIONS and stop == i:
        place, code = affiliation_after(page, i + 1)
        if words[i] == "in" and code is None and place and not is_body_name(place):
            place = None  # an army spokesman in Srinagar is not Srinagar's
    if owner:
        place, code = owner.entry.name, owner.entry.country_code  # Russia's ambassador to Japan is Russian
    return Post(" ".join(["former", *parts] if is_former else parts), place, code)


def is_rank(title: list[str]) -> bool:
    """Whether a title is a soldier's rank and nothing else: `Lt. Col.`"""
    ranks = titles_of("rank")
    return bool(title) and (tuple(title) in ranks or all((word,) in ranks for word in title))


def organ_end(page: Page, i: int) -> int:
    """End of `of the military's media wing` behind a role at word `i`; `i` where no such words stand."""
    words, k = page.words, i + 2
    if words[i : i + 2] not in (["of", "the"], ["for", "the"]):
        return i
    while k < min(i + ROLE_WORDS, len(words)) and (words[k] in POSSESSIVES or is_role_part(page, k)):
        k += 1
    is_noun = k > i + 2 and page.doc[k - 1].pos_ == "NOUN"
    return k if is_noun and words[k : k + 1] in ([","], ["."]) else i


def is_body_name(name: str) -> bool:
    """A name that ends in a body's word: `Azov Brigade`, not `Srinagar`."""
    return name.split()[-1] in name_words()


def affiliation_after(page: Page, i: int) -> tuple[str | None, str | None]:
    """The body or country after `at` or `of`, and its country."""
    words = page.words
    while i < len(words) and (words[i] in ("the", "a", "an") or is_adjective_ahead(page, i)):
        i += 1
    start, code = i, None
    while i < len(words) and i - start < ROLE_WORDS:
        if i in page.at:
            code = code or page.at[i].entry.country_code
            i = page.at[i].end
        elif page.is_proper[i] or (
            i > start and words[i] in ("of", "for", "and", "on", "'s", "’s", "-") and is_name_next(page, i)
        ):
            i += 1
        else:
            break
    whole = page.at.get(start)
    if whole and whole.end == i and whole.entry.form == "adjective":
        return whole.entry.name, code  # at the French foreign ministry
    return (name_text(words, start, i), code) if i > start else (None, None)


def is_adjective_ahead(page: Page, i: int) -> bool:
    """The `conservative` of `the conservative Hellenic Union`."""
    is_adjective = page.doc[i].pos_ == "ADJ" and page.words[i].islower() and i not in page.at
    return is_adjective and i + 1 < len(page.words) and page.is_proper[i + 1]


def post_ahead(page: Page, start: int) -> Post | None:
    """The inverse: `Iran's president, Hassan Rouhani`, `the spokesman of the ministry, Jo Doe`."""
    words = page.words
    if start < 3 or words[start - 1] != ",":
        return None
    i = role_end(page, start - 1)
    if i is None:
        return None
    is_of = words[i + 1] in ("of", "for", "at")  # but a representative in Peru is not Peru's
    behind = affiliation_after(page, i + 2) if is_of else (None, None)
    if page.doc[i].pos_ == "NOUN" and words[i] in roles():
        first = i
        while first > 0 and is_role_part(page, first - 1):
            first -= 1
        while words[first] == "-":
            first += 1
    else:
        first = i + 1 - title_width(words, i + 1)
    role = role_text(words[first : i + 1])
    own = owner_named(page, first) if words[i] not in relations() else NO_POST
    if own.affiliation or own.country_code:
        return Post(role, own.affiliation, own.country_code)
    return Post(role, *behind) if role else None


INSIDE = frozenset(("the", "of", "for", "and", "at", "in", "to"))


def role_end(page: Page, comma: int) -> int | None:
    """The last word of a role before a comma, what it is of left out: `spokesman of the ministry,`."""
    words, i = page.words, comma - 1
    if is_role(page, i):
        return i
    while i > max(0, comma - ROLE_WORDS) and (
        page.is_proper[i] or words[i] in INSIDE or i in page.at or is_role_part(page, i)
    ):
        if words[i] in ("of", "for", "at", "in", "to") and is_role(page, i - 1):
            return i - 1
        i -= 1
    return None


def is_role(page: Page, i: int) -> bool:
    """A noun that is a role, or the end of a title in capitals: `the Foreign Secretary, Jo Doe`."""
    if i < 1:
        return False
    is_titled = page.is_proper[i] and title_width(page.words, i + 1) > 0 and page.words[i] not in roles()
    return is_titled or (page.words[i] in roles() and page.doc[i].pos_ == "NOUN")


def owner_named(page: Page, i: int) -> Post:
    """Whose officer begins at word `i`: a listed country or body, or a name before it: `Civic Front's`."""
    owner = owner_before(page, i)
    if owner:
        return Post(None, owner.entry.name, owner.entry.country_code)
    words = page.words
    end = i - 1 if i and words[i - 1] in POSSESSIVES else i
    leader = page.before.get(end)
    if end < i and leader and leader.entry.kind == "person":  # Mr. Maduro's foreign minister
        return Post(None, None, leader.entry.country_code)
    start = end
    while start > 1 and (is_body_word(page, start - 1) or links_body(page, start - 1, end)):
        start -= 1
    is_opening = start < end and opens_line(page, start)
    is_bare = end - start == 1 and (is_opening or words[start] in name_words())
    return Post(None, name_text(words, start, end), None) if start < end and not is_bare else NO_POST


def links_body(page: Page, i: int, end: int) -> bool:
    """The `of` of `Department of Transport official`."""
    return i + 1 < end and page.words[i] in ("of", "for", "and", "&", "-") and is_body_word(page, i - 1)


def opens_line(page: Page, i: int) -> bool:
    """Whether a word is a capital because a sentence begins with it."""
    is_first = i == 0 or page.doc[i].is_sent_start or "\n" in page.words[i - 1]
    return is_first and not page.words[i].isupper()


def is_body_word(page: Page, i: int) -> bool:
    """A capital inside a sentence that is neither a day nor a title: the `Civic` of `Civic Front leader`."""
    word = page.words[i]
    is_capital = page.is_proper[i] and word[0].isupper() and i + 1 not in page.before
    return is_capital and name_words().get(word) != "day" and not title_width(page.words, i + 1)


def name_people(sightings: list[Sighting], codes: set[str | None]) -> list[Mention]:
    """Mentions of people, each surname given to the full name of the same text."""
    counts = Counter(sighting.actor_id for sighting in sightings if sighting.is_full)
    spelled = known_people(s for s in sightings if len(without_generations(s.run.split())) > 1)
    full = by_surname(spelled, counts)
    meant = {*spelled, *(s.actor_id for s in sightings if s.listed_role and s.post.role)}
    namesakes = [namesake(s, full, s.actor_id in meant or s.post.country_code in codes) for s in sightings]
    sightings = [
        s if other is None or s.post.country_code in codes else s._replace(post=NO_POST)
        for s, other in zip(sightings, namesakes, strict=True)
    ]
    known = known_people(s for s, other in zip(sightings, namesakes, strict=True) if other is None)
    surnamed = by_surname(known, counts)
    people = [
        other or known.get(s.actor_id) or resolve(s, surnamed)
        for s, other in zip(sightings, namesakes, strict=True)
    ]
    for sighting, person in zip(sightings, people, strict=True):
        if person and person.actor_id in known:
            known[person.actor_id] = filled(known[person.actor_id], sighting)
    found, roles_met = [], []
    for sighting, person in zip(sightings, people, strict=True):
        if person:
            person = known.get(person.actor_id, person)
            post = fill(fill(sighting.post, person.post), Post(person.listed_role, None, None))
            if post.role in COUNTERPARTS:  # his Chinese counterpart: of the office that was named before
                same = next((role for who, role in reversed(roles_met) if who != person.actor_id), post.role)
                post = post._replace(role=same)
                known[person.actor_id] = person._replace(post=person.post._replace(role=same))
            elif post.role:
                roles_met.append((person.actor_id, post.role))
            row = (sighting.start, sighting.end, person.actor_id, person.name)
            gender = person.gender or sighting.gender
            code = post.country_code or person.guess
            found.append(Mention(*row, code, "person", post.role, post.affiliation, False, gender))
    return found


COUNTERPARTS = frozenset(("counterpart", "opposite number"))


def known_people(sightings: Iterable[Sighting]) -> dict[str, Sighting]:
    """By id, who is named in full, with all that the text says of him there."""
    known: dict[str, Sighting] = {}
    for sighting in sightings:
        if sighting.is_sure and sighting.is_full:
            known[sighting.actor_id] = filled(known.get(sighting.actor_id, sighting), sighting)
    return known


def by_surname(known: dict[str, Sighting], counts: Counter[str]) -> dict[str, list[Sighting]]:
    """Who bears each surname, those named in full most often first."""
    found: dict[str, list[Sighting]] = {}
    for person in sorted(known.values(), key=lambda person: -counts[person.actor_id]):
        for surname in surnames(person.name, person.post.country_code):
            found.setdefault(surname, []).append(person)
    return found


def filled(person: Sighting, sighting: Sighting) -> Sighting:
    """A person with what another place of the text says of him."""
    told = sighting.post._replace(role=None) if sighting.post.role in relations() else sighting.post
    own = person.post._replace(role=None) if person.post.role in relations() else person.post
    gender, guess = person.gender or sighting.gender, person.guess or sighting.guess
    return person._replace(post=fill(own, told), gender=gender, guess=guess)


def resolve(sighting: Sighting, surnamed: dict[str, list[Sighting]]) -> Sighting | None:
    """Who a bare surname means: the one named in full most often; None where the text makes nobody known."""
    if sighting.is_full:
        return None
    words = without_generations(sighting.name.split()) or [sighting.name]
    same = surnamed.get(words[-1] if sighting.listed_role else " ".join(words), [])
    same = [person for person in same if may_be(sighting, person)]
    is_given = sighting.is_sure or sighting.name in given_names()
    if not same and is_given and not sighting.listed_role and not sighting.is_country:  # Prince Mohammed
        firsts = [person for people in surnamed.values() for person in people if is_first(sighting, person)]
        same = firsts if sighting.is_sure or len({person.actor_id for person in firsts}) == 1 else []
    same = sorted(same, key=lambda person: likeness(sighting, person), reverse=True)
    return same[0] if same else sighting if sighting.is_sure else None


def namesake(sighting: Sighting, surnamed: dict[str, list[Sighting]], is_likely: bool) -> Sighting | None:
    """Another of the surname than the leader known by it, where the title is his: `Senator Doe`.

    Or where the text knows neither that leader's full name nor his country.
    """
    if " " in sighting.run or not sighting.listed_role:
        return None
    same = surnamed.get(sighting.run, [])
    same = [p for p in same if " " in p.run and p.actor_id != sighting.actor_id and may_be(sighting, p)]
    if sighting.post.role or is_likely:
        same = [p for p in same if likeness(sighting, p)[1]]
    return same[0] if same else None


def may_be(sighting: Sighting, person: Sighting) -> bool:
    """False for Mr Doe and Mary Doe, and for Doe Sr. and Jo Doe Jr."""
    if sighting.gender and person.gender and sighting.gender != person.gender:
        return False
    own, other = generation(sighting), generation(person)
    return own is None or other == own or (other is None and own in YOUNGER)


def likeness(sighting: Sighting, person: Sighting) -> tuple[bool, bool, bool]:
    """How well a title fits: Senator Doe is the senator of two Does, and Ms Doe the one known as a woman."""
    own, other = sighting.post.role, person.post.role
    is_titled = bool(own and other) and (own in other or other in own)
    is_gendered = sighting.gender is not None and sighting.gender == person.gender
    return generation(sighting) == generation(person), is_titled, is_gendered


def generation(sighting: Sighting) -> str | None:
    """The `Sr` of Jo Doe Sr."""
    name = sighting.run or sighting.name
    return next((word for w in name.split() if (word := w.strip(".")) in GENERATIONS), None)


def is_first(sighting: Sighting, person: Sighting) -> bool:
    return person.name.split()[0] == sighting.name


GIVEN_PAIR = re.compile(r"[A-Z][a-z]+-[a-z]+")
"""A given name of two syllables, as in Chung Dong-young or Lai Ching-te, after the surname."""


def surnames(name: str, country_code: str | None = None) -> list[str]:
    """Words by which a text may call a person later: `Assad` and `al-Assad`; `Wang` for Wang Yi."""
    words = without_generations(name.split()) or [name]
    forms = [words[-1]]
    if "-" in words[-1] and words[-1].split("-")[0] in PARTICLES:
        forms.append(words[-1].split("-", 1)[1])
    is_korean = country_code in ("PRK", "KOR") or (len(words) == 2 and GIVEN_PAIR.fullmatch(words[1]))
    if is_korean or given_names().get(words[0]) == FAMILY_FIRST:
        forms.append(words[0])
    return forms


# Countries and bodies


def find_bodies(page: Page) -> list[Mention]:
    """Bodies by the last word of their name; an organ acts for its state: `Russian Defence Ministry`."""
    found = []
    for end, word in enumerate(page.words, start=1):
        kind = name_words().get(word)
        if kind in ("organisation", "state organ") and (
            page.is_proper[end - 1] or (end >= 2 and end - 1 in page.before)
        ):
            mention = body_before(page, end, kind)
            if mention:
                found.append(mention)
    return found


def body_before(page: Page, end: int, kind: str) -> Mention | None:
    """The body whose name ends before word `end`; None where only its last word is there."""
    words, start, owner = page.words, end - 1, None
    while start > 0 and end - start < NAME_WORDS:
        match = page.before.get(start)
        if match and match.entry.kind == "country":
            owner, start = match, match.start
            break
        if match or not page.is_proper[start - 1] or not words[start - 1][0].isupper():
            break
        start -= 1
    if end in page.at or end - start < 2 or any(end - 1 in range(m.start, m.end) for m in page.matches):
        return None
    if (
        kind == "state organ" and not owner and words[end : end + 1] == ["of"]
    ):  # Armed Forces of the Philippines
        owner = page.at.get(end + 2 if words[end + 1 : end + 2] == ["the"] else end + 1)
        end = owner.end if owner else end
    if kind == "state organ" and not owner and end - start < 3:
        return None  # the Foreign Ministry, of whatever country
    code = owner.entry.country_code if owner else None
    if kind == "state organ" and owner and owner.entry.kind == "country":
        return Mention(start, end, owner.entry.actor_id, owner.entry.name, code, "country", None, None, False)
    name = name_text(words, start, end)
    return Mention(start, end, f"org:{slug(name)}", name, code, "organisation", None, None, False)


def find_koreas(page: Page) -> list[Mention]:
    """`The North` and `the South` once a text has named one of the two Koreas, and nothing else is halved."""
    first = next((match.start for match in page.matches if match.entry.actor_id in KOREAS.values()), None)
    if first is None or not HALVES.isdisjoint(page.words):
        return []
    words = [*page.words, ""]
    places = [
        i for i in range(first + 1, len(page.words)) if words[i] in KOREAS and words[i - 1] in ("the", "The")
    ]
    named = [i for i in places if words[i + 1] != "of" and not words[i + 1][:1].isupper()]
    halves = [(i, KOREAS[words[i]]) for i in named]
    return [Mention(i, i + 1, c, country_name(c), c, "country", None, None, False) for i, c in halves]


def find_countries(page: Page) -> list[Mention]:
    """The listed names that are no people."""
    return [
        Mention(
            m.start,
            m.end,
            m.entry.actor_id,
            m.entry.name,
            m.entry.country_code,
            m.entry.kind,
            None,
            None,
            False,
        )
        for m in page.matches
        if m.entry.actor_id and m.entry.kind != "person"
    ]


def datelines(page: Page) -> set[int]:
    """Words in the opening `BEIJING, April 24 (Reuters) -` of a paragraph."""
    spans = filed_tokens(page.doc.text, [token.idx for token in page.doc])
    found = {i for start, end in spans for i in range(start, end)}
    for i, word in enumerate(page.words):
        is_opening = i == 0 or "\n" in page.words[i - 1]
        if is_opening and word[0].isupper():
            end = dateline_end(page, i)
            found.update(range(i, end))
    return found


def dateline_end(page: Page, start: int) -> int:
    """One past the dash that closes a dateline; `start` where there is none, as in `US-China talks`."""
    opening = page.words[start : start + DATELINE_WORDS]
    close = next(
        (
            k
            for k, word in enumerate(opening)
            if word in DASHES or (word == ":" and (")" in opening[:k] or is_capital_place(opening[:k])))
        ),
        0,
    )
    if close and opening[close] == "-" and not page.doc[start + close].whitespace_:
        return start
    place = opening[:close]
    if not place or any(word[0].islower() for word in place if word not in ("de", "of")):
        return start
    is_capitals = place[0].isupper() and len(place[0]) > 3
    is_marked = ")" in place or is_capitals or close == 1 or is_city_of(place)
    return start + close if is_marked and not all(word in DASHES for word in place) else start


def is_capital_place(place: list[str]) -> bool:
    """`ISLAMABAD: Pakistan's army ...`, as South Asian papers file; but `DOE: Why?` is a speaker."""
    return bool(place) and all(word.isupper() for word in place) and ends_place(titled(place), len(place) - 1)


def titled(words: list[str]) -> list[str]:
    """`NEW DELHI` as `New Delhi`."""
    return [word.title() for word in words]


def is_city_of(place: list[str]) -> bool:
    """`Washington, D.C.` and `Beirut, Lebanon`; but `Moscow, Beijing` are two governments."""
    comma = place.index(",") if "," in place else 0
    return comma > 0 and ends_place(place, comma - 1) and not ends_place(place, len(place) - 1)
