"""How quickly a search is answered, and what the index costs, on 1,000, 10,000 and 100,000 articles.

usage: python benchmarks/search.py FOLDER

Reads the first 2,000 articles of a folder, makes new ones of three to seven of their sentences each, with
the statements and events in them, and prints Markdown tables: seconds to make the index, and milliseconds of
one core for each search, the slowest of five, to the marked hits. Takes five minutes on news items of 200
characters.
"""

import random
import sys
import time
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from analysis.ingest.corpus import load_corpus
from analysis.pipeline.analyse import Tables, analyse
from analysis.search.answer import LIMIT
from analysis.search.corpus_index import CorpusIndex
from analysis.search.query import Filters, question_of

READ = 2_000
SIZES = (1_000, 10_000, 100_000)
TIMES = 5
SEARCHES = {
    "a rare word": ("ceasefire AND hostages", "", {}),
    "a common word": ("president", "", {}),
    "a phrase": ('"prime minister"', "", {}),
    "a beginning of one letter": ("s*", "", {}),
    "every article": ("the OR a* OR s*", "", {}),
    "every sentence": ("the OR a* OR s*", "sentences", {}),
    "most sentences of some days": ("in", "sentences", {"since": "2025-06-01"}),
    "with a speaker": ("the OR a* OR s*", "statements", {"speaker": "president"}),
    "with a country and days": ("the OR a*", "", {"subjects": ("USA",), "since": "2025-06-01"}),
    "nothing": ("zzyzx AND president", "", {}),
}


def recombined(tables: Tables, count: int) -> Tables:
    """New articles, each of a few sentences of the old ones with what was read in them; always the same."""
    choose = random.Random(0)
    pool = sentence_pool(tables)
    titles = tables.articles["title"].dropna().tolist()
    outlets = [f"Outlet {n}" for n in range(200)]
    rows: dict[str, list[dict]] = {name: [] for name in ("articles", "sentences", "quotes", "events")}
    for number in range(count):
        article_id, text = f"{number:016x}", ""
        for content, found in choose.choices(pool, k=choose.randint(3, 7)):
            place = {"start_char": len(text), "end_char": len(text) + len(content)}
            sentence = {"sentence_id": f"{article_id}:{len(text)}", "paragraph": 0, "text": content}
            rows["sentences"].append({"article_id": article_id, **sentence, **place})
            for name, row in found:
                rows[name].append(moved(row, name, article_id, len(text)))
            text += content + " "
        day = pd.Timestamp("2024-01-01") + pd.Timedelta(days=choose.randrange(700))
        known = {"title": choose.choice(titles), "outlet": choose.choice(outlets), "published_date": day}
        ids = {"article_id": article_id, "story_id": article_id, "path": f"made.jsonl:{number}"}
        rows["articles"].append({**ids, **known, "text": text, "word_count": len(text.split())})
    frames = {name: pd.DataFrame(made, columns=getattr(tables, name).columns) for name, made in rows.items()}
    return replace(tables, **frames, stances=tables.stances.head(0), topics=tables.topics.head(0))


def sentence_pool(tables: Tables) -> list[tuple[str, list[tuple[str, dict]]]]:
    """Each sentence with the statements and events in it, their offsets counted from its beginning."""
    pool = []
    for article_id, part in tables.sentences.groupby("article_id"):
        starts = part["start_char"].tolist()
        found: list[list[tuple[str, dict]]] = [[] for _ in starts]
        for name in ("quotes", "events"):
            table = getattr(tables, name)
            for row in table[table["article_id"] == article_id].to_dict("records"):
                place = max(bisect_right(starts, row["start_char"]) - 1, 0)
                found[place].append((name, row | {"offset": starts[place]}))
        pool += zip(part["text"], found, strict=True)
    return pool


def moved(row: dict, name: str, article_id: str, start: int) -> dict:
    """A statement or event of another article, at another place."""
    step = start - row["offset"]
    key = "quote_id" if name == "quotes" else "event_id"
    span = {"start_char": row["start_char"] + step, "end_char": row["end_char"] + step}
    values = {"article_id": article_id, key: f"{article_id}:{start}:{row[key]}"}
    return {column: value for column, value in row.items() if column != "offset"} | span | values


def seconds(act: Callable[[], object]) -> float:
    """Seconds of one core."""
    start = time.process_time()
    act()
    return time.process_time() - start


def measured(tables: Tables) -> tuple[str, dict[str, str]]:
    """Seconds to make an index, and matches and milliseconds of each search in it."""
    index, times = CorpusIndex(lambda: tables), {}
    build = seconds(lambda: index.connection)
    for name, (typed, within, filters) in SEARCHES.items():
        question = question_of(typed, within, Filters(**filters))
        slowest = max(seconds(partial(index.answer, question, limit=LIMIT)) for _ in range(TIMES))
        times[name] = f"{index.answer(question, limit=0).match_count:,} | {slowest * 1000:.0f} ms"
    return f"{build:.1f} s", times


def main() -> None:
    """Print the tables."""
    articles, _ = load_corpus(Path(sys.argv[1]))
    read = analyse(articles.head(READ).reset_index(drop=True))
    costs, times = {}, {}
    for size in SIZES:
        costs[size], times[size] = measured(recombined(read, size))
    print(f"{date.today()}: made of {len(read.articles)} articles with {len(read.sentences)} sentences\n")
    print("| articles | making the index |\n|---|---|")
    for size in SIZES:
        print(f"| {size:,} | {costs[size]} |")
    print("\n| search | " + " | ".join(f"matches in {n:,} | slowest" for n in SIZES) + " |")
    print("|---|" + "---|---|" * len(SIZES))
    for name, (typed, within, _) in SEARCHES.items():
        place = f" in {within}" if within else ""
        cells = " | ".join(times[size][name] for size in SIZES)
        print(f"| {name}: `{typed}`{place} | {cells} |")


if __name__ == "__main__":
    main()
