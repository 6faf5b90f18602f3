"""What a few stories say of the pair that they are about: contact, quarrel and what is asked for."""

from analysis.findings.focus_news import contact_of, demands_of, quarrel_of
from analysis.findings.key_judgments import bottom_line, key_judgments
from analysis.findings.pair_news import headline_news
from analysis.findings.wording import words
from tests.reports import inputs_of, report
from tests.tables import quotes

PAIR = "CHN-USA"
ASKED = "China asked the United States to lift its tariffs on steel and on other goods."
TALKS = report("USA", "CHN", "CONSULT", trigger_lemma="talk")
VISIT = report("USA", "CHN", "CONSULT", mode="visit", trigger_lemma="visit", status="future")
TARIFFS = report("USA", "CHN", "COERCE", trigger_lemma="tariff", mode="restrict")
REQUEST = report("CHN", "USA", "REQUEST", text=ASKED)
BLAME = "The United States condemned China for selling weapons to Russia in the war."


def statements(*reports, **more):
    return [(one.rule, one.statement) for one in key_judgments(inputs_of(*reports, **more))]


def dealing(**more):
    return report("CHN", "RUS", "AID", trigger_lemma="aid", **more)


def officials(*codes):
    return quotes(*({"quote_id": code, "speaker_id": code, "country_code": code} for code in codes))


def test_contact_is_told_by_its_kinds_and_what_is_planned():
    (found,) = statements(TALKS, VISIT)
    assert found == (
        "contact",
        "China and the United States are in contact: there are reports of talks, and a US visit to China is "
        "planned (announced 5 May).",
    )


def test_a_quarrel_names_its_objects():
    assert statements(TARIFFS) == [
        ("quarrel", "China and the United States are at odds over US tariffs on China.")
    ]


def test_words_alone_are_quoted():
    ((rule, statement),) = statements(report("USA", "CHN", "ACCUSE", trigger_lemma="accuse"))
    assert rule == "pair" and statement.startswith("China and the United States: “")


def test_a_demand_alone_is_told_by_its_sentence():
    asked = f"China and the United States: “{ASKED[:-1]}” (reported 5 May)."
    assert statements(REQUEST) == [("pair", asked)]
    inputs = inputs_of(REQUEST)
    assert bottom_line(key_judgments(inputs), inputs)[0] == asked


def test_a_demand_beside_other_dealings_says_who_asks_whom():
    found = dict(statements(TALKS, VISIT, REQUEST))
    assert found["demand"] == f"What China asks of the United States: “{ASKED[:-1]}” (reported 5 May)."


def test_what_only_the_background_asks_gives_way_to_the_headline():
    title = "US lifting of tariffs on China signals a fresh start"
    above = {"text": "Nothing else was said that day. " * 30, "article": 1, "title": title}
    asked = report("CHN", "USA", "REQUEST", text=ASKED, article=1)
    lifted = report("USA", "CHN", "RETREAT", text=title, article=1, probability=0.3)
    inputs = inputs_of(report("FRA", "DEU", "CONSULT", **above), asked, lifted)
    news = headline_news(inputs.of_pair(PAIR), inputs)
    assert (news.parts[0].quote, news.parts[0].start_char, news.heading) == (
        title,
        0,
        "China and the United States",
    )
    assert headline_news(inputs.of_pair("DEU-FRA"), inputs) is None


def test_force_between_the_leading_pair_is_told_and_not_called_a_quarrel():
    text = "A missile of Russia hit a bridge in the Ukrainian city of Kharkiv at dawn."
    found = statements(report("RUS", "UKR", "ASSAULT", text=text, place_name="Kharkiv"))
    assert found == [("pair", f"Russia and Ukraine: “{text[:-1]}” (reported 5 May).")]


def test_a_pair_without_any_of_these_is_told_by_its_incidents():
    ((rule, statement),) = statements(report("USA", "CHN", "SUPPORT", trigger_lemma="praise"))
    assert rule == "pair" and statement.startswith("China and the United States: “")


def test_nothing_is_made_of_a_pair_without_incidents():
    inputs = inputs_of(TALKS)
    assert quarrel_of(PAIR, inputs) is None and demands_of(PAIR, inputs) == []
    assert contact_of("RUS-UKR", inputs) is None


def test_a_dealing_with_a_third_that_only_the_other_side_reports_is_marked():
    inputs = inputs_of(TARIFFS, dealing(reported_by="USA"), quotes=officials("USA"))
    quarrel = quarrel_of(PAIR, inputs)
    assert quarrel.objects == ("Chinese aid to Russia", "US tariffs on China")
    assert (quarrel.claims, quarrel.claimant) == (("Chinese aid to Russia",), "USA")
    assert words("findings/judgments/quarrel", "statement", quarrel) == (
        "China and the United States are at odds over Chinese aid to Russia and US tariffs on China; "
        "only sources in the United States report Chinese aid to Russia."
    )


def test_a_dealing_that_an_article_reports_too_is_no_claim():
    inputs = inputs_of(TARIFFS, dealing(reported_by="USA"), dealing(), quotes=officials("USA"))
    assert quarrel_of(PAIR, inputs).claims == ()


def test_claims_are_those_of_the_side_that_is_named():
    other = report("USA", "JPN", "AID", trigger_lemma="aid", reported_by="CHN")
    inputs = inputs_of(TARIFFS, dealing(reported_by="USA"), other, quotes=officials("USA", "CHN"))
    quarrel = quarrel_of(PAIR, inputs)
    assert len(quarrel.claims) == 1 and {"USA", "CHN"} >= {quarrel.claimant}


def test_what_the_other_side_is_blamed_for_in_the_same_sentence_is_an_object():
    words_against = report("USA", "CHN", "ACCUSE", trigger_lemma="condemn", text=BLAME, article=1)
    inputs = inputs_of(words_against, dealing(text=BLAME, article=1))
    assert quarrel_of(PAIR, inputs).objects == ("Chinese aid to Russia",)


def test_every_event_of_a_judgment_is_an_event_of_the_corpus():
    inputs = inputs_of(TALKS, VISIT, TARIFFS, REQUEST)
    known = set(inputs.tables.events["event_id"])
    judgments = key_judgments(inputs)
    for judgment in judgments:
        assert judgment.event_ids and known >= set(judgment.event_ids)


def test_the_bottom_line_joins_contact_and_quarrel_and_then_says_what_is_planned():
    one_story = [{**one, "article": 1} for one in (TALKS, VISIT, TARIFFS)]
    inputs = inputs_of(*one_story)
    assert bottom_line(key_judgments(inputs), inputs) == (
        "China and the United States keep talking while they are at odds over US tariffs on China.",
        "A US visit to China is planned (announced 5 May).",
        "One story cannot show whether tension is rising: there is nothing earlier to compare with.",
    )


def test_a_plan_alone_is_no_contact_and_its_sentence_is_quoted():
    inputs = inputs_of(VISIT)
    (found,) = bottom_line(key_judgments(inputs), inputs)[:-1]
    assert found == f"China and the United States: “{VISIT['text'][:-1]}” (reported 5 May)."
