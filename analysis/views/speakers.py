"""Who is quoted: each speaker with their statements, their tone, and their stances."""

from collections.abc import Sequence

import pandas as pd

from analysis.country_names import country_name
from analysis.pipeline.analyse import Tables
from analysis.views.evidence import by_size, newest, quote_rows
from analysis.views.render import View, view

MOST_SPEAKERS = 100
MOST_STATEMENTS = 50
KNOWN_OF_A_SPEAKER = ("speaker_id", "role", "affiliation", "country_code", "anonymity_note")


def speaker_view(
    tables: Tables, *, most_speakers: int = MOST_SPEAKERS, most_statements: int = MOST_STATEMENTS
) -> View:
    """Each speaker once, the most quoted first: who they are, their tone, every quote in its paragraph."""
    attributed = tables.quotes[tables.quotes["speaker_id"].notna()]
    groups = [part for _, part in by_size(attributed, "speaker_id")]
    unattributed = tables.quotes[tables.quotes["speaker_id"].isna()]
    rest = groups[most_speakers:]
    return view(
        "views/speakers",
        speakers=[speaker_row(part, tables, most_statements) for part in groups[:most_speakers]],
        more=(len(rest), sum(map(len, rest))),
        unnamed=quote_rows(newest(unattributed, tables, most_statements), tables),
        unnamed_count=len(unattributed),
    )


def speaker_row(quotes: pd.DataFrame, tables: Tables, most: int) -> dict:
    """One speaker: who they are, their mean tone, their newest quotes, their stances."""
    known = {column: first_known(quotes[column]) for column in KNOWN_OF_A_SPEAKER}
    names = quotes["speaker_name"].dropna()
    name = max(names, key=len) if len(names) else known["speaker_id"]
    about = [known["role"], known["affiliation"], country_name(known["country_code"])]
    return {
        "name": name,
        "described": described(name, about),
        "is_anonymous": bool(quotes["is_anonymous"].any()),
        "anonymity_note": known["anonymity_note"],
        "tone": quotes["tone_score"].mean(),
        "count": len(quotes),
        "quotes": quote_rows(newest(quotes, tables, most), tables),
        "stances": stance_summary(quotes, tables),
    }


def first_known(values: pd.Series) -> str:
    """The first value that is not missing, or ""."""
    known = values.dropna()
    return known.iloc[0] if len(known) else ""


def described(name: str, parts: Sequence[str]) -> str:
    """What is known about a speaker, without what the name or an earlier part already says."""
    known = [name]
    for part in parts:
        if part and not any(part.casefold() in earlier.casefold() for earlier in known):
            known.append(part)
    return ", ".join(known[1:])


def stance_summary(quotes: pd.DataFrame, tables: Tables) -> list[dict]:
    """A speaker's stances on each target: counts of for, against and neither; abstentions separately."""
    stances = tables.stances[tables.stances["quote_id"].isin(quotes["quote_id"])]
    return [
        {
            "target": part["target_name"].iloc[0],
            "favourable": int((part["label"] == 1).sum()),
            "unfavourable": int((part["label"] == -1).sum()),
            "neutral": int((part["label"] == 0).sum()),
            "abstained": int(part["is_abstained"].sum()),
        }
        for _, part in by_size(stances, "target_id")
    ]
