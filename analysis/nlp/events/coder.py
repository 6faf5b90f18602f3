"""Who does what to whom: PLOVER events between named actors, by rules over the parse."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from analysis.nlp.actors.mentions import Mention
from analysis.nlp.events.acts import Act, find_acts, is_bare_charge
from analysis.nlp.events.event_years import act_year, clause, is_long_ago
from analysis.nlp.events.lexicon import Rule, contexts, intensity
from analysis.nlp.events.participants import actor_pairs, doers, scene_owners, stands_for
from analysis.nlp.events.pronouns import carried_subjects
from analysis.nlp.events.sponsors import GROUP, group_backers
from analysis.nlp.parse.arguments import logical_subjects
from analysis.nlp.parse.parser import sentences
from analysis.nlp.parse.repair import read_tree
from analysis.nlp.parse.tree import Tree, is_saying_verb
from analysis.nlp.parse.verb_status import CLAIMS, may_happen
from analysis.nlp.parse.word_classes import word_classes
from analysis.schemas import ACT_STATUSES, QUADS

REMEMBERED = 3  # charges that a speaker may be answering
HELP = frozenset(("SUPPORT", "AID"))


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
    rule: str
    source_sponsor_code: str | None = None  # the state that the text says backs the source, an armed group
    target_sponsor_code: str | None = None
    year: int | None = None  # of the act, where its clause names one


class CodedAct(NamedTuple):
    """An event with the rule that it rests on."""

    event: Event
    rule: Rule


class Relation(NamedTuple):
    """What one mention does to another."""

    root: str
    quad: int
    intensity: float
    status: str
    probability: float
    rule: str


def find_events(doc: Doc, mentions: Sequence[Mention]) -> Iterator[Event]:
    """Acts that one named actor does to another, in the order of the text.

    Args:
        doc: a parsed text.
        mentions: who is named in it, from `find_actors`.

    Yields:
        One event per root, source and target of a sentence; a mutual act gives both. Actors that only share a
        sentence give none, nor do datelines, nor an act without a doer. Who is told to back an armed group
        holds for the group in the whole text; of two backers, the one told by name (`Iran-backed`), then the
        first.
    """
    actors = [mention for mention in mentions if not mention.is_dateline]
    if not actors:
        return
    tree = read_tree(doc)
    owner = {i: mention for mention in actors for i in range(mention.start, mention.end)}
    owner |= carried_subjects(tree, owner)
    coded = [row for sentence in sentence_events(tree, owner) for row in sentence]
    sponsors = {
        row.event.target_id: row.event.source_country_code for row in reversed(coded) if is_backing(row)
    }
    sponsors |= dict(reversed(list(group_backers(tree, owner))))
    for event, _ in coded:
        yield event._replace(
            source_sponsor_code=sponsors.get(event.source_id),
            target_sponsor_code=sponsors.get(event.target_id),
        )


def sentence_events(tree: Tree, owner: dict[int, Mention]) -> Iterator[list[CodedAct]]:
    """The events of each sentence."""
    scenes = scene_owners(tree) | owner
    charges: deque[Event] = deque(maxlen=REMEMBERED)
    for sentence in sentences(tree.doc):
        here = [i for i in range(sentence.start, sentence.end) if i in scenes]
        is_pair = len({scenes[i].actor_id for i in here}) > 1
        is_answer = bool(charges) and any(
            tree.lemmas[i] in CLAIMS or tree.lemmas[i] == "deny" for i in range(sentence.start, sentence.end)
        )
        if not (is_pair or is_answer) or not any(i in owner for i in here):
            continue
        acts = find_acts(tree, sentence.start, sentence.end)
        found = [
            coded_act(tree, act, sentence, (source, target), share)
            for act in acts
            if not (act.shape == "state" and act.trigger == act.verb)
            for source, target, share in actor_pairs(tree, act, owner, scenes)
        ]
        charges.extend(
            row.event for row in found if row.event.root == "ACCUSE" and row.event.status in ACT_STATUSES
        )
        triggers = {row.event.trigger_start_char for row in found}
        answers = [
            act for act in acts if tree.doc[act.trigger].idx not in triggers and is_bare_charge(tree, act)
        ]
        found += [row for act in answers for row in answered(tree, act, sentence, owner, charges)]
        yield distinct(found)


def answered(
    tree: Tree, act: Act, sentence: Span, owner: dict[int, Mention], charges: Sequence[Event]
) -> Iterator[CodedAct]:
    """`India accused Pakistan. Pakistan rejected the charge.` is a no to who last charged the speaker."""
    for source in doers(tree, act, owner):
        charge = next((row for row in reversed(charges) if is_charged(source, row)), None)
        if charge:
            accuser = (charge.source_id, charge.source_name, charge.source_country_code, charge.source_kind)
            target = Mention(sentence.start, sentence.start, *accuser, None, None, False)
            yield coded_act(tree, act, sentence, (source, target), 0.8)


def is_charged(speaker: Mention, charge: Event) -> bool:
    """Whether a charge is brought against the speaker or his country."""
    is_same = speaker.country_code is not None and speaker.country_code == charge.target_country_code
    return is_same or speaker.actor_id == charge.target_id


def is_backing(row: CodedAct) -> bool:
    """Whether a state's help for an armed group is reported as a fact: `Iran arms the Houthis`."""
    event = row.event
    is_help = event.root in HELP and event.status in ACT_STATUSES
    is_by_state = event.source_country_code is not None and event.source_kind != GROUP
    has_word = not row.rule.words.isdisjoint(word_classes()["backing"])
    return is_help and has_word and is_by_state and event.target_kind == GROUP


def distinct(rows: list[CodedAct]) -> list[CodedAct]:
    """One event per root, status and direction in a sentence, the surest: `killed in a strike` is one act."""
    best: dict[tuple[str, str, str, str], CodedAct] = {}
    for row in rows:
        key = (row.event.root, row.event.status, row.event.source_id, row.event.target_id)
        if key not in best or row.event.probability > best[key].event.probability:
            best[key] = row
    return sorted(best.values(), key=text_order)


def text_order(row: CodedAct) -> tuple[int, str, str]:
    return row.event.trigger_start_char, row.event.source_id, row.event.target_id


def coded_act(tree: Tree, act: Act, sentence: Span, pair: tuple[Mention, Mention], share: float) -> CodedAct:
    trigger = tree.doc[act.trigger]
    source, target = pair
    event = Event(
        sentence.start_char,
        sentence.end_char,
        trigger.idx,
        trigger.idx + len(trigger),
        *(source.actor_id, source.name, stands_for(source), source.kind),
        *(target.actor_id, target.name, stands_for(target), target.kind),
        act.root,
        act.mode,
        context_of(tree, act),
        QUADS[act.root],
        intensity(act.root, act.mode),
        "historical" if act.status in ACT_STATUSES and is_long_ago(tree, act) else act.status,
        round(act.probability * share, 2),
        act.rule.name,
        year=act_year(tree, act),
    )
    return CodedAct(event, act.rule)


def context_of(tree: Tree, act: Act) -> str | None:
    """PLOVER context by the word of the clause that is nearest to the act."""
    words = [contexts()[lemma][1] for i in clause(tree, act) if (lemma := tree.lemmas[i]) in contexts()]
    return words[0] if words else None


def find_relation(doc: Doc, source: tuple[int, int], target: tuple[int, int] | None) -> Relation | None:
    """What a source does to a target, both given as character spans.

    Args:
        doc: a parsed text.
        source: span of who acts, named actor or not ("a court").
        target: span of whom it is done to; None where nobody is marked.

    Returns:
        The likeliest act between the first span's sentence and the last one's, with a low probability where
        the grammar does not join the two. None only if a span is empty or outside the text.
    """
    spans = [token_span(doc, span) for span in (source, target or source)]
    if spans[0] is None or spans[1] is None:
        return None
    tree = read_tree(doc)
    first, last = min(span[0] for span in spans), max(span[1] for span in spans) - 1
    acts = find_acts(tree, doc[first].sent.start, doc[last].sent.end)
    acts += allegations(tree, acts)
    if not acts:
        return Relation("CONSULT", QUADS["CONSULT"], intensity("CONSULT", None), "past", 0.1, "nothing found")
    path, top = join_path(tree, *(span_head(tree, span) for span in spans))
    scored = [(pair_score(tree, act, spans[0], spans[1], path) + (act.verb == top), act) for act in acts]
    score, best = max(scored, key=lambda pair: pair[0])
    return told(tree, best, score)


def allegations(tree: Tree, acts: Sequence[Act]) -> list[Act]:
    """`X said Y had shelled it` is also X accusing Y.

    Only between two given spans: as an event of its own, it would count every report of an attack twice.
    """
    found = []
    for act in acts:
        above = tree.heads[act.verb]
        is_said = tree.deps[act.verb] == "ccomp" and is_saying_verb(tree, above)
        if is_said and QUADS[act.root] == 4:
            speakers, accused = tuple(logical_subjects(tree, above)), act.agents
            found.append(
                act._replace(
                    verb=above,
                    rule=act.rule._replace(root="ACCUSE", mode="allege", shape=""),
                    agents=speakers,
                    patients=accused,
                )
            )
    return found


def told(tree: Tree, act: Act, score: float) -> Relation:
    """An act as a relation: cooperation that is denied is a refusal, conflict that may come is a threat."""
    root, mode = act.root, act.mode
    if act.status == "negated" and QUADS[root] <= 2:
        root, mode = "REJECT", None
    if act.status == "hypothetical" and may_happen(tree, act.verb):
        root = "THREATEN" if QUADS[root] == 4 else "AGREE" if QUADS[root] <= 2 else root
    probability = round(act.probability * (1 if score > 4 else 0.7 if score > 2 else 0.4), 2)
    return Relation(root, QUADS[root], intensity(root, mode), act.status, probability, act.rule.name)


def token_span(doc: Doc, span: tuple[int, int]) -> tuple[int, int] | None:
    start, end = span
    if not 0 <= start < end <= len(doc.text):
        return None
    tokens = doc.char_span(start, end, alignment_mode="expand")
    return (tokens.start, tokens.end) if tokens is not None and len(tokens) else None


def span_head(tree: Tree, span: tuple[int, int]) -> int:
    """The word of a span whose head is outside it."""
    inside = range(*span)
    return next((i for i in inside if tree.heads[i] not in inside and tree.deps[i] != "punct"), span[0])


def join_path(tree: Tree, source: int, target: int) -> tuple[frozenset[int], int | None]:
    """Words from two words up to the lowest one above both, and that one."""
    ups = []
    for i in (source, target):
        chain = [i]
        while tree.heads[chain[-1]] != chain[-1]:
            chain.append(tree.heads[chain[-1]])
        ups.append(chain)
    shared = set(ups[0]) & set(ups[1])
    top = next((i for i in ups[0] if i in shared), None)
    path = {i for chain in ups for i in chain if i not in shared}
    return frozenset(path | ({top} if top is not None else set())), top


def pair_score(
    tree: Tree, act: Act, source: tuple[int, int], target: tuple[int, int], path: frozenset[int]
) -> float:
    """How well an act joins two spans: the first its agent, the second its target, itself between them."""
    forward = 3 * reach(tree, act.agents, source) + 3 * reach(tree, act.patients, target)
    backward = 3 * reach(tree, act.agents, target) + 3 * reach(tree, act.patients, source)
    if act.shape not in ("mutual", "state"):
        backward *= 0.6
    place = 2 * max(reach(tree, act.places, target), reach(tree, act.purposes, target))
    on_way = 1.0 * (act.verb in path) + 0.5 * (act.trigger in path)
    gap = min(abs(act.trigger - i) for span in (source, target) for i in span)
    return max(forward, backward) + place + on_way + act.probability - 0.02 * min(gap, 25)


def reach(tree: Tree, nouns: Sequence[int], span: tuple[int, int]) -> float:
    """1 where a noun stands in the span, less where the span stands below the noun."""
    best, head = 0.0, span_head(tree, span)
    for place, noun in enumerate(nouns):
        rank = 0.03 * min(place, 5)
        if span[0] <= noun < span[1]:
            best = max(best, 1.0 - rank)
            continue
        i, steps = head, 0
        while i != noun and tree.heads[i] != i and steps < 6:
            i, steps = tree.heads[i], steps + 1
        if i == noun:
            best = max(best, 0.85 - 0.1 * steps - rank)
    return best
