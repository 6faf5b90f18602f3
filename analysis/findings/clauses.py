"""An incident in one clause: a sentence of its reports that says all of it, whole.

The words are those of the article. A strict reader found most clauses that we put together from several
reports misleading, and nearly all that articles wrote true; what a cut leaves out may be the graver half.
So a sentence is printed whole, or not at all where it is long. A short item is printed from its beginning, as
a later sentence alone is an answer without its question, and on to its end where that is short: "Iran rejects
the ultimatum".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pandas import DataFrame, Timedelta, Timestamp, isna

from analysis.findings.checks import (
    DEAD,
    DOUBLE_MARKS,
    MIN_SENTENCE_WORDS,
    is_of_pair,
    stands_alone,
    words_at,
)
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.coming_days import COMING
from analysis.indicators.incident_reports import stems
from analysis.indicators.named_sides import countries_named
from analysis.indicators.ranking import gravity_of
from analysis.indicators.report_links import Links
from analysis.nlp.events.days import DATE, WEEKDAY, days_of
from analysis.nlp.parse.reader import WORDS_OF_ITEM
from analysis.phrasing import SMALL_NUMBERS, sentence_start, short_day, short_days
from analysis.tables.rows import rows_of

MAX_SENTENCE_WORDS: Final = 70  # of a sentence that is printed
WORDS_TOLD_ON: Final = 30  # of an item that is told whole, whatever its next sentences are
OPENING_WORDS: Final = 4  # among which the next sentence names the side that acts
MAX_REPORTS: Final = 6  # of an incident that are looked at: hundreds say the same
INNER_QUOTE: Final = re.compile(r"[\"“]([^\"“”]*)[\"”]")
EMPHASIS: Final = re.compile(r"(?<![\w*])\*{1,2}(?=\w)|(?<=[\w.!?])\*{1,2}(?![\w*])")
DATELINE: Final = re.compile(
    r"^(?!The |USA|NATO|ASEAN|BRICS|OPEC)(?:[A-Z][^—–.]{0,40}?)?"
    r"(?:\b(?:[A-Z]{3,}|AP)|\([A-Z]\w+\)) [—–] (?=[A-Z])"
)
"""What comes before a first sentence: "Haifa, Israel CNN — Hezbollah fired", "GENEVA – Iran said"."""
LINK: Final = re.compile(r"^(?:But|And|Yet|Meanwhile,|However,|Still,|Separately,) (?=\w)")
"""A word that only ties a sentence to the one before."""
REPLY: Final = re.compile(
    r"\b(?:den(?:y|ies|ied)|rejects?|disputes?)\b|^(?:Both|The two) (?:countries|governments|sides)\b"
)
"""In the next sentence: what is needed to judge a claim, or what came of it."""
DENIAL: Final = re.compile(
    r"\b(?:did|had|has|have|was|were)(?: not|n['’]t)\b|\b(?:den(?:y|ies|ied)|never|withdrew|retract\w*)\b"
)
"""In what is itself no claim but its denial."""
AGO: Final = re.compile(
    rf"(?<![\w-])(?:yesterday(?:['’]s)?|(?:{'|'.join(SMALL_NUMBERS[2:])}) days ago"
    rf"|(?:(?:on|last|since) |(?=\w+['’]s))(?!{DATE})(?P<weekday>{WEEKDAY})(?P<own>['’]s)?)(?![\w’'])",
    re.IGNORECASE,
)
RISEN: Final = re.compile(
    r"\b(?:tolls?|(?:number|count) of (?:[\w’-]+ ){0,3}?(?:deaths|dead|killed))\b.*?"
    r"\b(?:rises?|rose|risen|increases?|increased|climb\w*|grows?|grew)\b",
    re.IGNORECASE,
)
WRONG: Final = re.compile(
    r"\b(?:(?:report|accus|blam|claim|said|sa[iy])\w* (?:incorrectly|wrongly|in error|by mistake)"
    r"|(?:incorrectly|wrongly|mistakenly) (?:report|accus|blam|claim|sa[iy])\w*|retract\w*"
    r"|(?:withdr[ae]w\w*|t(?:ook|akes?|aking) back) (?:\w+ ){1,2}(?:claim|accusation|report|allegation)s?"
    r"|(?:was|were|had been) (?:wrong|mistaken) (?:to|about))\b",
    re.IGNORECASE,
)
"""In what takes back what was said."""
SAID: Final = re.compile(r",[^,]*\b(?:said|says)\b[^,]*")
"""Who says it, and on which day: "the Red Cross said on Tuesday"."""
ALIKE: Final = 0.5  # words that count the dead of one thing have in common, from 0 to 1
NOISE: Final = re.compile(r"\s+\.(?=\s|$)| (?=[,.;:!?](?:\s|$))")
DAYS_OF_A_MONTH: Final = range(27, 31)  # between the first and the last day of a time: "in November"
LONGEST_DATED: Final = 300  # days, from which what is dated is of a year
NEAR_DAYS: Final = 1  # between what happened and its report, which need not be told apart


@dataclass(frozen=True)
class Clause:
    """Words of an article that tell an incident, without a full stop, and where they are."""

    text: str
    incident: Any  # row of `Incidents`; None of the first sentence of an article
    article_id: str
    start_char: int  # of the sentence or, in a short item, of the first
    end_char: int  # of the sentence or of the next, if that is printed with it
    day: date | None  # on which it happened; else of its report
    when: str  # that day in words
    places: frozenset[tuple[str, int]]  # article and beginning of each sentence
    importance: float  # of what it tells, 0 to 5


def clause_of(incident: Any, inputs: PeriodInputs) -> Clause | None:
    """The clause that tells an incident; None where no sentence of it can be understood alone.

    Args:
        incident: row of `Incidents`.
        inputs: with its tables.
    """
    found = []
    for event_id in incident.event_ids.split()[:MAX_REPORTS]:  # the clearest first
        event = inputs.event_places[event_id]
        tolls = {-1 if isna(one.killed_count) else int(one.killed_count) for one in (event, incident)}
        begin, whole = item_start(event, inputs), inputs.texts[event.article_id][: event.end_char]
        text = clean(" ".join(whole[begin:].split()))
        if (
            len(tolls) == 1
            and not event.published_date > Timestamp(inputs.period.last)  # may be undated
            and is_printable(text, is_first=not whole[:begin].strip())
            and is_of_pair(clean(inputs.sentence(event)), event, incident, inputs)
        ):
            found.append((text, event, gravity_of(event.root, event.trigger_lemma)))
    if not found:
        return None
    least = min(gravity_of(incident.root, incident.trigger_lemma), max(grave for *_, grave in found))
    text, event, _ = next(one for one in found if one[-1] >= least)
    return worded(text, event, incident, inputs)


def is_printable(text: str, *, is_first: bool) -> bool:
    """Whether words can be printed whole, out of their article."""
    return len(text.split()) <= MAX_SENTENCE_WORDS and stands_alone(text, is_first=is_first)


def opening_of(sentence: Any, inputs: PeriodInputs) -> Clause | None:
    """The first sentence of an article as a clause; None where it cannot be understood alone.

    One that names no country leaves open where: "Provisional results show that Jo Doe is elected".

    Args:
        sentence: row of `Sentences`.
        inputs: with its tables.
    """
    text, before = clean(" ".join(sentence.text.split())), inputs.texts[sentence.article_id]
    is_fit = is_printable(text, is_first=not before[: sentence.start_char].strip()) and countries_named(text)
    return worded(text, sentence, None, inputs) if is_fit else None


def worded(text: str, event: Any, incident: Any, inputs: PeriodInputs) -> Clause:
    """The clause of these words, with its day; without an incident that of the report."""
    published = inputs.tables.article_rows[event.article_id].published_date
    is_elsewhen = (
        incident is not None
        and is_of_another_day(incident, published)
        and not (" will " in text and incident.last_day < published)  # it was misread, or is of a plan
    )
    day = (
        published
        if not is_elsewhen
        else incident.last_day
        if is_due_by(incident, published)
        else incident.first_day
    )
    begin, more = item_start(event, inputs), next_sentences(text, event, incident, inputs)
    before = (
        one
        for one in inputs.tables.sentence_starts.get(event.article_id, [])
        if begin <= one < event.start_char
    )
    is_blow = incident is not None and incident.root == "ASSAULT"
    if is_blow and incident.is_denied and not DENIAL.search(text):
        text = f"{text.rstrip(' .…')} (denied in a report)."
    said = " ".join((text, *map(clean, more.values())))
    return Clause(
        text=with_day_of_ago(said, published, inputs.period.first).rstrip(" .…"),
        incident=incident,
        article_id=event.article_id,
        start_char=begin,
        end_char=max((event.end_char, *(start + len(words) for start, words in more.items()))),
        day=None if isna(day) else day.date(),
        when=when_of(incident, published, is_elsewhen=is_elsewhen, inputs=inputs),
        importance=event.importance if incident is None else incident.importance,
        places=frozenset((event.article_id, start) for start in (*before, event.start_char, *more)),
    )


def is_due_by(incident: Any, published: Any) -> bool:
    """Whether something is announced for a time that has begun: "by 10 December", "this week"."""
    return bool(incident.status == "announced" and incident.first_day <= published)


def is_of_another_day(incident: Any, published: Any) -> bool:
    """Whether an incident has a day of its own, which is not that of its report."""
    is_done, span = incident.status == "done", (incident.last_day - incident.first_day).days
    is_loose = incident.last_day >= published or (span <= LONGEST_DATED and span not in DAYS_OF_A_MONTH)
    is_vague = is_done and span > 1 and is_loose  # "this year", "last week"
    return bool(incident.is_day_known and not is_vague) and (
        isna(published)
        or (incident.status == "announced" and incident.last_day > published)
        or (is_done and abs(incident.first_day - published) > Timedelta(days=NEAR_DAYS))
    )


def item_start(event: Any, inputs: PeriodInputs) -> int:
    """Where the paragraph of an event begins in a short item; in another text, where its sentence does.

    The place and day before a first sentence are no part of it.
    """
    whole, starts = inputs.texts[event.article_id], inputs.tables.sentence_starts.get(event.article_id, [])
    begin = event.start_char if len(whole.split()) > WORDS_OF_ITEM else whole.rfind("\n", 0, event.start_char)
    return min(one for one in (*starts, event.start_char) if one >= begin)


def next_sentences(text: str, event: Any, incident: Any, inputs: PeriodInputs) -> dict[int, str]:
    """The sentences of a short item that follow that of an event, by first character, as far as it is told.

    An item of a few words is told whole. A sentence that counts dead, denies or begins with a side is told
    where all is no longer than one sentence may be; of a long article what a side denies is told.
    """
    whole = inputs.texts[event.article_id]
    found: dict[int, str] = {}
    sides = set() if incident is None else {*incident.dyad.split("-")}
    length, last = len(text.split()), event.end_char
    for begin in (one for one in inputs.tables.sentence_starts.get(event.article_id, []) if one >= last):
        sentence = whole[begin : inputs.sentence_ends[event.article_id, begin]]
        named = countries_named(" ".join(sentence.split()[:OPENING_WORDS]))
        length += len(sentence.split())
        belongs = DEAD.search(sentence) or REPLY.search(sentence) or named & sides
        is_reply = REPLY.search(sentence) and named & sides  # told on in a long article too
        if (
            not (is_reply or len(whole.split()) <= WORDS_OF_ITEM)
            or whole[last:begin].strip()  # a dateline, or what another text of the story has
            or "\n" in whole[event.start_char : begin + 1]
            or len(DOUBLE_MARKS.findall(sentence)) % 2
            or length > (MAX_SENTENCE_WORDS if belongs else WORDS_TOLD_ON)
        ):
            break
        found[begin], last = sentence, begin + len(sentence)
    return found


def when_of(incident: Any, published: Any, *, is_elsewhen: bool, inputs: PeriodInputs) -> str:
    """ "9 October", the day of the report; "November, reported 9 October"; "due 20 May, reported 9 May".

    Where all reports are of one day, that day is not said. A text's "Saturday" may be the day of its report
    or the one before, so such a day is told as the report's.
    """
    first, last = inputs.period.first, inputs.period.last

    def year(day: Any) -> str:
        is_known = first and last and first.year == last.year == day.year
        return "" if is_known else f" {day.year}"

    reported = (
        "in an undated article" if isna(published) else f"reported {short_day(published)}{year(published)}"
    )
    if inputs.articles["published_date"].nunique() < 2:
        reported = ""
    if not is_elsewhen:
        return reported.removeprefix("reported ")
    begin, end = incident.first_day, incident.last_day
    is_month = begin.is_month_start and end.is_month_end and begin.month == end.month  # "in November"
    if (end - begin).days > LONGEST_DATED:
        days = str(begin.year)
    elif end != begin and not is_month and is_due_by(incident, published):
        days = f"by {short_day(end)}{year(end)}"
    else:
        days = short_days(begin, end) + year(end)
    days = f"due {days}" if incident.status == "announced" else days
    return f"{days}, {reported}" if reported else days


def with_day_of_ago(text: str, published: Any, first: date | None) -> str:
    """Some words with the day of their first "yesterday" in brackets, as editors do.

    A weekday has its day where that is before the first of the period: "on Sunday" may be a week ago.
    """
    found, day = AGO.search(text), day_of_ago(text, published)
    return (
        f"{text[: found.end()]} [{short_day(day)}]{text[found.end() :]}"
        if found and day and (not found["weekday"] or (first and day < Timestamp(first)))
        else text
    )


def day_of_ago(text: str, published: Any) -> Any:
    """The day before its publication that a text names first, as "two days ago" or "on Sunday"; else None."""
    found = AGO.search(text)
    is_plan = found and found["weekday"] and not found["own"] and COMING.search(text[: found.start()])
    days = None if is_plan or isna(published) else days_of(found and found[0], published, is_future=False)
    return days[0] if days and days[0] < published else None


def clean(sentence: str) -> str:
    """A sentence as a page prints it: without dateline, links and emphasis, quotations in single marks."""
    sentence = NOISE.sub("", EMPHASIS.sub("", sentence))
    return sentence_start(LINK.sub("", DATELINE.sub("", INNER_QUOTE.sub(r"‘\1’", sentence))))


class LaterReports:
    """What articles of a period begin with where that puts an earlier report right.

    "Strikes on Sanaa kill 35" misleads where a later article has "the toll of the strikes on Sanaa rises to
    46", and an accusation where it was taken back. Two strikes on one city are as alike, so only what calls
    itself a toll that rises counts, or says that somebody was wrong, in like words or of the same sides and
    day: "the toll of Thursday's clash".
    """

    def __init__(self, inputs: PeriodInputs) -> None:
        texts = inputs.beginnings["text"]
        self.articles = inputs.tables.article_rows
        self.links = Links(DataFrame({"words": [words_of(one) for one in texts]}))
        self.found = [
            (one, day_of_ago(SAID.sub("", one.text), one.day))  # with the day of "Thursday's clash"
            for row in rows_of(inputs.beginnings[texts.str.contains(RISEN) | texts.str.contains(WRONG)])
            if (one := opening_of(row, inputs)) and one.day
        ]

    def after(self, clause: Clause) -> Clause | None:
        """The last report on a later day that counts the dead of the same thing or says that it was not so.

        None without one.
        """
        own, day = countries_named(clause.text), clause.day
        later = [
            one
            for one, named_day in self.found
            if day
            and Timestamp(one.day) > self.articles[clause.article_id].published_date
            and (WRONG.search(one.text) or (DEAD.search(clause.text) and (named_day or day) <= day < one.day))
            and not own.isdisjoint(countries_named(one.text) or own)
            and (
                self.links.shared(words_of(clause.text), words_of(one.text)) >= ALIKE
                or (named_day == day and own == countries_named(one.text))
            )
        ]
        return max(later, key=lambda one: one.day, default=None)


def words_of(text: str) -> frozenset[str]:
    """The beginnings of the words that say whose dead are counted: none that any toll has."""
    return stems(re.findall(r"[^\W\d]{4,}", text)) - stems(words_at("toll"))


def first_words(article: Any, inputs: PeriodInputs) -> str:
    """What an article says first: its title, or where that is short its first sentence; "" without both."""
    title = article.title.strip() if isinstance(article.title, str) else ""
    if len(title.split()) >= MIN_SENTENCE_WORDS - 1:
        return title
    return next((one for _, one in sentences_of(article, inputs)), title).rstrip(" .…")


def sentences_of(article: Any, inputs: PeriodInputs) -> Iterator[tuple[int, str]]:
    """The sentences of an article that may be printed whole, each after the offset of its first character.

    Datelines and credits are no rows of `Sentences`: what follows a line break is of no sentence before it.
    """
    for start in inputs.tables.sentence_starts.get(article.article_id, []):
        end = inputs.sentence_ends[article.article_id, start]
        sentence = clean(" ".join(article.text[start:end].partition("\n")[0].split()))
        if MIN_SENTENCE_WORDS <= len(sentence.split()) <= MAX_SENTENCE_WORDS:
            yield start, sentence
