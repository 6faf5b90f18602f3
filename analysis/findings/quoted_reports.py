"""Which sentence of its articles tells an incident best to somebody who reads nothing else.

The first choice is a sentence of a first paragraph that reports the incident, names both sides, one of them
before anybody else, and can be understood alone; the next is the headline above such a paragraph, if it names
both sides in the same way; then such a sentence of a later paragraph. A headline says what the first
paragraph says, and seldom what is further down.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, Final

from pandas import Timedelta, Timestamp

from analysis.findings.cut_quotes import (
    LONGEST_WHOLE,
    ORDINARY_LENGTH,
    is_attributed,
    is_shown_short,
    shortened,
)
from analysis.findings.incident_wording import ROOTS_OF_WORDS
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.standing_alone import QUOTED, stands_alone
from analysis.indicators.named_sides import (
    countries_named,
    is_about_sides,
    is_named_as_place_alone,
    names_both_sides,
    without_bystanders,
)
from analysis.indicators.news_reports import headline_of, is_at_top
from analysis.indicators.turns import FORCE, TOLL
from analysis.lexicons import load_lexicon

LEAST_IN_REST: Final = 13  # words of a sentence that is not the first of its paragraph, and says enough
LONGEST_CONTEXT: Final = 260  # characters of the sentence before, where that is quoted too
LONGEST_OF_TWO: Final = 600  # characters of a sentence and the next one, without which it misleads
ASIDE: Final = re.compile(r"\s[–—]\s[^–—]*\s[–—](?=\s)")
DEAD: Final = re.compile(r"\b(?:kill|dead\b|deaths?\b|dies?\b|died\b)", re.IGNORECASE)
KINDS_OF_NEXT: Final = ("denial", "confirmation", "answer", "outcome", "doubt")
COMMENT: Final = re.compile(r"\?|[a-z]{4}[.!] [A-Z]|\b(?:I|[Mm]y|[Ww]e|[Oo]ur)\b")
"""In a headline: a question, a second sentence, or somebody's own view."""
TURNING: Final = re.compile(r"(?:in other news|meanwhile|separately|elsewhere)\b", re.IGNORECASE)
MEETINGS: Final = ("CONSULT",)
OCCASION: Final = re.compile(
    r"(?:At|During|Before|In) [^,]{0,80}\b(?:meeting|call|visit|summit)\b[^,]*,"
    r"|(?:After|Following) [^,]{0,80}\b(?:meeting|visit|summit)\b[^,]*,",
    re.IGNORECASE,
)
OCCASION_AT_END: Final = re.compile(
    r"\w \b(?:as|while|amid|even as)\b(?: \w+){0,4} (?:talks|negotiations)\b[^,]*$"
)
LED_UP_TO: Final = re.compile(
    r"\b(?:following|after|since|due to|in (?:the wake of|response to|retaliation for))\b[^,;]*"
    r"\bthe (?:[\w’'-]+ ){0,3}$|\b(?:react|respond)\w* to (?:the )?(?:news|reports?) (?:that|of)\b[^;]*$",
    re.IGNORECASE,
)
"""Before an act of force that readers know of: "no longer enriches uranium following the US strikes"."""
IN_PASSING: Final = re.compile(r", (?:who|whom|whose|which)\s(?:[\w’'-]+\s){0,3}$")
LAW_USED: Final = re.compile(
    r"\b(?:law|act|powers?|rules?|order) (?:(?:that|which) was )?"
    r"(?:used|invoked) (?:by [^,;]{1,40} )?to (?:\w+ )?$",
    re.IGNORECASE,
)
"""Before what was done under a law that somebody now goes to court over."""
WORDS_OF_SPEAKER: Final = 12  # in which a sentence that begins with a speaker has the verb of saying
PREVIEW: Final = re.compile(
    r"\b(?:will|(?:expected|set|due|poised|likely|preparing) to|mov(?:es?|ing) (?:towards?|closer)"
    r"|(?:consider|weigh|mull)(?:s|ing)?)\b|[A-Z]\w+ to [a-z]+\b"
)
"""In a headline: something is to come, "Starmer and Biden to meet", or may."""
STALE_UNDATED: Final = 30  # days after which what an article announces, without a day, is past
LEAST_IN_HEADLINE: Final = 4  # words of a headline that says who did what


@dataclass(frozen=True)
class QuotedReport:
    """A sentence that reports an incident, and where it is."""

    sentence: str  # on one line; of what `quoted_report` gives, as a page quotes it
    article_id: str
    start_char: int
    is_clear: bool  # is about both sides, and is understood alone, or with its context
    is_headline: bool = False
    is_apt: bool = False  # the act is what the sentence is about, whether or not it is clear
    context: str = ""  # the sentence before, without which a short one says too little


def quoted_report(incident: Any, inputs: PeriodInputs) -> QuotedReport:
    """The sentence to quote for an incident; without a clear one, that of its clearest report.

    Args:
        incident: row of `Incidents`.
        inputs: of the period.
    """
    found = list(sentences_of(incident, inputs))
    clear = [one for one in found if one.is_clear]
    whole = [one for one in clear if len(one.sentence) <= ORDINARY_LENGTH]
    first = [one for one in found if is_in_first_paragraph(one, inputs)]
    headlines = list(headlines_of(first, incident, inputs)) if incident.is_news else []
    short = [one for one in clear if is_shown_short(one.sentence)]
    opening = [one for one in whole if one in first and not is_less_than(one.sentence, headlines)]
    best = next(iter([*opening, *headlines, *whole, *short, *clear, *found]))
    told = with_what_follows(best, incident, inputs)
    return replace(told, sentence=" ".join(filter(None, (told.context, shortened(told.sentence)))))


def is_less_than(sentence: str, headlines: list[QuotedReport]) -> bool:
    """Whether a sentence leaves out that somebody died, and the headline above it does not."""
    has_dead = any(DEAD.search(headline.sentence) for headline in headlines)
    return has_dead and DEAD.search(sentence) is None


def with_what_follows(one: QuotedReport, incident: Any, inputs: PeriodInputs) -> QuotedReport:
    """A report with the sentence after it, if that gives the dead, a denial, an answer or the outcome.

    A brief item is quoted whole, and for a headline the sentence below it.
    """
    if one.is_headline:
        return lead_below(one, incident, inputs) or one
    item = brief_item(one, inputs)
    if item:
        is_told = one.is_apt and item != one.sentence and is_of_both_sides(item, incident)
        is_clear = one.is_clear or (is_told and stands_alone(sentences_in(one.article_id, inputs)[0]))
        return replace(one, sentence=item, context="", is_clear=is_clear)
    is_of_incident = (one.article_id, one.start_char) == (incident.article_id, incident.start_char)
    if not is_of_incident:
        return one
    end = incident.end_char
    following = sentence_after(one.article_id, end, inputs) or doubt_below(one.article_id, end, inputs)
    both = f"{one.sentence} {following}"
    is_told = changes_what_came_before(one.sentence, following, is_force=incident.root == FORCE)
    return replace(one, sentence=both) if following and is_told and len(both) <= LONGEST_OF_TWO else one


def lead_below(headline: QuotedReport, incident: Any, inputs: PeriodInputs) -> QuotedReport | None:
    """The first sentence below a headline, which says by whom and why; None if it is not about both sides."""
    starts = inputs.tables.sentence_starts.get(headline.article_id, [])
    for sentence, start in zip(sentences_in(headline.article_id, inputs), starts, strict=True):
        if start and len(sentence.split()) >= LEAST_IN_REST:  # shorter ones are datelines and captions
            is_enough = is_of_both_sides(sentence, incident) and stands_alone(sentence)
            is_enough &= len(sentence) <= LONGEST_WHOLE and not is_less_than(sentence, [headline])
            lead = QuotedReport(sentence, headline.article_id, start, is_clear=True)
            return lead if is_enough else None
    return None


def brief_item(one: QuotedReport, inputs: PeriodInputs) -> str:
    """All that an article says under its headline, if that is brief and about one thing; else ""."""
    article: Any = inputs.tables.article_rows[one.article_id]
    item = article.text.removeprefix(headline_of(article)).strip()
    is_torn = item.count("(") != item.count(")")  # a source has lost its other half
    if is_torn or "\n" in item or len(item) > LONGEST_WHOLE:
        return ""
    others = [sentence for sentence in sentences_in(one.article_id, inputs) if sentence not in one.sentence]
    is_one = not any(TURNING.match(other) or is_about_others(one.sentence, other) for other in others)
    return " ".join(item.split()) if is_one else ""


def sentences_in(article_id: str, inputs: PeriodInputs) -> list[str]:
    """The sentences of an article, each on one line."""
    text = inputs.texts[article_id]
    starts = inputs.tables.sentence_starts.get(article_id, [])
    return [" ".join(text[start:end].split()) for start, end in pairwise([*starts, len(text)])]


def changes_what_came_before(sentence: str, following: str, *, is_force: bool) -> bool:
    """Whether a reader of a sentence would be misled without the one after it."""
    if TURNING.match(following) or is_about_others(sentence, following):
        return False
    has_new_dead = is_force and DEAD.search(following) and not DEAD.search(sentence)
    return bool(has_new_dead or telling_next().search(following))


def is_about_others(sentence: str, following: str) -> bool:
    """Whether a sentence names countries, and none that the one before it names."""
    named = countries_named(following)
    return bool(named) and named.isdisjoint(countries_named(sentence))


def is_taken_back(incident: Any, inputs: PeriodInputs) -> bool:
    """Whether the sentence after that of an incident denies it, or calls it off."""
    following = sentence_after(incident.article_id, incident.end_char, inputs)
    return telling_next(("denial",)).search(following) is not None


@cache
def telling_next(kinds: tuple[str, ...] = KINDS_OF_NEXT) -> re.Pattern:
    """Words of a sentence without which the one before is half the news."""
    rows = load_lexicon("findings/next_sentence_words", allowed={"kind": KINDS_OF_NEXT})
    words = rows.loc[rows["kind"].isin(kinds), "words"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def sentence_after(article_id: str, end: int, inputs: PeriodInputs) -> str:
    """The sentence of the same paragraph that follows a place in an article; "" where none does."""
    return following_sentence(article_id, end, inputs, between=r" *")


def doubt_below(article_id: str, end: int, inputs: PeriodInputs) -> str:
    """The first sentence of the next paragraph, if it says that nothing is decided; else ""."""
    below = following_sentence(article_id, end, inputs, between=r"\s*")
    return below if telling_next(("doubt",)).search(below) else ""


def following_sentence(article_id: str, end: int, inputs: PeriodInputs, *, between: str) -> str:
    """The sentence after a place in an article, on one line; "" where more than the pattern is between."""
    text = inputs.texts[article_id]
    starts = [start for start in inputs.tables.sentence_starts.get(article_id, []) if start >= end]
    if not starts or not re.fullmatch(between, text[end : starts[0]]):
        return ""
    until = starts[1] if len(starts) > 1 else len(text)
    is_open = text.count('"', starts[0], until) % 2 and text.startswith('"', until)
    return " ".join(text[starts[0] : until + is_open].split())


def sentences_of(incident: Any, inputs: PeriodInputs) -> Iterator[QuotedReport]:
    """The sentences that report an incident, the clearest first; of the others only those at the top."""
    for number, event_id in enumerate(incident.event_ids.split()):
        place = inputs.event_places[event_id]
        if not number or is_at_top(place):
            context = context_of(place, inputs)
            sentence = f"{context} {inputs.sentence(place)}".lstrip()
            is_reported = is_told_first(place, sentence) and not is_after_deed_of_another(place, inputs)
            is_reported &= not is_said_in_passing(place, inputs)
            is_about = is_of_both_sides(sentence, incident, is_reported=is_reported)
            is_other = is_in_aside(place, inputs) or is_on_guest_of(place, inputs)
            is_other |= is_mere_occasion(place, sentence) or is_known_cause(place, inputs)
            is_other |= LAW_USED.search(words_before(place, inputs)) is not None
            is_enough = bool(context) or not is_rest_of_paragraph(place, inputs)
            is_clear = is_about and stands_alone(sentence) and is_enough and not is_other
            own, start = inputs.sentence(place), place.start_char
            yield QuotedReport(own, place.article_id, start, is_clear, is_apt=not is_other, context=context)


def is_mere_occasion(event: Any, sentence: str) -> bool:
    """Whether a meeting is only the occasion: "At a meeting with X, Y announces a bid", "as talks go on"."""
    is_meeting = event.root in MEETINGS
    return is_meeting and bool(OCCASION.match(sentence) or OCCASION_AT_END.search(sentence))


def is_known_cause(event: Any, inputs: PeriodInputs) -> bool:
    """Whether force that hurt nobody, as far as its sentence says, is only what led to the news."""
    is_led_up_to = LED_UP_TO.search(words_before(event, inputs)) is not None
    return event.root == FORCE and is_led_up_to and not TOLL.search(inputs.sentence(event))


def is_told_first(event: Any, sentence: str) -> bool:
    """Whether a sentence begins with who says so: "Germany says Israel plans", and not "Germany's court"."""
    opening = " ".join(sentence.split()[:WORDS_OF_SPEAKER])
    return isinstance(event.reported_by, str) and is_attributed(opening)


def is_said_in_passing(event: Any, inputs: PeriodInputs) -> bool:
    """Whether an act is only said of somebody named: "Peru agrees with Mr Vance, who opposed aid to Kyiv"."""
    return IN_PASSING.search(words_before(event, inputs)) is not None


def words_before(event: Any, inputs: PeriodInputs) -> str:
    """What its sentence has before the word of an act."""
    return inputs.texts[event.article_id][event.start_char : event.trigger_start_char]


def is_after_deed_of_another(event: Any, inputs: PeriodInputs) -> bool:
    """Whether its sentence first reports what somebody else does: "Germany halts arms over Israel's plan".

    Who only speaks does nothing else: "Germany says Israel plans".
    """
    sides = {event.source_country_code, event.target_country_code}
    return any(
        other.trigger_start_char < event.trigger_start_char
        and other.root not in ROOTS_OF_WORDS
        and other.source_country_code not in sides
        for other in inputs.events_by_sentence[event.article_id, event.start_char]
    )


def is_rest_of_paragraph(event: Any, inputs: PeriodInputs) -> bool:
    """Whether short words go on with what a paragraph began: "Mexico asks the US for evidence."."""
    if event.root not in ROOTS_OF_WORDS:
        return False
    text = inputs.texts[event.article_id]
    above = text[: event.start_char].rstrip(" ")
    is_first = not above or above.endswith("\n")
    return not is_first and len(text[event.start_char : event.end_char].split()) < LEAST_IN_REST


def context_of(event: Any, inputs: PeriodInputs) -> str:
    """The first sentence of a paragraph, if that of an event is a short second one; else ""."""
    if not is_rest_of_paragraph(event, inputs):
        return ""
    text = inputs.texts[event.article_id]
    starts = inputs.tables.sentence_starts.get(event.article_id, [])
    before = max((start for start in starts if start < event.start_char), default=0)
    words = " ".join(text[before : event.start_char].split())
    begins_paragraph = not text[:before].strip() or "\n" in text[len(text[:before].rstrip()) : before]
    return words if begins_paragraph and 0 < len(words) <= LONGEST_CONTEXT else ""


def is_on_guest_of(event: Any, inputs: PeriodInputs) -> bool:
    """Whether its sentence has the target as the place alone where somebody else is struck.

    "EU diplomats were shot at by Israel in Jenin" is about Israel and the EU.
    """
    code = event.target_country_code
    is_of_another = any(
        other.trigger_start_char == event.trigger_start_char
        and other.source_country_code == event.source_country_code
        and code != other.target_country_code
        for other in inputs.events_by_sentence[event.article_id, event.start_char]
    )
    return is_of_another and is_named_as_place_alone(inputs.sentence(event), code)


def is_in_aside(event: Any, inputs: PeriodInputs) -> bool:
    """Whether an act is named between dashes, as known: "Jenin – a target of raids – saw protests"."""
    sentence = inputs.texts[event.article_id][event.start_char : event.end_char]
    place = event.trigger_start_char - event.start_char
    return any(aside.start() < place < aside.end() for aside in ASIDE.finditer(sentence))


def is_of_both_sides(sentence: str, incident: Any, *, is_reported: bool = False) -> bool:
    """Whether a sentence names both sides, and one of them first."""
    is_about = is_about_sides(sentence, incident, is_reported=is_reported)
    return is_about and names_both_sides(without_bystanders(sentence), incident)


def is_in_first_paragraph(one: QuotedReport, inputs: PeriodInputs) -> bool:
    """Whether no paragraph but the headline is above the one that has a sentence."""
    article: Any = inputs.tables.article_rows[one.article_id]
    above = article.text[: one.start_char].removeprefix(headline_of(article))
    return "\n" not in above.lstrip()  # what is left is of its own paragraph


def headlines_of(reports: list[QuotedReport], incident: Any, inputs: PeriodInputs) -> Iterator[QuotedReport]:
    """The headlines above some reports that name both sides and ask nothing."""
    for article_id in dict.fromkeys(one.article_id for one in reports):
        headline = headline_of(inputs.tables.article_rows[article_id])
        is_news = is_statement(headline) and not is_preview(headline, incident, inputs)
        if is_news and is_of_both_sides(headline, incident):
            yield QuotedReport(headline, article_id, 0, is_clear=True, is_headline=True)


def is_preview(headline: str, incident: Any, inputs: PeriodInputs) -> bool:
    """Whether a headline says what is to come, and that is past at the end of the period."""
    return bool(PREVIEW.search(headline)) and inputs.period.last is not None and is_long_ago(incident, inputs)


def is_long_ago(incidents: Any, inputs: PeriodInputs) -> Any:
    """Whether each incident, or that of one row, was reported so long ago that what it announced is past."""
    return incidents.first_reported < Timestamp(inputs.period.last) - Timedelta(days=STALE_UNDATED)


def is_statement(headline: str) -> bool:
    """Whether a headline says who did what, and does not ask or comment: "Iran and Israel: Not My War"."""
    is_comment = COMMENT.search(QUOTED.sub(" ", headline)) is not None
    return len(headline.split()) >= LEAST_IN_HEADLINE and not is_comment
