"""The article behind a row of any readable table: day, outlet, headline, address, file, words."""

from bisect import bisect_right
from functools import lru_cache
from urllib.parse import urlsplit

import pandas as pd
from pandas import DataFrame, Series

from analysis.country_names import country_name
from analysis.pipeline.analyse import Tables
from analysis.readable.columns import COUNT, DAY, NUMBER, SHARE, YES_NO, ReadableTable
from analysis.views.evidence import published_by

TYPES = {DAY: "datetime64[s]", COUNT: "Int64", NUMBER: "float64", SHARE: "float64", YES_NO: "bool"}
WEB = ("http", "https")


def table_of(declared: ReadableTable, columns: dict[str, object]) -> DataFrame:
    """A readable table with its columns in their order and of their types; unknown texts are "".

    Raises:
        KeyError: a declared column is missing.
    """
    found = DataFrame({name: columns[name] for name in declared.column_names})
    types = {column.name: TYPES.get(column.kind, "str") for column in declared.columns}
    texts = [name for name, kind in types.items() if kind == "str"]
    return found.fillna(dict.fromkeys(texts, "")).astype(types).reset_index(drop=True)


def source_columns(article_ids: Series, articles: DataFrame) -> dict[str, Series]:
    """Day, outlet, headline, address and file of the article of each row, in the order of the rows."""
    rows = articles.set_index("article_id").reindex(article_ids)
    return {
        "date": rows["published_date"].set_axis(article_ids.index),
        "outlet": Series(
            [published_by(row) for row in rows.itertuples()], index=article_ids.index, dtype=object
        ),
        "title": texts(rows["title"]).map(one_line).set_axis(article_ids.index),
        "link": texts(rows["url"]).map(web_address).set_axis(article_ids.index),
        "file": texts(rows["path"]).set_axis(article_ids.index),
    }


def texts(values: Series) -> Series:
    """Texts with "" where one is missing."""
    return values.astype(object).where(values.notna(), "").astype(str)


def one_line(text: str) -> str:
    """A text with its runs of white space, line breaks too, as single spaces."""
    return " ".join(text.split())


@lru_cache(maxsize=1 << 16)  # each article has one, and many rows
def web_address(address: str) -> str:
    """An address that a browser can open; "" for any other, such as `javascript:`."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    is_web = parts.scheme in WEB and bool(parts.netloc) and not any(map(str.isspace, address.strip()))
    return address.strip() if is_web else ""


def passages(rows: DataFrame, articles: DataFrame) -> Series:
    """The words of each row, from `start_char` to `end_char` of its article, on one line."""
    known = dict(zip(articles["article_id"], articles["text"], strict=True))
    spans = zip(rows["article_id"], rows["start_char"], rows["end_char"], strict=True)
    found = [one_line(known[one][start:end]) for one, start, end in spans]
    return Series(found, index=rows.index, dtype=object)


def whole_sentences(rows: DataFrame, tables: Tables) -> Series:
    """The sentences around each row, whole and on one line."""
    bounds = sentence_bounds(tables.sentences)
    spans = zip(rows["article_id"], rows["start_char"], rows["end_char"], strict=True)
    widened = [widest(start, end, bounds.get(one, ([], []))) for one, start, end in spans]
    places = DataFrame(widened, columns=["start_char", "end_char"], index=rows.index)
    return passages(places.assign(article_id=rows["article_id"]), tables.articles)


def sentence_bounds(sentences: DataFrame) -> dict[str, tuple[list[int], list[int]]]:
    """The first characters of the sentences of each article in order, and beside them their ends."""
    ordered = sentences.sort_values(["article_id", "start_char"])
    return {
        article_id: (part["start_char"].tolist(), part["end_char"].tolist())
        for article_id, part in ordered.groupby("article_id", sort=False)
    }


def widest(start: int, end: int, bounds: tuple[list[int], list[int]]) -> tuple[int, int]:
    """A span widened to the sentences in which it begins and ends; unchanged where there is no sentence."""
    starts, ends = bounds
    first, last = bisect_right(starts, start) - 1, bisect_right(starts, max(end - 1, start)) - 1
    is_in_first = first >= 0 and ends[first] > start
    is_in_last = last >= 0 and ends[last] >= end
    return (starts[first] if is_in_first else start), (ends[last] if is_in_last else end)


def names_of(codes: Series) -> Series:
    """Names of countries and blocs by their codes; "" where there is none."""
    names = {code: country_name(code) for code in codes.dropna().unique()}
    return codes.map(names).astype(object).where(codes.notna(), "")


def known_numbers(values: Series) -> Series:
    """Numbers rounded for a reader; missing ones stay missing."""
    return pd.to_numeric(values).astype(float).round(4)
