"""Saved emails."""

from collections.abc import Iterator

from analysis.ingest.dates import written_date
from analysis.ingest.draft import Draft, Found, read_limited, with_title
from analysis.ingest.encoding import decode
from analysis.ingest.file_format import EnclosedFile, FileFormat, Source
from analysis.ingest.html_text import html_paragraphs
from analysis.ingest.paragraphs import unwrapped


def read_mail(source: Source) -> Iterator[Found | EnclosedFile]:
    """One article from the subject, date and text of a message, and the files attached to it.

    Only a mailing (it has a List-Id or says how to unsubscribe) names its sender as the outlet: any other
    message may have been forwarded by a colleague.
    """
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(read_limited(source.stream), policy=default)
    if not message.keys():
        raise ValueError("is not an email, expected a message with a header")
    part = message.get_body(("plain", "html"))
    content = part_text(part) if part and part.get_content_maintype() == "text" else ""
    is_html = bool(part) and part.get_content_subtype() == "html"
    text = html_paragraphs(content) if is_html else unwrapped(content.partition("\n-- \n")[0])
    subject = str(message["subject"] or "").strip()
    if text.strip():
        day = written_date(str(message["date"] or ""))
        yield Draft(source.name, with_title(subject, text), subject or None, day, mailing_name(message))
    attached = [part for part in message.iter_attachments() if part.get_filename()]
    for part in attached:
        yield EnclosedFile(part.get_filename(), part.get_payload(decode=True) or b"")
    if not text.strip() and not attached:
        raise ValueError("is an email without text, expected one that contains an article")


def part_text(part) -> str:
    """The text of a part of a message, in the encoding it declares or, if that is unknown, the likely one."""
    try:
        return part.get_content()
    except LookupError:
        return decode(part.get_payload(decode=True))


def mailing_name(message) -> str | None:
    """The name of the sender, if the message is a mailing."""
    sender = message["from"]
    is_mailing = message["list-id"] or message["list-unsubscribe"]
    return (sender.addresses[0].display_name or None) if is_mailing and sender and sender.addresses else None


FORMATS = (FileFormat("Saved email", (".eml",), read_mail, media_types=("message/rfc822",)),)
