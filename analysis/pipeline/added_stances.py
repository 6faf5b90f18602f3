"""The stances in statements that an analyst added: their articles are parsed again, the rest is not read."""

from collections.abc import Callable, Iterator

from pandas import DataFrame
from spacy.tokens import Doc

from analysis.nlp.parse.parser import parse
from analysis.nlp.quotes.attribution import Quote
from analysis.nlp.stance.rules import Stance, find_stance
from analysis.pipeline.extractors import Span, actors_of, mentions_in, spoken_rows, stance_of
from analysis.tables.rows import rows_of

Reader = Callable[[Doc, Span], Stance]


def added_stances(quotes: DataFrame, articles: DataFrame, *, use_encoder: bool) -> list[dict]:
    """Rows of `Stances` for each actor that an added statement names, except its speaker.

    Args:
        quotes: `Quotes` rows.
        articles: `Articles` table with their articles.
        use_encoder: as in `analyse`.
    """
    read = stance_of if use_encoder else find_stance
    texts = articles[articles["article_id"].isin(quotes["article_id"])]
    docs = zip(texts["article_id"], parse(texts["text"]), strict=True)
    return [
        row
        for article_id, doc in docs
        for quote in rows_of(quotes[quotes["article_id"] == article_id])
        for row in stances_in(article_id, doc, quote, read)
    ]


def stances_in(article_id: str, doc: Doc, row: object, read: Reader) -> Iterator[dict]:
    """The stances of one statement."""
    quote = as_quote(row)
    named = [mention for mention in actors_of(doc) if not mention.is_dateline]
    others = [
        (quote, mention, span)
        for mention, span in mentions_in(doc, quote, named)
        if mention.actor_id != quote.speaker_id
    ]
    return spoken_rows(article_id, doc, others, read)


def as_quote(row: object) -> Quote:
    """A row of `Quotes` in the form in which a parsed article has it, as far as stances need it."""
    known = {name: getattr(row, name) for name in ("speaker_id", "country_code", "role", "cue_stance")}
    known = {name: value if isinstance(value, str) else None for name, value in known.items()}
    return Quote(
        **{**dict.fromkeys(Quote._fields), **known, "content_spans": ((row.start_char, row.end_char),)}
    )
