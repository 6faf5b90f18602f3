"""Exports of Nexis, Factiva and ProQuest: one text with many articles, each with labelled fields."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from analysis.ingest.dates import written_date
from analysis.ingest.draft import Draft, Found, Refusal, with_title
from analysis.ingest.texts import unwrapped

NEXIS_HEAD = re.compile(
    r"^[ \t]*(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+)[ \t]*$", re.M
)
NEXIS_LABEL = re.compile(r"^([A-Z][A-Z-]{3,}(?: [A-Z-]+)?):[ \t]*(.*)$")
NEXIS_END = re.compile(
    r"^(?:LANGUAGE|LOAD-DATE|GRAPHIC|PUBLICATION-TYPE|SUBJECT|COPYRIGHT|JOURNAL-CODE|ACC-NO|TYPE):", re.M
)
UNI_END = "End of Document"
UNI_TAIL = re.compile(r"^(?:Classification|Graphic|Notes|Load-Date:.*)$")
UNI_FIELD = re.compile(r"^(Byline|Author|Section|Length|Dateline|Highlight):[\s\u00a0]*(.*)$")
FACTIVA_CODES = "HD|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|IPC|IPD|PUB|AN|BY|SE|CLM|ART|RF|CT|VOL"
FACTIVA_FIELD = re.compile(rf"^[ ]?({FACTIVA_CODES})(?:[ ]*\t+[ ]*|[ \u00a0]{{2,}}|[ ]*$)(.*)$")
FACTIVA_NUMBER = re.compile(r"^[ ]?AN[\s\u00a0]+Document [A-Za-z0-9]{20,40}[ \t]*$", re.M)
FACTIVA_TEXT = re.compile(r"^[ ]?(?:LP|TD)[ ]*(?:\t|[ \u00a0]{2}|$)", re.M)
FACTIVA_HEAD = re.compile(r"^(?=[ ]?HD(?:[ ]*\t|[ \u00a0]{2}|[ ]*$))", re.M)
FACTIVA_CLOSE = tuple(re.compile(rf"^{code} \S", re.M) for code in ("HD", "PD", "(?:LP|TD)"))
FACTIVA_TRAILER = re.compile(r"^Document ([A-Za-z0-9]{20,40})$", re.M)
FACTIVA_WORDS = re.compile(r"^[\d,]+ words$")
PROQUEST_LINE = re.compile(r"^_{20,}$", re.M)
PROQUEST_FIELD = re.compile(
    r"^\s*"
    r"(Title|Full text|Abstract|Author|Publication title|Publication date|Publication year|Publication info|"
    r"Pages|Section|Publisher|Place of publication|Country of publication|Language of publication|Subject|"
    r"Location|People|Company / organization|Document type|Document URL|ProQuest document ID|Copyright|"
    r"Last updated|Database|Source type|ISSN|Links|Dateline|Credit|Identifier / keyword|Section number|"
    r"Number of pages|Volume|Issue|First page|Publication subject|Issue date):[ \u00a0]*(.*)$"
)
HEAD_LINES = 12  # within which a record names its outlet and date


class Layout(NamedTuple):
    """How one archive lays out its records: how to split the text, and how to read one record."""

    name: str
    records: Callable[[str], list[str]]
    fields: Callable[[str], dict[str, str]]


def find_export(text: str, name: str) -> Iterator[Found] | None:
    """The articles of an export, or None if the text has no known layout."""
    for layout in LAYOUTS:
        records = layout.records(text)
        if records:
            return export_drafts(layout, records, name)
    return None


def export_drafts(layout: Layout, records: list[str], name: str) -> Iterator[Found]:
    for number, record in enumerate(records, start=1):
        where = f"{name}:{number}"
        fields = {key: value.strip() for key, value in layout.fields(record).items()}
        if not fields.get("text"):
            yield Refusal(where, f"is a {layout.name} record without a text, expected the full text")
            continue
        given = {key: value or None for key, value in fields.items() if key != "text"}
        if given.get("published_date"):
            given["published_date"] = written_date(given["published_date"])
        yield Draft(where, with_title(given.get("title"), fields["text"]), **given)


def filled(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def labelled_fields(record: str, label: re.Pattern) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The lines under each label, which run on until the next one, and the same joined to one line."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in record.split("\n"):
        match = label.match(line)
        if match:
            name, line = match[1], match[2]
        if name:
            fields.setdefault(name, []).append(line)
    return fields, {name: " ".join(filled(lines)) for name, lines in fields.items()}


def nexis_records(text: str) -> list[str]:
    """Old Nexis text: everything above the first counter is a cover page."""
    return NEXIS_HEAD.split(text)[1:]


def nexis_fields(record: str) -> dict[str, str]:
    """Outlet, date and headline come first, then labels up to LENGTH, then the body.

    Source: layout as read by LexisNexisTools (Gruber), described in its documentation.
    """
    lines = record.replace("\r\n", "\n").split("\n")
    labels = [(i, match) for i, line in enumerate(lines) if (match := NEXIS_LABEL.match(line.strip()))]
    length = next((i for i, match in labels if match[1] in ("LENGTH", "LÄNGE", "LONGUEUR")), None)
    if length is None:
        return {}
    given = {match[1]: paragraph_from(lines, i, match[2]) for i, match in labels if i <= length}
    first_label = min(i for i, _ in labels)
    head = [line for line in lines[:first_label] if not re.match(r"\s*(?:Copyright|All Rights)", line)]
    body = "\n".join(lines[length + 1 :])
    end = NEXIS_END.search(body)
    body = re.sub(r"\A\s*DATELINE:.*\n", "", body[: end.start()] if end else body)
    return {
        "text": unwrapped(body),
        "author": given.get("BYLINE", ""),
        **nexis_head(head),
        **({"title": given["HEADLINE"]} if given.get("HEADLINE") else {}),
    }


def paragraph_from(lines: list[str], start: int, first: str) -> str:
    """The value of a label, which may continue until a blank line."""
    value = [first]
    for line in lines[start + 1 :]:
        if not line.strip() or NEXIS_LABEL.match(line.strip()):
            break
        value.append(line.strip())
    return " ".join(value)


def nexis_head(lines: list[str]) -> dict[str, str]:
    """Outlet, day and headline: the first block, the first with a date, and the last."""
    blocks = [" ".join(filled(block.split("\n"))) for block in re.split(r"\n\s*\n", "\n".join(lines))]
    blocks = [block for block in blocks if block]
    dated = next((i for i, block in enumerate(blocks) if i and written_date(block)), None)
    if dated is None:
        return {"outlet": blocks[0] if blocks else "", "title": blocks[-1] if len(blocks) > 1 else ""}
    title = blocks[-1] if len(blocks) > dated + 1 else ""
    return {"outlet": blocks[0], "published_date": blocks[dated], "title": title}


def uni_records(text: str) -> list[str]:
    """Nexis Uni: each record ends in a line of its own."""
    lines = [line.replace("\u00a0", " ").strip() for line in text.split("\n")]
    if UNI_END not in lines or "Body" not in lines:
        return []
    records = "\n".join(lines).split(f"\n{UNI_END}")
    return [record for record in records if "\nBody\n" in f"\n{record}\n"]


def uni_fields(record: str) -> dict[str, str]:
    """Headline, outlet and date are in the lines above the copyright, the text is between Body and its tail.

    The first record may have a list of all records above it, so the head is read upwards.
    """
    lines = filled(record.split("\n"))
    body = lines.index("Body")
    tail = next((i for i in range(body, len(lines)) if UNI_TAIL.match(lines[i])), len(lines))
    labelled = {match[1]: match[2] for line in lines[:body] if (match := UNI_FIELD.match(line))}
    return {
        "text": "\n\n".join(lines[body + 1 : tail]),
        "author": labelled.get("Byline", labelled.get("Author", "")),
        **uni_head(lines[:body]),
    }


def uni_head(lines: list[str]) -> dict[str, str]:
    end = max((i for i, line in enumerate(lines) if line.startswith("Copyright")), default=HEAD_LINES)
    dated = [i for i in range(2, min(end, len(lines))) if written_date(lines[i])]
    if not dated:
        return {"title": lines[0] if lines else "", "outlet": lines[1] if len(lines) > 1 else ""}
    day = dated[-1]
    return {"title": lines[day - 2], "outlet": lines[day - 1], "published_date": lines[day]}


def factiva_records(text: str) -> list[str]:
    """Factiva with its two-letter fields: a record runs to its AN, its number, or to the next HD.

    Raises:
        ValueError: a single space follows the letters, so that they cannot be told from words.
    """
    text = text.replace("\r\n", "\n")
    if not FACTIVA_HEAD.search(text) and all(code.search(text) for code in FACTIVA_CLOSE):
        raise ValueError("has the letters of Factiva (HD, PD, TD) without a tab: export it as .rtf or .html")
    records = FACTIVA_NUMBER.split(text)[:-1]
    if not records and re.search(r"^[ ]?PD(?:[ ]*\t|[ \u00a0]{2}|[ ]*$)", text, re.M):
        records = FACTIVA_HEAD.split(text)[1:]
    return [record for record in records if FACTIVA_TEXT.search(record)]


def factiva_fields(record: str) -> dict[str, str]:
    """Source: field codes of Factiva's display "full article plus indexing"."""
    fields, value = labelled_fields(record, FACTIVA_FIELD)
    return {
        "title": value.get("HD", ""),
        "author": value.get("BY", ""),
        "published_date": value.get("PD", ""),
        "outlet": value.get("SN", ""),
        "text": "\n\n".join(filled(fields.get("LP", []) + fields.get("TD", []))),
    }


def factiva_articles(text: str) -> list[str]:
    """Factiva without field codes: a line with the number of words, and a trailer line that ends each."""
    lines = text.replace("\r\n", "\n").replace("\u00a0", " ")
    parts = FACTIVA_TRAILER.split(lines)[:-1:2]
    return [part for part in parts if any(FACTIVA_WORDS.match(line) for line in filled(part.split("\n")))]


def factiva_article_fields(record: str) -> dict[str, str]:
    """Headline, perhaps byline, words, day, perhaps time, outlet, code, language, copyright, text."""
    lines = filled(record.split("\n"))
    count = next(i for i, line in enumerate(lines) if FACTIVA_WORDS.match(line))
    head = lines[count + 1 : count + HEAD_LINES]
    head_end = next((i for i, line in enumerate(head) if re.match(r"Copyright|©|\(c\)", line)), None)
    if head_end is None:  # without a copyright line the name of the language is the last of the head
        head_end = next((i for i, line in enumerate(head) if line in ("English", "German", "French")), 3)
    names = [line for line in head[1:head_end] if not re.fullmatch(r"\d{1,2}:\d{2}.*", line)]
    return {
        "title": lines[0],
        "author": re.sub(r"^By\s+", "", lines[1]) if count > 1 else "",
        "published_date": head[0] if head else "",
        "outlet": names[0] if names else "",
        "text": "\n\n".join(lines[count + 1 + head_end + 1 :]),
    }


def proquest_records(text: str) -> list[str]:
    parts = PROQUEST_LINE.split(text.replace("\r\n", "\n"))
    return [part for part in parts if re.search(r"^ProQuest document ID:", part, re.M)]


def proquest_fields(record: str) -> dict[str, str]:
    """Labelled lines; the full text runs on until the next label."""
    fields, value = labelled_fields(record, PROQUEST_FIELD)
    return {
        "title": value.get("Title", ""),
        "author": value.get("Author", ""),
        "published_date": value.get("Publication date", ""),
        "outlet": value.get("Publication title", ""),
        "url": value.get("Document URL", ""),
        "text": unwrapped("\n".join(fields.get("Full text", []))),
    }


LAYOUTS = (
    Layout("Nexis", nexis_records, nexis_fields),
    Layout("Nexis Uni", uni_records, uni_fields),
    Layout("Factiva", factiva_records, factiva_fields),
    Layout("Factiva", factiva_articles, factiva_article_fields),
    Layout("ProQuest", proquest_records, proquest_fields),
)
