"""Two briefings set against each other, in a terminal and on a page."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from analysis.briefing.comparison import (
    Kept,
    changed_view,
    compare,
    comparison_lines,
    comparison_view,
    load_kept,
)
from analysis.briefing.snapshots import snapshot_of
from analysis.cli import app
from analysis.findings.key_judgments import judgment_records, key_judgments
from analysis.pipeline.filters import Scope
from tests.briefing.test_snapshots import calm_and_war, tables_of
from tests.coverage import coded, coverage
from tests.findings.test_key_judgments import facts
from tests.tables import corpus, quotes

SAME = [{"rule": "balance", "subject": "A", "statement": "It is calm."}]


def kept(day, tables, judgments=()):
    return Kept(day, snapshot_of(tables), list(judgments))


def comparison(judgments=()):
    calm, war = calm_and_war()
    return compare(kept("2024-04-21", war, judgments), kept("2024-04-20", calm, SAME))


def test_what_came_in_and_what_clearly_moved_is_told_in_lines():
    lines = comparison_lines(comparison())
    assert lines[0] == "2024-04-20 → 2024-04-21"
    assert lines[1] == (
        "+ seeds/x.txt (2024-04-20) brings 1 event between Russia and Ukraine (assault by Russia)"
    )
    assert (
        "▲ up: Russia – Ukraine, conflict share 0 → 0.78: mainly assault by Russia towards Ukraine: 0 "
        "before, 12 now"
    ) in lines
    assert lines[-1] == "judgment dropped: It is calm."


def test_the_other_way_round_it_eases_and_articles_go():
    calm, war = calm_and_war()
    lines = comparison_lines(compare(kept("b", calm), kept("a", war)))
    assert lines.count("- seeds/x.txt (2024-04-20) is no longer read") == 12
    assert any(line.startswith("▼ down: Russia – Ukraine, conflict share") for line in lines)


def test_the_page_gives_arrow_reason_and_articles():
    html = comparison_view(comparison()).html
    assert "<h1>What moved from 2024-04-20 to 2024-04-21</h1>" in html
    assert "▲ up +0.78" in html
    assert "mainly assault by Russia towards Ukraine: 0 before, 12 now" in html
    assert "<td>dropped</td><td>It is calm.</td>" in html


def test_who_speaks_for_the_first_time_is_told():
    ann, bob = ({"speaker_id": name.lower(), "speaker_name": name} for name in ("Ann", "<b>Bob"))
    before, now = corpus(quotes=quotes(ann)), corpus(quotes=quotes(ann, {**bob, "quote_id": "r"}))
    found = compare(kept("b", now), kept("a", before))
    assert "speaking for the first time: <b>Bob" in comparison_lines(found)
    html = changed_view(found).html
    assert "<strong>&lt;b&gt;Bob</strong> (1)." in html
    assert "<strong>Ann" not in html
    unknown = Kept("a", replace(snapshot_of(before), speakers=None))
    assert compare(kept("b", now), unknown).speakers.empty


def test_what_moved_without_an_article_is_laid_to_the_lists():
    calm, war = calm_and_war()
    same = snapshot_of(war)
    found = compare(kept("b", war), Kept("a", replace(snapshot_of(calm), articles=same.articles)))
    assert (
        "No article came or went: what moved did so since a correction, a word list"
        in changed_view(found).html
    )
    assert "No article came or went" not in changed_view(comparison()).html


def overruled(number, **given):
    row = {"table": "events", "id": f"{number:016x}:9:RUS>UKR", "field": "root", "old": "ASSAULT"}
    rest = {"new": "ACCUSE", "note": "<b>so", "made_by": "AB", "made_on": "", "problem": ""}
    return {**row, **rest, **given}


def test_corrections_made_or_taken_back_since_are_named_as_causes():
    calm, war = calm_and_war()
    earlier = Kept("a", snapshot_of(calm), corrections=[overruled(1), overruled(2)])
    now = Kept("b", snapshot_of(war), corrections=[overruled(2), overruled(12), overruled(3, problem="gone")])
    found = compare(now, earlier)
    told = "type of the event in seeds/x.txt: assault, corrected to accusation (<b>so, AB)"
    lines = comparison_lines(found)
    assert [line for line in lines if line.startswith("correct")] == [
        f"corrected: {told}",
        f"correction taken back: {told}",
    ]
    html = changed_view(found).html
    assert told.replace("<b>", "&lt;b&gt;") in html
    assert "12 now; partly by a correction" in html
    assert "partly by a correction" not in changed_view(comparison()).html


def test_a_correction_that_no_longer_fits_is_not_said_to_be_taken_back():
    calm, _ = calm_and_war()
    earlier = Kept("a", snapshot_of(calm), corrections=[overruled(1)])
    now = Kept("b", snapshot_of(calm), corrections=[overruled(1, problem="it is found no more")])
    lines = comparison_lines(compare(now, earlier))
    assert not any(line.startswith("correction taken back") for line in lines)
    (line,) = [line for line in lines if line.startswith("correction that no longer fits")]
    assert line.endswith("(<b>so, AB): it is found no more")
    assert "No longer fitting what is read" in changed_view(compare(now, earlier)).html


def test_articles_are_linked_only_where_their_page_stands():
    assert "href" not in changed_view(comparison()).html
    assert f'href="articles.html#a-{12:016x}"' in changed_view(comparison(), articles="articles.html").html


def test_the_same_briefing_has_not_moved():
    _, war = calm_and_war()
    judgments = judgment_records(key_judgments(facts(war)))
    same = compare(kept("b", war, judgments), kept("a", war, judgments))
    assert same.arrows.empty and same.moved.empty and not same.added and not same.fresh
    assert set(same.moves["move"]) == {"kept"}


def test_the_command_prints_and_renders_from_folders(tmp_path):
    for day, tables in zip(("2024-04-20", "2024-04-21"), calm_and_war(), strict=True):
        (tmp_path / day).mkdir()
        record = json.dumps(snapshot_of(tables).record())
        (tmp_path / day / "briefing.json").write_text(record, encoding="utf-8")
    old, new = tmp_path / "2024-04-20", tmp_path / "2024-04-21"
    found = CliRunner().invoke(app, ["compare", str(old), str(new / "briefing.json")])
    assert found.exit_code == 0
    assert "▲ up: Russia – Ukraine, conflict share" in found.stdout
    assert found.stdout.splitlines()[-1] == str(new / "compare.html")
    assert "What moved from 2024-04-20 to 2024-04-21" in (new / "compare.html").read_text(encoding="utf-8")


def test_a_folder_without_a_briefing_is_said_in_one_sentence(tmp_path):
    found = CliRunner().invoke(app, ["compare", str(tmp_path), str(tmp_path / "nope")])
    assert found.exit_code == 2
    assert "nope does not exist, expected the folder of a briefing" in found.stderr
    with pytest.raises(FileNotFoundError, match=r"briefing.json does not exist"):
        load_kept(tmp_path)


def test_briefings_of_different_pairs_are_not_compared():
    calm, war = calm_and_war()
    narrow = replace(kept("2024-04-21-RUS-UKR", war), scope=Scope(pair="RUS-UKR"))
    with pytest.raises(ValueError, match="20 holds all pairs of countries and 2024-04-21-RUS-UKR only"):
        compare(narrow, kept("2024-04-20", calm))
    assert compare(narrow, replace(kept("a", calm), scope=Scope(pair="RUS-UKR"))).window == ""


def test_briefings_of_different_spans_are_compared_with_a_word_of_it():
    calm, war = calm_and_war()
    found = compare(replace(kept("b", war), scope=Scope(since="2024-04-20")), kept("a", calm))
    said = "The earlier briefing holds articles of any day, the later articles of 2024-04-20 and later"
    assert comparison_lines(found)[1].startswith(said)
    assert said in changed_view(found).html


def test_a_reprint_brings_only_what_it_adds():
    articles = coverage("2024-04-20", "2024-04-19", stories=["s", "s"])
    acts = [(n, "USA", "CHN", "ACCUSE", "past") for n in (0, 1)]
    before = tables_of(articles[:1], coded(acts[0]))
    same = compare(kept("b", tables_of(articles, coded(*acts))), kept("a", before))
    assert same.added[0]["brings"] == (
        "no further event between two countries, for it reprints a story read before"
    )
    more = tables_of(articles, coded(*acts, (1, "USA", "CHN", "SANCTION", "past")))
    assert compare(kept("b", more), kept("a", before)).added[0]["brings"] == (
        "1 event between China and the United States (sanction by the United States), though it reprints a "
        "story read before"
    )


def test_a_source_without_a_name_is_never_new():
    nameless = {"speaker_id": "a/officials", "speaker_name": "officials", "is_anonymous": True}
    found = compare(kept("b", corpus(quotes=quotes(nameless))), kept("a", corpus()))
    assert found.speakers.empty


def test_the_earlier_briefing_comes_first():
    calm, war = calm_and_war()
    morning, noon = (
        Kept("2026-11-24-CHN-USA", snapshot_of(calm), scope=Scope(pair="CHN-USA")),
        Kept("2026-11-24-CHN-USA-2", snapshot_of(war), scope=Scope(pair="CHN-USA")),
    )
    with pytest.raises(ValueError, match="2026-11-24-CHN-USA was made before 2026-11-24-CHN-USA-2"):
        compare(morning, noon)
    assert compare(noon, morning).before is morning
    assert compare(replace(morning, day="mine"), noon).before is noon


def test_articles_that_came_in_are_told_by_day_with_three_of_what_each_brings():
    articles = coverage("2024-04-20", "2024-04-23", "2024-04-22", None)
    acts = [(1, "USA", "CHN", root, "past") for root in ("CONSULT", "AGREE", "ACCUSE", "SANCTION")]
    before = tables_of(articles.head(1), coded())
    now = tables_of(articles, coded(*acts, (2, "USA", "CHN", "CONSULT", "past")))
    lines = comparison_lines(compare(kept("b", now), kept("a", before)))
    assert [line[:29] for line in lines if line.startswith("+")] == [
        "+ seeds/x.txt (2024-04-22) br",
        "+ seeds/x.txt (2024-04-23) br",
        "+ seeds/x.txt (undated) bring",
    ]
    assert (
        "+ seeds/x.txt (2024-04-23) brings 4 events between China and the United States (such as sanction by "
        "the United States, accusation by the United States and talks by the United States)"
    ) in lines
