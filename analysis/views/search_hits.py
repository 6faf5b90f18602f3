"""What a search found, as a table in which the searched words are marked."""

from collections.abc import Iterable, Sequence

import pandas as pd
from pandas import DataFrame

from analysis.phrasing import counted
from analysis.schemas import SearchHits
from analysis.search.answer import Answer, Hit, Mark, pieces
from analysis.tables.rows import rows_of
from analysis.views.render import View, view

CAPTION = "caption"  # among the attributes of a frame


class FoundTexts(DataFrame):
    """A `SearchHits` table that Jupyter shows with the words marked; tables made from it are plain."""

    @property
    def _constructor(self) -> type[DataFrame]:
        return DataFrame

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return hits_view(self)._repr_mimebundle_()


def found_texts(answer: Answer) -> FoundTexts:
    """The hits of an answer.

    Args:
        answer: the answer to a search.

    Returns:
        `SearchHits` table in the order of the answer.
    """
    columns = list(SearchHits.columns)
    table = DataFrame(answer.hits, columns=list(Hit._fields))[columns]
    marks = {name: table[name].map(written) for name in ("title_marks", "text_marks")}
    texts = {name: table[name].replace("", None) for name in ("outlet", "title", "speaker")}
    dated = table.assign(date=pd.to_datetime(table["date"]), **marks, **texts)
    found = FoundTexts(SearchHits.validate(dated))
    found.attrs[CAPTION] = caption_of(answer)
    return found


def caption_of(answer: Answer) -> str:
    """How many texts match and which of them are shown, or what would match."""
    if not answer.match_count:
        return answer.hint
    noun, count = answer.question.noun, answer.match_count
    matching = f"{counted(count, noun)} {'matches' if count == 1 else 'match'} {answer.question}"
    return (
        f"{matching}." if len(answer.hits) == count else f"{matching}; the best {len(answer.hits)} are shown."
    )


def written(marks: Iterable[Mark]) -> str:
    return " ".join(f"{mark.start}-{mark.end}" for mark in marks)


def read(marks: str) -> list[Mark]:
    """The marks in a cell of the table."""
    return [Mark(*map(int, mark.split("-"))) for mark in marks.split()]


def hits_view(hits: DataFrame) -> View:
    """A `SearchHits` table with its words marked, every text escaped."""
    rows = [
        {
            "day": "undated" if pd.isna(row.date) else f"{row.date:%Y-%m-%d}",
            "outlet": row.outlet if isinstance(row.outlet, str) else "",
            "title": marked(row.title, row.title_marks)
            if isinstance(row.title, str)
            else [(row.file, False)],
            "text": [] if row.passage == "title" else marked(row.text, row.text_marks),
            "speaker": row.speaker if isinstance(row.speaker, str) else "",
            "file": row.file,
        }
        for row in rows_of(hits)
    ]
    return view("views/search_hits", rows=rows, caption=hits.attrs.get(CAPTION, ""))


def marked(text: str, marks: str) -> Sequence[tuple[str, bool]]:
    """A text in one line, cut at its marks."""
    return list(pieces(text, read(marks)))
