"""A page with parameters in its address is made of all its cells, with these values."""

from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.dashboard.notebook_pages import asked_for, notebook_for
from analysis.dashboard.shared_cells import own_cells

PARAMETERS = 'seeds: str = "../seeds"\npair: str = ""\nleast_stories: int = 10'


class Address:
    """In place of the request of a page."""

    def __init__(self, **query):
        self.query = query

    def get_query_argument(self, name, default):
        return self.query.get(name, default)


def shared():
    """A notebook as it was prepared for all."""
    shown = new_output("stream", text="for all")
    cells = [
        new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
        new_code_cell("x", outputs=[shown]),
    ]
    return new_notebook(cells=cells)


def test_only_parameters_with_a_field_are_taken_from_an_address():
    address = Address(seeds="/etc", store="/tmp", pair='x"; import os', least_stories="3")
    assert asked_for(address) == {"pair": 'x"; import os', "least_stories": 3}


def test_with_other_parameters_all_cells_are_run_for_the_visitor_and_the_shared_ones_stay():
    notebook = shared()
    mine = notebook_for(notebook, {"seeds_": "/etc", "pair": 'x"; import os', "least_stories": 3})
    assert mine.cells[1].source == "pair = 'x\"; import os'\nleast_stories = 3"
    assert own_cells(mine) == [0, 1, 2]
    assert mine.cells[2].outputs == []
    assert [one.text for one in notebook.cells[1].outputs] == ["for all"]


def test_without_parameters_the_shared_outputs_are_shown():
    mine = notebook_for(shared(), {})
    assert own_cells(mine) == []
    assert [one.text for one in mine.cells[1].outputs] == ["for all"]
