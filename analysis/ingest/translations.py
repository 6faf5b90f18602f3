"""Articles that were translated into English, with their originals beside them.

An original is a column or key `original_text`, or a file beside its translation with a language in its name:
`story.ru.txt` beside `story.txt`. Every row is read from the English.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final

from analysis.ingest.addresses import is_permalink
from analysis.ingest.draft import MAX_CHARS, Draft, Found, plain_words
from analysis.ingest.texts import LANGUAGES, content_hash, foreign_language, normalise_text, repaired

IN_LANGUAGE: Final = re.compile(rf"(.+)\.({'|'.join(LANGUAGES)})(\.[A-Za-z]+)")
MIN_TITLE_WORDS: Final = 4  # fewer may be a heading that many stories have


def translation_name(name: str) -> str:
    """ "story.txt" for "story.ru.txt"; "" for a name without a language."""
    match = IN_LANGUAGE.fullmatch(name)
    return f"{match[1]}{match[3]}" if match else ""


def original_name(name: str, names: Collection[str]) -> str:
    """ "story.ru.txt" for "story.txt", if that is one of some names; else ""."""
    stem, dot, ending = name.rpartition(".")
    return (
        next((one for code in LANGUAGES if (one := f"{stem}.{code}{dot}{ending}") in names), "")
        if dot
        else ""
    )


def original_file(path: str, language: str) -> str:
    """The file with the original of an article: "story.ru.txt" for "story.txt"; of a record its own path.

    Args:
        path: of the translation, as in `Articles`.
        language: of the original, in English.
    """
    stem, dot, ending = path.rpartition(".")
    code = next((code for code, name in LANGUAGES.items() if name == language), "")
    return path if ":" in path or ending.lower() == "json" or not code else f"{stem}.{code}{dot}{ending}"


def has_foreign_text(found: Iterable[Found]) -> bool:
    """Yes if what was found in a file is one text, and it is not in English."""
    return [bool(foreign_language(one.text)) for one in found if isinstance(one, Draft)] == [True]


def with_original(found: list[Found], original: list[Found], name: str) -> list[Found]:
    """What was found in a translation, with the original from a file of its own, if it is one.

    Args:
        found: in the translation.
        original: what was found in the other file.
        name: of the other file.
    """
    if not has_foreign_text(original) or len(found) != 1 or not isinstance(found[0], Draft):
        return found
    language, text = LANGUAGES[IN_LANGUAGE.fullmatch(name)[2]], original[0].text
    return [found[0]._replace(original_text=text, language=language)]


def original_of(draft: Draft) -> tuple[str | None, str | None]:
    """The original of a draft and the name of its language; missing where it is not translated, or not known.

    Raises:
        ValueError: the original has no translation, or is in English.
    """
    original, given = normalise_text(repaired(draft.original_text or "")), (draft.language or "").strip()
    is_code = re.fullmatch(r"[A-Za-z]{2}(?:[-_]\w+)?", given)
    named = LANGUAGES.get(given[:2].lower(), given) if is_code else given
    if not original:
        return None, named if draft.translated_by and named != "English" else None
    if not draft.text.strip():
        raise ValueError("is an original without its translation: add the English as text")
    if len(original) > MAX_CHARS:
        raise ValueError(f"has an original of {len(original):,} characters, expected at most {MAX_CHARS:,}")
    language = named or foreign_language(original)
    if not language or language == "English":
        raise ValueError("has an original_text in English, expected the language it is translated from")
    return original, language


def translated_pairs(rows: Iterable[dict]) -> list[tuple[str, str]]:
    """Ids of articles that tell one story, one of them translated: found by link, title or original."""
    by_key: dict[str, list[dict]] = {}
    for row in rows:
        title = plain_words(row["title"] or "")
        keys = [
            row["url"] if is_permalink(row["url"]) else "",
            title if title.count("_") >= MIN_TITLE_WORDS - 1 else "",
        ]
        keys += [content_hash(row["original_text"])] if row["original_text"] else []
        for key in filter(None, keys):
            by_key.setdefault(key, []).append(row)
    pairs = []
    for same in by_key.values():
        translated = next((row for row in same if row["original_text"]), None)
        others = [row for row in same if row is not translated] if translated else []
        pairs += [(translated["article_id"], row["article_id"]) for row in others]
    return pairs
