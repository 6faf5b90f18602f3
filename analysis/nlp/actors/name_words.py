"""Words that tell what a name is: given names, genders, last words of bodies and places, words of context."""

from functools import cache

from pandas import DataFrame

from analysis.lexicons import load_lexicon

FAMILY_FIRST = "East and Southeast Asia"  # the surname comes first: Wang Yi is Mr Wang
REGIONS = (
    FAMILY_FIRST,
    "Africa",
    "Arab, Persian, Turkish, Hebrew",
    "English",
    "Europe",
    "South and Central Asia",
)
GENDERS = ("he", "she")
GENDERED_KINDS = ("title", "noun")
ENDING_KINDS = ("day", "organisation", "place", "state organ", "thing")
CONTEXTS = ("Georgia", "other north and south")


@cache
def given_name_rows() -> DataFrame:
    """Given names, the part of the world that each is from, and the gender that it shows."""
    return load_lexicon("actors/given_names", allowed={"region": ("", *REGIONS), "gender": ("", *GENDERS)})


@cache
def given_names() -> frozenset[str]:
    """Names that a person's name begins with; those without a region only show a gender."""
    rows = given_name_rows()
    return frozenset(rows.loc[rows["region"] != "", "name"])


@cache
def family_first_names() -> frozenset[str]:
    """First words of names whose surname comes first."""
    rows = given_name_rows()
    return frozenset(rows.loc[rows["region"] == FAMILY_FIRST, "name"])


@cache
def given_genders() -> dict[str, str]:
    """Given name in lower case -> "he" or "she"."""
    rows = given_name_rows()
    rows = rows[rows["gender"] != ""]
    return dict(zip(rows["name"].str.lower(), rows["gender"], strict=True))


@cache
def gendered_words(kind: str) -> dict[str, str]:
    """Title (`Ms`) or noun in lower case (`spokeswoman`) -> "he" or "she"."""
    rows = load_lexicon("actors/gendered_words", allowed={"kind": GENDERED_KINDS, "gender": GENDERS})
    rows = rows[rows["kind"] == kind]
    return dict(zip(rows["word"], rows["gender"], strict=True))


@cache
def name_endings() -> dict[str, str]:
    """Words that end the name of a body, a place, a thing or a day -> which of them."""
    rows = load_lexicon("actors/name_endings", allowed={"kind": ENDING_KINDS})
    return dict(zip(rows["word"], rows["kind"], strict=True))


@cache
def context_words(shows: str) -> frozenset[str]:
    """Words that show what an ambiguous name means in a text: "Georgia" or "other north and south"."""
    rows = load_lexicon("actors/context_words", allowed={"shows": CONTEXTS})
    return frozenset(rows.loc[rows["shows"] == shows, "word"])
