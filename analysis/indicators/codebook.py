"""What readers call each indicator."""

from functools import cache

from analysis.lexicons import load_lexicon


@cache
def indicator_names() -> dict[str, str]:
    """Indicator code -> name, such as "conflict share"."""
    rows = load_lexicon("indicators/codebook")
    return dict(zip(rows["indicator"], rows["name"], strict=True))


def indicator_name(indicator: str) -> str:
    """Name of an indicator; one that is not listed is called by its code."""
    return indicator_names().get(indicator, indicator.replace("_", " "))
