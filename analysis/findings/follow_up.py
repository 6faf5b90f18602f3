"""What a short report adds to the news of a pair, though no act between the two is read in it.

| lead | to what | the report says |
|---|---|---|
| Later | a truce | that it went into effect, was broken or collapsed |
| Later | a quarrel without force | that it is settled |
| Away from the fighting | force, and nothing friendly | how a truce or an exchange of captives stands |
| With no attacker named | the attacks of a war | of a deadlier air raid on one side |

"Violations of the ceasefire are reported shortly after" is news of the two sides of the one truce of these
days, and without it a reader would think that the truce held. "Hamas agrees to part of the plan to end the
war" names one side alone: it is news of a pair that has long been at war.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
from pandas import Timestamp

from analysis.findings.cut_quotes import shortened
from analysis.findings.in_brief import first_sentence
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.reported import Reported, origin_of
from analysis.findings.wider_tolls import largest_toll
from analysis.indicators.named_sides import countries_named, without_bystanders
from analysis.indicators.turns import FORCE, TRUCE

NAMED: Final = r"(?:cease-?fire|truce|armistice)"
BROKEN: Final = r"(?:violat|breach|broke|break)\w*"
BEGUN: Final = r"(?:takes? effect|took effect|(?:goes|went|comes?|came) in ?to (?:effect|force))"
OUTCOME: Final = re.compile(
    rf"\b{BROKEN} (?:of )?(?:the |a |their )?(?:\w+ ){{0,2}}{NAMED}\b"
    rf"|\b{NAMED}\b[^.;]{{0,60}}\b(?<!to )(?<!will )(?:{BEGUN}|collaps\w+|{BROKEN})\b",
    re.IGNORECASE,
)
"""What became of a truce: it went into effect, was broken or collapsed."""
SETTLED: Final = re.compile(
    r"\b(?:dispute|quarrel|row|stand-?off|trade war|crisis)\b[^.;]{0,40}"
    r"\b(?:settled|resolved|over|ends?|ended)\b",
    re.IGNORECASE,
)
ENDING: Final = re.compile(
    rf"\b(?:{NAMED}|peace (?:proposal|plan|deal|agreement|framework|talks|negotiations)"
    r"|end(?:ing)? (?:to )?the (?:\w+ ){0,2}war|hostages?|prisoners?|de-?escalat\w+"
    r"|(?:resolve|ease|defuse|end) (?:the )?(?:\w+ )?(?:crisis|dispute|conflict|tensions?))\b",
    re.IGNORECASE,
)
STEP: Final = re.compile(
    r"\b(?:agree|accept|reject|refus|receiv|propos|offer|approv|suspend|postpon|delay|resum|releas|free|hand|outlin"
    r"|depend|condition|exchang|swap|talks|deadline|intention)\w*",
    re.IGNORECASE,
)
NO_STEP: Final = re.compile(
    r"\b(?:protest|demonstrat|accus|claim|violat|veto|video|recover|identif|kill|injur|wound|attack|strike|offensive"
    r"|summit|election)\w*",
    re.IGNORECASE,
)
KNOWN_ATTACK: Final = re.compile(r"\b[A-Z]\w+ \d{1,2} attacks?\b")
"""An attack of another time: "held since the October 7 attacks"."""
FROM_FAR: Final = re.compile(
    r"\b(?:air ?strikes?|air attacks?|air raids?|missiles?|drones?|shelling|bombardments?|rockets?)\b",
    re.IGNORECASE,
)
LEAST_DEAD: Final = 4  # in an attack without a named attacker
FAR_DEADLIER: Final = 1.5  # times the dead of the attack that would be shown alone
OPENING: Final = 6  # words of a report that say whom it is about
MOST_NAMED: Final = 3  # countries in such a report: the two and who stands between them


@dataclass(frozen=True)
class FollowUp:
    """A short report, as `reported.txt.j2` quotes it."""

    lead: str  # what a page says before it
    quote: str
    brief_quote: str  # its first sentence, where no other one changes it
    origin: str
    published: date
    is_year_needed: bool


def follow_ups(
    pair: str, parts: tuple[Reported, ...], further: tuple[Reported, ...], inputs: PeriodInputs
) -> tuple[FollowUp, ...]:
    """The short reports that add to the news of a pair; none where nothing came before.

    Args:
        pair: the two sides, as "IND-PAK".
        parts: the incidents that its judgment shows.
        further: the attacks that it counts beside these.
        inputs: of the period.
    """
    if inputs.is_pile or inputs.period.is_everything:
        return ()
    deadlier = deadlier_without_attacker(pair, (*parts, *further), inputs)
    if any(not one.is_hostile for one in parts):
        later = [outcome_of_truce(pair, parts, inputs)]
    elif any(one.is_force for one in parts):
        later = steps_beside_force(pair, parts, inputs)
    else:
        later = [settlement(pair, parts, inputs)]
    return tuple(one for one in (deadlier, *later) if one)


def outcome_of_truce(pair: str, parts: tuple[Reported, ...], inputs: PeriodInputs) -> FollowUp | None:
    """The last short report on what became of the truce that a judgment tells; None without one."""
    told = [one for one in parts if not one.is_hostile and one.published and TRUCE.search(one.quote)]
    if not told or any(OUTCOME.search(one.quote) for one in told):
        return None
    first = Timestamp(max(one.published for one in told if one.published))
    others = inputs.current[inputs.current["dyad"] != pair]
    shown = {one for row in others["article_ids"] for one in row.split()}
    truces = set(others.loc[others["turn"] == "truce", "first_reported"])
    found = []
    for row, text in other_reports(parts, inputs):
        is_only = not truces or (row.published_date == first and first not in truces)
        is_later = row.published_date >= first and row.article_id not in shown
        if is_later and is_on_truce(text, pair, is_only=is_only):
            found.append((row, text))
    return last_of(found, "Later", parts)


def settlement(pair: str, parts: tuple[Reported, ...], inputs: PeriodInputs) -> FollowUp | None:
    """The last short report that names the two and says that their quarrel is settled; None without one."""
    first = max((one.published for one in parts if one.published), default=date.max)
    two = set(pair.split("-"))
    found = [
        (row, text)
        for row, text in other_reports(parts, inputs)
        if SETTLED.search(text) and row.published_date.date() >= first and codes_in(text) == two
    ]
    return last_of(found, "Later", parts)


def steps_beside_force(pair: str, parts: tuple[Reported, ...], inputs: PeriodInputs) -> list[FollowUp]:
    """The last short reports on how a truce or an exchange of captives stands.

    One names both sides, and at most one more country, which stands between them; after it comes one that
    begins with a side of a war, and names nobody with whom one of the two fights.
    """
    two, foes = set(pair.split("-")), foes_of(set(pair.split("-")), inputs)
    steps = [(row, text, codes_in(text)) for row, text in other_reports(parts, inputs) if is_step(text)]
    both = [(row, text) for row, text, named in steps if two <= named and len(named) <= MOST_NAMED]
    first = last_of(both, "Away from the fighting", parts)
    one = [
        (row, text)
        for row, text, named in steps
        if pair in inputs.wars
        and len(named & two) == 1
        and len(named) < MOST_NAMED
        and named.isdisjoint(foes)
        and codes_in(" ".join(text.split()[:OPENING])) & two
        and not (first and row.published_date.date() <= first.published)
    ]
    then = last_of(one, "Then" if first else "Away from the fighting", parts)
    return [step for step in (first, then) if step]


def foes_of(two: set[str], inputs: PeriodInputs) -> set[str]:
    """The countries with which one of two fights in the period, but for each other."""
    fights = inputs.current.loc[inputs.current["root"] == FORCE, "dyad"].str.split("-")
    return {code for fight in fights for code in fight if two & set(fight)} - two


def deadlier_without_attacker(
    pair: str, shown: tuple[Reported, ...], inputs: PeriodInputs
) -> FollowUp | None:
    """The deadliest short report of an air raid on a side of a war that names nobody else; None without one.

    It must have far more dead than the attacks on that side that are shown. Who did it is left open.
    """
    if pair not in inputs.wars or not any(one.is_force for one in shown):
        return None
    found = {}
    for row, text in other_reports(shown, inputs):
        dead = largest_toll(text) if FROM_FAR.search(text) else 0
        named = codes_in(text) if dead >= LEAST_DEAD else set()
        if len(named) == 1 and named < set(pair.split("-")):
            (hit,) = named
            known = max((one.killed for one in shown if one.is_force and one.source_code != hit), default=0)
            if dead >= FAR_DEADLIER * known:
                found[dead] = (row, text)
    return last_of([found[max(found)]], "With no attacker named", shown) if found else None


def is_step(text: str) -> bool:
    """Whether a short report says how a truce or an exchange of captives stands, and nothing of force."""
    rest = KNOWN_ATTACK.sub("", text)
    return all(pattern.search(rest) for pattern in (ENDING, STEP)) and not NO_STEP.search(rest)


def other_reports(parts: tuple[Reported, ...], inputs: PeriodInputs) -> list[tuple[Any, str]]:
    """The dated short reports of the period that no part is of."""
    shown = {one.article_id for one in parts}
    dated = (one for one in inputs.short_reports if not pd.isna(one[0].published_date))
    return [(row, text) for row, text in dated if row.article_id not in shown]


def last_of(found: list[tuple[Any, str]], lead: str, parts: tuple[Reported, ...]) -> FollowUp | None:
    """The last of some reports, to be quoted."""
    if not found:
        return None
    last, text = max(found, key=lambda one: one[0].published_date)
    quote = shortened(text)
    return FollowUp(
        lead=lead,
        quote=quote,
        brief_quote=first_sentence(quote),
        origin=origin_of(last, text),
        published=last.published_date.date(),
        is_year_needed=parts[0].is_year_needed,
    )


def codes_in(text: str) -> set[str]:
    """The codes of the countries that a report names, but for those that are only a place or an owner."""
    return set(countries_named(without_bystanders(text)))


def is_on_truce(text: str, pair: str, *, is_only: bool) -> bool:
    """Whether a brief item says what became of a truce, and names no country but the two.

    One that names neither may be about any truce.

    Args:
        text: of a report.
        pair: the two sides.
        is_only: whether it can be about no other truce.
    """
    if not OUTCOME.search(text):
        return False
    named = countries_named(without_bystanders(text))
    return named <= set(pair.split("-")) and (bool(named) or is_only)
