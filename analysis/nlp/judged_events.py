"""Events by rules and judge together.

The rules propose rows that a trigger word proves; the judge says of every pair of sides in a sentence what
passes between them. Per pair and quad both are weighed by a few numbers (`benchmarks/fit_judge.py`, kept in
`judge.json`): a row of the rules that the judge doubts is dropped, its status is corrected where the judge is
surer, and where no rule matched, a pair of which the judge is sure gives a row whose `rule` is "encoder".
"""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.bystanders import COOPERATION, has_bystander, words_of_side
from analysis.nlp.events.circumstances import circumstances
from analysis.nlp.events.coder import acting_mentions, actors_and_places, coded_events
from analysis.nlp.events.contradictions import is_contradicted
from analysis.nlp.events.deeds import Deed
from analysis.nlp.events.event import Event
from analysis.nlp.events.labels import is_label
from analysis.nlp.events.lexicon import intensity
from analysis.nlp.events.outcomes import has_no, is_said_to_come
from analysis.nlp.events.participants import country_against
from analysis.nlp.events.sides import OWN_SIDES, Passage, Side, find_passage, pairs
from analysis.nlp.events.together import NamedWords
from analysis.nlp.parse.encoder import ENCODED
from analysis.nlp.parse.judge import Judgment, judge, judge_card
from analysis.nlp.parse.parser import sentences
from analysis.nlp.parse.tree import NOMINAL, VERBAL, Tree, ancestors, auxiliaries
from analysis.nlp.parse.verb_status import is_left_undone
from analysis.nlp.parse.word_lists import agent_nouns
from analysis.nlp.quotes.attribution import Quote
from analysis.schemas import ACT_STATUSES, QUADS

FLOOR = 1e-3  # of a probability, before its logarithm is taken
MATERIAL = (2, 4)  # quads of deeds
CONFLICT = (3, 4)  # quads of words and deeds
NOT_BEGUN = ("future", "hypothetical")  # statuses
MODALS = frozenset(("will", "'ll", "’ll", "would", "'d", "’d", "may", "might", "could", "shall"))
ACTED = "past"  # stands for both act statuses in the judge's labels


class Question(NamedTuple):
    """A pair of sides in one sentence, with what the rules found between them."""

    sentence: Span
    source: Side
    target: Side
    ruled: list[Event]


class Answer(NamedTuple):
    """The judge's answer for one pair."""

    quads: Sequence[float]  # probability of each quad
    roots: Sequence[float]  # score of each root
    statuses: Sequence[Sequence[float]]  # per quad, probability of each status


def judged_events(doc: Doc, mentions: Sequence[Mention], quotes: Sequence[Quote]) -> list[Event]:
    """Events of one text, in its order, each with the probability that all its fields are right.

    Args:
        doc: a parsed text.
        mentions: who is named in it, from `find_actors`.
        quotes: its attributions, from `find_quotes`: a speaker acts in sentences that do not name them.

    Returns:
        Rows of the rules that hold, and rows of the judge, whose trigger is the word that joins both sides.
    """
    tree, actors = acting_mentions(doc, mentions)
    ruled = list(coded_events(tree, actors))
    by_pair: dict[tuple, list[Event]] = defaultdict(list)
    for event in ruled:
        by_pair[event.start_char, *event_sides(event)].append(event)
    found: list[Event] = []
    deals, attackers = proven_deals(tree, ruled), proven_attackers(ruled)
    for question, answer in answers(tree, actors, mentions, quotes):
        pair = question.source.key, question.target.key
        start = question.sentence.start_char
        rows = list(pair_events(tree, question._replace(ruled=by_pair.pop((start, *pair), [])), answer))
        if any(event.rule == ENCODED for event in rows):
            words = [words_of_side(actors, question.sentence, key) for key in pair]
            rows = [
                event
                for event in rows
                if event.rule != ENCODED
                or not (
                    has_bystander(
                        tree, actors, question.sentence, event.quad, pair, deals[start], attackers[start]
                    )
                    or is_contradicted(tree, question.sentence, event, *words)
                )
            ]
        found += rows
    found += [event for rest in by_pair.values() for event in rest if holds(event)]
    sponsors = known_sponsors(ruled)
    found = [
        event._replace(
            source_sponsor_code=sponsors.get(event.source_id),
            target_sponsor_code=sponsors.get(event.target_id),
        )
        for event in found
    ]
    return distinct(found)


def proven_deals(tree: Tree, ruled: Sequence[Event]) -> dict[int, list[tuple[int, set[str]]]]:
    """First character of a sentence -> trigger and sides of the cooperation that its words prove."""
    at = {token.idx: token.i for token in tree.doc}
    found = defaultdict(list)
    for event in ruled:
        if event.quad in COOPERATION and event.status in ACT_STATUSES:
            found[event.start_char].append((at[event.trigger_start_char], set(event_sides(event))))
    return found


def proven_attackers(ruled: Sequence[Event]) -> dict[int, set[str]]:
    """First character of a sentence -> who uses the force that its words prove."""
    found = defaultdict(set)
    for event in ruled:
        if event.root == "ASSAULT" and event.status in ACT_STATUSES:
            found[event.start_char].add(event_sides(event)[0])
    return found


def questions(
    tree: Tree, actors: NamedWords, mentions: Sequence[Mention], quotes: Sequence[Quote]
) -> Iterator[tuple[Passage, list[Question]]]:
    """Each sentence that reports of at least two sides, and every ordered pair of them."""
    with_places = actors_and_places(tree, actors)
    places = with_places.keys() - actors.keys()
    speaker_of = absent_speakers(tree.doc, mentions, quotes)
    for sentence in sentences(tree.doc) if actors else ():
        passage = find_passage(tree, sentence, with_places, places, speaker_of(sentence))
        if passage is not None and not is_label(tree, sentence):
            yield passage, [Question(sentence, *pair, []) for pair in pairs(passage.sides)]


def answers(
    tree: Tree, actors: NamedWords, mentions: Sequence[Mention], quotes: Sequence[Quote]
) -> Iterator[tuple[Question, Answer]]:
    """Each pair of sides that shares a sentence, with the judge's answer."""
    for passage, asked in questions(tree, actors, mentions, quotes):
        judgment = judge(passage.text, tuple((q.source.ordinals, q.target.ordinals) for q in asked))
        for i, question in enumerate(asked):
            if judgment.is_read[i]:
                yield question, answer_at(judgment, i)


def answer_at(judgment: Judgment, i: int) -> Answer:
    return Answer(judgment.quads[i].tolist(), judgment.roots[i].tolist(), judgment.statuses[i].tolist())


def event_sides(event: Event) -> tuple[str, str]:
    """The sides of an event, as `side_key` gives them for its actors."""
    source = event.source_id if event.source_kind in OWN_SIDES else event.source_country_code
    target = event.target_id if event.target_kind in OWN_SIDES else event.target_country_code
    return source or event.source_id, target or event.target_id


def absent_speakers(
    doc: Doc, mentions: Sequence[Mention], quotes: Sequence[Quote]
) -> Callable[[Span], Mention | None]:
    """A function from a sentence to who says it, where it lies in a quote and does not name them."""
    by_person = {mention.actor_id: mention for mention in reversed(mentions)}
    by_country = {mention.country_code: mention for mention in reversed(mentions)}
    spoken = sorted(
        (start, end, quote.speaker_span[0], speaker)
        for quote in quotes
        if quote.speaker_span and quote.country_code
        for speaker in [by_person.get(quote.speaker_id) or by_country.get(quote.country_code)]
        if speaker and speaker.country_code == quote.country_code
        for start, end in quote.content_spans
    )
    starts = [span[0] for span in spoken]
    longest = max((end - start for start, end, *_ in spoken), default=0)

    def speaker_of(sentence: Span) -> Mention | None:
        first = bisect_left(starts, sentence.start_char - longest)
        last = bisect_right(starts, sentence.end_char - 1)
        around = [
            speaker
            for _, end, place, speaker in spoken[first:last]
            if end > sentence.start_char and not sentence.start_char <= place < sentence.end_char
        ]
        return around[-1] if around else None

    return speaker_of


# ---------------------------------------------------------------- what passes between two sides


def pair_events(tree: Tree, question: Question, answer: Answer) -> Iterator[Event]:
    """The events of one pair, those of the rules first in each quad."""
    for quad in (1, 2, 3, 4):
        ruled = [event for event in question.ruled if event.quad == quad]
        p = quad_probability(question.ruled, quad, answer.quads[quad - 1])
        statuses = answer.statuses[quad - 1]
        is_open = may_do(question, quad) and not (quad in CONFLICT and is_ruled_out(tree, question))
        if not ruled and is_open and may_hold(p, statuses):
            rows = [new_event(tree, question, quad, answer.roots)]
        else:
            rows = ruled
        for row in rows:
            status, sure = fused_status(row.status if ruled else None, statuses)
            is_dated = status == "historical" and row.year is not None
            if is_dated or is_worded(tree, question.sentence, row):
                status = row.status  # the date of the article decides, see `recency`; or "imminent", or "no"
            row = row._replace(status=status, probability=row_probability(p, sure))
            if holds(row):
                yield row


def is_worded(tree: Tree, sentence: Span, row: Event) -> bool:
    """Whether a word beside an act of the rules says that it has not begun, or that there is none."""
    words = [token.i for token in sentence if token.idx == row.trigger_start_char]
    if row.status in NOT_BEGUN and any(has_modal(tree, i) for i in words):
        return True
    is_foretold = row.status == "future" and any(is_said_to_come(tree, i) for i in words)
    is_none = row.status == "negated" and any(has_no(tree, i) or is_left_undone(tree, i) for i in words)
    return is_foretold or is_none


def has_modal(tree: Tree, verb: int) -> bool:
    """`will leave`, `might have left`."""
    return any(tree.words[i].lower() in MODALS for i in auxiliaries(tree, verb))


def is_ruled_out(tree: Tree, question: Question) -> bool:
    """Whether all that the words say of a pair is that there is no quarrel: `no breach between X and Y`."""
    rows = question.ruled
    return bool(rows) and all(
        row.quad in CONFLICT and row.status == "negated" and is_worded(tree, question.sentence, row)
        for row in rows
    )


def may_do(question: Question, quad: int) -> bool:
    """Nobody acts under the name of a city where something happens; it may be struck, and helped."""
    return not question.source.is_place and (not question.target.is_place or quad in MATERIAL)


def holds(event: Event) -> bool:
    """Whether an event is sure enough to be a row.

    Indicators count the acts between countries: where no word proves one, it has to be surer than other rows.
    """
    least = judge_card()["weights"]["least"]
    if not {event.source_kind, event.target_kind}.isdisjoint(OWN_SIDES):
        return event.probability >= least["group"]
    if event.status not in ACT_STATUSES:
        return event.probability >= least["other"]
    return event.probability >= least["act" if event.rule != ENCODED else "act without a word"]


def may_hold(p: float, statuses: Sequence[float]) -> bool:
    """Whether a row of the judge may turn out sure enough; for most pairs none does."""
    least = least_of_all()
    if row_probability(p, 1.0) < least:
        return False
    return row_probability(p, fused_status(None, statuses)[1]) >= least


def least_of_all() -> float:
    """The probability below which no row holds."""
    return min(judge_card()["weights"]["least"].values())


def row_probability(p: float, sure: float) -> float:
    """Probability of a row.

    Args:
        p: that one side does something of a quad to the other.
        sure: that the status is right.
    """
    return round(calibrated(p * sure), 2)


def quad_probability(ruled: Sequence[Event], quad: int, judged: float) -> float:
    """Probability that one side does something of a quad to the other, by rules and judge."""
    weights = judge_card()["weights"]["quad"]
    own = [event.probability for event in ruled if event.quad == quad]
    score = weights["bias"][quad - 1] + weights["judge"] * log_odds(judged)
    if own:
        score += weights["rule"] + weights["rule_odds"] * log_odds(max(own))
    elif ruled:
        score += weights["other_quad"]
    return 1 / (1 + math.exp(-score))


def calibrated(p: float) -> float:
    """How many rows of such a probability a reader of whole articles calls right."""
    weights = judge_card()["weights"]["sure"]
    return 1 / (1 + math.exp(-weights["shift"] - weights["slope"] * log_odds(p)))


def log_odds(p: float) -> float:
    p = min(max(p, FLOOR), 1 - FLOOR)
    return math.log(p / (1 - p))


def fused_status(ruled: str | None, judged: Sequence[float]) -> tuple[str, float]:
    """The likeliest status and its probability; past and ongoing are told apart by the rule alone."""
    weights, labels = judge_card()["weights"]["status"], judge_card()["statuses"]
    own = ACTED if ruled in ACT_STATUSES else ruled
    scores = [
        weights["judge"] * math.log(max(p, FLOOR)) + (weights["rule"] if label == own else 0.0)
        for label, p in zip(labels, judged, strict=True)
    ]
    powers = [math.exp(score - max(scores)) for score in scores]
    best = max(range(len(labels)), key=powers.__getitem__)
    label = labels[best]
    return (ruled if label == own and ruled else label), powers[best] / sum(powers)


def new_event(tree: Tree, question: Question, quad: int, roots: Sequence[float]) -> Event:
    """A row of the judge: its likeliest root of a quad, at the word that joins the sides."""
    names = [root for root in judge_card()["roots"] if QUADS[root] == quad]
    root = max(names, key=lambda name: roots[judge_card()["roots"].index(name)])
    sentence, source, target = question.sentence, question.source.mention, question.target.mention
    trigger = tree.doc[joining_word(tree, sentence, source, target)]
    deed = Deed(trigger.i, trigger.i, root, None, is_future=False)
    return Event(
        sentence.start_char,
        sentence.end_char,
        trigger.idx,
        trigger.idx + len(trigger),
        *(source.actor_id, source.name, country_against(source, target), source.kind),
        *(target.actor_id, target.name, country_against(target, source), target.kind),
        root=root,
        mode=None,
        context=None,
        quad=quad,
        intensity=intensity(root, None),
        status=ACTED,
        probability=0.0,
        rule=ENCODED,
        trigger_lemma=tree.lemmas[trigger.i],
        **circumstances(tree, sentence, deed, (source.country_code, target.country_code))._asdict(),
    )


def joining_word(tree: Tree, sentence: Span, source: Mention, target: Mention) -> int:
    """The nearest verb or noun above both mentions; the sentence's own verb if one of them is elsewhere."""
    sides = [m for m in (source, target) if sentence.start <= m.start < sentence.end]
    if len(sides) < 2:
        return sentence.root.i
    paths = [[m.end - 1, *ancestors(tree, m.end - 1)] for m in sides]
    inside = {i for m in sides for i in range(m.start, m.end)}
    shared = (i for i in paths[0] if i in set(paths[1]) and i not in inside)
    words = (
        i
        for i in shared
        if tree.pos[i] in VERBAL | NOMINAL
        and tree.lemmas[i] not in agent_nouns()  # soldiers do; they are not what is done
        and sentence.start <= i < sentence.end
    )
    return next(words, sentence.root.i)


def known_sponsors(events: Sequence[Event]) -> dict[str, str]:
    """Armed group -> the state that the text says backs it."""
    sides = [(e.source_id, e.source_sponsor_code) for e in events]
    sides += [(e.target_id, e.target_sponsor_code) for e in events]
    return {actor: sponsor for actor, sponsor in sides if sponsor}


def distinct(events: Sequence[Event]) -> list[Event]:
    """Rows in the order of the text; of two with the same trigger, sides and root, the surer."""
    best: dict[tuple, Event] = {}
    for event in sorted(events, key=lambda event: -event.probability):
        best.setdefault((event.trigger_start_char, event.source_id, event.target_id, event.root), event)
    return sorted(best.values(), key=lambda e: (e.trigger_start_char, e.source_id, e.target_id, e.root))
