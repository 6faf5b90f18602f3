"""Bytes to text, and text to the single form in which it is stored, hashed and counted."""

import hashlib
import re
import unicodedata
from contextlib import suppress

MIN_BYTES = 32  # fewer do not show their encoding
WESTERN = ["cp1252", "mac_roman"]  # of older English text
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
# What the one of the two makes of text in the other: a symbol inside a word, a capital after a small letter.
MISREAD = re.compile(r"[a-z][À-Þ]|[À-Þ][A-Z][a-z]|[^\W\d_][^\w\s\x00-\x7f’–—…]+[^\W\d_]|[,.][À-Þ]")
WESTERN_SHARE = 0.1  # of bytes above 127: fewer in English text, more in text in another script
CONTROLS = re.compile(
    rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]"
)  # never in text; 0x1b, which colours a terminal, may be
# The first and the next letter of a UTF-8 character that was read as Windows text.
MOJIBAKE = re.compile(r"[ÂÃâÐÑØÙï][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[\x80-\x9f]")
MAX_ACCENTS = 30  # Source: Unicode Standard Annex 15, Stream-Safe Text Format


def decode(raw: bytes) -> str:
    """Bytes as text: from UTF-8, UTF-16 or, failing these, the older encoding that fits.

    Raises:
        UnicodeDecodeError: no encoding fits.
        ValueError: the text holds NUL bytes.
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
        raise ValueError("contains NUL bytes, so it is not text: save it as UTF-8 text, or remove it")
    return text


def not_utf8_reason(error: UnicodeDecodeError) -> str:
    """Why a file that `decode` cannot read is rejected."""
    found = f"byte 0x{error.object[error.start]:02x} at position {error.start}"
    return f"is not UTF-8 text ({found}): save it as UTF-8, or remove it"


def wide_encoding(raw: bytes) -> str | None:
    """UTF-16, recognised by its byte order mark or by the empty half of each Latin letter."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = raw[:2_000]
    if len(sample) < MIN_BYTES or b"\0" not in sample:
        return None
    half = len(sample) // 2
    empty = {"utf-16-be": sample[::2].count(0) / half, "utf-16-le": sample[1::2].count(0) / half}
    likely = max(empty, key=empty.__getitem__)
    return likely if empty[likely] > 0.8 and min(empty.values()) < 0.1 else None


def older_encoding(raw: bytes) -> str | None:
    """The encoding of text from before UTF-8; None if the bytes may not be text at all."""
    from charset_normalizer import from_bytes  # most corpora never need it

    sample = raw[:100_000]
    if len(sample) < MIN_BYTES or b"\0" in sample or CONTROLS.search(sample):
        return None
    above = sum(byte > 127 for byte in sample) / len(sample)
    is_western = above < WESTERN_SHARE
    guess = from_bytes(sample, cp_isolation=WESTERN if is_western else OTHERS).best()
    likely = [] if guess is None else WESTERN if is_western else [guess.encoding]
    texts: dict[str, str] = {}
    for encoding in likely:
        with suppress(UnicodeDecodeError):
            texts[encoding] = raw.decode(encoding)
    return min(texts, key=lambda one: len(MISREAD.findall(texts[one])), default=None)


def repaired(text: str) -> str:
    """Text with the damage of UTF-8 read as Windows text (`donâ€™t`) undone; other text is left alone."""
    check_surrogates(text)
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
        ValueError: it holds a lone surrogate, or a letter with more accents than any script has.
    """
    check_surrogates(text)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)  # colours of a terminal
    text = re.sub(r"[^\S\n]", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Control, zero-width and direction marks are invisible, but they would split words and hide text.
    text = re.sub(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]", "", text
    )
    check_accents(text)
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def check_surrogates(text: str) -> None:
    """Raise ValueError if a text holds a lone surrogate, which is half a character."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"contains half a character (a lone surrogate at position {error.start})") from error


def check_accents(text: str) -> None:
    """Raise ValueError if a letter has more accents than in any script: sorting them takes quadratic time."""
    for run in re.finditer(rf"[^\w\s\x00-\u02ff]{{{MAX_ACCENTS + 1},}}", text):
        marks = 0
        for character in run[0]:
            marks = marks + 1 if unicodedata.combining(character) else 0
            if marks > MAX_ACCENTS:
                raise ValueError(f"contains a letter with more than {MAX_ACCENTS} accents, expected text")


def content_hash(text: str) -> str:
    """The first sixteen hexadecimal digits of the SHA-256 of a normalised text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
