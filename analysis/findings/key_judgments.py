"""Key judgments: what the indicators, changes and alerts add up to, by rules that an analyst can read.

| rule | says | when | carries |
|---|---|---|---|
| change | hostility between a pair rose or eased | an arrow in `indicators.definitions.WORSE` | likelihood |
| alert | a spike, or a rung not reached before | such an alert in the latest period | confidence |
| balance | what the reported acts of a pair are, mostly | three acts between a leading pair | confidence |
| contested | what one side's sources tell of the other and a third | such acts | confidence |
| announced | what is announced between a leading pair | announced contact or pressure | confidence |
| force | between whom force is reported | acts on the highest rung | confidence |

A judgment carries either a likelihood, of the thing judged, or a confidence, in what it rests on, and never
both: readers mix the two up. Each rests on events whose sentences can be read; without events there is none.

Source: ICD 203 (2015) for the words and their separation; the rules are our own.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from math import erf, sqrt
from typing import Final

import pandas as pd
from pandas import DataFrame, Timedelta, Timestamp

from analysis.country_names import country_in_sentence, dyad_in_sentence
from analysis.findings.answers import (
    acts_in_words,
    comparison_sentence,
    counted,
    counted_once,
    firm_shares,
    listed,
    told_acts,
)
from analysis.indicators.alerts import ANNOUNCED_DAYS, pending_announcements
from analysis.indicators.codebook import indicator_name
from analysis.indicators.country_events import FORCE, RUNGS, between_countries, country_events
from analysis.indicators.definitions import MINIMUM_STORIES, WORSE
from analysis.indicators.intervals import Z
from analysis.indicators.pair_ranking import ranked_pairs
from analysis.lexicons import load_lexicon
from analysis.phrasing import day_in_words, percent
from analysis.pipeline.analyse import Tables
from analysis.schemas import ACT_STATUSES, ROOT_NAMES

MOST_JUDGMENTS = 5
MOST_MOVES = 3  # of them that tell what moved, lest a war that goes on is crowded out
MOST_PAIRS = 3  # that are named of those between which force is told
MOST_LOOKED_AT = 8  # pairs, of which most have nothing to judge
LEAST_ACTS = 3  # of a pair, below which nothing is "mostly"
MOSTLY = 2 / 3
SETTLING = ("AGREE", "RETREAT")  # what may end the use of force
MOST_SURE = 0.95  # an interval knows nothing of misread sentences
NUMBERS: Final = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"]
KIND_WORDS: Final = {True: "cooperative", False: "hostile"}


@dataclass(frozen=True)
class Facts:
    """What the rules look at."""

    tables: Tables
    changes: DataFrame  # `Changes` rows with a direction or a reason for none
    since: str  # what they are set against: "the last briefing", "the week before"
    alerts: DataFrame  # `Alerts` table

    @cached_property
    def coded(self) -> DataFrame:
        """Acts and announcements between countries, copies left out."""
        coded = country_events(self.tables.articles, self.tables.events, period="all")
        return coded[~coded["is_copy"]]

    @cached_property
    def ranked(self) -> DataFrame:
        """Pairs with acts or announcements, the one to be told first on top: `leading.ranked_pairs`."""
        ranked = ranked_pairs(self.tables.articles, self.tables.events)
        return ranked[ranked["dyad"].isin(self.coded["dyad"])]

    @cached_property
    def newest(self) -> Timestamp:
        """The day of the newest article; missing where none has a date."""
        return self.tables.articles["published_date"].max()

    def is_recent(self, events: DataFrame) -> bool:
        """Whether some events were told within `ANNOUNCED_DAYS` of the newest article, or on no day."""
        age = self.newest - events["published_date"].max()
        return not age > Timedelta(days=ANNOUNCED_DAYS)

    def last_told(self, events: DataFrame, word: str) -> str:
        """ ", of 5 October 2026": when some events were last told, if newer articles are silent on them."""
        last = events["published_date"].max()
        return f"{word} {day_in_words(last)}" if last < self.newest else ""

    def in_order(self, rows: DataFrame) -> DataFrame:
        """Rows of pairs, those of the pair to be told first on top."""
        places = {dyad: place for place, dyad in enumerate(self.ranked["dyad"])}
        return rows.sort_values("dyad", key=lambda names: names.map(places), kind="stable")


@dataclass(frozen=True)
class Judgment:
    """One key judgment: exactly one of `likelihood` and `confidence` is filled."""

    rule: str
    subject: str  # pairs of countries, as "CHN-USA" or "IRN-ISR RUS-UKR"
    statement: str
    likelihood: str
    confidence: str
    basis: str  # why this term or level
    alternative: str  # another way to read the same reports
    overturn: str  # what would change it
    event_ids: tuple[str, ...]


@dataclass(frozen=True)
class Support:
    """How much stands behind some events."""

    story_count: int
    outlet_count: int  # that are named: of others nobody can say that they are two
    unknown_outlet_count: int  # articles that name none
    statement_count: int
    anonymous_share: float  # of the statements in these articles that have a speaker


def key_judgments(facts: Facts) -> list[Judgment]:
    """Up to five judgments: what moved, and the pairs in their order, with force where it belongs.

    Of the leading pair all is told, of each other pair first what it mostly does.

    Force comes first where it is firm, after what the leading pair mostly does where any story is about it,
    and after all of the leading pair where it is told in passing, as a war of others is.
    """
    found = [pair_judgments(facts, pair) for pair in facts.ranked["dyad"].head(MOST_LOOKED_AT)]
    leading, others, force = found[0] if found else [], found[1:], force_judgments(facts)
    moves = [*change_judgments(facts), *alert_judgments(facts)]
    rungs = facts.ranked[["confirmed_rung", "rung"]].max()
    place = 0 if rungs["confirmed_rung"] == FORCE else 1 if rungs["rung"] == FORCE else len(leading)
    ordered = [
        *moves[:MOST_MOVES],
        *leading[:place],
        *force,
        *leading[place:],
        *(judgment for own in others for judgment in own[:1]),
        *(judgment for own in others for judgment in own[1:]),
    ]
    return ordered[:MOST_JUDGMENTS]


def pair_judgments(facts: Facts, pair: str) -> list[Judgment]:
    """What there is to judge of a pair by itself."""
    rules = (balance_judgments, contested_judgments, announced_judgments)
    return [judgment for rule in rules for judgment in rule(facts, pair)]


def likelihood_term(probability: float) -> str:
    """The word for a probability, which is capped: "very likely" for .93 and for .999."""
    capped = min(probability, MOST_SURE)
    terms = load_lexicon("findings/likelihood_terms")
    fits = terms[(terms["low"].astype(float) <= capped) & (capped <= terms["high"].astype(float))]
    return str(fits["term"].iloc[-1 if capped < MOST_SURE else 0])


def confidence_level(support: Support) -> str:
    """The highest level whose conditions are met."""
    for level in load_lexicon("findings/confidence_levels").itertuples():
        if (
            support.story_count >= int(level.least_stories)
            and support.outlet_count >= int(level.least_outlets)
            and support.anonymous_share <= float(level.most_anonymous)
        ):
            return str(level.level)
    raise ValueError(
        "findings/confidence_levels.csv has no row that anything meets, expected its last row to"
    )


def support_of(events: DataFrame, tables: Tables) -> Support:
    """How many stories, outlets and open sources stand behind some events."""
    articles = tables.articles[tables.articles["article_id"].isin(events["article_id"])]
    spoken = tables.quotes[tables.quotes["article_id"].isin(articles["article_id"])].dropna(
        subset="speaker_id"
    )
    return Support(
        story_count=articles["story_id"].nunique(),
        outlet_count=articles["outlet"].nunique(),
        unknown_outlet_count=int(articles["outlet"].isna().sum()),
        statement_count=len(spoken),
        anonymous_share=float(spoken["is_anonymous"].mean()) if len(spoken) else 0.0,
    )


def basis_of(support: Support) -> str:
    """What a confidence rests on, in words."""
    known = support.outlet_count
    outlets = counted(known, "outlet") if known else "outlet unknown"
    outlets += " and others unknown" if known and support.unknown_outlet_count else ""
    return f"{counted(support.story_count, 'story')}, {outlets}; {openness_of(support)}"


def openness_of(support: Support) -> str:
    """How many of the statements have a name behind them, in words."""
    count, share = support.statement_count, support.anonymous_share
    where = "in it" if support.story_count == 1 else "in them"
    if not count:
        return "nobody is quoted"
    if count == 1:
        return f"the only statement {where} comes from a source with{'out' if share else ''} a name"
    return f"{percent(share)} of the {count:,} statements {where} come from sources without a name"


def with_confidence(
    facts: Facts, rule: str, subject: str, statement: str, events: DataFrame, *readings: str
) -> Judgment:
    """A judgment on what is reported, with the confidence that its sources allow."""
    support = support_of(events, facts.tables)
    return Judgment(
        rule=rule,
        subject=subject,
        statement=statement,
        likelihood="",
        confidence=confidence_level(support),
        basis=basis_of(support),
        alternative=readings[0],
        overturn=readings[1],
        event_ids=tuple(events["event_id"]),
    )


def told_by(events: DataFrame) -> str:
    """ "One story tells", "Seven stories tell"."""
    count = events["story_id"].nunique()
    return "One story tells" if count == 1 else f"{at_start(count)} stories tell"


def at_start(count: int) -> str:
    """A number that begins a sentence, as a word up to ten: "Two"."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def change_judgments(facts: Facts) -> list[Judgment]:
    """What clearly rises or eases, one judgment a pair and direction."""
    moved = facts.changes[
        facts.changes["direction"].isin(("up", "down")) & facts.changes["indicator"].isin(WORSE)
    ]
    rows = moved.assign(is_worse=moved["direction"] == moved["indicator"].map(WORSE))
    told = facts.in_order(rows.drop_duplicates(["dyad", "is_worse"]))
    told = told.sort_values("is_worse", ascending=False, kind="stable")
    return [change_judgment(facts, row) for row in told.itertuples()]


def change_judgment(facts: Facts, row: object) -> Judgment:
    """Hostility rose, or eased, as likely as the interval of the difference says."""
    spread = (row.high - row.low) / (2 * Z)
    probability = (1 + erf(abs(row.change) / spread / sqrt(2))) / 2 if spread else MOST_SURE
    term = likelihood_term(probability)
    behind = facts.coded[
        (facts.coded["dyad"] == row.dyad) & facts.coded["article_id"].isin(row.article_ids.split())
    ]
    return Judgment(
        rule="change",
        subject=row.dyad,
        statement=(
            f"Reported hostility between {dyad_in_sentence(row.dyad)} has {term} "
            f"{'risen' if row.is_worse else 'eased'} against {facts.since}: {indicator_name(row.indicator)} "
            f"went from {row.before_value:.2f} to {row.value:.2f}, {row.reason}."
        ),
        likelihood=term,
        confidence="",
        basis=(
            f"the 95% interval of the difference, {row.low:+.2f} to {row.high:+.2f}, leaves out zero "
            f"({counted(row.before_story_count, 'story')} before, {row.story_count} now); no more is said "
            "than very likely, for an interval knows nothing of misread sentences"
        ),
        alternative="Newsrooms may have turned to the pair, or to its quarrels, without a change in conduct.",
        overturn="A fall back to the earlier value in the next briefing, or events above that were misread.",
        event_ids=tuple(behind["event_id"]),
    )


def alert_judgments(facts: Facts) -> list[Judgment]:
    """What stands far out of the usual in the latest period."""
    rows = facts.alerts[facts.alerts["kind"].isin(("spike", "new rung"))]
    return [alert_judgment(facts, row) for row in facts.in_order(rows.drop_duplicates("dyad")).itertuples()]


def alert_judgment(facts: Facts, row: object) -> Judgment:
    coded = facts.coded
    behind = coded[
        (coded["dyad"] == row.dyad) & coded["article_id"].isin(row.article_ids.split()) & (coded["quad"] >= 3)
    ]
    what = "far more hostile than usual" if row.kind == "spike" else "on a rung not reached before"
    return with_confidence(
        facts,
        "alert",
        row.dyad,
        f"What passes between {dyad_in_sentence(row.dyad)} from {row.period} on is {what}: {row.line}.",
        behind,
        "One incident told by many outlets looks like many: see whether the sentences tell of the same act.",
        "Sentences above that tell of the same act, or of an older one.",
    )


def balance_judgments(facts: Facts, pair: str) -> list[Judgment]:
    """What the acts between a pair mostly are, from three acts up, and what the newest story tells.

    What both sides do together counts once. A demand has no intensity and is neither: to ask for talks is
    not hostile.
    """
    acts = acts_of(facts, pair)
    weighed = counted_once(acts[acts["intensity"] != 0])
    if len(weighed) < LEAST_ACTS:
        return []
    kind, hostile = weighed[weighed["intensity"] > 0], weighed[weighed["intensity"] < 0]
    more, fewer = (kind, hostile) if len(kind) >= len(hostile) else (hostile, kind)
    is_most = is_mostly(more, weighed)
    degree = "mostly" if len(fewer) else "only"
    word = f"{degree} {KIND_WORDS[more is kind]}" if is_most else "both cooperative and hostile"
    demands = len(acts[acts["intensity"] == 0])
    beside = f"; beside them {counted(demands, 'demand')}" if demands else ""
    statement = (
        f"{told_by(acts)} of {word} acts between {dyad_in_sentence(pair)}{newest_told(acts)}: "
        f"{shares_told(acts)}{beside}."
    )
    alternative = (
        "Contact is reported more readily than pressure that works in silence; and what is cooperative in "
        "words can stand beside hostile deeds."
        if more is kind
        else "A quarrel is news and quiet contact is not: cooperation may go on unreported."
    )
    turn = counted(turning(len(more), len(weighed)), f"more {KIND_WORDS[fewer is kind]} act")
    overturn = (
        f"{f'{turn}, or fewer strong ones' if is_most else 'A run of acts of one kind'}, or misread events "
        "among those above."
    )
    return [with_confidence(facts, "balance", pair, statement, acts, alternative, overturn)]


def is_mostly(part: DataFrame, acts: DataFrame) -> bool:
    """Whether acts of one kind are two thirds of all by count and by intensity.

    Where force is told nothing is mostly cooperative: five talks do not outweigh a shelling.
    """
    force = acts["root"].map(RUNGS) == FORCE
    weighs = part["intensity"].abs().sum() / acts["intensity"].abs().sum() >= MOSTLY
    is_calm = not force.any() or bool(force[part.index].any())
    return len(part) / len(acts) >= MOSTLY and weighs and is_calm


def newest_told(acts: DataFrame) -> str:
    """ ", the newest, of 14 October 2026, of assault by Azerbaijan"; "" for stories of one day."""
    dates = acts["published_date"]
    if dates.nunique() < 2:
        return ""
    newest = acts[dates == dates.max()]
    return (
        f", the newest, of {day_in_words(dates.max())}, of {listed(told_acts(newest).unique().tolist()[:2])}"
    )


def shares_told(acts: DataFrame) -> str:
    """ "of 7, 5 are cooperative, such as talks by both sides (2) and visit by Japan; 2 are hostile, ..."."""
    shares = []
    for is_kind, part in ((True, acts[acts["intensity"] > 0]), (False, acts[acts["intensity"] < 0])):
        words = acts_in_words(part)
        if words:
            examples = f", {'such as ' if len(words) > 2 else ''}{listed(words[:2])}"
            shares.append((len(counted_once(part)), KIND_WORDS[is_kind], examples))
    if len(shares) == 1:
        return f"{shares[0][0]} in all{shares[0][2]}"
    ordered = sorted(shares, key=lambda share: -share[0])
    told = [f"{count} {'is' if count == 1 else 'are'} {word}{examples}" for count, word, examples in ordered]
    return f"of {sum(count for count, *_ in ordered)}, {'; '.join(told)}"


def turning(more: int, total: int) -> int:
    """How many further acts of the other kind end a majority of two thirds."""
    return next(n for n in range(1, total + 2) if more / (total + n) < MOSTLY)


def acts_of(facts: Facts, pair: str) -> DataFrame:
    coded = facts.coded
    return coded[(coded["dyad"] == pair) & (coded["status"] == "act")]


def contested_judgments(facts: Facts, pair: str) -> list[Judgment]:
    """What one side's speakers tell of the other's dealings with a third, and whether the other answers."""
    told = told_by_other_side(facts.tables, pair)
    if told.empty:
        return []
    groups = told.groupby(["teller", "source_country_code", "target_country_code", "root"], sort=False)
    (teller, accused, third, root), _ = max(groups, key=lambda group: len(group[1]))
    part = told[
        (told["teller"] == teller)
        & (told["source_country_code"] == accused)
        & (told["target_country_code"] == third)
    ]
    answers = answer_count(facts.tables, accused, third)
    accused_name, third_name = country_in_sentence(accused), country_in_sentence(third)
    answered = (
        f"no statement of a speaker of {accused_name} names {third_name}"
        if not answers
        else f"speakers of {accused_name} name {third_name} {'once' if answers == 1 else f'{answers} times'}"
    )
    return [
        with_confidence(
            facts,
            "contested",
            pair,
            f"Speakers of {country_in_sentence(teller)} tell of {ROOT_NAMES[root]} by {accused_name} to "
            f"{third_name}; in what was read, {answered}.",
            part,
            f"It is an account by one side, which {accused_name} may deny or call something else.",
            f"A statement of {accused_name} on it, or a report that rests on neither side.",
        )
    ]


def told_by_other_side(tables: Tables, pair: str) -> DataFrame:
    """Acts of one side towards a third country, told by speakers of the other side, named in `teller`."""
    speakers = tables.quotes.dropna(subset=["speaker_id", "country_code"]).drop_duplicates("speaker_id")
    countries = dict(zip(speakers["speaker_id"], speakers["country_code"], strict=True))
    told = tables.events[between_countries(tables.events) & tables.events["status"].isin(ACT_STATUSES)]
    told = told.assign(teller=told["reported_by"].map(countries)).dropna(subset="teller")
    sides = pair.split("-")
    return told[
        told["teller"].isin(sides)
        & told["source_country_code"].isin(sides)
        & (told["teller"] != told["source_country_code"])
        & ~told["target_country_code"].isin(sides)
    ]


def answer_count(tables: Tables, speaker: str, target: str) -> int:
    """How many statements of a country's speakers name another country."""
    own = tables.quotes.loc[tables.quotes["country_code"] == speaker, "quote_id"]
    named = tables.stances[tables.stances["target_country_code"] == target]
    return int(named.loc[named["quote_id"].isin(own), "quote_id"].nunique())


def announced_judgments(facts: Facts, pair: str) -> list[Judgment]:
    """What is announced between a pair and not told as done since: contact, pressure, or both.

    What was announced more than `ANNOUNCED_DAYS` before the newest article is past, kept or not.
    """
    coded = facts.coded
    future = pending_announcements(coded[coded["dyad"] == pair])
    age = facts.newest - future["published_date"]
    future = future[~(age > Timedelta(days=ANNOUNCED_DAYS))]  # of what is undated nobody can say so
    if future.empty:
        return []
    contact, pressure = future[future["quad"] <= 2], future[future["quad"] >= 3]
    last = facts.last_told(future, " as of")
    kinds = listed([word for word, part in (("contact", contact), ("pressure", pressure)) if len(part)])
    return [
        with_confidence(
            facts,
            "announced",
            pair,
            f"{told_by(future)} of {kinds} to come between {dyad_in_sentence(pair)}{last}: "
            f"{listed(acts_in_words(future)[:3])}; whether it comes to pass is not judged here.",
            future,
            "Announcements are made to be heard: the announcement may be the whole of the act.",
            "Reports that it took place, was put off, or was called off.",
        )
    ]


def force_judgments(facts: Facts) -> list[Judgment]:
    """Between whom force is reported, in the order of the pairs, each with its stories."""
    coded = facts.coded
    force = coded[(coded["status"] == "act") & (coded["root"].map(RUNGS) == FORCE)]
    if force.empty:
        return []
    pairs = facts.ranked.loc[facts.ranked["dyad"].isin(force["dyad"]), "dyad"].tolist()
    recent = [pair for pair in pairs if facts.is_recent(force[force["dyad"] == pair])]
    older = [pair for pair in pairs if pair not in recent]
    told = f"Force {'is' if recent else 'was'} reported {between_pairs(facts, recent or older, force)}"
    earlier = f"; earlier, {between_pairs(facts, older, force)}" if recent and older else ""
    judgment = with_confidence(
        facts,
        "force",
        " ".join([*recent, *older][:MOST_PAIRS]),
        f"{told}{earlier}.",
        force,
        "A sentence may look back on force that is over, or tell one act twice.",
        "A report of an end to it, or sentences above that look back.",
    )
    if len(pairs) == 1:
        return [judgment]
    supports = [support_of(part, facts.tables) for _, part in force.groupby("dyad")]
    least = min(support.story_count for support in supports)
    is_less = least < force["story_id"].nunique()
    rest = f"; the pair told of least rests on {counted(least, 'story')}" if is_less else ""
    return [replace(judgment, confidence=least_level(supports), basis=f"{judgment.basis}{rest}")]


def between_pairs(facts: Facts, pairs: list[str], force: DataFrame) -> str:
    """ "between Iran and Israel (1 story), ... and between 5 further pairs"; a fourth is named too."""
    most = MOST_PAIRS + 1 if len(pairs) == MOST_PAIRS + 1 else MOST_PAIRS
    told = [force_between(facts, pair, force[force["dyad"] == pair]) for pair in pairs[:most]]
    rest = len(pairs) - len(told)
    return listed([*told, *([f"between {counted(rest, 'further pair')}"] if rest else [])])


def least_level(supports: list[Support]) -> str:
    """The lowest confidence of several, for a judgment of all of them."""
    levels = load_lexicon("findings/confidence_levels")["level"].tolist()  # the highest first
    return max((confidence_level(support) for support in supports), key=levels.index)


def force_between(facts: Facts, pair: str, force: DataFrame) -> str:
    """ "between Iran and Israel, where accord by both sides is told too (3 stories, of 5 May 2026)"."""
    stories = counted(force["story_id"].nunique(), "story")
    word = ", of" if stories == "1 story" else ", the newest of"
    settled = settled_since(facts, pair, force)
    return f"between {dyad_in_sentence(pair)}{settled} ({stories}{facts.last_told(force, word)})"


def settled_since(facts: Facts, pair: str, force: DataFrame) -> str:
    """ ", where agreement by both sides is told too", in a story as new as the newest of force; or ""."""
    acts = acts_of(facts, pair)
    late = acts[acts["published_date"] >= force["published_date"].max()]
    told = [act for root in SETTLING for act in told_acts(late[late["root"] == root]).unique()][:2]
    if not told:
        return ""
    return f", where {listed(told)} {'is' if len(told) == 1 else 'are'} told too"


def bottom_line(judgments: list[Judgment], facts: Facts) -> tuple[str, str]:
    """The two sentences that a reader must not miss: what is the case, and what cannot be told."""
    if not judgments:
        stories = counted(facts.tables.articles["story_id"].nunique(), "story")
        first = f"The {stories} read {'allows' if stories == '1 story' else 'allow'} no judgment."
    else:
        first = leading_sentence(judgments)
    return first, moved_sentence(facts) or comparison_sentence(facts.tables)


def moved_sentence(facts: Facts) -> str:
    """How many values clearly moved, where some are compared though no pair has stories enough; or ""."""
    compared = facts.changes[facts.changes["direction"] != "not compared"]
    if compared.empty or not firm_shares(facts.tables).empty:
        return ""
    moved = int(compared["direction"].isin(("up", "down")).sum())
    told = f"{moved:,} of {counted(len(compared), 'value')}" if moved else "no value"
    return (
        f"Against {facts.since}, {told} that can be compared clearly moved; no pair of countries has acts in "
        f"the {MINIMUM_STORIES} stories that setting it beside others asks for."
    )


def leading_sentence(judgments: list[Judgment]) -> str:
    """What the first judgment says at its shortest, with what is contested of that pair, or recent force."""
    first, second = judgments[0], (*judgments, None)[1]
    if second and second.rule == "contested" and second.subject == first.subject:
        return f"{shortest(first)}, while {in_sentence(shortest(second))}."
    is_force = second and second.rule == "force" and second.subject != first.subject
    if is_force and second.statement.startswith("Force is"):
        return f"{shortest(first)}; {in_sentence(shortest(second))}."
    return f"{shortest(first)}."


def shortest(judgment: Judgment) -> str:
    """What a judgment says before its examples, without numbers of stories."""
    return re.sub(r" \([^)]*\)", "", re.split("[:;] ", judgment.statement.removesuffix("."))[0])


def in_sentence(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def judgment_records(judgments: list[Judgment]) -> list[dict]:
    """What `briefing.json` keeps of the judgments."""
    return [
        {
            "rule": one.rule,
            "subject": one.subject,
            "statement": one.statement,
            "likelihood": one.likelihood,
            "confidence": one.confidence,
            "event_ids": list(one.event_ids),
        }
        for one in judgments
    ]


def judgment_moves(now: list[dict], before: list[dict]) -> DataFrame:
    """Which judgments are new, reworded, kept or dropped: rule, subject, move, statement, before."""
    old = {judged(one): one for one in before}
    rows = []
    for one in now:
        was = old.pop(judged(one), {}).get("statement", "")
        move = "new" if not was else "kept" if was == one["statement"] else "changed"
        rows.append((one["rule"], one["subject"], move, one["statement"], was))
    rows += [(one["rule"], one["subject"], "dropped", "", one["statement"]) for one in old.values()]
    return pd.DataFrame(rows, columns=["rule", "subject", "move", "statement", "before"])


def judged(record: dict) -> tuple[str, str]:
    """What a judgment is about: of force there is one, whatever pairs it names."""
    return record["rule"], "" if record["rule"] == "force" else record["subject"]
