"""What is read of articles: the articles, what is found in their texts, and the analyst's corrections."""

import pandera.pandas as pa
from pandera.typing.pandas import Series

from analysis.tables.codes import (
    ACTOR_KINDS,
    CUE_STANCES,
    DIMENSIONS,
    QUOTE_KINDS,
    ROOTS,
    STANDINGS,
    STATUSES,
)
from analysis.tables.table import Table


class Articles(Table):
    """One row per article."""

    article_id: Series[str] = pa.Field(unique=True, str_matches=r"^[0-9a-f]{16}$")
    story_id: Series[str]  # shared by the reprints of a story: the lowest article_id among them
    title: Series[str] = pa.Field(nullable=True)
    published_date: Series[pa.DateTime] = pa.Field(nullable=True)  # a day, without zone
    outlet: Series[str] = pa.Field(nullable=True)
    author: Series[str] = pa.Field(nullable=True)
    url: Series[str] = pa.Field(nullable=True)
    note: Series[str] = pa.Field(nullable=True)  # by the analyst, or where the date comes from
    path: Series[str]  # file, or file:line, under seeds/
    word_count: Series[int] = pa.Field(ge=0)
    text: Series[str]
    original_text: Series[str] = pa.Field(nullable=True)  # that was translated into `text`
    language: Series[str] = pa.Field(nullable=True)  # of the original: Russian
    translated_by: Series[str] = pa.Field(nullable=True)  # a person or a program


class Rejected(Table):
    """One row per file or record that could not be read."""

    path: Series[str]  # file, or file:line, under seeds/
    reason: Series[str]


class Sentences(Table):
    """One row per sentence."""

    sentence_id: Series[str] = pa.Field(unique=True)  # article_id:start_char
    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)
    end_char: Series[int] = pa.Field(ge=0)
    paragraph: Series[int] = pa.Field(ge=0)  # counts from 0, blank lines left out
    text: Series[str]


class Quotes(Table):
    """One row per attribution: the text reports that somebody said, thought or wanted something."""

    quote_id: Series[str] = pa.Field(unique=True)  # article_id:start_char:end_char
    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # first character of the content
    end_char: Series[int] = pa.Field(ge=0)  # one past the last character of the content
    content_spans: Series[str] = pa.Field(str_matches=r"^\d+-\d+( \d+-\d+)*$")  # "12-40 61-90"
    text: Series[str]  # the content, its pieces joined by " ... "
    kind: Series[str] = pa.Field(isin=QUOTE_KINDS)
    cue: Series[str] = pa.Field(nullable=True)  # lemma of the reporting word
    cue_start_char: Series[pa.Int64] = pa.Field(nullable=True)
    cue_end_char: Series[pa.Int64] = pa.Field(nullable=True)
    cue_stance: Series[str] = pa.Field(isin=CUE_STANCES, nullable=True)
    speaker_start_char: Series[pa.Int64] = pa.Field(nullable=True)
    speaker_end_char: Series[pa.Int64] = pa.Field(nullable=True)
    speaker_id: Series[str] = pa.Field(nullable=True)  # missing where the text does not say who
    speaker_name: Series[str] = pa.Field(nullable=True)
    role: Series[str] = pa.Field(nullable=True)
    affiliation: Series[str] = pa.Field(nullable=True)
    country_code: Series[str] = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$")  # ISO 3166-1 alpha-3
    is_anonymous: Series[bool]
    anonymity_note: Series[str] = pa.Field(
        nullable=True
    )  # the condition for anonymity, as the text states it
    probability: Series[float] = pa.Field(ge=0, le=1)  # that the speaker is the right one
    rule: Series[str]  # the rule that decided
    tone_score: Series[float] = pa.Field(ge=-1, le=1)  # TextBlob polarity of the content
    subjectivity_score: Series[float] = pa.Field(ge=0, le=1)  # TextBlob subjectivity of the content


class Stances(Table):
    """One row per target that a speaker mentions in a quote."""

    stance_id: Series[str] = pa.Field(unique=True)  # quote_id:start_char
    quote_id: Series[str]
    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # the target's mention
    end_char: Series[int] = pa.Field(ge=0)
    target_id: Series[str]
    target_name: Series[str]
    target_country_code: Series[str] = pa.Field(nullable=True)
    label: Series[pa.Int64] = pa.Field(isin=(-1, 0, 1), nullable=True)  # missing where the method abstains
    score: Series[float] = pa.Field(ge=-1, le=1)
    is_abstained: Series[bool]


class TextEvents(Table):
    """One row per coded event, by its text alone: who does what to whom, in one clause."""

    event_id: Series[str] = pa.Field(unique=True)  # article_id:trigger_start_char:source_id>target_id
    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # the evidence: the sentence
    end_char: Series[int] = pa.Field(ge=0)
    trigger_start_char: Series[int] = pa.Field(ge=0)  # the word that carries the act
    trigger_end_char: Series[int] = pa.Field(ge=0)
    source_id: Series[str]
    source_name: Series[str]
    source_country_code: Series[str] = pa.Field(nullable=True)
    source_kind: Series[str] = pa.Field(isin=ACTOR_KINDS)
    target_id: Series[str]
    target_name: Series[str]
    target_country_code: Series[str] = pa.Field(nullable=True)
    target_kind: Series[str] = pa.Field(isin=ACTOR_KINDS)
    root: Series[str] = pa.Field(isin=ROOTS)
    mode: Series[str] = pa.Field(nullable=True)  # PLOVER mode, where the words decide it
    context: Series[str] = pa.Field(nullable=True)  # PLOVER context, where the words decide it
    quad: Series[int] = pa.Field(isin=(1, 2, 3, 4))
    intensity: Series[float] = pa.Field(ge=-10, le=10)  # -10 most conflictual, +10 most cooperative
    status: Series[str] = pa.Field(
        isin=STATUSES
    )  # historical also by the article's date: `nlp.events.recency`
    reported_by: Series[str] = pa.Field(nullable=True)  # speaker_id; missing: the article itself says so
    probability: Series[float] = pa.Field(ge=0, le=1)
    rule: Series[str]
    source_sponsor_code: Series[str] = pa.Field(
        nullable=True
    )  # the state that sponsors the group, by this text
    target_sponsor_code: Series[str] = pa.Field(nullable=True)
    year: Series[pa.Int64] = pa.Field(nullable=True)  # of the act, where the text gives one
    trigger_lemma: Series[str]  # of the word that carries the act, in lower case: "strike"
    when: Series[str] = pa.Field(nullable=True)  # the words that date the act: "on Tuesday", "last week"
    place_name: Series[str] = pa.Field(
        nullable=True
    )  # where it happens, as named: "Rafah"; not a side's name
    killed_count: Series[pa.Int64] = pa.Field(ge=0, nullable=True)  # by this act, as its sentence counts them
    injured_count: Series[pa.Int64] = pa.Field(ge=0, nullable=True)  # likewise


class Events(TextEvents):
    """One row per coded event: who does what to whom, in one clause; when and where it was published."""

    published_date: Series[pa.DateTime] = pa.Field(nullable=True)  # of the article: a day, without zone
    outlet: Series[str] = pa.Field(nullable=True)  # of the article
    dyad: Series[str] = pa.Field(nullable=True)  # "CHN-USA", in alphabetical order; missing within a country


class Topics(Table, key=("article_id", "start_char", "dimension", "topic")):
    """One row per sentence and topic."""

    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # the sentence
    end_char: Series[int] = pa.Field(ge=0)
    dimension: Series[str] = pa.Field(isin=DIMENSIONS)
    topic: Series[str]
    weight: Series[float] = pa.Field(
        gt=0, le=1
    )  # share of its dimension; with the reader they may add up to less than 1
    matched: Series[str]  # the words that decided, joined by "; "


class DiscoveredTopics(Table, key=("article_id", "topic_id")):
    """One row per article and topic that the corpus itself suggests, apart from the fixed taxonomy."""

    article_id: Series[str]
    topic_id: Series[str] = pa.Field(str_matches=r"^D\d+$")  # stable from run to run
    terms: Series[str]  # the topic's strongest words, joined by ", "
    weight: Series[float] = pa.Field(gt=0, le=1)  # share of the article


class Corrections(Table):
    """One row per correction by an analyst, replaced ones included: a line of seeds/corrections.csv."""

    line: Series[int] = pa.Field(ge=0)  # in the file
    table: Series[str] = pa.Field(isin=("articles", "quotes", "events", "topics"))
    id: Series[str]  # of the corrected row; for a topic, of its sentence; for an added row, its place
    field: Series[str]  # the column that is corrected; "add" or "drop" for a whole row
    old: Series[str]  # what the program said; "" for unknown or none
    new: Series[str]
    note: Series[str]  # why
    made_by: Series[str]
    made_on: Series[str]  # ISO 8601
    words: Series[str]  # words of the text: those of an added row, or the first ones of what was corrected
    standing: Series[str] = pa.Field(isin=STANDINGS)  # whether it still applies; "confirmed": not needed
    problem: Series[str]  # why it is not applied; "" if it is


class SearchHits(Table):
    """One row per article, title, sentence or statement that a search found, the best match first."""

    date: Series[pa.DateTime] = pa.Field(nullable=True)  # of the article
    outlet: Series[str] = pa.Field(nullable=True)
    title: Series[str] = pa.Field(nullable=True)
    text: Series[str]  # the passage that shows the match best; for a statement, only what is said
    speaker: Series[str] = pa.Field(nullable=True)  # who makes the statement, or speaks in the sentence
    passage: Series[str] = pa.Field(isin=("title", "sentence", "statement"))  # what kind of passage `text` is
    file: Series[str]  # file, or file:line, under seeds/
    article_id: Series[str]
    start_char: Series[int] = pa.Field(ge=0)  # where the passage begins in the article
    end_char: Series[int] = pa.Field(ge=0)
    score: Series[float]  # BM25
    text_marks: Series[str]  # where the searched words are in `text`: "12-40 61-90"
    title_marks: Series[str]  # likewise in `title`
