"""The stances in statements that an analyst added: their articles are parsed again, the rest is not read."""

from pandas import DataFrame

from analysis.nlp.parse.parser import parse
from analysis.nlp.quotes.attribution import Quote
from analysis.pipeline.extractors import actors_of, mentions_in, spoken_rows
from analysis.tables.rows import rows_of


def added_stances(quotes: DataFrame, articles: DataFrame) -> list[dict]:
    """Rows of `Stances` for each actor that an added statement names, except its speaker.

    Args:
        quotes: `Quotes` rows.
        articles: `Articles` table with their articles.
    """
    texts = articles[articles["article_id"].isin(quotes["article_id"])]
    rows: list[dict] = []
    for article_id, doc in zip(texts["article_id"], parse(texts["text"]), strict=True):
        actors = [mention for mention in actors_of(doc) if not mention.is_dateline]
        for row in rows_of(quotes[quotes["article_id"] == article_id]):
            quote = Quote(
                **{
                    **dict.fromkeys(Quote._fields),
                    "speaker_id": row.speaker_id if isinstance(row.speaker_id, str) else None,
                    "country_code": row.country_code if isinstance(row.country_code, str) else None,
                    "role": row.role if isinstance(row.role, str) else None,
                    "content_spans": ((row.start_char, row.end_char),),
                }
            )
            named = mentions_in(doc, quote, actors)
            others = [
                (quote, mention, span) for mention, span in named if mention.actor_id != quote.speaker_id
            ]
            rows += spoken_rows(article_id, doc, others)
    return rows
