"""Exports of news databases: one text that holds many articles, each under a head with its outlet and date.

To accept another layout, add an entry to `LAYOUTS`. A text is read by the first layout whose marks it has, so
the layout with the plainest mark comes last.
"""

import re
from typing import Final, NamedTuple

from analysis.ingest.dates import written_date
from analysis.ingest.draft import Draft, Found, NoArticle, Refusal
from analysis.ingest.records import record_draft, record_fields
from analysis.ingest.texts import unwrapped

HEAD_CHARS: Final = 2_000  # directly above the text of an article, in which its fields are
DAY: Final = r"(?P<date>[^\n\d]{0,30}\d{1,2}[^\n\d]{1,20}\d{4}\b[^\n]{0,40})"
CODES: Final = "^(?:HD|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|CO|IN|NS|RE|IPC|IPD|PUB|AN|BY|SE|CLM|ART|RF|CT|VOL)"
GAP: Final = r"(?:[ ]*\t+[ ]*|[ ]{2,}|$)"  # after a code of Factiva, which is no word of a text
HEAD_GAP: Final = r"(?:\s+|$)"  # after one above the text
NEXIS_LABEL: Final = r"[A-Z][A-Z-]{3,}(?: [A-Z-]+)?:"


class Layout(NamedTuple):
    """How an export is cut into articles; lines are without space around them, patterns those of `re.M`."""

    name: str
    mark: str  # of the line above the head of each article, or below its text
    is_mark_below: bool
    text: str  # the line above the text, and above a second part of it
    tail: str  # the line below the text
    fields: tuple[str, ...]  # found in the head: a group is named as a column of a table might be
    is_wrapped: bool = False  # the lines of the text are broken at a margin


LAYOUTS: Final = (
    Layout(  # Source: layout as read by LexisNexisTools (Gruber), described in its documentation.
        "Nexis",
        mark=r"^(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+)$",
        is_mark_below=False,
        text=r"^(?:LENGTH|LÄNGE|LONGUEUR):.*\n*(?:DATELINE:.*\n)?",
        tail=r"^(?:LANGUAGE|LOAD-DATE|GRAPHIC|PUBLICATION-TYPE|SUBJECT|COPYRIGHT|JOURNAL-CODE|ACC-NO|TYPE):",
        fields=(
            r"\A\s*(?:(?:Copyright|All Rights).*\n\s*)*(?P<outlet>.+)",
            rf"^{DAY}$",
            r"^HEADLINE:\s*(?P<title>.*(?:\n.+)*)",
            rf"^{DAY}\n(?:.+\n)*\n+(?P<title>.+(?:\n.+)*)\n\n+{NEXIS_LABEL}",
            r"^BYLINE:\s*(?P<author>.*(?:\n.+)*)",
        ),
        is_wrapped=True,
    ),
    Layout(  # the first article may have a list of all above it, which no date and copyright follow
        "Nexis Uni",
        mark=r"^End of Document$",
        is_mark_below=True,
        text=r"^Body$",
        tail=r"^(?:Classification|Graphic|Notes|Load-Date:.*)$",
        fields=(
            rf"^(?P<title>.+)\n+(?P<outlet>.+)\n+{DAY}\n+(?:.+\n+)?(?:Copyright\b|[A-Z][a-z]+:|\Z)",
            r"^(?:Byline|Author):\s*(?P<author>.+)",
        ),
    ),
    Layout(  # Source: field codes of Factiva's display "full article plus indexing".
        "Factiva",
        mark=rf"^(?=HD{GAP})",
        is_mark_below=False,
        text=rf"^(?:LP|TD){GAP}",
        tail=rf"{CODES}{GAP}|^AN\s+Document ",
        fields=tuple(
            rf"^{code}{HEAD_GAP}(?P<{code}>(?s:.*?))(?={CODES}{HEAD_GAP}|\Z)"
            for code in ("HD", "BY", "PD", "SN")
        ),
    ),
    Layout(  # headline, perhaps byline, words, day, perhaps time, outlet, code, language, copyright, text
        "Factiva",
        mark=r"^Document [A-Za-z0-9]{20,40}$",
        is_mark_below=True,
        text=r"^(?:English|German|French|(?:Copyright|©|\(c\)).*)$",
        tail=r"\Z",
        fields=(
            r"\A\s*(?P<title>.+)\n+(?:(?:By )?(?P<author>.+)\n+(?:.+\n+)*?)?[\d,]+ words\n+"
            r"(?P<date>.+)\n+(?:\d{1,2}:\d\d.*\n+)?(?P<outlet>.+)",
        ),
    ),
)


def find_export(text: str, name: str) -> list[Found]:
    """The articles of an export; none if the text has no known layout.

    Raises:
        NoArticle: the fields of the layout cannot be told from words.
    """
    plain = "\n".join(line.strip() for line in text.replace("\u00a0", " ").split("\n"))
    close = (rf"^{code} \S" for code in ("HD", "PD", "(?:LP|TD)"))
    if not re.search(rf"^HD{GAP}", plain, re.M) and all(re.search(one, plain, re.M) for one in close):
        raise NoArticle("has the letters of Factiva (HD, PD, TD) without a tab: export it as .rtf or .html")
    for layout in LAYOUTS:
        parts = re.split(layout.mark, plain, flags=re.M)
        records = parts[:-1] if layout.is_mark_below else parts[1:]
        found = [export_article(one, layout, f"{name}:{i}") for i, one in enumerate(records, start=1)]
        if any(isinstance(one, Draft) for one in found):
            return found
    return []


def export_article(record: str, layout: Layout, where: str) -> Draft | Refusal:
    """The article of a record, or the reason why there is none."""
    head, *parts = re.split(layout.text, record, maxsplit=2, flags=re.M)
    told = [re.split(layout.tail, part, maxsplit=1, flags=re.M)[0] for part in parts]
    if not any(map(str.strip, told)):
        return Refusal(where, f"is a {layout.name} record without a text, expected the full text")
    given: dict[str, str] = {}
    for pattern in layout.fields:
        if match := re.search(pattern, head[-HEAD_CHARS:], re.M):
            given = {key: " ".join((value or "").split()) for key, value in match.groupdict().items()} | given
    fields = record_fields(given)
    fields["published_date"] = written_date(fields.get("published_date", "")) or ""
    paragraphs = (line for part in told for line in part.split("\n") if line.strip())
    text = unwrapped("\n\n".join(told)) if layout.is_wrapped else "\n\n".join(paragraphs)
    return record_draft(where, {**fields, "text": text.strip()})
