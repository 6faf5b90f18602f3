"""The fields above a notebook: their choices, what is applied, and what the page is asked to do."""

from datetime import date
from pathlib import Path

import pytest

from analysis.notebook.controls import RUN_BELOW, UNTIL_RUN, NotebookPage, ParameterForm
from analysis.pipeline.filters import Scope
from tests.tables import corpus, events
from tests.workbench.forms import Opened, words_in

ASKED = {"since": "", "until": "", "country": "", "pair": "", "reporting_period": "auto"}
ACTS = events(
    {}, {"event_id": "e2"}, {"event_id": "e3", "source_country_code": "CHN", "target_country_code": "USA"}
)


@pytest.fixture
def renewed(monkeypatch):
    """What pages were asked to show anew."""
    asked = []
    monkeypatch.setattr(NotebookPage, "send", lambda page, content: asked.append(content))
    return asked


def labels(control):
    return [label for label, _ in control.options]


class Shown(Opened):
    """In place of a corpus: what the form asks it for."""

    store, asked_period = "kept", "week"

    def __init__(self, tables, **scope):
        super().__init__(tables, "articles")
        self.scope = Scope(**scope)


def form(apply=lambda seeds, **values: "new corpus", **scope):
    corpus_now = Shown(corpus(events=ACTS), **scope)
    return ParameterForm(corpus_now, {**ASKED, "mine": corpus_now, "other": 1}, apply)


def test_countries_and_pairs_are_offered_with_the_most_active_first_and_what_is_asked_is_chosen():
    fields = form().fields
    assert labels(fields["pair"]) == ["all", "China – Japan (2)", "China – United States (1)"]
    assert fields["country"].options[0] == "China"
    asked = form(country="JPN,PER", since="2024-04-01", pair="PER-USA").fields  # the pair does nothing
    assert (asked["country"].value, asked["since"].value) == ("Japan; Peru", date(2024, 4, 1))
    assert (asked["pair"].value, labels(asked["pair"])[1]) == ("PER-USA", "Peru – United States (0)")


def test_only_what_the_notebook_declares_has_a_field():
    assert list(ParameterForm(Shown(corpus()), {"until": "", "since": ""}, print).fields) == [
        "since",
        "until",
    ]
    with pytest.raises(ValueError, match="the notebook has no parameters, expected a cell that sets one of"):
        ParameterForm(Shown(corpus()), {"other": 1}, print)


def test_what_the_fields_say_is_applied_the_notebook_gets_it_and_the_cells_below_are_run(renewed):
    given = {}

    def open_again(seeds, **parameters):
        given.update(parameters, seeds=seeds)
        return "new corpus"

    one = form(open_again, leave_out="Tass")
    one.fields["since"].value = date(2024, 4, 1)
    one.fields["pair"].value = "CHN-JPN"
    one.button.click()
    asked = {**ASKED, "since": "2024-04-01", "pair": "CHN-JPN"}
    assert given == {**asked, "seeds": Path("articles"), "store": "kept", "leave_out": "Tass"}
    assert one.names == {**asked, "mine": "new corpus", "other": 1}
    assert one.corpus is one.names["mine"]  # which the next click replaces
    assert renewed == [{"do": "run below"}]
    assert words_in(one.pane) == RUN_BELOW


def test_what_has_no_field_stays_as_the_corpus_was_opened(renewed):
    given, corpus_now = {}, Shown(corpus(events=ACTS), pair="CHN-JPN", since="2024-04-01")
    one = ParameterForm(corpus_now, {"since": ""}, lambda seeds, **values: given.update(values))
    one.fields["since"].value = None
    one.button.click()
    assert (given["pair"], given["reporting_period"], given["since"]) == ("CHN-JPN", "week", "")


def test_a_page_of_the_dashboard_is_opened_again_with_the_parameters_in_its_address(renewed, monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    one = form()
    one.fields["reporting_period"].value = "2024-04-01..2024-04-07"
    one.button.click()
    assert renewed == [
        {"do": "open", "query": "?since=&until=&country=&pair=&reporting_period=2024-04-01..2024-04-07"}
    ]
    assert UNTIL_RUN not in one.children[1].value  # a colleague sees no code


def test_a_mistake_is_one_sentence_and_nothing_is_run(renewed):
    def refuse(seeds, **values):
        raise ValueError("since is after until: swap the two days")

    one = form(refuse)
    one.button.click()
    assert words_in(one.pane) == "That did not work. since is after until: swap the two days"
    assert renewed == []
    assert one.names["mine"] is one.corpus
