"""What a search found, as a table in which the searched words are marked."""

from pandas import DataFrame, to_datetime

from analysis.phrasing import counted
from analysis.schemas import SearchHits
from analysis.search.answer import Answer, Hit, pieces
from analysis.views.render import view

SHOWN = "shown"  # among the attributes of a table


class FoundTexts(DataFrame):
    """A `SearchHits` table that Jupyter shows with the words marked; tables made from it are plain."""

    @property
    def _constructor(self) -> type[DataFrame]:
        return DataFrame

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return self.attrs[SHOWN]._repr_mimebundle_()


def found_texts(answer: Answer) -> FoundTexts:
    """The hits of an answer.

    Args:
        answer: the answer to a search.

    Returns:
        `SearchHits` table in the order of the answer.
    """
    noun, count, caption = answer.question.noun, answer.match_count, answer.hint
    if count:
        more = "" if len(answer.hits) == count else f"; the best {len(answer.hits)} are shown"
        verb = "matches" if count == 1 else "match"
        caption = f"{counted(count, noun)} {verb} {answer.question}{more}."
    rows = [
        {
            "day": hit.date or "undated",
            "outlet": hit.outlet,
            "title": list(pieces(hit.title, hit.title_marks)) if hit.title else [(hit.file, False)],
            "text": [] if hit.passage == "title" else list(pieces(hit.text, hit.text_marks)),
            "speaker": hit.speaker,
            "file": hit.file,
        }
        for hit in answer.hits
    ]
    table = DataFrame(answer.hits, columns=list(Hit._fields))[list(SearchHits.columns)]
    marks = {
        name: table[name].map(lambda marks: " ".join(f"{one.start}-{one.end}" for one in marks))
        for name in ("title_marks", "text_marks")
    }
    texts = {name: table[name].replace("", None) for name in ("outlet", "title", "speaker")}
    dated = table.assign(date=to_datetime(table["date"]), **marks, **texts)
    found = FoundTexts(SearchHits.validate(dated))
    found.attrs[SHOWN] = view("views/search_hits", rows=rows, caption=caption)
    return found
