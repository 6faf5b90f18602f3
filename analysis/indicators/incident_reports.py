"""The coded events that report incidents, each act of a sentence once, with what tells incidents apart."""

import re
from functools import cache
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.country_names import bloc_codes
from analysis.indicators.country_events import FUTURE, pair_acts
from analysis.indicators.deduplication import in_headline
from analysis.indicators.news_reports import is_furniture, is_in_headline, is_news
from analysis.indicators.turns import CAPTURES, turns
from analysis.ingest.corrections_file import ADDITION_MARK
from analysis.lexicons import load_lexicon
from analysis.nlp.events.days import days_of
from analysis.tables.rows import rows_of

MODEL_RULE: Final = "reader"  # of rows that rest on no word
KINDS: Final = {
    "AGREE": "accord",
    "CONSULT": "contact",
    "CONCEDE": "yielding",
    "RETREAT": "yielding",
    "COOPERATE": "help",
    "AID": "help",
    "SANCTION": "pressure",
    "COERCE": "pressure",
    "MOBILIZE": "military moves",
    "ASSAULT": "force",
}
"""Kind of act by type: two outlets may call one expulsion a sanction and a coercion. Every other type, words
for or against somebody, is a kind of its own."""
CAPTURE: Final = "capture"
MUTUAL: Final = frozenset(("AGREE", "CONSULT", "COOPERATE"))
"""Types of what both do, whichever the sentence names first."""
SAME_ACT: Final = ["article_id", "start_char", "root", "mode", "status"]
"""What both sides' rows of one act share."""
PARTS: Final = (
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "central",
)
CLEAR_LENGTH: Final = (60, 300)  # characters of a sentence that says enough and can be quoted whole
LONGEST_LABEL: Final = 150  # characters of what is a label and no sentence
SENTENCE_ENDS: Final = frozenset(".!?")
CONTACT_MODES: Final = ("phone", "visit")
"""What is an act of its own: a sentence may report a call by one person and a visit by another."""
INTRODUCING: Final = re.compile(r"\b(?:an?|another) (?:[\w’'-]+ ){0,6}$", re.IGNORECASE)
WORD: Final = re.compile(r"\w+")
PARTS_OF_COUNTRIES: Final = frozenset(("the", *PARTS, *(f"{part}ern" for part in PARTS)))
REGIONS: Final = frozenset(("oblast", "governorate", "province", "region", "krai", "state", "county"))
FULLEST: Final = ["AGREE", "AID", "COOPERATE", "RETREAT", "CONCEDE", "CONSULT", "SUPPORT"]
"""Types of cooperation, the one that says most of a sentence first: a treaty signed is not also praise."""


def report_rows(articles: DataFrame, events: DataFrame, quotes: DataFrame, topics: DataFrame) -> DataFrame:
    """Acts and announcements between two sides, with what tells their incidents apart."""
    coded = pair_acts(articles, with_sides(events), period="all")
    # Of a group's act the first row has the pair of its own country, the second that of its sponsor.
    coded = coded.drop_duplicates("event_id", ignore_index=True)
    coded = coded.assign(
        is_future=(coded["status"] == FUTURE)
        & (coded["root"] != "THREATEN"),  # plans against X threaten it now
        kind=kinds_of_acts(coded),
        place=coded["place_name"].fillna("").astype(str),
        place_words=coded["place_name"].fillna("").map(place_words).astype(str),
        theme=theme_of(coded, topics),
        **reporters(coded, quotes),
        is_ended=is_ended(coded, articles),
        is_introduced=is_introduced(coded, articles),
    )
    length = coded["end_char"] - coded["start_char"]
    coded = coded.assign(is_whole=coded["is_ended"] & length.between(*CLEAR_LENGTH))
    is_kept = coded["rule"] == ADDITION_MARK  # somebody read the sentence and says that it reports the act
    is_idle = is_label(coded, articles) | is_furniture(coded, articles) | is_state_of_war(coded)
    told = one_act_a_sentence(coded[is_kept | ~is_idle])
    # A headline such as "Visit by X to Y" has neither tense nor date, which the text below it may have.
    in_full = told.groupby(["article_id", "dyad"])["is_ended"].transform("any")
    told = told[told["is_ended"] | ~in_full | (told["rule"] == ADDITION_MARK)]
    told = told.assign(is_joint=is_joint(told), days=named_days(told))
    told = told.assign(direction=directions(told), is_news=is_news(told, articles))
    told = told.assign(is_in_headline=is_in_headline(told, articles), turn=turns(told, articles))
    order = ["published_date", "article_id", "start_char"]
    return told.sort_values(order, na_position="last", ignore_index=True)


def kinds_of_acts(coded: DataFrame) -> Series:
    """The kind of each act; a town that is taken is never the strike of the same day."""
    kinds = coded["root"].map(KINDS).fillna(coded["root"])
    acts = Series(zip(coded["root"], coded["trigger_lemma"], strict=True), coded.index, dtype=object)
    return kinds.mask(acts.isin(CAPTURES), CAPTURE)


def is_label(coded: DataFrame, articles: DataFrame) -> Series:
    """Whether the words are a label and no sentence: "2025 Sumy offensive, Russian attacks on civilians".

    A headline is no label.
    """
    is_short = (coded["end_char"] - coded["start_char"]) < LONGEST_LABEL
    return is_short & ~coded["is_ended"] & ~in_headline(coded, articles)


def one_act_a_sentence(coded: DataFrame) -> DataFrame:
    """The reports without second readings of one act.

    Of several friendly types one sentence gives the fullest; of several hostile ones on the same word, the
    strongest.
    """
    friendly = coded["quad"] < 3
    fullness = (
        coded["root"]
        .map({root: place for place, root in enumerate(FULLEST)})
        .where(friendly, -coded["intensity"].abs())
    )
    ranked = coded.assign(fullness=fullness.astype(float)).sort_values("fullness", kind="stable")
    word = ranked["trigger_start_char"].where((ranked["quad"] >= 3) | ranked["mode"].isin(CONTACT_MODES), -1)
    source = ranked["source_country_code"]
    keys = DataFrame({"article": ranked["article_id"], "start": ranked["start_char"], "dyad": ranked["dyad"]})
    copies = keys.assign(word=word, source=source, is_future=ranked["is_future"]).duplicated()
    return ranked[~copies]


def is_state_of_war(coded: DataFrame) -> Series:
    """Whether the word of an event recalls a war and reports no act: "the throes of the war in Ukraine"."""
    states, keys = words_of_no_act(), zip(coded["root"], coded["trigger_lemma"], strict=True)
    return Series([key in states for key in keys], index=coded.index, dtype=bool)


@cache
def words_of_no_act() -> frozenset[tuple[str, str]]:
    """The words without gravity, each with its type."""
    rows = load_lexicon("indicators/gravity", numbers=("gravity",))
    return frozenset((row.root, row.lemma) for row in rows_of(rows) if float(row.gravity) == 0)


def is_ended(coded: DataFrame, articles: DataFrame) -> Series:
    """Whether the sentence of each event ends as a sentence does."""
    texts = articles.set_index("article_id")["text"].to_dict()
    spans = zip(coded["article_id"], coded["start_char"], coded["end_char"], strict=True)
    ends = [texts[one][start:end].rstrip("”\"’')")[-1:] in SENTENCE_ENDS for one, start, end in spans]
    return Series(ends, index=coded.index, dtype=bool)


def is_introduced(coded: DataFrame, articles: DataFrame) -> Series:
    """Whether the noun of each event has an article that brings up something new: "a Russian air attack"."""
    texts = articles.set_index("article_id")["text"].to_dict()
    spans = zip(coded["article_id"], coded["start_char"], coded["trigger_start_char"], strict=True)
    found = [INTRODUCING.search(texts[one][start:word]) is not None for one, start, word in spans]
    return Series(found, index=coded.index, dtype=bool)


def with_sides(events: DataFrame) -> DataFrame:
    """The events with the code of a bloc where a side has no country, and of the state for its territory.

    A threat against Greenland is a matter between its author and Denmark.
    """
    blocs, states = bloc_codes(), sovereigns()
    sides = {}
    for side in ("source", "target"):
        codes = events[f"{side}_country_code"].fillna(events[f"{side}_id"].map(blocs))
        own = [states.get(code, code) for code in codes]
        sides[f"{side}_country_code"] = Series(own, codes.index, dtype=codes.dtype)
    return events.assign(**sides)


@cache
def sovereigns() -> dict[str, str]:
    """The code of the state that each territory belongs to."""
    rows = load_lexicon("actors/territories")
    return dict(zip(rows["territory_code"], rows["sovereign_code"], strict=True))


def is_joint(coded: DataFrame) -> Series:
    """Whether a sentence says an act of each of the two sides."""
    return coded.groupby(["dyad", *SAME_ACT], dropna=False)["source_country_code"].transform("nunique") > 1


def directions(coded: DataFrame) -> Series:
    """Who acts on whom, "USA>CHN"; "" for what both sides do, as a type or in one sentence."""
    ways = coded["source_country_code"].astype(str) + ">" + coded["target_country_code"].astype(str)
    return ways.mask(coded["is_joint"] | coded["root"].isin(MUTUAL), "")


def named_days(coded: DataFrame) -> Series:
    """First and last day of each act where its text names them, else None."""
    times = zip(coded["when"], coded["published_date"], coded["is_future"], strict=True)
    found = [
        days_of(when, None if pd.isna(published) else published.date(), is_future=is_future)
        if isinstance(when, str)
        else None
        for when, published, is_future in times
    ]
    return Series(found, index=coded.index, dtype=object)


def theme_of(coded: DataFrame, topics: DataFrame) -> Series:
    """The heaviest theme of the sentence of each event; missing where it has none."""
    themes = topics[topics["dimension"] == "theme"].sort_values(["weight", "topic"], ascending=[False, True])
    first = themes.drop_duplicates(["article_id", "start_char"]).set_index(["article_id", "start_char"])[
        "topic"
    ]
    keys = pd.MultiIndex.from_frame(coded[["article_id", "start_char"]])
    return Series(first.reindex(keys).to_numpy(), index=coded.index, dtype=object)


def reporters(coded: DataFrame, quotes: DataFrame) -> dict[str, Series]:
    """Whether only one side or somebody unnamed reports each event, and which side it is.

    What a side says of its own deeds is an announcement, except of force, of which both sides boast.
    """
    speakers = quotes.dropna(subset="speaker_id").drop_duplicates("speaker_id").set_index("speaker_id")
    reporter = coded["reported_by"]
    country = reporter.map(speakers["country_code"]).astype(object)
    unnamed = reporter.isin(speakers.index[speakers["is_anonymous"]])
    is_boast = (country == coded["source_country_code"]) & (coded["root"] == "ASSAULT")
    of_a_side = is_boast | (country == coded["target_country_code"])
    return {
        "is_partisan": reporter.notna() & (of_a_side | unnamed),
        "claimant_code": country.where(of_a_side, None),
    }


def place_words(place: str) -> str:
    """The words of a name between spaces: "Gaza" is in "Gaza City", and "Mali" not in "Somalia"."""
    words = WORD.findall(place.casefold())
    return f" {' '.join(words)} " if words else ""


@cache
def is_broad(words: str) -> bool:
    """Whether words from `place_words` name a whole country or region: the Gaza Strip, Sumy Oblast."""
    names = words.split()
    bare = " ".join(name for name in names if name not in PARTS_OF_COUNTRIES)
    return bare in names_of_countries() or names[-1] in REGIONS


@cache
def names_of_countries() -> frozenset[str]:
    """The listed names of countries and their territories, in small letters; "" for a part without a name."""
    aliases, countries = load_lexicon("actors/aliases"), load_lexicon("actors/countries")
    names = {*aliases.loc[aliases["kind"] == "country", "term"], *countries["country"]}
    return frozenset({"", *(name.casefold() for name in names)})
