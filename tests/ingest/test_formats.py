"""The formats of files: what each reader makes of its samples, and which there are."""

import json
from email.message import EmailMessage
from html import escape
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from analysis.cli import app
from analysis.ingest.corpus import load_corpus
from analysis.ingest.draft import Draft
from analysis.ingest.file_formats import FORMATS, ending_of
from analysis.ingest.records import record_fields
from tests.reading import found_in, is_article
from tests.samples import FIXTURES

READ = {  # title, date, outlet and the end of the text of each article in the samples
    "bundle.zip:a/inner.txt": ("Zipped story", None, None, "was read on Monday."),
    "bundle.zip:d.eml": ("Zipped mail", None, None, "was read too."),
    "entries.atom:1": ("Ferry line restored", "2024-03-09", "Hentzau Bulletin", "ran again on Saturday."),
    "factiva.html:1": (
        "Central banks agree on swap line",
        "2024-03-19",
        "Example Newswires",
        "on Tuesday.\n\nThe line is for one year, both banks said.",
    ),
    "factiva.html:2": ("Ambassador called home", "2024-03-20", "Example Newswires", "on Wednesday."),
    "factiva.rtf:1": (
        "Pipeline deal “close”",
        "2024-03-21",
        "Example Gazette",
        "on Thursday.\n\nA signature may follow in April.",
    ),
    "feed.xml:1": (
        "Grain ships sail",
        "2024-03-08",
        "Strelsau Wire",
        'on Friday.\n\nThe harbour master said "all went well".',
    ),
    "lines.jsonl:1": ("Fishing pact signed", "2024-03-13", "The Coast", "on Wednesday."),
    "list.json:1": ("Gas line repaired", "2024-03-14", None, "the company said."),
    "mailing.eml": (
        "Café summit ends",
        "2024-03-15",
        "The Morning Brief",
        "in a café ended on Friday without a word on the border, two delegates said."
        "\n\nThey will meet again in May.",
    ),
    "mojibake.txt": (
        "Repaired text",
        None,
        None,
        "doesn’t expect a treaty before the summit in Zürich, and that “nothing is agreed” yet.",
    ),
    "nexis.txt:1": (
        "Minister visits the disputed islands for the first time",
        "2024-03-16",
        "The Example Times",
        "visited the disputed islands on Saturday, his first journey there since he took office last year."
        "\n\nSylvania protested within the hour.",
    ),
    "nexis.txt:2": ("Radar post built on the cape", "2024-03-18", "The Example Times", "pictures show."),
    "nexis_uni.docx:1": ("Troops leave the valley", "2024-03-23", "The Example Post", "on Saturday."),
    "nexis_uni.docx:2": ("Vote put off", "2024-03-24", "The Example Post", "the speaker said."),
    "note.md": ("Harbour talks go on", "2024-03-06", "The Weekly Ledger", "They will meet next week."),
    "page.html": (
        "Envoys leave the lake",
        "2024-03-07",
        "The Daily Example",
        "that brought no treaty.\n\nA second round may follow in the summer, officials of both delegations "
        "told reporters at the gate of the hotel.",
    ),
    "plain.txt": ("Ruritania and Sylvania reopen border road", None, None, "the Ruritanian minister said."),
    "story.docx": ("Two ships collide", None, None, "off the cape on Monday."),
    "story.pdf": (
        "Observers watch the ceasefire",
        None,
        None,
        "along the river on Sunday, and found it kept in all places but one.\n\nA report is due in a week.",
    ),
    "table.csv:3": (
        "Steel tariff raised",
        "2024-03-10",
        "The Ledger",
        'on Sunday.\nRuritania called the step "unwise".',
    ),
    "table.csv:5": ("Dam talks stall", "2024-03-11", "The Ledger", "the water minister said."),
    "table.tsv:2": ("Bridge guarded again", "2024-03-12", None, "on Tuesday."),
    "table.xlsx:2": ("Rail link opens", "2024-03-26", None, "on Tuesday."),
    "windows.txt": (
        "Windows text from Zürich",
        None,
        None,
        "said “nothing was agreed” on Sunday, the minister’s aide told reporters.",
    ),
}
REFUSED = {
    "bundle.zip:../out.txt": "has a path that leads out of its archive",
    "bundle.zip:b.zip": "is a .zip file inside another file",
    "german.txt": "is in German, expected an article in English",
    "locked.pdf": "is locked with a password",
    "photo.png": "has the ending .png, expected one of .atom, .csv, .docx",
    "scan.pdf": "is a PDF without text, perhaps a scan",
    "table.csv:4": "is empty in the column 'Body', expected a text",
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])


@pytest.mark.parametrize("path", REFUSED)
def test_a_sample_without_an_article_is_rejected_with_the_reason(samples, path):
    assert samples[1][path].startswith(REFUSED[path])


def test_every_sample_is_read_or_rejected_and_every_format_has_one(samples):
    articles, reasons = samples
    names = {path.partition(":")[0] for path in [*articles.index, *reasons]}
    assert {path.name for path in FIXTURES.iterdir()} <= names
    read = {ending_of(path.partition(":")[0]) for path in articles.index}
    assert [one.name for one in FORMATS if not read & set(one.endings)] == []


def test_the_first_line_is_the_title_only_if_it_looks_like_a_headline():
    assert found_in("Envoys meet in Rome\n\nThey met on Monday.", ".txt")[0].title == "Envoys meet in Rome"
    assert found_in("The envoys met on Monday.\n\nThey agreed on little.", ".txt")[0].title is None


def test_markdown_loses_its_marks_and_keeps_its_front_matter():
    text = (
        "---\ntitle: Envoys meet\ndate: 2024-03-05\nsource: The Daily\n---\n"
        "# Envoys meet\n\nThey *met* [here](http://x.example).\n"
    )
    (draft,) = found_in(text, ".md")
    assert (draft.title, draft.outlet, draft.published_date) == ("Envoys meet", "The Daily", "2024-03-05")
    assert draft.text == "Envoys meet\n\nThey met here."
    (draft,) = found_in("One <b onclick=x>two</b>\n\n<script>three</script>\n\nfour", ".md")
    assert draft.text == "One two\n\nfour"


def test_an_entry_of_a_feed_without_text_is_rejected_and_the_others_are_read():
    feed = (
        "<rss version='2.0'><channel><item><title/><description/></item>"
        "<item><title>Talks</title><description>The envoys met.</description></item></channel></rss>"
    )
    refusal, draft = found_in(feed, ".rss")
    assert refusal.reason.startswith("is an entry without text")
    assert draft.text == "Talks\n\nThe envoys met."


def test_each_line_is_an_article_and_a_bad_one_is_rejected_with_its_number():
    good = {
        "text": "The envoys met.",
        "title": "Talks",
        "date": "2024-03-05T10:00:00Z",
        "source": "The Daily",
    }
    lines = [json.dumps(good), "{broken", json.dumps({"title": "no text"}), "[1]"]
    draft, *refusals = found_in("\n".join(lines), ".jsonl")
    assert draft == Draft("a.jsonl:1", "Talks\n\nThe envoys met.", "Talks", "2024-03-05", "The Daily")
    assert [refusal.path for refusal in refusals] == ["a.jsonl:2", "a.jsonl:3", "a.jsonl:4"]
    assert refusals[0].reason.startswith("is not JSON")
    assert refusals[1].reason == "has no text, expected an object with the key text and a string"


@pytest.mark.parametrize(
    "content",
    [
        '{"count": 1, "docs": [{"body": "The envoys met."}]}',
        '{"text": "The envoys met.", "tags": [{"a": 1}]}',
        '[{"text": "The envoys met."}]',
    ],
)
def test_json_may_be_a_record_or_a_list_of_them_perhaps_under_some_key(content):
    (draft,) = found_in(content, ".json")
    assert (draft.path, draft.text) == ("a.json:1", "The envoys met.")


def test_a_mail_in_an_unknown_encoding_is_read():
    mail = "Subject: Talks\nContent-Type: text/plain; charset=x-unknown\n\nThe envoys met in Zürich."
    assert [draft.text for draft in found_in(mail, ".eml")] == ["Talks\n\nThe envoys met in Zürich."]


def test_only_a_mailing_names_its_sender_as_the_outlet():
    mail = "From: Jo Roe <jo@desk.example>\nSubject: Talks\n{}\nThe envoys met."
    heads = ("", "List-Id: <a.example>\n", "List-Unsubscribe: <mailto:x@a.example>\n")
    outlets = [found_in(mail.format(head), ".eml")[0].outlet for head in heads]
    assert outlets == [None, "Jo Roe", "Jo Roe"]


@pytest.mark.parametrize(
    "day", ["Date: Wed, Nov 18, 2026 at 6:30 PM", "Sent: Wednesday, 18 November 2026 18:30"]
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_forwarded_message_is_the_one_inside(kind, day):
    lines = ["See below.", "---------- Forwarded message ---------", "From: Mekong Herald <news@m.example>"]
    lines += [
        day,
        "Subject: A truce",
        "To: Jo <jo@desk.example>,\r\n  Al <al@desk.example>",
        "",
        "The envoys met.",
        "",
        "They signed.",
    ]
    body = "\r\n".join(lines) if kind == "plain" else "".join(f"<div>{escape(line)}</div>" for line in lines)
    head = (
        f"From: Jo\nSubject: Fwd: A truce\nDate: Thu, 19 Nov 2026 08:00:00 +0000\nContent-Type: text/{kind}"
    )
    (draft,) = found_in(f"{head}\n\n{body}", ".eml")
    assert draft.text == "A truce\n\nThe envoys met.\n\nThey signed."
    assert (draft.title, draft.published_date, draft.outlet) == ("A truce", "2026-11-18", None)


def test_attachments_are_read_by_their_own_format_but_no_message_in_a_message():
    message = EmailMessage()
    message["Subject"] = "Two stories"
    message.set_content("See the files.")
    message.add_attachment("A story\n\nIt is short.", filename="a.txt")
    message.add_attachment(b"Subject: Inner\n\nText.", "application", "octet-stream", filename="b.eml")
    body, attached, inner = found_in(message.as_bytes(), ".eml")
    assert (body.title, attached.path, attached.title) == ("Two stories", "a.eml:a.txt", "A story")
    assert inner.reason.startswith("is a .eml file inside another file")


def test_fields_are_recognised_under_the_names_that_publishers_use():
    record = {"Headline": "A", "Pub-Date": "5 March 2024", "body": "B", "source": {"id": 1}}
    assert record_fields(record) == {"title": "A", "published_date": "2024-03-05", "text": "B"}


def archive(*names: str) -> bytes:
    """A .zip with a sentence under each name."""
    content = BytesIO()
    with ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "" if name.endswith("/") else "Iran condemned the United States on Monday.")
    return content.getvalue()


def sheet(*rows: list[str]) -> bytes:
    """An .xlsx with these rows."""
    content, book = BytesIO(), Workbook()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("onlyheader.csv", b"title,text\n"),
        ("onlyheader.xlsx", sheet(["title", "text"])),
        ("empty.json", b"[]"),
        ("blank.jsonl", b"\n\n  \n"),
        ("hidden.zip", archive(".a.txt", "__MACOSX/b.txt", ".git/c.txt", "a/")),
    ],
)
def test_a_file_that_yields_nothing_is_rejected_with_a_reason(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    articles, rejected = load_corpus(tmp_path)
    assert len(articles) == 0
    reason = "contains no article, expected at least one that is neither blank nor hidden"
    assert rejected[["path", "reason"]].values.tolist() == [[name, reason]]
    result = CliRunner().invoke(app, ["add", str(tmp_path / name), "--seeds", str(tmp_path / "seeds")])
    assert result.exit_code == 2
    assert reason in result.stderr


@pytest.mark.parametrize("gap", ["\t", "   ", "\n", "\n\n", " "])
def test_factiva_letters_in_plain_text_are_fields(gap):
    fields = ("HD", "Talks fail"), ("PD", "25 March 2025"), ("SN", "The Coast"), ("LP", "They met in Rome.")
    record = "\n".join(f"{code}{gap}{value}" for code, value in (*fields, ("TD", "They left.")))
    found = found_in(f"{record}\n\n{record}\n", ".txt")
    if gap == " ":
        assert "export it as .rtf or .html" in found[0].reason
    else:
        assert [one[1:5] for one in found] == [
            ("Talks fail\n\nThey met in Rome.\n\nThey left.", "Talks fail", "2025-03-25", "The Coast")
        ] * 2
