"""Key judgments: which ones a front page makes, in which order, and what became of those of the last one.

| rule | says | when |
|---|---|---|
| pair | what happened between a leading pair, and whether that is usual | many stories |
| contact, quarrel, demand | how the leading pair deals, what about, what is asked | up to three stories |

A judgment on a pair needs an incident that is read with some certainty, or two stories; a pair that only one
unsure story is about is in no judgment. Each carries a confidence in what it rests on. None carries a
likelihood: whether a pair is more hostile than usual is said with its interval in "What changed".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from analysis.findings.focus_news import (
    Contact,
    Demand,
    Quarrel,
    contact_of,
    demands_of,
    quarrel_of,
    uses_force,
)
from analysis.findings.pair_news import PairNews, headline_news, pair_news
from analysis.findings.period_inputs import PeriodInputs, is_sure
from analysis.findings.support import Support, confidence_level, support_of
from analysis.findings.wording import words

MOST_JUDGMENTS: Final = 6
LEAST_WEIGHT: Final = 0.2  # of a pair that a judgment is on: less is in the list of what happened
LEAST_OF_FEW: Final = 0.15  # of a pair when few stories were read, so that each one counts
LEAST_QUOTED: Final = 0.75  # probability of what one story reports, where it is only quoted
FEW_STORIES: Final = 10
FOCUS_STORIES: Final = 3  # up to this many usually share one subject, which gets several judgments
IN_BOTTOM_LINE: Final = 3

Fact = PairNews | Contact | Quarrel | Demand


@dataclass(frozen=True)
class Judgment:
    """One key judgment."""

    rule: str  # also the name of the template that words it
    subject: str  # a pair of codes, as "CHN-USA"
    fact: Fact
    support: Support
    confidence: str
    event_ids: tuple[str, ...]

    def worded(self, form: str) -> str:
        return words(f"findings/judgments/{self.rule}", form, self.fact)

    @property
    def statement(self) -> str:
        """The judgment in one or two sentences."""
        return self.worded("statement")

    @property
    def short(self) -> str:
        """Its first clause, as the bottom line has it."""
        return self.worded("short")

    @property
    def alternative(self) -> str:
        """Another way to read the same reports."""
        return self.worded("alternative")

    @property
    def overturn(self) -> str:
        """What would change the judgment."""
        return self.worded("overturn")

    @property
    def basis(self) -> str:
        """Why this level of confidence."""
        return words("findings/judgments/support", "basis", self.support)


def key_judgments(inputs: PeriodInputs) -> list[Judgment]:
    """Up to six judgments, on the pairs in their order.

    A reader expects a word on a war in an ordinary week too, if it has to be the last.
    """
    if inputs.current.empty:
        return []
    if inputs.articles["story_id"].nunique() <= FOCUS_STORIES:
        return [judgment_of(fact, inputs) for fact in focus_facts(inputs)][:MOST_JUDGMENTS]
    pairs = judged_pairs(inputs)
    news = list(islice(news_of_pairs(pairs, inputs), MOST_JUDGMENTS))
    told = {one.pair for one in news}
    going_on = news_of_pairs([pair for pair in inputs.wars if pair in pairs and pair not in told], inputs)
    if len(news) == MOST_JUDGMENTS:
        news[-1:] = list(islice(going_on, 1)) or news[-1:]
    return [judgment_of(fact, inputs) for fact in news]


def judged_pairs(inputs: PeriodInputs) -> list[str]:
    """The leading pairs that something sure is reported of, or two stories."""
    likely = is_sure(inputs.current) | (inputs.current["probability"] >= LEAST_QUOTED)
    is_of_crowd = inputs.current["root"].eq("PROTEST") & (not inputs.pair)  # which acts for no country
    sure = set(inputs.current.loc[likely & ~is_of_crowd, "dyad"])
    is_few = inputs.articles["story_id"].nunique() <= FEW_STORIES
    sides = inputs.sides[inputs.sides["weight"] >= (LEAST_OF_FEW if is_few else LEAST_WEIGHT)]
    only_crowds = set(inputs.current["dyad"]) - set(inputs.current.loc[~is_of_crowd, "dyad"])
    several = (sides["story_count"] > 1) & ~sides["dyad"].isin(only_crowds)
    return sides.loc[sides["dyad"].isin(sure) | several, "dyad"].tolist()


def news_of_pairs(pairs: list[str], inputs: PeriodInputs) -> Iterator[PairNews]:
    """The news between some pairs; a sentence quoted for one pair is not quoted again for the next."""
    quoted: set[tuple[str, str]] = set()
    for pair in pairs:
        news = pair_news(pair, inputs)
        first = news and (news.parts[0].article_id, news.parts[0].quote)
        if news and (first not in quoted or news.parts[0].clause):
            quoted.update((part.article_id, part.quote) for part in news.parts)
            yield news


def focus_facts(inputs: PeriodInputs) -> Iterator[Fact]:
    """What there is to judge where a few stories are about one pair."""
    leading = inputs.sides["dyad"].iloc[0]
    facts = [] if uses_force(leading, inputs) else told_dealings(leading, inputs)
    yield from facts
    pairs = [pair for pair in judged_pairs(inputs) if pair != leading]
    yield from news_of_pairs(pairs if facts else [leading, *pairs], inputs)


def dealings_of(pair: str, inputs: PeriodInputs) -> list[Fact]:
    """How a pair deals, what it quarrels about and what each side asks of the other."""
    facts = (contact_of(pair, inputs), quarrel_of(pair, inputs), *demands_of(pair, inputs))
    return [fact for fact in facts if fact is not None]


def told_dealings(pair: str, inputs: PeriodInputs) -> list[Fact]:
    """The dealings, unless a report says more: than the noun "a meeting", or than what one side asks."""
    facts = dealings_of(pair, inputs)
    only = facts[0] if len(facts) == 1 else None
    if isinstance(only, Contact) and len(only.done) + len(only.announced) < 2:
        return []
    if all(isinstance(fact, Demand) for fact in facts):
        news = pair_news(pair, inputs) or headline_news(inputs.of_pair(pair), inputs)
        return [news] if news else facts
    return facts


RULES: Final = {PairNews: "pair", Contact: "contact", Quarrel: "quarrel", Demand: "demand"}


def judgment_of(fact: Fact, inputs: PeriodInputs) -> Judgment:
    """A judgment with the confidence that its sources allow."""
    ids = event_ids_of(fact, inputs)
    events = inputs.tables.events[inputs.tables.events["event_id"].isin(ids)]
    support = support_of(events, inputs.tables)
    return Judgment(RULES[type(fact)], fact.pair, fact, support, confidence_level(support), ids)


def event_ids_of(fact: Fact, inputs: PeriodInputs) -> tuple[str, ...]:
    """The events that a judgment rests on."""
    if not isinstance(fact, PairNews):
        return fact.event_ids
    ids = inputs.of_pair(fact.pair)["event_ids"]
    return tuple(dict.fromkeys(one for row in ids for one in row.split()))


@dataclass(frozen=True)
class BottomLine:
    """What a reader must not miss."""

    story_count: int
    leading: tuple[Judgment, ...]
    contact: Contact | None  # where a few stories are about one pair
    quarrel: Quarrel | None
    risen: tuple[str, ...]  # pairs clearly more hostile than usual
    eased: tuple[str, ...]
    compared_count: int
    has_background: bool
    is_pile: bool  # articles of more than three weeks that are shown together


def bottom_line(judgments: list[Judgment], inputs: PeriodInputs) -> tuple[str, ...]:
    """What happened between up to three pairs, a paragraph each, and whether it is getting worse."""
    line = bottom_line_facts(judgments, inputs)
    others = () if line.contact or line.quarrel else line.leading[1:]
    forms = [("first", line), ("second", line), *(("other", one) for one in others), ("trend", line)]
    found = (words("findings/bottom_line", form, fact) for form, fact in forms)
    return tuple(sentence for sentence in found if sentence)


def bottom_line_facts(judgments: list[Judgment], inputs: PeriodInputs) -> BottomLine:
    by_rule = {one.rule: one.fact for one in reversed(judgments)}
    moves = inputs.moves
    risen, eased = (in_direction(inputs, way) for way in ("up", "down"))
    return BottomLine(
        story_count=inputs.articles["story_id"].nunique(),
        leading=tuple(one for one in judgments if one.rule in ("pair", "demand"))[:IN_BOTTOM_LINE],
        contact=by_rule.get("contact"),
        quarrel=by_rule.get("quarrel"),
        risen=risen,
        eased=eased,
        compared_count=int((moves["direction"] != "not compared").sum()),
        has_background=not inputs.background.empty,
        is_pile=inputs.is_pile,
    )


def in_direction(inputs: PeriodInputs, direction: str) -> tuple[str, ...]:
    """The pairs of the period that clearly moved one way, in their order."""
    moved = set(inputs.moves.loc[inputs.moves["direction"] == direction, "dyad"])
    return tuple(pair for pair in inputs.sides["dyad"] if pair in moved)


def judgment_records(judgments: list[Judgment]) -> list[dict]:
    """What `briefing.json` keeps of the judgments."""
    return [
        {
            "rule": one.rule,
            "subject": one.subject,
            "pairs": [one.subject],
            "statement": one.statement,
            "likelihood": "",
            "confidence": one.confidence,
            "event_ids": list(one.event_ids),
        }
        for one in judgments
    ]
