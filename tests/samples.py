"""One sample of each format, written by ourselves; binary ones are built here.

usage: python -m tests.samples FOLDER
"""

import shutil
import sys
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter

FIXTURES = Path(__file__).parent / "fixtures"
PDF_LINES = (
    "Observers watch the ceasefire",
    "",
    "Observers of four nations watched the ceasefire along the river on Sun-",
    "day, and found it kept in all places but one.",
    "A report is due in a week.",
)
UNI_RECORD = """{title}
{outlet}
{day}
Copyright 2024 {outlet}
Section:\u00a0WORLD
Length:\u00a020 words
Byline:\u00a0Jane Roe
Body
{text}
Classification
Language:\u00a0ENGLISH
Load-Date:\u00a0March 30, 2024
End of Document"""


def write_samples(folder: Path) -> None:
    """A folder with every sample: readable ones, and some to be rejected."""
    shutil.copytree(FIXTURES, folder)
    (folder / "story.pdf").write_bytes(pdf(PDF_LINES))
    (folder / "locked.pdf").write_bytes(locked(pdf(PDF_LINES)))
    (folder / "scan.pdf").write_bytes(pdf(()))
    (folder / "story.docx").write_bytes(
        docx(["Two ships collide", "Two ships collided off the cape on Monday."])
    )
    (folder / "nexis_uni.docx").write_bytes(docx(uni_lines()))
    (folder / "table.xlsx").write_bytes(workbook())
    (folder / "bundle.zip").write_bytes(
        archive(
            {
                "a/inner.txt": b"Zipped story\n\nThe story of the zipped file was read on Monday.",
                "../out.txt": b"Out\n\nThis one leads out.",
                "b.zip": archive({"c.txt": b"deep"}),
                "d.eml": b"Subject: Zipped mail\n\nThe mail in the archive was read too.",
            }
        )
    )
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")


def pdf(lines) -> bytes:
    """A page of text by hand: three objects of structure, a font, and the text."""
    words = "".join(f"({line}) Tj T* " for line in lines)
    content = f"BT /F1 12 Tf 72 720 Td 14 TL {words}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + trailer


def locked(raw: bytes) -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.append(PdfReader(BytesIO(raw)))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def docx(lines) -> bytes:
    document, out = Document(), BytesIO()
    document.core_properties.title = ""
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def uni_lines() -> list[str]:
    """A Nexis Uni export begins with a list of its articles."""
    cover = [
        "Date and Time: Monday, March 25, 2024",
        "Documents (2)",
        "1. Troops leave the valley",
        "2. Vote",
    ]
    records = [
        (
            "Troops leave the valley",
            "March 23, 2024 Saturday",
            "The last troops left the valley on Saturday.",
        ),
        ("Vote put off", "March 24, 2024 Sunday", "The vote was put off by a month, the speaker said."),
    ]
    filled = [
        UNI_RECORD.format(title=title, outlet="The Example Post", day=day, text=text).split("\n")
        for title, day, text in records
    ]
    return cover + filled[0] + filled[1]


def workbook() -> bytes:
    book, out = Workbook(), BytesIO()
    book.active.append(["Title", "Date", "Full text"])
    book.active.append(["Rail link opens", datetime(2024, 3, 26), "The rail link opened on Tuesday."])
    book.save(out)
    return out.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in members.items():
            bundle.writestr(name, content)
    return out.getvalue()


if __name__ == "__main__":
    write_samples(Path(sys.argv[1]))
