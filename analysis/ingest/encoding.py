"""Bytes to text, and text to the one form in which it is stored, hashed and counted."""

import hashlib
import re
import unicodedata
from functools import cache

LEAST_BYTES = 32  # fewer tell nothing of their encoding
WESTERN = ["cp1252", "mac_roman"]  # what English text without UTF-8 comes in
OTHERS = [
    "cp1251",
    "koi8_r",
    "cp1250",
    "cp1253",
    "cp1255",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
]
WESTERN_SHARE = 0.1  # of bytes above 127: English text has fewer, a text in another script more
CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")  # no text holds them; 0x1b colours a terminal
# A letter that UTF-8, read as Windows text, begins with, and one that it goes on with.
MOJIBAKE = re.compile(r"[ÂÃâÐÑØÙï][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[\x80-\x9f]")
LONGEST_MARKS = 30  # Source: Unicode Standard Annex 15, Stream-Safe Text Format
ENGLISH_WORDS = re.compile(r"\b(?:the|of|and|to)\b", re.IGNORECASE)
ENGLISH_SHARE = 0.1  # of those four among the words; no other language has them
LANGUAGE_CHARS = 2_000  # the opening that is looked at
LEAST_WORDS = 20  # fewer tell too little of their language
SURE = 0.9
LANGUAGES = {
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


def decode(raw: bytes) -> str:
    """Text of bytes: UTF-8, UTF-16, or the older encoding that they must be in.

    Raises:
        UnicodeDecodeError: they are in none of them.
        ValueError: they hold NUL bytes.
    """
    wide = wide_encoding(raw)
    try:
        text = raw.decode(wide or "utf-8-sig")
    except UnicodeDecodeError:
        older = None if wide else older_encoding(raw)
        if older is None:
            raise
        text = raw.decode(older)
    if "\0" in text:
        raise ValueError("holds NUL bytes, so it is not text: remove it, or save it as UTF-8 text")
    return text


def wide_encoding(raw: bytes) -> str | None:
    """UTF-16, told by its mark or by the empty half of each Latin letter."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = raw[:2_000]
    if len(sample) < LEAST_BYTES or b"\0" not in sample:
        return None
    half = len(sample) // 2
    empty = {"utf-16-be": sample[::2].count(0) / half, "utf-16-le": sample[1::2].count(0) / half}
    likely = max(empty, key=empty.__getitem__)
    return likely if empty[likely] > 0.8 and min(empty.values()) < 0.1 else None


def older_encoding(raw: bytes) -> str | None:
    """The encoding of text from before UTF-8, or None if it may as well be no text."""
    from charset_normalizer import from_bytes  # most corpora never need it

    sample = raw[:100_000]
    if len(sample) < LEAST_BYTES or b"\0" in sample or CONTROLS.search(sample):
        return None
    above = sum(byte > 127 for byte in sample) / len(sample)
    guess = from_bytes(sample, cp_isolation=WESTERN if above < WESTERN_SHARE else OTHERS).best()
    return guess.encoding if guess and decodes(raw, guess.encoding) else None


def decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def repaired(text: str) -> str:
    """Text whose UTF-8 was once read as Windows text (`donâ€™t`) put right; other text is left alone."""
    refuse_halves(text)
    if not MOJIBAKE.search(text):
        return text
    from ftfy import TextFixerConfig, fix_text

    nothing_else = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    return fix_text(text, nothing_else)


def normalise_text(text: str) -> str:
    """The form in which a text is stored, hashed and counted: NFC, LF, no control or invisible characters.

    Raises:
        ValueError: it holds half a surrogate pair, which is no character, or a letter with a heap of accents.
    """
    refuse_halves(text)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)  # colours of a terminal
    text = re.sub(r"[^\S\n]", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Control, zero-width and direction marks: unseen by a reader, but they would split words and hide text.
    text = re.sub(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]", "", text
    )
    refuse_heaps(text)
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def refuse_halves(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"holds half a character (a lone surrogate at position {error.start})") from error


def refuse_heaps(text: str) -> None:
    """Raise if a letter carries more accents than any script has: to order them costs their square."""
    for run in re.finditer(rf"[^\w\s\x00-\u02ff]{{{LONGEST_MARKS + 1},}}", text):
        marks = 0
        for character in run[0]:
            marks = marks + 1 if unicodedata.combining(character) else 0
            if marks > LONGEST_MARKS:
                raise ValueError(f"holds a letter with more than {LONGEST_MARKS} accents, expected text")


def content_hash(text: str) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of a normalised text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def foreign_language(text: str) -> str | None:
    """The language of a text that is surely not English; None for English, and for what is too short to tell.

    Articles that use *the*, *of*, *and* and *to* as only English does are not put to the detector.
    """
    opening = text[:LANGUAGE_CHARS]
    words = len(opening.split())
    if len(ENGLISH_WORDS.findall(opening)) > ENGLISH_SHARE * words:
        return None
    letters = sum(character.isalpha() for character in opening)
    if words < LEAST_WORDS and letters < 5 * LEAST_WORDS:  # Chinese has no spaces between its words
        return None
    code, probability = language_identifier().classify(opening)
    if code == "en" or probability < SURE:
        return None
    return LANGUAGES.get(code, f"the language with the code {code}")


@cache
def language_identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # a quarter of a second, rarely needed

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
