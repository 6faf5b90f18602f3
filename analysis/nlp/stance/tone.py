"""Tone of words: TextBlob's polarity and subjectivity; of the words alone, whoever they are about."""

import importlib.util
import sys
from collections.abc import Callable
from functools import cache
from types import ModuleType


def tone(text: str) -> tuple[float, float]:
    """Polarity (-1 to 1) and subjectivity (0 to 1) of the words, after TextBlob.

    It says how the words sound, not what is thought of anybody, and is no measure of tension.

    Source: TextBlob 0.20, default (pattern) analyser.
    """
    polarity, subjectivity = load_analyser()(text)
    return float(polarity), float(subjectivity)


@cache
def load_analyser() -> Callable[[str], tuple[float, float]]:
    """TextBlob's default analyser, without the rest of TextBlob.

    The package loads nltk and all that nltk can use, three seconds in every process, and the analyser is a
    module of it that needs none. An empty package stands in while that module is loaded, and is taken away.
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
