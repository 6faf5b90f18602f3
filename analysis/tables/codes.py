"""The codes and names that cells of several tables have."""

from typing import Final

ROOT_NAMES: Final = {
    "AGREE": "agreement",
    "CONSULT": "talks",
    "SUPPORT": "support in words",
    "CONCEDE": "concession in words",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "concession in deeds",
    "REQUEST": "demand",
    "ACCUSE": "accusation",
    "REJECT": "rejection",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercion",
    "ASSAULT": "assault",
}
"""What readers call each of the 16 PLOVER event types. Source: PLOVER codebook (OEDA), February 2024."""
ROOTS: Final = tuple(ROOT_NAMES)

QUADS: Final = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "CONCEDE": 1,
    "COOPERATE": 2,
    "AID": 2,
    "RETREAT": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}
"""Quad class of each root: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material
conflict. Source: PLOVER codebook (OEDA), February 2024."""

QUAD_NAMES: Final = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}

STATUSES: Final = ("past", "ongoing", "future", "hypothetical", "negated", "historical")
ACT_STATUSES: Final = ("past", "ongoing")
"""Statuses that count as done; the others are announced, hypothetical, denied or long past."""

TURNS: Final = ("extreme", "foiled")
INCIDENT_STATUSES: Final = ("done", "announced")

APPLIES, MOVED, CONFIRMED, REPLACED, LAPSED = "applies", "moved", "confirmed", "replaced", "lapsed"
STANDINGS: Final = (APPLIES, MOVED, CONFIRMED, REPLACED, LAPSED)
"""Whether a correction still applies: it does; it applies to the row that the rules now read at its place;
the program now says the same by itself; a later line replaces it; it no longer applies."""

QUOTE_KINDS: Final = ("direct", "partial", "indirect", "translated")
CUE_STANCES: Final = ("neutral", "assertive", "doubtful", "admitting", "warning", "intending", "believing")
ACTOR_KINDS: Final = ("country", "person", "organisation", "bloc", "armed group", "other")
DIMENSIONS: Final = ("theme", "theatre")
DIRECTIONS: Final = ("up", "down", "no clear change", "not compared")
