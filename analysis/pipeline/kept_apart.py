"""Where things are kept for a folder of articles, so that an example never mixes with the analyst's own."""

from pathlib import Path
from typing import Final

OWN_ARTICLES: Final = "seeds"


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
