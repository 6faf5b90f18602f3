"""The coded events that report incidents, each act of a sentence once, with what tells incidents apart.

Some are the news of their article, others its background or the furniture of its page.

News is in the headline and the first paragraphs. Further down an article recalls what led to it, often
without a date, so there only an act that the text dates to the days before the article is news, or one that
is announced for a day to come. At the top a sentence recalls the past where it names an old day and no new
one, goes on from such a sentence, says what is done again and again ("has repeatedly called for a truce"), or
adds up what happened since some event: "70 have been killed since the start of the year". What comes after
the names of editors is a teaser of another page.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from pandas import DataFrame, MultiIndex, Series, isna

from analysis.country_names import bloc_codes, country_names
from analysis.indicators.country_events import FUTURE, between_countries, pair_acts
from analysis.indicators.deduplication import headline_of, in_headline
from analysis.indicators.named_sides import names_pair
from analysis.ingest.corrections_file import ADDITION_MARK
from analysis.lexicons import load_lexicon
from analysis.nlp.events.days import PATTERN, Span, days_of
from analysis.schemas import ROOTS
from analysis.tables.rows import rows_of

LEAD_CHARS: Final = 600  # from the top of a text: the headline and two or three short paragraphs
FRESH_DAYS: Final = 7  # before the article, on which an act is news wherever the article reports it
NEEDS_PREPOSITION: Final = ("month", "year")  # a "May" or a "2014" by itself is often no time
TOTAL: Final = re.compile(
    r"\b(?:(?:have|has)\b[^.]*\b(?:killed|wounded|injured|died|struck|attacked|abducted)"
    r"|(?:accus|report|say|said|count|record)\w*\b[^.]*\d[\d,]* (?:\w+ )?"
    r"(?:attack|strike|raid|violation|breach)\w*)\b",
    re.IGNORECASE,
)
"""What is added up before `since`: who has been killed, or how many attacks somebody counts."""
SINCE: Final = re.compile(r"\bsince (?!midnight|dawn|(?:yester|to|Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day)")
BEFORE_CAUSE: Final = (
    r"following|after|since|due to|despite|over|in (?:the wake of|response to|retaliation for)"
)
OCCASION: Final = re.compile(rf"\b(?:about|{BEFORE_CAUSE})\b(?! \d)[^,;]*$", re.IGNORECASE)
"""Before an act that its sentence does not report, but is about: "details of a chat about recent strikes"."""
FROM_WHEN: Final = re.compile(r"\bsince\b[^,.;]*$", re.IGNORECASE)
"""Before a time: from when something has been so, or has not been."""
OTHER_CLAUSE: Final = re.compile(
    r"\b(?:that|which|who|whose)\b(?![^,.;]*\b(?:will|would|intend|plan|hope|expect)\w*\b)[^,.;]*$",
    re.IGNORECASE,
)
"""After the word of an act, what leads to an earlier one: "breaks the truce that ended the war in July"."""
SINGLE: Final = re.compile(r"\b(?:first|second|third|most|worst|bringing|\w{3,}est)\b", re.IGNORECASE)
"""Before `since`: one attack among others, or a total beside the news."""
CREDITS: Final = re.compile(
    r"\b(?:Edit(?:ing|ed)|Graphics|Verification|Produced|(?:Additional|Further) reporting)(?: by\b|:? by:)"
)
"""Who worked on an article, at its end."""
MIN_ABOVE_CREDITS: Final = 200  # characters of an article; what is named above is its author
UNDATED_IF_FAR: Final = ("ago", "year")  # kinds of times that mean no certain days where they are long past
REACH_DAYS: Final = 2  # between an act and a report that names no day
LONGEST_SPAN: Final = 7  # days named together that still tell acts apart: "last week", not "this year"
FORCE: Final = "force"
YIELDING: Final = "yielding"
KINDS: Final = {
    "AGREE": "accord",
    "CONSULT": "contact",
    "CONCEDE": YIELDING,
    "RETREAT": YIELDING,
    "COOPERATE": "help",
    "AID": "help",
    "SANCTION": "pressure",
    "COERCE": "pressure",
    "MOBILIZE": "military moves",
    "ASSAULT": FORCE,
}
"""Kind of act by type: two outlets may call one expulsion a sanction and a coercion. Every other type, words
for or against somebody, is a kind of its own."""
WEIGHING: Final = ("foiled", "extreme", "habit")  # kinds of words in the list
OFTEN_LARGEST: Final = ("AGREE", "CONSULT")  # types of which somebody calls many the largest or the first
DEAD_OR_HURT: Final = re.compile(
    r"\b(?:kill|injur|wound|dead\b|deaths?\b|dies?\b|casualt|assassinat|fatalit)", re.IGNORECASE
)
CAPTURE: Final = "capture"
CAPTURES: Final = frozenset(
    (
        *(("MOBILIZE", "enter"), ("ASSAULT", "control"), ("COERCE", "capture")),
        *(("ASSAULT", word) for word in ("capture", "recapture", "seize", "overrun", "occupy", "retake")),
    )
)
"""Type and word of the acts by which a town changes hands."""
APART: Final = (CAPTURE, YIELDING)
"""Kinds that are no incident with another: a concession is a word, the retreat that keeps it a deed."""
MUTUAL: Final = frozenset(("AGREE", "CONSULT", "COOPERATE"))
"""Types of what both do, whichever the sentence names first."""
SAME_ACT: Final = ["article_id", "start_char", "root", "mode", "status"]
"""What both sides' rows of one act share."""
CLEAR_LENGTH: Final = (60, 300)  # characters of a sentence that says enough and can be quoted whole
LONGEST_LABEL: Final = 150  # characters of what is a label and no sentence
SENTENCE_ENDS: Final = frozenset(".!?")
CALL: Final = "phone"
CONTACT_MODES: Final = (CALL, "visit")
"""What is an act of its own: a sentence may report a call by one person and a visit by another."""
WORD: Final = re.compile(r"\w+")
PLAIN: Final = {"published": "published_date", "toll": "killed_count", "injured": "injured_count"}
"""Columns of reports with None where nothing is said, and of what they are copies."""
STEM: Final = 6  # letters of a word that tell it from others, whatever its ending
NEAR_WORDS: Final = 10  # on either side of the word of an act
PARTS: Final = (
    *("north", "south", "east", "west", "central"),
    *("northeast", "northwest", "southeast", "southwest"),
)
PARTS_OF_COUNTRIES: Final = frozenset(("the", *PARTS, *(f"{part}ern" for part in PARTS)))
REGIONS: Final = frozenset(("oblast", "governorate", "province", "region", "krai", "state", "county"))
FULLEST: Final = ["AGREE", "AID", "COOPERATE", "RETREAT", "CONCEDE", "CONSULT", "SUPPORT"]
"""Types of cooperation, the one that says most of a sentence first: a treaty signed is not also praise."""


def is_news(row: Any, text: str) -> bool:
    """Whether a report is news of the article that has this text; see the head of this file.

    Args:
        row: an event with `days` and `is_future`.
        text: of the article.
    """
    is_top = is_at_top(row)
    credits = CREDITS.search(text, MIN_ABOVE_CREDITS)
    if credits is not None and credits.start() < row.start_char:
        return False
    sentence = " ".join(text[row.start_char : row.end_char].split())
    since = SINCE.search(sentence)
    before = sentence[: since.start()] if since else ""
    is_total = TOTAL.search(before) is not None and SINGLE.search(before) is None
    if says("habit", sentence) or (row.root == "ASSAULT" and is_total):
        return False
    published = None if isna(row.published_date) else row.published_date.date()
    if published and row.days and row.is_future:
        return row.days[1] >= published
    if published and row.days:  # days that are few, or at the top of the article, and end shortly before it
        oldest = published - timedelta(days=FRESH_DAYS)
        return row.days[1] >= oldest and (row.days[0] >= oldest or is_top)
    return is_top and not recalls_the_past(text, row, published)


def turn_of(row: Any, text: str) -> str | None:
    """Whether a report is of the largest, first or worst of its kind, or of an attack that fails.

    An attack fails that hurts nobody, and is intercepted or does not take place.
    """
    sentence = " ".join(text[row.start_char : row.end_char].split())
    if row.root not in OFTEN_LARGEST and says("extreme", sentence):
        return "extreme"
    has_toll = not isna(row.killed_count) or DEAD_OR_HURT.search(sentence) is not None
    return "foiled" if row.root == "ASSAULT" and not has_toll and says("foiled", sentence) else None


def says(kind: str, sentence: str) -> bool:
    """Whether a sentence has a word of one kind: see `WEIGHING`."""
    return weighing_words(kind).search(sentence) is not None


@cache
def weighing_words(kind: str) -> re.Pattern:
    """The words of one kind."""
    rows = load_lexicon("indicators/weighing_words", allowed={"kind": WEIGHING})
    words = map(re.escape, rows.loc[rows["kind"] == kind, "words"])
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def is_at_top(row: Any) -> bool:
    """Whether a sentence begins in the lead of its article."""
    return row.start_char < LEAD_CHARS


def is_in_headline(reports: DataFrame, articles: DataFrame) -> Series:
    """Whether the headline above each report names both of its sides.

    Args:
        reports: with `article_id` and `dyad`.
        articles: `Articles` table with all of their articles.
    """
    headlines = {row.article_id: headline_of(row) for row in rows_of(articles)}
    keys = zip(reports["article_id"], reports["dyad"], strict=True)
    found = [names_pair(headlines[article_id], dyad) for article_id, dyad in keys]
    return Series(found, index=reports.index, dtype=bool)


def recalls_the_past(text: str, row: Any, published: date | None) -> bool:
    """Whether a sentence names only old days, or none and the sentences before it in its paragraph do."""
    start, act = row.start_char, row.trigger_start_char - row.start_char
    own = ages(text[start : row.end_char], published, act=act, is_future=row.is_future)
    if own:
        return all(own)
    before = ages(text[text.rfind("\n", 0, start) + 1 : start], published)
    return bool(before) and before[-1]


def ages(
    words: str, published: date | None, *, act: int | None = None, is_future: bool = False
) -> list[bool]:
    """Whether each time in some words, in their order, was over long before the article.

    "The largest since May 2022" and "flights suspended since 2020" do not say when the act was, nor does "the
    truce that was made in July".

    Args:
        words: of an article.
        published: its day.
        act: where the word of the act is, if the words are its sentence.
        is_future: whether the act is still to come.
    """
    found = []
    for match in PATTERN.finditer(words) if published else ():
        kind = match.lastgroup or ""
        is_of_act = FROM_WHEN.search(words[: match.end()]) is None
        is_of_act &= act is None or OTHER_CLAUSE.search(words[act : match.start()]) is None
        if is_of_act and (match["preposition"] or kind not in NEEDS_PREPOSITION):
            days = days_of(match[0], published, is_future=is_future)
            if days or kind in UNDATED_IF_FAR:
                found.append(days is None or days[1] < published - timedelta(days=FRESH_DAYS))
    return found


@cache
def furniture() -> re.Pattern:
    """The words of captions, links and notices."""
    words = map(re.escape, load_lexicon("indicators/page_furniture")["words"])
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def report_rows(articles: DataFrame, events: DataFrame, quotes: DataFrame, topics: DataFrame) -> DataFrame:
    """Acts and announcements between two sides, with what tells their incidents apart.

    Left out are captions and notices, labels such as "2025 Sumy offensive, Russian attacks on civilians" that
    are no headlines, and words that recall a war and report no act: "the throes of the war in Ukraine".
    """
    texts = articles.set_index("article_id")["text"].to_dict()
    coded = pair_acts(articles, without_hosts(with_sides(events)), period="all")
    # Of a group's act the pair of its own country is kept, else that of its sponsor, else its own: who backs
    # the rebels of another country has a part in their war, and not in their peace.
    source, target = coded["source_country_code"], coded["target_country_code"]
    is_own = ~source.isin(country_names()) & target.isin(country_names()) & (coded["quad"] > 2)
    coded = coded.loc[is_own.sort_values(kind="stable").index].drop_duplicates("event_id", ignore_index=True)
    signs = [
        (
            text[row.start_char : row.end_char].rstrip("”\"’')")[-1:] in SENTENCE_ENDS,
            furniture().search(" ".join(text[row.start_char : row.end_char].split())) is not None,
            stems(WORD.findall(text[row.start_char : row.end_char])),
            stems(
                WORD.findall(text[row.start_char : row.trigger_start_char])[-NEAR_WORDS:]
                + WORD.findall(text[row.trigger_start_char : row.end_char])[: NEAR_WORDS + 1]
            ),
            len(text) < LEAD_CHARS,
        )
        for row in rows_of(coded)
        for text in [texts[row.article_id]]
    ]
    names = ["is_ended", "is_furniture", "words", "near", "is_brief"]
    coded = coded.join(DataFrame(signs, coded.index, names))
    words = Series(zip(coded["root"], coded["trigger_lemma"], strict=True), coded.index, dtype=object)
    places = coded["place_name"].fillna("").astype(str)
    length = coded["end_char"] - coded["start_char"]
    coded = coded.assign(
        is_future=(coded["status"] == FUTURE) & (coded["root"] != "THREATEN"),  # plans against X threaten now
        kind=coded["root"]
        .map(KINDS)
        .fillna(coded["root"])
        .mask(words.isin(CAPTURES), CAPTURE)
        .mask(coded["mode"] == CALL, CALL),
        place=places,
        place_words=places.map(place_words).astype(str),
        theme=theme_of(coded, topics),
        **reporters(coded, quotes),
        is_whole=coded["is_ended"] & length.between(*CLEAR_LENGTH),
    )
    is_label = (length < LONGEST_LABEL) & ~coded["is_ended"] & ~in_headline(coded, articles)
    is_no_act = words.isin({key for key, gravity in gravity_values().items() if gravity == 0})
    is_idle = is_label | coded["is_furniture"] | is_no_act
    # Somebody read the sentence of an addition and says that it reports the act.
    told = one_act_a_sentence(coded[(coded["rule"] == ADDITION_MARK) | ~is_idle])
    # A headline such as "Visit by X to Y" has neither tense nor date, which the text below it may have.
    in_full = told.groupby(["article_id", "dyad"])["is_ended"].transform("any")
    told = told[told["is_ended"] | ~in_full | (told["rule"] == ADDITION_MARK)]
    codes = told.groupby(["dyad", *SAME_ACT], dropna=False)["source_country_code"]
    told = told.assign(is_joint=codes.transform("nunique") > 1, days=named_days(told))
    turns = [turn_of(row, texts[row.article_id]) for row in rows_of(told)]
    told = told.assign(
        direction=directions(told),
        is_news=[is_news(row, texts[row.article_id]) for row in rows_of(told)],
        is_in_headline=is_in_headline(told, articles),
        turn=Series(turns, told.index, dtype=object),  # None where there is none
    )
    for name, column in PLAIN.items():
        told[name] = told[column].astype(object).where(told[column].notna(), None)
    told["span"] = Series([span_of(row) for row in rows_of(told)], told.index, dtype=object)
    order = ["published_date", "article_id", "start_char"]
    return told.sort_values(order, na_position="last", ignore_index=True)


def span_of(row: Any) -> Span | None:
    """First and last day on which what a report tells may have been; None if it has no day at all.

    That is what its text names, or the day of the article and those before it. What spans many days, such as
    "this year", tells no more than these where it reaches to them.
    """
    if row.published is None:
        return row.days
    last = row.published.date()
    first = last - timedelta(days=REACH_DAYS)
    if row.days is None:
        return first, last
    is_long = (row.days[1] - row.days[0]).days >= LONGEST_SPAN
    return (first, last) if is_long and row.days[0] <= last and first <= row.days[1] else row.days


def stems(words: Iterable[str]) -> frozenset[str]:
    """The first letters of some words."""
    return frozenset(word.casefold()[:STEM] for word in words)


def has_word(text: str, lemma: str) -> bool:
    """Whether a text has a regular form of a word: of "ban" "banned", but not "Bank"; of "aid" not "said"."""
    stem = rf"{re.escape(lemma.removesuffix('e'))}(?:(?<=(\w))\1)?"
    return re.search(rf"\b{stem}(?:e|e?s|e?d|ings?)?\b", text, re.IGNORECASE) is not None


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


@cache
def gravity_values() -> dict[tuple[str, str], float]:
    """The gravity of an act by type and word; the word "" is for all others, and 0 for a word of no act."""
    rows = load_lexicon("indicators/gravity", allowed={"root": ROOTS}, numbers=("gravity",))
    return {(row.root, row.lemma): float(row.gravity) for row in rows_of(rows)}


def without_hosts(events: DataFrame) -> DataFrame:
    """The events without those on a country in which, by the same word, an armed group is hit.

    Who strikes the Islamic State in Syria strikes the Islamic State, which there has the code of Syria.
    """
    force = events[(events["quad"] > 3) & events["source_country_code"].isin(country_names())].reset_index()
    is_country, is_group = (force["target_kind"] == kind for kind in ("country", "armed group"))
    countries = force[is_country & between_countries(force)]
    both = force[is_group].merge(
        countries, on=["article_id", "trigger_start_char", "source_id"], suffixes=("", "_host")
    )
    own, host = both["target_country_code"], both["target_country_code_host"]
    both = both[~own.isin(country_names()) | (own == host)]
    hosts = both.drop_duplicates("index").set_index("index")["target_country_code_host"]
    codes = hosts.reindex(events.index).fillna(events["target_country_code"])
    return events.assign(target_country_code=codes).drop(index=both["index_host"].unique())


def with_sides(events: DataFrame) -> DataFrame:
    """The events with the code of a bloc where a side has no country, and of the state for its territory.

    A threat against Greenland is a matter between its author and Denmark. So it is with an armed group that
    has no country or fights its own: the war of Sudan and the Rapid Support Forces.
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
    rows = load_lexicon("indicators/territories")
    return dict(zip(rows["territory_code"], rows["sovereign_code"], strict=True))


def directions(coded: DataFrame) -> Series:
    """Who acts on whom, "USA>CHN"; "" for what both sides do, as a type or in one sentence."""
    ways = coded["source_country_code"].astype(str) + ">" + coded["target_country_code"].astype(str)
    return ways.mask(coded["is_joint"] | coded["root"].isin(MUTUAL), "")


def named_days(coded: DataFrame) -> Series:
    """First and last day of each act where its text names them, else None."""
    times = zip(coded["when"], coded["published_date"], coded["is_future"], strict=True)
    found = [
        days_of(when, None if isna(published) else published.date(), is_future=is_future)
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
    keys = MultiIndex.from_frame(coded[["article_id", "start_char"]])
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
