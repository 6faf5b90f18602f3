"""The post of a person, role, affiliation and country, from a title or an apposition beside the name."""

from typing import NamedTuple

from analysis.nlp.actors.gazetteer import (
    Match,
    gendered_words,
    name_endings,
    portfolio_words,
    relations,
    roles,
    titles,
    titles_of,
)
from analysis.nlp.actors.page import POSSESSIVES, Page, name_text, opens_line, owner_before
from analysis.nlp.actors.person_names import is_name_next
from analysis.nlp.actors.state_organs import organ_of

PREPOSITIONS = frozenset(("of", "at", "for", "with", "from", "to", "in", "on"))
AFFILIATING = frozenset(("of", "for", "at", "in", "to"))
INSIDE = AFFILIATING | {"the", "and"}
OPENERS = frozenset(
    ("a", "an", "the", "'s", "’s", "former", "his", "her", "their", "its", "who", "is", "was", "now")
)
OUT_OF_OFFICE = frozenset(("former", "onetime", "ousted", "deposed", "toppled"))
TITLE_WORDS = 14
ROLE_WORDS = 9


class Post(NamedTuple):
    """What a title or an apposition says of a person."""

    role: str | None
    affiliation: str | None
    country_code: str | None


NO_POST = Post(None, None, None)


def merged(post: Post, other: Post | None) -> Post:
    """`post`, its gaps filled from `other`."""
    return Post(*(a or b for a, b in zip(post, other, strict=True))) if other else post


# A title before the name


def title_before(page: Page, start: int) -> tuple[int, Post]:
    """Titles, role words and the country or body before a name: where they begin and what they say."""
    i, parts = title_parts(page, start)
    if not parts:
        return start, NO_POST
    i, more = more_portfolios(page, i)
    role = role_text([*more, *parts])
    owner = owner_before(page, i)
    role = with_former(page, owner.start if owner else i, role)
    if owner:
        return owner.start, Post(role, owner.entry.name, owner.entry.country_code)
    first = portfolio_start(page, start)
    if i < first < start:  # President of Peru Alan Doe
        inside = (page.at[k].entry for k in range(first, start) if k in page.at)
        code = next((entry.country_code for entry in inside if entry.kind == "country"), None)
        return i, Post(role, None, code)
    return i, owner_post(page, i)._replace(role=role)


def with_former(page: Page, start: int, role: str | None) -> str | None:
    """The role with the `former` before its country: `Former French President Jo Doe`."""
    before = page.words[start - 1].lower() if start else ""
    return f"{before} {role}" if role and before in OUT_OF_OFFICE else role


def title_parts(page: Page, start: int) -> tuple[int, list[str]]:
    """First word and parts of the titles before a name: `prime minister`, `and`, `defence minister`."""
    words, parts = page.words, []
    i = portfolio_start(page, start)
    while i > 0 and start - i < TITLE_WORDS and i not in page.before:
        is_inner = is_role_part(page, i - 1) or joins(words, i - 1) or opens_role(page, i - 1)
        width = title_width(words, i) or int(bool(parts) and is_inner)
        if not width:
            break
        parts.insert(0, " ".join(words[i - width : i]))
        i -= width
    return i, parts


def more_portfolios(page: Page, end: int) -> tuple[int, list[str]]:
    """The `Foreign and` of `Peruvian Foreign and Trade Minister Jo Doe`, if whose they are stands before."""
    words, i = page.words, end
    while i > 0 and end - i < ROLE_WORDS and i not in page.before and is_portfolio(words, i - 1):
        i -= 1
    is_whole = i < end and words[i][0].isupper() and owner_before(page, i) is not None
    return (i, [" ".join(words[i:end]).replace(" ,", ",")]) if is_whole else (end, [])


def is_portfolio(words: list[str], i: int) -> bool:
    """A word of a minister's title, or what joins two of them."""
    is_named = words[i][0].isupper() and words[i].lower() in portfolio_words()
    return is_named or words[i] in ("and", "&", ",")


def title_width(words: list[str], end: int) -> int:
    """Number of words of the longest title that ends before word `end`."""
    for width in (5, 4, 3, 2, 1):
        if end - width >= 0:
            piece = tuple(words[end - width : end])
            if any(tokens == piece for tokens, _ in titles().get(piece[0], ())):
                return width
    return 0


def portfolio_start(page: Page, start: int) -> int:
    """Where `for Political Affairs` begins between a title and a name; `start` where there is none."""
    i = start
    if title_width(page.words, start):
        return start
    while i > 0 and start - i < ROLE_WORDS and (page.is_proper[i - 1] or page.words[i - 1] in ("and", "the")):
        i -= 1
    is_title = i > 1 and i < start and page.words[i - 1] in ("for", "of") and title_width(page.words, i - 1)
    return i - 1 if is_title else start


def opens_role(page: Page, i: int) -> bool:
    """The `Foreign` of `Foreign ministry spokeswoman Jo Doe`, a capital because the sentence begins."""
    is_first = opens_line(page, i) and i not in page.before
    return is_first and page.words[i].lower() in portfolio_words()


def joins(words: list[str], i: int) -> bool:
    """The `and` of `Prime Minister and Defence Minister Jo Doe`."""
    return words[i] == "and" and title_width(words, i) > 0


def role_text(parts: list[str]) -> str | None:
    """The role as words in lower case; None where the title only says that this is a person: `Mr`."""
    kept = [part for part in parts if tuple(part.split()) not in titles_of("honorific")]
    text = name_text([part if part.isupper() else part.lower() for part in kept], 0, len(kept))
    return text.lstrip("- ") or None


def is_role_part(page: Page, i: int) -> bool:
    """A word inside a title: the `ministry` of `foreign ministry spokesman`, the hyphen of `far-right`."""
    is_dash = page.words[i] == "-" and not page.doc[i].whitespace_
    is_word = page.words[i].islower() and page.doc[i].pos_ in ("NOUN", "ADJ", "PROPN")
    return is_dash or (is_word and i not in page.at)


def is_rank(title: list[str]) -> bool:
    """Whether a title is a soldier's rank and nothing else: `Lt. Col.`"""
    ranks = titles_of("rank")
    return bool(title) and (tuple(title) in ranks or all((word,) in ranks for word in title))


def titled_gender(title: list[str], role: str | None) -> str | None:
    """The gender that `Ms`, `Sir` or `spokeswoman` shows: "he", "she", or None."""
    genders = {gendered_words("title").get(word.strip(".")) for word in title}
    of_role = gendered_words("noun").get((role or "").lower().rpartition(" ")[2])
    return next((gender for gender in ("she", "he") if gender in genders), of_role)


# Whose officer


def owner_post(page: Page, i: int) -> Post:
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
    while start > 1 and is_body_word(page, start - 1):
        start -= 1
    owner = owner_before(page, start)
    if start < end and owner and organ_of(" ".join(words[start:end])):  # Peruvian Foreign Ministry
        return Post(None, owner.entry.name, owner.entry.country_code)
    is_opening = start < end and opens_line(page, start)
    is_bare = end - start == 1 and (is_opening or words[start] in name_endings())
    return Post(None, name_text(words, start, end), None) if start < end and not is_bare else NO_POST


def is_body_word(page: Page, i: int) -> bool:
    """A capital inside a sentence that is neither a day nor a title: the `Civic` of `Civic Front leader`."""
    word = page.words[i]
    is_capital = page.is_proper[i] and word[0].isupper() and i + 1 not in page.before
    return is_capital and name_endings().get(word) != "day" and not title_width(page.words, i + 1)


# An apposition after the name


def post_after(page: Page, end: int) -> Post | None:
    """What an apposition says: `Yun Sun, a senior fellow at the Stimson Center`."""
    words = page.words
    if words[end : end + 1] == ["of"]:  # President Arroyo of the Philippines
        return Post(None, *affiliation_after(page, end + 1))
    if words[end : end + 1] != [","]:
        return None
    i, owner, parts, is_former = apposition(page, end)
    if not parts or parts[-1].lower() not in roles():
        return None
    if words[i : i + 1] == ["of"] and i + 1 < len(words) and is_role_part(page, i + 1):
        parts += words[i : i + 2]  # secretary of state
        i += 2
    role = " ".join(["former", *parts] if is_former else parts)
    # Russia's ambassador to Japan is Russian
    return Post(role, *(owner.entry[1:3] if owner else affiliation_of_role(page, i)))


class Apposition(NamedTuple):
    """The words of an apposition up to its last noun."""

    end: int  # one past its last word
    owner: Match | None  # the country or body before the role: `Peru's army spokesman`
    parts: list[str]
    is_former: bool


def apposition(page: Page, comma: int) -> Apposition:
    """The role that may stand after a comma."""
    words, i = page.words, comma + 1
    owner, parts, is_former = None, [], False
    while i < min(comma + ROLE_WORDS, len(words)):
        match = page.at.get(i)
        is_first = owner is None and all(page.doc[k].pos_ == "ADJ" for k in range(i - len(parts), i))
        if match and match.entry.kind != "person" and is_first:  # a senior Peruvian commander
            owner, i = match, match.end
        elif not parts and words[i] == "country" and words[i + 1 : i + 2] in (["'s"], ["’s"]):
            i += 1  # the country's former president
        elif not parts and words[i] in OPENERS:
            is_former = is_former or words[i] == "former"
            i += 1
        elif not match and words[i].isalpha() and page.doc[i].pos_ in ("NOUN", "ADJ", "PROPN"):
            parts.append(words[i])
            i += 1
        else:
            break
    return Apposition(i, owner, parts, is_former)


def affiliation_of_role(page: Page, i: int) -> tuple[str | None, str | None]:
    """The body or country after the preposition at `i`, and its country: `fellow at the Stimson Center`."""
    if i >= len(page.words) or page.words[i] not in PREPOSITIONS:
        return None, None
    place, code = affiliation_after(page, i + 1)
    is_foreign = page.words[i] == "in" and code is None  # an army spokesman in Srinagar is not Srinagar's
    return (None, None) if is_foreign else (place, code)


def affiliation_after(page: Page, i: int) -> tuple[str | None, str | None]:
    """The body or country that follows `at` or `of`, and its country."""
    words = page.words
    while i < len(words) and words[i] in ("the", "a", "an"):
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


# A role before the name, with a comma between


def post_ahead(page: Page, start: int) -> Post | None:
    """The inverse: `Iran's president, Hassan Rouhani`, `the spokesman of the ministry, Jo Doe`."""
    words = page.words
    if start < 3 or words[start - 1] != ",":
        return None
    i = role_end(page, start - 1)
    if i is None:
        return None
    first = role_start(page, i)
    role = role_text(words[first : i + 1])
    own = owner_post(page, first) if words[i] not in relations() else NO_POST
    if own.affiliation or own.country_code:
        return Post(role, own.affiliation, own.country_code)
    is_of = words[i + 1] in ("of", "for", "at")  # but a representative in Peru is not Peru's
    return Post(role, *(affiliation_after(page, i + 2) if is_of else (None, None))) if role else None


def role_end(page: Page, comma: int) -> int | None:
    """The last word of a role before a comma, without what follows it: `spokesman of the ministry,`."""
    words, i = page.words, comma - 1
    if is_role(page, i):
        return i
    while i > max(0, comma - ROLE_WORDS) and (
        page.is_proper[i] or words[i] in INSIDE or i in page.at or is_role_part(page, i)
    ):
        if words[i] in AFFILIATING and is_role(page, i - 1):
            return i - 1
        i -= 1
    return None


def role_start(page: Page, end: int) -> int:
    """First word of the role whose last word is `end`."""
    words, first = page.words, end
    if not (page.doc[end].pos_ == "NOUN" and words[end] in roles()):
        return end + 1 - title_width(words, end + 1)
    while first > 0 and is_role_part(page, first - 1):
        first -= 1
    while words[first] == "-":
        first += 1
    return first


def is_role(page: Page, i: int) -> bool:
    """A noun that is a role, or the end of a title in capitals: `the Foreign Secretary, Jo Doe`."""
    if i < 1:
        return False
    is_titled = page.is_proper[i] and title_width(page.words, i + 1) > 0 and page.words[i] not in roles()
    return is_titled or (page.words[i] in roles() and page.doc[i].pos_ == "NOUN")
