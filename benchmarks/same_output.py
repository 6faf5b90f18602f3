"""Does a change of the code change the output?

`record` saves what `faultline annotate` writes for the article in `seeds/`, the thirteen days of 1962, 200
releases of the State Department and 100 whole articles; and what `faultline export` and `faultline brief`
write for the first and the releases. `compare` runs all again and shows the first difference.

    python -m benchmarks.same_output record FOLDER --shared ../shared
    python -m benchmarks.same_output compare FOLDER [--quick]

`--quick` skips the briefing and the export. A field that was renamed on purpose is given as `--renamed
old=new`.
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

FAULTLINE = [sys.executable, "-m", "analysis.cli"]
RELEASES, WHOLE_ARTICLES = 200, 100
NAMES = (
    "annotated.jsonl",
    "statements.jsonl",
    "events.jsonl",
    "incidents.jsonl",
    "briefing.json",
)


def main() -> None:
    """Record or compare, as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("act", choices=("record", "compare"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--again", type=Path, help="where compare writes, by default FOLDER/again")
    parser.add_argument("--renamed", action="append", default=[], metavar="OLD=NEW")
    options = parser.parse_args()
    folder = options.folder
    if options.act == "record":
        folder.mkdir(parents=True, exist_ok=True)
        write_articles(options.shared, folder)
        write_outputs(folder, folder, options)
        return
    again = options.again or folder / "again"
    shutil.rmtree(again, ignore_errors=True)
    again.mkdir()
    write_outputs(folder, again, options)
    names = dict(renamed.split("=") for renamed in options.renamed)
    differences = [found for name in NAMES if (found := difference(folder / name, again / name, names))]
    print("\n".join(differences) or "the same")
    sys.exit(1 if differences else 0)


def write_articles(shared: Path, folder: Path) -> None:
    """The articles, as a folder for `brief` and as records for `annotate`."""
    lines = (shared / "corpora" / "state_2021_2022.jsonl").read_text(encoding="utf-8").splitlines()
    releases = [json.loads(line) for line in lines[:: len(lines) // RELEASES][:RELEASES]]
    shutil.copytree("seeds", folder / "seeds", dirs_exist_ok=True)
    rows = [
        {"text": row["text"], "title": row["title"], "published_date": row["date"][:10], "url": row["url"]}
        for row in releases
    ]
    write_lines(folder / "seeds" / "releases.jsonl", rows)
    own = [*Path("seeds").glob("*.txt"), *sorted(Path("examples/thirteen-days").glob("*.txt"))]
    rows = [{"text": path.read_text(encoding="utf-8")} for path in own] + rows
    lines = (shared / "gold" / "articles_unlabelled.jsonl").read_text(encoding="utf-8").splitlines()
    for article in map(json.loads, lines[:WHOLE_ARTICLES]):
        rows.append({"text": f"{article['title']}\n\n{article['text']}", "title": article["title"]})
    write_lines(folder / "records.jsonl", [{"id": str(i), **row} for i, row in enumerate(rows)])


def write_lines(path: Path, rows: list[dict]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def write_outputs(articles: Path, out: Path, options: argparse.Namespace) -> None:
    """What the two commands write for the articles."""
    with (out / "annotated.jsonl").open("wb") as stream:
        command = [*FAULTLINE, "annotate", str(articles / "records.jsonl")]
        subprocess.run(command, stdout=stream, check=True)
    if not options.quick:
        folders = [
            "--seeds",
            str(articles / "seeds"),
            "--out",
            str(out / "out"),
            "--store",
            str(out / "store"),
        ]
        subprocess.run([*FAULTLINE, "brief", *folders], check=True)
        for table in ("statements", "events", "incidents"):
            exported = ["export", str(out / f"{table}.jsonl"), "--table", table, *folders[:2], *folders[4:]]
            subprocess.run([*FAULTLINE, *exported], check=True)
        written = max((out / "out").glob("*/briefing.json"), key=lambda path: path.stat().st_mtime)
        shutil.copy(written, out / "briefing.json")


def difference(old: Path, new: Path, names: dict[str, str]) -> str:
    """Where two files first differ; "" if nowhere."""
    if not old.exists() or not new.exists():
        return ""
    before = records_of(renamed(old.read_text(encoding="utf-8"), names), old)
    after = records_of(new.read_text(encoding="utf-8"), new)
    for number, (wanted, found) in enumerate(zip(before, after, strict=False), 1):
        if wanted != found:
            return f"{new}:{number}: {first_difference(wanted, found)}"
    return "" if len(before) == len(after) else f"{new}: {len(after)} records, expected {len(before)}"


def records_of(text: str, path: Path) -> list:
    """The single object of a `.json` file, or the objects of a `.jsonl` file."""
    return [json.loads(part) for part in ([text] if path.suffix == ".json" else text.splitlines())]


def renamed(line: str, names: dict[str, str]) -> str:
    for old, new in names.items():
        line = line.replace(f'"{old}":', f'"{new}":')
    return line


def first_difference(old: object, new: object, at: str = "") -> str:
    """The path to the first value that differs, with both values."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return next(first_difference(old[k], new[k], f"{at}.{k}") for k in old if old[k] != new[k])
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return next(
            first_difference(a, b, f"{at}[{i}]")
            for i, (a, b) in enumerate(zip(old, new, strict=True))
            if a != b
        )
    return f"{at or 'line'} is {str(new)[:300]!r}, expected {str(old)[:300]!r}"


if __name__ == "__main__":
    main()
