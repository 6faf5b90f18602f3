"""What a search found, as a table in which the searched words are marked."""

from collections.abc import Iterable, Sequence

import pandas as pd
from pandas import DataFrame

from analysis.phrasing import counted
from analysis.schemas import SearchHits
from analysis.search.answer import Answer
from analysis.search.marks import Mark, pieces, shortened
from analysis.search.matching import LEVEL_OF
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
    rows = [
        {
            "published_date": hit.day,
            "outlet": hit.outlet or None,
            "title": hit.title or None,
            "text": hit.text,
            "speaker_name": hit.speaker or None,
            "passage": hit.kind,
            "path": hit.path,
            "article_id": hit.article_id,
            "start_char": hit.start_char,
            "end_char": hit.end_char,
            "score": hit.score,
            "text_marks": written(hit.marks),
            "title_marks": written(hit.title_marks),
        }
        for hit in answer.hits
    ]
    table = DataFrame(rows, columns=list(SearchHits.to_schema().columns))
    found = FoundTexts(
        SearchHits.validate(table.assign(published_date=pd.to_datetime(table["published_date"])))
    )
    found.attrs[CAPTION] = caption_of(answer)
    return found


def caption_of(answer: Answer) -> str:
    """How many texts match and which of them are shown, or what would match."""
    if not answer.match_count:
        return answer.hint
    noun = LEVEL_OF[answer.question.within].noun
    matching = f"{counted(answer.match_count, noun)} {'matches' if answer.match_count == 1 else 'match'}"
    if len(answer.hits) == answer.match_count:
        return f"{matching} {answer.question}."
    which = "best" if answer.is_ranked else "newest"
    return f"{matching} {answer.question}; the {which} {len(answer.hits)} are shown."


def written(marks: Iterable[Mark]) -> str:
    return " ".join(f"{mark.start}-{mark.end}" for mark in marks)


def read(marks: str) -> list[Mark]:
    """The marks in a cell of the table."""
    return [Mark(*map(int, mark.split("-"))) for mark in marks.split()]


def hits_view(hits: DataFrame) -> View:
    """A `SearchHits` table with its words marked, every text escaped."""
    rows = [
        {
            "day": "undated" if pd.isna(row.published_date) else f"{row.published_date:%Y-%m-%d}",
            "outlet": row.outlet if isinstance(row.outlet, str) else "",
            "title": marked(row.title, row.title_marks)
            if isinstance(row.title, str)
            else [(row.path, False)],
            "text": [] if row.passage == "title" else marked(row.text, row.text_marks),
            "speaker": row.speaker_name if isinstance(row.speaker_name, str) else "",
            "path": row.path,
        }
        for row in rows_of(hits)
    ]
    return view("views/search_hits", rows=rows, caption=hits.attrs.get(CAPTION, ""))


def marked(text: str, marks: str) -> Sequence[tuple[str, bool]]:
    """A text in one line, cut at its marks."""
    return list(pieces(*shortened(text, read(marks))))
