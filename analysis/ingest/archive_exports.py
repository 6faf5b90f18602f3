"""Exports of Nexis, Factiva and ProQuest: one text with many articles, each with labelled fields."""

import re
from collections.abc import Iterator

from analysis.ingest.dates import written_date
from analysis.ingest.draft import Draft, Found, NoArticle, Refusal, with_title
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
UNI_AUTHOR = re.compile(r"^(?:Byline|Author):[\s\u00a0]*(.*)$", re.M)
FACTIVA_CODES = "HD|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|IPC|IPD|PUB|AN|BY|SE|CLM|ART|RF|CT|VOL"
FACTIVA_FIELD = re.compile(rf"^[ ]?({FACTIVA_CODES})(?:[ ]*\t+[ ]*|[ \u00a0]{{2,}}|[ ]*$)(.*)$")
FACTIVA_NUMBER = re.compile(r"^[ ]?AN[\s\u00a0]+Document [A-Za-z0-9]{20,40}[ \t]*$", re.M)
FACTIVA_TEXT = re.compile(r"^[ ]?(?:LP|TD)[ ]*(?:\t|[ \u00a0]{2}|$)", re.M)
FACTIVA_HEAD = re.compile(r"^(?=[ ]?HD(?:[ ]*\t|[ \u00a0]{2}|[ ]*$))", re.M)
FACTIVA_DAY = re.compile(r"^[ ]?PD(?:[ ]*\t|[ \u00a0]{2}|[ ]*$)", re.M)
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
Fields = dict[str, str]


def find_export(text: str, name: str) -> list[Found]:
    """The articles of an export; none if the text has no known layout.

    Raises:
        NoArticle: the fields of the layout cannot be told from words.
    """
    for layout, read in LAYOUTS:
        found: list[Found] = []
        for number, fields in enumerate(read(text.replace("\r\n", "\n")), start=1):
            given = {key: value.strip() or None for key, value in fields.items()}
            if body := given.pop("text", None):
                given["published_date"] = written_date(given.get("published_date") or "")
                found.append(Draft(f"{name}:{number}", with_title(given.get("title"), body), **given))
            else:
                reason = f"is a {layout} record without a text, expected the full text"
                found.append(Refusal(f"{name}:{number}", reason))
        if found:
            return found
    return []


def filled(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def labelled_fields(record: str, label: re.Pattern) -> Fields:
    """The lines under each label, which run on until the next one."""
    fields: dict[str, list[str]] = {}
    lines: list[str] = []  # those above the first label are left out
    for line in record.split("\n"):
        match = label.match(line)
        if match:
            lines = fields.setdefault(match[1], [])
        lines.append(match[2] if match else line)
    return {name: "\n".join(lines) for name, lines in fields.items()}


def nexis(text: str) -> Iterator[Fields]:
    """Old Nexis text: outlet, date and headline come first, then labels up to LENGTH, then the body.

    Source: layout as read by LexisNexisTools (Gruber), described in its documentation.
    """
    for record in NEXIS_HEAD.split(text)[1:]:  # everything above the first counter is a cover page
        lines = record.split("\n")
        labels = [(i, match) for i, line in enumerate(lines) if (match := NEXIS_LABEL.match(line.strip()))]
        length = next((i for i, match in labels if match[1] in ("LENGTH", "LÄNGE", "LONGUEUR")), None)
        if length is None:
            yield {}
            continue
        above = "\n".join(
            line for line in lines[: labels[0][0]] if not re.match(r"\s*(?:Copyright|All Rights)", line)
        )
        blocks = [" ".join(filled(block)) for block in re.split(r"\n\s*\n", above) if block.strip()]
        dated = next((i for i, block in enumerate(blocks) if i and written_date(block)), 0)
        # The value of a label may continue until a blank line.
        labelled = labelled_fields("\n".join(map(str.strip, lines[: length + 1])), NEXIS_LABEL)
        given = {name: " ".join(filled(value.partition("\n\n")[0])) for name, value in labelled.items()}
        body = re.sub(
            r"\A\s*DATELINE:.*\n", "", NEXIS_END.split("\n".join(lines[length + 1 :]), maxsplit=1)[0]
        )
        yield {
            "text": unwrapped(body),
            "author": given.get("BYLINE", ""),
            "outlet": blocks[0] if blocks else "",
            "published_date": blocks[dated] if dated else "",
            "title": given.get("HEADLINE") or (blocks[-1] if len(blocks) > dated + 1 else ""),
        }


def nexis_uni(text: str) -> Iterator[Fields]:
    """Nexis Uni: headline, outlet and date are above the copyright, the text is between Body and its tail.

    The first record may have a list of all records above it, so the head is read upwards.
    """
    lines = "\n".join(line.replace("\u00a0", " ").strip() for line in text.split("\n"))
    records = f"\n{lines}\n".split(f"\n{UNI_END}\n")
    for record in records if len(records) > 1 else []:
        above, body, below = f"{record}\n".partition("\nBody\n")
        head, told = [*filled(above), "", ""], filled(below)
        tail = next((i for i, line in enumerate(told) if UNI_TAIL.match(line)), len(told))
        end = max((i for i, line in enumerate(head) if line.startswith("Copyright")), default=HEAD_LINES)
        day = max((i for i, line in enumerate(head[:end]) if i > 1 and written_date(line)), default=0)
        author = UNI_AUTHOR.search(above)
        if body:
            yield {
                "text": "\n\n".join(told[:tail]),
                "author": author[1] if author else "",
                "title": head[max(day - 2, 0)],
                "outlet": head[max(day - 1, 1)],
                "published_date": head[day] if day else "",
            }


def factiva(text: str) -> Iterator[Fields]:
    """Factiva with its two-letter fields: a record runs to its AN, its number, or to the next HD.

    Source: field codes of Factiva's display "full article plus indexing".

    Raises:
        NoArticle: a single space follows the letters, so that they cannot be told from words.
    """
    if not FACTIVA_HEAD.search(text) and all(code.search(text) for code in FACTIVA_CLOSE):
        raise NoArticle("has the letters of Factiva (HD, PD, TD) without a tab: export it as .rtf or .html")
    records = FACTIVA_NUMBER.split(text)[:-1]
    if not records and FACTIVA_DAY.search(text):
        records = FACTIVA_HEAD.split(text)[1:]
    for record in filter(FACTIVA_TEXT.search, records):
        fields = {code: filled(value) for code, value in labelled_fields(record, FACTIVA_FIELD).items()}
        names = {"title": "HD", "author": "BY", "published_date": "PD", "outlet": "SN"}
        told = "\n\n".join(fields.get("LP", []) + fields.get("TD", []))
        yield {"text": told, **{name: " ".join(fields.get(code, [])) for name, code in names.items()}}


def factiva_without_codes(text: str) -> Iterator[Fields]:
    """Headline, perhaps byline, words, day, perhaps time, outlet, code, language, copyright, text, end."""
    for record in FACTIVA_TRAILER.split(text.replace("\u00a0", " "))[:-1:2]:
        lines = filled(record)
        count = next((i for i, line in enumerate(lines) if FACTIVA_WORDS.match(line)), None)
        if count is None:
            continue
        head = lines[count + 1 : count + HEAD_LINES]
        rights = next((i for i, line in enumerate(head) if re.match(r"Copyright|©|\(c\)", line)), None)
        if rights is None:  # without a copyright line the name of the language is the last of the head
            languages = ("English", "German", "French")
            rights = next((i for i, line in enumerate(head) if line in languages), 3)
        names = [line for line in head[1:rights] if not re.fullmatch(r"\d{1,2}:\d{2}.*", line)]
        yield {
            "title": lines[0],
            "author": re.sub(r"^By\s+", "", lines[1]) if count > 1 else "",
            "published_date": head[0] if head else "",
            "outlet": names[0] if names else "",
            "text": "\n\n".join(lines[count + 1 + rights + 1 :]),
        }


def proquest(text: str) -> Iterator[Fields]:
    """Labelled lines between rules; the full text runs on until the next label."""
    for record in PROQUEST_LINE.split(text):
        fields = labelled_fields(record, PROQUEST_FIELD)
        names = {
            "title": "Title",
            "author": "Author",
            "published_date": "Publication date",
            "outlet": "Publication title",
            "url": "Document URL",
        }
        given = {name: " ".join(filled(fields.get(label, ""))) for name, label in names.items()}
        if "ProQuest document ID" in fields:
            yield {"text": unwrapped(fields.get("Full text", "")), **given}


LAYOUTS = (
    ("Nexis", nexis),
    ("Nexis Uni", nexis_uni),
    ("Factiva", factiva),
    ("Factiva", factiva_without_codes),
    ("ProQuest", proquest),
)
