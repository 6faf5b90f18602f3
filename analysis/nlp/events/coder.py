"""Who does what to whom: PLOVER events of a text, as the learned reader reads them.

Every sentence that names two sides is one passage. The reader says for each ordered pair what passes between
them; a row is given where a quad is likelier than not, and names the trigger word that shows it.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from spacy.tokens import Doc

from analysis.country_names import bloc_codes
from analysis.nlp.actors.page import Mention
from analysis.nlp.events.circumstances import Deed, act_time, circumstances
from analysis.nlp.events.lexicon import contexts, intensity
from analysis.nlp.events.passages import (
    OWN_SIDES,
    Passage,
    Question,
    Side,
    acting_mentions,
    article_passages,
    country_against,
    is_closed,
    marked_pair,
)
from analysis.nlp.events.references import Actors, group_sponsors
from analysis.nlp.events.triggers import Trigger, head_words, noun_chain
from analysis.nlp.parse.arguments import PRONOUNS, logical_objects, logical_subjects
from analysis.nlp.parse.parser import sentences, text_of
from analysis.nlp.parse.reader import ENCODED, WORDS_OF_ITEM, Reading, card, read, without_marks
from analysis.nlp.parse.tree import (
    NOMINAL,
    POSSESSORS,
    SUBJECTS,
    VERBAL,
    YEAR,
    Tree,
    ancestors,
    dependents,
)
from analysis.nlp.parse.verb_status import (
    FACTUAL,
    is_denied,
    is_imagined,
    is_left_open,
    is_negated,
    verb_status,
)
from analysis.nlp.parse.word_lists import agent_nouns, speech_verbs, word_classes
from analysis.nlp.quotes.attribution import Quote
from analysis.schemas import ACT_STATUSES, QUADS

MIN_PROBABILITY: Final = 0.55  # of a quad: best in F1 out of fold; from .45 fewer acts are right
LONG_PAST: Final = 0.35  # of what seems long past: it must be three times as likely, which costs .002 in F1
MIN_OF_CIVIL_WAR: Final = 0.1  # of force; of 35 such rows of 2025, read by eye, 30 are right
SURE_OF_CIVIL_WAR: Final = 0.9
ONCE: Final = -0.6  # added to the log-odds of what one sentence of a text tells, and
AGAIN: Final = 1.5  # times the logarithm of how many tell it: by cross-validation, the mean staying as it was
MATERIAL: Final = (2, 4)  # quads of deeds
FLOOR: Final = 1e-3  # of a probability, before its logarithm is taken
MUTUAL: Final = frozenset(("CONSULT", "AGREE", "COOPERATE"))  # what both do, whoever is named first
SPOKEN: Final = frozenset(("AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))
CLAUSE_WORDS: Final = 60  # in which the context of an act is looked for
VISIT: Final = "visit"
TRIPS: Final = frozenset(("trip", "visit", "tour", "journey"))
CONTACT_MODES: Final = (VISIT, "phone")  # of whatever root: agreed on or made


class Event(NamedTuple):
    """One coded relation; character offsets into the Doc's text."""

    start_char: int  # the sentence, white space trimmed
    end_char: int
    trigger_start_char: int
    trigger_end_char: int
    source_id: str
    source_name: str
    source_country_code: str | None
    source_kind: str
    target_id: str
    target_name: str
    target_country_code: str | None
    target_kind: str
    root: str
    mode: str | None
    context: str | None
    quad: int
    intensity: float
    status: str
    probability: float
    rule: str  # the word or words of the lists that name the act, or "reader"
    source_sponsor_code: str | None = None  # the state that the text says backs the source, an armed group
    target_sponsor_code: str | None = None
    year: int | None = None  # of the act, where the words that date it name one
    trigger_lemma: str = ""  # in lower case
    when: str | None = None  # the words that date the act: "on Tuesday"
    place_name: str | None = None  # where it happens; not a side's name
    killed_count: int | None = None  # by this act, as the sentence counts them
    injured_count: int | None = None
    importance: float = 0.0  # of its sentence, 0 to 5


class CodedEvent(NamedTuple):
    """An event, and whether the grammar has its source as who does what its trigger names."""

    event: Event
    is_doer: bool


class Relation(NamedTuple):
    """What one given mention does to another."""

    root: str
    quad: int
    intensity: float
    status: str
    probability: float
    rule: str


class ReadText(NamedTuple):
    """A text with what the reader says of each sentence that names two sides, and of its first."""

    tree: Tree
    actors: Actors
    quotes: Sequence[Quote]
    passages: list[tuple[Passage, list[Question], Reading]]
    readings: dict[int, Reading]  # by the first character of each of these sentences


def read_text(doc: Doc, mentions: Sequence[Mention], quotes: Sequence[Quote]) -> ReadText:
    """Read each sentence that names two sides, once, and the first sentence for its importance.

    Args:
        doc: a parsed text.
        mentions: who is named in it, from `find_actors`.
        quotes: its attributions, from `find_quotes`: a speaker acts in sentences that do not name them.
    """
    tree, actors = acting_mentions(doc, mentions)
    lead = next(filter(is_closed, sentences(doc)), None)
    passages, readings = [], {}
    for passage, questions in article_passages(tree, actors, mentions, quotes):
        pairs = [(question.source.ordinals, question.target.ordinals) for question in questions]
        start = questions[0].sentence.start_char
        is_lead = lead is not None and start == lead.start_char
        readings[start] = as_item(read(passage.text, pairs, passage.features, is_graded=is_lead), doc)
        passages.append((passage, questions, readings[start]))
    if lead is not None and lead.start_char not in readings:
        words = without_marks(text_of(doc)[lead.start_char : lead.end_char])
        readings[lead.start_char] = as_item(read(words, [], is_graded=True), doc)
    return ReadText(tree, actors, quotes, passages, readings)


def as_item(reading: Reading, doc: Doc) -> Reading:
    """What is read of a sentence; in a short text its importance is the mean of its own and the text's."""
    whole = without_marks(text_of(doc)).strip()
    if not reading.importance or len(whole.split()) > WORDS_OF_ITEM:
        return reading
    both = reading.importance + read(whole, [], is_graded=True).importance
    return reading._replace(importance=round(both / 2, 2))


def find_events(text: ReadText) -> list[Event]:
    """Events of one text, in its order, each with the probability that all its fields are right.

    Returns:
        At most one event per trigger, root, source and target. A state that the text says backs an armed
        group does so in the whole text.
    """
    tree, actors, quotes, passages, _ = text
    best: dict[tuple, Event] = {}
    for passage, questions, reading in passages:
        coded: list[CodedEvent] = []
        for n, question in enumerate(questions):
            quads = passing_quads(reading, n, question)
            found = [coded_event(tree, question, quad, reading, n, passage.triggers) for quad in quads]
            coded += without_contradictions(found)
        hitting = {one.event.source_id for one in coded if one.event.root == "ASSAULT"}
        for n, question in enumerate(questions):
            if is_of_civil_war(tree, question, reading, n, passage.triggers):
                one = coded_event(tree, question, QUADS["ASSAULT"], reading, n, passage.triggers)
                coded += [one] if one.event.source_id not in hitting else []
        for event in without_bystanders(coded):
            key = (event.trigger_start_char, event.source_id, event.target_id, event.root)
            if key not in best or event.probability > best[key].probability:
                best[key] = event
    described = reversed(list(group_sponsors(tree, actors)))
    sponsors = {group.actor_id: sponsor.country_code for group, sponsor in described}
    rows = sorted(best.values(), key=lambda e: (e.trigger_start_char, e.source_id, e.target_id, e.root))
    withdrawn = list(withdrawn_claims(tree, quotes))
    return [
        event._replace(
            status="negated"
            if event.quad in MATERIAL and any(a <= event.trigger_start_char < b for a, b in withdrawn)
            else event.status,
            source_sponsor_code=sponsors.get(event.source_id),
            target_sponsor_code=sponsors.get(event.target_id),
        )
        for event in with_trip_times(tree, actors, as_often_told(rows) if len(passages) > 1 else rows)
    ]


def withdrawn_claims(tree: Tree, quotes: Sequence[Quote]) -> Iterator[tuple[int, int]]:
    """What its speaker takes back later: `the ministry withdrew its claim`, `it said the report was wrong`.

    The speaker is known by a word of what they are called, or is a pronoun's: whoever spoke last.
    """
    for verb, lemma in enumerate(tree.lemmas):
        is_wrong = lemma == "be" and any(
            tree.lemmas[i] in word_classes()["false"] for i in tree.children[verb]
        )
        is_taken_back = lemma in word_classes()["retracting"] and verb_status(tree, verb) in FACTUAL
        nouns = logical_objects(tree, verb) if is_taken_back else dependents(tree, verb, SUBJECTS)
        if (is_wrong or is_taken_back) and any(tree.lemmas[i] in word_classes()["claim"] for i in nouns):
            speaker = logical_subjects(tree, tree.heads[verb] if is_wrong else verb)
            own = [
                quote.content_spans
                for quote in quotes
                if quote.speaker_span
                and quote.content_spans[-1][1] < tree.doc[verb].idx
                and any(
                    tree.words[i].lower() in PRONOUNS
                    or (is_taken_back and tree.words[i] in text_of(tree.doc)[slice(*quote.speaker_span)])
                    for i in speaker
                )
            ]
            yield from (span for spans in own[-1:] for span in spans)


def as_often_told(events: Sequence[Event]) -> list[Event]:
    """The events, surer where several sentences tell the same, and less sure where only one does.

    On articles that a reader did not know, three in four of its rows are right that one sentence alone tells,
    and nearly all that three tell.
    """
    keys = [
        (*event_sides(event), event.quad, event.status in ACT_STATUSES or event.status) for event in events
    ]
    told: dict[tuple, set[int]] = defaultdict(set)
    for key, event in zip(keys, events, strict=True):
        told[key].add(event.start_char)
    return [
        event._replace(
            probability=round(odds_shifted(event.probability, ONCE + AGAIN * math.log(len(told[key]))), 2)
        )
        for key, event in zip(keys, events, strict=True)
    ]


def with_trip_times(tree: Tree, actors: Actors, events: Sequence[Event]) -> list[Event]:
    """The events, visits to come with the time that another sentence gives: `Doe's trip Monday to Friday`.

    Only where a person has one such time and one destination in the text: else it may be of another trip.
    """
    planned = {
        event
        for event in events
        if event.mode == VISIT
        and event.status == "future"
        and not event.when
        and event.source_kind == "person"
    }
    times: dict[str, set[str]] = defaultdict(set)
    for sentence in sentences(tree.doc) if planned else ():
        for noun in (i for i in range(sentence.start, sentence.end) if tree.lemmas[i] in TRIPS):
            for owner in dependents(tree, noun, POSSESSORS):
                for one in actors.get(owner, ()):
                    times[one.actor_id] |= {act_time(tree, sentence, noun, [noun])} - {None}
    dated = []
    for event in events:
        goals = {one.target_id for one in planned if one.source_id == event.source_id}
        is_one = event in planned and len(times[event.source_id]) == len(goals) == 1
        dated.append(event._replace(when=min(times[event.source_id])) if is_one else event)
    return dated


def passing_quads(reading: Reading, n: int, question: Question) -> list[int]:
    """The quads in which the source of a question likely acts on its target.

    Nobody acts under the name of a city where something happens; it may be struck, and helped.
    """
    if not reading.is_read[n] or question.source.is_place:
        return []
    likely = [quad for quad in (1, 2, 3, 4) if reading.quads[n, quad - 1] >= MIN_PROBABILITY]
    return [quad for quad in likely if quad in MATERIAL or not question.target.is_place]


def is_of_civil_war(
    tree: Tree, question: Question, reading: Reading, n: int, triggers: Sequence[Trigger]
) -> bool:
    """Whether an armed group or the state in which it sits is the one who does what a word of force names.

    Articles were labelled for what passes between countries, so that of such a war the reader knows little.
    """
    source, target = question.source, question.target
    groups = {side.key for side in (source, target)} & bloc_codes().keys()
    is_civil = groups and source.mention.country_code == target.mention.country_code
    if not is_civil or source.is_place or reading.quads[n, QUADS["ASSAULT"] - 1] < MIN_OF_CIVIL_WAR:
        return False
    trigger = best_trigger(tree, question, "ASSAULT", triggers)
    is_force = trigger is not None and trigger.rule.root == "ASSAULT"
    return is_force and is_among(tree, source, trigger.agents) and not is_among(tree, target, trigger.agents)


def is_among(tree: Tree, side: Side, nouns: frozenset[int]) -> bool:
    """Whether a side stands in one of some nouns: those that do what a word names, or to whom it is done."""
    return any(not nouns.isdisjoint(noun_chain(tree, i)) for i in head_words(tree, side.words))


def without_contradictions(coded: Sequence[CodedEvent]) -> list[CodedEvent]:
    """The events of one pair in one sentence; of cooperation and conflict shown by the same word, the surer.

    `Lifts its ban` is no ban. Out of fold this costs no recall, and acts are right half a point more often.
    """
    surest: dict[int, Event] = {}
    for event, _ in sorted(coded, key=lambda one: one.event.probability):
        surest[event.trigger_start_char] = event
    return [one for one in coded if (one.event.quad > 2) == (surest[one.event.trigger_start_char].quad > 2)]


def without_bystanders(coded: Sequence[CodedEvent]) -> list[Event]:
    """The events of one sentence; an act whose word has its doer is nobody else's: `US aid to X`.

    Out of fold this costs no recall, and rows are right half a point more often.
    """
    done = {
        (one.event.trigger_start_char, one.event.target_id, one.event.quad) for one in coded if one.is_doer
    }
    return [
        event
        for event, is_doer in coded
        if is_doer
        or event.root in MUTUAL
        or (event.trigger_start_char, event.target_id, event.quad) not in done
    ]


def coded_event(
    tree: Tree, question: Question, quad: int, reading: Reading, n: int, triggers: Sequence[Trigger]
) -> CodedEvent:
    """The row for one quad of one question."""
    sentence = question.sentence
    scored = zip(card()["roots"], reading.roots[n], strict=True)
    root = max((score, name) for name, score in scored if QUADS[name] == quad)[1]
    trigger = best_trigger(tree, question, root, triggers)
    word = joining_word(tree, question) if trigger is None else trigger.word
    source = mention_at(tree, question.source, trigger.agents if trigger else ())
    target = mention_at(tree, question.target, trigger.patients if trigger else ())
    is_own = trigger is not None and (trigger.rule.root == root or trigger.rule.mode in CONTACT_MODES)
    mode = trigger.rule.mode if is_own else None
    statuses = dict(zip(card()["statuses"], reading.statuses[n, quad - 1].tolist(), strict=True))
    label = max(statuses, key=lambda one: statuses[one] * (LONG_PAST if one == "historical" else 1))
    said = (word, *(tree.heads[i] for i in (word, *ancestors(tree, word)) if tree.deps[i] == "ccomp"))
    is_unsaid = root in SPOKEN and any(
        tree.lemmas[i] in speech_verbs()["person"]
        and is_negated(tree, i)
        and is_among(tree, question.source, frozenset(logical_subjects(tree, i)))
        for i in said
    )
    is_open = is_imagined(tree, word) or is_left_open(tree, word)
    if label in (*ACT_STATUSES, "historical") and (is_unsaid or is_open):
        label = "negated" if is_unsaid else "hypothetical"  # at no point did X say that Y was to blame
    is_doer = trigger is not None and is_among(tree, question.source, trigger.agents)
    is_direct = is_doer and any(trigger.word in ancestors(tree, i) for i in question.target.words)
    status = mood_of(tree, trigger, root, mode, is_direct=is_direct) if label == "past" and trigger else label
    token, likely = tree.doc[word], float(reading.quads[n, quad - 1])
    found = circumstances(tree, sentence, Deed(word, root, mode), (source.country_code, target.country_code))
    year = YEAR.search(found.when or "")
    lemmas = (tree.lemmas[i] for i in clause_words(tree, word))
    event = Event(
        sentence.start_char,
        sentence.end_char,
        token.idx,
        token.idx + len(token),
        *(source.actor_id, source.name, country_against(source, target), source.kind),
        *(target.actor_id, target.name, country_against(target, source), target.kind),
        root=root,
        mode=mode,
        context=next((contexts()[lemma] for lemma in lemmas if lemma in contexts()), None),
        quad=quad,
        intensity=intensity(root, mode),
        status=status,
        probability=round(
            odds_shifted(
                (likely if likely >= MIN_PROBABILITY else SURE_OF_CIVIL_WAR) * statuses[label],
                **card()["calibration"],  # as a reader of whole articles calls such rows right, out of fold
            ),
            2,
        ),
        rule=trigger.rule.name if trigger else ENCODED,
        year=int(year[0]) if year else None,
        trigger_lemma=tree.lemmas[word],
        importance=reading.importance,
        **found._asdict(),
    )
    return CodedEvent(event, is_doer)


def clause_words(tree: Tree, word: int) -> list[int]:
    """Words below the verb or noun of an act, at most 60."""
    found, waiting = [], [word]
    while waiting and len(found) < CLAUSE_WORDS:
        i = waiting.pop(0)
        found.append(i)
        waiting += [child for child in tree.children[i] if tree.deps[child] not in ("relcl", "conj", "ccomp")]
    return found


def best_trigger(tree: Tree, question: Question, root: str, triggers: Sequence[Trigger]) -> Trigger | None:
    """The trigger word that shows an act of a root's quad: of its own root and between the sides first."""
    fitting = [trigger for trigger in triggers if QUADS[trigger.rule.root] == QUADS[root]]
    sides = (question.source.words, question.target.words)

    def rank(trigger: Trigger) -> tuple:
        above = [any(trigger.word in (i, *ancestors(tree, i)) for i in words) for words in sides]
        near = min((abs(trigger.word - i) for words in sides for i in words), default=0)
        is_own = (  # hit X and shelled Y
            (tree.deps[trigger.word], tree.pos[trigger.word]) == ("conj", "VERB")
            and is_among(tree, question.source, trigger.agents)
            and is_among(tree, question.target, trigger.patients)
            and not any(
                first.word == tree.heads[trigger.word] and is_among(tree, question.target, first.patients)
                for first in fitting  # but of `came to X and met its king` it is the first
            )
        )
        return trigger.rule.root == root, is_own, sum(above), -near

    return max(fitting, key=rank, default=None)


def mood_of(tree: Tree, trigger: Trigger, root: str, mode: str | None, *, is_direct: bool) -> str:
    """Status of what the reader has as done: going on, to come or denied, where the grammar says so.

    `X to visit Y` is to come. What is done by saying something is done once it is said, whatever it is about.
    Out of fold acts are right one and a half points more often, and as many are found. A noun is not to come
    with its clause: of 22 such in articles that are learnt from 13 were wrong, of 14 verbs five.
    """
    is_verb = tree.pos[trigger.word] == "VERB"
    is_open = is_verb and (root not in SPOKEN or mode in CONTACT_MODES)
    is_told = {"ongoing": True, "future": is_open, "negated": is_verb and is_direct}
    status = trigger.status if is_told.get(trigger.status) else "past"
    return "negated" if is_denied(tree, trigger.word) else status


def mention_at(tree: Tree, side: Side, nouns: Collection[int]) -> Mention:
    """The mention of a side that stands in one of some nouns; its first one if none does."""
    found = (i for i in head_words(tree, side.words) if not set(nouns).isdisjoint(noun_chain(tree, i)))
    return side.words.get(next(found, -1), side.mention)


def joining_word(tree: Tree, question: Question) -> int:
    """The nearest verb or noun above both sides; the sentence's own verb if one of them is elsewhere."""
    sentence = question.sentence
    sides = [list(side.words) for side in (question.source, question.target) if side.words]
    if len(sides) < 2:
        return sentence.root.i
    paths = [[words[-1], *ancestors(tree, words[-1])] for words in sides]
    inside = {i for words in sides for i in words}
    for i in paths[0]:
        is_word = tree.pos[i] in VERBAL | NOMINAL and tree.lemmas[i] not in agent_nouns()
        if i in set(paths[1]) - inside and is_word and sentence.start <= i < sentence.end:
            return i
    return sentence.root.i


def odds_shifted(p: float, shift: float, slope: float = 1.0) -> float:
    """A probability whose log-odds are multiplied and moved."""
    p = min(max(p, FLOOR), 1 - FLOOR)
    return 1 / (1 + math.exp(-shift - slope * math.log(p / (1 - p))))


def event_sides(event: Event) -> tuple[str, str]:
    """The sides of an event, as `side_key` gives them for its actors."""
    source = event.source_id if event.source_kind in OWN_SIDES else event.source_country_code
    target = event.target_id if event.target_kind in OWN_SIDES else event.target_country_code
    return source or event.source_id, target or event.target_id


def find_relation(
    doc: Doc, source: tuple[int, int] | None, target: tuple[int, int] | None
) -> Relation | None:
    """What a source does to a target, both given as character spans; one of them may be missing.

    Conflict or cooperation is decided first, then the quad within it, then the root within that, so the three
    never contradict each other.

    Args:
        doc: a parsed text.
        source: span of who acts, named actor or not ("a court").
        target: span of whom it is done to.

    Returns:
        The likeliest act, with its probability. None only if a span is empty or outside the text.
    """
    pair = marked_pair(doc, source, target)
    if pair is None:
        return None
    reading = read(pair.text, [pair.ordinals], pair.features)
    highest = max(reading.roots[0])
    powers = {name: math.exp(x - highest) for name, x in zip(card()["roots"], reading.roots[0], strict=True)}
    powers["RETREAT"] += powers.pop("CONCEDE")  # one type, yielding, in the sentences that taught it
    total = sum(powers.values())
    is_conflict = sum(p for name, p in powers.items() if QUADS[name] > 2) > total / 2
    side = {name: p for name, p in powers.items() if (QUADS[name] > 2) == is_conflict}
    by_quad = {quad: sum(p for name, p in side.items() if QUADS[name] == quad) for quad in (1, 2, 3, 4)}
    quad = max(by_quad, key=by_quad.__getitem__)
    root = max((name for name in side if QUADS[name] == quad), key=side.__getitem__)
    statuses = zip(reading.statuses[0, quad - 1].tolist(), card()["statuses"], strict=True)
    return Relation(root, quad, intensity(root, None), max(statuses)[1], powers[root] / total, ENCODED)
