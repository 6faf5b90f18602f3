"""Saved emails and their attachments."""

from email.message import EmailMessage

import pytest

from tests.reading import found_in, is_article

READ = {
    "mailing.eml": (
        "Café summit ends",
        "2024-03-15",
        "The Morning Brief",
        "in a café ended on Friday without a word on the border, two delegates said."
        "\n\nThey will meet again in May.",
    ),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])


def test_a_mail_in_an_unknown_encoding_is_read():
    mail = "Subject: Talks\nContent-Type: text/plain; charset=x-unknown\n\nThe envoys met in Zürich."
    assert [draft.text for draft in found_in(mail, ".eml")] == ["Talks\n\nThe envoys met in Zürich."]


def test_attachments_are_read_by_their_own_format_but_no_message_in_a_message():
    message = EmailMessage()
    message["Subject"] = "Two stories"
    message.set_content("See the files.")
    message.add_attachment("A story\n\nIt is short.", filename="a.txt")
    message.add_attachment(b"Subject: Inner\n\nText.", "application", "octet-stream", filename="b.eml")
    body, attached, inner = found_in(message.as_bytes(), ".eml")
    assert (body.title, attached.path, attached.title) == ("Two stories", "a.eml:a.txt", "A story")
    assert inner.reason.startswith("is a .eml file inside another file")
