"""How many articles of each outlet and period have a theme."""

import pandas as pd

from analysis.charts.grids import theme_over_time_chart
from analysis.indicators.theme_shares import theme_shares, themes_by_articles
from analysis.schemas import Topics
from analysis.views.articles import one_theme_view
from tests.coverage import coverage
from tests.tables import corpus, frame


def read(*rows):
    """Articles from (day, outlet, themes), one sentence a theme, and their topics."""
    articles = coverage(*[day for day, *_ in rows]).assign(outlet=[outlet for _, outlet, _ in rows])
    found = [
        {"article_id": one, "topic": theme, "start_char": place}
        for one, (_, _, themes) in zip(articles["article_id"], rows, strict=True)
        for place, theme in enumerate(themes)
    ]
    known = {"dimension": "theme", "end_char": 1, "weight": 1.0, "matched": "x"}
    return articles, frame(Topics, found, known)


def shares(*rows, period="week"):
    found = theme_shares(*read(*rows), "trade", period=period)
    return found[["outlet", "period", "theme_count", "article_count"]].values.tolist()


def test_articles_with_the_theme_are_counted_once_by_outlet_and_week():
    assert shares(
        ("2024-04-01", "A", ["trade", "trade", "war"]),
        ("2024-04-02", "A", []),
        ("2024-04-03", "B", ["war"]),
        ("2024-04-08", "B", ["trade"]),
    ) == [
        ["", "2024-04-01", 1, 3],
        ["A", "2024-04-01", 1, 2],
        ["B", "2024-04-01", 0, 1],
        ["", "2024-04-08", 1, 1],
        ["B", "2024-04-08", 1, 1],
    ]


def test_an_article_without_an_outlet_counts_for_all_outlets_and_an_undated_one_over_all_days():
    rows = [("2024-04-01", None, ["trade"]), (None, "A", ["trade"])]
    assert shares(*rows) == [["", "2024-04-01", 1, 1]]
    assert shares(*rows, period="all") == [["", "all", 2, 2], ["A", "all", 1, 1]]


def test_themes_are_ordered_by_articles_and_then_by_sentences():
    _, topics = read(("2024-04-01", "A", ["war", "trade", "trade"]), ("2024-04-02", "A", ["aid"]))
    assert themes_by_articles(topics).to_dict() == {"trade": 1, "aid": 1, "war": 1}
    assert themes_by_articles(topics).index[0] == "trade"


def weeks(count):
    """Ten articles of A in each of two weeks, all on trade in the second; and some of B."""
    first = [(f"2024-04-0{n % 7 + 1}", "A", ["war"]) for n in range(10)]
    second = [(f"2024-04-{n % 7 + 8:02}", "A", ["trade"]) for n in range(10)]
    return [*first, *second, *[("2024-04-08", "B", ["trade"])] * count]


def chart_of(*rows):
    return theme_over_time_chart(
        theme_shares(*read(*rows), "trade", period="week"), theme="trade", period="week"
    )


def test_the_chart_names_the_week_with_the_largest_share_and_says_every_number():
    chart = chart_of(*weeks(2))
    assert "Trade is in 12 of 22 dated articles, most from 2024-04-08: 100%" in chart.alt
    assert "all outlets: 2024-04-01 0 of 10, 2024-04-08 12 of 12; A: 2024-04-01 0 of 10" in chart.alt
    assert chart.png()


def test_the_chart_of_a_single_week_is_a_sentence():
    chart = chart_of(("2024-04-01", "A", ["trade"]))
    assert chart.is_empty
    assert chart.alt.startswith("No chart of trade over time")


def test_weeks_of_few_articles_are_not_compared():
    chart = chart_of(("2024-04-01", "A", ["trade"]), ("2024-04-08", "A", []))
    assert "Trade is in 1 of 2 dated articles; too few a period to compare" in chart.alt


def test_the_table_has_shares_beside_the_number_of_articles_and_marks_small_counts():
    articles, topics = read(*weeks(2))
    tables = corpus(articles=articles, topics=topics, sentences=corpus().sentences.iloc[:0])
    by_week, by_outlet = (theme_shares(articles, topics, "trade", period=one) for one in ("week", "all"))
    text = one_theme_view(tables, "trade", by_week, by_outlet).text
    assert "Trade : 12 of 22 articles (55%)" in text
    assert "A 20 10 50% 30% to 70%" in text
    assert "B 2 2 100%*" in text


def test_hostile_names_are_escaped():
    articles, topics = read(("2024-04-01", "<b>A</b>", ["trade"]), ("2024-04-02", "B", ["trade"]))
    tables = corpus(articles=articles, topics=topics)
    by_outlet = theme_shares(articles, topics, "trade", period="all")
    html = one_theme_view(tables, "trade", by_outlet, by_outlet).html
    assert "<b>A</b>" not in html and "&lt;b&gt;A&lt;/b&gt;" in html


def test_a_table_without_dates_has_no_periods():
    assert pd.DataFrame(shares((None, "A", ["trade"]))).empty
