"""What was read and what it is about: articles, rejected files, topics, one theme."""

import pandas as pd
from pandas import DataFrame

from analysis.indicators.dyads import MINIMUM_STORIES
from analysis.indicators.theme_shares import EVERY_OUTLET
from analysis.nlp.topics.discovery import MINIMUM_ARTICLES
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.evidence import by_size, matched_rows, newest, source_of
from analysis.views.render import View, view

MAX_SENTENCES = 50  # of a topic in a page; the explorer in the notebook shows all
MAX_ARTICLES = 100  # of a topic that the corpus suggests
MAX_ROWS = 100  # of a table of articles


def topic_view(tables: Tables, dimension: str, *, most: int = MAX_SENTENCES) -> View:
    """Each topic of a dimension: its share of the sentences, and these with the deciding words marked.

    Args:
        tables: a corpus.
        dimension: "theme" or "theatre".
        most: how many sentences a topic opens to.
    """
    found = tables.topics[tables.topics["dimension"] == dimension]
    total = len(tables.sentences)
    rows = [
        {
            "topic": topic,
            "count": len(part),
            "share": len(part) / total,
            "evidence": matched_rows(newest(part, tables, most), tables),
        }
        for topic, part in by_size(found, "topic")
    ]
    return view("views/topics", topics=rows, total=total, dimension=dimension)


def discovered_view(discovered: pd.DataFrame, articles: pd.DataFrame, *, most: int = MAX_ARTICLES) -> View:
    """Topics that the corpus suggests, each with the articles that have most of it.

    Args:
        discovered: `DiscoveredTopics` table, the heaviest article of each topic first.
        articles: `Articles` table.
        most: how many articles a topic opens to.
    """
    known = {row.article_id: source_of(row, 0, len(row.text)) for row in rows_of(articles)}
    topics = [
        {
            "topic_id": topic_id,
            "terms": part["terms"].iloc[0],
            "articles": [
                {
                    "title": known[row.article_id].title,
                    "date": known[row.article_id].date,
                    "weight": row.weight,
                }
                for row in rows_of(part.head(most))
            ],
            "count": len(part),
        }
        for topic_id, part in by_size(discovered, "topic_id")
    ]
    return view("views/discovered", topics=topics, total=len(articles), minimum=MINIMUM_ARTICLES)


MAX_THEME_ROWS = 30
MAX_THEME_SENTENCES = 30


def one_theme_view(tables: Tables, theme: str, by_period: DataFrame, by_outlet: DataFrame) -> View:
    """How much is written on a theme over time and by each outlet, with its newest sentences.

    Args:
        tables: a corpus.
        theme: its name.
        by_period: `ThemeShares` table by day, week or month.
        by_outlet: the same over all articles.
    """
    found = tables.topics[(tables.topics["dimension"] == "theme") & (tables.topics["topic"] == theme)]
    total = by_outlet[by_outlet["outlet"] == EVERY_OUTLET].iloc[0]
    outlets = by_outlet[by_outlet["outlet"] != EVERY_OUTLET]
    periods = by_period[(by_period["outlet"] == EVERY_OUTLET) & (by_period["period"] != "all")]
    return view(
        "views/one_theme",
        theme=theme,
        total=total,
        periods=periods.tail(MAX_THEME_ROWS).to_dict("records"),
        earlier=max(len(periods) - MAX_THEME_ROWS, 0),
        outlets=outlets.head(MAX_THEME_ROWS).to_dict("records"),
        more=max(len(outlets) - MAX_THEME_ROWS, 0),
        evidence=matched_rows(newest(found, tables, MAX_THEME_SENTENCES), tables),
        sentence_count=len(found),
        minimum=MINIMUM_STORIES,
    )
