"""Facts become words: sentences by templates, an incident by a noun, a side by its name in a sentence.

Each kind of fact has a template, and each form of its sentence a macro in it. The row of
`findings/act_words.csv` that fits an incident best has its nouns: "air strike", "expulsion of diplomats".
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple

import pandas as pd
from jinja2 import Environment, StrictUndefined
from pandas import Series

from analysis.charts.base import sentence_start
from analysis.country_names import country_in_sentence, country_name, dyad_in_sentence, former_name
from analysis.ingest.corrections_file import iso_day
from analysis.lexicons import check_cells, load_lexicon
from analysis.phrasing import counted, day_in_words, days_in_words, either, listed
from analysis.schemas import ROOTS
from analysis.tables.rows import rows_of
from analysis.views.render import TEMPLATES

ENVIRONMENT = Environment(
    loader=TEMPLATES,
    undefined=StrictUndefined,
    autoescape=False,  # plain text, which the page that shows it escapes
    extensions=["jinja2.ext.do"],
)
ENVIRONMENT.filters |= {
    "country": country_in_sentence,
    "day": day_in_words,
    "isoday": iso_day,
    "either": either,
    "listed": listed,
    "pair": dyad_in_sentence,
    "sentence_start": sentence_start,
}
ENVIRONMENT.globals |= {"counted": counted, "days_in_words": days_in_words}

ANY_ROOT: Final = "any"
NEVER: Final = "(?!)"  # matches nothing
SCORES: Final = {"lemma": 16, "target": 8, "word": 4, "mode": 2}
"""How much a filled cell narrows a row down: the act's own word most, then whether somebody is named."""
MUTUAL_ROOTS: Final = ("AGREE", "CONSULT", "COOPERATE")
OF_COUNTRIES: Final = ("AGREE", "COOPERATE", "PROTEST", "MOBILIZE")
"""Acts on a country even if a person is named: sanctions on a minister are no sanctions on the state."""
MOST_NOUNS: Final = 3  # in the label of a picture


def words(template: str, form: str, *facts: object) -> str:
    """One form of the sentence about a fact; "" where the template has nothing to say.

    Args:
        template: path below `templates/` without its ending, such as "findings/sources".
        form: name of a macro in it.
        facts: what the macro takes.

    Raises:
        jinja2.TemplateNotFound: there is no such template.
        AttributeError: it has no such macro.
    """
    macro = getattr(ENVIRONMENT.get_template(f"{template}.txt.j2").module, form)
    return " ".join(macro(*facts).split())  # how a template is laid out is not how its sentence is


def most_frequent(names: Series, most: int | None = None) -> list[tuple[str, int]]:
    """Names with their counts, the most frequent first, ties in the order of their first rows."""
    counts = names.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return [(str(name), int(count)) for name, count in counts.head(most).items()]


class ActWords(NamedTuple):
    """One row of the list: what it fits, and the words for it; an empty cell fits everything."""

    root: str
    lemma: tuple[str, ...]
    mode: tuple[str, ...]
    word: tuple[tuple[str, ...], ...]  # any of these groups, all words of the group
    target: str  # "named": a person, a company or an organisation, not a country or group
    label: str  # short plural for a picture: "strikes"
    singular: str
    mutual: str  # "yes" if it can be said of what two do to each other

    @property
    def narrowness(self) -> int:
        filled = sum(score for field, score in SCORES.items() if getattr(self, field))
        return filled + (self.root != ANY_ROOT)


@cache
def act_words() -> tuple[ActWords, ...]:
    """Every row of the list, in its order.

    Raises:
        ValueError: a cell holds what no code knows.
    """
    allowed = {"target": ("", "named"), "mutual": ("", "yes"), "root": (*ROOTS, ANY_ROOT)}
    rows = load_lexicon("findings/act_words", allowed=allowed)
    modes = load_lexicon("events/modes")["mode"]
    check_cells("findings/act_words", rows["mode"].str.split(";").explode(), {"", *modes})

    def parts(cell: str) -> tuple[str, ...]:
        return tuple(cell.split(";")) if cell else ()

    found = []
    for row in rows[list(ActWords._fields)].itertuples(index=False):
        groups = tuple(tuple(group.split("+")) for group in parts(row.word))  # "impose+tariff;duty"
        cells = {**row._asdict(), "lemma": parts(row.lemma), "mode": parts(row.mode), "word": groups}
        found.append(ActWords(**cells))
    return tuple(found)


def words_for(incident: Any, sentence: str) -> ActWords:
    """The words of an incident, of the narrowest row that fits; where both sides act, said of two.

    Args:
        incident: row of `Incidents`.
        sentence: that reports it, for other words than its own, such as "tariffs" beside "impose".
    """
    rows = [row for row in act_words() if row.root in (incident.root, ANY_ROOT)]
    fitting = [row for row in rows if fits(row, incident, sentence.lower())]
    narrowest = max(fitting, key=lambda row: row.narrowness)
    if narrowest.mutual or not incident.is_joint:
        return narrowest
    return max((row for row in rows if row.narrowness <= 1), key=lambda row: row.narrowness)  # of the root


def fits(row: ActWords, incident: Any, sentence: str) -> bool:
    """Whether every filled cell of a row of the act's root agrees with the incident.

    Where only the model reads the act, no word of the sentence need carry it. A deed then has the words of
    its type, or those on which two words of the sentence agree, such as "impose" and "tariffs".
    """
    is_named = incident.target_kind in ("person", "organisation") and incident.root not in OF_COUNTRIES
    is_word_enough = bool(incident.is_by_word) or incident.root in MUTUAL_ROOTS
    return (
        (not row.lemma or incident.trigger_lemma in row.lemma)
        and (not row.mode or ("" if pd.isna(incident.mode) else incident.mode) in row.mode)
        and (not row.target or (is_named and not incident.is_joint))
        and (is_word_enough or not row.lemma or bool(row.word))
        and (not row.word or any(all(has(one, incident, sentence) for one in group) for group in row.word))
    )


def has(word: str, incident: Any, sentence: str) -> bool:
    """Whether a sentence, in lower case, has a word or one that begins with it: "tariff" in "tariffs".

    "{place}" in it is the place, "{adjective}" any adjective of the target, after which the word
    must be whole, since "kyrgyzs" begins "Kyrgyzstan".
    """
    spelled = re.escape(word)
    if "{place}" in word:
        place = "" if pd.isna(incident.place_name) else str(incident.place_name).lower()
        spelled = spelled.replace(r"\{place\}", re.escape(place) or NEVER)
    if "{adjective}" in word:
        any_adjective = "|".join(map(re.escape, adjectives_of(incident.target_code))) or NEVER
        spelled = spelled.replace(r"\{adjective\}", f"(?:{any_adjective})") + r"\b"
    return re.search(rf"\b{spelled}", sentence) is not None


def about(incidents: list, sentences: Mapping[str, str]) -> str:
    """Three kinds of act at most, for the label of a picture: "strikes, talks".

    Args:
        incidents: rows of `Incidents`.
        sentences: by `incident_id`, the sentence that reports it, whose other words may say more.

    Returns:
        The kinds, first what most stories report and what weighs most; "" without incidents.
    """
    weights: dict[str, float] = defaultdict(float)
    for incident in incidents:
        label = words_for(incident, sentences.get(incident.incident_id, "")).label
        weights[label] += incident.story_count * max(abs(incident.intensity), 1)
    leading = sorted(weights, key=lambda label: (-weights[label], label))
    return ", ".join(leading[:MOST_NOUNS])


@cache
def side_names() -> dict[str, Any]:
    """The row of each name whose article or adjective does not follow from a rule."""
    return {row.name: row for row in rows_of(load_lexicon("findings/side_names"))}


def group_in_sentence(name: str) -> str:
    """An armed group as a sentence names it: "the Houthis", "Hamas"."""
    row = side_names().get(name)
    return (row and row.in_sentence) or name


@cache
def group_terms() -> dict[str, list[tuple[re.Pattern, str]]]:
    """Code of a country -> the pattern and the name of each term for an armed group there."""
    rows = load_lexicon("actors/aliases")
    found: dict[str, list[tuple[re.Pattern, str]]] = {}
    for row in rows_of(rows[rows["kind"] == "armed group"]):
        found.setdefault(row.country_code, []).append((re.compile(rf"\b{re.escape(row.term)}\b"), row.name))
    return found


def groups_named(text: str, code: str) -> frozenset[str]:
    """The armed groups of a country that a text names."""
    return frozenset(name for term, name in group_terms().get(code, []) if term.search(text))


@cache
def adjectives() -> dict[str, list[str]]:
    """Code of a country or bloc -> its adjectives: "USA" -> "American", "US"."""
    countries, blocs = load_lexicon("actors/countries"), load_lexicon("actors/blocs")
    codes = [*countries["country_code"], *blocs["code"]]
    cells = [*countries["adjectives"], *blocs["adjective"]]
    return {code: cell.split(";") for code, cell in zip(codes, cells, strict=True)}


@cache
def adjectives_of(code: str) -> tuple[str, ...]:
    """Every adjective of a country or bloc, in lower case: "american", "us"."""
    found = (*adjectives().get(code, ()), country_adjective(code))
    return tuple(dict.fromkeys(word.lower() for word in found if word))


def country_adjective(code: str) -> str:
    """ "Russian", "US", "EU"; "" for a country that has none."""
    if former := former_name(code):
        return former.adjective
    row = side_names().get(country_name(code))
    return row.adjective if row else adjectives().get(code, [""])[0]
