"""Every declared table: what is read of articles, what was done by whom to whom, and what is counted."""

import pandas as pd

from analysis.tables.codes import (
    ACTOR_KINDS,
    CUE_STANCES,
    DIMENSIONS,
    DIRECTIONS,
    INCIDENT_STATUSES,
    QUOTE_KINDS,
    ROOTS,
    STANDINGS,
    STATUSES,
    TURNS,
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
        "importance": column(
            float,
            "for whoever follows the world; of the first sentence of an article, and where two sides act",
            nullable=True,
            ge=0,
            le=5,
        ),
    },
)

Quotes = Table(
    "Quotes",
    "One row per attribution: the text reports that somebody said, thought or wanted something.",
    {
        "quote_id": column(str, "article_id:start_char:end_char, and who else says it", unique=True),
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
        "importance": column(float, "of its sentence, for whoever follows the world", ge=0, le=5),
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

Incidents = Table(
    "Incidents",
    "One row per thing that happened between two sides, or is announced, however many stories report it.",
    {
        "incident_id": column(str, "the event_id of its clearest report", unique=True),
        "dyad": column(str, '"CHN-USA", in alphabetical order; of a bloc its code: "EUU-RUS"'),
        "source_code": column(str, "who acts: country or bloc; of a joint act the first of the pair"),
        "target_code": column(str, "who is acted on"),
        "source_name": column(str, 'as the clearest report has it: "Hamas"'),
        "target_name": column(str, "whom it is done to, as the clearest report has it"),
        "source_kind": column(str, isin=ACTOR_KINDS),
        "target_kind": column(str, isin=ACTOR_KINDS),
        "is_joint": column(bool, "both sides act: talks, an agreement, an exchange of fire"),
        "root": column(str, isin=ROOTS),
        "mode": column(str, 'how it was done, where that is known: "aerial"', nullable=True),
        "quad": column(int, isin=(1, 2, 3, 4)),
        "intensity": column(float, "of its strongest report", ge=-10, le=10),
        "trigger_lemma": column(str, 'of the word that carries the act in the clearest report: "strike"'),
        "status": column(str, "whether it has happened", isin=INCIDENT_STATUSES),
        "is_claim": column(
            bool, "only people of one side, or somebody unnamed, report it; no article itself does"
        ),
        "claimant_code": column(str, "the side that claims it, where one does", nullable=True),
        "is_denied": column(bool, "a text denies it"),
        "is_news": column(
            bool, "whether a report is at the top of its article or dates it to the days before"
        ),
        "is_in_headline": column(
            bool, "whether a report of news is below a headline about the same two sides"
        ),
        "first_day": column(pd.Timestamp, "when it happened, or is to happen", nullable=True),
        "last_day": column(pd.Timestamp, "the last of these days, both included", nullable=True),
        "is_day_known": column(bool, "the text names the day; else it is the day of the first report"),
        "first_reported": column(pd.Timestamp, "day of the first article that reports it", nullable=True),
        "last_reported": column(pd.Timestamp, "day of the newest one", nullable=True),
        "place_name": column(str, "where, in the words of the text", nullable=True),
        "killed_count": column(
            WHOLE_OR_MISSING, "at least; the newest report with a toll", ge=0, nullable=True
        ),
        "injured_count": column(WHOLE_OR_MISSING, "at least, as killed_count", ge=0, nullable=True),
        "importance": column(float, "the highest of its reports, as in `Events`", ge=0, le=5),
        "theme": column(str, "of its sentences, most often", nullable=True),
        "turn": column(str, "what makes it weigh more or less than others", isin=TURNS, nullable=True),
        "story_count": column(int, "stories that report it", gt=0),
        "outlet_count": column(int, "owners of the named outlets that report it", ge=0),
        "probability": column(float, "that at least one report is read rightly", ge=0, le=1),
        "article_id": column(str, "of the clearest report"),
        "start_char": column(int, "the sentence of the clearest report", ge=0),
        "end_char": column(int, ge=0),
        "article_ids": column(str, "joined by a space, the clearest report first"),
        "event_ids": column(str, "joined by a space, the clearest report first"),
    },
)

CountryLevels = Table(
    "CountryLevels",
    "One row per country or bloc with an incident: how much conflict is reported of it.",
    {
        "country_code": column(str, 'ISO 3166-1 alpha-3; of a bloc "EUU" or "NATO"', unique=True),
        "conflict_weight": column(float, "of hostile incidents, 1 each for a bombing; either side", ge=0),
        "incident_count": column(int, "hostile or not, done and not announced", gt=0),
    },
)

PairLevels = Table(
    "PairLevels",
    "One row per pair of countries or blocs with an incident: how much conflict and cooperation it has.",
    {
        "dyad": column(str, unique=True),
        "conflict_weight": column(float, "of hostile incidents, 1 each for a bombing", ge=0),
        "cooperation_weight": column(float, "of cooperative incidents, 1 each for the strongest", ge=0),
        "incident_count": column(int, "hostile or not, done and not announced", gt=0),
    },
)

Partners = Table(
    "Partners",
    "One row per country or bloc that a country has incidents with.",
    {
        "partner_code": column(str, 'ISO 3166-1 alpha-3; for a bloc "EUU" or "NATO"', unique=True),
        "hostile_count": column(int, "hostile incidents, done and not only announced", ge=0),
        "cooperative_count": column(int, "likewise, cooperative ones", ge=0),
        "announced_count": column(int, "announced incidents, hostile or not", ge=0),
        "last_day": column(pd.Timestamp, "day of the newest incident that is done", nullable=True),
    },
)

Indicators = Table(
    "Indicators",
    "One row per indicator, subject and period.",
    {
        "indicator": column(str),
        "dyad": column(
            str, '"CHN-USA", either way; "USA>CHN", the first on the second; "world"; a country\'s code'
        ),
        "period": column(str, '"all", or the first day of the period, ISO 8601'),
        "value": column(float, "missing where nothing was found", nullable=True),
        "low": column(float, "95% interval", nullable=True),
        "high": column(float, nullable=True),
        "event_count": column(int, "of a share of stories: the stories that match", ge=0),
        "article_count": column(int, ge=0),
        "story_count": column(int, "of a value per story: all stories read", ge=0),
    },
    key=("indicator", "dyad", "period"),
)

ThemeShares = Table(
    "ThemeShares",
    "One row per outlet and period in which it published: the share of its articles that have a theme.",
    {
        "outlet": column(str, 'who published them; "" for all outlets together'),
        "period": column(str, '"all", or the first day of the period, ISO 8601'),
        "article_count": column(int, "articles of the outlet in the period", gt=0),
        "theme_count": column(int, "articles among them with a sentence on the theme", ge=0),
        "share": column(float, "`theme_count` divided by `article_count`", ge=0, le=1),
        "low": column(float, "95% interval", ge=0, le=1),
        "high": column(float, ge=0, le=1),
    },
    key=("outlet", "period"),
)

StancePeriods = Table(
    "StancePeriods",
    "One row per target and period: how often what a speaker says is for or against it.",
    {
        "target": column(str, "code of a country or bloc, or id of an armed group"),
        "period": column(str, '"all", or the first day of the period, ISO 8601'),
        "favourable_count": column(int, "stances for it", ge=0),
        "unfavourable_count": column(int, "stances against it", ge=0),
        "neutral_count": column(int, "stances that are neither", ge=0),
        "undecided_count": column(int, "stances that the words do not settle", ge=0),
        "story_count": column(int, "stories with these stances", gt=0),
    },
    key=("target", "period"),
)

StanceChanges = Table(
    "StanceChanges",
    "One row per target: a speaker's mean stance in the earlier and the later half of the stories on it.",
    {
        "target": column(str, "as in `StancePeriods`", unique=True),
        "split_date": column(pd.Timestamp, "the first day of the later half"),
        "before_mean": column(float, "missing if only one day", ge=-1, le=1, nullable=True),
        "after_mean": column(float, "of the later half", ge=-1, le=1),
        "before_story_count": column(int, "stories of the earlier half", ge=0),
        "after_story_count": column(int, "stories of the later half", gt=0),
        "low": column(float, "95% interval of the later mean minus the earlier one", nullable=True),
        "high": column(float, nullable=True),
        "direction": column(str, "up: friendlier", isin=DIRECTIONS),
    },
)

PeriodLevels = Table(
    "PeriodLevels",
    "One row per pair and window of days: the reporting period and the equally long ones before it.",
    {
        "dyad": column(str),
        "window_start": column(pd.Timestamp, "its first day"),
        "window_end": column(pd.Timestamp, "its last day, included"),
        "is_period": column(bool, "the reporting period; the others are its background"),
        "hostile_weight": column(float, "a bombing near 1; missing: nothing read", ge=0, nullable=True),
        "hostile_count": column(WHOLE_OR_MISSING, "incidents that are added up", ge=0, nullable=True),
        "hostile_squares": column(float, "sum of each story's weight squared", ge=0, nullable=True),
        "story_count": column(int, "all stories read in the window, about whichever pair", ge=0),
    },
    key=("dyad", "window_start"),
)

PeriodMoves = Table(
    "PeriodMoves",
    "One row per pair: how hostile the reporting period is, against what is usual for the pair.",
    {
        "dyad": column(str, unique=True),
        "hostile_weight": column(float, "of the period", ge=0, nullable=True),
        "usual_weight": column(float, "of as many stories in its background", ge=0, nullable=True),
        "hostile_count": column(int, "hostile incidents in the period and its background", ge=0),
        "window_count": column(int, "windows of the background in which something was read", ge=0),
        "p_value": column(float, "two-sided, for this pair alone", ge=0, le=1, nullable=True),
        "adjusted_p_value": column(float, "for all pairs compared", ge=0, le=1, nullable=True),
        "direction": column(str, "of hostility, or that it cannot be compared", isin=DIRECTIONS),
        "reason": column(str, 'why it is not compared; "" where it is'),
    },
)

Spikes = Table(
    "Spikes",
    "One row per stretch of days in which a pair was far more hostile than at all other times.",
    {
        "dyad": column(str),
        "kind": column(str, "up to four weeks, or longer", isin=("spike", "new level")),
        "start_date": column(str, "of the first story with a hostile act, ISO 8601"),
        "end_date": column(str, "of the last story with a hostile act"),
        "peak_date": column(str, "the first of its seven heaviest days"),
        "hostile_weight": column(float, "of these seven days; a bombing weighs near 1", ge=0),
        "usual_weight": column(float, "of seven such days at all other times", ge=0),
        "surprise_score": column(float, "of the whole, roughly in standard deviations", gt=0),
        "story_count": column(int, "with a hostile act, of the whole", gt=0),
        "proxy_story_count": column(int, "stories whose worst act is by a proxy of one side", ge=0),
        "event_ids": column(str, "of the seven days, joined by a space"),
    },
    key=("dyad", "start_date"),
)

ChangePoints = Table(
    "ChangePoints",
    "One row per period in which a long series moves to another level and stays there.",
    {
        "indicator": column(str),
        "dyad": column(str),
        "period": column(str, "the first of the new level"),
        "before_mean": column(float),
        "after_mean": column(float),
    },
    key=("indicator", "dyad", "period"),
)

RiskMatches = Table(
    "RiskMatches",
    "One row per article: whether it speaks of geopolitical risk, and through which words.",
    {
        "article_id": column(str, unique=True),
        "is_threat": column(bool, "queries of categories 1 to 5"),
        "is_act": column(bool, "6 to 8"),
        "is_excluded": column(bool, "it holds a word such as *anniversary* or *film*"),
        "matched": column(str, "the pairs of words that matched, by query"),
    },
)
