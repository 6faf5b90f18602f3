"""A folder of articles to the `articles` table; what cannot be read is returned with the reason.

An article that was translated into English has its original beside it: in a column or key `original_text`, or
in a file with a language in its name, `story.ru.txt` beside `story.txt`. Every row is read from the English.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import pandas as pd

from analysis.ingest.addresses import is_permalink
from analysis.ingest.corrections_file import corrected_articles, load_corrections
from analysis.ingest.dates import OPENING_DATE_MARK, dateline, unambiguous_date
from analysis.ingest.draft import (
    AS_IT_IS,
    MAX_CHARS,
    MAX_FIELD_CHARS,
    MAX_WORDS,
    Choices,
    Draft,
    Found,
    Refusal,
)
from analysis.ingest.file_formats import BY_ENDING, ending_of, is_table
from analysis.ingest.folder_files import PlainFile, folder_files, printable_name, what_is
from analysis.ingest.own_tables import METADATA_COLUMNS, METADATA_FILE, load_metadata
from analysis.ingest.records import plain_words
from analysis.ingest.reprints import story_ids
from analysis.ingest.sandbox import Read, found_in, reader_process
from analysis.ingest.texts import LANGUAGES, content_hash, foreign_language, normalise_text
from analysis.phrasing import counted
from analysis.schemas import Articles, Rejected

MAX_OWN_BYTES: Final = 1_000_000  # of a file of a simple format that this process reads without the sandbox
MAX_REFUSALS: Final = 1_000  # reasons that one file gives
IN_LANGUAGE: Final = re.compile(rf"(.+)\.({'|'.join(LANGUAGES)})(\.[A-Za-z]+)")
MIN_TITLE_WORDS: Final = 4  # of a title that shows a reprint: fewer may be a heading that many stories have


class ReadFile(NamedTuple):
    """What was found in a file, and how it is kept in the corpus."""

    name: str
    path: Path | None  # None: it was not opened
    found: list[Found]
    original: Path | None = None  # the file with the original of a translation, beside it
    is_converted: bool = False  # it is kept as JSONL, since the analyst had to say how to read it
    metadata: Mapping[str, str] = MappingProxyType({})

    @property
    def names(self) -> tuple[str, str]:
        """The names under which it may be kept: as it is, and as JSONL."""
        return self.name, f"{self.name}.jsonl"

    @property
    def kept_name(self) -> str:
        """The name under which it is kept."""
        return self.names[self.is_converted]


def load_corpus(folder: Path | str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every article under a folder, and every file or record that was rejected.

    Files are read in the order of their paths. Title, date, outlet, author and url come from the file. A
    cell of `metadata.csv` overrides them for its file, `corrections.csv` for its article. If none
    of these has a date, one in the opening lines of the text is taken. An article whose text was already
    read under another path is rejected as a copy. Reprints of one story share their `story_id`.

    Args:
        folder: holds files of any format in `analysis.ingest.file_formats`, at any depth, and perhaps
            `metadata.csv` and `corrections.csv`.

    Returns:
        `Articles` and `Rejected` tables, sorted by path.

    Raises:
        FileNotFoundError: the folder does not exist.
        NotADirectoryError: it is not a folder.
        ValueError: `metadata.csv` or `corrections.csv` breaks its rules; the message names the line.
    """
    folder = Path(folder)
    if not folder.is_dir():
        kind = NotADirectoryError if folder.exists() else FileNotFoundError
        raise kind(f"{folder} {what_is(folder) or 'is a file'}, expected a folder of articles")
    metadata, corrections = load_metadata(folder), load_corrections(folder)
    with reader_process() as read:
        files = list(read_files(folder_files(folder), read))
    found = [one for file in files for one in with_metadata(file.found, metadata.get(file.name, {}))]
    rows, refusals = article_rows(found)
    rows, outdated = corrected_articles(rows, corrections)
    refusals += outdated + [
        Refusal(
            f"{METADATA_FILE}:{row['line']}",
            f"names {name!r}, which is not in {folder}: add that file, correct the name, or remove the line",
        )
        for name, row in metadata.items()
        if not os.path.lexists(folder / name) or os.path.isdir(folder / name)
    ]
    return article_table(with_stories(rows)), rejected_table(refusals)


def read_files(
    files: Iterable[PlainFile | Refusal], read_sandboxed: Read, choices: Choices = AS_IT_IS
) -> Iterator[ReadFile]:
    """The articles of each file, or the reason why there are none.

    A file with the original of a translation among the files is read with that, and not by itself.

    Args:
        files: under the names that they have in their folder.
        read_sandboxed: reads a file in a process of its own; small ones of simple formats are read here.
        choices: how to read them; columns and order of the day are for tables alone.
    """
    files = list(files)
    plain = {file.name: file for file in files if isinstance(file, PlainFile)}

    def found_by(file: PlainFile) -> list[Found]:
        own = choices if is_table(file.name) else Choices(is_split=choices.is_split)
        is_sandboxed = BY_ENDING[ending_of(file.name)].is_sandboxed or file.size > MAX_OWN_BYTES
        return (read_sandboxed if is_sandboxed else found_in)(file.path, printable_name(file.name), own)

    for file in files:
        if isinstance(file, Refusal):
            yield ReadFile(file.path, None, [file])
            continue
        found, original = found_by(file), None
        if translation_name(file.name) in plain and is_foreign(found):
            continue  # it is read with its translation
        stem, _, ending = file.name.rpartition(".")
        if len(found) == 1 and isinstance(found[0], Draft):
            for code in LANGUAGES:
                beside = plain.get(f"{stem}.{code}.{ending}")
                if beside and not original and is_foreign(texts := found_by(beside)):
                    original = beside.path
                    found = [found[0]._replace(original_text=texts[0].text, language=LANGUAGES[code])]
        yield ReadFile(file.name, file.path, found, original)


def translation_name(name: str) -> str:
    """ "story.txt" for "story.ru.txt"; "" for a name without a language."""
    match = IN_LANGUAGE.fullmatch(name)
    return f"{match[1]}{match[3]}" if match else ""


def original_file(path: str, language: str) -> str:
    """The file with the original of an article: "story.ru.txt" for "story.txt"; of a record its own path.

    Args:
        path: of the translation, as in `Articles`.
        language: of the original, in English.
    """
    stem, dot, ending = path.rpartition(".")
    code = next((code for code, name in LANGUAGES.items() if name == language), "")
    return path if ":" in path or ending.lower() == "json" or not code else f"{stem}.{code}{dot}{ending}"


def is_foreign(found: list[Found]) -> bool:
    """Yes if what was found in a file is one text, and it is not in English."""
    return [bool(isinstance(one, Draft) and foreign_language(one.text)) for one in found] == [True]


def with_metadata(found: Iterable[Found], row: Mapping[str, str]) -> list[Found]:
    """What was found in a file, with its row in `metadata.csv`."""
    known = {column: row[column] for column in METADATA_COLUMNS[1:] if row.get(column)}
    return [one._replace(**known) if isinstance(one, Draft) else one for one in found]


def article_rows(found: Iterable[Found]) -> tuple[list[dict], list[Refusal]]:
    """Rows of `articles`, and a refusal for each draft that is empty, too long, wrongly dated or a copy."""
    rows: dict[str, dict] = {}
    refusals = []
    for draft in found:
        if isinstance(draft, Refusal):
            refusals.append(draft)
        if not isinstance(draft, Draft):
            continue
        try:
            row = article_row(draft)
        except ValueError as error:
            refusals.append(Refusal(draft.path, str(error).removeprefix(f"{draft.path}: ")))
            continue
        first = rows.setdefault(row["article_id"], row)
        if first is not row:
            refusals.append(Refusal(draft.path, f"is a copy of {first['path']}, expected each article once"))
    return list(rows.values()), refusals


def article_row(draft: Draft) -> dict:
    """The row of an article.

    Raises:
        ValueError: it has no English text of a bearable length, or an unclear date.
    """
    original, language = original_of(draft)
    text = normalise_text(draft.text)
    if not text:
        raise ValueError("is empty, expected the text of an article")
    if not any(character.isalpha() for character in text):
        raise ValueError("contains no letters, expected the text of an article")
    if foreign := foreign_language(text):
        english = translation_name(draft.path)
        missing = f", or beside it {english} with its translation" if english else ""
        raise ValueError(f"is in {foreign}, expected an article in English{missing}")
    if (word_count := len(text.split())) > MAX_WORDS:
        raise ValueError(
            f"holds {word_count:,} words, expected at most {MAX_WORDS:,} in one article: add it with "
            "`faultline add --split`, which makes an article of each chapter, or split it into smaller files"
        )
    if not draft.published_date and (found := dateline(text)):
        note = ". ".join(filter(None, (f"{OPENING_DATE_MARK}: “{found[0]}”", draft.note)))
        draft = draft._replace(published_date=found[1], note=note)
    given = draft.published_date
    date = pd.Timestamp(unambiguous_date(given, f"{draft.path}: published_date")) if given else None
    draft = draft._replace(language=language)
    fields, notes = {}, []
    for key, most in MAX_FIELD_CHARS.items():  # a longer field would fill a page
        value = " ".join(normalise_text(getattr(draft, key) or "").split())
        if len(value) > most:
            cut = "left out" if key == "url" else "cut"
            notes.append(f"{key} of {len(value):,} characters {cut}")
            value = "" if key == "url" else f"{value[: most - 1]}…"
        fields[key] = value or None
    article_id = content_hash(text)
    fields["note"] = ". ".join(filter(None, (*notes, fields["note"]))) or None
    told = {"text": text, "original_text": original, "word_count": word_count}
    ids = {"article_id": article_id, "story_id": article_id, "path": draft.path, "published_date": date}
    return {**ids, **fields, **told}


def original_of(draft: Draft) -> tuple[str | None, str | None]:
    """The original of a draft and the name of its language; missing where it is not translated, or not known.

    Raises:
        ValueError: the original has no translation, or is in English.
    """
    original, given = normalise_text(draft.original_text or ""), (draft.language or "").strip()
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


def with_stories(rows: list[dict]) -> list[dict]:
    """Rows with the `story_id` that reprints share; a translation is known by its link, title or original."""
    by_key: dict[str, list[dict]] = {}
    for row in rows:
        title = plain_words(row["title"] or "")
        keys = [row["url"]] if is_permalink(row["url"]) else []
        keys += [title] if title.count("_") >= MIN_TITLE_WORDS - 1 else []
        keys += [content_hash(row["original_text"])] if row["original_text"] else []
        for key in keys:
            by_key.setdefault(key, []).append(row)
    translated = [
        (row["article_id"], other["article_id"])
        for same in by_key.values()
        for row in [one for one in same if one["original_text"]][:1]
        for other in same
        if other is not row
    ]
    articles = [(row["article_id"], row["published_date"], row["text"]) for row in rows]
    stories = story_ids(articles, known=translated)
    return [{**row, "story_id": stories[row["article_id"]]} for row in rows]


def article_table(rows: list[dict]) -> pd.DataFrame:
    """`Articles` table from rows, sorted by path."""
    columns = list(Articles.columns)
    table = pd.DataFrame(rows, columns=columns).sort_values("path", ignore_index=True)
    return Articles.validate(table.astype({"published_date": "datetime64[us]"}))


def rejected_table(refusals: list[Refusal]) -> pd.DataFrame:
    """`Rejected` table, sorted by path; of the reasons from one file at most so many, the others counted."""
    kept, counts = [], Counter()
    for one in sorted(refusals):
        file = one.path.partition(":")[0]
        counts[file] += 1
        kept += [one] if counts[file] <= MAX_REFUSALS else []
    said = "rejected as well: the reasons are like those above"
    for file, count in counts.items():
        if count > MAX_REFUSALS:
            kept.append(Refusal(f"{file} ({counted(count - MAX_REFUSALS, 'more record')})", said))
    return Rejected.validate(pd.DataFrame(sorted(kept), columns=list(Refusal._fields)))
