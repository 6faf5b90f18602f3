"""Facts become words here: each kind of fact has a template, and each form of its sentence a macro in it.

A shorter form of a sentence is another macro over the same fact; no finished sentence is cut or patched.
"""

from jinja2 import Environment, StrictUndefined

from analysis.charts.base import sentence_start
from analysis.country_names import country_in_sentence, dyad_in_sentence, dyad_name, subject_name
from analysis.findings.act_words import root_words
from analysis.findings.side_names import country_adjective
from analysis.indicators.codebook import indicator_name
from analysis.ingest.corrections_file import iso_day
from analysis.phrasing import (
    counted,
    day_in_words,
    days_in_words,
    either,
    in_parentheses,
    in_words,
    listed,
    listed_pairs,
    percent,
    plain_number,
    short_day,
    short_days,
    without_full_stop,
)
from analysis.views.render import TEMPLATES, number

COUNT_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def count_word(count: int) -> str:
    """A number that begins a sentence, as a word up to ten: "Two"."""
    return COUNT_WORDS[count] if count < len(COUNT_WORDS) else f"{count:,}"


def directed_act(root: str, source: str, target: str) -> str:
    """ "Chinese aid to Russia", or "aid to Russia by Dominica" for a country without an adjective.

    Args:
        root: event type, such as "AID".
        source: code of the country that acts.
        target: code of the country acted on.
    """
    act = root_words(root)
    phrase = f"{act.plural} {act.preposition} {country_in_sentence(target)}"
    adjective = country_adjective(source)
    return f"{adjective} {phrase}" if adjective else f"{phrase} by {country_in_sentence(source)}"


ENVIRONMENT = Environment(
    loader=TEMPLATES,
    undefined=StrictUndefined,
    autoescape=False,  # plain text, which the page that shows it escapes
    extensions=["jinja2.ext.do"],
)
ENVIRONMENT.filters |= {
    "count_word": count_word,
    "country": country_in_sentence,
    "day": day_in_words,
    "dyad_name": dyad_name,
    "indicator_name": indicator_name,
    "isoday": iso_day,
    "either": either,
    "in_parentheses": in_parentheses,
    "in_words": in_words,
    "listed": listed,
    "number": number,
    "pair": dyad_in_sentence,
    "percent": percent,
    "sentence_start": sentence_start,
    "shortday": short_day,
    "without_full_stop": without_full_stop,
    "listed_pairs": listed_pairs,
    "subject_name": subject_name,
}
ENVIRONMENT.globals |= {
    "plain_number": plain_number,
    "counted": counted,
    "days_in_words": days_in_words,
    "directed_act": directed_act,
    "short_days": short_days,
}


def words(template: str, form: str, *facts: object) -> str:
    """One form of the sentence about a fact; "" where the template has nothing to say.

    Args:
        template: path below `templates/` without its ending, such as "findings/judgments/force".
        form: name of a macro in it.
        facts: what the macro takes.

    Raises:
        jinja2.TemplateNotFound: there is no such template.
        AttributeError: it has no such macro.
    """
    macro = getattr(ENVIRONMENT.get_template(f"{template}.txt.j2").module, form)
    return " ".join(macro(*facts).split())  # how a template is laid out is not how its sentence is
