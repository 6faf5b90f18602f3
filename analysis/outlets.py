"""Who owns an outlet, and which state runs it. Outlets of one owner are one source, however many they are.

Source: each row of `data/ingest/outlets.csv` cites its own.
"""

import re
import unicodedata
import warnings
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from analysis.lexicons import load_lexicon


class Outlet(NamedTuple):
    """What is known of an outlet."""

    name: str
    owner: str
    state: str  # adjective of the country that runs it; "" if none does


def owner_of(outlet: str) -> str:
    """The owner of an outlet; of one that is not on the list, the outlet itself."""
    known = known_outlets().get(plain_name(outlet))
    return known.owner if known else outlet


def short_name(outlet: str) -> str:
    """A name without what it has in brackets: "Metro"; of a digest, the source there: "Digest (Reuters)"."""
    name, _, inner = outlet.removesuffix(")").partition(" (")
    is_digest = plain_name(inner) in known_outlets() and plain_name(outlet) not in known_outlets()
    return inner if is_digest else name


def with_state(outlet: str) -> str:
    """ "TASS, run by the Russian state"; any other name as it is."""
    known = known_outlets().get(plain_name(outlet))
    return f"{outlet}, run by the {known.state} state" if known and known.state else outlet


def source_count(outlets: Iterable[object]) -> int:
    """How many owners some outlets have, those of one house or state counted once and missing ones not."""
    return len({owner_of(one) for one in outlets if isinstance(one, str)})


def warn_of_unknown(asked: Iterable[str], outlets: Collection[str]) -> None:
    """Warn of each outlet to leave out from which there is no article, with a similar one if there is."""
    plain = {name.casefold(): name for name in outlets}
    for name in asked:
        if name.casefold() not in plain:
            near = get_close_matches(name.casefold(), plain, n=1)
            hint = f": did you mean {plain[near[0]]}?" if near else ""
            if any(part.strip() in plain for part in name.casefold().split(",")):
                hint = ": semicolons separate outlets, commas do not"
            message = f"no article is from {name}, which leave_out names{hint}"
            warnings.warn(message, UserWarning, stacklevel=3)


@cache
def known_outlets() -> dict[str, Outlet]:
    """The outlets on the list by each of their names, in the form of `plain_name`."""
    known = {}
    for row in load_lexicon("ingest/outlets").itertuples():
        outlet = Outlet(row.outlet, row.owner, row.state)
        for name in filter(None, (row.outlet, *row.aliases.split(";"))):
            if known.setdefault(plain_name(name), outlet) != outlet:
                raise ValueError(f"ingest/outlets.csv: {name!r} names two outlets, expected one")
    return known


def plain_name(name: str) -> str:
    """A name without accents, article, marks and capitals: "the guardian" for "The Guardian"."""
    bare = unicodedata.normalize("NFKD", name).casefold().removeprefix("www.").removeprefix("the ")
    return re.sub(r"[^\w/.]|_", "", "".join(one for one in bare if not unicodedata.combining(one)))
