"""Search the articles of a folder from the command line."""

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import (
    SEEDS,
    Country,
    DeskName,
    Pair,
    Seeds,
    Since,
    Until,
    asked_desk,
    read_tables,
)
from analysis.console import printable, say_rejected
from analysis.phrasing import counted
from analysis.search.answer import LIMIT, Answer, Mark, answer_of, pieces
from analysis.search.index_file import index_path, open_index, source_state
from analysis.search.query import Filters, Question, question_of


def search(
    query: Annotated[
        str,
        typer.Argument(
            help='Words, "phrases", AND, OR, NOT, parentheses, prefix*; can be left out with --speaker or '
            "--side."
        ),
    ] = "",
    speaker: Annotated[
        str, typer.Option(help="Only statements by speakers with this name or part of a name.")
    ] = "",
    side: Annotated[
        str,
        typer.Option(
            help="Only sentences in which somebody of this name or part of a name acts or is acted on."
        ),
    ] = "",
    country: Country = "",
    pair: Pair = "",
    outlet: Annotated[str, typer.Option(help="Only articles from this outlet: its name or part of it.")] = "",
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
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Show at most this many results.")] = LIMIT,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON Lines, for other programs.")] = False,
    desk: DeskName = "",
    seeds: Seeds = SEEDS,
    store: Annotated[
        str,
        typer.Option(
            help="Folder or address of the store of articles already read; the index is kept there."
        ),
    ] = ".faultline",
) -> None:
    """Search titles, sentences, statements, speakers and sides of all articles, the best matches first."""
    filters = Filters(speaker, side, outlet)
    if desk or since or until or country or pair:  # else pandas is not loaded
        asked = asked_desk(desk, seeds, since=since, until=until, country=country, pair=pair)
        seeds, scope = asked.seeds, asked.scope
        filters = filters._replace(
            subjects=tuple(filter(None, [scope.subject])),
            since=scope.since,
            until=scope.until,
            leave_out=tuple(filter(None, scope.leave_out.split("; "))),
        )
    found = folder_answer(seeds, store, question_of(query, within, filters), limit)
    if as_json:
        for hit in found.hits:
            typer.echo(json.dumps(hit._asdict()))  # ASCII, so that nothing in it can control the terminal
    else:
        print_answer(found)


def folder_answer(seeds: Path, store: str, question: Question, limit: int) -> Answer:
    """The answer from the index of a folder, which is first built again if any file has changed."""
    source = source_state(seeds) if seeds.is_dir() else ""
    connection = open_index(index_path(store, seeds), {"source": source})
    if connection:
        with closing(connection):
            return answer_of(connection, question, limit=limit)
    from analysis.search.corpus_index import CorpusIndex

    tables, _ = read_tables(seeds, store, bar="Reading")
    say_rejected(tables.unread, seeds)
    return CorpusIndex(lambda: tables, index_path(store, seeds), source).answer(question, limit=limit)


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
        source = [hit.date or "undated", printable(hit.outlet), title]
        typer.echo(f"\n{'  '.join(part for part in source if part)}")
        if " ".join(hit.text.split()) != hit.title:
            typer.echo(f"    {marked(hit.text, hit.text_marks)}")
        typer.echo(printable(f"    {'; '.join(filter(None, (hit.speaker, hit.file)))}"))


def marked(text: str, marks: Sequence[Mark]) -> str:
    """Text with its marks in bold; plain if the output is not a terminal."""
    return "".join(
        typer.style(printable(piece), bold=True) if is_marked else printable(piece)
        for piece, is_marked in pieces(text, marks)
    )
