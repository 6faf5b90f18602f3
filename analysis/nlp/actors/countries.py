"""Countries and the other listed names that are no people, and `the North` and `the South` of Korea."""

from analysis.country_names import country_name
from analysis.nlp.actors.gazetteer import Match
from analysis.nlp.actors.name_words import context_words, given_names
from analysis.nlp.actors.page import Mention, Page

KOREAS = {"North": "PRK", "South": "KOR"}
UNION, EUROPE = "bloc:european-union", "bloc:europe"  # the second is the first where a text names both
NEVER_SURNAMES = ("China", "Iran")


def stands_for_actor(match: Match, words: list[str]) -> bool:
    """False where a listed name means something else here: `Jim Jordan`, `Atlanta, Georgia`."""
    entry, i = match.entry, match.start
    if i and words[i - 1].lower() == "ethnic":
        return False  # ethnic Albanians of Serbia
    if entry.actor_id == "bloc:the-west" and words[match.end : match.end + 1]:
        return not words[match.end][0].isupper()  # the West African bloc, the West Bank
    if entry.kind != "country" or entry.form == "adjective":
        return True
    if entry.actor_id == "GEO":
        return not context_words("Georgia").isdisjoint(words)
    is_one_word = match.end - i == 1 and entry.form in ("name", "capital")
    return not (is_one_word and i and words[i - 1] in given_names() and words[i] not in NEVER_SURNAMES)


def find_countries(page: Page) -> list[Mention]:
    """The listed names that are no people."""
    union = next((m.entry for m in page.matches if m.entry.actor_id == UNION), None)
    return [
        listed_mention(match._replace(entry=union) if union and match.entry.actor_id == EUROPE else match)
        for match in page.matches
        if match.entry.actor_id and match.entry.kind != "person"
    ]


def listed_mention(match: Match) -> Mention:
    entry = match.entry
    row = (match.start, match.end, entry.actor_id, entry.name, entry.country_code, entry.kind)
    return Mention(*row, role=None, affiliation=None, is_dateline=False)


def find_koreas(page: Page) -> list[Mention]:
    """`The North` and `the South` in a text that names a Korea and nothing else with a north and a south."""
    first = next((match.start for match in page.matches if match.entry.actor_id in KOREAS.values()), None)
    if first is None or not context_words("other north and south").isdisjoint(page.words):
        return []
    return [korea_mention(page, i) for i in range(first + 1, len(page.words)) if is_half(page, i)]


def is_half(page: Page, i: int) -> bool:
    """The `North` of `the North threatened`, not of `the North of England` or `the South China Sea`."""
    words = page.words
    if words[i] not in KOREAS or words[i - 1] not in ("the", "The"):
        return False
    following = words[i + 1] if i + 1 < len(words) else ""
    return following != "of" and not following[:1].isupper()


def korea_mention(page: Page, i: int) -> Mention:
    code = KOREAS[page.words[i]]
    return Mention(i, i + 1, code, country_name(code), code, "country", None, None, is_dateline=False)
