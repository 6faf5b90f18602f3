"""What a correction means: the column of a field, and who is meant by a name, here or in the word lists."""

from functools import cache
from typing import Any, Final

import pandas as pd
from pandas import DataFrame

from analysis.country_names import bloc_codes, country_name, country_names
from analysis.ingest.corrections_file import CORRECTABLE_FIELDS, DROP
from analysis.nlp.actors.gazetteer import first_words, slug, split_words
from analysis.pipeline.typed_countries import code_of, side_of

VALUE_COLUMNS: Final = {
    "articles": {name: name for name in CORRECTABLE_FIELDS["articles"]},
    "quotes": {"speaker": "speaker_name", "role": "role", "country": "country_code", DROP: "speaker_name"},
    "events": {
        "source": "source_name",
        "target": "target_name",
        "root": "root",
        "status": "status",
        DROP: "root",
    },
}
"""The column that has the value of a field."""
SPEAKER_COLUMNS = ("speaker_id", "speaker_name", "role", "affiliation", "country_code", "is_anonymous")
PARTICIPANT_PARTS = ("id", "name", "country_code", "kind")
MAX_CODE_CHARS = 3  # "LIE" is a country, "Lie" a name
Values = dict[str, Any]


def speaker_named(name: str, article_id: str, quotes: DataFrame) -> Values:
    """The speaker meant by a name: one of these articles, a listed actor by the full name, or someone new."""
    if not name:
        return {**dict.fromkeys(SPEAKER_COLUMNS), "is_anonymous": False}
    names = quotes["speaker_name"].fillna("").str.casefold()
    known = quotes[names == name.casefold()]
    if len(known):
        own = known[known["article_id"] == article_id]
        row = (own if len(own) else known).iloc[0]
        return {field: None if pd.isna(row[field]) else row[field] for field in SPEAKER_COLUMNS}
    identity = listed_actor(name)
    if identity is None or identity["name"].casefold() != name.casefold():  # Li is nobody's full name
        identity = {"id": f"person:{slug(name)}", "name": name, "country_code": None}
    return {
        "speaker_id": identity["id"],
        "speaker_name": identity["name"],
        "role": identity.get("role"),
        "affiliation": None,
        "country_code": identity["country_code"],
        "is_anonymous": False,
    }


def participant_named(name: str, events: DataFrame) -> Values:
    """The participant meant by a name: an actor of these events, or a listed one.

    Raises:
        ValueError: no actor has this name.
    """
    for side in ("source", "target"):
        known = events[events[f"{side}_name"].str.casefold() == name.casefold()]
        if len(known):
            row = {part: known.iloc[0][f"{side}_{part}"] for part in PARTICIPANT_PARTS}
            return {part: None if pd.isna(value) else value for part, value in row.items()}
    found = listed_actor(name)
    if found is None:
        raise ValueError(
            f"no actor is called {name!r}, expected a country, its code, a listed actor or one in an event"
        )
    return found


def country_code_named(name: str) -> str:
    """The code of the country meant by a name, an adjective or a code; "" stays "".

    Raises:
        ValueError: no country has this name.
    """
    if not name:
        return ""
    code = code_of(name)
    if not code:
        raise ValueError(
            f"no country is called {name!r}, expected a name such as China, or a code such as CHN"
        )
    return code


@cache
def listed_actor(name: str) -> Values | None:
    """The country, organisation or leader that the word lists have under a name or a code."""
    code = "" if len(name) <= MAX_CODE_CHARS and name.istitle() else side_of(name)
    if code in country_names():
        return {"id": code, "name": country_name(code), "country_code": code, "kind": "country", "role": None}
    if code:
        actor_id = next(one for one, bloc in bloc_codes().items() if bloc == code)
        described = {"country_code": None, "kind": "bloc", "role": None}
        return {"id": actor_id, "name": country_name(code), **described}
    for spelling in (name, name.title(), name.upper()):
        words = split_words(spelling)
        for listed, entry in first_words().get(words[0], ()) if words else ():
            if listed == words and entry.actor_id:
                described = {"country_code": entry.country_code, "kind": entry.kind, "role": entry.role}
                return {"id": entry.actor_id, "name": entry.name, **described}
    return None
