"""The command line: what it prints, and the message for each mistake."""

import json
import shutil
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app, main
from analysis.commands.shared import print_table, progress
from analysis.pipeline import annotate as annotating
from analysis.pipeline.annotate import bounded_lines

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_5a213ee456dd8f63.txt"
HEADER = "file,title,published_date,outlet,author,url,note\n"
SECOND = (
    "France and Germany sign energy pact\n\n"
    "France and Germany signed an agreement on natural gas in Paris on Monday.\n\n"
    '"This pact binds our two countries," French President Emmanuel Macron told reporters.\n'
)


def invoke(*words, given=None):
    return CliRunner().invoke(app, [str(word) for word in words], input=given)


def lines_of(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def one_sentence(text):
    said = [line for line in text.splitlines() if line.startswith("faultline: ")]
    return len(said) == 1 and "Traceback" not in text


@pytest.fixture
def seeds(tmp_path):
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "a.txt").write_text(SECOND)
    return folder


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("brief --seeds EMPTY", "has no article: expected files ending in .atom, .csv, .docx"),
        ("check --seeds EMPTY", "EMPTY has no article: expected files ending in .atom, .csv, .docx"),
        ("check --seeds nope", "nope does not exist, expected a folder of articles"),
        ("check --seeds UNDATED", "metadata.csv:2: published_date is '5 March', expected a date"),
        ("annotate nope.jsonl", "nope.jsonl does not exist, expected a file of JSON Lines"),
        ("annotate seeds", "seeds is a folder, expected a file of JSON Lines"),
        ("add seeds", "seeds is a folder, expected a file or an address of articles: copy its files into"),
        ("lab --notebooks nope", "nope is no"),
        ("brief --notebooks nope", "nope is no"),
        ("brief --notebook weather", "no notebook 'weather', expected one of: 00-corpus, 01-topic-breakdown"),
        ("brief --out README.md", "README.md is a file, expected a folder for briefings"),
        ("brief --period fortnight", "--period is 'fortnight', expected auto, day, week, month,"),
        ("brief --period 2025-05-11..2025-05-05", "swap the two days"),
        ("brief --country Chinna", "Chinna may mean China (CHN), expected a country"),
        ("brief --country USA-CHN", "--country is 'USA-CHN', which is a pair: give it as --pair, or name"),
        ("brief --since 2024-05-02 --until 2024-05-01", "--since is 2024-05-02, which is after --until,"),
        ("brief --until May", "--until is 'May', expected a date such as 2024-04-20"),
        ("brief --front-only --notebook tension", "--front-only runs no notebook: leave out"),
        ("brief --periode week", "no such option: --periode (Possible options: --period)"),
        ("search talks --limit 0", "--limit is '0', expected a whole number from 1 to 10,000"),
        ("lab --port http", "--port is 'http', expected a whole number from 1 to 65,535"),
        ("frob", "no such command 'frob': `faultline --help` shows"),
        ("store no-store", "no-store does not exist, expected the folder of a store"),
    ],
)
def test_a_mistake_is_one_sentence_before_anything_is_written(monkeypatch, tmp_path, words, message):
    monkeypatch.chdir(ROOT)
    for name in ("EMPTY", "UNDATED"):
        (tmp_path / name).mkdir()
    (tmp_path / "UNDATED" / "a.txt").write_text(SECOND)
    (tmp_path / "UNDATED" / "metadata.csv").write_text(HEADER + "a.txt,,5 March,,,,\n")
    given = [str(tmp_path / word) if word in ("EMPTY", "UNDATED") else word for word in words.split()]
    out = [] if words.partition(" ")[0] != "brief" or "--out" in words else ["--out", str(tmp_path / "out")]
    result = invoke(*given, *out)
    assert result.exit_code == 2
    assert message in result.stderr
    assert one_sentence(result.stderr)
    assert not (tmp_path / "out").exists()


def test_control_characters_of_a_file_name_do_not_reach_the_terminal(seeds):
    (seeds / "\x1b[31mred.png").write_bytes(b"x")
    assert "\x1b" not in invoke("check", "--seeds", seeds).stderr


@pytest.mark.parametrize(
    ("name", "text", "code", "message"),
    [
        ("b.txt", "A second story\n\nIt is short.", 0, "b.txt: 1 article"),
        ("b.txt", "Envoys meet\n\nROME, October 5, 2026 - The envoys met.", 0, "date read from the opening"),
        ("w.jsonl", '{"text": "A good one. It is short."}\n{"title": "None"}\n', 2, "w.jsonl:2"),
        ("a.txt", "Another story\n\nIt is short.", 2, "already exists with a different text: rename"),
        ("c.txt", SECOND, 2, "a.txt, expected a new article"),
        ("b.txt", "\0\0\0\1", 2, "b.txt"),
    ],
)
def test_add_copies_what_is_good_and_explains_the_rest(seeds, tmp_path, name, text, code, message):
    (seeds / "metadata.csv").write_text(HEADER + "a.txt,,,The Daily,,,\n")
    (seeds / "wire.jsonl").write_text(json.dumps({"text": "A story of today."}) + "\n")
    (tmp_path / name).write_text(text)
    dated = ["--date", "2024-05-01"] if "ROME" not in text and "jsonl" not in name else []
    result = invoke("add", tmp_path / name, *dated, "--seeds", seeds)
    assert result.exit_code == code
    assert message in result.stdout + result.stderr
    has_row = f"{name},,2024-05-01,,,,\n" in (seeds / "metadata.csv").read_text()
    assert has_row == (code == 0 and bool(dated))
    if code == 0:
        assert name in invoke("check", "--seeds", seeds).stdout


def test_the_version_is_shown():
    result = invoke("--version")
    assert (result.exit_code, result.stdout) == (0, f"Faultline {version('faultline')}\n")


def test_annotate_keeps_the_order_and_marks_bad_lines():
    records = [
        json.dumps({"id": 1, "text": "Japan condemned China."}),
        "{broken",
        json.dumps({"id": 3}),
        "",
        json.dumps([4]),
        json.dumps({"id": 5, "text": "x", "targets": [[0, 9]]}),
        json.dumps({"id": 6, "text": "x", "pairs": [{"source": None}]}),
        '{"id": 7, "text": "half \\ud800"}',
        json.dumps({"id": 8, "text": ""}),
    ]
    result = invoke("annotate", given="\n".join(records))
    rows = lines_of(result)
    assert result.exit_code == 0
    assert [row["id"] for row in rows] == [1, None, 3, None, 5, 6, 7, 8]
    assert [row["error"] is None for row in rows] == [True] + [False] * 6 + [True]
    assert rows[3]["error"] == "line 5: the line is a list, expected an object with id and text"
    assert "targets[0] is [0, 9], expected [start, end] inside the text of 1 characters" in rows[4]["error"]
    fields = {"id", "quotes", "events", "topics", "relations", "stances", "attitudes", "error"}
    assert all(set(row) == fields for row in rows)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (5, "text is a number, expected a string"),
        (True, "text is true or false, expected a string"),
        ({"a": 1}, "text is an object, expected a string"),
        (" \n", None),
        ("😀 1,000", None),
        (
            "Die Minister trafen sich am Montag in Rom, um über den Frieden zu reden. " * 5,
            "text is in German,",
        ),
        ("Rom: Treffen am Montag.", None),  # too short to tell
        ("The ministers of both states met in Rome on Monday to speak of peace.", None),
    ],
)
def test_a_text_that_is_not_english_is_an_error_and_not_an_empty_annotation(text, message):
    (row,) = lines_of(invoke("annotate", given=json.dumps({"id": 1, "text": text})))
    assert row["error"] is None if message is None else row["error"].startswith(message)


@pytest.mark.parametrize("command", [["annotate"], ["brief"]])
def test_the_error_for_a_missing_or_altered_model_names_its_hash(monkeypatch, tmp_path, seeds, command):
    from analysis.nlp.parse import reader

    monkeypatch.setattr(reader, "MODELS", tmp_path)
    reader.load_reader.cache_clear()
    (tmp_path / "reader.json").write_bytes((ROOT / "analysis" / "models" / "reader.json").read_bytes())
    words = [*command, "--seeds", seeds] if command == ["brief"] else command
    for content, message in ((None, "is missing, expected sha256"), (b"x", "has sha256")):
        if content:
            (tmp_path / "reader.onnx").write_bytes(content)
        result = invoke(*words, given="")
        assert result.exit_code == 2
        assert f"reader.onnx {message}" in result.stderr
        assert one_sentence(result.stderr)


def test_annotate_gives_one_relation_per_pair_and_one_stance_per_target():
    text = "Japan condemned China."
    pair = {"source": [0, 5], "target": [16, 21]}
    record = {"id": "a", "text": text, "pairs": [pair, pair], "targets": [[16, 21]]}
    (row,) = lines_of(invoke("annotate", given=json.dumps(record)))
    assert [relation["root"] for relation in row["relations"]] == ["ACCUSE", "ACCUSE"]
    assert [relation["quad"] for relation in row["relations"]] == [3, 3]
    assert [stance["label"] for stance in row["stances"]] == [-1]
    assert [(event["source_id"], event["target_id"]) for event in row["events"]] == [("JPN", "CHN")]


def news(folder, *stories):
    """A folder of one file with a short story per (day or None, text)."""
    rows = [{"title": f"Story {n}", "text": text, "date": day} for n, (day, text) in enumerate(stories)]
    lines = [json.dumps({name: value for name, value in row.items() if value}) for row in rows]
    folder.mkdir(exist_ok=True)
    (folder / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def front(tmp_path, *words):
    """`faultline brief --front-only` on the folder of `news`: the result, and its numbers."""
    places = ["--seeds", tmp_path / "seeds", "--out", tmp_path / "out", "--store", tmp_path / "store"]
    result = invoke("brief", *places, "--notebooks", tmp_path / "none", "--front-only", *words)
    assert result.exit_code == 0, result.stderr
    page = Path(result.stdout.removeprefix("open this: ").rstrip("\n"))
    assert page.name == "briefing.html"
    return result, json.loads(page.with_name("briefing.json").read_text(encoding="utf-8"))


def messages(result):
    """What was said on standard error, but for the progress that a slow machine reports."""
    return [line for line in result.stderr.splitlines() if not line.endswith(" done")]


KEYS = {"events": "event_id", "articles": "article_id"}
CLASH = "Russia attacked Ukraine with drones on Monday. Ukraine condemned Russia, its minister said."
TARIFFS = "China condemned the United States on Sunday. The United States imposed sanctions on China."


def test_a_week_in_the_middle_of_the_news_is_reported_on_and_every_id_is_of_its_events_or_articles(tmp_path):
    news(tmp_path / "seeds", ("2025-05-01", CLASH), ("2025-05-07", TARIFFS), ("2025-06-20", CLASH))
    result, kept = front(tmp_path, "--period", "2025-05-05..2025-05-11")
    assert kept["period"] == {"from": "2025-05-05", "to": "2025-05-11", "is_everything": False}
    assert len(kept["articles"]) == 3  # what is not in the period is its background
    assert messages(result) == []
    events, articles = ({row[key] for row in kept[name]} for name, key in KEYS.items())
    rows = [*kept["judgments"], *kept["incidents"]]
    assert kept["judgments"] and kept["incidents"]
    assert all(row["event_ids"] and set(row["event_ids"]) <= events for row in rows)
    assert all(set(row["article_ids"]) <= articles for row in kept["incidents"])


def test_a_period_without_articles_is_a_mistake_and_the_nearest_days_are_named(tmp_path):
    seeds, out = news(tmp_path / "seeds", ("2025-04-28", CLASH), ("2025-06-20", TARIFFS)), tmp_path / "out"
    asked = ["--period", "2025-05-05..2025-05-11", "--front-only"]
    result = invoke("brief", "--seeds", seeds, "--out", out, "--notebooks", ROOT / "notebooks", *asked)
    said = "no article is dated 5 to 11 May 2025: the nearest day with articles is 2025-04-28"
    assert result.exit_code == 2
    assert result.stderr == f"faultline: --period is '2025-05-05..2025-05-11', and {said}\n"
    assert not out.exists()


def test_a_briefing_can_end_on_a_day_and_be_about_one_country(tmp_path):
    news(tmp_path / "seeds", ("2025-05-01", CLASH), ("2025-05-07", TARIFFS), ("2025-06-20", TARIFFS))
    _, kept = front(tmp_path, "--until", "2025-05-31", "--country", "usa")
    not_asked = dict.fromkeys(("since", "pair", "leave_out"), "")
    assert kept["scope"] == {**not_asked, "until": "2025-05-31", "country": "USA"}
    assert (len(kept["articles"]), kept["as_of"]) == (2, "2025-05-07")
    assert {event["source_country_code"] for event in kept["events"]} == {"CHN", "USA"}
    (folder,) = (tmp_path / "out").iterdir()
    assert folder.name.endswith("-united-states-until-2025-05-31")


def test_countries_can_be_given_one_by_one(tmp_path):
    news(tmp_path / "seeds", ("2025-05-01", CLASH))
    _, kept = front(tmp_path, "--country", "usa", "--country", "China")
    assert kept["scope"]["country"] == "CHN,USA"


def test_a_pair_that_nobody_mentions_gives_an_empty_briefing_and_a_warning_without_any_date(tmp_path):
    news(tmp_path / "seeds", (None, CLASH))
    result, kept = front(tmp_path, "--pair", "BRA-FRA")
    said = "no event between Brazil and France was found in 1 article: the briefing is empty"
    assert (kept["events"], kept["judgments"], kept["incidents"]) == ([], [], [])
    assert kept["period"] == {"from": "", "to": "", "is_everything": True}
    undated = "No article has a date, so all of them are treated as one period."
    assert sorted(messages(result)) == [f"faultline: {undated}", f"faultline: {said}"]


def test_the_store_is_shown_by_version_and_what_is_stale_can_be_cleared_even_if_it_is_damaged(tmp_path):
    path = tmp_path / "readings" / "0-0123456789ab" / "a.parquet"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no table")
    shown = invoke("store", str(tmp_path))
    assert shown.exit_code == 0 and "0-0123456789ab" in shown.stdout and "stale" in shown.stdout
    assert invoke("store", str(tmp_path), "--clear-stale").exit_code == 0
    assert not path.exists()
    assert "nothing here is from a store" in invoke("store", str(tmp_path), "--clear").stdout


def test_annotate_writes_only_what_every_reader_of_json_can_read():
    text = "Japan condemned China."
    ids = ["NaN", "1e999", '{"a": NaN}', '"\\ud800"', "true", "9" * 400, "2.5"]
    given = "\n".join(f'{{"id": {one}, "text": "{text}"}}' for one in ids)
    result = invoke("annotate", given=given)
    rows = [json.loads(line, parse_constant=pytest.fail) for line in result.stdout.splitlines()]
    assert [row["id"] for row in rows] == [None] * 5 + [10**400 - 1, 2.5]
    assert [row["error"] for row in rows] == [
        "line 1: id is not a finite number, expected a string or number",
        "line 2: id is not a finite number, expected a string or number",
        "line 3: id is an object, expected a string or number",
        "line 4: id is half a character (a lone surrogate), expected a string or number",
        "line 5: id is true or false, expected a string or number",
        None,
        None,
    ]


def test_a_line_that_is_too_long_is_cut_and_said_to_be_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(annotating, "MAX_LINE_BYTES", 1_000_000)
    lines = list(bounded_lines(BytesIO(b"[" * 5_000_000 + b"\n{}\nlast")))
    assert [len(line) for line in lines] == [1_000_001, 3, 4]
    error = annotating.record_error(annotating.json_value(lines[0]))
    assert error == "the line is not JSON (it has more than 1 MB), expected one object"


def run_main(monkeypatch, capsys, *words):
    """Exit code and standard error of the command as a person runs it."""
    monkeypatch.setattr("sys.argv", ["faultline", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, capsys.readouterr().err


@pytest.mark.parametrize("words", [["--debug", "check"], ["check", "--debug"]])
def test_with_debug_a_mistake_shows_where_it_was_noticed(monkeypatch, capsys, tmp_path, words):
    code, said = run_main(monkeypatch, capsys, *words, "--seeds", str(tmp_path / "none"))
    assert code == 2
    assert said.startswith("Traceback (most recent call last)")
    assert said.endswith("none does not exist, expected a folder of articles\n")
    _, said = run_main(monkeypatch, capsys, "check", "--seeds", str(tmp_path / "none"))
    assert said == f"faultline: {tmp_path / 'none'} does not exist, expected a folder of articles\n"


def test_a_bug_is_one_sentence_and_with_debug_a_traceback(monkeypatch, capsys, seeds):
    def broken(*words):
        raise KeyError("start_char")

    monkeypatch.setattr("analysis.ingest.corpus.load_corpus", broken)
    code, said = run_main(monkeypatch, capsys, "check", "--seeds", str(seeds))
    advice = "run the command again with --debug, and report it"
    sentence = f"faultline: this is a bug (KeyError: 'start_char'): {advice}\n"
    assert (code, said) == (1, sentence)
    code, said = run_main(monkeypatch, capsys, "--debug", "check", "--seeds", str(seeds))
    assert (code, said.startswith("Traceback"), said.endswith(sentence)) == (1, True, True)


def test_without_a_terminal_a_run_says_nothing_of_its_progress(capsys):
    with progress("Articles", total=2) as advance:
        advance(1)
        advance(0, "03-tension-indicators")
    assert capsys.readouterr().err == ""


def test_a_program_that_reads_a_table_gets_each_row_on_one_line(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    row = ("000_5a213ee456dd8f63.txt", "Blinken to return to China with message on Russia support", "626")
    print_table(("file", "title", "words"), [row])
    print_table(("file", "title", "words"), [row], is_error=True)
    for said in capsys.readouterr():
        lines = said.splitlines()
        assert "   ".join(row) in lines[3]
        assert len(lines) == 5


@pytest.mark.parametrize(
    "words",
    [
        ["export", "seeds/metadata.csv"],
        ["export", "seeds"],
        ["brief", "--front-only", "--out", "seeds"],
        ["brief", "--front-only", "--out", "seeds/briefings"],
    ],
)
def test_nothing_is_written_among_the_articles(tmp_path, monkeypatch, words):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "metadata.csv").write_text("mine")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    monkeypatch.chdir(tmp_path)
    result = invoke(*words)
    reason = "is in the folder of articles, seeds: expected another place"
    assert (result.exit_code, result.stderr) == (2, f"faultline: {words[-1]} {reason}\n")
    assert [path.name for path in (tmp_path / "seeds").iterdir()] == ["metadata.csv"]
    assert (tmp_path / "seeds" / "metadata.csv").read_text() == "mine"


@pytest.mark.parametrize("words", [["check", "--seeds", ""], ["export", ""], ["brief", "--out", ""]])
def test_an_empty_name_is_not_the_folder_one_is_in(words):
    result = invoke(*words)
    assert result.exit_code == 2
    assert "is '', expected a path" in result.stderr


def test_add_says_that_it_made_a_folder_which_may_be_a_slip_of_the_pen(tmp_path):
    (tmp_path / "a.txt").write_text("Envoys meet\n\nThey met in Rome on Monday.")
    words = ["add", tmp_path / "a.txt", "--date", "2024-05-01", "--seeds", tmp_path / "sedes"]
    assert f"{tmp_path / 'sedes'} did not exist and was made" in invoke(*words).stderr.replace("\n", " ")
    (tmp_path / "a.txt").write_text("Envoys leave\n\nThey left Rome on Tuesday.")
    assert "did not exist" not in invoke(*words).stderr
