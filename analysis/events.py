"""Who does what to whom: PLOVER events between named actors, by rules over the parse."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from analysis.actors import Mention
from analysis.acts import DEPTH, MODIFIERS, NOMINAL, Act, ancestors, clause_subjects, find_acts, noun_rule
from analysis.clauses import APPOS, OBJECTS, Tree, kids, phrases, read_tree, spread
from analysis.event_lexicon import agent_nouns, contexts, intensity, kinds_of_words
from analysis.gazetteer import find_places
from analysis.language import sentences
from analysis.schemas import QUADS

FORCE = frozenset(("ASSAULT", "MOBILIZE"))  # acts whose place is their target: strikes in Syria
TARGET_LINKS = ("of", "by", "from", "in", "at", "across", "near", "inside", "throughout")
BORDER_LINKS = (*TARGET_LINKS, "with")
OWN = frozenset(("person", "organisation"))
YEAR = re.compile(r"1[89]\d\d|20\d\d")
ERA = re.compile(r"1[89]\d0s|[Dd]ecades|[Cc]enturies|Cold|WWII|WW2")
MIDST_WORDS = 8
CLAUSE_WORDS = 60


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
        sentence give none, nor do datelines, nor an act without a doer.
    """
    actors = [mention for mention in mentions if not mention.is_dateline]
    if len({mention.actor_id for mention in actors}) < 2:
        return
    tree = read_tree(doc)
    owner = {i: mention for mention in actors for i in range(mention.start, mention.end)}
    scenes = scene_owners(tree) | owner
    for sentence in sentences(doc):
        here = {owner[i].actor_id for i in range(sentence.start, sentence.end) if i in owner}
        if len(here) < 2:
            continue
        found = [
            event(tree, act, sentence, (source, target), share)
            for act in find_acts(tree, sentence.start, sentence.end)
            if not (act.shape == "state" and act.trigger == act.verb)
            for source, target, share in actor_pairs(tree, act, owner, scenes)
        ]
        yield from distinct(found)


def distinct(events: list[Event]) -> list[Event]:
    """One event per root, status and direction in a sentence, the surest: `killed in a strike` is one act."""
    best: dict[tuple[str, str, str, str], Event] = {}
    for row in events:
        key = (row.root, row.status, row.source_id, row.target_id)
        if key not in best or row.probability > best[key].probability:
            best[key] = row
    return sorted(best.values(), key=lambda row: (row.trigger_start_char, row.source_id, row.target_id))


def scene_owners(tree: Tree) -> dict[int, Mention]:
    """Words of cities and regions -> their country."""
    return {
        i: Mention(m.start, m.end, *m.entry[:4], None, None, False)
        for m in find_places(tree.words)
        for i in range(m.start, m.end)
    }


def actor_pairs(
    tree: Tree, act: Act, owner: dict[int, Mention], scenes: dict[int, Mention]
) -> Iterator[tuple[Mention, Mention, float]]:
    """Who does the act to whom, and how sure the roles are."""
    agents = acting(tree, act, owner)
    patients, share = undergoing(tree, act, scenes if act.root in FORCE else owner, agents)
    is_mutual = act.shape in ("mutual", "state")
    if is_mutual and not patients and len({m.actor_id for m in agents}) > 1:
        patients, share = agents, 1.0
    for source in agents:
        for target in patients:
            if source.actor_id == target.actor_id or is_own(source, target):
                continue
            yield source, target, share
            if is_mutual:
                yield target, source, share


def acting(tree: Tree, act: Act, owner: dict[int, Mention]) -> list[Mention]:
    """The named actors that do it."""
    found = [mention for noun in act.agents for mention in named(tree, noun, owner, False)]
    if not found and act.trigger == act.verb and tree.pos[act.trigger] in NOMINAL:
        found = [
            mention for noun in doers_above(tree, act, owner) for mention in named(tree, noun, owner, False)
        ]
    return list(dict.fromkeys(found))


def doers_above(tree: Tree, act: Act, owner: dict[int, Mention]) -> list[int]:
    """Who an act without owner belongs to: `after talks with X, Y said`; `Y, in the throes of war in X`."""
    if act.root == "CONSULT" and tree.deps[act.trigger] in ("pobj", "conj") and act.patients:
        return clause_subjects(tree, act.trigger)
    midst = next(
        (i for i in ancestors(tree, act.trigger) if tree.lemmas[i] in kinds_of_words()["midst"]), None
    )
    if midst is not None:
        return [i for i in range(midst, max(midst - MIDST_WORDS, -1), -1) if i in owner][:1]
    if act.shape == "mutual" and QUADS[act.root] == 4:  # use ties with Y to calm its clashes with X
        objects = [noun for i in ancestors(tree, act.trigger) for noun in kids(tree, i, OBJECTS)]
        return [
            n
            for noun in objects
            for prep, n in phrases(tree, noun)
            if tree.lemmas[prep] == "with" and n in owner
        ][:1]
    return []


def undergoing(
    tree: Tree, act: Act, owner: dict[int, Mention], agents: Sequence[Mention]
) -> tuple[list[Mention], float]:
    """The named actors it is done to: the first noun that names one, and what is joined to it by `and`."""
    actors = {mention.actor_id for mention in agents}
    for nouns, is_direct in ((act.patients, True), (act.places if act.root in FORCE else (), False)):
        for noun in nouns:
            found = named(tree, noun, owner, is_direct)
            if any(mention.actor_id not in actors for mention in found):
                joined = [n for n in nouns if n != noun and first_joined(tree, n) == first_joined(tree, noun)]
                found += [m for n in joined for m in named(tree, n, owner, is_direct)]
                share = 0.7 if not is_direct else 1.0 if noun in owner else 0.85
                return list(dict.fromkeys(found)), share
    return [], 0.0


def first_joined(tree: Tree, noun: int) -> int:
    while tree.deps[noun] == "conj":
        noun = tree.heads[noun]
    return noun


def named(tree: Tree, noun: int, owner: dict[int, Mention], is_target: bool, depth: int = 0) -> list[Mention]:
    """Actors that a noun stands for: itself, its apposition, or the country beside it (`Israeli forces`).

    As a doer, the noun must be one that acts for its country; as a target, whatever is somebody's will do.
    """
    if noun in owner:
        return [owner[noun]]
    if depth > DEPTH:
        return []
    for other in kids(tree, noun, APPOS):
        if other in owner:
            return [owner[m] for m in spread(tree, other) if m in owner]
    rule, lemma = noun_rule(tree, noun), tree.lemmas[noun]
    if rule and QUADS[rule.root] == 1 and not is_target:
        return []  # a visit does nothing; an air strike kills
    is_organ = lemma in agent_nouns() or rule is not None
    beside = [
        i for child in tree.children[noun] if tree.deps[child] in MODIFIERS for i in modifier(tree, child)
    ]
    found = [owner[i] for i in beside if i in owner and not is_disowned(tree, i)]
    if lemma in kinds_of_words()["rebel"]:  # Syrian rebels are not Syria; M23 rebels are M23
        return [mention for mention in found if mention.kind == "armed group"]
    if (
        found
        and (is_organ or is_target)
        and not (lemma in kinds_of_words()["friend"] and tree.tags[beside[0]] != "JJ")
    ):
        return found
    links = links_of(tree, noun, is_organ, is_target)
    inner = [n for prep, n in phrases(tree, noun) if tree.lemmas[prep] in links]
    return [
        mention
        for n in inner
        for m in spread(tree, n)
        for mention in named(tree, m, owner, is_target, depth + 1)
    ]


def links_of(tree: Tree, noun: int, is_organ: bool, is_target: bool) -> tuple[str, ...]:
    """Prepositions behind a noun that lead to its owner."""
    if not is_target:
        return ("of", "by") if is_organ else ("by",)
    if noun_rule(tree, noun):
        return ("of", "by", "from")  # a deal in X is not with X
    return BORDER_LINKS if tree.lemmas[noun] == "border" else TARGET_LINKS


def is_disowned(tree: Tree, i: int) -> bool:
    """`pro-Palestinian`, `anti-American`."""
    return i >= 2 and tree.words[i - 1] == "-" and tree.words[i - 2].lower() in ("pro", "anti", "non", "ex")


def modifier(tree: Tree, child: int) -> list[int]:
    """Words of a modifier that may name the owner: both of `Russian and Chinese`, `Saudi` of `Saudi-led`."""
    joined = spread(tree, child)
    if tree.words[child].lower() in ("led", "launched", "fired"):
        return [*joined, *tree.children[child]]
    return joined + [i for i in tree.children[child] if tree.deps[i] in MODIFIERS]


def is_own(source: Mention, target: Mention) -> bool:
    """A country and its own officer or body are one side."""
    kinds = {source.kind, target.kind}
    return source.country_code == target.country_code is not None and "country" in kinds and bool(kinds & OWN)


def event(tree: Tree, act: Act, sentence: Span, pair: tuple[Mention, Mention], share: float) -> Event:
    trigger = tree.doc[act.trigger]
    source, target = pair
    return Event(
        sentence.start_char,
        sentence.end_char,
        trigger.idx,
        trigger.idx + len(trigger),
        *(source.actor_id, source.name, source.country_code, source.kind),
        *(target.actor_id, target.name, target.country_code, target.kind),
        act.root,
        act.mode,
        context_of(tree, act),
        QUADS[act.root],
        intensity(act.root, act.mode),
        "historical" if act.status in ("past", "ongoing") and is_long_ago(tree, act) else act.status,
        round(act.probability * share, 2),
        act.rule,
    )


def context_of(tree: Tree, act: Act) -> str | None:
    """PLOVER context by the word of the clause that is nearest to the act."""
    words = [contexts()[lemma][1] for i in clause(tree, act) if (lemma := tree.lemmas[i]) in contexts()]
    return words[0] if words else None


def is_long_ago(tree: Tree, act: Act) -> bool:
    """`in the 1990s`, `during the Cold War`, or a year before the latest one that the text names."""
    words = [tree.words[i] for i in clause(tree, act)]
    years = [int(word) for word in words if YEAR.fullmatch(word)]
    latest = max((int(word) for word in tree.words if YEAR.fullmatch(word)), default=0)
    return any(ERA.fullmatch(word) for word in words) or (bool(years) and max(years) < latest)


def clause(tree: Tree, act: Act) -> list[int]:
    """Words below the verb or noun of an act."""
    found, waiting = [], [act.verb]
    while waiting and len(found) < CLAUSE_WORDS:
        i = waiting.pop(0)
        found.append(i)
        waiting += [child for child in tree.children[i] if tree.deps[child] not in ("relcl", "conj", "ccomp")]
    return found


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
    if not acts:
        return Relation("CONSULT", QUADS["CONSULT"], intensity("CONSULT", None), "past", 0.1, "nothing found")
    path, top = join_path(tree, *(span_head(tree, span) for span in spans))
    scored = [(pair_score(tree, act, spans[0], spans[1], path) + (act.verb == top), act) for act in acts]
    score, best = max(scored, key=lambda pair: pair[0])
    return told(best, score)


def told(act: Act, score: float) -> Relation:
    """An act as a relation; one that is denied is a refusal where it would have been cooperation."""
    root, mode = act.root, act.mode
    if act.status == "negated" and QUADS[root] <= 2:
        root, mode = "REJECT", None
    probability = round(act.probability * (1 if score > 4 else 0.7 if score > 2 else 0.4), 2)
    return Relation(root, QUADS[root], intensity(root, mode), act.status, probability, act.rule)


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
    place = 2 * reach(tree, act.places, target)
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
