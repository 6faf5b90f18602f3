"""Facts become words here: each kind of fact has a template, and each form of its sentence a macro in it.

A shorter form of a sentence is another macro over the same fact; no finished sentence is cut or patched.
"""

from jinja2 import Environment, StrictUndefined

from analysis.charts.base import sentence_start
from analysis.country_names import country_in_sentence, dyad_in_sentence, subject_name
from analysis.ingest.corrections_file import iso_day
from analysis.phrasing import (
    counted,
    day_in_words,
    days_in_words,
    either,
    listed,
)
from analysis.views.render import TEMPLATES, number

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
    "number": number,
    "pair": dyad_in_sentence,
    "sentence_start": sentence_start,
    "subject_name": subject_name,
}
ENVIRONMENT.globals |= {
    "counted": counted,
    "days_in_words": days_in_words,
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
