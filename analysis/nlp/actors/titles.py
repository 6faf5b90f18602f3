"""Titles, roles and offices, from the word lists."""

from functools import cache

from analysis.country_names import country_names
from analysis.lexicons import check_cells, load_lexicon
from analysis.nlp.actors.gazetteer import Index, by_first_word, split_cell, split_words

TITLE_KINDS = ("honorific", "office", "rank", "relation", "role")
ROLE_KINDS = ("role", "relation")  # of titles in lower case, which name nobody by themselves


@cache
def titles() -> Index[str]:
    """First word of a title -> (all words, kind), longest first."""
    rows = load_lexicon("actors/titles", allowed={"kind": TITLE_KINDS})
    return by_first_word(zip(map(split_words, rows["title"]), rows["kind"], strict=True))


@cache
def titles_of(kind: str) -> frozenset[tuple[str, ...]]:
    """The titles of one kind, word by word: ranks, honorifics."""
    return frozenset(words for choices in titles().values() for words, own in choices if own == kind)


@cache
def roles() -> frozenset[str]:
    """Last words of what a person can be: `minister`, `fellow`."""
    rows = load_lexicon("actors/titles")
    return frozenset(term.split()[-1] for term in rows.loc[rows["kind"].isin(ROLE_KINDS), "title"])


@cache
def relations() -> frozenset[str]:
    """What one is to a person, not to a body: `Doe's predecessor, Jo Moe`."""
    return frozenset(" ".join(words) for words in titles_of("relation"))


@cache
def portfolio_words() -> frozenset[str]:
    """Words inside titles, in lower case: `foreign`, `minister`, `defence`."""
    longer_titles = (title.split() for title in load_lexicon("actors/titles")["title"] if " " in title)
    return frozenset(word.lower() for words in longer_titles for word in words if len(word) > 3)


@cache
def office_country() -> dict[str, str]:
    """Offices that only one country has: `Treasury Secretary` -> `USA`."""
    rows = load_lexicon("actors/offices", allowed={"country_code": ("", *country_names())})
    rows = rows[rows["also"] == ""]
    return dict(zip(rows["office"], rows["country_code"], strict=True))


@cache
def shared_offices() -> dict[str, tuple[str | None, tuple[str, ...]]]:
    """Offices of several countries: the country meant where the text names none of them, and all of them."""
    rows = load_lexicon("actors/offices", allowed={"country_code": ("", *country_names())})
    check_cells("actors/offices", rows["also"].str.split(";").explode(), ("", *country_names()))
    rows = rows[rows["also"] != ""]
    own, also = rows["country_code"], rows["also"]
    return {
        office.lower(): (code or None, tuple(split_cell(f"{code};{others}")))
        for office, code, others in zip(rows["office"], own, also, strict=True)
    }
