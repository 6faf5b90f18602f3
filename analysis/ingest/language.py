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
MIN_PROBABILITY: Final = 0.95  # of a detected language; headlines of foreign names stay below
LANGUAGES: Final = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sr": "Serbian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""Those that are told apart, by their code (ISO 639-1)."""
SCRIPTS: Final = {"CJK": "Chinese", "HANGUL": "Korean", "HIRAGANA": "Japanese", "KATAKANA": "Japanese"}
"""By the first word of the Unicode names of letters, where the script shows the language."""


def foreign_language(text: str) -> str | None:
    """The language of a text that is certainly not English; None for English, and for names alone."""
    opening = text[:OPENING_CHARS]
    letters = [] if opening.isascii() else LETTER.findall(opening)
    if len(LATIN.findall(opening)) < MIN_LATIN_SHARE * len(letters):
        counts = Counter(unicodedata.name(letter, "another").partition(" ")[0] for letter in letters)
        script = next(name for name, _ in counts.most_common() if name != "LATIN")
        if counts["HIRAGANA"] or script in SCRIPTS:  # Chinese has no Hiragana
            return SCRIPTS["HIRAGANA" if counts["HIRAGANA"] else script]
        code, probability = identifier().classify(opening)
        is_sure = code != "en" and probability >= MIN_PROBABILITY
        return LANGUAGES[code] if is_sure else f"{script.capitalize()} letters"
    words = opening.split()
    if len(words) < 2 or len(ENGLISH_WORDS.findall(opening)) > ENGLISH_SHARE * len(words):
        return None
    code, probability = identifier().classify(opening)
    return LANGUAGES[code] if code != "en" and probability >= MIN_PROBABILITY else None


@cache
def identifier() -> LanguageIdentifier:
    """py3langid with probabilities; it takes a third of a second to load, and English text needs none."""
    known = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known.set_languages(list(LANGUAGES))
    return known
