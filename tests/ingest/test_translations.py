"""Articles that were translated: read in English, shown with their original, and never called quotations."""

import json

import pytest

from analysis.ingest.corpus import load_corpus, original_file
from analysis.pipeline.analyse import analyse
from analysis.readable.tables import readable_statements
from analysis.views.articles import articles_page
from analysis.views.evidence import source_of
from analysis.workbench.reading_pane import evidence_of, reading_view
from tests.reading import found_in
from tests.test_cli import invoke

ENGLISH = "Minister accuses Sylvania\n\nThe minister accused Sylvania of a raid. “We will answer,” he said."
RUSSIAN = "Министр обвинил Сильванию\n\nМинистр обвинил Сильванию в нападении. «Мы ответим», — сказал он."
RECORD = {"title": "Minister accuses Sylvania of a raid", "text": ENGLISH, "original_text": RUSSIAN}


def test_a_translation_brings_its_original_from_the_file_beside_it(tmp_path):
    for name, text in (("story.txt", ENGLISH), ("story.ru.txt", RUSSIAN)):
        (tmp_path / name).write_text(text)
    sources = tmp_path / "story.txt", tmp_path / "story.ru.txt"
    assert invoke("add", *sources, "--seeds", tmp_path / "s").exit_code == 0
    articles, rejected = load_corpus(tmp_path / "s")
    assert rejected.empty
    row = articles.iloc[0]
    assert (row["text"], row["original_text"], row["language"]) == (ENGLISH, RUSSIAN, "Russian")
    assert (tmp_path / "s" / original_file(row["path"], "Russian")).is_file()


def test_an_original_may_follow_its_translation_and_is_missed_without_it(tmp_path):
    for name, text in (("late.txt", ENGLISH), ("late.ru.txt", RUSSIAN), ("solo.ru.txt", RUSSIAN)):
        (tmp_path / name).write_text(text)

    def added(name):
        return invoke("add", tmp_path / name, "--seeds", tmp_path / "s")

    (tmp_path / "late.ru.txt").rename(tmp_path / "x")
    assert added("late.txt").exit_code == 0
    (tmp_path / "x").rename(tmp_path / "late.ru.txt")
    assert "translated from Russian" in added("late.ru.txt").stdout
    articles, rejected = load_corpus(tmp_path / "s")
    assert rejected.empty and articles["original_text"].tolist() == [RUSSIAN]
    assert "late.ru.txt already exists" in added("late.ru.txt").stderr
    assert "is in Russian" in (said := added("solo.ru.txt").stderr) and "solo.txt" in said


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({**RECORD, "text": None}, "is an original without its translation: add the English as text"),
        ({**RECORD, "original_text": ENGLISH}, "has an original_text in English, expected the language"),
        ({**RECORD, "text": RUSSIAN}, "is in Russian, expected an article in English"),
    ],
)
def test_an_original_without_its_translation_is_rejected(tmp_path, record, reason):
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    assert load_corpus(tmp_path)[1]["reason"][0].startswith(reason)


@pytest.mark.model
def test_a_translation_whose_original_is_not_there_is_still_called_one(tmp_path):
    given = {"text": ENGLISH, "outlet": "Wire", "translated_by": "DeepL"}
    records = [{**given, "language": language} for language in ("ru", "English")]
    records[1]["text"] = "“Not so,” the envoy said."
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, [*records, {"text": ENGLISH + " Yes."}])))
    tables = analyse(load_corpus(tmp_path)[0])
    said = set(readable_statements(tables)["outlet"]) - {""}
    assert said == {"Wire, translated from Russian by DeepL", "Wire, translated by DeepL"}
    kinds = tables.quotes.groupby("article_id")["kind"].agg(set)
    assert sum("translated" in one for one in kinds) == 2


def test_the_columns_of_a_table_may_hold_a_translation():
    text = f'Text,Original text,Sprache,Übersetzt von\n"{ENGLISH}","{RUSSIAN}",ru,DeepL\n'
    _, draft = found_in(text, ".csv")
    assert (draft.original_text, draft.language, draft.translated_by) == (RUSSIAN, "ru", "DeepL")


def test_reprints_are_found_across_a_translation_by_link_or_title(tmp_path):
    other = "Sylvania stands accused by its neighbour over what happened at the border, the minister told us."
    records = [
        {**RECORD, "url": "https://t.example/1", "date": "2025-03-01"},
        {"text": other, "url": "https://t.example/1", "date": "2025-03-01"},
        {"text": f"{other} No.", "title": "Minister accuses Sylvania of a raid!", "date": "2025-03-02"},
        {"text": f"{other} Far later.", "title": RECORD["title"], "date": "2025-04-02"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    stories = load_corpus(tmp_path)[0]["story_id"].tolist()
    assert stories[0] == stories[1] == stories[2] != stories[3]


@pytest.mark.model
def test_words_in_a_translation_are_no_direct_quotation_and_the_original_is_beside_them(tmp_path):
    record = {**RECORD, "outlet": "TASS", "language": "ru", "translated_by": "DeepL"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record))
    tables = analyse(load_corpus(tmp_path)[0])
    assert "translated" in set(tables.quotes["kind"])
    assert not {"direct", "partial"} & set(tables.quotes["kind"])
    said = "TASS, run by the Russian state, translated from Russian by DeepL"
    assert source_of(next(tables.articles.itertuples()), 0, 0).outlet == said
    shown = readable_statements(tables)
    assert (set(shown["outlet"]), set(shown["original"])) == ({said}, {"Russian, a.jsonl:1"})
    html = articles_page(tables.articles["article_id"].tolist(), tables)
    assert "The original, in Russian (a.jsonl:1)" in html and "«Мы ответим», — сказал он." in html
    piece = evidence_of(tables, [next(tables.quotes.itertuples())], "quotes")
    page = reading_view(tables, piece)._repr_mimebundle_()["text/html"]
    assert "Министр обвинил Сильванию в нападении" in page
    assert "We will answer" in page
