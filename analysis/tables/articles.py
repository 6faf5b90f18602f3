"""What is read of articles: the articles, what is found in their texts, and the analyst's corrections."""

import pandas as pd

from analysis.tables.codes import (
    ACTOR_KINDS,
    CUE_STANCES,
    DIMENSIONS,
    QUOTE_KINDS,
    ROOTS,
    STANDINGS,
    STATUSES,
)
from analysis.tables.table import WHOLE_OR_MISSING, Table, column

Articles = Table(
    "Articles",
    "One row per article.",
    {
        "article_id": column(str, unique=True, str_matches="^[0-9a-f]{16}$"),
        "story_id": column(str, "shared by the reprints of a story: the lowest article_id among them"),
        "title": column(str, nullable=True),
        "published_date": column(pd.Timestamp, "a day, without zone", nullable=True),
        "outlet": column(str, nullable=True),
        "author": column(str, nullable=True),
        "url": column(str, nullable=True),
        "note": column(str, "by the analyst, or where the date comes from", nullable=True),
        "path": column(str, "file, or file:line, under seeds/"),
        "word_count": column(int, ge=0),
        "text": column(str),
        "original_text": column(str, "that was translated into `text`", nullable=True),
        "language": column(str, "of the original: Russian", nullable=True),
        "translated_by": column(str, "a person or a program", nullable=True),
    },
)

Rejected = Table(
    "Rejected",
    "One row per file or record that could not be read.",
    {
        "path": column(str, "file, or file:line, under seeds/"),
        "reason": column(str),
    },
)

Sentences = Table(
    "Sentences",
    "One row per sentence.",
    {
        "sentence_id": column(str, "article_id:start_char", unique=True),
        "article_id": column(str),
        "start_char": column(int, ge=0),
        "end_char": column(int, ge=0),
        "paragraph": column(int, "counts from 0, blank lines left out", ge=0),
        "text": column(str),
    },
)

Quotes = Table(
    "Quotes",
    "One row per attribution: the text reports that somebody said, thought or wanted something.",
    {
        "quote_id": column(str, "article_id:start_char:end_char", unique=True),
        "article_id": column(str),
        "start_char": column(int, "first character of the content", ge=0),
        "end_char": column(int, "one past the last character of the content", ge=0),
        "content_spans": column(str, '"12-40 61-90"', str_matches="^\\d+-\\d+( \\d+-\\d+)*$"),
        "text": column(str, 'the content, its pieces joined by " ... "'),
        "kind": column(str, isin=QUOTE_KINDS),
        "cue": column(str, "lemma of the reporting word", nullable=True),
        "cue_start_char": column(WHOLE_OR_MISSING, nullable=True),
        "cue_end_char": column(WHOLE_OR_MISSING, nullable=True),
        "cue_stance": column(str, isin=CUE_STANCES, nullable=True),
        "speaker_start_char": column(WHOLE_OR_MISSING, nullable=True),
        "speaker_end_char": column(WHOLE_OR_MISSING, nullable=True),
        "speaker_id": column(str, "missing where the text does not say who", nullable=True),
        "speaker_name": column(str, nullable=True),
        "role": column(str, nullable=True),
        "affiliation": column(str, nullable=True),
        "country_code": column(str, "ISO 3166-1 alpha-3", nullable=True, str_matches="^[A-Z]{3}$"),
        "is_anonymous": column(bool),
        "anonymity_note": column(str, "the condition for anonymity, as the text states it", nullable=True),
        "probability": column(float, "that the speaker is the right one", ge=0, le=1),
        "rule": column(str, "the rule that decided"),
        "tone_score": column(float, "TextBlob polarity of the content", ge=-1, le=1),
        "subjectivity_score": column(float, "TextBlob subjectivity of the content", ge=0, le=1),
    },
)

Stances = Table(
    "Stances",
    "One row per target that a speaker mentions in a quote.",
    {
        "stance_id": column(str, "quote_id:start_char", unique=True),
        "quote_id": column(str),
        "article_id": column(str),
        "start_char": column(int, "the target's mention", ge=0),
        "end_char": column(int, ge=0),
        "target_id": column(str),
        "target_name": column(str),
        "target_country_code": column(str, nullable=True),
        "label": column(
            WHOLE_OR_MISSING, "missing where the method abstains", isin=(-1, 0, 1), nullable=True
        ),
        "score": column(float, ge=-1, le=1),
        "is_abstained": column(bool),
    },
)

TextEvents = Table(
    "TextEvents",
    "One row per coded event, by its text alone: who does what to whom, in one clause.",
    {
        "event_id": column(str, "article_id:trigger_start_char:source_id>target_id", unique=True),
        "article_id": column(str),
        "start_char": column(int, "the evidence: the sentence", ge=0),
        "end_char": column(int, ge=0),
        "trigger_start_char": column(int, "the word that carries the act", ge=0),
        "trigger_end_char": column(int, ge=0),
        "source_id": column(str),
        "source_name": column(str),
        "source_country_code": column(str, nullable=True),
        "source_kind": column(str, isin=ACTOR_KINDS),
        "target_id": column(str),
        "target_name": column(str),
        "target_country_code": column(str, nullable=True),
        "target_kind": column(str, isin=ACTOR_KINDS),
        "root": column(str, isin=ROOTS),
        "mode": column(str, "PLOVER mode, where the words decide it", nullable=True),
        "context": column(str, "PLOVER context, where the words decide it", nullable=True),
        "quad": column(int, isin=(1, 2, 3, 4)),
        "intensity": column(float, "-10 most conflictual, +10 most cooperative", ge=-10, le=10),
        "status": column(str, "historical also by the article's date: `nlp.events.days`", isin=STATUSES),
        "reported_by": column(str, "speaker_id; missing: the article itself says so", nullable=True),
        "probability": column(float, ge=0, le=1),
        "rule": column(str),
        "source_sponsor_code": column(str, "the state that sponsors the group, by this text", nullable=True),
        "target_sponsor_code": column(str, nullable=True),
        "year": column(WHOLE_OR_MISSING, "of the act, where the text gives one", nullable=True),
        "trigger_lemma": column(str, 'of the word that carries the act, in lower case: "strike"'),
        "when": column(str, 'the words that date the act: "on Tuesday", "last week"', nullable=True),
        "place_name": column(str, 'where it happens, as named: "Rafah"; not a side\'s name', nullable=True),
        "killed_count": column(
            WHOLE_OR_MISSING, "by this act, as its sentence counts them", ge=0, nullable=True
        ),
        "injured_count": column(WHOLE_OR_MISSING, "likewise", ge=0, nullable=True),
    },
)

Events = Table(
    "Events",
    "One row per coded event: who does what to whom, in one clause; when and where it was published.",
    {
        **TextEvents.columns,
        "published_date": column(pd.Timestamp, "of the article: a day, without zone", nullable=True),
        "outlet": column(str, "of the article", nullable=True),
        "dyad": column(str, '"CHN-USA", in alphabetical order; missing within a country', nullable=True),
    },
)

Topics = Table(
    "Topics",
    "One row per sentence and topic.",
    {
        "article_id": column(str),
        "start_char": column(int, "the sentence", ge=0),
        "end_char": column(int, ge=0),
        "dimension": column(str, isin=DIMENSIONS),
        "topic": column(str),
        "weight": column(
            float, "share of its dimension; with the reader they may add up to less than 1", gt=0, le=1
        ),
        "matched": column(str, 'the words that decided, joined by "; "'),
    },
    key=("article_id", "start_char", "dimension", "topic"),
)

DiscoveredTopics = Table(
    "DiscoveredTopics",
    "One row per article and topic that the corpus itself suggests, apart from the fixed taxonomy.",
    {
        "article_id": column(str),
        "topic_id": column(str, "stable from run to run", str_matches="^D\\d+$"),
        "terms": column(str, 'the topic\'s strongest words, joined by ", "'),
        "weight": column(float, "share of the article", gt=0, le=1),
    },
    key=("article_id", "topic_id"),
)

Corrections = Table(
    "Corrections",
    "One row per correction by an analyst, replaced ones included: a line of seeds/corrections.csv.",
    {
        "line": column(int, "in the file", ge=0),
        "table": column(str, isin=("articles", "quotes", "events", "topics")),
        "id": column(str, "of the corrected row; for a topic, of its sentence; for an added row, its place"),
        "field": column(str, 'the column that is corrected; "add" or "drop" for a whole row'),
        "old": column(str, 'what the program said; "" for unknown or none'),
        "new": column(str),
        "note": column(str, "why"),
        "made_by": column(str),
        "made_on": column(str, "ISO 8601"),
        "words": column(
            str, "words of the text: those of an added row, or the first ones of what was corrected"
        ),
        "standing": column(str, 'whether it still applies; "confirmed": not needed', isin=STANDINGS),
        "problem": column(str, 'why it is not applied; "" if it is'),
    },
)

SearchHits = Table(
    "SearchHits",
    "One row per article, title, sentence or statement that a search found, the best match first.",
    {
        "date": column(pd.Timestamp, "of the article", nullable=True),
        "outlet": column(str, nullable=True),
        "title": column(str, nullable=True),
        "text": column(str, "the passage that shows the match best; for a statement, only what is said"),
        "speaker": column(str, "who makes the statement, or speaks in the sentence", nullable=True),
        "passage": column(str, "what kind of passage `text` is", isin=("title", "sentence", "statement")),
        "file": column(str, "file, or file:line, under seeds/"),
        "article_id": column(str),
        "start_char": column(int, "where the passage begins in the article", ge=0),
        "end_char": column(int, ge=0),
        "score": column(float, "BM25"),
        "text_marks": column(str, 'where the searched words are in `text`: "12-40 61-90"'),
        "title_marks": column(str, "likewise in `title`"),
    },
)
