"""Add articles to a folder, list and search them, take back corrections, and read records or the store."""

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.shared import (
    SEEDS,
    Country,
    DeskName,
    Pair,
    Scheduler,
    Seeds,
    Since,
    Store,
    Until,
    asked_desk,
    check_apart,
    error_sentence,
    pool_of,
    print_added,
    print_articles,
    print_error,
    print_lines,
    print_table,
    printable,
    progress,
    read_tables,
    say_rejected,
    whole_number,
)
from analysis.phrasing import counted
from analysis.search.answer import LIMIT, Answer, Mark, pieces
from analysis.search.query import Filters, question_of

MIN_LISTED_SHARE = 0.5  # of the lines of a list of feeds begin with an address; in an article fewer do


def add(
    sources: Annotated[
        list[str],
        typer.Argument(help="Files, addresses of pages and feeds, or lists of feeds."),
    ],
    title: Annotated[str, typer.Option(help="Title of the article.")] = "",
    date: Annotated[str, typer.Option(help="Date of publication, such as 2024-04-20.")] = "",
    outlet: Annotated[str, typer.Option(help="Newspaper, agency or site that published it.")] = "",
    author: Annotated[str, typer.Option(help="Author of the article.")] = "",
    url: Annotated[
        str, typer.Option(help="Web address where it was published, if you add it from a file.")
    ] = "",
    note: Annotated[str, typer.Option(help="How you know this, and what to be careful about.")] = "",
    columns: Annotated[
        str, typer.Option("--map", help="Columns of a table, such as text=Body,title=Headline.")
    ] = "",
    day_first: Annotated[
        bool | None,
        typer.Option("--day-first/--month-first", help="Order of day and month in 03/04/2024 in a table."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Read a file again that was added before, in its place.")
    ] = False,
    seeds: Seeds = Path("seeds"),
) -> None:
    """Copy articles to seeds/, and write what you know about them to metadata.csv there.

    Exit code 2 if anything was rejected; everything else is added all the same.
    """
    metadata = {
        "title": title,
        "published_date": date,
        "outlet": outlet,
        "author": author,
        "url": url,
        "note": note,
    }
    import pandas as pd

    from analysis.ingest.additions import Session, UnsureTable, add_source
    from analysis.ingest.corpus import article_table, translation_name
    from analysis.ingest.dates import DAY_FIRST, MONTH_FIRST
    from analysis.ingest.draft import Choices, plain_address
    from analysis.ingest.own_tables import checked_metadata
    from analysis.ingest.sandbox import reader_process

    options = {"published_date": "--date"} | {name: f"--{name}" for name in metadata if "_" not in name}
    metadata = checked_metadata(metadata, names=options)
    originals = {one for one in sources if translation_name(one) in {*sources} - {""}}  # are added with these
    sources = [one for one in sources if one not in originals]
    choices = Choices(
        parse_column_map(columns), "" if day_first is None else DAY_FIRST if day_first else MONTH_FIRST
    )
    wanted: list[tuple[str, dict[str, str], bool]] = []  # source, metadata, and if it is a listed feed
    for source in sources:
        feeds = listed_feeds(Path(source))
        if feeds:
            check_apart(Path(source), seeds)
        of_feeds = [(address, {**metadata, "outlet": own or outlet}, True) for address, own in feeds]
        wanted += of_feeds or [(source, metadata, False)]
    failures, is_new, tables = 0, not seeds.exists(), [article_table([])]
    with reader_process() as read:
        session = Session(seeds, read)
        for source, cells, is_feed in wanted:
            own = {"choices": Choices() if is_feed else choices, "is_feed": is_feed, "replace": replace}
            try:
                added = add_source(source, seeds, cells, **own, session=session)
            except (OSError, ValueError) as error:  # the other sources are still added
                sentence = error_sentence(error)
                if Path(source).name not in sentence:  # another file is at fault
                    sentence = f"{plain_address(source)} was not added: {sentence}"
                print_error(sentence)
                if isinstance(error, UnsureTable):
                    print_table(error.columns.rows[0], error.columns.rows[1:], is_error=True)
                failures += 1
            else:
                print_added(added)
                tables.append(added.articles)
                failures += len(added.rejected) > 0
    if len(articles := pd.concat(tables)):
        print_articles(articles)
    if len(wanted) > 1:
        refused = f"{counted(failures, 'source')} of {len(wanted):,} refused, in full or in part"
        typer.echo(printable(f"{seeds}: {counted(len(articles), 'article')} added; {refused}"))
    if is_new and seeds.exists():
        print_error(f"{seeds} did not exist and was made")
    if failures:
        raise typer.Exit(2)


def listed_feeds(path: Path) -> list[tuple[str, str]]:
    """The address, perhaps with a password, and the outlet or "" of each feed in a list, one a line.

    What follows a `#` after a space, or at the start of a line, is a comment.

    Returns:
        Nothing if the file is no such list, but perhaps an article.

    Raises:
        ValueError: a line of the list is no address; the message names all such lines.
    """
    from analysis.ingest.draft import is_web_address
    from analysis.ingest.own_tables import checked_metadata, refuse_lines

    is_text = path.suffix.lower() == ".txt" and path.is_file()
    text = path.read_bytes()[:1_000_000].decode("utf-8-sig", "replace") if is_text else ""
    plain = re.sub(r"(^|[^\S\n])#.*", "", text, flags=re.MULTILINE)  # without comments
    words = {number: line.split() for number, line in enumerate(plain.split("\n"), start=1) if line.strip()}
    count = sum(is_web_address(address) for address, *_ in words.values())
    if not count or count < MIN_LISTED_SHARE * len(words):
        return []
    wrong = {}
    for number, (address, *outlet) in words.items():
        try:
            checked_metadata({"url": address, "outlet": " ".join(outlet)})
        except ValueError as error:
            wrong[number] = str(error)
    refuse_lines(path, wrong)
    return [(address, " ".join(outlet)) for address, *outlet in words.values()]


def parse_column_map(text: str) -> dict[str, str]:
    """Field to column, from `text=Body,title=Headline`."""
    from analysis.ingest.draft import FIELDS

    columns = {}
    for pair in filter(None, text.split(",")):
        field, _, column = (part.strip() for part in pair.partition("="))
        if field not in FIELDS or not column:
            raise ValueError(
                f"--map: found {pair.strip()!r}, expected FIELD=COLUMN, where FIELD is one of "
                f"{', '.join(FIELDS)}"
            )
        columns[field] = column
    return columns


def check(seeds: Seeds = Path("seeds")) -> None:
    """List the articles, and what was rejected and why; exit code 2 if anything was, or nothing is there."""
    from analysis.ingest.corpus import load_corpus
    from analysis.pipeline.filters import load_articles

    articles, rejected = load_corpus(seeds)
    if articles.empty and rejected.empty:
        load_articles(seeds)  # raises an error that says what is expected
    typer.echo(
        f"{seeds}: {counted(len(articles), 'article')} in "
        f"{counted(articles['story_id'].nunique(), 'story')}, {len(rejected)} rejected"
    )
    print_articles(articles)
    print_lines("rejected: " + rejected["path"] + " " + rejected["reason"], "rejected", is_error=True)
    if len(rejected) or articles.empty:
        raise typer.Exit(2)


def corrections(
    undo: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Take back the correction that the list names so, such as 3-1f0c; the one before it counts "
            "again.",
        ),
    ] = "",
    seeds: Seeds = Path("seeds"),
    store: Store = ".faultline",
) -> None:
    """List the corrections (what, by whom, when, why, and whether each still applies), or take one back.

    Exit code 2 if a correction no longer applies.
    """
    from analysis.ingest.corrections_file import (
        article_id_of,
        correction_name,
        load_corrections,
        remove_correction,
    )
    from analysis.schemas import LAPSED
    from analysis.tables.rows import rows_of
    from analysis.views.corrections import correction_words, shown_correction

    if undo:
        row = remove_correction(seeds, undo)
        words = correction_words(row, f"article {article_id_of(row['id'])}")
        typer.echo(printable(f"taken back: {words}"))
        return
    saved = load_corrections(seeds)
    tables, _ = read_tables(seeds, store)
    say_rejected(tables.unread, seeds)
    missing = saved[~saved["line"].isin(tables.corrections["line"])]  # their article is gone
    rows = sorted([*rows_of(tables.corrections), *rows_of(missing)], key=lambda row: row.line)
    names = {row["line"]: correction_name(row) for row in saved.to_dict("records")}
    has_lapsed = False
    for row in rows:
        article = tables.article_rows.get(article_id_of(row.id))
        where = "a missing article" if article is None else article.path
        typer.echo(printable(f"{names[row.line]}: {correction_words(row._asdict(), where)}"))
        shown = shown_correction(row, article)
        typer.echo(printable(f"    still applies: {shown['fits']}"))
        has_lapsed |= shown["standing"] == LAPSED
    typer.echo(printable(f"{seeds}: {counted(len(rows), 'correction')}"))
    if has_lapsed:
        raise typer.Exit(2)


def search(
    query: Annotated[
        list[str] | None,
        typer.Argument(
            help='Words, "phrases", AND, OR, NOT, parentheses, prefix*; can be left out with --speaker or '
            "--side."
        ),
    ] = None,
    speaker: Annotated[
        str,
        typer.Option(help="Only statements by speakers with this name, or with a word that begins like it."),
    ] = "",
    side: Annotated[
        str,
        typer.Option(help="Only sentences in which somebody with such a name acts or is acted on."),
    ] = "",
    country: Country = None,
    pair: Pair = None,
    outlet: Annotated[
        str,
        typer.Option(help="Only articles from this outlet: its name or the beginning of one of its words."),
    ] = "",
    since: Since = "",
    until: Until = "",
    within: Annotated[
        str,
        typer.Option(
            "--in",
            help="Where the whole query must match: articles, titles, sentences or statements; by default "
            "articles, or statements with --speaker, or sentences with --side.",
        ),
    ] = "",
    limit: Annotated[
        int, typer.Option(help="Show at most this many results.", **whole_number(10_000))
    ] = LIMIT,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON Lines, for other programs.")] = False,
    desk: DeskName = "",
    seeds: Seeds = SEEDS,
    store: Store = ".faultline",
) -> None:
    """Search titles, sentences, statements, speakers and sides of all articles, the best matches first."""
    from analysis.search.corpus_index import CorpusIndex

    asked = asked_desk(desk, seeds, since=since, until=until, country=country, pair=pair)
    question = question_of(
        " ".join(query or []),
        within,
        Filters(speaker, side, outlet, tuple(filter(None, [asked.scope.subject]))),
    )
    tables, _ = read_tables(asked.seeds, store, scope=asked.scope, bar="Reading")
    say_rejected(tables.unread, asked.seeds)
    found = CorpusIndex(lambda: tables).answer(question, limit=limit)
    if as_json:
        for hit in found.hits:
            typer.echo(json.dumps(hit._asdict()))  # ASCII, so that nothing in it can control the terminal
    else:
        print_answer(found)


def print_answer(found: Answer) -> None:
    """Print how many texts match, and the first of them, or why none does."""
    read = f"{counted(found.read_count, 'article')} searched"
    if not found.match_count:
        typer.echo(printable(f"{found.hint} {read}."))
        return
    verb = "matches" if found.match_count == 1 else "match"
    shown = f"; the best {len(found.hits)}:" if len(found.hits) < found.match_count else ":"
    typer.echo(f"{counted(found.match_count, found.question.noun)} {verb}; {read}{shown}")
    for hit in found.hits:
        title = marked(hit.title or hit.file, hit.title_marks)
        typer.echo("\n" + "  ".join(filter(None, (hit.date or "undated", printable(hit.outlet), title))))
        if " ".join(hit.text.split()) != hit.title:
            typer.echo(f"    {marked(hit.text, hit.text_marks)}")
        typer.echo(printable(f"    {'; '.join(filter(None, (hit.speaker, hit.file)))}"))


def marked(text: str, marks: Sequence[Mark]) -> str:
    """Text with its marks in bold; plain if the output is not a terminal."""
    return "".join(
        typer.style(printable(piece), bold=True) if is_marked else printable(piece)
        for piece, is_marked in pieces(text, marks)
    )


def annotate(
    file: Annotated[
        str,
        typer.Argument(
            help="JSON Lines with id and text: a file, a pipe, an address that fsspec knows, or, without it "
            "or with -, standard input."
        ),
    ] = "",
    scheduler: Scheduler = "",
) -> None:
    """Read JSON Lines, write JSON Lines: quotes, events, topics, stances and more of each record.

    A record that cannot be read gets a row with an error, and all others are read; the exit code stays 0.
    """
    is_given = file not in ("", "-")
    if not is_given and sys.stdin is None:
        raise ValueError("standard input is closed, expected JSON Lines: name their file after annotate")
    if sys.stdout is None:
        raise ValueError(
            "standard output is closed, expected a place for the results: add `> FILE` for a file"
        )
    from analysis.nlp.parse.model import installed_model
    from analysis.nlp.parse.reader import load_reader
    from analysis.pipeline.annotate import annotated_stream, bounded_lines, open_lines

    installed_model()
    load_reader()
    source = open_lines(file) if is_given else sys.stdin.buffer
    problems: Counter[str] = Counter()
    with source, pool_of(scheduler) as pool, progress("Records") as advance:
        for line in annotated_stream(bounded_lines(source), pool=pool):
            sys.stdout.write(line.text + "\n")
            problems[line.problem] += 1
            advance(1)
        sys.stdout.flush()
    for problem in sorted(filter(None, problems)):
        print_error(f"{counted(problems[problem], 'record')} {problem}: see the field `error` of each")


def store(
    folder: Annotated[str, typer.Argument(help="Folder or address of the store.")] = ".faultline",
    clear: Annotated[bool, typer.Option("--clear", help="Delete everything in the store.")] = False,
    clear_stale: Annotated[
        bool, typer.Option("--clear-stale", help="Delete results from other versions of Faultline.")
    ] = False,
) -> None:
    """Show the stored results of articles already read, by version, or delete them."""
    from rich.filesize import decimal

    from analysis.pipeline.store import clear as clear_store, reading_version, usage

    current = [reading_version()]
    if clear or clear_stale:
        freed = clear_store(folder, () if clear else current)
        typer.echo(
            f"{printable(folder)}: {decimal(freed)} deleted"
            + ("" if freed or usage(folder) else ": nothing here is from a store, such as .faultline")
        )
    if usages := usage(folder):
        rows = (
            (
                usage.version,
                "current" if usage.version in current else "stale",
                f"{usage.article_count:,}",
                f"{usage.file_count:,}",
                decimal(usage.bytes),
            )
            for usage in usages
        )
        print_table(("version", "state", "articles", "files", "size"), rows)
    typer.echo(f"{printable(folder)}: {decimal(sum(one.bytes for one in usages))} in the store")
