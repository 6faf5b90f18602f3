"""One coded relation: the row that an act between two actors makes."""

from typing import NamedTuple

from spacy.tokens import Span

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.act import Act
from analysis.nlp.events.circumstances import circumstances
from analysis.nlp.events.deeds import Deed
from analysis.nlp.events.event_years import act_year, clause_words, is_long_ago
from analysis.nlp.events.lexicon import Rule, contexts, intensity
from analysis.nlp.events.participants import country_against
from analysis.nlp.parse.tree import Tree
from analysis.schemas import ACT_STATUSES, QUADS


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
    trigger_lemma: str = ""  # in lower case
    when: str | None = None  # the words that date the act: "on Tuesday"
    place_name: str | None = None  # where it happens; not a side's name
    killed_count: int | None = None  # by this act, as the sentence counts them
    injured_count: int | None = None


class CodedAct(NamedTuple):
    """An event with the rule that it rests on."""

    event: Event
    rule: Rule


def coded_act(tree: Tree, act: Act, sentence: Span, pair: tuple[Mention, Mention], share: float) -> CodedAct:
    """The event of an act between two actors; `share` is how sure their roles are."""
    trigger = tree.doc[act.trigger]
    source, target = pair
    is_old = act.status in ACT_STATUSES and is_long_ago(tree, act)
    deed = Deed(act.trigger, act.verb, act.root, act.mode, act.status == "future")
    event = Event(
        sentence.start_char,
        sentence.end_char,
        trigger.idx,
        trigger.idx + len(trigger),
        *(source.actor_id, source.name, country_against(source, target), source.kind),
        *(target.actor_id, target.name, country_against(target, source), target.kind),
        act.root,
        act.mode,
        context_of(tree, act),
        QUADS[act.root],
        intensity(act.root, act.mode),
        "historical" if is_old else act.status,
        round(act.probability * share, 2),
        act.rule.name,
        year=act_year(tree, act),
        trigger_lemma=tree.lemmas[act.trigger],
        **circumstances(tree, sentence, deed, (source.country_code, target.country_code))._asdict(),
    )
    return CodedAct(event, act.rule)


def context_of(tree: Tree, act: Act) -> str | None:
    """PLOVER context by the word of the clause that is nearest to the act."""
    lemmas = (tree.lemmas[i] for i in clause_words(tree, act))
    return next((contexts()[lemma] for lemma in lemmas if lemma in contexts()), None)
