"""Whether a text is in English, by its script, its commonest words and, failing these, py3langid."""

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

OPENING_CHARS: Final = 2_000  # from which the language is detected
LETTER: Final = re.compile(r"[^\W\d_]")
LATIN: Final = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")
MIN_LATIN_SHARE: Final = 0.5  # of the letters of an English text: names may be in another script
ENGLISH_WORDS: Final = re.compile(r"\b(?:the|of|and|to)\b", re.IGNORECASE)
ENGLISH_SHARE: Final = 0.1  # of these four among the words; no other language has them
MIN_WORDS: Final = 20  # fewer in Latin letters do not show their language
MIN_PROBABILITY: Final = 0.9  # of a detected language
LANGUAGES: Final = {
    "ar": "Arabic",
    "de": "German",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
SCRIPTS: Final = {"CJK": "Chinese", "HANGUL": "Korean", "HIRAGANA": "Japanese", "KATAKANA": "Japanese"}
"""By the first word of the Unicode names of letters, where the script shows the language."""


def foreign_language(text: str) -> str | None:
    """The language of a text that is certainly not English; None for English, and for short Latin texts."""
    opening = text[:OPENING_CHARS]
    if not opening.isascii():
        letters = LETTER.findall(opening)
        if len(LATIN.findall(opening)) < MIN_LATIN_SHARE * len(letters):
            return language_of_script(opening, letters)
    words = len(opening.split())
    if words < MIN_WORDS or len(ENGLISH_WORDS.findall(opening)) > ENGLISH_SHARE * words:
        return None
    code, probability = identifier().classify(opening)
    if code == "en" or probability < MIN_PROBABILITY:
        return None
    return LANGUAGES.get(code, f"the language with the code {code}")


def language_of_script(text: str, letters: list[str]) -> str:
    """The language of a text whose letters are mostly not Latin, or its script if that is all we know."""
    counts = Counter(unicodedata.name(letter, "another").partition(" ")[0] for letter in letters)
    if counts["HIRAGANA"]:  # Chinese has none
        return SCRIPTS["HIRAGANA"]
    script = next(name for name, _ in counts.most_common() if name != "LATIN")
    code, probability = identifier().classify(text)
    if script in SCRIPTS or code == "en" or probability < MIN_PROBABILITY:
        return SCRIPTS.get(script, f"{script.capitalize()} letters")
    return LANGUAGES.get(code, f"the language with the code {code}")


@cache
def identifier() -> LanguageIdentifier:
    """py3langid with probabilities; it takes a third of a second to load, and English text needs none."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
