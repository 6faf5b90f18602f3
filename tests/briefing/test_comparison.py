"""Two briefings compared, in a terminal and on a page."""

import json
from dataclasses import replace
from functools import cache

import pytest
from typer.testing import CliRunner

from analysis.briefing.comparison import compare
from analysis.briefing.comparison_views import changes_section, comparison_lines, comparison_view
from analysis.briefing.records import BriefingRecord, load_record
from analysis.briefing.snapshots import snapshot_of
from analysis.cli import app
from analysis.findings.key_judgments import judgment_moves, judgment_records, key_judgments
from analysis.pipeline.filters import Scope
from tests.briefing.test_snapshots import calm_and_war, tables_of
from tests.coverage import coded, coverage
from tests.reports import inputs_of, report
from tests.tables import corpus, quotes

SAME = [{"rule": "balance", "subject": "A", "statement": "It is calm."}]


@cache
def snapshots_of_calm_and_war():
    return [snapshot_of(tables) for tables in calm_and_war()]


def snapshot(tables):
    """The numbers of some tables, computed once for the two that most tests compare."""
    known = zip(calm_and_war(), snapshots_of_calm_and_war(), strict=True)
    return next((numbers for one, numbers in known if one is tables), None) or snapshot_of(tables)


def record(day, tables, judgments=()):
    return BriefingRecord(day, snapshot(tables), list(judgments))


def comparison(judgments=()):
    calm, war = calm_and_war()
    return compare(record("2024-04-21", war, judgments), record("2024-04-20", calm, SAME))


def test_added_articles_and_clear_changes_are_listed_line_by_line():
    lines = comparison_lines(comparison())
    assert lines[0] == "2024-04-20 → 2024-04-21"
    assert lines[1] == (
        "+ seeds/x.txt (2024-04-20) adds 1 event between Russia and Ukraine (assault by Russia)"
    )
    assert (
        "▲ up: Russia – Ukraine, conflict share 0 → 0.78: mainly assault by Russia towards Ukraine: 0 "
        "before, 12 now"
    ) in lines
    assert lines[-1] == "judgment dropped: It is calm."


def test_the_other_way_round_hostility_eases_and_articles_are_removed():
    calm, war = calm_and_war()
    lines = comparison_lines(compare(record("b", calm), record("a", war)))
    assert lines.count("- seeds/x.txt (2024-04-20) is no longer read") == 12
    assert any(line.startswith("▼ down: Russia – Ukraine, conflict share") for line in lines)


def test_the_page_gives_arrow_reason_and_articles():
    html = comparison_view(comparison()).html
    assert "<h1>What changed from 2024-04-20 to 2024-04-21</h1>" in html
    assert "▲ up +0.78" in html
    assert "mainly assault by Russia towards Ukraine: 0 before, 12 now" in html
    assert "<td>dropped</td><td>It is calm.</td>" in html


def test_new_speakers_are_named():
    ann, bob = ({"speaker_id": name.lower(), "speaker_name": name} for name in ("Ann", "<b>Bob"))
    before, now = corpus(quotes=quotes(ann)), corpus(quotes=quotes(ann, {**bob, "quote_id": "r"}))
    found = compare(record("b", now), record("a", before))
    assert "quoted for the first time: <b>Bob" in comparison_lines(found)
    html = changes_section(found).html
    assert "<strong>&lt;b&gt;Bob</strong> (1)." in html
    assert "<strong>Ann" not in html
    unknown = BriefingRecord("a", replace(snapshot_of(before), speakers=None))
    assert compare(record("b", now), unknown).new_speakers.empty


def test_a_move_without_a_new_article_is_put_down_to_lists_and_corrections():
    calm, war = calm_and_war()
    same = snapshot(war)
    found = compare(record("b", war), BriefingRecord("a", replace(snapshot(calm), articles=same.articles)))
    assert (
        "No article was added or removed: the values moved because a correction, a word list"
        in changes_section(found).html
    )
    assert "No article was added or removed" not in changes_section(comparison()).html


def overruled(number, **given):
    row = {"table": "events", "id": f"{number:016x}:9:RUS>UKR", "field": "root", "old": "ASSAULT"}
    rest = {"new": "ACCUSE", "note": "<b>so", "made_by": "AB", "made_on": "", "problem": ""}
    return {**row, **rest, **given}


def test_corrections_made_or_withdrawn_since_are_named_as_causes():
    calm, war = calm_and_war()
    earlier = BriefingRecord("a", snapshot(calm), corrections=[overruled(1), overruled(2)])
    now = BriefingRecord(
        "b", snapshot(war), corrections=[overruled(2), overruled(12), overruled(3, problem="gone")]
    )
    found = compare(now, earlier)
    told = "type of the event in seeds/x.txt: assault, corrected to accusation (<b>so, AB)"
    lines = comparison_lines(found)
    assert [line for line in lines if line.startswith("correct")] == [
        f"corrected: {told}",
        f"correction withdrawn: {told}",
    ]
    html = changes_section(found).html
    assert told.replace("<b>", "&lt;b&gt;") in html
    assert "12 now; partly because of a correction" in html
    assert "partly because of a correction" not in changes_section(comparison()).html


def test_a_correction_that_no_longer_applies_is_not_called_withdrawn():
    calm, _ = calm_and_war()
    earlier = BriefingRecord("a", snapshot(calm), corrections=[overruled(1)])
    now = BriefingRecord("b", snapshot(calm), corrections=[overruled(1, problem="it is found no more")])
    lines = comparison_lines(compare(now, earlier))
    assert not any(line.startswith("correction withdrawn") for line in lines)
    (line,) = [line for line in lines if line.startswith("correction that no longer applies")]
    assert line.endswith("(<b>so, AB): it is found no more")
    assert "Corrections that no longer apply" in changes_section(compare(now, earlier)).html


def demand(statement):
    return {"rule": "demand", "subject": "CHN-USA", "statement": statement}


def test_of_two_judgments_of_one_rule_the_one_in_the_same_words_is_kept():
    moves = judgment_moves([demand("A."), demand("B.")], [demand("B."), demand("C.")])
    assert moves[["move", "statement", "before"]].values.tolist() == [
        ["changed", "A.", "C."],
        ["kept", "B.", "B."],
    ]
    assert judgment_moves([], [demand("A.")])["move"].tolist() == ["dropped"]


def test_articles_are_linked_only_where_there_is_a_page_of_them():
    assert "href" not in changes_section(comparison()).html
    assert f'href="articles.html#a-{12:016x}"' in changes_section(comparison(), articles="articles.html").html


def test_the_same_briefing_has_not_moved():
    _, war = calm_and_war()
    strikes = (report("RUS", "UKR", "ASSAULT", place_name=town) for town in ("Sumy", "Odesa", "Kyiv", "Lviv"))
    judgments = judgment_records(key_judgments(inputs_of(*strikes)))
    same = compare(record("b", war, judgments), record("a", war, judgments))
    assert same.clear_changes.empty and same.uncertain_changes.empty
    assert not same.added and not same.new_pairs
    assert set(same.moves["move"]) == {"kept"}


def test_the_command_prints_and_renders_from_folders(tmp_path):
    for day, tables in zip(("2024-04-20", "2024-04-21"), calm_and_war(), strict=True):
        (tmp_path / day).mkdir()
        numbers = json.dumps(snapshot(tables).record())
        (tmp_path / day / "briefing.json").write_text(numbers, encoding="utf-8")
    old, new = tmp_path / "2024-04-20", tmp_path / "2024-04-21"
    found = CliRunner().invoke(app, ["compare", str(old), str(new / "briefing.json")])
    assert found.exit_code == 0
    assert "▲ up: Russia – Ukraine, conflict share" in found.stdout
    assert found.stdout.splitlines()[-1] == str(new / "compare.html")
    assert "What changed from 2024-04-20 to 2024-04-21" in (new / "compare.html").read_text(encoding="utf-8")


def test_a_folder_without_a_briefing_is_reported_in_one_sentence(tmp_path):
    found = CliRunner().invoke(app, ["compare", str(tmp_path), str(tmp_path / "nope")])
    assert found.exit_code == 2
    assert "nope does not exist, expected the folder of a briefing" in found.stderr
    with pytest.raises(FileNotFoundError, match=r"briefing.json does not exist"):
        load_record(tmp_path)


def test_briefings_of_different_pairs_are_not_compared():
    calm, war = calm_and_war()
    narrow = replace(record("2024-04-21-RUS-UKR", war), scope=Scope(pair="RUS-UKR"))
    with pytest.raises(ValueError, match="20 covers all pairs of countries and 2024-04-21-RUS-UKR only"):
        compare(narrow, record("2024-04-20", calm))
    assert compare(narrow, replace(record("a", calm), scope=Scope(pair="RUS-UKR"))).window == ""


def test_briefings_of_different_countries_are_not_compared():
    calm, war = calm_and_war()
    china = replace(record("b", war), scope=Scope(country="CHN"))
    russia = replace(record("a", calm), scope=Scope(country="RUS"))
    with pytest.raises(ValueError, match="a covers only pairs with Russia and b only pairs with China"):
        compare(china, russia)
    assert compare(china, replace(russia, scope=Scope(country="CHN"))).window == ""


def kept_with(folder, **given):
    """The file of a briefing whose record has some other values."""
    path = folder / "briefing.json"
    numbers = {**snapshot_of(corpus()).record(), **given}
    path.write_text(json.dumps(numbers), encoding="utf-8")
    return path


def test_a_scope_is_read_again_and_an_earlier_version_kept_less_of_it(tmp_path):
    whole = {"since": "2024-04-01", "until": "2024-05-01", "pair": "", "country": "CHN"}
    assert load_record(kept_with(tmp_path, scope=whole)).scope == Scope(**whole)
    assert load_record(kept_with(tmp_path, scope={"since": "", "pair": "CHN-USA"})).scope.country == ""
    assert load_record(kept_with(tmp_path)).scope == Scope()


@pytest.mark.parametrize("scope", ["all", {"since": ""}, {"since": "", "pair": "", "country": None}])
def test_what_is_no_scope_is_reported(tmp_path, scope):
    with pytest.raises(ValueError, match="an object with the texts since, until, pair and country"):
        load_record(kept_with(tmp_path, scope=scope))


def test_the_last_day_of_a_period_is_read_and_a_wrong_one_is_an_error(tmp_path):
    assert load_record(kept_with(tmp_path, period={"to": "2024-04-21"})).last_day == "2024-04-21"
    assert load_record(kept_with(tmp_path)).last_day == ""
    for period in ([], {"to": 5}, {"to": "2024-04-31"}):
        with pytest.raises(ValueError, match=r"period is .*, expected its last day as to"):
            load_record(kept_with(tmp_path, period=period))


def test_briefings_up_to_different_days_are_compared_with_a_note():
    calm, war = calm_and_war()
    scopes = Scope(until="2024-04-20"), Scope("2024-04-01", until="2024-04-27")
    before, now = (
        replace(record(name, tables), scope=scope)
        for name, tables, scope in zip("ab", (calm, war), scopes, strict=True)
    )
    assert compare(now, before).window.startswith(
        "The earlier briefing covers articles up to 2024-04-20, the later articles from 2024-04-01 to "
        "2024-04-27: this alone"
    )


def test_briefings_of_different_periods_are_compared_with_a_note():
    calm, war = calm_and_war()
    found = compare(replace(record("b", war), scope=Scope(since="2024-04-20")), record("a", calm))
    said = "The earlier briefing covers articles of any date, the later articles from 2024-04-20 on"
    assert comparison_lines(found)[1].startswith(said)
    assert said in changes_section(found).html


def test_a_reprint_adds_only_what_is_new_in_it():
    articles = coverage("2024-04-20", "2024-04-19", stories=["s", "s"])
    acts = [(n, "USA", "CHN", "ACCUSE", "past") for n in (0, 1)]
    before = tables_of(articles[:1], coded(acts[0]))
    same = compare(record("b", tables_of(articles, coded(*acts))), record("a", before))
    assert same.added[0].adds == ("no further event between two countries: it reprints a story already read")
    more = tables_of(articles, coded(*acts, (1, "USA", "CHN", "SANCTION", "past")))
    assert compare(record("b", more), record("a", before)).added[0].adds == (
        "1 event between China and the United States (sanction by the United States), although it reprints "
        "a story already read"
    )


def test_an_unnamed_source_is_never_new():
    nameless = {"speaker_id": "a/officials", "speaker_name": "officials", "is_anonymous": True}
    found = compare(record("b", corpus(quotes=quotes(nameless))), record("a", corpus()))
    assert found.new_speakers.empty


def test_the_earlier_briefing_comes_first():
    calm, war = calm_and_war()
    morning, noon = (
        BriefingRecord("2026-11-24-CHN-USA", snapshot(calm), scope=Scope(pair="CHN-USA")),
        BriefingRecord("2026-11-24-CHN-USA-2", snapshot(war), scope=Scope(pair="CHN-USA")),
    )
    with pytest.raises(ValueError, match="2026-11-24-CHN-USA was made before 2026-11-24-CHN-USA-2"):
        compare(morning, noon)
    assert compare(noon, morning).before is morning
    assert compare(replace(morning, folder="mine"), noon).before is noon


def test_added_articles_are_listed_by_day_with_three_acts_each():
    articles = coverage("2024-04-20", "2024-04-23", "2024-04-22", None)
    acts = [(1, "USA", "CHN", root, "past") for root in ("CONSULT", "AGREE", "ACCUSE", "SANCTION")]
    before = tables_of(articles.head(1), coded())
    now = tables_of(articles, coded(*acts, (2, "USA", "CHN", "CONSULT", "past")))
    lines = comparison_lines(compare(record("b", now), record("a", before)))
    assert [line[:29] for line in lines if line.startswith("+")] == [
        "+ seeds/x.txt (2024-04-22) ad",
        "+ seeds/x.txt (2024-04-23) ad",
        "+ seeds/x.txt (undated) adds ",
    ]
    assert (
        "+ seeds/x.txt (2024-04-23) adds 4 events between China and the United States (such as sanction by "
        "the United States, accusation by the United States and talks by the United States)"
    ) in lines
