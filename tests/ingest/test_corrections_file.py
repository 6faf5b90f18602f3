"""corrections.csv: what is read, rejected and replaced, and corrected dates."""

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.ingest.corpus import load_corpus
from analysis.ingest.corrections_file import (
    COLUMNS,
    CORRECTION_MARK,
    CORRECTIONS_FILE,
    load_corrections,
    remove_correction,
    save_correction,
)

HEADER = ",".join(COLUMNS)
ARTICLE = "0123456789abcdef"
STORY = (
    "Envoys meet in Rome\n\nThe envoys of both countries met in Rome on Monday to talk about trade and the "
    "war, and said that they would meet again in May."
)


def written(folder, *lines):
    (folder / CORRECTIONS_FILE).write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return folder


def decision(**given):
    row = {**dict.fromkeys(COLUMNS, ""), "table": "quotes", "id": f"{ARTICLE}:3:9", "field": "speaker"}
    return {**row, **given}


def seeds_with(folder, story=STORY, **metadata):
    (folder / "a.txt").write_text(story, encoding="utf-8")
    articles, _ = load_corpus(folder)
    return articles["article_id"].iloc[0]


def test_without_the_file_there_are_no_corrections(tmp_path):
    assert load_corrections(tmp_path).empty


def test_a_row_keeps_its_line_and_its_words(tmp_path):
    found = load_corrections(written(tmp_path, f'quotes,{ARTICLE}:3:9,speaker,"Xi, Jinping",Wang Yi,why,ab,'))
    row = found.iloc[0]
    assert (row["line"], row["old"], row["new"], row["made_by"]) == (2, "Xi, Jinping", "Wang Yi", "ab")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"quote,{ARTICLE}:3:9,speaker,a,b,,,", "table is 'quote', expected one of articles, quotes"),
        (f"quotes,{ARTICLE}:3:9,cue,a,b,,,", "field is 'cue', expected speaker"),
        ("quotes,nonsense,speaker,a,b,,,", "id is 'nonsense', expected an id of the table quotes"),
        (f"quotes,{ARTICLE}:3:9,speaker,a,a,,,", "old and new are both 'a', expected different values"),
        (f"events,{ARTICLE}:3:USA>CHN,root,AID,HELP,,,", "new is 'HELP', expected one of AGREE"),
        (f"events,{ARTICLE}:3:USA>CHN,source,China,,,,", "new is empty, expected the name of an actor"),
        (f"events,{ARTICLE}:3:USA>CHN,drop,AID,x,,,", "new is 'x', expected an empty cell"),
        (f"topics,{ARTICLE}:3,theme,war,wra,,,", "new is 'wra', expected a theme of topics/taxonomy.csv"),
        (f"articles,{ARTICLE},published_date,,20/04/2024,,,", "new is '20/04/2024', expected"),
        (f"quotes,{ARTICLE}:3:9,speaker,a,b,,,yesterday", "made_on is 'yesterday'"),
        (f"quotes,{ARTICLE}:3:9,speaker,a", "does not have 8 cells"),
    ],
)
def test_a_broken_row_stops_the_run_and_names_its_line(tmp_path, line, problem):
    good = f"quotes,{ARTICLE}:1:2,speaker,a,b,,,"
    with pytest.raises(ValueError, match=rf"corrections\.csv:3: {problem}"):
        load_corrections(written(tmp_path, good, line))


def test_a_broken_file_stops_load_corpus_too(tmp_path):
    (tmp_path / CORRECTIONS_FILE).write_text("what,which\n", encoding="utf-8")
    with pytest.raises(
        ValueError, match=r"corrections\.csv:1: the columns are what,which, expected table,id"
    ):
        load_corpus(tmp_path)


def test_a_value_has_one_correction(tmp_path):
    line = f"quotes,{ARTICLE}:3:9,speaker,a,"
    with pytest.raises(ValueError, match=r"corrections\.csv:3: corrects the same value as line 2"):
        load_corrections(written(tmp_path, f"{line}b,,,", f"{line}c,,,"))


def test_a_dropped_event_has_no_other_corrections(tmp_path):
    event = f"events,{ARTICLE}:3:USA>CHN"
    with pytest.raises(ValueError, match=r"corrections\.csv:3: corrects the same value as line 2"):
        load_corrections(written(tmp_path, f"{event},drop,AID,,,,", f"{event},root,AID,ASSAULT,,,"))


def test_dropping_an_event_replaces_its_other_corrections(tmp_path):
    event = {"table": "events", "id": f"{ARTICLE}:3:USA>CHN"}
    save_correction(tmp_path, decision(**event, field="status", old="past", new="future"))
    save_correction(tmp_path, decision(**event, field="drop", old="AID"))
    assert load_corrections(tmp_path)["field"].tolist() == ["drop"]


def test_a_sentence_may_lose_one_theme_and_get_two(tmp_path):
    sentence = f"topics,{ARTICLE}:3,theme"
    lines = (f"{sentence},diplomacy,,,,", f"{sentence},,alliances,,,", f"{sentence},,trade and tariffs,,,")
    assert len(load_corrections(written(tmp_path, *lines))) == 3


def test_a_later_correction_replaces_an_earlier_one(tmp_path):
    save_correction(tmp_path, decision(old="Xi", new="Wang"))
    save_correction(tmp_path, decision(old="Xi", new="Li"))
    assert load_corrections(tmp_path)["new"].tolist() == ["Li"]


def test_a_rejected_correction_leaves_the_file_as_it_was(tmp_path):
    save_correction(tmp_path, decision(old="Xi", new="Wang"))
    before = (tmp_path / CORRECTIONS_FILE).read_bytes()
    with pytest.raises(ValueError, match="the correction: field is 'cue'"):
        save_correction(tmp_path, decision(field="cue", old="a", new="b"))
    assert (tmp_path / CORRECTIONS_FILE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [CORRECTIONS_FILE]


def test_a_correction_can_be_removed(tmp_path):
    save_correction(tmp_path, decision(old="Xi", new="Wang"))
    save_correction(tmp_path, decision(id=f"{ARTICLE}:1:2", old="Xi", new="Li"))
    remove_correction(tmp_path, 2)
    assert load_corrections(tmp_path)["new"].tolist() == ["Li"]
    with pytest.raises(ValueError, match=r"corrections\.csv:9: there is no longer a correction here"):
        remove_correction(tmp_path, 9)


def test_an_article_has_its_corrected_date_and_a_note_that_says_so(tmp_path):
    article_id = seeds_with(tmp_path)
    written(tmp_path, f"articles,{article_id},published_date,,2024-04-22,the desk says so,ab,2024-05-01")
    articles, rejected = load_corpus(tmp_path)
    assert f"{articles['published_date'].iloc[0]:%Y-%m-%d}" == "2024-04-22"
    assert articles["note"].iloc[0] == f"{CORRECTION_MARK}: the date was unknown. the desk says so"
    assert rejected.empty


def test_a_correction_of_another_date_is_reported_with_its_line_and_not_applied(tmp_path):
    article_id = seeds_with(tmp_path)
    written(tmp_path, f"articles,{article_id},published_date,2024-04-20,2024-04-22,,,")
    articles, rejected = load_corpus(tmp_path)
    assert articles["published_date"].isna().all()
    assert rejected["path"].tolist() == ["corrections.csv:2"]
    assert rejected["reason"].iloc[0].startswith("published_date is now 'unknown' and was '2024-04-20'")


def test_a_correction_of_a_missing_article_is_reported_with_its_line(tmp_path):
    seeds_with(tmp_path)
    _, rejected = load_corpus(written(tmp_path, f"quotes,{ARTICLE}:3:9,speaker,a,b,,,"))
    assert rejected["path"].tolist() == ["corrections.csv:2"]
    assert ARTICLE in rejected["reason"].iloc[0]


def test_check_lists_the_corrections(tmp_path):
    article_id = seeds_with(tmp_path)
    written(tmp_path, f"articles,{article_id},published_date,,2024-04-22,,,")
    result = CliRunner().invoke(app, ["check", "--seeds", str(tmp_path)])
    assert result.exit_code == 0
    assert f"line 2: articles {article_id}, published_date from '' to '2024-04-22'" in result.output
