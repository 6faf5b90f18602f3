"""Who speaks the words in quotation marks: `we` and `our` in them are the speaker and the speaker's side.

A quote that goes on over sentences keeps the speaker of the sentence before, until a sentence begins outside
quotation marks.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.references import quoted_words
from analysis.nlp.events.sponsors import Actors
from analysis.nlp.parse.arguments import logical_subjects
from analysis.nlp.parse.tree import VERBAL, Tree, is_saying_verb
from analysis.nlp.parse.word_lists import speech_verbs


def quote_speakers(tree: Tree, spans: Sequence[Span]) -> dict[int, int]:
    """First token of a sentence that quotes somebody -> the token of who speaks.

    Args:
        tree: the parsed text.
        spans: the sentences.
    """
    quoted, found, speaker = quoted_words(tree), {}, None
    for sentence in spans:
        here = next(speakers_in(tree, sentence, quoted), None)
        if here is not None:
            speaker = here
        elif not quoted[sentence.start]:
            speaker = None
        if speaker is not None:
            found[sentence.start] = speaker
    return found


def speakers_in(tree: Tree, sentence: Span, quoted: Sequence[bool]) -> Iterator[int]:
    """Subjects of verbs of saying outside quotation marks, that of the main verb first."""
    verbs = [i for i in range(sentence.start, sentence.end) if tree.pos[i] in VERBAL and not quoted[i]]
    for verb in sorted(verbs, key=lambda i: i != sentence.root.i):
        if is_saying_verb(tree, verb) or tree.lemmas[verb] in speech_verbs()["speaker"]:
            yield from (noun for noun in logical_subjects(tree, verb)[-1:] if not quoted[noun])


def first_persons(
    tree: Tree, actors: Actors, speakers: dict[int, int], spans: Sequence[Span]
) -> dict[int, Mention]:
    """Token of `we` or `our` in a quote -> who speaks, where the text names them."""
    quoted, found = quoted_words(tree), {}
    for sentence in spans:
        mention = actors.get(speakers.get(sentence.start, -1))
        for i in range(sentence.start, sentence.end) if mention else ():
            if (
                quoted[i]
                and tree.words[i].lower() in ("we", "us", "our", "i", "my", "me")
                and i not in actors
            ):
                found[i] = mention._replace(start=i, end=i + 1)
    return found
