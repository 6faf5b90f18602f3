"""Which reports are the news of their article, and by what some weigh more or less than others."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from analysis.indicators.incident_reports import turn_of
from tests.reports import inputs_of, report

BELOW = "Nothing else of note was said that day. " * 20  # pushes what follows out of the lead
STRUCK = "Russia struck the Ukrainian city of Kharkiv with six missiles, officials of both sides said."


def incidents(*reports):
    return inputs_of(*reports).incidents


def strike(text=STRUCK, **more):
    return report("RUS", "UKR", "ASSAULT", text=text, trigger_lemma="strike", **more)


def below(text=STRUCK, **more):
    """A strike reported far down in its article."""
    return report("USA", "CHN", "CONSULT", text=BELOW, article=1), strike(text, article=1, **more)


def is_news_of(*reports):
    found = incidents(*reports)
    return found.loc[found["dyad"] == "RUS-UKR", "is_news"].item()


def test_what_is_at_the_top_is_news():
    assert is_news_of(strike())


def test_what_is_further_down_is_news_only_where_the_text_dates_it_lately():
    assert not is_news_of(*below())
    assert is_news_of(*below(when="on Sunday"))
    assert not is_news_of(*below(when="in March"))
    assert not is_news_of(*below(when="this year"))


def test_what_is_announced_for_a_day_to_come_is_news_wherever_it_is():
    assert is_news_of(*below(when="on Friday", status="future"))
    assert not is_news_of(*below(status="future"))


def test_what_is_dated_long_before_is_no_news_even_at_the_top():
    assert not is_news_of(strike(when="in March"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia struck Ukraine on 8 October 2024, when the war was in its third year.", False),
        ("Russia struck Ukraine on Sunday, for the first time since 8 October 2024.", True),
        ("Russia sends tanks to the border for the first time since 2002, and Ukraine protests.", True),
        ("Russia and Ukraine begin the largest exchange since the war began in February 2022.", True),
        ("Russia has struck Ukraine since the war began in February 2022.", False),
        ("Russia struck Ukraine and broke the truce that ended the war on 8 October 2024.", True),
        ("Russia struck Ukraine, which it had last done on 8 October 2024.", True),
        ("On 8 October 2024, Russia struck Ukraine with missiles that it got from Iran.", False),
        ("Russia struck Ukraine, and it may do so again before the end of the war.", True),
    ],
)
def test_a_sentence_at_the_top_that_names_only_old_days_recalls_the_past(text, expected):
    assert is_news_of(strike(text)) is expected


def test_a_sentence_goes_on_from_the_old_day_before_it_in_its_paragraph():
    old = "The last such raid was on 8 October 2024. Russia struck Kharkiv in Ukraine with two missiles."
    start = old.index("Russia")
    found = inputs_of(strike(old)).tables
    tables = replace(found, events=found.events.assign(start_char=start))
    assert not incidents_in(tables)["is_news"].item()
    in_two_lines = tables.articles.assign(text=old.replace("2024. ", "2024.\n"))
    assert incidents_in(replace(tables, articles=in_two_lines))["is_news"].item()


def incidents_in(tables):
    from analysis.indicators.incidents import incident_table

    return incident_table(tables.articles, tables.events, tables.quotes, tables.topics)


@pytest.mark.parametrize(
    "words",
    ["Read more: ", "Getty Images Related article ", "Please refresh the page ", "Skip advertisement "],
)
def test_a_caption_a_link_or_a_notice_reports_nothing(words):
    assert incidents(strike(f"{words}{STRUCK}")).empty
    assert len(incidents(strike(f"They read more papers. {STRUCK}"))) == 1
    assert len(incidents(strike(f"After an advertisement on television, {STRUCK}"))) == 1


@pytest.mark.parametrize(
    ("credits", "expected"),
    [("Graphics by Jo Doe.", False), ("Edited by: Jo Doe.", False), ("It rained.", True)],
)
def test_what_comes_after_the_names_of_editors_is_no_news(credits, expected):
    body = "Talks on the price of bread went on in the capital for most of the week. " * 3
    text = f"{body}{credits} {STRUCK}"
    found = inputs_of(strike(text)).tables
    start = text.index(STRUCK)
    tables = replace(found, events=found.events.assign(start_char=start))
    assert incidents_in(tables)["is_news"].item() is expected
    named_at_top = tables.articles.assign(text=f"{credits} {body}{STRUCK}")
    assert incidents_in(replace(tables, articles=named_at_top))["is_news"].item()


def test_a_headline_that_names_both_sides_raises_its_pair():
    titled = strike(title="Russian missiles hit Ukraine's second city")
    assert incidents(titled)["is_in_headline"].item()
    assert not incidents(strike(title="Missiles hit a city of the north"))["is_in_headline"].item()
    assert not incidents(strike())["is_in_headline"].item()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 70 Ukrainians have been killed by Russian troops since the start of the truce.", False),
        ("Ukraine accuses Russia of 266 attacks since the truce, which killed 30 people.", False),
        ("Seven Ukrainians have been killed in Russian strikes since midnight.", True),
        ("Russia struck Kharkiv in Ukraine, its deadliest attack since the truce.", True),
        ("Russia killed two Ukrainians, bringing those who have been killed since the truce to 70.", True),
    ],
)
def test_what_adds_up_since_some_event_is_no_news_and_a_new_attack_is(text, expected):
    assert is_news_of(strike(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia has repeatedly shelled Kharkiv in Ukraine from across the border.", False),
        ("Russia and Ukraine exchange fire on the river almost daily.", False),
        ("Russia shelled Kharkiv in Ukraine again on that day.", True),
    ],
)
def test_what_is_done_again_and_again_is_no_news(text, expected):
    assert is_news_of(strike(text)) is expected


def turn(sentence, root="ASSAULT", *, killed=None):
    row = SimpleNamespace(root=root, start_char=0, end_char=len(sentence), killed_count=killed)
    return turn_of(row, sentence)


def test_the_largest_of_its_kind_is_a_turn():
    assert turn("Peru fires on Chile in the largest attack of the war.") == "extreme"
    assert turn("Peru strikes a nuclear power plant in Chile.") == "extreme"
    assert turn("Peru and Chile hold the largest talks of the year.", "CONSULT") is None
    assert turn("Peru fires on Chile again.") is None


def test_an_attack_that_is_intercepted_is_foiled_unless_it_hurts_somebody():
    assert turn("Chile intercepts two missiles of Peru.") == "foiled"
    assert turn("Chile intercepts two missiles of Peru, one of which kills a farmer.") is None
    assert turn("Chile intercepts two missiles of Peru.", killed=3) is None
    assert turn("Chile shoots down a plane of Peru.") is None
    assert turn("Chile intercepts messages of Peru.", "ACCUSE") is None
