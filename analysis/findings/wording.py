"""Facts become words: sentences by templates, an incident by a noun, a side by its name in a sentence.

Each kind of fact has a template, and each form of its sentence a macro in it. The first row of
`findings/act_words.csv` that fits an incident has its nouns: "air strike", "expulsion of diplomats".
"""

import re
from functools import cache
from typing import Any, Final, NamedTuple

from jinja2 import Environment, StrictUndefined
from pandas import Series

from analysis.country_names import (
    country_in_sentence,
    country_name,
    country_names,
    dyad_in_sentence,
    group_in_sentence,
    groups_named,
)
from analysis.indicators.named_sides import states_named
from analysis.ingest.corrections_file import cell_text
from analysis.lexicons import check_cells, load_lexicon
from analysis.phrasing import counted, day_in_words, days_in_words, either, in_words, listed, sentence_start
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
    "isoday": cell_text,
    "either": either,
    "listed": listed,
    "pair": dyad_in_sentence,
    "sentence_start": sentence_start,
}
ENVIRONMENT.globals |= {"counted": counted, "days_in_words": days_in_words, "in_words": in_words}

DOING: Final = (
    r"(?:sign|agree|reach|accept|approv|conclud|finali|announc|declar(?!ation)|extend|ratif|enter|(?:re)?impos|rais|increas"
    r"|implement|doubl|introduc|levy|levies|place|put|adopt|issu|expand|add|set)\w*"
)
"""What is done to an agreement, to tariffs or sanctions: `{do}` in the list of words for acts."""
ITS: Final = r"(?:(?!(?:talks|on|about|over|propos\w*|drafts?|negotiat\w*|discuss\w*)\b)[\w'’$%.-]+ ){0,6}"
"""Between what is done and to what, `{its}`: "sign talks on an agreement" signs none."""
GAP: Final = r"(?:[^.]|\.(?! [A-Z]))"  # `{gap}`: a character of the same sentence, "42.7%", "U.S. tariffs"


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
    """One row of the list: the acts that it fits, and the words for them."""

    roots: tuple[str, ...]
    words: re.Pattern  # one is the act's own or in its sentence; the last row of a type has none
    singular: str


@cache
def act_words() -> tuple[ActWords, ...]:
    """Every row of the list, in its order, which is that of preference.

    Raises:
        ValueError: a cell holds what no code knows.
    """
    rows = load_lexicon("findings/act_words")
    check_cells("findings/act_words", rows["root"].str.split(";").explode(), set(ROOTS))
    found = []
    for row in rows_of(rows):
        words = row.words.replace(";", "|").replace("{do}", DOING).replace("{its}", ITS)
        words = re.compile(rf"\b(?:{words.replace('{gap}', GAP) or '(?!)'})", re.IGNORECASE)
        found.append(ActWords(tuple(row.root.split(";")), words, row.singular))
    return tuple(found)


def words_for(incident: Any, sentence: str) -> ActWords:
    """The words of an incident: the first row of its type that has its own word, else one of the sentence.

    Args:
        incident: row of `Incidents` or `Events`.
        sentence: that reports it.
    """
    rows = [row for row in act_words() if incident.root in row.roots]
    told = (incident.trigger_lemma, f"{sentence} {incident.trigger_lemma} ")
    return next((row for text in told for row in rows if row.words.search(text)), rows[-1])


def name_of_side(code: str, gravest: Any, clauses: list) -> str:
    """A side as clauses on it name it: "the United States", "Somaliland", or the one group in all of them.

    Args:
        code: of the side.
        gravest: row of `Incidents` of which it is a side; None of a country that is no side of a pair.
        clauses: whose `text` is told of it.
    """
    if gravest is None:
        return country_in_sentence(code)
    side = "source" if gravest.source_code == code else "target"
    name, kind = getattr(gravest, f"{side}_name"), getattr(gravest, f"{side}_kind")
    other = gravest.target_name if side == "source" else gravest.source_name
    shared = frozenset.intersection(*(groups_named(one.text, code) for one in clauses)) - {other}
    is_named = name in shared or code not in country_names() or all(name in one.text for one in clauses)
    if kind == "other" or (kind == "armed group" and is_named):  # other: such as parts of countries
        return group_in_sentence(name)
    if len(shared) == 1 and not any(acts_itself(one.text, code) for one in clauses):
        return group_in_sentence(min(shared))
    return country_in_sentence(code)


def acts_itself(text: str, code: str) -> bool:
    """Whether a text names a country, and not only as the place where something happened."""
    place = r"(?:\bin|,|-controlled|-held) (?:the )?{0}|{0}['’]s(?= )".format(re.escape(country_name(code)))
    return code in states_named(re.sub(place, "", text))
