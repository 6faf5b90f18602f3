"""Acts of armed groups beside those of the states that are said to back them; values worked out by hand."""

import pandas as pd

from analysis.indicators.country_events import proxy_acts, sponsor_words
from analysis.indicators.dyads import dyad_indicators
from analysis.indicators.spikes import pair_spikes
from analysis.pipeline.analyse import with_origins
from tests.tables import articles, events

CAPTURE = {
    "source_id": "group:m23",
    "source_name": "M23",
    "source_country_code": "COD",
    "source_kind": "armed group",
    "target_id": "COD",
    "target_country_code": "COD",
    "root": "ASSAULT",
    "quad": 4,
    "intensity": -9.0,
}


def reports(*told, days=10):
    """An article a week, each with a capture by M23; a code says whom the article calls its backer."""
    ids = [f"{number:016x}" for number in range(len(told))]
    dates = pd.date_range("2025-01-06", periods=len(told), freq=f"{days}D")
    read = articles(
        *({"article_id": i, "story_id": i, "published_date": d} for i, d in zip(ids, dates, strict=True))
    )
    rows = [
        {**CAPTURE, "event_id": i, "article_id": i, "source_sponsor_code": code}
        for i, code in zip(ids, told, strict=True)
    ]
    return read, with_origins(events(*rows), read)


def test_an_act_by_a_proxy_counts_for_its_sponsors_pair_but_not_as_the_sponsors_act():
    read, coded = reports("RWA", None)
    weekly = dyad_indicators(read, coded)
    assert weekly["dyad"].tolist() == ["COD-RWA"]
    assert weekly["indicator"].tolist() == ["conflict_with_proxies_per_story"]
    assert weekly["value"].tolist() == [0.45]  # one capture of weight 0.9 over two stories


def test_three_other_stories_within_a_year_can_name_the_sponsor():
    assert len(proxy_acts(*reports("RWA", "RWA", "RWA", None))) == 4
    assert len(proxy_acts(*reports("RWA", "RWA", None))) == 2  # two stories are too few
    assert len(proxy_acts(*reports("RWA", "RWA", "RWA", None, days=200))) == 3  # the first is 600 days off


def test_a_spike_counts_stories_about_proxies_separately():
    read, coded = reports("RWA", "RWA", "RWA", None, days=1)
    quiet = [
        {"article_id": f"{n:016x}", "story_id": f"{n:016x}", "published_date": date}
        for n, date in enumerate(pd.date_range("2025-01-20", periods=20, freq="7D"), start=4)
    ]
    read = pd.concat([read, articles(*quiet)], ignore_index=True)
    (row,) = pair_spikes(read, coded).itertuples()
    assert (row.dyad, row.story_count, row.proxy_story_count) == ("COD-RWA", 4, 4)


def test_the_words_on_a_sponsor_say_which_articles_name_it():
    told, silent = (row._asdict() for row in reports("RWA", None)[1].itertuples())
    assert sponsor_words(told) == "said to be backed by Rwanda"
    assert sponsor_words(silent, "COD-RWA") == "said in other articles to be backed by Rwanda"
    assert sponsor_words(silent) == ""
    houthis = {**silent, "source_country_code": "YEM", "target_country_code": "ISR"}
    assert sponsor_words(houthis, "ISR-YEM") == ""
