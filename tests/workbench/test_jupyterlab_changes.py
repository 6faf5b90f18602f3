"""JupyterLab in a real browser: an analyst changes what a notebook is about, and what goes wrong is shown."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser import PICTURES
from tests.lab import end, faults, from_top, idle, ran, red

pytestmark = [pytest.mark.model, pytest.mark.browser]


@pytest.fixture(scope="module")
def planted(browser, lab):
    """The notebook whose callbacks raise, after it has run without a fault."""
    one = ran(browser, lab, "99-planted")
    assert faults(one.seen) == []
    yield one
    end(one)


def test_a_pair_chosen_above_the_notebook_changes_everything_below(browser, lab):
    one = ran(browser, lab, "03-tension-indicators")
    from_top(one.page)
    form = one.page.locator(".faultline-parameters")
    answer = one.page.locator(".jp-Cell", has_text="corpus.answers.bottom_line()").last
    expect(answer).to_contain_text("China and the United States")
    offered = form.get_by_label("Pair", exact=True).locator("option").all_text_contents()
    offered = [text.replace("\N{NO-BREAK SPACE}", " ") for text in offered]
    assert offered[0] == "all"
    assert re.fullmatch(r"China – United States \(\d+\)", offered[1])  # the pair with most acts first
    (place,) = (n for n, text in enumerate(offered) if text.startswith("China – Russia ("))
    form.get_by_label("Pair", exact=True).select_option(index=place)
    one.page.locator(".jp-Cell").first.click()  # another cell is the selected one while the kernel reads
    form.get_by_role("button", name="Apply").click()
    expect(answer).to_contain_text("China and Russia: ")
    expect(answer).not_to_contain_text("China and the United States keep talking")
    idle(one.page)
    expect(form).to_be_in_viewport()  # and not the last cell that ran
    one.page.screenshot(path=PICTURES / "03-tension-indicators-pair.png")
    chosen_pair = form.get_by_label("Pair", exact=True).locator("option:checked")
    expect(chosen_pair).to_contain_text("China – Russia (")
    form.get_by_label("From", exact=True).fill("2030-01-01")
    form.get_by_role("button", name="Apply").click()
    expect(form).to_contain_text("no article is left (since 2030-01-01)")
    expect(answer).to_contain_text("China and Russia: ")
    assert faults(one.seen) == []
    end(one)


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ("in a cell's widget", ["ValueError: planted in an output widget"]),
        ("in a pane", ["ValueError: planted in a pane"]),
        ("nowhere", ["KeyError: 'planted and shown nowhere'"]),
    ],
)
def test_an_exception_in_a_callback_is_shown(planted, choice, shown):
    one, before = planted, Counter(faults(planted.seen))
    one.page.locator(".widget-dropdown select").select_option(choice)
    one.page.wait_for_timeout(500)
    idle(one.page)
    in_sight = "".join(red(one.page))
    assert set(Counter(faults(one.seen)) - before) == set(shown)  # an output widget reports it twice
    assert (shown[0] in in_sight) == (choice != "nowhere")
