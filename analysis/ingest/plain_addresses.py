"""Addresses as names, tables and messages have them: without a password, which readers must never see."""

import re
from typing import Final

BEGINNING: Final = re.compile(r"^\s*([a-z][a-z0-9+.-]*:)?//([^/?#]*@)?", re.IGNORECASE)
WEB: Final = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)


def plain_address(address: str) -> str:
    """An address without user name and password, its scheme in small letters; any other text as it is."""
    return BEGINNING.sub(lambda found: f"{(found[1] or '').lower()}//", address)


def is_web_address(text: str) -> bool:
    """Whether a text begins as the address of a page does."""
    return WEB.match(text) is not None
