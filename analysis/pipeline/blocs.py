"""What belongs to a bloc, which no column of codes names: sides of events, speakers, targets of stances."""

from typing import Final

from pandas import DataFrame, Series

from analysis.country_names import AFFILIATIONS, bloc_codes

SIDES: Final = ["source_id", "target_id"]


def bloc_of(code: str) -> str:
    """The actor id of a bloc, "bloc:nato" for "NATO"; "" for the code of a country."""
    return next((actor_id for actor_id, bloc in bloc_codes().items() if bloc == code), "")


def has_bloc_as_side(events: DataFrame, bloc: str) -> Series:
    """Whether a bloc itself is a side of each event: rows of `Events`."""
    return events[SIDES].eq(bloc).any(axis="columns")


def is_by_bloc(quotes: DataFrame, bloc: str) -> Series:
    """Whether a bloc, somebody unnamed of it, or the holder of a post in it says each statement: `Quotes`."""
    is_itself = quotes["speaker_id"].str.split("/").str[0] == bloc
    return (is_itself | (quotes["affiliation"].map(AFFILIATIONS) == bloc)).fillna(False).astype(bool)


def is_on_bloc(stances: DataFrame, bloc: str) -> Series:
    """Whether each stance is on a bloc itself: rows of `Stances`."""
    return stances["target_id"] == bloc
