"""The fields for an event or a statement that the program missed, in a sentence that an analyst chose."""

import re
from typing import Any

import ipywidgets

from analysis.ingest.correction_rules import ADD, AddedEvent
from analysis.pipeline.analyse import Tables
from analysis.pipeline.named_actors import participant_named, speaker_named
from analysis.pipeline.places import occurrences
from analysis.views.evidence import article_index
from analysis.workbench.correction_fields import (
    SIDES,
    Change,
    RowFields,
    actor_field,
    description_changes,
    description_fields,
    sentence_of,
    speaker_field,
    status_field,
    type_field,
)
from analysis.workbench.form_fields import STYLE, WIDE, checkbox, text_field

QUOTED = re.compile(r"[\"“](.+)[\"”]")


def missed_event_fields(tables: Tables, identity: str) -> RowFields:
    """Who did what to whom in a sentence."""
    sentence = sentence_of(tables, identity)
    sides = {side: actor_field(tables, label) for side, label in SIDES.items()}
    root, status = type_field(), status_field()
    both = checkbox("Both sides act (talks, an agreement, an exchange of fire)")
    words = text_field("In the words", "of the sentence; leave empty for the whole sentence")

    def changes() -> list[Change]:
        names = [
            participant_named(needed(one.value, SIDES[side]), tables.events)["name"]
            for side, one in sides.items()
        ]
        if names[0] == names[1]:
            raise ValueError(f"{names[0]} cannot act on itself, expected two different actors")
        event = AddedEvent(*names, is_joint=both.value, root=root.value, status=status.value)
        return [addition(tables, sentence, words.value.strip() or sentence.text, event.words)]

    return RowFields([*sides.values(), root, status, both, words], changes)


def missed_statement_fields(tables: Tables, identity: str) -> RowFields:
    """Who says what in a sentence."""
    sentence = sentence_of(tables, identity)
    quoted = QUOTED.search(sentence.text)
    words = ipywidgets.Textarea(
        value=quoted[1] if quoted else sentence.text,
        description="What is said",
        rows=3,
        style=STYLE,
        layout=WIDE,
    )
    who, described = speaker_field(tables), description_fields()

    def changes() -> list[Change]:
        added = addition(tables, sentence, needed(words.value, "What is said"), who.value.strip())
        person = speaker_named(added.new, sentence.article_id, tables.quotes)
        before = {"role": person["role"], "country": person["country_code"]}
        typed = {name: one.value.strip() for name, one in described.items() if one.value.strip()}
        if typed and not added.new:
            raise ValueError("A role or a country needs a speaker: name the speaker too.")
        return [
            added._replace(new=person["speaker_name"] or ""),
            *description_changes(before, typed, added.id),
        ]

    return RowFields([words, who, *described.values()], changes)


def needed(value: str, label: str) -> str:
    """What was entered.

    Raises:
        ValueError: nothing was.
    """
    if not value.strip():
        raise ValueError(f"“{label}” is empty: fill it in.")
    return value.strip()


def addition(tables: Tables, sentence: Any, words: str, new: str) -> Change:
    """What is added, at the place of its words nearest to the beginning of the sentence.

    Raises:
        ValueError: the article does not have the words.
    """
    text = article_index(tables)[sentence.article_id].text
    found = [span for span in occurrences(words, text) if span[0] >= sentence.start_char]
    if not found or found[0][0] >= sentence.end_char:
        raise ValueError(f"The sentence does not contain “{words}”: copy the words from it.")
    start, end = found[0]
    return Change(ADD, "", new, f"{sentence.article_id}:{start}:{end}", " ".join(text[start:end].split()))
