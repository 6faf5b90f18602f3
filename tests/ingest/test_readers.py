"""One sample of each format: the right title, day, outlet and text, and the reason for each that is none."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.corpus import load_corpus
from analysis.ingest.draft import Source, is_wrapped, record_fields, unwrapped, written_date
from analysis.ingest.encoding import decode, foreign_language, repaired
from analysis.ingest.readers import html_text, read_source
from analysis.ingest.spreadsheets import choose_columns, figure_date, figure_order
from tests.samples import write_samples

READ = {
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
    "nexis.txt:2": (
        "Radar post built on the cape",
        "2024-03-18",
        "The Example Times",
        "satellite pictures show.",
    ),
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
    "plain.txt": (
        "Ruritania and Sylvania reopen border road",
        None,
        None,
        "the Ruritanian minister said.",
    ),
    "proquest.txt:1": (
        "Parliament votes on the treaty",
        "2024-03-22",
        "The Example Herald",
        "The government expects a narrow majority.\n\nThe opposition wants a referendum.",
    ),
    "proquest.txt:2": ("Treaty passes", "2024-03-23", "The Example Herald", "the speaker of the house said."),
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
REJECTED = {
    "bundle.zip:../out.txt": "has a path that leads out of its archive",
    "bundle.zip:b.zip": "is a .zip file inside another file",
    "feed.xml:2": "is an entry without text",
    "german.txt": "is in German, expected an article in English",
    "lines.jsonl:2": "has no text",
    "locked.pdf": "is locked with a password",
    "photo.png": "has .png, expected one of .txt",
    "scan.pdf": "is a PDF without text, perhaps a scan",
    "table.csv:4": "has nothing in the column 'Body'",
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus") / "samples"
    write_samples(folder)
    articles, rejected = load_corpus(folder)
    return articles.set_index("path"), rejected.set_index("path")["reason"].to_dict()


def test_every_sample_is_read_or_rejected(corpus):
    articles, rejected = corpus
    assert (set(articles.index), set(rejected)) == (set(READ), set(REJECTED))


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_day_outlet_and_text(corpus, path):
    row = corpus[0].loc[path]
    title, day, outlet, end = READ[path]
    assert row["title"] == title
    assert str(row["published_date"]).partition(" ")[0] == (day or "NaT")
    assert row["outlet"] == outlet or (outlet is None and row.isna()["outlet"])
    assert row["text"].startswith(f"{title}\n\n") and row["text"].endswith(end)
    assert "junk" not in row["text"]


@pytest.mark.parametrize("path", REJECTED)
def test_a_sample_that_is_no_article_is_rejected_with_the_reason(corpus, path):
    assert corpus[1][path].startswith(REJECTED[path])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 5, 2024 Tuesday", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
        ("Tue, 05 Mar 2024 10:00:00 +0000", "2024-03-05"),
        ("2024-03-05T23:30:00-05:00", "2024-03-05"),
        ("Sept. 5, 2024", "2024-09-05"),
        ("The Marchers, 2024", None),
        ("03/04/2024", None),  # April to one reader, March to another
        ("31 February 2024", None),
        ("yesterday", None),
    ],
)
def test_a_day_is_read_where_it_is_written_without_doubt(text, day):
    assert written_date(text) == day


def test_lines_broken_at_a_margin_become_paragraphs():
    text = "A heading\nThe ministers met on Monday in a hotel by the\nlake and spoke for an hour.\nThey left."
    assert unwrapped(text) == (
        "A heading\n\nThe ministers met on Monday in a hotel by the lake and spoke for an hour.\n\nThey left."
    )


WRAPPED = """Envoys meet in Rome

The envoys of two countries met on Monday in a hotel
by the lake and spoke for an hour about the border, the
river and the price of grain. They will meet again.

Nobody else came to the lake, said an official who had
asked not to be named."""


def test_a_plain_text_whose_lines_were_broken_at_a_margin_is_read_by_paragraph(tmp_path):
    (tmp_path / "wire.txt").write_text(WRAPPED, encoding="utf-8")
    articles, _ = load_corpus(tmp_path)
    assert articles["title"].tolist() == ["Envoys meet in Rome"]
    assert articles["text"].iloc[0].split("\n\n") == [
        " ".join(paragraph.split("\n")) for paragraph in WRAPPED.split("\n\n")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A paragraph a line, which ends where a sentence ends.\nThe next one does so too, after a while.",
        "A headline\nBy Ann Bell\nROME\nThe envoys met on Monday in a hotel by the lake and spoke at length.",
        f"{'word ' * 40}without an end\n{'word ' * 40}without an end\n{'word ' * 40}.",
    ],
)
def test_a_text_with_a_paragraph_a_line_stays_as_it_is(text):
    assert not is_wrapped(text)


def test_fields_are_known_by_the_names_that_others_give_them():
    record = {"Headline": "A", "Pub-Date": "5 March 2024", "body": "B", "source": {"id": 1}}
    assert record_fields(record) == {
        "title": "A",
        "published_date": "2024-03-05",
        "text": "B",
    }


def test_a_table_without_a_telling_name_is_read_by_the_length_of_its_cells():
    sample = [(2, ["x", "word " * 40])]
    assert choose_columns(["No", "Inhalt"], sample, {}) == {"text": "Inhalt"}
    with pytest.raises(ValueError, match="has no column of texts among No, Inhalt: name it with"):
        choose_columns(["No", "Inhalt"], [(2, ["x", "y"])], {})


@pytest.mark.parametrize(
    ("values", "days"),
    [
        (["03/04/2024", "13/04/2024"], ["2024-04-03", "2024-04-13"]),
        (["3/4/2024", "3/14/2024"], ["2024-03-04", "2024-03-14"]),
        (["03/04/2024", "12/04/2024"], ["03/04/2024", "12/04/2024"]),  # both could be either
        (["13/04/2024", "03/14/2024"], ["13/04/2024", "03/14/2024"]),  # they contradict each other
        (["5 March 2024", "31.01.2024"], ["5 March 2024", "2024-01-31"]),
    ],
)
def test_days_in_figures_are_read_if_one_of_a_column_tells_their_order(values, days):
    order = figure_order(values)
    assert [figure_date(value, order) for value in values] == days


def found_in(content, suffix):
    return list(read_source(Source(io.BytesIO(content), "a", {}), suffix))


def test_a_mail_in_an_unknown_encoding_is_read():
    mail = "Subject: Talks\nContent-Type: text/plain; charset=x-unknown\n\nThe envoys met in Zürich."
    assert [draft.text for draft in found_in(mail.encode(), ".eml")] == ["Talks\n\nThe envoys met in Zürich."]


def test_an_entry_without_a_text_does_not_cost_the_others():
    feed = (
        "<rss version='2.0'><channel><item><title/><description/></item>"
        "<item><title>Talks</title><description>The envoys met.</description></item></channel></rss>"
    )
    refusal, draft = found_in(feed.encode(), ".rss")
    assert refusal.reason.startswith("is an entry without text")
    assert draft.text == "Talks\n\nThe envoys met."


def test_told_columns_win_and_must_exist():
    assert choose_columns(["text", "Lead"], [], {"text": "Lead"}) == {"text": "Lead"}
    with pytest.raises(ValueError, match="has no column 'Leed', expected one of text, Lead"):
        choose_columns(["text", "Lead"], [], {"text": "Leed"})


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_the_encoding_of_a_text_is_found(encoding):
    text = "The envoys said “nothing was agreed” in Zürich — the minister’s aide told reporters on Monday."
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r"])
def test_a_text_in_another_script_is_decoded_so_that_its_language_can_be_told(encoding):
    text = "Министры иностранных дел встретились в понедельник в Женеве и ничего не решили, "
    assert foreign_language(decode((text * 2).encode(encoding))) == "Russian"


@pytest.mark.parametrize(
    "text",
    [
        "Ministers met.",
        "Xi Jinping, Li Qiang and Wang Yi received Prabowo Subianto, Anwar Ibrahim and Ferdinand Marcos Jr.",
        "Les ministres",  # too short to tell
    ],
)
def test_english_and_short_texts_pass(text):
    assert foreign_language(text) is None


def test_text_that_was_never_broken_is_not_repaired():
    for text in ("“Naïve façade”, she said — in São Paulo…", "Â", "Ãlvaro", "DÉJÀ VU"):
        assert repaired(text) == text


def test_html_gives_its_words_by_block_and_no_script():
    markup = (
        "<p>One<br>two <b>th</b>ree</p><script>x</script><table><tr><td>a</td><td>b</td></tr></table>&amp;"
    )
    assert html_text(markup) == "One\ntwo three\na\tb\n&"


@given(st.text())
def test_repair_and_unwrapping_take_any_text(text):
    unwrapped(text)
    written_date(text)
    if not any("\ud800" <= character <= "\udfff" for character in text):
        repaired(text)
