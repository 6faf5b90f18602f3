"""A folder of articles, opened for a notebook: tables, answers, charts, views, explorers and forms."""

from collections.abc import Mapping
from functools import cached_property
from os.path import relpath
from pathlib import Path
from threading import RLock

from IPython import get_ipython
from pandas import DataFrame, RangeIndex, Series

from analysis.briefing.numbers import Fingerprint, fingerprint
from analysis.export.export_tables import export_tables as write_tables
from analysis.ingest.corrections_file import corrections_stamp
from analysis.notebook.controls import Explorers, Forms, ParameterForm
from analysis.notebook.corpus_tables import CorpusTables, plain_errors
from analysis.notebook.views import Answers, Charts, Robustness, Views
from analysis.phrasing import counted
from analysis.pipeline.filters import Day, load_articles, scope_of
from analysis.pipeline.reporting_period import AUTO, reporting_period as period_of
from analysis.readable.columns import TABLES
from analysis.readable.frame import readable_part
from analysis.readable.tables import Readable, about_tables, readable_tables
from analysis.search.answer import LIMIT
from analysis.search.query import Filters, question_of
from analysis.views.render import View, view
from analysis.views.search_hits import FoundTexts, found_texts

CATCHING_UP = RLock()  # callbacks of widgets run beside the cells


class Corpus(CorpusTables):
    """A folder of articles as notebooks show it; `open_corpus` makes one.

    Tables to read: `statements`, `events`, `incidents`, shown in plain words; `export` writes them to a file.
    Tables for code: `articles`, `rejected` and those of `tables`, such as `tables.quotes`, of the days and
    the pair or country that were asked for, without repeated rows; `as_read` has all, repeats and other pairs
    included. What is shown: `answers`, `charts`, `views`, `robustness`. What an analyst works with:
    `explorers`, `forms`.
    """

    @cached_property
    def answers(self) -> Answers:
        """Two sentences in answer to the question of each notebook."""
        return Answers(self)

    @cached_property
    def charts(self) -> Charts:
        """Charts."""
        return Charts(self)

    @cached_property
    def views(self) -> Views:
        """Lists and tables with their evidence."""
        return Views(self)

    @cached_property
    def robustness(self) -> Robustness:
        """What would overturn each answer."""
        return Robustness(self)

    @cached_property
    def explorers(self) -> Explorers:
        """Filters, bars, evidence and articles to work with."""
        return Explorers(self)

    @cached_property
    def forms(self) -> Forms:
        """Forms that add an article or correct a result."""
        return Forms(self)

    def controls(self) -> ParameterForm:
        """Fields for the parameters of the notebook, and a button that updates everything below.

        Raises:
            CorpusError: there is no notebook, or it declares none of the parameters.
        """
        with plain_errors():
            shell = get_ipython()
            if shell is None:
                raise ValueError("corpus.controls() was called outside a notebook, expected a cell of one")
            return ParameterForm(self, shell.user_ns, open_corpus)

    def catch_up(self, *, is_forced: bool = False) -> bool:
        """Apply corrections that were saved since, here or elsewhere, wherever the notebook shows them.

        Args:
            is_forced: read the folder again in any case, since an article was added.

        Returns:
            Whether there were any.

        Raises:
            CorpusError: the file of corrections breaks its rules.
        """
        with CATCHING_UP:
            stamp = corrections_stamp(self.seeds)
            if stamp == self.stamp and not is_forced:
                return False
            new = open_corpus(
                self.seeds, store=self.store, reporting_period=self.asked_period, **vars(self.scope)
            )
            # Variables of notebooks, explorers and charts all hold this object: it becomes the new one, and
            # all that was computed from the old tables is forgotten.
            kept = {"followers": self.followers, "shown": self.shown}
            vars(self).clear()
            vars(self).update({**vars(new), **kept})
            for renew in self.followers:
                renew()
            return True

    def export(self, path: Path | str, *tables: str) -> View:
        """Write the readable tables to a file, such as "../scratch/tables.xlsx".

        Args:
            path: of the file, which ends in .xlsx, .csv, .parquet or .jsonl, or of a folder for CSV files.
            tables: names of the tables wanted, such as "statements"; by default all.

        Raises:
            CorpusError: the ending or a table is unknown, or the file cannot be written.
        """
        return export_tables(self, path, *tables)

    def search(
        self,
        query: str,
        *,
        speaker: str = "",
        side: str = "",
        outlet: str = "",
        country: str | None = "",
        pair: str | None = "",
        since: Day = "",
        until: Day = "",
        within: str = "",
        limit: int = LIMIT,
    ) -> FoundTexts:
        """Search titles, sentences, statements and speakers; the best matches come first.

        `corpus.search("tanker AND Hormuz", speaker="Araghchi", since="2026-01-01")`

        Args:
            query: words, "phrases", AND, OR, NOT, parentheses, prefix*.
            speaker: only statements by speakers with this name, or with a word that begins like it.
            side: only sentences in which somebody with such a name acts or is acted on.
            outlet: only articles from this outlet: its name or the beginning of one of its words.
            country: as in `open_corpus`, and so are `pair`, `since` and `until`.
            pair: only what passes between two countries.
            since: only articles of this day and later.
            until: only articles of this day and earlier.
            within: where the whole query must match: "articles", "titles", "sentences" or "statements"; by
                default articles, or statements if a speaker and sentences if a side is given.
            limit: the most hits.

        Returns:
            `SearchHits` table, which Jupyter shows with the words marked.

        Raises:
            CorpusError: the query cannot be understood, or a filter is not what it should be.
        """
        with plain_errors():
            if not isinstance(limit, int) or limit < 1:
                raise ValueError(f"limit is {limit!r}, expected a number from 1 up")
            asked = scope_of(since=since, until=until, pair=pair, country=country)
            both = self.scope, asked  # a search narrows what the corpus was narrowed to
            filters = Filters(
                speaker,
                side,
                outlet,
                subjects=tuple(dict.fromkeys(one.subject for one in both if one.subject)),
                since=max(one.since for one in both),
                until=min((one.until for one in both if one.until), default=""),
            )
            question = question_of(query, within, filters)
        return found_texts(self.search_index.answer(question, limit=limit))

    def fingerprint(self, *tables: str) -> Fingerprint:
        """What a notebook shows, for the briefing that is made of it: both must have the same rows.

        Args:
            tables: names of tables, such as "quotes".
        """
        return fingerprint(self.tables, *tables)

    def __repr__(self) -> str:
        found = f"{counted(len(self.found_articles), 'article')}, {counted(len(self.found_rejected), 'file')}"
        return f"<Corpus {self.seeds}: {found} rejected, {self.scope.pairs}>"


def open_corpus(
    seeds: Path | str = "../seeds",
    *,
    since: Day = "",
    until: Day = "",
    pair: str | None = "",
    country: str | None = "",
    leave_out: str | None = "",
    reporting_period: str | None = AUTO,
    store: Path | str | None = "../.faultline",
) -> Corpus:
    """The articles of a folder, and every table read from them.

    Articles are loaded at once; the tables are read when one of them is first asked for.

    Args:
        seeds: folder of articles.
        since: only articles of this day and later: "2024-04-01", or a date.
        until: only articles of this day and earlier.
        pair: only what passes between two countries, such as "USA-CHN" or "US-China", in either order;
            several with commas.
        country: only what involves a country, by name or code, such as "Britain", "UK" or "GBR": its
            events, its speakers, statements about it; several with commas. With a pair, what involves
            either.
        leave_out: outlets whose articles do not count, such as "Tass; Press TV".
        reporting_period: the days whose incidents are reported: "auto", "day", "week", "month", "all", or
            days such as "2025-05-05..2025-05-11"; what came before is what they are compared with.
        store: folder or address that keeps what was read, so that only new articles are read; "" or
            None keeps nothing.

    Returns:
        The corpus; type `corpus.` and press Tab to see what it has.

    Raises:
        CorpusError: the folder does not exist or has no article, a day, the pair, the country or the period
            is wrong, or no article is from these days.
    """
    with plain_errors():
        for name, value, example in (("seeds", seeds, "../seeds"), ("store", store or ".", "../.faultline")):
            if not isinstance(value, str | Path) or not str(value).strip():  # " " would be where we are
                raise ValueError(f"{name} is {value!r}, expected a folder such as {example!r}")
        scope = scope_of(since, pair, until, country, leave_out)
        stamp = corrections_stamp(seeds)
        articles, rejected = load_articles(seeds, scope)
        asked = "" if reporting_period is None else reporting_period
        days = period_of(asked, articles["published_date"])
    return Corpus(
        seeds=Path(seeds),
        scope=scope,
        reporting_period=days,
        store=str(store or ""),
        found_articles=articles,
        found_rejected=rejected,
        asked_period=asked,
        stamp=stamp,
    )


def export_tables(rows: object, path: Path | str, *tables: str) -> View:
    """Write a corpus, or tables that you made yourself, to a file.

    Columns that only code needs are left out. Nothing in a cell is a formula.

    Args:
        rows: a corpus, a DataFrame such as `corpus.statements` or a part of it, or several as {name: table}.
        path: of the file, which ends in .xlsx, .csv, .parquet or .jsonl, or of a folder for CSV files.
        tables: of a corpus the names of those wanted, such as "statements"; by default all.

    Returns:
        What was written, with a link to it.

    Raises:
        CorpusError: the ending or a table is unknown, there is none, or the file cannot be written.
    """
    with plain_errors():
        if isinstance(rows, CorpusTables):
            found = Readable(rows.period_inputs, rows.rejected, rows.scope)
            about = about_tables(found, rows.articles)
            exported = write_tables(readable_tables(found, tables), path, about=about)
        elif isinstance(rows, Mapping):
            exported = write_tables({str(name): table_of(one) for name, one in rows.items()}, path)
        else:
            table, columns = table_of(rows), {name: set(one.column_names) for name, one in TABLES.items()}
            own = next((name for name, known in columns.items() if known <= set(table.columns)), "table")
            exported = write_tables({own: table}, path)
    files = [(str(one), relpath(one).replace("\\", "/")) for one in exported.paths]
    counts = exported.row_counts.items()
    return view("notebook/exported", files=files, counts=counts, notes=exported.notes)


def table_of(rows: object) -> DataFrame:
    """A table as it is written, without what only code needs; groups and counts keep their labels as columns.

    Raises:
        ValueError: it is not a table.
    """
    if isinstance(rows, Series):
        rows = rows.to_frame(rows.name or "value")
    if not isinstance(rows, DataFrame):
        expected = "expected a corpus, a table such as corpus.statements, or several as {name: table}"
        raise ValueError(f"a {type(rows).__name__} cannot be exported, {expected}")
    is_numbered = isinstance(rows.index, RangeIndex) or rows.index.names == [None]
    return readable_part(rows if is_numbered else rows.reset_index())
