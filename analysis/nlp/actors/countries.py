"""Countries and the other listed names that are no people, and `the North` and `the South` of Korea."""

from analysis.country_names import country_name
from analysis.nlp.actors.gazetteer import Entry, Match, find_places, match_at
from analysis.nlp.actors.name_words import context_words, given_names
from analysis.nlp.actors.page import Mention, Page
from analysis.nlp.actors.titles import portfolio_words, roles
from analysis.nlp.parse.word_classes import word_classes

KOREAS = {"North": "PRK", "South": "KOR"}
UNION, EUROPE = "bloc:european-union", "bloc:europe"  # the second is the first where a text names both
TALIBAN = "group:taliban"
PAKISTANI_TALIBAN = ["Pakistani", "Taliban"]  # another group, which fights Pakistan
NEVER_SURNAMES = ("China", "Iran")


def stands_for_actor(match: Match, words: list[str]) -> bool:
    """False where a listed name means something else here: `Jim Jordan`, `minister German Doe`."""
    entry, i = match.entry, match.start
    if i and words[i - 1].lower() == "ethnic":
        return False  # ethnic Albanians of Serbia
    if entry.actor_id == "bloc:the-west" and words[match.end : match.end + 1]:
        return not words[match.end][0].isupper()  # the West African bloc, the West Bank
    if entry.form == "adjective":
        return not is_name_after_title(match, words)
    if entry.kind != "country":
        return True
    if entry.actor_id == "GEO":
        return not context_words("Georgia").isdisjoint(words)
    is_one_word = match.end - i == 1 and entry.form in ("name", "capital")
    return not (is_one_word and i and words[i - 1] in given_names() and words[i] not in NEVER_SURNAMES)


def is_name_after_title(match: Match, words: list[str]) -> bool:
    """Whether a word between a title in small letters and a name begins the name, and names no country."""
    before, after = words[match.start - 1 : match.start], words[match.end : match.end + 1]
    is_in_name = bool(before and after) and before[0] in roles() and after[0][:1].isupper()
    return is_in_name and after[0].lower() not in portfolio_words()


def find_countries(page: Page) -> list[Mention]:
    """The listed names that are no people."""
    meant = meanings_here(page)
    return [
        listed_mention(match._replace(entry=meant.get(match, match.entry)))
        for match in page.matches
        if match.entry.actor_id and match.entry.kind != "person"
    ]


def meanings_here(page: Page) -> dict[Match, Entry]:
    """Names that mean something else in this text than by themselves, with what they mean."""
    union = next((m.entry for m in page.matches if m.entry.actor_id == UNION), None)
    found = {m: union for m in page.matches if union and m.entry.actor_id == EUROPE}
    group = match_at(PAKISTANI_TALIBAN, 0)
    if group and is_about_pakistan(page):
        is_named = any(m.entry.actor_id == group[1].actor_id for m in page.matches)
        taliban = [m for m in page.matches if m.entry.actor_id == TALIBAN]
        found |= {m: group[1] for m in taliban if is_named or is_insurgent(page, m)}
    return found


def is_about_pakistan(page: Page) -> bool:
    """Whether a text names Pakistan, and nothing of Afghanistan but the Taliban."""
    matches = [*page.matches, *find_places(page.words)]
    named = {match.entry.country_code for match in matches if match.entry.actor_id != TALIBAN}
    return "PAK" in named and "AFG" not in named


def is_insurgent(page: Page, match: Match) -> bool:
    """`Taliban insurgents`: they fight a government, and the Afghan Taliban are one."""
    following = page.doc[match.end].lemma_ if match.end < len(page.words) else ""
    return following in word_classes()["rebel"]


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
