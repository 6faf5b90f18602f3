"""From bytes to the words of an article: encodings, damage, mark-up, broken lines, and whether it is English.

A text has one form in which it is stored, hashed and counted (`normalise_text`)."""

import csv
import hashlib
import io
import math
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from html import unescape
from itertools import pairwise
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from analysis.ingest.draft import MAX_CHARS, NoArticle

MIN_BYTES = 32  # fewer do not show their encoding
MAX_HIGH_SHARE = 0.1  # of bytes above 127 in English text
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # without 0x1b, which colours a terminal
# The first and the next letter of a UTF-8 character that was read as Windows text.
MOJIBAKE = re.compile(r"[ÂÃâÐÑØÙï][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[\x80-\x9f]")
MAX_ACCENTS = 30  # Source: Unicode Standard Annex 15, Stream-Safe Text Format
Row = tuple[int, list[str]]  # of a table: the line on which it ends, and its cells


def decode(raw: bytes, declared: str | None = None) -> str:
    """Bytes as text: from UTF-16, the declared encoding, UTF-8 or, failing these, that of older Windows text.

    Args:
        raw: the bytes.
        declared: encoding that they are said to have; many pages declare a wrong one.

    Raises:
        NoArticle: no encoding fits, or the text holds NUL bytes.
    """
    is_wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if is_wide else declared or "utf-8-sig")
    except (LookupError, UnicodeDecodeError) as error:
        if declared:
            return decode(raw)
        sample = raw[:100_000]
        is_high = len(re.findall(rb"[\x80-\xff]", sample)) > MAX_HIGH_SHARE * len(sample)
        if len(raw) < MIN_BYTES or is_high or CONTROLS.search(sample):
            raise NoArticle("is not UTF-8 text: save it as UTF-8, or remove it if it is no text") from error
        text = raw.decode("cp1252", "ignore")
    if "\0" in text:
        raise NoArticle("contains NUL bytes, so it is not text: save it as UTF-8 text, or remove it")
    return text


def normalise_text(text: str) -> str:
    """The form in which a text is stored, hashed and counted: NFC, LF, no control or invisible characters.

    The damage of UTF-8 that was read as Windows text (`donâ€™t`) is undone; other text is left alone.

    Raises:
        NoArticle: it holds a lone surrogate, or a letter with more accents than any script has.
    """
    if half := re.search("[\ud800-\udfff]", text):
        raise NoArticle(f"contains half a character (a lone surrogate at position {half.start()})")
    given, is_damaged = text, MOJIBAKE.search(text) is not None
    if is_damaged:
        from ftfy import fix_encoding

        text = "\n".join(map(fix_encoding, text.split("\n")))
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)  # colours of a terminal
    text = re.sub(r"[^\S\n]", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Control, zero-width and direction marks are invisible, but they would split words and hide text.
    text = re.sub(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]", "", text
    )
    runs = re.findall(rf"[^\w\s\x00-\u02ff]{{{MAX_ACCENTS + 1},}}", text)
    if any(sum(map(bool, map(unicodedata.combining, run))) > MAX_ACCENTS for run in runs):
        # To sort them would take quadratic time.
        raise NoArticle(f"contains a letter with more than {MAX_ACCENTS} accents, expected text")
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
    # Damage may show only once the marks are gone.
    return normalise_text(text) if text != given and (is_damaged or MOJIBAKE.search(text)) else text


def content_hash(text: str) -> str:
    """The first sixteen hexadecimal digits of the SHA-256 of a normalised text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


BLOCKS: Final = (
    *("article", "blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("li", "p", "section", "tr"),
)
NOT_SEEN: Final = ("script", "style", "noscript", "template", "head", "iframe", "svg")
TAG: Final = re.compile(  # which shows that a text is HTML: `a <b and c> d` is none
    r"</(?:[abipqsu]|article|blockquote|center|cite|code|div|em|figcaption|figure|font|h[1-6]|li|ol|script"
    r"|section|small|span|strike|strong|style|sub|sup|table|td|th|tr|ul)>|<(?:br|hr|p) ?/?>|-->",
    re.IGNORECASE,
)


def without_markup(text: str) -> str:
    """The words of a text that may be HTML, with a blank line between blocks.

    Of a text without tags only the characters with a name or number (`&apos;`, `&#8211;`) are decoded, once.
    """
    if not (tags := set(map(str.lower, TAG.findall(text)))):
        return re.sub(r"&(?:\w+|#x?[\da-fA-F]+);", lambda found: unescape(found[0]), text)
    is_one_block = not any(re.match(rf"</?(?:{'|'.join(BLOCKS)})\b", tag) for tag in tags)
    return html_text(text.replace("\n", "<br>") if is_one_block else text).replace("\n", "\n\n")


def html_text(markup: str) -> str:
    """The words of a piece of HTML, one block a line, table cells separated by tabs; scripts are left out."""
    from lxml import etree, html

    one_line = re.sub(r"<\?xml[^>]*\?>|\s+", " ", markup)
    try:
        root = html.document_fromstring(one_line, ensure_head_body=True)
    except etree.ParserError:  # nothing but comments or declarations
        return ""
    etree.strip_elements(root, *NOT_SEEN, etree.Comment, with_tail=False)
    for element in root.iter("td", "th", *BLOCKS):
        before, after = ("", "\t") if element.tag in ("td", "th") else ("\n", "\n")
        element.text, element.tail = before + (element.text or ""), after + (element.tail or "")
    lines = (re.sub(r"[^\S\n\t]+", " ", line).strip(" ") for line in root.text_content().split("\n"))
    return "\n".join(line.rstrip() for line in lines if line.strip())


def html_paragraphs(markup: str) -> str:
    """The same with a blank line between blocks; text without tags is returned as it is."""
    return html_text(markup).replace("\n", "\n\n") if "<" in markup or "&" in markup else markup


MIN_MARGIN, MAX_MARGIN = 45, 130  # characters of a line that was broken at a margin
WRAPPED_SHARE = 0.6  # of the lines directly above another


def is_wrapped(text: str) -> bool:
    """Whether the lines of a plain text were broken at a margin, as in emails and agency wires.

    If so, most lines directly above another are long and end in mid-sentence. If not, each line is a
    paragraph, however long.
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    inner = [line for line, following in pairwise(lines) if line and following]
    broken = [line for line in inner if len(line) >= MIN_MARGIN and line[-1] not in '.!?:;"”’)']
    return (
        len(broken) > 1 and len(broken) >= WRAPPED_SHARE * len(inner) and max(map(len, lines)) <= MAX_MARGIN
    )


def unwrapped(text: str) -> str:
    """Text whose lines were broken at a margin, with one line per paragraph."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "".join(
        ("\n\n" if begins else " ") + line.strip()
        for line, begins in zip(lines, paragraph_beginnings(lines), strict=True)
        if line.strip()
    )[2:]


def joined_in_place(text: str) -> str:
    """A text of lines broken at a margin with spaces for these breaks: every character stays at its place."""
    lines = text.replace("\r", " ").split("\n")
    marked = zip(lines, paragraph_beginnings(lines), strict=True)
    joined = "".join(("\n" if begins or not line.strip() else " ") + line for line, begins in marked)
    return joined[1:] if is_wrapped(text) else text


def paragraph_beginnings(lines: Sequence[str]) -> list[bool]:
    """For each line of a text broken at a margin, if a paragraph begins with it.

    One begins after a blank line, at an indented line, and after a short line if that ends a
    sentence or the next begins with a capital letter, as below a heading.
    """
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip()) or [0]
    margin = 0.8 * lengths[math.ceil(0.9 * (len(lengths) - 1))]

    def begins(above: str, line: str) -> bool:
        before, words = above.rstrip(), line.strip()
        is_below_short = len(before) < margin and (before[-1:] in '.!?"”:' or not words[:1].islower())
        is_indented = line[:1].isspace() > before[:1].isspace()
        return bool(words) and (not before or is_indented or is_below_short)

    return [begins(above, line) for above, line in pairwise(["", *lines])]


OPENING_CHARS: Final = 2_000  # from which the language is detected
MIN_LATIN_SHARE: Final = 0.5  # of the letters of an English text: names may be in another script
ENGLISH_SHARE: Final = 0.1  # of *the, of, and, to* among the words; no other language has them
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


def foreign_language(text: str) -> str | None:
    """The language of a text that is certainly not English; None for English, and for names alone."""
    opening = text[:OPENING_CHARS]
    letters = [] if opening.isascii() else re.findall(r"[^\W\d_]", opening)
    latin = re.findall(r"[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]", opening)
    words, english = opening.split(), re.findall(r"\b(?:the|of|and|to)\b", opening, re.IGNORECASE)
    is_latin = len(latin) >= MIN_LATIN_SHARE * len(letters)
    if is_latin and (len(words) < 2 or len(english) > ENGLISH_SHARE * len(words)):
        return None
    code, probability = identifier().classify(opening)
    if code != "en" and probability >= MIN_PROBABILITY:
        return LANGUAGES[code]
    return None if is_latin else "another script"


@cache
def identifier() -> LanguageIdentifier:
    """py3langid with probabilities; it takes a third of a second to load, and English text needs none."""
    known = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known.set_languages(list(LANGUAGES))
    return known


def parsed_rows(text: str, delimiter: str, *, is_strict: bool = False) -> list[Row]:
    """Each row of a CSV text with the line on which it ends; cells may be longer than Python's own limit.

    Raises:
        NoArticle: the text is broken; the message has the line.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=is_strict)
    before = csv.field_size_limit(MAX_CHARS)  # Python's own, 131,072, is below a cell of a spreadsheet
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise NoArticle(f"is broken at line {reader.line_num} ({error}), expected CSV") from error
    finally:
        csv.field_size_limit(before)  # of other users of the module


def filled_rows(rows: list[Row]) -> list[Row]:
    """The rows that have a filled cell."""
    return [(number, row) for number, row in rows if any(map(str.strip, row))]
