"""corrections.csv: what is read, rejected and replaced, and corrected dates, outlets and titles."""

from multiprocessing import get_context

import pytest

from analysis.ingest.corpus import load_corpus
from analysis.ingest.corrections_file import (
    COLUMNS,
    CORRECTION_MARK,
    CORRECTIONS_FILE,
    correction_name,
    load_corrections,
    remove_correction,
    save_correction,
)
from tests.test_cli import invoke

HEADER = ",".join(COLUMNS[:-1])  # as an earlier version wrote it
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


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"quote,{ARTICLE}:3:9,speaker,a,b,,,", "table is 'quote', expected one of articles, quotes"),
        (f"quotes,{ARTICLE}:3:9,cue,a,b,,,", "field is 'cue', expected speaker"),
        ("quotes,nonsense,speaker,a,b,,,", "id is 'nonsense', expected an id of the table quotes"),
        (f"quotes,{ARTICLE}:3:9,speaker,a,a,,,", "new is 'a', expected a value that differs from old"),
        (f"events,{ARTICLE}:3:USA>CHN,root,AID,HELP,,,", "new is 'HELP', expected one of agreement"),
        (f"events,{ARTICLE}:3:USA>CHN,source,China,,,,", "new is '', expected the name of an actor"),
        (f"events,{ARTICLE}:3:USA>CHN,drop,AID,x,,,", "new is 'x', expected an empty cell"),
        (f"topics,{ARTICLE}:3,theme,war,wra,,,", "new is 'wra', expected a theme of topics/taxonomy.csv"),
        (
            f"articles,{ARTICLE},published_date,,03/04/2024,,,",
            "new is '03/04/2024', which may be 4 March 2024 or 3 April 2024: write 2024-03-04 or 2024-04-03",
        ),
        (f"articles,{ARTICLE},published_date,,soon,,,", "new is 'soon', expected a date"),
        (f"quotes,{ARTICLE}:3:9,speaker,a,b,,,yesterday", "made_on is 'yesterday'"),
        (f"quotes,{ARTICLE}:3:9,speaker,a", "does not have 8 cells"),
        (f"quotes,{ARTICLE}:3:9,add,a,b,,,", "old is 'a', expected an empty cell, since the row is new"),
        (f"quotes,{ARTICLE},add,,b,,,", "words is '', expected the words, or their place in the id"),
        (
            f"quotes,{ARTICLE}:3,add,,b,,,",
            "id is '0123456789abcdef:3', expected a place, article_id:start:end",
        ),
        (
            f"quotes,{ARTICLE}:3:9999999999,add,,b,,,",
            "id is '0123456789abcdef:3:9999999999', expected a place",
        ),
        (f"quotes,{ARTICLE}:3:9,drop,a,b,,,", "new is 'b', expected an empty cell, since the statement is"),
        (
            f"events,{ARTICLE}:3:9,add,,China hits Japan,,,",
            "new is 'China hits Japan', expected an event such as",
        ),
        (
            f'events,{ARTICLE}:3:9,add,,"A > B: hug, past",,,',
            "the type of event is 'hug', expected one of agr",
        ),
        (
            f'events,{ARTICLE}:3:9,add,,"A > B: aid, soon",,,',
            "the status is 'soon', expected one of past, ong",
        ),
        (f'events,{ARTICLE}:3:9,add,,"A <> a: aid, past",,,', "A cannot act on itself"),
        (
            f"quotes,{ARTICLE}:3:9,speaker,a,{'b' * 6000},,,",
            "new has 6,000 characters, expected at most 5,000",
        ),
        (f"quotes,{ARTICLE}:3:9,speaker,a,b{chr(0x301) * 99},,,", "contains a letter with"),
    ],
)
def test_a_broken_row_stops_the_run_and_names_its_line(tmp_path, line, problem):
    good = f"quotes,{ARTICLE}:1:2,speaker,a,b,,,"
    with pytest.raises(ValueError, match=rf"corrections\.csv:3: {problem}"):
        load_corrections(written(tmp_path, good, line))


QUOTE, EVENT, SENTENCE = f"quotes,{ARTICLE}:3:9", f"events,{ARTICLE}:3:USA>CHN", f"topics,{ARTICLE}:3,theme"
ADDED = f"events,{ARTICLE}:3:9,add,"


@pytest.mark.parametrize(
    ("lines", "standings"),
    [
        ((f"{QUOTE},speaker,a,b,,,", f"{QUOTE},speaker,a,c,,,"), ["replaced by line 3", ""]),
        ((f"{EVENT},status,past,future,,,", f"{EVENT},drop,AID,,,,"), ["replaced by line 3", ""]),
        ((f"{QUOTE},drop,a,,,,", f"{QUOTE},speaker,a,c,,,"), ["replaced by line 3", ""]),
        # an addition stays whatever is corrected in it, but the same one with another type replaces it
        (
            (f"{QUOTE},add,,Xi,,,", f"{QUOTE},role,,president,,,", f"{QUOTE},drop,Xi,,,,"),
            ["", "replaced by line 4", ""],
        ),
        (
            (
                f'{ADDED},"China > Japan: threat, past",,,',
                f'{ADDED},"Japan > China: threat, past",,,',
                f'{ADDED},"china > japan: Assault, Past",,,',
            ),
            ["replaced by line 4", "", ""],
        ),
        # a sentence may lose one theme and get two
        (
            (f"{SENTENCE},diplomacy,,,,", f"{SENTENCE},,alliances,,,", f"{SENTENCE},,trade and tariffs,,,"),
            ["", "", ""],
        ),
    ],
)
def test_a_later_correction_of_the_same_value_counts_and_the_earlier_one_is_the_history(
    tmp_path, lines, standings
):
    assert load_corrections(written(tmp_path, *lines))["problem"].tolist() == standings


def test_types_of_events_may_be_given_in_plain_words(tmp_path):
    found = load_corrections(written(tmp_path, f"events,{ARTICLE}:3:USA>CHN,root,Threat,accusation,,,"))
    assert found[["old", "new"]].values.tolist() == [["THREATEN", "ACCUSE"]]


def test_a_file_of_an_earlier_version_is_read_and_gets_the_new_column_when_it_is_next_written(tmp_path):
    written(tmp_path, f"quotes,{ARTICLE}:3:9,speaker,a,b,why,ab,2024-05-01")
    save_correction(tmp_path, decision(old="Xi", new="Wang", words="We will"))
    lines = (tmp_path / CORRECTIONS_FILE).read_text(encoding="utf-8").splitlines()
    assert lines == [
        "table,id,field,old,new,note,made_by,made_on,words",
        f"quotes,{ARTICLE}:3:9,speaker,a,b,why,ab,2024-05-01,",
        f"quotes,{ARTICLE}:3:9,speaker,Xi,Wang,,,,We will",
    ]


def test_dates_that_a_spreadsheet_wrote_as_people_do_are_read(tmp_path):
    (tmp_path / "corrections.csv").touch()  # as good as none
    assert load_corrections(tmp_path).empty
    found = load_corrections(
        written(
            tmp_path,
            f"quotes,{ARTICLE}:3:9,speaker,a,b,,ab,26.11.2026",
            f"articles,{ARTICLE},published_date,03.04.2026,05.04.2026,,ab,01.12.2026",
            f"articles,{ARTICLE},outlet,,Daily,,ab,",
        )
    )
    assert found["made_on"].tolist() == ["2026-11-26", "2026-12-01", ""]
    assert found[["old", "new"]].values.tolist()[1] == ["2026-04-03", "2026-04-05"]


def test_a_day_that_could_be_two_is_refused_where_no_other_date_shows_the_order(tmp_path):
    folder = written(tmp_path, f"quotes,{ARTICLE}:3:9,speaker,a,b,,ab,03/04/2026")
    with pytest.raises(ValueError, match=r"csv:2: made_on is '03/04/2026', which may be 4 March"):
        load_corrections(folder)


HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "'=1", "<script>alert(1)</script>", '"', ",;'"]


@pytest.mark.parametrize("cell", HOSTILE)
def test_hostile_text_is_kept_as_text_that_no_spreadsheet_runs(tmp_path, cell):
    save_correction(tmp_path, decision(old="a", new=cell, note=cell, made_by=cell, words=cell))
    row = load_corrections(tmp_path).iloc[0]
    assert row[["new", "note", "made_by", "words"]].tolist() == [cell] * 4
    save_correction(tmp_path, decision(id=f"{ARTICLE}:1:2", old="a", new="b"))  # written once more
    assert load_corrections(tmp_path)["note"].iloc[0] == cell
    text = (tmp_path / CORRECTIONS_FILE).read_text(encoding="utf-8")
    assert not [mark for mark in "=+-@" if f",{mark}" in text or f',"{mark}' in text]


def test_a_note_of_several_lines_becomes_one_line(tmp_path):
    breaks = "\r\n\u2028\u2029\x85\x0b\t"
    save_correction(tmp_path, decision(old="a", new="b", note=f"one{breaks}two"))
    assert load_corrections(tmp_path)["note"].tolist() == ["one two"]
    assert len((tmp_path / CORRECTIONS_FILE).read_bytes().splitlines()) == 2
    written(tmp_path, f'quotes,{ARTICLE}:3:9,speaker,a,b,"one\rtwo\x1b[31m\u202e",,')
    assert load_corrections(tmp_path)["note"].tolist() == ["one two"]


def test_the_same_correction_is_saved_once(tmp_path):
    assert save_correction(tmp_path, decision(old="Xi", new="Wang"))
    assert not save_correction(tmp_path, decision(old="Xi", new="Wang", note="again"))
    assert len(load_corrections(tmp_path)) == 1


def save_many(folder, name):
    for number in range(10):
        save_correction(folder, decision(id=f"{ARTICLE}:{number}:9999", old="a", new=name, made_by=name))


def test_two_people_who_correct_at_once_lose_nothing(tmp_path):
    people = [get_context("fork").Process(target=save_many, args=(tmp_path, name)) for name in ("ab", "cd")]
    for one in people:
        one.start()
    for one in people:
        one.join()
    found = load_corrections(tmp_path)
    assert found["made_by"].value_counts().to_dict() == {"ab": 10, "cd": 10}
    assert [path.name for path in tmp_path.iterdir()] == [CORRECTIONS_FILE]


def test_a_correction_can_be_removed_and_the_one_before_it_counts_again(tmp_path):
    save_correction(tmp_path, decision(old="Xi", new="Wang"))
    save_correction(tmp_path, decision(old="Xi", new="Li"))
    last = correction_name(load_corrections(tmp_path).to_dict("records")[-1])
    remove_correction(tmp_path, last)
    assert load_corrections(tmp_path)[["new", "standing"]].values.tolist() == [["Wang", "applies"]]
    with pytest.raises(ValueError, match=rf"corrections\.csv has no correction {last}"):
        remove_correction(tmp_path, last)


def test_an_article_has_its_corrected_date_and_a_note_that_says_so(tmp_path):
    article_id = seeds_with(tmp_path)
    written(tmp_path, f"articles,{article_id},published_date,,2024-04-22,the desk says so,ab,2024-05-01")
    articles, rejected = load_corpus(tmp_path)
    assert f"{articles['published_date'].iloc[0]:%Y-%m-%d}" == "2024-04-22"
    assert articles["note"].iloc[0] == f"{CORRECTION_MARK}: the date was unknown. the desk says so"
    assert rejected.empty


def test_a_date_that_was_corrected_twice_is_the_later_one_whatever_its_row_says_was_there(tmp_path):
    article_id = seeds_with(tmp_path)
    line = f"articles,{article_id},published_date"
    for old in ("", "2024-04-22"):  # what was read, and what the form shows
        written(tmp_path, f"{line},,2024-04-22,,,", f"{line},{old},2024-04-23,,,")
        articles, rejected = load_corpus(tmp_path)
        assert f"{articles['published_date'].iloc[0]:%Y-%m-%d}" == "2024-04-23"
        assert rejected.empty


def test_an_article_has_its_corrected_outlet_and_title_and_a_note_that_is_not_about_the_date(tmp_path):
    article_id = seeds_with(tmp_path)
    written(
        tmp_path,
        f"articles,{article_id},outlet,,Daily Post,the masthead,ab,2024-05-01",
        f"articles,{article_id},title,Envoys meet in Rome,Envoys meet again,,,",
    )
    articles, rejected = load_corpus(tmp_path)
    row = articles.iloc[0]
    assert (row["outlet"], row["title"]) == ("Daily Post", "Envoys meet again")
    assert row["note"] == (
        "outlet corrected by an analyst: it was unknown. "
        "title corrected by an analyst: it was Envoys meet in Rome"
    )
    assert rejected.empty


def test_a_title_in_capitals_is_corrected_by_what_is_shown_of_it(tmp_path):
    article_id = seeds_with(tmp_path)
    written(tmp_path, f"articles,{article_id},title,ENVOYS MEET IN ROME,Envoys meet again,,,")
    assert load_corpus(tmp_path)[0]["title"].tolist() == ["Envoys meet again"]


def test_a_correction_of_another_date_is_reported_with_its_line_and_not_applied(tmp_path):
    article_id = seeds_with(tmp_path)
    written(tmp_path, f"articles,{article_id},published_date,2024-04-20,2024-04-22,,,")
    articles, rejected = load_corpus(tmp_path)
    assert articles["published_date"].isna().all()
    assert rejected["path"].tolist() == ["corrections.csv:2"]
    assert rejected["reason"].iloc[0].startswith("published_date is 'unknown' and not '2024-04-20'")
    _, rejected = load_corpus(written(tmp_path, f"{QUOTE},speaker,a,b,,,"))
    assert rejected["path"].tolist() == ["corrections.csv:2"]
    assert f"names the article {ARTICLE}, which is not in the corpus" in rejected["reason"].iloc[0]


def command(folder, *words):
    return invoke("corrections", "--seeds", folder, "--store", "", *words)


@pytest.mark.model
def test_the_list_names_each_correction_and_says_who_made_it_when_and_whether_it_fits(tmp_path):
    article_id, event = seeds_with(tmp_path), "Peru > Chile: aid, past"
    added = {"table": "events", "field": "add", "new": event}
    save_correction(
        tmp_path,
        decision(**added, id=article_id, words="envoys", made_by="ab", made_on="2024-05-01", note="so"),
    )
    save_correction(tmp_path, decision(**added, id="f" * 16, words="\x1b[31mnobody"))
    first, second = map(correction_name, load_corrections(tmp_path).to_dict("records"))
    result = command(tmp_path)
    assert result.stdout.splitlines() == [
        f"{first}: event added in a.txt: {event} (so, ab, 2024-05-01)",
        "    still applies: yes",
        f"{second}: event added in a missing article: {event}",
        f"    still applies: no: names the article {'f' * 16}, which is not in the corpus: if its text has "
        "changed, correct it again, else remove the line",
        f"{tmp_path}: 2 corrections",
    ]
    assert result.exit_code == 2


def test_a_correction_is_taken_back_once_however_often_the_command_is_repeated(tmp_path):
    for new in ("Wang", "Li", "Kim"):  # each on a statement of its own
        save_correction(tmp_path, decision(id=f"{ARTICLE}:3:{len(new) + 9}", old="Xi", new=new))
    name = correction_name(load_corrections(tmp_path).to_dict("records")[1])
    result = command(tmp_path, "--undo", name)
    assert (
        result.stdout == f"taken back: speaker of the statement in article {ARTICLE}: Xi, corrected to Li\n"
    )
    again = command(tmp_path, "--undo", name)
    assert again.exit_code == 2
    assert "has no correction 3-" in again.stderr
    assert load_corrections(tmp_path)["new"].tolist() == ["Wang", "Kim"]
