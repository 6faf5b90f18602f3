"""A folder of articles to the `articles` table; what cannot be read is returned with the reason.

An article that was translated into English has its original beside it: in a column or key `original_text`, or
in a file with a language in its name, `story.ru.txt` beside `story.txt`. Every row is read from the English.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from analysis.ingest.corrections_file import corrected_articles, load_corrections
from analysis.ingest.dates import OPENING_DATE_MARK, dateline, unambiguous_date
from analysis.ingest.draft import (
    AS_IT_IS,
    MAX_FIELD_CHARS,
    MAX_WORDS,
    Choices,
    Draft,
    Found,
    Refusal,
    is_permalink,
)
from analysis.ingest.folder_files import PlainFile, folder_files, printable_name, what_is
from analysis.ingest.own_tables import METADATA_COLUMNS, METADATA_FILE, load_metadata
from analysis.ingest.records import plain_words
from analysis.ingest.reprints import story_ids
from analysis.ingest.sandbox import Read, reader_process
from analysis.ingest.texts import LANGUAGES, content_hash, foreign_language, normalise_text
from analysis.phrasing import counted
from analysis.schemas import Articles, Rejected

MAX_REFUSALS: Final = 1_000  # reasons that one file gives
IN_LANGUAGE: Final = re.compile(rf"(.+)\.({'|'.join(LANGUAGES)})(\.[A-Za-z]+)")
MIN_TITLE_WORDS: Final = 4  # of a title that shows a reprint: fewer may be a heading that many stories have


class ReadFile(NamedTuple):
    """What was found in a file, and how it is kept in the corpus."""

    name: str
    path: Path | None  # None: it was not opened
    found: list[Found]
    original: Path | None = None  # the file with the original of a translation, beside it
    as_jsonl: str = ""  # how it is kept if the analyst had to say how to read it
    is_anew: bool = False  # what was read from this file before counts no more

    @property
    def names(self) -> tuple[str, str]:
        """The names under which it may be kept: as it is, and as JSONL."""
        return self.name, f"{self.name}.jsonl"

    @property
    def kept_name(self) -> str:
        """The name under which it is kept."""
        return self.names[bool(self.as_jsonl)]


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
    listed = folder_files(folder)
    with reader_process() as read:
        files = list(read_files(listed, read))
    found = [one for file in files for one in with_metadata(file.found, metadata.get(file.name, {}))]
    rows, refusals = article_rows(found)
    rows, outdated = corrected_articles(rows, corrections)
    refusals += outdated + [
        Refusal(
            f"{METADATA_FILE}:{metadata[name]['line']}",
            f"names {name!r}, which is not in {folder}: add that file, correct the name, or remove the line",
        )
        for name in metadata.keys() - {one[0] for one in listed}
    ]
    return article_table(with_stories(rows)), rejected_table(refusals)


def read_files(
    files: Iterable[PlainFile | Refusal], read: Read, choices: Choices = AS_IT_IS
) -> Iterator[ReadFile]:
    """The articles of each file, or the reason why there are none.

    A file with the original of a translation among the files is read with that, and not by itself.

    Args:
        files: under the names that they have in their folder.
        read: reads a file in a process of its own.
        choices: how to read them; columns and order of the day are for tables alone.
    """
    files = list(files)
    plain = {file.name: file for file in files if isinstance(file, PlainFile)}
    texts = {name: read(file.path, printable_name(name), choices) for name, file in plain.items()}
    beside = {  # a text by itself, which is certainly not in English
        english: name
        for name, found in texts.items()
        if (english := translation_name(name)) in texts
        and [type(one) for one in found] == [Draft]
        and foreign_language(found[0].text)
    }
    for file in files:
        if isinstance(file, Refusal):
            yield ReadFile(file.path, None, [file])
        elif translation_name(file.name) not in beside:
            found, original = texts[file.name], None
            if file.name in beside and [type(one) for one in found] == [Draft]:
                original = beside[file.name]
                language = LANGUAGES[IN_LANGUAGE.fullmatch(original)[2]]
                found = [found[0]._replace(original_text=texts[original][0].text, language=language)]
            yield ReadFile(file.name, file.path, found, original and plain[original].path)


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


def with_metadata(found: Iterable[Found], row: Mapping[str, str]) -> list[Found]:
    """What was found in a file, with its row in `metadata.csv`."""
    known = {column: row[column] for column in METADATA_COLUMNS[1:] if row.get(column)}
    return [one._replace(**known) if isinstance(one, Draft) else one for one in found]


def article_rows(found: Iterable[Found]) -> tuple[list[dict], list[Refusal]]:
    """Rows of `articles`, and a refusal for each draft that is empty, too long, wrongly dated or a copy."""
    found, rows = list(found), {}
    refusals = [one for one in found if isinstance(one, Refusal)]
    for draft in (one for one in found if isinstance(one, Draft)):
        try:
            row = article_row(draft)
        except ValueError as error:
            refusals.append(Refusal(draft.path, str(error)))
        else:
            first = rows.setdefault(row["article_id"], row)
            if first is not row:
                reason = f"is a copy of {first['path']}, expected each article once"
                refusals.append(Refusal(draft.path, reason))
    return list(rows.values()), refusals


def article_row(draft: Draft) -> dict:
    """The row of an article.

    Raises:
        ValueError: it has no English text of a bearable length, or an unclear date.
    """
    original, language = original_of(draft)
    text = normalise_text(draft.text)
    if not any(map(str.isalpha, text)):
        raise ValueError(f"{'contains no letters' if text else 'is empty'}, expected the text of an article")
    if foreign := foreign_language(text):
        english = translation_name(draft.path)
        missing = f", or beside it {english} with its translation" if english else ""
        raise ValueError(f"is in {foreign}, expected an article in English{missing}")
    if (word_count := len(text.split())) > MAX_WORDS:
        raise ValueError(
            f"holds {word_count:,} words, expected at most {MAX_WORDS:,} in one article: "
            "split it into smaller files, such as one for each chapter"
        )
    note, day = draft.note, draft.published_date
    if not day and (found := dateline(text)):
        note, day = ". ".join(filter(None, (f"{OPENING_DATE_MARK}: “{found[0]}”", note))), found[1]
    given = draft._replace(language=language, note=note)
    fields = {key: " ".join(normalise_text(getattr(given, key) or "").split()) for key in MAX_FIELD_CHARS}
    cut = []
    for key, most in MAX_FIELD_CHARS.items():  # a longer field would fill a page
        if len(fields[key]) > most:
            cut.append(f"{key} of {len(fields[key]):,} characters {'left out' if key == 'url' else 'cut'}")
            fields[key] = "" if key == "url" else f"{fields[key][: most - 1]}…"
    fields["note"] = ". ".join(filter(None, (*cut, fields["note"])))
    article_id = content_hash(text)
    return {
        "article_id": article_id,
        "story_id": article_id,
        "path": draft.path,
        "published_date": pd.Timestamp(unambiguous_date(day, "published_date")) if day else None,
        **{key: value or None for key, value in fields.items()},
        "text": text,
        "original_text": original,
        "word_count": word_count,
    }


def original_of(draft: Draft) -> tuple[str | None, str | None]:
    """The original of a draft and the name of its language; missing where it is not translated, or not known.

    Raises:
        ValueError: the original has no translation, or is in English.
    """
    original, given = normalise_text(draft.original_text or ""), (draft.language or "").strip()
    named = LANGUAGES.get(re.split("[-_]", given.lower())[0], given)
    if not original:
        return None, named if draft.translated_by and named != "English" else None
    if not draft.text.strip():
        raise ValueError("is an original without its translation: add the English as text")
    language = named or foreign_language(original)
    if not language or language == "English":
        raise ValueError("has an original_text in English, expected the language it is translated from")
    return original, language


def with_stories(rows: list[dict]) -> list[dict]:
    """Rows with the `story_id` that reprints share; a translation is known by its link, title or original."""
    by_key: dict[str, list[dict]] = {}
    for row in rows:
        title = plain_words(row["title"] or "")
        keys = (
            row["url"] if is_permalink(row["url"]) else None,
            title if title.count("_") >= MIN_TITLE_WORDS - 1 else None,
            content_hash(row["original_text"]) if row["original_text"] else None,
        )
        for key in filter(None, keys):
            by_key.setdefault(key, []).append(row)
    translated = [
        (row["article_id"], other["article_id"])
        for same in by_key.values()
        for row in [one for one in same if one["original_text"]][:1]
        for other in same
        if other is not row
    ]
    stories = story_ids(
        [(row["article_id"], row["published_date"], row["text"]) for row in rows], known=translated
    )
    return [{**row, "story_id": stories[row["article_id"]]} for row in rows]


def article_table(rows: list[dict]) -> pd.DataFrame:
    """`Articles` table from rows, sorted by path."""
    table = pd.DataFrame(rows, columns=list(Articles.columns)).sort_values("path", ignore_index=True)
    return Articles.validate(table.astype({"published_date": "datetime64[us]"}))


def rejected_table(refusals: list[Refusal]) -> pd.DataFrame:
    """`Rejected` table, sorted by path; of the reasons from one file at most so many, the others counted."""
    by_file: dict[str, list[Refusal]] = {}
    for one in sorted(refusals):
        by_file.setdefault(one.path.split(":")[0], []).append(one)
    rows = [one for own in by_file.values() for one in own[:MAX_REFUSALS]] + [
        Refusal(
            f"{file} ({counted(len(own) - MAX_REFUSALS, 'more record')})",
            "rejected as well: the reasons are like those above",
        )
        for file, own in by_file.items()
        if len(own) > MAX_REFUSALS
    ]
    return Rejected.validate(pd.DataFrame(sorted(rows), columns=list(Refusal._fields), dtype=str))
