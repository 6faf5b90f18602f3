"""Key judgments follow from counted events by rules, and carry a likelihood or a confidence, never both."""

import pytest

from analysis.briefing.snapshots import changes_since, snapshot_of
from analysis.findings.acts import ActCount, act_counts
from analysis.findings.judgment_facts import Contested, Judgment
from analysis.findings.judgment_inputs import JudgmentInputs
from analysis.findings.judgment_rules import turning_count
from analysis.findings.key_judgments import bottom_line, judgment_moves, key_judgments
from analysis.findings.support import Support, confidence_level, likelihood_term
from analysis.findings.wording import words
from analysis.indicators.alerts import alerts
from analysis.lexicons import load_lexicon
from tests.briefing.test_snapshots import calm_and_war, tables_of
from tests.coverage import coded, coverage
from tests.tables import corpus, events, quotes

PAIRS = (("RUS", "UKR"), ("ISR", "IRN"), ("IND", "PAK"), ("AZE", "ARM"), ("THA", "KHM"))


def inputs(tables, before=None):
    earlier = None if before is None else snapshot_of(before)
    changes = changes_since(tables, earlier)
    return JudgmentInputs(
        tables, changes, "the last briefing", alerts(tables.articles, tables.events, period="all")
    )


def reported(count, *acts):
    """Some articles of one day and the acts coded from them."""
    return inputs(tables_of(coverage(*["2024-04-20"] * count), coded(*acts)))


def judged(rule, fact):
    """A judgment on China and the United States."""
    return Judgment(rule, "CHN-USA", fact, None, "", "low", ())


def rules(judgments):
    return [judgment.rule for judgment in judgments]


@pytest.mark.parametrize(
    ("probability", "term"),
    [(0.03, "almost no chance"), (0.5, "roughly even chance"), (0.7, "likely"), (0.999, "very likely")],
)
def test_a_probability_has_its_word_and_never_one_beyond_very_likely(probability, term):
    assert likelihood_term(probability) == term


@pytest.mark.parametrize(
    ("support", "level"),
    [
        (Support(1, 1, 0, 5, 0.0), "low"),
        (Support(12, 0, 12, 5, 0.0), "low"),
        (Support(40, 1, 0, 5, 0.0), "low"),
        (Support(3, 2, 0, 5, 0.5), "moderate"),
        (Support(10, 3, 0, 5, 0.5), "high"),
        (Support(10, 3, 0, 5, 0.9), "low"),
    ],
)
def test_confidence_needs_stories_outlets_and_named_sources(support, level):
    assert confidence_level(support) == level


def test_a_clear_rise_is_judged_by_its_likelihood_with_the_acts_behind_it():
    calm, war = calm_and_war()
    judgment = key_judgments(inputs(war, calm))[0]
    assert (judgment.rule, judgment.likelihood, judgment.confidence) == ("change", "very likely", "")
    assert judgment.statement.startswith(
        "Reported hostility between Russia and Ukraine has very likely risen compared with the last "
        "briefing: conflict per story read went from 0.00 to 0.45"
    )
    assert judgment.event_ids


def test_no_judgment_mixes_a_likelihood_with_a_confidence_and_each_has_evidence():
    calm, war = calm_and_war()
    judgments = key_judgments(inputs(war, calm))
    terms = {
        *load_lexicon("findings/likelihood_terms")["term"],
        *load_lexicon("findings/likelihood_terms")["synonym"],
    }
    for judgment in judgments:
        assert bool(judgment.likelihood) != bool(judgment.confidence)
        assert judgment.event_ids
        if judgment.confidence:
            assert not [term for term in terms if term in judgment.statement + judgment.basis]
        assert "confidence" not in judgment.statement


def test_a_balance_needs_three_acts():
    two = reported(1, (0, "USA", "CHN", "CONSULT", "past"), (0, "CHN", "USA", "CONSULT", "past"))
    assert rules(key_judgments(two)) == []
    three = reported(
        1,
        (0, "USA", "CHN", "CONSULT", "past"),
        (0, "CHN", "USA", "CONSULT", "past"),
        (0, "USA", "CHN", "CONSULT", "past"),
        (0, "CHN", "USA", "ACCUSE", "past"),
        (0, "USA", "CHN", "REQUEST", "past"),
    )
    (judgment,) = key_judgments(three)
    assert judgment.statement == (
        "One story reports mostly cooperative acts between China and the United States: of 4 acts, 3 are "
        "cooperative, talks by the United States (2) and talks by China; 1 is hostile, accusation by China; "
        "there is also 1 demand."
    )
    assert judgment.overturn.startswith("1 more hostile act, or fewer strong ones")


def test_a_majority_ends_where_two_thirds_do():
    assert turning_count(2, 3) == 1
    assert turning_count(8, 8) == 5


def test_an_announcement_is_not_a_forecast():
    (judgment,) = key_judgments(reported(1, (0, "USA", "CHN", "CONSULT", "future")))
    assert judgment.rule == "announced"
    assert judgment.statement == (
        "One story reports announced contact between China and the United States: talks by the United "
        "States; whether it takes place is not judged here."
    )
    assert not judgment.likelihood


def test_force_is_reported_by_pair():
    (judgment,) = key_judgments(
        reported(2, (0, "RUS", "UKR", "ASSAULT", "past"), (1, "ISR", "IRN", "ASSAULT", "past"))
    )
    assert judgment.statement == (
        "Force is reported between Iran and Israel (1 story) and between Russia and Ukraine (1 story)."
    )


def test_a_war_comes_before_more_paperwork():
    war = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(2)]
    talks = [(n, "USA", "CHN", "CONSULT", "past") for n in range(2, 8)]
    judgments = key_judgments(reported(8, *war, *talks))
    assert rules(judgments) == ["force", "balance"]
    assert bottom_line(judgments, reported(1))[0] == "Force is reported between Russia and Ukraine."


def test_a_war_mentioned_in_passing_comes_after_what_the_story_is_about():
    talks = [(0, "USA", "CHN", "CONSULT", "past")] * 3
    judgments = key_judgments(reported(1, *talks, (0, "RUS", "UKR", "ASSAULT", "past")))
    assert rules(judgments) == ["balance", "force"]


def test_at_most_three_judgments_are_on_changes():
    codes = [("RUS", "UKR"), ("IRN", "ISR"), ("CHN", "USA"), ("IND", "PAK")]
    days = coverage(*["2024-04-20"] * (24 * len(codes)))
    talks, war = [], []
    for place, (one, other) in enumerate(codes):
        talks += [(24 * place + n, one, other, "CONSULT", "past") for n in range(12)]
        war += [(24 * place + n, one, other, "ASSAULT", "past") for n in range(12, 24)]
    judgments = key_judgments(inputs(tables_of(days, coded(*talks, *war)), tables_of(days, coded(*talks))))
    assert rules(judgments)[:4] == ["change", "change", "change", "force"]


def test_a_contested_act_of_the_leading_pair_is_in_the_bottom_line():
    talks = [(0, "USA", "CHN", "CONSULT", "past")] * 3
    (balance,) = key_judgments(reported(1, *talks))
    contested = judged("contested", Contested("USA", "CHN", "RUS", "AID", 0))
    assert bottom_line([balance, contested], reported(1))[0] == (
        "One story reports only cooperative acts between China and the United States, while speakers from "
        "the United States report Chinese aid to Russia."
    )
    assert bottom_line([contested], reported(1))[0] == (
        "Speakers from the United States report Chinese aid to Russia."
    )


def test_one_sides_report_on_the_other_is_a_judgment_of_its_own():
    tables = corpus(
        quotes=quotes(
            {
                "speaker_id": "us",
                "speaker_name": "US officials",
                "country_code": "USA",
                "is_anonymous": True,
            }
        ),
        events=events(
            {"event_id": "a", "target_country_code": "USA", "root": "CONSULT", "quad": 1, "intensity": 2.5},
            {
                "event_id": "b",
                "target_country_code": "RUS",
                "root": "AID",
                "quad": 2,
                "intensity": 10.0,
                "reported_by": "us",
            },
        ),
    )
    (judgment,) = key_judgments(inputs(tables))
    assert judgment.statement == (
        "Speakers from the United States report Chinese aid to Russia; in the articles read, no speaker "
        "from China mentions Russia."
    )
    assert judgment.confidence == "low"
    assert "its only statement comes from an unnamed source" in judgment.basis


def test_denied_and_hypothetical_acts_make_no_judgment():
    assert (
        key_judgments(
            reported(1, (0, "USA", "CHN", "ASSAULT", "negated"), (0, "USA", "CHN", "ASSAULT", "hypothetical"))
        )
        == []
    )


@pytest.mark.parametrize(
    ("support", "said"),
    [
        (
            Support(1, 0, 1, 2, 0.5),
            "1 story, outlet unknown; 50% of its 2 statements come from unnamed sources",
        ),
        (
            Support(3, 2, 1, 2, 0.0),
            "3 stories, 2 outlets and others unknown; none of their 2 statements",
        ),
        (Support(3, 3, 0, 2, 0.0), "3 stories, 3 outlets; none"),
        (Support(3, 3, 0, 0, 0.0), "3 stories, 3 outlets; nobody is quoted"),
    ],
)
def test_the_basis_of_a_confidence_is_put_in_words(support, said):
    assert words("findings/judgments/support", "basis", support).startswith(said)


def test_a_pair_with_acts_of_both_kinds_is_called_both():
    (judgment,) = key_judgments(
        reported(
            2,
            (0, "USA", "CHN", "CONSULT", "past"),
            (1, "CHN", "USA", "ACCUSE", "past"),
            (1, "USA", "CHN", "SANCTION", "past"),
            (0, "CHN", "USA", "CONSULT", "past"),
        )
    )
    assert judgment.statement.startswith(
        "Two stories report both cooperative and hostile acts between China and the United States: of 4 "
        "acts, 2"
    )
    assert judgment.overturn.startswith("A run of acts of one kind")


def test_the_bottom_line_says_when_nothing_can_be_judged():
    first, second = bottom_line([], reported(1))
    assert first == "The 1 story read allows no judgment."
    assert second.startswith("Whether tension is rising or easing cannot be judged yet: no pair")


def test_at_most_five_judgments_are_made():
    calm, war = calm_and_war()
    assert len(key_judgments(inputs(war, calm))) <= 5


def test_judgments_are_new_kept_changed_or_dropped():
    def one(subject, statement):
        return {"rule": "balance", "subject": subject, "statement": statement}

    moves = judgment_moves(
        [one("A", "x"), one("B", "y"), one("D", "n")], [one("A", "x"), one("B", "z"), one("C", "w")]
    )
    assert moves["move"].tolist() == ["kept", "changed", "new", "dropped"]
    assert moves["before"].tolist() == ["x", "z", "", "w"]


def test_no_majority_of_talks_outweighs_one_shelling():
    talks = [(0, *way, "CONSULT", "past") for way in (("USA", "CHN"), ("CHN", "USA")) * 5]
    (calm,) = key_judgments(reported(1, *talks))
    assert "only cooperative acts" in calm.statement
    shelled = reported(2, *talks, (1, "CHN", "USA", "ASSAULT", "past"))
    balance = next(one for one in key_judgments(shelled) if one.rule == "balance")
    assert "both cooperative and hostile acts" in balance.statement


def test_a_few_strong_acts_are_not_outnumbered_by_many_weak_ones():
    acts = [(0, "USA", "CHN", "CONSULT", "past")] * 4 + [(0, "USA", "CHN", "SANCTION", "past")] * 2
    (judgment,) = key_judgments(reported(1, *acts))
    assert "both cooperative and hostile acts" in judgment.statement


def test_the_most_recent_act_is_named_where_stories_differ_in_date():
    articles = coverage("2024-04-07", "2024-04-14")
    acts = [(0, "ARM", "AZE", "CONSULT", "past")] * 3 + [(1, "AZE", "ARM", "ASSAULT", "past")]
    balance = next(
        one for one in key_judgments(inputs(tables_of(articles, coded(*acts)))) if one.rule == "balance"
    )
    assert ", most recently assault by Azerbaijan (14 April 2024): of 4 acts" in balance.statement


def test_force_reported_before_the_newest_article_has_its_date():
    articles = coverage("2024-04-07", "2024-04-09", "2026-10-14")
    acts = [(n, "ISR", "IRN", "ASSAULT", "past") for n in range(2)]
    (judgment,) = key_judgments(inputs(tables_of(articles, coded(*acts))))
    assert judgment.statement == (
        "Force was reported between Iran and Israel (2 stories, the latest on 9 April 2024)."
    )


def test_old_force_comes_after_recent_force_and_not_in_the_bottom_line():
    articles = coverage("2024-04-07", "2026-10-14", "2026-10-14")
    talks = [(2, "USA", "CHN", "CONSULT", "past")] * 3
    acts = [(0, "ISR", "IRN", "ASSAULT", "past"), (1, "RUS", "UKR", "ASSAULT", "past"), *talks]
    found = inputs(tables_of(articles, coded(*acts)))
    force = next(one for one in key_judgments(found) if one.rule == "force")
    assert force.statement == (
        "Force is reported between Russia and Ukraine (1 story); earlier, between Iran and Israel (1 story, "
        "on 7 April 2024)."
    )
    assert "Iran" not in bottom_line(key_judgments(found), found)[0]


def test_a_fourth_pair_is_named_rather_than_counted():
    acts = [(0, *way, "ASSAULT", "past") for way in PAIRS]
    four = key_judgments(reported(1, *acts[:4]))[0].statement
    assert "other" not in four and four.count("between") == 4
    assert "and between 2 other pairs." in key_judgments(reported(1, *acts))[0].statement


def test_an_old_announcement_is_not_judged():
    acts = coded((0, "USA", "CHN", "CONSULT", "future"))
    recent = inputs(tables_of(coverage("2024-04-20", "2024-05-10"), acts))
    assert ", last on 20 April 2024: talks" in key_judgments(recent)[0].statement
    assert key_judgments(inputs(tables_of(coverage("2024-04-20", "2024-05-21"), acts))) == []


def test_what_both_sides_do_in_one_sentence_counts_once():
    meeting = coded((0, "USA", "CHN", "CONSULT", "past"), (0, "CHN", "USA", "CONSULT", "past"))
    assert act_counts(meeting.assign(start_char=0)) == (ActCount("talks", "", 1),)
    assert act_counts(meeting) == (ActCount("talks", "USA", 1), ActCount("talks", "CHN", 1))
    visit = meeting.assign(start_char=0, mode=["visit", None])
    assert act_counts(visit) == (ActCount("visit", "USA", 1), ActCount("talks", "CHN", 1))


def test_force_between_more_pairs_is_a_changed_judgment():
    before = [{"rule": "force", "subject": "IRN-ISR", "statement": "Force."}]
    now = [{"rule": "force", "subject": "IRN-ISR RUS-UKR", "statement": "More force."}]
    moves = judgment_moves(now, before)
    assert moves[["move", "before"]].values.tolist() == [["changed", "Force."]]


def test_force_between_pairs_has_the_confidence_of_the_least_reported():
    war = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(3)]
    articles = coverage(*["2024-04-20"] * 4).assign(outlet=["A", "B", "C", "A"])
    (alone,) = key_judgments(inputs(tables_of(articles, coded(*war))))[:1]
    assert alone.confidence == "moderate"
    both = key_judgments(inputs(tables_of(articles, coded(*war, (3, "ISR", "IRN", "ASSAULT", "past")))))[0]
    assert (both.rule, both.confidence) == ("force", "low")
    assert both.basis.endswith("the pair with the fewest rests on 1 story")


def test_the_bottom_line_includes_force_that_comes_second():
    talks = [(0, "USA", "CHN", "CONSULT", "past")] * 3
    found = reported(1, *talks, (0, "RUS", "UKR", "ASSAULT", "past"))
    assert bottom_line(key_judgments(found), found)[0] == (
        "One story reports only cooperative acts between China and the United States; force is reported "
        "between Russia and Ukraine."
    )
    own = reported(1, *talks, (0, "USA", "CHN", "ASSAULT", "past"))
    assert bottom_line(key_judgments(own), own)[0].count("China and the United States") == 1


def test_force_that_a_story_is_about_comes_right_after_what_the_leading_pair_does():
    talks = [(0, "USA", "CHN", "CONSULT", "past")] * 3 + [(0, "USA", "CHN", "CONSULT", "future")]
    passing = key_judgments(reported(1, *talks, (0, "RUS", "UKR", "ASSAULT", "past")))
    assert rules(passing) == ["balance", "announced", "force"]
    quarrel = [(n, "USA", "CHN", "ACCUSE", "past") for n in range(4)]
    about = key_judgments(reported(5, *quarrel, *talks[-1:], (4, "RUS", "UKR", "ASSAULT", "past")))
    assert rules(about) == ["balance", "force", "announced"]


def test_an_announced_agreement_may_be_a_pledge():
    pledge = coded((0, "USA", "CHN", "AGREE", "future"))
    assert act_counts(pledge) == (ActCount("agreement or pledge", "USA", 1),)
    assert act_counts(pledge.assign(status="past")) == (ActCount("agreement", "USA", 1),)


def test_an_act_of_both_sides_counts_once_and_outweighs_no_blow():
    both = [(0, "USA", "CHN", "CONSULT", "past"), (0, "CHN", "USA", "CONSULT", "past")]
    rows = coded(*both, (0, "CHN", "USA", "ACCUSE", "past"), (0, "USA", "CHN", "SANCTION", "past"))
    rows.loc[1, "start_char"] = rows.loc[0, "start_char"]
    (judgment,) = key_judgments(inputs(tables_of(coverage("2024-04-20"), rows)))
    assert judgment.statement == (
        "One story reports mostly hostile acts between China and the United States: of 3 acts, 2 are "
        "hostile, sanction by the United States and accusation by China; 1 is cooperative, talks by both "
        "sides."
    )
    assert len(judgment.event_ids) == 4


def test_a_pair_with_acts_of_one_kind_is_called_only_that():
    (judgment,) = key_judgments(reported(1, *[(0, "USA", "CHN", "ACCUSE", "past")] * 3))
    assert judgment.statement == (
        "One story reports only hostile acts between China and the United States: 3 acts in all, accusation "
        "by the United States (3)."
    )


def test_an_agreement_as_late_as_the_force_is_named_with_it_and_an_earlier_one_is_not():
    articles = coverage("2024-04-20", "2024-04-22")
    agreed = [(1, "USA", "CHN", "AGREE", "past")]
    found = inputs(tables_of(articles, coded((0, "USA", "CHN", "ASSAULT", "past"), *agreed)))
    judgments = key_judgments(found)
    assert judgments[0].statement == (
        "Force is reported between China and the United States, where agreement by the United States is "
        "reported too (1 story, on 20 April 2024)."
    )
    assert bottom_line(judgments, found)[0].endswith("agreement by the United States is reported too.")
    earlier = inputs(tables_of(articles, coded((1, "USA", "CHN", "ASSAULT", "past"), (0, *agreed[0][1:]))))
    assert "is reported too" not in key_judgments(earlier)[0].statement


def test_each_pair_has_one_judgment_before_any_has_its_second():
    acts = [(0, *sides, "ACCUSE", "past") for sides in (*PAIRS[:1] * 6, *PAIRS[1:2] * 4, *PAIRS[2:3] * 3)]
    announced = [(0, *PAIRS[1], "CONSULT", "future")]
    judgments = key_judgments(reported(1, *acts, *announced))
    assert [(one.rule, one.subject) for one in judgments] == [
        ("balance", "RUS-UKR"),
        ("balance", "IRN-ISR"),
        ("balance", "IND-PAK"),
        ("announced", "IRN-ISR"),
    ]


@pytest.mark.parametrize(
    ("announced", "done", "is_open"),
    [
        (("USA", "CHN", "CONSULT"), ("CHN", "USA", "CONSULT"), False),
        (("USA", "CHN", "SANCTION"), ("USA", "CHN", "SANCTION"), False),
        (("USA", "CHN", "SANCTION"), ("CHN", "USA", "SANCTION"), True),
        (("USA", "CHN", "CONSULT"), ("CHN", "USA", "ACCUSE"), True),
        (("USA", "CHN", "CONSULT"), ("CHN", "JPN", "CONSULT"), True),
    ],
)
def test_an_announcement_that_a_later_article_reports_as_done_is_not_judged(announced, done, is_open):
    articles, rows = (
        coverage("2024-04-20", "2024-04-22"),
        coded((0, *announced, "future"), (1, *done, "past")),
    )
    found = inputs(tables_of(articles, rows))
    assert ("announced" in rules(key_judgments(found))) == is_open
    assert ("announced" in set(found.alerts["kind"])) == is_open
    same_day = inputs(tables_of(coverage(*["2024-04-20"] * 2), rows))
    assert "announced" in rules(key_judgments(same_day))


def test_the_bottom_line_counts_clear_moves_where_no_pair_can_be_compared():
    articles = coverage(*["2024-04-20"] * 24)
    before = tables_of(articles.head(12), coded((0, "RUS", "UKR", "ASSAULT", "past")))
    now = inputs(tables_of(articles, coded((0, "RUS", "UKR", "ASSAULT", "past"))), before)
    assert bottom_line(key_judgments(now), now)[1] == (
        "Compared with the last briefing, no value that can be compared clearly moved; no pair of countries "
        "has acts in the 10 stories needed to compare it with others."
    )


def test_a_share_that_would_round_to_nothing_is_not_called_nothing():
    assert "fewer than 1% of their 400 statements" in words(
        "findings/judgments/support", "basis", Support(3, 3, 0, 400, 0.0025)
    )
