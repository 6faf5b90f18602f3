"""`faultline search` finds, says what is wrong in one sentence, and lets no text take over the terminal."""

import json

import pytest
from typer.testing import CliRunner

from analysis.cli import app

HOSTILE = "\x1b[31m<b>red</b>\u202e=cmd"
TEXTS = {
    "talks.txt": "China met Japan in Rome. The envoy said that a tanker was safe. "
    + "Ministers talked. " * 12,
    "ships.txt": f"Two tankers left Hormuz {HOSTILE} on Monday. " + "The sea was calm. " * 12,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("search")
    (place / "seeds").mkdir()
    for name, text in TEXTS.items():
        (place / "seeds" / name).write_text(text)
    (place / "seeds" / "metadata.csv").write_text(
        "file,title,published_date,outlet,author,url,note\n"
        "talks.txt,Talks in Rome,2024-04-01,The Daily,,,\nships.txt,Ships leave,2024-04-02,Wire,,,\n"
    )
    return place


@pytest.fixture
def search(folder, monkeypatch):
    monkeypatch.chdir(folder)
    return lambda *words: CliRunner().invoke(app, ["search", *words])


@pytest.mark.model
def test_what_matches_is_shown_with_its_source(search):
    done = search("tanker AND Hormuz")
    assert done.exit_code == 0
    head, _, source, text, file, *_ = done.stdout.splitlines()
    assert head == "1 article matches; 2 articles searched:"
    assert source == "2024-04-02  Wire  Ships leave"
    assert text.startswith("    Two tankers left Hormuz")
    assert file == "    ships.txt"


@pytest.mark.model
def test_filters_narrow_and_a_statement_names_its_speaker(search):
    assert "Talks in Rome" in search("tanker", "--country", "JPN").stdout
    assert "Ships leave" not in search("tanker", "--pair", "CHN-JPN").stdout
    assert "Ships leave" not in search("tanker", "--outlet", "daily").stdout
    assert "1 article matches" in search("tanker", "--since", "2024-04-02").stdout
    assert "envoy; talks.txt" in search("tanker", "--speaker", "envoy").stdout


@pytest.mark.model
def test_nothing_is_found_in_one_line_that_says_what_would_match(search):
    done = search("tanker zebra")
    assert done.exit_code == 0
    hint = (
        'No article matches the whole query. By itself, each part matches: "tanker" 2 articles, "zebra" none.'
    )
    assert done.stdout == f"{hint} 2 articles searched.\n"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            ["tanker AND"],
            "faultline: the search 'tanker AND' cannot be understood: AND, OR, NOT and - need words",
        ),
        (['"tanker'], "opens a quotation mark but does not close it"),
        ([""], "has no word to look for"),
        (["tanker", "--in", "page"], "--in is 'page', expected articles, titles, sentences or statements"),
        (["tanker", "--since", "soon"], "--since is 'soon', expected a date such as 2024-04-20"),
        (["tanker", "--country", "Atlantis"], "--country is 'Atlantis'"),
        (["tanker", "--seeds", "nowhere"], "nowhere does not exist, expected a folder of articles"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_2(search, words, reason):
    done = search(*words)
    assert done.exit_code == 2
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


@pytest.mark.model
def test_hostile_text_is_harmless_in_every_form(search):
    for words in (["tanker"], ["tanker", "--json"], ["red", "--in", "sentences"]):
        shown = search(*words).stdout
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "<b>red</b>" in shown


@pytest.mark.model
def test_json_has_one_object_a_line_with_the_places_of_the_words(search):
    lines = search("tanker", "--in", "sentences", "--json").stdout.splitlines()
    hits = [json.loads(line) for line in lines]
    assert len(hits) == 2
    for hit in hits:
        assert [hit["text"][start:end].rstrip("s") for start, end in hit["text_marks"]] == ["tanker"]
        assert hit["passage"] == "sentence"


@pytest.mark.model
def test_words_are_bold_on_a_terminal_and_plain_elsewhere(search):
    words = ["tanker", "--in", "sentences"]
    assert "tankers" in (plain := search(*words).stdout) and "\x1b[" not in plain
    assert "\x1b[1mtankers\x1b[0m" in CliRunner().invoke(app, ["search", *words], color=True).stdout
