"""Who says something: the name to print, the office, the side they speak for, and how senior they are.

The rank of an office is in `findings/speaker_ranks.csv`, from 5 for heads of state and government to 1 for
everybody who is known by name alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from pandas import DataFrame

from analysis.charts.base import sentence_start
from analysis.country_names import AFFILIATIONS, BODY_CODES, country_in_sentence, country_names, former_name
from analysis.lexicons import load_lexicon
from analysis.nlp.actors.gazetteer import match_at, unsplit_names
from analysis.phrasing import body_in_sentence
from analysis.tables.rows import rows_of

KINDS: Final = ("office", "body", "most")
OFFICE_LIMIT = 2  # from this rank on a person speaks for a state, below for themselves
STATE_RANK = 3  # of a state that speaks as such: "China said"
LOCAL_ID = re.compile(r"[0-9a-f]{10}/")  # of a speaker whom only this article knows, by a description
STATE_ID = re.compile(r"[A-Z]{3}")
ADJECTIVES: Final = {"USA": "US", "EUU": "EU", "NATO": "NATO", "UNO": "UN"}
"""Short forms that headlines use; other countries have theirs in `actors/countries.csv`."""
SOUNDS_LIKE_YOU = re.compile(
    r"(?:US|UN|UK|U\.|Eu|EU|Ukr|Uni|uni|one)", re.ASCII
)  # a US official, an Iranian one
VOICE = re.compile(r"spokes(?:man|woman|person)|press secretary")
BARE_BODY: Final = re.compile(
    r"(?:(?:foreign|external affairs|defen[cs]e|interior|finance|trade|information|energy|health) )?"
    r"(?:government|cabinet|ministry|foreign office|army|military|navy|air force|embassy|parliament)",
    re.IGNORECASE,
)
"""A body of state that is named without its country, as a story does that has named it before."""
MANY = re.compile(r"(?:s|people|police|staff|men|women)$", re.IGNORECASE)


@dataclass(frozen=True)
class Speaker:
    """Somebody who is quoted, as one statement and the rows of the same speaker describe them."""

    speaker_id: str
    name: str  # to print: "Antony Blinken", "A senior US official"
    in_sentence: str  # "the United States", "Hamas", "the Afghan government", "a senior US official"
    described: str  # "US secretary of state"; "unnamed"; "" where nothing is known
    code: str  # of the country or bloc that they belong to; "" where unknown
    rank: int  # 1 to 5; 0: a thing or a passer-by, not to be quoted
    is_unnamed: bool
    is_person: bool
    is_plural: bool  # "US officials say"

    @property
    def is_official(self) -> bool:
        """Whether their words count as those of their side."""
        return bool(self.code) and self.rank >= OFFICE_LIMIT


def quotes_by_speaker(quotes: DataFrame) -> dict[str, list[object]]:
    """Rows of `Quotes` by speaker, those without one left out."""
    found: dict[str, list[object]] = defaultdict(list)
    for quote in rows_of(quotes[quotes["speaker_id"].notna()]):
        found[quote.speaker_id].append(quote)
    return dict(found)


def speaker_of(quote: object, quotes: Sequence[object]) -> Speaker:
    """The speaker of a row of `Quotes`; gaps are filled from their other quotes.

    Args:
        quote: the row, with a speaker.
        quotes: all quotes of the same speaker; those of the same article go first, as an office may change.
    """
    quotes = sorted(quotes, key=lambda other: other.article_id != quote.article_id)
    known = {
        column: first_known(getattr(one, column) for one in (quote, *quotes))
        for column in ("role", "affiliation", "country_code")
    }
    names = [one.speaker_name for one in quotes if isinstance(one.speaker_name, str)]
    identity, is_unnamed = quote.speaker_id, bool(quote.is_anonymous)
    is_person = identity.startswith("person:") and "/" not in identity
    name = max(names, key=len) if is_person and names else quote.speaker_name
    name = name if isinstance(name, str) else identity
    is_plural = not is_person and "/" in identity and bool(MANY.search(name))
    code = (
        known["country_code"] or BODY_CODES.get(identity.split("/")[0], "") or body_code(known["affiliation"])
    )
    return Speaker(
        speaker_id=identity,
        name=sentence_start(with_article(name, is_plural)) if is_unnamed else name,
        in_sentence=name_in_sentence(identity, with_country(name, code), is_unnamed, is_plural),
        described="unnamed" if is_unnamed else described(name, is_person, **known),
        code=code,
        rank=rank_of(identity, name, known["role"], known["affiliation"], code, is_unnamed),
        is_unnamed=is_unnamed,
        is_person=is_person,
        is_plural=is_plural,
    )


def first_known(values: Iterable[object]) -> str:
    """The first value that is not missing, or ""."""
    return next((value for value in values if isinstance(value, str)), "")


def body_code(affiliation: str) -> str:
    """The code of a bloc or world body: "EUU" for "European Commission"; "" for others."""
    return BODY_CODES.get(AFFILIATIONS.get(affiliation, ""), "")


def adjective(code: str) -> str:
    """ "US" for "USA", "Iranian" for "IRN"; "" where there is none."""
    if former := former_name(code):
        return former.adjective
    if code in ADJECTIVES:
        return ADJECTIVES[code]
    return adjectives().get(code, "")


@cache
def adjectives() -> dict[str, str]:
    """The first adjective of each country, by code."""
    rows = load_lexicon("actors/countries")
    return dict(zip(rows["country_code"], rows["adjectives"].str.split(";").str[0], strict=True))


def with_article(name: str, is_plural: bool) -> str:
    """How an unnamed source is introduced: "a senior US official", "US officials", "two sources"."""
    if is_plural or re.match(r"(?:an?|the|one) ", name, re.IGNORECASE) or MANY.search(name):
        return name
    article = "an" if name[0] in "aeiouAEIOU" and not SOUNDS_LIKE_YOU.match(name) else "a"
    return f"{article} {name}"


def with_country(name: str, code: str) -> str:
    """ "the Soviet Government" for a story's "the Government": outside the story, it could be any."""
    is_bare = bool(BARE_BODY.fullmatch(name)) and bool(adjective(code))
    return f"the {adjective(code)} {name}" if is_bare else name


def name_in_sentence(identity: str, name: str, is_unnamed: bool, is_plural: bool) -> str:
    """A speaker as subject: "the United States", "Hamas", "the Afghan government", "US officials"."""
    if STATE_ID.fullmatch(identity):
        return country_in_sentence(identity)
    if is_unnamed:
        return with_article(name, is_plural)
    is_described = "/" in identity and not is_plural and "'s " not in name and "’s " not in name
    return f"the {name}" if is_described and not name.lower().startswith("the ") else body_in_sentence(name)


# Seniority


def rank_of(identity: str, name: str, role: str, affiliation: str, code: str, is_unnamed: bool) -> int:
    """How much it matters that somebody says something, from 5 to 0."""
    if STATE_ID.fullmatch(identity) or re.fullmatch(r"(?:group|bloc):[^/]+", identity):
        return STATE_RANK
    if LOCAL_ID.match(identity) and not is_unnamed:
        return 0  # "the paper", "a man", "the video"
    if not identity.startswith("person:") or "/" in identity:
        return office_rank(role or name, ("office", "body")) if is_unnamed else office_rank(name, ("body",))
    rank = office_rank(role, ("office",))
    if not is_state_post(affiliation, code):
        rank = min(rank, OFFICE_LIMIT - 1)  # the president of a bank, the chairman of a party
    return max(rank, 1)


@cache
def office_rank(words: str, kinds: tuple[str, ...]) -> int:
    """The rank of the longest listed office in a role, no higher than "former" and the like allow."""
    rows = [row for row in ranks() if row.pattern.search(words)]
    offices = [row for row in rows if row.kind in kinds]
    if not offices:
        return 0
    rank = max(offices, key=lambda row: (len(row.words), row.rank)).rank
    return min([rank, *(row.rank for row in rows if row.kind == "most")])


@dataclass(frozen=True)
class ListedRank:
    """A row of `findings/speaker_ranks.csv`."""

    words: str
    kind: Literal["office", "body", "most"]
    rank: int
    shown: str
    pattern: re.Pattern[str]


@cache
def ranks() -> tuple[ListedRank, ...]:
    """The listed offices and bodies of state, and the words that lower them."""
    rows = load_lexicon("findings/speaker_ranks", allowed={"kind": KINDS}, numbers=("rank",))
    return tuple(
        ListedRank(
            row.words,
            row.kind,
            int(row.rank),
            row.shown,
            re.compile(rf"(?<!\w){re.escape(row.words)}(?!\w)", re.IGNORECASE),
        )
        for row in rows_of(rows)
    )


def is_state_post(affiliation: str, code: str) -> bool:
    """Whether an affiliation is a state, a body of state or a bloc, or is not given."""
    if not affiliation or body_code(affiliation) or is_country(affiliation):
        return True
    return bool(code) and office_rank(affiliation, ("office", "body")) > 0


def is_country(words: str) -> bool:
    """Whether words are the name of a country, or another of its names: "U.S."."""
    return words.casefold() in names_of_countries()


@cache
def names_of_countries() -> frozenset[str]:
    """Every name of a country in `actors/countries.csv`, in lower case."""
    rows = load_lexicon("actors/countries")
    aliases = rows["aliases"].str.split(";").explode()
    return frozenset(name.casefold() for name in [*country_names().values(), *aliases] if name)


# Descriptions


def described(name: str, is_person: bool, role: str, affiliation: str, country_code: str) -> str:
    """ "US secretary of state", "Chinese foreign ministry spokesman", "senior fellow, Stimson Center"."""
    code = country_code or body_code(affiliation)
    if is_person and not role and affiliation and not is_country(affiliation):
        return affiliation
    if not is_person or not role:
        return ""
    shown = shown_role(role)
    if not affiliation or "'s" in affiliation or is_country(affiliation) or body_code(affiliation):
        return office_of(shown, code)
    if VOICE.search(shown) and is_state_post(affiliation, code):
        return office_of(f"{affiliation.lower()} {shown}", code)
    return f"{shown}, {affiliation}" if " " in affiliation else office_of(shown, code)


def shown_role(role: str) -> str:
    """A role as it is printed: "general" for "gen", "director" for "Director", but "MP", "envoy to Peru"."""
    listed = next((row.shown for row in ranks() if row.shown and row.words == role.casefold()), "")
    words = role.split()
    return listed or " ".join(
        word.lower() if word[1:].islower() and i not in named_words(words) else word
        for i, word in enumerate(words)
    )


def named_words(words: list[str]) -> set[int]:
    """Places of the words that are names: the United Nations of `Ambassador to the United Nations`."""
    found = ((i, match_at(words, i, unsplit_names())) for i in range(len(words)))
    return {k for i, match in found if match for k in range(i, i + match[0])}


def office_of(role: str, code: str) -> str:
    """A role with its country: "Iranian foreign minister", "former US president"."""
    nation = adjective(code)
    if (
        not nation
        or role[0].isupper()
        or re.search(rf"(?<!\w){re.escape(nation)}(?!\w)", role, re.IGNORECASE)
    ):
        return role
    role = re.sub(r"^ex-", "former ", role)
    former = re.match(r"(?:former|onetime|one-time|ousted|deposed|toppled|ex|acting|caretaker|then) ?", role)
    opening = former.group() if former else ""
    return f"{opening}{nation} {role[len(opening) :]}"
