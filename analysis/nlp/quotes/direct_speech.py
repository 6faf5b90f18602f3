"""Quoted passages and who speaks them: ranked rules over the reporter's own words around the marks.

The parser is at its worst where quotation marks break a sentence. So the rules trust order and punctuation
first (`"...," she said`, `He added: "..."`), and ask the parse only for the subject of a cue.
"""

from collections.abc import Callable, Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from spacy.tokens import Token

from analysis.nlp.parse.clause_subject import (
    HOPS,
    NOUNS_AND_PRONOUNS,
    VERBS,
    can_speak,
    child_with,
    is_noun_subject,
    speaker_of_verb,
    subject,
)
from analysis.nlp.parse.word_lists import quote_shares, shares
from analysis.nlp.quotes.page import (
    REACH,
    Page,
    Passage,
    PassageRule,
    is_title,
    is_utterance,
    unit_tokens,
    words_around,
)
from analysis.nlp.quotes.reporting_frames import Reading

AFTER_TOKENS, BEFORE_TOKENS = 45, 60  # how far the reporter's words are read from a quote
OBJECT_PRONOUNS = frozenset(("it", "him", "them", "me", "us", "that", "this"))
"""Words beside a verb that are not its speaker: as she put it."""
BRACKET_TOKENS = 5
MIN_AIM_SHARE = 0.3  # share of an infinitive below a noun from which it may be a cue
OUTER_SHARE = 0.4  # from which a verb above the cue is taken for the one that reports
DASHES = ("-", "–", "—", "―", "~")
PAUSES = (",", "-", "—", "–", "…", "...")  # at the end of a quote after which the sentence goes on
LINE_TOKENS = 30  # a longer line is no signature
NAME_TOKENS = 7  # dash, name, colon
LABEL_TOKENS = 12
AFTER, AFTER_QUESTION = 4, 8  # how many words after a quote may be its cue if no comma precedes them
CUES_TRIED = 8  # of a quote, those with the highest scores
LAST_CUES = 8  # cues looked back on for the sentence before
# The score of a cue is its share, less for each word between it and the quote. No script fits these numbers.
PER_WORD_AFTER, PER_WORD_BEFORE, PER_WORD_FRAGMENT = 0.03, 0.02, 0.01
BESIDE = 0.2  # more for a cue after the quote with its speaker right beside it
AFTER_FRAGMENT = 0.3  # less for a cue after a fragment
MIN_SCORE_AFTER, MIN_SCORE_BEFORE = 0.1, -0.3
BESIDE_TOKENS, NEAR_TOKENS = 2, 4


class Cue(NamedTuple):
    """A reporting word near a quote, with its subject."""

    score: float
    cue: int
    speaker: int


class AttributedPassage(NamedTuple):
    """A passage with the cue and the speaker that a rule gave it."""

    passage: Passage
    cue: int | None
    speaker: int
    share: float  # how often the rule is right
    rule: PassageRule


class Scene(NamedTuple):
    """A passage and what was said before it: all that a rule looks at."""

    page: Page
    place: int  # of the passage in `page.passages`
    passage: Passage
    before: list[tuple[int | None, int]]  # cue and speaker of all that was said, quoted or not
    attributed: list[AttributedPassage]


def attribute_passages(
    page: Page, readings: list[Reading], sources: dict[int, tuple[int, int]]
) -> list[AttributedPassage]:
    """Every passage to which some rule gives a speaker, in the order of the text.

    Args:
        page: the Doc.
        readings: what is said without quotation marks, in the order of the cues; a quote may continue it.
        sources: cue and speaker of the reading whose content includes a passage, by the passage's index.
    """
    attributed: list[AttributedPassage] = []
    before: list[tuple[int | None, int]] = []
    next_reading = 0
    for place, passage in enumerate(page.passages):
        while next_reading < len(readings) and readings[next_reading].cue < passage.start:
            before.append((readings[next_reading].cue, readings[next_reading].speaker))
            next_reading += 1
        if is_title(page, passage):
            continue
        is_whole = is_utterance(page, passage)
        if place in sources and not is_whole:
            found = AttributedPassage(passage, *sources[place], 0.75, PassageRule.FRAGMENT)
        else:
            scene = Scene(page, place, passage, before, attributed)
            rules = UTTERANCE_RULES if is_whole else FRAGMENT_RULES
            if any(
                token.tag_ in ("VBD", "VBZ") and page.unit[token.i] == page.unit[passage.end - 1]
                for token in page.doc[passage.end : passage.end + 1]  # "Never!" came the reply
            ):
                rules = [rule for rule in rules if rule not in (same_paragraph, next_paragraph)]
            found = next((found for rule in rules if (found := rule(scene))), None)
        if found is not None:
            attributed.append(found)
            before.append((found.cue, found.speaker))
    return attributed


# ---------------------------------------------------------------- a cue in the sentence


def cue_after(scene: Scene) -> AttributedPassage | None:
    """`"...," she said`, `"...," said Ms. Moore of the union`."""
    page, passage = scene.page, scene.passage
    stop = page.passages[scene.place + 1].start if scene.place + 1 < len(page.passages) else len(page.doc)
    following = page.doc[passage.end : min(stop, passage.end + AFTER_TOKENS)]
    words = list(takewhile(lambda token: not token.is_space and token.text not in (".", ";", ":"), following))
    if not words:
        return None
    inner = page.text[slice(*passage.inner)].rstrip(" '’‘")
    has_comma, asks = inner.endswith(PAUSES) or words[0].text == ",", inner.endswith(("?", "!"))
    if not (has_comma or asks) and page.unit[passage.end] != page.unit[passage.end - 1]:
        return None
    reach = len(words) if has_comma else AFTER_QUESTION if asks else AFTER
    found = []
    for share, cue in cues_in(page, words[:reach]):
        speaker = speaker_near(page, cue, words)
        if speaker is not None:
            beside = BESIDE * (abs(speaker.i - cue.i) <= BESIDE_TOKENS)
            found.append(Cue(share - PER_WORD_AFTER * (cue.i - words[0].i) + beside, cue.i, speaker.i))
    nouns = words[0].rights if words[0].lemma_ in ("be", "come") else ()  # "No," came the reply
    for noun in (token for token in nouns if token.dep_ in ("attr", "nsubj")):
        sayers = (t for t in noun.subtree if t.dep_ in ("pobj", "poss") and can_speak(t))
        found += [Cue(BESIDE, noun.i, token.i) for token in islice(sayers, 1)]
    best = max(found, key=lambda cue: cue.score, default=None)
    if best is None or best.score <= MIN_SCORE_AFTER:
        return None
    return AttributedPassage(
        passage, best.cue, best.speaker, 0.95 if has_comma else 0.8, PassageRule.CUE_AFTER
    )


def cue_before(scene: Scene) -> AttributedPassage | None:
    """`She said: "..."`, `As Mr. Ruiz told reporters, "..."`."""
    page, passage = scene.page, scene.passage
    words = words_before(page, scene.place, passage)
    cues = cues_in(page, words)
    scored = [(share - PER_WORD_BEFORE * (passage.start - cue.i), cue) for share, cue in cues]
    best = next(cues_with_speakers(page, scored, words), None)
    if best is not None and best.score > MIN_SCORE_BEFORE:
        cue, speaker = outermost(page, best.cue, best.speaker)
        return AttributedPassage(passage, cue, speaker, 0.95, PassageRule.CUE_BEFORE)
    head = colon_speaker(words) if words and words[-1].text.endswith(":") else None
    rule = PassageRule.NAME_AND_COLON
    return AttributedPassage(passage, words[-1].i, head.i, 0.85, rule) if head is not None else None


def words_before(page: Page, place: int, passage: Passage) -> list[Token]:
    """The reporter's words before the quote, back to the one before or to the start of the sentence."""
    doc = page.doc
    floor = page.passages[place - 1].end if place else 0
    last = passage.start - 1
    while last >= floor and doc[last].is_space:
        last -= 1
    if last < floor:
        return []
    is_same = page.unit[last] == page.unit[passage.start]
    if not is_same and doc[last].text != "," and not doc[last].text.endswith(":"):
        return []  # only a colon or a comma reaches over a line break or a full stop
    first = last + 1
    while (
        first > max(floor, passage.start - BEFORE_TOKENS)
        and page.unit[first - 1] == page.unit[last]
        and not doc[first - 1].is_space
    ):
        first -= 1
    return list(doc[first : last + 1])


def colon_speaker(words: list[Token]) -> Token | None:
    """`MERKEL: "..."`, `Voters stayed home - Carl Ortiz: "..."`, `Perez drew a contrast: "..."`."""
    dash = max((place for place, token in enumerate(words) if token.text[0] in DASHES), default=None)
    if dash is not None and len(words) - dash <= NAME_TOKENS:
        name = next((t for t in words[dash + 1 :] if t.pos_ == "PROPN"), None)
        if name is not None:
            return last_of_name(name)
    subjects = [t for t in words if is_noun_subject(t) and t.pos_ in NOUNS_AND_PRONOUNS]
    if subjects:
        return next((t for t in subjects if t.head.dep_ == "ROOT"), subjects[0])
    nouns = (t for t in words if t.pos_ in NOUNS_AND_PRONOUNS and t.dep_ != "compound")
    return next(nouns, None) if len(words) <= LABEL_TOKENS else None


def cue_in_fragment(scene: Scene) -> AttributedPassage | None:
    """The reporting word that the fragment is content of: `he vowed to be "ruthless" about it`."""
    page, passage = scene.page, scene.passage
    words, scored = words_around(page, passage), []
    for share, cue in cues_in(page, words):
        is_before = cue.i < passage.start
        far = passage.start - cue.i if is_before else cue.i - passage.end
        scored.append((share - PER_WORD_FRAGMENT * far - (0 if is_before else AFTER_FRAGMENT), cue))
    for _, cue, speaker in cues_with_speakers(page, scored, words):
        is_aside = cue > passage.start and page.doc[cue].dep_ in ("relcl", "advcl", "acl")
        if not is_aside or abs(speaker - cue) <= NEAR_TOKENS:
            return AttributedPassage(passage, *outermost(page, cue, speaker), 0.75, PassageRule.FRAGMENT)
    return None


def cue_in_unit(scene: Scene) -> AttributedPassage | None:
    """Another reporting verb of the sentence, further away."""
    found = cue_in_fragment(scene)
    return found._replace(rule=PassageRule.CUE_IN_SENTENCE, share=0.7) if found is not None else None


def cues_in(page: Page, words: list[Token]) -> Iterator[tuple[float, Token]]:
    """Reporting words among the reporter's, each with its share."""
    for token in words:
        if token.pos_ in VERBS and token.dep_ != "amod" and page.quoted_in[token.i] is None:
            share = quote_shares().get(token.lemma_.lower(), 0.0)
            is_aim = token.tag_ == "VB" and token.dep_ == "acl"  # his plan to end the war "in a day"
            if share and not (is_aim and share < MIN_AIM_SHARE):
                yield share, token


def cues_with_speakers(page: Page, scored: list[tuple[float, Token]], words: list[Token]) -> Iterator[Cue]:
    """The best of some cues with their speakers, the best first and the first of equals.

    Only a few are tried: in `" said " said " ...` every quote has forty cues, and none a speaker.
    """
    for score, cue in sorted(scored, key=lambda pair: -pair[0])[:CUES_TRIED]:
        speaker = speaker_near(page, cue, words)
        if speaker is not None:
            yield Cue(score, cue.i, speaker.i)


def speaker_near(page: Page, verb: Token, words: list[Token]) -> Token | None:
    """The verb's subject outside the quotation, by the parse; else the noun phrase beside it."""
    own = skip_dateline(page, speaker_of_verb(verb), verb.i)
    if own is not None and page.quoted_in[own.i] is None and own.lower_ not in OBJECT_PRONOUNS:
        return own  # but in `as she put it` the parser may take `it` for the subject
    before = words[: words.index(verb)][::-1]
    behind = child_with(verb, "dobj")
    if not before and behind is not None and can_speak(behind):  # "Never!" shouted the chairman
        return behind
    for token in before:  # Vega went after him, calling ...
        if is_noun_subject(token) and (token.head.dep_ in ("ROOT", "conj") or verb.tag_ != "VBG"):
            return token
    nouns = (t for t in before if t.pos_ in NOUNS_AND_PRONOUNS and t.lower_ not in OBJECT_PRONOUNS)
    return next(nouns, None)


def skip_dateline(page: Page, token: Token | None, verb: int) -> Token | None:
    """The real speaker where the parser took the dateline, or a bracket, for the subject."""
    if token is None:
        return None
    if token.i in page.filed:
        for candidate in page.doc[page.filed[token.i] : verb]:
            if candidate.pos_ in NOUNS_AND_PRONOUNS:
                return last_of_name(candidate)
    for before in range(token.i - 1, max(token.i - BRACKET_TOKENS, 0), -1):  # Paul Ruiz (R-Ohio) said
        if page.doc[before].text in (")", "("):
            name = page.doc[before - 1]
            is_aside = page.doc[before].text == "(" and token.pos_ == "PROPN" and not name.is_space
            return name if is_aside else token
    return token


def last_of_name(token: Token) -> Token:
    """The head of a name, given one of its words."""
    while token.dep_ in ("compound", "nmod") and token.head.i > token.i:
        token = token.head
    return token


def outermost(page: Page, cue: int, speaker: int) -> tuple[int, int]:
    """Cue and speaker of the sentence: in `She said he told her, "Go"`, she said it."""
    found = cue, speaker
    token = page.doc[cue]
    for _ in range(HOPS):
        head = token.head
        if head == token or page.quoted_in[head.i] is not None:
            break
        if token.dep_ in ("ccomp", "pcomp", "acl", "xcomp") and head.i < cue and head.pos_ == "VERB":
            share = shares().get((head.lemma_.lower(), "clause"), 0.0)
            own = subject(head) if share >= OUTER_SHARE else None
            if own is not None and page.quoted_in[own.i] is None:
                found = head.i, own.i
        token = head
    return found


# ---------------------------------------------------------------- the text before


def same_paragraph(scene: Scene) -> AttributedPassage | None:
    """`"One," she said. "Two."`, `Mr. Ruiz disagreed. "No."`: the speaker of the sentence before."""
    page, passage = scene.page, scene.passage
    unit = page.unit[passage.start]
    last = scene.attributed[-1] if scene.attributed else None
    if last is not None and page.paragraph[last.passage.end - 1] == passage.paragraph:
        near = page.unit[last.cue if last.cue is not None else last.passage.end - 1]
        if unit - max(near, page.unit[last.passage.start]) <= 1:
            return AttributedPassage(passage, last.cue, last.speaker, 0.8, PassageRule.SAME_PARAGRAPH)
    is_near = unit and page.paragraph[page.unit_starts[unit - 1]] == passage.paragraph
    return speaker_of_unit(scene, unit - 1, PassageRule.SENTENCE_BEFORE) if is_near else None


def speaker_of_unit(scene: Scene, unit: int, rule: PassageRule) -> AttributedPassage | None:
    """The speaker of one of the reporter's sentences: of its first cue, or else its subject."""
    page = scene.page
    for cue, speaker in scene.before[-LAST_CUES:]:
        if cue is not None and page.unit[cue] == unit:
            return AttributedPassage(scene.passage, cue, speaker, 0.8, rule)
    for token in map(page.doc.__getitem__, unit_tokens(page, unit)[:REACH]):
        is_main = token.dep_ == "nsubj" and token.head.dep_ in ("ROOT", "conj", "ccomp")
        if is_main and page.quoted_in[token.i] is None:
            return AttributedPassage(scene.passage, None, token.i, 0.6, rule)
    return None


def next_paragraph(scene: Scene) -> AttributedPassage | None:
    """A paragraph that is only a quote, after one in which somebody spoke."""
    page, passage = scene.page, scene.passage
    unit = page.unit[passage.start]
    last = scene.attributed[-1] if scene.attributed else None
    if last is not None and passage.paragraph - page.paragraph[last.passage.end - 1] <= 2:
        near = max(last.cue if last.cue is not None else 0, last.passage.end - 1)
        if unit - page.unit[near] <= 2:
            return AttributedPassage(passage, None, last.speaker, 0.7, PassageRule.NEXT_PARAGRAPH)
    back = unit - 1
    while back >= 0 and page.doc[page.unit_starts[back]].is_space:
        back -= 1
    found = speaker_of_unit(scene, back, PassageRule.PARAGRAPH_BEFORE) if back >= 0 else None
    return found._replace(cue=None) if found is not None else None


# ---------------------------------------------------------------- beside the marks


def transcript_turn(scene: Scene) -> AttributedPassage | None:
    """A quoted transcript, where each line begins with its speaker: `"WALLACE: Why would he?"`."""
    page, passage = scene.page, scene.passage
    line = page.turns.get(passage.paragraph)
    if line is None:
        return None
    speech = passage._replace(inner=(page.starts[line.start], passage.inner[1]))
    return AttributedPassage(speech, None, line.name, 0.95, PassageRule.TRANSCRIPT)


def dash_name(scene: Scene) -> AttributedPassage | None:
    """A quote with its speaker after a dash, on its line or on the next: `"..." - Bernie Sanders`."""
    doc, i = scene.page.doc, scene.passage.end
    while i < len(doc) and (doc[i].is_space or doc[i].text == "."):
        i += 1
    if i + 1 >= len(doc) or doc[i].text[0] not in DASHES:
        return None
    line = list(takewhile(lambda token: not token.is_space, doc[i : i + LINE_TOKENS]))
    is_signature = len(line) < LINE_TOKENS and not any(t.pos_ in VERBS for t in line[1:5])
    name = next((t for t in line if t.pos_ == "PROPN"), None)
    if name is None or not is_signature or name.i - i > 3:
        return None
    return AttributedPassage(scene.passage, None, last_of_name(name).i, 0.85, PassageRule.DASH_AND_NAME)


def owner(scene: Scene) -> AttributedPassage | None:
    """`Obama's "if you like it" promise`."""
    doc, start = scene.page.doc, scene.passage.start
    if start > 1 and doc[start - 1].tag_ == "POS":
        return AttributedPassage(scene.passage, None, start - 2, 0.6, PassageRule.OWNER)
    is_owned = start and doc[start - 1].tag_ == "PRP$"
    return AttributedPassage(scene.passage, None, start - 1, 0.5, PassageRule.OWNER) if is_owned else None


Rule = Callable[[Scene], AttributedPassage | None]
UTTERANCE_RULES: tuple[Rule, ...] = (
    transcript_turn,
    dash_name,
    cue_after,
    cue_before,
    cue_in_unit,
    same_paragraph,
    next_paragraph,
)
FRAGMENT_RULES: tuple[Rule, ...] = (dash_name, owner, cue_in_fragment, same_paragraph)
"""Rules for whole utterances and for fragments, in the order of their precision on PolNeAR train."""
