"""Search the articles of a folder from the command line."""

import json
from collections.abc import Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import Seeds, Since, Until, exit_on_mistakes, read_tables
from analysis.console import printable
from analysis.phrasing import counted
from analysis.search.answer import LIMIT, Answer, Hit, answer_of
from analysis.search.index_file import fact, index_path, open_index, source_state
from analysis.search.marks import Mark, pieces, shortened
from analysis.search.query import Filters, Question, question_of


def search(
    query: Annotated[str, typer.Argument(help='Words, "phrases", AND, OR, NOT, parentheses, prefix*.')],
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
            typer.echo(json.dumps(hit._asdict()))  # ASCII, so that nothing in it can control the terminal
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
    """The answer from the index of a folder, which is first built again if any file has changed."""
    path = index_path(store, seeds)
    source = source_state(seeds) if seeds.is_dir() else ""
    connection = open_index(path) if path else None
    if connection:
        with closing(connection):
            if fact(connection, "source") == source:
                return answer_of(connection, question, limit=limit)
    from analysis.pipeline.store import usable_store
    from analysis.search.corpus_index import CorpusIndex

    with usable_store(store) if store else nullcontext(store) as usable:
        tables = read_tables(seeds, str(usable), bar="Reading")
        return CorpusIndex(lambda: tables, index_path(usable, seeds), source).answer(question, limit=limit)


def print_answer(found: Answer) -> None:
    """Print how many texts match, and the first of them, or why none does."""
    if not found.match_count:
        typer.echo(printable(f"{found.hint} {counted(found.read_count, 'article')} searched."))
        return
    noun = found.question.noun
    verb = "matches" if found.match_count == 1 else "match"
    head = f"{counted(found.match_count, noun)} {verb}; {counted(found.read_count, 'article')} searched"
    shown = f"; the best {len(found.hits)}:"
    typer.echo(head + (shown if len(found.hits) < found.match_count else ":"))
    for hit in found.hits:
        print_hit(hit)


def print_hit(hit: Hit) -> None:
    """Print date, outlet and title, the passage with its words marked, who says it, and the file."""
    title = marked(hit.title or hit.file, hit.title_marks)
    source = [hit.date or "undated", printable(hit.outlet), title]
    typer.echo(f"\n{'  '.join(part for part in source if part)}")
    if " ".join(hit.text.split()) != hit.title:
        text, marks = shortened(hit.text, hit.text_marks)
        typer.echo(f"    {marked(text, marks)}")
    speaker = f"{printable(hit.speaker)}; " if hit.speaker else ""
    typer.echo(f"    {speaker}{printable(hit.file)}")


def marked(text: str, marks: Sequence[Mark]) -> str:
    """Text with its marks in bold; plain if the output is not a terminal."""
    return "".join(
        typer.style(printable(piece), bold=True) if is_marked else printable(piece)
        for piece, is_marked in pieces(text, marks)
    )
