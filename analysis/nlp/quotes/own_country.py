"""Who speaks for a country: words of war in their mouth are not against it, unless they admit something."""

from analysis.nlp.actors.page import Mention
from analysis.nlp.parse.word_classes import agent_nouns, word_classes
from analysis.nlp.quotes.attribution import Quote

ADMITTING = "admitting"


def speaks_for(quote: Quote, mention: Mention) -> bool:
    """Whether a statement is made in the name of the country that it names.

    Args:
        quote: a statement.
        mention: an actor that it names.

    Returns:
        True for the country itself, its organs and those in office. False for its opposition, for private
        persons, for who is out of office, and where the speaker admits something.
    """
    if quote.country_code is None or quote.country_code != mention.actor_id:
        return False
    described = f"{quote.role or ''} {quote.speaker_name}".lower().split()
    words = {form for word in described for form in (word, word.removesuffix("s"))}
    classes = word_classes()
    is_in_office = not words.isdisjoint(agent_nouns())
    is_private = not words.isdisjoint(classes["opposed"] | classes["out of office"])
    is_country = quote.speaker_id == quote.country_code
    return (is_country or is_in_office) and not is_private and quote.cue_stance != ADMITTING
