"""Documents: texts, Markdown, rich text, Word, PDF, saved emails and web pages, feeds, and archives of them.

Below are exports of Nexis and Factiva: one text with many articles, each with labelled fields.

A library that is needed for one format only is imported when the first such file is read.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

from analysis.ingest.dates import written_date
from analysis.ingest.draft import Draft, Found, NoArticle, Refusal, Source, first_line_title, with_title
from analysis.ingest.records import record_draft, record_fields
from analysis.ingest.texts import decode, html_paragraphs, html_text, is_wrapped, unwrapped


def read_zip(source: Source) -> Iterator[Refusal | Source]:
    """Every file in an archive, read in memory: nothing is unpacked to disk, so no path leads anywhere."""
    archive = ZipFile(BytesIO(source.raw))
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        if member.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
            continue
        reason = content = None
        if ".." in parts or parts[:1] == ("/",) or re.match(r"[A-Za-z]:", member.filename):
            reason = "has a path that leads out of its archive, expected a path inside it"
        elif (member.external_attr >> 16) & 0o170000 == 0o120000:
            reason = "is a link inside an archive, expected the file itself"
        else:
            try:
                content = archive.read(member)
            except MemoryError:
                raise
            except Exception as error:  # zlib, lzma and bz2 raise errors of their own
                reason = f"cannot be unpacked ({error}), expected an archive without a password"
        where = f"{source.name}:{member.filename}"
        yield Refusal(where, reason) if reason else Source(content, where)


def read_plain_text(source: Source) -> Iterator[Found]:
    """The articles of an archive export, or one article titled by its first line."""
    text = decode(source.raw)
    if export := find_export(text, source.name):
        yield from export
        return
    text = unwrapped(text) if is_wrapped(text) else text
    yield Draft(source.name, text, title=first_line_title(text))


def read_markdown(source: Source) -> Iterator[Found]:
    """One article without its mark-up; `key: value` lines between two `---` give its metadata."""
    from markdown_it import MarkdownIt

    text = decode(source.raw).replace("\r\n", "\n")
    given: dict[str, str] = {}
    if front := re.match(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", text, flags=re.DOTALL):
        text = text[front.end() :]
        pairs = (line.partition(":") for line in front[1].split("\n"))
        given = record_fields({key.strip(): value.strip().strip("\"'") for key, _, value in pairs})
    plain = html_paragraphs(MarkdownIt("commonmark").render(text))
    given.setdefault("title", first_line_title(plain) or "")
    yield record_draft(source.name, {**given, "text": plain})


def read_rtf(source: Source) -> Iterator[Found]:
    """The articles of an export of any known layout, or one article."""
    from striprtf.striprtf import rtf_to_text

    if not source.raw.lstrip().startswith(b"{\\rtf"):
        raise NoArticle("is not rich text, expected a file that begins with {\\rtf")
    lines = rtf_to_text(source.raw.decode("cp1252", errors="replace"), errors="replace")
    text = "\n\n".join(line.strip() for line in lines.split("\n") if line.strip())
    yield from find_export(lines, source.name) or [Draft(source.name, text, first_line_title(text))]


def read_docx(source: Source) -> Iterator[Found]:
    """The articles of an export of any known layout, or one titled by its properties or first line."""
    from docx import Document
    from docx.table import Table

    document = Document(BytesIO(source.raw))
    lines, title = [], document.core_properties.title or None
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
            if not title and block.style and block.style.name in ("Title", "Heading 1"):
                title = block.text
    text = "\n\n".join(line.strip() for line in lines if line.strip())
    title = title or first_line_title(text)
    export = find_export("\n".join(lines), source.name)
    yield from export or [Draft(source.name, with_title(title, text), title)]


def read_pdf(source: Source) -> Iterator[Found]:
    """One article, titled by its properties if the text begins with that title, else by its first line."""
    from pypdf import PdfReader

    pdf = PdfReader(BytesIO(source.raw))
    if pdf.is_encrypted:
        raise NoArticle("is locked with a password: save it without one")
    pages = [[line.rstrip() for line in page.extract_text().split("\n")] for page in pdf.pages]
    page_number = r"(?i)\s*(?:page )?\d{1,4}(?: of \d{1,4})?\s*"
    edges = [line for lines in pages for line in {*lines[:1], *lines[-1:]} if line.strip()]
    running = {line for line in set(edges) if len(pages) > 2 and edges.count(line) > len(pages) / 2}
    lines = [
        line for page in pages for line in page if line not in running and not re.fullmatch(page_number, line)
    ]
    # Words that were broken at the end of a line are joined; "two- and three-year terms" keeps its hyphen.
    text = re.sub(r"(?<=[a-z])- (?=[a-z])(?!(?:and|or|to) )", "", unwrapped("\n".join(lines)))
    if not text:
        raise NoArticle("is a PDF without text, perhaps a scan: run OCR on it first")
    described = str((pdf.metadata or {}).get("/Title") or "").strip()
    is_title = described and " ".join(text[: 2 * len(described)].split()).startswith(described)
    yield Draft(source.name, text, described if is_title else first_line_title(text))


def read_mail(source: Source) -> Iterator[Found | Source]:
    """One article from the subject, date and text of a message, and the files attached to it.

    Only a mailing (it has a List-Id or says how to unsubscribe) names its sender as the outlet: any other
    message may have been forwarded by a colleague.
    """
    message = message_from_bytes(source.raw, policy=default)
    if not message.keys():
        raise NoArticle("is not an email, expected a message with a header")
    part, text = message.get_body(("plain", "html")), ""
    if part and part.get_content_maintype() == "text":
        text = decode(part.get_payload(decode=True), part.get_content_charset())
        is_html = part.get_content_subtype() == "html"
        text = html_paragraphs(text) if is_html else unwrapped(text.partition("\n-- \n")[0])
    attached = [part for part in message.iter_attachments() if part.get_filename()]
    if not text.strip() and not attached:
        raise NoArticle("is an email without text, expected one that contains an article")
    if text.strip():
        subject, sender = str(message["subject"] or "").strip(), message["from"]
        is_mailing = message["list-id"] or message["list-unsubscribe"]
        outlet = sender.addresses[0].display_name if is_mailing and sender and sender.addresses else None
        day = written_date(str(message["date"] or ""))
        yield Draft(source.name, with_title(subject, text), subject or None, day, outlet or None)
    for part in attached:
        yield Source(part.get_payload(decode=True) or b"", f"{source.name}:{part.get_filename()}")


def read_html(source: Source) -> Iterator[Found]:
    """The articles of an archive export, or the one that trafilatura finds, with the metadata of the page."""
    from trafilatura import bare_extraction  # takes half a second, and most corpora hold no page

    declared = re.search(
        rb"<meta[^>]{0,200}charset=[\"']?(?!utf-?8)([\w-]{3,20})", source.raw[:4_096], re.IGNORECASE
    )
    text = decode(source.raw, declared[1].decode() if declared else None)
    if export := "Document " in text and find_export(html_text(text), source.name):
        yield from export
        return
    # Only a date that the page declares: one guessed from its text could be any date it mentions.
    page = bare_extraction(
        text,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or not (page.text or "").strip():
        raise NoArticle("has no article text, expected a saved article page")
    paragraphs = with_title(page.title, page.text.replace("\n", "\n\n"))
    yield Draft(source.name, paragraphs, page.title, page.date, page.sitename, page.author, page.url)


def read_feed(source: Source) -> Iterator[Found]:
    """One article per entry, as complete as the feed has it."""
    import feedparser

    feed = feedparser.parse(BytesIO(source.raw))
    if not feed.get("version") or not feed.entries:
        raise NoArticle("is no feed with entries, expected RSS or Atom")
    for number, entry in enumerate(feed.entries, start=1):
        where = f"{source.name}:{number}"
        markup = next((part.value for part in entry.get("content", ())), entry.get("summary"))
        text, title = html_paragraphs(markup or ""), html_paragraphs(entry.get("title") or "")
        if not text.strip():
            yield Refusal(where, "is an entry without text, expected content or a summary")
            continue
        # The day in the time zone of the entry; what feedparser makes of it is the day in Greenwich.
        day = written_date(entry.get("published") or entry.get("updated") or "")
        parsed = entry.get("published_parsed") or entry.get("updated_parsed")
        if not day and parsed:
            day = f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
        own = (feed.feed.get("title"), entry.get("author"), entry.get("link"))
        yield Draft(where, with_title(title, text), title, day, *own, entry_id=entry.get("id"))


NEXIS_LABEL = re.compile(r"^([A-Z][A-Z-]{3,}(?: [A-Z-]+)?):[ \t]*(.*)$")
FACTIVA_FIELD = re.compile(
    r"^[ ]?(HD|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|IPC|IPD|PUB|AN|BY|SE|CLM|ART|RF|CT|VOL)"
    r"(?:[ ]*\t+[ ]*|[ \u00a0]{2,}|[ ]*$)(.*)$"
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
    for record in re.split(
        r"^[ \t]*(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+)[ \t]*$", text, flags=re.M
    )[1:]:  # everything above the first counter is a cover page
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
        end = "LANGUAGE|LOAD-DATE|GRAPHIC|PUBLICATION-TYPE|SUBJECT|COPYRIGHT|JOURNAL-CODE|ACC-NO|TYPE"
        body = re.split(rf"(?m)^(?:{end}):", "\n".join(lines[length + 1 :]), maxsplit=1)[0]
        yield {
            "text": unwrapped(re.sub(r"\A\s*DATELINE:.*\n", "", body)),
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
    records = f"\n{lines}\n".split("\nEnd of Document\n")
    for record in records if len(records) > 1 else []:
        above, body, below = f"{record}\n".partition("\nBody\n")
        head, told = [*filled(above), "", ""], filled(below)
        ends = re.compile(r"Classification|Graphic|Notes|Load-Date:.*")
        tail = next((i for i, line in enumerate(told) if ends.fullmatch(line)), len(told))
        end = max((i for i, line in enumerate(head) if line.startswith("Copyright")), default=HEAD_LINES)
        day = max((i for i, line in enumerate(head[:end]) if i > 1 and written_date(line)), default=0)
        author = re.search(r"^(?:Byline|Author):[\s\u00a0]*(.*)$", above, re.M)
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
    gap = r"(?:[ ]*\t|[ \u00a0]{2}|[ ]*$)"
    close = (rf"^{code} \S" for code in ("HD", "PD", "(?:LP|TD)"))
    if not re.search(rf"^[ ]?HD{gap}", text, re.M) and all(re.search(one, text, re.M) for one in close):
        raise NoArticle("has the letters of Factiva (HD, PD, TD) without a tab: export it as .rtf or .html")
    records = re.split(r"^[ ]?AN[\s\u00a0]+Document [A-Za-z0-9]{20,40}[ \t]*$", text, flags=re.M)[:-1]
    if not records and re.search(rf"^[ ]?PD{gap}", text, re.M):
        records = re.split(rf"^(?=[ ]?HD{gap})", text, flags=re.M)[1:]
    for record in (one for one in records if re.search(rf"^[ ]?(?:LP|TD){gap}", one, re.M)):
        fields = {code: filled(value) for code, value in labelled_fields(record, FACTIVA_FIELD).items()}
        names = {"title": "HD", "author": "BY", "published_date": "PD", "outlet": "SN"}
        told = "\n\n".join(fields.get("LP", []) + fields.get("TD", []))
        yield {"text": told, **{name: " ".join(fields.get(code, [])) for name, code in names.items()}}


def factiva_without_codes(text: str) -> Iterator[Fields]:
    """Headline, perhaps byline, words, day, perhaps time, outlet, code, language, copyright, text, end."""
    plain = text.replace("\u00a0", " ")
    for record in re.split(r"^Document [A-Za-z0-9]{20,40}$", plain, flags=re.M)[:-1]:
        lines = filled(record)
        count = next((i for i, line in enumerate(lines) if re.fullmatch(r"[\d,]+ words", line)), None)
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


LAYOUTS = (
    ("Nexis", nexis),
    ("Nexis Uni", nexis_uni),
    ("Factiva", factiva),
    ("Factiva", factiva_without_codes),
)
