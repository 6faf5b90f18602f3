"""A desk: what an analyst asks again and again, kept in the file `desk.toml` of a folder.

    title = "Gulf desk"
    articles = "../../seeds"            # the folder of articles; by default the folder of this file
    countries = ["Iran", "Israel"]
    pairs = ["US-China"]
    leave_out = ["Press TV"]            # outlets
    period = "last week"                # as for `faultline brief --period`
    briefings = "../../briefings/gulf"  # by default a folder of the desk's name in briefings/

    [alert]
    times_usual = 3                     # a pair at least so many times as hostile as usual
    command = ["python3", "tell.py"]    # gets the path of alerts.json as its last argument
    seconds = 60                        # that it may take

Paths start at the folder of the file, and so does the command. A desk must be named to count: a folder of
articles that comes from somebody else runs nothing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from analysis.ingest.folder_files import DESK_FILE
from analysis.phrasing import listed
from analysis.pipeline.filters import EVERYTHING, Scope, scope_of
from analysis.pipeline.reporting_period import AUTO, asked_days

DESKS: Final = Path("desks")
OWN_ARTICLES: Final = "seeds"
TEXT, TEXTS, NUMBER, PART = "a text", "a list of texts", "a number above 0", "a part of its own"
KEYS: Final = {
    "title": TEXT,
    "articles": TEXT,
    "countries": TEXTS,
    "pairs": TEXTS,
    "leave_out": TEXTS,
    "period": TEXT,
    "briefings": TEXT,
    "alert": PART,
}
ALERT_KEYS: Final = {"times_usual": NUMBER, "command": TEXTS, "seconds": NUMBER}


@dataclass(frozen=True)
class Desk:
    """What a desk asks for, and where its things are."""

    folder: Path
    seeds: Path  # the folder of articles
    out: Path  # the folder of its briefings
    title: str = "Faultline"
    scope: Scope = EVERYTHING
    period: str = AUTO
    times_usual: float = 0.0  # from which a pair is an alert; 0: no alerts
    command: tuple[str, ...] = ()  # that is told of alerts; none: nothing is run
    seconds: float = 60.0  # that the command may take


def kept_for(seeds: Path | str, place: Path | str) -> Path:
    """The folder in which something is kept for a folder of articles.

    Args:
        seeds: the folder of articles.
        place: the folder for the articles of `seeds/`, such as "briefings".

    Returns:
        That folder; for articles elsewhere a folder in it of their name, such as "briefings/thirteen-days".
    """
    name = Path(seeds).resolve().name
    return Path(place) if name == OWN_ARTICLES else Path(place) / name


def desk_of(seeds: Path) -> Desk:
    """The desk of a folder of articles without a name: it asks for everything."""
    return Desk(seeds, seeds, kept_for(seeds, "briefings"))


def load_desk(name: str | Path) -> Desk:
    """A desk by its name, a folder in `desks/`, or by the path of its folder.

    Raises:
        ValueError: there is no such folder or no `desk.toml` in it, or something in that file is not what it
            should be; the message says what is expected.
    """
    folder = next((one for one in (DESKS / name, Path(name)) if (one / DESK_FILE).is_file()), None)
    if folder is None:
        known = sorted(path.parent.name for path in DESKS.glob(f"*/{DESK_FILE}"))
        there = f"; there are {listed(known)}" if known else ""
        places = dict.fromkeys((str(DESKS / name), str(Path(name))))
        raise ValueError(f"there is no desk {' or '.join(places)}: no such folder has a {DESK_FILE}{there}")
    path = folder / DESK_FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        check(content, KEYS)
        alert = content.get("alert", {})
        check(alert, ALERT_KEYS)
        scope = scope_of(
            country=";".join(content.get("countries", ())),
            pair=";".join(content.get("pairs", ())),
            leave_out=";".join(content.get("leave_out", ())),
        )
        asked_days(content.get("period", AUTO))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(
            f"{path}: {error}: check quotation marks and brackets, and that no name is there twice"
        ) from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    seeds = folder / content.get("articles", "")
    if not seeds.is_dir():
        raise ValueError(f"{path}: articles is {content.get('articles')!r}, expected a folder: {seeds}")
    return Desk(
        folder,
        short_path(seeds),
        short_path(folder / content["briefings"])
        if "briefings" in content
        else kept_for(folder, "briefings"),
        content.get("title", folder.resolve().name),
        scope,
        content.get("period", AUTO),
        float(alert.get("times_usual", 0)),
        tuple(alert.get("command", ())),
        float(alert.get("seconds", Desk.seconds)),
    )


def short_path(path: Path) -> Path:
    """A path without "..", from where we are if it is below: "seeds" for "desks/gulf/../../seeds"."""
    whole, here = path.resolve(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else whole


def check(content: Mapping[str, Any], keys: Mapping[str, str]) -> None:
    """Raise ValueError unless a part of the file has only known keys, each with a value of its kind."""
    for key, value in content.items():
        if key not in keys:
            raise ValueError(f"{key!r} is not known, expected {listed(list(keys))}")
        is_list = isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
        fits = {
            TEXT: isinstance(value, str) and bool(value.strip()),
            TEXTS: is_list,
            NUMBER: is_number,
            PART: isinstance(value, dict),
        }
        if not fits[keys[key]]:
            raise ValueError(f"{key} is {value!r}, expected {keys[key]}")
