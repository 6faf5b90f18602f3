"""What was done, by whom to whom: incidents, and their weight by country and pair."""

import pandas as pd

from analysis.tables.codes import ACTOR_KINDS, INCIDENT_STATUSES, ROOTS, TURNS
from analysis.tables.table import WHOLE_OR_MISSING, Table, column

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
        "is_by_proxy": column(bool, "a group acts that the source is said to sponsor"),
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
        "is_own_report": column(bool, "an article itself reports it, not only somebody whom it quotes"),
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
        "theme": column(str, "of its sentences, most often", nullable=True),
        "turn": column(str, "what makes it more than one act among others", isin=TURNS, nullable=True),
        "story_count": column(int, "stories that report it", gt=0),
        "outlet_count": column(int, "owners of the named outlets that report it", ge=0),
        "probability": column(float, "that at least one report is read rightly", ge=0, le=1),
        "is_by_word": column(bool, "a word of some report carries the act; else the model alone reads it"),
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
