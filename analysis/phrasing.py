"""Counts, lists, days and errors as a sentence has them."""

import errno
import math
import re
from calendar import monthrange
from datetime import date
from typing import Final

SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
BODY_OF_STATE: Final = re.compile(
    r"(?:^|\s)(?:agency|air force|army|cabinet|coast guard|council|court|delegation|embassy|government"
    r"|judiciary|leadership|military|ministry|mission|navy|office|parliament|presidency|regime)$"
)
"""Last words of a body that takes an article; in lower case, as a proper name may take none."""
OWNED_BY_NAME: Final = re.compile(r"(?:(?:[A-Z][\w.-]*|of|and|the)\s)*[A-Z][\w.-]*['’]s?\s")
""" "China's army", not "the Israeli prime minister's office"."""
WAY_OUT = {  # of an error that may be of reading or of writing
    errno.ENOSPC: ": make room on the disk",
    errno.EDQUOT: ": make room on the disk",
    errno.EACCES: ": ask its owner for the right to use it",
    errno.EPERM: ": ask its owner for the right to use it",
    errno.EROFS: ": choose a place where files can be written",
    errno.ENAMETOOLONG: ": choose a shorter name",
}


class WrongArgument(ValueError):
    """A mistake in an argument that is one of a function and an option of a command: each names it its way.

    Args:
        parts: the sentence, in turn the name of an argument and what follows it.
    """

    def __init__(self, *parts: str) -> None:
        super().__init__("".join(parts))
        self.parts = parts

    @property
    def with_options(self) -> str:
        """The sentence with the names of options."""
        return "".join(part if place % 2 else f"--{part}" for place, part in enumerate(self.parts))


def error_in_words(error: Exception) -> str:
    """An error as one sentence: our own message, or the file, the reason of the system, and a way out.

    Of a copy the target is named, since a full disk is not the fault of the original. What names no file is
    about standard output.
    """
    if not isinstance(error, OSError) or error.errno is None:
        return str(error)
    place = error.filename2 or error.filename or "standard output"
    return f"{place}: {error.strerror}{WAY_OUT.get(error.errno, '')}"


def in_words(count: int) -> str:
    """ "nine", "10", "1,200": small numbers as words, as newspapers have them."""
    return SMALL_NUMBERS[count] if count < len(SMALL_NUMBERS) else f"{count:,}"


def counted(count: int, noun: str) -> str:
    """ "1 story", "2 stories", "1,000 stories"."""
    is_changed = noun.endswith("y") and noun[-2] not in "aeiou"
    plural = f"{noun[:-1]}ies" if is_changed else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def counted_or_no(count: int, noun: str) -> str:
    """ "no article", "1 article", "2 articles"."""
    return counted(count, noun) if count else f"no {noun}"


def body_in_sentence(name: str) -> str:
    """ "the Iranian foreign ministry"; "China's army" and proper names stay as they are."""
    is_described = BODY_OF_STATE.search(name) and not OWNED_BY_NAME.match(name)
    return f"the {name}" if is_described and not re.match(r"(?:an?|the)\s", name, re.IGNORECASE) else name


def plain_number(value: float) -> str:
    """A number with as many decimals as it needs: "0.021", "0.35", "12.35", "7"."""
    size = abs(value)
    if 0 < size < 0.00005:
        return "more than -0.0001" if value < 0 else "less than 0.0001"
    decimals = 2 if size == 0 or size >= 0.1 else min(1 - math.floor(math.log10(size)), 4)
    words = f"{value:.{decimals}f}"
    return words.rstrip("0") if decimals > 2 else words.removesuffix(".00")


def percent(share: float) -> str:
    """ "38%", "none" for nothing; "fewer than 1%" and "more than 99%" are neither none nor all."""
    if not share:
        return "none"
    return "fewer than 1%" if share < 0.005 else "more than 99%" if 0.995 <= share < 1 else f"{share:.0%}"


def json_kind(value: object) -> str:
    """ "a number", "an object", "null": what a JSON value is called where JSON is taught."""
    kinds = {bool: "true or false", dict: "an object", list: "a list", str: "a string", type(None): "null"}
    return kinds.get(type(value), "a number")


def sentence_start(text: str) -> str:
    """The text with a capital first letter, the others unchanged."""
    return text[:1].upper() + text[1:]


def listed(items: list[str]) -> str:
    """ "talks", "talks and aid", "talks, aid and retreat"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def day_in_words(day: date) -> str:
    """ "5 October 2026"."""
    return f"{day.day} {day:%B %Y}"


def short_day(day: date) -> str:
    """ "5 May"."""
    return f"{day.day} {day:%B}"


def short_days(first: date, last: date) -> str:
    """ "5 May", "7 to 9 May", "30 April to 2 May"; of a whole month "November"."""
    if first == last:
        return short_day(last)
    if (first.year, first.month) == (last.year, last.month):
        is_whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
        return f"{last:%B}" if is_whole else f"{first.day} to {short_day(last)}"
    return f"{short_day(first)} to {short_day(last)}"


def days_in_words(first: date, last: date) -> str:
    """ "6 to 12 October 2025", "29 September to 5 October 2025"; of one day "20 April 2024"."""
    if first == last:
        return day_in_words(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_in_words(last)}"
    begin = f"{first.day} {first:%B}" if first.year == last.year else day_in_words(first)
    return f"{begin} to {day_in_words(last)}"


def either(items: list[str]) -> str:
    """ "China", "China or Russia", "China, Russia or Iran"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"
