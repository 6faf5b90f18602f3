"""Tables to the two sentences that answer a notebook's question, each true of whatever articles were read."""

from typing import Final, NamedTuple

import pandas as pd

from analysis.country_names import country_in_sentence, dyad_in_sentence, dyad_name
from analysis.indicators.country_events import act_names, between_countries, country_events, dyads
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.drivers import pair_theme_matrix
from analysis.indicators.pair_ranking import ranked_pairs
from analysis.phrasing import counted, listed
from analysis.pipeline.analyse import Tables
from analysis.schemas import ACT_STATUSES

MOST_ACTS = 4  # that are named of a pair
TELLING: Final = ["article_id", "start_char", "root", "mode", "status"]  # what two sides of one act share


class Answer(NamedTuple):
    """What a notebook says first."""

    sentences: tuple[str, ...]
    caveat: str


def undated_sentence(articles: pd.DataFrame) -> str:
    """How many articles are in no series over time; "" where all have a date."""
    total, undated = len(articles), int(articles["published_date"].isna().sum())
    if not undated:
        return ""
    return (
        f"{undated} of {counted(total, 'article')} {'has' if undated == 1 else 'have'} no date: counted in "
        "what is said of the whole, left out of everything by day, week or month."
    )


def leading(names: pd.Series, most: int) -> list[str]:
    """The most frequent names with their counts, as "diplomacy (9)"."""
    counts = names.value_counts(sort=False).sort_values(ascending=False, kind="stable").head(most)
    return [f"{name} ({count})" for name, count in counts.items()]


def corrected_sentence(tables: Tables) -> str:
    """How many results an analyst corrected, how many decisions no longer fit; "" for none."""
    total, lost = len(tables.corrections), int((tables.corrections["problem"] != "").sum())
    held = f" An analyst corrected {counted(total - lost, 'result')}." if total > lost else ""
    fits = "fits and is" if lost == 1 else "fit and are"
    return held + (f" {counted(lost, 'correction')} no longer {fits} left out." if lost else "")


def topic_answer(tables: Tables) -> Answer:
    """What the articles are about, and where."""
    total = len(tables.sentences)
    themes, theatres = (tables.topics[tables.topics["dimension"] == name] for name in ("theme", "theatre"))
    read = f"{counted(total, 'sentence')} of {counted(tables.sentences['article_id'].nunique(), 'article')}"
    silent = total - len(themes[["article_id", "start_char"]].drop_duplicates())
    caveat = (
        f"A theme is counted where a sentence holds one of its listed words; {counted(silent, 'sentence')} "
        f"{'holds' if silent == 1 else 'hold'} none. What is written about is not what matters most: a word "
        "list knows neither irony nor weight."
    ) + corrected_sentence(tables)
    if themes.empty:
        return Answer((f"No theme of the list was recognised in the {read}.",), caveat)
    first = f"The {read} are mostly about {listed(leading(themes['topic'], 4))}."
    where = listed(leading(theatres["topic"], 4)) if len(theatres) else "no theatre of the list"
    return Answer((first, f"They are set in {where}; the brackets count sentences."), caveat)


def speaker_answer(tables: Tables) -> Answer:
    """Who speaks, how openly, and in what tone."""
    named = tables.quotes.dropna(subset="speaker_id")
    caveat = (
        "Tone is TextBlob's polarity of the words spoken, from -1 to +1: it says how something is put, not "
        "what the speaker thinks of whom, and as a detector of conflict it is no better than a coin "
        "(macro-F1 .52)."
    ) + corrected_sentence(tables)
    if named.empty:
        return Answer(("No statement with a known speaker was found.",), caveat)
    names = named.groupby("speaker_id", sort=False)["speaker_name"].first()
    anonymous = named[named["is_anonymous"]]
    first = (
        f"{counted(len(names), 'speaker')} {'makes' if len(names) == 1 else 'make'} "
        f"{counted(len(named), 'statement')}: {listed(leading(named['speaker_id'].map(names), 4))} the most; "
        f"{len(anonymous)} ({len(anonymous) / len(named):.0%}) {'comes' if len(anonymous) == 1 else 'come'} "
        "from sources that are not named."
    )
    tone = named.groupby("speaker_id")["tone_score"].agg(["mean", "size"])
    often = tone[tone["size"] >= 2]
    if len(often) < 2:
        return Answer((first, "Too few speak twice or more to set their tones side by side."), caveat)
    high, low = often["mean"].idxmax(), often["mean"].idxmin()
    second = (
        f"Of those who speak twice or more, {names[high]} has the highest mean tone "
        f"({often['mean'][high]:+.2f}) and {names[low]} the lowest ({often['mean'][low]:+.2f}); "
        "that describes their statements here and is no tested difference."
    )
    return Answer((first, second), caveat)


def tension_answer(tables: Tables) -> Answer:
    """Between whom something passes, of what kind, and what is only announced."""
    caveat = (
        "Events are what these articles report, coded by rule from single sentences: an act nobody wrote "
        "about is missing, one reported twice may count twice, and a meeting counts once for each side."
    ) + corrected_sentence(tables)
    events = tables.events[between_countries(tables.events)]
    if events.empty:
        return Answer(("No act between two countries was recognised.",), caveat)
    return Answer((event_sentence(tables, events), comparison_sentence(tables)), caveat)


def event_sentence(tables: Tables, events: pd.DataFrame) -> str:
    """How many events pass between how many pairs, and what those of the leading pair are."""
    pairs = dyads(events)
    top = leading_pairs(tables, most=1)[0]
    of_top = events[pairs == top]
    acts = of_top[of_top["status"].isin(ACT_STATUSES)]
    announced = int((of_top["status"] == "future").sum())
    kinds = [
        counted(int(part.sum()), noun)
        for part, noun in (
            (acts["intensity"] > 0, "cooperative act"),
            (acts["intensity"] < 0, "hostile act"),
            (acts["intensity"] == 0, "demand"),
        )
        if part.any()
    ]
    rest = len(of_top) - len(acts) - announced
    kinds += [f"{announced} announced"] if announced else []
    kinds += [f"{rest} imagined, denied or long past"] if rest else []
    passing = f"{counted(len(events), 'coded event')} {'passes' if len(events) == 1 else 'pass'} between "
    if pairs.nunique() == 1:
        return f"{passing}{dyad_in_sentence(top)}: {listed(kinds)}."
    return (
        f"{passing}{pairs.nunique()} pairs of countries, {len(of_top)} of them between "
        f"{dyad_in_sentence(top)}, the pair to look at first: {listed(kinds)}."
    )


def leading_pairs(tables: Tables, *, most: int = 3) -> list[str]:
    """The pairs to be told first, as "CHN-USA": `leading.ranked_pairs`."""
    return ranked_pairs(tables.articles, tables.events)["dyad"].head(most).tolist()


class PairStory(NamedTuple):
    """What there is to say of a pair, a part a line."""

    name: str
    parts: list[str]


def pair_stories(tables: Tables) -> list[PairStory]:
    """What eases, what strains, what is contested, who moves and what is announced, for each leading pair.

    Each part counts events, and is left out where there are none.
    """
    coded = country_events(tables.articles, tables.events, period="all")
    coded = coded[~coded["is_copy"]]
    matrix = pair_theme_matrix(tables.events, tables.topics)
    return [
        PairStory(dyad_name(pair), parts)
        for pair in leading_pairs(tables)
        if (parts := pair_parts(pair, coded[coded["dyad"] == pair], matrix, tables))
    ]


def pair_parts(pair: str, coded: pd.DataFrame, matrix: pd.DataFrame, tables: Tables) -> list[str]:
    """What there is to say of one pair."""
    acts, future = coded[coded["status"] == "act"], coded[coded["status"] == "future"]
    kind, hostile, demands = (
        acts[acts["intensity"] > 0],
        acts[acts["intensity"] < 0],
        acts[acts["intensity"] == 0],
    )
    themes = matrix[matrix["dyad"] == pair].assign(
        kind_weight=lambda rows: rows["event_weight"] - rows["conflict_weight"]
    )
    sources = acts["source_country_code"].map(country_in_sentence)
    parts = [
        acts_part("Cooperative:", kind, themes, "kind_weight"),
        acts_part("Hostile:", hostile, themes, "conflict_weight"),
        f"Demands: {', '.join(acts_in_words(demands)[:MOST_ACTS])}" if len(demands) else "",
        contested_part(pair, tables),
        f"Acts by {listed(leading(sources, 2))}" if len(acts) else "",
        f"Announced: {listed(acts_in_words(future)[:MOST_ACTS])}" if len(future) else "",
    ]
    return [part for part in parts if part]


def acts_part(word: str, acts: pd.DataFrame, themes: pd.DataFrame, weight: str) -> str:
    """ "Hostile: 2 acts: coercion by China (2); about trade and tariffs"."""
    if acts.empty:
        return ""
    over = themes[themes[weight] > 0].sort_values([weight, "topic"], ascending=[False, True])["topic"]
    about = f"; about {', '.join(over.head(3))}" if len(over) else ""
    return f"{word} {counted(len(acts), 'act')}: {', '.join(acts_in_words(acts)[:MOST_ACTS])}{about}"


def acts_in_words(events: pd.DataFrame) -> list[str]:
    """Events of one pair by type and actor, most frequent, then strongest first: "talks by China (3)".

    What both do in one sentence is told once: "talks by both sides".
    """
    told = told_acts(events)
    counts = told.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return [name if count == 1 else f"{name} ({count})" for name, count in counts.items()]


def told_acts(events: pd.DataFrame) -> pd.Series:
    """ "talks by China" of each event, the strongest first; of an act of both sides only the first."""
    ordered = events.iloc[events["intensity"].abs().mul(-1).argsort(kind="stable")]
    is_mutual = of_both_sides(ordered)
    actors = ordered["source_country_code"].map(country_in_sentence).mask(is_mutual, "both sides")
    return (act_names(ordered) + " by " + actors)[~(is_mutual & ordered.duplicated(TELLING))]


def counted_once(events: pd.DataFrame) -> pd.DataFrame:
    """Events of one pair, of an act of both sides only the first: else a meeting outweighs a blow."""
    return events[~(of_both_sides(events) & events.duplicated(TELLING))]


def of_both_sides(events: pd.DataFrame) -> pd.Series:
    """Whether one sentence tells the same act of either side of a pair."""
    return events.groupby(TELLING, dropna=False)["source_country_code"].transform("nunique") > 1


def contested_part(pair: str, tables: Tables) -> str:
    """What one side's sources tell of the other's dealings with a third country."""
    speakers = tables.quotes.dropna(subset=["speaker_id", "country_code"]).drop_duplicates("speaker_id")
    countries = dict(zip(speakers["speaker_id"], speakers["country_code"], strict=True))
    told = tables.events[between_countries(tables.events)]
    told = told.assign(teller=told["reported_by"].map(countries)).dropna(subset="teller")
    sides = pair.split("-")
    of_other = told[
        told["teller"].isin(sides)
        & told["source_country_code"].isin(sides)
        & (told["teller"] != told["source_country_code"])
        & ~told["target_country_code"].isin(sides)
        & told["status"].isin(ACT_STATUSES)
    ]
    if of_other.empty:
        return ""
    sides = [of_other[f"{side}_country_code"].map(country_in_sentence) for side in ("source", "target")]
    told = (act_names(of_other) + " by " + sides[0] + " to " + sides[1]).tolist()
    tellers = listed([country_in_sentence(code) for code in sorted(of_other["teller"].unique())])
    return f"Contested: speakers of {tellers} tell of {listed(leading(pd.Series(told), 3))}"


def firm_shares(tables: Tables) -> pd.DataFrame:
    """The conflict shares that may be compared: `Indicators` rows over all articles."""
    whole = tables.indicators[tables.indicators["period"] == "all"]
    shares = whole[whole["indicator"] == "conflict_share"].dropna(subset="value")
    return shares[shares["story_count"] >= MINIMUM_STORIES]


def comparison_sentence(tables: Tables) -> str:
    """Which pair is the most conflictual, if enough stories were read to say so."""
    firm = firm_shares(tables)
    if firm.empty:
        return (
            "Whether tension rises or eases cannot be told yet: no pair of countries has acts in the "
            f"{MINIMUM_STORIES} stories that a comparison of its acts asks for."
        )
    top = firm.sort_values(["value", "dyad"], ascending=[False, True]).iloc[0]
    if len(firm) == 1:
        return (
            f"Only {dyad_in_sentence(top['dyad'])} have acts in {MINIMUM_STORIES} stories or more: "
            f"{top['value']:.2f} (95% interval {top['low']:.2f} to {top['high']:.2f}, "
            f"{top['story_count']} stories) of all intensity between them is hostile."
        )
    return (
        f"Of the {counted(len(firm), 'pair')} with acts in {MINIMUM_STORIES} stories or more, "
        f"{dyad_in_sentence(top['dyad'])} is the most conflictual: {top['value']:.2f} (95% interval "
        f"{top['low']:.2f} to {top['high']:.2f}, {top['story_count']} stories) of all intensity between them "
        "is hostile."
    )
