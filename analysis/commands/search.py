"""Search the articles of a folder from the command line."""

import json
import sqlite3
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import Seeds, Since, Until, exit_on_mistakes, read_tables
from analysis.console import printable
from analysis.phrasing import counted
from analysis.search.answer import LIMIT, Answer, Hit, answer_of
from analysis.search.index_file import UnusableIndex, fact, is_damage, open_index, transaction, write_fact
from analysis.search.index_place import index_path, source_state
from analysis.search.marks import Mark, pieces, shortened
from analysis.search.matching import LEVEL_OF
from analysis.search.question import Filters, Question, question_of


def search(
    query: Annotated[
        str, typer.Argument(help='Words, "phrases", AND, OR, NOT, parentheses, prefix*, NEAR(a b, 5).')
    ],
    speaker: Annotated[
        str, typer.Option(help="Only statements by speakers with this name or part of a name.")
    ] = "",
    country: Annotated[str, typer.Option(help="Only what involves this country, as in brief.")] = "",
    pair: Annotated[str, typer.Option(help="Only what passes between two countries, such as USA-CHN.")] = "",
    outlet: Annotated[str, typer.Option(help="Only articles from this outlet: its name or part of it.")] = "",
    since: Since = "",
    until: Until = "",
    within: Annotated[
        str,
        typer.Option(
            "--in",
            help="Where the whole query must match: articles, titles, sentences or statements; by default "
            "articles, or statements with --speaker.",
        ),
    ] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Show at most this many results.")] = LIMIT,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON Lines, for other programs.")] = False,
    seeds: Seeds = Path("seeds"),
    store: Annotated[
        str,
        typer.Option(
            help="Folder or address of the store of articles already read; the index is kept there."
        ),
    ] = ".faultline",
) -> None:
    """Search titles, sentences, statements and speakers of all articles, the best matches first."""
    with exit_on_mistakes():
        filters = filters_of(speaker, outlet, since=since, until=until, country=country, pair=pair)
        question = question_of(query, within, filters)
        found = folder_answer(seeds, store, question, limit)
    if as_json:
        for hit in found.hits:
            typer.echo(json_line(hit))
    else:
        print_answer(found)


def filters_of(speaker: str, outlet: str, **days_and_sides: str) -> Filters:
    """The filters of a search.

    Args:
        speaker: name or part of it.
        outlet: likewise.
        days_and_sides: `since`, `until`, `country` and `pair`, as typed.

    Raises:
        ValueError: a day, the country or the pair is wrong.
    """
    if not any(days_and_sides.values()):
        return Filters(speaker, outlet)
    from analysis.pipeline.filters import scope_of  # it loads pandas

    scope = scope_of(**days_and_sides)
    countries, pairs = (tuple(filter(None, [code])) for code in (scope.country, scope.pair))
    return Filters(speaker, outlet, countries, pairs, scope.since, scope.until)


def folder_answer(seeds: Path, store: str, question: Question, limit: int) -> Answer:
    """The answer from the index of a folder, which is first updated if anything has changed."""
    path = index_path(store, seeds)
    source = source_state(seeds) if seeds.is_dir() else ""
    found = unchanged_answer(path, source, question, limit) if path else None
    if found is not None:
        return found
    from analysis.pipeline.store import StoreWarning
    from analysis.pipeline.usable_store import usable_store
    from analysis.search.corpus_index import CorpusIndex

    with usable_store(store) if store else nullcontext(store) as usable:
        path = index_path(usable, seeds)
        with noted_warnings() as noted:
            tables = read_tables(seeds, str(usable), bar="Reading")
        if StoreWarning in noted:  # the disk has filled up: a second sentence, on the index, says no more
            path = None
        index = CorpusIndex(lambda: tables, path)
        found = index.answer(question, limit=limit)
        if path:
            record_source(path, index.state, source)
    return found


@contextmanager
def noted_warnings() -> Iterator[list[type[Warning]]]:
    """The kinds of the warnings that are shown meanwhile."""
    noted: list[type[Warning]] = []
    with warnings.catch_warnings():
        show = warnings.showwarning

        def noted_and_shown(message, category, *more, **named) -> None:
            noted.append(category)
            show(message, category, *more, **named)

        warnings.showwarning = noted_and_shown
        yield noted


def unchanged_answer(path: Path, source: str, question: Question, limit: int) -> Answer | None:
    """The answer of an index that was written from the same files by the same program; else None."""
    try:
        with closing(open_index(path)) as connection:
            connection.execute("BEGIN")
            is_unchanged = fact(connection, "source") == source
            return answer_of(connection, question, limit=limit) if is_unchanged else None
    except UnusableIndex:
        return None
    except sqlite3.DatabaseError as error:
        if is_damage(error):  # it is found again, and repaired, when the index is updated
            return None
        raise OSError(f"{path}: {error}") from error


def record_source(path: Path, state: str, source: str) -> None:
    """Note from which files an index was written, unless another process has changed it since."""
    try:
        connection = open_index(path, mode="rw")
    except (UnusableIndex, sqlite3.OperationalError):
        return  # it was built in memory, and the user has been told
    with closing(connection), suppress(sqlite3.OperationalError), transaction(connection):
        if fact(connection, "state") == state:  # if not, or on a full disk, the next search compares again
            write_fact(connection, "source", source)


def json_line(hit: Hit) -> str:
    """A hit as one line of ASCII, so that nothing in it can control the terminal."""
    fields = hit._asdict() | {
        "title_marks": list(map(list, hit.title_marks)),
        "marks": list(map(list, hit.marks)),
    }
    return json.dumps(fields)


def print_answer(found: Answer) -> None:
    """Print how many texts match, and the first of them, or why none does."""
    if not found.match_count:
        typer.echo(printable(f"{found.hint} {counted(found.read_count, 'article')} searched."))
        return
    noun = LEVEL_OF[found.question.within].noun
    verb = "matches" if found.match_count == 1 else "match"
    head = f"{counted(found.match_count, noun)} {verb}; {counted(found.read_count, 'article')} searched"
    shown = f"; the {'best' if found.is_ranked else 'newest'} {len(found.hits)}:"
    typer.echo(head + (shown if len(found.hits) < found.match_count else ":"))
    for hit in found.hits:
        print_hit(hit)


def print_hit(hit: Hit) -> None:
    """Print date, outlet and title, the passage with its words marked, who says it, and the file."""
    title = marked(hit.title or hit.path, hit.title_marks if hit.title else [])
    source = [hit.day or "undated", printable(hit.outlet), title]
    typer.echo(f"\n{'  '.join(part for part in source if part)}")
    if " ".join(hit.text.split()) != hit.title:
        text, marks = shortened(hit.text, hit.marks)
        typer.echo(f"    {marked(text, marks)}")
    speaker = f"{printable(hit.speaker)}; " if hit.speaker else ""
    typer.echo(f"    {speaker}{printable(hit.path)}")


def marked(text: str, marks: Sequence[Mark]) -> str:
    """Text with its marks in bold; plain if the output is not a terminal."""
    return "".join(
        typer.style(printable(piece), bold=True) if is_marked else printable(piece)
        for piece, is_marked in pieces(text, marks)
    )
