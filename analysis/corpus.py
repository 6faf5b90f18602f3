"""seeds/ to articles. The only reader of raw input; what it can't read it gives back with the reason."""

import csv
import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from markdown_it import MarkdownIt

from analysis.schemas import Articles, Rejected

METADATA_FILE = "metadata.csv"
METADATA_COLUMNS = ("file", "title", "published_date", "outlet", "author", "url", "note")
OVERRIDES = METADATA_COLUMNS[1:]
MAX_BYTES = 20_000_000  # of one file that holds one article
MAX_CHARS = 5_000_000  # of one article: about 800,000 words, a shelf of books
MAX_TITLE_CHARS = 250
FIRST_YEAR, LAST_YEAR = 1800, 2100
ALIASES = {"date": "published_date", "published_at": "published_date", "source": "outlet", "body": "text"}


class Draft(NamedTuple):
    """One article as its file gives it, before the analyst's metadata."""

    path: str
    text: str
    title: str | None = None
    published_date: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    note: str | None = None


class Refusal(NamedTuple):
    """One row of `rejected`."""

    path: str
    reason: str


def load_corpus(folder: Path | str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every article under a folder, and every file or record that is none.

    Files are read in the order of their paths. Title, date, outlet, author and url come from the file; a
    cell of `metadata.csv` that is filled in overrides them for its file. An article whose text was already
    read under another path is rejected as its copy.

    Args:
        folder: holds `.txt`, `.md`, `.html` and `.jsonl` files, at any depth, and perhaps `metadata.csv`.

    Returns:
        `Articles` and `Rejected` tables, sorted by path.

    Raises:
        FileNotFoundError: the folder does not exist.
        NotADirectoryError: it is not a folder.
        ValueError: `metadata.csv` breaks its rules; the message names the line.
    """
    folder = Path(folder)
    if not folder.exists():
        raise FileNotFoundError(f"{folder} does not exist, expected a folder of articles")
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file, expected a folder of articles")
    metadata = load_metadata(folder)
    drafts: list[Draft] = []
    refusals = [
        Refusal(f"{METADATA_FILE}:{row['line']}", f"names {name!r}, which is not under {folder}")
        for name, row in metadata.items()
        if not (folder / name).is_file()
    ]
    for path in corpus_files(folder):
        for found in read_file(path, folder):
            if isinstance(found, Refusal):
                refusals.append(found)
            else:
                overrides = metadata.get(found.path.partition(":")[0], {})
                drafts.append(found._replace(**{k: overrides[k] for k in OVERRIDES if overrides.get(k)}))
    rows, copies = article_rows(drafts)
    return article_table(rows), rejected_table(refusals + copies)


def corpus_files(folder: Path) -> Iterator[Path]:
    """Files under a folder that are meant as articles, by path; hidden ones and the metadata are not."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts) or parts == (METADATA_FILE,):
            continue
        if not path.is_dir():
            yield path


def read_file(path: Path, folder: Path) -> Iterator[Draft | Refusal]:
    """What one file holds: its articles, or why it holds none."""
    name = path.relative_to(folder).as_posix()
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        found = path.suffix or "no ending"
        yield Refusal(name, f"has {found}, expected one of {', '.join(READERS)}")
        return
    if not path.resolve().is_relative_to(folder.resolve()):
        yield Refusal(name, "is a link that leads out of the folder, expected the file itself")
        return
    try:
        yield from reader(path, name)
    except OSError as error:
        yield Refusal(name, f"cannot be opened ({error.strerror or error}), expected a readable file")
    except UnicodeDecodeError as error:
        found = f"byte 0x{error.object[error.start]:02x} at position {error.start}"
        yield Refusal(name, f"is not UTF-8 text ({found}): save it as UTF-8, or remove it")
    except ValueError as error:
        yield Refusal(name, str(error))


def read_text(path: Path) -> str:
    """The file's text, decoded; ValueError if it is too large or is not text."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ValueError(f"holds {size:,} bytes, expected at most {MAX_BYTES:,} in one article")
    raw = path.read_bytes()
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = raw.decode(encoding)
    if "\0" in text:
        raise ValueError("holds NUL bytes, so it is not text: remove it, or save it as UTF-8 text")
    return text


def read_plain(path: Path, name: str) -> Iterator[Draft]:
    """A text file: its first line is the title if a blank line follows and no full stop ends it."""
    text = read_text(path)
    yield Draft(name, text, title=first_line_title(text))


def first_line_title(text: str) -> str | None:
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    is_title = first and len(first) <= MAX_TITLE_CHARS and first[-1] not in ".,;:\"”'’"
    return first if is_title and (not rest.strip() or not rest.partition("\n")[0].strip()) else None


def read_markdown(path: Path, name: str) -> Iterator[Draft]:
    """A Markdown file, its mark-up taken off; `key: value` lines between two `---` give its metadata."""
    text = read_text(path).replace("\r\n", "\n")
    given: dict[str, str] = {}
    front = re.match(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", text, flags=re.DOTALL)
    if front:
        text = text[front.end() :]
        pairs = (line.partition(":") for line in front[1].split("\n"))
        given = record_fields({key.strip(): value.strip().strip("\"'") for key, _, value in pairs})
    plain = markdown_text(text)
    given.setdefault("title", first_line_title(plain) or "")
    yield Draft(
        name, with_title(given.get("title"), plain), **{k: v or None for k, v in given.items() if k != "text"}
    )


def markdown_text(markdown: str) -> str:
    """The words of a Markdown text, a blank line between blocks, links and emphasis reduced to their text."""
    blocks = []
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type == "inline":
            words = (
                "\n" if child.type == "hardbreak" else " " if child.type == "softbreak" else child.content
                for child in token.children
                if child.type not in ("html_inline", "image")
            )
            blocks.append("".join(words))
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.rstrip())
    return "\n\n".join(blocks)


def read_html(path: Path, name: str) -> Iterator[Draft]:
    """A saved page: trafilatura finds its article and what the page says of itself."""
    from trafilatura import bare_extraction  # half a second to import, and most corpora hold no page

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # the reason is given in `rejected`
    # Only dates that the page declares: one guessed from its text could be any date it mentions.
    page = bare_extraction(
        read_text(path),
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or not (page.text or "").strip():
        raise ValueError("holds no article text that could be found, expected a saved article page")
    paragraphs = page.text.replace("\n", "\n\n")
    yield Draft(
        name, with_title(page.title, paragraphs), page.title, page.date, page.sitename, page.author, page.url
    )


def read_jsonl(path: Path, name: str) -> Iterator[Draft | Refusal]:
    """A file of records, one JSON object a line, `text` required."""
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield read_record(line, f"{name}:{number}")


def read_record(line: str, name: str) -> Draft | Refusal:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Refusal(name, f"is not JSON ({error}), expected one object with a text")
    if not isinstance(record, dict) or not isinstance(record.get("text", record.get("body")), str):
        return Refusal(name, "has no text, expected an object with the key text and a string")
    given = record_fields(record)
    text = with_title(given.get("title"), given.pop("text"))
    return Draft(name, text, **{key: value or None for key, value in given.items()})


def record_fields(record: dict) -> dict[str, str]:
    """The known fields of a record under our names; other fields, and values that are no text, are left."""
    named = {ALIASES.get(key, key): value for key, value in record.items() if isinstance(key, str)}
    return {key: value for key, value in named.items() if key in Draft._fields[1:] and isinstance(value, str)}


def with_title(title: str | None, text: str) -> str:
    """The text, headed by its title unless it begins with it: headlines are read too."""
    if not title or text.lstrip().startswith(title.strip()):
        return text
    return f"{title.strip()}\n\n{text}"


READERS: dict[str, Callable[[Path, str], Iterator[Draft | Refusal]]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
}


def normalise_text(text: str) -> str:
    """The form in which a text is stored, hashed and counted: NFC, LF, no control or invisible characters.

    Raises:
        ValueError: it holds half a surrogate pair, which is no character.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"holds half a character (a lone surrogate at position {error.start})") from error
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)  # colours of a terminal
    text = re.sub(r"[^\S\n]", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Control, zero-width and direction marks: unseen by a reader, but they would split words and hide text.
    text = re.sub(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]", "", text
    )
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def content_hash(text: str) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of a normalised text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def parse_date(value: str, where: str) -> pd.Timestamp:
    """The day of an ISO 8601 date or time, or ValueError saying where it stands."""
    expected = "expected an ISO 8601 date such as 2024-04-20"
    try:
        day = datetime.fromisoformat(value.strip()).date()
    except ValueError as error:
        raise ValueError(f"{where}: published_date is {value!r}, {expected}") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        years = f"{FIRST_YEAR} to {LAST_YEAR}"
        raise ValueError(f"{where}: published_date is {value!r}, {expected}, in the years {years}")
    return pd.Timestamp(day)


def article_rows(drafts: list[Draft]) -> tuple[list[dict], list[Refusal]]:
    """Rows of `articles`, and a refusal for each draft that is empty, too long, badly dated, or a copy."""
    rows: dict[str, dict] = {}
    refusals = []
    for draft in drafts:
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
    text = normalise_text(draft.text)
    if not text:
        raise ValueError("is empty, expected the text of an article")
    if len(text) > MAX_CHARS:
        raise ValueError(f"holds {len(text):,} characters, expected at most {MAX_CHARS:,}")
    if not any(character.isalpha() for character in text):
        raise ValueError("holds no letter, expected the text of an article")
    article_id = content_hash(text)
    date = parse_date(draft.published_date, draft.path) if draft.published_date else None
    described = {
        key: clean_field(getattr(draft, key)) for key in ("title", "outlet", "author", "url", "note")
    }
    counted = {"word_count": len(text.split()), "text": text, "path": draft.path, "published_date": date}
    return {"article_id": article_id, "story_id": article_id, **described, **counted}


def clean_field(value: str | None) -> str | None:
    """One line of plain text, or None."""
    return " ".join(normalise_text(value).split()) or None if value else None


def article_table(rows: list[dict]) -> pd.DataFrame:
    """`Articles` table from rows, sorted by path."""
    columns = list(Articles.to_schema().columns)
    table = pd.DataFrame(rows, columns=columns).sort_values("path", ignore_index=True)
    return Articles.validate(table.astype({"published_date": "datetime64[us]"}))


def rejected_table(refusals: list[Refusal]) -> pd.DataFrame:
    """`Rejected` table, sorted by path."""
    return Rejected.validate(pd.DataFrame(sorted(refusals), columns=list(Refusal._fields)))


def load_metadata(folder: Path) -> dict[str, dict[str, str]]:
    """What the analyst knows of each file: its row of `metadata.csv`, and the `line` it stands on.

    Raises:
        ValueError: a column is missing or unknown, a file has two rows, or a date is not ISO 8601.
    """
    path = folder / METADATA_FILE
    if not path.exists():
        return {}
    rows: dict[str, dict[str, str]] = {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8 text: save it as CSV UTF-8") from error
    reader = csv.DictReader(text.splitlines(keepends=True))
    if tuple(reader.fieldnames or ()) != METADATA_COLUMNS:
        found = ",".join(reader.fieldnames or ()) or "nothing"
        raise ValueError(f"{path}:1: the columns are {found}, expected {','.join(METADATA_COLUMNS)}")
    for row in reader:
        where = f"{path}:{reader.line_num}"
        if None in row or None in row.values():
            raise ValueError(
                f"{where}: has not {len(METADATA_COLUMNS)} cells: put text with commas in quotes"
            )
        if row["file"] in rows:
            raise ValueError(f"{where}: {row['file']!r} stands twice, expected one row a file")
        if row["published_date"]:
            parse_date(row["published_date"], where)
        rows[row["file"]] = {**row, "line": str(reader.line_num)}
    return rows


def add_file(source: Path, folder: Path, given: dict[str, str]) -> pd.DataFrame:
    """Copy one file into a folder of articles and note what the analyst knows of it.

    Nothing is written unless the file holds at least one article; nothing that is there is overwritten.

    Args:
        source: the file to add.
        folder: the folder of articles; made if it does not exist.
        given: cells for `metadata.csv`, by column; empty ones are left out.

    Returns:
        `Articles` rows that the file brings.

    Raises:
        FileNotFoundError: there is no such file.
        FileExistsError: the folder has another file of that name.
        ValueError: the file holds no article, or a given date is not ISO 8601.
    """
    if not source.is_file():
        found = "is a folder" if source.is_dir() else "does not exist"
        raise FileNotFoundError(f"{source} {found}, expected an article's file")
    if given.get("published_date"):
        parse_date(given["published_date"], "--date")
    found = list(read_file(source, source.parent))
    rows, copies = article_rows([draft for draft in found if isinstance(draft, Draft)])
    if not rows:
        refusals = [refusal for refusal in found if isinstance(refusal, Refusal)] + copies
        reason = refusals[0].reason if refusals else "is empty, expected the text of an article"
        raise ValueError(f"{source}: {reason}")
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file, expected a folder of articles")
    refuse_known(source, folder, {row["article_id"] for row in rows})
    metadata = load_metadata(folder) if folder.is_dir() else {}
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / source.name
    temporary = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, temporary)
    os.replace(temporary, target)
    if any(given.values()):
        write_metadata(folder, {**metadata, target.name: {"file": target.name, **given}})
    return article_table([{**row, **override_fields(given)} for row in rows])


def refuse_known(source: Path, folder: Path, article_ids: set[str]) -> None:
    """Raise if the folder already has the file's name, or all that it holds."""
    if (folder / source.name).exists():
        raise FileExistsError(f"{folder / source.name} exists already, expected a new name: rename {source}")
    if folder.is_dir():
        articles, _ = load_corpus(folder)
        known = articles[articles["article_id"].isin(article_ids)]
        if len(known) == len(article_ids):
            raise ValueError(
                f"{source}: is a copy of {folder / known['path'].iloc[0]}, expected a new article"
            )


def override_fields(given: dict[str, str]) -> dict:
    fields = {key: value for key, value in given.items() if value}
    if "published_date" in fields:
        fields["published_date"] = parse_date(fields["published_date"], "--date")
    return fields


def write_metadata(folder: Path, rows: dict[str, dict[str, str]]) -> None:
    """Replace `metadata.csv` in one step, so that a stop half way loses nothing."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=folder, prefix=".metadata", delete=False
    ) as temporary:
        writer = csv.DictWriter(
            temporary, METADATA_COLUMNS, extrasaction="ignore", restval="", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows[name] for name in sorted(rows))
    os.chmod(temporary.name, 0o644)
    os.replace(temporary.name, folder / METADATA_FILE)
