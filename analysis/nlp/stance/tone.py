"""Tone of words: TextBlob's polarity and subjectivity, whoever the words are about."""

import importlib.util
import sys
from collections.abc import Callable
from functools import cache
from types import ModuleType


def tone(text: str) -> tuple[float, float]:
    """Polarity (-1 to 1) and subjectivity (0 to 1) of the words, by TextBlob.

    It says how the words sound, not what anybody thinks of anybody, and is no measure of tension.

    Source: TextBlob 0.20, default (pattern) analyser.
    """
    polarity, subjectivity = load_analyser()(text)
    return float(polarity), float(subjectivity)


@cache
def load_analyser() -> Callable[[str], tuple[float, float]]:
    """TextBlob's default analyser, without the rest of TextBlob.

    TextBlob loads nltk and all that nltk can use, three seconds in every process. Its analyser is a module
    that needs none of it. An empty package takes the place of TextBlob while that module loads.
    """
    package = ModuleType("textblob")
    package.__path__ = importlib.util.find_spec("textblob").submodule_search_locations
    is_own = sys.modules.setdefault("textblob", package) is package
    try:
        from textblob.en import sentiment
    finally:
        if is_own:
            del sys.modules["textblob"]
    return sentiment
