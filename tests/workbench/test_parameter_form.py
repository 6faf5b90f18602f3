"""The fields above a notebook: their choices, what is applied, and what the page is asked to do."""

from datetime import date

import pytest

from analysis.notebook.controls import current_values, reopen
from analysis.pipeline.filters import Scope
from analysis.workbench.parameter_form import RUN_BELOW, UNTIL_RUN, NotebookPage, ParameterForm
from tests.tables import corpus, events
from tests.workbench.forms import words_in

ASKED = {"since": "", "until": "", "country": "", "pair": "", "reporting_period": "auto", "least_stories": 10}
ACTS = events(
    {},
    {"event_id": "e2"},
    {"event_id": "e3", "source_country_code": "CHN", "target_country_code": "USA"},
)


@pytest.fixture
def renewed(monkeypatch):
    """What pages were asked to show anew."""
    asked = []
    monkeypatch.setattr(NotebookPage, "send", lambda page, content: asked.append(content))
    return asked


def labels(control):
    return [label for label, _ in control.options]


def form(apply=lambda values: None, **values):
    return ParameterForm({**ASKED, **values}, corpus(events=ACTS), apply)


def test_countries_and_pairs_are_offered_with_their_events_the_most_active_first():
    fields = form().fields
    assert labels(fields["pair"]) == ["all", "China – Japan (2)", "China – United States (1)"]
    assert labels(fields["country"])[:2] == ["all", "China (3)"]
    chosen = form(country="PER").fields["country"]  # which does nothing
    assert (chosen.value, labels(chosen)[-1]) == ("PER", "Peru (0)")
    few = ParameterForm({"until": "", "since": "2024-04-01"}, corpus(), print)
    assert list(few.fields) == ["since", "until"]


def test_a_pair_is_chosen_instead_of_a_country_and_a_country_instead_of_a_pair():
    one = form(country="CHN")
    one.fields["pair"].value = "CHN-JPN"
    assert one.values["country"] == ""
    one.fields["country"].value = "CHN"
    assert one.values["pair"] == ""


def test_what_the_fields_say_is_applied_and_the_cells_below_are_run(renewed):
    applied = []
    one = form(applied.append)
    one.fields["since"].value = date(2024, 4, 1)
    one.fields["pair"].value = "CHN-JPN"
    one.fields["least_stories"].value = 3
    one.button.click()
    assert applied == [{**ASKED, "since": "2024-04-01", "pair": "CHN-JPN", "least_stories": 3}]
    assert renewed == [{"do": "run below"}]
    assert words_in(one.notes) == RUN_BELOW


def test_a_page_of_the_dashboard_is_opened_again_with_the_parameters_in_its_address(renewed, monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    one = form(reporting_period="2024-04-01..2024-04-07")
    one.button.click()
    assert renewed == [
        {
            "do": "open",
            "query": "?since=&until=&country=&pair=&reporting_period=2024-04-01..2024-04-07&least_stories=10",
        }
    ]
    assert UNTIL_RUN not in one.children[1].value  # a colleague sees no code


def test_a_mistake_is_one_sentence_and_nothing_is_run(renewed):
    def refuse(values):
        raise ValueError("since is after until: swap the two days")

    one = form(refuse)
    one.button.click()
    assert words_in(one.notes) == "That did not work. since is after until: swap the two days"
    assert renewed == []
    assert not one.button.disabled


class Shown:
    """In place of a corpus: what the form asks it for."""

    seeds, store, least_stories = "articles", "kept", 10
    scope = Scope(pair="CHN-USA")


def test_the_notebook_gets_the_new_corpus_and_its_parameters_under_their_own_names():
    old = Shown()
    names = {"mine": old, "pair": "USA-CHN", "until": "", "other": 1}
    assert current_values(old, names) == {"until": "", "pair": "CHN-USA"}
    given = {}

    def open_again(seeds, **parameters):
        given.update(parameters, seeds=seeds)
        return "new corpus"

    reopen(old, {"pair": "", "until": "2024-04-30"}, names, open_again)
    assert given == {"seeds": "articles", "store": "kept", "leave_out": "", "pair": "", "until": "2024-04-30"}
    assert names == {"mine": "new corpus", "pair": "", "until": "2024-04-30", "other": 1}
